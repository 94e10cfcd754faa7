# while: conditions with side effects, else, nested breaks, simulated do-while, state machines.
n = 27
path = []
while n != 1:
    path.append(n)
    n = n // 2 if n % 2 == 0 else 3 * n + 1
else:
    path.append("done")
print(len(path), path[:5], path[-3:])
items = [3, 1, 2]
while items and (top := items.pop()) != 1:
    print(top, end=" ")
print(items)
while True:
    n += 1
    if n < 5:
        continue
    break
print(n)
i = j = 0
found = None
while i < 10 and found is None:
    j = 0
    while j < 10:
        if i * j == 42:
            found = (i, j)
            break
        j += 1
    else:
        i += 1
        continue
    print("left by break", i, j)
    break
else:
    print("outer else")
state, out = "start", []
tokens = iter("aab!b?")
while state != "end":
    match state, next(tokens, None):
        case _, None: state = "end"
        case "start", "a": out.append("A")
        case "start", "b": state = "b"
        case "b", "!": out.append("bang"); state = "start"
        case s, t: out.append(f"{s}:{t}"); state = "b"
print(out)
x = 10.0
while x > 1e-3:
    x /= 3
print(x)
k = 5
while k: k -= 1
else: print("else", k)
while 0: print("never")
else: print("zero")
def early():
    while True:
        try:
            return "out"
        finally:
            print("finally", end=" ")
print(early())
