"""csv, io.StringIO, textwrap, string.Template and shlex: a report from a table, there and back.

Stresses text processing in the standard library.
"""
import csv
import io
import shlex
import string
import textwrap

from _harness import main

FIELDS = ["id", "name", "price", "note"]
LETTER = string.Template("Dear $name,\nyour order ${id} for $$${price} has been sent. $note")


def make_rows(seed):
    return [{"id": k + seed, "name": f"Name, {k}", "price": f"{k * 1.25:.2f}", "note": 'said "yes"\nand went' if k % 5 == 0 else "plain"}
            for k in range(15)]


def run(n):
    total = 0
    for i in range(n):
        out = io.StringIO()
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        writer.writeheader()
        rows = make_rows(i % 100)
        writer.writerows(rows)
        text = out.getvalue()
        again = list(csv.DictReader(io.StringIO(text)))
        total += len(text) + sum(int(row["id"]) for row in again) + (again[3]["name"] == rows[3]["name"])
        dialect_rows = list(csv.reader(["a;b;'c;d'", "1;2;3"], delimiter=";", quotechar="'"))
        total += len(dialect_rows[0])
        letter = LETTER.substitute(again[i % 15])
        total += len(textwrap.fill(letter * 3, 40)) + len(textwrap.dedent("    a\n      b\n    c"))
        total += len(shlex.split("run --name 'two words' -x \"a b\" c\\ d")) + len(shlex.quote(again[0]["note"]))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 9700)
