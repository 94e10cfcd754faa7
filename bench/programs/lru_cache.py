"""A least-recently-used cache as a dict over a doubly linked list, beside functools.lru_cache.

Stresses dict lookups with int keys, pointer surgery on objects, and a wrapped function's calls.
"""
import functools

from _harness import main


class Entry:
    __slots__ = ("key", "value", "before", "after")

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self
        self.after = self


class Cache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = {}
        self.ring = Entry(None, None)
        self.hits = self.misses = 0

    def unlink(self, entry):
        entry.before.after = entry.after
        entry.after.before = entry.before

    def link_first(self, entry):
        ring = self.ring
        entry.before = ring
        entry.after = ring.after
        ring.after.before = entry
        ring.after = entry

    def get(self, key, compute):
        entry = self.entries.get(key)
        if entry is not None:
            self.hits += 1
            self.unlink(entry)
            self.link_first(entry)
            return entry.value
        self.misses += 1
        if len(self.entries) >= self.capacity:
            last = self.ring.before
            self.unlink(last)
            del self.entries[last.key]
        entry = Entry(key, compute(key))
        self.entries[key] = entry
        self.link_first(entry)
        return entry.value


def square_digits(number):
    total = 0
    while number:
        number, digit = divmod(number, 10)
        total += digit * digit
    return total


@functools.lru_cache(maxsize=500)
def cached_digits(number):
    return square_digits(number)


def run(n):
    cache = Cache(500)
    cached_digits.cache_clear()
    state = 1
    total = 0
    for i in range(n):
        state = (state * 48271) % 2147483647
        key = state % 400 if i % 3 else state % 2000
        total += cache.get(key, square_digits)
        total -= cached_digits(key ^ 1)
    info = cached_digits.cache_info()
    return f"{total} {cache.hits} {cache.misses} {info.hits} {info.misses}"


if __name__ == "__main__":
    main(run, 2500000)
