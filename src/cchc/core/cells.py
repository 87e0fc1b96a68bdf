"""Texts in the cells of a table: what a spreadsheet would take for a formula, pieces of evidence, and back again.

A text that begins like a formula gets an apostrophe before it. So does one that would be read back as such a text; each
text comes back as it was. Numbers, dates and yes/no are no texts and are never touched.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Piece: TypeAlias = str | Mapping[str, str]  # a path or address, or the keys of a record of evidence

BETWEEN = "|"
EVIDENCE_KEYS = ("path", "title", "document", "date", "kept_at", "sha256")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_BAR = "\\u007c"  # a bar in JSON that no reader takes for the end of a piece


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def marked(text: str) -> str:
    """Return the text for a cell that needs no guard, so that a reader who takes guards off leaves its apostrophes."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` or `marked` was given."""
    return text[1:] if _GUARDED.match(text) else text


def joined(pieces: Iterable[Piece]) -> str:
    """Return pieces of evidence as one text: paths as they are, records as JSON, a bar between them."""
    return f" {BETWEEN} ".join(map(_spelled, pieces))


def parted(text: str) -> tuple[Piece, ...]:
    """Return the pieces that `joined` was given; ValueError where a record is none."""
    stripped = (piece.strip() for piece in text.split(BETWEEN))
    return tuple(record(json.loads(piece)) if piece.startswith("{") else piece for piece in stripped if piece)


def record(found: object) -> Mapping[str, str]:
    """Return the texts of a record of evidence by key; ValueError for anything else."""
    if not isinstance(found, Mapping) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError("a record holds texts")  # a refusal like that of json
    unknown = [key for key in found if key not in EVIDENCE_KEYS]
    if unknown:
        raise ValueError(f"{unknown[0]}?")  # noqa: EM102  # the reader names the keys that there are
    return found


def _spelled(piece: Piece) -> str:
    if isinstance(piece, str):
        if BETWEEN not in piece and not piece.startswith("{"):
            return piece
        piece = {"path": piece}
    return json.dumps(dict(piece), ensure_ascii=False).replace(BETWEEN, _BAR)
