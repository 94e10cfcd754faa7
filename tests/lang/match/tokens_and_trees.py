# match used for a tokenizer's states, JSON-like validation and tree rewriting.
def validate(x, schema):
    match schema, x:
        case "int", bool(): return ["bool is not int"]
        case "int", int(): return []
        case "str", str(): return []
        case ["list", inner], list(items): return [f"[{i}] {e}" for i,
              v in enumerate(items) for e in validate(v, inner)]
        case {"opt": inner}, None: return []
        case {"opt": inner}, v: return validate(v, inner)
        case dict(fields), dict(obj):
            missing = [f"no {k}" for k in fields if k not in obj]
            extra = [f"odd {k}" for k in obj if k not in fields]
            return missing + extra + [f"{k}: {e}" for k, s in fields.items() if k in obj for e in validate(obj[k], s)]
        case (str() as want), got: return [f"want {want}, got {type(got).__name__}"]
        case _: return ["mismatch"]


schema = {"id": "int", "tags": ["list", "str"], "parent": {"opt": {"id": "int"}}}
for x in ({"id": 1, "tags": ["a"], "parent": None}, {"id": "x", "tags": ["a", 2], "more": 1},
        {"id": True, "tags": "no", "parent": {"id": 1.5}}, [], {"id": 1, "tags": [], "parent": {"id": 2}}):
    print(validate(x, schema))


def optimise(t):
    match t:
        case ("not", ("not", x)): return optimise(x)
        case ("not", ("and", *xs)): return optimise(("or", *(("not", x) for x in xs)))
        case ("and" | "or" as op, (op2, *inner), *rest) if op == op2: return optimise((op, *inner, *rest))
        case ("and", *xs) if False in xs: return False
        case ("or", *xs) if True in xs: return True
        case (str(op), *xs):
            new = (op, *map(optimise, xs))
            return new if new == t else optimise(new)
    return t


for t in (("not", ("not", 5)), ("not", ("and", 1, ("not", 2))), ("and", ("and", 1, 2), 3), ("and", 5, False),
        ("or", ("not", ("not", True)), 7), "x", ("or", ("and", 2, 3), ("or", 4, 5))):
    print(optimise(t))
