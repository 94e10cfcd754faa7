"""with statements: classes, contextlib's generator form, several managers at once, ExitStack, suppress, managers that swallow.

Stresses __enter__ and __exit__, finally, and exceptions that leave through them.
"""
import contextlib

from _harness import main


class Account:
    def __init__(self):
        self.balance = 0
        self.log = 0


class Transaction:
    def __init__(self, account):
        self.account = account

    def __enter__(self):
        self.before = self.account.balance
        return self.account

    def __exit__(self, kind, error, trace):
        self.account.log += 1
        if kind is not None:
            self.account.balance = self.before
        return kind is ValueError


@contextlib.contextmanager
def depth(counter):
    counter[0] += 1
    try:
        yield counter[0]
    finally:
        counter[0] -= 1


def cleanup(account, k):
    try:
        if k % 4 == 0:
            return account.balance
        account.log += 1
    finally:
        account.log += 2
    return k


def run(n):
    account = Account()
    counter = [0]
    total = 0
    for i in range(n):
        with Transaction(account) as open_account:
            open_account.balance += i % 11
            if i % 6 == 0:
                raise ValueError
        with depth(counter) as outer, depth(counter) as inner:
            total += outer + 2 * inner
        with contextlib.suppress(KeyError):
            total += {1: 2}[i % 3]
        with contextlib.ExitStack() as stack:
            for _ in range(i % 3):
                stack.enter_context(Transaction(account))
            stack.callback(lambda: None)
            account.balance += 1
        try:
            with depth(counter), Transaction(account):
                if i % 9 == 0:
                    raise LookupError(i)
                total += counter[0]
        except LookupError as error:
            total += error.args[0] % 7
        total = (total + cleanup(account, i) + account.balance) % 1000000007
    return f"{total} {account.log} {counter[0]}"


if __name__ == "__main__":
    main(run, 140000)
