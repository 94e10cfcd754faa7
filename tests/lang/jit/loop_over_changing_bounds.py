# Bounds, steps and containers of inner loops depend on what the outer loop has done so far.
total, n, step = 0, 3, 1
seen = []
for i in range(60):
    for j in range(i % n, n * 5, step):
        total += i ^ j
        if total % 11 == 0:
            n = 2 + (n + j) % 9
        if total % 17 == 0:
            step = 1 + (step + i) % 4
    for x in seen[i % (len(seen) or 1)::2]:
        total += x
    seen.append(total % 100)
    while len(seen) > n:
        total += seen.pop(0)
    k = n
    while k and total % k:
        k -= 1
    total += k
print(total, n, step, seen)
grid = [[1]]
for i in range(40):
    for row in grid:
        row.append(sum(row) % 1000)
        if len(row) > 30:
            row[:] = row[-3:]
    if i % 10 == 0:
        grid += [r[:2] for r in grid]
print([sum(r) for r in grid], len(grid))
