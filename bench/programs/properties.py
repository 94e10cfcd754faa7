"""Attributes that are computed: properties, descriptors, __getattr__, class and static methods, super() through three levels.

Stresses attribute access beyond plain instance dictionaries.
"""
from _harness import main


class Bounded:
    """A descriptor that keeps numbers within limits."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else instance.__dict__.get(self.slot, self.low)

    def __set__(self, instance, value):
        instance.__dict__[self.slot] = min(max(value, self.low), self.high)


class Lazy:
    """A non-data descriptor: computed once, then found in the instance."""

    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class Account:
    level = Bounded(0, 100)
    count = 0

    def __init__(self, balance):
        self._balance = balance
        self.level = balance // 10

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        self._balance = value % 100003

    @Lazy
    def limit(self):
        return self._balance // 2 + 7

    @classmethod
    def opened(cls, amount):
        cls.count += 1
        return cls(amount)

    @staticmethod
    def fee(amount):
        return amount // 50 + 1

    def describe(self):
        return self.level + self.limit


class Savings(Account):
    def describe(self):
        return super().describe() + 1

    @property
    def rate(self):
        return 3 if self.level > 50 else 2


class Junior(Savings):
    def describe(self):
        return super().describe() * 2

    def __getattr__(self, name):
        if name.startswith("bonus_"):
            return len(name)
        raise AttributeError(name)


def run(n):
    total = 0
    for i in range(n):
        account = Junior.opened(i % 1500)
        for step in range(4):
            account.balance += step * 300 - Junior.fee(account.balance)
            account.level += step * 5
            total += account.rate * account.level
        total += account.describe() + account.limit + account.bonus_year
        total += getattr(account, "missing", 5) + hasattr(account, "rate")
        total %= 1000000007
    return f"{total} {Junior.count - n >= 0} {Account.count}"


if __name__ == "__main__":
    main(run, 140000)
