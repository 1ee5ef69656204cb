"""What a word is: the rules of corpus/newsroom, applied to pieces of text without blanks.

No word goes across a blank, so the words of a text are those of its pieces, which are looked up
once and kept.
"""
import re
import unicodedata

SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
PART = rf"[^\W_{SINGLE}]+"
JOIN = r"(?:'|(?<=[^\W\d_])[-\u00ad\u2010]+(?=[^\W\d_]))"  # inside a word only
TOKEN = re.compile(rf"[{SINGLE}]|{PART}(?:{JOIN}{PART})*")
HYPHENS = re.compile("[-\u00ad\u2010]")
APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a]*", re.S)
KEPT = 300_000  # pieces whose words are remembered

cache = {}


def find(piece):
    if piece.isascii():
        plain, origins = piece.lower(), None
    else:
        out, origins = [], []
        for cluster in CLUSTER.finditer(piece):
            part = unicodedata.normalize("NFKC", cluster[0]).translate(APOSTROPHES).casefold()
            out.append(part)
            origins += [cluster.span()] * len(part)
        plain = "".join(out)
    return tuple(
        (HYPHENS.sub("", m[0]), m.start(), m.end()) if origins is None else
        (HYPHENS.sub("", m[0]), origins[m.start()][0], origins[m.end() - 1][1])
        for m in TOKEN.finditer(plain)
    )


def words_of(piece):
    """((word, begin, end), ...) of a piece without blanks, offsets in code points."""
    found = cache.get(piece)
    if found is None:
        if len(cache) >= KEPT:
            cache.clear()
        found = cache[piece] = find(piece)
    return found
