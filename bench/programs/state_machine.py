"""Three state machines over a stream of bytes: by if-elif chains, by a table, by methods that return the next state.

Stresses branches that depend on data, tuple keys in dicts, and calls of changing bound methods.
"""
from _harness import main

WORDS = b"begin 12 'quoted text' name_1 := 3.14 ; # comment\nif x<=42 then y:=y+1 end\n"
LETTER, DIGIT, SPACE, QUOTE, HASH, NEWLINE, OTHER = range(7)


def kind_of(byte):
    if 97 <= byte <= 122 or 65 <= byte <= 90 or byte == 95:
        return LETTER
    if 48 <= byte <= 57:
        return DIGIT
    if byte == 10:
        return NEWLINE
    if byte in (32, 9):
        return SPACE
    return QUOTE if byte == 39 else HASH if byte == 35 else OTHER


def by_branches(data):
    state = "start"
    words = numbers = comments = 0
    for byte in data:
        kind = kind_of(byte)
        if state == "start":
            if kind == LETTER:
                state = "word"
                words += 1
            elif kind == DIGIT:
                state = "number"
                numbers += 1
            elif kind == QUOTE:
                state = "string"
            elif kind == HASH:
                state = "comment"
                comments += 1
        elif state == "word":
            if kind not in (LETTER, DIGIT):
                state = "start"
        elif state == "number":
            if kind != DIGIT:
                state = "start"
        elif state == "string":
            if kind == QUOTE:
                state = "start"
        elif kind == NEWLINE:
            state = "start"
    return words * 10000 + numbers * 100 + comments


TABLE = {("out", LETTER): "in", ("in", SPACE): "out", ("in", NEWLINE): "out", ("in", QUOTE): "odd", ("odd", QUOTE): "out"}


def by_table(data):
    state = "out"
    counts = {}
    for byte in data:
        state = TABLE.get((state, kind_of(byte)), state)
        counts[state] = counts.get(state, 0) + 1
    return counts.get("in", 0) * 1000 + counts.get("odd", 0)


class Machine:
    def __init__(self):
        self.depth = self.deepest = self.steps = 0

    def outside(self, byte):
        self.steps += 1
        if byte == 98:
            self.depth += 1
            return self.inside
        return self.outside

    def inside(self, byte):
        self.steps += 2
        if self.depth > self.deepest:
            self.deepest = self.depth
        if byte == 101:
            return self.leaving
        return self.inside

    def leaving(self, byte):
        if byte == 110:
            self.depth -= 1
            return self.outside
        return self.inside(byte)


def run(n):
    total = 0
    for i in range(n):
        data = WORDS[i % 20:] + WORDS[:i % 37]
        total += by_branches(data) + by_table(data)
        machine = Machine()
        state = machine.outside
        for byte in data:
            state = state(byte)
        total = (total + machine.steps + machine.deepest) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 32000)
