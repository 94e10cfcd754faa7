# Files in a temporary folder: text and binary modes, append, seek, iteration, errors, newline handling.
import io
import os
import tempfile

with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "f.txt")
    with open(path, "w", encoding="utf-8") as f:
        print(f.write("one\ntwo\n"), f.writelines(["thrée\n", "four"]), f.mode, f.closed)
    with open(path, encoding="utf-8") as f:
        print(f.readline(), f.read(2), f.tell(), f.readlines(), f.read(), f.seek(0), next(f), [l.strip() for l in f])
    with open(path, "a", encoding="utf-8") as f:
        f.write("\nfive")
    with open(path, "rb") as f:
        print(f.read(5), f.seek(-4, os.SEEK_END), f.read(), type(f).__name__, f.seek(0), f.readinto(bytearray(3)))
    with open(path, "r+", encoding="utf-8") as f:
        f.write("ONE")
        f.seek(0)
        print(f.readline(), f.truncate(3), os.path.getsize(path))
    with open(path, "wb") as f:
        f.write(b"a\r\nb\rc\n")
    for newline in (None, "", "\n", "\r\n"):
        with open(path, newline=newline) as f:
            print(repr(newline), f.readlines())
    print(os.listdir(d), os.path.isfile(path), os.stat(path).st_size)
    for args in (("r", "none"), ("zz",), ("rb", "enc"), ("x",), ("r", "latin", 5)):
        try:
            if args[0] == "rb":
                open(path, "rb", encoding="utf-8")
            elif len(args) > 1:
                open(os.path.join("/nonexistent", args[1]))
            else:
                open(path, args[0])
        except (OSError, ValueError) as e:
            print(type(e).__name__, str(e).replace(d, "DIR"))
    f = open(path)
    f.close()
    for call in (f.read, f.fileno, lambda: next(f), lambda: f.write("x")):
        try:
            call()
        except (ValueError, io.UnsupportedOperation) as e:
            print(type(e).__name__, e)
    with open(path) as f:
        try:
            f.write("x")
        except io.UnsupportedOperation as e:
            print(e)
    os.remove(path)
    print(os.listdir(d), os.path.exists(path))
