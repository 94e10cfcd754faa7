# Two NaNs with the same bits are one object here: floats are values, so `is`, and with it the identity shortcut of containers, cannot tell
# separately made ones apart. CPython prints False, False, 2.
a, b = float("nan"), float("nan")
print(a is b, [a] == [b], len({a, b}))
