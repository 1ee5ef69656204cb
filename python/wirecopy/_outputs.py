"""Files that get their names when all of them are whole."""

import contextlib
import errno
import os


def _is_stream(path):
    """Whether there is nothing to be named: a device, a pipe, a descriptor."""
    if path.startswith(("/dev/", "/proc/")):
        return True
    return os.path.exists(path) and not os.path.isfile(path)


def _begin(path):
    """The name to write under, and the name that is to be had then."""
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if _is_stream(path):
        return path, path
    target = os.path.realpath(path)  # a link stays one
    part = os.path.join(os.path.dirname(target),
                        f".{os.path.basename(target)}.{os.getpid()}.part")
    try:
        with open(part, "wb"):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
    return part, target


@contextlib.contextmanager
def whole(*paths):
    """For `with`: names to write these files under, None for None. They get
    their own names together when the block ends; where it raises, none does,
    and nothing stays. OSError before the block, where one cannot be written."""
    begun = []
    try:
        for path in paths:
            begun.append((None, None) if path is None
                         else _begin(os.fspath(path)))
        yield [part for part, _ in begun]
        for part, target in begun:
            if part != target:
                os.replace(part, target)
    except BaseException:
        for part, target in begun:
            if part != target and os.path.exists(part):
                os.remove(part)
        raise
