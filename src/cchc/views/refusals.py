"""What is in the way of a batch or a table: each cause once, with its remedy and every place that it is about."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cchc.core.errors import CommandError
from cchc.texts import Translate, mark
from cchc.views.excerpt import error_remedy, filled, inert

SHOWN = 200  # causes that are told; nobody reads more
NAMED = 3  # figures that a cause of many of them names
_CELL = re.compile(r"(.*!)([A-Z]+)([0-9]+)")  # Sheet1!D12

Place = int | str  # a line of a batch, or a cell of a table
Refused = tuple[Place, CommandError]


class _Cause(NamedTuple):
    """What is in the way of one figure or of many, without what only names the figure."""

    error: CommandError
    places: list[Place]
    named: dict[str, list[str]]  # by the error's arguments that name a figure


class _Told(NamedTuple):
    """A cause as it is told."""

    head: str
    remedy: str
    places: str


def refusals_text(refusals: Iterable[Refused], _: Translate) -> str:
    """Return what is wrong with lines of a batch or cells of a table; what several have in common is told once."""
    causes = _causes(refusals, _)
    told = [_told(cause, _) for cause in causes[:SHOWN]]
    lines: list[str] = []
    for at, one in enumerate(told):
        said_next = at + 1 < len(told) and told[at + 1].remedy == one.remedy and not told[at + 1].places
        lines.append(one.head)
        if one.remedy and (one.places or not said_next):  # of neighbours with one remedy it stands below the last
            lines.append(f"  {one.remedy}")
        if one.places:
            lines.append(f"  {one.places}")
    if len(causes) > SHOWN:
        lines.append(_(mark("causes that are not shown: {count}")).format(count=len(causes) - SHOWN))
    return "\n".join(lines)


def _causes(refusals: Iterable[Refused], _: Translate) -> list[_Cause]:
    """Return the causes in the order of the first place of each."""
    found: dict[tuple[str, str], _Cause] = {}
    for place, error in refusals:
        cause = found.setdefault(_texts(error, error.naming, _), _Cause(error, [], {}))
        cause.places.append(place)
        for name in error.naming:
            cause.named.setdefault(name, []).append(str(error.arguments[name]))
    return list(found.values())


def _texts(error: CommandError, named: Mapping[str, str], _: Translate) -> tuple[str, str]:
    """Return message and remedy of an error with some of its arguments put otherwise."""
    other = CommandError(error.message, error.remedy, **{**error.arguments, **named})
    return filled(other.message, other.arguments, _), error_remedy(other, _)


def _told(cause: _Cause, _: Translate) -> _Told:
    many = len(cause.places) > 1
    named = {name: _some(texts) for name, texts in cause.named.items()}
    message = _texts(cause.error, named, _)[0]
    any_of = {name: _(cause.error.naming[name]) for name, texts in cause.named.items() if len(set(texts)) > 1}
    remedy = _texts(cause.error, any_of, _)[1]
    return _Told(_head(cause.places[0], message, _), remedy, _listed(cause.places, _) if many else "")


def _some(texts: Sequence[str]) -> str:
    """Return the names of figures, of many the first."""
    different = list(dict.fromkeys(texts))
    return ", ".join(different[:NAMED]) + (", …" if len(different) > NAMED else "")


def _head(place: Place, message: str, _: Translate) -> str:
    error = f"{_('error')}: {message}"
    if isinstance(place, str):
        return f"{inert(place)}: {error}"
    return _(mark("line {line}: {error}")).format(line=place, error=error)


def _listed(places: Sequence[Place], _: Translate) -> str:
    """Return all places of a cause in one line, neighbours joined, and how many they are."""
    lines = [place for place in places if isinstance(place, int)]
    if lines:
        joined = ", ".join(_run(str(run[0]), str(run[-1]), "–") for run in _runs(sorted(set(lines))))
        return _(mark("{count} lines: {places}")).format(count=len(lines), places=joined)
    joined = ", ".join(_cells([place for place in places if isinstance(place, str)]))
    return _(mark("{count} places: {places}")).format(count=len(places), places=joined)


def _cells(places: Sequence[str]) -> Iterator[str]:
    """Yield cells; those below each other in a sheet as spreadsheets write them: Sheet1!D12:D41."""
    columns: dict[tuple[str, str], list[int]] = {}
    for place in dict.fromkeys(places):
        cell = _CELL.fullmatch(place)
        if cell is None:
            yield inert(place)
        else:
            columns.setdefault((cell[1], cell[2]), []).append(int(cell[3]))
    for (sheet, column), rows in columns.items():
        for run in _runs(sorted(rows)):
            yield inert(sheet) + _run(f"{column}{run[0]}", f"{column}{run[-1]}", ":")


def _run(first: str, last: str, between: str) -> str:
    return first if first == last else f"{first}{between}{last}"


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return ascending numbers as stretches of neighbours."""
    runs = [[numbers[0]]]
    for earlier, later in pairwise(numbers):
        if later == earlier + 1:
            runs[-1].append(later)
        else:
            runs.append([later])
    return runs
