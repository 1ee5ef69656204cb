#!/usr/bin/env python3
"""Installs a build into an empty folder and uses it from there as others do:
with CMake's find_package, with pkg-config, and each public header alone."""

import argparse
import concurrent.futures
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

CONSUMER = pathlib.Path(__file__).resolve().parent / "consumer"
FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Werror"]


class Failure(Exception):
    """What went wrong, for people."""


def run(what, command, env=None):
    """Runs a command and returns its output, or fails with all of it."""
    done = subprocess.run([str(part) for part in command], env=env, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        line = shlex.join(str(part) for part in command)
        raise Failure(f"{what} failed:\n$ {line}\n{done.stdout}")
    return done.stdout


def install(options, prefix):
    run("cmake --install",
        [options.cmake, "--install", options.build, "--prefix", prefix])
    program = prefix / "bin" / "wirecopy"
    if not program.is_file():
        raise Failure("nothing installed bin/wirecopy")


def check_consumer(what, program):
    said = run(f"the program built with {what}", [program])
    if "consumer: ok" not in said:
        raise Failure(f"the program built with {what} said:\n{said}")


def all_members(prefix):
    """Link flags that take the library whole, not only what the consumer
    calls: what any part of it depends on must then have been named."""
    library = next(prefix.rglob("libwirecopy.a"), None)
    if library is None:
        raise Failure("nothing installed libwirecopy.a")
    return ["-Wl,--whole-archive", str(library), "-Wl,--no-whole-archive"]


def with_cmake(options, prefix, folder):
    """find_package(wirecopy) finds this very copy and it links."""
    run("configuring with find_package",
        [options.cmake, "-S", CONSUMER, "-B", folder, "-G", options.generator,
         f"-DCMAKE_CXX_COMPILER={options.cxx}", "-DCMAKE_BUILD_TYPE=Release",
         f"-DCONSUMER_LINK_OPTIONS={';'.join(all_members(prefix))}",
         f"-DCMAKE_PREFIX_PATH={prefix}"])
    cache = (folder / "CMakeCache.txt").read_text(encoding="utf-8")
    if f"wirecopy_DIR:PATH={prefix}" not in cache:
        raise Failure("find_package(wirecopy) found another copy than the one "
                      "just installed")
    run("building with find_package", [options.cmake, "--build", folder])
    check_consumer("find_package", folder / "consumer")


def pkg_config(prefix, *arguments):
    """pkg-config's answer about the installed copy, as a list of flags."""
    found = sorted(prefix.rglob("wirecopy.pc"))
    if len(found) != 1:
        raise Failure(f"expected one wirecopy.pc, found {found}")
    path = [str(found[0].parent), os.environ.get("PKG_CONFIG_PATH", "")]
    env = dict(os.environ, PKG_CONFIG_PATH=":".join(filter(None, path)))
    return shlex.split(run("pkg-config", ["pkg-config", *arguments, "wirecopy"],
                           env))


def with_pkg_config(options, prefix, folder):
    folder.mkdir()
    program = folder / "consumer"
    flags = pkg_config(prefix, "--cflags", "--libs")
    run("building with pkg-config",
        [options.cxx, *FLAGS, CONSUMER / "consumer.cc", "-o", program,
         *all_members(prefix), *flags])
    check_consumer("pkg-config", program)


def compile_header(options, flags, header):
    """A header must bring what it needs, and bear being included twice."""
    name = f"wirecopy/{header.name}"
    source = f'#include "{name}"\n#include "{name}"\n'
    command = [options.cxx, *FLAGS, *flags, "-fsyntax-only", "-x", "c++", "-"]
    done = subprocess.run(command, input=source, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return f"{name} does not compile alone:\n{done.stdout}" \
        if done.returncode else None


def public_headers(options, prefix):
    """Every public header is installed, and compiles alone."""
    headers = sorted((prefix / "include" / "wirecopy").glob("*.h"))
    source = pathlib.Path(options.source, "lib", "include", "wirecopy")
    if [h.name for h in headers] != sorted(h.name for h in source.glob("*.h")):
        raise Failure(f"installed others than the public headers: {headers}")
    flags = pkg_config(prefix, "--cflags")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda h: compile_header(options, flags, h), headers)
        problems = list(filter(None, found))
    if problems:
        raise Failure("\n".join(problems))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, help="a finished build")
    parser.add_argument("--source", required=True, help="the project's root")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--generator", default="Ninja")
    return parser.parse_args()


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="wirecopy-install-") as folder:
        base = pathlib.Path(folder).resolve()
        prefix = base / "prefix"
        try:
            install(options, prefix)
            public_headers(options, prefix)
            with_cmake(options, prefix, base / "with_cmake")
            with_pkg_config(options, prefix, base / "with_pkg_config")
        except Failure as failure:
            print(failure)
            return 1
    print("installed, and used with find_package and with pkg-config")
    return 0


if __name__ == "__main__":
    sys.exit(main())
