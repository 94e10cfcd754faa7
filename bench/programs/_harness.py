"""The command line that every benchmark program has: [N] [ITERATIONS].

Without ITERATIONS the work is done once and the checksum printed. With it, the work is repeated, and each round
prints `iter K seconds S checksum C`, so that warm-up and steady state can be told apart.
"""
import sys
import time


def main(run, default_n):
    n = int(sys.argv[1]) if len(sys.argv) > 1 else default_n
    if len(sys.argv) <= 2:
        print("checksum", run(n))
        return
    for k in range(int(sys.argv[2])):
        start = time.perf_counter()
        checksum = run(n)
        seconds = time.perf_counter() - start
        print(f"iter {k} seconds {seconds:.6f} checksum {checksum}", flush=True)
