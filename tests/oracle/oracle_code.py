"""The dialogue with pyjit_frontend_tool, and the comparison of its code objects with the oracle's."""
import dis
import json
import marshal
import re
import struct
import subprocess
import types
import warnings

FIELDS = ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_stacksize", "co_flags", "co_firstlineno", "co_code",
          "co_names", "co_varnames", "co_cellvars", "co_freevars", "co_filename", "co_name", "co_qualname", "co_linetable",
          "co_exceptiontable")
DONT_IMPLY_DEDENT, INCOMPLETE, TYPE_COMMENTS, TOP_LEVEL_AWAIT = 0x200, 0x4000, 0x1000, 0x2000
FUTURE = 0x1FE0000


def bits(x):
    return struct.pack("d", x) if x == x else "nan"  # whose sign is the C library's affair


def constant_key(c):
    """Distinguishes what == does not: types, signs of zeros. Code objects compare apart."""
    kind = type(c)
    if kind is float:
        return "float", bits(c)
    if kind is complex:
        return "complex", bits(c.real), bits(c.imag)
    if kind is tuple:
        return "tuple", tuple(map(constant_key, c))
    if kind is frozenset:
        return "frozenset", frozenset(map(constant_key, c))
    if kind is types.CodeType:
        return "code", c.co_name
    return kind.__name__, c


def instructions(code):
    out = []
    positions = list(code.co_positions())
    for i in dis.get_instructions(code):
        p = positions[i.offset // 2]
        arg = "" if i.arg is None else i.argrepr or i.arg
        out.append("%d %s %s %s" % (i.offset, i.opname, re.sub(" at 0x[0-9a-f]+", "", str(arg)), p))
    return out


def first_instruction(theirs, ours):
    """The instructions around the first difference."""
    a, b = instructions(theirs), instructions(ours)
    at = next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "expected %s, got %s" % (a[max(at - 1, 0):at + 3], b[max(at - 1, 0):at + 3])


def difference(theirs, ours, where="<module>"):
    """The first field in which two code objects differ, as text, or None."""
    for field in FIELDS:
        a, b = getattr(theirs, field), getattr(ours, field)
        if a != b:
            if field in ("co_code", "co_linetable"):
                return "%s.%s: %s" % (where, field, first_instruction(theirs, ours))
            return "%s.%s: expected %r, got %r" % (where, field, a, b)
    if constant_key(theirs.co_consts) != constant_key(ours.co_consts):
        return "%s.co_consts: expected %r, got %r" % (where, theirs.co_consts, ours.co_consts)
    for a, b in zip(theirs.co_consts, ours.co_consts):
        if type(a) is types.CodeType:
            found = difference(a, b, where + "." + a.co_name)
            if found:
                return found
    return None


def expected(source, filename="<test>", mode="exec", optimize=0, flags=0):
    """What the oracle makes of the source: (code, None, warnings) or (None, error, warnings)."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        code = error = None
        try:
            code = compile(source, filename, mode, flags, dont_inherit=True, optimize=optimize)
        except SyntaxError as e:
            error = [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
        except (ValueError, RecursionError, MemoryError, OverflowError, SystemError) as e:
            error = [type(e).__name__, str(e)]
    return code, error, [[w.category.__name__, str(w.message), w.lineno] for w in caught]


def same_error(theirs, ours):
    if theirs[:2] != ours[:2]:
        return False
    if len(theirs) == 2 or theirs[2] is None:
        return True
    absent = {None: (0, -1)}
    return all(a == b or b in absent.get(a, ()) for a, b in zip(theirs[2:], ours[2:6]))


class Tool:
    def __init__(self, program):
        warnings.simplefilter("ignore", ResourceWarning)
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def compile(self, source, filename="<test>", mode="exec", optimize=0, flags=0):
        bits = 0
        if isinstance(source, str):
            source = source.encode("utf-8", "surrogatepass")
            bits |= 1
        bits |= 2 * bool(flags & DONT_IMPLY_DEDENT) | 4 * bool(flags & INCOMPLETE) | 8 * bool(flags & TYPE_COMMENTS)
        bits |= 16 * bool(flags & TOP_LEVEL_AWAIT)
        head = "%s %d %d %d %d %s\n" % (mode, optimize, bits, flags & FUTURE, len(source), filename)
        self.process.stdin.write(head.encode() + source)
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline().decode("utf-8", "surrogatepass"))
        data = self.process.stdout.read(answer["length"])
        return (marshal.loads(data) if data else None), answer.get("error"), answer["warnings"]

    def check(self, source, filename="<test>", mode="exec", optimize=0, flags=0):
        """None when the tool and the oracle agree, else the difference as text."""
        theirs, error, warned = expected(source, filename, mode, optimize, flags)
        try:
            ours, our_error, our_warned = self.compile(source, filename, mode, optimize, flags)
        except (ValueError, EOFError, TypeError) as e:
            return "the tool failed: %r, exit status %s" % (e, self.process.poll())
        if theirs is None:
            if ours is not None:
                return "expected %r, got code" % (error,)
            if not same_error(error, our_error):
                return "expected %r, got %r" % (error, our_error)
            return None
        if ours is None:
            return "expected code, got %r" % (our_error,)
        found = difference(theirs, ours)
        if not found and warned != our_warned:
            found = "warnings: expected %r, got %r" % (warned, our_warned)
        return found
