# Tracing and profiling switched on and off while a loop is hot: each line and call event is delivered, none before or
# after.
import sys

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("work", "helper"):
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def helper(x):
    return x + 1


def work(n):
    total = 0
    for i in range(n):
        total = helper(total)
    return total


print(work(500))
sys.settrace(tracer)
result = work(2)
sys.settrace(None)
print(result, len(events))
for e in events:
    print(*e)
events.clear()
print(work(500), len(events))


def toggles(n):
    total = 0
    for i in range(n):
        if i == 300:
            sys.settrace(tracer)
        if i == 303:
            sys.settrace(None)
        total = helper(total)
    return total


print(toggles(600), events)
calls = []


def profiler(frame, event, arg):
    if event in ("call", "return") and frame.f_code.co_name == "helper":
        calls.append((event, arg))


sys.setprofile(profiler)
work(3)
sys.setprofile(None)
print(work(300), calls)
