"""A JSON reader and writer on single characters, over a document made by the program itself.

Stresses string indexing, character comparison, recursive descent, dict and list building and number conversion.
"""
from _harness import main

ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class JsonError(ValueError):
    pass


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def skip_space(self):
        text, at = self.text, self.at
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        self.at = at

    def expect(self, char):
        if self.at >= len(self.text) or self.text[self.at] != char:
            raise JsonError(f"wants {char!r} at {self.at}")
        self.at += 1

    def value(self):
        self.skip_space()
        char = self.text[self.at]
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        if char == "-" or "0" <= char <= "9":
            return self.number()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        raise JsonError(f"unexpected {char!r} at {self.at}")

    def object(self):
        result = {}
        self.expect("{")
        self.skip_space()
        if self.text[self.at] == "}":
            self.at += 1
            return result
        while True:
            self.skip_space()
            key = self.string()
            self.skip_space()
            self.expect(":")
            result[key] = self.value()
            self.skip_space()
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.expect("}")
            return result

    def array(self):
        result = []
        self.expect("[")
        self.skip_space()
        if self.text[self.at] == "]":
            self.at += 1
            return result
        while True:
            result.append(self.value())
            self.skip_space()
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self.expect("]")
            return result

    def string(self):
        self.expect('"')
        text, at = self.text, self.at
        chars = []
        while True:
            char = text[at]
            if char == '"':
                self.at = at + 1
                return "".join(chars)
            if char == "\\":
                at += 1
                char = text[at]
                if char == "u":
                    chars.append(chr(int(text[at + 1:at + 5], 16)))
                    at += 4
                else:
                    chars.append(ESCAPES[char])
            else:
                chars.append(char)
            at += 1

    def number(self):
        text, start = self.text, self.at
        at = start + 1
        is_float = False
        while at < len(text):
            char = text[at]
            if char in ".eE+-":
                is_float = True
            elif not "0" <= char <= "9":
                break
            at += 1
        self.at = at
        return float(text[start:at]) if is_float else int(text[start:at])


def write(value, out):
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, (int, float)):
        out.append(repr(value))
    elif isinstance(value, str):
        out.append('"')
        for char in value:
            if char in '"\\':
                out.append("\\" + char)
            elif char == "\n":
                out.append("\\n")
            elif ord(char) > 126:
                out.append(f"\\u{ord(char):04x}")
            else:
                out.append(char)
        out.append('"')
    elif isinstance(value, list):
        out.append("[")
        for i, item in enumerate(value):
            if i:
                out.append(", ")
            write(item, out)
        out.append("]")
    else:
        out.append("{")
        for i, (key, item) in enumerate(value.items()):
            if i:
                out.append(", ")
            write(key, out)
            out.append(": ")
            write(item, out)
        out.append("}")


def make_document(records):
    return [{"id": i, "name": f'user "{i}"\n\u00e9\u4e2d', "score": i * 1.25 - 3, "tags": ["a" * (i % 5), "b", str(i)],
             "nested": {"ok": i % 2 == 0, "none": None, "empty": {}, "list": [[], [1, [2, [3]]]]}}
            for i in range(records)]


def run(n):
    document = make_document(n)
    out = []
    write(document, out)
    text = "".join(out)
    again = Reader(text).value()
    if again != document:
        raise AssertionError("the document changed on its way")
    return f"{len(text)} {sum(map(ord, text)) % 1000003}"


if __name__ == "__main__":
    main(run, 40000)
