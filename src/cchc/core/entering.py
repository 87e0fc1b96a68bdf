"""What is to be entered: the figures that are due for a period, of one owner or of all, in the plan's order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from cchc.core.agenda import due_on
from cchc.core.evaluate import due_periods
from cchc.core.model import DataFile, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Frequency, Period, reporting_month


class Due(NamedTuple):
    """A figure that is to be entered: of which indicator or statistic, about which reference period."""

    indicator: Indicator
    period: Period


def due_month(plan: Plan, today: date) -> Period | None:
    """Return the newest month of the term that is over on a day, or whose due day has come; None before the first.

    On 20 June 2023 with NĐ 09/2019/NĐ-CP's months this is 2023-06, due on day 16; the month that the day itself falls
    in, 2023-07, has hardly begun.
    """
    month = reporting_month(today, plan.head.calendar.month_starts_on)
    due = due_on(plan, month)
    if due is None or due > today:
        month = month.previous() or month
    last = plan.term.parts(Frequency.MONTH)[-1]
    return min(month, last) if month.first >= plan.term.first else None


def due_figures(data: Dataset, period: Period, owner: str | None = None) -> tuple[Due, ...]:
    """Return the figures that a period's verdicts expect: indicators by area, then statistics, each in time order.

    They are those of the reference periods inside it, and of the longer one that ends with it, as everywhere in
    verdicts. With `owner` only what that owner answers for.
    """
    return tuple(
        Due(indicator, part)
        for indicator in data.plan.measured.values()
        if owner in {None, indicator.owner}
        for part in due_periods(data, indicator, period)
    )


def earlier_gaps(data: Dataset, period: Period, owner: str | None = None) -> tuple[Due, ...]:
    """Return the figures of the period's year that were expected before and are missing, as `status` lists them."""
    asked = set(due_figures(data, period, owner))
    return tuple(
        due
        for due in due_figures(data, period.year_to_date(), owner)
        if due not in asked and data.measurement(due.indicator.id, due.period) is None
    )


def with_entry(data: Dataset, due: Due, entry: Measurement | None) -> Dataset:
    """Return the data with an entry in the place of a figure; with None without it."""
    return with_entries(data, [(due, entry)])


def with_entries(data: Dataset, entries: Iterable[tuple[Due, Measurement | None]]) -> Dataset:
    """Return the data with entries in the place of figures; with None without them."""
    changed: dict[Period, dict[str, Measurement | None]] = {}
    for (indicator, period), entry in entries:
        changed.setdefault(period, {})[indicator.id] = entry
    return replace(data, files={**data.files, **{at: _file_with(data, at, own) for at, own in changed.items()}})


def _file_with(data: Dataset, period: Period, entries: Mapping[str, Measurement | None]) -> DataFile:
    file = data.files.get(period) or DataFile(
        f"data/{period.label}.yaml", period, data.illustrative, measurements={}, tasks={}, remarks={}
    )
    others = {key: one for key, one in file.measurements.items() if key not in entries}
    own = {key: one for key, one in entries.items() if one is not None}
    return file._replace(measurements={**others, **own})
