"""The four ways to format: f-strings with specifications, str.format, %, and format(); numbers, dates, tables, hex dumps.

Stresses format specifications of str, int and float, repr, and joining of parts.
"""
from _harness import main


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __format__(self, spec):
        return format(self.cents / 100, spec or ".2f") + " EUR"

    def __repr__(self):
        return f"Money({self.cents!r})"


def table(rows):
    lines = [f"{'name':<12}|{'count':>8}|{'share':^10}"]
    for name, count, share in rows:
        lines.append(f"{name:<12}|{count:>8,}|{share:^10.2%}")
    return "\n".join(lines)


def dump(data):
    lines = []
    for start in range(0, len(data), 8):
        chunk = data[start:start + 8]
        lines.append("%04x  %-24s %s" % (start, " ".join(f"{b:02x}" for b in chunk), "".join(chr(b) if 32 <= b < 127 else "." for b in chunk)))
    return "\n".join(lines)


def run(n):
    total = 0
    data = bytes(range(40, 72))
    for i in range(n):
        price = Money(i * 17 % 100000)
        text = f"{i:05d} {i * 1.5:10.3f} {i:#x} {i:b} {i:+d} {price} {price:8.1f} {price!r:>14}"
        text += "{0:>6}|{1:<6}|{name:^9}|{1!r}".format(i % 97, str(i % 13), name="item")
        text += "%s=%d (%5.2f%%) %r %c" % ("key", i, i % 100 / 3, "q'", 65 + i % 26)
        text += format(i * 12345.678, ",.2f") + format(i, "_d") + str(i / 7) + repr(float(i))
        if i % 16 == 0:
            text += table([("alpha", i, i % 10 / 10), ("beta", i * i, 0.5), ("gamma", 7, 1.0)]) + dump(data)
        total = (total * 31 + len(text) + ord(text[i % len(text)])) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 180000)
