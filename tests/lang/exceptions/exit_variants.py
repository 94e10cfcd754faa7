# SystemExit values as seen by except, and nested exits; the last one decides.
import sys

for value in (None, 0, 5, -1, 256, "text", (1, 2), True, 2.5, [1]):
    try:
        sys.exit(value)
    except SystemExit as e:
        print(repr(e), e.code)
try:
    sys.exit()
except SystemExit as e:
    print(repr(e), e.code)
try:
    exit(4)
except SystemExit as e:
    print(e.code)
try:
    try:
        sys.exit(1)
    except Exception:
        print("not an Exception")
except BaseException as e:
    print(type(e).__name__)
try:
    sys.exit(1)
finally:
    raise SystemExit(257)
