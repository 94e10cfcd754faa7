# SystemExit raised deep inside a hot loop runs the finally blocks and gives its code to the process.
import sys


def inner(i):
    try:
        if i == 400:
            sys.exit(42)
        return i
    finally:
        if i % 200 == 0:
            print("finally", i)


total = 0
try:
    for i in range(1000):
        try:
            total += inner(i)
        except Exception:
            print("never")
finally:
    print("total", total)
