"""CRC-32, Adler-32, FNV and a SHA-256 written out in Python ints of 32 bits.

Stresses shifts, rotations and masks whose intermediate results pass 32 bits, and table lookups.
"""
from _harness import main

MASK = 0xFFFFFFFF


def make_table():
    table = []
    for i in range(256):
        value = i
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        table.append(value)
    return table


def crc32(data, table):
    value = MASK
    for byte in data:
        value = value >> 8 ^ table[(value ^ byte) & 255]
    return value ^ MASK


def adler32(data):
    low, high = 1, 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def fnv64(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def root_bits(count, denominator):
    """The first 32 bits of the fractional parts of the roots of the first primes, by integer search."""
    primes, candidate = [], 2
    while len(primes) < count:
        if all(candidate % p for p in primes):
            primes.append(candidate)
        candidate += 1
    bits = []
    for prime in primes:
        low, high = 0, 1 << 40
        target = prime << 32 * denominator
        while low + 1 < high:
            middle = (low + high) // 2
            if middle ** denominator <= target:
                low = middle
            else:
                high = middle
        bits.append(low & MASK)
    return bits


def rotate(value, count):
    return (value >> count | value << 32 - count) & MASK


def sha256(data, constants, initial):
    length = len(data) * 8
    data = data + b"\x80" + bytes((55 - len(data)) % 64) + length.to_bytes(8, "big")
    state = list(initial)
    for block in range(0, len(data), 64):
        words = [int.from_bytes(data[block + i:block + i + 4], "big") for i in range(0, 64, 4)]
        for i in range(16, 64):
            x, y = words[i - 15], words[i - 2]
            first = rotate(x, 7) ^ rotate(x, 18) ^ x >> 3
            second = rotate(y, 17) ^ rotate(y, 19) ^ y >> 10
            words.append(words[i - 16] + first + words[i - 7] + second & MASK)
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            big = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            choice = e & f ^ ~e & g
            first = h + big + choice + constants[i] + words[i] & MASK
            big = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            majority = a & b ^ a & c ^ b & c
            second = big + majority & MASK
            a, b, c, d, e, f, g, h = first + second & MASK, a, b, c, d + first & MASK, e, f, g
        state = [x + y & MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return "".join(f"{word:08x}" for word in state)


def run(n):
    data = bytes((i * i + 7 * i >> 3) & 255 for i in range(n))
    digest = sha256(data[:n // 8], root_bits(64, 3), root_bits(8, 2))
    return f"{crc32(data, make_table()):08x} {adler32(data):08x} {fnv64(data):016x} {digest}"


if __name__ == "__main__":
    main(run, 3000000)
