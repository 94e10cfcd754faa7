def gen14(p15, p16=3):
    for i20 in range(120):
        sent = (yield i20)
    return G2

def f28(p29):
    n32 = len
    for g39 in gen14(n32):
        pass
f28(0.0)
