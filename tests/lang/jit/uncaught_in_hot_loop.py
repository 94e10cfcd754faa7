# An uncaught exception leaves nested hot calls: traceback, chained cause and exit status 1.
class Ledger:
    def __init__(self):
        self.entries = []

    def add(self, amount):
        if not isinstance(amount, int):
            raise TypeError(f"amount is {type(amount).__name__}, not int")
        self.entries.append(amount)

    def add_all(self, amounts):
        for position, amount in enumerate(amounts):
            try:
                self.add(amount)
            except TypeError as error:
                raise RuntimeError(f"entry {position} is bad") from error


def main():
    ledger = Ledger()
    for _ in range(100):
        ledger.add_all([1, 2, 3])
    print(sum(ledger.entries), flush=True)
    ledger.add_all([1] * 200 + ["x"])


main()
