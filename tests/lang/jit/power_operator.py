# ** in hot loops: int, negative exponent, float, big results, modular pow.
def powers(base, exponents):
    total = 0
    for e in exponents:
        total += base ** e
    return total


print(powers(2, [i % 20 for i in range(300)]), powers(3, [i % 50 for i in range(300)]), powers(-2, [3, 4] * 100))
print(powers(2.0, range(200)), powers(2, [0.5] * 200), powers(10, [-1, -2] * 100), powers(2, [5] * 200 + [-1]))
x = 0
for i in range(1, 400):
    x = (x + pow(i, i, 10007) + i ** 2 % 7) % 10007
print(x)
try:
    for i in range(300, -1, -1):
        i ** -2
except ZeroDivisionError as e:
    print(i, e)
