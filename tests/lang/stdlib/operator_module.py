# operator: functions for operators, itemgetter, attrgetter, methodcaller, in-place forms.
import operator as op

print(op.add(1, 2), op.sub(5, 3), op.mul("a", 3), op.truediv(7, 2), op.floordiv(-7, 2), op.mod(7, 3), op.pow(2, 5),
      op.neg(4), op.invert(5), op.lshift(1, 4), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.not_([]), op.truth("a"),
      op.is_(None, None), op.is_not(1, None), op.index(True), op.abs(-2), op.pos(-1))
print(op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.ge(1, 2), op.gt(2, 1), op.contains([1], 1),
      op.concat("a", "b"), op.countOf([1, 1, 2], 1), op.indexOf("abc", "c"), op.getitem({"k": 1}, "k"),
      op.length_hint([1, 2]), op.call(max, 1, 5))
l = [3, 1, 2]
op.setitem(l, 0, 9)
op.delitem(l, 1)
print(l, op.iadd(l, [7]) is l, l, op.itemgetter(1)("abc"), op.itemgetter(0, -1)([1, 2, 3]),
      op.itemgetter(slice(1, 3))("abcd"), op.itemgetter("k")({"k": 5}))


class A:
    class b: c = 5
    x = 1
    def m(self, *a, **k): return a, k


print(op.attrgetter("x")(A()), op.attrgetter("b.c", "x")(A), op.methodcaller("m", 1, k=2)(A()),
      op.methodcaller("upper")("a"), sorted([(1, "b"), (0, "c")], key=op.itemgetter(1)), repr(op.itemgetter(1, 2)),
      repr(op.attrgetter("a.b")), repr(op.methodcaller("m", 1, k=2)))
for e in ("op.add(1, 'a')", "op.index(1.5)", "op.itemgetter()", "op.attrgetter(5)", "op.methodcaller()",
        "op.attrgetter('q')(A())", "op.itemgetter(5)([1])", "op.indexOf([1], 2)", "op.length_hint(5, 'a')", "op.add(1)",
        "op.concat(1, 2)", "op.setitem((1,), 0, 1)"):
    try:
        print(e, eval(e))
    except Exception as error:
        print(e, type(error).__name__, error)
