# The exact texts of common errors, gathered with eval and exec.
import warnings
warnings.simplefilter("ignore")
x, d, l, t, s, n = 5, {"k": 1}, [1, 2], (1,), "str", None
class C:
    a = 1
    def m(self): pass
c = C()
cases = """undefined
x.foo
c.b
C.b
n.x
n[0]
n()
n + 1
1 + n
x + s
s + x
s + n
l + t
l + s
t + l
d + d
x - s
-s
+l
~s
not_defined()
x()
s()
l()
x[0]
x['a']
c[0]
C[0]
l['a']
l[1.0]
l[n]
l[5]
t[5]
s[5]
s['a']
d['missing']
d[l]
{l: 1}
{l}
hash(l)
hash(d)
x < s
s < x
n < 1
c < c
l < t
1 in x
1 in s
n in s
len(x)
len(c)
iter(x)
next(l)
for i in x: pass
for i in c: pass
a, b = x
a, b = l + l
a, b, z = l
a, *b = ()
x.y = 1
s.y = 1
c.m.y = 1
l.y = 1
del x.y
del undefined_thing
del l[9]
del d['zz']
del t[0]
del s[0]
t[0] = 1
s[0] = 'a'
x[0] = 1
n[0] = 1
l[9] = 1
l['a'] = 1
import no_such_module
import os.no_such
from os import no_such_name
from no_such import x
from . import y
int('a')
int('')
int('1.5')
int(n)
int(l)
float('x')
float(n)
float(l)
str(b'a', 'bad')
chr(-1)
ord('ab')
1 / 0
1 // 0
1 % 0
1.0 / 0
1.0 // 0
1.0 % 0
0 ** -1
0.0 ** -1
2 ** 'a'
divmod(1, 0)
l.remove(9)
l.index(9)
t.index(9)
s.index('z')
l.pop(9)
[].pop()
{}.popitem()
set().pop()
{1}.remove(2)
s.join([1])
s.split('')
range(1, 2, 0)
l[::0]
min([])
max(())
sum(['a'])
sorted([1, 'a'])
[].sort(key=1)
'%d' % 'a'
'%s %s' % 1
'{} {}'.format(1)
'{a}'.format()
'{:d}'.format('a')
f'{s:d}'
f'{l:5}'
b'a' + 'a'
'a' + b'a'
'a'.encode('ascii').decode('utf-16')
'\\xe9'.encode('ascii')
b'\\xff'.decode()
bytes([256])
bytes('a')
bytearray(b'a')[5]
isinstance(1, 1)
issubclass(1, int)
super().x
object().x
type('A', (1,), {})
c.m(1)
C.m()
C(1)
print(1, foo=2)
raise 5
assert False
assert x == 6, f'x is {x}'
with x: pass
with c: pass
lambda: (yield)
[].append(1, 2)
''.upper(1)
getattr(c, 'zz')
open('/no/such/file')
open('/')
eval('1 +')
exec('x = = 1')
eval('a b')
compile('x', 'f', 'bad')
round('a')
abs('a')
pow(2, -1, 4)
bin(1.5)
memoryview('a')
complex('x')
reversed({1})
map(5)
zip(5)
dict(5)
dict([5])
dict([(1,)])
list(5)
tuple(5)
set(5)
frozenset([[]])
slice()
callable()
next(iter([]))
iter(1, 2)
vars(5)
__import__('')
globals()['zz']
x.real = 5
int.foo = 1
del int.real
x.__class__ = str
c.__class__ = 5
c.__dict__ = 5
type(c).__bases__ = ()
type(c).__name__ = 5
(lambda: undefined)()
(lambda a: a)()
[i for i in x]
{**x}
[*x]
print(*x)
print(**d, **d)
print(**{1: 2})
s @ s
x @ x
x << -1
1 << s
x & 1.5
l * 1.5
l * l
l -= l
x += s
d |= 5
async_gen""".splitlines()
for case in cases:
    try:
        exec(case)
        print(case, "-> fine")
    except BaseException as e:
        text = e.msg if isinstance(e, SyntaxError) else str(e)
        print(case, "->", type(e).__name__, text)
