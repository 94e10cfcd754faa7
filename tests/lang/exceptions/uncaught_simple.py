# An uncaught exception at module level: output before it, traceback, exit status 1.
print("first line")
data = {"a": [1, 2, 3]}
print(data["a"][5])
print("never")
