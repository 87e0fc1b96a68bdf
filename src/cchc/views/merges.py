"""What could not be merged, as lines: the file, what is in conflict, and what each side says."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cchc.core.codes import CODES
from cchc.texts import Translate, mark
from cchc.views.excerpt import filled

MARKED = "E108"  # the code of the finding that the markers are


class Unmerged(NamedTuple):
    """A unit in conflict: its name, and what both sides say; None for one that took it out."""

    name: str
    ours: str | None
    theirs: str | None


def conflict_text(file: str, units: Sequence[Unmerged], _: Translate) -> str:
    """Return a line for each unit in conflict, as far as they are known, and what to do about it."""
    return "\n".join((*_lines(file, units, _), f"  {_(CODES[MARKED].remedy)}"))


def _lines(file: str, units: Sequence[Unmerged], _: Translate) -> Iterator[str]:
    for unit in units:
        ours, theirs = (_(mark("removed")) if said is None else said for said in (unit.ours, unit.theirs))
        message = mark("{file}: conflict: {name}: {ours} (this branch) and {theirs} (the other branch)")
        yield filled(message, {"file": file, "name": unit.name, "ours": ours, "theirs": theirs}, _)
    if not units:
        yield filled(mark("{file}: conflict: the file could not be merged by figure"), {"file": file}, _)
