"""Results as a table for the terminal: what disagrees or failed first, then a row a program, then the rows that are behind."""
from . import results as res
from . import stats


def as_times(value):
    """A speed ratio with three digits."""
    return "-" if value is None else f"{value:.0f}x" if value >= 99.5 else f"{value:.1f}x" if value >= 9.95 else f"{value:.2f}x"


def as_seconds(figure):
    return "-" if figure is None else f"{figure.value:.3f}"


def as_spread(figure):
    return "" if figure is None or figure.count < 2 else f"±{100 * figure.spread:.0f}%"


def problems(results):
    """Lines about everything that makes a run fail."""
    lines = []
    for program, what, by_engine in results["mismatches"]:
        lines.append(f"MISMATCH: {program}, {what}: " + "; ".join(f"{e}: {t}" for e, t in by_engine.items()))
    lines += [f"FAILED: {program} on {engine}: {why}" for program, engine, why in res.find_errors(results)]
    return lines


def others_of(results):
    return [engine for engine in results["engines"] if engine != results["base"]]


def main_table(results):
    """Rows of cells: header, groups, programs, means. A cell is text; a row with one cell is a group's title."""
    base, subject, others = results["base"], results["subject"], others_of(results)
    header = ["program", f"{base} s", f"{subject} s", "±"] + others + [f"{e} warm" for e in others] + [f"{subject} first", f"{subject} MiB", "x memory"]
    rows = [header]
    for group, programs in res.groups_of(results).items():
        rows.append([group])
        for program in programs:
            total = res.figure_of(results, program, subject, "total")
            row = [program, as_seconds(res.figure_of(results, program, base, "total")), as_seconds(total), as_spread(total)]
            for figure, engines in (("total", others), ("steady", others), ("first", [subject])):
                for engine in engines:
                    ratio = res.ratio_of(results, program, engine, figure)
                    row.append(as_times(ratio and ratio.value))
            peak, of = res.figure_of(results, program, subject, "peak"), res.figure_of(results, program, base, "peak")
            row += [f"{peak.value / 1024:.1f}" if peak else "-", as_times(peak.value / of.value if peak and of else None)]
            rows.append(row)
        if len(programs) > 1:
            rows.append(mean_row(results, programs, "  geometric mean"))
    rows.append(["all programs"])
    rows.append(mean_row(results, res.programs_of(results), "  geometric mean"))
    return rows


def mean_row(results, programs, title):
    subject, others = results["subject"], others_of(results)
    row = [title, "", "", ""]
    for figure, engines in (("total", others), ("steady", others), ("first", [subject])):
        row += [as_times(res.mean_ratio(results, programs, engine, figure)) for engine in engines]
    memory = res.mean_ratio(results, programs, subject, "peak")
    return row + ["", as_times(1 / memory if memory else None)]


def align(rows):
    full = [row for row in rows if len(row) > 1]
    widths = [max(len(row[i]) for row in full) for i in range(len(full[0]))]
    lines = []
    for row in rows:
        if len(row) == 1:
            lines += ["", row[0]]
        else:
            lines.append("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths))).rstrip())
    return "\n".join(lines)


def behind_lines(results):
    lines = []
    for other, rows in res.rows_behind(results).items():
        listed = ", ".join(f"{program}{'' if figure == 'total' else ' ' + figure} {as_times(ratio.value)}" for program, figure, ratio in
                           sorted(rows, key=lambda row: row[2].value))
        lines.append(f"{results['subject']} behind {other} in {len(rows)} {'rows' if len(rows) > 1 else 'row'}: {listed}")
    return lines


def cliff_lines(results):
    """Rows of the group `cliffs` that miss its limits: 0.8x of the base, 0.9x of no-jit."""
    lines = []
    for program in res.groups_of(results).get("cliffs", []):
        for other, limit in ((results["base"], 0.8), ("no-jit", 0.9)):
            if other in results["engines"]:
                ratio = res.ratio_of(results, program, results["subject"], "total", other)
                if ratio and ratio.value < limit:
                    lines.append(f"cliff: {program} is at {as_times(ratio.value)} of {other}, the limit is {limit}x")
    return lines


def legend(results):
    return (f"Columns of engines: how many times as fast as {results['base']} (start-up and warm-up included); warm: one iteration in steady state; "
            f"first: the first iteration in a new process. ±: half of what the rounds differ by.")


def regression_lines(rows, base):
    lines = [f"REGRESSION: {program} {figure}: {as_times(before.value)} -> {as_times(after.value)} of {base} ({100 * lost:.0f} % lost, noise "
             f"{100 * stats.noise_of_both(before, after):.0f} %)" for program, figure, before, after, lost in rows]
    return lines or ["no row fell by more than its noise"]


def report(results):
    parts = problems(results)
    parts += [align(main_table(results)), legend(results)] + behind_lines(results) + cliff_lines(results)
    return "\n\n".join(parts) + "\n"
