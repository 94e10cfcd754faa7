# Loop state kept in tuples that are rebuilt each time, compared and used as dict keys.
state = (0, 1, "a")
seen = {}
for i in range(1000):
    a, b, c = state
    state = (b, (a + b) % 17, "b" if c == "a" else "a")
    if state in seen:
        break
    seen[state] = i
print(i, state, len(seen), seen[state])
points = []
x, y = 0, 0
for i in range(400):
    dx, dy = ((1, 0), (0, 1), (-1, 0), (0, -1))[i * i % 4]
    x, y = x + dx, y + dy
    points.append((x, y))
print(points[-1], len(set(points)), max(points), min(points), points.count((x, y)))
pair = (0, 0.0)
for i in range(300):
    pair = (pair[0] + 1, pair[1] + 0.5) if i % 3 else (pair[1], pair[0])
print(pair, pair < (1000, 0), pair == (pair[0], pair[1]))
nested = ()
for i in range(100):
    nested = (i, nested) if i % 10 else nested[:1] + (i,)
print(nested)
