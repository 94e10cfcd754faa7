"""Compares the command line of pyjit with CPython's: every row of cases.py on both, output and exit status alike.

usage: run.py --pyjit PROGRAM [--oracle PROGRAM] [--only TEXT] [-v]
The name of the program is normalised; known_failures.txt names the rows that still differ, and a row listed there that
passes is a failure too.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import cases

FOLDER = os.path.dirname(os.path.abspath(__file__))
# The banner of an interactive session names the build; its first line is compared up to the version number only.
BANNER = re.compile(rb'Python 3\.11\.2 \(.*\n(?:\[.*\n)?Type "help", "copyright", "credits" or "license" for more information\.\n')


def run(program, case, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, text in case.files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode() if isinstance(text, str) else text)
        os.utime(path, (1600000000, 1600000000))
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env.update({"LC_ALL": "C.UTF-8", "PY": program, **case.env})
    command = ["/bin/sh", "-c", case.shell] if case.shell else [program, *case.args]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=env)
    first = b""
    try:
        if case.signal:
            first = child.stdout.readline()
            time.sleep(0.5)   # the line is out before print() has returned: let the program reach the statement that waits
            child.send_signal(case.signal)
        out, err = child.communicate(case.stdin, timeout=60)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        return "timeout", out, err
    return child.returncode, first + out, err


def normalise(text, program, case):
    text = text.replace(os.fsencode(program), b"PROGRAM").replace(os.fsencode(os.path.realpath(program)), b"PROGRAM")
    text = re.sub(rb" at 0x[0-9a-f]+", b" at 0x", text)
    text = BANNER.sub(b"BANNER\n", text)
    if case.compare == "first-word":
        return text.split()[:1]
    return text


def outcome(program, case, folder):
    status, out, err = run(program, case, folder)
    if case.compare == "status":
        return {"status": status}
    return {"status": status, "stdout": normalise(out, program, case), "stderr": normalise(err, program, case)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--oracle", default=os.environ.get("PYJIT_ORACLE", "/usr/bin/python3.11"))
    parser.add_argument("--only", default="")
    parser.add_argument("-v", action="store_true", help="show what differs of the known failures too")
    options = parser.parse_args()
    pyjit = os.path.abspath(options.pyjit)
    with open(os.path.join(FOLDER, "known_failures.txt")) as f:
        known = {line.split(" # ")[0].strip() for line in f if line.strip() and not line.startswith("#")}
    failed = expected = ran = 0
    with tempfile.TemporaryDirectory(prefix="cmdline") as root:
        folder = os.path.join(os.path.realpath(root), "case")
        for case in cases.CASES:
            if options.only not in case.name:
                continue
            ran += 1
            theirs, ours = outcome(options.oracle, case, folder), outcome(pyjit, case, folder)
            same = theirs == ours
            if not same and case.name in known:
                expected += 1
                if not options.v:
                    continue
            if same and case.name not in known:
                continue
            failed += same or case.name not in known
            print("passes, but is listed as known failure:" if same else "DIFFERS:", case.name)
            for key in theirs:
                if theirs[key] != ours[key]:
                    print(f"    {key}: CPython {theirs[key]!r}\n    {' ' * len(key)}  pyjit   {ours[key]!r}")
    print(f"{ran} invocations, {failed} unexpected, {expected} known failures")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
