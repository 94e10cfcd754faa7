"""scripts/bench: runs bench/programs on pyjit and other engines and shows where pyjit stands.

Runs are interleaved; medians with their scatter are shown; engines that disagree about an output are shown first and make the
run fail. Results go to a folder (--out): results.json (for --baseline), report.md, report.html, pyperf-ENGINE.json. What has
been run is kept there too: an interrupted measurement goes on where it stopped.
"""
import argparse
import fnmatch
import json
import os
import sys
import time

from suite import engines as eng
from suite import plan, process, report_html, report_markdown, report_pyperf, report_text, results, store, table

DEFAULT_AGAINST = "python3.11,pypy3,no-jit,luajit,c++"


def parse_arguments(words=None):
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--group", action="append", default=[], metavar="G", help="only groups whose name contains G; may be repeated")
    add("--only", action="append", default=[], metavar="P", help="only programs whose name matches the glob P; may be repeated")
    add("--against", default=DEFAULT_AGAINST, metavar="E,E", help=f"engines to compare with, of {', '.join(eng.KNOWN)} (default: %(default)s; those that are not installed are left out)")
    add("--engine", action="append", default=[], metavar="NAME=COMMAND", help="one more engine for the Python programs, such as old=/path/to/pyjit")
    add("--pyjit", default=os.environ.get("PYJIT", os.path.join(eng.ROOT, "build", "release", "pyjit")), metavar="PATH", help="the pyjit to measure")
    add("--base", default="python3.11", help="engine that the ratios refer to (default: %(default)s)")
    add("--rounds", type=int, default=None, metavar="N", help="runs of everything (default: 3)")
    add("--minutes", type=float, metavar="M", help="begin no further run after M minutes; every program is then measured about equally often")
    add("--quick", action="store_true", help="small sizes and one round: do all engines agree, and roughly how fast are they")
    add("--no-curves", action="store_true", help="leave out first iteration, warm-up curve and steady state")
    add("--iterations", type=int, default=12, metavar="N", help="iterations of a warm-up curve, at most (default: %(default)s)")
    add("--seconds", type=float, default=1.0, metavar="S", help="end a curve after S seconds, three iterations at least (default: %(default)s)")
    add("--timeout", type=float, default=120, metavar="S", help="seconds for one process (default: %(default)s)")
    add("--out", default=os.path.join(eng.ROOT, "build", "bench", "out"), metavar="DIR", help="where the results go (default: build/bench/out)")
    add("--fresh", action="store_true", help="do not continue what the folder holds")
    add("--baseline", metavar="FILE", help="compare with an earlier results.json: exit status 3 when a row's ratio fell by more than its noise")
    add("--report", metavar="FILE", help="run nothing: make the reports of that results.json anew")
    add("--list", action="store_true", help="list groups and programs")
    return parser.parse_args(words)


def choose_programs(args):
    """{name: facts} in the table's order."""
    chosen = {}
    for group, rows in table.GROUPS.items():
        if args.group and not any(g.lower() in group.lower() for g in args.group):
            continue
        for name, small in rows.items():
            if args.only and not any(fnmatch.fnmatch(name, p) for p in args.only):
                continue
            chosen[name] = {"group": group, "size": small if args.quick else table.default_size(name), "small": small}
    return chosen


def choose_startup(args):
    wanted = not args.group or any(g.lower() in "start-up" for g in args.group)
    return [name for name in plan.STARTUP if wanted and (not args.only or any(fnmatch.fnmatch(name, p) for p in args.only))]


def choose_engines(args):
    """The base first, pyjit last; those left out are named on stderr."""
    names = [args.base] + [n for n in args.against.split(",") if n and n not in (args.base, "pyjit")]
    own = dict(item.split("=", 1) for item in args.engine)
    names += [n for n in own if n not in names] + ["pyjit"]
    found = []
    for name in names:
        try:
            found.append(eng.make_engine(name, args.pyjit, own[name].split() if name in own else None))
        except eng.Unavailable as why:
            if name in ("pyjit", args.base) or (name not in eng.KNOWN and name not in own):
                sys.exit(str(why))
            print(why, file=sys.stderr)
    return found


class Progress:
    """One line on a terminal; elsewhere a line a program."""

    def __init__(self, jobs):
        self.jobs, self.left, self.live, self.shown = jobs, plan.TimeLeft(), sys.stderr.isatty(), None

    def show(self, index):
        job = self.jobs[index]
        if not self.live and (job.program, job.round, job.kind) == self.shown:
            return
        self.shown = (job.program, job.round, job.kind)
        seconds = self.left.total(self.jobs[index:])
        done = index / len(self.jobs)
        bar = "#" * round(20 * done) + "." * (20 - round(20 * done))
        text = f"[{bar}] {100 * done:3.0f} %  {seconds // 60:.0f}:{seconds % 60:02.0f} left  {job.program} {job.kind} {job.engine if self.live else ''}"
        print(f"\r\033[K{text[:110]}" if self.live else text, end="" if self.live else "\n", file=sys.stderr, flush=True)

    def end(self):
        if self.live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def run_job(job, engine, facts, args):
    """A sample for the store."""
    try:
        if job.kind == "start":
            run = process.run_once(engine.command + plan.STARTUP[job.program], args.timeout, eng.PROGRAMS)
            return {"wall": run.wall, "cpu": run.cpu}
        command = engine.command_for(job.program)
        if job.kind == "once":
            run = process.run_once(command + [str(facts["size"])], args.timeout, eng.PROGRAMS)
            if not run.output.startswith("checksum "):
                raise process.Failed("prints no checksum")
            return {"wall": run.wall, "cpu": run.cpu, "peak": run.peak, "output": run.output.strip()}
        words = [str(facts["small"]), str(args.iterations), str(args.seconds)]
        run = process.run_once(command + words, args.timeout, eng.PROGRAMS)
        curve, checksums = process.iterations_of(run.output)
        return {"curve": curve, "output": " then ".join(sorted(checksums))}
    except process.Failed as failure:
        return {"error": f"{job.kind}: {failure}"}


def measure(jobs, engines, programs, kept, args):
    """True: nothing is left to do."""
    by_name = {engine.name: engine for engine in engines}
    jobs = [job for job in jobs if job not in kept.samples]
    progress, began = Progress(jobs), time.monotonic()
    failed = {(job.program, job.engine) for job, sample in kept.samples.items() if "error" in sample}
    try:
        for index, job in enumerate(jobs):
            if (job.program, job.engine) in failed:
                continue
            if args.minutes is not None and time.monotonic() - began > 60 * args.minutes:
                break
            progress.show(index)
            start = time.monotonic()
            sample = run_job(job, by_name[job.engine], programs.get(job.program), args)
            progress.left.note(job, time.monotonic() - start)
            kept.add(job, sample)
            if "error" in sample:
                failed.add((job.program, job.engine))
    except KeyboardInterrupt:
        progress.end()
        print("interrupted; the same command goes on from here", file=sys.stderr)
        return False
    progress.end()
    return True


def is_complete(jobs, samples):
    failed = {(job.program, job.engine) for job, sample in samples.items() if "error" in sample}
    return all(job in samples or (job.program, job.engine) in failed for job in jobs)


def write_reports(found, folder):
    os.makedirs(folder, exist_ok=True)

    def write(name, text):
        path = os.path.join(folder, name)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(path + ".new", path)

    write("results.json", json.dumps(found, indent=1) + "\n")
    write("report.md", report_markdown.report(found))
    write("report.html", report_html.report(found))
    for engine in found["engines"]:
        content = report_pyperf.suite(found, engine)
        if content:
            write(f"pyperf-{engine}.json", json.dumps(content, indent=1) + "\n")


def load(path):
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    if found.get("format") != 1:
        sys.exit(f"{path} is no results.json of this suite")
    return found


def judge(found, args):
    """Prints everything; the exit status."""
    print(report_text.report(found), end="")
    status = 1 if report_text.problems(found) else 0
    if args.baseline:
        old = load(args.baseline)
        if old["quick"] != found["quick"]:
            sys.exit(f"{args.baseline} was measured at other sizes: --quick must be the same")
        rows = results.regressions(old, found)
        print("\n" + "\n".join(report_text.regression_lines(rows, found["base"])))
        status = status or (3 if rows else 0)
    return status


def main():
    args = parse_arguments()
    if args.report:
        found = load(args.report)
        write_reports(found, args.out)
        return judge(found, args)
    programs, startup = choose_programs(args), choose_startup(args)
    if args.list:
        for group in table.GROUPS:
            print(f"{group}:", *(name for name, facts in programs.items() if facts["group"] == group))
        return 0
    if not programs and not startup:
        sys.exit("no program is called so; --list shows them")
    engines = choose_engines(args)
    rounds = args.rounds if args.rounds is not None else 1 if args.quick else 3
    everything = {name: {"group": "start-up", "size": None, "small": None} for name in startup} | programs
    header = {"engines": {e.name: e.identity() for e in engines}, "sizes": {name: [f["size"], f["small"]] for name, f in everything.items()},
              "iterations": [args.iterations, args.seconds]}
    kept = store.Store(os.path.join(args.out, "runs.jsonl"), header, args.fresh)
    jobs = plan.make_plan(list(programs), engines, rounds, not args.no_curves, startup)
    if kept.continued and is_complete(jobs, kept.samples):
        kept.restart()          # nothing to go on with: a new measurement is wanted
    elif kept.samples:
        print(f"going on with {len(kept.samples)} runs from {kept.path} (--fresh: begin anew)", file=sys.stderr)
    complete = measure(jobs, engines, programs, kept, args)
    kept.close()
    if not kept.samples:
        return 130
    found = results.collect(kept.samples, everything, engines, args.base, "pyjit", args.quick)
    write_reports(found, args.out)
    status = judge(found, args)
    print(f"\nreports: {os.path.join(args.out, 'report.html')}, report.md, results.json, pyperf-*.json", file=sys.stderr)
    return status if complete else 130


if __name__ == "__main__":
    sys.exit(main())
