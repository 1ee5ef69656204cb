"""What a copier does to a text. Each edit changes the list of paragraphs that it is given."""
import re

import article
import publishers
import words

CORE = re.compile(r"^(\W*)(.*?)(\W*)$", re.S)
SENTENCE_END = re.compile(r"""[.!?]["'\u201d\u2019)]*$""")
RATES = (0.003, 0.01, 0.02, 0.05, 0.1, 0.2)  # words edited, of all
LEAST = 25  # words that a text keeps


def size(body):
    return sum(len(paragraph.pieces) for paragraph in body)


def sentences(paragraph):
    """(begin, end) of the sentences, in pieces."""
    begin = 0
    for at, piece in enumerate(paragraph.pieces):
        following = paragraph.pieces[at + 1 : at + 2]
        if not following or (
            SENTENCE_END.search(piece) and following[0].strip("\"'\u201c(")[:1].isupper()
        ):
            yield begin, at + 1
            begin = at + 1


def trim(rng, body):
    """Leaves out paragraphs at the end or the beginning, or the ends of paragraphs."""
    way, before = rng.random(), body[:]
    if way < 0.55 and len(body) > 1:
        del body[-rng.randint(1, max(1, len(body) // 2)) :]
    elif way < 0.7 and len(body) > 1:
        del body[0]
    else:
        for at, paragraph in enumerate(body):
            ends = list(sentences(paragraph))
            if len(ends) > 1 and rng.random() < 0.5:
                body[at] = paragraph.part(0, ends[-2][1])
    if size(body) < LEAST:
        body[:] = before


def excerpt(rng, body):
    """Keeps one to three paragraphs that follow each other."""
    length = rng.randint(1, 3)
    begin = rng.randint(0, max(0, len(body) - length))
    if size(body[begin : begin + length]) >= LEAST:
        body[:] = body[begin : begin + length]


def move(rng, body):
    """Puts one or two paragraphs elsewhere."""
    if len(body) > 1:
        length = rng.randint(1, min(2, len(body) - 1))
        begin = rng.randint(0, len(body) - length)
        block = body[begin : begin + length]
        del body[begin : begin + length]
        places = [at for at in range(len(body) + 1) if at != begin]
        at = places[rng.randrange(len(places))]
        body[at:at] = block


def plain_words(piece):
    return [word for word, _, _ in words.words_of(piece)]


def cut(rng, body):
    """Ends the text somewhere between its third and its last words."""
    words_left = max(LEAST, round(size(body) * rng.uniform(0.3, 0.8)))
    for at, paragraph in enumerate(body):
        if len(paragraph.pieces) >= words_left:
            body[at:] = [paragraph.part(0, words_left)]
            return
        words_left -= len(paragraph.pieces)


def reword(rng, body, numbers, rate):
    """Replaces, leaves out and puts in words, which come from the article itself. Returns how
    many times."""
    changes = 0
    stock = [piece for paragraph in body for piece in paragraph.pieces]
    for paragraph in body:
        pieces, kept = [], []
        for piece, number in zip(paragraph.pieces, paragraph.numbers):
            way = rng.random() / rate
            if way >= 1 or not words.words_of(piece):
                pieces.append(piece)
                kept.append(number)
                continue
            before, core, after = CORE.match(piece).groups()
            other = CORE.match(stock[rng.randrange(len(stock))])[2]
            if core[:1].isupper():
                other = other[:1].upper() + other[1:]
            if way < 0.6 and other and plain_words(other) != plain_words(core):
                pieces.append(before + other + after)
                kept.append(numbers.take(pieces[-1]))
                changes += 1
            elif 0.6 <= way < 0.8 and not after and not before:
                changes += 1
                continue  # left out
            else:
                pieces.append(piece)
                kept.append(number)
                if way >= 0.8 and other and not after:
                    pieces.append(other)
                    kept.append(numbers.take(other))
                    changes += 1
        if pieces:
            paragraph.pieces, paragraph.numbers = pieces, kept
    return changes


def quotation(rng, source, name, numbers):
    """A paragraph that quotes one or two sentences of another article; None where none is fit."""
    paragraph = source.body[rng.randrange(len(source.body))]
    spans = list(sentences(paragraph))
    first = rng.randrange(len(spans))
    last = min(len(spans) - 1, first + rng.randint(0, 1))
    part = paragraph.part(spans[first][0], spans[last][1])
    if not 12 <= part.count() <= 80:
        return None
    curly = rng.random() < 0.5
    part.pieces[0] = ("\u201c" if curly else '"') + part.pieces[0]
    part.pieces[-1] += "\u201d" if curly else '"'
    ends = publishers.ATTRIBUTIONS[rng.randrange(len(publishers.ATTRIBUTIONS))].format(name=name)
    said = numbers.paragraph(ends)
    return article.Paragraph(part.pieces + said.pieces, part.numbers + said.numbers)


def curly(piece):
    piece = re.sub(r'^([(\[]?)"', "\\1\u201c", piece)
    piece = re.sub(r"^([(\[\u201c]?)'(?=\w)", "\\1\u2018", piece)
    return {"--": "\u2014", "-": "\u2013"}.get(piece, piece.replace('"', "\u201d")
                                               .replace("'", "\u2019"))


STRAIGHT = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'",
                          "\u2014": "-", "\u2013": "-"})


def straight(piece):
    return {"\u2014": "--", "\u2013": "-"}.get(piece, piece.translate(STRAIGHT))


def typography(rng, body):
    """Sets quotation marks, apostrophes and dashes in another way; no word changes by it."""
    marks = "".join("".join(p.pieces) for p in body)
    change = straight if "\u2019" in marks or "\u201c" in marks else curly
    for paragraph in body:
        for at, piece in enumerate(paragraph.pieces):
            changed = change(piece)
            if changed != piece and plain_words(changed) == plain_words(piece):
                paragraph.pieces[at] = changed
