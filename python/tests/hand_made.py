"""Arrays made by hand, of the C data interface's own structs: what no library
would hand over."""

import ctypes

POINTER = ctypes.c_void_p
RELEASE = ctypes.CFUNCTYPE(None, POINTER)


class Schema(ctypes.Structure):
    _fields_ = [("format", ctypes.c_char_p), ("name", ctypes.c_char_p),
                ("metadata", ctypes.c_char_p), ("flags", ctypes.c_int64),
                ("n_children", ctypes.c_int64), ("children", POINTER),
                ("dictionary", POINTER), ("release", RELEASE),
                ("private_data", POINTER)]


class Array(ctypes.Structure):
    _fields_ = [("length", ctypes.c_int64), ("null_count", ctypes.c_int64),
                ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
                ("n_children", ctypes.c_int64), ("buffers", POINTER),
                ("children", POINTER), ("dictionary", POINTER),
                ("release", RELEASE), ("private_data", POINTER)]


def capsule(struct, name):
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, [POINTER, ctypes.c_char_p,
                                                   POINTER]
    return new(ctypes.addressof(struct), name, None)


class HandMade:
    """An array of one column, with buffers of bytes (None: a null pointer), and
    another such for a dictionary, or None. Must outlive what uses it.
    `released` counts calls of both callbacks."""

    def __init__(self, form, length, buffers, offset=0, n_buffers=None,
                 dictionary=None):
        self.released = 0
        self.kept = [ctypes.create_string_buffer(data, max(1, len(data)))
                     if data is not None else None for data in buffers]
        self.pointers = (POINTER * len(buffers))(*[
            ctypes.addressof(data) if data is not None else None
            for data in self.kept])
        self.schema = Schema(format=form.encode(), name=b"", flags=2,
                             release=RELEASE(self.release_schema))
        self.array = Array(
            length=length, offset=offset, buffers=ctypes.addressof(
                self.pointers), release=RELEASE(self.release_array),
            n_buffers=len(buffers) if n_buffers is None else n_buffers)
        if dictionary is not None:
            self.kept.append(dictionary)
            self.schema.dictionary = ctypes.addressof(dictionary.schema)
            self.array.dictionary = ctypes.addressof(dictionary.array)

    def release_schema(self, at):
        self.released += 1
        Schema.from_address(at).release = RELEASE()

    def release_array(self, at):
        self.released += 1
        Array.from_address(at).release = RELEASE()

    def __arrow_c_array__(self, requested_schema=None):
        return (capsule(self.schema, b"arrow_schema"),
                capsule(self.array, b"arrow_array"))
