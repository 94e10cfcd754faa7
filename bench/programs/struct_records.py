"""Binary records: struct packing and unpacking, int.from_bytes, variable-length integers, bytes methods, hex and join.

Stresses the struct module and building of bytes.
"""
import struct

from _harness import main

HEADER = struct.Struct("<4sHHI")
POINT = struct.Struct(">hhf")


def put_varint(out, value):
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def get_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def write(records):
    body = bytearray()
    for number, name, points in records:
        put_varint(body, number)
        raw = name.encode()
        put_varint(body, len(raw))
        body += raw
        put_varint(body, len(points))
        for x, y, z in points:
            body += POINT.pack(x, y, z)
    return HEADER.pack(b"PJIT", 1, len(records), len(body)) + bytes(body)


def read(data):
    magic, version, count, size = HEADER.unpack_from(data)
    at = HEADER.size
    records = []
    for _ in range(count):
        number, at = get_varint(data, at)
        length, at = get_varint(data, at)
        name = data[at:at + length].decode()
        at += length
        length, at = get_varint(data, at)
        records.append((number, name, list(POINT.iter_unpack(data[at:at + length * POINT.size]))))
        at += length * POINT.size
    return records


def run(n):
    total = 0
    for i in range(n):
        records = [(i * k * 977 % 100000, f"record{k}", [(k, -j, j / 4) for j in range(k % 5)]) for k in range(12)]
        data = write(records)
        again = read(data)
        total += again == records
        total += int.from_bytes(data[12:20], "little") % 1000003 + len(data.hex()) + data.count(b"\x00")
        total += sum(struct.unpack("<%dB" % 8, data[-8:])) + (i * 31).to_bytes(4, "big")[3]
        total += len(b"-".join(data[k:k + 16] for k in range(0, 64, 16)).split(b"record"))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 28000)
