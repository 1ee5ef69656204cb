#!/usr/bin/env python3
"""Fails on an #include that goes against the order of the layers, or twice, and
on one that is missing of those that builds made once precompile
(cmake/BuildOnce.cmake): neither the file has it nor a header of this project's
that it includes.

The layers are folders of lib/, lowest first (LAYERS): a file includes its own
layer and lower ones. io/ and report/ stand beside them and see plain records
alone. A public header belongs to a layer too (PUBLIC_HEADERS) and includes
public headers of that layer and lower ones, for nothing else is installed.
The program (cli/) includes public headers, io, report, engine and base, Python's
bindings (python/) public headers alone; tests and benchmarks may include
anything.

  include_check.py [ROOT]      checks the tree at ROOT (default: this one)
  include_check.py --self-test proves on made-up trees that slips are caught
"""

import pathlib
import re
import sys
import tempfile

LAYERS = ["base", "text", "sketch", "lsh", "cluster", "passage", "provenance",
          "index", "engine"]

# The layer of every header in lib/include/wirecopy. What is in "base" counts
# as a plain record: it says nothing of how documents are compared.
PUBLIC_HEADERS = {
    "banding.h": "lsh",
    "compare.h": "engine",
    "datasketch.h": "sketch",
    "dedup.h": "engine",
    "document.h": "base",
    "evidence.h": "base",
    "furniture.h": "passage",
    "index.h": "index",
    "memory_bound.h": "base",
    "names.h": "base",
    "offsets.h": "text",
    "pairs.h": "engine",
    "passage.h": "passage",
    "passage_index.h": "passage",
    "passages.h": "engine",
    "published.h": "base",
    "shingle.h": "text",
    "signature.h": "sketch",
    "similarity.h": "sketch",
    "spread.h": "engine",
    "spread_trace.h": "engine",
    "text.h": "text",
    "trace.h": "engine",
    "version.h": "base",
}

# Folders beside the layers: the internals that each may include, its own
# besides, and the public headers besides those of "base" (None: all).
# io repairs what is not UTF-8, with the functions of text.h.
BESIDE = {
    "io": (["base"], ["text.h"]),
    "report": (["base"], []),
    "cli": (["base", "engine", "io", "report"], None),
    "python": ([], None),
}
# These include what they like; nobody else includes them.
UNCHECKED = ["tests", "bench"]

# What shows that a file needs a header.
NEEDED = {header: re.compile(rf"\b{namespace}::(?:{names})\b")
          for header, namespace, names in [
    ("algorithm", "std", "sort|stable_sort|nth_element|partial_sort|lower_bound|"
     "upper_bound|equal_range|binary_search|find_if|any_of|all_of|none_of|"
     "count_if|max_element|min_element|remove_if|unique|rotate|reverse|"
     "is_sorted|clamp|set_intersection|set_union|set_difference|ranges::sort"),
    ("functional", "std", "function|less|greater|plus|hash|ref|cref"),
    ("map", "std", "map|multimap"),
    ("memory", "std", "unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared"),
    ("optional", "std", "optional|nullopt"),
    ("span", "std", "span"),
    ("string", "std", "string|to_string"),
    ("string_view", "std", "string_view"),
    ("vector", "std", "vector"),
    ("absl/container/flat_hash_map.h", "absl", "flat_hash_map"),
    ("absl/status/statusor.h", "absl", "StatusOr"),
    ("absl/strings/str_cat.h", "absl", "StrCat|StrAppend"),
]}

PUBLIC = "lib/include/wirecopy"
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')


def home_of(path):
    """The folder that the rules speak of: a layer, "public", "cli"..."""
    parts = pathlib.PurePosixPath(path).parts
    if path.startswith(PUBLIC + "/"):
        return "public"
    if parts[0] == "lib":
        return parts[1] if len(parts) > 2 else ""
    return parts[0]


def project_path(root, includer, name):
    """The file that an #include names as a path from the root, or None where
    it is not of this project. Spelled as the compilers look for it."""
    first = pathlib.PurePosixPath(name).parts[0]
    if first == "wirecopy":
        return f"lib/include/{name}"
    if first in LAYERS or first in ("io", "report"):
        return f"lib/{name}"
    if first in ("lib", "cli", *UNCHECKED):
        return name
    beside = (root / includer).parent / name
    if beside.is_file():
        return beside.resolve().relative_to(root.resolve()).as_posix()
    return None


def may_include_public(home, header):
    """Why a file of `home` must not include this public header, or None."""
    layer = PUBLIC_HEADERS.get(header)
    if layer is None:
        return None  # check_public_headers says that it is not in the table
    if home in BESIDE:
        extra = BESIDE[home][1]
        allowed = extra is None or layer == "base" or header in extra
        return None if allowed else f"{home} sees plain records alone"
    if LAYERS.index(layer) <= LAYERS.index(home):
        return None
    return f"it belongs to {layer}, above {home}"


def may_include_internal(home, target):
    """Why a file of `home` must not include a file of `target`, or None."""
    if home == target:
        return None
    if target not in LAYERS and target not in ("io", "report"):
        return f"{target or 'this'} is no layer"
    if home in BESIDE:
        allowed = BESIDE[home][0]
        return None if target in allowed else (
            f"of internals, {home} may include "
            f"{', '.join(allowed) or 'none'}{' alone' * bool(allowed)}")
    if target not in LAYERS:
        return f"{target} stands beside the layers"
    if LAYERS.index(target) < LAYERS.index(home):
        return None
    return f"{target} is above {home}"


def objection(home, layer, target_path):
    """Why a file must not include `target_path`, or None. `layer` is what it
    counts as: its home, or a public header's layer."""
    target = home_of(target_path)
    if target == "public":
        return may_include_public(layer, target_path[len(PUBLIC) + 1:])
    if home == "public":
        return "a public header includes public headers alone"
    return may_include_internal(layer, target)


def check_file(root, path):
    """Yields what is wrong with the includes of one file."""
    home = home_of(path)
    layer = home
    if home == "public":
        layer = PUBLIC_HEADERS.get(path[len(PUBLIC) + 1:])
    if layer is None:
        return  # check_public_headers says that it is not in the table
    if layer not in LAYERS and layer not in BESIDE:
        yield f"{path}:1: lib/{layer} is no layer of tests/include_check.py"
        return
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    seen = set()
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match and match[1] in seen:
            yield f'{path}:{number}: includes "{match[1]}" again'
        if match:
            seen.add(match[1])
        target = match and project_path(root, path, match[1])
        why = target and objection(home, layer, target)
        if why:
            yield f'{path}:{number}: must not include "{match[1]}": {why}'


class Closures:
    """The headers that a file of this project includes, it or another of the
    project's that it includes."""

    def __init__(self, root):
        self.root = root
        self.known = {}

    def of(self, path):
        if path not in self.known:
            self.known[path] = names = set()
            file = self.root / path
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            for line in text.splitlines():
                match = INCLUDE.match(line)
                target = match and project_path(self.root, path, match[1])
                if match:
                    names.add(match[1])
                if target:
                    names |= self.of(target)
        return self.known[path]


def check_missing(closures, path):
    """Yields the headers that a file uses names of and does not include."""
    text = (closures.root / path).read_text(encoding="utf-8")
    code = re.sub(r'//.*|"(?:[^"\\\n]|\\.)*"', "", text)
    for header, names in NEEDED.items():
        match = names.search(code)
        if match and header not in closures.of(path):
            yield f"{path}:1: uses {match[0]} and does not include <{header}>"


def guard_problem(path, text):
    """What is wrong with the include guard of a public header, or None."""
    stem = pathlib.PurePosixPath(path).stem
    guard = f"WIRECOPY_{stem.upper()}_H_"
    found = re.search(r"^#ifndef (\w+)\n#define (\w+)$", text, re.MULTILINE)
    if found and found[1] == guard and found[2] == guard:
        return None
    return f"{path}:1: the include guard must be {guard}"


def check_public_headers(root):
    """Yields what is wrong with the set of public headers."""
    for file in sorted((root / PUBLIC).rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_dir():
            continue
        if path[len(PUBLIC) + 1:] not in PUBLIC_HEADERS:
            yield (f"{path}:1: give this public header a layer "
                   "in PUBLIC_HEADERS of tests/include_check.py")
        problem = guard_problem(path, file.read_text(encoding="utf-8"))
        if problem:
            yield problem


def check_tree(root):
    """All problems of the tree at `root`, in path order."""
    problems = list(check_public_headers(root))
    closures = Closures(root)
    for top in ("cli", "lib", "python"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in (".h", ".cc", ".inc"):
                path = file.relative_to(root).as_posix()
                problems.extend(check_file(root, path))
                problems.extend(check_missing(closures, path))
    return problems


# --- self test ---------------------------------------------------------------

def public(name, body=""):
    """A made-up public header with a proper guard."""
    guard = f"WIRECOPY_{name[:-2].upper()}_H_"
    text = f"#ifndef {guard}\n#define {guard}\n{body}\n#endif\n"
    return {f"{PUBLIC}/{name}": text}


# Name, files, and what the problems must contain, one each, in order.
CASES = [
    ("downward includes are fine", {
        "lib/engine/a.cc": '#include "base/x.h"\n#include "index/y.h"\n',
        "lib/text/a.cc": '#include "text/b.h"\n#include <vector>\n',
        "lib/sketch/a.cc": '#include "wirecopy/shingle.h"\n',
        "cli/main.cc": '#include "cli/a.h"\n#include "io/b.h"\n'
                       '#include "wirecopy/dedup.h"\n#include "engine/c.h"\n',
        "lib/io/a.cc": '#include "wirecopy/text.h"\n#include "base/b.h"\n'
                       '#include "wirecopy/document.h"\n'
                       '#include "simdjson.h"\n',
        "tests/text/a_test.cc": '#include "engine/x.h"\n',
        **public("text.h", "#include <string>"),
        **public("shingle.h", '#include "wirecopy/text.h"'),
    }, []),
    ("an upward include", {
        "lib/text/a.cc": '// text\n#include "sketch/b.h"\n',
    }, ['lib/text/a.cc:2: must not include "sketch/b.h": sketch is above']),
    ("an upward include in other spellings", {
        "lib/text/a.cc": "#  include <lsh/b.h>\n"
                         '#include "lib/lsh/b.h"\n#include "../lsh/b.h"\n',
        "lib/lsh/b.h": "",
    }, ["a.cc:1:", "a.cc:2:", "a.cc:3:"]),
    ("a header that is included already", {
        "lib/lsh/a.cc": '#include <vector>\n\n#include "base/b.h"\n'
                        '#include <vector>\n',
    }, ['lib/lsh/a.cc:4: includes "vector" again']),
    ("a header that is missing", {
        "lib/lsh/a.cc": '#include "lsh/a.h"\nstd::vector<int> a;\n'
                        "std::string b;  // std::map\n",
        "lib/lsh/a.h": '#include "base/b.h"\n',
        "lib/base/b.h": "#include <vector>\n",
    }, ["lib/lsh/a.cc:1: uses std::string and does not include <string>"]),
    ("a public header of a higher layer", {
        "lib/text/a.h": '#include "wirecopy/signature.h"\n',
    }, ['a.h:1: must not include "wirecopy/signature.h": it belongs to']),
    ("layers do not know what stands beside them", {
        "lib/base/a.cc": '#include "cli/b.h"\n',
        "lib/engine/a.cc": '#include "io/b.h"\n#include "tests/support/c.h"\n',
    }, ["base/a.cc:1:", "engine/a.cc:1:", "engine/a.cc:2:"]),
    ("io and report see plain records alone", {
        "lib/io/a.cc": '#include "text/b.h"\n#include "wirecopy/dedup.h"\n',
        "lib/report/a.cc": '#include "wirecopy/text.h"\n#include "io/b.h"\n',
    }, ["io/a.cc:1:", "io/a.cc:2:", "report/a.cc:1:", "report/a.cc:2:"]),
    ("the program keeps out of the inner layers", {
        "cli/main.cc": '#include "lsh/b.h"\n#include "tests/c.h"\n',
    }, ["cli/main.cc:1:", "cli/main.cc:2:"]),
    ("the bindings see public headers alone", {
        "python/src/a.cc": '#include "a.h"\n#include "wirecopy/text.h"\n'
                           '#include "base/b.h"\n#include "io/c.h"\n',
        "python/src/a.h": "",
        **public("text.h"),
    }, ["python/src/a.cc:3: must not include \"base/b.h\": of internals, "
        "python may include none", "python/src/a.cc:4:"]),
    ("public headers", {
        **public("text.h", '#include "wirecopy/shingle.h"\n'
                           '#include "wirecopy/dedup.h"\n#include "base/a.h"'),
    }, ["text.h:4:", 'text.h:5: must not include "base/a.h": a public']),
    ("a public header that nobody gave a layer", {
        **public("novel.h"),
        "lib/base/a.cc": '#include "wirecopy/novel.h"\n',
    }, ["novel.h:1: give this public header a layer"]),
    ("include guards", {
        f"{PUBLIC}/text.h": "#pragma once\n",
        f"{PUBLIC}/dedup.h": "#ifndef DEDUP_H\n#define DEDUP_H\n#endif\n",
    }, ["must be WIRECOPY_DEDUP_H_", "must be WIRECOPY_TEXT_H_"]),
    ("a folder that is no layer", {
        "lib/misc/a.cc": "",
        "lib/loose.cc": "",
        "lib/base/a.cc": '#include "lib/misc/b.h"\n',
    }, ["base/a.cc:1:", "lib/loose.cc:1:", "lib/misc/a.cc:1:"]),
]


def run_case(name, files, expected):
    """True where the checker finds in `files` just what is expected."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        found = check_tree(root)
    passed = len(found) == len(expected) and all(
        part in problem for part, problem in zip(expected, found))
    if not passed:
        print(f"self test failed: {name}\n"
              f"  expected {expected}\n  found {found}")
    return passed


def main(arguments):
    if arguments == ["--self-test"]:
        passed = [run_case(*case) for case in CASES]
        return 0 if all(passed) else 1
    here = pathlib.Path(__file__).resolve().parent.parent
    root = pathlib.Path(arguments[0]) if arguments else here
    if not (root / PUBLIC).is_dir():
        print(f"{root} has no {PUBLIC}: this is not the project's root")
        return 1
    problems = check_tree(root)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
