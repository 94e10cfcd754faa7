# Index and counter arithmetic at the ends: negative steps, wrap-around with %, huge strides, big-int indices.
ring = [0] * 16
pos = 0
for i in range(1000):
    pos = (pos * 5 + 3) % 16
    ring[pos] += i
    ring[-pos] -= 1
    ring[~pos] += 2
print(ring)
total = 0
i = 2 ** 47 - 500
while i < 2 ** 47 + 500:
    total += ring[i % 16] + ring[i & 15]
    i += 7
print(total, i - 2 ** 47)
for big in (2 ** 62, 2 ** 63, 2 ** 64, -(2 ** 63) - 1):
    try:
        for _ in range(200):
            ring[5]
        ring[big]
    except IndexError as e:
        print(e)
r = range(0, 10 ** 15, 10 ** 12)
print(sum(r[k % 1000] for k in range(300)), r[-1], len(r))
s = "abcdefghij"
out = ""
for k in range(100, -100, -7):
    out += s[k % 10] + s[-(k % 10) - 1]
print(out)
