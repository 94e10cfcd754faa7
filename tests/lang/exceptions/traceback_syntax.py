# A SyntaxError that is not caught: file, line, caret range.
import sys

for source in ("x = (1,\ny = 2", "def f(:\n    pass", "a = 1\nif a\n    b", "x = 'abc", "print(a b)",
        "f(x for x in y, 1)", "   indent = 1", "for i in range(3):\nprint(i)", "é = [1, 2}", "x = 08"):
    try:
        exec(compile(source, "made.py", "exec"))
    except SyntaxError:
        sys.excepthook(*sys.exc_info())
eval("1 + * 2")
