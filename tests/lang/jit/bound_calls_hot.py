"""Calls whose arguments are bound by name, by default or from tuples, to functions, closures and bound methods, in hot loops."""
import types


def plain(a, b=2, c=3):
    return a * 100 + b * 10 + c


def only(a, *, scale=1, shift=0):
    return a * scale + shift


def rest(a, *more):
    return a, more


def named(a, **options):
    return a, sorted(options.items())


def both(*args, **kwargs):
    return len(args), args, kwargs


def positional(a, b=5, /, c=6):
    return a, b, c


class P:
    def __init__(self, x=1):
        self.x = x

    def move(self, dx, dy=10):
        return self.x + dx * dy

    @classmethod
    def make(cls, x=7):
        return cls(x).x

    @staticmethod
    def add(a, b=1):
        return a + b


def loop(n):
    p, out = P(3), []
    move, make, add = p.move, P.make, p.add
    args = (1, 2)
    for i in range(n):
        out.append((plain(i), plain(i, 5), plain(i, c=9), plain(c=1, b=2, a=i), only(i), only(i, shift=4), only(i, shift=1, scale=3),
                    rest(i), rest(i, 1), rest(i, 1, 2, 3), rest(i, 1, 2, 3, 4, 5, 6), named(i), named(i, z=1, y=2), both(), both(i, k=i),
                    positional(i), positional(i, 7, c=8), move(i), move(i, dy=2), p.move(i), p.move(dx=i), make(), make(x=i), P.make(i),
                    add(i), add(i, b=3), plain(*args), rest(*args), both(*args, **{}), both(*args, **{"q": i}), plain(*[i, 2, 3]),
                    P().x, P(x=i).x))
    return out


reference = loop(3)
result = loop(400)
assert result[:3] == reference
print(result[1])
print(result[399])


def counter(step):
    total = 0

    def advance(times=1):
        nonlocal total
        total += step * times
        return total

    return advance


def closures(n):
    fixed = [counter(k) for k in range(4)]
    out = []
    for i in range(n):
        fresh = counter(i)
        out.append(fixed[i % 4]() + fixed[i % 3](2) + fresh() + fresh(times=3))
    return out[-5:]


print(closures(20), closures(500))


def errors(n):
    out = []
    for i in range(n):
        for call in (lambda: plain(), lambda: plain(1, 2, 3, 4), lambda: plain(1, a=2), lambda: only(1, 2), lambda: only(1, size=2),
                     lambda: positional(a=1), lambda: rest(), lambda: both(*5), lambda: both(**{1: 2})):
            try:
                call()
            except TypeError as error:
                out.append(str(error))
    return out


texts = errors(200)
assert texts == texts[:9] * 200
for text in texts[:9]:
    print(text)


def changing(n):
    out = []
    for i in range(n):
        if i == 200:
            plain.__defaults__ = (20, 30)
        if i == 300:
            only.__kwdefaults__["scale"] = 7
        if i == 350:
            only.__kwdefaults__ = {"scale": 2, "shift": 100}
        if i == 400:
            plain.__code__ = (lambda a, b, c: (c, b, a)).__code__
        out.append((plain(i), only(i)))
    return [out[k] for k in (0, 199, 200, 299, 300, 349, 350, 399, 400, n - 1)]


print(changing(450))


def same_code_other_globals(n):
    source = "def outer(k):\n def inner(v):\n  return v + k + BASE\n return inner\n"
    spaces = [{"BASE": 100}, {"BASE": 2000}]
    for space in spaces:
        exec(source, space)
    code_of = spaces[0]["outer"].__code__
    second = types.FunctionType(code_of, spaces[1])
    functions = [spaces[0]["outer"](1), second(2), spaces[0]["outer"](3)]
    return [functions[i % 3](i) for i in range(n)][-6:]


print(same_code_other_globals(400))


def wrapper_of(function):
    calls = 0

    def wrapper(*args, **kwargs):
        nonlocal calls
        calls += 1
        return function(*args, **kwargs)

    wrapper.calls = lambda: calls
    return wrapper


weigh = wrapper_of(lambda a, b, *, scale=1: (a * 3 + b) * scale)
print(sum(weigh(i, 7) if i & 1 else weigh(i, b=5, scale=2) for i in range(600)), weigh.calls())


def method_of_other_kinds(n):
    class Callable:
        def __call__(self, v=4):
            return v * 2

    bound = [P(1).move, P(2).move, [].append, Callable(), types.MethodType(plain, 5) if n < 0 else types.MethodType(len, "abc")]
    out = []
    for i in range(n):
        try:
            out.append(bound[i % 5](i) if i % 5 != 4 else bound[4]())
        except TypeError as error:
            out.append(str(error))
    return out[-5:]


print(method_of_other_kinds(10), method_of_other_kinds(500))
