"""Turns random programs (grammar.py) into a verdict on pyjit: each must behave as on CPython 3.11 in every mode of the engine.

    fuzz.py --pyjit PATH [--first SEED] [--count N] [--seconds S] [-j N] [--save DIR] [--modes a,b]
    fuzz.py --pyjit PATH --shrink FILE --modes MODE [--out FILE]
    fuzz.py --pyjit PATH --found                     the programs in found/, which failed once

stdout, stderr and the exit status must be equal. A failing program is saved as DIR/SEED.py and shrunk to DIR/SEED.min.py by taking
away statements and simplifying expressions for as long as the same mode goes on to differ.
"""
import argparse
import ast
import concurrent.futures
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import grammar  # noqa: E402

ORACLE = os.environ.get("PYJIT_ORACLE", "/usr/bin/python3.11")
MODES = {
    "no-jit": (["--no-jit"], {}),
    "default": ([], {}),
    "stress": ([], {"PYJIT_STRESS": "1"}),
    "stress-gc": ([], {"PYJIT_STRESS": "1", "PYJIT_GC_STRESS": "211"}),
    "tiny-arena": ([], {"PYJIT_STRESS": "1", "PYJIT_CODE_KILOBYTES": "128"}),
}
GC_EVERY = 8          # one program in so many also runs with a collection every few allocations
ARENA_EVERY = 4       # ... and with a code arena that is full again and again


def environment(**extra):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYJIT_"))}
    env.update(LC_ALL="C.UTF-8", TZ="UTC", PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", COLUMNS="80", **extra)
    return env


def limit():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, path, env, seconds):
    """(status, stdout, stderr); a time-out is a status in words."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command + [os.path.basename(path)], cwd=os.path.dirname(path), env=env, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=err, preexec_fn=limit, start_new_session=True)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = "time-out"
        out.seek(0)
        err.seek(0)
        return status, out.read(1 << 22), err.read(1 << 20)


def differs(pyjit, path, mode, expected=None, seconds=60):
    """None, or what differs in words."""
    expected = expected or run([ORACLE, "-S"], path, environment(), 20)
    if expected[0] == "time-out":
        return None
    options, extra = MODES[mode]
    actual = run([pyjit, "-S", *options], path, environment(**extra), seconds)
    if actual == expected:
        return None
    if actual[0] != expected[0]:
        return f"exit status {actual[0]}, expected {expected[0]}"
    stream = 1 if actual[1] != expected[1] else 2
    a, e = actual[stream].splitlines(), expected[stream].splitlines()
    for i, (x, y) in enumerate(zip(a, e)):
        if x != y:
            return f"{'stdout' if stream == 1 else 'stderr'} line {i + 1}: {x[:150]!r}, expected {y[:150]!r}"
    return f"{len(a)} lines of {'stdout' if stream == 1 else 'stderr'}, expected {len(e)}"


# --- shrinking

def lists_of(tree):
    """Every list of statements in the tree, outermost first."""
    found = []
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            value = getattr(node, field, None)
            if isinstance(value, list) and value and isinstance(value[0], (ast.stmt, ast.ExceptHandler, ast.match_case)):
                found.append((node, field))
    return found


def candidates(tree):
    """Edits, the largest first: (function that edits a tree made by parsing the same source)."""
    lists = lists_of(tree)
    edits = []
    for index, (node, field) in enumerate(lists):
        n = len(getattr(node, field))
        size = n
        while size >= 1:
            for start in range(0, n, size):
                edits.append(("cut", index, start, size))
            size //= 2
    edits.sort(key=lambda e: -e[3])
    for index, (node, field) in enumerate(lists):
        for i, statement in enumerate(getattr(node, field)):
            if isinstance(statement, (ast.If, ast.For, ast.While, ast.Try, ast.With)):
                edits.append(("inline", index, i, 0))
    names = [i for i, node in enumerate(ast.walk(tree)) if isinstance(node, (ast.BinOp, ast.BoolOp, ast.IfExp, ast.Compare, ast.Call, ast.Subscript, ast.UnaryOp, ast.ListComp))]
    for i in names:
        for which in range(3):
            edits.append(("simplify", i, which, 0))
    return edits


class Replace(ast.NodeTransformer):
    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def apply(source, edit):
    tree = ast.parse(source)
    kind, index, i, size = edit
    if kind == "simplify":
        node = list(ast.walk(tree))[index]
        parts = [c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr) and not isinstance(getattr(c, "ctx", None), ast.Store)]
        new = parts[i] if i < len(parts) else ast.Constant(1)
        if i == 2:
            new = ast.Constant(1)
        tree = Replace(node, new).visit(tree)
    else:
        node, field = lists_of(tree)[index]
        body = getattr(node, field)
        if kind == "cut":
            rest = body[:i] + body[i + size:]
        else:
            rest = body[:i] + body[i].body + body[i + 1:]
        if not rest and (field in ("body", "cases") or (field == "handlers" and not node.finalbody)):
            rest = [ast.Pass()] if field == "body" and body != [ast.Pass()] and not isinstance(body[0], ast.Pass) else None
        if rest is None:
            return None
        setattr(node, field, rest)
    try:
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        compile(text, "x", "exec", dont_inherit=True)
        return text
    except Exception:
        return None


def shrink(pyjit, source, mode, seconds=240, verbose=False):
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.py")

        def fails(text):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            expected = run([ORACLE, "-S"], path, environment(), 5)
            if expected[0] == "time-out":
                return False
            if mode != "no-jit" and differs(pyjit, path, "no-jit", expected, 10):
                return False
            return bool(differs(pyjit, path, mode, expected, 15))

        source = ast.unparse(ast.parse(source)) + "\n"
        if not fails(source):
            return None
        progress = True
        while progress and time.monotonic() < deadline:
            progress = False
            edits = candidates(ast.parse(source))
            position = 0
            while position < len(edits) and time.monotonic() < deadline:
                text = apply(source, edits[position])
                if text is not None and len(text) < len(source) and fails(text):
                    source, progress = text, True
                    # The lists have changed: go on near the same place in the new order.
                    edits = candidates(ast.parse(source))
                    position = min(position, len(edits))
                    if verbose:
                        print(len(source.splitlines()), "lines", flush=True)
                else:
                    position += 1
        return source


# --- many programs

def one(seed, pyjit, modes, save):
    """[(mode, what differs)] of one seed."""
    source = grammar.generate(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        expected = run([ORACLE, "-S"], path, environment(), 20)
        problems = []
        for mode in modes:
            if mode == "stress-gc" and seed % GC_EVERY or mode == "tiny-arena" and seed % ARENA_EVERY:
                continue
            what = differs(pyjit, path, mode, expected)
            if what:
                problems.append((mode, what))
        if problems and save:
            os.makedirs(save, exist_ok=True)
            with open(os.path.join(save, f"{seed}.py"), "w", encoding="utf-8") as file:
                file.write(source)
        return seed, problems, expected[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("-j", type=int, default=1)
    parser.add_argument("--save")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--modes", default="no-jit,default,stress,stress-gc,tiny-arena")
    parser.add_argument("--shrink")
    parser.add_argument("--out")
    parser.add_argument("--found", action="store_true")
    options = parser.parse_args()
    pyjit, modes = os.path.abspath(options.pyjit), options.modes.split(",")
    if options.shrink:
        with open(options.shrink, encoding="utf-8") as file:
            small = shrink(pyjit, file.read(), modes[0], options.seconds if options.seconds < 1e8 else 240, verbose=True)
        if small is None:
            print("does not differ")
            return 1
        with open(options.out, "w", encoding="utf-8") if options.out else sys.stdout as file:
            file.write(small)
        return 0
    deadline = time.monotonic() + options.seconds
    failed = done = timeouts = 0
    if options.found:
        folder = os.path.join(HERE, "found")
        for name in sorted(os.listdir(folder)):
            if not name.endswith(".py"):
                continue
            path = os.path.join(folder, name)
            for mode in [m for m in modes if m != "stress-gc"]:
                what = differs(pyjit, path, mode)
                failed += bool(what)
                print("FAIL" if what else "ok  ", name, mode, what or "", flush=True)
        return failed != 0
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        pending = set()
        seeds = iter(range(options.first, options.first + options.count))
        while True:
            while len(pending) < 2 * options.j and time.monotonic() < deadline and (seed := next(seeds, None)) is not None:
                pending.add(pool.submit(one, seed, pyjit, modes, options.save))
            if not pending:
                break
            ready, pending = concurrent.futures.wait(pending, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in ready:
                seed, problems, status = future.result()
                done += 1
                timeouts += status == "time-out"
                if not problems:
                    continue
                failed += 1
                for mode, what in problems:
                    print(f"FAIL seed {seed} {mode}: {what}", flush=True)
                if options.save and not options.no_shrink:
                    small = shrink(pyjit, grammar.generate(seed), problems[0][0])
                    if small:
                        with open(os.path.join(options.save, f"{seed}.min.py"), "w", encoding="utf-8") as file:
                            file.write(small)
    print(f"{done} programs, {failed} failed, {timeouts} without a verdict (the oracle did not end)")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
