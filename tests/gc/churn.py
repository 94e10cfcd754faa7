"""Allocates `total` bytes through a live heap of about `live` bytes and prints what the process took at most.

usage: churn.py [TOTAL_MB [LIVE_MB [LIMIT_MB]]]; more than LIMIT_MB resident is a failure; the live heap is a ring of lists of fresh objects of several sizes.
"""
import sys


def node(i):
    # A list of 40 pairs (list header and store, tuples, floats, strings): around 6 KB where values are 8 bytes.
    return [(i, float(i + j), "s%d" % (i + j), [i, j, None, i + j]) for j in range(20)]


def main(total_mb=20480, live_mb=200, limit_mb=500):
    block = 64 * 1024                      # bytes of each bytearray beside a node
    per_slot = block + 4096
    slots = live_mb * 1024 * 1024 // per_slot
    rounds = total_mb * 1024 * 1024 // per_slot
    ring = [None] * slots
    check = 0
    for i in range(rounds):
        at = i * 7919 % slots              # not in the order of allocation: the heap must cope with holes
        data = bytearray(block - i % 1024)
        data[0] = i & 255
        ring[at] = (node(i), data, ring[at - 1] and ring[at - 1][0])
        if i % 1000 == 0:
            old = ring[i // 3 % slots]
            if old:
                check += old[1][0] + len(old[0])
    live = sum(len(entry[1]) for entry in ring if entry)
    with open("/proc/self/status") as f:
        peak = next(int(line.split()[1]) for line in f if line.startswith("VmHWM:"))
    print(rounds, slots, check, live)
    print("peak RSS in KB:", peak, file=sys.stderr)
    if peak > limit_mb * 1024:
        sys.exit("more than %d MB" % limit_mb)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
