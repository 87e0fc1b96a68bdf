"""What the figures still to come must bring so that the year's target is met (`explain`); no forecast.

With the figures so far the year's result is a straight line of what a period still to come brings on average:
result = fixed + slope × average. The bounds of the target give those of the average, in exact fractions.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from cchc.core.evaluate import expected_periods
from cchc.core.fields import Aggregation, Kind
from cchc.core.model import Dataset, Indicator, Measurement, Target
from cchc.core.periods import Period
from cchc.core.scalars import Number
from cchc.core.targets import deciding, in_force


class Need(StrEnum):
    """What the periods still to come must bring."""

    SECURED = "secured"  # whatever they bring, the target is met
    IMPOSSIBLE = "impossible"  # nothing that they can bring is enough
    WITHIN = "within"  # on average, between `low` and `high`
    EACH = "each"  # every one of them, between `low` and `high`
    ONE = "one"  # at least one of them, between `low` and `high`
    TARGET = "target"  # the last one decides and must meet the target itself
    YES = "yes"  # every one of them must be a yes


class Outlook(NamedTuple):
    """What is needed to meet a year's target; `low` and `high` in the indicator's unit, None where there is no bound.

    `total` says that they are about the sum of what is still to come. `denominator` is the assumption of a pooled
    ratio: that a period still to come has as large a denominator as those so far have on average; None where nothing
    hangs on it.
    """

    target: Target
    year: Period
    remaining: tuple[Period, ...]
    need: Need
    low: Fraction | None = None
    high: Fraction | None = None
    total: bool = False
    denominator: Fraction | None = None


class _Line(NamedTuple):
    """The year's result as a line of the average of what is still to come, and what such an average can be."""

    fixed: Fraction
    slope: Fraction
    least: Fraction | None = None
    most: Fraction | None = None


Figures = Sequence[Measurement]


def outlook(data: Dataset, indicator: Indicator, period: Period) -> Outlook | None:
    """Return what the rest of the year must reach as of the end of a period; None where nothing can be said.

    Nothing is said of a year that is not assessed, without a target that binds at its end, without a period still to
    come, of texts, and where figures cannot be combined.
    """
    year = Period.year(period.last_year)
    target = deciding(indicator.targets, year)[0]
    expected = expected_periods(data, indicator, year)
    known = {part: data.measurement(indicator.id, part) for part in expected if part.last <= period.last}
    remaining = tuple(part for part in expected if known.get(part) is None)
    if year.last_year < data.plan.assessed_from or not remaining or indicator.kind is Kind.NARRATIVE:
        return None
    if target is None or not in_force(target, year):
        return None
    entries = {part: entry for part, entry in known.items() if entry is not None and not entry.nothing_arose}
    found = Outlook(target, year, remaining, Need.TARGET)
    if indicator.aggregation is Aggregation.ALL:
        no = any(entry.value is False for entry in entries.values())
        return found._replace(need=Need.IMPOSSIBLE if no else Need.YES)
    if indicator.aggregation is Aggregation.LAST:
        return found._replace(remaining=remaining[-1:]) if remaining[-1] == expected[-1] else None
    if indicator.aggregation is Aggregation.FIRST:
        return found._replace(remaining=remaining[:1]) if remaining[0] == expected[0] else None
    rule = _RULES.get(indicator.aggregation)
    return rule(indicator, list(entries.values()), found) if rule is not None else None


def _bounds(target: Target) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest value that meets a target of numbers."""
    low = target.at_least if target.at_least is not None else target.equal_to
    high = target.at_most if target.at_most is not None else target.equal_to
    low, high = target.between if target.between is not None else (low, high)
    return _exact(low), _exact(high)


def _exact(bound: Number | bool | str | None) -> Fraction | None:  # noqa: FBT001  # a yes is a bound
    return None if bound is None else Fraction(bound)  # of these kinds a bound is a number


def _along(line: _Line, found: Outlook) -> Outlook:
    """Return what the average must be on a rising line."""
    low, high = ((bound - line.fixed) / line.slope if bound is not None else None for bound in _bounds(found.target))
    if _below(high, line.least) or _below(line.most, low):
        return found._replace(need=Need.IMPOSSIBLE)
    low = None if low is not None and line.least is not None and low <= line.least else low
    high = None if high is not None and line.most is not None and high >= line.most else high
    need = Need.SECURED if low is None and high is None else Need.WITHIN
    return found._replace(need=need, low=low, high=high)


def _below(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and one < other


def _pooled(indicator: Indicator, entries: Figures, found: Outlook) -> Outlook | None:
    """Assume the denominators so far; without any the average is the result."""
    counts = [entry.counts for entry in entries]
    known = [(Fraction(one[0]), Fraction(one[1])) for one in counts if one is not None]
    if len(known) < len(counts):
        return None
    factor = Fraction(indicator.factor)
    most = factor if indicator.is_share else None
    if not known:
        return _along(_Line(Fraction(0), Fraction(1), Fraction(0), most), found)
    numerator, denominator = (sum((one[place] for one in known), Fraction(0)) for place in (0, 1))
    coming = denominator / len(known) * len(found.remaining)
    line = _Line(numerator * factor / (denominator + coming), coming / (denominator + coming), Fraction(0), most)
    so_far = numerator * factor / denominator
    assumed = None if _settled(found.target, so_far, most) else denominator / len(known)
    return _along(line, found)._replace(denominator=assumed)


def _settled(target: Target, so_far: Fraction, most: Fraction | None) -> bool:
    """Whether what a pooled ratio needs is the same however large the denominators to come are.

    So it is where the result so far lies on the bound itself, and where the bound is the furthest that there is: of a
    target of 100 % one dossier that failed has lost it for good.
    """
    low, high = _bounds(target)
    floor = None if low is not None and low <= 0 else low  # what everything reaches is no bound
    ceiling = None if high is not None and most is not None and high >= most else high
    reached = (floor is None or floor == so_far) and (ceiling is None or ceiling == so_far)
    return reached or (most is not None and floor == most) or ceiling == 0


def _values(entries: Figures) -> list[Fraction]:
    return [Fraction(entry.value) for entry in entries if entry.value is not None]


def _least(indicator: Indicator) -> Fraction | None:
    return Fraction(0) if indicator.kind is Kind.COUNT else None


def _sum(indicator: Indicator, entries: Figures, found: Outlook) -> Outlook:
    line = _Line(sum(_values(entries), Fraction(0)), Fraction(1), _least(indicator))
    return _along(line, found)._replace(total=True)


def _mean(indicator: Indicator, entries: Figures, found: Outlook) -> Outlook:
    values, coming = _values(entries), len(found.remaining)
    whole = len(values) + coming
    return _along(_Line(sum(values, Fraction(0)) / whole, Fraction(coming, whole), _least(indicator)), found)


def _max(_: Indicator, entries: Figures, found: Outlook) -> Outlook | None:
    return _extreme(_values(entries), found, highest=True)


def _min(_: Indicator, entries: Figures, found: Outlook) -> Outlook | None:
    return _extreme(_values(entries), found, highest=False)


def _extreme(values: list[Fraction], found: Outlook, *, highest: bool) -> Outlook | None:
    """Answer for the greatest or the least of the year; of bounds on both sides nothing is said."""
    low, high = _bounds(found.target)
    if low is not None and high is not None:
        return None
    easy = low if highest else high  # one figure is enough to reach it
    so_far = (max(values) if highest else min(values)) if values else None
    if easy is not None:
        there = so_far is not None and (so_far >= easy if highest else so_far <= easy)
        return found._replace(need=Need.SECURED if there else Need.ONE, low=low, high=high)
    hard = high if highest else low
    broken = so_far is not None and hard is not None and (so_far > hard if highest else so_far < hard)
    return found._replace(need=Need.IMPOSSIBLE if broken else Need.EACH, low=low, high=high)


_RULES: Mapping[Aggregation, Callable[[Indicator, Figures, Outlook], Outlook | None]] = {
    Aggregation.POOLED: _pooled,
    Aggregation.SUM: _sum,
    Aggregation.MEAN: _mean,
    Aggregation.MAX: _max,
    Aggregation.MIN: _min,
}
