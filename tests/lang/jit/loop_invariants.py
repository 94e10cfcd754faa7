# Values that look invariant in a loop but change late: lengths, attributes, globals, dict entries, closures.
class Config:
    limit = 100


items = [1] * 10
table = {"step": 1}
LIMIT = 50


def run(n):
    global LIMIT
    c = Config()
    count = 0
    for i in range(n):
        if i < len(items) * 20:
            count += 1
        if i < c.limit * 2:
            count += 10
        if i < LIMIT * 4:
            count += 100
        count += table["step"]
        if i == 150:
            items.extend([0] * 20)
        elif i == 190:
            Config.limit = 500
        elif i == 195:
            LIMIT = 10
        elif i == 300:
            table["step"] = 7
        elif i == 400:
            c.limit = 0
            items.clear()
        elif i == 500:
            table["step"] = 0.5
    return count


print(run(700), len(items), Config.limit, LIMIT, table)
print(run(700))
