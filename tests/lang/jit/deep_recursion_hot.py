# Recursion that is hot: deep, double, mutual, with default arguments and through methods.
def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


for _ in range(20):
    d = depth(600)
print(d)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 9), ackermann(1, 200))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print([is_even(k) for k in (0, 1, 300, 301)], sum(is_odd(k) for k in range(100)))


def hanoi(n, a="a", b="b", c="c", moves=None):
    if moves is None:
        moves = []
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)
    return moves


moves = hanoi(10)
print(len(moves), moves[:5], moves[-5:])


class Tree:
    def __init__(self, depth):
        self.kids = [Tree(depth - 1) for _ in range(2)] if depth else []

    def size(self):
        return 1 + sum(kid.size() for kid in self.kids)


print(Tree(9).size())


def grows(n):
    return n if n < 2 else grows(n - 1) * n


print(grows(60))
