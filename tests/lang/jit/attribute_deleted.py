# An instance attribute is deleted while hot: the class attribute, then __getattr__, then an error takes its place.
class Thing:
    pass


class WithDefault:
    value = -1


class WithHook:
    def __getattr__(self, name):
        return len(name)


def read(thing, n, at):
    total = 0
    for i in range(n):
        if i == at:
            del thing.value
        total += thing.value
    return total


for cls in (WithDefault, WithHook, Thing):
    thing = cls()
    thing.value = 3
    try:
        print(cls.__name__, read(thing, 1000, 700))
    except AttributeError as error:
        print(error)
    try:
        del thing.value
    except AttributeError as error:
        print("delete:", error)


def churn(n):
    t = Thing()
    hits = 0
    for i in range(n):
        t.a = i
        t.b = i + 1
        if i % 3 == 0:
            del t.a
        hits += hasattr(t, "a") + t.b % 2
    return hits, list(vars(t))


print(churn(1000), churn(1001))
