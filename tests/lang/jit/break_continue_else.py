# Nested hot loops with break, continue and else at every level.
def search(n):
    found = []
    for i in range(2, n):
        for j in range(2, i):
            if j * j > i:
                found.append(i)
                break
            if i % j == 0:
                break
        else:
            found.append(-i)
    return found


result = search(300)
print(len(result), result[:10], sum(result))


def weird(n):
    log = 0
    i = 0
    while i < n:
        i += 1
        if i % 3 == 0:
            continue
        j = 0
        while True:
            j += 1
            if j % 2:
                continue
            if j > i % 10:
                break
            log += j
        else:
            log += 10 ** 9
        for k in range(i % 4):
            if k == 2:
                break
        else:
            log += 1
            continue
        log += 100
    else:
        log += 7
    return log


print(weird(500), weird(999))


def early_return(items, limit):
    for i, row in enumerate(items):
        for j, x in enumerate(row):
            if x > limit:
                return i, j, x
    return None


grid = [[i * j for j in range(40)] for i in range(40)]
print([early_return(grid, limit) for limit in (0, 10, 100, 500, 1000, 1520, 1521)])
