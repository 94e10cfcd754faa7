"""Results as Markdown tables, for bench/results and the README."""
from . import report_text
from . import results as res


def escape(cell):
    return cell.strip().replace("|", "\\|")


def table(rows):
    width = len(rows[0])
    lines = ["| " + " | ".join(map(escape, rows[0])) + " |", "|---" + "|---:" * (width - 1) + "|"]
    for row in rows[1:]:
        if len(row) == 1:
            row = [f"**{row[0]}**"] + [""] * (width - 1)
        lines.append("| " + " | ".join(map(escape, row)) + " |")
    return "\n".join(lines)


def summary(results):
    """A line a group: geometric means of the totals."""
    others = report_text.others_of(results)
    rows = [["group", "programs"] + others]
    groups = res.groups_of(results)
    for group, programs in groups.items():
        rows.append([group, str(len(programs))] + [report_text.as_times(res.mean_ratio(results, programs, e, "total")) for e in others])
    everything = res.programs_of(results)
    rows.append(["all programs", str(len(everything))] + [report_text.as_times(res.mean_ratio(results, everything, e, "total")) for e in others])
    return table(rows)


def seconds_table(results, programs=None):
    """Seconds of whole processes, an engine a column, as in the README."""
    engines = list(results["engines"])
    rows = [["program"] + engines]
    for program in programs or results["programs"]:
        rows.append([program] + [report_text.as_seconds(res.figure_of(results, program, e, "total")) for e in engines])
    return table(rows)


def report(results):
    machine, rounds = results["machine"], max((len(row["total"]) for facts in results["programs"].values() if facts["group"] != "start-up"
                                               for row in facts["engines"].values()), default=0)
    parts = [f"# Benchmarks of {results['when'][:10]}"]
    parts += [f"**{line}**" for line in report_text.problems(results)]
    parts.append(f"{machine['processor']}, {machine['cores']} cores, {machine['system']}; rounds: {rounds}"
                 + ("; small sizes (`--quick`)" if results["quick"] else "") + ".")
    parts.append("\n".join(f"- `{name}`: {facts['version']}" for name, facts in results["engines"].items()))
    parts.append(f"## Groups\n\nHow many times as fast as {results['base']}, geometric means of whole processes.\n\n" + summary(results))
    parts.append("## Programs\n\n" + report_text.legend(results) + "\n\n" + table(report_text.main_table(results)))
    parts.append("## Seconds for one process, start to end\n\n" + seconds_table(results))
    behind = report_text.behind_lines(results) + report_text.cliff_lines(results)
    if behind:
        parts.append("## Rows that are behind\n\n" + "\n".join("- " + line for line in behind))
    return "\n\n".join(parts) + "\n"
