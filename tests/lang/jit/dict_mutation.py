# Dicts change while hot loops use them; growth during iteration raises, value replacement does not.
def count_up(n):
    table = {}
    for i in range(n):
        key = i * 7 % 101
        table[key] = table.get(key, 0) + i
    return table


table = count_up(3000)
print(len(table), sum(table.values()), list(table)[:5])


def grow_inside(n):
    table = {i: i for i in range(n)}
    seen = 0
    try:
        for key in table:
            seen += 1
            if key == n - 100:
                table[-1] = 0
    except RuntimeError as error:
        return seen, str(error)


print(grow_inside(500))


def replace_inside(n):
    table = {i: i for i in range(n)}
    for key in table:
        table[key] = key * 2
    for key, value in table.items():
        table[key] = value + 0.5
    return sum(table.values())


print(replace_inside(500))


def delete_and_add(n):
    table = {0: "a"}
    try:
        for key in table:
            del table[key]
            table[key + 1] = "b"
            if key > n:
                break
    except RuntimeError as error:
        return key, str(error)
    return key


print(delete_and_add(1000))


def changed_keys(n):
    table = {i: 1 for i in range(n)}
    for i in range(5 * n):
        table[n + i] = table.pop(i)
    return list(table)[:3], len(table)


print(changed_keys(200))


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return self.n == other.n


keys = {Key(i): i for i in range(60)}
print(sum(keys[Key(i)] for i in range(60) for _ in range(5)))
