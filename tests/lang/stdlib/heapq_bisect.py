# heapq and bisect: invariants, merge, nlargest, keys, errors.
import bisect
import heapq

h = []
for i in range(30):
    heapq.heappush(h, i * 17 % 31)
assert all(h[i] <= h[c] for i in range(len(h)) for c in (2 * i + 1, 2 * i + 2) if c < len(h))
print(h[:8], [heapq.heappop(h) for _ in range(5)], heapq.heappushpop(h, -1), heapq.heapreplace(h, 100), h[0], len(h))
data = [5, 3, 8, 1, 9, 2]
heapq.heapify(data)
print(data, heapq.nlargest(2, [3, 1, 4]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), heapq.nlargest(9, [1, 2]),
      list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge("ca", "b", key=ord, reverse=True)),
      heapq.nlargest(1, []))
tasks = []
for n, name in ((3, "low"), (1, "high"), (2, "mid"), (1, "also high")):
    heapq.heappush(tasks, (n, name))
print([heapq.heappop(tasks)[1] for _ in range(4)])
for e in ("heapq.heappop([])", "heapq.heapify(5)", "heapq.heapreplace([], 1)", "heapq.heappush((1,), 2)",
        "heapq.heapify([1, 'a'])", "heapq.heappushpop([], 3)", "bisect.bisect([1], 'a')", "bisect.bisect(5, 1)",
        "bisect.insort((1,), 2)", "bisect.bisect([1, 2], 1, -1)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
a = [1, 2, 2, 2, 5]
print(bisect.bisect_left(a, 2), bisect.bisect_right(a, 2), bisect.bisect(a, 0), bisect.bisect(a, 9),
      bisect.bisect_left(a, 2, 2, 3), bisect.bisect_left([9, 5, 1], -5, key=lambda x: -x), bisect.bisect([], 1))
bisect.insort(a, 3)
bisect.insort_left(a, 2)
bisect.insort(a, 0, key=lambda x: x)
print(a, [bisect.bisect([60, 70, 80, 90], s) for s in (33, 60, 75, 99)])
