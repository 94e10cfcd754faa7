# f_lineno assigned by a trace function; which events generators, folded lines and async loops give.
import sys
def run(f,a,b):
    out=[]
    fl=f.__code__.co_firstlineno
    done=[]
    def tr(fr,e,arg):
        if fr.f_code is f.__code__:
            if e=='line' and fr.f_lineno==fl+a and not done:
                done.append(1)
                fr.f_lineno=fl+b
        return tr
    sys.settrace(tr)
    try: f(out)
    except Exception as e: out.append(repr(e))
    finally: sys.settrace(None)
    print(f.__name__, out, sys.exc_info()[0])
def f1(o):
    try:
        1/0
    except:
        o.append(4)
        o.append(5)
    o.append(6)
    o.append(sys.exc_info()[0])
run(f1,4,7)
class C:
    def __init__(s,o): s.o=o
    def __enter__(s): s.o.append('enter')
    def __exit__(s,*a): s.o.append('exit')
def f2(o):
    with C(o):
        o.append(2)
    o.append(3)
run(f2,2,3)
def f3(o):
    for i in 1,2:
        o.append(i)
        o.append(3)
    o.append(4)
run(f3,3,4)

import sys
ev=[]
def tr(f,e,a):
    ev.append((f.f_lineno-f.f_code.co_firstlineno if f.f_code.co_name!='<module>' else 0,f.f_code.co_name,e)); return tr
def run(fn):
    ev.clear()
    sys.settrace(tr)
    try: fn()
    except Exception as e: pass
    sys.settrace(None)
    print(fn.__name__,ev)
def gen():
    x=list(i for i in range(3))
    return x
def star():
    try:
        raise ExceptionGroup('a',[ValueError(1),TypeError(2)])
    except* TypeError:
        pass
    except* ValueError:
        pass
    return 1
def nested():
    try:
        try:
            raise ExceptionGroup('a',[ValueError(1),TypeError(2)])
        except* TypeError:
            raise
    except* ValueError:
        x=1
    except* TypeError:
        y=2
def else_():
    try:
        try:
            pass
        except:
            x=1
        else:
            raise Exception
    except:
        y=2
    z=3
def sr():
    sys.settrace(tr)
    sys._getframe().f_back.f_trace=tr
    return 1
async def agen():
    for i in range(2): yield i
async def co():
    async for x in agen():
        pass
    try:
        async for x in None: pass
    except TypeError: pass
def aco():
    try: co().send(None)
    except StopIteration: pass
for f in (gen,star,nested,else_,sr,aco): run(f)
