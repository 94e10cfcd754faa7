# Unicode identifiers, normalisation of names, attributes and keyword arguments in NFKC.
class É:
    ﬁeld = 1

    def ª(self): return "feminine ordinal"


def ƒ(ｘ, *, 𝐛𝐨𝐥𝐝=2): return x, bold if False else 𝐛𝐨𝐥𝐝


print(É().field, É().a(), ƒ(1), ƒ(x=3, bold=4), sorted(n for n in vars(É) if n[0] != "_"))
π, Σ = 3, 4
变量 = π + Σ
print(变量, "变量" in globals(), eval("变量 * 2"), [名 for 名 in "ab"], {"π": π}, f"{π=} {变量:>4}")
for name in ("é", "1é", "é1", "a b", "ªb", "·a", "a·", "²", "℘", "a²", "_", "𝟘a", "a𝟘", "x\u0301", "\u0301x", "日本", "🙂",
        "a🙂"):
    print(ascii(name), name.isidentifier(), end="; ")
print()
for source in ("🙂 = 1", "a = 1€", "x = “q”", "a\u200b = 1", "é\u00a0= 1", "def ²(): pass", "ａ = 5; print(a)", "𝐢𝐟 = 1",
        "getattr(É, 'ﬁeld')"):
    try:
        exec(source)
        print(ascii(source), "fine")
    except Exception as e:
        print(ascii(source), type(e).__name__, ascii(e.msg if isinstance(e, SyntaxError) else str(e)))
