# Objects that gain many attributes one after another in hot loops, and share or lose their layout.
class Bag: pass


bags = [Bag() for _ in range(20)]
for round_ in range(40):
    for i, b in enumerate(bags):
        setattr(b, f"f{round_ % (i + 3)}", round_ * i)
print([len(vars(b)) for b in bags], sum(sum(vars(b).values()) for b in bags))
total = 0
for _ in range(30):
    for b in bags:
        total += b.f0 + b.f1 - b.f2
print(total)
for i, b in enumerate(bags):
    if i % 2:
        del b.f1
    if i % 3 == 0:
        b.__dict__.clear()
missing = 0
for _ in range(30):
    for b in bags:
        try:
            missing += b.f1 * 0 + hasattr(b, "f0")
        except AttributeError:
            missing += 1000
print(missing)


class Init:
    def __init__(self, n):
        if n % 2:
            self.odd = n
        self.n = n
        if n % 3 == 0:
            self.third = True


print(sum(getattr(o, "odd", 0) + o.n + hasattr(o, "third") for o in map(Init, range(500))), list(vars(Init(3))),
      list(vars(Init(6))))
