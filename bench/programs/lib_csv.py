"""The csv module: tables written and read again as lists and as dicts, with quotes, line breaks and other dialects.

Stresses csv and io.StringIO.
"""
import csv
import io

from _harness import main

FIELDS = ["id", "name", "price", "note"]


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
        semicolons = list(csv.reader(["a;b;'c;d'", "1;2;3"], delimiter=";", quotechar="'"))
        total += len(semicolons[0])
        plain = io.StringIO()
        csv.writer(plain, quoting=csv.QUOTE_NONNUMERIC).writerows([[k, k / 4, f"t{k}"] for k in range(10)])
        total += sum(row[1] for row in csv.reader(io.StringIO(plain.getvalue()), quoting=csv.QUOTE_NONNUMERIC)) > 10
        total += len(plain.getvalue())
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 13000)
