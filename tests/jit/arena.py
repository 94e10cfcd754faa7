"""Runs programs with a code arena that fills up again and again: arena.py --pyjit PATH.

The code is dropped and made anew, results stay right, and objects that only machine code named are freed.
"""
import argparse
import os
import subprocess
import sys
import tempfile

PROGRAM = '''
import gc, weakref
SOURCE = """
class Item{k}:
    def __init__(self, v): self.v = v
    def get(self): return self.v + {k}
def numbers{k}(n):
    for i in range(n): yield i ^ {k}
def run(n):
    item, total = Item{k}({k}), 0
    for i in range(n):
        total = (total * 3 + item.get() + i) % 1000003
        if i % 7 == 0:
            try: total += [1, 2][i % 3]
            except IndexError: total -= 1
    for x in numbers{k}(n): total = (total + x) % 1000003
    return total
"""
dead = []
kept = []
sums = []
for k in range(COUNT):
    space = {}
    exec(SOURCE.replace("{k}", str(k)), space)
    sums.append(space["run"](400))
    dead.append(weakref.ref(space["run"]))
    if k % 40 == 0:
        kept.append(space["run"])
    space = None
for _ in range(3): gc.collect()
print(sums, [f(400) for f in kept])
print(sum(r() is None for r in dead) >= len(dead) // 2)

def outer(n, f):
    # New code all the time below a loop that runs in machine code itself.
    total = 0
    for i in range(n):
        total += f(i)
    return total
def fresh(i):
    space = {}
    exec(SOURCE.replace("{k}", str(i)), space)
    return space["run"](150)
print(outer(60, fresh))
'''


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pyjit", required=True)
    pyjit = parser.parse_args().pyjit
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYJIT_")}
    failed = 0
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(PROGRAM.replace("COUNT", "150"))
        script.flush()
        plain = subprocess.run([pyjit, "-I", "-S", "--no-jit", script.name], capture_output=True, text=True, env=env)
        for extra in ({"PYJIT_CODE_KILOBYTES": "192"}, {"PYJIT_CODE_KILOBYTES": "192", "PYJIT_STRESS": "1"}, {"PYJIT_CODE_KILOBYTES": "192", "PYJIT_STRESS": "1", "PYJIT_GC_STRESS": "997"}):
            jit = subprocess.run([pyjit, "-I", "-S", "--jit-stats", script.name], capture_output=True, text=True, env=env | extra)
            problems = []
            if plain.returncode or jit.returncode or plain.stdout != jit.stdout:
                problems.append(f"output {jit.stdout[-300:]!r} {jit.stderr[-300:]!r}, without JIT {plain.stdout[-300:]!r}")
            flushes = [int(line.split()[1]) for line in jit.stderr.splitlines() if "flushes of the code arena" in line]
            if not flushes or flushes[0] < 3:
                problems.append("the arena was not flushed")
            failed += bool(problems)
            print("FAIL" if problems else "ok  ", extra, flushes, "; ".join(problems))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
