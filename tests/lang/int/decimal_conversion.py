# Conversion of large integers to and from decimal, and the limit on digits.
import sys

for n in (10 ** 18, 10 ** 19, 10 ** 19 - 1, 2 ** 127, 7 ** 300, 10 ** 500 + 1):
    text = str(n)
    assert int(text) == n and int("-" + text) == -n
    print(len(text), text[:20], text[-20:], sum(map(int, text)))
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
for action in (lambda: str(10 ** 5000), lambda: int("9" * 5000), lambda: f"{10 ** 5000}", lambda: "%d" % 10 ** 5000,
        lambda: repr(-(10 ** 4300))):
    try:
        print(len(action()))
    except ValueError as error:
        print(error)
print(len(str(10 ** 4299)), len(hex(10 ** 5000)), len(f"{10 ** 5000:x}"), int("1" * 5000, 16) % 1000,
      len("%x" % 10 ** 5000))
sys.set_int_max_str_digits(0)
print(len(str(10 ** 5000)), str(3 ** 12000)[:15], str(3 ** 12000)[-15:])
sys.set_int_max_str_digits(640)
try:
    int("1" * 641)
except ValueError as error:
    print(error)
try:
    sys.set_int_max_str_digits(5)
except ValueError as error:
    print(error)
print(f"{10 ** 30:,}", f"{2 ** 90:_}", f"{2 ** 90:_x}", f"{-(10 ** 20):+,d}", "{:>40}".format(2 ** 100),
      f"{10 ** 25:e}", f"{10 ** 25:.3g}")
