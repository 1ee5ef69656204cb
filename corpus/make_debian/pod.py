"""Perl's own documentation (POD) to plain text."""
import re

NAMED = {"lt": "<", "gt": ">", "verbar": "|", "sol": "/", "amp": "&", "quot": '"'}
SIMPLE = re.compile(r"([A-Z])<([^<>]*)>")
WIDE = re.compile(r"([A-Z])(<{2,}) +(.*?) +>{2,}", re.S)
# An angle bracket that belongs to the text is put aside while codes are resolved around it.
ASIDE = str.maketrans("<>", "\1\2")
BACK = str.maketrans("\1\2", "<>")


def resolve(match):
    code, text = match[1], match[match.lastindex]
    if code in "XZ":
        return ""
    if code == "L":
        shown, bar, _ = text.partition("|")
        return shown if bar else text.strip("/")
    if code == "E":
        if text.isdigit() and int(text) < 0xD800:
            return chr(int(text))
        return NAMED.get(text, "").translate(ASIDE)
    return text


def plain(text):
    """Text without formatting codes, from the innermost one outwards."""
    if "<" not in text:
        return text
    text = WIDE.sub(lambda m: resolve(m).translate(ASIDE), text)
    for _ in range(6):
        text, count = SIMPLE.subn(resolve, text)
        if not count:
            break
    return text.translate(BACK)


def pod_text(source):
    """The text of the POD in a file; "" where it has none."""
    out, inside, left_out = [], False, 0
    for block in re.split(r"\n[ \t]*\n", source.replace("\r\n", "\n")):
        block = block.strip("\n")
        if match := re.match(r"=([a-zA-Z]\w*)[ \t]*(.*)", block, re.S):
            command, rest = match[1], match[2]
            inside = command != "cut"
            if command in ("begin", "for"):
                left_out += command == "begin"
            elif command == "end":
                left_out = max(0, left_out - 1)
            elif inside and not left_out and command.startswith(("head", "item")):
                rest = plain(" ".join(rest.split()))
                if rest and rest != "*":
                    out.append(rest)
        elif inside and not left_out and block.strip():
            out.append(block if block[0] in " \t" else plain(" ".join(block.split())))
    return "\n\n".join(out)
