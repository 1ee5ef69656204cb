#!/usr/bin/env python3
"""Tests of bench/plot.py: what is drawn stands where its axes say."""

import math
import pathlib
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import plot  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


def drawn(draw, *arguments, **named):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "chart.svg"
        draw(file, *arguments, **named)
        return xml.etree.ElementTree.parse(file).getroot()


def texts(root):
    return [element.text for element in root.iter(SVG + "text")]


def line_of(root, kind):
    """The points of the first path of a class."""
    for element in root.iter(SVG + "path"):
        if element.get("class") == kind:
            numbers = re.findall(r"[-\d.]+", element.get("d"))
            values = [float(n) for n in numbers]
            return list(zip(values[::2], values[1::2]))
    raise AssertionError(f"nothing of class {kind}")


class Ticks(unittest.TestCase):
    def test_powers_of_ten_on_wide_axes(self):
        self.assertEqual(plot.log_ticks(100, 1e7),
                         [100, 1000, 1e4, 1e5, 1e6, 1e7])

    def test_few_on_very_wide_ones(self):
        self.assertLess(len(plot.log_ticks(1e-12, 1e12)), 14)

    def test_between_powers_on_narrow_ones(self):
        self.assertEqual(plot.log_ticks(1, 10), [1, 2, 5, 10])

    def test_round_numbers(self):
        self.assertEqual([round(t, 9) for t in plot.linear_ticks(0.07, 0.93)],
                         [0.2, 0.4, 0.6, 0.8])

    def test_every_span_has_some(self):
        for e in range(-6, 7):
            for span in (1, 1.7, 3.3, 4.9, 9.9):
                count = len(plot.linear_ticks(0, span * 10.0 ** e))
                self.assertTrue(4 <= count <= 9, (e, span, count))


class Numbers(unittest.TestCase):
    def test_are_short(self):
        for value, unit, text in [(12_300_000, "B", "12.3 MB"),
                                  (1e9, "B/s", "1 GB/s"), (100, "B", "100 B"),
                                  (1000, "", "1 k"), (0.25, "", "0.25"),
                                  (0.25, None, "0.25"), (0, "B", "0")]:
            self.assertEqual(plot.short_number(value, unit), text)


class Labels(unittest.TestCase):
    def test_stay_apart_and_inside(self):
        places = plot.spread([100, 100, 101, 400, 399, 20], 50, 400)
        ordered = sorted(places)
        self.assertGreaterEqual(ordered[0], 50)
        self.assertLessEqual(ordered[-1], 400)
        for above, below in zip(ordered, ordered[1:]):
            self.assertGreaterEqual(below - above, plot.LEADING - 1e-9)

    def test_do_not_move_without_need(self):
        self.assertEqual(plot.spread([300, 100], 50, 400), [300, 100])


class Lines(unittest.TestCase):
    def test_of_a_power_are_straight_and_rise(self):
        points = [(10.0 ** e, 10.0 ** (2 * e)) for e in range(5)]
        root = drawn(plot.lines, "Squares", plot.Axis("x"), plot.Axis("y"),
                     [plot.Series("square", points)])
        line = line_of(root, "line s0")
        self.assertEqual(len(line), 5)
        slopes = [(b[1] - a[1]) / (b[0] - a[0])
                  for a, b in zip(line, line[1:])]
        for slope in slopes:
            self.assertLess(slope, 0)  # SVG's y goes down
            self.assertLess(abs(slope - slopes[0]), 0.01)

    def test_text_is_escaped_and_axes_are_named(self):
        root = drawn(plot.lines, "a < b & c", plot.Axis("across"),
                     plot.Axis("up", log=False),
                     [plot.Series("<one>", [(1, 2), (10, 3)])], note="a note")
        for text in ("a < b & c", "across", "up", "<one>", "a note"):
            self.assertIn(text, texts(root))

    def test_a_limit_has_no_marks(self):
        def marks(dashed):
            root = drawn(plot.lines, "t", plot.Axis("x"), plot.Axis("y"),
                         [plot.Series("s", [(1, 2), (9, 3)], dashed=dashed)])
            return sum(e.get("transform") is not None
                       for e in root.iter(SVG + "path"))
        self.assertEqual(marks(False), 2)
        self.assertEqual(marks(True), 0)

    def test_one_value_and_none(self):
        for points in ([(5, 5)], []):
            root = drawn(plot.lines, "t", plot.Axis("x"),
                         plot.Axis("y", log=False), [plot.Series("s", points)])
            self.assertIn("t", texts(root))

    def test_zero_on_a_logarithmic_axis_is_at_its_foot(self):
        scale = plot.Scale(plot.Axis("y"), [0, 1, 100], 400, 50)
        self.assertEqual(scale(0), 400)
        self.assertEqual(scale(100), 50)
        self.assertTrue(math.isclose(scale(10), 225))


class Dots(unittest.TestCase):
    def test_stand_in_order_of_their_values(self):
        rows = [plot.Row("slow", 1e6, 0.9e6, 1.2e6), plot.Row("fast", 1e9)]
        root = drawn(plot.dots, "Peers", plot.Axis("speed", unit="B/s"), rows)
        places = [float(re.match(r"translate\(([\d.]+)", t).group(1))
                  for t in (e.get("transform") for e in root.iter(SVG + "path"))
                  if t]
        self.assertEqual(len(places), 2)
        self.assertLess(places[0], places[1])
        for text in ("slow", "fast", "1 MB/s", "1 GB/s"):
            self.assertIn(text, texts(root))


if __name__ == "__main__":
    unittest.main()
