# _csv: reader states, writer quoting, dialects and their errors.
import csv
import io


def read(lines, **options):
    try:
        return list(csv.reader(lines, **options))
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for lines in (["a,b\0c"], ['"a"b,c'], ['a"b'], [' "a", b'], ['"a'], ["a\\"], [b"x"], ["a\nb"], ["a\r\nb"], [""], ['"a\n', 'b",c'], ["1,2.5,'x'"], ['"x",1'],
              ["a;b"], ["\u00e9,\U0001f600"]):
    for options in ({}, {"strict": True}, {"escapechar": "\\"}, {"quoting": 3}, {"quoting": 2}, {"skipinitialspace": True}, {"doublequote": False},
                    {"delimiter": ";"}, {"quotechar": "'"}):
        print(lines, options, read(lines, **options))


def write(row, **options):
    out = io.StringIO()
    try:
        csv.writer(out, **options).writerow(row)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    return out.getvalue()


for row in ([1, 2.5, None, "x"], ['a"b', "c,d", "e\nf"], [""], [], ["\\", '"'], 5, [None], ["a", ""], ["\r\n"]):
    for options in ({}, {"quoting": 1}, {"quoting": 2}, {"quoting": 3}, {"quoting": 3, "escapechar": "\\"}, {"doublequote": False},
                    {"doublequote": False, "escapechar": "|"}, {"lineterminator": "!"}, {"dialect": "excel-tab"}, {"dialect": "unix"}):
        print(row, options, repr(write(row, **options)))

for options in ({"delimiter": "ab"}, {"delimiter": None}, {"delimiter": 1}, {"quotechar": ""}, {"quotechar": None}, {"quotechar": None, "quoting": 1},
                {"quoting": 9}, {"quoting": "x"}, {"lineterminator": None}, {"escapechar": "xy"}, {"dialect": "nosuch"}, {"nosuch": 1}):
    print(options, read(["a"], **options))

csv.register_dialect("mine", delimiter="|", quoting=csv.QUOTE_ALL)
d = csv.get_dialect("mine")
print(d.delimiter, d.quoting, d.quotechar, d.escapechar, repr(d.lineterminator), d.doublequote, d.skipinitialspace, d.strict, "mine" in csv.list_dialects())
csv.unregister_dialect("mine")
for f in (lambda: csv.get_dialect("mine"), lambda: csv.unregister_dialect("mine"), lambda: csv.register_dialect(5), lambda: csv.field_size_limit("x"),
          lambda: csv.reader(5), lambda: csv.writer(5), lambda: csv.reader(), lambda: d.__reduce__()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(csv.field_size_limit(10), read(["a" * 11]), csv.field_size_limit(131072))
out = io.StringIO()
w = csv.DictWriter(out, ["a", "b"], restval="-")
w.writeheader()
w.writerows([{"a": 1, "b": 2}, {"a": 3}])
print(repr(out.getvalue()), list(csv.DictReader(io.StringIO(out.getvalue()))))
r = csv.reader(["a", '"b', 'c"', "d"])
print([(row, r.line_num) for row in r], r.dialect.delimiter)
