# Threads in the same hot loops while another one changes what the machine code assumes; locks, hand-over inside loops, errors in threads.
import sys
import threading

sys.setswitchinterval(0.0002)


class Shape:
    side = 3

    def __init__(self, n):
        self.n = n

    def area(self):
        return self.n * self.side


class Square(Shape):
    def area(self):
        return self.n * self.n


def step(x):
    return (x * 31 + 7) % 1000003


def other_step(x):
    return (31 * x + 7) % 1000003


stepper = step


def numbers(n):
    s = 3
    for i in range(n):
        s = s * 48271 % 2147483647
        yield s


def work(seed, rounds):
    x, shapes = seed, [Shape(seed % 7 + 1), Square(seed % 5 + 1)]
    for i in range(rounds):
        x = stepper(x)
        x = (x + shapes[i & 1].area() * 0) % 1000003
        if i % 100 == 0:
            for v in numbers(20):
                x = (x + v) % 1000003
        try:
            if x % 97 == 0:
                raise KeyError(x)
        except KeyError as e:
            x = (x + e.args[0] + 1) % 1000003
    return x


expected = [work(seed, 6000) for seed in range(4)]
results = {}
stop = threading.Event()


def changer():
    global stepper
    n = 0
    while not stop.is_set():
        n += 1
        stepper = other_step if n % 2 else step
        Shape.side = n % 11
        Square.extra = n
        step.__defaults__ = None
        globals()["fresh%d" % (n % 3)] = n
        stop.wait(0.0005)


def run(k):
    results[k] = [work(seed, 6000) for seed in range(4)]


c = threading.Thread(target=changer)
c.start()
threads = [threading.Thread(target=run, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
stop.set()
c.join()
print([results[k] == expected for k in range(4)])

lock = threading.Lock()
count = 0


def add(n):
    global count
    for i in range(n):
        with lock:
            count += 1


threads = [threading.Thread(target=add, args=(5000,)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(count)

caught = []


def failing(n):
    total = 0
    try:
        for i in range(n):
            total += 10 // (n - 1 - i)
    except ZeroDivisionError as e:
        caught.append((total, e.__traceback__.tb_lineno))


threads = [threading.Thread(target=failing, args=(3000,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(caught)


def ping(event, partner, n, out):
    for i in range(n):
        event.wait()
        event.clear()
        out.append(i)
        partner.set()


a, b, out = threading.Event(), threading.Event(), []
first = threading.Thread(target=ping, args=(a, b, 300, out))
second = threading.Thread(target=ping, args=(b, a, 300, out))
first.start()
second.start()
a.set()
first.join()
second.join()
print(len(out), out == [i // 2 for i in range(600)])
