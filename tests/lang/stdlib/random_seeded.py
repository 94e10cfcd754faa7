# random: the Mersenne twister's exact sequence for given seeds, and all the derived functions.
import random

r = random.Random(42)
print([r.random() for _ in range(3)], r.randint(1, 100), r.randrange(0, 100, 7), r.getrandbits(40), r.choice("abcdef"),
      r.uniform(1, 2))
x = list(range(10))
r.shuffle(x)
print(x, r.sample(range(100), 5), r.choices("abc", k=5), r.choices([1, 2], weights=[1, 9], k=5), r.gauss(0, 1),
      r.normalvariate(0, 1), r.expovariate(2), r.triangular(0, 1), r.betavariate(1, 2), r.paretovariate(3))
for seed in (0, 1, -5, 2 ** 100, "text", b"bytes", 3.5, None if False else "é"):
    random.seed(seed)
    print(repr(seed), random.random(), random.getrandbits(64), random.randint(0, 10 ** 20))
state = random.getstate()
a = [random.random() for _ in range(3)]
random.setstate(state)
print(a == [random.random() for _ in range(3)], state[0], len(state[1]), random.Random(5).randbytes(6),
      random.Random(1).vonmisesvariate(0, 1), random.Random(2).lognormvariate(0, 1),
      random.Random(3).weibullvariate(1, 1), random.Random(4).gammavariate(2, 1))
for e in ("random.randint(5, 1)", "random.choice([])", "random.sample([1], 2)", "random.randrange(0)",
        "random.choices([], k=1)", "random.sample({1, 2}, 1)", "random.getrandbits(-1)",
        "random.choices('ab', weights=[1])", "random.randrange(1.5)", "random.shuffle((1, 2))", "random.seed([1])",
        "random.sample([1, 2], -1)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
print(sum(random.Random(7).random() for _ in range(1000)), random.Random(8).sample(range(10 ** 9), 3),
      random.Random(9).sample([1, 2, 3], counts=[2, 2, 2], k=4))
