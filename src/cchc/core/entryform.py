"""The form on which the figures of a period are filled in, and the contract of its workbook, which is written and read.

A workbook has one sheet to be filled in and a hidden one. The first row of the former, hidden too, marks what each
column holds; one column, hidden likewise, holds the key of each row. So rows may be sorted and sheets renamed. The
hidden sheet keeps what the rows held when the form was made, under a seal that tells when it was damaged.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from cchc.core import closing
from cchc.core.digest import sealed
from cchc.core.evaluate import due_periods, judge
from cchc.core.fields import SEAL, Kind, Quality
from cchc.core.model import Closing, Dataset, Indicator, Measurement, Plan, Target
from cchc.core.periods import Period
from cchc.core.results import Evaluation, Selection
from cchc.core.scalars import folded
from cchc.core.targets import deciding

FORMAT = "cchc/form/1"
FAMILY = "cchc/form/"  # of every format of ours
HIDDEN = "cchc"  # the name of the hidden sheet
MARK = "cchc:"  # before the name of a column in the hidden row
KEY = "key"  # the column of the keys, and the row below the title whose cells stand for every row
HEAD = "head"
COLUMNS = "columns"
YES, NO = "có", "không"
EACH_OWNER = "*"  # who provided the figures: of each the one who answers for it


class Input(StrEnum):
    """A cell of a row that is filled in; also the name of its column."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    OF = "of"
    POINTS = "points"
    SOURCE = "source"
    EVIDENCE = "evidence"
    QUALITY = "quality"
    BY = "by"
    ON = "on"
    NOTE = "note"


class Shown(StrEnum):
    """A column that is only read by people; those of the head are also where its inputs stand."""

    NUMBER = "number"
    NAME = "name"
    PERIOD = "period"
    READING = "reading"
    TARGET = "target"
    UNIT = "unit"
    BEFORE = "before"


HEAD_BY, HEAD_ON = Shown.READING, Shown.UNIT  # below which columns the head asks who provided the figures, and when

FIGURE: Mapping[Kind, tuple[Input, ...]] = {  # the cells that make a figure; the first are needed
    Kind.RATIO: (Input.NUMERATOR, Input.DENOMINATOR, Input.VALUE),
    Kind.COUNT: (Input.VALUE,),
    Kind.NUMBER: (Input.VALUE,),
    Kind.YES_NO: (Input.VALUE, Input.POINTS),
    Kind.RANK: (Input.VALUE, Input.OF, Input.POINTS),
    Kind.GRADE: (Input.VALUE, Input.POINTS),
    Kind.NARRATIVE: (Input.VALUE,),
}
BESIDE = (Input.SOURCE, Input.EVIDENCE, Input.QUALITY, Input.BY, Input.ON, Input.NOTE)
_TIME = re.compile(r"(?:19|20|21)[0-9]{2}|\b(?:ngày|tháng|quý|năm) ?[0-9ivx]")
_DEFINITION = (
    "kind", "unit", "numerator", "denominator", "frequency", "aggregation", "amounts", "share", "factor", "scale",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormRow:
    """A figure that is due: its target, what stands in the data, what the reference period before had."""

    indicator: Indicator
    period: Period
    target: Target | None
    entry: Measurement | None
    before: Evaluation | None  # None where there is no such period in the term
    source: str | None  # of the figure before, unless it names a time

    @property
    def key(self) -> str:
        """The key of its row."""
        return f"{self.indicator.id} {self.period.label}"


class FormGroup(NamedTuple):
    """The rows of an area for which one owner answers; `area` and `owner` are titles, empty without one."""

    area: str
    owner: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of a period; `closed` is the first closing in force on which one of its figures rests."""

    plan: Plan
    period: Period
    selection: Selection
    illustrative: bool
    closed: Closing | None
    groups: tuple[FormGroup, ...]

    @property
    def rows(self) -> tuple[FormRow, ...]:
        """All rows in their order."""
        return tuple(row for group in self.groups for row in group.rows)


def needed(plan: Plan, period: Period) -> set[Period]:
    """Return the periods whose files a form is made from: of the figures that are due, and of those before them."""
    empty = Dataset(plan, {})  # what is due depends on the plan alone
    due = {part for indicator in plan.measured.values() for part in due_periods(empty, indicator, period)}
    return due | {before for part in due if (before := part.previous()) is not None and plan.term.contains(before)}


def build_form(data: Dataset, period: Period, selection: Selection, closings: Sequence[Closing]) -> EntryForm:
    """Return the form of the figures that are due in a period; of an owner those for which he answers himself."""
    plan = data.plan
    chosen = [one for one in plan.measured.values() if selection.area in {None, one.area}]
    chosen = [one for one in chosen if selection.owner in {None, one.owner}]
    rows = [_row(data, one, part) for one in chosen for part in due_periods(data, one, period)]
    over = (closing.closings_over(plan, closings, row.indicator.id, row.period) for row in rows)
    return EntryForm(
        plan=plan,
        period=period,
        selection=selection,
        illustrative=data.illustrative,
        closed=next((found[0] for found in over if found), None),
        groups=tuple(_groups(plan, rows)),
    )


def _row(data: Dataset, indicator: Indicator, period: Period) -> FormRow:
    target, _ = deciding(indicator.targets, period)
    entry = data.measurement(indicator.id, period)
    before = period.previous()
    if before is None or not data.plan.term.contains(before):
        return FormRow(indicator, period, target, entry, None, None)
    last = data.measurement(indicator.id, before)
    source = last.source if last is not None and not _names_a_time(last.source or "") else None
    return FormRow(indicator, period, target, entry, judge(data, indicator, before), source)


def _names_a_time(source: str) -> bool:
    """Whether a source is surely not that of the next figure too: it names a year, a month, a quarter, a day."""
    return bool(_TIME.search(folded(source)))


def _groups(plan: Plan, rows: Sequence[FormRow]) -> Iterator[FormGroup]:
    """Yield rows by area in the plan's order, of an area by owner in the order in which they come."""
    titles = {area.id: area.title for area in plan.areas}
    for area in (*titles, *dict.fromkeys(row.indicator.area for row in rows if row.indicator.area not in titles)):
        own = [row for row in rows if row.indicator.area == area]
        for owner in dict.fromkeys(row.indicator.owner for row in own):
            found = plan.owners_by_id.get(owner or "")
            group = tuple(row for row in own if row.indicator.owner == owner)
            yield FormGroup(titles.get(area or "", ""), found.name if found is not None else "", group)


# what stands in the cells


def known_texts(entry: Measurement | None) -> dict[Input, str]:
    """Return what an entry says in the inputs of its row, as the hidden sheet keeps it; evidence is for views to word.

    Numbers are plain decimals, days are of the form 2023-07-15.
    """
    if entry is None:
        return {}
    counts = entry.counts or (None, None)
    provided = entry.provided
    texts = {
        Input.NUMERATOR: _text(counts[0]),
        Input.DENOMINATOR: _text(counts[1]),
        Input.VALUE: _text(entry.value) or entry.text or "",
        Input.OF: _text(entry.of),
        Input.POINTS: _text(entry.points),
        Input.SOURCE: entry.source or "",
        Input.QUALITY: YES if entry.quality is Quality.PROVISIONAL else "",
        Input.BY: provided.by if provided is not None else "",
        Input.ON: provided.on.isoformat() if provided is not None and provided.on is not None else "",
        Input.NOTE: entry.note or "",
    }
    return {name: text for name, text in texts.items() if text}


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


# the hidden sheet


def fingerprint(indicator: Indicator) -> str:
    """Return what tells whether figures of an indicator still mean what they meant when a form was made."""
    return sealed(f"{name} {_said(getattr(indicator, name))}" for name in _DEFINITION)[:SEAL]


def _said(value: object) -> str:
    return "/".join(value) if isinstance(value, tuple) else str(value)


def seal(cells: Iterable[Sequence[str]]) -> str:
    """Return the seal of the rows of a hidden sheet; line ends, empty cells at the end and empty rows do not count."""
    rows = enumerate(_stripped(row) for row in cells)
    return sealed(f"{at} {json.dumps(row)}" for at, row in rows if row)


def _stripped(row: Sequence[str]) -> list[str]:
    """Return a row with its line ends alike, up to its last cell that is not empty."""
    filled = max((at for at, text in enumerate(row, start=1) if text), default=0)
    return [text.replace("\r\n", "\n").replace("\r", "\n") for text in row[:filled]]
