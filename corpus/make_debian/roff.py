"""Manual pages to plain text, without groff: a page takes about a millisecond.

It knows man(7), what pod2man, docbook and tbl(1) make of it, and leaves mdoc(7) to mdoc.py. It does
not lay out: a paragraph is one line, a tag of a list is a line of its own, and what a page defines
for itself (macros, registers) is skipped.
"""
import re

import mdoc

GLYPHS = {
    "em": "\u2014", "en": "\u2013", "hy": "-", "aq": "'", "dq": '"', "oq": "\u2018", "cq": "\u2019",
    "lq": "\u201c", "rq": "\u201d", "bu": "\u2022", "co": "\u00a9", "rg": "\u00ae", "tm": "\u2122",
    "rs": "\\", "ti": "~", "ha": "^", "ga": "`", "aa": "\u00b4", "->": "\u2192", "<-": "\u2190",
    "ua": "\u2191", "da": "\u2193", "mu": "\u00d7", "di": "\u00f7", "+-": "\u00b1", "<=": "\u2264",
    ">=": "\u2265", "!=": "\u2260", "==": "\u2261", "mi": "-", "pl": "+", "eq": "=", "ul": "_",
    "ru": "_", "sl": "/", "ba": "|", "br": "|", "bv": "|", "or": "|", "at": "@", "sh": "#",
    "Do": "$", "lB": "[", "rB": "]", "lC": "{", "rC": "}", "la": "<", "ra": ">", "Fo": "\u00ab",
    "Fc": "\u00bb", "fo": "\u2039", "fc": "\u203a", "ss": "\u00df", "ae": "\u00e6", "AE": "\u00c6",
    "oe": "\u0153", "/o": "\u00f8", "/O": "\u00d8", "sc": "\u00a7", "dg": "\u2020", "de": "\u00b0",
    "mc": "\u00b5", "*m": "\u03bc", "*p": "\u03c0", "*a": "\u03b1", "*b": "\u03b2", "*W": "-",
    "12": "\u00bd", "14": "\u00bc", "34": "\u00be", "if": "\u221e", "eu": "\u20ac", "Eu": "\u20ac",
}
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", ":": "\u0308", "~": "\u0303", ",": "\u0327"}
STRINGS = {"lq": "\u201c", "rq": "\u201d", "L\"": '"', "R\"": '"', "C`": "", "C'": "", "C+": "C++",
           "Aq": "'", "--": "--", "R": "\u00ae", "Tm": "\u2122", "PI": "pi"}
NO_BREAK = "\0"  # \c: the next line goes on without a blank

ESCAPE = re.compile(
    r"""\\(?:
    (?P<comment>["\#].*)
  | [fFmMgY](?:\[[^\]]*\]|\(..|.)
  | s(?:\[[^\]]*\]|'[^']*'|\([0-9]{2}|[-+]?[1-3]?[0-9])
  | (?:\((?P<pair>..)|\[(?P<long>[^\]]*)\])
  | \*(?:\[(?P<string>[^\]]*)\]|\((?P<string2>..)|(?P<string1>.))
  | n[-+]?(?:\[[^\]]*\]|\(..|.)
  | [hvwblLDNRSHXBAZCxoz]'[^']*'
  | k(?:\(..|\[[^\]]*\]|.)
  | (?P<one>.)
  | $
  )""",
    re.X,
)
SINGLES = {"-": "-", "e": "\\", "\\": "\\", " ": " ", "~": " ", "0": " ", "t": "\t", "c": NO_BREAK,
           "'": "'", "`": "`", ".": ".", "_": "_", "E": "\\", '"': '"'}
ARGUMENT = re.compile(r'"((?:[^"]|"")*)"?|((?:[^\s\\]|\\.|\\$)+)')
CONDITION = re.compile(r"(\((?:[^()]|\([^()]*\))*\)\S*|'[^']*'[^']*'|\S+?(?=\\\{)|\S+)\s*")

BREAKS = {"PP", "P", "LP", "HP", "sp", "Sp", "Pp", "RS", "RE", "bp", "BS", "BE", "QP", "YS"}
LITERAL = {"nf": True, "EX": True, "Vb": True, "CS": True, "DS": True,
           "fi": False, "EE": False, "Ve": False, "CE": False, "DE": False}
FONTS = {"BR", "BI", "IR", "IB", "RB", "RI"}
WORDS = {"B", "I", "R", "SM", "SB", "AP", "UR", "MT", "CW", "SY"}


def glyph(name):
    if name in GLYPHS:
        return GLYPHS[name]
    if len(name) == 2 and name[0] in ACCENTS and name[1].isalpha():
        return name[1] + ACCENTS[name[0]]
    if match := re.fullmatch(r"u([0-9A-F]{4,6})", name):
        code = int(match[1], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if match := re.fullmatch(r"char(\d{1,3})", name):
        return chr(int(match[1]))
    return ""


class Page:
    """Reads a man(7) page line by line into paragraphs."""

    def __init__(self, source):
        self.lines = re.sub(r"(?<!\\)\\\n", "", source).split("\n")
        self.at = 0
        self.title = None
        self.strings = dict(STRINGS)
        self.paragraphs, self.current = [], []  # current: the lines of the open paragraph
        self.joining = False  # the next line belongs to the last one of `current`
        self.literal = False
        self.tag = False  # the next line is the tag of a list
        self.otherwise = False  # an .ie was false, so that its .el holds

    # -- text

    def plain(self, line):
        return ESCAPE.sub(self.unescape, line) if "\\" in line else line

    def unescape(self, match):
        if (one := match["one"]) is not None:
            return SINGLES.get(one, "")
        for group in ("pair", "long"):
            if match[group]:
                return glyph(match[group])
        for group in ("string", "string2", "string1"):
            if match[group]:
                return self.strings.get(match[group], "")
        return ""

    def add(self, line):
        if not line.strip():
            return
        if self.current and self.current[-1].endswith(NO_BREAK):
            self.current[-1] = self.current[-1][:-1] + line
        elif self.literal or not self.joining or not self.current:
            self.current.append(line if self.literal else line.strip())
        else:
            self.current[-1] += " " + line.strip()
        self.joining = not self.tag
        self.tag = False

    def end(self):
        """Closes the paragraph."""
        text = "\n".join(self.current).replace(NO_BREAK, "").strip("\n")
        if text.strip():
            self.paragraphs.append(text)
        self.current, self.joining, self.tag = [], False, False

    # -- requests

    def skip_until(self, name):
        """Skips the lines up to the request `name`; that of ".." is "."."""
        end = re.compile(r"[.']\s*" + re.escape(name) + r"\s*")
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if end.fullmatch(line):
                return

    def condition(self, name, rest):
        """.if, .ie and .el: this is nroff with groff's extensions; any other test is false."""
        if name == "el":
            holds, self.otherwise = self.otherwise, False
        else:
            match = CONDITION.match(rest)
            test = match[1] if match else ""
            rest = rest[match.end():] if match else ""
            holds = test in ("n", "!t", r"\n(.g", r"\n[.g]")
            if name == "ie":
                self.otherwise = not holds
        if holds:
            rest = rest.strip().removeprefix("\\{").removeprefix("\\").strip()
            if rest:
                self.line(rest)
            return
        depth = rest.count("\\{") - rest.count("\\}")
        while depth > 0 and self.at < len(self.lines):
            depth += self.lines[self.at].count("\\{") - self.lines[self.at].count("\\}")
            self.at += 1

    def table(self):
        """tbl(1): the rows as lines, their cells parted by two blanks."""
        self.end()
        tab, form, in_block, rows = "\t", True, False, []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line.startswith(".TE"):
                break
            if form:
                if match := re.search(r"tab\s*\((.)\)", line):
                    tab = match[1]
                form = not line.rstrip().endswith(".")
            elif line.startswith(".T&"):
                form = True
            elif line[:1] in (".", "'") or line.strip() in ("", "_", "="):
                continue
            else:
                goes_on, in_block = in_block, line.endswith("T{") or (
                    in_block and not line.startswith("T}"))
                cells = [re.sub(r"^T\}|T\{$", "", self.plain(c)).strip() for c in line.split(tab)]
                row = "  ".join(c for c in cells if c)
                if goes_on and rows:
                    rows[-1] += ("  " if line.startswith("T}") else " ") * bool(rows[-1]) + row
                else:
                    rows.append(row)
        self.current = [row for row in rows if row.strip()]
        self.end()

    def request(self, name, rest):
        if name in ("if", "ie", "el"):
            self.condition(name, rest)
        elif name in ("de", "de1", "am", "dei", "ami"):
            self.skip_until(".")
        elif name == "ig":
            self.skip_until(rest.strip() or ".")
        elif name == "EQ":
            self.skip_until("EN")
        elif name == "TS":
            self.table()
        elif name in ("ds", "as"):
            key, _, value = rest.strip().partition(" ")
            value = value.strip().removeprefix('"')
            self.strings[key] = self.plain(value)
        elif name in LITERAL:
            if not self.literal or not LITERAL[name]:
                self.end()
            self.literal = LITERAL[name]
        elif name in BREAKS:
            self.end()
        elif name == "br":
            self.joining = False
        else:
            self.macro(name, [(a.replace('""', '"') or b) for a, b in ARGUMENT.findall(rest)])

    def macro(self, name, arguments):
        arguments = [self.plain(a) for a in arguments]
        if name == "TH":
            self.title = "({})".format(arguments[1]) if len(arguments) > 1 else ""
            self.title = (arguments[0] if arguments else "") + self.title
        elif name in ("SH", "SS"):
            self.end()
            self.literal = False
            if arguments:
                self.add(" ".join(arguments))
                self.end()
            else:
                self.tag = True
        elif name in ("TP", "TQ"):
            if name == "TP":
                self.end()
            self.joining, self.tag = False, True
        elif name == "IP":
            self.end()
            if arguments and arguments[0].strip():
                self.tag = True
                self.add(arguments[0])
        elif name in FONTS:
            self.add("".join(arguments))
        elif name in WORDS:
            self.add(" ".join(arguments))
        elif name == "MR" and arguments:
            section, tail = (arguments[1:] + ["", ""])[:2]
            self.add(f"{arguments[0]}({section}){tail}")
        elif name in ("URL", "MTO") and arguments:
            address, shown, tail = (arguments + ["", ""])[:3]
            self.add((f"{shown} <{address}>" if shown else f"<{address}>") + tail)
        elif name == "OP":
            self.add("[" + " ".join(arguments) + "]")

    def line(self, line):
        if line[:1] in (".", "'"):
            line = re.sub(r'(?<!\\)\\["#].*', "", line)
            match = re.match(r"[.']\s*([^\s\\]*)\s*(.*)", line)
            if match and match[1]:
                self.request(match[1], match[2])
            return
        if not line.strip():
            self.end()
            return
        if line[0] in " \t" and not self.literal:
            self.joining = False  # a leading blank breaks the line
        self.add(self.plain(line))

    def read(self):
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            self.line(line)
        self.end()
        return self.title, "\n\n".join(self.paragraphs)


def man_text(source):
    """The title, NAME(SECTION) or None, and the text of a manual page; "" for a page that only
    sends on to another one (.so)."""
    source = source.replace("\r", "").replace("\0", "")
    page = Page(source)
    if re.search(r"^\.\s*Dd\b", source, re.M) and re.search(r"^\.\s*Sh\b", source, re.M):
        return mdoc.mdoc_text(page.lines, page.plain)
    return page.read()
