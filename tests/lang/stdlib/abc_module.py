# abc: abstract methods, registration, subclass hooks, collections.abc.
import collections.abc
from abc import ABC, ABCMeta, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    def describe(self): return f"{self.name} {self.area()}"


class Half(Shape):
    def area(self): return 1


class Full(Half):
    name = "full"


for cls in (Shape, Half, Full):
    try:
        print(cls().describe(), sorted(cls.__abstractmethods__))
    except TypeError as e:
        print(e, sorted(cls.__abstractmethods__))


class Duck(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, c):
        return any("quack" in b.__dict__ for b in c.__mro__) or NotImplemented


class D:
    def quack(self): pass


class E: pass


print(issubclass(D, Duck), isinstance(D(), Duck), issubclass(E, Duck), Duck.register(E) is E, isinstance(E(), Duck))
abcs = collections.abc
for value in ([], (), {}, set(), "a", b"", 5, iter([]), (x for x in []), range(1), len, {}.keys(), frozenset(), None):
    print(type(value).__name__, [n for n in ("Iterable", "Iterator", "Sized", "Container", "Sequence",
          "MutableSequence", "Mapping", "Set", "Hashable", "Callable", "Generator", "Collection", "Reversible",
          "KeysView") if isinstance(value, getattr(abcs, n))])


class MySeq(abcs.MutableSequence):
    def __init__(self): self.d = []
    def __getitem__(self, i): return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __len__(self): return len(self.d)
    def insert(self, i, v): self.d.insert(i, v)


s = MySeq()
s.append(1)
s.extend([2, 3])
s += [4]
s.reverse()
print(s.d, s.pop(), s.index(3), 2 in s, s.count(9), list(reversed(s)), s.remove(4), list(s), s.clear(), len(s))


class MySet(abcs.Set):
    def __init__(self, i): self.i = list(dict.fromkeys(i))
    def __contains__(self, x): return x in self.i
    def __iter__(self): return iter(self.i)
    def __len__(self): return len(self.i)


print(list(MySet("ab") | MySet("bc")), list(MySet("ab") & "bz"), MySet("a") <= MySet("ab"), MySet("a") == {"a"},
      MySet("ab").isdisjoint("c"), list(MySet([1, 2]) - [2]))
class MyMap(abcs.Mapping):
    def __getitem__(self, k): return {"a": 1}[k]
    def __iter__(self): return iter("a")
    def __len__(self): return 1
print(MyMap().get("z", 5), dict(MyMap()), list(MyMap().items()), MyMap() == {"a": 1}, "a" in MyMap(), {**MyMap()})
try:
    abcs.Sequence()
except TypeError as e:
    print(e)
