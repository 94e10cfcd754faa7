# assert: with and without message, evaluation of the message, tuples, custom objects.
import warnings

warnings.simplefilter("ignore")
for source in ("assert 1", "assert 0", "assert [], 'empty'", "assert x == 2, f'x is {x}'", "assert None, None",
        "assert 0, (1, 2)", "assert (0, 'always true')", "assert False, undefined", "assert undefined",
        "assert 1, undefined", "assert 0, ValueError('obj')", "assert not 5, 'not'", "assert 1 < 2 < 1"):
    try:
        exec(source, {"x": 1})
        print(source, "passed")
    except Exception as e:
        print(source, "->", type(e).__name__, e, e.args)


class T:
    def __bool__(self): print("asked", end=" "); return False


try:
    assert T(), print("message evaluated")
except AssertionError as e:
    print(e.args)
