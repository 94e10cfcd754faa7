"""Compile every file with the front end and with the oracle that runs this script, and compare the code objects.

Usage: compile_check.py PATH_OF_pyjit_frontend_tool [-O LEVEL] [-n EVERY] DIRECTORY_OR_FILE...
-n N takes every Nth file only.
"""
import argparse
import os
import sys

import oracle_code


def files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("tool")
    arguments.add_argument("roots", nargs="+")
    arguments.add_argument("-O", type=int, default=0, dest="optimize")
    arguments.add_argument("-n", type=int, default=1, dest="every")
    arguments.add_argument("-v", type=int, default=25, dest="shown")
    arguments.add_argument("-a", action="store_true", dest="accepted", help="skip what the oracle refuses")
    options = arguments.parse_args()
    tool = oracle_code.Tool(options.tool)
    total = bad = 0
    for number, path in enumerate(files(options.roots)):
        if number % options.every:
            continue
        with open(path, "rb") as f:
            source = f.read()
        if options.accepted and oracle_code.expected(source)[1]:
            continue
        total += 1
        found = tool.check(source, "<test>", "exec", options.optimize)
        if found:
            bad += 1
            if bad <= options.shown:
                print(path, found[:1500], sep="\n  ")
            if tool.process.poll() is not None:
                tool = oracle_code.Tool(options.tool)
    print("%d of %d files identical" % (total - bad, total))
    sys.exit(bad != 0)


main()
