"""An article: paragraphs of pieces (text between blanks), where every word has a number.

A word that is copied keeps its number, whatever is done around it, and a word that an edit brings
in gets a new one. So what two articles share is known, not searched for.
"""
import itertools

import words

SHINGLE = 5
BOILERPLATE = 1 << 20  # numbers below it are words of mastheads and footers


class Numbers:
    """Gives each piece the number of its first word; the others follow."""

    def __init__(self, first=BOILERPLATE):
        self.next = first

    def take(self, piece):
        number = self.next
        self.next += len(words.words_of(piece))
        return number

    def paragraph(self, text):
        pieces = text.split()
        return Paragraph(pieces, [self.take(piece) for piece in pieces])


class Paragraph:
    __slots__ = ("pieces", "numbers")

    def __init__(self, pieces, numbers):
        self.pieces, self.numbers = pieces, numbers

    def copy(self):
        return Paragraph(self.pieces[:], self.numbers[:])

    def part(self, begin, end):
        return Paragraph(self.pieces[begin:end], self.numbers[begin:end])

    def count(self):
        return sum(len(words.words_of(piece)) for piece in self.pieces)


class Article:
    __slots__ = ("id", "publisher", "time", "published", "body", "around", "hidden", "parents",
                 "origin", "edits", "clock", "_layout", "status")

    def __init__(self, name, publisher, time, body, around):
        self.id, self.publisher, self.time, self.body = name, publisher, time, body
        self.around = around  # the paragraphs before and after the body
        self.published = self.clock = self.origin = self._layout = None
        self.hidden, self.parents, self.edits, self.status = False, [], [], "root"

    def paragraphs(self):
        return [*self.around[0], *self.body, *self.around[1]]

    def text(self):
        return self._layout.text if self._layout else joined(self.paragraphs())

    def layout(self):
        if self._layout is None:
            self._layout = Layout(self.paragraphs())
        return self._layout

    def forget(self):
        """Lets go of what can be made again."""
        self._layout = None

    def numbers(self):
        """The numbers of all words of the body."""
        return {
            number + k
            for paragraph in self.body
            for piece, number in zip(paragraph.pieces, paragraph.numbers)
            for k in range(len(words.words_of(piece)))
        }


def joined(paragraphs):
    return "\n\n".join(" ".join(paragraph.pieces) for paragraph in paragraphs)


class Layout:
    """An article's text, and its words with their places and numbers."""

    def __init__(self, paragraphs):
        self.text = joined(paragraphs)
        self.words, self.numbers, self.begins, self.ends = [], [], [], []
        add_word, add_number = self.words.append, self.numbers.append
        add_begin, add_end, words_of = self.begins.append, self.ends.append, words.words_of
        at = 0
        for paragraph in paragraphs:
            for piece, number in zip(paragraph.pieces, paragraph.numbers):
                for word, begin, end in words_of(piece):
                    add_word(word)
                    add_number(number)
                    add_begin(at + begin)
                    add_end(at + end)
                    number += 1
                at += len(piece) + 1
            at += 1
        self._place = self._shingles = None

    def place(self):
        """Where each numbered word stands."""
        if self._place is None:
            self._place = {number: at for at, number in enumerate(self.numbers)}
        return self._place

    def shingles(self):
        if self._shingles is None:
            shifted = (itertools.islice(self.words, k, None) for k in range(SHINGLE))
            self._shingles = set(zip(*shifted)) or {tuple(self.words)}
        return self._shingles
