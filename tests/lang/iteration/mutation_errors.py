# Changing containers during iteration: which raise, when, and what a following next does.
def attempt(label, f):
    try:
        print(label, f())
    except Exception as e:
        print(label, type(e).__name__, e)


def dict_add():
    d = {1: 1}
    for k in d:
        d[k + 1] = 1


def dict_del():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def dict_same_size():
    d = {1: 1, 2: 2, 3: 3}
    seen = []
    for k in d:
        seen.append(k)
        if k == 1:
            del d[2]
            d[9] = 9
    return seen


def dict_value():
    d = {1: 1, 2: 2}
    for k in d:
        d[k] = k * 10
    return d


def dict_clear_last():
    d = {1: 1}
    for k in d:
        d.clear()
    return "cleared"


def dict_items():
    d = {1: 1}
    for k, v in d.items():
        d[5] = 5


def dict_values():
    d = {1: 1}
    for v in d.values():
        d.pop(1)
        d["a"] = d["b"] = 1


def set_add():
    s = {1}
    for x in s:
        s.add(x + 1)


def set_discard_last():
    s = {1}
    for x in s:
        s.discard(x)
    return s


def list_append():
    l = [1]
    for x in l:
        if len(l) < 5:
            l.append(x + 1)
    return l


def list_insert():
    l = [1, 2]
    seen = []
    for x in l:
        seen.append(x)
        if len(l) < 6:
            l.insert(0, x * 10)
    return seen, l


def list_del():
    l = list(range(6))
    for x in l:
        l.remove(x)
    return l


def list_reverse_iter():
    l = [1, 2, 3]
    out = []
    for x in reversed(l):
        out.append(x)
        l.append(9)
    return out


def list_sort_inside():
    l = [3, 1, 2]
    seen = []
    for x in l:
        seen.append(x)
        l.sort()
    return seen


def after_error():
    d = {1: 1}
    it = iter(d)
    d[2] = 2
    out = []
    for _ in range(2):
        try:
            next(it)
        except RuntimeError as e:
            out.append(str(e))
        except StopIteration:
            out.append("stop")
    return out


def bytearray_grow():
    b = bytearray(b"a")
    for x in b:
        if len(b) < 4:
            b.append(x + 1)
    return b


def deque_change():
    from collections import deque
    d = deque([1, 2])
    for x in d:
        d.append(3)


def comprehension():
    d = {1: 1}
    return [d.setdefault(k + 1, 0) for k in d]


def sort_key():
    l = [2, 1]
    l.sort(key=lambda x: l.clear() or x)


def dict_reversed():
    d = {1: 1, 2: 2}
    for k in reversed(d):
        d[k + 5] = 0


def dict_update_self():
    d = {1: 1, 2: 2}
    d.update(d)
    return d


def dict_keys_copy():
    d = {1: 1, 2: 2}
    for k in list(d):
        del d[k]
    return d


def join_change():
    l = ["a"]
    return "".join(l.append("b") or x for x in l if len(l) < 5)


def extend_self():
    l = [1, 2]
    l.extend(l)
    l += l
    l[1:1] = l
    return l


def extend_gen():
    l = [1]
    l.extend(x + 1 for x in l if len(l) < 5)
    return l


def eq_changes():
    class E:
        def __eq__(self, o): l.clear(); return False
    l = [E(), 1, 2]
    return l == [1, 2, 3], l, 5 in [E()]


for name, f in list(globals().items()):
    if callable(f) and name != "attempt" and name[0] != "_":
        attempt(name, f)
