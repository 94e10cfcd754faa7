"""Public-key arithmetic: Miller-Rabin primes, modular inverses, encryption and decryption with 512-bit numbers.

Stresses pow with three arguments, division and multiplication of big ints.
"""
from _harness import main


class Generator:
    def __init__(self, seed):
        self.state = seed

    def bits(self, count):
        value = 0
        for _ in range(count // 32):
            self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
            value = value << 32 | self.state >> 32
        return value


def is_prime(n):
    if n < 4 or not n & 1:
        return n in (2, 3)
    odd, twos = n - 1, 0
    while not odd & 1:
        odd >>= 1
        twos += 1
    for base in (2, 3, 5, 7, 11, 13):
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def inverse(a, modulus):
    old, new, r, next_r = 0, 1, modulus, a
    while next_r:
        q = r // next_r
        old, new = new, old - q * new
        r, next_r = next_r, r - q * next_r
    return old % modulus


def prime(generator, bits):
    candidate = generator.bits(bits) | 1 << bits - 1 | 1
    while any(candidate % small == 0 for small in (3, 5, 7, 11, 13, 17, 19)) or not is_prime(candidate):
        candidate += 2
    return candidate


def run(n):
    generator = Generator(2024)
    total = 0
    for i in range(n):
        p, q = prime(generator, 256), prime(generator, 256)
        modulus, phi, e = p * q, (p - 1) * (q - 1), 65537
        d = inverse(e, phi)
        for k in range(4):
            message = generator.bits(448)
            secret = pow(message, e, modulus)
            assert pow(secret, d, modulus) == message
            total = (total * 31 + secret) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 120)
