# dataclasses: field options, repr control, hash rules, make_dataclass, InitVar, inheritance of defaults.
from dataclasses import KW_ONLY, MISSING, Field, asdict, astuple, dataclass, field, fields, make_dataclass


@dataclass
class Tree:
    value: int
    kids: list = field(default_factory=list, repr=False)
    parent: "Tree" = field(default=None, compare=False, repr=False)

    def add(self, v):
        t = Tree(v, parent=self)
        self.kids.append(t)
        return t


root = Tree(1)
root.add(2).add(3)
print(root, root.kids, root.kids[0].kids[0].parent.value, Tree(1, [Tree(2)]) == Tree(1, [Tree(2)]))
P = make_dataclass("P", [("x", int), ("y", int, field(default=5)), "z"],
      namespace={"s": lambda self: self.x + self.y}) if False else make_dataclass("P",
      [("x", int), ("y", int, field(default=5))], namespace={"s": lambda self: self.x + self.y})
print(P(1), P(1).s(), [(f.name, f.default is MISSING, f.type) for f in fields(P)])


@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 2
    c: dict = field(default_factory=dict, metadata={"unit": "m"}, hash=False)


print(K(1, b=3), fields(K)[2].metadata["unit"], asdict(K(1, c={"k": [K(2)]})), astuple(K(1)), K.__hash__)
for eq, frozen, unsafe in ((True, False, False), (True, True, False), (False, False, False), (True, False, True)):
    C = dataclass(eq=eq, frozen=frozen, unsafe_hash=unsafe)(type("C", (), {"__annotations__": {"v": int}}))
    print(eq, frozen, unsafe, C.__hash__ is None, C(1) == C(1), repr(C(1)))
class Own:
    def __init__(self): self.made = True
    def __repr__(self): return "own"
O = dataclass(init=False, repr=False)(Own)
print(O(), O().made)
@dataclass
class A:
    x: int = 1
    def __post_init__(self): self.post = self.x * 2
@dataclass
class B(A):
    y: int = 2
    x: int = 10
print(A().post, B(), B(5).post, B(y=1), [f.name for f in fields(B)], isinstance(fields(B)[0], Field))
