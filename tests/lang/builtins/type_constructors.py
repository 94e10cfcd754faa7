# Calling int, float, str, list, dict, tuple, set, bytes, bool and object with all kinds of arguments.
cases = """int() float() complex() str() bytes() bytearray() list() tuple() dict() set() frozenset() bool() object().__class__
int("5") int(5.9) int(b"7") int("0b1",0) int(" 3 ") float("1e3") float(3) str(3) str(b"a","ascii") str([1])
list("ab") list({1:2}) list(range(3)) tuple([1]) tuple("ab") set([1,1]) frozenset("a") dict(a=1) dict([(1,2)]) dict({3:4},b=5) dict(zip("a",[1]))
bytes(3) bytes([65,66]) bytes("a","utf-8") bytes(b"x") bytearray(2) bytearray(b"ab") bool([]) bool("0") bool(0.0) bool(None)
complex(1) complex("1+1j") complex(1,2) range(3) range(1,5,2) slice(1,2) memoryview(b"ab").tolist() type(5) super.__name__
list(map(int,"123")) tuple(reversed("abc")) set(range(3))&{1} dict.fromkeys("ab",0) str(1.0) str(True) str(None) str(...) list(b"ab") tuple({"k":1}.items())
int(True) float(True) int(-0.5) float("-0") int("-0") str(-0.0) list(enumerate("a")) list(zip("a",[1])) dict(dict(a=1).items()) frozenset([frozenset()])
int(x="5") float(x=1) list(iterable=[1]) str(object=5) bool(x=1) tuple(sequence=[1]) dict(self=1) dict(iterable=2) set(iterable=[1]) complex(real=1,imag=2) bytes(source=b"a") int("5",base=8)
int([]) float([]) list(5) tuple(None) set(1.5) dict(5) dict([1]) bytes("a") bytes(-1) bytes([256]) bytearray("x") complex("x") int("5",40) float("1,5") int(None) str(b"\\xff","ascii") list(1,2) dict(1,2) frozenset(1,2) bool(1,2) object(1) type() range("a") slice() memoryview("a") int("1"*5,"x")""".split()
for expression in cases:
    try:
        value = eval(expression)
        print(expression, "=", repr(value), type(value).__name__)
    except Exception as e:
        print(expression, "->", type(e).__name__, e)


class L(list): pass
class D(dict): pass
class S(str): pass
class I(int): pass


print(type(list(L([1]))).__name__, type(L([1])[:]).__name__, type(dict(D(a=1))).__name__, type(str(S("a"))).__name__,
      type(int(I(5))).__name__, type(S("a").strip()).__name__, type(tuple(L([1]))).__name__, type(I(5) + I(6)).__name__,
      type(D(a=1) | {}).__name__, type(L([1]) + [2]).__name__)
a = [1, 2]
b = list(a)
t = (1, 2)
print(b == a, b is a, tuple(t) is t, str("x") == "x", frozenset(frozenset([1])) == frozenset([1]), bytes(b"a") == b"a")
