"""Character by character and method by method: ciphers, palindromes, run-length coding, slugs, splitting of records.

Stresses indexing and slicing of str, ord and chr, translate, replace, partition, find, and str predicates.
"""
from _harness import main

TEXT = ("It was a bright cold day in April, and the clocks were striking thirteen; nobody looked up. "
        "Naïve café owners -- señor Müller among them -- sold 42 éclairs for 3.50 each, key=value; a=b")


def caesar(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 97 + shift) % 26 + 97))
        elif "A" <= c <= "Z":
            out.append(chr((ord(c) - 65 + shift) % 26 + 65))
        else:
            out.append(c)
    return "".join(out)


def run_length(text):
    out = []
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        out.append(text[i] + str(j - i) if j - i > 1 else text[i])
        i = j
    return "".join(out)


def longest_palindrome(text):
    best = ""
    for middle in range(len(text)):
        for right in (middle, middle + 1):
            left = middle
            while left >= 0 and right < len(text) and text[left] == text[right]:
                left -= 1
                right += 1
            if right - left - 1 > len(best):
                best = text[left + 1:right]
    return best


def slug(text):
    kept = [c if c.isalnum() else "-" for c in text.lower()]
    word = "".join(kept).strip("-")
    while "--" in word:
        word = word.replace("--", "-")
    return word


def run(n):
    vowels = str.maketrans("aeiou", "43102", "yY")
    total = 0
    for i in range(n):
        text = caesar(TEXT, i % 26)
        total += sum(map(ord, text[i % 50:i % 50 + 9])) + text.find("e") + text.count("a")
        total += len(run_length("aaabbbbc" * 5 + text[:20])) + len(longest_palindrome(text[:60]))
        total += len(slug(text)) + len(text.translate(vowels).title().swapcase())
        for part in text.split("; "):
            key, _, value = part.partition("=")
            total += len(key.rstrip(".,")) * 2 + len(value) + value.isdigit() + part.startswith("a")
        total += text.encode()[i % 40] + len(text.rsplit(" ", 3)[-1].zfill(8).center(20, "*"))
        total %= 1000000007
    return total


if __name__ == "__main__":
    main(run, 14000)
