"""Runs inside the interpreter under test: one module of CPython's test package; prints "RESULT <outcome> <test id>" for each test."""
import os
import sys
import unittest


class Recorder(unittest.TestResult):
    """The worst outcome of each test; sub-tests count as part of their test."""

    def __init__(self):
        super().__init__()
        self.outcome = {}

    def record(self, test, outcome):
        rank = ("passed", "skipped", "failed")
        name = test.id()
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


def main(module):
    recorder = Recorder()
    unittest.defaultTestLoader.loadTestsFromName("test." + module).run(recorder)
    report = os.fdopen(int(sys.argv[2]), "w", encoding="utf-8", errors="backslashreplace")
    for name, outcome in recorder.outcome.items():
        print("RESULT", outcome, " ".join(name.split()), file=report)
    print("DONE", file=report)
    report.close()


if __name__ == "__main__":
    main(sys.argv[1])
