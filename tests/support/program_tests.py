"""What tests of the finished program have in common: words to make documents
of, and their command line."""

import argparse
import pathlib
import sys
import unittest

SYLLABLES = "ba ro mi ken tu sal ve dor ix qua lem no".split()


def make_words(chance, count, lengths=(3,)):
    """So many words, of any of these numbers of syllables."""
    return ["".join(chance.choices(SYLLABLES, k=chance.choice(lengths)))
            for _ in range(count)]


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
    unittest.main(argv=[sys.argv[0], *left])
