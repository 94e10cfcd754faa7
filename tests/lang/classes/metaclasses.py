# Metaclasses: __new__, __init__, __call__, __prepare__, keyword arguments, conflicts, __instancecheck__.
class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        print("new", name, [b.__name__ for b in bases], sorted(k for k in ns if k[0] != "_"), kw)
        return super().__new__(mcls, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, kw)
        return {"prepared": name}

    def __repr__(cls): return f"<{cls.__name__}>"
    def __len__(cls): return 7
    def __getitem__(cls, k): return k * 2
    def __iter__(cls): return iter("meta")
    def __contains__(cls, x): return x == "in"
    def __add__(cls, o): return f"{cls.__name__}+{o}"
    def __bool__(cls): return False
    def meth(cls): return "metamethod " + cls.__name__


class A(metaclass=Meta, flag=1):
    x = 1
    def __init__(self, *a): self.a = a


class B(A): y = 2


print(A, B, A(1).a, B.prepared, len(A), A["k"], list(A), "in" in A, A + 1, bool(A), A.meth(), type(B),
      isinstance(A, Meta))
for expression in ("A().meth()", "len(A())", "A()[1]"):
    try:
        eval(expression)
    except Exception as error:
        print(type(error).__name__, error)


class Other(type): pass


for source in ("class X(A, metaclass=Other): pass", "class X(metaclass=5): pass",
        "class X(int, metaclass=lambda n, b, d: (n, b)): pass; print(X)", "class X(foo=1): pass",
        "class X(object, object): pass", "class X(*[int], **{}): pass"):
    try:
        exec(source)
        print(source, "fine", X if "lambda" in source else "")
    except Exception as error:
        print(source, "->", type(error).__name__, error)


class Singleton(type):
    made = {}
    def __call__(cls, *a):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*a)
        return cls.made[cls]


class S(metaclass=Singleton):
    def __init__(self, v=0): self.v = v


print(S(1) is S(2), S().v)


class Ordered(dict):
    def __setitem__(self, k, v):
        if k in self and k[0] != "_":
            raise TypeError(f"{k} defined twice")
        super().__setitem__(k, v)


class NoDup(type):
    @classmethod
    def __prepare__(m, n, b): return Ordered()


try:
    class Twice(metaclass=NoDup):
        def f(self): pass
        def f(self): pass
except TypeError as error:
    print(error)
T = type("T", (int,), {"double": lambda self: self * 2, "__slots__": ()})
print(T(4).double(), T.__name__, T.__module__, T.__mro__, type(T), type(type), isinstance(T, type),
      type("E", (), {})().__class__.__name__)
class Check(type):
    def __instancecheck__(cls, x): return x == 5
    def __subclasscheck__(cls, c): return c is str
class Five(metaclass=Check): pass
print(isinstance(5, Five), isinstance(6, Five), issubclass(str, Five), issubclass(int, Five), isinstance(Five(), Five))
