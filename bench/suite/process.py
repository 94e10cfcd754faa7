"""Runs one process and says what it took: wall and processor time, peak memory, output."""
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


class Failed(Exception):
    """A run that gave no figures, with the reason in words."""


@dataclass
class Run:
    wall: float         # seconds
    cpu: float          # seconds, user and system
    peak: float         # KiB; None: not said
    output: str


def prepare():
    os.setpgid(0, 0)    # Ctrl-C is for the runner, which ends its child itself
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_once(command, timeout, folder):
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env.update(PYTHONHASHSEED="0", BENCH_PEAK="1")
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, cwd=folder, preexec_fn=prepare)
        except OSError as error:
            raise Failed(f"cannot start: {error.strerror}") from None
        timer = threading.Timer(timeout, process.kill)
        timer.daemon = True
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:       # an interrupt: nothing may stay behind
            process.kill()
            process.wait()
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = err.read().decode("utf-8", "replace").strip().splitlines()
        if code < 0:
            raise Failed(f"no end after {timeout:g} s" if seconds >= timeout else f"killed by {signal.Signals(-code).name}")
        if code != 0:
            raise Failed(f"exit {code}: {lines[-1][:120] if lines else ''}")
        peak = float(lines[-1].split()[1]) if lines and lines[-1].startswith("peak ") else None
        return Run(seconds, usage.ru_utime + usage.ru_stime, peak, out.read().decode("utf-8", "replace"))


def iterations_of(output):
    """([seconds], {checksums}) of the lines `iter K seconds S checksum C`."""
    rows = [line.split(" ", 5) for line in output.splitlines() if line.startswith("iter ")]
    if not rows:
        raise Failed("prints no iterations")
    return [float(row[3]) for row in rows], {row[5] for row in rows}
