# Chains of string methods in hot loops with results of changing widths and emptiness.
texts = ["  Hello World ", "", "ÀÉÎ x", "a,b,,c", "中文 text", "tab\tsep", "UPPER lower 123"]
total = 0
out = []
for i in range(700):
    t = texts[i % 7]
    u = t.strip().lower().replace("l", "L").split()
    v = "-".join(u).title()
    total += len(v) + v.count("-") + v.find("o") + (v[:1].isupper()) + len(t.partition(" ")[2]) + t.startswith(" ") + len(t.encode())
    if i < 7:
        out.append(v)
    total += sum(map(ord, v[::5])) % 7 + len(v.zfill(20)) + len(v.center(5)) + ("%s%d" % (v, i)).isalnum()
print(total, out)
s = "x"
for i in range(200):
    s = (s + str(i))[-20:].swapcase().lstrip("0")
print(s)
