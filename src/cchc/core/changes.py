"""What changed between two states of a workspace, matched by key and not by line, and what that does to verdicts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from cchc.core import digest, looks
from cchc.core.closing import FIGURE, closings_over, is_traced, standing
from cchc.core.evaluate import judge
from cchc.core.fields import Record
from cchc.core.looks import Look
from cchc.core.model import Closing, DataFile, Dataset, Indicator, IssuedReport, Measurement, Plan
from cchc.core.periods import Frequency, Period
from cchc.core.report import rests_on
from cchc.core.results import Evaluation


class About(StrEnum):
    """What a change is about."""

    FIGURE = "figure"
    TASK_REPORT = "task_report"
    REMARK = "remark"
    FILE = "file"
    INDICATOR = "indicator"
    STATISTIC = "statistic"
    TASK = "task"
    AREA = "area"
    OWNER = "owner"
    IDENTITY = "identity"
    FUNDING = "funding"
    PLAN = "plan"
    CLOSING = "closing"
    REPORT = "report"


class What(StrEnum):
    """What was done. Corrected and supplemented: in a closed period, with reason and document."""

    ADDED = "added"
    CHANGED = "changed"
    CORRECTED = "corrected"
    SUPPLEMENTED = "supplemented"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record that differs; None where it is absent."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `key` names what it is about, `period` the file of data; `looks`: why it deserves a second look."""

    about: About
    key: str
    what: What
    period: Period | None = None
    old: Record | None = None
    new: Record | None = None
    fields: tuple[FieldChange, ...] = ()
    looks: tuple[Look, ...] = ()
    closed: tuple[Period, ...] = ()  # the closed periods that it touches
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A verdict of a month, quarter or year that is another; None where the indicator did not exist."""

    indicator: Indicator
    period: Period
    before: Evaluation | None
    after: Evaluation | None


@dataclass(frozen=True)
class State:
    """A state of a workspace: plan and data, closings and issued reports."""

    data: Dataset
    closings: tuple[Closing, ...] = ()
    reports: tuple[IssuedReport, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.data.plan

    @cached_property
    def rested(self) -> Mapping[Period, frozenset[Period]]:
        """The periods whose figures the issued reports rest on, by the reports' periods."""
        return {one.period: frozenset(rests_on(self.plan, one.period)) for one in self.reports}


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed, in the order of the plan and of time, and the verdicts that are others.

    `plans`: of the one state and of the other, which know the names of what is told by its id.
    """

    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    plans: tuple[Plan, Plan]

    @property
    def second_look(self) -> tuple[Change, ...]:
        """The changes that deserve a second look."""
        return tuple(change for change in self.changes if change.looks)


def difference(before: State, after: State) -> Difference:
    """Return what changed from one state to another."""
    names = _renamed(before.plan, after.plan)
    changes = (*_plan(before, after, names), *_files(before, after, names), *_ledgers(before, after))
    effects = tuple(_effects(before, after, changes, names))
    return Difference(changes, effects, (before.plan, after.plan))


def _renamed(before: Plan, after: Plan) -> dict[str, str]:
    """Return today's id of each indicator and statistic that the older plan knows."""
    formerly = {old: one.id for one in after.measured.values() for old in one.formerly}
    return {key: key if key in after.measured else formerly.get(key, key) for key in before.measured}


# the plan


def _plan(before: State, after: State, names: Mapping[str, str]) -> Iterator[Change]:
    one, other = before.plan, after.plan
    head = _fields(one.head, other.head)
    if head:
        closed = tuple(
            found.period
            for found in standing(before.closings)
            if digest.identity_lines(one, found.period) != digest.identity_lines(other, found.period)
        )
        found_ = (*looks.of_head(one, other), *((Look.CLOSED,) if closed else ()))
        yield Change(About.PLAN, other.head.id, What.CHANGED, None, one.head, other.head, head, found_, closed)
    for about, old, new in (
        (About.INDICATOR, one.indicators, other.indicators),
        (About.STATISTIC, one.statistics, other.statistics),
    ):
        yield from _indicators(about, {names[entry.id]: entry for entry in old}, {e.id: e for e in new}, before)
    for about, first, second in (
        (About.TASK, _by_id(one.tasks), _by_id(other.tasks)),
        (About.OWNER, _by_id(one.owners), _by_id(other.owners)),
        (About.IDENTITY, {i.whole: i for i in one.identities}, {i.whole: i for i in other.identities}),
        (About.FUNDING, {f.ref: f for f in one.funding}, {f.ref: f for f in other.funding}),
    ):
        yield from _records(about, first, second)
    yield from _areas(one, other)


def _by_id(records: Iterable[Record]) -> dict[str, Record]:
    return {getattr(record, "id"): record for record in records}  # noqa: B009  # all of these have one


def _areas(one: Plan, other: Plan) -> Iterator[Change]:
    old, new = ({area.id: area for area in plan.areas} for plan in (one, other))
    for key in {**old, **new}:
        if key not in old or key not in new:
            yield Change(About.AREA, key, What.REMOVED if key in old else What.ADDED)
            continue
        names = ("ref", "title", "owner", "within")
        pairs = ((name, getattr(old[key], name), getattr(new[key], name)) for name in names)
        fields = tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])
        if fields:
            yield Change(About.AREA, key, What.CHANGED, fields=fields)


def _indicators(
    about: About, old: Mapping[str, Indicator], new: Mapping[str, Indicator], before: State
) -> Iterator[Change]:
    for change in _records(about, old, new):
        one, other = old.get(change.key), new.get(change.key)
        closed = tuple(
            found.period
            for found in standing(before.closings)
            if digest.line_of(one, found.period) != digest.line_of(other, found.period)
        )
        found = (*looks.of_indicator(before.plan.term, one, other), *((Look.CLOSED,) if closed else ()))
        yield Change(
            about, change.key, change.what, None, one, other, change.fields, found, closed, indicator=other or one
        )


def _records(about: About, old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterator[Change]:
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        if one is None or other is None:
            yield Change(about, key, What.REMOVED if other is None else What.ADDED, None, one, other)
        elif fields := _fields(one, other):
            yield Change(about, key, What.CHANGED, None, one, other, fields)


def _fields(old: Record, new: Record) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(info.alias or name, getattr(old, name), getattr(new, name))
        for name, info in type(new).model_fields.items()
        if getattr(old, name) != getattr(new, name)
    )


# the data


def _files(before: State, after: State, names: Mapping[str, str]) -> Iterator[Change]:
    periods = {**before.data.files, **after.data.files}
    for period in sorted(periods, key=lambda one: (one.last, one.first)):
        old, new = before.data.files.get(period), after.data.files.get(period)
        if old is not None and new is not None and old.illustrative != new.illustrative:
            yield _exchanged(before, period, old, new)
        yield from _figures(before, after, period, names)
        for about, section in ((About.TASK_REPORT, "tasks"), (About.REMARK, "remarks")):
            for change in _records(about, _section(old, section), _section(new, section)):
                yield Change(about, change.key, change.what, period, change.old, change.new, change.fields)


def _exchanged(before: State, period: Period, old: DataFile, new: DataFile) -> Change:
    """Return the change of a file whose figures were made up and are real now, or the other way round."""
    closed = tuple(one.period for one in standing(before.closings) if period in rests_on(before.plan, one.period))
    field = FieldChange("illustrative", old.illustrative, new.illustrative)
    found = (Look.ILLUSTRATIVE, *((Look.CLOSED,) if closed else ()))
    return Change(About.FILE, period.label, What.CHANGED, period, fields=(field,), looks=found, closed=closed)


def _section(file: DataFile | None, section: str) -> Mapping[str, Record]:
    found: Mapping[str, Record] = getattr(file, section) if file is not None else {}
    return found


def _figures(before: State, after: State, period: Period, names: Mapping[str, str]) -> Iterator[Change]:
    old = {names.get(key, key): entry for key, entry in _measurements(before.data, period).items()}
    new = _measurements(after.data, period)
    order = {key: rank for rank, key in enumerate(after.plan.measured)}
    for key in sorted({**old, **new}, key=lambda one: order.get(one, len(order))):
        if old.get(key) != new.get(key):
            yield _figure(before, after, period, key, (old.get(key), new.get(key)))


def _measurements(data: Dataset, period: Period) -> Mapping[str, Measurement]:
    return data.files[period].measurements if period in data.files else {}


def _figure(
    before: State,
    after: State,
    period: Period,
    key: str,
    entries: tuple[Measurement | None, Measurement | None],
) -> Change:
    one, other = entries
    indicator = after.plan.measured.get(key) or before.plan.measured[key]
    sealed = one is None or other is None or digest.content(one) != digest.content(other)
    earlier = next((old for old in (indicator.id, *indicator.formerly) if old in before.plan.measured), None)
    over = closings_over(before.plan, before.closings, earlier, period) if sealed and earlier is not None else ()
    what = _what(one, other)
    found = list(looks.of_figure(one, other))
    if over and what not in {What.CORRECTED, What.SUPPLEMENTED}:
        found.append(Look.CLOSED)
    if sealed and one is not None and any(period in rested for rested in before.rested.values()):
        found.append(Look.AFTER_REPORT)
    return Change(
        About.FIGURE,
        key,
        what,
        period,
        one,
        other,
        _fields(one, other) if one is not None and other is not None else (),
        tuple(found),
        tuple(closing.period for closing in over),
        indicator,
    )


def _what(one: Measurement | None, other: Measurement | None) -> What:
    """Return what was done to a figure: a correction gives back the old figure when it is undone."""
    if other is None:
        return What.REMOVED
    if one is None:
        return What.SUPPLEMENTED if other.supplement is not None else What.ADDED
    corrected = len(other.corrections) > len(one.corrections) and is_traced(one, other)
    return What.CORRECTED if corrected else What.CHANGED


def figure_changed(change: Change) -> bool:
    """Whether the figure itself is another, not only what stands beside it."""
    if change.old is None or change.new is None:
        return True
    return any(getattr(change.old, name) != getattr(change.new, name) for name in FIGURE)


# closings and reports


def _ledgers(before: State, after: State) -> Iterator[Change]:
    old, new = (_numbered(state.closings) for state in (before, after))
    for change in _records(About.CLOSING, old, new):
        touched = change.what is not What.ADDED
        period = (change.new or change.old).period  # type: ignore[union-attr]  # a closing
        yield Change(
            About.CLOSING,
            change.key,
            change.what,
            period,
            change.old,
            change.new,
            change.fields,
            (Look.CLOSED,) if touched else (),
            (period,) if touched else (),
        )
    issued, now = ({f"{r.period.label} {r.number}": r for r in state.reports} for state in (before, after))
    for change in _records(About.REPORT, issued, now):
        found = () if change.what is What.ADDED else (Look.REPORT,)
        period = (change.new or change.old).period  # type: ignore[union-attr]  # a report
        yield Change(About.REPORT, change.key, change.what, period, change.old, change.new, change.fields, found)


def _numbered(closings: Iterable[Closing]) -> dict[str, Closing]:
    """Return closings by period and day; those of one day are numbered, since a period may be closed twice on it."""
    found: dict[str, Closing] = {}
    for closing in closings:
        key = f"{closing.period.label} {closing.on}"
        again = sum(name.partition(" #")[0] == key for name in found)
        found[f"{key} #{again + 1}" if again else key] = closing
    return found


# verdicts


def _effects(before: State, after: State, changes: Iterable[Change], names: Mapping[str, str]) -> Iterator[Effect]:
    older = {today: before.plan.measured[old] for old, today in names.items()}
    newer = {one.id: one for one in after.plan.indicators}
    everywhere, years = _touched(before, after, changes)
    for key in dict.fromkeys((*newer, *(names[one.id] for one in before.plan.indicators))):
        if key not in everywhere and key not in years:
            continue
        wanted = sorted(everywhere.get(key, years.get(key, set())))
        for period in _periods(before.plan, after.plan, wanted):
            found = Effect(
                newer.get(key) or older[key],
                period,
                judge(before.data, older[key], period) if key in older else None,
                judge(after.data, newer[key], period) if key in newer else None,
            )
            if _verdict(found.before) != _verdict(found.after):
                yield found


def _touched(before: State, after: State, changes: Iterable[Change]) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Return the indicators whose verdicts of all years may be others, and those of single years."""
    known = {period.last_year for period in (*before.data.files, *after.data.files)}
    everywhere: dict[str, set[int]] = {}
    years: dict[str, set[int]] = {}
    for change in changes:
        if change.about is About.INDICATOR:
            everywhere[change.key] = known
        elif change.about is About.FIGURE and change.period is not None:
            years.setdefault(change.key, set()).add(change.period.last_year)
        elif change.about is About.PLAN:
            everywhere |= {one.id: known for one in after.plan.indicators}
    return everywhere, years


def _periods(one: Plan, other: Plan, years: Iterable[int]) -> Iterator[Period]:
    """Yield the months, quarters and years of some years that lie in either term."""
    for year in years:
        whole = Period.year(year)
        parts = chain.from_iterable(whole.parts(frequency) for frequency in Frequency)
        yield from (part for part in parts if one.term.contains(part) or other.term.contains(part))


def _verdict(result: Evaluation | None) -> tuple[object, ...] | None:
    return None if result is None else (result.status, result.complete)
