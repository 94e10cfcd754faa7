# Observer, visitor, state, command with undo, and composite written as ordinary classes.
class Subject:
    def __init__(self): self.observers = []
    def attach(self, f): self.observers.append(f); return f
    def notify(self, *a): return [f(*a) for f in self.observers]


s = Subject()
seen = []
s.attach(seen.append)
@s.attach
def double(x): return x * 2
print(s.notify(5), s.notify("a"), seen)


class Node:
    def accept(self, v): return getattr(v, "visit_" + type(self).__name__.lower(), v.default)(self)


class Num(Node):
    def __init__(self, n): self.n = n


class Add(Node):
    def __init__(self, *parts): self.parts = parts


class Mul(Add): pass


class Eval:
    def default(self, n): raise TypeError(f"no visit for {type(n).__name__}")
    def visit_num(self, n): return n.n
    def visit_add(self, n): return sum(p.accept(self) for p in n.parts)
    def visit_mul(self, n):
        r = 1
        for p in n.parts:
            r *= p.accept(self)
        return r


class Show(Eval):
    def visit_num(self, n): return str(n.n)
    def visit_add(self, n): return "(" + " + ".join(p.accept(self) for p in n.parts) + ")"
    def default(self, n): return "?"
    visit_mul = None


tree = Add(Num(1), Mul(Num(2), Num(3)), Num(4))
print(tree.accept(Eval()))
try:
    tree.accept(Show())
except TypeError as e:
    print(e)
class Odd(Node): pass
try:
    Odd().accept(Eval())
except TypeError as e:
    print(e)


class Editor:
    def __init__(self): self.text, self.done, self.undone = "", [], []
    def do(self, cmd): cmd.run(self); self.done.append(cmd); self.undone.clear(); return self
    def undo(self): self.done and (self.undone.append(self.done.pop()) or self.undone[-1].back(self)); return self
    def redo(self): self.undone and (self.done.append(self.undone.pop()) or self.done[-1].run(self)); return self


class Insert:
    def __init__(self, t): self.t = t
    def run(self, e): e.text += self.t
    def back(self, e): e.text = e.text[:len(e.text) - len(self.t)]


class Upper:
    def run(self, e): self.old, e.text = e.text, e.text.upper()
    def back(self, e): e.text = self.old


e = Editor().do(Insert("ab")).do(Upper()).do(Insert("c"))
print(e.text, e.undo().text, e.undo().text, e.redo().text, e.do(Insert("!")).redo().text,
      e.undo().undo().undo().undo().text)
class State:
    def next(self, c): return self
class Start(State):
    def next(self, c): return Number() if c.isdigit() else Word() if c.isalpha() else self
class Number(Start):
    def next(self, c): return self if c.isdigit() else super().next(c)
class Word(Start):
    def next(self, c): return self if c.isalnum() else Start().next(c)
def trace(text):
    st, out = Start(), []
    for c in text:
        st = st.next(c)
        out.append(type(st).__name__[0])
    return "".join(out)
print(trace("ab1 12c--7"), trace(""), trace("9 9"))
