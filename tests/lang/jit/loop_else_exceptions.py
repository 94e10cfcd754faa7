# Loops that end by break, by exhaustion, by exception and by return, with else and finally, all in the same hot
# function.
def search(items, wanted, explode):
    trail = []
    for i, x in enumerate(items):
        try:
            if x == explode:
                raise OverflowError(i)
            if x == wanted:
                trail.append("break")
                break
            if x == -2:
                return "returned", i
            if x % 2:
                continue
            trail.append(x)
        except OverflowError as error:
            trail.append(("caught", error.args[0]))
        else:
            trail.append("+")
        finally:
            trail.append("f")
    else:
        trail.append("exhausted")
    return len(trail), trail[-3:]


base = list(range(0, 40))
calls = [(base, 500, 500), (base, 30, 500), (base, 500, 12), (base + [-2], 500, 500), ([], 1, 1), (base, 39, 38)]
for _ in range(30):
    results = [search(*c) for c in calls]
for r in results:
    print(r)


def whiles(limit, stop):
    n = 0
    while n < limit:
        n += 1
        for k in range(n):
            if k == stop:
                break
            while k > 3:
                k -= 3
                if k == 2:
                    break
            else:
                continue
            break
        else:
            if n == limit - 1:
                return n, "inner exhausted"
    else:
        return n, "outer exhausted"


print([whiles(limit, stop) for limit in (1, 5, 50, 200) for stop in (0, 2, 100)])
numbers = iter(range(10 ** 6))
groups = []
for start in numbers:
    for n in numbers:
        if n % (start % 7 + 3) == 0:
            break
    else:
        break
    groups.append(n - start)
    if len(groups) > 400:
        break
print(sum(groups), groups[:10])
out = 0
for i in range(300):
    for j in range(3):
        for k in range(3):
            if (i + j + k) % 5 == 0:
                break
            out += 1
        else:
            continue
        if j == 2:
            break
    else:
        out += 1000
print(out)
