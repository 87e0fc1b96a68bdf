"""Plain columns for the terminal, which wrap and never break; rich is dear to import, and tables need none of it."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from cchc.core.results import Actual
from cchc.views.excerpt import inert
from cchc.views.wrapping import width_of

PLAIN_WIDTH = 120  # of a table that is not read at a terminal
LEAST_WIDTH = 20
LEAST_COLUMN = 4
GAP = "  "
BARS = "▁▂▃▄▅▆▇█"


class Style(StrEnum):
    """How a text is coloured: the parameters of the terminal's SGR sequence."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    GOOD = "32"
    BAD = "1;31"
    OPEN = "33"
    WARNING = "1;33"


class Screen(NamedTuple):
    """How wide the answer may be, and whether it is coloured."""

    width: int
    colour: bool

    @classmethod
    def of_output(cls, output: str, *, colour: bool | None) -> "Screen":
        """Return the screen that standard output is; a file or a pipe is wide, and plain unless colour is asked for."""
        at_terminal = output == "-" and sys.stdout.isatty()
        measured = shutil.get_terminal_size().columns if at_terminal or "COLUMNS" in os.environ else PLAIN_WIDTH
        return cls(max(measured, LEAST_WIDTH), at_terminal if colour is None else colour)

    def painted(self, text: str, style: Style) -> str:
        """Return a text in its colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style and text.strip() else text

    def lines(self, text: str, style: Style = Style.PLAIN, *, indent: str = "") -> Iterator[str]:
        """Yield a text on as many lines as it needs, those after the first indented."""
        room = self.width - len(indent)
        first, *rest = wrapped(text, room)
        yield self.painted(first, style)
        yield from (f"{indent}{self.painted(line, style)}" for line in rest)


class Cell(NamedTuple):
    """What stands in a column, and how."""

    text: str
    style: Style = Style.PLAIN


def table(screen: Screen, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a table that is no wider than the screen; the widest columns wrap."""
    head = [Cell(heading, Style.BOLD) for heading in headings]
    everything = [head, *([Cell(inert(cell.text), cell.style) for cell in row] for row in rows)]
    widths = _widths(everything, screen.width)
    for row in everything:
        yield from _row(screen, row, widths)


def _widths(rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    widths = [max(1, *(width_of(cell.text) for cell in column)) for column in zip(*rows, strict=True)]
    room = width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > LEAST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(screen: Screen, row: Sequence[Cell], widths: Sequence[int]) -> Iterator[str]:
    columns = [wrapped(cell.text, width) for cell, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, columns))):
        parts = []
        for cell, lines, width in zip(row, columns, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            parts.append(screen.painted(text, cell.style) + " " * (width - width_of(text)))
        yield GAP.join(parts).rstrip()


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many cells, broken between words, and inside of those that are longer."""
    start = len(text) - len(text.lstrip(" "))  # a blank in the place of a sign stays before the first word
    words = text[start:].split(" ")
    lines = [""]
    for word in (text[:start] + words[0], *words[1:]):
        for number, part in enumerate(_pieces(word, width)):
            line = lines[-1]
            joined = f"{line} {part}" if line and number == 0 else f"{line}{part}"
            if line and width_of(joined) > width:
                lines.append(part)
            else:
                lines[-1] = joined
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word in pieces that fit, broken after a hyphen where one is; the last may be empty."""
    piece = ""
    for character in word:
        if piece and width_of(piece + character) > width:
            end = piece.rfind("-") + 1 or len(piece)
            yield piece[:end]
            piece = piece[end:]
        piece += character
    yield piece


def shortened(text: str, width: int) -> str:
    """Return a text that fits, with `…` where its end was cut off."""
    if width_of(text) <= width:
        return text
    kept = text
    while width_of(kept) > max(width - 1, 0):
        kept = kept[:-1]
    return kept + "…"


def spark(course: Sequence[Actual | None]) -> str:
    """Return a bar for each reference period, oldest first: a dot where there is none, equal values in the middle."""
    values = [actual.value if actual is not None and isinstance(actual.value, Fraction) else None for actual in course]
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    return "".join("·" if value is None else _bar(value, low, high) for value in values)


def _bar(value: Fraction, low: Fraction, high: Fraction) -> str:
    if low == high:
        return BARS[len(BARS) // 2]
    return BARS[int((value - low) / (high - low) * (len(BARS) - 1))]
