"""What two articles have in common: passages and similarity, in the terms of corpus/newsroom."""
import article

WORDS, EDGE, GAP = 8, 4, 10
NEAR = 0.8
WHOLE = 2 / 3


def runs(copy, source):
    """Lists of (word of the copy, word of the source) with the same number, in order on both sides
    and with gaps of ten words at most; boilerplate apart from the rest."""
    place, run, was_boilerplate = source.place(), [], None
    for i, number in enumerate(copy.numbers):
        j = place.get(number)
        if j is None:
            continue
        boilerplate = number < article.BOILERPLATE
        if run and (
            boilerplate != was_boilerplate
            or i - run[-1][0] > GAP + 1
            or not 0 < j - run[-1][1] <= GAP + 1
        ):
            yield was_boilerplate, run
            run = []
        run.append((i, j))
        was_boilerplate = boilerplate
    if run:
        yield was_boilerplate, run


def trimmed(run):
    """The run from the first to the last four words that follow each other on both sides."""
    def even(at):
        (i, j), (k, m) = run[at], run[at + EDGE - 1]
        return k - i == m - j == EDGE - 1

    good = [at for at in range(len(run) - EDGE + 1) if even(at)]
    return run[good[0] : good[-1] + EDGE] if good else []


def widened(copy, source, run):
    """First and last word on both sides, with words beside them that happen to be alike."""
    (i, j), (k, m) = run[0], run[-1]
    while alike(copy, source, i - 1, j - 1):
        i, j = i - 1, j - 1
    while alike(copy, source, k + 1, m + 1):
        k, m = k + 1, m + 1
    return i, j, k, m


def alike(copy, source, i, j):
    """Whether two words are the same, and neither is boilerplate, which is a passage of its own."""
    return (
        0 <= i < len(copy.words)
        and 0 <= j < len(source.words)
        and copy.words[i] == source.words[j]
        and min(copy.numbers[i], source.numbers[j]) >= article.BOILERPLATE
    )


def stretch(copy, source, i, j, k, m, stop):
    """Offsets of a passage; signs that both sides have at its ends belong to it."""
    begins, ends = [copy.begins[i], source.begins[j]], [copy.ends[k], source.ends[m]]

    def common(a, b):
        sign = copy.text[a : a + 1]
        return sign and sign == source.text[b : b + 1] and not sign.isspace() \
            and not sign.isalnum() and sign not in stop

    while min(begins) and common(begins[0] - 1, begins[1] - 1):
        begins = [at - 1 for at in begins]
    while common(*ends):
        ends = [at + 1 for at in ends]
    return begins[0], ends[0], begins[1], ends[1]


def passages(copy, source, kind):
    """((copy_begin, copy_end, source_begin, source_end), kind, words of the source) of each."""
    one, other = copy.layout(), source.layout()
    for boilerplate, run in runs(one, other):
        run = trimmed(run)
        if not run:
            continue
        i, j, k, m = run[0] + run[-1] if boilerplate else widened(one, other, run)
        if min(k - i, m - j) + 1 < WORDS:
            continue
        stop = "\"'\u201c\u201d\u2018\u2019" if kind == "quotation" else ""
        yield (
            stretch(one, other, i, j, k, m, stop),
            "boilerplate" if boilerplate else kind,
            m - j + 1,
        )


def jaccard(a, b):
    """Similarity of the sets of 5-word shingles of the two texts."""
    one, other = a.layout().shingles(), b.layout().shingles()
    common = len(one & other)
    return common / (len(one) + len(other) - common)
