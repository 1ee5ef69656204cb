"""What is known about the stories, from which build.py works out the files below truth/.

PAIRS         a, b, relation, near duplicate or not, note; a is the source, or the earlier one
PASSAGES      copy, source, kind, and for each passage where it stands in the copy and in the source
BLOCKS        a stretch that stands in several articles, the oldest first: a passage for each pair
FAMILIES      "root", "hidden_source", or the parents of a copy, the chief one first
INDEPENDENT   groups of articles: none of the first shares a run of words with any of
              the second

A place is "3" or "2-5" (whole paragraphs, counted from 1), or "2-5 | first words | last words"
where a passage begins within its first paragraph or ends within its last one.
"""

PAIRS = [
    ("ferry-wire", "ferry-ledger", "republication", True, "whole and unchanged"),
    (
        "ferry-wire", "ferry-courier", "republication", True,
        "whole, with a byline and another dateline",
    ),
    (
        "ferry-wire", "ferry-beacon", "excerpt", False,
        "cut after the fourth paragraph, between the paper's masthead and footer",
    ),
    (
        "ferry-wire", "ferry-wire-update", "update", False,
        "the agency's own later version: three numbers corrected, a paragraph added",
    ),
    (
        "ferry-wire", "ferry-post", "republication", False,
        "own lead, paragraphs moved, Malloy spelled Molloy; first and last paragraph dropped",
    ),
    (
        "ferry-wire", "ferry-argus", "republication", False,
        "by way of the Post, whose spelling Molloy it bears",
    ),
    ("ferry-ledger", "ferry-courier", "common_source", True, "both go back to ferry-wire"),
    ("ferry-ledger", "ferry-beacon", "common_source", False, "both go back to ferry-wire"),
    ("ferry-ledger", "ferry-wire-update", "common_source", False, "both go back to ferry-wire"),
    ("ferry-ledger", "ferry-post", "common_source", False, "both go back to ferry-wire"),
    ("ferry-ledger", "ferry-argus", "common_source", False, "both go back to ferry-wire"),
    ("ferry-courier", "ferry-beacon", "common_source", False, "both go back to ferry-wire"),
    ("ferry-courier", "ferry-wire-update", "common_source", False, "both go back to ferry-wire"),
    ("ferry-courier", "ferry-post", "common_source", False, "both go back to ferry-wire"),
    ("ferry-courier", "ferry-argus", "common_source", False, "both go back to ferry-wire"),
    ("ferry-beacon", "ferry-wire-update", "common_source", False, "both go back to ferry-wire"),
    ("ferry-beacon", "ferry-post", "common_source", False, "both go back to ferry-wire"),
    ("ferry-beacon", "ferry-argus", "common_source", False, "both go back to ferry-wire"),
    ("ferry-wire-update", "ferry-post", "common_source", False, "both go back to ferry-wire"),
    ("ferry-wire-update", "ferry-argus", "common_source", False, "both go back to ferry-wire"),
    (
        "ferry-post", "ferry-argus", "republication", False,
        "copied from the copy: the Post's edits, and a lead, edits and an ending of its own",
    ),
    (
        "school-ledger", "school-courier", "republication", True,
        "last paragraph cut, Marian spelled Marion, the Ledger named in full",
    ),
    (
        "school-ledger", "school-ledger-update", "update", False,
        "the paper's own later version: corrected cost and date, a paragraph added",
    ),
    (
        "school-ledger", "school-beacon", "republication", False,
        "by way of the Courier, whose spelling Marion it bears",
    ),
    (
        "school-ledger", "school-weekly", "republication", False,
        "two blocks swapped, the end cut, other typography",
    ),
    (
        "school-courier", "school-beacon", "republication", False,
        "copied from the copy: the Courier's edits, and edits and an ending of its own",
    ),
    (
        "school-courier", "school-ledger-update", "common_source", False,
        "both go back to school-ledger",
    ),
    ("school-courier", "school-weekly", "common_source", False, "both go back to school-ledger"),
    (
        "school-ledger-update", "school-beacon", "common_source", False,
        "both go back to school-ledger",
    ),
    (
        "school-ledger-update", "school-weekly", "common_source", False,
        "both go back to school-ledger",
    ),
    ("school-beacon", "school-weekly", "common_source", False, "both go back to school-ledger"),
    (
        "library-courier", "library-argus", "republication", True,
        "whole; ligatures, decomposed accents, other dashes, spaces and hyphens",
    ),
    (
        "school-ledger", "roundup-tribune", "excerpt", False,
        "two paragraphs, credited to the Ledger",
    ),
    ("library-courier", "roundup-tribune", "excerpt", False, "two paragraphs, not credited"),
    (
        "school-courier", "roundup-tribune", "common_source", False,
        "both go back to school-ledger",
    ),
    (
        "school-ledger-update", "roundup-tribune", "common_source", False,
        "both go back to school-ledger",
    ),
    ("school-beacon", "roundup-tribune", "common_source", False, "both go back to school-ledger"),
    ("roundup-tribune", "school-weekly", "common_source", False, "both go back to school-ledger"),
    (
        "library-argus", "roundup-tribune", "common_source", False,
        "both go back to library-courier",
    ),
    (
        "river-post", "river-argus", "common_source", False,
        "both used an agency report that is not in the corpus",
    ),
    (
        "orchard-notes", "orchard-herald", "excerpt", False,
        "last two paragraphs cut, the misprint Pomreoy put right, credited",
    ),
    (
        "orchard-notes", "orchard-courier", "excerpt", False,
        "by way of the Herald, whose correction and wording it bears",
    ),
    (
        "orchard-notes", "orchard-post", "republication", False,
        "own lead, paragraphs moved, the misprint kept",
    ),
    (
        "orchard-herald", "orchard-courier", "republication", False,
        "copied from the copy: the Herald's edits, and edits and an ending of its own",
    ),
    ("orchard-herald", "orchard-post", "common_source", False, "both go back to orchard-notes"),
    ("orchard-post", "orchard-courier", "common_source", False, "both go back to orchard-notes"),
    (
        "fr-moulin-messager", "fr-moulin-gazette", "republication", False,
        "last paragraph cut, light edits, guillemets without narrow spaces",
    ),
    (
        "ar-souq-marfa", "ar-souq-wadi", "republication", False,
        "last paragraph cut, light edits, other quotation marks",
    ),
    (
        "zh-ferry-qinglan", "zh-ferry-wanbao", "republication", True,
        "light edits, a name misprinted, other quotation marks",
    ),
    (
        "ja-clock-kirihama", "ja-clock-shirasagi", "republication", False,
        "own lead, two paragraphs swapped, last one cut, other quotation marks",
    ),
    (
        "bridge-post", "bridge-ledger", "quotation", False,
        "three paragraphs from one press conference",
    ),
    ("bus-courier", "bus-argus", "quotation", False, "one sentence from one press conference"),
    (
        "water-courier", "water-tribune", "quotation", False,
        "the water company's notice, embedded by both",
    ),
    ("owl-beacon", "owl-argus", "quotation", False, "the sanctuary's post, embedded by both"),
]

PASSAGES = [
    # The ferry wire and its six descendants.
    ("ferry-ledger", "ferry-wire", "copy", [("1-7", "1-7")]),
    ("ferry-courier", "ferry-wire", "copy", [("2-8 | The car", "1-7 | The car")]),
    ("ferry-beacon", "ferry-wire", "copy", [("2-5", "1-4")]),
    ("ferry-wire-update", "ferry-wire", "copy", [("1-4", "1-4"), ("6-8", "5-7")]),
    ("ferry-post", "ferry-wire", "copy", [
        ("2-3", "5-6"),
        ("4-6 | had 63", "2-4 | had 63"),
    ]),
    ("ferry-argus", "ferry-wire", "copy", [
        ("2-3 | has limited", "5-6 | has limited"),
        ("4-6 | had 63", "2-4 | had 63"),
    ]),
    ("ferry-courier", "ferry-ledger", "copy", [("2-8 | The car", "1-7 | The car")]),
    ("ferry-beacon", "ferry-ledger", "copy", [("2-5", "1-4")]),
    ("ferry-wire-update", "ferry-ledger", "copy", [("1-4", "1-4"), ("6-8", "5-7")]),
    ("ferry-post", "ferry-ledger", "copy", [
        ("2-3", "5-6"),
        ("4-6 | had 63", "2-4 | had 63"),
    ]),
    ("ferry-argus", "ferry-ledger", "copy", [
        ("2-3 | has limited", "5-6 | has limited"),
        ("4-6 | had 63", "2-4 | had 63"),
    ]),
    ("ferry-beacon", "ferry-courier", "copy", [("2-5 | The car", "2-5 | The car")]),
    ("ferry-wire-update", "ferry-courier", "copy", [
        ("1-4 | The car", "2-5 | The car"),
        ("6-8", "6-8"),
    ]),
    ("ferry-post", "ferry-courier", "copy", [
        ("2-3", "6-7"),
        ("4-6 | had 63", "3-5 | had 63"),
    ]),
    ("ferry-argus", "ferry-courier", "copy", [
        ("2-3 | has limited", "6-7 | has limited"),
        ("4-6 | had 63", "3-5 | had 63"),
    ]),
    ("ferry-wire-update", "ferry-beacon", "copy", [("1-4", "2-5")]),
    ("ferry-post", "ferry-beacon", "copy", [("4-6 | had 63", "3-5 | had 63")]),
    ("ferry-argus", "ferry-beacon", "copy", [("4-6 | had 63", "3-5 | had 63")]),
    ("ferry-post", "ferry-wire-update", "copy", [
        ("2-3", "6-7"),
        ("4-6 | vehicles aboard", "2-4 | vehicles aboard"),
    ]),
    ("ferry-argus", "ferry-wire-update", "copy", [
        ("2-3 | has limited", "6-7 | has limited"),
        ("4-6 | vehicles aboard", "2-4 | vehicles aboard"),
    ]),
    ("ferry-argus", "ferry-post", "copy", [("2-6 | has limited", "2-6 | has limited")]),
    # The school roof.
    ("school-courier", "school-ledger", "copy", [("1-6", "1-6")]),
    ("school-ledger-update", "school-ledger", "copy", [("1-5", "1-5"), ("7", "6")]),
    ("school-beacon", "school-ledger", "copy", [("2-5", "1-4"), ("6", "6")]),
    ("school-weekly", "school-ledger", "copy", [("1-2", "4-5"), ("3-5", "1-3")]),
    ("school-ledger-update", "school-courier", "copy", [("1-5", "1-5"), ("7", "6")]),
    ("school-beacon", "school-courier", "copy", [("2-5", "1-4"), ("6", "6")]),
    ("school-weekly", "school-courier", "copy", [("1-2", "4-5"), ("3-5", "1-3")]),
    ("school-beacon", "school-ledger-update", "copy", [("2-5", "1-4"), ("6", "7")]),
    ("school-weekly", "school-ledger-update", "copy", [("1-2", "4-5"), ("3-5", "1-3")]),
    ("school-weekly", "school-beacon", "copy", [("1", "5"), ("3-5", "2-4")]),
    ("school-weekly", "roundup-tribune", "copy", [("1-2", "2-3 | the fault")]),
    # The library van.
    ("library-argus", "library-courier", "copy", [("1-6", "1-6")]),
    # The roundup, from the school and the library families.
    ("roundup-tribune", "library-courier", "copy", [("4 | The travelling", "1"), ("5", "4")]),
    ("roundup-tribune", "library-argus", "copy", [("4 | The travelling", "1"), ("5", "4")]),
    ("roundup-tribune", "school-ledger", "copy", [("2-3 | the fault", "4-5")]),
    ("roundup-tribune", "school-courier", "copy", [("2-3 | the fault", "4-5")]),
    ("roundup-tribune", "school-ledger-update", "copy", [("2-3 | the fault", "4-5")]),
    ("roundup-tribune", "school-beacon", "copy", [("2 | the fault", "5")]),
    # Two papers, one wire that is not here.
    ("river-argus", "river-post", "copy", [("2", "3"), ("4", "2")]),
    # The orchard fair.
    ("orchard-herald", "orchard-notes", "copy", [("1-4", "1-4")]),
    ("orchard-post", "orchard-notes", "copy", [("2", "6"), ("3", "1"), ("4", "3"), ("5", "2")]),
    ("orchard-courier", "orchard-notes", "copy", [("1-4 | drew its", "1-4 | drew its")]),
    ("orchard-post", "orchard-herald", "copy", [
        ("3", "1"),
        ("4 | entries over", "3 | entries over"),
        ("5", "2"),
    ]),
    ("orchard-courier", "orchard-herald", "copy", [("1-4 | drew its", "1-4 | drew its")]),
    ("orchard-courier", "orchard-post", "copy", [
        ("1 | drew its", "3 | drew its"),
        ("2", "5"),
        ("3 | entries over", "4 | entries over"),
    ]),
    # Other scripts.
    ("fr-moulin-gazette", "fr-moulin-messager", "copy", [("1-4", "1-4 | Le vieux")]),
    ("ar-souq-wadi", "ar-souq-marfa", "copy", [("1-4", "1-4 | أعادت بلدية")]),
    ("zh-ferry-wanbao", "zh-ferry-qinglan", "copy", [("1-5", "1-5 | 停航")]),
    ("ja-clock-shirasagi", "ja-clock-kirihama", "copy", [
        ("2", "3"),
        ("3 |  | す』と", "2 |  | す」と"),
        ("4", "4"),
    ]),
    # Quotations: from the first to the last word spoken, the outer marks left out.
    ("bridge-ledger", "bridge-post", "quotation", [
        ("3-5 | I'd like | on it.", "2-4 | I’d like | on it."),
    ]),
    ("bus-argus", "bus-courier", "quotation", [
        ("2 | A village | bus back.", "3 | A village | bus back."),
    ]),
    # A statement and a post that two articles embed.
    ("water-tribune", "water-courier", "shared", [("3", "3")]),
    ("owl-argus", "owl-beacon", "shared", [("3", "4 | Bosun is")]),
    # Articles that repeat themselves.
    ("lighthouse-chronicle", "lighthouse-chronicle", "self", [
        ("4", "3 | The lamp | expecting to"),
    ]),
    ("wool-weekly", "wool-weekly", "self", [("4", "2")]),
]

BLOCKS = [
    {  # the Beacon's masthead
        "kind": "boilerplate",
        "in": [
            ("chess-beacon", "1"),
            ("ferry-beacon", "1"),
            ("school-beacon", "1"),
            ("owl-beacon", "1"),
        ],
    },
    {  # its footer, which ends with the line on rights
        "kind": "boilerplate",
        "in": [
            ("chess-beacon", "5-6"),
            ("ferry-beacon", "6-7"),
            ("school-beacon", "8-9"),
            ("owl-beacon", "6-7"),
        ],
    },
    {  # the footer of the Upland Weekly
        "kind": "boilerplate",
        "in": [
            ("river-weekly", "6-7"),
            ("school-weekly", "6-7"),
            ("swifts-weekly", "4-5"),
            ("wool-weekly", "6-7"),
        ],
    },
    {  # the line on rights, in the papers that use it
        "kind": "boilerplate",
        "across_publishers": True,  # two Beacons share it as a part of their footer
        "in": [
            ("chess-beacon", "6"),
            ("ferry-beacon", "7"),
            ("school-beacon", "9"),
            ("roundup-tribune", "7"),
            ("water-tribune", "5"),
            ("owl-beacon", "7"),
            ("lighthouse-chronicle", "6"),
        ],
    },
    {  # the same line is all the footer the Tribune has
        "kind": "boilerplate",
        "in": [("roundup-tribune", "7"), ("water-tribune", "5")],
    },
]

FAMILIES = {
    "ferry-wire": "root",
    "ferry-ledger": ["ferry-wire"],
    "ferry-courier": ["ferry-wire"],
    "ferry-beacon": ["ferry-wire"],
    "ferry-wire-update": ["ferry-wire"],
    "ferry-post": ["ferry-wire"],
    "ferry-argus": ["ferry-post"],
    "school-ledger": "root",
    "school-courier": ["school-ledger"],
    "school-ledger-update": ["school-ledger"],
    "school-beacon": ["school-courier"],
    "school-weekly": ["school-ledger"],
    "library-courier": "root",
    "library-argus": ["library-courier"],
    "roundup-tribune": ["school-ledger", "library-courier"],
    "river-post": "hidden_source",
    "river-argus": "hidden_source",
    "orchard-notes": "root",
    "orchard-herald": ["orchard-notes"],
    "orchard-post": ["orchard-notes"],
    "orchard-courier": ["orchard-herald"],
    "fr-moulin-messager": "root",
    "fr-moulin-gazette": ["fr-moulin-messager"],
    "ar-souq-marfa": "root",
    "ar-souq-wadi": ["ar-souq-marfa"],
    "zh-ferry-qinglan": "root",
    "zh-ferry-wanbao": ["zh-ferry-qinglan"],
    "ja-clock-kirihama": "root",
    "ja-clock-shirasagi": ["ja-clock-kirihama"],
}

INDEPENDENT = [
    (  # one accident
        ["ferry-islander"],
        [
            "ferry-wire",
            "ferry-ledger",
            "ferry-courier",
            "ferry-beacon",
            "ferry-wire-update",
            "ferry-post",
            "ferry-argus",
        ],
    ),
    (["river-weekly"], ["river-post", "river-argus"]),  # one flood
    (["orchard-ledger"], ["orchard-notes", "orchard-herald", "orchard-post", "orchard-courier"]),
    (["swifts-ledger"], ["swifts-weekly"]),  # one topic
]
