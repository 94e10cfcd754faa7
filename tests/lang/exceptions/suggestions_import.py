# ImportError of a name that is nearly right.
print("before")
from collections import Countr
