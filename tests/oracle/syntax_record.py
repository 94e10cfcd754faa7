"""Run modules of the reference test suite and write every distinct source that they give to compile() and its like, one record each.

Usage: syntax_record.py OUTPUT MODULE... (run by the oracle). Records are (source, mode, flags), pickled in a set.
"""
import ast
import builtins
import codeop
import io
import pickle
import sys
import unittest

import oracle_ast as o

seen = set()
real_compile, real_eval, real_exec = builtins.compile, builtins.eval, builtins.exec


def note(source, mode, flags=0):
    if isinstance(source, (bytearray, memoryview)):
        source = bytes(source)
    if type(source) not in (str, bytes) or mode not in ("exec", "eval", "single", "func_type") or len(source) > 200000:
        return
    ours = 0
    for mine, theirs in ((o.BARRY, o.PY_BARRY), (o.DONT_IMPLY_DEDENT, o.PY_DONT_IMPLY_DEDENT), (o.INCOMPLETE, o.PY_INCOMPLETE),
                         (o.TYPE_COMMENTS, o.PY_TYPE_COMMENTS)):
        if isinstance(flags, int) and flags & theirs:
            ours |= mine
    if isinstance(source, str):
        try:
            source.encode()
        except UnicodeEncodeError:
            return
    seen.add((source, mode, ours))


def compile_(source, filename="", mode="exec", flags=0, *args, **kwargs):
    note(source, mode, flags)
    return real_compile(source, filename, mode, flags, *args, **kwargs)


def eval_(source, *args):
    if isinstance(source, (str, bytes)):
        note(source.lstrip(" \t") if isinstance(source, str) else source.lstrip(b" \t"), "eval")
    if not args:
        frame = sys._getframe(1)
        args = (frame.f_globals, frame.f_locals)
    return real_eval(source, *args)


def exec_(source, *args, **kwargs):
    if isinstance(source, (str, bytes)):
        note(source, "exec")
    if not args:
        frame = sys._getframe(1)
        args = (frame.f_globals, frame.f_locals)
    return real_exec(source, *args, **kwargs)


def main():
    output, *names = sys.argv[1:]
    builtins.compile, builtins.eval, builtins.exec = compile_, eval_, exec_
    codeop._maybe_compile.__globals__["compile"] = compile_
    suite = unittest.TestSuite()
    for name in names:
        try:
            suite.addTests(unittest.defaultTestLoader.loadTestsFromName("test." + name))
        except Exception as e:
            print("cannot load", name, e)
    unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
    builtins.compile, builtins.eval, builtins.exec = real_compile, real_eval, real_exec
    with open(output, "wb") as f:
        pickle.dump(seen, f)
    print(len(seen), "snippets")


main()
