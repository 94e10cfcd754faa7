# f-strings: expressions, nested formats, conversions, = specifier, quotes, lambdas, multi-line.
x, y, name = 10, 3.14159, "Ann"
print(f"{x}", f"{x + 1}", f"{x!r} {name!r} {name!s:>5} {'é'!a}", f"{y:.2f} {y:8.3f}| {y:<8.1f}|", f"{x:>{x}}",
      f"{y:{x}.{2}f}", f"{{}} {{{x}}}", f"{x=} {name=} {y=:.1f} {x = } {name=!s} {x+1=}")
print(f"{'nested ' + f'{x}'}", f'{"a" if x > 5 else "b"}', f"{[i for i in range(3)]}", f"{ {'a': 1}['a'] }",
      f"{(lambda v: v * 2)(x)}", f"{x:#x} {x:08b} {x:+,d}", f"{name.upper()} {name[0]} {name[::-1]}", f"{x!r:^{5}}|")
print(f"""multi
{x}
{
name
}""", f"a" "b" f"{x}" 'c', rf"\d{x}\n", fr"{x}\t", F"{x}", f"{'a' 'b'}", f"{x,}", f"{x, y}", f"{*[1, 2],}",
      f"{None} {True} {...}")
print(f"{x:{'>'}{5}}", f"{'':>3}|", f"{3:{'0'}>{4}}", f"{1e10:.3g} {x:e}", f"{'%d' % x}", f"{x:d}{x:d}",
      f"{x if x else y:5}", f"{(yield_ := 5)} {yield_}", f"{x!s}{x!s}", f"\N{BULLET} {x}")


class D:
    def __format__(self, spec):
        return f"[{spec}]"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


d = D()
print(f"{d} {d:%Y-%m-%d} {d!s} {d!r} {d!s:>5} {d:{x}} {d:a{x}b} {d=} {d=:z}")
for source in ('f"{undefined_name}"', 'f"{x:q}"', 'f"{name:d}"', 'f"{1/0}"', 'f"{x!z}"', 'f"{x"', 'f"{x}}"', 'f"{}"',
        'f"{ }"', 'f"{x!}"', "f'{a $ b}'", 'f"{lambda v: 1}"', 'f"{x:{y:{1}}}"', 'f"{*a}"', "f'{#}'", 'f"{x\\n}"',
        'f"{a.}"', 'f"{d[}"', 'f"{(}"', 'f"{)}"'):
    try:
        print(source, eval(source))
    except Exception as error:
        print(source, type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)
print("".join(f"{i}{'!' * i}" for i in range(4)), f"{f'{x}'}")
