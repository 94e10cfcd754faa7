# sys.excepthook is replaced; the status is still 1.
import sys


def hook(kind, value, tb):
    names = []
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print("hook:", kind.__name__, value, names)


sys.excepthook = hook


def f(): raise ValueError("to the hook")


f()
