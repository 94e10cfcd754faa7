# try/finally with return, break and continue inside hot loops; finally always runs, once.
def count(n):
    log = []
    ran = 0
    for i in range(n):
        try:
            if i % 4 == 0:
                continue
            if i % 97 == 96:
                break
            if i == 10 ** 6:
                return -1
        finally:
            ran += 1
    else:
        log.append("complete")
    return i, ran, log


print(count(50), count(500))


def swallow(n):
    total = 0
    for i in range(n):
        while True:
            try:
                if i % 3 == 0:
                    raise ValueError
                total += 1
            except ValueError:
                total += 100
            finally:
                total += 10000
                break
    return total


print(swallow(900))


def returns(i):
    try:
        return i
    finally:
        if i % 5 == 0:
            return -i


print(sum(returns(i) for i in range(1000)))


def nested(n):
    order = 0
    for i in range(n):
        try:
            try:
                if i % 2:
                    raise KeyError(i)
                order += 1
            finally:
                order += 2
                if i % 7 == 0:
                    order += 4
        except KeyError:
            order += 8
    return order


print(nested(1000))
