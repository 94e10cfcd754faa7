# Inverting, grouping, merging, nested updates, topological order and tries with dicts.
def invert(d):
    out = {}
    for k, v in d.items():
        out.setdefault(v, []).append(k)
    return out


def merge(a, b):
    out = dict(a)
    for k, v in b.items():
        out[k] = merge(out[k], v) if isinstance(v, dict) and isinstance(out.get(k), dict) else v
    return out


print(invert({"a": 1, "b": 2, "c": 1}), merge({"x": {"y": 1, "z": 2}, "k": 1}, {"x": {"y": 5}, "n": {}}))


def topological(graph):
    done, out = {}, []

    def visit(n):
        if done.get(n) == 1:
            raise ValueError(f"cycle at {n}")
        if n not in done:
            done[n] = 1
            for m in graph.get(n, ()):
                visit(m)
            done[n] = 2
            out.append(n)

    for n in graph:
        visit(n)
    return out[::-1]


print(topological({"shirt": ["tie"], "tie": ["jacket"], "pants": ["shoes", "belt"], "belt": ["jacket"],
      "socks": ["shoes"]}))
try:
    topological({1: [2], 2: [3], 3: [1]})
except ValueError as e:
    print(e)
trie = {}
for w in ("to", "tea", "ted", "i", "in", "inn"):
    node = trie
    for c in w:
        node = node.setdefault(c, {})
    node["$"] = w


def words(node, prefix=""):
    for c in sorted(node):
        if c == "$":
            yield node[c]
        elif prefix.startswith(c) or not prefix:
            yield from words(node[c], prefix[1:])


print(list(words(trie)), list(words(trie, "te")), trie["i"])
flat = {}
def walk(d, path=()):
    for k, v in d.items():
        walk(v, path + (k,)) if isinstance(v, dict) else flat.__setitem__(".".join(path + (k,)), v)
walk({"a": {"b": {"c": 1}, "d": 2}, "e": 3})
print(flat, {k: flat[k] for k in sorted(flat, reverse=True)}, dict(sorted(flat.items(), key=lambda kv: -kv[1])))
