"""Objects of all kinds that die young, linked lists, cyclic garbage and a few long-lived tables that point at young objects.

Stresses allocation, short lives, cycles, and stores of young objects into old ones.
"""
from _harness import main


class Node:
    __slots__ = ("value", "next", "back")

    def __init__(self, value, next=None):
        self.value = value
        self.next = next
        self.back = None


class Event:
    def __init__(self, time, kind, payload):
        self.time = time
        self.kind = kind
        self.payload = payload


def make_list(length):
    head = None
    for k in range(length):
        head = Node(k, head)
    return head


def reverse(head):
    done = None
    while head:
        head.next, done, head = done, head, head.next
    return done


def make_ring(length):
    first = last = Node(0)
    for k in range(1, length):
        node = Node(k)
        node.back = last
        last.next = node
        last = node
    last.next, first.back = first, last
    return first


def run(n):
    recent = [None] * 256
    total = 0
    for i in range(n):
        head = reverse(make_list(30))
        while head:
            total += head.value
            head = head.next
        ring = make_ring(12)
        total += ring.back.value + ring.next.next.value
        for k in range(20):
            event = Event(i, "tick" if k & 1 else "tock", {"k": k, "pair": (i, k)})
            recent[(i + k * 13) % 256] = event
            total += event.payload["pair"][1]
        old = recent[i % 256]
        total += old.time % 7 if old else 1
        nested = [[k, (k, [k])] for k in range(10)]
        total = (total + nested[i % 10][1][1][0]) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 92000)
