#!/usr/bin/env python3
"""Makes a large corpus of real text from the documentation of a Debian machine.

    make_debian.py docs.jsonl                     what this machine has
    make_debian.py docs.jsonl --download FOLDER   packages fetched into FOLDER, nothing installed

Writes docs.jsonl (id, kind, package, title, language, text), docs.manifest.json and docs.sha256.
Exit status: 0 done, 2 error (one line on standard error).
"""
import argparse
import collections
import gzip
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import zlib

sys.dont_write_bytecode = True

import html_text  # noqa: E402
import info  # noqa: E402
import packages  # noqa: E402
import pod  # noqa: E402
import roff  # noqa: E402

VERSION = 1  # raise it when the same files give other bytes
FOLDERS = (
    "usr/share/common-licenses", "usr/share/doc", "usr/share/gtk-doc", "usr/share/info",
    "usr/share/man", "usr/share/perl", "usr/share/perl5", "usr/share/qt5/doc",
)
NO_TEXT = {"examples", "src", "_static", "_images", "_modules"}  # folders of code and pictures
TEXT_ENDINGS = {
    "", "txt", "text", "md", "markdown", "rst", "adoc", "asciidoc", "org", "pod", "debian", "news",
    "changes", "changelog", "readme", "todo", "faq", "tex", "texi", "texinfo", "me", "ms",
}
HTML = re.compile(r"\.x?html?(\.|$)", re.I)
NAMES = re.compile(
    r"(readme|news|changelog|changes|history|copyright|copying|licen[cs]e|notice|todo|faq|authors"
    r"|thanks|credits|install|hacking|contributing|bugs|release|announce|upgrading|porting)", re.I
)
CHANGELOG = re.compile(r"(changelog|changes|history|news|release)", re.I)
MAN = re.compile(r"usr/share/man/(?:(?P<language>[^/]+)/)?man[^/]+/[^/]+\.[0-9n][^./]*$")
SOURCE_CODE = ("#!", "<?php", "/*", "//")  # what examples without an ending begin with


class Fault(Exception):
    """A mistake of the user's, or a tool that is missing."""


# ------------------------------------------------------------------------------ files


def candidates(root):
    """(path below the root, whether it is a symbolic link) of every file in the folders."""
    for folder in FOLDERS:
        for here, below, names in os.walk(os.path.join(root, folder)):
            below[:] = [name for name in below if name not in NO_TEXT]
            for name in names:
                path = os.path.join(here, name)
                yield os.path.relpath(path, root), os.path.islink(path)


def inside(root, path):
    """Where a path leads when `root` is the root folder, or None where it leads nowhere."""
    for _ in range(20):
        full = os.path.join(root, path)
        if not os.path.islink(full):
            return full if os.path.isfile(full) else None
        target = os.readlink(full)
        folder = "" if target.startswith("/") else os.path.dirname(path)
        path = os.path.normpath(os.path.join(folder, target.lstrip("/")))
        if path.startswith(".."):
            return None
    return None


def files(roots):
    """(path below its root, root, file) of every file once, in the order of the paths.

    A file with several names has the first one that is no symbolic link, if there is one. Where two
    roots have the same path, the earlier root has it.
    """
    found = {}
    for number, root in enumerate(roots):
        for path, link in candidates(root):
            found.setdefault(path, (link, number, root))
    seen, chosen = set(), []
    for path, (_, _, root) in sorted(
        found.items(), key=lambda item: (item[1][0], os.fsencode(item[0]))
    ):
        file = inside(root, path)
        if file is None:
            continue
        state = os.stat(file)
        if (state.st_dev, state.st_ino) not in seen:
            seen.add((state.st_dev, state.st_ino))
            chosen.append((path, root, file))
    return sorted(chosen, key=lambda item: os.fsencode(item[0]))


def kind_of(path):
    """What a file is, by its path; None for what is not documentation in words."""
    bare = path.removesuffix(".gz")
    name = os.path.basename(bare)
    if path.startswith("usr/share/man/"):
        return "man" if MAN.match(bare) else None
    if path.startswith("usr/share/info/"):
        return "info" if re.search(r"\.info(-\d+)?$", name) else None
    if path.startswith("usr/share/common-licenses/"):
        return "licence"
    if path.startswith(("usr/share/perl/", "usr/share/perl5/")):
        return "pod" if name.endswith((".pod", ".pm")) else None
    if HTML.search(name):
        return "html"
    if path.startswith(("usr/share/gtk-doc/", "usr/share/qt5/")):
        return None
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in TEXT_ENDINGS and not (NAMES.match(name) and not re.fullmatch(
            r"png|gif|jpe?g|svg|pdf|ps|js|css|c|h|py|pl|sh|xml|json|ya?ml|in", ending)):
        return None
    if name == "copyright":
        return "copyright"
    if CHANGELOG.match(name):
        return "changelog"
    if NAMES.match(name):
        return "readme"
    return "pod" if ending == "pod" else "text"


def read(file):
    """The text of a file, unpacked; None where it is not text."""
    with open(file, "rb") as stream:
        data = stream.read()
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return None
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(declared(data), errors="replace")


def declared(data):
    """The encoding that a page or an Emacs line declares, where it is not UTF-8; else latin-1."""
    match = re.search(rb"(?:charset|coding)\s*[=:]\s*[\"']?([A-Za-z0-9_-]+)", data[:2048])
    name = match[1].decode().lower() if match else ""
    try:
        return "latin-1" if name in ("", "utf-8", "utf8") else (b"".decode(name) or name)
    except LookupError:
        return "latin-1"


# ------------------------------------------------------------------------------ documents


def documents(path, kind, source):
    """(suffix of the id, title, text) of each document in a file."""
    if kind == "info":
        for node, text in info.nodes(source):
            yield "#" + node, node, text
        return
    title = None
    if kind == "man":
        title, text = roff.man_text(source)
    elif kind == "html":
        title, text = html_text.html_text(source)
    elif kind == "pod":
        text = pod.pod_text(source)
    elif "\0" in source[:8192] or source.startswith(SOURCE_CODE):
        return
    else:
        text = source.replace("\r\n", "\n").strip("\n\f")
    yield "", title, text


def package_of(path, owner):
    if path in owner:
        return owner[path]
    match = re.match(r"usr/share/doc/([^/]+)/", path)
    return match[1] if match else None


def records(roots):
    owner = {root: packages.owners(root) for root in roots}
    used = set()
    for path, root, file in files(roots):
        kind = kind_of(path)
        source = read(file) if kind else None
        if not source:
            continue
        name = os.fsencode(path).decode("utf-8", errors="replace")
        package = package_of(path, owner[root])
        language = MAN.match(path.removesuffix(".gz")) if kind == "man" else None
        for suffix, title, text in documents(path, kind, source):
            if not text.strip() or name + suffix in used:
                continue
            if suffix:
                used.add(name + suffix)  # only nodes of one manual can have one name twice
            record = {"id": name + suffix, "kind": kind}
            if package:
                record["package"] = package
            if title:
                record["title"] = title
            if language and language["language"]:
                record["language"] = language["language"]
            record["text"] = text
            yield record


# ------------------------------------------------------------------------------ output


class Tally:
    def __init__(self):
        self.documents = self.bytes = self.text_bytes = 0

    def add(self, size, text_size):
        self.documents += 1
        self.bytes += size
        self.text_bytes += text_size


def write(out, found, limit):
    """Writes the records; returns the tallies by kind and by package, and the sum of the bytes."""
    kinds, by_package = collections.defaultdict(Tally), collections.defaultdict(Tally)
    digest, total = hashlib.sha256(), 0
    started = shown = time.monotonic()
    unfinished = out.with_name(out.name + ".part")
    with open(unfinished, "wb") as stream:
        for record in found:
            text = record["text"].encode("utf-8", errors="replace")
            record["text"] = text.decode("utf-8")  # a lone surrogate is not text
            line = json.dumps(record, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
            stream.write(line)
            digest.update(line)
            total += len(line)
            kinds[record["kind"]].add(len(line), len(text))
            by_package[record.get("package", "")].add(len(line), len(text))
            if time.monotonic() - shown > 10:
                shown = time.monotonic()
                print(f"{total / 1e6:.0f} MB, {shown - started:.0f} s", file=sys.stderr)
            if limit and total >= limit * 1e6:
                break
    os.replace(unfinished, out)
    return kinds, by_package, digest.hexdigest()


def counts(tallies):
    return {name: vars(tallies[name]) for name in sorted(tallies)}


def manifest(arguments, kinds, by_package, digest, roots):
    versions = {}
    for root in reversed(roots):
        versions.update(packages.packages(root))
    return {
        "made_by": "corpus/make_debian",
        "version": VERSION,
        "parameters": {
            "packages": sorted(arguments.packages) if arguments.download else None,
            "megabytes": arguments.megabytes,
            "folders": list(FOLDERS),
            "roots": len(roots),
        },
        "documents": sum(t.documents for t in kinds.values()),
        "bytes": sum(t.bytes for t in kinds.values()),
        "text_bytes": sum(t.text_bytes for t in kinds.values()),
        "sha256": digest,
        "kinds": counts(kinds),
        "packages": {
            name: {"version": versions.get(name), **entry}
            for name, entry in counts(by_package).items()
        },
    }


def arguments_of(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out", type=pathlib.Path, metavar="OUT.jsonl")
    parser.add_argument("--root", action="append", default=[], metavar="FOLDER",
                        help="read documentation below FOLDER; may be repeated (default: /)")
    parser.add_argument("--download", type=pathlib.Path, metavar="FOLDER",
                        help="fetch documentation packages into FOLDER and read those; "
                        "with --root, those too")
    parser.add_argument("--packages", nargs="+", metavar="NAME", default=packages.CHOSEN,
                        help="what --download fetches (default: see the README)")
    parser.add_argument("--megabytes", type=float, metavar="N",
                        help="stop when the output has N million bytes")
    return parser.parse_args(words)


def make(arguments):
    roots = [os.path.abspath(root) for root in arguments.root]
    if arguments.download:
        roots.append(os.path.abspath(packages.fetch(arguments.download, arguments.packages)))
    roots = roots or ["/"]
    for root in roots:
        if not os.path.isdir(root):
            raise Fault(f"{root} is not a folder")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    kinds, by_package, digest = write(arguments.out, records(roots), arguments.megabytes)
    made = manifest(arguments, kinds, by_package, digest, roots)
    stem = arguments.out.with_suffix("")
    stem.with_name(stem.name + ".manifest.json").write_text(json.dumps(made, indent=1) + "\n")
    stem.with_name(stem.name + ".sha256").write_text(f"{digest}  {arguments.out.name}\n")
    return made


def main(words):
    started = time.monotonic()
    try:
        made = make(arguments_of(words))
    except (Fault, OSError, subprocess.CalledProcessError) as fault:
        print(f"make_debian: {fault}", file=sys.stderr)
        return 2
    for kind, entry in made["kinds"].items():
        print(f"{kind:10} {entry['documents']:8} documents {entry['bytes'] / 1e6:8.1f} MB",
              file=sys.stderr)
    print(f"{made['documents']} documents from {len(made['packages'])} packages, "
          f"{made['bytes'] / 1e6:.1f} MB, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
