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
class Suppressed(Exception): pass
def cut(v): return v[:20] if type(v) in (str, list, tuple) else v % 1000003 if type(v) is int else v
def alt0(self, v): return v * 2 % 1009
def alt1(self, v): return (v + self.x) % 1009
def alt_f0(v): return v % 11
def alt_f1(v): return (v * 3 + G1) % 17
dyn = alt_f0
def may_raise(v):
    if v % 2 == 1: raise E1(v)
    if v % 10 == 2: return [][v]
    return v % 100
def deep_raise(n, v):
    if n == 0:
        return may_raise(v)
    try:
        return deep_raise(n - 1, v)
    finally:
        chk(n)
G0 = 140737488355327
G1 = -7
G2 = 1
GL = [3, 1, 4, 1, 5, 9, 2, 6]
GD = {'a': 1, 'b': 2, 3: 4}
class C1:
    k = 14
    __match_args__ = ('x',)
    def __init__(self, v):
        self.x = v % 1000003
        self.y = None
        self.items = [v % 7, 2, 3, 4, 5]
    def m0(self, v):
        return ((self.x - v) ^ v) % 1009
    def m1(self, v):
        if v % 2: return (self.x // -3) % 65536
        return v
    def m2(self, v):
        self.x = (v + (self.x + self.x)) % 281474976710677
        return self
    def __len__(self):
        return self.x % 5 + 1
    def __getitem__(self, i):
        return (self.items + [1] * 9)[i]
    def __setitem__(self, i, v):
        self.items[i % len(self.items)] = v
    def __iter__(self):
        return iter(self.items[:])
    def __add__(self, v):
        return C1(self.x + v)
    def __eq__(self, o):
        return isinstance(o, C1) and self.x == o.x
    def __hash__(self):
        return self.x % 7
    def __repr__(self):
        return 'C1<%d>' % self.x
    def __bool__(self):
        return self.x % 3 != 0
    def __contains__(self, v):
        return v == self.x
    def __call__(self, v):
        return v + self.k
    @property
    def p(self): return self.x * 2 + self.k
    @p.setter
    def p(self, v): self.x = v % 1009
def f2(depth, p3, p4, p5=3, *rest_, p6):
    chk(rest_)
    n7 = GD.setdefault(18446744073709551616 % 50, p4)
    n8 = (G0 * 140737488355327)
    x9 = (n7 % 100000 / 2)
    s10 = ("" + "")[:40]
    o11 = C1(p4)
    if depth > 0:
        n8 = (n8 + f2(depth - 1, (x9 + n8 % 1000), -2, GL[2], p6=1)) % 140737488355333
    h12 = lambda v, k=p5: (v + k + n8) % 1009
    for i13 in range(80):
        chk(h12(i13))
    o11.y = G1
    o11 = C1(-2)
    log(13, "3.5")
    return ((G1 & -140737488355328) ^ n7) % 1125899906842627
def f14(p15, p16, p17):
    global G1, G2
    n18 = (G0 % (G1 or 3))
    n19 = len(p16)
    x20 = 1e-300
    b21 = ("\u00e9t\u00e9" == "long text with words")
    o22 = C1(G1)
    for i23 in range(70):
        chk(f2(4, x20, 140737488355328, p6=n18))
        GD.setdefault('a', i23)
        if len(GD) > 16: GD.clear()
        try:
            if ((G2 ^ n18) >= n18):
                break
            chk(may_raise((G1 + G2)))
            o22.items.append((-1 + 112) % 140737488355333); del o22.items[:-8]
        except LookupError as e24:
            chk(type(e24).__name__)
            G1 //= 2
            continue
        except (IndexError, KeyError):
            G1 &= 281474976710657 % 4611686018427387904
        except ArithmeticError as e26:
            chk((sys.exc_info()[1] is e26, sys.exc_info()[0].__name__))
            chk((-140737488355328 % 100000 / 7))
        except Exception as e27:
            chk((sys.exc_info()[1] is e27, sys.exc_info()[0].__name__))
            p16.insert(1, len({f2(5, x20, i23, p5=-36893488147419103232, p6=G1) for q28 in p16}) % 4611686018427387904)
            if len(p16) > 20: del p16[5:]
    for i29 in range(-8, 400):
        if i29 % 38 == 2:
            C1.k = (G0 + i29) % 1000
        chk(dyn(i29))
        o22[n18 % 5] = n19 % 97
        G1, n18 = n18, G1
    p15 = x20
    return round(x20 % 1000.0, 2)
def gen30(p31, p32, p33, **kw_):
    chk(sorted(kw_))
    n34 = (1 - G2)
    s35 = "\u00e9t\u00e9".replace('a', 'bc')
    b36 = (140737488355327 <= p32)
    o37 = C1(G2)
    if (str(2.5)[:20] <= '%s-%d' % (s35, n34)):
        w38 = 0
        while True:
            if not (w38 < 900 and (GL == GD)): break
            w38 += 1
            o37.p = sum(GL) % 97
            chk(getattr(o37, 'z0', None))
        p31 = ((G1 >> 5) if (G2 < p33 <= -2) else f2(2, p32, p31, p6=G1))
    def h39(v):
        if v % 3 == 0: return p31 % 100
        return (v * 2 + p31) % 1009
    chk(h39(int(p32 % 1000.0)))
    chk(f14(p32, [59, 30, 47, 7], GL))
    sent = yield p33
    if sent is not None: p33 = (p33 + sent) % 1000003
    return GL[-1]
def gen41(p42, p43, p44):
    global G1
    n45 = (G2 & G2)
    x46 = float(n45 % 100000)
    s47 = p42
    l48 = list(range(3))
    d49 = GD
    a50 = True
    b51 = ("\u00e9t\u00e9" < p42)
    o52 = C1(3)
    G1 ^= len({(n45 if b51 else G2) for q53 in p43})
    chk(f2(1, x46, G1, p6=n45))
    try:
        chk(f14(x46, p43, l48))
        l48[1:2] = [len(p44), 5]
        if len(l48) > 20: del l48[2:]
        chk(10 // (G0 % 3))
        for i54 in list(GD):
            p44.sort()
            if len(p44) > 20: del p44[9:]
            a50 = cut((n45, s47))
        else:
            d49 = d49
        G1 |= (pow(n45 % 50, 0) | (G1 & n45))
    except E2:
        n45 = o52.m0(G1)
    except E0:
        b51 = (n45 <= (n45 + G1))
    except Exception:
        x46 = ((G1 % 100000 / 3.0) * o52.x % 1000)
    else:
        ret = yield from gen30(G0, x46, G0)
        chk(ret)
    def h58(v):
        nonlocal n45
        n45 = (n45 + v) % 140737488355328
        if v % 3 == 0: return G2 % 100
        return (v * 2 + G2) % 1009
    chk(h58(sum([(q60 // 10) for q60 in GL if isinstance(G2, (int, float))])))
    yield ((G1 | G2) + f2(4, x46, G0, G1, p6=G2)) % 2147483647
    return f2(4, x46, G1, -1, G2, p6=281474976710657)
def f61(p62, p63, p64):
    global G1
    n65 = (G0 << 12)
    s66 = "A,B,C"
    l67 = [v for v in [94, 38, 28, 87, 39, 43] if v % 2] or [0]
    d68 = {k: k * 2 for k in l67}
    a69 = GL
    o70 = C1(n65)
    chk(getattr(o70, 'z2', None))
    for i71 in list(GD):
        n65 = n65 * (G2 ^ 187) % 4611686018427387904
    else:
        n65 += (f2(4, 1e+300, 140737488355327, G1, G1, n65, p6=n65) - len(d68))
    if (-3.75 > (G0 % 100000 / 2)):
        d68.pop(s66, None)
        if len(d68) > 16: d68.clear()
    return ((G0 & 1048576) if (False or False) else (G1 + n65)) % 2147483647
for i72 in range(5):
    try:
        chk(f2(2, 0.5, 10, p6=-36893488147419103232))
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i72 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('f2', H)
for i73 in range(1):
    try:
        chk(f14(-1.0, GL, GL))
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i73 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('f14', H)
for i74 in range(2):
    try:
        chk(f61(1, "12", "a"))
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i74 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('f61', H)
for i75 in range(2):
    try:
        chk(list(gen30(i75, 2.25, G0))[:50])
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i75 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('gen30', H)
for i76 in range(26):
    try:
        chk(list(gen41("\u00e9t\u00e9", [53, 14, 63, -9, 43, 72], GL))[:50])
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i76 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('gen41', H)
def main():
    n77 = (G0 + 119)
    n78 = GD.get(n77, G2)
    l79 = [76, 42, 77, 9]
    a80 = True
    b81 = (not False)
    o82 = C1(G0)
    w83 = 0
    while True:
        if not (w83 < 5): break
        w83 += 1
        n77 = ((w83 + n78) ^ o82.m1(140737488355327)) % 140737488355328
        chk(f61("3.5", "A,B,C", "3.5"))
    match (G1, "\u00e9t\u00e9"):
        case {'a': x_}:
            chk(x_)
            w84 = 0
            while w84 < 5:
                w84 += 2
                chk(f2(1, 1.0, n78, p6=w84))
                n78, n77 = n77, n78
            else:
                a80 = G0 % 1000 if ("3.5" < "\u65e5\u672c") else GD
        case int() | float():
            if G1 % 60 == 3:
                o82.m1 = lambda v: v + 1
            chk(dyn(G1))
            try:
                pass
                chk(may_raise((-2 >> 3)))
                o82[1 % 5] = o82.m1(G2)
            except ValueError as e85:
                chk(str(e85))
                l79[0] = f61(n77, "a", "long text with words")
                if len(l79) > 20: del l79[5:]
            except Exception:
                l79 = l79
        case [x_, y_] if (100.0 == [70, 34, 83, 98, 18, 12]):
            chk(x_)
            n78 &= ((G0 % 7) + G1)
            if n77 % 83 == 0:
                C1.k2 = 5
            chk(dyn(n77))
    n77 &= hash("3.5") * 0
    g87 = gen41("long text with words", GL, l79)
    for w88 in g87:
        chk(w88)
        if w88 % 9 == 0: break
    for w88 in g87:
        chk(w88 + 1)
    log('G0', G0)
    log('G1', G1)
    log('G2', G2)
    log('n77', n77)
    log('n78', n78)
    log('GL', GL)
    log('l79', l79)
    log('GD', GD)
    log('a80', a80)
try: main()
except Exception as e: log(type(e).__name__, str(e)[:200], lines(e))
log(H, G0, G1, G2, GL, GD)
