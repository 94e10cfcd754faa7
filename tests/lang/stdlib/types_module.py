# types: SimpleNamespace, MappingProxyType, MethodType, FunctionType, ModuleType, new_class, DynamicClassAttribute.
import types

n = types.SimpleNamespace(a=1, b="x")
n.c = [n.a]
print(n, n == types.SimpleNamespace(a=1, b="x", c=[1]), vars(n), types.SimpleNamespace())
n.me = n
print(n)
del n.me
base = {"k": 1}
m = types.MappingProxyType(base)
base["z"] = 2
print(m, m["z"], list(m), len(m), m | {"q": 3}, "k" in m, m.copy(), m == base)
for statement in ("m['a'] = 1", "del m['k']", "m.clear()", "n.nope", "types.MappingProxyType(5)", "hash(m)",
        "types.SimpleNamespace(1)", "int.__dict__['x'] = 1"):
    try:
        exec(statement)
    except Exception as e:
        print(statement, type(e).__name__, e)


class A: pass


a = A()
a.m = types.MethodType(lambda self, x: (self is a, x), a)
print(a.m(5), isinstance(a.m, types.MethodType), isinstance(len, types.BuiltinFunctionType),
      isinstance(lambda: 0, types.FunctionType), isinstance((i for i in []), types.GeneratorType), isinstance(A, type),
      isinstance(types, types.ModuleType), types.NoneType is type(None),
      isinstance((lambda: 0).__code__, types.CodeType))
mod = types.ModuleType("made", "doc text")
exec("x = 5\ndef f(): return x", mod.__dict__)
print(mod.f(), mod.__name__, mod.__doc__, repr(mod), mod.x)
try:
    mod.nothing
except AttributeError as e:
    print(e)
B = types.new_class("B", (A,), {}, lambda ns: ns.update(v=7))
print(B.v, B.__mro__[1].__name__, types.resolve_bases((A,)) == (A,), types.GenericAlias(list, (int,)), types.UnionType,
      int | str)


@types.coroutine
def gen():
    r = yield "from gen"
    return r


async def use(): return await gen()


c = use()
print(c.send(None))
try:
    c.send("result")
except StopIteration as s:
    print(s.value)
f = lambda x: x + y
g = types.FunctionType(f.__code__, {"y": 10}, "renamed")
print(g(1), g.__name__, f.__code__.replace(co_name="other").co_name, types.CellType(5).cell_contents)
