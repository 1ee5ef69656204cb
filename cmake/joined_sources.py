#!/usr/bin/env python3
"""Says which sources can be compiled as one, for JoinedSources.cmake.

  joined_sources.py ROOT MOST SOURCE...

Prints a number a line for each source, in their order: those with the same
number go together, at most MOST of them. Two sources do not when both may
define the same name, or when a name of the unnamed namespace of one is in a
header that the other includes. That is told by the looks of lines that begin at
the margin, as the project's formatter leaves them; a name too many only makes
for smaller groups.
"""

import functools
import pathlib
import re
import sys

# Types and aliases, macros, constants, and functions with the return type
# before them or, when it is long, on a line of its own.
NAMES = [re.compile(pattern, re.MULTILINE) for pattern in (
    r"^(?:struct|class|enum class|enum|union) (\w+)",
    r"^(?:using|namespace) (\w+) =",
    r"^#define (\w+)",
    r"\b(k[A-Z]\w*)(?: =|\[|\{|\()",
    r"^[A-Za-z][^()\n]*[ *&](\w+)\(",
    r"^([A-Z][a-z]\w*)\(")]
UNNAMED = re.compile(r"^namespace \{$.*?^\}  // namespace$",
                     re.MULTILINE | re.DOTALL)
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def names_of(text):
    return {name for pattern in NAMES for name in pattern.findall(text)}


@functools.cache
def read(path):
    """The names of a file and the project's files that it includes."""
    text = path.read_text(encoding="utf-8")
    return names_of(text), INCLUDE.findall(text)


def names_of_headers(root, source):
    """The names in all headers of the project below a source."""
    names, seen, waiting = set(), {source}, [source]
    while waiting:
        for name in read(waiting.pop())[1]:
            for folder in ("", "lib", "lib/include"):
                header = root / folder / name
                if header.is_file() and header not in seen:
                    seen.add(header)
                    waiting.append(header)
                    names |= read(header)[0]
    return names


class Group:
    """Sources that go together, and what they define."""

    def __init__(self):
        self.count = 0
        self.names, self.unnamed, self.declared = set(), set(), set()

    def takes(self, names, unnamed, declared):
        return (self.names.isdisjoint(names)
                and self.unnamed.isdisjoint(declared)
                and self.declared.isdisjoint(unnamed))

    def add(self, names, unnamed, declared):
        self.count += 1
        self.names |= names
        self.unnamed |= unnamed
        self.declared |= declared


def group_numbers(root, most, sources):
    """For each source the first group that has room and goes with it."""
    groups = []
    for source in sources:
        unnamed = names_of("\n".join(
            UNNAMED.findall(source.read_text(encoding="utf-8"))))
        all_of_it = (read(source)[0], unnamed, names_of_headers(root, source))
        number = next((n for n, group in enumerate(groups)
                       if group.count < most and group.takes(*all_of_it)),
                      len(groups))
        if number == len(groups):
            groups.append(Group())
        groups[number].add(*all_of_it)
        yield number


def main():
    root, most, *sources = sys.argv[1:]
    print(*group_numbers(pathlib.Path(root), int(most),
                         map(pathlib.Path, sources)), sep="\n")


if __name__ == "__main__":
    main()
