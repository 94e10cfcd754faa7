# eval, exec and compile: namespaces, modes, code objects, builtins injection, errors.
x = 1
print(eval("x + 1"), eval("x + y", {"x": 10, "y": 20}), eval("x + y", {"x": 1}, {"y": 2}), eval("  x  "),
      eval("[i for i in range(x)]"), eval("(lambda: x)()"), eval(compile("x * 5", "f", "eval")), eval("None"),
      eval("1,2"), eval(b"x"), eval("'\u00e9'"))
space = {}
print(exec("a = 1\ndef f(): return a + 1\nb = f()", space), sorted(k for k in space if k != "__builtins__"), space["b"],
      "__builtins__" in space)
loc = {}
exec("q = 1\nclass C:\n    v = q\nprint(C.v)", {}, loc) if False else exec("q = 1", {}, loc)
print(loc)
exec("x = 50")
print(x)


def f():
    y = 1
    exec("y = 2")
    exec("z = 3")
    d = {}
    exec("y = 9; w = 4", globals(), d)
    return y, "z" in locals(), d


print(f(), "w" in globals())
code = compile("for i in range(2):\n    print(i, end=' ')\n", "<made>", "exec")
exec(code)
print(code.co_filename, code.co_name, code.co_names, type(code).__name__, compile("1 + 2", "", "eval").co_consts,
      compile("a; b", "", "exec").co_names)
exec(compile("5 + 5", "<single>", "single"))
exec(compile("None", "<single>", "single"))
for args in (("x", {"__builtins__": {}}), ("len([1])", {"__builtins__": {}}),
        ("print(1)", {"__builtins__": {"print": lambda *a: "fake"}}), ("1 +",), ("x = 1",), ("",), ("import os",), (5,),
        ("x", 5), ("x", {}, 5), ("a\0b",), ("   ",), ("if 1: 2",), ("yield 1",), ("await x",), ("x\ny",),
        (compile("v = 1", "", "exec"),)):
    try:
        print(args[0] if isinstance(args[0], (str, int)) else "code", "=", eval(*args))
    except Exception as e:
        print(repr(args[0])[:12], "->", type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)
for call in (lambda: compile("1", "f", "nope"), lambda: compile(5, "f", "exec"), lambda: compile("1", "f"),
        lambda: compile("a = 1", "f", "eval"), lambda: compile("a\nb", "f", "single"), lambda: exec(5),
        lambda: exec("1", 5), lambda: exec(), lambda: exec("1 1"), lambda: compile("1", "f", "exec", 1 << 30),
        lambda: exec("def f(): return 1\nf() + undefined"), lambda: exec(compile("z = ", "f", "exec"))):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


class Names(dict):
    def __getitem__(self, k): return k * 2
    def __setitem__(self, k, v): print("set", k, v)


print(eval("abc + d", {}, Names()))
exec("p = 1; q = r", {}, Names())
exec("global g1; g1 = 5\ng2 = 6", globals(), {})
print("g1" in globals(), "g2" in globals())
import ast
print(eval(compile(ast.parse("2 * 3", mode="eval"), "", "eval")))
