# Functions, classes and lambdas created inside hot loops, with cells shared between several of them.
def counters(n):
    total = 0
    for i in range(n):
        count = 0

        def up():
            nonlocal count
            count += i

        def down():
            nonlocal count
            count -= 1
            return count

        up()
        up()
        total += down() + down()
        if i % 90 == 0:
            keep = down
    return total, keep(), keep(), count


print(counters(300))


def classes(n):
    names = set()
    total = 0
    for i in range(n):
        class Local:
            value = i

            def get(self):
                return self.value + i

        total += Local().get()
        names.add(Local.__qualname__)
    return total, names


print(classes(200))


def adders(n):
    table = []
    for i in range(n):
        table.append(lambda x, i=i: x + i)
    x = 0
    for f in table:
        x = f(x)
    return x


print(adders(300))


def deep(n):
    def a(x):
        def b(y):
            def c(z):
                nonlocal x
                x += z
                return x + y + z + n

            return c(1) + c(2)

        return b(10) + b(20)

    return sum(a(i) for i in range(n))


print(deep(150))


def recursion(n):
    def go(k):
        return k if k < 2 else go(k - 1) + go(k - 2)

    return go(n)


print(recursion(15), [recursion(i) for i in range(10)])


def state_machine(n):
    state = "a"

    def a():
        nonlocal state
        state = "b"
        return 1

    def b():
        nonlocal state
        state = "c" if total % 2 else "a"
        return 2

    def c():
        nonlocal state
        state = "a"
        return 3

    total = 0
    handlers = {"a": a, "b": b, "c": c}
    for _ in range(n):
        total += handlers[state]()
    return total, state


print(state_machine(400))
