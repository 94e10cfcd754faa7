# The % operator: every conversion, flags, width and precision, mappings, tuples and errors.
print("%d|%5d|%-5d|%05d|%+d|% d|%i|%u" % (42, 42, 42, 42, 42, 42, 4.9, 7),
      "%x %X %#x %#X %o %#o" % (255, 255, 255, 255, 8, 8), "%c%c%c" % ("a", 98, "\u4e2d"), "%s %r %a" % ("é", "é", "é"))
print("%f %.2f %e %g %G %F" % (1.5, 2.345, 12345.6789, 1e-10, 1e-10, float("inf")),
      "%5s|%-5s|%.2s|%5.1s|" % ("ab", "ab", "abc", "xyz"), "%%", "%d%%" % 50,
      "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159))
print("%(a)s %(b)d %(a)r" % {"a": "x", "b": 5, "c": 0}, "%(k)5.1f%%" % {"k": 2.55}, "%s" % [1, 2], "%s" % (1,),
      "%s" % ((1, 2),), "%s %s" % ("a", (1,)), "%r" % {"a": 1}, "%s" % None, "%()s" % {"": "empty"},
      "%(a b)s" % {"a b": 1})
print("%d" % True, "%d" % 10 ** 30, "%x" % 2 ** 70, "%#o" % -8, "%+x" % -255, "%08.2f" % -3.14159,
      "%#.3g %#x" % (1.0, 0), "%.3d %.5x %8.4d" % (5, 255, 42), "%ld %hd %Ld" % (1, 2, 3), "% 05d" % 42)
for text in ('"%d" % "a"', '"%d" % None', '"%d" % 1.5j', '"%x" % 1.5', '"%c" % "ab"', '"%c" % -1', '"%c" % 1.5',
      '"%s %s" % "a"', '"%s" % ("a", "b")', '"%q" % 1', '"%" % 1', '"%(a)s" % 1', '"%(a)s" % {}', '"%(a" % {"a": 1}',
      '"%s" % ()', '"x" % 1', '"x" % {}', '"x" % [1]', '"x" % (1,)',
             '"%*d" % ("a", 1)', '"%.*f" % (1.5, 1)', '"%f" % "a"', '"%5" % 1', '"%d %d" % (1,)',
             '"%s %(a)s" % {"a": 1}', '"%o" % "8"', '"%i" % float("nan")', '"%d" % float("inf")', '"%c" % 0x110000',
             '"abc%" % ()', '"%(a)" % {"a": 1}', '"%.1000000000000f" % 1.0'):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, type(error).__name__, error)


class F:
    def __float__(self):
        return 2.5

    def __int__(self):
        return 3

    def __index__(self):
        return 4

    def __str__(self):
        return "F-str"

    def __mod__(self, other):
        return "mod"

    def __rmod__(self, other):
        return "rmod " + other


print("%.1f %x %s" % (F(), F(), F()), F() % 1, "%s" % F())
