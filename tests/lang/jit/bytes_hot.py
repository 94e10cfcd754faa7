# bytes and bytearray in hot loops: reads, stores, range errors, conversions.
def crc(data):
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


data = bytes(i * 37 % 256 for i in range(500))
print(hex(crc(data)), hex(crc(bytearray(b"123456789"))), hex(crc(memoryview(data)[10:100])))


def xor(a, key):
    out = bytearray(a)
    for i in range(len(out)):
        out[i] ^= key[i % len(key)]
    return bytes(out)


secret = xor(data, b"key")
print(secret[:8], xor(secret, b"key") == data)


def out_of_range(values):
    buffer = bytearray(1)
    good = 0
    for v in values:
        try:
            buffer[0] = v
            buffer.append(v)
            good += 1
        except (ValueError, TypeError) as error:
            message = f"{type(error).__name__}: {error}"
    return good, len(buffer), message


print(out_of_range([i % 256 for i in range(300)] + [256]))
print(out_of_range([1] * 300 + [-1]))
print(out_of_range([1] * 300 + ["1"]))
total = 0
for i in range(300):
    packed = (i * 1000003).to_bytes(6, "big")
    total += int.from_bytes(packed, "little") % 97 + packed[-1] + len(packed.hex())
print(total)
buffer = bytearray()
for i in range(300):
    buffer += b"%d," % i
    if len(buffer) > 100:
        del buffer[:50]
print(bytes(buffer))
counts = [0] * 256
for b in data + b"abc" * 50:
    counts[b] += 1
print(max(counts), counts[97], sum(counts))
acc = b""
for i in range(100):
    acc = acc + bytes([i]) if i % 2 else acc[1:] + b"zz"
print(acc)
