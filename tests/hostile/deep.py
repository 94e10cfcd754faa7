"""Structures nested fifty thousand deep and recursion without end: `deep.py CASE` ends with a result or an exception, never a crash.

What is asked of them is only that (CPython itself crashes in about a third): run.py looks at the exit status and the last line.
"""
import sys

DEPTH = 50000


class A:
    pass


def nest_list(n):
    x = []
    for _ in range(n):
        x = [x]
    return x


def nest_tuple(n):
    x = ()
    for _ in range(n):
        x = (x,)
    return x


def nest_dict(n):
    x = {}
    for _ in range(n):
        x = {1: x}
    return x


def nest_obj(n):
    x = None
    for _ in range(n):
        a = A()
        a.x = x
        x = a
    return x


import copy, pickle, json, marshal, ast, operator, functools, itertools
def d_repr_list(): repr(nest_list(DEPTH))
def d_repr_tuple(): repr(nest_tuple(DEPTH))
def d_repr_dict(): repr(nest_dict(DEPTH))
def d_eq_list(): nest_list(DEPTH) == nest_list(DEPTH)
def d_eq_tuple(): nest_tuple(DEPTH) == nest_tuple(DEPTH)
def d_lt_tuple(): nest_tuple(DEPTH) < nest_tuple(DEPTH)
def d_eq_dict(): nest_dict(DEPTH) == nest_dict(DEPTH)
def d_hash(): hash(nest_tuple(DEPTH))
def d_copy(): copy.deepcopy(nest_list(DEPTH))
def d_pickle(): pickle.dumps(nest_list(DEPTH))
def d_json(): json.dumps(nest_list(DEPTH))
def d_marshal(): marshal.dumps(nest_tuple(DEPTH))
def d_marshal_loads(): marshal.loads(b'\xa9\x01' * DEPTH + b'N')
def d_marshal_loads_list(): marshal.loads(b'[\x01\0\0\0' * DEPTH + b'N')
def d_marshal_loads_dict(): marshal.loads(b'{N' * DEPTH + b'N')
def d_marshal_fset(): marshal.loads(b'>\x01\0\0\0' * DEPTH + b'N')
def d_json_loads(): json.loads('[' * DEPTH)
def d_json_loads2(): json.loads('[' * DEPTH + ']' * DEPTH)
def d_json_loads3(): json.loads('{"a":' * DEPTH)
def d_pickle_loads(): pickle.loads(b'(' * DEPTH + b'l' * DEPTH + b'.')
def d_eval_paren(): eval('(' * DEPTH + ')' * DEPTH)
def d_eval_minus(): eval('-' * DEPTH + '1')
def d_eval_not(): eval('not ' * DEPTH + '1')
def d_eval_bin(): eval('1+' * DEPTH + '1')
def d_eval_pow(): eval('1**' * DEPTH + '1')
def d_eval_attr(): compile('a' + '.a' * DEPTH, '', 'eval')
def d_eval_call(): compile('a' + '()' * DEPTH, '', 'eval')
def d_eval_sub(): compile('a' + '[0]' * DEPTH, '', 'eval')
def d_eval_lambda(): compile('lambda:' * DEPTH + '0', '', 'eval')
def d_eval_ifelse(): compile('0 if 0 else ' * DEPTH + '0', '', 'eval')
def d_eval_and(): compile('1 and ' * DEPTH + '1', '', 'eval')
def d_eval_fstr(): compile("f'{" * 10000 + '1', '', 'eval')
def d_eval_list(): compile('[' * DEPTH, '', 'eval')
def d_eval_brace(): compile('{' * DEPTH, '', 'eval')
def d_exec_elif(): compile('if 0: pass\n' + 'elif 0: pass\n' * min(DEPTH, 100000), '', 'exec')
def d_exec_indent(): compile(''.join(' ' * i + 'if 1:\n' for i in range(min(DEPTH, 2000))) + ' ' * 2001 + 'pass', '', 'exec')
def d_exec_stmts(): exec(compile('x = 1\n' * min(DEPTH, 300000), '', 'exec'))
def d_exec_try(): compile('try:\n' * 3, '', 'exec')
def d_parse_tree():
    x = ast.Constant(1)
    for _ in range(DEPTH): x = ast.UnaryOp(ast.USub(), x)
    compile(ast.fix_missing_locations(ast.Expression(x)), '', 'eval')
def d_ast_obj():
    x = ast.Constant(1, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    for _ in range(DEPTH): x = ast.UnaryOp(ast.USub(), x, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    compile(ast.Expression(x), '', 'eval')
def d_ast_bin():
    k = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    x = ast.Constant(1, **k)
    for _ in range(DEPTH): x = ast.BinOp(x, ast.Add(), ast.Constant(1, **k), **k)
    compile(ast.Expression(x), '', 'eval')
def d_ast_stmt():
    k = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    x = ast.Pass(**k)
    for _ in range(DEPTH): x = ast.If(ast.Constant(1, **k), [x], [], **k)
    compile(ast.Module([x], []), '', 'exec')
def d_ast_const():
    k = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    compile(ast.Expression(ast.Constant(nest_tuple(DEPTH), **k)), '', 'eval')
def d_ast_dump(): ast.dump(ast.parse('-' * 1000 + '1'))
def d_ast_literal(): ast.literal_eval('[' * 90 + ']' * 90)
def d_isinstance(): isinstance(1, nest_tuple(DEPTH))
def d_issubclass(): issubclass(int, nest_tuple(DEPTH))
def d_except():
    try: raise ValueError
    except nest_tuple(DEPTH): pass
def d_generic():
    x = list[int]
    for i in range(DEPTH): x = list[x]
    repr(x)
def d_generic_hash():
    x = list[int]
    for i in range(DEPTH): x = list[x]
    hash(x)
def d_generic_eq():
    x = y = list[int]
    for i in range(DEPTH): x = list[x]; y = list[y]
    x == y
def d_partial():
    x = functools.partial(int)
    for i in range(DEPTH):
        y = functools.partial(int); y.__setstate__((x, (), {}, {})); x = y
    repr(x); x()
def d_partial_call():
    x = functools.partial(int)
    for i in range(DEPTH):
        y = functools.partial(int); y.__setstate__((x, (), {}, {})); x = y
    x()
def d_chain():
    x = iter([])
    for i in range(DEPTH): x = itertools.chain(x)
    list(x)
def d_map():
    x = iter([1])
    for i in range(DEPTH): x = map(int, x)
    list(x)
def d_gen():
    def g(x):
        yield from x
    x = iter([1])
    for i in range(DEPTH): x = g(x)
    list(x)
def d_filter():
    x = iter([1])
    for i in range(DEPTH): x = filter(None, x)
    list(x)
def d_zip():
    x = iter([1])
    for i in range(DEPTH): x = zip(x)
    list(x)
def d_enumerate():
    x = iter([1])
    for i in range(DEPTH): x = enumerate(x)
    list(x)
def d_islice():
    x = iter([1])
    for i in range(DEPTH): x = itertools.islice(x, 10)
    list(x)
def d_reversed_free():
    x = nest_obj(DEPTH); del x
def d_exc_chain():
    e = None
    for i in range(DEPTH):
        n = ValueError(i); n.__context__ = e; e = n
    raise e
def d_exc_cause():
    e = None
    for i in range(DEPTH):
        n = ValueError(i); n.__cause__ = e; e = n
    raise e
def d_excgroup():
    e = ValueError()
    for i in range(DEPTH): e = ExceptionGroup('g', [e])
    repr(e)
def d_excgroup_split():
    e = ValueError()
    for i in range(DEPTH): e = ExceptionGroup('g', [e])
    e.split(TypeError)
def d_excgroup_sub():
    e = ValueError()
    for i in range(DEPTH): e = ExceptionGroup('g', [e])
    try:
        raise e
    except* ValueError: pass
def d_excgroup_show():
    e = ValueError()
    for i in range(DEPTH): e = ExceptionGroup('g', [e])
    raise e
def d_deque():
    import collections
    x = collections.deque()
    for i in range(DEPTH): x = collections.deque([x])
    repr(x)
def d_deque_eq():
    import collections
    x = y = collections.deque()
    for i in range(DEPTH): x = collections.deque([x]); y = collections.deque([y])
    x == y
def d_odict():
    import collections
    x = collections.OrderedDict()
    for i in range(DEPTH): x = collections.OrderedDict(a=x)
    repr(x)
def d_frozenset():
    x = frozenset()
    for i in range(DEPTH): x = frozenset([x])
    repr(x)
def d_frozenset_eq():
    x = y = frozenset()
    for i in range(DEPTH): x = frozenset([x]); y = frozenset([y])
    x == y
def d_mappingproxy():
    import types
    x = types.MappingProxyType({})
    for i in range(DEPTH): x = types.MappingProxyType(x)
    len(x)
def d_mappingproxy_repr():
    import types
    x = types.MappingProxyType({})
    for i in range(DEPTH): x = types.MappingProxyType(x)
    repr(x)
def d_mappingproxy_get():
    import types
    x = types.MappingProxyType({})
    for i in range(DEPTH): x = types.MappingProxyType(x)
    x[1]
def d_method_repr():
    import types
    x = print
    for i in range(DEPTH): x = types.MethodType(x, 1)
    repr(x), hash(x)
def d_staticmethod():
    x = print
    for i in range(DEPTH): x = staticmethod(x)
    x()
def d_staticmethod_repr():
    x = print
    for i in range(DEPTH): x = staticmethod(x)
    repr(x)
def d_classmethod_get():
    x = print
    for i in range(DEPTH): x = classmethod(x)
    x.__get__(None, int)
def d_code_const():
    f = (lambda: 0).__code__
    for i in range(DEPTH): f = f.replace(co_consts=(f,))
    marshal.dumps(f)
def d_code_hash():
    f = (lambda: 0).__code__
    for i in range(DEPTH): f = f.replace(co_consts=(f,))
    hash(f)
def d_code_eq():
    f = g = (lambda: 0).__code__
    for i in range(DEPTH): f = f.replace(co_consts=(f,)); g = g.replace(co_consts=(g,))
    f == g
def d_slice():
    x = slice(0)
    for i in range(DEPTH): x = slice(x)
    repr(x)
def d_slice_eq():
    x = y = slice(0)
    for i in range(DEPTH): x = slice(x); y = slice(y)
    x == y
def d_str_mod():
    x = '%s'
    '%s' % (nest_tuple(DEPTH),)
def d_format(): '{:{:{:{}}}}'.format(1,2,3,4)
def d_re(): 
    import re; re.compile('(' * DEPTH + ')' * DEPTH)
def d_re_alt():
    import re; re.match('(?:a|' * 500 + 'b' + ')' * 500, 'c')
def d_re_star():
    import re; re.match('(?:a|b)*c', 'a' * DEPTH)
def d_re_group():
    import re; re.match('(a|b)*?c', 'a' * DEPTH)
def d_weakref():
    import weakref
    class W: pass
    x = W()
    for i in range(1000): x = weakref.proxy(x) if i == 0 else x
def d_cell():
    def mk(x): return (lambda: x).__closure__[0]
    x = 1
    for i in range(DEPTH): x = mk(x)
    repr(x)
def d_cell_eq():
    def mk(x): return (lambda: x).__closure__[0]
    x = y = 1
    for i in range(DEPTH): x = mk(x); y = mk(y)
    x == y
def d_sum(): sum([nest_tuple(DEPTH)], ())
def d_sorted(): sorted([nest_tuple(DEPTH), nest_tuple(DEPTH)])
def d_struct():
    import struct; struct.calcsize('1000000000000000000000i')
def d_simplens():
    import types
    x = 1
    for i in range(DEPTH): x = types.SimpleNamespace(a=x)
    repr(x)
def d_simplens_eq():
    import types
    x = y = 1
    for i in range(DEPTH): x = types.SimpleNamespace(a=x); y = types.SimpleNamespace(a=y)
    x == y
def d_userlist():
    import collections
    x = collections.UserList()
    for i in range(DEPTH): x = collections.UserList([x])
    repr(x)
def d_property():
    class P:
        @property
        def x(self): return self.x
    P().x
def d_getattr():
    class P:
        def __getattr__(self, n): return getattr(self, n)
    P().x
def d_recursion():
    def f(): f()
    f()
def d_recursion_c():
    def f(x): return sorted([1, 2], key=f)
    f(1)
def d_recursion_map():
    def f(x): return list(map(f, [1]))
    f(1)
def d_rec_limit5():
    sys.setrecursionlimit(2**31 - 1)
    compile('-' * DEPTH + '1', '', 'eval')
def d_rec_limit8():
    sys.setrecursionlimit(2**31 - 1)
    json.loads('[' * DEPTH * 5)
def d_rec_thread():
    import threading
    sys.setrecursionlimit(10**9)
    def f(): return list(map(lambda x: f(), [1]))
    t = threading.Thread(target=f); t.start(); t.join()
def d_rec_thread3():
    import threading
    sys.setrecursionlimit(10**9)
    x = nest_list(DEPTH)
    t = threading.Thread(target=lambda: repr(x)); t.start(); t.join()
if __name__ == '__main__':
    which = sys.argv[1]
    if which == 'list':
        print(*[k for k in globals() if k.startswith('d_')])
    else:
        globals()[which]()
