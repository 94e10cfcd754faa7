"""Sorts records by keys, tuples, attributes, reversed and stable; merges, and sorts by hand.

Stresses list.sort with key functions called from native code, tuple comparison and a hand-written quicksort.
"""
from _harness import main


class Record:
    def __init__(self, name, age, score):
        self.name = name
        self.age = age
        self.score = score

    def __lt__(self, other):
        return (self.age, self.name) < (other.age, other.name)


def make_records(n):
    state = 11
    records = []
    for i in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        records.append(Record(f"n{state % 5003}", state >> 8 & 63, (state >> 5) % 1000 / 8))
    return records


def quicksort(items, low, high):
    while low < high:
        pivot = items[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while items[i] < pivot:
                i += 1
            while items[j] > pivot:
                j -= 1
            if i <= j:
                items[i], items[j] = items[j], items[i]
                i += 1
                j -= 1
        if j - low < high - i:
            quicksort(items, low, j)
            low = i
        else:
            quicksort(items, i, high)
            high = j


def merge(a, b):
    result = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            result.append(a[i])
            i += 1
        else:
            result.append(b[j])
            j += 1
    return result + a[i:] + b[j:]


def digest(records):
    checksum = 0
    for record in records:
        checksum = (checksum * 31 + int(record.score * 8) + record.age + len(record.name)) % 1000000007
    return checksum


def run(n):
    records = make_records(n)
    sums = [digest(sorted(records, key=lambda r: r.score)),
            digest(sorted(records, key=lambda r: (-r.age, r.name, r.score))),
            digest(sorted(records, key=lambda r: r.name, reverse=True)),
            digest(sorted(records))]
    numbers = [int(r.score * 8) * 64 + r.age for r in records]
    half = len(numbers) // 2
    left, right = sorted(numbers[:half]), sorted(numbers[half:])
    quicksort(numbers, 0, len(numbers) - 1)
    if merge(left, right) != numbers:
        raise AssertionError("the two orders differ")
    return " ".join(map(str, sums))


if __name__ == "__main__":
    main(run, 200000)
