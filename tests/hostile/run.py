"""Hostile input on pyjit: made-up code objects, damaged marshal data, arbitrary bytes as source, structures nested fifty thousand deep.

    run.py --pyjit PATH [--seed N] [--rounds N] [--only code|marshal|source|deep]

Each piece runs in a process of its own and must end there with a result or an exception. What `source` prints must be what CPython
(environment variable PYJIT_ORACLE, default /usr/bin/python3.11) prints. A failure names the command that repeats it; code_replace.py and
marshal_data.py write the case under way into the file that they are given as third argument.
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.environ.get("PYJIT_ORACLE", "/usr/bin/python3.11")
SECONDS = 240


def run(command):
    """(exit status, output); a negative status names a signal."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env.update(LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1")
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, env=env, cwd=HERE)
    except subprocess.TimeoutExpired:
        return "no end", b""
    return done.returncode, done.stdout + done.stderr


def check_seeded(script, pyjit, seeds, count, against_oracle):
    failures = []
    for seed in seeds:
        arguments = [script, str(seed), str(count)]
        status, output = run([pyjit] + arguments)
        if status != 0:
            failures.append((arguments, f"exit status {status}\n" + output.decode("utf-8", "replace")[-600:]))
        elif against_oracle:
            expected = run([ORACLE] + arguments)[1]
            if output != expected:
                pairs = zip(output.splitlines(), expected.splitlines())
                failures.append((arguments, next((f"{a!r}\nexpected {b!r}" for a, b in pairs if a != b), "other length")))
    return failures


def check_deep(pyjit):
    names = run([ORACLE, "deep.py", "list"])[1].split()
    assert names, "deep.py lists its cases"
    failures = []
    for name in map(bytes.decode, names):
        status, output = run([pyjit, "deep.py", name])
        if status not in (0, 1) or b"Fatal Python error" in output:
            failures.append((["deep.py", name], f"exit status {status}\n" + output.decode("utf-8", "replace")[-600:]))
    return failures


def main():
    parser = argparse.ArgumentParser(description="hostile input on pyjit")
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--seed", type=int, default=1, help="the first of three seeds")
    parser.add_argument("--rounds", type=int, default=1000, help="cases a seed")
    parser.add_argument("--only", choices=["code", "marshal", "source", "deep"])
    options = parser.parse_args()
    pyjit = os.path.abspath(options.pyjit)
    seeds = range(options.seed, options.seed + 3)
    pieces = {
        "code": lambda: check_seeded("code_replace.py", pyjit, seeds, options.rounds, False),
        "marshal": lambda: check_seeded("marshal_data.py", pyjit, seeds, options.rounds * 2, False),
        "source": lambda: check_seeded("source_bytes.py", pyjit, seeds, options.rounds, True),
        "deep": lambda: check_deep(pyjit),
    }
    failed = 0
    for name, piece in pieces.items():
        if options.only not in (None, name):
            continue
        failures = piece()
        for arguments, text in failures:
            print("FAIL", " ".join(arguments))
            print("  " + text.replace("\n", "\n  "))
        print(f"{name}: {len(failures)} failures")
        failed += len(failures)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
