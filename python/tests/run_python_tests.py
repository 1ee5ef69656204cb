#!/usr/bin/env python3
"""Builds the Python package on a finished build of the library, and tests it.

  run_python_tests.py --build FOLDER [--cxx COMPILER] [--step STEP]
                      [--sanitize address,undefined] [--library FOLDER] [ARG...]

In FOLDER/python it keeps an environment with the packages that the tests want,
from their registry, and installs there what FOLDER, or the one of --library,
has, then the package; with --sanitize its bindings are built so, as that of
--library must be, and the program is FOLDER's. Then come the tests: of the
package, of its parts on Spark, and datasketch's own. STEP is one of these alone:
install, package, spark or datasketch. Arguments go to pytest, instead of all
tests. Objects of the bindings that outlive Python, as a reference too many makes
them, fail the tests. Exits with 77 where there is no venv, no Python.h or no
registry, and says so; with CI=true that is a failure.
"""

import argparse
import hashlib
import importlib.util
import os
import pathlib
import platform
import subprocess
import sys
import sysconfig

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent
SKIPPED = 77
WANTED = ["scikit-build-core>=0.10", "nanobind>=2.4", "pytest", "numpy",
          "pyarrow", "polars", "pandas", "duckdb", "datasets", "datasketch>=2",
          "datatrove", "orjson", "pyspark>=4"]


class Missing(Exception):
    """What this machine lacks, for people."""


def run(command, **others):
    subprocess.run([str(word) for word in command], check=True,
                   stdin=subprocess.DEVNULL, **others)


def check_python():
    if importlib.util.find_spec("ensurepip") is None:
        raise Missing("venv for this Python (python3-venv)")
    header = pathlib.Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        raise Missing("Python.h (python3-dev)")


def environment(folder):
    """A Python with the wanted packages, made where it is not there yet."""
    python = folder / "bin" / "python"
    stamp = folder / "wanted"
    wanted = hashlib.sha256("\n".join(
        [sys.version, *WANTED]).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return python
    run([sys.executable, "-m", "venv", "--clear", folder])
    try:
        run([python, "-m", "pip", "install", "--quiet",
             "--disable-pip-version-check", *WANTED])
    except subprocess.CalledProcessError as error:
        raise Missing("package registry that pip can reach") from error
    stamp.write_text(wanted, encoding="ascii")
    return python


def install(python, options, folder):
    """The library, then the package on top of it. Gives 0, or raises."""
    prefix = folder / f"prefix-{options.sanitize}".strip("-")
    run([options.cmake, "--install", options.library or options.build,
         "--prefix", prefix], stdout=subprocess.DEVNULL)
    wheel = folder / f"wheel-{options.sanitize}".strip("-")
    settings = [f"build-dir={wheel}",
                f"cmake.define.CMAKE_PREFIX_PATH={prefix}",
                f"cmake.define.CMAKE_CXX_COMPILER={options.cxx}",
                f"cmake.define.WIRECOPY_SANITIZE={options.sanitize}"]
    if options.sanitize:  # the program's would meet the one that is preloaded
        program = options.build.resolve() / "wirecopy"
        settings.append(f"cmake.define.wirecopy_program={program}")
    run([python, "-m", "pip", "install", "--quiet", "--no-build-isolation",
         "--no-deps", "--no-index", "--disable-pip-version-check",
         "--force-reinstall", PACKAGE,
         *(f"--config-settings={setting}" for setting in settings)])
    return 0


def preloaded(options):
    """Python itself knows of no sanitizer, whose run time must come first. It
    does not give all of its memory back at its end."""
    if not options.sanitize:
        return os.environ
    kind = options.sanitize.partition(",")[0]
    # The first is clang's, the second GCC's (./dev says why).
    name = {"address": f"libclang_rt.asan-{platform.machine()}.so",
            "thread": "libtsan.so"}[kind]
    library, cxx = (subprocess.run(
        [options.cxx, f"-print-file-name={file}"], check=True, text=True,
        capture_output=True).stdout.strip() for file in (name, "libstdc++.so"))
    suppressions = PACKAGE.parent / "tests" / "tsan_suppressions.txt"
    return {**os.environ, "LD_PRELOAD": f"{library} {cxx}",
            "ASAN_OPTIONS": "detect_leaks=0",
            "TSAN_OPTIONS": f"suppressions={suppressions}"}


def tested(command, env):
    """The exit status. What nanobind says at the end of Python of objects that
    are still referred to makes it a failure."""
    done = subprocess.run(command, env=env, stderr=subprocess.PIPE, text=True,
                          errors="replace", check=False)
    sys.stderr.write(done.stderr)
    leaked = "nanobind: leaked" in done.stderr
    return done.returncode or (1 if leaked else 0)


def pytest(python, options, arguments):
    return tested([python, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                   *arguments], preloaded(options))


def steps(python, options, folder):
    """What to do, by its name: functions that give an exit status."""
    spark = sorted(HERE.glob("test_spark*.py"))
    others = sorted(set(HERE.glob("test_*.py")) - set(spark))
    do = {"install": lambda: install(python, options, folder)}
    if options.arguments:
        do["package"] = lambda: pytest(python, options, options.arguments)
    else:
        do["package"] = lambda: pytest(python, options, others)
        do["spark"] = lambda: pytest(python, options, spark)
        do["datasketch"] = lambda: subprocess.run(
            [python, HERE / "datasketch_tests.py"], env=preloaded(options),
            check=False).returncode
    return do


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--library", type=pathlib.Path)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--sanitize", default="")
    parser.add_argument("--step", choices=["install", "package", "spark",
                                           "datasketch"])
    options, options.arguments = parser.parse_known_args()
    folder = options.build.resolve() / "python"
    try:
        check_python()
        python = environment(folder / "environment")
    except Missing as missing:
        print(f"skipped: there is no {missing}")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    for name, step in steps(python, options, folder).items():
        status = step() if options.step in (None, name) else 0
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
