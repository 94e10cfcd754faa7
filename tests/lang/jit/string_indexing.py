# Strings read by index, iterated and compared in hot loops, over all character widths.
texts = ["hello world" * 10, "h\u00e9llo w\u00f6rld" * 10, "\u4f60\u597d\uff0c\u4e16\u754c" * 10,
      "\U0001f600a\U0001f601" * 20, ""]


def checksum(text):
    value = 0
    for i in range(len(text)):
        value = (value * 31 + ord(text[i])) % 1000003
    for c in text:
        value ^= ord(c)
    for i in range(1, len(text) + 1):
        if text[-i] == text[0]:
            value += 1
    return value


print([checksum(t) for t in texts for _ in range(20)][::20])


def reverse(text):
    out = ""
    for c in text:
        out = c + out
    return out


for t in texts:
    for _ in range(5):
        r = reverse(t)
    assert r == t[::-1] and reverse(r) == t
print(reverse(texts[2])[:5])


def count_kinds(text):
    counts = {"alpha": 0, "digit": 0, "space": 0, "upper": 0, "other": 0}
    for c in text:
        if c.isdigit():
            counts["digit"] += 1
        elif c.isupper():
            counts["upper"] += 1
        elif "a" <= c <= "z" or c.isalpha():
            counts["alpha"] += 1
        elif c in " \t\n":
            counts["space"] += 1
        else:
            counts["other"] += 1
    return counts


print(count_kinds("The 3 Quick\tFoxes, \u00c9t\u00e9 \u4e2d \u0663!" * 30))


def find_all(text, part):
    at, found = -1, []
    while (at := text.find(part, at + 1)) >= 0:
        found.append(at)
    return found


print(find_all("abracadabra" * 3, "abra"), find_all("aaaa", "aa"), len(find_all("x" * 300, "")))
words = 0
for i in range(300):
    words += "key%d" % (i % 10) in {"key3", "key7"}
    words += ("a" * (i % 3)) == "aa"
    words += "ab" < "ab" + "c" * (i % 2)
print(words)
rot = "".join(chr((ord(c) - 97 + 13) % 26 + 97) if c.isalpha() else c for c in "hello" * 60)
print(rot[:10], len(set(rot)))
