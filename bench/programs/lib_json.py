"""json.dumps and json.loads of nested data, with indent, sort_keys, default, object_hook and object_pairs_hook.

Stresses the json module both ways.
"""
import json

from _harness import main


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def encode(value):
    if isinstance(value, Point):
        return {"__point__": [value.x, value.y]}
    raise TypeError(type(value).__name__)


def decode(mapping):
    if "__point__" in mapping:
        return Point(*mapping["__point__"])
    return mapping


def make(k):
    return {"id": k, "name": f"näme {k}\n", "ratio": k / 7, "tags": [f"t{j}" for j in range(k % 6)], "flag": k % 2 == 0, "none": None,
            "nested": {str(j): [j, -j, j * 1.5] for j in range(4)}, "escape": 'say "hi" \\ / \u2028'}


def run(n):
    data = [make(k) for k in range(12)]
    total = 0
    for i in range(n):
        data[i % 12] = make(i % 1000)
        text = json.dumps(data)
        again = json.loads(text)
        total += len(text) + (again == data)
        pretty = json.dumps(again[i % 12], indent=2, sort_keys=True, ensure_ascii=False)
        total += len(pretty) + len(json.loads(pretty, object_pairs_hook=list))
        shape = json.dumps({"at": [Point(i, k) for k in range(5)]}, default=encode, separators=(",", ":"))
        total += sum(p.x + p.y for p in json.loads(shape, object_hook=decode)["at"])
        try:
            json.loads(text[:i % len(text)])
        except json.JSONDecodeError:
            total += i % 7
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 7600)
