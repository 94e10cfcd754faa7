"""The invocations that run.py compares: one row each, on files that the case brings along."""
import io
import marshal
import signal
import struct
import zipfile
from dataclasses import dataclass, field
from importlib.util import MAGIC_NUMBER


@dataclass
class Case:
    name: str
    args: list
    files: dict = field(default_factory=dict)    # path -> str or bytes
    stdin: object = b""                          # bytes; None: closed descriptor
    env: dict = field(default_factory=dict)
    compare: str = "all"                         # "all", "status", "first-word", "last-line" (of stderr)
    shell: str = ""                              # a shell line with $PY instead of args
    signal: int = 0                              # sent once the program has printed "ready"


def archive(members, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as z:
        for name, text in members.items():
            z.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, compression)
    return out.getvalue()


def pyc(source, name="prog.py"):
    return MAGIC_NUMBER + struct.pack("<III", 0, 0, 0) + marshal.dumps(compile(source, name, "exec"))


SUM = "x = 1\ny = 2\nz = x + y\nprint(z)\n"
ARGV = "import sys\nprint(sys.argv, __name__, __file__)\nprint(sys.path[0])\n"
FLAGS = "import sys\nprint(sys.flags)\nprint(sys._xoptions, sys.warnoptions)\n"
WARN = "import warnings\nwarnings.warn('old', DeprecationWarning)\nwarnings.warn('user')\nprint('end')\n"
ATEXIT = """import atexit, sys
atexit.register(print, 'first')
atexit.register(print, 'second')
@atexit.register
def third():
    print('third')
    1 / 0
print('body')
"""
FAIL = "def f(n):\n    return 1 / n\nf(0)\n"
WAIT = "import sys, time\nprint('ready', flush=True)\ntime.sleep(20)\n"
READ = "import sys\nprint(repr(sys.stdin.read()))\n"
F = {"prog.py": SUM}


def flags(*args, **env):
    return Case("flags " + " ".join([*args, *(f"{k}={v}" for k, v in env.items())]), [*args, "-c", FLAGS], env=env)


def session(name, text, *args, files=None, env=None):
    return Case("session " + name, ["-i", *args], stdin=text.encode(), files=files or {}, env=env or {})


CASES = [
    # What to run.
    Case("file", ["prog.py"], F),
    Case("file with arguments", ["a.py", "-x", "two words", "--", "é"], {"a.py": ARGV}),
    Case("file in a folder", ["sub/a.py", "b"], {"sub/a.py": ARGV}),
    Case("file ./", ["./a.py"], {"a.py": ARGV}),
    Case("file without suffix", ["a"], {"a": ARGV}),
    Case("command", ["-c", ARGV.replace(", __file__", ""), "one", "-two"]),
    Case("command joined", ["-cprint(1)"]),
    Case("command clustered", ["-Sc", "import sys; print(sys.flags.no_site)"]),
    Case("command without text", ["-c"]),
    Case("command failing", ["-c", FAIL]),
    Case("command syntax", ["-c", "print z"]),
    Case("command indentation", ["-c", "  x = 1"]),
    Case("command surrogates", ["-c", b"print('\xff')"], compare="status"),
    Case("stdin", [], stdin=SUM.encode()),
    Case("stdin argv", ["-", "a", "b"], stdin=b"import sys\nprint(sys.argv, sys.path[0] == '', __name__)\n"),
    Case("stdin failing", [], stdin=FAIL.encode()),
    Case("stdin syntax", ["-"], stdin=b"print z\n"),
    Case("stdin no newline", ["-"], stdin=b"print(5)"),
    Case("stdin crlf", ["-"], stdin=b"if 1:\r\n    print(5)\r\n"),
    Case("stdin not utf-8", ["-"], stdin=b"print('\xff')\n"),
    Case("stdin closed", [], shell="$PY -c 'import sys; print(sys.stdin)' <&-"),
    Case("stdin closed, nothing to run", [], shell="$PY <&-"),
    Case("stdin read by program", ["a.py"], {"a.py": READ}, stdin="zwölf\r\nx\n".encode()),
    Case("input()", ["-c", "print([input('? '), input()])"], stdin=b"one\ntwo\n"),
    Case("input() at the end", ["-c", "input()"]),
    # -m
    Case("module", ["-m", "pack.mod", "a", "-b"], {"pack/__init__.py": "print('init')\n", "pack/mod.py": ARGV}),
    Case("module package", ["-m", "pack", "a"], {"pack/__init__.py": "", "pack/__main__.py": ARGV}),
    Case("module no __main__", ["-m", "pack"], {"pack/__init__.py": ""}),
    Case("module missing", ["-m", "nonesuch"]),
    Case("module missing part", ["-m", "pack.nope"], {"pack/__init__.py": ""}),
    Case("module parent missing", ["-m", "nonesuch.nope"]),
    Case("module with .py", ["-m", "prog.py"], F),
    Case("module failing", ["-m", "prog"], {"prog.py": FAIL}),
    Case("module syntax", ["-m", "prog"], {"prog.py": "print z\n"}),
    Case("module without name", ["-m"]),
    Case("module builtin", ["-m", "sys"]),
    Case("module dis", ["-m", "dis", "prog.py"], F),
    Case("module dis of classes", ["-m", "dis", "a.py"], {"a.py": "class A:\n    def f(self, *a):\n        with a as b: yield b\n"
                                                      "async def g():\n    return [i async for i in f()]\n"}),
    Case("module dis syntax", ["-m", "dis", "a.py"], {"a.py": "print z\n"}),
    Case("module json.tool", ["-m", "json.tool"], stdin=b'{"b": [1, 2.5, null], "a": "\\u00e9"}'),
    Case("module json.tool bad", ["-m", "json.tool"], stdin=b'{"b": [1, 2'),
    Case("module json.tool sort", ["-m", "json.tool", "--sort-keys", "--compact"], stdin=b'{"b": [1, 2], "a": {}}'),
    Case("module this", ["-m", "this"]),
    Case("module timeit", ["-m", "timeit", "-n", "1", "-r", "1", "pass"], compare="first-word"),
    Case("module tokenize", ["-m", "tokenize", "prog.py"], F),
    Case("module ast", ["-m", "ast", "prog.py"], F),
    Case("module py_compile", ["-m", "py_compile", "prog.py", "bad.py"], {**F, "bad.py": "print z\n"}),
    Case("module compileall", ["-m", "compileall", "-q", "."], {**F, "bad.py": "print z\n"}),
    Case("module unittest", ["-m", "unittest", "-q", "t.py"], {"t.py": "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(1, 2)\n"},
         compare="status"),
    Case("module calendar", ["-m", "calendar", "2024", "2"]),
    Case("module base64", ["-m", "base64", "-e"], stdin=b"abc"),
    # Information.
    Case("-V", ["-V"]), Case("--version", ["--version"]), Case("-VV", ["-VV"], compare="first-word"),
    Case("-V wins over file", ["-V", "nope.py"]),
    Case("-h", ["-h"], compare="status"), Case("--help", ["--help"], compare="status"), Case("-?", ["-?"], compare="status"),
    # Usage errors.
    Case("unknown letter", ["-z"]), Case("unknown letter in cluster", ["-Sz", "x.py"]), Case("unknown word", ["--foo"]),
    Case("-W without", ["-W"]), Case("-X without", ["-X"]), Case("--check-hash-based-pycs without", ["--check-hash-based-pycs"]),
    Case("--check-hash-based-pycs wrong", ["--check-hash-based-pycs", "sometimes"]),
    Case("-J", ["-J"]), Case("-a", ["-a", "x"]),
    # Files that are none.
    Case("missing file", ["nope.py"]), Case("missing file in folder", ["x/../nope.py", "a"]), Case("missing ./", ["./nope.py"]),
    Case("directory", ["sub"], {"sub/x.py": ""}), Case("directory with /", ["sub/"], {"sub/x.py": ""}),
    Case("directory program", ["app", "a"], {"app/__main__.py": ARGV + "import mod\n", "app/mod.py": "print(__name__)\n"}),
    Case("directory program failing", ["app"], {"app/__main__.py": FAIL}),
    Case("dot", ["."], {"__main__.py": ARGV}),
    Case("zip program", ["app.zip", "a"], {"app.zip": archive({"__main__.py": ARGV + "import mod\n", "mod.py": "print(__name__)\n"})}),
    Case("zip program deflated", ["app.zip"], {"app.zip": archive({"__main__.py": ARGV * 5}, zipfile.ZIP_DEFLATED)}),
    Case("zip program failing", ["app.zip"], {"app.zip": archive({"__main__.py": FAIL})}),
    Case("zip without main", ["app.zip"], {"app.zip": archive({"mod.py": ""})}),
    Case("unreadable", ["a.py"], {"a.py": ARGV}, shell="chmod 0 a.py; $PY a.py; chmod 600 a.py"),
    Case("not utf-8", ["a.py"], {"a.py": b"# \xe9\nprint(1)\n"}),
    Case("not utf-8 in line 3", ["a.py"], {"a.py": b"x = 1\n\ny = '\xe9'\nprint(1)\n"}),
    Case("latin-1 declared", ["a.py"], {"a.py": b"# coding: latin-1\nprint(ascii('\xe9'))\n"}),
    Case("unknown encoding", ["a.py"], {"a.py": b"# coding: nonesuch\nprint(1)\n"}),
    Case("bom", ["a.py"], {"a.py": b"\xef\xbb\xbfprint(1)\n"}),
    Case("bom against cookie", ["a.py"], {"a.py": b"\xef\xbb\xbf# coding: latin-1\nprint(1)\n"}),
    Case("null byte", ["a.py"], {"a.py": b"x = 1\ny = '\0'\n"}),
    Case("empty file", ["a.py"], {"a.py": ""}),
    Case("syntax error", ["a.py"], {"a.py": "x = 1\ny = 2\nprint z\n"}),
    Case("indentation error", ["a.py"], {"a.py": "if 1:\nx = 1\n"}),
    Case("tab error", ["a.py"], {"a.py": "if 1:\n        x = 1\n\ty = 2\n"}),
    Case("unterminated", ["a.py"], {"a.py": "x = (1,\n"}),
    Case("unterminated string", ["a.py"], {"a.py": "x = '''abc\n"}),
    Case("pyc", ["prog.pyc", "x"], {"prog.pyc": pyc(ARGV)}),
    Case("pyc failing", ["prog.pyc"], {"prog.pyc": pyc(FAIL)}),
    Case("pyc bad magic", ["prog.pyc"], {"prog.pyc": b"\0" * 32}),
    Case("pyc short", ["prog.pyc"], {"prog.pyc": MAGIC_NUMBER}),
    Case("pyc no code", ["prog.pyc"], {"prog.pyc": MAGIC_NUMBER + b"\0" * 12 + marshal.dumps(5)}),
    Case("pyc truncated", ["prog.pyc"], {"prog.pyc": pyc(FAIL)[:60]}),
    Case("broken pyc imported", ["-c", "import mod"], {"mod.pyc": b"abc"}),
    Case("empty pyc imported", ["-c", "import mod"], {"mod.pyc": b""}),
    Case("truncated pyc imported", ["-c", "import mod"], {"mod.pyc": pyc(FAIL)[:60]}),
    # Switches.
    *[flags(f) for f in "-S -E -I -s -P -O -OO -B -u -q -v0 -b -bb -d -i -R -x -t -SEI -OOO".split() if f not in ("-v0", "-i", "-x", "-d")],
    flags("-W", "error"), flags("-Wignore", "-Wonce"), flags("-X", "utf8"), flags("-X", "utf8=0"), flags("-X", "dev"), flags("-Xa=b", "-Xc"),
    flags("-X", "int_max_str_digits=5000"), flags("-X", "int_max_str_digits=0"), flags("-X", "importtime=0"), flags("-X", "faulthandler"),
    flags("-X", "warn_default_encoding"), flags("-X", "tracemalloc=0"), flags("-X", "no_debug_ranges"), flags("-X", "frozen_modules=off"),
    flags("-X", "safe_path"), flags("-X", "pycache_prefix=/tmp/none"),
    Case("bad utf8", ["-X", "utf8=x", "-c", "1"], compare="status"),
    Case("bad int_max_str_digits", ["-X", "int_max_str_digits=5", "-c", "1"], compare="status"),
    Case("bad int_max_str_digits text", ["-X", "int_max_str_digits=a", "-c", "1"], compare="status"),
    flags(PYTHONOPTIMIZE="1"), flags(PYTHONOPTIMIZE="2"), flags(PYTHONOPTIMIZE="x"), flags(PYTHONDONTWRITEBYTECODE="1"), flags(PYTHONUNBUFFERED="1"),
    flags(PYTHONNOUSERSITE="1"), flags(PYTHONSAFEPATH="1"), flags(PYTHONDEVMODE="1"), flags(PYTHONWARNINGS="ignore,error::UserWarning"),
    flags(PYTHONINTMAXSTRDIGITS="700"), flags(PYTHONUTF8="1"), flags(PYTHONUTF8="0"), flags(PYTHONHASHSEED="0"), flags(PYTHONHASHSEED="7"),
    flags("-E", PYTHONOPTIMIZE="1"), flags("-I", PYTHONWARNINGS="ignore"), flags("-Wdefault", PYTHONWARNINGS="ignore"),
    flags("-bb", "-Wdefault", PYTHONWARNINGS="ignore"), flags("-X", "dev", "-W", "error"), flags(PYTHONPLATLIBDIR="lib"), flags(PYTHONFAULTHANDLER="1"),
    Case("bad PYTHONHASHSEED", ["-c", "1"], env={"PYTHONHASHSEED": "x"}, compare="status"),
    Case("bad PYTHONUTF8", ["-c", "1"], env={"PYTHONUTF8": "x"}, compare="status"),
    Case("PYTHONPATH", ["-c", "import sys; print(sys.path[:4])"], env={"PYTHONPATH": "one:/two::three"}),
    Case("PYTHONPATH -E", ["-E", "-c", "import sys; print(sys.path)"], env={"PYTHONPATH": "one:/two"}),
    Case("PYTHONHASHSEED same", ["-c", "print(hash('abc') == hash('abc'))"], env={"PYTHONHASHSEED": "3"}),
    Case("PYTHONIOENCODING", ["-c", "import sys; print(sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors, sys.stdin.encoding)"], env={"PYTHONIOENCODING": "latin-1:replace"}),
    Case("PYTHONIOENCODING errors", ["-c", "import sys; print(sys.stdout.encoding, sys.stdout.errors, sys.stdin.errors)"], env={"PYTHONIOENCODING": ":ignore"}),
    Case("C locale", ["-c", "import sys, locale; print(sys.stdout.encoding, sys.stdout.errors, sys.stdin.errors, sys.flags.utf8_mode, locale.getpreferredencoding())"],
         env={"LC_ALL": "C"}),
    Case("POSIX locale output", ["-c", "print('\\xe9')"], env={"LC_ALL": "POSIX"}),
    Case("utf8 mode", ["-X", "utf8", "-c", "import sys, locale; print(sys.stdout.encoding, sys.stdout.errors, sys.stdin.errors, locale.getpreferredencoding())"]),
    Case("PYTHONSTARTUP ignored", ["-c", "1"], {"start.py": "print('start')\n"}, env={"PYTHONSTARTUP": "start.py"}),
    Case("PYTHONPYCACHEPREFIX", ["-c", "import sys; print(sys.pycache_prefix); import prog; print(prog.__cached__)"], F, env={"PYTHONPYCACHEPREFIX": "cache"}),
    Case("-x", ["-x", "a.py"], {"a.py": "this is not Python\nprint(1)\n1/0\n"}),
    Case("-O", ["-O", "-c", "assert 0; print(__debug__)"]),
    Case("-OO", ["-OO", "-c", "def f(): 'doc'\nprint(f.__doc__)"]),
    Case("-S", ["-S", "-c", "import sys; print('site' in sys.modules, sys.path)"]),
    Case("-I", ["-I", "prog.py"], {"prog.py": "import sys\nprint(sys.path)\nimport other\n", "other.py": "print('other')"}),
    Case("-P", ["-P", "-c", "import prog"], F),
    Case("-B", ["-B", "-c", "import prog, os; print(os.path.exists('__pycache__'))"], F),
    Case("pycache", ["-c", "import prog, os; print(os.listdir('__pycache__'))"], F),
    Case("-O pycache", ["-OO", "-c", "import prog, os; print(os.listdir('__pycache__'))"], F),
    Case("-u", ["-u", "-c", "import sys, os; print('a', end=''); os._exit(3)"]),
    Case("-u streams", ["-u", "-c", "import sys; print(sys.stdout.write_through, sys.stdout.line_buffering, sys.stdin.line_buffering, sys.stdout)"]),
    Case("streams", ["-c", "import sys\nfor s in sys.stdin, sys.stdout, sys.stderr: print(s, s.line_buffering, s.write_through, s.buffer, s.errors)"]),
    Case("-b", ["-b", "-c", "print(str(b''), b'' == '')"]), Case("-bb", ["-bb", "-c", "print(str(b''))"]),
    Case("-W default", ["-W", "default", "w.py"], {"w.py": WARN}), Case("-W error", ["-W", "error", "w.py"], {"w.py": WARN}),
    Case("-W ignore", ["-W", "ignore", "w.py"], {"w.py": WARN}), Case("-W none", ["w.py"], {"w.py": WARN}),
    Case("-W category", ["-W", "error::UserWarning", "w.py"], {"w.py": WARN}), Case("-W module", ["-Wignore:::__main__", "w.py"], {"w.py": WARN}),
    Case("-W invalid", ["-W", "nonsense", "w.py"], {"w.py": WARN}), Case("-W invalid category", ["-W", "error::None", "w.py"], {"w.py": WARN}),
    Case("-W syntax", ["-W", "error", "-c", "x is 1"]), Case("-W escape", ["-W", "always", "-c", "'\\d'"]), Case("syntax warning", ["a.py"], {"a.py": "x = 1\nx is 1\n"}),
    Case("-X int_max_str_digits", ["-X", "int_max_str_digits=640", "-c", "print(10**700)"]),
    Case("-X dev", ["-X", "dev", "-c", "open('/dev/null'); import sys; print(sys.flags.dev_mode)"]),
    Case("-X no_debug_ranges", ["-X", "no_debug_ranges", "a.py"], {"a.py": FAIL}),
    Case("-i after file", ["-i", "prog.py"], F, stdin=b"print(x, z)\n"),
    Case("-i after failure", ["-i", "prog.py"], {"prog.py": FAIL}, stdin=b"f(2)\nimport sys\nsys.last_type\n"),
    Case("-i after exit", ["-i", "-c", "import sys; sys.exit(3)"], stdin=b"4\n"),
    Case("-i after command", ["-i", "-c", "y = 5"], stdin=b"y\n"),
    Case("-i after module", ["-i", "-m", "prog"], F, stdin=b"x\n"),
    Case("PYTHONINSPECT", ["-c", "y = 5"], env={"PYTHONINSPECT": "1"}, stdin=b"print(y)\n"),
    Case("os.environ PYTHONINSPECT", ["-c", "import os; os.environ['PYTHONINSPECT'] = '1'; y = 5"], stdin=b"print(y)\n"),
    # The end of the program.
    *[Case(f"sys.exit({c})", ["-c", f"import sys; print('x'); sys.exit({c})"]) for c in
      ("", "0", "3", "256", "-1", "'text'", "None", "True", "[1]", "2**70", "1.5", "(1, 2)", "'é'")],
    Case("SystemExit subclass", ["-c", "class E(SystemExit): pass\nraise E(4)"]),
    Case("SystemExit from", ["-c", "raise SystemExit('a') from ValueError()"]),
    Case("quit", ["-c", "quit(3)"]), Case("os._exit", ["-c", "import os; print('lost'); os._exit(4)"]), Case("os.abort", ["-c", "import os; os.abort()"]),
    Case("uncaught", ["a.py"], {"a.py": FAIL}),
    Case("uncaught chain", ["a.py"], {"a.py": "try:\n    1/0\nexcept Exception as e:\n    raise KeyError('k') from e\n"}),
    Case("uncaught group", ["a.py"], {"a.py": "raise ExceptionGroup('g', [ValueError(1), TypeError('x')])\n"}),
    Case("uncaught recursion", ["a.py"], {"a.py": "def f(): f()\nf()\n"}),
    Case("uncaught unprintable", ["a.py"], {"a.py": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n"}),
    Case("uncaught name", ["a.py"], {"a.py": "value = 1\nprint(valeu)\n"}),
    Case("excepthook", ["a.py"], {"a.py": "import sys\ndef hook(t, e, tb): print('hook', t, e)\nsys.excepthook = hook\n1/0\n"}),
    Case("excepthook failing", ["a.py"], {"a.py": "import sys\ndef hook(t, e, tb): [][0]\nsys.excepthook = hook\n1/0\n"}),
    Case("excepthook missing", ["a.py"], {"a.py": "import sys\ndel sys.excepthook\n1/0\n"}),
    Case("stderr None", ["a.py"], {"a.py": "import sys\nsys.stderr = None\n1/0\n"}),
    Case("KeyboardInterrupt raised", ["-c", "raise KeyboardInterrupt"]),
    Case("KeyboardInterrupt SIGINT", ["a.py"], {"a.py": WAIT}, signal=signal.SIGINT),
    # Caught, since the signal may come before the loop is entered: which line it finds is a matter of time.
    Case("SIGINT in a loop", ["-c", "try:\n    print('ready', flush=True)\n    while 1: pass\nexcept KeyboardInterrupt: print('caught')\n"], signal=signal.SIGINT),
    Case("SIGINT caught", ["-c", "import time\ntry:\n    print('ready', flush=True); time.sleep(20)\nexcept KeyboardInterrupt: print('caught')\n"], signal=signal.SIGINT),
    Case("SIGTERM", ["a.py"], {"a.py": WAIT}, signal=signal.SIGTERM),
    Case("atexit", ["a.py"], {"a.py": ATEXIT}),
    Case("atexit and uncaught", ["a.py"], {"a.py": "import atexit\natexit.register(print, 'last')\n1/0\n"}),
    Case("atexit exits", ["a.py"], {"a.py": "import atexit, sys\natexit.register(sys.exit, 5)\nprint(1)\n"}),
    Case("thread at exit", ["a.py"], {"a.py": "import threading, time\ndef f():\n    time.sleep(.1)\n    print('thread')\nthreading.Thread(target=f).start()\nprint('main')\n"}),
    Case("thread failing", ["a.py"], {"a.py": "import threading\ndef f():\n    1/0\nt = threading.Thread(target=f)\nt.start()\nt.join()\nprint('main')\n"}),
    Case("stdout closed", [], shell="$PY -c 'print(1)' >&-"), Case("stderr closed", [], shell="$PY -c '1/0' 2>&-"),
    Case("stdout None", [], shell="$PY -c 'import sys; print(sys.stdout, file=sys.stderr)' >&-"),
    Case("stdout full", [], shell="$PY -c 'print(1)' >/dev/full; echo $?"),
    Case("stdout full at flush", [], shell="$PY -c 'print(1, flush=True)' >/dev/full; echo $?"),
    Case("broken pipe", [], shell="$PY -c 'for i in range(100000): print(i)' | head -1"),
    Case("broken pipe late", [], shell="($PY -c 'import time; time.sleep(.3); print(1)'; echo $? >&2) | true"),
    Case("stdout closed by program", ["-c", "import sys; print(1); sys.stdout.close()"]),
    Case("stdout replaced", ["-c", "import sys, io; sys.stdout = io.StringIO(); print(1)"]),
    Case("flush order", [], shell="$PY -c 'import sys; print(1); print(2, file=sys.stderr); print(3)' 2>&1"),
    Case("flush before traceback", [], shell="$PY -c 'print(1); 1/0' 2>&1"),
    Case("writes to fd 1", [], shell="$PY -c 'import os; print(1); os.write(1, b\"2\\n\")'"),
    Case("surrogates out", ["-c", "print('\\udce9')"]), Case("surrogateescape args", [b"-c", b"import sys; print(ascii(sys.argv))", b"\xff\xfe"]),
    # The interactive loop, fed through a pipe.
    session("expressions", "1 + 1\nNone\n'a'\n_\nx = 5\nx\n"), session("nothing", ""),
    session("quiet", "1\n", "-q"), session("block", "if 1:\n    print(2)\n\nfor i in range(2):\n  i\n\n"),
    session("function", "def f():\n    return 1\n\nf()\n"), session("error", "1/0\nx\nprint('on')\n", "-q"),
    session("error in function", "def f():\n    1/0\n\nf()\n", "-q"),
    session("syntax", "print z\n1 +\nx = = 2\n3\n", "-q"), session("indentation", "  1\nif 1:\nx\n2\n", "-q"),
    session("unterminated", "x = (1,\n2)\nx\n'''a\nb'''\n", "-q"), session("end in block", "if 1:\n    print(1)", "-q"),
    session("end in bracket", "x = (1,\n", "-q"), session("comments", "# nothing\n\n\n3 # three\n", "-q"),
    session("semicolons", "1; 2; x = 3; x\n", "-q"), session("decorator", "@staticmethod\ndef f():\n    pass\n\ncallable(f)\n", "-q"),
    session("try", "try:\n    1/0\nexcept ZeroDivisionError:\n    5\n\n6\n", "-q"),
    session("exit", "import sys\nsys.exit(4)\n5\n", "-q"), session("quit", "quit()\n", "-q"), session("SystemExit text", "raise SystemExit('bye')\n", "-q"),
    session("prompts", "import sys\nsys.ps1 = '>> '\nsys.ps2 = '. '\nif 1:\n  2\n\ndel sys.ps1\n3\n", "-q"),
    session("displayhook", "import sys\nsys.displayhook = lambda v: print('<', v, '>')\n1\nNone\n", "-q"),
    session("sys.last", "1/0\nimport sys\nsys.last_type, sys.last_value\n", "-q"), session("future", "from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n", "-q"),
    session("main", "__name__, __file__\n__name__\nimport sys; sys.argv, sys.path[0], sys.flags.interactive\n", "-q"),
    session("builtins", "import builtins\nbuiltins._\n7\nbuiltins._\n", "-q"), session("await", "await x\n", "-q"), session("group", "raise ExceptionGroup('g', [ValueError(1)])\n", "-q"),
    session("startup", "a\n", "-q", files={"s.py": "a = 'started'\nprint('s')\n"}, env={"PYTHONSTARTUP": "s.py"}),
    session("no newline", "4", "-q"), session("match", "match 1:\n  case 1:\n    'one'\n\n", "-q"), session("class", "class A:\n  x = 1\n\n  def f(self): pass\n\nA.x\n", "-q"),
    session("keyboard interrupt", "raise KeyboardInterrupt\n1\n", "-q"), session("locals", "sorted(k for k in globals())\n", "-q"),
    session("lambda", "f = lambda: 1/0\nf()\n", "-q"), session("line continuation", "1 + \\\n2\n", "-q"), session("else", "if 0:\n  1\nelse:\n  2\n\n", "-q"),
    session("input", "input()\nhello\n5\n", "-q"),
]
