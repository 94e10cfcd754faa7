# Packing and parsing binary records with int.to_bytes, slices and memoryview.
def pack(records):
    out = bytearray(b"REC1")
    out += len(records).to_bytes(2, "big")
    for name, value, flag in records:
        raw = name.encode()
        out.append(len(raw))
        out += raw
        out += value.to_bytes(8, "little", signed=True)
        out.append(0xFF if flag else 0)
    out += (sum(out) & 0xFFFF).to_bytes(2, "big")
    return bytes(out)


def unpack(data):
    view = memoryview(data)
    if view[:4] != b"REC1":
        raise ValueError("bad magic")
    if sum(view[:-2]) & 0xFFFF != int.from_bytes(view[-2:], "big"):
        raise ValueError("bad checksum")
    at, records = 6, []
    for _ in range(int.from_bytes(view[4:6], "big")):
        n = view[at]
        name = str(view[at + 1:at + 1 + n], "utf-8")
        at += 1 + n
        records.append((name, int.from_bytes(view[at:at + 8], "little", signed=True), view[at + 8] == 255))
        at += 9
    return records


records = [("ann", -1, True), ("é中", 2 ** 62, False), ("", 0, True)]
data = pack(records)
print(data, len(data), unpack(data) == records)
for i, bad in ((0, 0), (10, 7), (len(data) - 1, data[-1] ^ 1)):
    broken = bytearray(data)
    broken[i] = bad
    try:
        print(unpack(broken))
    except ValueError as e:
        print(i, e)
for bits in (8, 16, 32, 64, 128):
    for n in (0, 1, -1, 2 ** (bits - 1) - 1, -(2 ** (bits - 1))):
        for order in ("big", "little"):
            assert int.from_bytes(n.to_bytes(bits // 8, order, signed=True), order, signed=True) == n
try:
    (2 ** 31).to_bytes(4, "big", signed=True)
except OverflowError as e:
    print(e)
