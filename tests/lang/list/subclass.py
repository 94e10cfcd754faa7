# Subclasses of list, overridden hooks, and which builtins call them.
class Log(list):
    calls = []

    def __getitem__(self, i):
        Log.calls.append(("get", i))
        return super().__getitem__(i)

    def __setitem__(self, i, value):
        Log.calls.append(("set", i))
        super().__setitem__(i, value)

    def __len__(self):
        Log.calls.append("len")
        return super().__len__()

    def __iter__(self):
        Log.calls.append("iter")
        return super().__iter__()

    def __contains__(self, x):
        Log.calls.append("contains")
        return super().__contains__(x)

    def append(self, x):
        Log.calls.append("append")
        super().append(x)


def called(function):
    Log.calls.clear()
    result = function()
    return result, list(Log.calls)


a = Log([3, 1, 2])
print(called(lambda: a[0]), called(lambda: a[0:2]), called(lambda: a.__setitem__(0, 5)), called(lambda: len(a)),
      called(lambda: 5 in a))
print(called(lambda: [x for x in a]), called(lambda: list(a)), called(lambda: sorted(a)), called(lambda: a + [1]),
      called(lambda: a * 2), called(lambda: bool(a)))
print(called(lambda: a == [5, 1, 2]), called(lambda: repr(a)), called(lambda: tuple(a)), called(lambda: sum(a)),
      called(lambda: max(a)), called(lambda: a.copy()), called(lambda: a.index(1)))
print(called(lambda: [*a]), called(lambda: (lambda *p: p)(*a)), called(lambda: "".join(Log("ab"))),
      called(lambda: a.sort()), called(lambda: a.extend([9])), called(lambda: a.append(0)), called(lambda: a.pop()))
p, *q = a
print(p, q, Log.calls, type(a[0:1]).__name__, type(a + []).__name__, type(a.copy()).__name__, isinstance(a, list),
      a.__class__.__name__)


class Init(list):
    def __init__(self, n):
        super().__init__(range(n))
        self.extra = n


i = Init(3)
i.append(i.extra)
print(i, i.extra, vars(i), i == [0, 1, 2, 3], [0, 1, 2, 3] == i, list.__repr__(i), list.__len__(i))


class Missing(list):
    def __missing__(self, i):
        return "never"


try:
    Missing()[0]
except IndexError as error:
    print(error)
class Hashable(list):
    def __hash__(self):
        return 5


print({Hashable([1]): "v"}[Hashable([1])], list.__new__(list), list.__init__(a, [1]), a,
      list("abc").__reversed__().__next__(), list.__mul__([1], 2), [].__class_getitem__(int) if False else list[int])
