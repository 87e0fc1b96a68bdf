"""Small charts as inline SVG: deterministic, readable without colour, without a script and without a style sheet.

The strip is a table whose cells are drawings, so that names wrap and narrow windows can put them above their cells.
Classes for the page's own look: chart with line, bullet or sparkline; strip; axis, grid, target, actual, band, gap; and
the sign of a verdict (good, bad, open, plain), which also has a shape of its own: disc, cross, ring, square.
Values are exact fractions; coordinates have at most one decimal. Every text comes in ready and is escaped here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape as escaped
from typing import NamedTuple

from cchc.views.excerpt import inert

WIDTH, WIDE, HEIGHT = 420, 660, 180  # of a line chart, and of one with many points
MANY = 13  # points, from which on it is wide
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 32  # its margins
LABEL_WIDTH = 62  # room that a label on the axis takes
SPARK = (120, 24)
BULLET = (420, 34)  # and below it a line of text
TEXT_LINE, LETTER = 18, 7  # the height of a line, and the room that a letter takes at most on average


class Point(NamedTuple):
    """One period of a course: its label, the exact value, None where the figure is missing, how it is printed.

    `target`: the bound in force, None without one. `sign`: good, bad, open or plain.
    """

    label: str
    value: Fraction | None
    shown: str
    target: Fraction | None = None
    sign: str = "plain"


class Heading(NamedTuple):
    """What a chart is called: the id that its parts begin with, its title, and in words what it shows."""

    id: str
    title: str
    description: str


class Row(NamedTuple):
    """A row of a strip: a name, and for each column a sign with its words; an empty sign leaves the cell empty."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """The drawings of a report: the strip of its months, and those of each indicator, by id."""

    strip: str = ""
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def escape(text: str) -> str:
    """Return a text as it stands in markup, every sign that cannot be seen replaced by a visible one."""
    return escaped(inert(text))


# values to places


class Scale(NamedTuple):
    """Values from `low` to `high` on the stretch from `start` to `end`; what lies outside is put at its end."""

    low: Fraction
    high: Fraction
    start: Fraction
    end: Fraction

    def at(self, value: Fraction) -> Fraction:
        """Return where a value lies; in the middle where all values are equal."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def bounds(points: Iterable[Point], best: Fraction | None = None) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest value of the vertical scale; `best` is the most that is possible, as 100."""
    values = [value for point in points for value in (point.value, point.target) if value is not None]
    if not values:
        return Fraction(0), best if best is not None else Fraction(1)
    low, high = min(values), max(values)
    room = (high - low) / 10 or abs(high) / 10 or Fraction(1)
    top = high + room if best is None or high > best else min(high + room, best)
    bottom = low - room
    return (max(bottom, Fraction(0)) if low >= 0 else bottom), top


def _number(value: Fraction | int) -> str:
    """Return a coordinate with at most one decimal."""
    tenths = round(Fraction(value) * 10)
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


# parts


def _svg(kind: str, size: tuple[int, int], heading: Heading, parts: Iterable[str]) -> str:
    width, height = size
    id_ = escape(heading.id)
    return (
        f'<svg class="chart {kind}" role="img" aria-labelledby="{id_}-t {id_}-d"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' fill="none" stroke="currentColor"><title id="{id_}-t">{escape(heading.title)}</title>'
        f'<desc id="{id_}-d">{escape(heading.description)}</desc>{"".join(parts)}</svg>'
    )


def _line(kind: str, ends: tuple[Fraction | int, ...], more: str = "") -> str:
    x1, y1, x2, y2 = map(_number, ends)
    return f'<path class="{kind}" d="M{x1} {y1}L{x2} {y2}"{more}/>'


def _text(x: Fraction | int, y: Fraction | int, text: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}" fill="currentColor" stroke="none">'
        f"{escape(text)}</text>"
    )


def _marker(x: Fraction, y: Fraction, sign: str, title: str) -> str:
    """Return the shape of a verdict with its words."""
    return f'<g class="{escape(sign)}"><title>{escape(title)}</title>{_shape(x, y, sign)}</g>'


def _shape(x: Fraction | int, y: Fraction | int, sign: str) -> str:
    """Return the shape of a verdict: a disc, a cross, a ring or a square."""
    at = f"M{_number(x)} {_number(y)}"
    return {
        "good": f'<path d="{at}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0" fill="currentColor"/>',
        "bad": f'<path d="{at}m-4-4l8 8m0-8l-8 8" stroke-width="2.5"/>',
        "open": f'<path d="{at}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0" stroke-width="2"/>',
    }.get(sign, f'<path d="{at}m-3-3h6v6h-6z" fill="currentColor"/>')


# the line over periods


def line(points: Sequence[Point], heading: Heading, ends: tuple[str, str], best: Fraction | None = None) -> str:
    """Return a line over periods with the targets as dashed steps; `ends`: how `bounds` are printed, low and high."""
    low, high = bounds(points, best)
    width = WIDTH if len(points) < MANY else WIDE
    right = RIGHT if width == WIDTH else LEFT  # a wide one is read from its end: its scale stands there too
    room = width - LEFT - right
    scale = Scale(low, high, Fraction(HEIGHT - BOTTOM), Fraction(TOP))
    places = [LEFT + Fraction(room * (2 * at + 1), 2 * len(points)) for at in range(len(points))]
    floor = HEIGHT - BOTTOM
    parts = [
        _line("grid", (LEFT, TOP, width - right, TOP), ' stroke-opacity=".3"'),
        _line("axis", (LEFT, floor, width - right, floor)),
        *_scale_labels(ends, LEFT - 6, "end"),
        *(_scale_labels(ends, width - right + 6, "start") if right == LEFT else ()),
        *_labels(points, places, room),
        *_steps(points, places, scale, room),
        *_gaps(points, places),
        *_runs([(x, point.value) for x, point in zip(places, points, strict=True)], scale),
        *_markers(points, places, scale),
    ]
    return _svg("line" if width == WIDTH else "line wide", (width, HEIGHT), heading, parts)


def _scale_labels(ends: tuple[str, str], x: int, anchor: str) -> Iterator[str]:
    yield _text(x, TOP + 4, ends[1], anchor)
    yield _text(x, HEIGHT - BOTTOM + 4, ends[0], anchor)


def _labels(points: Sequence[Point], places: Sequence[Fraction], room: int) -> Iterator[str]:
    """Yield as many labels as have room, the last one always."""
    if not points:
        return
    step = -(-len(points) * LABEL_WIDTH // room)
    for at in range((len(points) - 1) % step, len(points), step):
        yield _text(places[at], HEIGHT - 12, points[at].label)


def _steps(points: Sequence[Point], places: Sequence[Fraction], scale: Scale, room: int) -> Iterator[str]:
    """Yield the target as a dashed line that steps where the target does, and stops where there is none."""
    half = Fraction(room, 2 * len(points)) if points else Fraction(0)
    path, before = "", None
    for x, point in zip(places, points, strict=True):
        if point.target is not None:
            y = _number(scale.at(point.target))
            path += f"{'L' if before is not None else 'M'}{_number(x - half)} {y}L{_number(x + half)} {y}"
        before = point.target
    if path:
        yield f'<path class="target" d="{path}" stroke-dasharray="6 4" stroke-width="1.5"/>'


def _gaps(points: Sequence[Point], places: Sequence[Fraction]) -> Iterator[str]:
    """Yield a stroke on the axis for each period without a figure."""
    floor = HEIGHT - BOTTOM
    for x, point in zip(places, points, strict=True):
        if point.value is None:
            stroke = _line("gap", (x, floor - 5, x, floor + 5), ' stroke-width="2"')
            yield f"<g><title>{escape(f'{point.label}: {point.shown}')}</title>{stroke}</g>"


def _runs(values: Iterable[tuple[Fraction, Fraction | None]], scale: Scale) -> Iterator[str]:
    """Yield the lines between neighbours that both have a figure."""
    path, open_ = "", False
    for x, value in values:
        if value is not None:
            path += f"{'L' if open_ else 'M'}{_number(x)} {_number(scale.at(value))}"
        open_ = value is not None
    if "L" in path:
        yield f'<path class="actual" d="{path}" stroke-width="2"/>'


def _markers(points: Sequence[Point], places: Sequence[Fraction], scale: Scale) -> Iterator[str]:
    for x, point in zip(places, points, strict=True):
        if point.value is not None:
            yield _marker(x, scale.at(point.value), point.sign, f"{point.label}: {point.shown}")


# the others


def sparkline(points: Sequence[Point], heading: Heading) -> str:
    """Return the course alone, as small as a word, with a shape at the last figure."""
    width, height = SPARK
    low, high = bounds(points)
    scale = Scale(low, high, Fraction(height - 5), Fraction(5))
    last = max(len(points) - 1, 1)
    places = [5 + Fraction((width - 10) * at, last) for at in range(len(points))]
    parts = [*_runs([(x, point.value) for x, point in zip(places, points, strict=True)], scale)]
    present = [at for at, point in enumerate(points) if point.value is not None]
    parts += _markers([points[at] for at in present[-1:]], [places[at] for at in present[-1:]], scale)
    return _svg("sparkline", SPARK, heading, parts)


def bullet(
    point: Point, heading: Heading, best: Fraction | None = None, *, against: str = "", ceiling: bool = False
) -> str:
    """Return the figure as a bar against its target, with the good side of the target as a band, and both as text.

    `against`: how the target is printed, shortened where it has no room beside the figure. The scale goes from 0 (or
    the least of them, below 0) to `best`, to more where they lie beyond it.
    """
    width, height = BULLET
    values = [Fraction(0), *(value for value in (point.value, point.target, best) if value is not None)]
    high = max(values) or Fraction(1)
    beyond = point.value is not None and best is not None and point.value > best
    scale = Scale(min(values), high if best is not None and not beyond else high * 11 / 10, Fraction(4), Fraction(416))
    zero = scale.at(Fraction(0))
    parts = []
    if point.target is not None:
        x = scale.at(point.target)
        start, end = (scale.start, x) if ceiling else (x, scale.end)
        parts.append(_box("band", start, end - start, 6, ' fill="currentColor" fill-opacity=".25"'))
    if point.value is not None:
        x = scale.at(point.value)
        fill = ' fill="currentColor"'
        parts.append(f'<g class="{escape(point.sign)}">{_box("bar", min(x, zero), abs(x - zero), 12, fill)}</g>')
    parts.append(_line("axis", (zero, 2, zero, height - 2)))
    if point.target is not None:
        x = scale.at(point.target)
        parts.append(_line("target", (x, 2, x, height - 2), ' stroke-width="3"'))
    parts.append(_text(4, height + TEXT_LINE - 5, point.shown, "start"))
    shortened = _within(against, width // LETTER - len(point.shown) - 2)
    parts.append(_text(width - 4, height + TEXT_LINE - 5, shortened, "end"))
    return _svg("bullet", (width, height + TEXT_LINE), heading, parts)


def _within(text: str, length: int) -> str:
    """Return the text, cut where it is longer than it may be."""
    return text if len(text) <= length else f"{text[: max(length - 1, 0)].rstrip()}…"


def _box(kind: str, x: Fraction, width: Fraction, y: int, more: str) -> str:
    """Return a box that lies in the middle of a bullet, from `y` down to as far from its lower edge."""
    place = f'x="{_number(x)}" y="{y}" width="{_number(width)}" height="{BULLET[1] - 2 * y}"'
    return f'<rect class="{kind}" {place} stroke="none"{more}/>'


def strip(rows: Sequence[Row], heads: Sequence[str], title: str) -> str:
    """Return a table of verdicts: a row for each name; `heads`: of the names, then of each column."""
    head = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in heads)
    return (
        f'<table class="strip" role="table"><caption>{escape(title)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(_strip_row, rows))}</tbody></table>'
    )


def _strip_row(row: Row) -> str:
    cells = "".join(f'<td role="cell">{_sign(sign, said) if sign else ""}</td>' for sign, said in row.cells)
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(row.name)}</th>{cells}</tr>'


def _sign(sign: str, said: str) -> str:
    """Return the shape of a verdict as a drawing of its own."""
    return (
        f'<svg class="{escape(sign)}" role="img" width="12" height="12" viewBox="-6 -6 12 12" fill="none"'
        f' stroke="currentColor"><title>{escape(said)}</title>{_shape(0, 0, sign)}</svg>'
    )
