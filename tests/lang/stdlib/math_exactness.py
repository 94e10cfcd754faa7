# Correct rounding where the C library must be exact: fsum, sqrt, hypot, fmod, isqrt, comb, dist on awkward inputs.
import math

print(math.fsum([1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50]), math.fsum([0.1, 0.2, 0.3, -0.6]),
      math.fsum([]))
print([math.sqrt(x) for x in (2, 3, 1e-320, 2 ** 53 + 1, 1e308)], math.isqrt(2 ** 200 - 1),
      [math.isqrt(n) for n in range(20)])
print(math.hypot(3e200, 4e200), math.hypot(1e-200, 1e-200), math.hypot(), math.hypot(math.inf, math.nan),
      math.dist([1, 2, 3], [4, 6, 3]))
print(math.fmod(1e22, 7), math.fmod(-1e-300, 1), math.remainder(5, 2), math.remainder(3, 2), math.remainder(-7.5, 2),
      math.modf(-0.0), math.modf(math.inf), math.frexp(5e-324), math.ldexp(1, -1074), math.ldexp(1, -1080))
print(math.comb(100, 50), math.comb(5, 7), math.perm(20, 10), math.factorial(30), math.gcd(2 ** 100, 6 ** 50),
      math.lcm(2 ** 40, 10 ** 20), math.prod(range(1, 25)), math.prod([0.5] * 5))
print(math.floor(1e20), math.ceil(-1e20), math.trunc(1e300) % 1000, math.floor(-0.0), math.ceil(0.2),
      math.copysign(0.0, -1), math.log(10 ** 1000), math.log2(2 ** 1000 + 1), math.log(1.5, 2.5))
print(math.nextafter(0, 1), math.nextafter(1.0, 0.0), math.ulp(1e16), math.ulp(-0.0),
      math.isclose(1e10, 1.00001e10, rel_tol=1e-5), math.isclose(math.inf, math.inf), math.isclose(0, 1e-12))
class F:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return 4.0
print(math.floor(F()), math.ceil(F()), math.trunc(F()), math.sqrt(F()), math.pow(True, 2))
