# utf-8 and hex written by hand over bytes must equal the builtin codecs.
def encode(text):
    out = bytearray()
    for c in text:
        n = ord(c)
        if n < 0x80:
            out.append(n)
        elif n < 0x800:
            out += bytes([0xC0 | n >> 6, 0x80 | n & 63])
        elif n < 0x10000:
            out += bytes([0xE0 | n >> 12, 0x80 | n >> 6 & 63, 0x80 | n & 63])
        else:
            out += bytes([0xF0 | n >> 18, 0x80 | n >> 12 & 63, 0x80 | n >> 6 & 63, 0x80 | n & 63])
    return bytes(out)


def decode(data):
    out, i = [], 0
    while i < len(data):
        b = data[i]
        n = 1 if b < 0x80 else 2 if b < 0xE0 else 3 if b < 0xF0 else 4
        v = b if n == 1 else b & (0x7F >> n)
        for k in data[i + 1:i + n]:
            v = v << 6 | k & 63
        out.append(chr(v))
        i += n
    return "".join(out)


texts = ["", "plain", "é中😀", "\x7f\x80\u07ff\u0800\uffff\U00010000\U0010ffff", "mixed é " * 20]
for t in texts:
    assert encode(t) == t.encode() and decode(t.encode()) == t and bytes.fromhex(t.encode().hex()) == t.encode()
    print(encode(t)[:24], len(encode(t)))
data = bytes(range(256))
print(data.hex()[:20], data[::51], sum(data), data.find(b"\x80\x81"), data.translate(data[::-1]) == data[::-1],
      bytes(sorted(b"hello")), bytes(b ^ 0x20 for b in b"Hello"), bytes(reversed(b"abc")),
      b"".join(bytes([b]) * 2 for b in b"xy"), b"a,b".split(b",")[1][0])
