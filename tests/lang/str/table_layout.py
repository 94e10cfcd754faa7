# Text tables and wrapping built by hand with format specifications.
rows = [("apple", 3, 0.5), ("kiwi", 12, 1.25), ("watermelon", 1, 4.0), ("größe", 100, -2.5)]
widths = [max(len(str(r[i])) for r in rows) for i in range(3)]
for name, n, price in rows:
    print(f"|{name:<{widths[0]}}|{n:>{widths[1]}d}|{price:>+8.2f}|{n * price:^10.1f}|{n:0{widths[1]}x}|{price:e}|{price:.1%}|")
print("+".join("-" * w for w in widths), sum(n * p for _, n, p in rows))


def wrap(text, width):
    lines, line = [], ""
    for w in text.split():
        if len(line) + len(w) + bool(line) > width:
            lines.append(line)
            line = w
        else:
            line += " " * bool(line) + w
    return lines + [line]


text = "the quick brown fox jumps over the lazy dog and runs away from the big bad wolf"
for line in wrap(text, 20):
    print(f"{line:<20}|{line:>20}|{line:^20}|{line:*^22}")
def justify(line, width):
    words = line.split()
    gaps = len(words) - 1
    space, extra = divmod(width - sum(map(len, words)), gaps or 1)
    return "".join(w + " " * (space + (i < extra)) for i, w in enumerate(words[:-1])) + words[-1]
print([justify(l, 22) for l in wrap(text, 20)])
print("\n".join("".join("#" if (x * y) % 5 == 0 else "." for x in range(12)) for y in range(4)),
      *("%-6s%6.2f%%" % (n, p * 10) for n, _, p in rows), sep="\n")
