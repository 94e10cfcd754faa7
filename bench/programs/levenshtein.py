"""Edit distances between all pairs of a word list, with two rows, and a closest-word search.

Stresses inner loops over strings by index, three-way minimum and list swapping.
"""
from _harness import main


def distance(a, b):
    if len(a) < len(b):
        a, b = b, a
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            best = previous[j - 1] + (x != y)
            if previous[j] + 1 < best:
                best = previous[j] + 1
            if current[j - 1] + 1 < best:
                best = current[j - 1] + 1
            current.append(best)
        previous = current
    return previous[-1]


def make_words(count):
    state = 21
    words = []
    for _ in range(count):
        letters = []
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        for _ in range(5 + (state >> 8) % 8):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            letters.append("aeioulnrst"[(state >> 12) % 10])
        words.append("".join(letters))
    return words


def run(n):
    words = make_words(n)
    total = 0
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            total += distance(a, b)
    closest = [min(words, key=lambda w: (distance(w, probe), w)) for probe in ("aeiou", "stress", "norsel")]
    return f"{total} {closest}"


if __name__ == "__main__":
    main(run, 600)
