"""What was typed and is not written yet: a file of ours in the workspace that git ignores, until it is or is declined.

It is no record: losing it loses nothing but typing. Each of its entries is checked like a typed one when it is offered.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cchc.workspace import files, writing
from cchc.workspace.files import MISSING
from cchc.workspace.writing import New

FILE = ".cchc.typed"
FORMAT = "cchc-typed/1"


class Unwritten(NamedTuple):
    """A figure as it was typed, with what was said of it; `replaces` is the figure that it is known to put away."""

    indicator: str
    value: str
    period: str
    source: str | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    provided_by: str | None = None
    provisional: bool = False
    points: str | None = None
    document: str | None = None
    replaces: str | None = None


class Held(NamedTuple):
    """What the file holds: its text, None without a file, and its entries; `readable` is false where it is not ours."""

    text: str | None = None
    entries: tuple[Unwritten, ...] = ()
    readable: bool = True


def held(root: Path) -> Held:
    """Return what was typed and not written; a file that cannot be read has no entries."""
    read = files.read(root, FILE)
    if read.text is None:
        return Held(readable=read.code == MISSING)
    try:
        raw = json.loads(read.text)
    except (ValueError, RecursionError):
        return Held(read.text, readable=False)
    rows = raw.get("typed") if isinstance(raw, dict) and raw.get("format") == FORMAT else None
    entries = [_entry(row) for row in rows] if isinstance(rows, list) else [None]
    good = tuple(entry for entry in entries if entry is not None)
    return Held(read.text, good, readable=len(good) == len(entries))


def _entry(row: object) -> Unwritten | None:
    """Return an entry of the file, None for what we would not have written."""
    if not isinstance(row, dict) or not set(row) <= set(Unwritten._fields):
        return None
    evidence, provisional = row.get("evidence", []), row.get("provisional", False)
    texts = {key: value for key, value in row.items() if key not in {"evidence", "provisional"}}
    listed = isinstance(evidence, list) and all(isinstance(item, str) for item in evidence)
    if not {"indicator", "value", "period"} <= set(texts) or not all(isinstance(text, str) for text in texts.values()):
        return None
    if not listed or not isinstance(provisional, bool):
        return None
    return Unwritten(**texts, evidence=tuple(evidence), provisional=provisional)


def hold(root: Path, before: str | None, entries: Sequence[Unwritten]) -> str | None:
    """Put what was typed in the place of `before` and return the file's text; without entries the file goes.

    WorldError when the file is not what was read, or cannot be written.
    """
    text = _text(entries) if entries else None
    if text == before:
        return text
    with writing.locked(root):
        if text is not None:
            writing.replace(root, [New(FILE, before, text)])
        else:
            writing.remove(root, FILE, before or "")
    return text


def _text(entries: Sequence[Unwritten]) -> str:
    default = Unwritten("", "", "")._asdict()
    rows = [
        {key: value for key, value in entry._asdict().items() if key in _NAMED or value != default[key]}
        for entry in entries
    ]
    return json.dumps({"format": FORMAT, "typed": rows}, ensure_ascii=False, indent=1) + "\n"


_NAMED = frozenset({"indicator", "value", "period"})
