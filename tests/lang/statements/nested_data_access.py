# Long access chains: calls, subscripts, attributes, slices and stars mixed in one expression.
class N:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __call__(self, *a, **k): return N(args=a, kw=k, me=self)
    def __getitem__(self, k): return N(key=k) if not isinstance(k, int) else [k, [k + 1, {"d": (k,)}]]
    def __matmul__(self, o): return ("mat", o)


n = N(a=N(b=[N(c={"k": N(f=lambda x: [x, x * 2])})]))
print(n.a.b[0].c["k"].f(3)[1], n(1, *[2, 3], z=4).me.a.b[-1].c["k"].f("ab")[0][::-1], n["x":"y"].key.stop,
      n[1, 2:3].key[1].start, n[5][1][1]["d"][0], (n @ 5)[1], n(k=n(1)).kw["k"].args)
d = {"list": [{"t": (1, [2, 3])}], ("a", 1): {None: {True: "deep"}}}
d["list"][0]["t"][1][0] += 10
d["list"][0]["new"] = d["list"][0]["t"][1][:]
d["list"] += [d["list"][0]["t"]]
print(d, d["a", 1][None][1], [*d["list"][0]["t"][1], *d["list"][1][:1]], "{0[list][0][t][1]}".format(d))
(lambda: None).__dict__["x"] = 1
print([[[]]][0][0] == [], "abc"[1:][0].upper().lower().join("xy"), {1: {2: 3}}[1][2], ((((5)))),
      [i for i in [[1, 2], [3]]][0][1], (1, 2, 3)[1:][-1], "a,b".split(",")[1].encode()[0], str(5)[0].zfill(3)[::-1])
m = [[0] * 3 for _ in range(3)]
m[1][2], m[2][1] = 5, m[1][2] + 1
m[0][1:] = m[1][1:]
print(m, sum(m, [])[4:7], list(map(sum, zip(*m))), max(m, key=lambda r: r[-1])[2], [r[::-1] for r in m[::-1]])
