"""pickle and copy: objects with __reduce__ and __getstate__, shared and cyclic references, deep copies of trees.

Stresses pickle.dumps and loads, copy.copy and copy.deepcopy.
"""
import copy
import pickle

from _harness import main


class Node:
    def __init__(self, key):
        self.key = key
        self.children = []
        self.parent = None

    def add(self, child):
        child.parent = self
        self.children.append(child)
        return child


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __reduce__(self):
        return Money, (self.cents,)


class Session:
    def __init__(self, user):
        self.user = user
        self.cache = {k: k for k in range(10)}

    def __getstate__(self):
        return {"user": self.user}

    def __setstate__(self, state):
        self.user = state["user"]
        self.cache = {}

    def __copy__(self):
        return Session(self.user + 1)


def tree(depth, key):
    node = Node(key)
    if depth:
        for k in range(3):
            node.add(tree(depth - 1, key * 3 + k))
    return node


def weigh(node):
    return node.key + sum(weigh(child) for child in node.children if child.parent is node)


def run(n):
    total = 0
    for i in range(n):
        root = tree(3, i % 50)
        data = pickle.dumps(root)
        total += weigh(pickle.loads(data)) + weigh(copy.deepcopy(root))
        shared = [i, "text"]
        record = {"a": shared, "b": shared, "c": (1.5, None, True, b"bytes"), "d": {1, 2, 3}, "m": Money(i), "s": Session(i)}
        again = pickle.loads(pickle.dumps(record, protocol=2 + i % 3))
        total += (again["a"] is again["b"]) + again["m"].cents + again["s"].user + len(again["s"].cache)
        other = copy.deepcopy(record)
        other["a"].append(1)
        total += len(other["b"]) + len(shared) + copy.copy(record["s"]).user
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 3100)
