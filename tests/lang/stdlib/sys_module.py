# sys: the facts and functions a program may rely on.
import sys

print(sys.version_info[:2], sys.version_info.major, sys.hexversion >> 16 == 0x30b, sys.byteorder, sys.maxsize,
      sys.maxunicode, sys.implementation.name in ("cpython", "pyjit"), sys.platform, sys.argv[0][-13:], len(sys.argv),
      sys.flags.optimize, sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.int_info.bits_per_digit,
      sys.hash_info.modulus, sys.hash_info.width)
print(sys.getrecursionlimit(), sys.getdefaultencoding(), sys.getfilesystemencoding(),
      sys.intern("abc") is sys.intern("abc"), type(sys.getsizeof([])).__name__, sys.getsizeof(1) > 0, sys.gettrace(),
      sys.getprofile(), sys.is_finalizing(), sys.getswitchinterval(), sys.exc_info(), sys.dont_write_bytecode)
print("sys" in sys.modules, sys.modules["sys"] is sys, "math" in sys.builtin_module_names or True, sys.stdout.name,
      sys.stdin.mode, sys.stderr.errors, sys.path[0] != "", type(sys.path).__name__, sys.copyright[:13],
      sys.api_version, sys.warnoptions, sys.pycache_prefix)


def frame():
    f = sys._getframe()
    return f.f_code.co_name, f.f_back.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno


print(frame(), sys._getframe().f_globals is globals())
sys.setrecursionlimit(500)
def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
print(sys.getrecursionlimit(), 400 < depth(0) < 500)
for e in ("sys.setrecursionlimit(0)", "sys.setrecursionlimit('a')", "sys._getframe(999)", "sys.intern(5)",
        "sys.setrecursionlimit(5)", "sys.settrace()", "sys.exit.x", "sys.nothing", "sys.getsizeof()",
        "sys.setswitchinterval(0)", "sys.set_int_max_str_digits(-1)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
sys.displayhook(5)
sys.displayhook(None)
import builtins
print(builtins._, sys.orig_argv[-1] == sys.argv[0], sys.unraisablehook is sys.__unraisablehook__,
      sys.breakpointhook is sys.__breakpointhook__)
