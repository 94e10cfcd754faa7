# format() of integers with every part of the format specification, and its errors.
for spec in ("", "d", "b", "o", "x", "X", "#b", "#o", "#x", "#X", "c", "n", "5", "<5", ">5", "^5", "=5", "05", "+d",
      " d", "-d", "*^9d",
             "+08d", "#010x", ",", "_", "_b", "_x", ",d", "e", "E", ".2f", "g", "G", "%", ".1%", "010.3f", "x<+8",
             "é^7"):
    row = []
    for value in (0, 65, -65, 1234567):
        try:
            row.append(format(value, spec))
        except (ValueError, OverflowError) as error:
            row.append(str(error))
    print(repr(spec), row)
for spec in (".2d", "s", "z", "5.5x", ",x", ",b", "_c", "+c", "#c", ",_", "_,", "d5", "<<<", "y", "0", "00", "=",
        "1" * 30):
    try:
        print(repr(spec), repr(format(42, spec)))
    except (ValueError, OverflowError) as error:
        print(repr(spec), error)
print(format(True), format(True, "d"), format(False, "5"), f"{True}", f"{True:>6}", f"{True!r:>6}", f"{3:{5}}",
      f"{3:>{2 + 3}.{1}f}")
try:
    format(2 ** 31, "c")
except OverflowError as error:
    print(error)
try:
    format(0x110000, "c")
except OverflowError as error:
    print(error)
