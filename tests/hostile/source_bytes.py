"""Arbitrary bytes and damaged source: compile() says what CPython's says. `source_bytes.py SEED COUNT`"""
import sys, random, warnings, zlib
warnings.simplefilter('ignore')
seed, count = int(sys.argv[1]), int(sys.argv[2]); rng = random.Random(seed)
files = ['/usr/lib/python3.11/' + f for f in ('bisect.py', 'contextlib.py', 'fractions.py', 'heapq.py', 'types.py', 'tokenize.py')]
texts = [open(f, 'rb').read() for f in files]
frag = [b'\0', b'\xff', b'# coding: latin-1\n', b'\\\n', b'\t', b' ', b'\n', b'\r', b'\f', b'"""', b"'", b'f"{', b'}', b'{', b'(', b')', b'[', b']', b':', b'=', b':=', b'lambda', b'async ', b'await ', b'yield ', b'match x:\n case', b'*', b'**', b'@', b'0x', b'1e', b'1_', b'0777', b'...', b';', b'else:', b'except*', b'\xc3\xa9', b'\xe2\x82', b'$', b'?', b'!', b'\x1a', b'\\N{', b'del ', b'global x', b'nonlocal x', b'import *', b'from . import', b'print x', b'<>', b'->']
for n in range(count):
    k = rng.randrange(4)
    if k == 0: src = rng.randbytes(rng.randrange(60))
    elif k == 1: src = b''.join(rng.choice(frag) for _ in range(rng.randrange(1, 12)))
    else:
        t = rng.choice(texts); i = rng.randrange(len(t)); src = bytearray(t[i:i + rng.randrange(1, 500)])
        for _ in range(rng.randrange(4)):
            j = rng.randrange(len(src) + 1)
            if k == 2: src[j:j] = rng.choice(frag)
            else: src[j:j + rng.randrange(5)] = rng.randbytes(rng.randrange(3))
        src = bytes(src)
    mode = rng.choice(['exec', 'exec', 'eval', 'single'])
    try: r = compile(src, '<f>', mode); r = zlib.crc32(r.co_code)
    except Exception as e: r = type(e).__name__, str(e), getattr(e, 'lineno', None), getattr(e, 'offset', None), getattr(e, 'end_lineno', None), getattr(e, 'end_offset', None), getattr(e, 'text', None)
    print(n, mode, repr(src) if len(sys.argv) > 3 else '', ascii(r))
