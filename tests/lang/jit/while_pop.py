# Work lists: stacks and queues that grow and shrink inside while loops.
def flood(width, height, wall):
    seen = set()
    todo = [(0, 0)]
    while todo:
        x, y = todo.pop()
        if not (0 <= x < width and 0 <= y < height) or (x, y) in seen or wall(x, y):
            continue
        seen.add((x, y))
        todo += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return len(seen)


print(flood(20, 20, lambda x, y: False), flood(20, 20, lambda x, y: x == 10),
      flood(15, 15, lambda x, y: x * y % 3 == 2))


def balanced(text):
    stack = []
    for i, c in enumerate(text):
        if c in "([{":
            stack.append((c, i))
        elif c in ")]}":
            if not stack or stack.pop()[0] + c not in ("()", "[]", "{}"):
                return i
    return -1 if not stack else stack[-1][1]


print(balanced("([]{})" * 60), balanced("(" * 200 + ")" * 199), balanced("[(])" * 3), balanced(""))
rpn = "3 4 + 2 * 7 - ".split() + ["dup", "*"] * 3


def evaluate(tokens):
    stack = []
    for t in tokens:
        if t == "dup":
            stack.append(stack[-1])
        elif t in "+-*":
            b, a = stack.pop(), stack.pop()
            stack.append(a + b if t == "+" else a - b if t == "-" else a * b)
        else:
            stack.append(int(t))
    return stack


print(evaluate(rpn), evaluate(["1"] * 200 + ["+"] * 199), evaluate(["3"] * 100 + ["*"] * 99)[0] == 3 ** 100)
