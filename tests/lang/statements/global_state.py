# Module-level state: globals rebinding from functions, classes and exec; shadowed builtins; __name__ games.
count = 0
names = []


def bump(by=1):
    global count, created
    count += by
    created = names.append(count) or count


for i in range(3):
    bump(i)
print(count, created, names)


def shadow():
    count = 100
    def inner():
        global count
        count += 1
        return count
    return inner(), count


print(shadow(), count)
list = [1, 2]
try:
    list("ab")
except TypeError as e:
    print(e)
del list
print(list("ab"))


def uses_len(x): return len(x)


print(uses_len("abc"))
len = lambda x: "fake"
print(uses_len("abc"))
del len
print(uses_len("abc"))
g = globals()
g["injected"] = lambda: injected_value
injected_value = 5
print(injected(), "injected" in dir(), g is globals(), g["count"])
exec("count = 50\ndef from_exec(): return count", g)
print(count, from_exec())
count = 60
print(from_exec(), __name__ == "__main__", eval("count + 1"), [count for _ in range(1)], (lambda: count)())


class K:
    count = count + 1
    def get(self): return count, self.count


print(K().get())
def reader(): return later
try:
    reader()
except NameError as e:
    print(e)
later = "now"
print(reader())
print = print
True_ = True
for count in range(2): pass
print(count, bump(), count)
