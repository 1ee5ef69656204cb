#!/usr/bin/env python3
"""Which of a target's sources can be compiled as one.

  sources_together.py MOST SOURCE...

A line a source, "GROUP SOURCE": in a group, of at most MOST sources of one
folder, none uses a name that another gives to something in an unnamed namespace
or takes from another namespace. Sources are as clang-format leaves them: what
stands in a namespace begins a line, and what it is made of does not.
"""

import os
import pathlib
import re
import sys

UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.S | re.M)
# A class or another name for a type; or what a declaration ends its name with.
# Tests of GoogleTest's, whose macro stands there, have names of their own.
TYPE = re.compile(r"(?:class|struct|enum class|enum|using) (\w+)")
DECLARED = re.compile(r"(?:[^(={;]*[\s*&])?(?!TEST\w*\(|INSTANTIATE_)"
                      r"(\w+)\s*(?:[(={;[]|$)")
# A name of another namespace. Those of GoogleTest's are nobody's variables.
TAKEN = re.compile(r"^using (?!:*testing::)[\w:]+::(\w+);$", re.M)


class Source:
    """Its words, and those of them that it gives a meaning of its own."""

    def __init__(self, path):
        self.path = path
        text = pathlib.Path(path).read_text(encoding="utf-8")
        self.words = set(re.findall(r"[A-Za-z_]\w*",
                                    re.sub(r"//.*", "", text)))
        self.own = set()
        for body in UNNAMED.findall(text):
            for line in body.splitlines():
                if re.match(r"(?!using (?:\w+::|namespace ))[A-Za-z:]", line):
                    match = TYPE.match(line) or DECLARED.match(line)
                    self.own.update(match.groups() if match else ())
        self.taken = set(TAKEN.findall(text))

    def disturbs(self, other):
        """Whether `other` has a name that would be another thing beside this,
        or that this takes from a namespace that it does not."""
        return bool((self.own | (self.taken - other.taken)) & other.words)

    def goes_with(self, other):
        return (os.path.dirname(self.path) == os.path.dirname(other.path)
                and not self.disturbs(other) and not other.disturbs(self))


def grouped(sources, most):
    """[[source]], each source with the first, fewer than `most`, that it goes
    with."""
    groups = []
    for source in sources:
        for group in groups:
            if len(group) < most and all(map(source.goes_with, group)):
                group.append(source)
                break
        else:
            groups.append([source])
    return groups


def main():
    most, *paths = sys.argv[1:]
    for number, group in enumerate(grouped(map(Source, paths), int(most))):
        for source in group:
            print(number, source.path)


if __name__ == "__main__":
    main()
