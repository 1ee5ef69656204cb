# A page for a browser: whole, of one file, and true to the texts, also where
# these are HTML or no text at all.
stories=$CORPUS/newsroom/stories
printf '<script>alert(1)</script>\r\n&amp; \033[31m\001 "x" %s\n' \
  "$(cat "$stories/ferry-wire.txt")" >'a <b>.txt'
cp "$stories/ferry-post.txt" b.txt
"$WIRECOPY" compare --format html -o view.html 'a <b>.txt' b.txt
ls
python3 - <<'END'
import html.parser

class Page(html.parser.HTMLParser):
    """Collects what a browser would show in the two texts."""

    VOID = ("meta", "br", "link", "img")

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.ids, self.links = [], [], set(), []
        self.scripts = self.passages = 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert "src" not in attributes, attributes
        if tag in self.VOID:
            return
        self.open.append((tag, attributes.get("class")))
        self.scripts += tag == "script"
        self.passages += tag == "tr" and "data-p" in attributes
        if self.open[-1] == ("div", "text"):
            self.texts.append("")
        if "id" in attributes:
            assert attributes["id"] not in self.ids
            self.ids.add(attributes["id"])
        if "href" in attributes:
            self.links.append(attributes["href"])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, tag

    def handle_data(self, data):
        if ("div", "text") in self.open and self.open[-1] != ("a", "n"):
            self.texts[-1] += data

source = open("view.html", encoding="utf-8", newline="").read()
page = Page()
page.feed(source)
assert not page.open and page.scripts == 1
assert all(link[1:] in page.ids for link in page.links), page.links
print(page.passages, "passages,", len(page.links), "links")
for name, text in zip(("a <b>.txt", "b.txt"), page.texts):
    expected = open(name, encoding="utf-8", newline="").read()
    expected = expected.replace("\r\n", "\n")
    expected = expected.replace("\033", "\u241b").replace("\1", "\u2401")
    print(name, "is shown as it is:", text == expected)
print("outside resources:", any(
    part in source.split("</style>")[0] for part in ("url(", "@import")))
END
echo "-- without passages, to standard output"
printf 'one two three\n' >c.txt
"$WIRECOPY" compare --format html c.txt b.txt | grep -E '<(title|p )|Place'
