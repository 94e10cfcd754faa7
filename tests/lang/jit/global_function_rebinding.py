# A recursive function's own global name is rebound while the recursion is hot.
def down(n):
    if n <= 0:
        return 0
    return 1 + down(n - 1)


print([down(50) for _ in range(20)][-1])
original = down
steps = 0


def counting(n):
    global steps
    steps += 1
    return original(n)


down = counting
print(down(50), steps)
down = original
print(down(30), steps)


def switch(n):
    global switch
    if n == 0:
        return "end"
    if n == 250:
        old = switch
        switch = lambda k: ("switched", k)
        result = old(n - 1)
        return result
    return switch(n - 1)


print(switch(400))
helper = abs
total = 0
for i in range(600):
    if i == 200:
        helper = float
    elif i == 400:
        helper = lambda v: -v
    total += helper(i)
print(total)
