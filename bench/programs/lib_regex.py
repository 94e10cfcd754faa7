"""The re module over a log file: search, findall, sub with functions, split, named groups, lookahead, verbose patterns.

Stresses compiled patterns and the callbacks into Python that they make.
"""
import re

from _harness import main

LOG = "\n".join(f'10.0.{k % 7}.{k * 13 % 256} - user{k % 5} [2024-0{k % 9 + 1}-1{k % 10}T08:{k % 60:02d}:00] "GET /page/{k}?q=a{k}&r=b HTTP/1.1" '
                f'{200 if k % 4 else 404} {k * 97 % 5000} "agent/{k % 3}.{k % 10} (some; words)"' for k in range(40))
LINE = re.compile(r'''(?P<host>\S+)\s-\s(?P<user>\w+)\s
                      \[(?P<date>\d{4}-\d\d-\d\d)T(?P<time>[\d:]+)\]\s
                      "(?P<verb>GET|POST)\s(?P<path>[^ ?"]+)(?:\?(?P<query>\S*))?\sHTTP/[\d.]+"\s
                      (?P<status>\d{3})\s(?P<size>\d+)''', re.VERBOSE)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
WORDS = re.compile(r"(?i)\b[a-z]{4,}(?=/|\))")


def run(n):
    total = 0
    for i in range(n):
        for line in LOG.splitlines():
            found = LINE.match(line)
            total += int(found["size"]) + len(found["query"] or "") + found.end("path")
        total += len(NUMBER.findall(LOG)) + sum(m.start() for m in WORDS.finditer(LOG)) % 997
        text = NUMBER.sub(lambda m: str(len(m[0])), LOG[i % 50:600])
        total += len(text) + len(re.split(r"[;,()\s]+", text)) + (re.search(r"(\d)\1", text) is not None)
        total += len(re.sub(r"(\w+)/(\w+)", r"\2-\1", text))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 3800)
