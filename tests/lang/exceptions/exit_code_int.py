# sys.exit with an int after output, through finally.
import sys

try:
    print("working")
    sys.exit(3)
finally:
    print("cleanup")
