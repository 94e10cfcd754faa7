# Line joining, semicolons, string concatenation, comments, numbers, unicode names, odd spacing.
x = 1; y = 2; print(x, y);
z = (1 +  # comment inside
     2
     )
w = 1 + \
    2
print(z, w, [
    1,
    2,
], {"a": 1,
    }, "a" 'b' """c
d""" r'\e' f"{x}", ("implicit "
                    "joining"))
if x: print("one line"); print("two")
else: print("never")
for i in 1, 2: print(i, end=" ")
while x < 3: x += 1
print(x)
class A: a = 1; b = 2
def f(): return 1; print("unreachable")
try: 1/0
except ZeroDivisionError: print("caught")
finally: print("fin")
if True:
	print("tab indented")
	if True:
	        print("mixed but consistent")
é = "accent"; 变量 = 5; ﬁ = "ligature"; µ = "micro"
print(é, 变量, fi, μ, A.a, f(), "ﬁ" in globals(), "fi" in globals())
print(0xFF, 0o17, 0b11, 1_000, 1e3, 1.5e-3, .5, 5., 1j, 0xdead_beef, 00, 1E5, 0B1, 0XaB, 1_0.0_1, 1_2j)
print(not-1, -1 ** 2, 2 ** -1, ~-1, - - 1, +-+1, 1if 1else 2, [1]and 2, 3 .real, 3..real, (3).real, 1 .__add__(2),
      "%s"%1, x<5>2)
print("tab\there", "\x41\u0042\103", r"raw\n", b"bytes\x00", "a\
b", '''it's''', """quote\"""", "\
", len("\\"), u"uni", Rb"\x", bR"\y")
def g(a, b=1, *c, d, e=2, **h,): return a
print(g(1, d=2,), g(*[1], d=2, **{},), (1,), (1, 2,), {1, }, [1, ], (lambda a, b=2,: a + b)(1,))
pass; pass
... ; "string statement"; 5; None
print(__name__, end=""); print(); _ = 5; print(_)
print(1
      + 2,
      # comment between

      3)
