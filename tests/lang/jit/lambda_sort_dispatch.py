# Higher-order functions in hot code with different callables for the same parameter.
def apply_n(f, x, n):
    for _ in range(n):
        x = f(x)
    return x


print(apply_n(lambda v: v + 1, 0, 300), apply_n(lambda v: v * 2, 1, 100), apply_n(str, 5, 50),
      apply_n(lambda v: -v, 2.5, 301), apply_n(lambda v: v + v[:1], "ab", 20), apply_n(abs, -7, 200))


def fold(f, items, start):
    acc = start
    for x in items:
        acc = f(acc, x)
    return acc


nums = list(range(1, 200))
for f in (lambda a, b: a + b, max, lambda a, b: a ^ b, lambda a, b: a * b % 1009,
        pow and (lambda a, b: (a << 1) % 65521 + b)):
    print(fold(f, nums, 0), fold(f, nums, 7))
print(fold(lambda a, b: a + [b], "abc", []), fold(lambda a, b: {**a, b: len(a)}, "xyz", {}),
      fold(str.__add__, ["a", "b"] * 50, "")[:4])
compose = lambda *fs: lambda x: fold(lambda a, f: f(a), fs, x)
inc, dbl = (lambda v: v + 1), (lambda v: v * 2)
print(sum(compose(inc, dbl, inc)(i) for i in range(200)), compose()(5), compose(*[inc] * 100)(0))
