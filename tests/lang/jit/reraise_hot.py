# Exceptions re-raised, chained, replaced and inspected inside hot loops.
import sys


def relay(i):
    try:
        if i % 3 == 0:
            raise KeyError(i)
        if i % 3 == 1:
            {}[i]
        return i
    except KeyError:
        if i % 2:
            raise
        raise ValueError(i) from None


def run(n):
    log = [0, 0, 0, 0]
    for i in range(n):
        try:
            log[0] += relay(i)
        except KeyError as error:
            log[1] += error.args[0]
        except ValueError as error:
            log[2] += error.args[0]
            log[3] += error.__suppress_context__ and isinstance(error.__context__, KeyError)
        if sys.exc_info() != (None, None, None):
            return "left over"
    return log


print(run(600))


def context(n):
    depth = 0
    for i in range(n):
        try:
            try:
                1 / 0
            except ZeroDivisionError:
                try:
                    [][0]
                finally:
                    depth += sys.exc_info()[0] is IndexError
        except IndexError as error:
            depth += type(error.__context__) is ZeroDivisionError
    return depth


print(context(300))


def same_object(n):
    error = ValueError("kept")
    lengths = []
    for i in range(n):
        try:
            raise error
        except ValueError as caught:
            tb, count = caught.__traceback__, 0
            while tb:
                count += 1
                tb = tb.tb_next
            lengths.append(count)
            error.__traceback__ = None
    return set(lengths)


print(same_object(300))


def nested_finally(n):
    trail = 0
    for i in range(n):
        try:
            try:
                raise ValueError(i)
            finally:
                if i % 10 == 0:
                    continue
        except ValueError as e:
            trail += e.args[0]
    return trail


print(nested_finally(200))


class Custom(Exception):
    def __init__(self, code):
        self.code = code

    def __str__(self):
        return f"code {self.code}"


messages = set()
for i in range(300):
    try:
        raise Custom(i % 4)
    except (ValueError, Custom) as error:
        messages.add(str(error))
print(sorted(messages))
