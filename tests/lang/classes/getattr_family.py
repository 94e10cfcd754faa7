# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__ and their interplay with descriptors and hasattr.
class G:
    real = 1

    def __getattr__(self, name):
        if name.startswith("bad"):
            raise AttributeError(f"no {name} here")
        if name == "boom":
            raise ValueError("boom")
        return f"<{name}>"


g = G()
g.own = 2
print(g.real, g.own, g.virtual, hasattr(g, "bad1"), hasattr(g, "x"), getattr(g, "bad2", "dflt"), getattr(g, "real", 0))
for name in ("bad3", "boom"):
    try:
        getattr(g, name, *(["d"] if name == "boom" else []))
    except Exception as error:
        print(type(error).__name__, error)
try:
    len(g)
except TypeError as error:
    print(error)


class Log:
    def __init__(self): object.__setattr__(self, "log", [])
    def __getattribute__(self, name):
        if name != "log":
            object.__getattribute__(self, "log").append(("get", name))
        return object.__getattribute__(self, name)
    def __setattr__(self, name, value):
        self.log.append(("set", name))
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        self.log.append(("del", name))
        super().__delattr__(name)
    def method(self): return "m"
    def __len__(self): return 3


x = Log()
x.a = 1
x.a += 1
x.method()
del x.a
try:
    x.nope
except AttributeError as error:
    print(error)
len(x)
x.__len__()
x.__class__
isinstance(x, Log)
isinstance(x, int)
x.__dict__
vars(x)
print(x.log)


class Both:
    def __getattribute__(self, name):
        if name == "via":
            raise AttributeError("first")
        return object.__getattribute__(self, name)
    def __getattr__(self, name): return "second " + name
    @property
    def broken(self): raise AttributeError("inside property")


b = Both()
print(b.via, b.broken, b.other)


class D:
    def __dir__(self): return ["z", "a", "m"]


class BadDir:
    def __dir__(self): return 5


print(dir(D()), [n for n in dir(D) if n == "__dir__"])
try:
    dir(BadDir())
except TypeError as error:
    print(error)


class Proxy:
    def __init__(self, target): self.__dict__["target"] = target
    def __getattr__(self, name): return getattr(self.target, name)
    def __setattr__(self, name, value): setattr(self.target, name, value)


class T: v = 1
p = Proxy(T())
p.v = 5
p.w = 6
print(p.v, p.w, p.target.v, vars(p.target), sorted(p.__dict__), p.__class__.__name__)
class NoSet:
    __setattr__ = None
try:
    NoSet().x = 1
except TypeError as error:
    print(error)
class Cls(type):
    def __getattr__(cls, name): return f"{cls.__name__}.{name}"
class K(metaclass=Cls): y = 1
print(K.x, K.y, hasattr(K(), "x"))
