# Simulations with random: exact results of longer runs.
import random

r = random.Random(2024)
inside = sum(r.random() ** 2 + r.random() ** 2 < 1 for _ in range(5000))
print(inside, 4 * inside / 5000)
rolls = [r.randint(1, 6) + r.randint(1, 6) for _ in range(3000)]
print([rolls.count(k) for k in range(2, 13)])
deck = [f"{v}{s}" for s in "CDHS" for v in "A23456789TJQK"]
r.shuffle(deck)
print(deck[:8], r.sample(deck, 4), r.choice(deck))
walk = pos = 0
for _ in range(2000):
    pos += r.choice((-1, 1))
    walk = max(walk, abs(pos))
print(pos, walk)
values = [r.gauss(10, 2) for _ in range(1000)]
mean = sum(values) / 1000
print(mean, (sum((v - mean) ** 2 for v in values) / 999) ** 0.5, min(values), max(values))
print(r.choices(["a", "b", "c"], cum_weights=[1, 3, 10], k=12), [r.randrange(-10, 10, 3) for _ in range(8)],
      r.getrandbits(100), [r.uniform(-1, 1) for _ in range(2)])


class Fixed(random.Random):
    def random(self): return 0.25


print(Fixed().random(), Fixed().uniform(0, 8), Fixed().choice([1, 2, 3, 4]) in (1, 2, 3, 4),
      Fixed().randint(1, 8) in range(1, 9))
