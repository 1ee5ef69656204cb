"""What the drivers have in common: words, clocks, arguments and results.

A driver does one job with one package and prints one line of JSON: the
package's version, and seconds by stage; of signatures, which take one thread,
seconds of the processor, which a busy machine distorts less. Import this module
first, as its clocks start with it; then the package; then make a Job, whose
constructor ends the stage "import".
"""

import argparse
import importlib.metadata
import json
import random
import re
import time

_STARTS = {clock: clock() for clock in (time.perf_counter, time.process_time)}

SHINGLE = 5
WORD = re.compile(r"[^\W_]+")


def words(text):
    """What every peer that takes tokens is given: the cheapest fair words."""
    return WORD.findall(text.lower())


def shingles(text, size=SHINGLE):
    """The distinct runs of `size` words; a text of fewer words is one."""
    found = words(text)
    return list({" ".join(found[i:i + size])
                 for i in range(max(1, len(found) - size + 1))})


def read(path):
    """Ids and texts of a file of JSON Lines."""
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [r["id"] for r in records], [r["text"] for r in records]


class Job:
    """The arguments of a driver, its clock, and what it prints."""

    def __init__(self, package):
        parser = argparse.ArgumentParser()
        parser.add_argument("job", choices=["dedup", "signatures", "probe"])
        parser.add_argument("docs", help="JSON Lines with id and text")
        parser.add_argument("--removed", help="where to write what goes")
        parser.add_argument("--variant", default="")
        parser.add_argument("--settings", choices=["recommended", "equal"],
                            default="equal")
        parser.add_argument("--threshold", type=float, default=0.8)
        parser.add_argument("--slots", type=int, default=128)
        parser.add_argument("--cores", type=int, default=1)
        self.options = parser.parse_args()
        self.equal = self.options.settings == "equal"
        self.result = {"version": importlib.metadata.version(package),
                       "seconds": {}}
        self._clock = (time.process_time if self.options.job == "signatures"
                       else time.perf_counter)
        self._last = _STARTS[self._clock]
        self.lap("import")

    def lap(self, stage):
        """Ends a stage: what passed since the last one ended is its time."""
        now = self._clock()
        seconds = self.result["seconds"]
        seconds[stage] = seconds.get(stage, 0) + now - self._last
        self._last = now

    def read(self):
        ids, texts = read(self.options.docs)
        self.lap("read")
        return ids, texts

    def finish(self, removed=None):
        if removed is not None:
            with open(self.options.removed, "w", encoding="utf-8") as out:
                out.writelines(json.dumps({"id": i}) + "\n" for i in removed)
            self.lap("write")
        print(json.dumps(self.result))


def signatures(job, prepare, sketch):
    """Times sketch(prepare(texts)), each part of it by itself. sketch()
    returns how many signatures it made."""
    _, texts = job.read()
    prepared = prepare(texts)
    job.lap("shingles")
    made = sketch(prepared)
    job.lap("sketch")
    if made != len(texts):
        raise SystemExit(f"{made} signatures of {len(texts)} texts")
    job.finish()


def probe(job, slots_of):
    """Which shingles a signature depends on. slots_of(list of strings) gives
    the slots. In turn each shingle gives way to its neighbour, so that the set
    loses it and none moves. Of a MinHash of k slots, k draws from n shingles,
    some n (1 - (1 - 1/n)^k) matter; order does not, and a header in front of a
    text changes what it changes of the set."""
    n = 400
    chance = random.Random(1)
    text = [f"{chance.getrandbits(40):x}" for _ in range(n)]
    header = [f"header{i}" for i in range(20)]
    whole = slots_of(text)
    turned = text[:]
    chance.shuffle(turned)
    headed = slots_of(header + text)
    equal = sum(a == b for a, b in zip(whole, headed))
    slots = len(whole)
    job.result["probe"] = {
        "shingles": n,
        "matter": sum(slots_of(text[:i] + [text[i - 1]] + text[i + 1:])
                      != whole for i in range(n)),
        "expected": round(n * (1 - (1 - 1 / n) ** slots), 1),
        "order_matters": slots_of(turned) != whole,
        "header_true": round(n / (n + len(header)), 3),
        "header_estimate": round(equal / slots, 3),
    }
    job.finish()
