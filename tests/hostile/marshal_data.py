"""Damaged marshal data: refused, or loaded and, if it is code, run. `marshal_data.py SEED COUNT [FILE]`"""
import sys, random, marshal, signal, types, os, io, glob
seed, count = int(sys.argv[1]), int(sys.argv[2]); rng = random.Random(seed)
log = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if len(sys.argv) > 3 else None
srcs = ["""
import sys
class A(dict):
    'doc'
    x: int = 1
    def f(self, *a, k=1, **kw):
        try: return [i for i in a if i] + [k]
        finally: self.y = {k: kw}
def g(n):
    for i in range(n):
        with A.z as q: yield i
lambda x, y=(1, 2.5, 3j, b'b', 'u\\u1234', 10**30, None, ..., frozenset): x
t = {1, 2, 3} | {*(), 4}
async def h(): 
    async for i in x: await i
match t:
    case {1: a, **b}: pass
    case [1, *c] | (2, *c): pass
print = 1
"""]
blobs = [marshal.dumps(compile(s, 'f', 'exec')) for s in srcs]
blobs += [marshal.dumps(v, ver) for ver in (0, 1, 2, 4) for v in ([1, 'a', (2.5, b'x', {1: [2]}, {3}, frozenset([4]), 1j, 2**100, 'é\U0001f600', None, ..., StopIteration)],)]
class Slow(BaseException): pass
def alarm(*a): raise Slow
signal.signal(signal.SIGALRM, alarm)
out = sys.stdout; bad = loaded = 0
for n in range(count):
    b = bytearray(rng.choice(blobs))
    for _ in range(rng.choice([1, 1, 2, 4, 16])):
        k = rng.randrange(5); i = rng.randrange(len(b))
        if k == 0: b[i] = rng.randrange(256)
        elif k == 1: b[i] ^= 1 << rng.randrange(8)
        elif k == 2: del b[i:i + rng.choice([1, 1, 2, 4])]
        elif k == 3: b[i:i] = rng.randbytes(rng.choice([1, 2, 4]))
        else: b[i:i + 4] = rng.choice([b'\xff\xff\xff\xff', b'\xff\xff\xff\x7f', b'\0\0\0\x80', b'\1\0\0\0'])
        if not b: b = bytearray(b'c')
    if rng.random() < .1: b = b[:rng.randrange(len(b))]
    if log is not None: os.lseek(log, 0, 0); os.write(log, repr(bytes(b)).encode() + b'\n')
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        v = marshal.loads(bytes(b)); loaded += 1
        repr(v)
        if isinstance(v, types.CodeType):
            hash(v); list(v.co_positions()); list(v.co_lines())
            sys.stdout = sys.stderr = io.StringIO()
            ns = {}
            exec(v, ns)
            for f in list(ns.values()):
                if isinstance(f, types.FunctionType):
                    try: f(3)
                    except Exception: pass
    except BaseException as e:
        bad += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout = sys.stderr = out
out.write(f'{bad} errors, {loaded} loaded\n')
