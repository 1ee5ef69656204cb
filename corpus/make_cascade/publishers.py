"""The publishers of a cascade, all invented, with what they print around every article."""
import collections

# masthead and footer are lists of paragraphs, and a paragraph is a list of (piece, origin). Pieces
# of the same origin are the same words of one template, or of a line that publishers share.
Publisher = collections.namedtuple("Publisher", "name zone masthead footer")

PLACES = (
    "Harrowmere", "Saltmarsh", "Pennock Vale", "Quillbridge", "Dunmarrow", "Eastwick Sands",
    "Thornaby Cross", "Lower Fennel", "Marlow Reach", "Ostrey", "Castle Brindle", "Wexcombe",
    "Northgate Moor", "Kettlesham", "Birchover Dale", "Sandrigg", "Tolland Bay", "Aldersey",
    "Crowle Harbour", "Whitmarsh",
)
TITLES = ("Gazette", "Ledger", "Courier", "Observer", "Herald", "Post", "Argus", "Chronicle")

# {place} and {name} are filled in. A publisher has one of each, or none.
MASTHEADS = (
    None,
    "{name}: news, notices and weather for {place} and the villages around it, every weekday",
    "You are reading {name}. Sign up for our morning letter and never miss what moves {place}.",
    None,
    "{name} | Home | Local | Business | Sport | Opinion | Letters to the editor | Family notices",
)
FOOTERS = (
    "Have you seen something that {place} ought to know? Write to the newsdesk of {name} or call "
    "in at our office on the market square.",
    None,
    "{name} is owned by its readers in {place}. If you value what we do, please think of becoming "
    "a member for the price of a coffee a month.",
    "Read more stories like this one in the printed {name}, on sale at newsagents all over "
    "{place} from six in the morning.",
)
# Lines on rights are shared by publishers that belong together.
RIGHTS = (
    "All rights reserved. No part of this article may be reproduced without the written consent "
    "of the publisher.",
    None,
    "Published under an arrangement with the Regional Newspaper Exchange; reuse by members is "
    "allowed with credit to the author.",
)
# What follows a quotation from {name}: too short to be a passage of two articles that have it.
ATTRIBUTIONS = (
    "So the {name} put it.",
    "Thus the {name} wrote.",
    "The {name} has the story.",
    "Words of the {name}.",
)


def filled(template, place, name):
    """A paragraph made from a template: what is filled in has an origin of its own."""
    found = []
    for at, part in enumerate(template.split()):
        if "{" not in part:
            found.append((part, (template, at)))
            continue
        for n, piece in enumerate(part.format(place=place, name="The " + name).split()):
            found.append((piece, (template, at, n, name)))
    return found


def publishers():
    """Every publisher, always in this order."""
    found = []
    for number in range(len(PLACES) * len(TITLES)):
        place = PLACES[number % len(PLACES)]
        title = TITLES[number // len(PLACES)]
        name, zone = f"{place} {title}", number % 6 - 3
        if number % 2:  # every other one prints nothing around its articles
            found.append(Publisher(name, zone, [], []))
            continue
        mix = number * 7 + number // len(PLACES)
        footer = [FOOTERS[mix % len(FOOTERS)], RIGHTS[mix // 3 % len(RIGHTS)]]
        found.append(Publisher(name, zone, *(
            [filled(template, place, name) for template in templates if template]
            for templates in ([MASTHEADS[mix // 2 % len(MASTHEADS)]], footer)
        )))
    return found
