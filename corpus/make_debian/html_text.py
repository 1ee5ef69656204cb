"""Web pages to plain text: a block is a paragraph, preformatted text keeps its lines."""
import html
import re

HIDDEN = {"script", "style", "template", "svg", "noscript", "iframe", "object", "select"}
BLOCKS = {
    "p", "div", "section", "article", "aside", "header", "footer", "nav", "main", "h1", "h2", "h3",
    "h4", "h5", "h6", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "caption", "blockquote",
    "pre", "form", "fieldset", "figure", "figcaption", "address", "hr", "body", "center", "details",
    "summary", "li", "dd",
}
LINES = {"br", "tr", "dt", "option"}  # a new line where they begin
CELLS = {"td", "th"}
BLANKS = re.compile(r"[ \t\n\r\f]+")


# Faster than html.parser, and as forgiving: what is not closed ends with the page.
TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)
        (?: (?:[^<>"']++|"[^"]*+"|'[^']*+')*+ > | [^<>]*+ > )
      | <[!?][^>]*>""",
    re.X | re.S,
)


class Reader:
    def __init__(self):
        self.title, self.out = [], []
        self.hidden = None  # the tag whose content is being left out
        self.depth = 0
        self.in_title, self.preformatted = False, 0

    def read(self, source):
        at = 0
        for match in TAG.finditer(source):
            if match.start() > at:
                self.text(source[at:match.start()])
            at = match.end()
            if match["name"]:
                self.tag(match["name"].lower(), bool(match["end"]), match[0].endswith("/>"))
        self.text(source[at:])

    def tag(self, name, closing, empty):
        if self.hidden:
            if name == self.hidden and not empty:
                self.depth += -1 if closing else 1
                if not self.depth:
                    self.hidden = None
        elif name in HIDDEN:
            if not closing and not empty:
                self.hidden, self.depth = name, 1
        elif name == "title":
            self.in_title = not closing and not empty
        else:
            if name == "pre" and not empty:
                self.preformatted = max(0, self.preformatted + (-1 if closing else 1))
            if not (closing and name in LINES):
                self.separate(name)

    def separate(self, name):
        if name in BLOCKS:
            self.out.append("\n\n")
        elif name in LINES:
            self.out.append("\n")
        elif name in CELLS and self.out and not self.out[-1].endswith(("\n", " ")):
            self.out.append(" ")

    def text(self, data):
        if self.hidden or not data:
            return
        if "&" in data:
            data = html.unescape(data)
        if self.in_title:
            self.title.append(data)
        elif self.preformatted:
            self.out.append(data)
        else:
            data = BLANKS.sub(" ", data)
            if self.out and self.out[-1][-1:] in (" ", "\n"):
                data = data.lstrip(" ")
            if data:
                self.out.append(data)


def html_text(source):
    """The title or None, and the text of a page."""
    reader = Reader()
    reader.read(source)
    text = re.sub(r"[ \t\r]+\n", "\n", "".join(reader.out))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return " ".join("".join(reader.title).split()) or None, text.strip()
