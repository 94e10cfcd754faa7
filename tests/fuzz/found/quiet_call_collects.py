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
    if v % 3 == 1: raise E1(v)
    if v % 8 == 2: return [][v]
    return v % 100
def deep_raise(n, v):
    if n == 0:
        return may_raise(v)
    try:
        return deep_raise(n - 1, v)
    finally:
        chk(n)
G0 = 10
G1 = 5
G2 = 1
GL = [3, 1, 4, 1, 5, 9, 2, 6]
GD = {'a': 1, 'b': 2, 3: 4}
class C1:
    k = 7
    __match_args__ = ('x',)
    def __init__(self, v):
        self.x = v % 1000003
        self.y = None
        self.items = [v % 7, 2, 3, 4, 5]
    def m0(self, v):
        return ((self.k if True else -140737488355328) * (self.x if True else v)) % 1009
    def m1(self, v):
        if v % 2: return min(33, (self.k % -140737488355328 or 1)) % 65536
        return v
    def m2(self, v):
        self.x = ((self.x + self.x) // 3) % 281474976710677
        return self
    def __len__(self):
        return self.x % 5 + 1
    def __getitem__(self, i):
        return self.items[i]
    def __setitem__(self, i, v):
        self.items[i % len(self.items)] = v
    def __iter__(self):
        for q in self.items[:5]: yield q
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
import contextlib
@contextlib.contextmanager
def M2(v):
    try:
        yield v % 1000
    except Suppressed as e:
        chk(e.args)
def f3(depth, p4):
    n5 = 140737488355328
    n6 = (G1 - 3)
    n7 = len({(n5 * q8) for q8 in p4})
    x9 = (1e-300 + G1 % 1000)
    s10 = "a"[-2:6]
    a11 = 2.5
    o12 = C1(n6)
    if depth > 0:
        n5 = (n5 + f3(depth - 1, p4[0:] or [1])) % 140737488355333
    n7 += ((n7 // (n5 or 3)) if (False and True) else (83 & 3))
    n7 += sum(G0 for q13 in GL)
    n7 += GD.get(s10, G1)
    return G1 % 18446744073709551629
def gen14(p15=3):
    global G1, G2
    n16 = f3(2, GL)
    x17 = (0.5 + G0 % 1000)
    l18 = [*[32, 45, 14], 3][-9:]
    a19 = 2.5
    o20 = C1(G1)
    sent = yield G2
    if sent is not None: G2 = (G2 + sent) % 1000003
    chk("key"[2:6])
    if (not (True and True)):
        try:
            p15, n16 = -7 % 1000003, p15 % 1000003
            chk(may_raise((1 + G2)))
            o20.x += 255 % 1000
        except (IndexError, KeyError) as e21:
            chk((sys.exc_info()[1] is e21, sys.exc_info()[0].__name__))
            o20.p = l18[G0 % len(l18)]
        except Exception as e22:
            chk((e22.__context__ is None, e22.__cause__ is None))
            a19 = l18[2] % 1000 if (x17 == None) else x17
        else:
            p15, *rest = [0, n16, 1]
    else:
        if ((not True) or (G0 >= 1048576)):
            G2 ^= f3(2, sorted(l18))
        else:
            yield (~GL[-1]) % 97
        G2 = next((p15 for q23 in GL if (q23 > 7)), G1)
    yield (p15 % -3) % 1000003
    return o20.x
def f24(depth, p25, p26):
    n27 = (G2 // -3)
    n28 = (G1 // (7 or 3))
    n29 = (n28 % 1)
    x30 = (-1e+300)
    b31 = (154 == 255)
    o32 = C1(n29)
    if depth > 0:
        chk(f24(depth - 1, GD, (G2 ^ G0)))
    p25 = len({int(any((x30 == x30) for q34 in GL)) for q33 in GL}) % 1000 if (x30 <= x30) else x30
    return p25
def gen35(p36, p37, p38=0.5):
    global G0, G2
    n39 = (G1 << 6)
    n40 = GL.count(-2)
    s41 = (p37 * 0)[:30]
    d42 = GD
    a43 = None
    o44 = C1(153)
    yield (sum(GL) | o44.x) % 1180591620717411303424
    d42['a'] = (G0 | G0)
    if len(d42) > 16: d42.clear()
    n40 &= ((G0 ^ n39) if (True or False) else f3(4, GL))
    chk(f3(1, GL))
    yield ((n39 + G0) & (G2 - G1)) % 140737488355333
    return (p36 << 7)
for i45 in range(40):
    try:
        chk(f3(4, GL))
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i45 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('f3', H)
for i46 in range(150):
    try:
        chk(f24(2, GD, G1))
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i46 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('f24', H)
for i47 in range(150):
    try:
        chk(list(gen14())[:50])
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i47 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('gen14', H)
for i48 in range(1):
    try:
        chk(list(gen35(G0, "-7", p38=0.5))[:50])
    except Exception as e:
        chk(type(e).__name__); chk(str(e)[:80]); chk(lines(e))
        if i48 < 3: log(type(e).__name__, str(e)[:100], lines(e))
log('gen35', H)
def main():
    n49 = (G2 - G1)
    n50 = G1
    s51 = str(2.5)[:20]
    l52 = [v % 1009 for v in GL]
    d53 = {k: k * 2 for k in [89, 76, 19, 35]}
    b54 = isinstance((n49, G1), list)
    o55 = C1(n49)
    n50 -= (max(n49, G2, 31) if (G2 % 3 == 1) else f3(5, GL))
    try:
        for g56 in gen35(n50, s51, 2.25):
            o55.m2(f3(3, GL) % 1125899906842627)
            o55 = C1(g56)
            try:
                chk(getattr(o55, 'z1', None))
                o55 = C1(G2)
            except Exception:
                n50, n49 = n49, n50
                break
        n49 >>= 3
        if min(G2, 1) % 5 == 0: raise E1(n50)
        d53.setdefault('a', n49)
        if len(d53) > 16: d53.clear()
        n50 = int(10000000000.0 % 1000.0)
        chk(o55.y)
    except (AttributeError, NameError):
        o55.x += G1 % 1000
    except E0 as e59:
        chk(type(e59).__name__)
        try:
            l52 = [i * v for i, v in enumerate([i * v for i, v in enumerate([37, 51, 77, 54])])]
            chk({1: 2, 3: 4}[int(all((b54 == GD) for q60 in l52)) % 5])
            a_, b_ = [v % 1009 for v in GL]
        except (AttributeError, NameError):
            d53[n50 % 20] = n50
            if len(d53) > 16: d53.clear()
        except TypeError as e62:
            chk((e62.__context__ is None, e62.__cause__ is None))
            b54 = (G0 < len(l52))
        except Exception as e63:
            chk(str(e63))
            n50 += ((-1 - G2) + (n49 ^ G2))
        else:
            chk(f24(3, (G2, G2), 7))
    except StopIteration as e64:
        chk((sys.exc_info()[1] is e64, sys.exc_info()[0].__name__))
        o55.x = o55.x
        l52 += [(G0 if b54 else n49)]
        if len(l52) > 20: del l52[4:]
    except Exception as e65:
        chk((sys.exc_info()[1] is e65, sys.exc_info()[0].__name__))
        for i66 in list(l52):
            log(66, "\u00e9t\u00e9".upper())
            chk(GL[n49 % len(GL)])
    else:
        n49 -= (G0 + len(d53))
    o55.items.append((G0 + G0)); del o55.items[:-8]
    log('G0', G0)
    log('G1', G1)
    log('G2', G2)
    log('n49', n49)
    log('n50', n50)
    log('s51', s51)
    log('GL', GL)
    log('l52', l52)
    log('GD', GD)
    log('d53', d53)
try: main()
except Exception as e: log(type(e).__name__, str(e)[:200], lines(e))
log(H, G0, G1, G2, GL, GD)
