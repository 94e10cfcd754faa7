# The traceback of an exception that comes out of hot code names the right lines, with carets, on stderr.
def inner(i):
    if i == 777:
        return 1 // (i - 777)
    return i


def middle(n):
    total = 0
    for i in range(n):
        total += i
        total += inner(
            i)
        total -= 1
    return total


def outer():
    return middle(600) + middle(1000)


print("before")
try:
    outer()
except ZeroDivisionError as error:
    tb = error.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
outer()
