# Printed tracebacks of chained exceptions: context, cause, suppressed, notes, and long chains.
import sys


def report(f):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())
        print("-" * 20, file=sys.stderr)


def context():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]


def cause():
    try:
        int("x")
    except ValueError as e:
        raise RuntimeError("converted") from e


def suppressed():
    try:
        int("x")
    except ValueError:
        raise RuntimeError("clean") from None


def three():
    try:
        cause()
    except RuntimeError:
        raise KeyError("third")


def notes():
    e = ValueError("with\nnewline")
    e.add_note("note one")
    e.add_note("note\ntwo")
    raise e


class Odd(Exception):
    def __str__(self): return ""


class Broken(Exception):
    def __str__(self): raise ValueError("no str")


def odd(): raise Odd
def broken(): raise Broken("x")
def empty(): raise ValueError
def keyerr(): raise KeyError("quoted 'key'")


for f in (context, cause, suppressed, three, notes, odd, broken, empty, keyerr):
    report(f)
