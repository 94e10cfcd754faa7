"""Turns the scripts below this folder into a verdict on pyjit: each one must behave as it does on CPython 3.11.

    run.py --pyjit PATH --mode no-jit|default|stress|gc-stress|stress-gc [--only GLOB] [-j N]
    run.py --mode check            no pyjit: are the scripts themselves deterministic on the oracle?

Expected results are not stored. The oracle (environment variable PYJIT_ORACLE, default /usr/bin/python3.11) runs every
script; stdout, stderr and the exit status must then be equal, byte for byte. Both run with the same relative path and
working directory, so tracebacks name the same file. The oracle's answers are kept below the build folder under a key
made of everything they depend on, so the modes of one test run share them.

known_failures.txt lists scripts that are expected to fail; a listed script that passes is a failure too.
"""
import argparse
import concurrent.futures
import difflib
import fnmatch
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ORACLE = os.environ.get("PYJIT_ORACLE", "/usr/bin/python3.11")

SECONDS = 10
SHOWN_FAILURES = 40
# mode -> (options, environment, factor on the time limit)
MODES = {
    "no-jit": (["--no-jit"], {}, 1),
    "default": ([], {}, 1),
    "stress": ([], {"PYJIT_STRESS": "1"}, 6),
    "gc-stress": ([], {"PYJIT_GC_STRESS": "211"}, 6),
    "stress-gc": ([], {"PYJIT_STRESS": "1", "PYJIT_GC_STRESS": "151"}, 12),
}


def clean_environment(**extra):
    """The environment of both sides: nothing of the caller's Python settings leaks in."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYJIT_"))}
    env.update(LC_ALL="C.UTF-8", TZ="UTC", PYTHONDONTWRITEBYTECODE="1", COLUMNS="80", **extra)
    return env


def limit_process():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Not below the size of the JIT's code arena, which is a shared memory file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (512 << 20, 512 << 20))


def run_script(command, script, env, seconds):
    """One run: {"status", "stdout", "stderr"}; a time-out or a missing program is a status in words."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(command + [script], cwd=HERE, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=err, preexec_fn=limit_process, start_new_session=True)
        except OSError as error:
            return {"status": f"cannot start: {error}", "stdout": "", "stderr": ""}
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            status = f"no end after {seconds} s"
        if isinstance(status, int) and status < 0:
            status = "killed by " + signal.Signals(-status).name
        out.seek(0)
        err.seek(0)
        return {"status": status, "stdout": out.read().decode("utf-8", "backslashreplace"),
                "stderr": err.read().decode("utf-8", "backslashreplace")}


class Oracle:
    """CPython's answers, remembered on disk by content."""

    def __init__(self, cache_dir):
        self.cache_dir = cache_dir
        os.makedirs(cache_dir, exist_ok=True)
        self.version = subprocess.run([ORACLE, "-VV"], capture_output=True, text=True, check=True).stdout

    def answer(self, script):
        with open(os.path.join(HERE, script), "rb") as file:
            content = file.read()
        with open(os.path.abspath(__file__), "rb") as file:
            runner = file.read()
        key = hashlib.sha256(b"\0".join([self.version.encode(), ORACLE.encode(), script.encode(), runner, content]))
        path = os.path.join(self.cache_dir, key.hexdigest()[:32] + ".json")
        try:
            with open(path, encoding="utf-8") as file:
                return json.load(file)
        except (OSError, ValueError):
            pass
        result = run_script([ORACLE], script, clean_environment(), 6 * SECONDS)
        if isinstance(result["status"], int):
            temporary = f"{path}.{os.getpid()}.{time.monotonic_ns()}"
            with open(temporary, "w", encoding="utf-8") as file:
                json.dump(result, file)
            os.replace(temporary, path)
        return result


def difference(expected, actual):
    """What differs, for a person to read; empty when nothing does."""
    lines = []
    if expected["status"] != actual["status"]:
        lines.append(f"  exit status: expected {expected['status']}, is {actual['status']}")
    for stream in ("stdout", "stderr"):
        if expected[stream] != actual[stream]:
            delta = list(difflib.unified_diff(expected[stream].splitlines(), actual[stream].splitlines(),
                                              stream + " of the oracle", stream + " of pyjit", n=1, lineterm=""))
            lines += ["  " + line for line in delta[:24]]
            if len(delta) > 24:
                lines.append(f"  ... {len(delta) - 24} more lines of difference")
            if not delta:
                lines.append(f"  {stream}: differs in line ends only")
    return lines


def find_scripts(pattern):
    found = []
    for folder, folders, files in os.walk(HERE):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__")))
        if folder != HERE:
            found += [os.path.relpath(os.path.join(folder, f), HERE) for f in files if f.endswith(".py")]
    found.sort()
    if pattern:
        found = [s for s in found if fnmatch.fnmatch(s, pattern) or fnmatch.fnmatch(s, pattern + ".py")
                 or fnmatch.fnmatch(s, pattern + "/*")]
    return found


def read_known_failures(mode):
    """{script: reason} for `mode`. A line is `area/name.py [mode,mode] reason`; without modes it counts for all."""
    known = {}
    with open(os.path.join(HERE, "known_failures.txt"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.split("#")[0].strip()
            if not line:
                continue
            script, _, rest = line.partition(" ")
            rest, modes = rest.strip(), list(MODES)
            if rest.startswith("["):
                listed, _, rest = rest[1:].partition("]")
                modes = [m.strip() for m in listed.split(",")]
            if not rest.strip() or not set(modes) <= set(MODES):
                sys.exit(f"known_failures.txt:{number}: wants `area/name.py [modes] reason`")
            if not os.path.exists(os.path.join(HERE, script)):
                sys.exit(f"known_failures.txt:{number}: there is no {script}")
            if mode in modes:
                known[script] = rest.strip()
    return known


def compare_mode(args, oracle, scripts):
    options, extra, factor = MODES[args.mode]
    command = [os.path.abspath(args.pyjit)] + options
    env = clean_environment(**extra)
    known = read_known_failures(args.mode)

    def verdict(script):
        expected = oracle.answer(script)
        actual = run_script(command, script, env, SECONDS * factor)
        lines = difference(expected, actual)
        if script in known:
            return script, [] if lines else [f"  passes, but known_failures.txt lists it: {known[script]}"], bool(lines)
        return script, lines, False

    return verdict


def check_mode(args, oracle, scripts):
    """The scripts on the oracle alone, under three hash seeds: any difference makes a script useless as a test."""

    def verdict(script):
        expected = oracle.answer(script)
        if not isinstance(expected["status"], int):
            return script, [f"  {expected['status']}"], False
        if " at 0x" in expected["stdout"] + expected["stderr"]:
            return script, ["  prints an address"], False
        for seed in "012":
            start = time.monotonic()
            actual = run_script([ORACLE], script, clean_environment(PYTHONHASHSEED=seed), SECONDS)
            seconds = time.monotonic() - start
            lines = difference(expected, actual)
            if lines:
                return script, [f"  with PYTHONHASHSEED={seed}:"] + lines, False
            if seconds > args.slow:
                return script, [f"  takes {seconds:.1f} s"], False
        return script, [], False

    return verdict


def main():
    parser = argparse.ArgumentParser(description="compare the scripts of tests/lang with CPython 3.11")
    parser.add_argument("--pyjit", help="the pyjit to test")
    parser.add_argument("--mode", default="default", choices=[*MODES, "check"])
    parser.add_argument("--only", metavar="GLOB", help="only scripts that match, such as jit/* or str/format*")
    parser.add_argument("--build-dir", default=os.path.join(ROOT, "build"), help="where the oracle's answers are kept")
    parser.add_argument("--slow", type=float, default=3.0, help="seconds that --mode check allows")
    parser.add_argument("-j", "--jobs", type=int, default=2)
    args = parser.parse_args()
    if args.mode != "check" and not args.pyjit:
        parser.error("--pyjit PATH is missing")
    scripts = find_scripts(args.only)
    if not scripts:
        sys.exit("no script matches")

    oracle = Oracle(os.path.join(args.build_dir, "lang-oracle"))
    verdict = (check_mode if args.mode == "check" else compare_mode)(args, oracle, scripts)
    passed, expected_failures, failed = 0, 0, []
    with concurrent.futures.ThreadPoolExecutor(max(args.jobs, 1)) as pool:
        for script, lines, as_known in pool.map(verdict, scripts):
            if lines:
                failed.append(script)
                if len(failed) <= SHOWN_FAILURES:
                    print(f"FAIL {script}", *lines, sep="\n", flush=True)
            elif as_known:
                expected_failures += 1
            else:
                passed += 1
    if failed:
        print("failed:", *failed, sep="\n  ")
    note = f" ({expected_failures} more fail as known_failures.txt says)" if expected_failures else ""
    print(f"{passed} passed, {len(failed)} failed{note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
