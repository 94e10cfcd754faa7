"""Results in the JSON format of the pyperf module, one file an engine, so that `pyperf compare_to A.json B.json` reads them.

Benchmarks are named after programs (`nbody`: whole processes; `nbody:steady`: warm iterations, the curve's first half being
the warm-up). Format 1.0: values in seconds, all greater than zero; strings of metadata on one line and not empty.
"""


def benchmark(name, runs, **metadata):
    return {"metadata": {"name": name, "unit": "second", "loops": 1, **metadata}, "runs": runs}


def suite(results, engine):
    """The file's content; None when the engine has no figures."""
    benchmarks = []
    for program, facts in results["programs"].items():
        row = facts["engines"].get(engine)
        if not row or "error" in row:
            continue
        about = {"group": facts["group"], "description": f"{program}, size {facts['size'] or 'none'}"}
        peaks = row["peak"]
        runs = [{"values": [value]} | ({"metadata": {"command_max_rss": int(peaks[i] * 1024)}} if i < len(peaks) and peaks[i] else {})
                for i, value in enumerate(row["total"]) if value]
        if runs:
            benchmarks.append(benchmark(program, runs, **about))
        runs = [{"values": [value]} for value in row["steady"] if value]
        if runs:
            runs[-1]["warmups"] = [[1, value] for value in row["curve"][:len(row["curve"]) // 2]]
            benchmarks.append(benchmark(program + ":steady", runs, **about))
    if not benchmarks:
        return None
    machine = results["machine"]
    common = {"date": results["when"], "cpu_model_name": machine["processor"], "cpu_count": machine["cores"], "platform": machine["system"],
              "python_implementation": engine, "python_version": results["engines"][engine]["version"] or "unknown"}
    return {"version": "1.0", "metadata": {key: value for key, value in common.items() if value}, "benchmarks": benchmarks}
