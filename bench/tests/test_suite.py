"""Unit tests of the runner: statistics, plan, store, results, reports. Nothing is timed. usage: test_suite.py"""
import io
import json
import os
import sys
import tempfile
import unittest
from html.parser import HTMLParser

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, BENCH)
import run as runner  # noqa: E402
from suite import engines as eng  # noqa: E402
from suite import plan, process, report_html, report_markdown, report_pyperf, report_text, results, stats, store, table  # noqa: E402


def engine(name, language="python"):
    made = eng.Engine(name, language, ["/bin/true"])
    made.version = lambda: f"{name} 1.0"
    return made


def sample(wall, curve=None, output="checksum 1", peak=10240.0):
    return {"curve": curve, "output": output} if curve else {"wall": wall, "cpu": wall, "peak": peak, "output": output}


def make_results(pyjit=1.0, rounds=3, output="checksum 1", quick=False):
    """Two programs and a start-up row on three engines; python3.11 takes 2 s, no-jit 1.5 s."""
    samples = {}
    for r in range(rounds):
        for name, wall in (("python3.11", 2.0), ("no-jit", 1.5), ("pyjit", pyjit)):
            wall *= 1 + r / 100                    # the machine gets slower for all alike
            for program in ("fib", "cliff_short_loops"):
                samples[plan.Job(program, name, "once", r)] = sample(wall, output=output if name == "pyjit" else "checksum 1")
                samples[plan.Job(program, name, "curve", r)] = sample(0, curve=[wall, wall / 2, wall / 4, wall / 4])
            samples[plan.Job("start", name, "start", r)] = {"wall": wall / 100, "cpu": wall / 100}
    programs = {"start": {"group": "start-up", "size": None, "small": None}, "fib": {"group": "calls and recursion", "size": 36, "small": 30},
                "cliff_short_loops": {"group": "cliffs", "size": 9, "small": 3}}
    return results.collect(samples, programs, [engine(n) for n in ("python3.11", "no-jit", "pyjit")], "python3.11", "pyjit", quick)


class Statistics(unittest.TestCase):
    def test_figure(self):
        self.assertIsNone(stats.figure([None]))
        one = stats.figure([3.0])
        self.assertEqual((one.value, one.spread, one.count), (3.0, 0.0, 1))
        three = stats.figure([1.0, None, 3.0, 2.0])
        self.assertEqual((three.value, three.spread, three.count), (2.0, 0.5, 3))

    def test_one_wild_value_of_many_does_not_widen_the_spread(self):
        calm = stats.figure([1.0, 1.01, 0.99, 1.0, 1.0, 9.0])
        self.assertLess(calm.spread, 0.02)

    def test_ratio_is_paired(self):
        # The machine is three times slower in round 1: unpaired figures would scatter, the ratio does not.
        ratio = stats.paired_ratio([2.0, 6.0, 2.0], [1.0, 3.0, 1.0])
        self.assertEqual((ratio.value, ratio.spread), (2.0, 0.0))
        self.assertIsNone(stats.paired_ratio([2.0, None], [None, 1.0]))

    def test_geometric_mean(self):
        self.assertAlmostEqual(stats.geometric_mean([0.5, 8.0, None]), 2.0)
        self.assertIsNone(stats.geometric_mean([]))

    def test_fall_must_exceed_the_noise(self):
        def ratio(value, spread, count=3):
            return stats.Figure(value, spread, count)
        self.assertIsNone(stats.fall(ratio(2.0, 0.0), ratio(1.95, 0.0)))             # below the floor
        self.assertIsNone(stats.fall(ratio(2.0, 0.06), ratio(1.7, 0.05)))            # within what both scatter
        self.assertAlmostEqual(stats.fall(ratio(2.0, 0.02), ratio(1.7, 0.02)), 0.15)
        self.assertIsNone(stats.fall(ratio(2.0, 0.0, 1), ratio(1.7, 0.0, 1)))        # one round cannot know its noise
        self.assertIsNone(stats.fall(ratio(2.0, 0.0), ratio(3.0, 0.0)))
        self.assertIsNone(stats.fall(None, ratio(3.0, 0.0)))

    def test_steady(self):
        self.assertEqual(stats.steady_of([9.0, 5.0, 1.0, 3.0, 2.0]), 2.0)
        self.assertEqual(stats.steady_of([9.0]), 9.0)


class Table(unittest.TestCase):
    def test_table_and_folder_agree(self):
        files = {f[:-3] for f in os.listdir(eng.PROGRAMS) if f.endswith(".py") and not f.startswith("_")}
        listed = [name for rows in table.GROUPS.values() for name in rows]
        self.assertEqual(sorted(listed), sorted(files))

    def test_every_program_has_a_size(self):
        for rows in table.GROUPS.values():
            for name, small in rows.items():
                self.assertGreaterEqual(table.default_size(name), small, name)

    def test_other_languages_have_a_python_original(self):
        for language in ("c++", "lua"):
            folder = os.path.join(eng.PROGRAMS, eng.FOLDERS[language])
            for file in os.listdir(folder):
                name, extension = os.path.splitext(file)
                if extension == eng.EXTENSIONS[language] and name != "harness":
                    self.assertTrue(os.path.exists(eng.source_of(name, "python")), file)


class Plan(unittest.TestCase):
    def test_engines_take_turns_round_by_round(self):
        jobs = plan.make_plan(["fib"], [engine("a"), engine("b")], 2, curves=True, startup=[])
        self.assertEqual([(j.engine, j.kind, j.round) for j in jobs],
                         [("a", "once", 0), ("b", "once", 0), ("a", "curve", 0), ("b", "curve", 0),
                          ("b", "once", 1), ("a", "once", 1), ("b", "curve", 1), ("a", "curve", 1)])

    def test_only_programs_that_the_language_has(self):
        jobs = plan.make_plan(["fib", "lib_json"], [engine("a"), engine("c++", "c++")], 1, curves=False, startup=["start"])
        self.assertEqual({(j.program, j.engine) for j in jobs}, {("start", "a"), ("fib", "a"), ("fib", "c++"), ("lib_json", "a")})

    def test_time_left(self):
        left = plan.TimeLeft()
        left.note(plan.Job("fib", "a", "once", 0), 4.0)
        left.note(plan.Job("tak", "a", "once", 0), 2.0)
        self.assertEqual(left.estimate(plan.Job("fib", "a", "once", 1)), 4.0)
        self.assertEqual(left.estimate(plan.Job("new", "a", "once", 0)), 3.0)
        self.assertEqual(left.total([plan.Job("fib", "a", "once", 1), plan.Job("tak", "a", "once", 1)]), 6.0)


class Resuming(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "deep", "runs.jsonl")

    def open(self, header=("h", 1), fresh=False):
        kept = store.Store(self.path, {"header": list(header)}, fresh)
        self.addCleanup(kept.close)
        return kept

    def test_goes_on_where_it_stopped(self):
        job = plan.Job("fib", "pyjit", "once", 0)
        first = self.open()
        self.assertFalse(first.continued)
        first.add(job, {"wall": 1.5})
        first.close()
        again = self.open()
        self.assertTrue(again.continued)
        self.assertEqual(again.samples, {job: {"wall": 1.5}})

    def test_a_line_cut_off_is_measured_again(self):
        first = self.open()
        first.add(plan.Job("fib", "pyjit", "once", 0), {"wall": 1.5})
        first.close()
        with open(self.path, "a") as file:
            file.write('{"job": ["fib", "pyjit", "on')
        again = self.open()
        self.assertEqual(len(again.samples), 1)
        again.add(plan.Job("tak", "pyjit", "once", 0), {"wall": 2.5})
        again.close()
        self.assertEqual(len(self.open().samples), 2)

    def test_other_engines_begin_anew(self):
        self.open().add(plan.Job("fib", "pyjit", "once", 0), {"wall": 1.5})
        self.assertEqual(self.open(("h", 2)).samples, {})
        self.open(("h", 2)).add(plan.Job("fib", "pyjit", "once", 0), {"wall": 1.5})
        self.assertEqual(self.open(("h", 2), fresh=True).samples, {})

    def test_an_empty_or_foreign_file_begins_anew(self):
        self.open().close()
        for text in ("", "not json\n"):
            with open(self.path, "w") as file:
                file.write(text)
            self.assertFalse(self.open().continued)

    def test_complete(self):
        a, b = plan.Job("fib", "pyjit", "once", 0), plan.Job("fib", "pyjit", "once", 1)
        self.assertFalse(runner.is_complete([a, b], {a: {}}))
        self.assertTrue(runner.is_complete([a, b], {a: {}, b: {}}))
        self.assertTrue(runner.is_complete([a, b], {a: {"error": "exit 1"}}))

    def test_interrupt_keeps_what_has_been_run(self):
        kept = self.open()
        jobs = [plan.Job("fib", "x", "once", r) for r in range(3)]
        outcomes = iter([sample(1.0), KeyboardInterrupt()])

        def run_job(*_):
            outcome = next(outcomes)
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome
        self.addCleanup(setattr, runner, "run_job", runner.run_job)
        self.addCleanup(setattr, sys, "stderr", sys.stderr)
        runner.run_job, sys.stderr = run_job, io.StringIO()
        args = runner.parse_arguments([])
        self.assertFalse(runner.measure(jobs, [engine("x")], {"fib": {}}, kept, args))
        self.assertEqual(list(kept.samples), jobs[:1])


class Processes(unittest.TestCase):
    def run_shell(self, line, timeout=20):
        return process.run_once(["/bin/sh", "-c", line], timeout, "/")

    def test_output_and_peak(self):
        done = self.run_shell("echo checksum 5; echo warning >&2; echo peak 77 >&2")
        self.assertEqual((done.output, done.peak), ("checksum 5\n", 77.0))

    def test_failures_are_named(self):
        for line, why in (("echo oh >&2; exit 3", "exit 3: oh"), ("kill -SEGV $$", "killed by SIGSEGV")):
            with self.assertRaisesRegex(process.Failed, why):
                self.run_shell(line)
        with self.assertRaisesRegex(process.Failed, "no end after 0.05 s"):
            self.run_shell("exec sleep 20", timeout=0.05)
        with self.assertRaisesRegex(process.Failed, "cannot start"):
            process.run_once(["/nonexistent/program"], 1, "/")

    def test_iterations(self):
        self.assertEqual(process.iterations_of("iter 0 seconds 0.5 checksum 1 2\niter 1 seconds 0.25 checksum 1 2\n"), ([0.5, 0.25], {"1 2"}))
        with self.assertRaises(process.Failed):
            process.iterations_of("checksum 3\n")


class Results(unittest.TestCase):
    def test_ratios(self):
        found = make_results()
        ratio = results.ratio_of(found, "fib", "pyjit", "total")
        self.assertAlmostEqual(ratio.value, 2.0)
        self.assertAlmostEqual(results.ratio_of(found, "fib", "pyjit", "total", "no-jit").value, 1.5)
        self.assertAlmostEqual(results.mean_ratio(found, ["fib", "start"], "pyjit", "total"), 2.0)
        self.assertEqual(results.groups_of(found), {"start-up": ["start"], "calls and recursion": ["fib"], "cliffs": ["cliff_short_loops"]})
        self.assertEqual(results.rows_behind(found), {})

    def test_rows_behind_are_listed_with_the_engine(self):
        behind = results.rows_behind(make_results(pyjit=1.8))
        self.assertEqual(list(behind), ["no-jit"])
        self.assertIn(("fib", "total"), [row[:2] for row in behind["no-jit"]])

    def test_mismatch_is_found_and_shown_first(self):
        found = make_results(output="checksum 2")
        self.assertEqual([row[:2] for row in found["mismatches"]], [["fib", "output"], ["cliff_short_loops", "output"]])
        self.assertTrue(report_text.report(found).startswith("MISMATCH: fib, output: python3.11: checksum 1"))
        self.assertIn("Not to be trusted", report_html.report(found))
        self.assertIn("**MISMATCH: fib", report_markdown.report(found))

    def test_errors_are_kept_apart(self):
        job = plan.Job("fib", "pyjit", "once", 0)
        found = results.collect({job: {"error": "once: exit 1: boom"}}, {"fib": {"group": "g", "size": 1, "small": 1}},
                                [engine("python3.11"), engine("pyjit")], "python3.11", "pyjit", False)
        self.assertEqual(results.find_errors(found), [("fib", "pyjit", "once: exit 1: boom")])
        self.assertIn("FAILED: fib on pyjit", report_text.report(found))
        report_html.report(found)
        self.assertIsNone(report_pyperf.suite(found, "pyjit"))

    def test_regressions(self):
        old, new = make_results(pyjit=1.0), make_results(pyjit=1.3)
        rows = results.regressions(old, new)
        self.assertEqual({row[0] for row in rows}, {"fib", "cliff_short_loops", "start"})
        self.assertAlmostEqual(rows[0][4], 1 - 1 / 1.3)
        self.assertEqual(results.regressions(new, old), [])
        self.assertEqual(results.regressions(old, make_results(pyjit=1.03)), [])

    def test_baseline_sets_the_exit_status(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "old.json")
            with open(path, "w") as file:
                json.dump(make_results(), file)
            args = runner.parse_arguments(["--baseline", path])
            self.addCleanup(setattr, sys, "stdout", sys.stdout)
            sys.stdout = io.StringIO()
            self.assertEqual(runner.judge(make_results(), args), 0)
            self.assertEqual(runner.judge(make_results(pyjit=1.3), args), 3)
            self.assertEqual(runner.judge(make_results(output="checksum 2"), args), 1)
            with self.assertRaises(SystemExit):
                runner.judge(make_results(quick=True), args)


class PageChecker(HTMLParser):
    """Every element is closed, ids are unique, nothing is loaded from elsewhere."""
    VOID = {"meta", "link", "line", "br", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.wrong = [], [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes[key] for key in ("href", "src") if key in attributes]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.open and self.open[-1] in ("th", "p", "li") and self.open[-1] != tag:
            self.open.pop()                        # may be left open in HTML
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


class Reports(unittest.TestCase):
    def test_text(self):
        text = report_text.report(make_results())
        self.assertRegex(text, r"(?m)^fib +2\.020 +1\.010 +±1% +1\.33x +2\.00x")
        self.assertNotIn("cliff: ", text)
        self.assertIn("cliff: cliff_short_loops is at 0.75x of no-jit", report_text.report(make_results(pyjit=2.0)))

    def test_markdown_tables_are_rectangular(self):
        widths = set()
        for line in report_markdown.report(make_results()).splitlines() + [""]:
            if line.startswith("|"):
                widths.add(line.count("|"))
            else:
                self.assertLessEqual(len(widths), 1)
                widths = set()

    def test_html_is_well_formed_and_self_contained(self):
        checker = PageChecker()
        page = report_html.report(make_results())
        checker.feed(page)
        self.assertEqual((checker.wrong, checker.open), ([], []))
        self.assertEqual(len(checker.ids), len(set(checker.ids)))
        for link in checker.links:
            self.assertTrue(link == "data:," or link.startswith("#") and link[1:] in checker.ids, link)
        self.assertNotIn("http", page)

    def test_html_escapes(self):
        found = make_results()
        found["engines"]["pyjit"]["version"] = "<script>alert(1)</script>"
        self.assertNotIn("<script>alert", report_html.report(found))

    def test_scale(self):
        scale = report_html.Scale([0.25, 40.0])
        self.assertEqual((scale.low, scale.high), (0.25, 64.0))
        self.assertEqual((scale.at(0.25), scale.at(64.0)), (0.0, 100.0))
        self.assertIn(1.0, scale.marks())
        for low in (0.02, 0.3, 1.0):
            for high in (1.0, 5.0, 900.0):
                self.assertIn(1.0, report_html.Scale([low, high]).marks())

    def test_pyperf_format(self):
        """What pyperf's loader insists on: version, name and unit, positive values, no empty or multi-line strings, same names in all files."""
        found = make_results()
        names = set()
        for name in found["engines"]:
            content = json.loads(json.dumps(report_pyperf.suite(found, name)))
            self.assertEqual(content["version"], "1.0")
            names.add(tuple(b["metadata"]["name"] for b in content["benchmarks"]))
            for benchmark in content["benchmarks"]:
                self.assertEqual(benchmark["metadata"]["unit"], "second")
                for run in benchmark["runs"]:
                    self.assertTrue(run["values"] and all(isinstance(v, float) and v > 0 for v in run["values"]))
                    for loops, value in run.get("warmups", []):
                        self.assertTrue(loops >= 1 and value >= 0)
                    self.assertTrue(set(run.get("metadata", {})) <= {"command_max_rss"})
                for metadata in (content["metadata"], benchmark["metadata"]):
                    for value in metadata.values():
                        self.assertIn(type(value), (int, float, str))
                        self.assertTrue(value != "" and "\n" not in str(value))
        self.assertEqual(names, {("start", "fib", "fib:steady", "cliff_short_loops", "cliff_short_loops:steady")})


class CommandLine(unittest.TestCase):
    def test_choices(self):
        args = runner.parse_arguments(["--group", "cliffs", "--only", "cliff_s*", "--quick"])
        chosen = runner.choose_programs(args)
        self.assertEqual(list(chosen), ["cliff_short_loops"])
        self.assertEqual(chosen["cliff_short_loops"]["size"], chosen["cliff_short_loops"]["small"])
        self.assertEqual(runner.choose_startup(args), [])
        self.assertEqual(runner.choose_startup(runner.parse_arguments([])), list(plan.STARTUP))

    def test_unknown_engine(self):
        with self.assertRaises(eng.Unavailable):
            eng.make_engine("python9", "pyjit")
        with self.assertRaises(eng.Unavailable):
            eng.make_engine("mine", "pyjit", ["/nonexistent/python"])

    def test_reports_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            found = make_results()
            runner.write_reports(found, folder)
            self.assertEqual(sorted(os.listdir(folder)), ["pyperf-no-jit.json", "pyperf-pyjit.json", "pyperf-python3.11.json", "report.html", "report.md", "results.json"])
            self.assertEqual(runner.load(os.path.join(folder, "results.json")), json.loads(json.dumps(found)))


if __name__ == "__main__":
    unittest.main()
