# A CSV-like reader over StringIO with quotes, written with io and str only.
import io


def rows(stream):
    for line in stream:
        fields, field, quoted = [], "", False
        for c in line.rstrip("\n"):
            if quoted:
                if c == '"':
                    quoted = False
                else:
                    field += c
            elif c == '"':
                quoted = True
            elif c == ",":
                fields.append(field)
                field = ""
            else:
                field += c
        if quoted:
            raise ValueError(f"open quote in {line!r}")
        yield fields + [field]


text = 'name,age\n"Doe, J",42\n,\n"",x\n'
print(list(rows(io.StringIO(text))), [r[0] for r in rows(io.StringIO(text))])
try:
    list(rows(io.StringIO('a,"b\n')))
except ValueError as e:
    print(e)
out = io.StringIO()
for r in rows(io.StringIO(text)):
    print(*r, sep="|", file=out)
print(repr(out.getvalue()))
