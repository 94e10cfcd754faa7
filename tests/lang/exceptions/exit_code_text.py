# sys.exit with a text: printed to stderr, status 1.
import sys

print("out")
sys.exit("fatal: no luck")
