# NameError suggestion of a builtin name.
print("start")
prnt("x")
