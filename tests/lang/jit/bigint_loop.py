# Hot loops on big ints only: sums, products, quotients, bit operations and comparisons.
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


print(fib(500), fib(1000) % 10 ** 20)


def digits(x):
    count = total = 0
    while x:
        x, d = divmod(x, 10)
        total += d
        count += 1
    return count, total


print(digits(3 ** 700), digits(2 ** 2000))


def gcd(a, b):
    steps = 0
    while b:
        a, b = b, a % b
        steps += 1
    return a, steps


print(gcd(fib(300), fib(299)), gcd(2 ** 300, 6 ** 100) == (2 ** 100 * 1, 1), gcd(10 ** 60 + 7, 10 ** 50 + 9))


def bits(x):
    ones = 0
    while x:
        x &= x - 1
        ones += 1
    return ones


print(bits(3 ** 300), bin(3 ** 300).count("1"), bits(2 ** 500 - 1))


def isqrt(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x = y
        y = (x + n // x) // 2
    return x


print(isqrt(10 ** 100), isqrt(2 * 10 ** 80))
r = 1
for i in range(300):
    r = r * 31 + i
    r ^= r >> 7
    r &= (1 << 256) - 1
print(hex(r))
for i in range(300):
    r = -r // 3 if i % 2 else ~r << 1
print(r)
