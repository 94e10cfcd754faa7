"""Turns small loops into verdicts on what the recorder makes of them: check.py --pyjit PATH.

Each case is a program whose loop is compiled; the IR printed by PYJIT_DUMP=ir is cut at `loop`, and the body (what runs every
time round) must not contain the listed operations. The program's output must also be that of --no-jit.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

# name, program (the hot loop is in run), operations that its body must not contain
CASES = [
    ("integers", "def run(n):\n s = 0; i = 0\n while i < n:\n  s += i * i % 7; i += 1\n return s\n", "call new unbox sload load"),
    ("floats", "def run(n):\n s = 0.0; x = 1.5\n for i in range(n):\n  s = s * 0.5 + x\n return s\n", "call new unbox sload"),
    ("list items", "def run(n):\n l = [1] * 10; s = 0; i = 0\n while i < n:\n  s += l[i % 10]; i += 1\n return s\n", "call new sload gshape"),
    ("attributes", "class P: pass\ndef run(n):\n p = P(); p.x = 0; i = 0\n while i < n:\n  p.x += i; i += 1\n return p.x\n",
     "call new sload gshape"),
    ("inlined call", "def f(a, b): return a * 2 - b\ndef run(n):\n s = 0; i = 0\n while i < n:\n  s = f(s, i) & 1023; i += 1\n return s\n",
     "call callt new sload sstore"),
    ("inlined method", "class P:\n def __init__(self): self.x = 0\n def inc(self, d): self.x += d\n"
     "def run(n):\n p = P()\n for i in range(n): p.inc(i)\n return p.x\n", "call callt new sload sstore gshape"),
    ("temporary object", "class V:\n def __init__(self, x, y): self.x = x; self.y = y\n def __add__(self, o): return V(self.x + o.x, self.y + o.y)\n"
     "def run(n):\n s = 0; i = 0\n while i < n:\n  s += (V(i, 1) + V(2, i)).x & 7; i += 1\n return s\n", "call callt sload gshape"),
    ("packed and unpacked", "def run(n):\n a, b = 0, 1; i = 0\n while i < n:\n  t = (b, a + 1 & 1023); a, b = t; i += 1\n return a + b\n", "call sload gshape"),
    ("congruence", "def run(n):\n s = 1; i = 0\n while i < n:\n  s = s * 1103515245 + 12345 & 0x7FFFFFFF; i += 1\n return s\n", "new sload unbox"),
    ("bytearray", "def run(n):\n a = bytearray(16); i = 0\n while i < n:\n  a[i & 15] = i & 255; i += 1\n return sum(a)\n", "call new sload gshape"),
    ("min and max", "def run(n):\n s = 0; i = 0\n while i < n:\n  s += min(i, 5000) + max(i, -1); i += 1\n return s\n", "call new sload"),
    ("math", "import math\ndef run(n):\n s = 0.0; i = 0\n while i < n:\n  s += math.sqrt(i) + abs(s) + int(s); i += 1\n  if s > 1e6: s = 0.0\n return s\n", "call new"),
    ("isinstance of a display", "def run(n):\n s = 0; i = 0\n while i < n:\n  s += isinstance(i, (list, int)); i += 1\n return s\n", "call sload gshape"),
    ("len", "def run(n):\n l = [1, 2]; i = 0\n while i < n: i += len(l)\n return i\n", "call new sload gshape"),
]

# name, program, the most bridges that it may take: what differs from one round to the next must not be guarded
BRIDGES = [
    ("bound native methods", "def run(n):\n s = 0\n for i in range(n):\n  l = [i]; e = l.extend; e((1, i)); s += l[2]\n return s\n", 3),
    ("bound methods", "class P:\n def m(self): return 1\ndef run(n):\n s = 0\n for i in range(n):\n  m = P().m; s += m()\n return s\n", 3),
]


def check_bridges(pyjit):
    failed = 0
    for name, program, limit in BRIDGES:
        env = {k: v for k, v in os.environ.items() if not k.startswith("PYJIT_")}
        jit = subprocess.run([pyjit, "-I", "-S", "--jit-stats", "-c", program + "print(run(3000))\n"], capture_output=True, text=True, env=env)
        found = re.search(r"(\d+) bridges", jit.stderr)
        good = found and int(found[1]) <= limit and not jit.returncode
        failed += not good
        print("ok  " if good else "FAIL", name, "" if good else jit.stderr)
    return failed


def body_of(dump):
    """The loop body of the last trace that was peeled."""
    traces = re.split(r"^---- trace \d+: IR ----$", dump, flags=re.M)[1:]
    bodies = [t.split("\nloop\n", 1)[1] for t in traces if "\nloop\n" in t]
    return bodies[-1] if bodies else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pyjit", required=True)
    pyjit = parser.parse_args().pyjit
    failed = 0
    for name, program, forbidden in CASES:
        with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
            script.write(program + "print(run(3000))\n")
            script.flush()
            env = {k: v for k, v in os.environ.items() if not k.startswith("PYJIT_")}
            plain = subprocess.run([pyjit, "-I", "-S", "--no-jit", script.name], capture_output=True, text=True, env=env)
            jit = subprocess.run([pyjit, "-I", "-S", script.name], capture_output=True, text=True, env=env | {"PYJIT_DUMP": "ir"})
        problems = []
        if plain.returncode or plain.stdout != jit.stdout:
            problems.append(f"output {jit.stdout!r}, without JIT {plain.stdout!r}")
        body = body_of(jit.stderr)
        if body is None:
            problems.append("no loop was compiled")
        else:
            operations = {re.sub(r"^%\d+ = ", "", line).split(" ")[0].split(".")[0] for line in body.splitlines() if line.strip()}
            problems += [f"{op} in the loop" for op in forbidden.split() if op in operations]
        failed += bool(problems)
        print("FAIL" if problems else "ok  ", name, "; ".join(problems))
        if problems and body:
            print(body)
    failed += check_bridges(pyjit)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
