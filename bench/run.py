"""Turns bench/programs into a table: the same programs on several Python engines, side by side.

Each program runs once an engine and round, the engines interleaved, so that a noisy moment of the machine hits all of
them alike. Two figures come out:
  total   wall time of a whole process that does the work once: start-up, warm-up and all (median of the rounds);
  steady  median of the last half of the iterations in one process that repeats the work.
Peak memory is that of the one-shot process. Ratios are engine time / base engine time: below 1 is faster than the base.
Engines must agree on the checksum; a disagreement is shown first and makes the run fail.
"""
import argparse
import fnmatch
import json
import math
import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PROGRAMS = os.path.join(HERE, "programs")
PYJIT = os.path.join(ROOT, "build", "release", "pyjit")
ENGINES = {
    "python3.11": ["/usr/bin/python3.11"],
    "pypy3": ["/usr/bin/pypy3"],
    "no-jit": [PYJIT, "--no-jit"],
    "pyjit": [PYJIT],
}


class Failed(Exception):
    """A run that gave no figures, with the reason in words."""


def run_once(command, timeout):
    """(wall seconds, user+system seconds, peak KiB, stdout) of one process; Failed when it does not end well."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env["PYTHONHASHSEED"] = "0"
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, cwd=PROGRAMS,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
        except OSError as error:
            raise Failed(f"cannot start: {error.strerror}") from None

        def on_alarm(signum, frame):
            process.kill()

        signal.signal(signal.SIGALRM, on_alarm)
        signal.setitimer(signal.ITIMER_REAL, timeout)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
        code = os.waitstatus_to_exitcode(status)
        process.returncode = code
        out.seek(0)
        err.seek(0)
        if code != 0:
            if code < 0:
                why = "no end after %g s" % timeout if seconds >= timeout else signal.Signals(-code).name
            else:
                last = err.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                why = f"exit {code}: {last[0][:60] if last else ''}"
            raise Failed(why)
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, out.read().decode("utf-8", "replace")


def checksum_of(output):
    lines = [line for line in output.splitlines() if line.startswith("checksum ")]
    if len(lines) != 1:
        raise Failed("prints no checksum")
    return lines[0].split(" ", 1)[1]


def iterations_of(output):
    """([seconds], {checksums}) from `iter K seconds S checksum C` lines."""
    rows = [line.split(" ", 5) for line in output.splitlines() if line.startswith("iter ")]
    if not rows:
        raise Failed("prints no iterations")
    return [float(row[3]) for row in rows], {row[5] for row in rows}


def measure_program(program, engines, args):
    """{engine: {"total", "cpu", "rss", "steady", "iterations", "checksum"} or {"error"}} for one program."""
    script = os.path.join(PROGRAMS, program + ".py")
    size = [str(args.size)] if args.size else []
    rounds = {engine: [] for engine in engines}
    result = {engine: {} for engine in engines}
    for _ in range(args.rounds):
        for engine in engines:
            if "error" in result[engine]:
                continue
            try:
                seconds, cpu, rss, output = run_once(engines[engine] + [script] + size, args.timeout)
                rounds[engine].append((seconds, cpu, rss))
                checksum = checksum_of(output)
                if result[engine].setdefault("checksum", checksum) != checksum:
                    raise Failed(f"gives {checksum} after {result[engine]['checksum']}")
            except Failed as failure:
                result[engine] = {"error": str(failure)}
    for engine in engines:
        if "error" not in result[engine]:
            seconds, cpu, rss = zip(*rounds[engine])
            result[engine].update(total=statistics.median(seconds), cpu=statistics.median(cpu), rss=max(rss))
    if args.iterations:
        default = size or [str(default_size(script))]
        for engine in engines:
            if "error" in result[engine]:
                continue
            try:
                timeout = args.timeout * args.iterations
                output = run_once(engines[engine] + [script] + default + [str(args.iterations)], timeout)[3]
                seconds, checksums = iterations_of(output)
                if checksums != {result[engine]["checksum"]}:
                    raise Failed(f"iterations give {sorted(checksums)}")
                result[engine].update(steady=statistics.median(seconds[len(seconds) // 2:]), iterations=seconds)
            except Failed as failure:
                result[engine]["steady_error"] = str(failure)
    return result


def default_size(script):
    """The N of the program's closing line `main(run, N)`."""
    with open(script, encoding="utf-8") as file:
        line = file.read().strip().splitlines()[-1].strip()
    return int(line.removeprefix("main(run, ").removesuffix(")").replace("_", ""))


def find_mismatches(results):
    found = []
    for program, by_engine in results.items():
        sums = {engine: row["checksum"] for engine, row in by_engine.items() if "checksum" in row}
        if len(set(sums.values())) > 1:
            found.append((program, sums))
    return found


def find_failures(results):
    return [(program, engine, row.get("error") or "steady: " + row["steady_error"])
            for program, by_engine in results.items() for engine, row in by_engine.items()
            if "error" in row or "steady_error" in row]


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def make_table(results, engines, base, key):
    """Rows of text: program, one column an engine, then the ratios to the base; a closing row of geometric means."""
    others = [engine for engine in engines if engine != base]
    rows = [["program"] + list(engines) + [f"{engine}/{base}" for engine in others]]
    ratios = {engine: [] for engine in others}
    for program, by_engine in results.items():
        row = [program]
        for engine in engines:
            value = by_engine[engine].get(key)
            row.append("-" if value is None else f"{value / 1024:.1f}" if key == "rss" else f"{value:.3f}")
        for engine in others:
            value, of = by_engine[engine].get(key), by_engine[base].get(key) if base in by_engine else None
            if value and of:
                ratios[engine].append(value / of)
                row.append(f"{value / of:.3f}")
            else:
                row.append("-")
        rows.append(row)
    means = []
    for engine in others:
        mean = geometric_mean(ratios[engine])
        means.append("-" if mean is None else f"{mean:.3f}")
    rows.append([f"geometric mean"] + [""] * len(engines) + means)
    return rows


def as_text(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths)))
                     for row in rows)


def as_markdown(rows):
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + "|".join(["---"] + ["---:"] * (len(rows[0]) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows[1:]])


def report(results, engines, args, formatter, heading):
    parts = []
    for program, sums in find_mismatches(results):
        parts.append(f"CHECKSUM MISMATCH in {program}: " + ", ".join(f"{e} {s}" for e, s in sums.items()))
    for program, engine, why in find_failures(results):
        parts.append(f"FAILED {program} on {engine}: {why}")
    sections = [("total", "Total: seconds for one process, start to end"),
                ("steady", "Steady: seconds for one iteration, warm"),
                ("rss", "Peak memory: MiB")]
    for key, title in sections:
        if key == "steady" and not args.iterations:
            continue
        parts.append(heading + title)
        parts.append(formatter(make_table(results, engines, args.base, key)))
    return "\n\n".join(parts) + "\n"


def parse_arguments():
    parser = argparse.ArgumentParser(description="compare Python engines on bench/programs")
    parser.add_argument("programs", nargs="*", help="names or globs; all programs when none is given")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which engines, by name (default: %(default)s)")
    parser.add_argument("--engine", action="append", default=[], metavar="NAME=COMMAND", help="one more engine")
    parser.add_argument("--base", default="python3.11", help="engine that the ratios refer to")
    parser.add_argument("--size", type=int, help="N for all programs, in place of each program's own")
    parser.add_argument("-r", "--rounds", type=int, default=3, help="one-shot runs of each engine")
    parser.add_argument("-i", "--iterations", type=int, default=6, help="iterations of the steady run; 0 for none")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one run, and for each iteration")
    parser.add_argument("--json", metavar="FILE", help="write all figures there")
    parser.add_argument("--markdown", metavar="FILE", help="write the tables as Markdown there")
    parser.add_argument("--list", action="store_true", help="only list the programs")
    return parser.parse_args()


def main():
    args = parse_arguments()
    names = sorted(f[:-3] for f in os.listdir(PROGRAMS) if f.endswith(".py") and not f.startswith("_"))
    if args.programs:
        names = [name for name in names if any(fnmatch.fnmatch(name, p) for p in args.programs)]
    if args.list or not names:
        print(*names, sep="\n")
        return 0 if names else 1
    known = dict(ENGINES)
    wanted = args.engines.split(",") if args.engines else []
    for item in args.engine:
        name, _, command = item.partition("=")
        known[name] = command.split()
        wanted.append(name)
    for name in wanted:
        if name not in known:
            sys.exit(f"no engine is called {name}; there are {', '.join(known)}")
    engines = {}
    for name in wanted:
        if os.path.exists(known[name][0]) or os.sep not in known[name][0]:
            engines[name] = known[name]
        else:
            print(f"engine {name} left out: there is no {known[name][0]}", file=sys.stderr)
    if not engines:
        sys.exit("no engine to run")
    results = {}
    for number, name in enumerate(names, 1):
        print(f"[{number}/{len(names)}] {name}", file=sys.stderr, flush=True)
        results[name] = measure_program(name, engines, args)
    print(report(results, engines, args, as_text, ""), end="")
    if args.markdown:
        with open(args.markdown, "w", encoding="utf-8") as file:
            file.write(report(results, engines, args, as_markdown, "## "))
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump({"when": time.strftime("%Y-%m-%dT%H:%M:%S"), "machine": platform.processor() or platform.machine(),
                       "engines": engines, "base": args.base, "rounds": args.rounds, "programs": results}, file, indent=1)
    return 1 if find_mismatches(results) or find_failures(results) else 0


if __name__ == "__main__":
    sys.exit(main())
