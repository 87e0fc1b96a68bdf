"""Tables of figures and verdicts: columns with their types and meanings, rows of exact values; not yet text.

The columns that a batch reads have its names, so that a table of figures can be entered again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from cchc.core import model, surveys
from cchc.core.cells import Piece
from cchc.core.fields import Kind, MeasuredOver, Quality
from cchc.core.model import EvidenceRecord, Indicator, Plan, Target
from cchc.core.periods import Period, Unit
from cchc.core.records import FigureRecord
from cchc.core.results import Actual, Evaluation, Reason, Status
from cchc.core.scalars import Number
from cchc.texts import Translate, mark
from cchc.views.fields import RECORDS
from cchc.views.present.words import actual_text, status_text

R = TypeVar("R")
Pieces: TypeAlias = tuple[Piece, ...]  # of one cell


class Nested(NamedTuple):
    """Records in one cell; where cells are texts they are JSON."""

    records: tuple[Mapping[str, surveys.Plain], ...]


Cell: TypeAlias = str | bool | Number | Fraction | date | Pieces | Nested | None

_FIGURE, _SURVEY = RECORDS[model.Measurement].fields, RECORDS[surveys.Survey].fields
_SURVEYS = mark("the surveys as JSON, where there are several, or more is known of one than its tally")
_INDICATOR = RECORDS[model.Indicator].fields
_BY, _EVIDENCE = RECORDS[model.Attribution].fields, mark("what proves it: paths, addresses, records as JSON; | between")


class Type(StrEnum):
    """What the cells of a column hold; the words are those of Table Schema."""

    TEXT = "string"
    NUMBER = "number"
    WHOLE = "integer"
    YES_NO = "boolean"
    DAY = "date"
    LIST = "array"


class Column(NamedTuple, Generic[R]):
    """A column: its name, what its cells hold and mean, and how a cell follows from a record; None is an empty cell."""

    name: str
    type: Type
    meaning: str
    cell: Callable[[R], Cell]
    needed: bool = False
    choices: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table: its name, title and columns, the columns of its key and of keys of others, and its rows.

    `refers` gives the table that each such column names an entry of.
    """

    name: str
    title: str
    columns: tuple[Column[Any], ...]
    key: tuple[str, ...]
    refers: Mapping[str, str]
    records: Iterable[Any]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each row."""
        for record in self.records:
            yield tuple(column.cell(record) for column in self.columns)


def target_id(indicator: Indicator, target: Target | None) -> str | None:
    """Return the id of a target: its indicator's with the target's number in the plan, from 1."""
    return None if target is None else f"{indicator.id}.{indicator.targets.index(target) + 1}"


def figures_table(plan: Plan, figures: Iterable[FigureRecord]) -> Table:
    """Return the table of figures, one row a figure."""
    starts = plan.head.calendar.month_starts_on
    columns: tuple[Column[FigureRecord], ...] = (
        *_about(starts),
        Column("numerator", Type.NUMBER, mark("the numerator; of a survey its satisfied answers"), _counted(0)),
        Column("denominator", Type.NUMBER, mark("the denominator; of a survey all answers"), _counted(1)),
        Column("value", Type.NUMBER, mark("the figure as it was entered, where it is one number"), _entered),
        Column("text", Type.TEXT, mark("the figure as it was entered, where it is a word or a text"), _word),
        Column("of", Type.WHOLE, _FIGURE["of"], lambda one: one.entry.of),
        Column("points", Type.NUMBER, _FIGURE["points"], lambda one: one.entry.points),
        Column("result", Type.NUMBER, _RESULT, lambda one: _number(one.actual)),
        Column("nothing_arose", Type.YES_NO, _NOTHING, lambda one: one.entry.nothing_arose, needed=True),
        Column("illustrative", Type.YES_NO, _MADE_UP, lambda one: one.made_up, needed=True),
        Column("provisional", Type.YES_NO, _MOVES, lambda one: one.entry.quality is Quality.PROVISIONAL, needed=True),
        Column("source", Type.TEXT, _FIGURE["source"], lambda one: one.entry.source),
        *_attributed("provided"),
        *_attributed("checked"),
        Column("announced_document", Type.TEXT, _FIGURE["announced"], lambda one: _of(one.entry.announced, "document")),
        Column("announced_date", Type.DAY, mark("the decision's day"), lambda one: _of(one.entry.announced, "date")),
        Column("evidence", Type.TEXT, _EVIDENCE, lambda one: tuple(map(_piece, one.entry.evidence))),
        Column("note", Type.TEXT, _FIGURE["note"], lambda one: one.entry.note),
        *(Column(name, Type.WHOLE, _SURVEY[name], _answer(name)) for name in surveys.LEVELS),
        Column("surveys", Type.LIST, _SURVEYS, _surveys),
        Column("public", Type.YES_NO, _FIGURE["public"], lambda one: one.entry.public, needed=True),
        Column("corrections", Type.WHOLE, _CORRECTIONS, lambda one: len(one.entry.corrections), needed=True),
        Column("supplemented", Type.YES_NO, _CAME_LATER, lambda one: one.entry.supplement is not None, needed=True),
    )
    refers = {**_REFERS, "provided_by": "owners", "checked_by": "owners"}
    return Table("figures", mark("Figures"), columns, ("indicator", "period"), refers, figures)


def verdicts_table(plan: Plan, verdicts: Iterable[Evaluation], _: Translate, *, made_up: bool) -> Table:
    """Return the table of verdicts, one row an indicator and period; words are those of the translator."""
    starts = plan.head.calendar.month_starts_on
    columns: tuple[Column[Evaluation], ...] = (
        *_about(starts),
        Column("period_unit", Type.TEXT, mark("month, quarter, half, nine_months or year"), lambda one: one.period.unit, needed=True, choices=tuple(Unit)),
        Column("status", Type.TEXT, mark("the verdict, by its key"), lambda one: one.status, needed=True, choices=tuple(Status)),
        Column("verdict", Type.TEXT, mark("the verdict in words"), lambda one: status_text(one, _), needed=True),
        Column("reason", Type.TEXT, mark("why there is no verdict"), lambda one: one.reason, choices=tuple(Reason)),
        Column("complete", Type.YES_NO, _COMPLETE, lambda one: one.complete, needed=True),
        Column("value", Type.NUMBER, _RESULT, lambda one: _number(one.actual)),
        Column("text", Type.TEXT, mark("what was reached, where it is a word or a text"), lambda one: _said(one.actual)),
        Column("numerator", Type.NUMBER, mark("the numerator, added up"), lambda one: _of(one.actual, "numerator")),
        Column("denominator", Type.NUMBER, mark("the denominator, added up"), lambda one: _of(one.actual, "denominator")),
        Column("of", Type.WHOLE, _FIGURE["of"], lambda one: _of(one.actual, "of")),
        Column("points", Type.NUMBER, _FIGURE["points"], lambda one: _of(one.actual, "points")),
        Column("display", Type.TEXT, mark("what was reached, as reports print it"), lambda one: actual_text(one, _) or None),
        Column("reference", Type.TEXT, mark("the period that the figure is about"), lambda one: _label(one.actual)),
        Column("provisional", Type.YES_NO, _MOVES, lambda one: _of(one.actual, "quality") is Quality.PROVISIONAL, needed=True),
        Column("expected", Type.WHOLE, mark("how many figures are expected"), lambda one: len(one.coverage.expected), needed=True),
        Column("present", Type.WHOLE, mark("how many of them are there"), lambda one: one.coverage.present, needed=True),
        Column("missing", Type.TEXT, mark("the periods without a figure; | between"), lambda one: _labels(one.coverage.missing)),
        Column("nothing_arose", Type.TEXT, mark("the periods with 0/0; | between"), lambda one: _labels(one.coverage.not_applicable)),
        Column("target", Type.TEXT, mark("the target that decides, by its id"), lambda one: target_id(one.indicator, one.target)),
        Column("illustrative", Type.YES_NO, _MADE_UP, lambda _one: made_up, needed=True),
    )  # fmt: skip
    refers = {**_REFERS, "target": "targets"}
    return Table("verdicts", mark("Verdicts"), columns, ("indicator", "period"), refers, verdicts)


_REFERS = {"indicator": "indicators", "area": "areas", "owner": "owners"}
_RESULT = mark("what the figure comes to, in the unit; rounded half up to 6 places")
_NOTHING = mark("true: 0/0, nothing arose")
_MADE_UP = mark("true: the figure is made up")
_MOVES = mark("whether the figure may still move")
_CORRECTIONS = mark("how often it was corrected after its period was closed; the files tell how")
_CAME_LATER = mark("whether it came after its period was closed")
_COMPLETE = mark("false where figures are missing or may still move")


def _about(starts: int) -> tuple[Column[Any], ...]:
    """Return the columns that say which indicator and which period a row is about."""

    def window(one: FigureRecord | Evaluation) -> tuple[date, date]:
        return one.period.window(1 if one.indicator.measured_over is MeasuredOver.CIVIL else starts)

    return (
        Column("indicator", Type.TEXT, mark("the indicator or statistic, by id"), lambda one: one.indicator.id, needed=True),
        Column("indicator_name", Type.TEXT, mark("its name"), lambda one: one.indicator.name, needed=True),
        Column("area", Type.TEXT, mark("its area, by id"), lambda one: one.indicator.area),
        Column("owner", Type.TEXT, mark("who answers for it, by id"), lambda one: one.indicator.owner),
        Column("kind", Type.TEXT, mark("what a figure is"), lambda one: one.indicator.kind, needed=True, choices=tuple(Kind)),
        Column("unit", Type.TEXT, _INDICATOR["unit"], lambda one: one.indicator.unit),
        Column("period", Type.TEXT, mark("the period: 2023-06, 2023Q2, 2023H1, 2023-9T, 2023"), lambda one: one.period.label, needed=True),
        Column("period_from", Type.DAY, mark("the period's first day"), lambda one: window(one)[0], needed=True),
        Column("period_to", Type.DAY, mark("the period's last day"), lambda one: window(one)[1], needed=True),
    )  # fmt: skip


def _attributed(what: str) -> Iterator[Column[FigureRecord]]:
    """Yield the columns of who did something, and when."""
    yield Column(f"{what}_by", Type.TEXT, _FIGURE[what], lambda one: _of(getattr(one.entry, what), "by"))
    yield Column(f"{what}_on", Type.DAY, _BY["on"], lambda one: _of(getattr(one.entry, what), "on"))


def _of(record: object, field: str) -> Any:
    """Return a field of a record, None without one."""
    return None if record is None else getattr(record, field)


def _counted(place: int) -> Callable[[FigureRecord], Cell]:
    return lambda one: None if one.entry.counts is None else one.entry.counts[place]


def _answer(name: str) -> Callable[[FigureRecord], Cell]:
    return lambda one: sum(getattr(held, name) for held in one.entry.held) if one.entry.held else None


def _surveys(one: FigureRecord) -> Cell:
    held = one.entry.held
    return Nested(tuple(map(surveys.plain, held))) if len(held) > 1 or not all(each.is_bare for each in held) else None


def _entered(one: FigureRecord) -> Cell:
    return None if isinstance(one.entry.value, bool | str) else one.entry.value


def _word(one: FigureRecord) -> Cell:
    return spoken(one.entry.value) if isinstance(one.entry.value, bool | str) else one.entry.text


def _said(actual: Actual | None) -> Cell:
    if actual is None:
        return None
    return spoken(actual.value) if isinstance(actual.value, bool | str) else actual.text


def spoken(value: bool | str) -> str:  # noqa: FBT001  # a yes/no figure is a bool
    """Return a grade's word, and yes or no as files spell them."""
    return value if isinstance(value, str) else "có" if value else "không"


def _number(actual: Actual | None) -> Fraction | None:
    return actual.value if actual is not None and isinstance(actual.value, Fraction) else None


def _label(actual: Actual | None) -> str | None:
    return None if actual is None else actual.reference.label


def _labels(periods: Iterable[Period]) -> Pieces | None:
    return tuple(period.label for period in periods) or None


def _piece(evidence: EvidenceRecord) -> Piece:
    """Return a piece of evidence as it is written: the path alone, or all that is known."""
    known = {key: str(value) for key, value in evidence.model_dump(exclude_none=True).items()}
    return known["path"] if list(known) == ["path"] else known
