# Instances as functions: __call__, method objects, currying, fluent interfaces, pipelines.
class Curry:
    def __init__(self, f, *args): self.f, self.args = f, args
    def __call__(self, *more):
        args = self.args + more
        return self.f(*args) if len(args) >= self.f.__code__.co_argcount else Curry(self.f, *args)
    def __repr__(self): return f"Curry{self.args}"


add3 = Curry(lambda a, b, c: a + b * 10 + c * 100)
print(add3(1)(2)(3), add3(1, 2)(3), add3(1)(2, 3), add3(1), list(map(add3(1, 2), [3, 4])))


class Pipe:
    def __init__(self, v): self.v = v
    def __or__(self, f): return Pipe(f(self.v))
    def __rshift__(self, f): return Pipe([f(x) for x in self.v])
    def __invert__(self): return self.v


print(~(Pipe(range(5)) >> (lambda x: x * x) | sum | str | len), ~(Pipe("b a") | str.split | sorted))


class Query:
    def __init__(self, rows, steps=()): self.rows, self.steps = rows, steps
    def where(self, **kw): return Query([r for r in self.rows if all(r[k] == v for k, v in kw.items())],
          self.steps + ("where",))
    def select(self, *names): return Query([{n: r[n] for n in names} for r in self.rows], self.steps + ("select",))
    def order(self, key, desc=False): return Query(sorted(self.rows, key=lambda r: r[key], reverse=desc), self.steps)
    def __iter__(self): return iter(self.rows)
    def __len__(self): return len(self.rows)


q = Query([{"n": i, "k": "xy"[i % 2]} for i in range(5)])
print(list(q.where(k="x").order("n", desc=True).select("n")), len(q.where(k="y")), q.where().select("k").steps,
      [*q.where(n=3)])


class Meta(type):
    def __call__(cls, *a, **k):
        obj = super().__call__(*a, **k)
        obj.made_by = cls.__name__
        return obj


class A(metaclass=Meta):
    def __init__(self, x=0): self.x = x
    def __call__(self, y): return A(self.x + y)


a = A(1)(2)(3)
print(a.x, a.made_by, A.__call__(a, 10).x, callable(A), callable(a), type(a)(5).x)
class NoCall: pass
nc = NoCall()
nc.__call__ = lambda: "instance attribute is not used"
try:
    nc()
except TypeError as e:
    print(e)
bound = [x.append for x in ([], [])]
for i, b in enumerate(bound * 2):
    b(i)
print([b.__self__ for b in bound], "abc".upper.__call__(), (5).__add__.__call__(6), list(map("a-b".split, "-b")))
