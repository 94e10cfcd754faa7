# One call site sees more and more receiver types: monomorphic at first, megamorphic in the end.
class A:
    def f(self, x):
        return x + 1


class B:
    def f(self, x):
        return x * 2


class C(A):
    def f(self, x):
        return super().f(x) - 3


class D:
    def __init__(self):
        self.f = lambda x: -x


class E:
    @staticmethod
    def f(x):
        return x & 7


class F:
    @classmethod
    def f(cls, x):
        return x + len(cls.__name__)


class G:
    def __getattr__(self, name):
        return lambda x: x ^ 1


class H:
    class f:
        def __new__(cls, x):
            return x % 5


def call_all(receivers):
    total = 0
    for i, r in enumerate(receivers):
        total += r.f(i)
    return total


classes = [A, B, C, D, E, F, G, H]
for width in range(1, 9):
    receivers = [classes[i % width]() for i in range(400)]
    print(width, call_all(receivers), call_all(receivers[:100] + receivers[300:]))
