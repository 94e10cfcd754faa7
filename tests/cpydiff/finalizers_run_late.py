# Objects die when a collection finds them dead, not when the last reference goes: CPython prints "del" before "end".
class C:
    def __del__(self):
        print("del")


C()
print("end")
