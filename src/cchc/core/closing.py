"""Closed periods: what they hold, what a figure was when they were closed, and whether that still stands.

A closing seals the digest of everything that the period's report rests on. Afterwards a figure may change only by a
correction, which keeps the old figure, and one that was absent may come only as a supplement, with its document. Both
can be undone in thought: what comes out must have the digest that was sealed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice, product
from typing import NamedTuple

from cchc.core import digest
from cchc.core.diagnostics import At, Nearest, Problem
from cchc.core.evaluate import expected_periods
from cchc.core.fields import Quality
from cchc.core.model import Closing, Correction, Dataset, Incomplete, Indicator, Measurement, OldFigure, Plan
from cchc.core.periods import Frequency, Period
from cchc.core.report import rests_on

FILE = "data/closed.yaml"
FIGURE = tuple(OldFigure.model_fields)  # the fields of an entry that a correction may change
MOST_READINGS = 4096  # of changes made on the very day of a closing: each figure is taken before and after


def standing(closings: Iterable[Closing]) -> tuple[Closing, ...]:
    """Return the closings in force: those that were not opened again."""
    return tuple(closing for closing in closings if closing.reopened is None)


def closing_of(closings: Iterable[Closing], period: Period) -> Closing | None:
    """Return the closing in force of a period."""
    return next((closing for closing in standing(closings) if closing.period == period), None)


def closings_over(plan: Plan, closings: Iterable[Closing], indicator_id: str, period: Period) -> tuple[Closing, ...]:
    """Return the closings in force whose reports rest on an indicator's figure about a reference period."""
    indicator = plan.measured[indicator_id]
    return tuple(
        closing
        for closing in standing(closings)
        if digest.is_defined(indicator, closing.period) and period in rests_on(plan, closing.period)
    )


# what is missing at a closing


def incomplete(data: Dataset, period: Period) -> tuple[Incomplete, ...]:
    """Return what is absent, provisional or not confirmed of each indicator and statistic expected in the period."""
    found = (_incomplete(data, key, period) for key in data.plan.measured)
    return tuple(entry for entry in found if entry.absent or entry.provisional or entry.unconfirmed)


def _incomplete(data: Dataset, key: str, period: Period) -> Incomplete:
    expected = expected_periods(data, data.plan.measured[key], period)
    entries = [(part, data.measurement(key, part)) for part in expected]
    return Incomplete.model_construct(
        id=key,
        absent=tuple(part for part, entry in entries if entry is None),
        provisional=tuple(part for part, entry in entries if entry and entry.quality is Quality.PROVISIONAL),
        unconfirmed=tuple(part for part, entry in entries if entry and entry.checked is None),
    )


# what a figure was


class State(NamedTuple):
    """What stood in an entry for a while; `entry` is None before a supplement, `since` None from the beginning."""

    entry: Measurement | None
    since: date | None


def states(entry: Measurement) -> tuple[State, ...]:
    """Return what has stood in an entry, in time order: before a supplement nothing, before corrections the old."""
    days: list[date | None] = [entry.supplement.on if entry.supplement is not None else None]
    days += [correction.on for correction in entry.corrections]
    older = [entry]
    for correction in reversed(entry.corrections):
        older.append(_before(older[-1], correction))
    found = [State(one, day) for one, day in zip(reversed(older), days, strict=True)]
    return (State(None, None), *found) if entry.supplement is not None else tuple(found)


def _before(entry: Measurement, correction: Correction) -> Measurement:
    """Return the entry as it was before a correction."""
    old = {name: getattr(correction.old, name) for name in FIGURE}
    old["quality"] = correction.old.quality or entry.quality
    return entry.model_copy(update=old)


def at_closing(entry: Measurement, day: date) -> tuple[Measurement | None, ...]:
    """Return what an entry may have been at a closing on a day; changes of that very day may lie before or after it."""
    found = states(entry)
    starts = [state.since for state in found]
    ends = [*starts[1:], None]
    return tuple(
        state.entry
        for state, start, end in zip(found, starts, ends, strict=True)
        if (start is None or start <= day) and (end is None or end >= day)
    )


def holds(data: Dataset, closing: Closing) -> bool:
    """Whether what a closed period rests on has the digest that was sealed, corrections and supplements undone."""
    head = tuple(digest.head_lines(data, closing.period))
    return any(digest.sealed((*head, *filter(None, lines))) == closing.digest for lines in _readings(data, closing))


def unsealed(data: Dataset, periods: Iterable[Period]) -> Iterator[tuple[Period, str, date]]:
    """Yield the figures that are not what their last correction or supplement sealed: period, id, the day of that."""
    for period in periods:
        entries = data.files[period].measurements if period in data.files else {}
        for key, entry in entries.items():
            if entry.corrections or entry.supplement is not None:
                day = _broken_since(period, data.plan.measured[key], entry)
                if day is not None:
                    yield period, key, day


def _broken_since(period: Period, indicator: Indicator, entry: Measurement) -> date | None:
    """Return the day of the trace whose seal an entry no longer has; a trace without a seal proves nothing."""
    stood = [state.entry for state in states(entry) if state.entry is not None]
    traces = [entry.supplement, *entry.corrections]
    for trace, state in zip(traces, stood, strict=True):
        if trace is not None and trace.seal is not None and trace.seal != digest.seal(period, indicator, state):
            return trace.on
    return None


def stands(data: Dataset, closing: Closing) -> bool:
    """Whether a closing holds, and every correction and supplement since is as it was sealed."""
    return holds(data, closing) and not any(unsealed(data, rests_on(data.plan, closing.period)))


def _readings(data: Dataset, closing: Closing) -> Iterator[tuple[str, ...]]:
    """Yield the lines that the figures may have had at a closing, empty where there was none; nearly always one.

    Of changes made on the very day of the closing it is tried first that all came after it, then that all came before.
    """
    choices: list[tuple[str, ...]] = []
    for (period, key), entry in digest.figures(data, closing.period).items():
        possible = at_closing(entry, closing.on)
        choices.append(
            tuple("" if one is None else next(digest.figure_lines({(period, key): one})) for one in possible)
        )
    yield tuple(lines[0] for lines in choices)
    yield tuple(lines[-1] for lines in choices)
    yield from islice(product(*choices), MOST_READINGS)


def last_change(data: Dataset, period: Period) -> date | None:
    """Return the last day on which a figure that a period's report rests on was corrected or supplemented."""
    entries = digest.figures(data, period).values()
    days = [state.since for entry in entries for state in states(entry) if state.since is not None]
    return max(days, default=None)


def is_traced(old: Measurement | None, new: Measurement) -> bool:
    """Whether a figure came as a supplement, or gives back the old one when its new corrections are undone."""
    if old is None:
        return new.supplement is not None
    added = len(new.corrections) - len(old.corrections)
    if added < 0 or new.corrections[: len(old.corrections)] != old.corrections:
        return False
    undone = states(new)[-1 - added].entry
    return undone is not None and digest.content(undone) == digest.content(old)


def reporting_periods(plan: Plan, period: Period) -> Iterator[Period]:
    """Yield the periods with reports of their own that hold a reference period: months to years, and the term."""
    for year in period.years:
        whole = Period.year(year)
        named = (Period.half(year, 1), Period.half(year, 2), Period.nine_months(year))
        parts = chain(named, *(whole.parts(frequency) for frequency in Frequency))
        yield from (part for part in parts if part.contains(period) or part.last == period.last)
    yield plan.term


# checks


def check(data: Dataset, closings: Sequence[Closing]) -> Iterator[Problem]:
    """Yield what is wrong with the closings of a workspace of which everything was read."""
    for found, key, day in unsealed(data, data.files):
        args = {"id": key, "period": found, "on": str(day)}
        yield Problem("E606", data.files[found].file, ("measurements", key), At.KEY, args)
    known = data.plan.owners_by_id
    seen: set[Period] = set()
    for index, closing in enumerate(closings):
        path = ("closed", index)
        people: list[tuple[str, tuple[str, ...]]] = [(closing.by, ("by",))]
        if closing.reopened is not None:
            people.append((closing.reopened.by, ("reopened", "by")))
        for who, at in people:
            if who not in known:
                yield Problem("E304", FILE, (*path, *at), args={"id": who, "nearest": Nearest(who, known)})
        said = {"period": closing.period, "on": str(closing.on)}
        if closing.reopened is not None:
            if closing.reopened.on < closing.on:
                args = {**said, "reopened": str(closing.reopened.on)}
                yield Problem("E605", FILE, (*path, "reopened", "on"), args=args)
            continue
        if closing.period in seen:
            yield Problem("E602", FILE, (*path, "period"), args=said)
        elif not holds(data, closing):
            yield Problem("E601", FILE, (*path, "digest"), At.VALUE, said)
        seen.add(closing.period)


# what has changed since, told from the files as they were then


def changed_figures(
    before: Dataset, after: Dataset, closing: Closing
) -> Iterator[tuple[Period, str, Measurement | None, Measurement | None]]:
    """Yield the figures that are not what they were at a closing: period, id, then and now, corrections undone."""
    then, now = digest.figures(before, closing.period), digest.figures(after, closing.period)
    names = {digest.lasting_id(indicator): indicator.id for indicator in after.plan.measured.values()}
    for period, lasting in {**then, **now}:
        old, new = then.get((period, lasting)), now.get((period, lasting))
        possible = at_closing(new, closing.on) if new is not None else (None,)
        if not any(_same(old, reading) for reading in possible):
            yield period, names.get(lasting, lasting), old, new


def differing_fields(old: Measurement, new: Measurement) -> tuple[str, ...]:
    """Return the fields of two entries that differ, of those that are sealed."""
    names = (name for name in Measurement.model_fields if name not in digest.NOT_SAID)
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _same(old: Measurement | None, new: Measurement | None) -> bool:
    if old is None or new is None:
        return old is new
    return digest.content(old) == digest.content(new)


def changed_definitions(before: Plan, after: Plan, period: Period) -> Mapping[str, tuple[str, ...]]:
    """Return the indicators and statistics whose lines in the digest of a period differ, with the fields that do.

    They are named by their ids of today. One that came or went has no fields.
    """
    then, now = (_definitions(plan, period) for plan in (before, after))
    names = {digest.lasting_id(one): one.id for plan in (before, after) for one in plan.measured.values()}
    return {
        names[key]: digest.differing_fields(then[key], now[key], period) if key in then and key in now else ()
        for key in {**then, **now}
        if digest.line_of(then.get(key), period) != digest.line_of(now.get(key), period)
    }


def is_same(one: Closing, other: Closing) -> bool:
    """Whether two records are of the same closing, opened again meanwhile or not."""
    return one.model_copy(update={"reopened": None}) == other.model_copy(update={"reopened": None})


def _definitions(plan: Plan, period: Period) -> dict[str, Indicator]:
    return {digest.lasting_id(one): one for one in plan.measured.values() if digest.is_defined(one, period)}
