"""The oracle's trees and errors in the form that frontend_dump prints, and the dialogue with that program."""
import ast
import struct
import subprocess
import warnings

STR, BARRY, DONT_IMPLY_DEDENT, INCOMPLETE, TYPE_COMMENTS = 1, 2, 4, 8, 16
PY_BARRY, PY_DONT_IMPLY_DEDENT, PY_INCOMPLETE, PY_TYPE_COMMENTS, PY_ONLY_AST = 0x400000, 0x200, 0x4000, 0x1000, 0x400


def constant(value):
    kind = type(value)
    if kind is int:
        return "%x" % value
    if kind is str:
        return "s" + value.encode("utf-8", "surrogatepass").hex()
    if kind is bytes:
        return "b" + value.hex()
    if kind is float:
        return "f" + struct.pack(">d", value).hex()
    if kind is complex:
        return "c" + struct.pack(">d", value.imag).hex()
    return "..." if value is ... else repr(value)


def dump(node, out):
    kind = type(node)
    out.append(("\n" if issubclass(kind, ast.stmt) else "") + kind.__name__ + "(")
    for name in kind._fields:
        value = getattr(node, name)
        if name == "value" and (kind is ast.Constant or kind is ast.MatchSingleton):
            out.append(constant(value))
        elif type(value) is list:
            out.append("[")
            for item in value:
                item_out(item, out)
                out.append(",")
            out.append("]")
        else:
            item_out(value, out)
        out.append(",")
    out.append(")")
    if kind._attributes:
        out.append("@%d:%d-%d:%d" % (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))


def item_out(value, out):
    if not isinstance(value, ast.AST):
        out.append(value if type(value) is str else str(value))
    elif not value._fields and isinstance(value, (ast.expr_context, ast.operator, ast.cmpop, ast.unaryop, ast.boolop)):
        out.append(type(value).__name__)
    else:
        dump(value, out)


def error(e):
    text = "E" + type(e).__name__ + "|"
    if isinstance(e, SyntaxError):
        return text + "|".join(map(str, (e.msg, e.lineno, e.offset, e.end_lineno if e.end_lineno is not None else 0,
                                         e.end_offset if e.end_offset is not None else 0, e.text)))
    return text + str(e)


def expected(source, mode, flags):
    """What the oracle's parser says; None when the error is the compiler's and not the parser's."""
    py_flags = PY_ONLY_AST
    for ours, theirs in ((BARRY, PY_BARRY), (DONT_IMPLY_DEDENT, PY_DONT_IMPLY_DEDENT), (INCOMPLETE, PY_INCOMPLETE),
                         (TYPE_COMMENTS, PY_TYPE_COMMENTS)):
        if flags & ours:
            py_flags |= theirs
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = compile(source, "<oracle>", mode, py_flags, dont_inherit=True)
        except (SyntaxError, ValueError, MemoryError, OverflowError, RecursionError) as e:
            out = [error(e)]
        else:
            out = []
            dump(tree, out)
    for w in caught:
        out.append("\nW%s|%s|%d" % (w.category.__name__, w.message, w.lineno))
    return "".join(out).encode("utf-8", "surrogatepass")


class Frontend:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def parse(self, source, mode, flags):
        if isinstance(source, str):
            source = source.encode("utf-8", "surrogatepass")
            flags |= STR
        self.process.stdin.write(b"%s %d %d\n" % (mode.encode(), flags, len(source)) + source)
        self.process.stdin.flush()
        size = int(self.process.stdout.readline())
        return self.process.stdout.read(size)


def show_difference(ours, theirs, limit=3):
    a, b = ours.decode("utf-8", "replace").split("\n"), theirs.decode("utf-8", "replace").split("\n")
    shown = 0
    for i in range(max(len(a), len(b))):
        x, y = (a[i] if i < len(a) else "<end>"), (b[i] if i < len(b) else "<end>")
        if x != y:
            at = next((k for k in range(min(len(x), len(y))) if x[k] != y[k]), min(len(x), len(y)))
            start = max(0, at - 100)
            print("   ours   ", x[start:at + 160])
            print("   oracle ", y[start:at + 160])
            shown += 1
            if shown == limit:
                break
