# %-formatting, str.format, f-strings and format() agree on the same values.
import itertools

values = [0, 5, -17, 123456789, 0.0, 1.5, -2.75, 1e20, 1e-7]
for v in values:
    for width, prec in ((0, 2), (12, 3), (3, 0)):
        a = "%*.*f" % (width, prec, v)
        b = "{:{}.{}f}".format(v, width or "", prec)
        c = f"{v:{width or ''}.{prec}f}"
        d = format(v, f"{width or ''}.{prec}f")
        assert a == b == c == d, (v, a, b, c, d)
    for code in "eEgG":
        assert "%" + code and ("%" + code) % v == format(v, code) == "{:{}}".format(v, code) or code in "gG"
for v in (0, 5, -17, 255, 2 ** 40):
    for code in "dxXo":
        assert ("%" + code) % v == format(v, code), (v, code)
        assert ("%08" + code) % v == format(v, "08" + code)
        assert ("%+" + code) % v == format(v, "+" + code)
for s, w in itertools.product(("", "a", "abc", "h\xe9"), (0, 2, 6)):
    assert "%-*s|" % (w, s) == "{:<{}}|".format(s, w or "") == f"{s:<{w or ''}}|"
    assert "%*s|" % (w, s) == "{:>{}}|".format(s, w or "")
    assert "%.2s" % s == "{:.2}".format(s) == f"{s:.2}"
print("agree", ["%s|%r" % (v, v) for v in values], [f"{v:g}" for v in values], [f"{v:>10}" for v in values[:4]])
