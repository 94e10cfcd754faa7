"""deque, defaultdict, Counter, OrderedDict, namedtuple, ChainMap, heapq, bisect and enum at work.

Stresses the containers of the standard library and the Python code in them.
"""
import bisect
import enum
import heapq
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

from _harness import main

Point = namedtuple("Point", "x y label", defaults=["none"])


class Color(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class Access(enum.IntFlag):
    READ = 4
    WRITE = 2
    RUN = 1


def run(n):
    total = 0
    recent = deque(maxlen=32)
    order = OrderedDict()
    sorted_keys = []
    heap = []
    for i in range(n):
        recent.append(i * 7 % 31)
        recent.rotate(i % 3)
        groups = defaultdict(list)
        for value in recent:
            groups[value % 5].append(value)
        counts = Counter(recent) + Counter(x % 4 for x in recent)
        total += sum(count * value for value, count in counts.most_common(3)) + len(groups)
        order[i % 20] = i
        order.move_to_end(i % 7, last=bool(i & 1)) if i % 7 in order else order.popitem(last=False)
        point = Point(i % 9, i % 4)
        total += point.x * point[1] + len(point._replace(x=3)._asdict())
        settings = ChainMap({"a": i}, {"b": 2, "a": 0})
        total += settings["a"] % 10 + settings["b"] + len(settings)
        heapq.heappush(heap, (i * 7919 % 1000, i))
        if len(heap) > 40:
            total += heapq.heappop(heap)[0]
        key = i * 31 % 500
        at = bisect.bisect_left(sorted_keys, key)
        if at == len(sorted_keys) or sorted_keys[at] != key:
            sorted_keys.insert(at, key)
        total += at + Color(i % 3 + 1).value + (Color.RED is Color["RED"])
        total += Access(i % 8) & Access.WRITE == Access.WRITE
        total %= 1000000007
    return f"{total} {len(order)} {len(sorted_keys)} {list(recent)[:3]}"


if __name__ == "__main__":
    main(run, 45000)
