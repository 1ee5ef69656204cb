"""Info manuals, cut into their nodes."""
import re

IMAGE = re.compile(r"\0\x08\[.*?\0\x08\]", re.S)
HEADER = re.compile(r"File: [^\n]*?Node: (?P<node>[^,\n\t]+)[^\n]*\n")


def nodes(source):
    """(name, text) of each node, in the order of the file. What stands before the first node, and
    the tables that programs use to find nodes, are not nodes."""
    for part in IMAGE.sub("", source).split("\x1f")[1:]:
        part = part.lstrip("\n\f")
        if match := HEADER.match(part):
            text = part[match.end():].replace("\x7f", "").replace("\0", "")
            yield match["node"].strip(), text.strip("\n\f ")
