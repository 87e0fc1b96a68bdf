"""From the figures of reference periods to one actual: exact fractions, 0/0 left out (design.md, section 4, rule 2)."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from cchc.core.fields import Aggregation, Quality
from cchc.core.model import Indicator, Measurement
from cchc.core.periods import Period
from cchc.core.results import Actual
from cchc.core.scalars import exact_sum

Figures = Sequence[tuple[Period, Measurement]]  # in time order, none of them 0/0


class Uncombinable(ValueError):  # a result of the figures, turned into no_data
    """Several figures of which at least one has no numerator and denominator: percentages are never averaged."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} figures cannot be pooled")
        self.count = count


def aggregate(indicator: Indicator, figures: Figures, whole: Period) -> Actual | None:
    """Return the actual of the figures over `whole`, or None when there are none; raises Uncombinable."""
    if not figures:
        return None
    return _RULES[indicator.aggregation](indicator, figures, whole)


def quality(figures: Figures) -> Quality:
    """Return provisional as soon as one of the figures is."""
    return Quality.PROVISIONAL if any(m.quality is Quality.PROVISIONAL for _, m in figures) else Quality.FINAL


def _one(indicator: Indicator, period: Period, figure: Measurement) -> Actual:
    """Return a single figure as an actual about its own reference period."""
    numerator, denominator = figure.counts or (None, None)
    value: Fraction | bool | str | None
    if numerator is not None and denominator is not None:
        value = Fraction(numerator) / Fraction(denominator) * Fraction(indicator.factor)
    elif isinstance(figure.value, bool | str) or figure.value is None:
        value = figure.value
    else:
        value = Fraction(figure.value)
    return Actual(
        value=value,
        reference=period,
        quality=figure.quality,
        numerator=numerator,
        denominator=denominator,
        of=figure.of,
        points=figure.points,
        text=figure.text,
        measurements=(figure,),
    )


def _pooled(indicator: Indicator, figures: Figures, whole: Period) -> Actual:
    if len(figures) == 1:
        period, figure = figures[0]
        return _over(_one(indicator, period, figure), whole)
    counts = [figure.counts for _, figure in figures]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        raise Uncombinable(len(counts))
    numerator = exact_sum(count[0] for count in known)
    denominator = exact_sum(count[1] for count in known)
    value = Fraction(numerator) / Fraction(denominator) * Fraction(indicator.factor)
    return Actual(value, whole, quality(figures), numerator, denominator, measurements=_all(figures))


def _over(actual: Actual, whole: Period) -> Actual:
    return Actual(
        actual.value, whole, actual.quality, actual.numerator, actual.denominator, measurements=actual.measurements
    )


def _last(indicator: Indicator, figures: Figures, _: Period) -> Actual:
    return _one(indicator, *figures[-1])


def _first(indicator: Indicator, figures: Figures, _: Period) -> Actual:
    return _one(indicator, *figures[0])


def _number(combine: Callable[[list[Fraction]], Fraction]) -> Callable[[Indicator, Figures, Period], Actual]:
    def rule(_: Indicator, figures: Figures, whole: Period) -> Actual:
        values = [Fraction(figure.value) for _, figure in figures if figure.value is not None]
        return Actual(combine(values), whole, quality(figures), measurements=_all(figures))

    return rule


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _sum(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _every(_: Indicator, figures: Figures, whole: Period) -> Actual:
    value = all(figure.value for _, figure in figures)
    return Actual(value, whole, quality(figures), measurements=_all(figures))


def _all(figures: Figures) -> tuple[Measurement, ...]:
    return tuple(figure for _, figure in figures)


_RULES: Mapping[Aggregation, Callable[[Indicator, Figures, Period], Actual]] = {
    Aggregation.POOLED: _pooled,
    Aggregation.LAST: _last,
    Aggregation.FIRST: _first,
    Aggregation.MIN: _number(min),
    Aggregation.MAX: _number(max),
    Aggregation.MEAN: _number(_mean),
    Aggregation.SUM: _number(_sum),
    Aggregation.ALL: _every,
}
