"""A tokenizer for a small programming language, by hand, over a source text that the program makes.

Stresses character tests, slices, keyword lookup in a dict, and objects for tokens.
"""
from _harness import main

KEYWORDS = {"let", "if", "else", "while", "fun", "return", "true", "false"}
PAIRS = {"==", "!=", "<=", ">=", "&&", "||", "->"}


class Token:
    __slots__ = ("kind", "text", "line", "column")

    def __init__(self, kind, text, line, column):
        self.kind = kind
        self.text = text
        self.line = line
        self.column = column


def is_word(char):
    return "a" <= char <= "z" or "A" <= char <= "Z" or char == "_" or "0" <= char <= "9"


def tokenize(source):
    tokens = []
    at = 0
    line = 1
    line_start = 0
    end = len(source)
    while at < end:
        char = source[at]
        if char == "\n":
            line += 1
            at += 1
            line_start = at
        elif char in " \t":
            at += 1
        elif char == "/" and source[at:at + 2] == "//":
            while at < end and source[at] != "\n":
                at += 1
        elif "0" <= char <= "9":
            start = at
            while at < end and (source[at].isdigit() or source[at] == "."):
                at += 1
            tokens.append(Token("number", source[start:at], line, start - line_start))
        elif is_word(char):
            start = at
            while at < end and is_word(source[at]):
                at += 1
            word = source[start:at]
            tokens.append(Token("keyword" if word in KEYWORDS else "name", word, line, start - line_start))
        elif char == '"':
            start = at
            at += 1
            while source[at] != '"':
                at += 2 if source[at] == "\\" else 1
            at += 1
            tokens.append(Token("string", source[start:at], line, start - line_start))
        else:
            text = source[at:at + 2]
            if text not in PAIRS:
                text = char
            tokens.append(Token("sign", text, line, at - line_start))
            at += len(text)
    return tokens


def make_source(functions):
    parts = []
    for i in range(functions):
        parts.append(f"""// function number {i}
fun compute_{i}(a, b{i % 7}) -> number {{
  let total = {i * 37 % 1000}.{i % 10} + a * (b{i % 7} - {i});
  while total >= 10 && a != {i % 3} {{ total = total / 2; }}
  if (total == 0 || false) {{ return "zero \\"{i}\\""; }} else {{ return total; }}
}}
""")
    return "".join(parts)


def run(n):
    tokens = tokenize(make_source(n))
    counts = {}
    checksum = 0
    for token in tokens:
        counts[token.kind] = counts.get(token.kind, 0) + 1
        checksum = (checksum * 17 + len(token.text) + token.line + token.column) % 1000000007
    return f"{len(tokens)} {checksum} {sorted(counts.items())}"


if __name__ == "__main__":
    main(run, 22000)
