"""Counts words of a generated text with split, dicts and sorting by (count, word).

Stresses str methods, dict updates with str keys, and sorting with a key.
"""
from _harness import main

SYLLABLES = ["ka", "to", "mi", "re", "sol", "an", "ber", "qui", "ost", "zen", "ul", "fa"]


def make_text(words):
    state = 7
    parts = []
    for i in range(words):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        first, second, third = state >> 4, state >> 12, state >> 20
        word = SYLLABLES[first % 12] + SYLLABLES[second % 12]
        if third & 1:
            word += SYLLABLES[third % 12]
        if state % 11 == 0:
            word = word.capitalize()
        if state % 13 == 0:
            word += ","
        parts.append(word)
        if i % 12 == 11:
            parts.append(".\n")
    return " ".join(parts)


def count_words(text):
    counts = {}
    for line in text.splitlines():
        for raw in line.split():
            word = raw.strip(".,;").lower()
            if word:
                counts[word] = counts.get(word, 0) + 1
    return counts


def run(n):
    counts = count_words(make_text(n))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    checksum = 0
    for rank, (word, count) in enumerate(ranked):
        checksum = (checksum + rank * count + ord(word[0]) * len(word)) % 1000000007
    return f"{len(counts)} {ranked[0][0]} {ranked[0][1]} {checksum}"


if __name__ == "__main__":
    main(run, 3000000)
