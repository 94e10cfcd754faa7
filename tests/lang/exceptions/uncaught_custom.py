# Uncaught exceptions of own classes: module-qualified name, str, multi-line text.
class AppError(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code = code

    def __str__(self):
        return f"[{self.code}]\n  {self.args[1]}"


class Outer:
    class Nested(AppError):
        pass


try:
    raise AppError(1, "caught")
except AppError as e:
    print(e, repr(e), e.args)
raise Outer.Nested(7, "failed")
