# NameError inside a method, and a module attribute that is nearly right.
import math

try:
    math.sqr
except AttributeError as e:
    print(e)


class A:
    def __init__(self): self.value = 1

    def get(self): return valeu


try:
    A().get()
except NameError as e:
    print(e)
math.flor(1.5)
