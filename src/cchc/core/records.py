"""The rows that are exported: a figure a row, and a verdict a row, in time order and the plan's."""

from collections.abc import Iterator
from typing import NamedTuple

from cchc.core.aggregate import aggregate
from cchc.core.course import published_periods
from cchc.core.evaluate import expected_periods, judge
from cchc.core.model import Dataset, Indicator, Measurement
from cchc.core.periods import Period
from cchc.core.results import Actual, Evaluation, Selection


class FigureRecord(NamedTuple):
    """A figure with its reference period; `actual` is what it comes to, None where nothing arose."""

    indicator: Indicator
    period: Period
    entry: Measurement
    actual: Actual | None
    made_up: bool


def figure_records(data: Dataset, selection: Selection, span: Period) -> Iterator[FigureRecord]:
    """Yield the figures about periods inside a span."""
    inside = (file for file in data.files.values() if span.contains(file.period))
    chosen = [entry for entry in data.plan.measured.values() if selection.takes(entry)]
    for file in sorted(inside, key=lambda one: (one.period.last, -one.period.first)):
        for indicator in chosen:
            entry = file.measurements.get(indicator.id)
            if entry is not None:
                figures = () if entry.nothing_arose else ((file.period, entry),)
                actual = aggregate(indicator, figures, file.period)
                yield FigureRecord(indicator, file.period, entry, actual, file.illustrative)


def verdict_records(data: Dataset, selection: Selection, span: Period) -> Iterator[Evaluation]:
    """Yield the verdicts of the months, quarters, halves, nine months and years that are over and have figures.

    A period has a verdict of each indicator and statistic that is measured in it; the newest figure tells what is over.
    """
    chosen = [entry for entry in data.plan.measured.values() if selection.takes(entry)]
    for period in published_periods(data):
        if not period.is_range and span.contains(period):
            yield from (judge(data, entry, period) for entry in chosen if expected_periods(data, entry, period))
