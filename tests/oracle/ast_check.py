"""Compare the front end's trees, positions, errors and warnings with the oracle's, file by file.

Usage: ast_check.py PATH_OF_frontend_dump DIRECTORY_OR_FILE... (run by the oracle itself).
"""
import os
import sys

import oracle_ast


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
    sys.setrecursionlimit(30000)
    frontend = oracle_ast.Frontend(sys.argv[1])
    total = bad = refused = 0
    for path in files(sys.argv[2:]):
        with open(path, "rb") as f:
            source = f.read()
        total += 1
        theirs = oracle_ast.expected(source, "exec", 0)
        ours = frontend.parse(source, "exec", 0)
        refused += theirs.startswith(b"E")
        if ours != theirs:
            bad += 1
            if bad <= 25:
                print(path)
                oracle_ast.show_difference(ours, theirs)
    print("%d files, %d refused by the oracle, %d differ" % (total, refused, bad))
    sys.exit(bad != 0)


main()
