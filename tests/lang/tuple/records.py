# Tuples as records: sorting, unpacking in loops, as keys, nested comparison, concatenation in folds.
rows = [("eve", 3, (1, 2)), ("bob", 3, (0, 9)), ("ann", 1, ()), ("cat", 2, (1,))]
print(sorted(rows), sorted(rows, key=lambda r: r[1:]), max(rows, key=lambda r: r[2]), [n for n, *_ in rows],
      {r[:2]: r[2] for r in rows})
for i, (name, n, (first, *rest)) in enumerate(r for r in rows if r[2]):
    print(i, name, n, first, rest, end="; ")
print()
acc = ()
for r in rows:
    acc += r[:1] * r[1]
print(acc, acc.count("eve"), acc.index("cat"), len(acc), acc[::3], acc > ("eve",), (acc, 1) == (acc, 1.0))
print((1, (2, (3,))) < (1, (2, (4,))), ((),) > (), (1, "a") == (1, "a"), (1, 2, 3)[-2:],
      tuple(sorted(acc, reverse=True))[:2], hash((1, (2, 3))) == hash((1, (2, 3))))
grid = {(x, y): x * y for x in range(4) for y in range(3)}
print(sum(v for (x, y), v in grid.items() if x > y), grid[2, 1], (3, 2) in grid, sorted(grid)[-1],
      [k for k in grid if k[0] == 0], max(grid, key=lambda k: (grid[k], k)))
swap = {(a, b): (b, a) for a, b in zip("xy", (1, 2))}
print(swap, dict(swap.values()), [*zip(*swap)], tuple(map(tuple, ["ab", [1]])), (*"ab", *(), *[None]))
