"""Lists: slices and their assignment, insert and pop, reversal, rotation, merge sort by hand, comprehensions, unpacking, zip.

Stresses list methods, slice objects, star unpacking and in-place changes.
"""
from _harness import main


def merge_sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    merged += left[i:]
    merged.extend(right[j:])
    return merged


def rotate(items, k):
    items[:] = items[k:] + items[:k]


def transpose(rows):
    return [list(column) for column in zip(*rows)]


def insertion(items):
    ordered = []
    for item in items:
        at = len(ordered)
        while at and ordered[at - 1] > item:
            at -= 1
        ordered.insert(at, item)
    return ordered


def run(n):
    total = 0
    for i in range(n):
        items = [(k * 7919 + i * 31) % 1009 for k in range(64)]
        total += merge_sort(items)[i % 64] + insertion(items[:24])[5]
        rotate(items, i % 64)
        first, second, *rest, last = items
        total += first * 3 + second + len(rest) + last
        items[10:20] = items[40:45]
        del items[::7]
        items.reverse()
        items.pop(3)
        items.insert(i % 20, -1)
        total += items.index(-1) + items.count(first) + sum(items[5:30:3])
        grid = transpose([items[k:k + 6] for k in range(0, 36, 6)])
        total += sum(row[k % 6] for k, row in enumerate(grid))
        total += sum(a * b for a, b in zip(items, reversed(items)) if a > b) + len([*items, *rest])
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 18000)
