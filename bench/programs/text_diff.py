"""A line diff by longest common subsequence, and the edit script it gives.

Stresses two-dimensional dynamic programming over lists of lists, string comparison and reverse walks.
"""
from _harness import main


def common_lengths(a, b):
    rows = [[0] * (len(b) + 1)]
    for x in a:
        above = rows[-1]
        row = [0]
        for j, y in enumerate(b):
            if x == y:
                row.append(above[j] + 1)
            else:
                left, up = row[j], above[j + 1]
                row.append(left if left >= up else up)
        rows.append(row)
    return rows


def edit_script(a, b):
    rows = common_lengths(a, b)
    script = []
    i, j = len(a), len(b)
    while i or j:
        if i and j and a[i - 1] == b[j - 1]:
            i -= 1
            j -= 1
            script.append(("=", a[i]))
        elif j and (not i or rows[i][j - 1] >= rows[i - 1][j]):
            j -= 1
            script.append(("+", b[j]))
        else:
            i -= 1
            script.append(("-", a[i]))
    script.reverse()
    return script


def apply(script):
    return [line for sign, line in script if sign != "-"]


def make_versions(size):
    state = 8
    old, new = [], []
    for i in range(size):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        line = f"line {(state >> 9) % (size // 2 + 1)}"
        kind = (state >> 20) % 8
        if kind != 0:
            old.append(line)
        if kind != 1:
            new.append(line if kind != 2 else line + " changed")
    return old, new


def run(n):
    old, new = make_versions(n)
    script = edit_script(old, new)
    if apply(script) != new:
        raise AssertionError("the edit script does not lead to the new text")
    kinds = [sum(sign == kind for sign, _ in script) for kind in "=+-"]
    letters = edit_script("".join(old)[:n], "".join(new)[:n])
    return f"{kinds} {sum(sign == '=' for sign, _ in letters)}"


if __name__ == "__main__":
    main(run, 3500)
