"""CRC-32 by table, Adler-32, Fletcher-16 and FNV-1a over bytes, bytearray and memoryview.

Stresses iteration and indexing of bytes, shifts and masks within 64 bits.
"""
from _harness import main


def make_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ 0xEDB88320 if byte & 1 else byte >> 1
        table.append(byte)
    return table


TABLE = make_table()


def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def adler32(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def fletcher16(data):
    a = b = 0
    for i in range(len(data)):
        a = (a + data[i]) % 255
        b = (b + a) % 255
    return b << 8 | a


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def run(n):
    data = bytearray(b"The quick brown fox jumps over the lazy dog. " * 8)
    total = 0
    for i in range(n):
        data[i % len(data)] = i & 255
        view = memoryview(data)[i % 100:]
        total ^= crc32(data) ^ adler32(bytes(data))
        total = (total + fletcher16(view) + fnv1a(data[:120])) & 0xFFFFFFFFFFFF
    return total


if __name__ == "__main__":
    main(run, 9000)
