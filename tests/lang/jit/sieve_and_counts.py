# Classic loops over flags, counters and buckets: bool lists, int lists and bytearrays must all agree.
def sieve(flags, n):
    count = 0
    for i in range(2, n):
        if flags[i]:
            count += 1
            for j in range(i * i, n, i):
                flags[j] = False
    return count


n = 3000
print(sieve([True] * n, n), sieve(bytearray(b"\1" * n), n), sieve([1] * n, n), sieve(dict.fromkeys(range(n), "yes"), n))


def counting_sort(values, limit):
    buckets = [0] * limit
    for v in values:
        buckets[v] += 1
    out = []
    for v, count in enumerate(buckets):
        for _ in range(count):
            out.append(v)
    return out


values = [i * i % 97 for i in range(500)]
print(counting_sort(values, 97) == sorted(values))


def bubble(items):
    items = items[:]
    swaps = 0
    for i in range(len(items)):
        moved = False
        for j in range(len(items) - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
                swaps += 1
                moved = True
        if not moved:
            break
    return items, swaps


for data in (values[:60], [float(v) for v in values[:60]], [str(v) for v in values[:60]],
      [(v % 5, v) for v in values[:60]],
             list(range(60)), values[:30] + [v + 0.5 for v in values[30:60]]):
    result, swaps = bubble(data)
    print(result == sorted(data), swaps, result[0], result[-1])


def insertion(items):
    items = items[:]
    for i in range(1, len(items)):
        x = items[i]
        j = i - 1
        while j >= 0 and items[j] > x:
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = x
    return items


print(insertion(values[:100]) == sorted(values[:100]), insertion([]), insertion([2, 1]))


def binary_search(items, wanted):
    low, high = 0, len(items)
    while low < high:
        mid = (low + high) // 2
        if items[mid] < wanted:
            low = mid + 1
        else:
            high = mid
    return low


ordered = sorted(values)
print(sum(binary_search(ordered, w) for w in range(-5, 110)), sum(binary_search(ordered, w + 0.5) for w in range(100)))


def knapsack(capacity, weights):
    best = [0] * (capacity + 1)
    for w in weights:
        for c in range(capacity, w - 1, -1):
            best[c] = max(best[c], best[c - w] + w * 3 % 17)
    return best[-1]


print(knapsack(200, [3, 7, 11, 20, 33, 41, 5, 8]))
