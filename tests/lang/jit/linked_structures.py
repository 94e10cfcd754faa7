# Linked lists, trees and graphs walked in hot loops: None links, changing node classes, cycles.
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class Odd(Node):
    pass


def build(n):
    head = None
    for i in range(n):
        head = (Odd if i % 2 else Node)(i, head)
    return head


def length(head):
    count = 0
    while head is not None:
        count += 1
        head = head.next
    return count


def reverse(head):
    previous = None
    while head:
        head.next, previous, head = previous, head, head.next
    return previous


head = build(500)
print(length(head), head.value)
head = reverse(head)
print(length(head), head.value, head.next.value, length(None))


class Tree:
    __slots__ = "key", "left", "right"

    def __init__(self, key):
        self.key = key
        self.left = self.right = None


def insert(root, key):
    if root is None:
        return Tree(key)
    node = root
    while True:
        if key == node.key:
            return root
        side = "left" if key < node.key else "right"
        child = getattr(node, side)
        if child is None:
            setattr(node, side, Tree(key))
            return root
        node = child


def walk(node):
    if node:
        yield from walk(node.left)
        yield node.key
        yield from walk(node.right)


def height(node):
    return 0 if node is None else 1 + max(height(node.left), height(node.right))


root = None
for i in range(400):
    root = insert(root, i * 7919 % 401)
for i in range(50):
    root = insert(root, i + 0.5)
print(height(root), sum(walk(root)), list(walk(root))[:4])
graph = {i: [(i * 3 + 1) % 200, (i + 7) % 200] for i in range(200)}


def bfs(start):
    distance = {start: 0}
    queue = [start]
    for node in queue:
        for other in graph[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return distance


print(sum(bfs(0).values()), max(bfs(5).values()), len(bfs(9)))


def components(n):
    parent = list(range(n))

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for i in range(n):
        a, b = find(i), find(i * i % n)
        if a != b:
            parent[a] = b
    return len({find(i) for i in range(n)})


print(components(300), components(997))
tortoise = hare = 2
steps = 0
while True:
    tortoise = (tortoise * tortoise + 1) % 1000003
    hare = ((hare * hare + 1) ** 2 + 1) % 1000003
    steps += 1
    if tortoise == hare:
        break
print(steps, tortoise)
