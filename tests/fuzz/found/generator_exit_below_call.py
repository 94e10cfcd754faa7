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
    pass

class E0(Exception):
    pass

class E1(E0):

    def __init__(self, v):
        super().__init__(v)
        self.v = v

class E2(ValueError):

    def __str__(self):
        return 'E2:' + repr(self.args)

class Suppressed(Exception):
    pass

def cut(v):
    return v[:20] if type(v) in (str, list, tuple) else v % 1000003 if type(v) is int else v

def alt0(self, v):
    return v * 2 % 1009

def alt1(self, v):
    return (v + self.x) % 1009

def alt_f0(v):
    return v % 11

def alt_f1(v):
    return (v * 3 + G1) % 17
dyn = alt_f0

def may_raise(v):
    pass

def deep_raise(n, v):
    if n == 0:
        return may_raise(v)
    try:
        return deep_raise(n - 1, v)
    finally:
        chk(n)
G0 = 3
G1 = 281474976710657
G2 = 1
GL = [3, 1, 4, 1, 5, 9, 2, 6]
GD = {'a': 1, 'b': 2, 3: 4}

class C1:
    k = 4
    __match_args__ = ('x',)

    def __init__(self, v):
        self.x = v % 1000003
        self.y = 0.5
        self.items = [v % 7, 2, 3, 4, 5]

    def m0(self, v):
        return ((self.x ^ v) - self.x) % 1009

    def __setitem__(self, i, v):
        self.items[i % len(self.items)] = v

    def __iter__(self):
        return iter(self.items[:])

    def __repr__(self):
        return 'C1<%d>' % self.x

    def __bool__(self):
        return self.x % 3 != 0

    def __contains__(self, v):
        return v == self.x

    def __call__(self, v):
        return v + self.k

    @property
    def p(self):
        return self.x * 2 + self.k

class C2(C1):
    pass

class M3:
    pass

def gen4(p5, p6):
    x9 = 1e+300
    s10 = str(-1)
    l11 = [v % 1009 for v in GL]
    a12 = -1
    b13 = G0 < 7 <= G1
    o14 = C1(-30)
    a12 = (n8 ^ G2) % 1000 if not True else '12'
    yield (GL[1] % 4611686018427387904)
    for i15 in range(10):
        n7 = sum((sum((95 + G2 for q17 in l11)) for q16 in l11)) % 65536
        x9 = min(x9 // 2.0, 2.25 + 10 % 1000) % 3.0
        yield (GL[G2] % 1180591620717411303424)

def f18(p19, p20):
    global G1
    n21 = len([5, 26, 11, -5, 36, 53])
    n22 = G0
    n23 = -36893488147419103232 * G0
    x24 = min(0.5, 1.0)
    l25 = list(map(abs, GL))
    a26 = GL
    b27 = isinstance(GD, (int, float))
    o28 = C1(n21)
    try:
        try:
            p20 &= (p20 if b27 else G2) * n21
            chk({1: 2, 3: 4}[(n21 - G2) % 5])
            p19 = [52]
        except E0 as e29:
            chk(str(e29))
            b27 = not n21 > x24
        except Exception as e30:
            log(type(e30).__name__, str(e30)[:60])
            G1 = (G1 + (n23 >> 7)) % 2147483647
        finally:
            GD[n21 % 4, 1] = n23 ^ 121
            if len(GD) > 16:
                GD.clear()
        match GD:
            case 0 | 1:
                n21 += ord(('-7' or 'q')[0]) | n22
            case [x_, y_] if bool(7):
                chk(x_)
                l25.reverse()
                if len(l25) > 20:
                    del l25[10:]
            case str():
                a26 = len(p19) % 1000 if bool(x24) else '-7'
            case _:
                p19 = GL
    except ValueError as e31:
        chk(str(e31))
        a26 = l25[G0 % len(l25)] % 1000 if (n23, x24) == b27 else b27
    except (IndexError, KeyError) as e32:
        chk((sys.exc_info()[1] is e32, sys.exc_info()[0].__name__))
        chk(p20 < n21 <= p20)
    except Exception as e33:
        chk((sys.exc_info()[1] is e33, sys.exc_info()[0].__name__))
        pass
    else:
        n22, *rest = p19
    for g34 in gen4(n22, 'long text with words'):
        G1 |= ~G0 % 65536
        a26 = o28.m1(G0) % 1000 if True and b27 else x24 % 977.5
        a26 = (G0 & G2) % 1000 if 'b' > 'long text with words' else cut('12')
    if n22 % 63 == 2:
        o28.__dict__.pop('m1', None)
    chk(dyn(n22))
    return o28.k % 65536

def gen35(p36, p37):
    global G0, G2
    n38 = G1 ^ 31
    n39 = 99 * n38
    x40 = --1.0
    s41 = p36 if True else p36
    d42 = GD
    b43 = 7 >= G1
    o44 = C2(255)

    def h45(v):
        if v % 3 == 0:
            return n38 % 100
        return (v * 2 + n38) % 1009
    for i46 in range(80):
        chk(h45(i46))
    G2 &= (G2 if b43 else 2) + f18(GL, G0)
    yield (o44.m0(n38) % 1009)
    for i47 in range(120):
        chk(f18([40, 20, 4, 22], n38))
        sent = (yield n38)
        if sent is not None:
            n38 = (n38 + sent) % 1000003
        yield ((G1 - G1) * (5 - p37) % 97)
    return G2 - p37

def f48(p49, p50, p51=None):
    g57 = gen35(p49, G0)
    for w58 in g57:
        chk(w58)
        if w58 % 3 == 0:
            break
    for w58 in g57:
        chk(w58 + 1)
    GL[0] = len({97 * n53 for q59 in GL})
    if len(GL) > 20:
        del GL[2:]
    return (sum((min(q60, q60) for q60 in GL)) - (G0 + 0)) % 65536

def f61(p62=None):
    pass
for i76 in range(2):
    try:
        chk(f18(GL, i76))
    except Exception as e:
        pass
log('f18', H)
for i77 in range(2):
    try:
        chk(f48('été', G1))
    except Exception as e:
        pass
log('f48', H)
for i78 in range(2):
    try:
        chk(f61(p62=GD))
    except Exception as e:
        pass
