# Loops in a module's own code: names that change their kind, appear, disappear, are watched by functions, hide builtins.
total = 0
for i in range(2000):
    total = total + i * 2
    if i == 1500:
        total = float(total)
print(total, i)


def read_total():
    return total


values = []
for i in range(600):
    total = i
    if read_total() != i:
        print("stale", i)
    values.append(total)
print(sum(values))

count = 0
while count < 1000:
    if count == 700:
        def len(x):
            return 1000
    size = len("abc")
    count += 1
print(size, count)
del len
count = 0
while count < 800:
    if count > 500:
        new_name = count
    if count % 100 == 99 and count > 600:
        del new_name
        try:
            new_name
        except NameError as e:
            print(e)
        new_name = 0
    count += 1
print(new_name, count)


def add_globals(n):
    global counter
    counter = 0
    for k in range(n):
        counter += k
        globals()["made_%d" % (k % 3)] = counter
    return counter


print(add_globals(900), made_0, made_2)
code = compile("s = 0\nfor j in range(400):\n    s = s + j + start\n", "<code>", "exec")
for start in (1, 2.5, 10):
    space = {"start": start}
    exec(code, space)
    print(space["s"], "s" in globals())
    outer, inner = {"start": 100}, {}
    exec(code, outer, inner)
    print(inner["s"], "s" in outer)


class Body:
    x = 0
    for k in range(500):
        x = x + k


print(Body.x, Body.k)


class Odd(dict):
    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value * 2 if key == "s" else value)


space = Odd()
exec(compile("s = 1\nfor j in range(20):\n    s = s + 1\n", "<odd>", "exec"), {}, space)
print(space["s"])
