# Counting loops over dict.get, setdefault, try/except KeyError, defaultdict and Counter must agree.
from collections import Counter, defaultdict

words = [str(i * i % 23) for i in range(1000)]


def by_get():
    d = {}
    for w in words:
        d[w] = d.get(w, 0) + 1
    return d


def by_in():
    d = {}
    for w in words:
        if w in d:
            d[w] += 1
        else:
            d[w] = 1
    return d


def by_try():
    d = {}
    for w in words:
        try:
            d[w] += 1
        except KeyError:
            d[w] = 1
    return d


def by_default():
    d = defaultdict(int)
    for w in words:
        d[w] += 1
    return dict(d)


def by_setdefault():
    d = {}
    for i, w in enumerate(words):
        d.setdefault(w, []).append(i)
    return {k: len(v) for k, v in d.items()}


results = [f() for f in (by_get, by_in, by_try, by_default, by_setdefault)] + [dict(Counter(words))]
print(results[0], all(r == results[0] and list(r) == list(results[0]) for r in results))
