"""Knapsacks, coin change and longest increasing subsequences by dynamic programming.

Stresses lists indexed by computed ints, reversed ranges, max() with two arguments and binary search by hand.
"""
from _harness import main


def knapsack(weights, values, capacity):
    best = [0] * (capacity + 1)
    for weight, value in zip(weights, values):
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


def change_ways(coins, amount):
    ways = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] = (ways[total] + ways[total - coin]) % 1000000007
    return ways[amount]


def longest_increasing(numbers):
    tails = []
    for number in numbers:
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if tails[middle] < number:
                low = middle + 1
            else:
                high = middle
        if low == len(tails):
            tails.append(number)
        else:
            tails[low] = number
    return len(tails)


def run(n):
    state = 13
    weights, values, numbers = [], [], []
    for i in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        weights.append(5 + (state >> 7) % 60)
        values.append(10 + (state >> 13) % 90)
        numbers += [state >> k & 0xFFFF for k in range(10)]
    ways = change_ways([1, 2, 5, 10, 20, 50, 100, 200], 40 * n)
    return f"{knapsack(weights, values, 30 * n)} {ways} {longest_increasing(numbers * 10)}"


if __name__ == "__main__":
    main(run, 600)
