# format() of floats: all presentation types, precision, width, sign, grouping, alternate form, errors.
values = (0.0, -0.0, 1.0, 1.5, -2.675, 1234567.891, 1e-7, 1e20, float("inf"), float("nan"), 0.5, 2.5)
for spec in ("", "f", ".0f", ".1f", ".3f", "e", ".2e", "E", "g", ".3g", "G", "n", "%", ".0%", "10.2f", "<10.2f",
      "^10.1f", "+.1f", " .1f", "010.1f",
             ",", ",.2f", "_.1f", "#.0f", "#g", ".10", ".3", "*>12.4", "=+10.2f", "z.0f", "+z.1f", "015,.2f", "F"):
    print(repr(spec), [format(v, spec) for v in values])
for spec in ("d", "x", "s", ".-1f", "c", ",n", ".f", "5.5.5", "r", "_,f", "b"):
    try:
        print(spec, format(1.5, spec))
    except ValueError as error:
        print(spec, error)
print("%f %.2f %e %.1E %g %G %5.1f|%-8.2f|%+d|%08.3f" % (1.5, 2.675, 12345.678, 0.00012, 1e-5, 1e20, 3.14159, 2.5, 3.99,
      -1.5))
print("%.0f %.0f %.0f %.3g %#.3g %.10g" % (0.5, 1.5, 2.5, 0.0001, 1, 1 / 3), "%r %s" % (0.1, 1e16), "%i" % 3.9,
      "%c" % 65)
print(f"{1e22:.0f} {1e23:.0f} {0.1:.30f} {1e-10:.3f} {123.456:.1f} {1e308:.3e} {5e-324:.5g}")
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(1e22, 2), round(0.5, 0),
      round(1.5, None), round(-0.4))
for x, n in ((1e308, -308), (1.7e308, -308), (5e-324, 400), (1.25, 1), (1.35, 1), (float("nan"), 2), (float("inf"), 1)):
    print(x, n, end=" ")
    try:
        print(round(x, n))
    except (OverflowError, ValueError) as error:
        print(error)
for bad in (float("nan"), float("inf")):
    try:
        round(bad)
    except (OverflowError, ValueError) as error:
        print(error)
