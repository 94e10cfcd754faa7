"""Huffman coding of a generated text: tree building with a heap, encoding to bits, decoding by walking the tree.

Stresses heaps of tuples, recursion, dict lookups by character and bit operations.
"""
import heapq

from _harness import main


def make_text(size):
    state = 77
    letters = "eeeeeeettttaaaoooiiinnsshhrrdlcumwfgypbvk ,."
    chars = []
    for _ in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        chars.append(letters[(state >> 10) % len(letters)])
    return "".join(chars)


def build_tree(text):
    counts = {}
    for char in text:
        counts[char] = counts.get(char, 0) + 1
    heap = [(count, ord(char), char) for char, count in counts.items()]
    heapq.heapify(heap)
    order = 1 << 21
    while len(heap) > 1:
        first, second = heapq.heappop(heap), heapq.heappop(heap)
        order += 1
        heapq.heappush(heap, (first[0] + second[0], order, (first[2], second[2])))
    return heap[0][2]


def assign_codes(tree, code, length, codes):
    if isinstance(tree, str):
        codes[tree] = (code, length)
    else:
        assign_codes(tree[0], code << 1, length + 1, codes)
        assign_codes(tree[1], code << 1 | 1, length + 1, codes)


def encode(text, codes):
    out = bytearray()
    buffer = filled = 0
    for char in text:
        code, length = codes[char]
        buffer = buffer << length | code
        filled += length
        while filled >= 8:
            filled -= 8
            out.append(buffer >> filled)
            buffer &= (1 << filled) - 1
    if filled:
        out.append(buffer << (8 - filled))
    return bytes(out)


def decode(data, tree, size):
    chars = []
    node = tree
    for byte in data:
        for shift in range(7, -1, -1):
            node = node[byte >> shift & 1]
            if isinstance(node, str):
                chars.append(node)
                if len(chars) == size:
                    return "".join(chars)
                node = tree
    return "".join(chars)


def run(n):
    text = make_text(n)
    tree = build_tree(text)
    codes = {}
    assign_codes(tree, 0, 0, codes)
    data = encode(text, codes)
    if decode(data, tree, n) != text:
        raise AssertionError("the text changed on its way")
    checksum = 0
    for byte in data:
        checksum = (checksum * 31 + byte) % 1000000007
    return f"{len(data)} {len(codes)} {checksum}"


if __name__ == "__main__":
    main(run, 2400000)
