"""Turns a seed into a Python program: random, deterministic, and bound to end.

Termination and size: every statement knows about how often it runs (`times`); loops and calls that would take the product beyond
WORK are not generated. Values stay small: assignments in loops reduce ints by a modulus (some beyond 48 and 64 bits), cut strings
and trim lists. Programs print nothing that CPython does not promise: no addresses, no finalizers, no NaN identity.

Types of expressions: i int, f float, s str, b bool, l list of ints, t tuple, d dict, o instance of a generated class, a anything.
"""
import random

WORK = 12000
MODULI = [97, 1009, 65536, 1000003, (1 << 31) - 1, 1 << 47, (1 << 47) + 5, 1 << 48, (1 << 50) + 3, 1 << 62, (1 << 64) + 13, 1 << 70]
INTS = [0, 1, 2, 3, 5, 7, 10, 31, 255, -1, -2, -7, 1 << 20, (1 << 47) - 1, 1 << 47, -(1 << 47), (1 << 48) + 1, (1 << 63) - 1, 1 << 64, -(1 << 65)]
FLOATS = [0.0, 1.0, -1.0, 0.5, 2.25, 1e10, -3.75, 1e300, 1e-300, 100.0]
STRINGS = ["", "a", "b", "xyz", "key", "12", "-7", "3.5", "\\u00e9t\\u00e9", "\\u65e5\\u672c", "long text with words", "A,B,C"]

HEADER = '''\
import sys
H = 17
def chk(v):
    global H
    if type(v) is int:
        H = (H * 31 + v) % 2305843009213693951
    else:
        for c in repr(v)[:60]:
            H = (H * 33 + ord(c)) % 2305843009213693951
def log(*a):
    print(*[repr(x)[:200] for x in a])
def lines(e):
    t = e.__traceback__
    r = []
    while t is not None and len(r) < 12:
        r.append((t.tb_frame.f_code.co_name, t.tb_lineno))
        t = t.tb_next
    return r
class E0(Exception):
    pass
class E1(E0):
    def __init__(self, v):
        super().__init__(v)
        self.v = v
class E2(ValueError):
    def __str__(self):
        return "E2:" + repr(self.args)
'''


class Function:
    def __init__(self, name, params, result, cost, kind="plain"):
        self.name, self.params, self.result, self.cost, self.kind = name, params, result, cost, kind


class Scope:
    """Names that certainly have a value here, by type."""

    def __init__(self, outer=None):
        self.names = {k: list(v) for k, v in outer.names.items()} if outer else {}
        self.assignable = dict.fromkeys(sum(self.names.values(), [])) if outer else {}

    def add(self, kind, name, assignable=True):
        if name not in self.names.setdefault(kind, []):
            self.names[kind].append(name)
        if assignable:
            self.assignable[name] = None

    def get(self, kind):
        return self.names.get(kind, [])


class Program:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.indent = 0
        self.times = 1
        self.counter = 0
        self.functions = []
        self.generators = []
        self.classes = []
        self.managers = []
        self.loop_depth = 0
        self.in_loop = False
        self.in_function = None    # None, "plain" or "generator"
        self.depth = 0
        self.globals_declared = set()
        self.cost = 0
        self.protect = set()       # loop variables: not assigned in the loop

    # --- output
    def emit(self, text):
        self.lines.append("    " * self.indent + text)
        self.cost += self.times

    def block(self, head):
        self.emit(head)
        self.indent += 1

    def end(self):
        self.indent -= 1

    def fresh(self, prefix):
        self.counter += 1
        return f"{prefix}{self.counter}"

    def chance(self, p):
        return self.r.random() < p

    def pick(self, items):
        return self.r.choice(items)

    # --- expressions
    def expr(self, kind, scope, depth=2):
        return getattr(self, "expr_" + kind)(scope, depth)

    def name_or(self, kind, scope, default, p=0.85):
        names = scope.get(kind)
        return self.pick(names) if names and self.chance(p) else default()

    def call_of(self, result, scope, depth):
        fits = [f for f in self.functions if f.result == result and f.cost * self.times <= WORK]
        if not fits:
            return None
        f = self.pick(fits)
        return self.call_text(f, scope, depth)

    def call_text(self, f, scope, depth):
        args, named = [], False
        for name, kind, style in f.params:
            if style == "default" and self.chance(0.4):
                named = True
                continue
            if style == "star":
                if not named:
                    args += [self.expr("i", scope, 0) for _ in range(self.r.randint(0, 2))]
                continue
            if style == "kwargs":
                if self.chance(0.5):
                    args.append(f"zz={self.expr('i', scope, 0)}")
                continue
            text = f"self.r{name}" if style == "depth?" else self.expr(kind, scope, depth - 1)
            if style == "depth":
                text = str(self.r.randint(1, 5))
            if style == "keyword" or named or (style == "default" and self.chance(0.3)):
                named = True
                args.append(f"{name}={text}")
            else:
                args.append(text)
        self.cost += self.times * f.cost
        return f"{f.name}({', '.join(args)})"

    def expr_i(self, scope, depth):
        leaf = lambda: self.name_or("i", scope, lambda: str(self.pick(INTS)) if self.chance(0.7) else str(self.r.randint(-50, 200)), 0.75)
        if depth <= 0 or self.chance(0.2):
            return leaf()
        r = self.r.random()
        e = lambda k="i", d=depth - 1: self.expr(k, scope, d)
        if r < 0.42:
            return f"({e()} {self.pick(['+', '-', '*', '+', '-', '&', '|', '^'])} {e()})"
        if r < 0.50:
            return f"({e()} {self.pick(['//', '%'])} {self.pick(['3', '7', '10', '-3', '64', '1', leaf() + ' or 1'])})".replace("% " + "x", "% x") if self.chance(0.8) \
                else f"({e()} {self.pick(['//', '%'])} ({leaf()} or 3))"
        if r < 0.55:
            return f"({e()} {self.pick(['<<', '>>'])} {self.r.randint(0, 12)})"
        if r < 0.58:
            return self.pick([f"(-{e()})", f"(~{e()})", f"abs({e()})"])
        if r < 0.62:
            return f"({e()} if {e('b')} else {e()})"
        if r < 0.66:
            return f"len({e(self.pick('slld'), 0)})"
        if r < 0.70:
            return self.pick([f"min({e()}, {e()})", f"max({e()}, {e()}, {e()})", f"int({e('b')})", f"divmod({e()}, 7)[{self.r.randint(0, 1)}]", f"hash({e('s', 0)}) * 0",
                              f"ord(({e('s', 0)} or 'q')[0])", f"int({e('f', 0)} % 1000.0)", f"({e()}).bit_length()", f"pow({leaf()} % 50, {self.r.randint(0, 5)})",
                              f"int(str({leaf()}))"])
        if r < 0.76 and scope.get("l"):
            l = self.pick(scope.get("l"))
            return self.pick([f"{l}[{leaf()} % len({l})]", f"{l}[-1]", f"sum({l})", f"{l}.count({leaf()})", f"max({l})", f"{l}[{self.r.randint(0, 2)}]"]) if self.chance(0.9) \
                else f"{l}[{leaf()}]"
        if r < 0.80 and scope.get("d"):
            d = self.pick(scope.get("d"))
            return self.pick([f"{d}.get({e(self.pick('is'), 0)}, {leaf()})", f"sum({d}.values())", f"len({d})", f"{d}.setdefault({leaf()} % 50, {leaf()})"])
        if r < 0.88 and scope.get("o"):
            o = self.pick(scope.get("o"))
            return self.pick([f"{o}.x", f"{o}.x", f"{o}.m0({leaf()})", f"{o}.m1({leaf()})", f"{o}.p", f"{o}.k", f"len({o})", f"{o}[{leaf()} % 5]", f"({o} + {leaf()}).x"])
        if r < 0.95:
            return self.call_of("i", scope, depth) or leaf()
        if scope.get("l") and self.times * 8 < WORK:
            l, v = self.pick(scope.get("l")), self.fresh("q")
            inner = Scope(scope)
            inner.add("i", v)
            self.times *= 6
            body, cond = self.expr_i(inner, 1), self.expr_b(inner, 1)
            self.times //= 6
            return self.pick([f"sum({body} for {v} in {l})", f"sum([{body} for {v} in {l} if {cond}])", f"len([{v} for {v} in {l} if {cond}])",
                              f"int(any({cond} for {v} in {l}))", f"int(all({cond} for {v} in {l}))", f"next(({body} for {v} in {l} if {cond}), {leaf()})",
                              f"len({{{body} for {v} in {l}}})", f"max((({body}) for {v} in {l}), default=0)"])
        return leaf()

    def expr_f(self, scope, depth):
        leaf = lambda: self.name_or("f", scope, lambda: repr(self.pick(FLOATS)))
        if depth <= 0 or self.chance(0.25):
            return leaf()
        e = lambda k="f": self.expr(k, scope, depth - 1)
        return self.pick([
            lambda: f"({e()} {self.pick(['+', '-', '*'])} {e()})",
            lambda: f"({e()} {self.pick(['+', '-', '*'])} {e('i')} % 1000)",
            lambda: f"({e()} / {self.pick(['2.0', '3', '0.25', '-7.0'])})",
            lambda: f"({e('i')} % 100000 / {self.pick(['2', '3.0', '7'])})",
            lambda: f"float({e('i')} % 100000)",
            lambda: f"(-{e()})",
            lambda: f"abs({e()})",
            lambda: f"({e()} if {e('b')} else {e()})",
            lambda: f"min({e()}, {e()})",
            lambda: f"round({e()} % 1000.0, 2)",
            lambda: f"({e()} % 7.5)",
            lambda: f"({e()} // 2.0)",
            lambda: self.call_of("f", scope, depth) or leaf(),
        ])()

    def expr_b(self, scope, depth):
        if depth <= 0:
            return self.name_or("b", scope, lambda: self.pick(["True", "False"]), 0.7)
        e = lambda k: self.expr(k, scope, depth - 1)
        cmp = lambda: self.pick(["<", "<=", "==", "!=", ">", ">="])
        return self.pick([
            lambda: f"({e('i')} {cmp()} {e('i')})", lambda: f"({e('i')} {cmp()} {e('i')})", lambda: f"({e('i')} % {self.r.randint(2, 9)} == {self.r.randint(0, 3)})",
            lambda: f"({e('f')} {cmp()} {e('f')})", lambda: f"({e('i')} {cmp()} {e('f')})", lambda: f"({e('s')} {cmp()} {e('s')})",
            lambda: f"({e('i')} in {e('l')})", lambda: f"({e('s')} in {e('d')})", lambda: f"(not {e('b')})", lambda: f"({e('b')} and {e('b')})",
            lambda: f"({e('b')} or {e('b')})", lambda: f"({e('a')} is None)", lambda: f"({e('a')} == {e('a')})", lambda: f"({e('i')} < {e('i')} <= {e('i')})",
            lambda: f"isinstance({e('a')}, {self.pick(['int', 'str', '(int, float)', 'list'])})", lambda: f"bool({e('a')})",
        ])()

    def expr_s(self, scope, depth):
        leaf = lambda: self.name_or("s", scope, lambda: f'"{self.pick(STRINGS)}"', 0.6)
        if depth <= 0 or self.chance(0.25):
            return leaf()
        e = lambda k="s": self.expr(k, scope, depth - 1)
        return self.pick([
            lambda: f"({e()} + {e()})[:40]", lambda: f"{e()}[{self.r.randint(-3, 3)}:{self.r.randint(-3, 9)}]", lambda: f"str({e('i')})", lambda: f"({e()} * {self.r.randint(0, 3)})[:30]",
            lambda: f"f\"{{{e('i')}}}|{{{e('i')}:>6}}\"".replace('"key"', "'k'") if False else f"'%s-%d' % ({e()}, {e('i')})", lambda: f"{e()}.upper()", lambda: f"{e()}.replace('a', 'bc')",
            lambda: f"','.join([{e()}, {e()}])", lambda: f"repr({e('f')})", lambda: f"({e()} if {e('b')} else {e()})", lambda: f"{e()}.strip('1')", lambda: f"({e()} or '?')[{self.pick(['0', '-1'])}]",
            lambda: f"chr(97 + {e('i')} % 26)", lambda: f"str({e('a')})[:20]", lambda: self.call_of("s", scope, depth) or leaf(),
            lambda: f"format({e('i')}, {self.pick([repr('d'), repr('x'), repr('08')])})",
        ])()

    def expr_l(self, scope, depth):
        leaf = lambda: self.name_or("l", scope, lambda: f"[{', '.join(str(self.r.randint(-9, 99)) for _ in range(self.r.randint(1, 6)))}]", 0.8)
        if depth <= 0 or self.chance(0.3):
            return leaf()
        e = lambda k="l": self.expr(k, scope, depth - 1)
        return self.pick([
            lambda: f"[{e('i')}, {e('i')}, {e('i')}]", lambda: f"({e()} + {e()})[:24]", lambda: f"{e()}[{self.r.randint(0, 2)}:] or [1]", lambda: f"{e()}[::-1]",
            lambda: f"sorted({e()})", lambda: f"list(range({self.r.randint(1, 9)}))", lambda: f"[v % 1009 for v in {e()}]", lambda: f"[v for v in {e()} if v % 2] or [0]",
            lambda: f"list(map(abs, {e()}))", lambda: f"[*{e()}, {e('i')}][-9:]", lambda: f"[a + b for a, b in zip({e()}, {e()})] or [3]",
            lambda: f"[i * v for i, v in enumerate({e()})]",
        ])()

    def expr_t(self, scope, depth):
        return f"({self.expr('i', scope, depth - 1)}, {self.expr(self.pick('isf'), scope, depth - 1)})"

    def expr_d(self, scope, depth):
        leaf = lambda: self.name_or("d", scope, lambda: "{'a': 1, 'key': 2, 3: 4}", 0.9)
        if depth <= 0 or self.chance(0.6):
            return leaf()
        e = lambda k: self.expr(k, scope, depth - 1)
        return self.pick([lambda: f"{{'a': {e('i')}, {e('i')}: {e('i')}}}", lambda: f"{{k: k * 2 for k in {e('l')}}}", lambda: f"{{**{e('d')}, 'z': {e('i')}}}",
                          lambda: f"dict(a={e('i')}, b={e('i')})"])()

    def expr_o(self, scope, depth):
        def make():
            if not self.classes:
                return "None"
            return f"{self.pick(self.classes)}({self.expr('i', scope, 0)})"
        return self.name_or("o", scope, make, 0.6)

    def expr_a(self, scope, depth):
        kind = self.pick("iifsbltdan")
        if kind == "n":
            return "None"
        if kind == "a":
            return self.name_or("a", scope, lambda: self.pick(["None", "3", "'s'", "2.5"]))
        return self.expr(kind, scope, depth - 1 if depth > 0 else 0)

    # --- statements
    def bounded(self, kind, scope, depth=2):
        """An expression to assign: bounded when it may be repeated."""
        text = self.expr(kind, scope, depth)
        if kind == "i" and self.times > 1:
            return f"{text} % {self.pick(MODULI)}"
        if kind == "s" and self.times > 1:
            return f"({text})[:{self.r.randint(5, 40)}]"
        if kind == "l" and self.times > 1:
            return f"[v % {self.pick(MODULI)} for v in ({text})[:12]] or [1]"
        if kind == "f" and self.times > 1:
            return f"{text} % {self.pick(['1e6', '977.5', '3.0'])}"
        if kind == "a" and self.times > 1:
            return f"cut({text})"
        return text

    def targets(self, kind, scope):
        return [n for n in scope.get(kind) if n in scope.assignable and n not in self.protect]

    def body(self, scope, budget, minimum=1):
        n = self.r.randint(minimum, max(minimum, min(budget, 5)))
        before = len(self.lines)
        for _ in range(n):
            if not self.statement(scope, budget - 1):
                break
        if len(self.lines) == before:
            self.emit("pass")

    def statement(self, scope, budget):
        """False: control does not go on behind it."""
        choices = [(self.st_assign, 10), (self.st_augmented, 8), (self.st_container, 6), (self.st_check, 3), (self.st_unpack, 2), (self.st_attribute, 6), (self.st_call, 3),
                   (self.st_type_unstable, 3), (self.st_global, 2)]
        if budget > 0:
            choices += [(self.st_if, 7), (self.st_for, 7), (self.st_while, 3), (self.st_try, 6), (self.st_with, 2), (self.st_match, 2), (self.st_generator_use, 4),
                        (self.st_mutate, 2), (self.st_closure, 2)]
        if self.in_loop:
            choices += [(self.st_leave_loop, 2)]
        if self.in_function == "generator" and self.times < 400:
            choices += [(self.st_yield, 8)]
        if self.depth > 0:
            choices += [(self.st_raise, 1)]
        total = sum(w for _, w in choices)
        at = self.r.random() * total
        for f, w in choices:
            at -= w
            if at <= 0:
                return f(scope, budget) is not False
        return True

    def st_assign(self, scope, budget):
        kind = self.pick("iiiffsblda")
        names = self.targets(kind, scope)
        if not names:
            return
        self.emit(f"{self.pick(names)} = {self.bounded(kind, scope)}")

    def st_augmented(self, scope, budget):
        names = self.targets("i", scope)
        if not names:
            return
        n = self.pick(names)
        op = self.pick(["+=", "-=", "+=", "^=", "|=", "&=", "*=", "//=", ">>="])
        if op == "*=" and self.times > 1:
            self.emit(f"{n} = {n} * {self.expr('i', scope, 1)} % {self.pick(MODULI)}")
        elif op == "//=":
            self.emit(f"{n} //= {self.pick(['3', '2', '-5'])}")
        elif op == ">>=":
            self.emit(f"{n} >>= {self.r.randint(0, 3)}")
        else:
            self.emit(f"{n} {op} {self.bounded('i', scope)}")

    def st_type_unstable(self, scope, budget):
        names = self.targets("a", scope)
        if not names:
            return
        n = self.pick(names)
        self.emit(f"{n} = {self.expr('i', scope, 1)} % 1000 if {self.expr('b', scope, 1)} else {self.bounded(self.pick('fsan'.replace('n', 'a')), scope, 1)}")

    def st_container(self, scope, budget):
        r = self.r.random()
        if r < 0.55 and scope.get("l"):
            l = self.pick(scope.get("l"))
            v = self.bounded("i", scope, 1)
            self.emit(self.pick([f"{l}.append({v})", f"{l}[{self.expr('i', scope, 0)} % len({l})] = {v}", f"{l}[0] = {v}", f"{l}.insert(1, {v})",
                                 f"{l}.reverse()", f"{l}.sort()", f"{l} += [{v}]" if l in scope.assignable and l not in self.protect else f"{l}.extend([{v}])",
                                 f"{l}[1:2] = [{v}, 5]", f"{l}[-1] += 3"]))
            self.emit(f"if len({l}) > 20: del {l}[{self.r.randint(1, 10)}:]")
        elif scope.get("d"):
            d = self.pick(scope.get("d"))
            key = self.pick([self.expr("i", scope, 0) + " % 20", self.expr("s", scope, 0), "'a'", f"({self.expr('i', scope, 0)} % 4, 1)"])
            self.emit(self.pick([f"{d}[{key}] = {self.bounded('i', scope, 1)}", f"{d}['a'] = {d}.get('a', 0) + 1", f"{d}.pop({key}, None)",
                                 f"{d}.setdefault({key}, {self.expr('i', scope, 0)})"]))
            self.emit(f"if len({d}) > 16: {d}.clear()")

    def st_check(self, scope, budget):
        kind = self.pick("iifsblda")
        if self.times <= 40 and self.chance(0.3):
            self.emit(f"log({self.counter}, {self.expr(kind, scope, 1)})")
        else:
            self.emit(f"chk({self.expr(kind, scope, 1)})")

    def st_unpack(self, scope, budget):
        names = self.targets("i", scope)
        if len(names) < 2:
            return
        a, b = self.r.sample(names, 2)
        m = self.pick(MODULI)
        self.emit(self.pick([f"{a}, {b} = {b}, {a}", f"{a}, {b} = {self.expr('i', scope, 1)} % {m}, {self.expr('i', scope, 1)} % {m}",
                             f"{a}, *rest = {self.expr('l', scope, 1)}", f"{a}, {b} = divmod({self.expr('i', scope, 1)}, 13)"]))

    def st_attribute(self, scope, budget):
        objects = scope.get("o")
        if not objects:
            return
        o = self.pick(objects)
        v = self.bounded("i", scope, 1)
        self.emit(self.pick([f"{o}.x = {v}", f"{o}.x += {self.expr('i', scope, 0)} % 1000", f"{o}.m2({v})", f"{o}.y = {self.bounded(self.pick('ifsa'), scope, 1)}",
                             f"{o}.p = {v}", f"{o}.items.append({v}); del {o}.items[:-8]", f"chk({o}.y)", f"{o}[{self.expr('i', scope, 0)} % 5] = {v}",
                             f"{o}.z{self.r.randint(0, 3)} = {v}", f"chk(getattr({o}, 'z{self.r.randint(0, 3)}', None))", f"{o}.__dict__['w'] = {v}" if self.chance(0.1) else f"chk({o}.m1({v}))"]))
        if o in self.targets("o", scope) and self.chance(0.15) and self.classes:
            self.emit(f"{o} = {self.pick(self.classes)}({self.expr('i', scope, 0)})")

    def st_call(self, scope, budget):
        fits = [f for f in self.functions if f.cost * self.times <= WORK]
        if fits:
            f = self.pick(fits)
            self.emit(f"chk({self.call_text(f, scope, 1)})")

    def st_global(self, scope, budget):
        names = [g for g in ("G0", "G1", "G2") if self.in_function is None or g in self.globals_declared]
        if names:
            g = self.pick(names)
            self.emit(f"{g} = ({g} + {self.expr('i', scope, 1)}) % {self.pick(MODULI)}")

    def st_if(self, scope, budget):
        self.block(f"if {self.expr('b', scope, 2)}:")
        self.depth += 1
        self.body(Scope_view(scope), budget)
        self.end()
        if self.chance(0.3):
            self.block(f"elif {self.expr('b', scope, 1)}:")
            self.body(Scope_view(scope), budget - 1)
            self.end()
        if self.chance(0.5):
            self.block("else:")
            self.body(Scope_view(scope), budget - 1)
            self.end()
        self.depth -= 1

    def loop_count(self):
        limit = WORK // max(self.times, 1)
        if limit < 2:
            return 0
        return min(limit, self.pick([2, 3, 5, 8, 20, 70, 150, 400, 900]))

    def loop_body(self, scope, budget, n, variable=None):
        saved = (self.times, self.in_loop, self.loop_depth)
        self.times *= max(n, 1)
        self.in_loop = True
        self.loop_depth += 1
        self.depth += 1
        if variable:
            self.protect.add(variable)
        self.body(scope, budget, 2)
        self.protect.discard(variable)
        self.depth -= 1
        self.times, self.in_loop, self.loop_depth = saved

    def st_for(self, scope, budget):
        n = self.loop_count()
        if not n or self.loop_depth > 3:
            return
        v = self.fresh("i")
        inner = Scope_view(scope)
        r = self.r.random()
        if r < 0.45:
            self.block(self.pick([f"for {v} in range({n}):", f"for {v} in range({self.r.randint(-9, 9)}, {n}):", f"for {v} in range({n}, 0, -{self.r.randint(1, 3)}):"]))
            inner.add("i", v)
        elif r < 0.6 and scope.get("l"):
            n = min(n, 20)
            self.block(f"for {v} in {self.expr('l', scope, 1)}:" if self.chance(0.5) else f"for {v} in list({self.pick(scope.get('l'))}):")
            inner.add("i", v)
        elif r < 0.7:
            w = self.fresh("i")
            self.block(f"for {w}, {v} in enumerate(range({n})):")
            inner.add("i", v)
            inner.add("i", w)
        elif r < 0.78 and scope.get("d"):
            n = min(n, 16)
            self.block(f"for {v} in list({self.pick(scope.get('d'))}):")
            inner.add("a", v)
        elif r < 0.84:
            n = min(n, 20)
            self.block(f"for {v} in {self.expr('s', scope, 1)}:")
            inner.add("s", v)
        elif r < 0.9 and scope.get("o"):
            n = min(n, 8)
            self.block(f"for {v} in {self.pick(scope.get('o'))}:")
            inner.add("i", v)
        else:
            w = self.fresh("i")
            n = min(n, 20)
            self.block(f"for {v}, {w} in zip(range({n}), {self.expr('l', scope, 1)} * 4):")
            inner.add("i", v)
            inner.add("i", w)
        self.loop_body(inner, budget, n, v)
        self.end()
        if self.chance(0.15):
            self.block("else:")
            self.body(Scope_view(scope), 1)
            self.end()

    def st_while(self, scope, budget):
        n = self.loop_count()
        if not n or self.loop_depth > 3:
            return
        v = self.fresh("w")
        self.emit(f"{v} = 0")
        cond = f"{v} < {n}" if self.chance(0.7) else f"{v} < {n} and {self.expr('b', scope, 1)}"
        inner = Scope_view(scope)
        inner.add("i", v)
        if self.chance(0.2):
            self.block("while True:")
            self.emit(f"if not ({cond}): break")
        else:
            self.block(f"while {cond}:")
        self.emit(f"{v} += {self.pick([1, 1, 1, 2])}")
        self.loop_body(inner, budget, n, v)
        self.end()
        if self.chance(0.15):
            self.block("else:")
            self.body(Scope_view(scope), 1)
            self.end()

    def st_leave_loop(self, scope, budget):
        self.block(f"if {self.expr('b', scope, 2)}:")
        self.emit(self.pick(["break", "continue", "continue"]))
        self.end()

    def raising(self, scope):
        """A statement that may raise."""
        i = lambda: self.expr("i", scope, 1)
        return self.pick([
            lambda: f"if {i()} % {self.r.randint(2, 6)} == 0: raise E1({i()})", lambda: f"if {self.expr('b', scope, 1)}: raise E2({i()}, 'x')", lambda: "raise E0",
            lambda: f"chk([1, 2, 3][{i()} % 5])", lambda: f"chk({{1: 2, 3: 4}}[{i()} % 5])", lambda: f"chk(10 // ({i()} % 3))", lambda: f"chk(int({self.expr('s', scope, 1)}))",
            lambda: f"chk(next(iter([{i()}][:{i()} % 2])))", lambda: f"chk({self.expr('a', scope, 1)} + 1)", lambda: f"chk({self.expr('a', scope, 1)}.upper())",
            lambda: f"chk(may_raise({i()}))", lambda: f"chk(may_raise({i()}))", lambda: f"a_, b_ = {self.expr('l', scope, 1)}", lambda: f"assert {self.expr('b', scope, 1)}, {i()}",
            lambda: f"chk((1 / ({i()} % 4)))", lambda: f"chk(deep_raise({self.r.randint(1, 4)}, {i()}))", lambda: f"chk(undefined_name_{self.r.randint(0, 1)})",
            lambda: f"raise KeyError({i()}) from (None if {self.expr('b', scope, 1)} else E1(1))",
        ])()

    def st_raise(self, scope, budget):
        if self.tries > 0:
            self.emit(self.raising(scope))

    tries = 0

    def st_try(self, scope, budget):
        self.block("try:")
        self.tries += 1
        self.depth += 1
        inner = Scope_view(scope)
        if self.chance(0.8):
            self.body(inner, budget - 1)
            self.emit(self.raising(scope))
        self.body(inner, budget - 1)
        self.tries -= 1
        self.end()
        finally_only = self.chance(0.12) and self.tries > 0
        if not finally_only:
            names = ["E1", "E0", "E2", "ValueError", "(IndexError, KeyError)", "LookupError", "ZeroDivisionError", "TypeError", "(AttributeError, NameError)", "StopIteration",
                     "AssertionError", "ArithmeticError"]
            for c in self.r.sample(names, self.r.randint(0, 3)) + (["Exception"] if self.tries == 0 or self.chance(0.8) else ["E1"]):
                e = self.fresh("e")
                named = self.chance(0.6)
                self.block(f"except {c} as {e}:" if named else f"except {c}:")
                if named:
                    self.emit(self.pick([f"chk({e}.args)", f"chk(lines({e}))", f"chk(type({e}).__name__)", f"chk(str({e}))", f"chk(({e}.__context__ is None, {e}.__cause__ is None))",
                                         f"chk((sys.exc_info()[1] is {e}, sys.exc_info()[0].__name__))", f"log(type({e}).__name__, str({e})[:60])" if self.times < 30 else f"chk(repr({e})[:80])"]))
                self.body(Scope_view(scope), budget - 2)
                if self.tries > 0 and self.chance(0.15):
                    self.emit(self.pick(["raise", f"raise E2(1) from {e}" if named else "raise E0(2)", "raise E1(5)"]))
                elif self.in_loop and self.chance(0.12):
                    self.emit(self.pick(["continue", "break"]))
                self.end()
            if self.chance(0.2):
                self.block("else:")
                self.body(Scope_view(scope), 1)
                self.end()
        if finally_only or self.chance(0.25):
            self.block("finally:")
            self.body(Scope_view(scope), 1)
            if self.in_loop and self.chance(0.05):
                self.emit("continue")
            self.end()
        self.depth -= 1

    def st_with(self, scope, budget):
        if not self.managers or self.times * 4 > WORK:
            return
        m, v = self.pick(self.managers), self.fresh("c")
        inner = Scope_view(scope)
        two = self.chance(0.2)
        self.block(f"with {m}({self.expr('i', scope, 0)}) as {v}{', ' + self.pick(self.managers) + '(2)' if two else ''}:")
        inner.add("i", v)
        self.tries += 1
        self.body(inner, budget - 1)
        if self.chance(0.4):
            self.emit(f"if {self.expr('b', scope, 1)}: raise Suppressed({self.expr('i', scope, 0)})")
        self.tries -= 1
        self.end()

    def st_match(self, scope, budget):
        subject = self.pick([lambda: self.expr("a", scope, 2), lambda: self.expr("i", scope, 1) + " % 5", lambda: self.expr("t", scope, 1), lambda: self.expr("o", scope, 0),
                             lambda: self.expr("l", scope, 1), lambda: self.expr("s", scope, 1), lambda: self.expr("d", scope, 1)])()
        self.block(f"match {subject}:")
        patterns = ["0 | 1", "2", "'a' | 'b'", "str()", "int() | float()", "[x_, y_]", "(x_, *rest)", "[]", "None", "True", "{'a': x_}", "{'key': int(x_), **kw}", "float(x_)", "int(x_)"]
        patterns += [f"{c}(x=x_)" for c in self.classes[:2]] + [f"{c}(1 | 2)" for c in self.classes[:1]] + [f"[x_, y_] if {self.expr('b', scope, 1)}"]
        for p in self.r.sample(patterns, self.r.randint(1, 4)):
            self.block(f"case {p}:")
            if "x_" in p:
                self.emit("chk(x_)")
            self.body(Scope_view(scope), budget - 2)
            self.end()
        if self.chance(0.6):
            self.block("case _:")
            self.body(Scope_view(scope), 1)
            self.end()
        self.end()

    def st_generator_use(self, scope, budget):
        fits = [g for g in self.generators if g.cost * self.times <= WORK]
        if not fits or self.loop_depth > 3:
            return
        g = self.pick(fits)
        call = self.call_text(g, scope, 1)
        r = self.r.random()
        v = self.fresh("g")
        if r < 0.45:
            self.block(f"for {v} in {call}:")
            inner = Scope_view(scope)
            inner.add("i", v)
            self.loop_body(inner, budget, min(g.cost, 100), v)
            self.end()
        elif r < 0.6:
            self.emit(self.pick([f"chk(sum({call}))", f"chk(list({call})[:20])", f"chk(max({call}, default=0))", f"chk(any(q % 7 == 3 for q in {call}))", f"chk(sorted({call})[:5])",
                                 f"chk([q * 2 for q in {call} if q % 2][:9])", f"chk(tuple({call})[-3:])", f"chk({{q % 9: q for q in {call}}})"]))
        elif r < 0.8:
            self.emit(f"{v} = {call}")
            for _ in range(self.r.randint(1, 3)):
                self.emit(self.pick([f"chk(next({v}, -1))", f"chk(next({v}, None))"]))
            if self.chance(0.4):
                self.block("try:")
                self.emit(self.pick([f"chk({v}.send({self.expr('i', scope, 0)}))", f"chk({v}.throw(E1({self.expr('i', scope, 0)})))", f"chk(next({v}))"]))
                self.end()
                self.block("except (E0, StopIteration, ValueError, TypeError) as e_:")
                self.emit("chk(type(e_).__name__); chk(e_.args)")
                self.end()
            self.emit(f"{v}.close()")
        else:
            self.emit(f"{v} = {call}")
            q = self.fresh("w")
            self.block(f"for {q} in {v}:")
            self.emit(f"chk({q})")
            self.emit(f"if {q} % {self.r.randint(2, 9)} == 0: break")
            self.end()
            self.block(f"for {q} in {v}:")
            self.emit(f"chk({q} + 1)")
            self.end()

    def st_yield(self, scope, budget):
        names = self.targets("i", scope)
        r = self.r.random()
        if r < 0.6 or not names:
            self.emit(f"yield {self.expr('i', scope, 2)} % {self.pick(MODULI)}")
        elif r < 0.8:
            n = self.pick(names)
            self.emit(f"sent = yield {n}")
            self.emit(f"if sent is not None: {n} = ({n} + sent) % 1000003")
        else:
            fits = [g for g in self.generators if g.cost * self.times <= WORK // 8]
            if fits:
                g = self.pick(fits)
                self.emit(f"ret = yield from {self.call_text(g, scope, 0)}")
                self.emit("chk(ret)")

    def st_mutate(self, scope, budget):
        """Changes behind the JIT's back, once in a loop."""
        if not scope.get("i") or not self.classes:
            return
        v, c = self.pick(scope.get("i")), self.pick(self.classes)
        self.block(f"if {v} % {self.r.randint(5, 90)} == {self.r.randint(0, 4)}:")
        o = self.pick(scope.get("o")) if scope.get("o") else None
        texts = [f"{c}.k = {self.expr('i', scope, 1)} % 1000", f"{c}.m1 = {self.pick(['alt0', 'alt1'])}", f"{c}.k{self.r.randint(0, 2)} = 5", f"globals()['dyn'] = {self.pick(['alt_f0', 'alt_f1'])}",
                 f"globals()['N{self.r.randint(0, 99)}'] = 1", f"{c}.p2 = property(lambda self: self.x + 1)"]
        if o:
            texts += [f"{o}.__class__ = {c}" if not self.slots else f"{o}.k = 3", f"{o}.m1 = lambda v: v + 1", f"{o}.__dict__.pop('m1', None)", f"{o}.k = 77", f"{o}.y = None"]
        if self.functions:
            f = self.pick(self.functions)
            if any(style == "default" for _, _, style in f.params) and not any(style == "keyword" for _, _, style in f.params):
                texts.append(f"{f.name}.__defaults__ = {f.name}.__defaults__[::-1]" if self.chance(0.3) else "pass")
        self.emit(self.pick(texts))
        self.end()
        self.emit(f"chk(dyn({v}))")

    def st_closure(self, scope, budget):
        names = self.targets("i", scope)
        if not names or self.times * 10 > WORK:
            return
        f, free = self.fresh("h"), self.pick(scope.get("i"))
        own = self.in_function and self.chance(0.5)
        r = self.r.random()
        if r < 0.5:
            self.emit(f"{f} = lambda v, k={self.expr('i', scope, 0)}: (v + k + {free}) % 1009")
        else:
            self.block(f"def {f}(v):")
            target = self.pick(names)
            if own and target not in self.globals_declared and target in self.function_locals:
                self.emit(f"nonlocal {target}")
                self.emit(f"{target} = ({target} + v) % {self.pick(MODULI)}")
            self.emit(f"if v % 3 == 0: return {free} % 100")
            self.emit(f"return (v * 2 + {free}) % 1009")
            self.end()
        q = self.fresh("i")
        if self.chance(0.5):
            self.block(f"for {q} in range({self.pick([3, 10, 80]) if self.times < 50 else 3}):")
            self.emit(f"chk({f}({q}))")
            self.end()
        else:
            self.emit(f"chk({f}({self.expr('i', scope, 1)}))")

    function_locals = ()

    # --- definitions
    def make_locals(self, scope, function):
        for kind, prefix, count in (("i", "n", 3), ("f", "x", 1), ("s", "s", 1), ("l", "l", 1), ("d", "d", 1), ("a", "a", 1), ("b", "b", 1), ("o", "o", 1)):
            for _ in range(self.r.randint(1 if kind in "io" else 0, count)):
                if kind == "o" and not self.classes:
                    continue
                name = self.fresh(prefix)
                self.emit(f"{name} = {self.expr(kind, scope, 1)}")
                scope.add(kind, name)
                self.function_locals = (*self.function_locals, name)

    def function(self, generator=False):
        name = self.fresh("gen" if generator else "f")
        params, text = [], []
        kinds = self.r.choices("iiifsla", k=self.r.randint(1, 3))
        styles = ["pos"] * len(kinds)
        if self.chance(0.4):
            styles[-1] = "default"
        recursive = not generator and self.chance(0.3)
        for kind, style in zip(kinds, styles):
            p = self.fresh("p")
            params.append((p, kind, style))
            text.append(f"{p}={ {'i': '3', 'f': '0.5', 's': repr('d'), 'l': '(1, 2)', 'a': 'None'}[kind] }" if style == "default" else p)
        if recursive:
            params.insert(0, ("depth", "i", "depth"))
            text.insert(0, "depth")
        if self.chance(0.15):
            params.append(("rest_", "i", "star"))
            text.append("*rest_")
            if self.chance(0.5):
                p = self.fresh("p")
                params.append((p, "i", "keyword"))
                text.append(p)
        if self.chance(0.15):
            params.append(("kw_", "i", "kwargs"))
            text.append("**kw_")
        result = self.pick("iiiifsa") if not generator else "i"
        saved = (self.times, self.in_loop, self.loop_depth, self.in_function, self.cost, self.tries, self.globals_declared, self.function_locals, self.protect, self.depth)
        self.times, self.in_loop, self.loop_depth, self.cost, self.tries, self.protect, self.depth = 1, False, 0, 0, 0, set(), 0
        self.in_function = "generator" if generator else "plain"
        self.globals_declared = set(self.r.sample(["G0", "G1", "G2"], self.r.randint(0, 2)))
        self.function_locals = tuple(p for p, _, _ in params)
        self.block(f"def {name}({', '.join(text)}):")
        if self.globals_declared:
            self.emit("global " + ", ".join(sorted(self.globals_declared)))
        scope = Scope()
        for g in ("G0", "G1", "G2"):
            scope.add("i", g, assignable=g in self.globals_declared)
        scope.add("l", "GL", False)
        scope.add("d", "GD", False)
        for p, kind, style in params:
            if style not in ("star", "kwargs", "depth"):
                if style == "default" and kind == "l":
                    continue
                scope.add(kind, p)
        if any(style == "star" for _, _, style in params):
            self.emit("chk(rest_)")
        if any(style == "kwargs" for _, _, style in params):
            self.emit("chk(sorted(kw_))")
        self.make_locals(scope, True)
        if recursive:
            self.block("if depth > 0:")
            names = self.targets("i", scope)
            args = ["depth - 1"] + [self.expr(k, scope, 1) if style != "keyword" else f"{p}={self.expr(k, scope, 1)}" for p, k, style in params[1:] if style not in ("star", "kwargs")]
            target = self.pick(names) if names else None
            if result == "i" and target:
                self.emit(f"{target} = ({target} + {name}({', '.join(args)})) % {self.pick(MODULI)}")
            else:
                self.emit(f"chk({name}({', '.join(args)}))")
            self.end()
        body = Scope_view(scope)
        for _ in range(self.r.randint(1, 4)):
            self.statement(body, 3)
        if generator:
            self.st_yield(scope, 1)
            if self.chance(0.4):
                n = self.pick([3, 10, 60, 120])
                v = self.fresh("i")
                inner = Scope_view(scope)
                inner.add("i", v)
                self.block(f"for {v} in range({n}):")
                self.loop_body(inner, 1, n, v)
                self.times = n
                self.st_yield(inner, 1)
                self.times = 1
                self.end()
            if self.chance(0.5):
                self.emit(f"return {self.expr('i', scope, 1)}")
        else:
            self.emit(f"return {self.expr(result, scope, 2)}" + (f" % {self.pick(MODULI)}" if result == "i" else ""))
        self.end()
        cost = max(4, self.cost // 4) * (6 if recursive else 1)
        (self.times, self.in_loop, self.loop_depth, self.in_function, self.cost, self.tries, self.globals_declared, self.function_locals, self.protect, self.depth) = saved
        (self.generators if generator else self.functions).append(Function(name, params, result, cost))

    def klass(self):
        name = self.fresh("C")
        base = self.pick(self.classes) if self.classes and self.chance(0.5) else None
        self.block(f"class {name}({base}):" if base else f"class {name}:")
        slots = not base and self.chance(0.15)
        self.slots = getattr(self, "slots", False) or slots
        if slots:
            self.emit("__slots__ = ('x', 'y', 'items', '__dict__')")
        self.emit(f"k = {self.r.randint(0, 20)}")
        if not base:
            self.emit("__match_args__ = ('x',)")
        scope = Scope()
        scope.add("i", "v")
        scope.add("i", "self.x", False)
        scope.add("i", "self.k", False)
        if not base or self.chance(0.3):
            self.block("def __init__(self, v):")
            if base and self.chance(0.5):
                self.emit("super().__init__(v + 1)")
            self.emit("self.x = v % 1000003")
            self.emit(f"self.y = {self.pick(['v', 'None', '0.5', repr('y')])}")
            self.emit("self.items = [v % 7, 2, 3, 4, 5]")
            self.end()
        methods = {"m0": ("v", ["return {i} % 1009"]), "m1": ("v", ["if v % 2: return {i} % 65536", "return v"]), "m2": ("v", ["self.x = {i} % 281474976710677", "return self"]),
                   "__len__": ("", ["return self.x % 5 + 1"]), "__getitem__": ("i", ["return self.items[i]" if self.chance(0.5) else "return (self.items + [1] * 9)[i]"]),
                   "__setitem__": ("i, v", ["self.items[i % len(self.items)] = v"]), "__iter__": ("", [self.pick(["return iter(self.items[:])", "yield from self.items[:4]", "for q in self.items[:5]: yield q"])]),
                   "__add__": ("v", [f"return {name}(self.x + v)"]), "__eq__": ("o", ["return isinstance(o, %s) and self.x == o.x" % name]), "__hash__": ("", ["return self.x % 7"]),
                   "__repr__": ("", [f"return '{name}<%d>' % self.x"]), "__bool__": ("", ["return self.x % 3 != 0"]), "__contains__": ("v", ["return v == self.x"]),
                   "__call__": ("v", ["return v + self.k"])}
        for m, (args, body) in methods.items():
            if base and self.chance(0.6):
                continue
            self.block(f"def {m}(self{', ' if args else ''}{args}):")
            for line in body:
                self.emit(line.replace("{i}", self.expr_i(scope, 2)) if "{i}" in line else line)
            self.end()
        if not base or self.chance(0.3):
            self.emit("@property")
            self.emit(f"def p(self): return {self.expr_i(scope, 1).replace('v', 'self.k') if False else 'self.x * 2 + self.k'}")
            self.emit("@p.setter")
            self.emit("def p(self, v): self.x = v % 1009")
        self.end()
        self.classes.append(name)

    def manager(self):
        name = self.fresh("M")
        if self.chance(0.7):
            self.block(f"class {name}:")
            self.emit("def __init__(self, v): self.v = v")
            self.block("def __enter__(self):")
            self.emit(self.pick(["return self.v % 1000", "chk(self.v); return 5"]))
            self.end()
            self.block("def __exit__(self, t, e, tb):")
            self.emit(self.pick(["chk(t is None)", "chk(getattr(t, '__name__', t))", "global G0; G0 = (G0 + 1) % 1009"]))
            self.emit("return t is Suppressed")
            self.end()
            self.end()
        else:
            self.emit("import contextlib")
            self.emit("@contextlib.contextmanager")
            self.block(f"def {name}(v):")
            self.emit("try:")
            self.emit("    yield v % 1000")
            self.emit("except Suppressed as e:")
            self.emit("    chk(e.args)")
            self.end()
        self.managers.append(name)

    def generate(self):
        self.lines = HEADER.splitlines()
        self.emit("class Suppressed(Exception): pass")
        self.emit("def cut(v): return v[:20] if type(v) in (str, list, tuple) else v % 1000003 if type(v) is int else v")
        self.emit("def alt0(self, v): return v * 2 % 1009")
        self.emit("def alt1(self, v): return (v + self.x) % 1009")
        self.emit("def alt_f0(v): return v % 11")
        self.emit("def alt_f1(v): return (v * 3 + G1) % 17")
        self.emit("dyn = alt_f0")
        self.emit("def may_raise(v):")
        self.emit(f"    if v % {self.r.randint(2, 9)} == 1: raise E1(v)")
        self.emit(f"    if v % {self.r.randint(5, 19)} == 2: return [][v]")
        self.emit("    return v % 100")
        self.emit("def deep_raise(n, v):")
        self.emit("    if n == 0:")
        self.emit("        return may_raise(v)")
        self.emit("    try:")
        self.emit("        return deep_raise(n - 1, v)")
        self.emit("    finally:")
        self.emit("        chk(n)")
        self.emit(f"G0 = {self.pick(INTS)}")
        self.emit(f"G1 = {self.pick(INTS)}")
        self.emit("G2 = 1")
        self.emit("GL = [3, 1, 4, 1, 5, 9, 2, 6]")
        self.emit("GD = {'a': 1, 'b': 2, 3: 4}")
        for _ in range(self.r.randint(1, 3)):
            self.klass()
        for _ in range(self.r.randint(0, 2)):
            self.manager()
        for _ in range(self.r.randint(2, 6)):
            self.function(generator=self.chance(0.35))
        scope = Scope()
        scope.add("i", "G0")
        scope.add("i", "G1")
        scope.add("l", "GL")
        scope.add("d", "GD")
        for f in self.functions + self.generators:
            n = self.pick([1, 2, 5, 40, 150])
            n = max(1, min(n, WORK * 3 // f.cost))
            v = self.fresh("i")
            inner = Scope_view(scope)
            inner.add("i", v)
            self.block(f"for {v} in range({n}):")
            self.block("try:")
            text = self.call_text(f, inner, 1)
            self.emit(f"chk({text})" if f in self.functions else f"chk(list({text})[:50])")
            self.end()
            self.block("except Exception as e:")
            self.emit("chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))")
            self.emit(f"if {v} < 3: log(type(e).__name__, str(e)[:100], lines(e))")
            self.end()
            self.end()
            self.emit(f"log('{f.name}', H)")
        self.block("def main():")
        self.in_function = "plain"
        scope = Scope()
        for g in ("G0", "G1", "G2"):
            scope.add("i", g, assignable=False)
        scope.add("l", "GL", False)
        scope.add("d", "GD", False)
        self.make_locals(scope, True)
        for _ in range(self.r.randint(3, 6)):
            self.statement(Scope_view(scope), 4)
        for kind in "ifslda":
            for n in scope.get(kind):
                self.emit(f"log({n!r}, {n})")
        self.end()
        self.in_function = None
        self.emit("main()" if self.chance(0.6) else "try: main()\nexcept Exception as e: log(type(e).__name__, str(e)[:200], lines(e))")
        self.emit("log(H, G0, G1, G2, GL, GD)")
        return "\n".join(self.lines) + "\n"


def Scope_view(scope):
    """A copy: what a branch adds is not there behind it."""
    view = Scope(scope)
    view.assignable = dict(scope.assignable)
    return view


def generate(seed):
    return Program(seed).generate()


if __name__ == "__main__":
    import sys
    sys.stdout.write(generate(int(sys.argv[1])))
