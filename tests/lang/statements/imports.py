# The import statement: forms, aliases, submodules, errors, what gets bound where.
import collections.abc
import math as m, sys
import os.path as osp
from functools import partial as p, reduce
from itertools import (
    chain,
    count as counter,
)

print(collections.abc.Sized.__name__, m.pi > 3, sys.modules["math"] is m, osp.join("a", "b"), p(pow, 2)(3),
      reduce(max, [1, 5]), list(chain("a")), next(counter(3)))


def local():
    import string
    from math import sqrt
    import collections
    return string.digits, sqrt(16), collections.OrderedDict.__name__, sorted(locals())


class C:
    from operator import add
    import types


print(local(), "string" in globals(), C.types.__name__, C.__dict__["add"](1, 2))
for source in ("import nosuchmodule", "import math.nothing", "from math import nothing", "from nosuch.sub import x",
        "from math import *; print(floor(1.5))", "import os.nosuch", "from . import x", "from .x import y",
        "from .. import z", "import", "from math import", "from math import (a, b", "import a.b as c.d",
        "from math import a.b", "import math as 5", "def f():\n from math import *", "from os import path, nosuch",
        "__import__('math').sqrt('x')", "import sys as s, nosuch2", "from __future__ import braces",
        "from __future__ import nothing"):
    try:
        exec(source, {"__name__": "__main__"})
        print(source, "fine")
    except Exception as e:
        print(source.replace("\n", ";"), "->", type(e).__name__, e.msg if isinstance(e, SyntaxError) else e,
              getattr(e, "name", None))
print(__import__("os.path").__name__, __import__("os.path", fromlist=["join"]).__name__,
      sys.modules.get("nosuchmodule"), m.__name__, m.__spec__.name, m.__doc__[:12])
sys.modules["fake"] = type(sys)("fake", "docs")
sys.modules["fake"].value = 5
import fake
from fake import value
print(fake.value, value, fake)
sys.modules["broken"] = None
try:
    import broken
except ImportError as e:
    print(type(e).__name__, e)
sys.modules["odd"] = 5
import odd
print(odd)
try:
    from fake import other
except ImportError as e:
    print(e)
fake.__getattr__ = lambda name: f"dynamic {name}"
from fake import anything
print(anything, fake.more)
fake.__all__ = ["value", "hidden"]
fake.hidden = 7
exec("from fake import *\nprint(value, hidden)")
