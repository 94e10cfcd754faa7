"""Random code.replace(): each result is refused with an exception or runs to some end. `code_replace.py SEED COUNT [FILE]`"""
import sys, random, types, dis, signal
seed = int(sys.argv[1]); count = int(sys.argv[2])
rng = random.Random(seed)
def sample1(a, b=2, *c, d=4, **e):
    x = [i * a for i in range(b) if i]
    try:
        for i in x:
            if i > 3: y = i; break
        else:
            y = None
    except (ValueError, TypeError) as err:
        print(err)
    finally:
        z = 1
    return x, y, {a: b, **e}, f"{a!r:>5}", (lambda: (x, a))
def sample2():
    def g():
        r = yield 1
        yield from (r, 2)
        with open('/dev/null') as f:
            yield f
    return list(zip(g(), range(2)))
class K:
    def m(self, n):
        self.a = n
        self.a += 1
        del self.a
        global gx
        gx = n
        return gx
async def co(x):
    async with x as y:
        async for i in y: await i
    return [j async for j in y]
def sample3(x):
    match x:
        case [1, 2, *r]: return r
        case {'a': b, **k}: return b, k
        case K(a=1): return 1
        case _: pass
    while x: x -= 1
    import os.path as p
    from sys import path, argv as q
    assert x == 0, 'no'
    a, *b, c = 1, 2, 3
    return a, b, c, x[1:2], -x, not x, x is None, x in b, x < 1 < 2
codes = []
def add(c):
    codes.append(c)
    for k in c.co_consts:
        if isinstance(k, types.CodeType): add(k)
for f in (sample1, sample2, K.m, co, sample3): add(f.__code__)
ints = [0, 1, -1, 2, 3, 5, 10, 127, 128, 255, 256, 65535, 65536, 2**31-1, 2**31, 2**62, 2**64, -2**31]
def mutate_bytes(b):
    b = bytearray(b)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        k = rng.randrange(6)
        if not b: b = bytearray(rng.randbytes(4)); continue
        i = rng.randrange(len(b))
        if k == 0: b[i] = rng.randrange(256)
        elif k == 1: b[i & ~1] = rng.choice(list(dis.opmap.values()))
        elif k == 2: b[i | 1 if (i | 1) < len(b) else i] = rng.choice([0, 1, 2, 3, 4, 255, rng.randrange(256)])
        elif k == 3: del b[i & ~1:(i & ~1) + 2]
        elif k == 4: b[i & ~1:i & ~1] = bytes([rng.choice(list(dis.opmap.values())), rng.randrange(256)])
        else: b = b[:i & ~1] if rng.random() < .5 else b[:i]
    return bytes(b)
objs = [None, 1, 'x', b'y', (), (1, 'a'), [], {}, 1.5, ..., codes[0], 2**100, frozenset([1]), ('a', 'b'), (1, 2), True]
def mutate(c):
    kw = {}
    for _ in range(rng.choice([1, 1, 2, 3])):
        f = rng.choice(['co_code'] * 8 + ['co_exceptiontable', 'co_linetable', 'co_consts', 'co_names', 'co_varnames', 'co_freevars', 'co_cellvars',
                        'co_argcount', 'co_posonlyargcount', 'co_kwonlyargcount', 'co_nlocals', 'co_stacksize', 'co_flags', 'co_firstlineno', 'co_name', 'co_filename', 'co_qualname'])
        v = getattr(c, f)
        if isinstance(v, bytes): v = mutate_bytes(kw.get(f, v))
        elif isinstance(v, int): v = rng.choice(ints + [v + 1, v - 1, v ^ (1 << rng.randrange(20))])
        elif isinstance(v, tuple):
            v = list(v); k = rng.randrange(4)
            if k == 0 and v: del v[rng.randrange(len(v))]
            elif k == 1: v.insert(rng.randrange(len(v) + 1), rng.choice(objs))
            elif k == 2 and v: v[rng.randrange(len(v))] = rng.choice(objs)
            else: v = [str(i) for i in range(rng.randrange(300))]
            v = tuple(v)
        else: v = rng.choice(objs)
        kw[f] = v
    return kw
class AC:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): return False
    def __aiter__(self): return self
    async def __anext__(self): raise StopAsyncIteration
def use(c):
    import marshal
    list(c.co_lines()); list(c.co_positions()); repr(c); hash(c); c == c
    try: list(dis.get_instructions(c))
    except Exception: pass
    try: marshal.loads(marshal.dumps(c))
    except ValueError: pass
    f = types.FunctionType(c, {'__builtins__': __builtins__, 'K': K, '__name__': 'f'}, None, None, tuple(types.CellType(i) for i in range(len(c.co_freevars))))
    for args in ((), (3,), ([1, 2, 3],), (2, 3), (1, 2, 3, 4)):
        try:
            r = f(*args)
            if hasattr(r, 'send'):
                for _ in range(5): r.send(None)
            elif hasattr(r, '__next__'):
                for _ in range(5): next(r)
        except BaseException as e:
            if isinstance(e, (KeyboardInterrupt,)): raise
            try: import traceback; traceback.format_exception(e)
            except Exception: pass
    try: exec(c, {'__name__': 'x'})
    except BaseException: pass
class Slow(Exception): pass
def alarm(*a): raise Slow
signal.signal(signal.SIGALRM, alarm)
import io, os
log = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if len(sys.argv) > 3 else None
out = sys.stdout
sys.stdout = sys.stderr = io.StringIO()
refused = ran = 0
for n in range(count):
    c = rng.choice(codes)
    kw = mutate(c)
    if log is not None:
        os.lseek(log, 0, 0); os.write(log, repr((n, codes.index(c), kw)).encode()[:20000] + b'\n' + b' ' * 50)
    try:
        d = c.replace(**kw)
    except Exception as e:
        refused += 1
        continue
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try: use(d); ran += 1
    except Exception as e: refused += 1
    finally: signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout = sys.stderr = io.StringIO()
out.write(f'{refused} refused, {ran} ran\n')
