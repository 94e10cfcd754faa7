# __bases__ are assigned and methods are added to or removed from bases while calls through super() are hot.
class Root:
    def name(self):
        return "root"


class Left(Root):
    def name(self):
        return "left-" + super().name()


class Right(Root):
    def name(self):
        return "right-" + super().name()


class Bottom(Left, Right):
    def name(self):
        return "bottom-" + super().name()


def collect(obj, n, changes):
    seen = []
    for i in range(n):
        if i in changes:
            changes[i]()
        name = obj.name()
        if not seen or seen[-1] != name:
            seen.append(name)
    return seen


def remove_left():
    del Left.name


def rebase():
    Bottom.__bases__ = (Right, Left)


def patch_root():
    Root.name = lambda self: "patched"


b = Bottom()
print(collect(b, 800, {200: remove_left, 400: rebase, 600: patch_root}))
print([c.__name__ for c in Bottom.__mro__])


class Mixin:
    value = 1


class Plain:
    pass


class User(Plain):
    def get(self):
        return self.value


u = User()
total = errors = 0
for i in range(600):
    if i == 200:
        Plain.value = 10
    if i == 400:
        User.__bases__ = (Mixin,)
    try:
        total += u.get()
    except AttributeError:
        errors += 1
print(total, errors)


class Klass:
    @classmethod
    def make(cls):
        return cls.__name__

    @staticmethod
    def static():
        return 3


total = 0
for i in range(400):
    if i == 200:
        Klass.static = staticmethod(lambda: 30)
        Klass.make = classmethod(lambda cls: "xy")
    total += Klass.static() + len(Klass.make()) + len(Klass().make())
print(total)
