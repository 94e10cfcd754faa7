"""Compare runtime/unicode with the oracle's str methods and unicodedata, for every code point.

Usage: unicode_check.py PATH_OF_unicode_dump (run by the oracle itself).
"""
import subprocess
import sys
import unicodedata as u


def points(text):
    return " " + "_".join("%X" % ord(c) for c in text)


def form(name, c):
    return (points(u.normalize(name, "e" + c + "\u0301")) + "/%d" % u.is_normalized(name, c)
            + points(u.normalize(name, c)))


def line(n):
    c = chr(n)
    bits = (c.isalpha(), c.isdecimal(), c.isdigit(), c.isnumeric(), c.isalnum(), c.isspace(), c.isprintable(),
            c.islower(), c.isupper(), u.category(c) == "Lt", len(("a" + c + "a").splitlines()) == 2)
    number = u.numeric(c, None)
    sigma = " 3C3" if n == 0x3A3 else points(c.lower())  # alone, a capital sigma lowers to the final form's twin
    return "".join([
        "%X %s %s %s %d %d|" % (n, u.category(c), u.bidirectional(c), u.east_asian_width(c), u.combining(c), u.mirrored(c)),
        "%d%d%d%d%d%d%d%d%d%d%d|" % bits,
        "%d%d|" % (c.isidentifier(), ("a" + c).isidentifier()),
        "%d %d " % (u.decimal(c, -1), u.digit(c, -1)),
        "-|" if number is None else "%.17g|" % number,
        points(c.upper()), sigma, points(c.title()), points(c.casefold()),
        "|%s|" % u.decomposition(c),
        "".join(form(name, c) for name in ("NFC", "NFD", "NFKC", "NFKD"))])


def main():
    dump = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")[:-1]
    assert len(dump) == 0x110000, len(dump)
    bad = 0
    for n, ours in enumerate(dump):
        theirs = line(n)
        if ours != theirs:
            bad += 1
            if bad <= 20:
                print("ours  ", ours)
                print("oracle", theirs)
    print("%d of %d code points differ" % (bad, len(dump)))
    sys.exit(bad != 0)


main()
