# A dispatcher on strings with many branches, fed with equal but not identical strings.
def step(op, acc):
    if op == "add":
        return acc + 1
    elif op == "sub":
        return acc - 1
    elif op == "dbl":
        return acc * 2 % 10007
    elif op.startswith("set"):
        return int(op[3:])
    elif op in ("neg", "inv"):
        return -acc if op == "neg" else ~acc
    elif op == "":
        return acc
    else:
        raise ValueError(op)


ops = ["add", "sub", "dbl", "set17", "neg", "inv", ""]
acc = 3
for i in range(1000):
    op = ops[i * 5 % 7]
    acc = step(op[:1] + op[1:], acc)
print(acc)
acc = 0
for i in range(500):
    acc = step("".join(["a", "d", "d"]), acc)
print(acc)
try:
    for i in range(300):
        acc = step("add" if i < 299 else "what", acc)
except ValueError as e:
    print(e, acc)
same = 0
for i in range(300):
    a, b = "k" + str(i % 3), "k%d" % (i % 2)
    same += (a == b) + (a < b) * 10 + (a is not None) * 100
print(same)
