# print with sep, end, file, flush, and objects whose str is odd.
import io
import sys

print()
print("a", "b", sep="")
print("a", "b", sep="-", end="!\n")
print(1, None, [2], {"k": 3}, sep=", ")
print("no newline", end="")
print()
print(*[], sep="x")
print(*"abc", sep="\n")
print("sep none", "x", sep=None, end=None)
out = io.StringIO()
print("to file", 5, file=out, flush=True)
print(repr(out.getvalue()))
print("err", file=sys.stderr)


class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s); return len(s)
    def flush(self): self.parts.append("FLUSH")


w = W()
print("a", 1, sep="|", file=w)
print("b", file=w, flush=True)
print(w.parts)


class S:
    def __str__(self): return "S-str"


class R:
    def __repr__(self): return "R-repr"


class Bad:
    def __str__(self): raise ValueError("bad str")


print(S(), R(), [S.__name__, R()], "é中😀", "\ttab")
for kwargs in ({"sep": 5}, {"end": 5}, {"foo": 1}, {"file": 5}, {"sep": b"x"}):
    try:
        print("x", "y", **kwargs)
    except (TypeError, AttributeError) as e:
        print("error:", e)
try:
    print("before", Bad(), "after")
except ValueError as e:
    print("|", e)
print("x" * 100000 == "x" * 100000, len("y" * 5000))
old = sys.stdout
sys.stdout = io.StringIO()
print("captured")
text = sys.stdout.getvalue()
sys.stdout = old
print(repr(text))
sys.stdout.write("direct\n")
print(sys.stdout.write(""), sys.stdout.encoding.lower(), sys.stdout.writable(), sys.stderr.name)
print("line1\nline2\r\nline3", "quote'\"", sep=" / ")
print(print("nested"), print)
sys.stdout = None
print("nowhere")
sys.stdout = old
print("last", end="")
