#!/usr/bin/env python3
"""Whether tests can fill a disk here, a small one that they mount. Exits with 77 where not, so
that ctest's own output has what the tests of faults skip amid others."""
import pathlib
import sys
import tempfile

import program_tests

SKIPPED = 77


def main():
    with tempfile.TemporaryDirectory() as name:
        disk = program_tests.SmallDisk(pathlib.Path(name) / "small", 4096)
        if disk.is_mounted:
            disk.close()
            return 0
    print(f"skipped: {program_tests.NO_MOUNT}")
    return SKIPPED


if __name__ == "__main__":
    sys.exit(main())
