# try blocks nested four deep in a hot loop, each level catching something else.
def run(n):
    log = [0] * 8
    for i in range(n):
        try:
            try:
                try:
                    try:
                        k = i % 6
                        if k == 0:
                            raise ValueError(i)
                        elif k == 1:
                            raise KeyError(i)
                        elif k == 2:
                            raise IndexError(i)
                        elif k == 3:
                            raise TypeError(i)
                        log[0] += 1
                    except ValueError:
                        log[1] += 1
                        if i % 12 == 0:
                            raise KeyError("from value")
                    finally:
                        log[2] += 1
                except KeyError as e:
                    log[3] += 1 if e.args[0] == i else 100
                else:
                    log[4] += 1
            except IndexError:
                log[5] += 1
                raise RuntimeError("converted") from None
            finally:
                log[6] += i % 2
        except (TypeError, RuntimeError) as e:
            log[7] += 1 if isinstance(e, TypeError) else 1000
    return log


print(run(600), run(601), run(5))
