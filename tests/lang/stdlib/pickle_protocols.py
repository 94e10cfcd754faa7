# _pickle: bytes of every protocol, what comes back, and what malformed pickles and unpicklable objects give.
import pickle,_pickle,io,pickletools,collections,sys
class C:
    def __init__(self): self.a=1;self.b=[self]
class S:
    __slots__=('x','y')
class Sub(list): pass
def objs():
    s=S(); s.x=1; l=Sub([1,2]); l.z=3
    t=([],);t[0].append(t)
    return [None,True,1,-1,255,256,65535,65536,2**31,-2**31,2**40,-2**63,2**100,-2**100,10**400,1.5,float('inf'),'abc','é\n\\x\ud800',b'xx',b'x'*300,bytearray(b'12'),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],list(range(2500)),{},{1:2},dict.fromkeys(range(1500)),{1,2},frozenset([3]),C(),s,l,t,len,C,type(None),Ellipsis,NotImplemented,collections.OrderedDict(a=1),Exception('x'),range(3),1j,'x'*70000,b'y'*70000,[b'z'*70000,'q'*70000,['w']*30000],  {'a':{'b':{'c':[1]*5}}}]
import hashlib
for i,o in enumerate(objs()):
    for p in range(6):
        try:
            d=_pickle.dumps(o,p)
            f=io.BytesIO(); _pickle.Pickler(f,p).dump(o)
            print(i,p,hashlib.md5(d).hexdigest(),f.getvalue()==d, type(o).__name__)
            r=_pickle.loads(d); r2=_pickle.load(io.BytesIO(d)); r3=pickle._loads(d)
            if type(o) not in (C,S): print(repr(r)[:100], repr(r2)==repr(r)==repr(r3))
        except Exception as e: print(i,p,type(e),e)
for bad in (b'', b'\x80\x09', b'K', b'(', b'0', b'N', b'h\x05.', b'cfoo\nbar\n.', b'\x8c\x05ab', b"S'a\n.", b'a.', b'\xff', b"'", b'\x94.', b'(e.', b'](e', b'\x80\x04\x95\xff\x00\x00\x00\x00\x00\x00\x00.', b'I1', b'Ix\n.', b'Q.'):
    for f in (_pickle.loads, lambda b:_pickle.load(io.BytesIO(b))):
        try: print(bad, f(bad))
        except Exception as e: print(bad, type(e).__name__, e)
def g(): return lambda:0
for o in (lambda:0, g(), io.StringIO().write, sys, (i for i in ())):
    try: print(_pickle.dumps(o))
    except Exception as e:
        import re
        print(type(e).__name__, re.sub('0x[0-9a-f]+','',str(e)))
