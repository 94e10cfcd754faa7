# A global read by a hot loop changes while the loop runs, by assignment in the loop, in a callee, and through
# globals().
factor = 3


def scale(n, change_at):
    global factor
    total = 0
    for i in range(n):
        if i == change_at:
            factor = 10
        total += i * factor
    return total


print(scale(2000, 5000), scale(2000, 1000), scale(2000, 5000))


def set_factor(value):
    globals()["factor"] = value


def scale_indirect(n, change_at):
    total = 0
    for i in range(n):
        if i == change_at:
            set_factor(2.5)
        total += factor
    return total


print(scale_indirect(3000, 2999), scale_indirect(3000, 1500))


def remove_global(n):
    global factor
    total = 0
    for i in range(n):
        if i == 1500:
            del factor
        total += factor
    return total


factor = 1
try:
    remove_global(2000)
except NameError as error:
    print(error)
factor = 7
print(scale(10, 100))
