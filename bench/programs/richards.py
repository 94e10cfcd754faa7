"""A small operating-system simulation: tasks with priorities, packets passed between work queues, devices and a timer.

Stresses attribute reads and writes, methods dispatched over a handful of classes, linked lists and integer state flags.
"""
from _harness import main

KIND_DEVICE = 0
KIND_WORK = 1
BUFFER = 4

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(1, 7)


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    """A task is ready, waiting for a packet, or held; `packet_pending` says that its queue is not empty."""

    def __init__(self, kernel, ident, priority, queue, waiting):
        self.kernel = kernel
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.packet_pending = queue is not None
        self.waiting = waiting
        self.held = False
        kernel.add(self)

    def is_blocked(self):
        return self.held or (not self.packet_pending and self.waiting)

    def take_turn(self):
        packet = None
        if self.waiting and self.packet_pending:
            packet = self.queue
            self.queue = packet.link
            self.packet_pending = self.queue is not None
            self.waiting = False
        return self.step(packet)

    def accept(self, packet, sender):
        """Queues a packet; the task that should run next is the more important one."""
        if self.queue is None:
            self.queue = packet
            self.packet_pending = True
            if self.priority > sender.priority:
                return self
        else:
            packet.append_to(self.queue)
        return sender

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.kernel.hold_count += 1
        self.held = True
        return self.kernel.next_after(self)

    def step(self, packet):
        raise NotImplementedError


class IdleTask(Task):
    def __init__(self, kernel, ident, priority, count):
        super().__init__(kernel, ident, priority, None, False)
        self.seed = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.seed & 1 == 0:
            self.seed //= 2
            return self.kernel.release(self, DEVICE_A)
        self.seed = self.seed // 2 ^ 0xD008
        return self.kernel.release(self, DEVICE_B)


class WorkerTask(Task):
    def __init__(self, kernel, ident, priority, queue):
        super().__init__(kernel, ident, priority, queue, True)
        self.destination = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident = self.destination
        packet.datum = 0
        for i in range(BUFFER):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = 64 + self.letter
        return self.kernel.send(self, packet)


class HandlerTask(Task):
    def __init__(self, kernel, ident, priority, queue, device):
        super().__init__(kernel, ident, priority, queue, True)
        self.device = device
        self.work = None
        self.results = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.results = packet.append_to(self.results)
        work = self.work
        if work is None:
            return self.wait()
        if work.datum >= BUFFER:
            self.work = work.link
            return self.kernel.send(self, work)
        result = self.results
        if result is None:
            return self.wait()
        self.results = result.link
        result.datum = work.data[work.datum]
        work.datum += 1
        return self.kernel.send(self, result)


class DeviceTask(Task):
    def __init__(self, kernel, ident, priority):
        super().__init__(kernel, ident, priority, None, True)
        self.pending = None

    def step(self, packet):
        if packet is not None:
            self.pending = packet
            return self.hold()
        done = self.pending
        if done is None:
            return self.wait()
        self.pending = None
        return self.kernel.send(self, done)


class Kernel:
    def __init__(self):
        self.order = []
        self.by_ident = {}
        self.hold_count = 0
        self.sent_count = 0

    def add(self, task):
        self.order.insert(0, task)
        self.by_ident[task.ident] = task

    def next_after(self, task):
        order = self.order
        i = order.index(task) + 1
        return order[i] if i < len(order) else None

    def release(self, current, ident):
        task = self.by_ident[ident]
        task.held = False
        return task if task.priority > current.priority else current

    def send(self, current, packet):
        task = self.by_ident[packet.ident]
        self.sent_count += 1
        packet.link = None
        packet.ident = current.ident
        return task.accept(packet, current)

    def schedule(self):
        task = self.order[0]
        while task is not None:
            if task.is_blocked():
                task = self.next_after(task)
            else:
                task = task.take_turn()


def make_queue(ident, kind, length):
    queue = None
    for _ in range(length):
        queue = Packet(queue, ident, kind)
    return queue


def simulate(count):
    kernel = Kernel()
    IdleTask(kernel, IDLE, 0, count)
    WorkerTask(kernel, WORKER, 1000, make_queue(0, KIND_WORK, 2))
    HandlerTask(kernel, HANDLER_A, 2000, make_queue(DEVICE_A, KIND_DEVICE, 3), DEVICE_A)
    HandlerTask(kernel, HANDLER_B, 3000, make_queue(DEVICE_B, KIND_DEVICE, 3), DEVICE_B)
    DeviceTask(kernel, DEVICE_A, 4000)
    DeviceTask(kernel, DEVICE_B, 5000)
    kernel.schedule()
    return kernel.sent_count, kernel.hold_count


def run(n):
    sent, held = simulate(n)
    return sent * 1000003 + held


if __name__ == "__main__":
    main(run, 600000)
