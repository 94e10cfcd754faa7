"""Compare the front end with the oracle on deeply nested programs, near and beyond each limit.

Usage: nesting_check.py PATH_OF_frontend_dump (run by the oracle).
"""
import sys

import oracle_ast as o

FORMS = {
    'paren': lambda n: '('*n+'1' + ')'*n,
    'parenx': lambda n: 'x=' + '('*n+'1' + ')'*n,
    'brack': lambda n: '['*n+'1' + ']'*n,
    'brace': lambda n: '{'*n+'1' + '}'*n,
    'call': lambda n: 'f('*n+'1' + ')'*n,
    'sub': lambda n: 'f['*n+'1' + ']'*n,
    'unary': lambda n: '-'*n+'1',
    'not': lambda n: 'not '*n+'1',
    'lambda': lambda n: 'lambda:'*n+'1',
    'lambdax': lambda n: 'lambda x=1:'*n+'1',
    'tern': lambda n: '1 if 1 else '*n+'1',
    'pow': lambda n: '2**'*n+'1',
    'elif': lambda n: 'if 1:pass\n' + 'elif 1:pass\n'*n,
    'blocks': lambda n: ''.join(' '*i+'if 1:\n' for i in range(n))+' '*n+'pass\n',
    'dict': lambda n: '{1:'*n+'1' + '}'*n,
    'open': lambda n: '('*n,
    'openx': lambda n: 'f(a, '*n,
    'add': lambda n: '1+'*n+'1',
    'paren_err': lambda n: '('*n+'1 1' + ')'*n,
    'unary_err': lambda n: '-'*n,
    'starassign': lambda n: 'a='*n+'1',
    'await': lambda n: 'async def f():\n ' + 'await ('*n+'1' + ')'*n,
    'gen': lambda n: '(x for x in '*n+'y' + ')'*n,
    'mix': lambda n: '-('*n+'1' + ')'*n,
    'nest': lambda n: '[(-'*n+'1' + ')]'*n,
    'case': lambda n: 'match x:\n case ' + '['*n+'1' + ']'*n+': pass',
    'case2': lambda n: 'match x:\n case ' + 'A('*n+'1' + ')'*n+': pass',
    'fstr': lambda n: 'f"{' + '('*n+'1' + ')'*n+'}"',
    'walrus': lambda n: '(' + '(a:='*n+'1' + ')'*n+')',
    'target': lambda n: '('*n+'a' + ')'*n+' = 1',
    'target2': lambda n: '('*n+'a,' + ')'*n+' = 1',
    'del': lambda n: 'del ' + '('*n+'a' + ')'*n,
    'for': lambda n: 'for ' + '('*n+'a' + ')'*n+' in b: pass',
    'ann': lambda n: '('*n+'a' + ')'*n+': 1',
    'deco': lambda n: '@' + '('*n+'a' + ')'*n+'\ndef f(): pass',
    'defarg': lambda n: 'def f(a=' + '('*n+'a' + ')'*n+'): pass',
    'with': lambda n: 'with ' + '('*n+'a' + ')'*n+': pass',
}
DEPTHS = (1, 2, 5, 20, 90, 99, 100, 101, 110, 150, 190, 199, 200, 201, 250, 1000, 1990, 2000, 2900, 2990, 3000, 4000, 5900, 5990, 6000, 7000,
          50000)


def main():
    sys.setrecursionlimit(60000)
    frontend = o.Frontend(sys.argv[1])
    total = bad = 0
    for name, make in FORMS.items():
        for n in DEPTHS:
            source = make(n)
            # Long chains and many indented lines give the oracle's tree walkers trouble, not its parser.
            if len(source) > 400000 or (name in ("add", "starassign") and n > 3000) or (name == "blocks" and n > 300):
                continue
            total += 1
            theirs = o.expected(source, "exec", 0)
            ours = frontend.parse(source, "exec", 0)
            if ours != theirs:
                bad += 1
                print(name, n)
                o.show_difference(ours[:2000], theirs[:2000], 1)
    print("%d programs, %d differ" % (total, bad))
    sys.exit(bad != 0)


main()
