# Objects that a loop never makes, until it is left in the middle: identity, fields, weak references, subclasses, changed classes.
import gc
import weakref


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        if factor == 977:
            return NotImplemented
        return Vec(self.x * factor, self.y * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def sums(n):
    acc = Vec(0, 0)
    for i in range(n):
        acc = acc + Vec(i, -i) * 2
    return acc.x, acc.y


print(sums(3000))


def kept_now_and_then(n):
    kept = []
    for i in range(n):
        v = Vec(i, i + 1)
        w = v
        pair = (v, w, i)
        if i % 97 == 0:
            kept.append(pair)
        a, b, c = pair
        assert a is b and c == i
    return kept


kept = kept_now_and_then(2000)
print(len(kept), all(a is b and a.x == i and b.y == i + 1 for a, b, i in kept), len({id(a) for a, _, _ in kept}))


def declines(n):
    errors = 0
    total = 0
    for i in range(n):
        try:
            total += (Vec(i, i) * (977 if i % 250 == 249 else 3)).x
        except TypeError as e:
            errors += 1
            text = str(e)
    return total, errors, text


print(declines(1500))


class Reflected:
    def __rmul__(self, other):
        return Vec(other.x, 1000)


class Half:
    def __init__(self, x):
        self.x = x

    def __mul__(self, other):
        if self.x % 100 == 77:
            return NotImplemented
        return Vec(self.x, 1)


def reflected(n):
    r = Reflected()
    return sum([(Half(i) * r).y for i in range(n)])


print(reflected(1000))


def changing_class(n):
    total = 0
    for i in range(n):
        if i == n // 2:
            Vec.dot = lambda self, other: 1
        v = Vec(i, 1)
        total += v.dot(Vec(1, 1))
    return total


print(changing_class(1000))


class Watched:
    def __init__(self, n):
        self.n = n


def watched(n):
    refs = []
    for i in range(n):
        w = Watched(i)
        if i % 100 == 50:
            refs.append((weakref.ref(w), w))
    return refs


refs = watched(1000)
print(all(r() is w and w.n % 100 == 50 for r, w in refs), len(refs))
dead = [r for r, _ in refs]
w = None
refs = None
gc.collect()
gc.collect()

finalized = 0


class Final:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        global finalized
        finalized += 1


def finals(n):
    for i in range(n):
        f = Final(i)
        if f.n != i:
            return False
    return True


print(finals(500))
f = None
gc.collect()
gc.collect()
print(finalized >= 498)


class Grows:
    def __init__(self, n):
        self.a = n
        if n % 200 == 199:
            for k in range(12):
                setattr(self, "extra%d" % k, k)
        self.b = n + 1


def grows(n):
    total = 0
    for i in range(n):
        g = Grows(i)
        total += g.a + g.b + len(g.__dict__)
    return total


print(grows(1000))


class BadInit:
    def __init__(self, n):
        if n == 700:
            raise ValueError(n)
        self.n = n


class WrongInit:
    def __init__(self, n):
        self.n = n
        return [] if n == 650 else None


def constructors(n, cls):
    i = 0
    total = 0
    try:
        for i in range(n):
            total += cls(i).n
    except (ValueError, TypeError) as e:
        return i, total, str(e)
    return total


print(constructors(1000, BadInit), constructors(1000, WrongInit), constructors(600, WrongInit))


def lists(n):
    out = []
    for i in range(n):
        l = [i, i + 1, i + 2]
        if i % 60 == 59:
            l.append(0)
        l[1] = -l[1]
        a = l[-1] + l[1]
        if i % 100 == 3:
            out.append(l)
        s = l[0:2]
        a += s[1]
    return out, a


print(lists(500))


def pairs(n):
    words = ["w%d" % i for i in range(n)]
    out = 0
    for i, (a, b) in enumerate(zip(words, range(n, 0, -1)), 5):
        out += i * b + len(a)
        if i % 333 == 0:
            words.append("late")
    return out


print(pairs(1200))


def same_iterator(n):
    it = iter(range(n))
    return sum([a * b for a, b in zip(it, it)])


print(same_iterator(1001))


def iterators_escape(n):
    kept = []
    for i in range(n):
        it = iter([i, i + 1])
        next(it)
        if i % 70 == 0:
            kept.append(it)
    return [list(k) for k in kept]


print(iterators_escape(300))


def cells(n):
    out = []
    for i in range(n):
        def get():
            return i * j
        j = i + 1
        if i % 90 == 0:
            out.append(get)
        assert get() == i * j
    return [g() for g in out]


print(cells(400))
