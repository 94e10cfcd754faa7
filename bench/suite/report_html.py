"""Results as one HTML file that needs no network: bars against the base, warm-up curves, memory, cliffs, a sortable table.

Everything is drawn here, as HTML and SVG; the script in the page only sorts. report.css and report.js are put into the page.
"""
import html
import math
import os

from . import report_text
from . import results as res
from . import stats

FOLDER = os.path.dirname(os.path.abspath(__file__))


def asset(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def text(value):
    return html.escape(str(value))


def color(engines, engine):
    """The class that gives an engine its colour."""
    fixed = {"python3.11": "e0", "pypy3": "e1", "no-jit": "e2", "pyjit": "e3", "luajit": "e4", "lua5.4": "e5", "c++": "e6"}
    return fixed.get(engine, f"e{7 + list(engines).index(engine) % 2}")


class Scale:
    """Positions on a logarithmic axis, in percent of its width; 1.0 is marked."""

    def __init__(self, ratios):
        ratios = [r for r in ratios if r] + [1.0]
        self.low = min(0.5, 2 ** math.floor(math.log2(min(ratios))))
        self.high = max(2.0, 2 ** math.ceil(math.log2(max(ratios))))

    def at(self, ratio):
        return 100 * math.log(ratio / self.low) / math.log(self.high / self.low)

    def marks(self):
        exponents = range(round(math.log2(self.low)), round(math.log2(self.high)) + 1)
        step = 1 if len(exponents) < 8 else 2 if len(exponents) < 14 else 4
        return [2.0 ** e for e in exponents if e % step == 0]


def bar(scale, engine, ratio, engines, unit="x"):
    left, right = sorted((scale.at(1.0), scale.at(ratio.value)))
    spread = f", ±{100 * ratio.spread:.0f} %" if ratio.count > 1 else ""
    label = report_text.as_times(ratio.value)
    return (f'<div class="bar" title="{text(engine)}: {label}{spread}"><span class="fill {color(engines, engine)}" '
            f'style="left:{left:.2f}%;width:{max(right - left, 0.3):.2f}%"></span>'
            f'<span class="value" style="left:{right:.2f}%">{label}</span></div>')


def axis(scale):
    marks = "".join(f'<span style="left:{scale.at(m):.2f}%"{" class=one" if m == 1 else ""}>{m:g}</span>' for m in scale.marks())
    return f'<div class="axis" aria-hidden="true">{marks}</div>'


def bars(results, programs, engines, ratio_of, scale):
    """One line a program, a bar an engine."""
    one = scale.at(1.0)
    lines = []
    for program in programs:
        drawn = [(engine, ratio_of(program, engine)) for engine in engines]
        drawn = [(engine, ratio) for engine, ratio in drawn if ratio]
        if drawn:
            lines.append(f'<div class="row"><div class="name">{text(program)}</div><div class="bars"><i style="left:{one:.2f}%"></i>'
                         + "".join(bar(scale, engine, ratio, results["engines"]) for engine, ratio in drawn) + "</div></div>")
    return "\n".join(lines)


def legend(results, engines):
    items = "".join(f'<li><span class="swatch {color(results["engines"], e)}"></span>{text(e)}</li>' for e in engines)
    return f'<ul class="legend">{items}</ul>'


def cards(results):
    everything, made = res.programs_of(results), []
    for engine in sorted(report_text.others_of(results), key=lambda e: e != results["subject"]):
        rows = [p for p in everything if res.ratio_of(results, p, engine, "total")]
        if rows:
            total, steady = (report_text.as_times(res.mean_ratio(results, rows, engine, f)) for f in ("total", "steady"))
            warm = "" if steady == "-" else f"; {steady} once warm"
            made.append(f'<li class="card{" subject" if engine == results["subject"] else ""}"><span class="swatch {color(results["engines"], engine)}"></span><b>{text(engine)}</b>'
                        f'<strong>{total}</strong><small>as fast as {text(results["base"])} over {len(rows)} programs{warm}</small></li>')
    return f'<ul class="cards">{"".join(made)}</ul>'


def speed_section(results):
    engines = report_text.others_of(results)
    ratios = {(p, e): res.ratio_of(results, p, e, "total") for p in results["programs"] for e in engines}
    scale = Scale([r.value for r in ratios.values() if r])
    parts = [f'<section id="speed"><h2>Speed, {text(results["base"])} = 1.0</h2><p>Whole processes, start-up and warm-up included. '
             f'Longer to the right is faster; the scale is logarithmic.</p>{legend(results, engines)}']
    for group, programs in res.groups_of(results).items():
        means = ", ".join(f"{text(e)} {report_text.as_times(res.mean_ratio(results, programs, e, 'total'))}" for e in engines
                          if res.mean_ratio(results, programs, e, "total"))
        parts.append(f'<details open><summary>{text(group)} <small>{means}</small></summary>{axis(scale)}'
                     f'{bars(results, programs, engines, lambda p, e: ratios[p, e], scale)}</details>')
    return "\n".join(parts) + "</section>"


def curve_drawing(results, program, width=220, height=90):
    """Seconds of each iteration, divided by the base's steady state; the line at 1.0 is the base."""
    of = res.figure_of(results, program, results["base"], "steady")
    rows = {e: r["curve"] for e, r in results["programs"][program]["engines"].items() if len(r["curve"]) > 1 and "error" not in r}
    if not of or not of.value or not rows:
        return ""
    curves = {e: [max(s, 1e-7) / of.value for s in curve] for e, curve in rows.items()}
    low, high = min(map(min, curves.values())), max(1.2, max(map(max, curves.values())))
    span = math.log(high / low) or 1.0
    longest = max(map(len, curves.values()))

    def point(i, value):
        return f"{4 + i * (width - 8) / max(longest - 1, 1):.1f},{4 + (height - 8) * math.log(high / value) / span:.1f}"

    lines = "".join(f'<polyline class="{color(results["engines"], e)}" points="{" ".join(point(i, v) for i, v in enumerate(curve))}">'
                    f"<title>{text(e)}</title></polyline>" for e, curve in curves.items())
    one = 4 + (height - 8) * math.log(high) / span
    first = "; ".join(f"{e} {1000 * rows[e][0]:.1f} then {1000 * stats.steady_of(rows[e]):.1f} ms" for e in rows)
    return (f'<figure><svg viewBox="0 0 {width} {height}" role="img" aria-label="{text(program)}: {text(first)}">'
            f'<line class="one" x1="0" x2="{width}" y1="{one:.1f}" y2="{one:.1f}"/>{lines}</svg><figcaption>{text(program)}</figcaption></figure>')


def curve_section(results):
    parts = []
    for group, programs in res.groups_of(results).items():
        drawn = [drawing for drawing in (curve_drawing(results, p) for p in programs) if drawing]
        if drawn:
            parts.append(f'<details><summary>{text(group)}</summary><div class="curves">{"".join(drawn)}</div></details>')
    if not parts:
        return ""
    parts[0] = parts[0].replace("<details>", "<details open>", 1)
    return (f'<section id="curves"><h2>Warm-up</h2><p>Time of each iteration from the first on, at a small size; higher is slower, the scale is '
            f'logarithmic, the dashed line is {text(results["base"])} once warm.</p>{legend(results, results["engines"])}{"".join(parts)}</section>')


def memory_section(results):
    engines = report_text.others_of(results)

    def share(program, engine):
        peak, of = res.figure_of(results, program, engine, "peak"), res.figure_of(results, program, results["base"], "peak")
        return stats.Figure(peak.value / of.value, 0.0, 1) if peak and of else None

    programs = [p for p in results["programs"] if any(share(p, e) for e in engines)]
    if not programs:
        return ""
    scale = Scale([s.value for p in programs for e in engines for s in [share(p, e)] if s])
    return (f'<section id="memory"><h2>Peak memory, {text(results["base"])} = 1.0</h2><p>Longer to the right is more memory.</p>{legend(results, engines)}'
            f'<details><summary>{len(programs)} programs</summary>{axis(scale)}{bars(results, programs, engines, share, scale)}</details></section>')


def cliff_section(results):
    programs = res.groups_of(results).get("cliffs", [])
    subject, base = results["subject"], results["base"]
    if not programs:
        return ""
    rows = []
    for program in programs:
        cells = [f"<th scope=row>{text(program)}</th>"]
        for other, limit in ((base, 0.8), ("no-jit", 0.9)):
            ratio = res.ratio_of(results, program, subject, "total", other)
            verdict = "none" if not ratio else "good" if ratio.value >= limit else "bad"
            cells.append(f'<td class="{verdict}">{report_text.as_times(ratio.value if ratio else None)}{" below the limit" if verdict == "bad" else ""}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (f'<section id="cliffs"><h2>Cliffs</h2><p>Programs made to be hard for a tracing JIT. Limits: {text(subject)} at least 0.8x of {text(base)} '
            f'and 0.9x of no-jit.</p><div class="scroll"><table><thead><tr><th scope=col>program<th scope=col>of {text(base)}'
            f'<th scope=col>of no-jit</tr></thead><tbody>{"".join(rows)}</tbody></table></div></section>')


def number_cell(figure, scale=1.0, digits=3):
    if figure is None:
        return '<td data-value="">-</td>'
    spread = f' <small>±{100 * figure.spread:.0f}%</small>' if figure.count > 1 else ""
    return f'<td data-value="{figure.value * scale:.6f}">{figure.value * scale:.{digits}f}{spread}</td>'


def ratio_cell(ratio):
    if ratio is None:
        return '<td data-value="">-</td>'
    return f'<td data-value="{ratio.value:.6f}"{" class=slow" if stats.is_behind(ratio) else ""}>{report_text.as_times(ratio.value)}</td>'


def table_section(results):
    engines, others, subject = list(results["engines"]), report_text.others_of(results), results["subject"]
    heads = ["program", "group"] + [f"{e} s" for e in engines] + others + [f"{e} steady" for e in others] + [f"{subject} first", f"{subject} MiB", "CPU s"]
    head = "".join(f'<th scope=col aria-sort="none"><button type=button>{text(h)}</button></th>' for h in heads)
    rows = []
    for program, facts in results["programs"].items():
        cells = [f'<th scope=row data-value="{text(program)}">{text(program)}</th>', f'<td data-value="{text(facts["group"])}">{text(facts["group"])}</td>']
        cells += [number_cell(res.figure_of(results, program, e, "total")) for e in engines]
        cells += [ratio_cell(res.ratio_of(results, program, e, figure)) for figure in ("total", "steady") for e in others]
        cells.append(ratio_cell(res.ratio_of(results, program, subject, "first")))
        cells.append(number_cell(res.figure_of(results, program, subject, "peak"), 1 / 1024, 1))
        cells.append(number_cell(res.figure_of(results, program, subject, "cpu")))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (f'<section id="table"><h2>All figures</h2><p>Press a heading to sort. Seconds are medians of whole processes, ± half of what the rounds differ '
            f'by; the other columns say how many times as fast as {text(results["base"])}.</p><div class="scroll" tabindex=0 role=region '
            f'aria-label="all figures"><table class="sortable"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></section>')


def problem_section(results):
    lines = report_text.problems(results)
    if not lines:
        return ""
    return f'<section id="problems" class="problems"><h2>Not to be trusted</h2><ul>{"".join(f"<li>{text(line)}</li>" for line in lines)}</ul></section>'


def behind_section(results):
    lines = report_text.behind_lines(results)
    return f'<section id="behind"><h2>Where {text(results["subject"])} is behind</h2><ul>{"".join(f"<li>{text(line)}</li>" for line in lines)}</ul></section>' if lines else ""


def report(results):
    machine = results["machine"]
    engines = "".join(f"<dt>{text(name)}</dt><dd>{text(facts['version'])}</dd>" for name, facts in results["engines"].items())
    sections = [problem_section(results), cards(results), speed_section(results), curve_section(results), memory_section(results), cliff_section(results),
                behind_section(results), table_section(results)]
    links = "".join(f'<a href="#{key}">{title}</a>' for key, title in (("speed", "Speed"), ("curves", "Warm-up"), ("memory", "Memory"), ("cliffs", "Cliffs"),
                                                                       ("behind", "Behind"), ("table", "Table")) if any(f'id="{key}"' in s for s in sections))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>pyjit benchmarks, {text(results["when"][:10])}</title>
<link rel="icon" href="data:,">
<style>
{asset("report.css")}</style>
</head>
<body>
<a class="skip" href="#table">Skip to the table</a>
<header><h1>pyjit benchmarks</h1>
<p>{text(results["when"])}; {text(machine["processor"])}, {machine["cores"]} cores, {text(machine["system"])}{"; small sizes" if results["quick"] else ""}</p>
<nav aria-label="sections">{links}</nav></header>
<main>
{chr(10).join(section for section in sections if section)}
<details><summary>Engines</summary><dl>{engines}</dl></details>
</main>
<script>
{asset("report.js")}</script>
</body>
</html>
"""
