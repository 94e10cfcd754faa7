# Locals are deleted and rebound inside hot loops; reading an unbound one raises UnboundLocalError.
def churn(n):
    total = 0
    for i in range(n):
        x = i
        total += x
        del x
        y = total
        if i % 2:
            del y
            y = 1
        total += y & 1
    return total


print(churn(1000))


def unbound(n, at):
    for i in range(n):
        if i == at:
            del value
        elif i == 0:
            value = 1
        value += 1
    return value


for at in (-1, 500):
    try:
        print(unbound(1000, at))
    except UnboundLocalError as error:
        print(error)


def conditional(items):
    for i, flag in enumerate(items):
        if flag:
            result = i
        try:
            result + 0
        except UnboundLocalError:
            result = -1
    return result


print(conditional([False] * 300), conditional([False] * 200 + [True] + [False] * 5))


def loop_variable():
    for i in []:
        pass
    try:
        return i
    except UnboundLocalError as error:
        return str(error)


print([loop_variable() for _ in range(200)][-1])


def except_name(n):
    count = 0
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError as error:
            count += 1
        try:
            error
        except UnboundLocalError:
            count += 1
    return count


print(except_name(200))
