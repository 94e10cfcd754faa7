# math: exact results of integer functions, special values, errors.
import math

print(math.gcd(12, 18, 27), math.lcm(4, 6, 10), math.gcd(), math.factorial(20), math.comb(10, 3), math.perm(5, 2),
      math.perm(4), math.isqrt(10 ** 20 + 1))
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.sqrt(2), math.cbrt(27), math.pow(2, 0.5), math.exp(1),
      math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-10), math.expm1(1e-10), math.exp2(5))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1), math.atan2(-1, -1), math.sinh(1),
      math.degrees(math.pi), math.radians(180), math.hypot(3, 4), math.hypot(1, 2, 3), math.dist((0, 0), (3, 4)))
print(math.fmod(-7, 3), math.remainder(7, 4), math.modf(-2.5), math.frexp(10), math.ldexp(0.5, 4),
      math.copysign(1, -0.0), math.fabs(-3), math.fsum([0.1] * 10), math.prod([1, 2, 3]), math.prod([], start=5),
      math.ulp(1.0), math.nextafter(1, 2))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3),
      math.isclose(1, 2, abs_tol=1), math.pi, math.e, math.tau, math.erf(0.5), math.gamma(5), math.lgamma(10))
print(math.log(2 ** 2000), math.log2(2 ** 3000), math.log10(10 ** 400), math.sqrt(10 ** 300), math.isqrt(0))
for e in ("math.sqrt(-1)", "math.log(0)", "math.log(-1)", "math.factorial(-1)", "math.factorial(1.5)", "math.gcd(1.5)",
        "math.comb(-1, 2)", "math.acos(2)", "math.exp(1000)", "math.pow(0, -1)", "math.fmod(1, 0)",
        "math.floor(math.nan)", "math.ceil(math.inf)", "math.sqrt('a')", "math.isqrt(-1)", "math.log(1, 1)",
        "math.ldexp(1, 10000)", "math.dist((1,), (1, 2))", "math.sin()", "math.trunc('a')", "math.gamma(-1)",
        "math.fsum(['a'])"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
