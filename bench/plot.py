"""Charts of what was measured, as SVG files that stand alone.

  import plot
  plot.lines("speed.svg", "Speed by size",
             plot.Axis("document size", unit="B"),
             plot.Axis("speed", unit="B/s"),
             [plot.Series("memcpy", [(100, 9e9), (1e6, 1e10)], dashed=True),
              plot.Series("sketch", [(100, 3e8, 2.8e8, 3.3e8), (1e6, 1e9)])],
             note="medians of five rounds")
  plot.dots("peers.svg", "Text to signatures", plot.Axis("speed", unit="B/s"),
            [plot.Row("wirecopy", 1.1e9), plot.Row("another", 4e6, group=1)])

A point is (x, y) or, with an interval, (x, y, low, high). Axes are logarithmic
unless log=False. Names stand at the lines' ends, in their colours; marks have
shapes of their own, so that colours need not be told apart. A chart follows
the reader's choice of light or dark, and brings its background.
"""

import dataclasses
import html
import math
import pathlib

WIDTH, HEIGHT = 860, 500
LEFT, TOP, BOTTOM = 76, 62, 56
CHARACTER = 6.8  # a letter's width, near enough
LEADING = 16

STYLE = """
svg { font: 12.5px system-ui, sans-serif; --paper: #fff; --ink: #1f2328;
  --soft: #59636e; --grid: #e4e7eb; --c0: #0b62c4; --c1: #c2410c; --c2: #1a7f37;
  --c3: #8250df; --c4: #946000; --c5: #bf3989; --c6: #0f7b83; --c7: #59636e }
@media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #e6edf3;
  --soft: #9198a1; --grid: #272e37; --c0: #58a6ff; --c1: #ff8f57;
  --c2: #56d364; --c3: #bc8cff; --c4: #e3b341; --c5: #f778ba; --c6: #39c5cf;
  --c7: #9198a1 } }
text { fill: var(--ink) } .soft { fill: var(--soft) }
.title { font-size: 16px; font-weight: 600 }
.end { text-anchor: end } .mid { text-anchor: middle }
.grid { stroke: var(--grid) } .line { fill: none; stroke-width: 2 }
.dashed { stroke-dasharray: 6 4; stroke-width: 1.5 }
.interval { stroke-width: 1.2 } .lead { stroke-width: .8; opacity: .6 }
""" + "".join(f".s{c} {{ stroke: var(--c{c}) }} .f{c} {{ fill: var(--c{c}) }}\n"
              for c in range(8))

# Round, square, diamond, up, down: paths about the origin.
MARKS = ["M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0z",
         "M-3.2-3.2H3.2V3.2H-3.2z", "M0-4.6L4.6 0L0 4.6L-4.6 0z",
         "M0-4.4L4.2 3H-4.2z", "M0 4.4L4.2-3H-4.2z"]


@dataclasses.dataclass
class Axis:
    label: str
    log: bool = True
    unit: str | None = ""  # behind k, M, G; None: plain numbers
    low: float | None = None  # of what is drawn; else as the points have it
    high: float | None = None


@dataclasses.dataclass
class Series:
    name: str
    points: list
    dashed: bool = False  # a limit, or what theory says: no marks
    joined: bool = True  # marks alone otherwise
    colour: int | None = None  # of eight; by default the next


@dataclasses.dataclass
class Row:
    name: str
    value: float
    low: float | None = None
    high: float | None = None
    group: int = 0  # rows of a group share a colour
    text: str | None = None  # instead of the value


def short_number(value, unit=""):
    """12,300,000 as 12.3 M; with a unit, 12.3 MB."""
    if unit is None or value == 0:
        return f"{value:.10g}"
    if abs(value) < 1000:
        return f"{value:.3g} {unit}".strip()
    step = min(4, int(math.log10(abs(value)) / 3 + 1e-9))
    return f"{value / 1000 ** step:.3g} {' kMGT'[step]}{unit}"


def linear_ticks(low, high):
    """Round numbers, four to eight of them."""
    span = high - low or 1
    step = 10 ** math.floor(math.log10(span / 4))
    step *= next(m for m in (1, 2, 5, 10) if span / (m * step) <= 8)
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def log_ticks(low, high):
    """Powers of ten; 1, 2, 5 where the powers are few, or every so many."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    decades = range(first, last + 1, max(1, (last - first) // 7))
    parts = (1,) if last - first > 3 else (1, 2, 5)
    ticks = [m * 10.0 ** e for e in decades for m in parts]
    return [t for t in ticks if low / 1.0001 <= t <= high * 1.0001]


class Scale:
    """From values of an axis to pixels between `begin` and `end`."""

    def __init__(self, axis, values, begin, end):
        self.axis = axis
        values = [v for v in values if math.isfinite(v)
                  and (v > 0 or not axis.log)]
        low = axis.low if axis.low is not None else min(values, default=1)
        high = axis.high if axis.high is not None else max(values, default=2)
        if not high > low:  # a single value: room on both sides
            low, high = (low / 2, low * 2) if axis.log else (low - 1, low + 1)
        ticks = (log_ticks if axis.log else linear_ticks)(low, high)
        self.ticks = ticks if len(ticks) > 1 else [low, high]
        self.low, self.high = self._of(low), self._of(high)
        self.begin, self.end = begin, end

    def _of(self, value):
        return math.log10(value) if self.axis.log else value

    def __call__(self, value):
        if self.axis.log and value <= 0:
            return self.begin
        share = (self._of(value) - self.low) / (self.high - self.low)
        return self.begin + min(max(share, 0), 1) * (self.end - self.begin)

    def text(self, tick):
        return short_number(tick, self.axis.unit)


def label(x, y, text, kind="", more=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}"{more}>'
            f"{html.escape(text)}</text>")


def path(data, kind):
    return f'<path d="{data}" class="{kind}"/>'


def mark(x, y, colour):
    shape = MARKS[colour % len(MARKS)]
    return (f'<path transform="translate({x:.1f} {y:.1f})" d="{shape}" '
            f'class="f{colour % 8}"/>')


def spread(wanted, low, high):
    """Heights of labels: in order, a line apart, near where they belong."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = list(wanted)
    floor = low
    for i in order:  # down, each below the one before
        places[i] = floor = max(places[i], floor)
        floor += LEADING
    ceiling = high
    for i in reversed(order):  # and up again, where the bottom was passed
        places[i] = ceiling = min(places[i], ceiling)
        ceiling -= LEADING
    return places


def write(file, title, note, width, height, parts):
    described = html.escape(f"{title}. {note}" if note else title)
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" role="img">',
            f"<title>{described}</title>", f"<style>{STYLE}</style>",
            '<rect width="100%" height="100%" style="fill: var(--paper)"/>',
            label(LEFT - 56, 26, title, "title")]
    if note:
        head.append(label(LEFT - 56, 45, note, "soft"))
    pathlib.Path(file).write_text("\n".join([*head, *parts, "</svg>\n"]),
                                  encoding="utf-8")


def x_axis(scale, axis, top, bottom):
    for tick in scale.ticks:
        x = scale(tick)
        yield path(f"M{x:.1f} {top}V{bottom}", "grid")
        yield label(x, bottom + 18, scale.text(tick), "mid soft")
    yield label((scale.begin + scale.end) / 2, bottom + 40, axis.label, "mid")


def y_axis(scale, axis, left, right):
    for tick in scale.ticks:
        y = scale(tick)
        yield path(f"M{left} {y:.1f}H{right:.1f}", "grid")
        yield label(left - 8, y + 4, scale.text(tick), "end soft")
    middle = (scale.begin + scale.end) / 2
    yield label(18, middle, axis.label, "mid",
                f' transform="rotate(-90 18 {middle:.1f})"')


def draw_series(series, colour, x, y):
    places = [(x(p[0]), y(p[1])) for p in series.points]
    if series.joined or series.dashed:
        joined = "L".join(f"{px:.1f} {py:.1f}" for px, py in places)
        yield path("M" + joined, f"line s{colour}"
                   + (" dashed" if series.dashed else ""))
    for point, (px, py) in zip(series.points, places):
        if len(point) == 4:
            yield path(f"M{px:.1f} {y(point[2]):.1f}V{y(point[3]):.1f}",
                       f"interval s{colour}")
        if not series.dashed:
            yield mark(px, py, colour)


def lines(file, title, x, y, series, note=""):
    """Writes lines over x; `series` may be of different lengths."""
    series = [one for one in series if one.points]
    longest = max((len(one.name) for one in series), default=0)
    right = WIDTH - 34 - longest * CHARACTER
    bottom = HEIGHT - BOTTOM
    points = [p for one in series for p in one.points]
    across = Scale(x, [p[0] for p in points], LEFT, right)
    heights = [v for p in points for v in p[1:]]
    up = Scale(y, heights, bottom, TOP)
    parts = [*y_axis(up, y, LEFT, right), *x_axis(across, x, TOP, bottom)]
    colours = [i if one.colour is None else one.colour
               for i, one in enumerate(series)]
    for one, colour in zip(series, colours):
        parts += draw_series(one, colour % 8, across, up)
    ends = [max(one.points, key=lambda p: p[0]) for one in series]
    wanted = [up(end[1]) for end in ends]
    for one, colour, end, from_y, to_y in zip(
            series, colours, ends, wanted, spread(wanted, TOP + 4, bottom)):
        begin = across(end[0]) + 5
        parts.append(path(f"M{begin:.1f} {from_y:.1f}L{right + 16:.1f} "
                          f"{to_y:.1f}", f"line lead s{colour % 8}"))
        parts.append(label(right + 20, to_y + 4, one.name, f"f{colour % 8}"))
    write(file, title, note, WIDTH, HEIGHT, parts)


def dots(file, title, axis, rows, note=""):
    """Writes a row for each value: its name, its place on the axis, and it in
    figures."""
    row_height = 24
    left = 30 + CHARACTER * max((len(row.name) for row in rows), default=0)
    texts = [row.text or short_number(row.value, axis.unit) for row in rows]
    right = WIDTH - 34 - CHARACTER * max(map(len, texts), default=0)
    bottom = TOP + row_height * len(rows) + 6
    values = [v for row in rows for v in (row.value, row.low, row.high)
              if v is not None]
    scale = Scale(axis, values, left + 8, right - 8)
    parts = list(x_axis(scale, axis, TOP, bottom))
    for i, (row, text) in enumerate(zip(rows, texts)):
        y, colour = TOP + row_height * (i + 0.5) + 3, row.group % 8
        parts.append(path(f"M{left} {y}H{right:.1f}", "grid"))
        parts.append(label(left - 10, y + 4, row.name, "end"))
        if row.low is not None and row.high is not None:
            parts.append(path(f"M{scale(row.low):.1f} {y}"
                              f"H{scale(row.high):.1f}", f"interval s{colour}"))
        parts.append(mark(scale(row.value), y, colour))
        parts.append(label(right + 10, y + 4, text, f"f{colour}"))
    write(file, title, note, WIDTH, bottom + BOTTOM, parts)
