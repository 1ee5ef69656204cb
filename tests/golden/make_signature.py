#!/usr/bin/env python3
"""Makes or checks signature.json, the golden file of the native signature.

This is a second implementation of docs/signature.md, written from that page
and not from the C++ sources, slow and plain. The C++ tests compare wirecopy
with the file it makes.

    python3 -m venv env && env/bin/pip install regex xxhash
    env/bin/python make_signature.py signature.json
    env/bin/python make_signature.py --check signature.json

Python's unicodedata and the regex package each know one version of Unicode,
as a rule not the one of the page. The texts therefore hold only characters
that have been assigned, with the properties in question, since Unicode 10.

64-bit numbers are stored as 16 hexadecimal digits. The digest of a list of
them is XXH3_64bits of their little-endian bytes.
"""

import argparse
import functools
import json
import struct
import sys
import unicodedata

import regex
import xxhash

MASK = 2**64 - 1
MUL = 0xD6E8FEB86659FD93
GAMMA = 0x9E3779B97F4A7C15
EMPTY_SLOT = MASK

SLOT_COUNTS = [64, 128, 312, 1024]
BITS = [1, 2, 4, 8, 16, 32]
# Bands and rows, by the number of slots.
BANDINGS = {64: (64, 1), 128: (25, 5), 312: (39, 8), 1024: (4, 256)}
KS, SEEDS = [1, 5, 8], [0, 1, 2**63 + 5]

# A text is a string, or bytes where it is not UTF-8, or a rule for a long
# one: word i is the prefix and the decimal number i * i mod modulus.
TEXTS = {
    "empty": "",
    "blank": " \t\n\u00a0\u3000\u200b ",
    "punctuation only": "... -- !? \u2014 \u00ab\u00bb",
    "one word": "Wirecopy",
    "four words": "fewer than five words",
    "sentence": "The quick brown fox jumps over the lazy dog, then sleeps.",
    "case": "THE QUICK Brown fOX STRASSE Stra\u00dfe \u0130stanbul",
    "digits": "In 2024 1,234.5 units cost $99.95 or 1'000 abc123 3rd x2y",
    "straight quotes": "\"It's the dogs' day,\" she said; rock 'n' roll.",
    "curly quotes": "\u201cIt\u2019s the dogs\u2019 day,\u201d she said; "
    "rock \u2018n\u2019 roll. \u201ea\u201c \u00abb\u00bb \u2039c\u203a "
    "\u201bd\u02bcd",
    "apostrophes": "a'b a''b 'a' 1'2 a'1 1'a a'\u6f22 \u6f22'a a' 'b a'b'c "
    "o\uff07clock",
    "hyphens": "co-operate re\u2010use non\u2011stop a--b a-1 1-a -a a- "
    "a-b-c x\u00ady mid\u2013dash em\u2014dash \u2212 1\u22122 a- b e\u0301-e",
    "french": "L\u2019\u00e9t\u00e9 dernier, aujourd\u2019hui \u00ab\u00a0"
    "vingt-deux\u00a0\u00bb c\u0153urs ont battu \u00e0 No\u00ebl\u202f!",
    "arabic": "\u0627\u0644\u0633\u064e\u0651\u0644\u0627\u0645\u064f "
    "\u0639\u064e\u0644\u064e\u064a\u0652\u0643\u064f\u0645\u0652\u060c "
    "\u0661\u0662\u0663 \u0643\u062a\u0640\u0640\u0627\u0628",
    "hebrew": "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd \u05e2\u05d5\u05dc",
    "russian": "\u0421\u044a\u0435\u0448\u044c \u0436\u0435 "
    "\u0435\u0449\u0451 \u044d\u0442\u0438\u0445 "
    "\u043c\u044f\u0433\u043a\u0438\u0445 \u0431\u0443\u043b\u043e\u043a",
    "greek": "\u039f\u0394\u039f\u03a3 \u1f61\u03c2 \u03b1\u1fb3 \u0384\u03b5",
    "hindi": "\u0939\u093f\u0928\u094d\u0926\u0940 "
    "\u092e\u0947\u0902 \u0967\u0968\u0969 "
    "\u0915\u094d\u200d\u0937 \u0958\u093c",
    "chinese": "\u4eca\u5929\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec"
    "\u53bb2024\u5e74\u516c\u56ed\u3002\u3007\u4e8c",
    "japanese": "\u6771\u4eac\u90fd\u306f\u30b3\u30fc\u30d2\u30fc\u304c"
    "\u300c\u5927\u597d\u304d\u300d\u3067\u3059\u3002\uff76\uff9e "
    "\u306a\u3099\u4eba\u3005ABC\uff11\uff12",
    "korean": "\ud55c\uad6d\uc5b4 \u1112\u1161\u11ab\u1100\u1173\u11af "
    "\ub744\uc5b4\uc4f0\uae30",
    "thai": "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a "
    "\u0e51\u0e52 \u0e19\u0e49\u0e33",
    "lao khmer myanmar": "\u0eaa\u0eb0\u0e9a\u0eb2\u0e8d\u0e94\u0eb5 "
    "\u179f\u17bd\u179f\u17d2\u178f\u17b8 "
    "\u1019\u1004\u103a\u1039\u1002\u101c\u102c\u1015\u102b \u1041\u1042",
    "marks": "e\u0301 x\u0301y\u0302 \u0301a .\u0301b 1\u0301\u06dd2 "
    "q\u0301'q q'\u0301q q\u0301-\u0301q \u6f22\u0301\u5b57 a\ufe0fb",
    "compatibility": "\ufb01ne \u2460 \u00b2 \u00bd \u2167 \uff21\uff42 "
    "\u3392 \u2126 \u01c4 \u212b \u1e9e \u0149a \u2026",
    "symbols": "a\u20acb c+d e=f @g #h i_j k/l m\u00b7n \U0001f600o p\u00b0",
    "astral": "\U00010400\U00010428 \U0001d400\U0001d7ce \U00020000\U0002a6d6 "
    "\u2180 \u3021 \U00010140x \u24b6\u24b7 \U0001f130",
    "spaces": " a\t\tb\r\nc\u2003d\u2028e\u00a0\u00a0f\u3000g\u200bh\u0085i ",
    "ill-formed": b"ab\xffcd \xe2\x80x \xed\xa0\x80y \xf0\x9f\x98 z\xc0\xaf",
    "one word repeated": "again " * 60,
    "two words": "".join("no " if i * i % 7 < 3 else "yes " for i in range(80)),
    "long": {"prefix": "w", "modulus": 977, "count": 3000},
    "longer": {"prefix": "", "modulus": 6007, "count": 6000},
}

# Sets of hashes mix_twice((first + i) * GAMMA), to draw slots from.
RANGES = {"none": (0, 0), "one": (1, 1), "seven": (5, 7),
          "s - 1": (100, 127), "s": (100, 128), "s + 1": (100, 129),
          "left": (0, 2000), "right": (500, 2500), "part": (800, 900)}


def rotl(x, n):
    return (x << n | x >> (64 - n)) & MASK


def mix_once(x):
    x ^= x >> 32
    x = x * MUL & MASK
    return x ^ x >> 29


def mix_twice(x):
    x ^= x >> 32
    x = x * MUL & MASK
    x ^= x >> 32
    x = x * MUL & MASK
    return x ^ x >> 32


def xxh3(data, seed):
    return xxhash.xxh3_64_intdigest(data, seed)


def token_hash(token, seed):
    if len(token) > 16:
        return xxh3(token, seed)
    low, high = struct.unpack("<QQ", token.ljust(16, b"\0"))
    low ^= mix_twice((seed + GAMMA) & MASK)
    high ^= mix_twice((seed + 2 * GAMMA) & MASK)
    product = low * ((high + len(token)) & MASK)
    return (product & MASK) ^ (product >> 64)


def little_endian(numbers):
    return struct.pack(f"<{len(numbers)}Q", *numbers)


MAPPED = str.maketrans({
    **dict.fromkeys("\u2018\u2019\u201b\u02bc", "'"),
    **dict.fromkeys("\u00ab\u00bb\u201a\u201c\u201d\u201e\u201f\u2039\u203a",
                    '"'),
    "\u2010": "-",
    **dict.fromkeys("\u2012\u2013\u2015\u2212", "\u2014"),
})

SCRIPTS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
SINGLE = regex.compile(r"(?=[\p{L}\p{M}\p{N}])[" + "".join(
    rf"\p{{Script_Extensions={script}}}" for script in SCRIPTS) + "]")
MARK = regex.compile(r"[\p{M}\p{Cf}]")
DIGIT = regex.compile(r"\p{N}")
LETTER = regex.compile(r"[\p{L}\p{Alphabetic}]")
IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
WHITE_SPACE = regex.compile(r"\p{White_Space}")


def class_of(c):
    for name, pattern in (("single", SINGLE), ("mark", MARK),
                          ("digit", DIGIT), ("letter", LETTER)):
        if pattern.fullmatch(c):
            return name
    return "separator"


def nfkc_casefold(text):
    """toNFKC_Casefold of The Unicode Standard, section 3.13, by definition."""
    previous = None
    while previous != text:
        previous = text
        text = unicodedata.normalize("NFKC", unicodedata.normalize(
            "NFD", text).casefold())
        text = IGNORABLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def normal_form(data):
    text = data.decode("utf-8", errors="replace").replace("\u200b", " ")
    text = nfkc_casefold(text).translate(MAPPED)
    text = WHITE_SPACE.sub(" ", text)
    classes = [class_of(c) for c in text]
    kept = []
    for i, c in enumerate(text):
        left = i - 1
        while left >= 0 and classes[left] == "mark":
            left -= 1
        joins = (c == "-" and left >= 0 and classes[left] == "letter"
                 and i + 1 < len(text) and classes[i + 1] == "letter")
        if not joins:
            kept.append(c)
    return "".join(kept)


def tokens_of(text):
    """Each character joins the token before it, starts one or separates."""
    tokens = []
    open_class = None  # of the last character but marks, None between tokens
    classes = [class_of(c) for c in text] + [None]
    for i, c in enumerate(text):
        kind, following = classes[i], classes[i + 1]
        if kind == "mark" and open_class is not None:
            tokens[-1] += c
        elif kind == "single":
            tokens.append(c)
            open_class = kind
        elif kind in ("letter", "digit"):
            if open_class in ("letter", "digit", "apostrophe"):
                tokens[-1] += c
            else:
                tokens.append(c)
            open_class = kind
        elif (c == "'" and open_class in ("letter", "digit")
              and following == open_class):
            tokens[-1] += c
            open_class = "apostrophe"
        else:
            open_class = None
    return tokens


def word_shingles(tokens, k, seed):
    hashes = [token_hash(token.encode(), seed) for token in tokens]
    if not hashes:
        return []
    n = min(k, len(hashes))
    return [
        mix_once(sum(rotl(hashes[i + j], 13 * j % 64) for j in range(n)) & MASK)
        for i in range(len(hashes) - n + 1)
    ]


def character_shingles(text, k, seed):
    text = regex.sub(" +", " ", text).strip(" ")
    n = min(k, len(text))
    return [token_hash(text[i:i + n].encode(), seed)
            for i in range(len(text) - n + 1) if n > 0]


def round_hash(h, r):
    return h if r == 0 else mix_twice((h + r * GAMMA) & MASK)


def slots_of(hashes, s):
    slots = [EMPTY_SLOT] * s
    r = 0
    while hashes and EMPTY_SLOT in slots and r < 2 * s:
        for h in hashes:
            x = round_hash(h, r)
            at = (x >> 32) * s >> 32 if r < s else r - s
            slots[at] = min(slots[at], r << 53 | (x ^ x << 21) & 2**53 - 1)
        r += 1
    return slots


def low_bits(slots, bits):
    packed = sum((slot & 2**bits - 1) << i * bits
                 for i, slot in enumerate(slots))
    words = (len(slots) * bits + 63) // 64
    return [packed >> 64 * i & MASK for i in range(words)]


def band_keys(slots, bands, rows):
    return [xxh3(little_endian(slots[i * rows:(i + 1) * rows]), i)
            for i in range(bands)]


def shingle_count(hashes, s):
    distinct = len(set(hashes))
    if distinct <= s:
        return float(distinct)
    return s * (s - 1) / sum(slot / 2**53 for slot in slots_of(hashes, s))


def resemblance(a, b, s):
    if not a or not b:
        return 0.0
    if len(set(a)) <= s and len(set(b)) <= s:
        return len(set(a) & set(b)) / len(set(a) | set(b))
    return sum(x == y for x, y in zip(slots_of(a, s), slots_of(b, s))) / s


def containment(a, b, s):
    if not a or not b:
        return 0.0
    if len(set(a)) <= s and len(set(b)) <= s:
        return len(set(a) & set(b)) / len(set(a))
    j = resemblance(a, b, s)
    n_a, n_b = shingle_count(a, s), shingle_count(b, s)
    return min(1.0, j * (n_a + n_b) / (1 + j) / n_a)


def bbit_resemblance(a, b, s, bits):
    if not a or not b:
        return 0.0
    low = 2**bits - 1
    equal = sum(x & low == y & low
                for x, y in zip(slots_of(a, s), slots_of(b, s))) / s
    return min(1.0, max(0.0, (equal - 2.0**-bits) / (1 - 2.0**-bits)))


def hexadecimal(numbers):
    return [f"{number:016x}" for number in numbers]


def digest(numbers):
    return f"{xxh3(little_endian(numbers), 0):016x}"


def text_bytes(text):
    if isinstance(text, dict):
        words = (text["prefix"] + str(i * i % text["modulus"])
                 for i in range(text["count"]))
        return " ".join(words).encode()
    return text if isinstance(text, bytes) else text.encode()


def text_record(name, text):
    data = text_bytes(text)
    normal = normal_form(data)
    tokens = tokens_of(normal)
    record = {"name": name, "token_count": len(tokens)}
    if isinstance(text, dict):
        record["words"] = text
    else:
        record |= {"hex": data.hex(), "normal_form": normal, "tokens": tokens}
    shingles = {
        "word": lambda k, seed: word_shingles(tokens, k, seed),
        "char": lambda k, seed: character_shingles(normal, k, seed),
    }
    record["shingles"] = [shingle_record(unit, k, seed, of(k, seed))
                          for unit, of in shingles.items()
                          for k in KS for seed in SEEDS]
    return record


def shingle_record(unit, k, seed, hashes):
    xor = functools.reduce(int.__xor__, hashes, 0)
    record = {"unit": unit, "k": k, "seed": f"{seed:016x}",
              "count": len(hashes), "first": hexadecimal(hashes[:2]),
              "xor": f"{xor:016x}"}
    # Slots take long to make here and depend on the hashes alone.
    if k == 5:
        record["slots"] = {s: digest(slots_of(hashes, s)) for s in SLOT_COUNTS}
    return record


def hashes_of(name):
    first, count = RANGES[name]
    return [mix_twice((first + i) * GAMMA & MASK) for i in range(count)]


def slots_record(name, s):
    slots = slots_of(hashes_of(name), s)
    bands, rows = BANDINGS[s]
    keys = band_keys(slots, bands, rows)
    return {"range": name, "slots": s, "digest": digest(slots),
            "first": hexadecimal(slots[:3]), "last": hexadecimal(slots[-1:]),
            "bbit": {bits: digest(low_bits(slots, bits)) for bits in BITS},
            "bbit_first": hexadecimal(low_bits(slots, 4)[:1]),
            "bands": bands, "rows": rows, "keys": hexadecimal(keys[:2]),
            "keys_digest": digest(keys)}


def estimate_record(a, b, s):
    left, right = hashes_of(a), hashes_of(b)
    return {"a": a, "b": b, "slots": s,
            "resemblance": resemblance(left, right, s),
            "containment": containment(left, right, s),
            "count": shingle_count(left, s),
            "bbit": {bits: bbit_resemblance(left, right, s, bits)
                     for bits in BITS}}


def make():
    pairs = [("left", "right"), ("right", "left"), ("part", "left"),
             ("left", "part"), ("seven", "left"), ("none", "left"),
             ("s", "s + 1"), ("s + 1", "s"), ("s - 1", "s"), ("one", "right"),
             ("left", "left")]
    return {"format_version": 1,
            "ranges": {name: {"first": first, "count": count}
                       for name, (first, count) in RANGES.items()},
            "texts": [text_record(name, text) for name, text in TEXTS.items()],
            "slots": [slots_record(name, s)
                      for name in RANGES for s in SLOT_COUNTS],
            "estimates": [estimate_record(a, b, s)
                          for a, b in pairs for s in SLOT_COUNTS]}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true",
                        help="compare with the file instead of writing it")
    parser.add_argument("file")
    arguments = parser.parse_args()
    made = json.dumps(make(), separators=(",", ":")).replace("},{", "},\n{")
    with open(arguments.file, "r" if arguments.check else "w",
              encoding="ascii") as file:
        if not arguments.check:
            file.write(made + "\n")
            return 0
        same = file.read() == made + "\n"
    print("the same" if same else "different")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
