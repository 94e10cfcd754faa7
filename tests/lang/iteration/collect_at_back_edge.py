# A collection at a loop's back edge, where finalizers run, finds the item that the loop has just fetched.
import gc


class Finalized:
    def __del__(self):
        gc.collect()


def pairs(n):
    total = 0
    for a, b in zip(range(n), [1.5] * n):
        x = Finalized()
        x.me = [x, bytearray(4096)]
        total += a * b
        del x
    return total


print(pairs(6000))
