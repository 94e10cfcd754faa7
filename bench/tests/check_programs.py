"""Runs every benchmark program at its small size and compares the checksum with CPython's: without the JIT, with it, and with all
its thresholds at 1. usage: check_programs.py --pyjit PROGRAM [--oracle PROGRAM] [--only GLOB] [--modes no-jit,default,stress]"""
import argparse
import fnmatch
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from suite import engines, table  # noqa: E402

MODES = {"no-jit": (["--no-jit"], {}), "default": ([], {}), "stress": ([], {"PYJIT_STRESS": "1"})}


def output_of(command, extra, timeout):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYJIT"))}
    try:
        done = subprocess.run(command, cwd=engines.PROGRAMS, env={**env, "PYTHONHASHSEED": "0", **extra}, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"no end after {timeout} s"
    if done.returncode == 0:
        return done.stdout.strip()
    return f"exit {done.returncode}: {(done.stderr.strip().splitlines() or [''])[-1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--oracle", default="/usr/bin/python3.11")
    parser.add_argument("--only", default="*")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--timeout", type=float, default=120)
    args = parser.parse_args()
    wrong = ran = 0
    for rows in table.GROUPS.values():
        for name, small in rows.items():
            if not fnmatch.fnmatch(name, args.only):
                continue
            program = [engines.source_of(name, "python"), str(small)]
            expected = output_of([args.oracle] + program, {}, args.timeout)
            for mode in args.modes.split(","):
                options, extra = MODES[mode]
                found = output_of([os.path.abspath(args.pyjit)] + options + program, extra, args.timeout)
                ran += 1
                if found != expected:
                    wrong += 1
                    print(f"DIFFERS: {name} {small}, {mode}: {found}; CPython: {expected}", flush=True)
    print(f"{ran} runs, {wrong} differ")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
