#!/usr/bin/env python3
"""Runs clang-tidy on the sources of lib and cli, many of them at once.

  tidy_check.py BUILD [--tidy clang-tidy] [--jobs N]
  tidy_check.py --self-test [--tidy clang-tidy]

BUILD has a compile_commands.json of clang's. Alone, a source of two hundred
lines takes clang-tidy 12 seconds, most of them spent on the templates of the
headers that it includes. So sources with the same options are put one behind
the other, some four thousand lines at a time, and each header is looked at
once. As parts of one file, all of them are what checks and the analyzer call
the main file. Sources that do not go together, for a name that both have in
their unnamed namespace, go to different files. What is found is reported where
it stands in the sources.

What was clean is noted in BUILD/tidy-clean, by the bytes of a source and of the
project's headers below it, and is not looked at again until these change.
"""

import argparse
import concurrent.futures
import hashlib
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH_LINES = 4000
# Many sources in one file include the same header again. (Within a source,
# tests/include_check.py sees to that.) Clang's own warnings count as well.
CHECKS = "clang-diagnostic-*,-readability-duplicate-include"
# The analyzer takes most of the time, most of that for the paths of a few
# functions, of which it would follow 225,000 steps each.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=50000"]
PLACE = re.compile(r"^([^\s:]+):(\d+):(\d+): ")
QUOTED = re.compile(rb'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)


class Source:
    """A source and the words of its command, without its own name."""

    def __init__(self, entry):
        self.path = os.path.normpath(
            os.path.join(entry["directory"], entry["file"]))
        words = shlex.split(entry["command"])
        at = words.index("-o")
        del words[at:at + 2]
        words.remove("-c")
        self.words = tuple(word for word in words if word != entry["file"])
        self.directory = entry["directory"]
        self.text = pathlib.Path(self.path).read_text(encoding="utf-8")

    def lines(self):
        return self.text.count("\n") + 1


def sources_of(build, folders):
    """Those of `folders`, in the order of their names. What the build itself
    writes is nobody's to mend."""
    entries = json.loads((build / "compile_commands.json").read_text("utf-8"))
    within = tuple(f"{ROOT / folder}{os.sep}" for folder in folders)
    sources = [Source(entry) for entry in entries
               if entry["file"].startswith(within)]
    return sorted(sources, key=lambda source: (source.path, source.words))


# --- what was clean before ---------------------------------------------------

class Digests:
    """A digest for each source, of all that its findings depend on, but for
    the headers of other projects."""

    def __init__(self, tidy):
        version = subprocess.run([tidy, "--version"], check=True,
                                 capture_output=True).stdout
        self.common = b"\0".join([version, CHECKS.encode(),
                                  " ".join(ANALYZER).encode(),
                                  (ROOT / ".clang-tidy").read_bytes()])
        self.files = {}

    def headers(self, path):
        """The content's digest and the project's headers that it names."""
        if path not in self.files:
            content = pathlib.Path(path).read_bytes()
            named = (name.decode() for name in QUOTED.findall(content))
            found = [folder / name for name in named for folder in
                     (ROOT, ROOT / "lib", ROOT / "lib/include",
                      pathlib.Path(path).parent)
                     if (folder / name).is_file()]
            self.files[path] = (hashlib.sha256(content).digest(),
                                [os.path.normpath(file) for file in found])
        return self.files[path]

    def of(self, source):
        seen, waiting = {source.path}, [source.path]
        while waiting:
            for header in self.headers(waiting.pop())[1]:
                if header not in seen:
                    seen.add(header)
                    waiting.append(header)
        whole = hashlib.sha256(self.common)
        whole.update("\0".join(source.words).encode())
        for path in sorted(seen):
            whole.update(self.headers(path)[0])
        return whole.hexdigest()


# --- batches -----------------------------------------------------------------

class Batch:
    """Sources that go together, as one file."""

    def __init__(self, sources, folder):
        self.sources = sources
        self.starts = [0, *itertools.accumulate(
            source.lines() for source in sources)]
        name = hashlib.sha256("\0".join(
            source.path for source in sources).encode()
            + "\0".join(sources[0].words).encode()).hexdigest()[:16]
        self.path = folder / f"{name}.cc"
        self.path.write_text("".join(source.text + "\n" for source in sources),
                             encoding="utf-8")

    def command(self):
        return [*self.sources[0].words, str(self.path)]

    def place(self, line):
        """The source that a line of the file is of, and the line there."""
        index = max(i for i, start in enumerate(self.starts[:-1])
                    if start < line)
        return self.sources[index], line - self.starts[index]

    def translated(self, output):
        """The output with places as they are in the sources."""
        def replace(line):
            match = PLACE.match(line)
            if not match or match[1] != str(self.path):
                return line
            source, number = self.place(int(match[2]))
            return (f"{os.path.relpath(source.path, ROOT)}:{number}:"
                    f"{line[match.end(2) + 1:]}")
        return "\n".join(map(replace, output.splitlines()))

    def misfits(self):
        """The sources that clang finds an error in."""
        done = subprocess.run(
            [*self.command(), "-fsyntax-only", "-ferror-limit=0",
             "-fno-caret-diagnostics"], cwd=self.sources[0].directory,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False)
        matches = (PLACE.match(line) for line in done.stderr.splitlines()
                   if " error: " in line)
        found = {self.place(int(match[2]))[0] for match in matches
                 if match and match[1] == str(self.path)}
        return found or (set(self.sources) if done.returncode else set())


def fitting(sources, folder):
    """Batches that compile. A source that does not even alone is a batch of
    its own, whose findings will say why."""
    batches = []
    while sources:
        batch = Batch(sources, folder)
        misfits = batch.misfits() if len(sources) > 1 else set()
        fits = [source for source in sources if source not in misfits]
        if not misfits:
            return [*batches, batch]
        if not fits:
            return batches + [Batch([source], folder) for source in sources]
        batches += fitting(fits, folder)
        sources = [source for source in sources if source in misfits]
    return batches


def portions(sources):
    """Sources with the same options, some thousand lines at a time."""
    for _, group in itertools.groupby(
            sorted(sources, key=lambda source: source.words),
            key=lambda source: source.words):
        portion, lines = [], 0
        for source in group:
            portion.append(source)
            lines += source.lines()
            if lines >= BATCH_LINES:
                yield portion
                portion, lines = [], 0
        if portion:
            yield portion


def tidy_batch(tidy, batch):
    """What clang-tidy has to say; nothing when all is well."""
    done = subprocess.run(
        [tidy, "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
         f"--checks={CHECKS}", *(f"--extra-arg={word}" for word in ANALYZER),
         str(batch.path), "--", *batch.command()[1:-1]],
        cwd=batch.sources[0].directory, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False)
    if done.returncode == 0 and not done.stdout.strip():
        return ""
    return batch.translated(done.stdout) or done.stderr


def check(sources, tidy, jobs, folder, clean):
    """Whether there is nothing to be found. `clean` is called with sources
    that are."""
    good = True
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        fitted = pool.map(lambda portion: fitting(portion, folder),
                          portions(sources))
        batches = [batch for several in fitted for batch in several]
        # The long ones first, so that no processor waits for one at the end.
        batches.sort(key=lambda batch: -batch.starts[-1])
        found = pool.map(lambda batch: tidy_batch(tidy, batch), batches)
        for batch, findings in zip(batches, found):
            if findings:
                good = False
                print(findings, flush=True)
            else:
                clean(batch.sources)
            print(f"{len(batch.sources)} sources,"
                  f" {batch.starts[-1]} lines: "
                  f"{'see above' if findings else 'clean'}", flush=True)
    return good


def check_build(options):
    build = options.build.resolve()
    folder = build / "tidy-clean"
    folder.mkdir(exist_ok=True)
    digests = Digests(options.tidy)
    sources = [source for source in sources_of(build, ["lib", "cli"])
               if not (folder / digests.of(source)).is_file()]
    if not sources:
        print("nothing has changed since it was clean")
        return True

    def clean(those):
        for source in those:
            (folder / digests.of(source)).touch()

    with tempfile.TemporaryDirectory(dir=build) as scratch:
        return check(sources, options.tidy, options.jobs,
                     pathlib.Path(scratch), clean)


# --- self test ---------------------------------------------------------------

# Each does not go together with those before it: the second for a name, the
# third for what clang itself says of it.
FAULTY = {
    "null.cc": ("""namespace {
int Twice(int n) { return 2 * n; }
}  // namespace

int Taken(int n) {
  const int* place = nullptr;
  if (n > 3) place = &n;
  return Twice(*place);
}
""", 8, "clang-analyzer-core.NullDereference"),
    "zero.cc": ("""namespace {
int Twice(int n) { return n + n; }
}  // namespace

bool None(const char* text) {
  return Twice(2) == 4 && text == 0;
}
""", 6, "modernize-use-nullptr"),
    "unused.cc": ("""namespace {
int Thrice(int n) { return 3 * n; }
}  // namespace
""", 2, "clang-diagnostic-unused-function"),
}


def self_test(tidy):
    """Whether faults of all kinds are found, and where they are."""
    found = set()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        sources = []
        for name, (text, _, _) in FAULTY.items():
            (folder / name).write_text(text, encoding="utf-8")
            sources.append(Source({
                "directory": scratch, "file": str(folder / name),
                "command": f"clang++ -std=c++20 -Wall -Werror -o {name}.o"
                           f" -c {folder / name}"}))
        batches = fitting(sources, folder)
        for batch in batches:
            found |= set(re.findall(
                r"(\w+\.cc):(\d+):\d+: error: .*\[([\w.-]+)",
                tidy_batch(tidy, batch)))
    wanted = {(name, str(line), kind)
              for name, (_, line, kind) in FAULTY.items()}
    if found != wanted or len(batches) != 3:
        print(f"in {len(batches)} batches found {sorted(found)},"
              f" not {sorted(wanted)}")
    return found == wanted and len(batches) == 3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path, nargs="?")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--tidy", default="clang-tidy")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    if options.self_test == (options.build is not None):
        parser.error("either a build or --self-test")
    good = (self_test(options.tidy) if options.self_test
            else check_build(options))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
