# A small scheduler over coroutines: tasks, sleeping, joining, cancelling and error propagation.
import heapq


class Call:
    def __init__(self, op, *args): self.op, self.args = op, args
    def __await__(self): return (yield (self.op, *self.args))


class Cancelled(Exception): pass


class Task:
    def __init__(self, coro, name):
        self.coro, self.name, self.waiters, self.done, self.result, self.error = coro, name, [], False, None, None


class Loop:
    def __init__(self):
        self.now, self.seq, self.heap, self.trace = 0, 0, [], []

    def spawn(self, coro, name):
        t = Task(coro, name)
        self.later(0, t, None)
        return t

    def later(self, delay, task, value, error=None):
        self.seq += 1
        heapq.heappush(self.heap, (self.now + delay, self.seq, task, value, error))

    def run(self):
        while self.heap:
            self.now, _, t, value, error = heapq.heappop(self.heap)
            if t.done:
                continue
            try:
                op, *args = t.coro.throw(error) if error else t.coro.send(value)
            except StopIteration as s:
                self.finish(t, s.value, None)
            except Exception as e:
                self.finish(t, None, e)
            else:
                self.trace.append((self.now, t.name, op))
                getattr(self, "do_" + op)(t, *args)

    def finish(self, t, result, error):
        t.done, t.result, t.error = True, result, error
        for w in t.waiters:
            self.later(0, w, result, error)

    def do_sleep(self, t, n): self.later(n, t, self.now)
    def do_join(self, t, other):
        if other.done:
            self.later(0, t, other.result, other.error)
        else:
            other.waiters.append(t)
    def do_cancel(self, t, other):
        self.later(0, other, None, Cancelled(other.name))
        self.later(0, t, None)


loop = Loop()


async def sleep(n): return await Call("sleep", n)


async def worker(name, n):
    total = 0
    try:
        for i in range(n):
            await sleep(i)
            total += i
        if n == 4:
            raise ValueError(name)
        return total
    except Cancelled as e:
        return f"cancelled {e} at {total}"


async def main():
    tasks = [loop.spawn(worker(f"w{n}", n), f"w{n}") for n in (2, 3, 4, 50)]
    await sleep(10)
    await Call("cancel", tasks[3])
    out = []
    for t in tasks:
        try:
            out.append(await Call("join", t))
        except ValueError as e:
            out.append(repr(e))
    return out


m = loop.spawn(main(), "main")
loop.run()
print(m.result, loop.now, len(loop.trace))
for row in loop.trace[:12]:
    print(*row)
