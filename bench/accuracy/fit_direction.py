#!/usr/bin/env python3
"""Learns the weights of the model of direction (lib/provenance/direction.h).

  fit_direction.py --posts FEATURES.tsv --pairs PAIRS.jsonl
      [--articles FEATURES.tsv ...] [--header direction_weights.h --date DAY]
  fit_direction.py ... --verdicts FOLDER

FEATURES come from build/bench/direction_features. PAIRS are the records
(`copy`, `source`) that the posts are labelled by: those that they connect are a
thread, and threads are divided in two halves by a hash of their least id. The
one half teaches, the other was never seen: the report says how right the model
is on either, and --verdicts writes what it says of the half that was not seen,
as GOLD and EDGES of a scorer of directions, with and without dates.

Logistic regression without an intercept (exchanging the two texts turns every
figure's sign, and must turn the answer) with a penalty on the squares of the
weights, by Newton's method. All weights are then multiplied by one number, the
temperature, that makes the confidences true: it is fitted to what models
learnt from four fifths of the threads say of the last fifth. Needs Python 3.11
and no packages; the same input gives the same weights.
"""

import argparse
import collections
import csv
import hashlib
import json
import math
import pathlib
import textwrap

RIDGE = 2.0          # as if few pairs had been seen of what is rare
FOLDS = 5
FIRST_FIGURE = 4     # the column
# Of articles the generator of families knows the edits that we thought of, and
# their shares are ours: half of what it teaches is believed, and only of these
# figures, for its articles have neither writers nor misprints.
BELIEF_IN_ARTICLES = 0.5
TAUGHT_BY_ARTICLES = {
    "lead", "lead_words", "ending", "ending_words", "interleaved",
    "interleaved_words", "inserted", "coverage", "length", "cut_at_paragraph",
    "cut_at_sentence", "at_end", "house_style"}
# A misprint that the other has not: editors mend more than they make, though
# the few that posts have do not show it.
MISPRINT_OF_ARTICLES = 0.3
# The most that a clock may say: a stated prior. An archive holds the day of a
# later change instead of the first once in some 400 documents, at any distance.
CLOCK_BOUND = 6.0

Pair = collections.namedtuple("Pair", "copy source posts hours figures thread "
                              "log_odds dated_log_odds")


def read_threads(path):
    """id -> the least id of its thread."""
    parent = {}

    def find(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            a, b = find(record["copy"]), find(record["source"])
            parent[max(a, b)] = min(a, b)
    return {x: find(x) for x in list(parent)}


def read_direct(path):
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {(r["copy"], r["source"]) for r in records
            if r.get("relation", "direct") == "direct"}


def read_features(path, thread_of):
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(rows)
        last = len(head) - 2
        pairs = [Pair(r[0], r[1], r[2] == "1", float(r[3]) if r[3] else None,
                      [float(x) for x in r[FIRST_FIGURE:last]],
                      thread_of(r[0], r[1]), float(r[last]),
                      float(r[last + 1])) for r in rows]
    return head[FIRST_FIGURE:last], pairs


def is_for_learning(thread):
    digest = hashlib.sha256(f"direction:{thread}".encode()).digest()
    return digest[0] % 2 == 0


# --- regression --------------------------------------------------------------

def solve(matrix, right):
    """Gaussian elimination with pivots."""
    n = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                for j in range(i, n + 1):
                    rows[r][j] -= factor * rows[i][j]
    solution = [0.0] * n
    for i in range(n - 1, -1, -1):
        known = sum(rows[i][j] * solution[j] for j in range(i + 1, n))
        solution[i] = (rows[i][n] - known) / rows[i][i]
    return solution


def dot(x, y):
    return math.fsum(a * b for a, b in zip(x, y))


def wrong_probability(log_odds):
    return 1 / (1 + math.exp(min(50.0, max(-50.0, log_odds))))


def newton(rows, ridge, steps=25):
    """Weights that make sum(ln(1 / (1 + e^-w.x))) - sum(ridge w^2 / 2) most."""
    n = len(ridge)
    weights = [0.0] * n
    for _ in range(steps):
        gradient = [-r * w for r, w in zip(ridge, weights)]
        hessian = [[ridge[i] if i == j else 0.0 for j in range(n)]
                   for i in range(n)]
        for row in rows:
            wrong = wrong_probability(dot(weights, row))
            used = [(i, x) for i, x in enumerate(row) if x]
            for i, x in used:
                gradient[i] += wrong * x
                for j, y in used:
                    hessian[i][j] += wrong * (1 - wrong) * x * y
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-9:
            break
    return weights


def fit(pairs):
    rows = [p.figures for p in pairs]
    return newton(rows, [RIDGE] * len(rows[0]))


def temperature(pairs):
    """What held-out log-odds must be multiplied by to be true."""
    fold_of = {t: int.from_bytes(hashlib.sha256(f"fold:{t}".encode()).digest()[:4],
                                 "big") % FOLDS for t in {p.thread for p in pairs}}
    scores = []
    for fold in range(FOLDS):
        weights = fit([p for p in pairs if fold_of[p.thread] != fold])
        scores += [[dot(weights, p.figures)] for p in pairs
                   if fold_of[p.thread] == fold]
    return newton(scores, [0.0])[0]


def fit_clock(pairs):
    """ln(right / wrong) as a line in ln(hours apart)."""
    rows = []
    for p in pairs:
        if p.hours:
            sign = 1 if p.hours > 0 else -1
            rows.append([sign, sign * math.log(abs(p.hours))])
    return newton(rows, [0.0, 0.0]), len(rows), sum(r[0] < 0 for r in rows)


# --- reports -----------------------------------------------------------------

def accuracy(scores, share):
    best = sorted(scores, key=lambda s: -abs(s))[:int(share * len(scores))]
    return sum(s > 0 for s in best) / len(best)


def report(name, scores):
    print(f"{name}: {len(scores)} pairs, right {accuracy(scores, 1):.4f}, of the "
          f"surest 90 % {accuracy(scores, .9):.4f}, 80 % "
          f"{accuracy(scores, .8):.4f}, 50 % {accuracy(scores, .5):.4f}")


def write_verdicts(folder, pairs, direct):
    """GOLD and EDGES of the pairs that taught nothing, also of those whose texts
    share no passage."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "gold.jsonl", "w", encoding="utf-8") as out:
        for copy, source in sorted(direct):
            print(json.dumps({"copy": copy, "source": source}), file=out)
    for name, field in (("edges_no_dates", "log_odds"),
                        ("edges_dates", "dated_log_odds")):
        with open(folder / f"{name}.jsonl", "w", encoding="utf-8") as out:
            for p in pairs:
                score = getattr(p, field)
                confidence = 1 - wrong_probability(abs(score))
                source = p.source if score > 0 else p.copy
                print(json.dumps({"a": p.source, "b": p.copy, "source": source if
                                  confidence >= 0.6 else None,
                                  "confidence": confidence}), file=out)


def report_clocks(name, pairs):
    clocked = [p for p in pairs if p.hours]
    wrong = [p for p in clocked if p.hours < 0]
    print(f"{name}: {len(wrong)} of {len(clocked)} clocks wrong, overruled "
          f"rightly {sum(p.dated_log_odds > 0 for p in wrong)}, right clocks "
          "overruled wrongly "
          f"{sum(p.dated_log_odds < 0 for p in clocked if p.hours > 0)}")


# --- the header --------------------------------------------------------------

def array(name, figures, weights):
    numbers = [f"{weight + 0:.4f}," for weight in weights]
    width = max(map(len, numbers))
    lines = [f"inline constexpr double {name}[] = {{"]
    lines += [f"    {number:{width}}  // {figure}"
              for number, figure in zip(numbers, figures)]
    return "\n".join(lines + ["};"])


def header(figures, posts, articles, clock, notes):
    guard = "WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_"
    comment = textwrap.fill(
        " ".join(notes), 80, initial_indent="// ", subsequent_indent="// ")
    return f"""// Weights of the model of direction, in nats a unit of a figure. Made by
// bench/accuracy/fit_direction.py; not for editing.
//
{comment}

#ifndef {guard}
#define {guard}

namespace wirecopy {{

// By Figure.
{array("kPostWeights", figures, posts)}
{array("kArticleWeights", figures, articles)}

// ln(right / wrong) of clocks an hour apart, what the natural logarithm of the
// hours adds, and the most that it comes to.
inline constexpr double kClockAtHour = {clock[0]:.4f};
inline constexpr double kClockPerLogHour = {clock[1]:.4f};
inline constexpr double kClockBound = {CLOCK_BOUND:.1f};

}}  // namespace wirecopy

#endif  // {guard}
"""


def learn_articles(paths, figures):
    pairs = []
    for path in paths:
        found, read = read_features(path, lambda copy, source: source)
        assert found == figures
        pairs += read
    if not pairs:
        return [0.0] * len(figures), 0
    pairs = [p._replace(figures=[x if f in TAUGHT_BY_ARTICLES else 0.0
                                 for f, x in zip(figures, p.figures)])
             for p in pairs]
    weights = fit(pairs)
    report("articles, taught", [dot(weights, p.figures) for p in pairs])
    scale = BELIEF_IN_ARTICLES * temperature(pairs)
    return [MISPRINT_OF_ARTICLES if f == "misprint" else scale * w
            for f, w in zip(figures, weights)], len(pairs)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--posts", required=True)
    parser.add_argument("--pairs", required=True)
    parser.add_argument("--articles", nargs="*", default=[])
    parser.add_argument("--header", type=pathlib.Path)
    parser.add_argument("--date", help="of the learning, for the header")
    parser.add_argument("--verdicts", type=pathlib.Path)
    args = parser.parse_args()

    threads = read_threads(args.pairs)
    figures, pairs = read_features(args.posts, lambda copy, _: threads[copy])
    taught = [p for p in pairs if is_for_learning(p.thread)]
    unseen = [p for p in pairs if not is_for_learning(p.thread)]
    print(f"{sum(p.posts for p in pairs)} of {len(pairs)} pairs are posts")

    scale = temperature(taught)
    posts = [scale * w for w in fit(taught)]
    print(f"temperature {scale:.3f}")
    report("posts, taught", [dot(posts, p.figures) for p in taught])
    report("posts, unseen", [dot(posts, p.figures) for p in unseen])
    clock, clocked, wrong = fit_clock(taught)
    print(f"clock {clock[0]:.3f} + {clock[1]:.3f} ln(hours); {wrong} of "
          f"{clocked} wrong")
    articles, article_pairs = learn_articles(args.articles, figures)
    for name, post, article in zip(figures, posts, articles):
        print(f"  {name:18} {post:8.3f} {article:8.3f}")

    if args.header:
        notes = [f"Learnt on {args.date}. Posts: {len(taught)} pairs of "
                 f"{len({p.thread for p in taught})} newsgroup threads; "
                 f"{wrong} of {clocked} clocks are wrong there; {len(unseen)} "
                 "pairs of other threads were kept apart. Articles: "
                 f"{article_pairs} pairs of generated families, half of which "
                 "is believed."]
        args.header.write_text(header(figures, posts, articles, clock, notes),
                               encoding="utf-8")
    if args.verdicts:
        direct = {(c, s) for c, s in read_direct(args.pairs)
                  if not is_for_learning(threads[c])}
        write_verdicts(args.verdicts, unseen, direct)
        report_clocks("posts, taught", taught)
        report_clocks("posts, unseen", unseen)


if __name__ == "__main__":
    main()
