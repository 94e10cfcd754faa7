# Trial division and modular exponentiation in hot nested loops with early exits.
def is_prime(n):
    if n < 2:
        return False
    if n % 2 == 0:
        return n == 2
    d = 3
    while d * d <= n:
        if n % d == 0:
            return False
        d += 2
    return True


def miller_rabin(n):
    if n < 4:
        return n > 1
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        if a % n == 0:
            continue
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


primes = [n for n in range(2000) if is_prime(n)]
print(len(primes), primes[-3:], [n for n in range(2000) if is_prime(n) != miller_rabin(n)])
print([miller_rabin(n) for n in (2 ** 31 - 1, 2 ** 61 - 1, 2 ** 61 + 1, 3215031751, 10 ** 18 + 9)])
