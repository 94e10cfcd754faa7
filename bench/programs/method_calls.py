"""Accounts with methods, static and class methods, properties, super() calls and bound methods kept in variables.

Stresses every ordinary way to call a method.
"""
from _harness import main


class Account:
    opened = 0

    def __init__(self, balance):
        self._balance = balance
        Account.opened += 1

    def deposit(self, amount):
        self._balance += amount
        return self

    def withdraw(self, amount, fee=1):
        if self.can_pay(amount + fee):
            self._balance -= amount + fee
        return self

    def can_pay(self, amount):
        return self._balance >= amount

    @property
    def balance(self):
        return self._balance

    @staticmethod
    def interest(amount, rate):
        return amount * rate // 1000

    @classmethod
    def with_balance(cls, balance):
        return cls(balance)


class Savings(Account):
    def __init__(self, balance, rate):
        super().__init__(balance)
        self.rate = rate

    def deposit(self, amount):
        super().deposit(amount)
        self._balance += self.interest(amount, self.rate)
        return self

    @classmethod
    def with_balance(cls, balance):
        return cls(balance, 15)


def run(n):
    Account.opened = 0
    plain, savings = Account.with_balance(1000), Savings.with_balance(2000)
    withdraw = savings.withdraw
    total = 0
    for i in range(n):
        plain.deposit(i % 50).withdraw(30).withdraw(5, fee=0)
        savings.deposit(i % 70)
        withdraw(40)
        total += plain.balance - savings.balance
        if i % 100 == 0:
            plain = Account.with_balance(total % 1000)
            savings = Savings.with_balance(total % 700)
            withdraw = savings.withdraw
    return f"{total} {Account.opened} {plain.balance} {savings.balance}"


if __name__ == "__main__":
    main(run, 2500000)
