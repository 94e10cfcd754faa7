#!/usr/bin/env python3
"""CPython's own test modules on pyjit: which tests pass, compared with expected.txt; for each tier the share of python3.11's passing tests.

A test that expected.txt lists as passing and that does not pass any more is a failure of this run; one that passes and is listed as missing
is reported. Each module runs in a process of its own with a time limit, in an empty directory.

expected.txt has a line "TIER MODULE [slow]" for each module (T1: the language, T2: builtin types, T3: library), then a line a test:
    "  name"   python3.11 passes it, pyjit must            "- name"   python3.11 passes it, pyjit does not yet
    "* name"   the same as "  " for a test marked cpython_only, which does not count towards the tier
    "~ name"   python3.11 passes it; pyjit does or does not, as stale words of the native stack keep an object alive: not demanded
A test that fails with its module is tried once more in a process of its own before it is called lost, for the same reason.
Names are without "test.<module>." in front; "name #2" is the second test of that name (a module may define a class several times).

    run.py --pyjit P                       the modules that are not marked slow (what CTest runs)
    run.py --pyjit P --all                 every module; with module names: those
    run.py --pyjit P --all --update        writes expected.txt: what passes now is expected from now on; a test is kept only if it also passes
                                           with each --again=OPTION (--again=--jit stands for no option)
    run.py --pyjit P --oracle python3.11 --update MODULE=T1 ...     adds modules, asking the oracle what there is to pass
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
SLOW = 6.0   # seconds from which --update marks a module slow


class Module:
    def __init__(self, tier, slow=False):
        self.tier, self.slow, self.tests = tier, slow, {}   # name → " ", "-", "*" or "~"

    def expected(self):
        return {name for name, kind in self.tests.items() if kind not in "-~"}

    def counted(self):
        return {name for name, kind in self.tests.items() if kind != "*"}


def read_expected(path):
    modules, module = {}, None
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line[1] == " " and line[0] in " -*~":
                module.tests[line[2:]] = line[0]
            else:
                tier, name, *flags = line.split()
                module = modules[name] = Module(tier, "slow" in flags)
    return modules


def write_expected(path, modules):
    with open(path, "w", encoding="utf-8") as f:
        f.write("# CPython's test modules: what passes on pyjit, what does not yet (run.py explains the format and --update writes this file).\n")
        for name, module in sorted(modules.items(), key=lambda item: (item[1].tier, item[0])):
            f.write(f"{module.tier} {name}{' slow' if module.slow else ''}\n")
            f.writelines(f"{kind} {test}\n" for test, kind in sorted(module.tests.items()))


def run_module(command, module, limit, tests=()):
    """Of `tests` only, if any. -> ({test name: (outcome, mark)}, what went wrong with the module as a whole or "", seconds)"""
    read_end, write_end = os.pipe()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as directory, open(os.path.join(directory, "output"), "w+b") as output:
        process = subprocess.Popen([*command, os.path.join(HERE, "case_runner.py"), module, str(write_end), *tests], cwd=directory, pass_fds=[write_end],
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
            _, outcome, mark, name = line.split(" ", 3)
            results[name.removeprefix(f"test.{module}.")] = outcome, mark
    if not trouble and "DONE" not in lines:
        trouble = f"ended with status {process.returncode}: {' '.join(tail)}"
    return results, trouble, time.monotonic() - started


def passing(results):
    return {name for name, (outcome, _) in results.items() if outcome == "passed"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="names as test_grammar; with --oracle: test_grammar=T1")
    parser.add_argument("--pyjit", required=True)
    parser.add_argument("--option", action="append", default=[], help="passed on to pyjit: --option=--no-jit")
    parser.add_argument("--expected", default=os.path.join(HERE, "expected.txt"))
    parser.add_argument("--all", action="store_true", help="slow modules too")
    parser.add_argument("--oracle", help="python3.11: ask it again which tests there are")
    parser.add_argument("--again", action="append", default=[], metavar="OPTION", help="with --update: a test must pass in this mode as well")
    parser.add_argument("--limit", type=float, default=120, help="seconds for a module")
    parser.add_argument("--update", action="store_true", help="write what passes now")
    parser.add_argument("-j", "--jobs", type=int, default=1)
    arguments = parser.parse_args()
    known = read_expected(arguments.expected) if os.path.exists(arguments.expected) else {}
    wanted = {}
    for name in arguments.modules or known:
        name, _, tier = name.partition("=")
        if name not in known and not tier:
            parser.error(f"{name} is not in {arguments.expected}: name its tier, as {name}=T3")
        if arguments.modules or arguments.all or not known[name].slow:
            wanted[name] = known.get(name) or Module(tier)
    if not wanted:
        parser.error("no modules")
    pyjit = os.path.abspath(arguments.pyjit)
    command = [pyjit, *arguments.option]
    kept, lost = 0, []
    counts = {}    # tier → [passed of the counted tests of the modules run, counted tests]

    def run(name):
        oracle = run_module([arguments.oracle], name, arguments.limit) if arguments.oracle else None
        first = run_module(command, name, arguments.limit)
        others = [run_module([pyjit] if option == "--jit" else [pyjit, option], name, arguments.limit) for option in arguments.again]
        return oracle, first, others

    with ThreadPoolExecutor(arguments.jobs) as pool:
        for name, (oracle, (results, trouble, seconds), others) in zip(wanted, pool.map(run, wanted)):
            module = wanted[name]
            if oracle:
                module.tests = {test: "~" if module.tests[test] == "~" else "*" if mark == "cpython_only" else "-" for test, (outcome, mark) in oracle[0].items() if outcome == "passed"}
            passed = passing(results)
            before = module.expected()
            if before - passed and not trouble and not arguments.update:
                alone = {test for test in before - passed if test in passing(run_module(command, name, arguments.limit, [test])[0])}
                for test in sorted(alone):
                    print(f"{name}: passes by itself only: {test}")
                passed |= alone
            for again in others:
                passed &= passing(again[0])
            count = {kind: sum(outcome == kind for outcome, _ in results.values()) for kind in ("passed", "failed", "skipped")}
            print(f"{name}: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped, {seconds:.1f} s"
                  + (f" ({trouble})" if trouble else ""), flush=True)
            tier = counts.setdefault(module.tier, [0, 0])
            tier[0] += len(module.counted() & passed)
            tier[1] += len(module.counted())
            if not arguments.update:
                for test in sorted(before - passed):
                    print(f"  no longer passes: {test} ({results.get(test, ('absent',))[0]})")
                for test in sorted({test for test, kind in module.tests.items() if kind == "-"} & passed):
                    print(f"  passes now: {test}")
            lost += before - passed
            kept += len(before & passed)
            if trouble and not before and module.tests:
                lost.append(name)
            if arguments.update:
                cpython_only = {test for test, kind in module.tests.items() if kind == "*"}
                module.tests = {test: "~" if module.tests[test] == "~" else "*" if test in cpython_only else " " if test in passed else "-"
                                for test in module.tests if test in passed or test not in cpython_only}
                module.slow = module.slow or seconds > SLOW
                known[name] = module
    for tier, (passed, counted) in sorted(counts.items()):
        print(f"{tier}: {passed} of the {counted} tests that python3.11 passes, {100 * passed / max(1, counted):.2f} % (modules run here)")
    if arguments.update:
        write_expected(arguments.expected, known)
        print("written", arguments.expected)
        return 0
    print(f"{kept} passed, {len(lost)} failed")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
