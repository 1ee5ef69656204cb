#!/usr/bin/env python3
"""Runs datasketch's own tests of MinHash and MinHashLSH on wirecopy's.

  datasketch_tests.py [--verbose]

Their source package is fetched (a version that has the tests in it), used from
a temporary folder, and gone afterwards: nothing of it is kept. There
`datasketch.minhash` and `datasketch.lsh` are wirecopy's modules; all others,
which wirecopy has no part in (WeightedMinHash), are its own. Each test that
fails must be listed below with the reason, and each that is listed must fail:
otherwise this does. Exits with 77 where the package cannot be had.
"""

import argparse
import importlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types
import unittest
import unittest.mock

PACKAGE = "datasketch==1.6.5"
SKIPPED = 77
REDIS = "no storage in Redis"
OLD = ("made for datasketch 1's scheme, no more the default since 2.0: passes "
       "with scheme='legacy'")
# Of a sketch that wirecopy has no part in.
OTHERS = "TestbBitMinHash"
# Why tests fail, with the default scheme and, but for those of OLD, with that.
CANNOT = {
    "TestMinHash.test_byte_tokens": OLD,
    "TestMinHashLSH.test_insert_redis": REDIS,
    "TestMinHashLSH.test_merge_redis": REDIS,
    "TestMinHashLSH.test_query_buffer_redis": REDIS,
    "TestMinHashLSH.test_query_redis": REDIS,
}


def fetch(folder):
    """Unpacks the source package. Returns its folder, or None."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
         "--no-binary", ":all:", "--dest", folder, PACKAGE],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr)
        return None
    archive = next(pathlib.Path(folder).glob("*.tar.gz"))
    shutil.unpack_archive(archive, folder)
    return next(path for path in pathlib.Path(folder).iterdir()
                if (path / "test").is_dir())


def fake_hash_func(item):
    """What the tests hash with; its module is not in the package."""
    return item


def take_the_place(source):
    """Makes the package's modules, but for the two, and its tests importable;
    and what their tests of Redis import, which fail anyhow, empty."""
    sys.path.insert(0, str(source))
    sys.modules["test"] = types.ModuleType("test")
    sys.modules["test"].__path__ = [str(source / "test")]
    sys.modules["test.utils"] = types.ModuleType("test.utils")
    sys.modules["test.utils"].fake_hash_func = fake_hash_func
    package = importlib.import_module("datasketch")
    for name in ("minhash", "lsh"):
        ours = importlib.import_module(f"wirecopy.{name}")
        sys.modules[f"datasketch.{name}"] = ours
        setattr(package, name, ours)
    sys.modules["mock"] = unittest.mock
    for name in ("mockredis", "redis"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["redis"].Redis = object


def short(test):
    return ".".join(test.id().split(".")[-2:])


def run(scheme, verbose):
    """The names of the tests, and of those that failed, with what they said.
    `scheme` is MinHash's where a test names none."""
    import wirecopy
    found = unittest.TestLoader().loadTestsFromNames(
        ["test.test_minhash", "test.test_lsh"])
    tests = [test for group in found for case in group for test in case
             if not short(test).startswith(OTHERS)]
    start = wirecopy.MinHash.__init__
    with open(os.devnull, "w", encoding="utf-8") as nowhere, \
            unittest.mock.patch.object(start, "__defaults__",
                                       (*start.__defaults__[:-1], scheme)):
        result = unittest.TextTestRunner(
            stream=sys.stderr if verbose else nowhere).run(
                unittest.TestSuite(tests))
    return list(map(short, tests)), {short(test): text
                   for test, text in result.failures + result.errors}


def report(scheme, names, failed):
    """Prints what passed and why others did not; returns whether all is as
    expected."""
    expected = {name for name, why in CANNOT.items()
                if why != OLD or scheme != "legacy"}
    print(f"scheme {scheme}: {len(names) - len(failed)} of {len(names)} tests "
          f"of {PACKAGE} pass")
    for name, text in failed.items():
        print(f"  {name}: {CANNOT[name] if name in expected else text}")
    better = expected - failed.keys()
    for name in sorted(better):
        print(f"  {name} passes, or is no more: take it off the list")
    return not better and failed.keys() <= expected


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = fetch(folder)
        if source is None:
            print(f"skipped: pip cannot fetch {PACKAGE}")
            return SKIPPED if os.environ.get("CI") != "true" else 1
        take_the_place(source)
        fine = [report(scheme, *run(scheme, options.verbose))
                for scheme in ("affine32", "legacy")]
        return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
