"""The tables that explain figures and verdicts: indicators with their definitions, targets, areas, owners."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cchc.core import model
from cchc.core.fields import Aggregation, Kind
from cchc.core.model import Area, Indicator, Owner, Plan, Target
from cchc.core.periods import Frequency
from cchc.core.results import Selection
from cchc.core.scalars import Number
from cchc.texts import mark
from cchc.views.fields import RECORDS
from cchc.views.tables import Cell, Column, Table, Type, spoken, target_id

_INDICATOR, _TARGET = RECORDS[model.Indicator].fields, RECORDS[model.Target].fields
_OWNER, _AREA = RECORDS[model.Owner].fields, RECORDS[model.AreaHead].fields
_ANNOUNCED = RECORDS[model.Announcement].fields["by"]
_BY_NUMBER = mark("the bound, where it is a number; of a range its lower end")
_BY_WORD = mark("the bound, where it is a word; of a range its lower end")


class _TargetOf(NamedTuple):
    """A target with the indicator that it is for, and its one operator."""

    indicator: Indicator
    target: Target
    operator: str
    bounds: tuple[Number | bool | str, ...]


def plan_tables(plan: Plan, selection: Selection) -> tuple[Table, ...]:
    """Return the tables of a plan, of indicators and targets those that were selected."""
    chosen = [entry for entry in plan.measured.values() if selection.takes(entry)]
    statistics = {entry.id for entry in plan.statistics}
    return (_owners(plan), _areas(plan), _indicators(chosen, statistics), _targets(chosen))


def _owners(plan: Plan) -> Table:
    columns: tuple[Column[Owner], ...] = (
        Column("id", Type.TEXT, _OWNER["id"], lambda one: one.id, needed=True),
        Column("ref", Type.TEXT, _OWNER["ref"], lambda one: one.ref),
        Column("name", Type.TEXT, _OWNER["name"], lambda one: one.name, needed=True),
    )
    return Table("owners", mark("Owners"), columns, ("id",), {}, plan.owners)


def _areas(plan: Plan) -> Table:
    columns: tuple[Column[Area], ...] = (
        Column("id", Type.TEXT, _AREA["area"], lambda one: one.id, needed=True),
        Column("ref", Type.TEXT, _AREA["ref"], lambda one: one.ref),
        Column("title", Type.TEXT, _AREA["title"], lambda one: one.title, needed=True),
        Column("owner", Type.TEXT, _AREA["owner"], lambda one: one.owner),
        Column("within", Type.TEXT, _AREA["within"], lambda one: one.within),
    )
    return Table("areas", mark("Areas"), columns, ("id",), {"owner": "owners", "within": "areas"}, plan.areas)


def _indicators(chosen: list[Indicator], statistics: set[str]) -> Table:
    columns: tuple[Column[Indicator], ...] = (
        Column("id", Type.TEXT, _INDICATOR["id"], lambda one: one.id, needed=True),
        Column("ref", Type.TEXT, _INDICATOR["ref"], lambda one: one.ref),
        Column("name", Type.TEXT, _INDICATOR["name"], lambda one: one.name, needed=True),
        Column("statistic", Type.YES_NO, mark("true: a statistic, without a target"), lambda one: one.id in statistics, needed=True),
        Column("area", Type.TEXT, mark("its area, by id"), lambda one: one.area),
        Column("owner", Type.TEXT, mark("who answers for it, by id"), lambda one: one.owner),
        Column("with", Type.TEXT, mark("who joins in, by id; | between"), lambda one: one.joining or None),
        Column("kind", Type.TEXT, _INDICATOR["kind"], lambda one: one.kind, needed=True, choices=tuple(Kind)),
        Column("unit", Type.TEXT, _INDICATOR["unit"], lambda one: one.unit),
        Column("item", Type.TEXT, _INDICATOR["item"], lambda one: one.item),
        Column("numerator", Type.TEXT, _INDICATOR["numerator"], lambda one: one.numerator),
        Column("denominator", Type.TEXT, _INDICATOR["denominator"], lambda one: one.denominator),
        Column("factor", Type.NUMBER, _INDICATOR["factor"], lambda one: one.factor, needed=True),
        Column("frequency", Type.TEXT, _INDICATOR["frequency"], lambda one: one.frequency, needed=True, choices=tuple(Frequency)),
        Column("aggregation", Type.TEXT, _INDICATOR["aggregation"], lambda one: one.aggregation, needed=True, choices=tuple(Aggregation)),
        Column("scale", Type.TEXT, mark("the words of a grade, worst to best; | between"), lambda one: one.scale or None),
        Column("survey", Type.YES_NO, _INDICATOR["survey"], lambda one: one.survey, needed=True),
        Column("announced_by", Type.TEXT, _ANNOUNCED, lambda one: one.announced.by if one.announced else None),
        Column("valid_from", Type.TEXT, mark("the first month in which it exists"), lambda one: one.valid.first.label if one.valid.first else None),
        Column("valid_to", Type.TEXT, mark("the last month in which it exists"), lambda one: one.valid.last.label if one.valid.last else None),
        Column("reading", Type.TEXT, _INDICATOR["reading"], lambda one: one.reading),
        Column("note", Type.TEXT, _INDICATOR["note"], lambda one: one.note),
    )  # fmt: skip
    return Table(
        "indicators", mark("Indicators and statistics"), columns, ("id",), {"area": "areas", "owner": "owners"}, chosen
    )


def _targets(chosen: list[Indicator]) -> Table:
    columns: tuple[Column[_TargetOf], ...] = (
        Column("id", Type.TEXT, mark("the target's id: its indicator's and its number"), lambda one: target_id(one.indicator, one.target), needed=True),
        Column("indicator", Type.TEXT, mark("the indicator, by id"), lambda one: one.indicator.id, needed=True),
        Column("from", Type.WHOLE, _TARGET["from"], lambda one: one.target.first),
        Column("by", Type.WHOLE, _TARGET["by"], lambda one: one.target.by),
        Column("operator", Type.TEXT, mark("how a figure compares with the bound"), lambda one: one.operator, needed=True, choices=_OPERATORS),
        Column("bound", Type.NUMBER, _BY_NUMBER, _number(0)),
        Column("bound_to", Type.NUMBER, mark("the upper end of a range, where it is a number"), _number(1)),
        Column("word", Type.TEXT, _BY_WORD, _word(0)),
        Column("word_to", Type.TEXT, mark("the upper end of a range, where it is a word"), _word(1)),
        Column("as_written", Type.TEXT, _TARGET["as_written"], lambda one: one.target.as_written),
        Column("document", Type.TEXT, _TARGET["document"], lambda one: one.target.document),
    )  # fmt: skip
    records = [
        _TargetOf(indicator, target, operator, bound if isinstance(bound, tuple) else (bound,))
        for indicator in chosen
        for target in indicator.targets
        for operator, bound in target.bounds.items()
    ]
    return Table("targets", mark("Targets"), columns, ("id",), {"indicator": "indicators"}, records)


_OPERATORS = ("at_least", "at_most", "equal_to", "between")


def _number(place: int) -> Callable[[_TargetOf], Cell]:
    def cell(one: _TargetOf) -> Any:
        bound = one.bounds[place] if place < len(one.bounds) else None
        return None if isinstance(bound, bool | str) else bound

    return cell


def _word(place: int) -> Callable[[_TargetOf], Cell]:
    def cell(one: _TargetOf) -> Any:
        bound = one.bounds[place] if place < len(one.bounds) else None
        return spoken(bound) if isinstance(bound, bool | str) else None

    return cell
