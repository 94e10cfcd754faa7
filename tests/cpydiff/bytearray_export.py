"""Resizing a bytearray under a memoryview.

CPython raises BufferError. Without reference counts a dropped view would block its array until the next collection, so pyjit lets
the array move and leaves the view with the old memory. Native holders (an operation in progress) still forbid resizing.
"""
array = bytearray(b"abc")
view = memoryview(array)
try:
    array.append(100)
    print("resized", bytes(array), bytes(view))
except BufferError as error:
    print("BufferError", error)
# CPython: BufferError Existing exports of data: object cannot be re-sized
# pyjit:   resized b'abcd' b'abc'
