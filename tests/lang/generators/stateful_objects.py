# Generators kept in objects, several at a time, resumed out of order, holding state across exceptions.
class Tape:
    def __init__(self, *parts): self.parts = parts
    def __iter__(self):
        for p in self.parts:
            if isinstance(p, Tape):
                yield from p
            else:
                yield p
    def reversed(self): return (x for x in list(self)[::-1])


t = Tape(1, Tape(2, Tape(), Tape(3)), 4)
a, b = iter(t), iter(t)
print(next(a), next(a), next(b), list(a), list(b), list(t.reversed()), list(zip(t, t)))


def machine():
    stack = []
    while True:
        try:
            op = yield list(stack)
            if op == "pop":
                stack.pop()
            elif op == "fail":
                raise RuntimeError(stack)
            elif op is not None:
                stack.append(op)
        except IndexError:
            stack.append("underflow")
        except KeyError as e:
            stack.append(e.args[0])


m = machine()
next(m)
print(m.send(1), m.send("pop"), m.send("pop"), m.throw(KeyError("thrown")), m.send(5))
try:
    m.send("fail")
except RuntimeError as e:
    print(e, next(m, "finished"))
pool = [(lambda k: (k * i for i in range(1, 5)))(k) for k in range(4)]
out = []
for step in range(10):
    out.append(next(pool[step * 3 % 4], None))
print(out, [list(g) for g in pool])


def subscribe(log, name):
    try:
        while True:
            log.append((name, (yield)))
    finally:
        log.append((name, "closed"))


log = []
subs = [subscribe(log, n) for n in "ab"]
for s in subs:
    next(s)
for i, s in enumerate(subs * 2):
    s.send(i)
subs[0].close()
subs[1].close()
print(log)
def primes():
    yield 2
    known, n = [2], 3
    while True:
        if all(n % p for p in known if p * p <= n):
            known.append(n)
            yield n
        n += 2
p = primes()
first = [next(p) for _ in range(10)]
print(first, next(q for q in p if q > 100), p.gi_frame.f_locals["n"], len(p.gi_frame.f_locals["known"]))
