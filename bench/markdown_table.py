"""Tables for those who read a run."""


def lines_of(head, rows):
    """A Markdown table; the first column holds names."""
    marks = "|".join(["---"] + ["---:"] * (len(head) - 1))
    return [f"| {' | '.join(head)} |", f"|{marks}|",
            *(f"| {' | '.join(row)} |" for row in rows)]
