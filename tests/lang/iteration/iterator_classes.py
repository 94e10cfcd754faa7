# Iterators with state: peekable, windowed, zipping with padding, reversible ranges, infinite with limits.
class Peek:
    _none = object()
    def __init__(self, it): self.it, self.buf = iter(it), []
    def __iter__(self): return self
    def __next__(self): return self.buf.pop() if self.buf else next(self.it)
    def peek(self, default=_none):
        if not self.buf:
            try:
                self.buf.append(next(self.it))
            except StopIteration:
                if default is Peek._none:
                    raise
                return default
        return self.buf[0]
    def push(self, v): self.buf.append(v)


p = Peek("abc")
print(p.peek(), next(p), p.peek(), list(p), p.peek("end"))
p.push("x")
print(next(p), next(p, "none"))
try:
    p.peek()
except StopIteration as e:
    print("stop", e.args)


class Span:
    def __init__(self, a, b, step=1): self.a, self.b, self.step = a, b, step
    def __iter__(self):
        x = self.a
        while x < self.b:
            yield x
            x += self.step
    def __reversed__(self):
        n = len(self)
        return (self.a + self.step * i for i in range(n - 1, -1, -1))
    def __len__(self): return max(0, int(-(-(self.b - self.a) // self.step)))
    def __contains__(self, x): return self.a <= x < self.b and (x - self.a) % self.step == 0


s = Span(0, 2, 0.5)
print(list(s), list(reversed(s)), len(s), 1.5 in s, 1.6 in s, sum(s), list(zip(s, reversed(s))), [*Span(5, 1)],
      max(Span(1, 10, 4)))


class Tokens:
    def __init__(self, text): self.text = text
    def __iter__(self):
        word = ""
        for c in self.text + " ":
            if c.isalnum():
                word += c
            else:
                if word:
                    yield word
                    word = ""
                if not c.isspace():
                    yield c


print(list(Tokens("a1+(b*22) - c")), sum(1 for _ in Tokens("")), dict(enumerate(Tokens("x=y"))),
      next(iter(Tokens("only"))))
it = iter([3, 1, 2])
print(sorted(it), sorted(it), min(iter([2, 1])), list(map(next, [iter([1]), iter("a")])), [a for a, in zip("ab")],
      list(zip(*[iter(range(6))] * 2)), list(iter(Span(0, 3).__iter__().__next__, 2)) if False else "")
