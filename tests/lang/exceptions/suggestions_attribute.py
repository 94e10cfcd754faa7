# AttributeError suggestions appear only in the printed traceback; the message itself stays plain.
class Shape:
    perimeter = 1

    def __init__(self): self.colour = "red"

    def area(self): return 1


s = Shape()
try:
    s.color
except AttributeError as e:
    print(str(e), e.name, e.obj is s)
for name in ("aera", "perimiter", "colr"):
    try:
        getattr(s, name)
    except AttributeError as e:
        print(e)
s.colours
