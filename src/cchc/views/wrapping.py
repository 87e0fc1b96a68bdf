"""Plain lines as a terminal shows them: how wide a text is, and where it is broken. No cursor is moved."""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_LEAST = 10  # cells that a line has at least, however narrow the terminal


def width_of(text: str) -> int:
    """Return how many cells a terminal gives the text: none to combining marks, two to wide signs."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrapped(line: str, width: int) -> list[str]:
    """Return a line broken between words so that none is wider than `width` cells.

    Where it goes on it is indented by two more than it begins with, where there is room for that. A word that is wider
    than a line is cut.
    """
    width = max(width, _LEAST)
    if width_of(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))]
    further = f"{indent}  "
    if len(further) > width // 2:
        indent = further = ""
    lines: list[str] = []
    current, empty = indent, True
    for word in _words(line, width - len(further)):
        if not empty and width_of(current) + 1 + width_of(word) > width:
            lines.append(current)
            current, empty = further, True
        current += word if empty else f" {word}"
        empty = False
    return [*lines, current]


def _words(line: str, longest: int) -> Iterator[str]:
    for word in line.split():
        while width_of(word) > longest:
            at = _fitting(word, longest)
            yield word[:at]
            word = word[at:]  # noqa: PLW2901  # what is left of it
        yield word


def _fitting(word: str, longest: int) -> int:
    """Return how many characters of a word that is too wide fit, marks with the letter that they stand on."""
    return next(place for place, filled in enumerate(accumulate(map(_cells, word))) if filled > longest)
