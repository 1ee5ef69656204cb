"""Keywords of the jobs, checked, as options of the compiled part."""

import numpy as np

from wirecopy import _core, _documents

_KINDS = {float: (float, int, np.floating, np.integer), int: (int, np.integer),
          str: (str,), bool: (bool, np.bool_)}


def checked(kind, **values):
    """The values, by their names, where they are of the kind. (A str with half
    of a surrogate pair is a UnicodeEncodeError, which is a ValueError.)"""
    for name, value in values.items():
        wrong = isinstance(value, bool) and kind is not bool
        if wrong or not isinstance(value, _KINDS[kind]):
            raise TypeError(f"{name} must be {kind.__name__}, not "
                            f"{type(value).__name__}")
        if kind is str and not value.isascii():
            value.encode()
    return {name: kind(value) for name, value in values.items()}


KEEP = ("first", "longest", "earliest", "latest")
CLUSTER = ("star", "components")


def check_choice(name, value, choices):
    if checked(str, **{name: value})[name] not in choices:
        raise ValueError(f"{name} {value!r}: must be one of "
                         + ", ".join(choices))


def shingle_options(shingle, k, seed):
    numbers = checked(int, k=k, seed=seed)
    if not 0 <= numbers["seed"] < 1 << 64:
        raise ValueError(f"seed {seed}: must be from 0 to 2**64 - 1")
    if not 0 < numbers["k"] < 1 << 31:
        raise ValueError(f"k {k}: must be 1 or more")
    return _core.Shingle(unit=checked(str, shingle=shingle)["shingle"],
                         **numbers)


def match_options(threshold, measure, exact, recall, shingle, k, seed, threads,
                  **others):
    return _core.Match(
        **checked(float, threshold=threshold, recall=recall),
        **checked(str, measure=measure), **checked(bool, exact=exact),
        shingle=shingle_options(shingle, k, seed),
        threads=_documents.threads_of(threads), **others)


def agency_names(agencies):
    """Lists of the names that belong together. A str in the place of a list
    would be one of letters."""
    if agencies is None or isinstance(agencies, (str, bytes)):
        raise TypeError("agencies must be lists of names, not "
                        f"{type(agencies).__name__}")
    found = []
    for names in agencies:
        if isinstance(names, (str, bytes)):
            raise TypeError(f"agencies must be lists of names: [{names!r}], "
                            f"not {names!r}")
        found.append(list(names))
        for name in found[-1]:
            checked(str, agencies=name)
    return found


_PASSAGE_OPTIONS = ("min_run", "min_words", "min_letters", "fragment_words",
                    "lone_words", "max_gap", "every_run", "seed")


def passage_options(options, all_pairs, repeats, threads):
    """Of passages() and trace(); `options` are keywords besides."""
    for name in options:
        if name not in _PASSAGE_OPTIONS:
            raise TypeError(f"there is no option {name!r}; there are: "
                            + ", ".join(_PASSAGE_OPTIONS))
    sizes = {name: value for name, value in options.items()
             if name != "every_run"}
    for name, value in checked(int, **sizes).items():
        if not 0 <= value < (1 << 64 if name == "seed" else 1 << 31):
            raise ValueError(f"{name} {value}: out of range")
    return _core.Passages(
        **sizes, **checked(bool, all_pairs=all_pairs, repeats=repeats,
                            every_run=options.get("every_run", False)),
        threads=_documents.threads_of(threads))
