# itertools: product, permutations, combinations.
from itertools import *

print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(product("a", "")),
      len(list(product(range(3), repeat=4))))
print(list(permutations("abc", 2)), list(permutations([1, 2, 3])), list(permutations("ab", 3)), list(permutations([])))
print(list(combinations("abcd", 2)), list(combinations([1, 2], 3)), list(combinations_with_replacement("ab", 2)),
      len(list(combinations(range(10), 4))), list(combinations("ab", 0)))
print(sum(a * b for a, b in combinations(range(20), 2)), max(permutations([3, 1, 2])),
      ["".join(p) for p in permutations("aab")])
for e in ("permutations([1], -1)", "combinations([1])", "product([1], repeat=-1)", "combinations([1], 'a')",
        "product(5)", "permutations()"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
p = permutations(range(3))
print(next(p), next(p), sum(1 for _ in p), next(p, "end"))
