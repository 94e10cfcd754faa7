"""A Lisp: reader, environments, closures, recursion and a few programs that it runs (fib, list sorting, higher-order functions).

Stresses a tree-walking interpreter: isinstance chains, dict scopes, recursion, lists of mixed types.
"""
from _harness import main


class Symbol(str):
    pass


class Scope:
    def __init__(self, names, outer=None):
        self.names = names
        self.outer = outer

    def find(self, name):
        scope = self
        while name not in scope.names:
            scope = scope.outer
            if scope is None:
                raise NameError(name)
        return scope.names


class Closure:
    def __init__(self, parameters, body, scope):
        self.parameters = parameters
        self.body = body
        self.scope = scope

    def __call__(self, *args):
        return evaluate(self.body, Scope(dict(zip(self.parameters, args)), self.scope))


def read(text):
    tokens = text.replace("(", " ( ").replace(")", " ) ").split()
    tokens.reverse()

    def one():
        token = tokens.pop()
        if token == "(":
            items = []
            while tokens[-1] != ")":
                items.append(one())
            tokens.pop()
            return items
        try:
            return int(token)
        except ValueError:
            return Symbol(token)

    program = []
    while tokens:
        program.append(one())
    return program


def evaluate(form, scope):
    while True:
        if isinstance(form, Symbol):
            return scope.find(form)[form]
        if not isinstance(form, list):
            return form
        head = form[0]
        if head == "if":
            form = form[2] if evaluate(form[1], scope) else form[3]
        elif head == "define":
            scope.names[form[1]] = evaluate(form[2], scope)
            return None
        elif head == "lambda":
            return Closure(form[1], form[2], scope)
        elif head == "let":
            scope = Scope({name: evaluate(value, scope) for name, value in form[1]}, scope)
            form = form[2]
        else:
            function, *args = [evaluate(item, scope) for item in form]
            if isinstance(function, Closure):
                scope = Scope(dict(zip(function.parameters, args)), function.scope)
                form = function.body
            else:
                return function(*args)


PROGRAM = """
(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
(define map (lambda (f l) (if (null l) nil (cons (f (car l)) (map f (cdr l))))))
(define filter (lambda (f l) (if (null l) nil (if (f (car l)) (cons (car l) (filter f (cdr l))) (filter f (cdr l))))))
(define append (lambda (a b) (if (null a) b (cons (car a) (append (cdr a) b)))))
(define range (lambda (a b) (if (< a b) (cons a (range (+ a 1) b)) nil)))
(define sort (lambda (l) (if (null l) nil (let ((p (car l)) (r (cdr l)))
  (append (sort (filter (lambda (x) (< x p)) r)) (cons p (sort (filter (lambda (x) (not (< x p))) r))))))))
(define sum (lambda (l acc) (if (null l) acc (sum (cdr l) (+ acc (car l))))))
(define compose (lambda (f g) (lambda (x) (f (g x)))))
"""


def make_scope():
    return Scope({"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "%": lambda a, b: a % b, "<": lambda a, b: a < b,
                  "not": lambda a: not a, "car": lambda p: p[0], "cdr": lambda p: p[1], "cons": lambda a, b: (a, b), "null": lambda p: p is None,
                  "nil": None})


def run(n):
    total = 0
    for i in range(n):
        scope = make_scope()
        text = PROGRAM + f"(fib {9 + i % 3}) (sum (sort (map (compose (lambda (x) (% (* x 7) 23)) (lambda (x) (+ x {i}))) (range 0 24))) 0)"
        for form in read(text):
            value = evaluate(form, scope)
            if value is not None:
                total = (total * 31 + value) % 1000000007
    return total


if __name__ == "__main__":
    main(run, 350)
