# Objects of one class get their attributes in different orders; the same code reads them all in a hot loop.
class Bag:
    pass


def make(i):
    bag = Bag()
    if i % 3 == 0:
        bag.a = i
        bag.b = 2 * i
    elif i % 3 == 1:
        bag.b = 2 * i
        bag.a = i
    else:
        bag.extra = None
        bag.b = 2 * i
        bag.a = i
    return bag


def total(bags):
    result = 0
    for bag in bags:
        result += bag.a * 3 - bag.b
    return result


bags = [make(i) for i in range(900)]
print(total(bags))
bags.sort(key=lambda bag: hasattr(bag, "extra"))
print(total(bags))
for bag in bags[::7]:
    bag.__dict__["a"] = 5
    bag.__dict__["late"] = 1
print(total(bags), sum(hasattr(bag, "late") for bag in bags))
for bag in bags[::11]:
    bag.__dict__ = {"a": 1, "b": 1}
print(total(bags), list(vars(bags[11])), list(vars(bags[0])), list(vars(bags[7])))


class Many:
    pass


many = Many()
for i in range(200):
    setattr(many, f"f{i}", i)
s = 0
for _ in range(50):
    for i in range(0, 200, 9):
        s += getattr(many, f"f{i}")
print(s, many.f199, len(vars(many)))
