"""Files that get their names when all of them are whole."""

import contextlib
import errno
import os

from wirecopy import _core


def _is_stream(path):
    """Whether there is nothing to be named: a device, a pipe, a descriptor."""
    if path.startswith(("/dev/", "/proc/")):
        return True
    return os.path.exists(path) and not os.path.isfile(path)


def _named(path):
    """The name to write under, and the name that is to be had then."""
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if _is_stream(path):
        return path, path
    target = os.path.realpath(path)  # a link stays one
    return os.path.join(os.path.dirname(target),
                        f".{os.path.basename(target)}.{os.getpid()}.part"
                        ), target


def _begin(part, path):
    try:
        with open(part, "wb"):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


@contextlib.contextmanager
def _guarded(parts):
    _core.guard_files([os.fsencode(part) for part in parts])
    try:
        yield
    finally:
        _core.unguard_files()


@contextlib.contextmanager
def whole(*paths, guarded=False):
    """For `with`: names to write these files under, None for None. They get
    their own names together when the block ends; where it raises, none does,
    and nothing stays. OSError before the block, where one cannot be written.

    guarded: the process is the command's own: where a signal ends it meanwhile,
    nothing stays either.
    """
    paths = [None if path is None else os.fspath(path) for path in paths]
    named = [(None, None) if path is None else _named(path) for path in paths]
    parts = [part for part, target in named if part != target]
    with _guarded(parts) if guarded else contextlib.nullcontext():
        try:
            for path, (part, target) in zip(paths, named):
                if part != target:
                    _begin(part, path)
            yield [part for part, _ in named]
            for part, target in named:
                if part != target:
                    os.replace(part, target)
        except BaseException:
            for part in parts:
                if os.path.exists(part):
                    os.remove(part)
            raise
