# SyntaxError texts and positions for many broken programs.
sources = ["x = ", "x = (1", "x = [1, 2", "{1: 2", "x)", "(1]", "if x", "if x:\npass", "  x = 1", "if x:\n    a\n  b",
      "if x:\n\ta\n        b", "def f(:\n pass", "def f(a b): pass", "def f(a=1, b): pass", "def f(*): pass",
      "def f(**k, a): pass", "def f(*a, *b): pass", "def f(a, /, b, /): pass", "def f(*, **k): pass", "class A(: pass",
      "class", "for in x: pass", "for x in: pass", "for x y in z: pass", "while: pass", "while 1 pass", "import",
      "from x import", "from x import (a, b", "from . import *\nx", "import a.b as c.d", "import a as", "return",
      "yield", "break", "continue", "def f():\n break", "x = yield = 1", "5 = x", "'a' = x", "f() = 1", "x + 1 = 2",
      "(a, 1) = 2", "[a, f()] = 2", "None = 1", "True = 1", "__debug__ = 1", "x = 1 = 2", "del f()", "del 5",
      "del (a, 1)", "a + 1 += 2", "f() += 1", "x: int: 5", "(a, b): int", "f(a=1, 2)", "f(**k, 1)", "f(**k, *a)",
      "f(a=1, a=2)", "f(1=2)", "f(a.b=1)", "f(x for x in y, 1)", "f(True=1)", "lambda x=1, y: 0", "lambda: = 1",
      "a if b", "a if b else", "else: pass", "elif x: pass", "try: pass", "try: pass\nx",
      "try: pass\nexcept: pass\nexcept ValueError: pass", "try: pass\nelse: pass", "try: pass\nexcept A, B: pass",
      "except: pass", "finally: pass", "with x as 5: pass", "with: pass", "with x", "raise x from", "assert", "global",
      "global x.y", "nonlocal", "def f():\n x\n global x", "print 1", "print 'a'", "exec 'a'", "1 2", "a b",
      "x = 1 y = 2", "'a' 1", "1a", "0x", "0b2", "0o8", "012", "1__0", "1_", "1e", "1.e+", "'abc", "\"abc", "'''abc",
      "f'{'", "f'{a'", "f'{}'", "b'\xe9'", "$", "?", "a ! b", "a !", "x = \\ 1", "\\", "a = 1 +", "not", "a not b",
      "a is", "a <> b", "a = b == ", "@", "@x", "@x\ny", "async", "async x", "async def", "await x",
      "async for x in y: pass", "async with x: pass", "{**a for a in b}", "[*a for a in b]", "{a: b, c}", "{a, b: c}",
      "{a:}", "{:a}", "a[", "a[]", "a[1:2:3:4]", "a.", "a.5", ".a", "a..b", "...x", "x = *a", "*a", "print(*)", "f(**)",
      "match x:\n case 1 + 2: pass", "match x:\n case a: pass\n case b: pass", "match x:\n case {**r, 'a': 1}: pass",
      "match x:\n case A(a=1, a=2): pass", "match x:\n case a | b: pass", "match x:\n case [*a, *b]: pass",
      "match x:\npass", "match x:\n case -a: pass", "match x:\n case a.b(): pass\n case _: pass\n case 1: pass",
      "(x := 1) = 2", "x := 1", "def f(x): nonlocal x", "class A:\n nonlocal x", "from __future__ import nope",
      "x = 1\nfrom __future__ import annotations", "\x00", "a\x00b", "é = 1; ½ = 2", "a = “b”", "x\u00a0= 1",
      "if True:\n", "def f():\n", "class A:", "pass pass", "import a b", "a = lambda", "x = {'a' 1}", "f(a, b c)",
      "[1 2]", "(1 2)", "x = if", "def 5(): pass", "def if(): pass", "class None: pass", "import if",
      "for 5 in x: pass", "a, b += 1", "with a as b, c as 5: pass", "try: pass\nexcept* : pass", "return 1 if 2",
      "f(a for a in b for)", "a = 5 if else 6", "while True: else: pass", "def f(a, a): pass", "def f(None): pass",
      "def f(a.b): pass", "def f((a, b)): pass", "print(a", "d = {'a': 1\nx = 2", "\"\"\"doc\nx = 1", "x = '\\N{nope}'",
      "'\\x1'", "'\\u12'", "(yield) = 1", "a and = b", "i++", "i--", "++", "x = a ? b : c", "a && b", "a || b", "!a",
      "if x = 1: pass", "while x = 1: pass", "if (x = 1): pass", "f(a := 1, b = c := 2)", "def f() -> : pass",
      "def f(a: ): pass", "elif", "del", "del *a", "a = del b"]
import warnings
warnings.simplefilter("ignore")
for source in sources:
    try:
        compile(source, "<s>", "exec")
        print(ascii(source), "fine")
    except SyntaxError as e:
        print(ascii(source), "|", type(e).__name__, "|", e.msg, "|", e.lineno, e.offset, e.end_lineno, e.end_offset)
    except ValueError as e:
        print(ascii(source), "| ValueError", e)
