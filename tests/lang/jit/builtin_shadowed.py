# A builtin called in a hot loop gets shadowed by a global half-way, and comes back when the global goes.
def total_length(items, shadow_at, restore_at):
    total = 0
    for i, item in enumerate(items):
        if i == shadow_at:
            globals()["len"] = lambda x: 1000
        if i == restore_at:
            del globals()["len"]
        total += len(item)
    return total


items = ["ab", [1, 2, 3], (4,)] * 400
print(total_length(items, -1, -1))
print(total_length(items, 600, 900))
print(total_length(items, -1, -1))
import builtins

saved = builtins.abs


def sum_abs(n):
    total = 0
    for i in range(n):
        if i == n // 2:
            builtins.abs = lambda x: -1
        total += abs(-i)
    builtins.abs = saved
    return total


print(sum_abs(1000), sum_abs(1001))
print(abs(-5))
