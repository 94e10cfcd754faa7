# A loop as the very first statement, behind a NOP: jumps go to the first instruction after RESUME.
def f(g):
    while True:
        try:
            g.send(None)
        except StopIteration:
            break
    return "done"


def gen():
    while True:
        try:
            yield 1
        finally:
            return


print(f(i for i in range(3)), list(gen()))
