"""Runs inside the interpreter under test: case_runner.py MODULE FD [TEST ...]: one module of CPython's test package, or only those tests of it.
Writes "RESULT <outcome> <mark> <test id>" for each test."""
import os
import sys
import unittest
from test import support


def mark(test):
    """Stands in for support.cpython_only, so that the tests it decorates run and are known."""
    test.cpython_only = True
    return test


class Recorder(unittest.TestResult):
    """The worst outcome of each test; sub-tests count as part of their test. A second test of the same name is called "name #2"."""

    def __init__(self):
        super().__init__()
        self.outcome = {}
        self.marks = {}
        self.seen = {}
        self.name = None

    def startTest(self, test):
        super().startTest(test)
        count = self.seen[test.id()] = self.seen.get(test.id(), 0) + 1
        self.name = test.id() if count == 1 else f"{test.id()} #{count}"
        method = getattr(test, getattr(test, "_testMethodName", ""), None)
        only = getattr(method, "cpython_only", False) or getattr(type(test), "cpython_only", False)
        self.marks[self.name] = "cpython_only" if only else "general"

    def stopTest(self, test):
        super().stopTest(test)
        self.name = None

    def record(self, test, outcome):
        rank = ("passed", "skipped", "failed")
        name = self.name or test.id()
        before = self.outcome.get(name)
        if before is None or rank.index(outcome) > rank.index(before):
            self.outcome[name] = outcome

    def addSuccess(self, test):
        self.record(test, "passed")

    def addExpectedFailure(self, test, err):
        self.record(test, "passed")

    def addSkip(self, test, reason):
        self.record(test, "skipped")

    def addError(self, test, err):
        self.record(test, "failed")
        self.explain(test, err)

    def addFailure(self, test, err):
        self.record(test, "failed")
        self.explain(test, err)

    def addUnexpectedSuccess(self, test):
        self.record(test, "failed")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.record(test, "failed")
            self.explain(subtest, err)

    def explain(self, test, err):
        if os.environ.get("CONFORMANCE_EXPLAIN"):
            sys.__stderr__.write(f"{test.id()}\n{self._exc_info_to_string(err, test)}\n")


def chosen(suite, names):
    """The tests of these ids, all of a suite without names."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from chosen(test, names)
        elif not names or test.id() in names:
            yield test


def main(module, names):
    support.cpython_only = mark
    recorder = Recorder()
    suite = unittest.defaultTestLoader.loadTestsFromName("test." + module)
    if names:
        suite = unittest.TestSuite(chosen(suite, {f"test.{module}.{name}" for name in names}))
    suite.run(recorder)
    report = os.fdopen(int(sys.argv[2]), "w", encoding="utf-8", errors="backslashreplace")
    for name, outcome in recorder.outcome.items():
        print("RESULT", outcome, recorder.marks.get(name, "general"), " ".join(name.split()), file=report)
    print("DONE", file=report)
    report.close()
    sys.stdout.flush()
    os._exit(0)   # a thread that a failed test left behind must not keep the process


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[3:])
