# Complex numbers: literals, repr, arithmetic, comparison, conversion and errors.
values = [0j, 1j, -1j, 1 + 2j, -1.5 - 0.5j, complex(0.0, -0.0), complex(float("inf"), 1), complex(float("nan"), 0)]
for v in values:
    print(v, repr(v), v.real, v.imag, v.conjugate(), -v, +v, bool(v), f"{v}")
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, a ** 0.5, a ** b, 2 ** a, abs(a), a == 3 + 4j, a != b, a == 5, 5 + 0j == 5,
      hash(5 + 0j) == hash(5))
print(a + 1, 1 + a, a * 0.5, 2 - a, 1 / a, a / 2, 2j * 2j, (1 + 1j) ** 3, (1 + 1j) ** -2, 0j ** 0, 1j ** 2,
      (2 + 0j) ** 10)
for text in ("1+2j", " -1.5j ", "j", "-j", "1e3-2e-1j", "(1+2j)", "3", "nan+infj", "1 + 2j", "1+", "", "j1", "1+2i",
        "()"):
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
for text in ("a < b", "a // b", "a % b", "divmod(a, b)", "int(a)", "float(a)", "complex('1', 2)", "complex(1, '2')",
      "a / 0", "0j ** -1", "complex([])",
             "round(a)", "a @ b", "a & 1", "sorted([a, b])", "range(a)", "0j ** 1j", "pow(a, 2, 3)", "complex(1, [])"):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
print(complex(), complex(1), complex(1, 2), complex(1j, 1j), complex(real=1, imag=-0.0), complex(imag=3), complex(2.5),
      complex(True))
for spec in ("", ".2f", "e", ".3g", ">20", "<20.1f", "+.1f", ",.1f"):
    print(spec, format(1234.5 - 6.78j, spec))
for spec in ("05", "=10", "d", "%"):
    try:
        print(format(1j, spec))
    except ValueError as error:
        print(spec, error)


class C:
    def __complex__(self):
        return 2 + 3j


print(complex(C()), complex(C(), 1), sum([1j, 2, 3.5]), [1j, 2j].index(2j), {1j: "x"}[1j], isinstance(1j, complex),
      (1j).__class__)
