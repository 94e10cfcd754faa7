#!/usr/bin/env python3
"""CPython's own test modules on pyjit: which tests pass, compared with expected.txt.

A test that expected.txt lists as passed and that does not pass any more is a failure of this run; a test that passes and is not listed is
reported, and --update writes it down. Each module runs in a process of its own with a time limit, in an empty directory.

expected.txt: "module name" lines, each followed by the names of the module's tests that pass, indented, without "test.<module>." in front.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))


def read_expected(path):
    expected, module = {}, None
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.startswith("  "):
                expected[module].add(line[2:])
            else:
                module = line
                expected[module] = set()
    return expected


def write_expected(path, expected):
    with open(path, "w", encoding="utf-8") as f:
        f.write("# The tests of CPython's test modules that pass on pyjit (run.py --update writes this file).\n")
        for module in sorted(expected):
            f.write(module + "\n")
            f.writelines(f"  {name}\n" for name in sorted(expected[module]))


def run_module(command, module, limit):
    """-> ({test name: outcome}, what went wrong with the module as a whole or "", seconds)"""
    read_end, write_end = os.pipe()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as directory, open(os.path.join(directory, "output"), "w+b") as output:
        process = subprocess.Popen([*command, os.path.join(HERE, "case_runner.py"), module, str(write_end)], cwd=directory, pass_fds=[write_end],
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        os.close(write_end)
        trouble = ""
        with open(read_end, encoding="utf-8", errors="replace") as report, ThreadPoolExecutor(1) as reader:
            text = reader.submit(report.read)
            try:
                process.wait(limit)
            except subprocess.TimeoutExpired:
                trouble = f"no end after {limit} s"
            try:
                os.killpg(process.pid, 9)   # the module's own children too, which may hold the pipe
            except ProcessLookupError:
                pass
            process.wait()
            lines = text.result().splitlines()
        output.seek(0)
        tail = output.read().decode("utf-8", "replace").strip().splitlines()[-1:]
    results = {}
    for line in lines:
        if line.startswith("RESULT "):
            _, outcome, name = line.split(" ", 2)
            results[name.removeprefix(f"test.{module}.")] = outcome
    if not trouble and "DONE" not in lines:
        trouble = f"ended with status {process.returncode}: {' '.join(tail)}"
    return results, trouble, time.monotonic() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="names as test_grammar; default: those of the expected-results file")
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--option", action="append", default=[], help="passed on to pyjit: --option=--no-jit")
    parser.add_argument("--expected", default=os.path.join(HERE, "expected.txt"))
    parser.add_argument("--limit", type=float, default=60, help="seconds for a module")
    parser.add_argument("--update", action="store_true", help="write what passes now")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    expected = read_expected(arguments.expected) if os.path.exists(arguments.expected) else {}
    modules = arguments.modules or sorted(expected)
    if not modules:
        parser.error("no modules")
    command = [os.path.abspath(arguments.pyjit), *arguments.option]
    kept = passed_in_all = failed_in_all = skipped_in_all = 0
    lost = []
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for module, (results, trouble, seconds) in zip(modules, pool.map(lambda m: run_module(command, m, arguments.limit), modules)):
            passed = {name for name, outcome in results.items() if outcome == "passed"}
            before = expected.get(module, set())
            count = {kind: sum(outcome == kind for outcome in results.values()) for kind in ("passed", "failed", "skipped")}
            passed_in_all, failed_in_all, skipped_in_all = (passed_in_all + count["passed"], failed_in_all + count["failed"],
                                                            skipped_in_all + count["skipped"])
            print(f"{module}: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped, {seconds:.1f} s"
                  + (f" ({trouble})" if trouble else ""))
            for name in sorted(before - passed):
                print(f"  no longer passes: {name} ({results.get(name, 'absent')})")
            for name in sorted(passed - before):
                print(f"  passes now: {name}") if module in expected else None
            lost += before - passed
            kept += len(before & passed)
            if trouble and not before:
                lost.append(module)
            expected[module] = passed
    if arguments.update:
        write_expected(arguments.expected, expected)
        print("written", arguments.expected)
        return 0
    print(f"of all tests run: {passed_in_all} pass, {failed_in_all} do not, {skipped_in_all} skip")
    print(f"{kept} passed, {len(lost)} failed")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
