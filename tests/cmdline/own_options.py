"""Checks the options that only pyjit has: --compare, --jit-report, --jit-stats, --no-jit. usage: own_options.py PYJIT"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

PYJIT = os.path.abspath(sys.argv.pop(1))
LOOP = """import sys
def work(n):
    total = 0
    for i in range(n):
        if i % 3 == 0:
            total += i
        else:
            total -= 1
    return total
print(work(100000), sys.argv[1:])
"""


class OwnOptions(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="own")
        self.addCleanup(self.folder.cleanup)

    def run_pyjit(self, *arguments, source=LOOP, stdin=""):
        with open(os.path.join(self.folder.name, "prog.py"), "w") as file:
            file.write(source)
        env = {k: v for k, v in os.environ.items() if not k.startswith("PY")}
        return subprocess.run([PYJIT, *arguments], cwd=self.folder.name, env=env, input=stdin, capture_output=True, text=True, timeout=120)

    def test_compare_agreement(self):
        done = self.run_pyjit("-S", "--compare=1", "prog.py", "a", "--compare")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for row in ("wall time", "CPU time", "peak memory"):
            self.assertRegex(done.stdout, rf"(?m)^{row} +[\d.]+ ")
        for row in ("exit status", "stdout", "stderr"):
            self.assertRegex(done.stdout, rf"(?m)^{row} .* same$")
        self.assertIn("JIT report: 1 hot place, 1 compiled", done.stdout)

    def test_compare_finds_a_difference(self):
        source = "import sys\nprint('first')\nprint('--no-jit' in open('/proc/self/cmdline').read())\nsys.exit(3)\n"
        done = self.run_pyjit("--compare=1", "prog.py", source=source)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"(?m)^exit status +3 +3   same$")
        self.assertRegex(done.stdout, r"(?m)^stdout .* DIFFERS$")
        self.assertRegex(done.stdout, r"first different line, 2:\n +--no-jit +True\n +JIT +False\n")

    def test_compare_tells_chance_from_difference(self):
        done = self.run_pyjit("--compare=2", "prog.py", source="import os\nprint(os.getpid())\n")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"(?m)^stdout .* differs from run to run even without the JIT$")

    def test_compare_gives_every_run_the_input(self):
        done = self.run_pyjit("--compare=1", "-c", "import sys; sys.exit(len(sys.stdin.read()))", stdin="12345")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"(?m)^exit status +5 +5   same$")

    def test_compare_sees_a_signal(self):
        done = self.run_pyjit("--compare=1", "-c", "import os; os.kill(os.getpid(), 9)")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"(?m)^exit status +killed by Killed +killed by Killed   same$")
        self.assertIn("without one", done.stdout)

    def test_compare_wants_a_number(self):
        for bad in ("--compare=0", "--compare=x", "--compare="):
            done = self.run_pyjit(bad, "prog.py")
            self.assertEqual(done.returncode, 2)
            self.assertIn("number of rounds", done.stderr)

    def test_report_names_the_loop(self):
        done = self.run_pyjit("-S", "--jit-report", "prog.py", "x")
        self.assertEqual(done.stdout, f"{sum(range(0, 100000, 3)) - 66666} ['x']\n")
        self.assertRegex(done.stderr, r"(?m)^.*prog\.py:5 in work: compiled")
        self.assertRegex(done.stderr, r"(?m)^  trace \d+: entered .* from the interpreter, \d+ bytes, \d+ exits$")
        self.assertRegex(done.stderr, r"prog\.py:5 in work: taken \d+ times, since then by a bridge\n +bridge \d+: ")

    def test_report_says_why_not(self):
        source = "def f():\n    for i in range(10):\n        return i\nfor j in range(5000):\n    f(); f(); [f() for k in range(3)]\n"
        done = self.run_pyjit("-S", "--jit-report=out.txt", "prog.py", source=source)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        with open(os.path.join(self.folder.name, "out.txt")) as file:
            self.assertIn("JIT report:", file.read())

    def test_report_without_jit(self):
        done = self.run_pyjit("--no-jit", "--jit-report", "-c", "for i in range(100000): pass")
        self.assertEqual(done.returncode, 0)
        self.assertIn("JIT report: 0 hot places, 0 compiled; 0 traces", done.stderr)

    def test_report_that_cannot_be_written(self):
        done = self.run_pyjit("--jit-report=missing/out.txt", "-c", "print(1)")
        self.assertEqual((done.returncode, done.stdout), (0, "1\n"))
        self.assertIn("cannot write missing/out.txt", done.stderr)

    def test_stats(self):
        done = self.run_pyjit("-S", "--jit-stats", "prog.py")
        self.assertRegex(done.stderr, r"^jit: 1 loops, \d+ functions, \d+ bridges, ")

    def test_help_names_them_all(self):
        done = self.run_pyjit("--help")
        for option in ("--no-jit", "--jit-stats", "--jit-report", "--compare"):
            self.assertTrue(re.search(rf"(?m)^{option}", done.stdout), option)


if __name__ == "__main__":
    unittest.main()
