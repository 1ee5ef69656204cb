"""What tests of the finished program have in common: words to make documents
of, disks that are full, and their command line."""

import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import unittest

SYLLABLES = "ba ro mi ken tu sal ve dor ix qua lem no".split()


def make_words(chance, count, lengths=(3,)):
    """So many words, of any of these numbers of syllables."""
    return ["".join(chance.choices(SYLLABLES, k=chance.choice(lengths)))
            for _ in range(count)]


def limit_files(most):
    """For `preexec_fn`: no file of the child may grow beyond so many bytes."""
    def limit():
        # Nor gcov's, if it was built with that: they are cut, out of the way,
        # and nothing is said of them.
        os.environ["GCOV_PREFIX"] = f"{tempfile.gettempdir()}/wirecopy-gcov"
        os.environ["GCOV_ERROR_FILE"] = "/dev/null"
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return limit


def limit_memory(most):
    """For `preexec_fn`: the child may ask for so many bytes of memory."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return limit


NO_MOUNT = ("a file system cannot be mounted here, as in most containers: what "
            "fills a disk is not tested")


class SmallDisk:
    """A file system with room for so many bytes, in a new folder."""

    def __init__(self, folder, size):
        self.folder = folder
        folder.mkdir()
        self.is_mounted = self._mount("-t", "tmpfs", "-o", f"size={size}",
                                      "none", folder)

    @staticmethod
    def of_test(test, folder, size):
        """One that goes with the test, which is skipped without."""
        disk = SmallDisk(folder, size)
        if not disk.is_mounted:
            test.skipTest(NO_MOUNT)
        test.addCleanup(disk.close)
        return disk

    def resize(self, size):
        if not self._mount("-o", f"remount,size={size}", self.folder):
            raise OSError(f"{self.folder} cannot have {size} bytes")

    def leave(self, room):
        """Leaves room for so many more bytes, in whole pages."""
        system = os.statvfs(self.folder)
        used = system.f_blocks - system.f_bfree
        pages = max(1, used + room // system.f_frsize)  # 0 were no bound
        self.resize(pages * system.f_frsize)

    def close(self):
        subprocess.run(["umount", self.folder], check=True)

    @staticmethod
    def _mount(*arguments):
        try:
            return subprocess.run(["mount", *arguments], capture_output=True,
                                  check=False).returncode == 0
        except FileNotFoundError:
            return False


def run_tests(description, options, add_options=None):
    """Runs the tests of the script, with what the command line says in
    `options`, a Namespace of defaults. Those with rounds are of chance, too."""
    parser = argparse.ArgumentParser(
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wirecopy", required=True)
    if "rounds" in options:
        parser.add_argument("--rounds", type=int, default=options.rounds)
        parser.add_argument("--seed", type=int, default=options.seed)
    if add_options is not None:
        add_options(parser)
    _, left = parser.parse_known_args(namespace=options)
    # A child may run in another folder.
    options.wirecopy = pathlib.Path(options.wirecopy).resolve()
    result = unittest.main(argv=[sys.argv[0], *left], exit=False).result
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")
    sys.exit(0 if result.wasSuccessful() else 1)
