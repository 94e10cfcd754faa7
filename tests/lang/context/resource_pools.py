# Pools, transactions with rollback, nested locks and timers as context managers.
class Pool:
    def __init__(self, n): self.free, self.used = list(range(n)), []
    def __enter__(self):
        if not self.free:
            raise RuntimeError("pool is empty")
        self.used.append(self.free.pop(0))
        return self.used[-1]
    def __exit__(self, *exc): self.free.append(self.used.pop())


p = Pool(2)
with p as a:
    with p as b:
        print(a, b, p.free)
        try:
            with p as c:
                print("never")
        except RuntimeError as e:
            print(e)
print(p.free, p.used)


class Transaction:
    def __init__(self, data): self.data = data
    def __enter__(self): self.saved = dict(self.data); return self.data
    def __exit__(self, kind, e, tb):
        if kind is not None:
            self.data.clear()
            self.data.update(self.saved)
        return kind is not None and issubclass(kind, KeyError)


d = {"a": 1}
with Transaction(d) as t:
    t["b"] = 2
with Transaction(d) as t:
    t["c"] = t["zz"]
try:
    with Transaction(d) as t:
        t["a"] = 100
        with Transaction(d) as inner:
            inner["deep"] = 1
            raise KeyError
        t["after"] = 1
        1 / 0
except ZeroDivisionError:
    pass
print(d)


class Re:
    depth = 0
    def __enter__(self): Re.depth += 1; return Re.depth
    def __exit__(self, *a): Re.depth -= 1


r = Re()
with r as x, r as y, r as z:
    print(x, y, z, Re.depth)
def recursive(n):
    with r as depth:
        return [depth] + (recursive(n - 1) if n else [])
print(recursive(4), Re.depth, [next(iter(recursive(k))) for k in range(3)])
def early():
    for i in range(5):
        with p as n, r:
            if i == 2: continue
            if i == 4: return i, n
print(early(), p.free, Re.depth)
