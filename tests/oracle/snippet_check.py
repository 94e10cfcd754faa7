"""Compile the snippets that CPython's own tests compile, with the front end and with the oracle, and compare.

Usage: snippet_check.py PATH_OF_pyjit_frontend_tool [MODULE...]
Runs the test modules (from the installed test suite) while watching compile(), exec() and eval().
"""
import builtins
import contextlib
import io
import os
import sys
import time
import unittest

import oracle_code

MODULES = ("test_compile test_syntax test_dis test_peepholer test_scope test_patma test_except_star test_coroutines "
           "test_generators test_fstring test_grammar test_named_expressions test_positional_only_arg "
           "test_keywordonlyarg test_future test_future3 test_annotations test_type_annotations test_unpack_ex test_extcall "
           "test_codeop test_eof test_string_literals test_global test_nonlocal test_super test_builtin test_symtable "
           "test_code test_compare test_dictcomps test_listcomps test_setcomps test_genexps test_asyncgen test_with "
           "test_lambda test_decorators test_tstring test_flufl test_int_literal "
           "test_complexexpr test_class test_funcattrs test_call test_bool test_float test_int test_complex "
           "test_bytes test_str test_inspect test_typing test_dataclasses test_enum").split()

KNOWN_FLAGS = 0x1FE0000 | 0x200 | 0x4000 | 0x1000 | 0x2000
ONLY_AST = 0x400


def record(modules):
    """{(source, mode, flags, optimize)} of everything the modules' tests compile."""
    seen = {}
    real_compile, real_exec, real_eval = builtins.compile, builtins.exec, builtins.eval

    def note(source, mode, flags=0, optimize=-1):
        if type(source) in (str, bytes, bytearray) and not flags & ONLY_AST and not flags & ~KNOWN_FLAGS:
            if mode in ("exec", "eval", "single") and len(source) < 100000:
                source = source if isinstance(source, str) else bytes(source)
                seen.setdefault((source, mode, flags, max(optimize, 0)))

    def compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **rest):
        note(source, mode, flags, optimize)
        return real_compile(source, filename, mode, flags, dont_inherit, optimize, **rest)

    def caller():
        f = sys._getframe(2)
        return f.f_globals, f.f_locals

    def exec(source, globals=None, locals=None, /, **rest):
        note(source, "exec")
        if globals is None:
            globals, locals = caller()
        return real_exec(source, globals, locals, **rest)

    def eval(source, globals=None, locals=None, /):
        note(source.lstrip(" \t") if isinstance(source, str) else source, "eval")
        if globals is None:
            globals, locals = caller()
        return real_eval(source, globals, locals)

    silence = io.StringIO()
    for name in modules:
        started = time.time()
        try:
            with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
                builtins.compile, builtins.exec, builtins.eval = compile, exec, eval
                try:
                    suite = unittest.defaultTestLoader.loadTestsFromName("test." + name)
                    unittest.TextTestRunner(stream=silence, verbosity=0).run(suite)
                finally:
                    builtins.compile, builtins.exec, builtins.eval = real_compile, real_exec, real_eval
        except (ImportError, SyntaxError, unittest.SkipTest):
            pass
        if os.environ.get("SNIPPET_TIMES"):
            print(name, len(seen), "%.1f s" % (time.time() - started))
    return list(seen)


def main():
    tool = oracle_code.Tool(sys.argv[1])
    home = os.getcwd()
    snippets = record(sys.argv[2:] or MODULES)
    os.chdir(home)
    total = bad = 0
    for source, mode, flags, optimize in snippets:
        total += 1
        found = tool.check(source, "<test>", mode, optimize, flags)
        if found:
            bad += 1
            if bad <= 60:
                print(mode, hex(flags), optimize, ascii(source)[:600], "\n   ", found[:900])
            if tool.process.poll() is not None:
                tool = oracle_code.Tool(sys.argv[1])
    print("%d of %d snippets agree" % (total - bad, total))
    sys.exit(bad != 0)


main()
