# Many exception types raised at one place and sorted out by several except clauses, hot.
class A(Exception): pass
class B(A): pass
class C(Exception): pass


KINDS = [A, B, C, ValueError, KeyError, None, ZeroDivisionError, StopIteration]


def run(n, width):
    tally = {}
    for i in range(n):
        kind = KINDS[i % width]
        try:
            if kind is None:
                [].no_attribute
            elif kind is ZeroDivisionError:
                1 // (i - i)
            elif kind is StopIteration:
                next(iter(()))
            elif kind is KeyError:
                {}[i]
            else:
                raise kind(i)
        except B as e:
            key = "B"
        except (A, C) as e:
            key = type(e).__name__ + "-or-C"
        except LookupError as e:
            key = "lookup" if e.args == (i,) else "wrong"
        except (ArithmeticError, AttributeError) as e:
            key = str(e)
        except Exception as e:
            key = repr(e)[:5]
        tally[key] = tally.get(key, 0) + 1
    return tally


for width in range(1, 9):
    print(width, run(240, width))
