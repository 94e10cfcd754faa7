"""Orders, lines and customers as dataclasses: made, compared, hashed, replaced, sorted and summed.

Stresses generated __init__, __eq__ and __hash__, keyword arguments, properties and grouping in dicts.
"""
from dataclasses import dataclass, field, replace

from _harness import main


@dataclass(frozen=True)
class Product:
    code: int
    price: int


@dataclass
class Line:
    product: Product
    quantity: int = 1

    @property
    def amount(self):
        return self.product.price * self.quantity


@dataclass
class Order:
    number: int
    customer: str
    lines: list = field(default_factory=list)
    discount: int = 0

    def total(self):
        amount = sum(line.amount for line in self.lines)
        return amount - amount * self.discount // 100


@dataclass(order=True)
class Rank:
    amount: int
    number: int


def run(n):
    products = [Product(code=i, price=100 + i * 37 % 911) for i in range(50)]
    by_customer = {}
    seen = {}
    state = 5
    ranks = []
    for number in range(n):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        order = Order(number, customer=f"c{state % 97}", discount=state >> 8 & 15)
        for k in range(1 + (state >> 12) % 4):
            product = products[(state >> k) % 50]
            order.lines.append(Line(product, quantity=k + 1))
            seen[product] = seen.get(product, 0) + 1
        if order.lines[0] == Line(products[3]):
            order = replace(order, discount=50)
        by_customer.setdefault(order.customer, []).append(order)
        ranks.append(Rank(order.total(), number))
    ranks.sort(reverse=True)
    checksum = 0
    for rank in ranks[:1000]:
        checksum = (checksum * 31 + rank.amount + rank.number) % 1000000007
    grand = sum(order.total() for orders in by_customer.values() for order in orders)
    return f"{checksum} {grand} {sum(p.code * c for p, c in seen.items())}"


if __name__ == "__main__":
    main(run, 150000)
