"""The command line that every benchmark program has: [N] [ITERATIONS [SECONDS]].

Without ITERATIONS the work is done once and the checksum printed. With it, the work is repeated, and each round
prints `iter K seconds S checksum C`, so that warm-up and steady state can be told apart; SECONDS ends that early, after
three iterations at least. Iterations are timed in processor time: what else the machine does concerns them little. With BENCH_PEAK set, the last line of stderr is `peak K`: the most memory it had, in KiB.
"""
import os
import sys
import time


def print_peak():
    # Not the parent's getrusage(): that counts the memory of the process that forked this one, too.
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                print("peak", line.split()[1], file=sys.stderr)


def main(run, default_n):
    n = int(sys.argv[1]) if len(sys.argv) > 1 else default_n
    if len(sys.argv) <= 2:
        print("checksum", run(n))
    else:
        seconds_left = float(sys.argv[3]) if len(sys.argv) > 3 else 1e9
        for k in range(int(sys.argv[2])):
            start = time.process_time()
            checksum = run(n)
            seconds = time.process_time() - start
            print(f"iter {k} seconds {seconds:.6f} checksum {checksum}", flush=True)
            seconds_left -= seconds
            if seconds_left < 0 and k >= 2:
                break
    if os.environ.get("BENCH_PEAK"):
        print_peak()
