"""Grows families: an original and its copies, and the copies' copies."""
import datetime

import article
import edits
import publishers

FIRST = int(datetime.datetime(2015, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
LAST = int(datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
DAY = 86_400
RECENT = 64  # articles of other families that can be quoted or copied from

# How often a copy that is not plain has undergone each edit. Several may come together.
EDITS = {
    "excerpt": 0.08, "trim": 0.40, "move": 0.15, "reword": 0.60, "typography": 0.30, "lead": 0.15,
    "quotation": 0.08, "second_parent": 0.04, "update": 0.04,
}
SHARES = EDITS | {
    "plain": 0.35,  # copies that are whole, with a word changed here or there
    "from_copy": 0.4,  # copies that are made from another copy, not from the original
    "absent_root": 0.1,  # families whose original is not in the corpus
    "no_date": 0.03,
    "wrong_date": 0.02,
    "late": 0,  # wrong dates that are too late, not too early
    "second_in_family": 0,  # copies that took paragraphs from a second article of their family
    "cut": 0,  # articles that are cut in the archive, after they were copied
    "single_quotes": 0.05,  # unrelated articles that quote one
}
PLAIN_RATE = 0.002


class Grower:
    """Makes articles. Whatever is random comes from `rng`, whatever is text from `pool`."""

    def __init__(self, rng, pool, identify, shares=SHARES, edited=None):
        """`edited`: words that a copy changes, on average; None: as edits.RATES has it."""
        self.rng, self.pool, self.identify = rng, pool, identify
        self.shares, self.edited = shares, edited
        self.publishers = publishers.publishers()
        self.numbers = article.Numbers()
        self.around = self.boilerplate()
        self.recent = []
        self.missed = 0  # leads and updates for which no paragraph was left

    def boilerplate(self):
        """Paragraphs before and after the text, by publisher; words that are shared have one
        number."""
        numbers, given = article.Numbers(first=0), {}

        def number(piece, origin):
            if origin not in given:
                given[origin] = numbers.take(piece)
            return given[origin]

        def paragraphs(parts):
            return [
                article.Paragraph([piece for piece, _ in part], [number(*pair) for pair in part])
                for part in parts
            ]

        return [(paragraphs(p.masthead), paragraphs(p.footer)) for p in self.publishers]

    def some(self, name):
        """Whether it happens this time. What never does takes no random number."""
        return self.shares[name] > 0 and self.rng.random() < self.shares[name]

    # -- articles

    def article(self, body, time, publisher, may_be_wrong=False):
        made = article.Article(self.identify(), publisher, time, body, self.around[publisher])
        self.date(made, may_be_wrong)
        return made

    def date(self, made, may_be_wrong):
        """Only copies have wrong clocks, so that each one is told of in parents.jsonl."""
        shift = 0
        if self.some("no_date"):
            made.published, made.clock = None, "missing"
            return
        if may_be_wrong and self.some("wrong_date"):
            made.clock = "wrong"
            late = self.some("late")
            shift = self.rng.randint(1, 30) * DAY if late else -self.rng.randint(30, 1500) * DAY
        zone = datetime.timezone(datetime.timedelta(hours=self.publishers[made.publisher].zone))
        made.published = datetime.datetime.fromtimestamp(made.time + shift, zone).isoformat()

    def original(self):
        body = [self.numbers.paragraph(text) for text in self.pool.article()]
        publisher = self.rng.randrange(len(self.publishers))
        return self.article(body, self.rng.randrange(FIRST, LAST), publisher)

    def single(self):
        """An article that belongs to no family; a few quote another one."""
        made = self.original()
        quoted = self.quote(made) if self.some("single_quotes") else None
        self.remember(made)
        return made, quoted

    def remember(self, made):
        if len(self.recent) < RECENT:
            self.recent.append(made)
        else:
            self.recent[self.rng.randrange(RECENT)] = made

    def earlier(self, made):
        """An article of another family that `made` may have used, or None."""
        if not self.recent:
            return None
        found = self.recent[self.rng.randrange(len(self.recent))]
        return found if found.time < made.time and found is not made else None

    # -- copies

    def family(self, count):
        """`count` articles that stay in the corpus, and (copy, quoted article) of the quotations.

        A parent stands before its copies; the original comes first, if it is in the corpus.
        """
        root = self.original()
        root.hidden = count > 1 and self.some("absent_root")
        root.origin = root
        members, quotations = [root], []
        while len(members) < count + root.hidden:
            parent = root
            if len(members) > 1 and self.some("from_copy"):
                parent = members[self.rng.randrange(1, len(members))]
            copy, quoted = self.copy(parent)
            if self.some("second_in_family"):
                self.add_parent(copy, self.relative(copy, members))
            members.append(copy)
            if quoted:
                quotations.append((copy, quoted))
        shown = members[root.hidden :]
        for made in shown:
            if self.some("cut"):
                edits.cut(rng=self.rng, body=made.body)
                made.edits.append("cut")
        self.remember(shown[0])
        if len(shown) > 1:
            self.remember(shown[self.rng.randrange(1, len(shown))])
        return shown, quotations

    def copy(self, parent):
        rng = self.rng
        time = parent.time + 60 + int(rng.expovariate(1 / (2 * DAY)))
        update = not parent.hidden and self.some("update")
        publisher = parent.publisher if update else self.other_publisher(parent.publisher)
        body = [paragraph.copy() for paragraph in parent.body]
        made = self.article(body, time, publisher, may_be_wrong=True)
        made.parents, made.origin = [parent], parent.origin
        made.status = "hidden_source" if parent.hidden else "copy"
        quoted = None
        if update:
            made.edits.append("update")
            self.add_paragraph(made, rng.randint(1, len(body)))
        elif self.some("plain"):
            self.reword(made, PLAIN_RATE)
            return made, None
        else:
            self.shorten(made)
        self.retouch(made)
        if not update and self.some("quotation"):
            quoted = self.quote(made)
        if not update and not parent.hidden and self.some("second_parent"):
            source = self.earlier(made)
            if source is not quoted:
                self.add_parent(made, source)
        if self.some("typography"):
            edits.typography(rng, body)
            made.edits.append("typography")
        return made, quoted

    def other_publisher(self, number):
        found = self.rng.randrange(len(self.publishers) - 1)
        return found + (found >= number)

    def shorten(self, made):
        for name, edit in (("excerpt", edits.excerpt), ("trim", edits.trim), ("move", edits.move)):
            if self.some(name):
                edit(self.rng, made.body)
                made.edits.append(name)

    def retouch(self, made):
        if self.edited is not None:
            self.reword(made, None)
        elif self.some("reword"):
            self.reword(made, edits.RATES[self.rng.randrange(len(edits.RATES))])
        if "update" not in made.edits and self.some("lead"):
            if self.add_paragraph(made, 0):
                made.edits.append("lead")

    def reword(self, made, rate):
        """Changes words, so many of all; or as many on average as copies change at all."""
        if self.edited is not None:
            rate = self.edited / edits.size(made.body)
            count = edits.reword(self.rng, made.body, self.numbers, rate) if rate else 0
            made.edits.append(f"words {count}")
        else:
            edits.reword(self.rng, made.body, self.numbers, rate)
            made.edits.append(f"reword {rate}")

    def add_paragraph(self, made, at):
        text = self.pool.paragraph()
        if text is None:
            self.missed += 1
            return False
        made.body.insert(at, self.numbers.paragraph(text))
        return True

    def quote(self, made):
        source = self.earlier(made)
        if source is None:
            return None
        name = self.publishers[source.publisher].name
        paragraph = edits.quotation(self.rng, source, name, self.numbers)
        if paragraph is None or not made.numbers().isdisjoint(paragraph.numbers):
            return None
        made.body.insert(self.rng.randint(1, len(made.body)), paragraph)
        made.edits.append("quotation")
        return source

    def relative(self, made, members):
        """An article of the family that `made` may have used besides its parent, or None."""
        found = members[self.rng.randrange(len(members))]
        usable = not found.hidden and not made.parents[0].hidden and found.time < made.time
        return found if usable and found is not made.parents[0] else None

    def add_parent(self, made, source):
        """Paragraphs of another article, put at the end."""
        if source is None:
            return
        length = self.rng.randint(1, 3)
        begin = self.rng.randint(0, max(0, len(source.body) - length))
        block = [paragraph.copy() for paragraph in source.body[begin : begin + length]]
        have = made.numbers()
        if edits.size(block) < edits.LEAST or any(
            not have.isdisjoint(paragraph.numbers) for paragraph in block
        ):
            return
        made.body += block
        made.parents.append(source)
        made.edits.append("second parent")
