# str.format: fields, indices, attributes, nesting, conversions, automatic numbering and errors.
class P:
    x = 5

    def __init__(self):
        self.items = [1, [2, 3]]
        self.table = {"k": "v", "1": "one", 1: "int"}

    def __format__(self, spec):
        return f"<P:{spec}>"

    def __repr__(self):
        return "P()"


p = P()
print("{} {} {}".format(1, "a", None), "{2} {0} {1}".format("a", "b", "c"), "{a} {b}".format(a=1, b=2),
      "{0} {x} {0}".format(7, x=8), "{{}} {{{0}}}".format(1), "{}".format(p), "{:abc}".format(p), "{!r:>6}".format(p))
print("{0.x} {0.items[0]} {0.items[1][1]} {0.table[k]} {0.table[1]} {a.x}".format(p, a=p), "{0[0]}{0[1]}".format("xy"),
      "{:{}}|{:{}.{}f}".format("a", 5, 3.14159, 8, 2), "{:{w}}".format("z", w=4),
      "{0:{1}{2}{3}}".format("c", "*", "^", 7))
print("{:>5}|{:<5}|{:^5}|{:05d}|{:+}|{:,}|{:x}|{:%}|{:e}".format("a", "b", "c", 42, 3, 1234567, 255, 0.5, 12345.678),
      "{:s} {:10s}| {:.2s} {:5.1s}|".format("abc", "x", "hello", "yes"))
print("{0!s} {0!r} {0!a}".format("é"), "{!s:>4}".format(5), "{:}".format(1),
      "{a[b c]} {a[0]}".format(a={"b c": 1, 0: 2}), "{0:}".format(3), "{:\n^5}".format("x") == "\n\nx\n\n")
print("{k}".format_map({"k": 1}), "{k.x}".format_map({"k": p}), "{0}{1}".format(*"ab"), "{a}".format(**{"a": 3}))
for fmt, args, kw in (("{}", (), {}), ("{1}", ("a",), {}), ("{x}", (), {}), ("{} {0}", (1,), {}), ("{0} {}", (1,), {}),
      ("{", (1,), {}), ("}", (1,), {}), ("{!x}", (1,), {}), ("{!}", (1,), {}), ("{:d}", ("a",), {}), ("{:s}", (1,), {}),
      ("{0.y}", (p,), {}),
                      ("{0[a]}", ([1],), {}), ("{0[9]}", ([1],), {}), ("{a[b}", (), {"a": 1}), ("{0.}", (1,), {}),
                      ("{0[]}", (1,), {}), ("{:{}}", ("a",), {}), ("{:{:{}}}", (1, 2, 3), {}), ("{0!r", (1,), {}),
                      ("{:5x}", (1.5,), {}), ("{-1}", (1,), {}), ("{0]}", (1,), {}), ("{:,s}", ("a",), {}),
                      ("{:=5}", ("a",), {}), ("{:+}", ("a",), {}), ("{:.-1}", ("a",), {})):
    try:
        print(fmt, repr(fmt.format(*args, **kw)))
    except Exception as error:
        print(fmt, type(error).__name__, error)


class Default(dict):
    def __missing__(self, key):
        return f"[{key}]"


print("{a} {b}".format_map(Default(a=1)), "{:>{w}}".format(7, w=3), "{0:%%}".format(p),
      "{:}}}".format(p) if False else "", format(p), format(p, "zz"), format(None), format([1]))
for bad in ([1], None, (), {}, object()):
    try:
        format(bad, "5")
    except TypeError as error:
        print(error)
