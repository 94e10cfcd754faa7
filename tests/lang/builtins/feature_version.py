# ast.parse(feature_version=...): what older versions did not know.
import ast

for source in ("async def f(): pass", "async def f():\n  await x", "async def f():\n  async for i in x: pass", "async def f():\n  return [i async for i in x]",
               "a @ b", "a @= b", "f'x'", "x: int = 1", "1_000", "def f(a, /): pass", "(x := 1)", "match x:\n  case 1: pass", "try: pass\nexcept* E: pass", "x = 1"):
    for minor in (4, 5, 6, 7, 8, 9, 10, 11):
        try:
            print(source.splitlines()[0], minor, type(ast.parse(source, feature_version=(3, minor))).__name__)
        except SyntaxError as e:
            print(source.splitlines()[0], minor, e.msg)
