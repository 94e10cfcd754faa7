# Uncaught errors in a class body and in a nested function show the right names.
def make(n):
    class Inner:
        ok = 1

        def method(self):
            return [self.helper(i) for i in range(n)]

        def helper(self, i):
            return (lambda v: 10 // (2 - v))(i)

    return Inner()


print(make(2).method())
make(4).method()
