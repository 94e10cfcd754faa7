"""Forward chaining over facts as tuples with rules that have variables, joins and guards.

Stresses pattern matching by hand, dict copies, isinstance tests, sets of tuples and first-class functions.
"""
from _harness import main


class Var:
    def __init__(self, name):
        self.name = name


class Rule:
    def __init__(self, patterns, guard, conclude):
        self.patterns = patterns
        self.guard = guard
        self.conclude = conclude


class Engine:
    def __init__(self, rules):
        self.rules = rules
        self.facts = set()
        self.by_relation = {}
        self.matches = 0

    def add(self, fact):
        if fact in self.facts:
            return False
        self.facts.add(fact)
        self.by_relation.setdefault(fact[0], []).append(fact)
        return True

    def match(self, pattern, fact, bindings):
        self.matches += 1
        result = bindings
        for part, value in zip(pattern, fact):
            if isinstance(part, Var):
                bound = result.get(part.name)
                if bound is None:
                    if result is bindings:
                        result = dict(bindings)
                    result[part.name] = value
                elif bound != value:
                    return None
            elif part != value:
                return None
        return result

    def solutions(self, patterns, bindings):
        if not patterns:
            yield bindings
            return
        first, rest = patterns[0], patterns[1:]
        for fact in list(self.by_relation.get(first[0], ())):
            extended = self.match(first, fact, bindings)
            if extended is not None:
                yield from self.solutions(rest, extended)

    def run(self):
        rounds = 0
        changed = True
        while changed:
            changed = False
            rounds += 1
            for rule in self.rules:
                new = [rule.conclude(b) for b in self.solutions(rule.patterns, {}) if rule.guard(b)]
                for fact in new:
                    changed |= self.add(fact)
        return rounds


def make_rules():
    x, y, z = Var("x"), Var("y"), Var("z")
    return [
        Rule([("parent", x, y)], lambda b: True, lambda b: ("older", b["x"], b["y"])),
        Rule([("older", x, y), ("parent", y, z)], lambda b: b["z"] - b["x"] < 40,
             lambda b: ("older", b["x"], b["z"])),
        Rule([("parent", x, y), ("parent", x, z)], lambda b: b["y"] < b["z"],
             lambda b: ("sibling", b["y"], b["z"])),
        Rule([("sibling", x, y), ("parent", x, z)], lambda b: (b["x"] + b["z"]) % 2 == 0,
             lambda b: ("uncle", b["y"], b["z"])),
    ]


def run(n):
    engine = Engine(make_rules())
    for child in range(1, n):
        engine.add(("parent", (child - 1) // 2, child))
    rounds = engine.run()
    counts = sorted((relation, len(facts)) for relation, facts in engine.by_relation.items())
    return f"{rounds} {engine.matches} {counts}"


if __name__ == "__main__":
    main(run, 900)
