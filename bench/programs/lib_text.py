"""io.StringIO, textwrap, string.Template, shlex, difflib and html: letters, paragraphs, command lines, differences.

Stresses text processing in the standard library.
"""
import difflib
import html
import io
import shlex
import string
import textwrap

from _harness import main

LETTER = string.Template("Dear $name,\nyour order ${id} for $$${price} has been sent. $note")
OLD = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]


def make_rows(seed):
    return [{"id": k + seed, "name": f"Name, {k}", "price": f"{k * 1.25:.2f}", "note": 'said "yes"\nand went' if k % 5 == 0 else "plain"}
            for k in range(15)]


def run(n):
    total = 0
    for i in range(n):
        rows = make_rows(i % 100)
        out = io.StringIO()
        for row in rows:
            out.write(LETTER.substitute(row) + "\n")
        letter = out.getvalue()
        total += len(letter) + sum(1 for line in io.StringIO(letter) if line.startswith("Dear"))
        total += len(textwrap.fill(letter[:400], 40)) + len(textwrap.dedent("    a\n      b\n    c"))
        total += len(shlex.split("run --name 'two words' -x \"a b\" c\\ d")) + len(shlex.quote(rows[0]["note"]))
        new = OLD[:i % 8] + ["iota"] + OLD[i % 8 + 1:]
        total += sum(len(line) for line in difflib.unified_diff(OLD, new, lineterm=""))
        total += int(1000 * difflib.SequenceMatcher(None, letter[:60], letter[20:90]).ratio())
        total += len(html.unescape(html.escape(rows[5]["note"]) + "&eacute;&#65;"))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 4000)
