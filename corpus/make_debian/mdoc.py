"""mdoc(7), the BSD macros of manual pages, to plain text. See roff.py."""
import re

ARGUMENT = re.compile(r'"((?:[^"]|"")*)"?|((?:[^\s\\]|\\.|\\$)+)')
ENCLOSE = {"Op": "[]", "Bq": "[]", "Pq": "()", "Brq": "{}", "Aq": "<>", "Dq": '""', "Qq": '""',
           "Sq": "''", "Ql": "''"}
OPEN = {"Oo": "[", "Bo": "[", "Po": "(", "Bro": "{", "Ao": "<", "Do": '"', "Qo": '"', "So": "'"}
CLOSE = {"Oc": "]", "Bc": "]", "Pc": ")", "Brc": "}", "Ac": ">", "Dc": '"', "Qc": '"', "Sc": "'"}
PLAIN = {"Ar", "Cm", "Em", "Sy", "Li", "Pa", "Va", "Vt", "Ev", "Dv", "Er", "Fa", "Fn", "Ft", "Ic",
         "No", "Tn", "An", "Ad", "Ms", "Nd", "Lk", "Mt", "In", "Cd", "Dl", "D1", "Fd", "%T", "%A",
         "%D", "%B", "%N", "%P", "%J", "%R", "%O", "%I", "%Q", "%C", "%U", "%V"}
SYSTEMS = {"Ux": "UNIX", "Bx": "BSD", "Fx": "FreeBSD", "Nx": "NetBSD", "Ox": "OpenBSD",
           "Dx": "DragonFly", "Bsx": "BSD/OS", "At": "AT&T UNIX"}
IGNORED = {"Dd", "Os", "Rs", "Re", "Ef", "Bf", "Sm", "Bk", "Ek", "Ta", "Xo", "Xc", "Fo", "Fc", "Ns",
           "Ap", "Pf", "Hf", "Tg", "nr", "ds", "ad", "hy", "nh", "na", "ne", "ie", "el", "if"}
GLUE = "\0"


class Line:
    """One macro line, turned into words; GLUE between two words takes the blank away."""

    def __init__(self, name, plain):
        self.name, self.plain, self.words = name, plain, []

    def run(self, arguments):
        at, flag = 0, ""
        while at < len(arguments):
            word = arguments[at]
            at += 1
            if word in ENCLOSE:
                rest, tail = arguments[at:], []
                while rest and re.fullmatch(r"[.,;:?!]", rest[-1]):
                    tail.insert(0, rest.pop())
                self.words += [ENCLOSE[word][0], GLUE]
                self.run(rest)
                self.words += [GLUE, ENCLOSE[word][1]]
                self.run(tail)
                return
            if word in OPEN:
                self.words += [OPEN[word], GLUE]
            elif word in CLOSE:
                self.words += [GLUE, CLOSE[word]]
            elif word == "Ns":
                self.words.append(GLUE)
            elif word == "Ap":
                self.words += [GLUE, "'", GLUE]
            elif word == "Pf" and at < len(arguments):
                self.words += [self.plain(arguments[at]), GLUE]
                at += 1
            elif word == "Xr" and at < len(arguments):
                section = arguments[at + 1] if at + 1 < len(arguments) else ""
                self.words.append(arguments[at] + (f"({section})" if section[:1].isdigit() else ""))
                at += 2 if section[:1].isdigit() else 1
            elif word == "Nm":
                following = arguments[at] if at < len(arguments) else ""
                if not following or re.fullmatch(r"\W", following) or following in ENCLOSE:
                    self.words.append(self.name)
            elif word == "Fl":
                if at == len(arguments) or arguments[at] in PLAIN:
                    self.words += ["-", GLUE]
                flag = "-"
                continue
            elif word in SYSTEMS:
                self.words.append(SYSTEMS[word])
            elif word not in PLAIN and word not in IGNORED:
                self.word(self.plain(word), flag)
                continue
            flag = ""

    def word(self, word, flag):
        if re.fullmatch(r"[.,;:?!)\]]", word):
            self.words += [GLUE, word]
        elif re.fullmatch(r"[(\[]", word):
            self.words += [word, GLUE]
        elif word == "|" or not flag:
            self.words.append(word)
        else:
            self.words.append(flag + word)

    def text(self):
        return re.sub(rf" ?{GLUE} ?", "", " ".join(self.words).strip())


class Page:
    def __init__(self, plain):
        self.plain, self.name, self.title = plain, "", None
        self.paragraphs, self.current = [], []
        self.literal = self.own_line = False

    def add(self, text):
        if not text.strip():
            return
        if self.current and not self.literal and not self.own_line:
            glued = re.fullmatch(r"[.,;:?!)\]]+", text)
            self.current[-1] += ("" if glued else " ") + text.strip()
        else:
            self.current.append(text)
        self.own_line = False

    def end(self):
        if self.current:
            self.paragraphs.append("\n".join(self.current))
        self.current, self.own_line = [], False

    def macro(self, name, arguments):
        if name == "Dt":
            self.title = "{}({})".format(*arguments[:2]) if len(arguments) > 1 else None
        elif name in ("Sh", "Ss"):
            self.end()
            self.add(self.plain(" ".join(arguments)))
            self.end()
        elif name in ("Pp", "Lp", "El", "sp"):
            self.end()
        elif name in ("Bd", "Bl"):
            self.end()
            self.literal = name == "Bd" and bool({"-literal", "-unfilled"} & set(arguments))
        elif name == "Ed":
            self.end()
            self.literal = False
        elif name == "br":
            self.own_line = True
        elif name == "It":
            self.end()
            self.inline(arguments)
            self.own_line = bool(self.current)
        elif name not in IGNORED or name in ("Ns", "Ap", "Pf"):
            if name == "Nm" and not self.name and arguments:
                self.name = arguments[0]
            if name == "Nd":
                self.add("\u2013")
            if name in ("D1", "Dl"):
                self.own_line = True
            self.inline([name, *arguments])

    def inline(self, arguments):
        line = Line(self.name, self.plain)
        line.run(arguments)
        self.add(line.text())


def mdoc_text(lines, plain):
    """Title and text of an mdoc page; `plain` resolves the escapes of a line."""
    page = Page(plain)
    for line in lines:
        if line[:1] in (".", "'"):
            line = re.sub(r'(?<!\\)\\["#].*', "", line[1:]).strip()
            found = [(a.replace('""', '"') or b) for a, b in ARGUMENT.findall(line)]
            if found:
                page.macro(found[0], found[1:])
        elif line.strip():
            page.add(plain(line))
        else:
            page.end()
    page.end()
    return page.title, "\n\n".join(page.paragraphs)
