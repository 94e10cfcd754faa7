# Products of ints in a hot loop: some fit 48 bits, some 64, some neither.
def products(pairs, rounds):
    total = 0
    for _ in range(rounds):
        for a, b in pairs:
            total ^= a * b
    return total


small = [(i, i + 1) for i in range(10)]
mixed = small + [(2 ** 24, 2 ** 23), (2 ** 24, 2 ** 24), (2 ** 31, 2 ** 31), (2 ** 32, 2 ** 32), (-(2 ** 24), 2 ** 24)]
print(products(small, 200))
print(products(mixed, 201))
print(products([(-(2 ** 47), -1), (-(2 ** 63), -1), (2 ** 40, -(2 ** 30))], 101))


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


for n in (10, 15, 16, 17, 20, 21, 30):
    for _ in range(20):
        value = factorial(n)
    print(n, value)


def power_chain(base, count):
    x = base
    for _ in range(count):
        x = x * x % 1000000007
    return x


print(power_chain(123456789, 5000), power_chain(2 ** 61 - 1, 3000))
