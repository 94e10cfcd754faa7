"""Compile random programs with the front end and with the oracle, and compare code objects and errors.

Usage: random_check.py PATH_OF_pyjit_frontend_tool FIRST_SEED COUNT
The programs follow the grammar but not the rules beyond it, so that errors of scoping and nesting occur too.
"""
import random
import sys

import oracle_code

NAMES = "a b c self x y __p __class__ super print".split()
STATEMENTS = ("expr expr assign assign augassign annassign return break continue pass raise assert del global nonlocal import "
              "from if if while for with try try trystar match def class afor awith adef").split()
BINARY = "+ - * / // % ** << >> | & ^ @".split()
COMPARE = "< > == != <= >= is in".split() + ["is not", "not in"]


class Program:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.asynchronous = self.r.random() < 0.3
        self.loops = 0         # around the current line
        self.functions = 0
        self.star_handlers = 0
        self.comprehensions = 0

    def name(self):
        return self.r.choice(NAMES[:6]) if self.r.random() < 0.85 else self.r.choice(NAMES)

    def constant(self):
        return self.r.choice(["0", "1", "-1", "2.5", "0.0", "-0.0", "1j", "None", "True", "False", "...", "'s'", "'%s'", "''", "b'y'",
                              "10**20", "1e999", "255", "256", "()", "(1, 2)", "__debug__"])

    def several(self, make, low, high, separator=", "):
        return separator.join(make() for _ in range(self.r.randint(low, high)))

    def expr(self, depth=3):
        r = self.r
        if depth <= 0 or r.random() < 0.2:
            return self.constant() if r.random() < 0.4 else self.name()
        sub = lambda: self.expr(depth - 1)
        kind = r.randrange(24)
        if kind < 3:
            return "(%s %s %s)" % (sub(), r.choice(BINARY), sub())
        if kind < 5:
            return "(%s)" % self.several(sub, 2, 3, r.choice([" and ", " or "]))
        if kind == 5:
            return "(%s%s)" % (r.choice(["not ", "-", "~", "+"]), sub())
        if kind < 8:
            text = sub()
            for _ in range(r.choice([1, 1, 2, 3])):
                text += " %s %s" % (r.choice(COMPARE), sub())
            return "(%s)" % text
        if kind == 8:
            return "(%s if %s else %s)" % (sub(), sub(), sub())
        if kind < 11:
            return "%s(%s)" % (r.choice([self.name(), self.name() + "." + self.name(), "(%s)" % sub()]), self.arguments(depth - 1))
        if kind == 11:
            return "%s.%s" % (self.name(), self.name())
        if kind == 12:
            return "%s[%s]" % (r.choice([self.name(), "(1, 2)", "'abc'"]), r.choice([sub(), "%s:%s" % (sub(), sub()), "::2", "1:, 2"]))
        if kind == 13:
            return r.choice(["[%s]", "{%s}", "(%s,)"]) % self.several(lambda: r.choice(["", "", "", "*"]) + sub(), 1, 4)
        if kind == 14:
            return "{%s}" % self.several(lambda: "**" + sub() if r.random() < 0.2 else sub() + ": " + sub(), 0, 4)
        if kind < 18:
            form = r.choice(["[%s%s]", "{%s%s}", "(%s%s)", "{%s: 1%s}"])
            self.comprehensions += 1
            text = form % (sub(), self.comprehension(depth - 1))
            self.comprehensions -= 1
            return text
        if kind == 18:
            return "(lambda %s: %s)" % (self.parameters(depth - 1, False), sub())
        if kind == 19:
            return "f'%s{%s!r:>{%s}}%s'" % (r.choice(["", "t", "{{"]), self.name(), self.name(), r.choice(["", "u"]))
        if kind == 20 and (not self.comprehensions or self.rule_breaker()):
            return "(%s := %s)" % (r.choice("abxy"), sub())
        if kind == 21:
            if not (self.functions and not self.comprehensions) and not self.rule_breaker():
                return self.name()
            if self.asynchronous and not self.rule_breaker():
                return r.choice(["(yield)", "(await %s)" % sub()])
            if not self.rule_breaker():
                return r.choice(["(yield)", "(yield %s)" % sub(), "(yield from %s)" % sub()])
            return r.choice(["(yield)", "(yield %s)" % sub(), "(yield from %s)" % sub(), "(await %s)" % sub()])
        if kind == 22:
            return "('%s %%s %%5r' %% (%s, %s))" % (r.choice(["", "%%"]), self.name(), sub())
        return "(%s)" % self.several(lambda: self.constant(), 2, 4)

    def arguments(self, depth):
        forms = [self.r.choice(["", "", "", "*", "**", "k=", "m="]) for _ in range(self.r.randint(0, 3))]
        if self.r.random() < 0.98:
            forms = sorted(set(forms) if "k=" in forms or "m=" in forms else forms, key=["", "*", "k=", "m=", "**"].index)
        return ", ".join(form + self.expr(depth) for form in forms)

    def rule_breaker(self):
        return self.r.random() < 0.01

    def comprehension(self, depth):
        text = ""
        for _ in range(self.r.choice([1, 1, 2])):
            text += " %sfor %s in %s" % ("async " if self.asynchronous and self.functions and self.r.random() < 0.3 else "", self.target(),
                                         self.r.choice([self.expr(depth), "[%s]" % self.name(), "[1, 2]", "{1, 2}"]))
            for _ in range(self.r.choice([0, 0, 1, 2])):
                text += " if " + self.expr(depth)
        return text

    def parameters(self, depth, annotate=True):
        r = self.r
        names = r.sample(["a", "b", "c", "d", "e", "__f"], r.randint(0, 4))
        note = lambda: ": " + self.expr(1) if annotate and r.random() < 0.2 else ""
        parts, default = [], False
        for index, name in enumerate(names):
            default = default or r.random() < 0.3
            parts.append(name + note() + ("=" + self.expr(1) if default else ""))
            if index == 0 and r.random() < 0.2:
                parts.append("/")
        if r.random() < 0.3:
            parts.append("*g" + note())
            if r.random() < 0.5:
                parts.append("h" + note() + r.choice(["", "=1"]))
        if r.random() < 0.2:
            parts.append("**i" + note())
        return ", ".join(parts)

    def target(self):
        r = self.r
        return r.choice([self.name, self.name, lambda: self.name() + "." + self.name(), lambda: self.name() + "[0]",
                         lambda: "(%s, %s)" % (self.name(), self.name()), lambda: "[%s, *%s]" % (self.name(), self.name()),
                         lambda: "%s, (%s, %s), %s" % (self.name(), self.name(), self.name(), self.name())])()

    def pattern(self, depth=2):
        r = self.r
        sub = lambda: self.pattern(depth - 1)
        if depth <= 0:
            return r.choice(["_", "a", "b", "x", "1", "'s'", "None", "self.x", "-1"])
        return r.choice([
            sub, sub, lambda: "[%s]" % self.several(sub, 0, 3), lambda: "[%s, *%s, %s]" % (sub(), r.choice("_ay"), sub()),
            lambda: "(%s | %s)" % (sub(), sub()), lambda: "(%s as %s)" % (sub(), r.choice("cxy")),
            lambda: "{'k': %s, 1: %s%s}" % (sub(), sub(), r.choice(["", ", **c"])), lambda: "{}",
            lambda: "print(%s, m=%s)" % (sub(), sub())])()

    def line(self, indent, text):
        self.lines.append(" " * indent + text)

    def body(self, indent, depth):
        for _ in range(self.r.choice([1, 1, 2, 3])):
            self.statement(indent, depth)

    def block(self, indent, depth, head):
        if depth <= 0 and self.r.random() < 0.5:
            self.line(indent, head + " " + self.r.choice(["pass", self.expr(1), "del x", "x = 1"]))
        else:
            self.line(indent, head)
            self.body(indent + 1, depth - 1)

    def statement(self, indent, depth):
        r = self.r
        kind = r.choice(STATEMENTS if depth > 0 else STATEMENTS[:17])
        line = lambda text: self.line(indent, text)
        def block(head, loop=0, function=0, star=0):
            saved = self.loops, self.functions, self.star_handlers
            self.loops = (0 if function else self.loops + loop)
            self.functions = max(self.functions + function, 0)
            self.star_handlers = 0 if function or loop else self.star_handlers + star
            self.block(indent, depth, head)
            self.loops, self.functions, self.star_handlers = saved

        maybe = lambda chance: r.random() < chance
        if kind == "expr":
            line(self.expr())
        elif kind == "assign":
            line(" = ".join([self.target() for _ in range(r.choice([1, 1, 2]))] + [self.expr()]))
        elif kind == "augassign":
            line("%s %s= %s" % (r.choice(["x", "a.b", "a[1]", "__p"]), r.choice(BINARY), self.expr(2)))
        elif kind == "annassign":
            line("%s: %s%s" % (r.choice(["x", "a.b", "a[1:2]", "(y)"]), self.expr(1), r.choice(["", " = " + self.expr(1)])))
        elif kind == "return":
            if (self.functions and not self.star_handlers) or self.rule_breaker():
                line("return " + r.choice(["", "", self.expr(2), self.constant()][:2 if self.asynchronous else 4]))
            else:
                line("x")
        elif kind in ("break", "continue"):
            line(kind if (self.loops and not self.star_handlers) or self.rule_breaker() else "pass")
        elif kind == "pass":
            line(kind)
        elif kind == "raise":
            line(r.choice(["raise", "raise " + self.expr(1), "raise x from " + self.expr(1)]))
        elif kind == "assert":
            line("assert " + self.expr(2) + r.choice(["", ", 'm'"]))
        elif kind == "del":
            line("del " + self.target().replace("*", ""))
        elif kind in ("global", "nonlocal"):
            line("%s %s" % (kind, r.choice("abxyz")) if maybe(0.05) else "pass")
        elif kind == "import":
            line(r.choice(["import a", "import a.b", "import a.b.c as x", "import a as y, b"]))
        elif kind == "from":
            line(r.choice(["from a import b", "from . import b as x", "from ..a.b import (c, x as y)"]))
        elif kind == "if":
            block("if %s:" % self.expr(2))
            if maybe(0.3):
                block("elif %s:" % self.expr(1))
            if maybe(0.4):
                block("else:")
        elif kind == "while":
            block("while %s:" % r.choice([self.expr(2), "True", "1", "0"]), loop=1)
            if maybe(0.2):
                block("else:")
        elif kind in ("for", "afor"):
            block("%sfor %s in %s:" % ("async " if kind == "afor" and self.asynchronous and self.functions else "", self.target(), self.expr(2)), loop=1)
            if maybe(0.2):
                block("else:")
        elif kind in ("with", "awith"):
            items = self.several(lambda: self.expr(1) + r.choice(["", " as x", " as (a, b)"]), 1, 2)
            block("%swith %s:" % ("async " if kind == "awith" and self.asynchronous and self.functions else "", items))
        elif kind in ("try", "trystar"):
            block("try:")
            star = "*" if kind == "trystar" else ""
            handlers = r.randint(0, 2)
            for _ in range(handlers):
                block("except%s %s%s:" % (star, self.expr(1), r.choice(["", " as x", " as e"])), star=bool(star))
            if handlers and not star and maybe(0.3):
                block("except:")
            if handlers and maybe(0.3):
                block("else:")
            if not handlers or maybe(0.3):
                block("finally:")
        elif kind == "match":
            line("match %s:" % self.expr(1))
            for _ in range(r.randint(1, 3)):
                self.block(indent + 1, depth, "case %s%s:" % (self.pattern(), r.choice(["", "", " if " + self.expr(1)])))
        elif kind in ("def", "adef"):
            if maybe(0.2):
                line("@" + self.expr(1))
            arrow = " -> " + self.expr(1) if maybe(0.2) else ""
            head = "async def" if self.asynchronous else "def"
            block("%s %s(%s)%s:" % (head, self.name(), self.parameters(1), arrow), function=1)
        elif kind == "class":
            if maybe(0.2):
                line("@" + self.expr(1))
            block("class %s(%s):" % (r.choice(["C", "__D", "x"]), self.arguments(1)), function=-9)

    def literal(self):
        r = self.r
        return r.choice([
            lambda: str(r.choice([0, 1, 2, 3, 7, 63, 64, 127, 128, 129, 1000, 4096, 4097])),
            lambda: str(r.getrandbits(r.choice([8, 31, 53, 54, 63, 64, 65, 100, 128, 200]))),
            lambda: repr(r.choice([0.0, 0.5, 1.0, 1.5, 1e16, 1e300, 5e-324, 0.1, 3.0])),
            lambda: "1e999", lambda: r.choice(["1j", "2.5j", "0j", "1e308j"]),
            lambda: r.choice(["True", "False", "None", "..."]),
            lambda: r.choice(["'ab'", "''", "'\\u20acx'", "'%'", "b'ab'", "b''"]),
            lambda: r.choice(["()", "(1,)", "(1, 2.5, 'x')", "((1, 2), (3,))", "[1, 2]", "{1, 2}"])])()

    def constant_expression(self, depth=3):
        r = self.r
        if depth == 0 or r.random() < 0.15:
            return self.literal()
        sub = lambda: self.constant_expression(depth - 1)
        kind = r.randrange(10)
        if kind < 6:
            return "(%s %s %s)" % (sub(), r.choice(BINARY), sub())
        if kind == 6:
            return "(%s%s)" % (r.choice(["-", "~", "+", "not "]), sub())
        if kind == 7:
            return "%s[%s]" % (sub(), r.choice([sub(), "-1", "0", "1", "True", "1:2"]))
        if kind == 8:
            return "(%s in {%s})" % (self.name(), self.several(sub, 1, 4))
        return "(%s)" % self.several(sub, 2, 3)

    def constants(self):
        for _ in range(12):
            self.line(0, "x = " + self.constant_expression())
        return "\n".join(self.lines) + "\n"

    def text(self):
        if self.r.random() < 0.15:
            return self.constants()
        if self.r.random() < 0.1:
            self.line(0, "from __future__ import annotations")
        for _ in range(self.r.randint(1, 3)):
            if self.r.random() < 0.7:
                head = "%sdef f(%s):" % ("async " if self.asynchronous else "", self.parameters(1))
                self.functions += 1
                self.block(0, 3, head)
                self.functions -= 1
            else:
                self.statement(0, 3)
        return "\n".join(self.lines) + "\n"


def main():
    tool = oracle_code.Tool(sys.argv[1])
    first, count = int(sys.argv[2]), int(sys.argv[3])
    bad = refused = 0
    for seed in range(first, first + count):
        source = Program(seed).text()
        optimize = seed % 3 if seed % 2 else 0
        found = tool.check(source, optimize=optimize)
        refused += oracle_code.expected(source)[1] is not None
        if found:
            bad += 1
            if bad <= 10:
                print("seed %d, -O%d\n%s   %s" % (seed, optimize, source, found[:900]))
            if tool.process.poll() is not None:
                tool = oracle_code.Tool(sys.argv[1])
    print("%d of %d programs agree, %d of them refused by both" % (count - bad, count, refused))
    sys.exit(bad != 0)


main()
