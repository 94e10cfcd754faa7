# Classic list algorithms whose results are known: merge sort, quickselect, rotations, partitions, matrix turns.
def merge_sort(a):
    if len(a) < 2:
        return a
    m = len(a) // 2
    l, r = merge_sort(a[:m]), merge_sort(a[m:])
    out = []
    while l and r:
        out.append((l if l[0] <= r[0] else r).pop(0))
    return out + l + r


def select(a, k):
    p = a[len(a) // 2]
    low, same, high = [x for x in a if x < p], [x for x in a if x == p], [x for x in a if x > p]
    if k < len(low):
        return select(low, k)
    if k < len(low) + len(same):
        return p
    return select(high, k - len(low) - len(same))


data = [i * 7919 % 101 for i in range(80)] + [5] * 5
print(merge_sort(data) == sorted(data), [select(data, k) for k in (0, 10, 42, 84)] == [sorted(data)[k] for k in (0, 10,
      42, 84)])


def rotate(a, k):
    k %= len(a)
    a[:k], a[k:] = a[k:], a[:k]
    return a


print(rotate([1, 2, 3, 4, 5], 2), rotate([1, 2, 3], -1))
m = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*m)], [list(r) for r in zip(*m[::-1])], sum(m, []), [row[::-1] for row in m],
      [x for row in m for x in row][::2])
a = list(range(10))
a[2:8:3], a[1], a[-2:] = "XY", [*a[:2]], ()
print(a)
def spiral(m):
    m = [list(r) for r in m]
    return list(m[0]) + spiral(list(zip(*m[1:]))[::-1]) if m and m[0] else []
print(spiral([[1, 2, 3], [8, 9, 4], [7, 6, 5]]))
def dutch(a):
    lo, mid, hi = 0, 0, len(a) - 1
    while mid <= hi:
        if a[mid] == 0:
            a[lo], a[mid] = a[mid], a[lo]
            lo += 1
            mid += 1
        elif a[mid] == 1:
            mid += 1
        else:
            a[mid], a[hi] = a[hi], a[mid]
            hi -= 1
    return a
print(dutch([2, 0, 1, 2, 1, 0, 0, 2]), [a for a in range(5)] is not a)
