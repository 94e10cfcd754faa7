# string: constants, Template, Formatter, capwords.
import string

print(string.ascii_letters, string.digits, string.hexdigits, string.octdigits, string.punctuation,
      repr(string.whitespace), len(string.printable), string.capwords("hello  big world"),
      string.capwords("a-b-c", "-"))
t = string.Template("$a ${b}c $$ $missing")
print(t.safe_substitute(a=1, b=2), t.template, string.Template("$x").substitute({"x": 5}),
      string.Template("${x}y").substitute(x="z"), t.is_valid(), t.get_identifiers())
for text, kw in (("$a", {}), ("$", {}), ("$1", {}), ("${a", {"a": 1})):
    try:
        print(string.Template(text).substitute(**kw))
    except (KeyError, ValueError) as e:
        print(type(e).__name__, e)


class Semi(string.Formatter):
    def get_value(self, key, args, kw):
        if isinstance(key, str):
            return kw.get(key, f"<{key}>")
        return super().get_value(key, args, kw)

    def convert_field(self, value, conv):
        return value[::-1] if conv == "x" else super().convert_field(value, conv)


f = Semi()
print(f.format("{0} {name} {nope:>8} {1!r} {2!x}", 1, "b", "abc", name="n"), list(f.parse("a{b.c!r:>{w}}d{{")),
      string.Formatter().format("{:{}}|{}", "x", 4, "y"))
try:
    string.Formatter().format("{}{0}", 1)
except ValueError as e:
    print(e)
