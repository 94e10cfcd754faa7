"""The short ways of the runtime's operations give what the long ways give: edges of sizes, signs, kinds and subclasses."""
import heapq
import math

edges = [0, 1, 2, 7, 12345, (1 << 47) - 1, 1 << 47, (1 << 47) + 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, 1 << 64, (1 << 64) + 5, (1 << 127) - 1, 1 << 127,
         (1 << 128) - 1, 1 << 128, 3 ** 90]
numbers = edges + [-e for e in edges]
for a in numbers:
    for b in numbers:
        print(a + b, a - b, a * b, a & b, a | b, a ^ b, end=" ")
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a and (r == 0 or (r < 0) == (b < 0)) and abs(r) < abs(b) and (a // b, a % b) == (q, r)
            print(q, r, end=" ")
        assert (a < b) == (a - b < 0) and (a == b) == (not a - b)
    for shift in (0, 1, 16, 47, 48, 63, 64, 65, 127, 128, 200):
        print(a >> shift, a << shift, end=" ")
    print()
for flag in (True, False):
    print(3 + flag, flag + flag, 3 - flag, flag - 3, flag * flag, flag & flag, flag | True, flag ^ True, (1 << 50) + flag, type(flag + flag))

for spec in ("", "5", "05", "<5", ">5", "^6", "=6", "+d", " d", "-d", "x", "#x", "#010x", "X", "#o", "b", "*^9", "é>6", "_d", ",", "08,d", "+08.2f", ".0f", "%",
             "e", ".3g", "10.1f", "0>7", "<07"):
    for value in (0, 7, -7, 123456, -(1 << 47), 1 << 70, 1.5, -0.0, 1e300, math.inf, -math.inf, math.nan, True):
        try:
            print(repr(format(value, spec)), end=" ")
        except (ValueError, OverflowError) as e:
            print(type(e).__name__, e, end=" ")
    print()
for form in ("%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%i", "%u", "%x", "%5s", "%-5s|", "%s", "%.2s"):
    for value in (0, 12, -12, -(1 << 47), 1 << 60, True):
        print(form % value, end=" ")
    print(form.encode() % 42 if form[-1] in "dix" else "")


class Noisy:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("eq", self.n, getattr(other, "n", other))
        return isinstance(other, Noisy) and self.n == other.n

    def __lt__(self, other):
        print("lt", self.n, other.n)
        return self.n < other.n

    def __hash__(self):
        return 1


class Pair(tuple):
    pass


nan = math.nan
samples = [(), (1,), (1, 2), (1, 2.0), (True, 2), (1, "a"), ("a", 1), (nan, 1), ((1, 2), 3), ((1, 2.0), 3), (1, 2, 3), Pair((1, 2)), (None,),
           ("a" * 20, 5), ("é", 5), (1 << 60, 1)]
for x in samples:
    row = []
    for y in samples:
        try:
            row.append((x == y, x != y, x < y, x >= y))
        except TypeError as e:
            row.append(str(e))
    print(row)
noisy = [(Noisy(1), 2), (Noisy(1), 3), (Noisy(1),), (Noisy(2), 2)]
print([[x == y for y in noisy] for x in noisy], noisy[0] < noisy[1], noisy[0] < noisy[3], {noisy[0]: 1}.get((Noisy(1), 2)))
counts = {}
for x in samples[:7] + samples[8:] + samples[8:]:
    counts[x] = counts.get(x, 0) + 1
print(sorted(counts.values()), len(set(samples[8:])))
deep = shallow = ()
for _ in range(50):
    deep, shallow = (deep, 1), (shallow, 1)
print(deep == shallow, hash(deep) == hash(shallow))

heap = []
for x in [(5, "b"), (5, "a"), (1.5, "z"), (1, "q"), (0, ""), Pair((1, "c"))]:
    heapq.heappush(heap, x)
print([heapq.heappop(heap) for _ in range(len(heap))])
print(sorted([(2, "b"), (2, "a", 1), (2, "a"), (1, nan), (1, 0.5), ()]), sorted(["b", "a", "é", "aa", ""]), sorted([2, 1.5, True, 1 << 70, -1]))

print("..;a.b;.".strip(".;"), "xxaxx".lstrip("x"), "ééaé".rstrip("é"), "aé".strip("é"), "éaé".strip("a"), "".strip("a"), "\x7fa\x7f".strip("\x7f"))
for size in (0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33):
    left, right = "ab" * size, "ab" * size
    other = left[:-1] + "c"
    print(left == right, left == other, len(", ".join([left, right, other])), "é".join([left, "x"]) == left + "éx", {left: 1}.get(right), (left + other)[size:])
numbers = list(range(7))
bounds = (None, -100, -7, -6, -1, 0, 1, 3, 6, 7, 8, 100)
for start in bounds:
    print([(numbers[start:stop], "abcdefg"[start:stop], tuple(numbers)[start:stop:2]) for stop in bounds])
print(numbers[1 << 60:], numbers[-(1 << 60):2], numbers[True:])
print(list(enumerate("ab", 1 << 47)), list(enumerate([], 5)), list(enumerate((1, 2), -1)))
