"""Complete binary trees built, counted and dropped, beside one that lives to the end.

Stresses allocation and collection of many small objects, and recursion.
"""
from _harness import main


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def count(node):
    if node.left is None:
        return 1
    return 1 + count(node.left) + count(node.right)


def run(n):
    long_lived = build(n)
    total = 0
    for depth in range(4, n + 1, 4):
        for _ in range(1 << (n - depth + 2)):
            total += count(build(depth))
    return total * 7 + count(long_lived)


if __name__ == "__main__":
    main(run, 17)
