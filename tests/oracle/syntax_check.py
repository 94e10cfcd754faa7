"""Compare the front end with the oracle on recorded snippets (see syntax_record.py) and on mutations of them.

Usage: syntax_check.py PATH_OF_frontend_dump RECORDS [MUTATIONS SEED] (run by the oracle).
"""
import pickle
import random
import sys

import oracle_ast as o

sys.setrecursionlimit(30000)


def mutate(source, rng):
    """The source with a few characters or words dropped, doubled, swapped or replaced."""
    pieces = ["(", ")", "[", "]", "{", "}", ":", ",", "=", ":=", "*", "**", "/", ".", "'", '"', "f'", "\n", " ", "\n  ", "\t", "lambda ",
              "if ", "else ", "for ", "in ", "not ", "is ", "print ", "async ", "await ", "def ", "class ", "with ", "as ", "try:", "except ",
              "match ", "case ", "_", "1", "0x", "1e", "x", "yield ", "import ", "from ", "global ", "del ", "return ", "True", "None", "...",
              "->", "@", "+=", "<>", "!=", "!", "$", "?", "\\", "\\\n", "#", "\u00e9", "\u20ac", ";", "|", "~", "-", "{x}", "elif ", "while ",
              "finally:", "raise ", "assert ", "pass", "except*"]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        i = rng.randrange(len(source) + 1)
        j = min(len(source), i + rng.choice((0, 0, 1, 1, 2, 5)))
        source = source[:i] + (rng.choice(pieces) if rng.random() < 0.7 else "") + source[j:]
    source = source.replace("\0", "")
    if rng.random() < 0.85:
        return source
    # As the bytes of a file: with a mark, a cookie, other newlines, bytes that are not UTF-8.
    data = rng.choice((b"", b"", b"\xef\xbb\xbf")) + rng.choice(COOKIES) + source.encode()
    if rng.random() < 0.3:
        i = rng.randrange(len(data) + 1)
        data = data[:i] + rng.choice((b"\xff", b"\xc3", b"\xe9x", b"\xed\xa0\x80", b"\xf0\x9f", b"\xc3\xa9", b"\xc0\x80")) + data[i:]
    if rng.random() < 0.3:
        data = data.replace(b"\n", rng.choice((b"\r\n", b"\r")))
    return data


# None that makes CPython convert the text: the line it then shows with an error depends on where its buffers lie in memory.
COOKIES = (b"", b"", b"", b"# coding: utf-8\n", b"# coding: zzzz\n", b"\n# vim: set fileencoding=UTF_8-unix :\n", b"x = 1 # coding: ascii\n",
           b"\n\n# coding: latin-1\n", b"\f  # coding : latin-1\n", b'"""\n# coding: latin-1\n"""\n')


def main():
    frontend = o.Frontend(sys.argv[1])
    with open(sys.argv[2], "rb") as f:
        snippets = sorted(pickle.load(f), key=lambda s: (s[1], s[2], repr(s[0])))
    mutations = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    total = bad = refused = 0

    def check(source, mode, flags):
        nonlocal total, bad, refused
        total += 1
        theirs = o.expected(source, mode, flags)
        ours = frontend.parse(source, mode, flags)
        refused += theirs.startswith(b"E")
        if ours != theirs:
            bad += 1
            if bad <= 30:
                print(mode, flags, repr(source)[:400])
                o.show_difference(ours, theirs, 2)

    if not mutations:
        for source, mode, flags in snippets:
            check(source, mode, flags)
    else:
        texts = [s for s in snippets if isinstance(s[0], str) and len(s[0]) < 600]
        for _ in range(mutations):
            source, mode, flags = rng.choice(texts)
            check(mutate(source, rng), mode, flags)
    print("%d snippets, %d refused by the oracle, %d differ" % (total, refused, bad))
    sys.exit(bad != 0)


main()
