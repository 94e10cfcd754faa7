"""Base64 by hand, both ways, and a run-length and hex coder.

Stresses bytes indexing, str indexing, dict lookups per character and joins of many small pieces.
"""
from _harness import main

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
VALUES = {char: i for i, char in enumerate(ALPHABET)}


def encode(data):
    out = []
    whole = len(data) - len(data) % 3
    for i in range(0, whole, 3):
        word = data[i] << 16 | data[i + 1] << 8 | data[i + 2]
        out.append(ALPHABET[word >> 18] + ALPHABET[word >> 12 & 63] + ALPHABET[word >> 6 & 63] + ALPHABET[word & 63])
    rest = data[whole:]
    if rest:
        word = int.from_bytes(rest, "big") << (16 - 8 * (len(rest) - 1))
        out.append(ALPHABET[word >> 18] + ALPHABET[word >> 12 & 63])
        out.append(ALPHABET[word >> 6 & 63] + "=" if len(rest) == 2 else "==")
    return "".join(out)


def decode(text):
    out = bytearray()
    buffer = bits = 0
    for char in text:
        if char == "=":
            break
        buffer = (buffer << 6 | VALUES[char]) & 0xFFFF
        bits += 6
        if bits >= 8:
            bits -= 8
            out.append(buffer >> bits & 255)
    return bytes(out)


def run_lengths(data):
    out = bytearray()
    i = 0
    while i < len(data):
        j = i + 1
        while j < len(data) and data[j] == data[i] and j - i < 255:
            j += 1
        out += bytes((j - i, data[i]))
        i = j
    return bytes(out)


def expand(data):
    out = bytearray()
    for i in range(0, len(data), 2):
        out.extend(data[i + 1:i + 2] * data[i])
    return bytes(out)


def run(n):
    data = bytes((i * 31 ^ i >> 4) & 255 if i % 50 < 25 else i >> 8 & 255 for i in range(n))
    text = encode(data)
    packed = run_lengths(data)
    if decode(text) != data or expand(packed) != data:
        raise AssertionError("the data changed on its way")
    checksum = 0
    for char in text[::7]:
        checksum = (checksum * 31 + ord(char)) % 1000000007
    return f"{len(text)} {len(packed)} {checksum}"


if __name__ == "__main__":
    main(run, 3000000)
