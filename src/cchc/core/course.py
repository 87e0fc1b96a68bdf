"""The course of an indicator: its verdict in each reference period, as charts and the public pages show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc.core.evaluate import expected_periods, judge
from cchc.core.model import Dataset, Indicator, Target
from cchc.core.periods import Frequency, Period
from cchc.core.results import Actual, Status


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a course; without a figure `actual` is None."""

    period: Period
    status: Status
    complete: bool
    actual: Actual | None
    target: Target | None


def course(data: Dataset, indicator: Indicator, periods: Iterable[Period]) -> tuple[Point, ...]:
    """Return the verdict of each of the periods, in their order."""
    return tuple(_point(data, indicator, period) for period in periods)


def _point(data: Dataset, indicator: Indicator, period: Period) -> Point:
    result = judge(data, indicator, period)
    return Point(period, result.status, result.complete, result.actual, result.target)


def reported_course(data: Dataset, indicator: Indicator, period: Period) -> tuple[Point, ...]:
    """Return the course up to a reporting period: by year for several years and yearly figures, else this year's."""
    return course(data, indicator, _reported(data, indicator, period))


def _reported(data: Dataset, indicator: Indicator, period: Period) -> Iterator[Period]:
    if period.first_year == period.last_year and indicator.frequency is not Frequency.YEAR:
        yield from expected_periods(data, indicator, period.year_to_date())
        return
    for year in range(data.plan.term.first_year, period.last_year + 1):
        part = Period.year(year)
        if part.last <= period.last and expected_periods(data, indicator, part) and _anything_in(data, part):
            yield part


def _anything_in(data: Dataset, year: Period) -> bool:
    """Whether any file about the year was read: a year that was not looked at is not one without figures."""
    return any(year.contains(period) for period in data.files)


def whole_course(data: Dataset, indicator: Indicator) -> tuple[Point, ...]:
    """Return the verdict of every reference period from the first to the last of the plan's files."""
    files = [period for period in data.files if data.plan.term.contains(period) and period != data.plan.term]
    if not files:
        return ()
    first, last = min(period.first for period in files), max(period.last for period in files)
    expected = expected_periods(data, indicator, data.plan.term)
    return course(data, indicator, (part for part in expected if part.last >= first and part.last <= last))


def published_periods(data: Dataset) -> list[Period]:
    """Return the periods with figures that are over by the end of the newest of them, in time order."""
    term = data.plan.term
    figures = [file.period for file in data.files.values() if file.measurements]
    newest = max(period.last for period in figures)
    candidates = [part for frequency in Frequency for part in term.parts(frequency)]
    for year in term.years:
        candidates += [Period.half(year, 1), Period.half(year, 2), Period.nine_months(year)]
    candidates += [term] if term.first_year != term.last_year else []
    found = [one for one in candidates if one.last <= newest and any(one.contains(other) for other in figures)]
    return sorted(found, key=lambda one: (one.last, -one.first))
