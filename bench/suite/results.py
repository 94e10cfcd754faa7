"""From single runs to results: one dictionary that all reports, and a later --baseline, are made from.

    {"format": 1, "when", "machine", "base", "subject", "quick", "engines": {name: {"command", "version"}},
     "programs": {name: {"group", "size", "small", "engines": {engine: {figure: [a value a round, or null], "curve": [seconds],
                                                                        "error": text}}}},
     "mismatches": [[program, what, {engine: text}]]}

Figures: total, cpu (seconds, whole process), peak (KiB), first, steady (seconds an iteration at the small size).
"""
import os
import platform
import time

from . import stats

FIGURES = ("total", "cpu", "peak", "first", "steady")


def describe_machine():
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
            model = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {"processor": model, "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}"}


def collect(samples, programs, engines, base, subject, quick):
    """samples: {Job: sample}; programs: {name: {"group", "size", "small"}} in order; engines: Engine objects in order."""
    rows = {name: {**facts, "engines": {}} for name, facts in programs.items()}
    outputs = {name: {} for name in programs}                # program: {what: {engine: text}}
    for job, sample in sorted(samples.items(), key=lambda item: item[0].round):
        if job.program not in rows:
            continue
        row = rows[job.program]["engines"].setdefault(job.engine, {figure: [] for figure in FIGURES} | {"curve": []})
        if "error" in sample:
            row["error"] = sample["error"]
            continue
        if job.kind == "curve":
            put(row["first"], job.round, sample["curve"][0])
            put(row["steady"], job.round, stats.steady_of(sample["curve"]))
            row["curve"] = shorter_median(row["curve"], sample["curve"])
        else:
            put(row["total"], job.round, sample["wall"])
            put(row["cpu"], job.round, sample["cpu"])
            if sample.get("peak") is not None:
                put(row["peak"], job.round, sample["peak"])
        what = {"once": "output", "curve": "checksum at the small size"}.get(job.kind)
        if what:
            outputs[job.program].setdefault(what, {}).setdefault(job.engine, []).append(sample["output"])
    return {"format": 1, "when": time.strftime("%Y-%m-%d %H:%M:%S"), "machine": describe_machine(), "base": base, "subject": subject,
            "quick": quick, "engines": {e.name: {"command": " ".join(e.command), "version": e.version()} for e in engines},
            "programs": {name: row for name, row in rows.items() if row["engines"]}, "mismatches": find_mismatches(outputs)}


def put(values, index, value):
    values.extend([None] * (index + 1 - len(values)))
    values[index] = value


def shorter_median(curve, new):
    """The curve of the last round that has as many iterations as the longest: one is shown, not an average that hides steps."""
    return new if len(new) >= len(curve) else curve


def find_mismatches(outputs):
    """[program, what, {engine: text}] where engines, or one engine's rounds, disagree."""
    found = []
    for program, by_what in outputs.items():
        for what, by_engine in by_what.items():
            if len({text for texts in by_engine.values() for text in texts}) > 1:
                found.append([program, what, {engine: " / ".join(sorted(set(texts))) for engine, texts in by_engine.items()}])
    return found


def find_errors(results):
    return [(program, engine, row["error"]) for program, facts in results["programs"].items()
            for engine, row in facts["engines"].items() if "error" in row]


def values_of(results, program, engine, figure):
    return results["programs"].get(program, {"engines": {}})["engines"].get(engine, {}).get(figure, [])


def figure_of(results, program, engine, figure):
    return stats.figure(values_of(results, program, engine, figure))


def ratio_of(results, program, engine, figure, base=None):
    """How many times as fast as the base (for peak: how many times as little memory)."""
    return stats.paired_ratio(values_of(results, program, base or results["base"], figure), values_of(results, program, engine, figure))


def mean_ratio(results, programs, engine, figure, base=None):
    ratios = [ratio_of(results, program, engine, figure, base) for program in programs]
    return stats.geometric_mean([r.value for r in ratios if r])


def groups_of(results):
    """{group: [programs]} in order."""
    groups = {}
    for name, facts in results["programs"].items():
        groups.setdefault(facts["group"], []).append(name)
    return groups


def programs_of(results):
    """All but the start-up rows: what overall means are taken over."""
    return [name for name, facts in results["programs"].items() if facts["group"] != "start-up"] or list(results["programs"])


def rows_behind(results):
    """{other engine: [(program, figure, ratio)]} where the subject is slower than the engine by more than the noise."""
    subject, found = results["subject"], {}
    for other in results["engines"]:
        if other == subject:
            continue
        for program in results["programs"]:
            for figure in ("total", "steady"):
                ratio = ratio_of(results, program, subject, figure, other)
                if stats.is_behind(ratio):
                    found.setdefault(other, []).append((program, figure, ratio))
    return found


def regressions(old, new):
    """[(program, figure, old ratio, new ratio, lost share)]: rows of the subject that fell against the base, worst first."""
    found = []
    for program in new["programs"]:
        for figure in ("cpu", "steady"):       # processor time: wall time falls when somebody else is busy
            before = ratio_of(old, program, old["subject"], figure, new["base"])
            after = ratio_of(new, program, new["subject"], figure)
            lost = stats.fall(before, after)
            if lost is not None:
                found.append((program, figure, before, after, lost))
    return sorted(found, key=lambda row: -row[4])
