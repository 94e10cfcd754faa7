# The printed traceback of an exception group, nested, with notes and causes.
def fail(n):
    raise ValueError(f"value {n}")


def collect():
    errors = []
    for n in range(2):
        try:
            fail(n)
        except ValueError as e:
            e.add_note(f"note {n}")
            errors.append(e)
    try:
        1 / 0
    except ZeroDivisionError as z:
        errors.append(ExceptionGroup("inner", [z, KeyError("k")]))
    raise ExceptionGroup("outer", errors) from OSError("cause")


print("collecting")
collect()
