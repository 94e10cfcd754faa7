"""What to run, in which order: round by round, program by program, and there one engine after the other.

Two kinds of runs make the figures: `once`, a process that does the work once at the program's full size (total, processor time,
peak memory), and `curve`, a process that repeats it at the small size (first iteration, warm-up curve, steady state). Whenever
the runner stops, every program has been measured about equally often.
"""
from dataclasses import dataclass

STARTUP = {                     # rows that run no program of ours: name: arguments
    "start": ["-c", "pass"],
    "start_bare": ["-S", "-c", "pass"],
    "start_imports": ["-c", "import argparse, collections, dataclasses, functools, json, os, random, re, subprocess, typing"],
}
STARTUP_REPEATS = 5             # they are short


@dataclass(frozen=True)
class Job:
    program: str
    engine: str
    kind: str                   # "once", "curve", "start"
    round: int                  # from 0


def make_plan(programs, engines, rounds, curves, startup):
    """engines: in order. programs: names. startup: names of STARTUP rows."""
    jobs = []
    for number in range(rounds):
        order = engines if number % 2 == 0 else engines[::-1]
        for name in startup:
            jobs += [Job(name, engine.name, "start", number * STARTUP_REPEATS + repeat) for repeat in range(STARTUP_REPEATS)
                     for engine in order if engine.language == "python"]
        for name in programs:
            able = [engine for engine in order if engine.has(name)]
            jobs += [Job(name, engine.name, "once", number) for engine in able]
            if curves:
                jobs += [Job(name, engine.name, "curve", number) for engine in able]
    return jobs


class TimeLeft:
    """Estimates what is left from what has been: a job takes what it took in the last round, else the average of its kind."""

    def __init__(self):
        self.last, self.sums = {}, {}

    def note(self, job, seconds):
        self.last[job.program, job.engine, job.kind] = seconds
        for key in ((job.engine, job.kind), job.kind):
            total, count = self.sums.get(key, (0.0, 0))
            self.sums[key] = total + seconds, count + 1

    def estimate(self, job):
        known = self.last.get((job.program, job.engine, job.kind))
        if known is not None:
            return known
        for key in ((job.engine, job.kind), job.kind):
            if key in self.sums:
                total, count = self.sums[key]
                return total / count
        return 0.1 if job.kind == "start" else 1.5

    def total(self, jobs):
        return sum(map(self.estimate, jobs))
