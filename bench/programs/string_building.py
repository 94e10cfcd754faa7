"""Builds text by +=, by join, by f-strings and by %-formatting.

Stresses string concatenation, number formatting and short-lived strings.
"""
from _harness import main


def by_addition(n):
    total = 0
    text = ""
    for i in range(n):
        text += "<"
        text += str(i)
        text += ">"
        if i % 1000 == 999:
            total += hash_text(text)
            text = ""
    return total + len(text)


def by_join(n):
    parts = []
    for i in range(n):
        parts.append("row " + str(i % 97))
    return ",".join(parts)


def by_fstring(n):
    total = 0
    for i in range(n):
        total += len(f"{i:05d}|{i * 0.5:.2f}|{i % 7!r:>4}")
    return total


def by_percent(n):
    total = 0
    for i in range(n):
        total += len("%d items, %s, %5.1f" % (i, "abc", i / 3))
    return total


def by_reversal(n):
    text = "".join(chr(97 + i % 26) for i in range(n))
    backwards = ""
    for char in text:
        backwards = char + backwards if len(backwards) < 100 else backwards[50:] + char
    return backwards.upper()


def run(n):
    added, joined = by_addition(n), by_join(n)
    return f"{added} {hash_text(joined)} {by_fstring(n)} {by_percent(n)} {by_reversal(n)}"


def hash_text(text):
    value = 0
    for char in text[::17]:
        value = (value * 131 + ord(char)) % 1000000007
    return value


if __name__ == "__main__":
    main(run, 1200000)
