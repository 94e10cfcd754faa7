# Recursive-descent arithmetic, roman numerals, run lengths, Caesar, balanced splitting.
def calc(s):
    at = 0
    def peek(): return s[at:at + 1]
    def eat():
        nonlocal at
        at += 1
        return s[at - 1]
    def atom():
        if peek() == "(":
            eat()
            v = expr()
            if peek() != ")":
                raise SyntaxError(f"no ) at {at}")
            eat()
            return v
        if peek() == "-":
            eat()
            return -atom()
        start = at
        while peek().isdigit():
            eat()
        if start == at:
            raise SyntaxError(f"{peek()!r} at {at}")
        return int(s[start:at])
    def term():
        v = atom()
        while peek() and peek() in "*/":
            v = v * atom() if eat() == "*" else v // atom()
        return v
    def expr():
        v = term()
        while peek() and peek() in "+-":
            v = v + term() if eat() == "+" else v - term()
        return v
    v = expr()
    if at < len(s):
        raise SyntaxError(f"rest {s[at:]!r}")
    return v


for s in ("1+2*3", "(1+2)*-3", "2*(3+(4-1))/5", "--5", "10/0", "1+", "(1", "1)", "", "a"):
    try:
        print(s, calc(s))
    except (SyntaxError, ZeroDivisionError) as e:
        print(s, type(e).__name__, e)
def roman(n):
    tables = [" C CC CCC CD D DC DCC DCCC CM".split(" "), " X XX XXX XL L LX LXX LXXX XC".split(" "),
              " I II III IV V VI VII VIII IX".split(" ")]
    return "M" * (n // 1000) + "".join(t[n // p % 10] for p, t in zip((100, 10, 1), tables))
def unroman(s):
    v = [dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)[c] for c in s]
    return sum(-a if a < b else a for a, b in zip(v, v[1:] + [0]))
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 444, 1994, 3999)], all(unroman(roman(n)) == n for n in range(1, 4000)))
def rle(s):
    out, i = "", 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out, i = out + f"{j - i}{s[i]}", j
    return out
print(rle("aaabccdddd"), rle(""), "".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in "xyz abc!"))
