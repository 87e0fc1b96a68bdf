"""Verdicts: the rules of design.md, section 4, in exact fractions and without a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from cchc.core.aggregate import Uncombinable, aggregate
from cchc.core.checks import is_valid
from cchc.core.fields import Aggregation, Kind, Quality
from cchc.core.model import Dataset, Indicator, Measurement, Target
from cchc.core.periods import Frequency, Period, reference_ending
from cchc.core.results import Actual, Beside, Coverage, Evaluation, Latest, Reason, Status, YearVerdict
from cchc.core.targets import bound_of, course, deciding, fulfilled, in_force, on_course

LOOK_BACK = {Frequency.QUARTER: 4, Frequency.YEAR: 5}  # reference periods, for `latest`; a month is never longer than P


@dataclass(frozen=True, slots=True)
class _Reading:
    """The figures of an indicator over a period: what was expected, what is there, what comes out."""

    period: Period
    coverage: Coverage
    figures: tuple[tuple[Period, Measurement], ...]  # present and not 0/0
    actual: Actual | None
    uncombinable: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and no used figure is provisional."""
        provisional = self.actual is not None and self.actual.quality is Quality.PROVISIONAL
        return not self.coverage.missing and not provisional


def evaluate(data: Dataset, indicator: Indicator, period: Period) -> Evaluation:
    """Return everything that is to say of an indicator in a reporting period; of several years the last part counts."""
    part = period.part_in(period.last_year)
    result = _evaluate_part(data, indicator, part)
    if period.first_year == period.last_year:
        return result
    return result._replace(previous=None, years=over_years(data, indicator, period))


def over_years(data: Dataset, indicator: Indicator, period: Period) -> tuple[YearVerdict, ...]:
    """Return the verdict of each year's part of a period."""
    return tuple(_year_verdict(data, indicator, period.part_in(year)) for year in period.years)


def _year_verdict(data: Dataset, indicator: Indicator, part: Period) -> YearVerdict:
    result = judge(data, indicator, part)
    return YearVerdict(part.last_year, part, result.status, result.complete, result.actual, result.target)


def _evaluate_part(data: Dataset, indicator: Indicator, period: Period) -> Evaluation:
    """Evaluate a period inside one year, with the figures that stand beside."""
    result = judge(data, indicator, period)
    to_date = _beside(data, indicator, period.year_to_date())
    last_year = _beside(data, indicator, period.same_period_last_year())
    previous = period.previous()
    return result._replace(
        latest=_latest(data, indicator, period) if result.reason is Reason.YEARLY_FIGURE else None,
        year_to_date=None if indicator.frequency is Frequency.YEAR else to_date,
        previous=_beside(data, indicator, previous) if previous is not None else None,
        same_period_last_year=last_year,
        change=_change(result.actual, last_year),
        attainment=_attainment(indicator, result, to_date),
    )


# rule 1: what is expected


def judged_period(frequency: Frequency, period: Period) -> Period | None:
    """Return the period whose figures are judged: the period itself, or the longer reference period that ends with it.

    None when the reference period is not over yet.
    """
    if period.parts(frequency):
        return period
    reference = reference_ending(period, frequency)
    return reference if reference.last == period.last else None


def expected_periods(data: Dataset, indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """Return the reference periods wholly inside the period, the term and the indicator's validity."""
    term = data.plan.term
    return tuple(
        part for part in period.parts(indicator.frequency) if term.contains(part) and is_valid(indicator, part)
    )


def due_periods(data: Dataset, indicator: Indicator, period: Period) -> tuple[Period, ...]:
    """Return what an indicator's figures are about that a period's verdict expects.

    They are its reference periods inside the period, or the longer one that ends with it.
    """
    judged = judged_period(indicator.frequency, period)
    return expected_periods(data, indicator, judged) if judged is not None else ()


# rule 2: the actual


def _read(data: Dataset, indicator: Indicator, period: Period) -> _Reading:
    """Read the figures of a period that holds whole reference periods."""
    expected = expected_periods(data, indicator, period)
    entries = [(part, data.measurement(indicator.id, part)) for part in expected]
    present = [(part, entry) for part, entry in entries if entry is not None]
    figures = tuple((part, entry) for part, entry in present if not entry.nothing_arose)
    coverage = Coverage(
        expected,
        tuple(part for part, entry in entries if entry is None),
        tuple(part for part, entry in present if entry.nothing_arose),
    )
    try:
        actual = aggregate(indicator, figures, period)
    except Uncombinable:
        return _Reading(period, coverage, figures, None, uncombinable=True)
    return _Reading(period, coverage, figures, actual)


# rules 3 and 4: target and status


def judge(data: Dataset, indicator: Indicator, period: Period) -> Evaluation:
    """Return the verdict of a period inside one year, without the figures that stand beside."""
    judged = judged_period(indicator.frequency, period)
    target, coming = deciding(indicator.targets, period)
    if judged is None:
        return _not_over(data, indicator, period, target, coming)
    reading = _read(data, indicator, judged)
    status, reason = _status(data, indicator, reading, target)
    return Evaluation(
        indicator=indicator,
        period=period,
        status=status,
        reason=reason,
        complete=reading.complete and _to_date_complete(data, indicator, judged),
        actual=reading.actual,
        target=target,
        next_target=coming,
        coverage=reading.coverage,
    )


def _not_over(
    data: Dataset, indicator: Indicator, period: Period, target: Target | None, coming: Target | None
) -> Evaluation:
    """Answer for an indicator whose own reference period ends after the reporting period."""
    status, reason = Status.NOT_DUE, Reason.YEARLY_FIGURE
    if not is_valid(indicator, reference_ending(period, indicator.frequency)):
        status, reason = Status.NOT_ASSESSED, Reason.NOT_VALID
    elif period.last_year < data.plan.assessed_from:
        status, reason = Status.NOT_ASSESSED, Reason.BEFORE_ASSESSMENT
    return Evaluation(
        indicator,
        period,
        status,
        reason,
        complete=True,
        actual=None,
        target=target,
        next_target=coming,
        coverage=Coverage(),
    )


def _status(
    data: Dataset, indicator: Indicator, reading: _Reading, target: Target | None
) -> tuple[Status, Reason | None]:
    """Return the first status that holds, in the order of rule 4."""
    if not reading.coverage.expected:
        return Status.NOT_ASSESSED, Reason.NOT_VALID
    if reading.period.last_year < data.plan.assessed_from:
        return Status.NOT_ASSESSED, Reason.BEFORE_ASSESSMENT
    if not reading.figures:
        return _without_figures(indicator, reading.coverage), None
    if reading.uncombinable:
        return Status.NO_DATA, Reason.UNCOMBINABLE
    if indicator.kind is Kind.NARRATIVE:
        return Status.NARRATIVE, None
    if not indicator.targets:
        return Status.MONITORED, None
    if target is None:
        return Status.NOT_DUE, Reason.DEADLINE
    if indicator.aggregation is Aggregation.SUM:
        return _status_of_sum(data, indicator, reading, target)
    return _status_against(indicator, reading.actual, target, reading.period)


def _without_figures(indicator: Indicator, coverage: Coverage) -> Status:
    if coverage.present == 0:
        return Status.AWAITING if indicator.announced else Status.NO_DATA
    return Status.NO_DATA if coverage.missing else Status.NOT_APPLICABLE


def _status_against(
    indicator: Indicator, actual: Actual | None, target: Target, period: Period
) -> tuple[Status, Reason | None]:
    """Compare a figure with a target in force, or with the course to one that is not due yet."""
    reached = actual is not None and fulfilled(indicator, target, actual.value)
    if in_force(target, period):
        return (Status.MET if reached else Status.MISSED), None
    if reached:
        return Status.MET, None
    point = course(indicator, target, period)
    if point is None or actual is None:
        return Status.NOT_DUE, Reason.DEADLINE
    return (Status.ON_TRACK if on_course(target, point, actual.value) else Status.BEHIND), None


def _status_of_sum(
    data: Dataset, indicator: Indicator, reading: _Reading, target: Target
) -> tuple[Status, Reason | None]:
    """Judge the year to date: a target of a sum is for a year."""
    period = reading.period
    to_date = _read(data, indicator, period.year_to_date()).actual
    if period.ends_with_year:
        return _status_against(indicator, to_date, target, period)
    reached = to_date is not None and fulfilled(indicator, target, to_date.value)
    if target.at_least is not None and reached:
        return Status.MET, None
    if target.at_most is not None and not reached and in_force(target, period):
        return Status.MISSED, None
    return Status.NOT_DUE, Reason.YEAR_NOT_OVER


def _to_date_complete(data: Dataset, indicator: Indicator, period: Period) -> bool:
    """Whether the year to date, on which a sum with targets is judged, is complete; others are not judged on it."""
    if indicator.aggregation is not Aggregation.SUM or not indicator.targets:
        return True
    return _read(data, indicator, period.year_to_date()).complete


# rules 1 and 6: what stands beside


def look_back(frequency: Frequency, period: Period) -> Iterator[Period]:
    """Yield the reference periods before the one that a period ends in, the latest first, as far as reports read."""
    reference = reference_ending(period, frequency)
    for _ in range(LOOK_BACK[frequency]):
        reference = reference.previous() or reference  # quarters and years always have one
        yield reference


def _latest(data: Dataset, indicator: Indicator, period: Period) -> Latest | None:
    """Return the latest earlier figure, looking back as far as reports read."""
    for reference in look_back(indicator.frequency, period):
        if expected_periods(data, indicator, reference):
            result = judge(data, indicator, reference)
            if result.actual is not None:
                return Latest(reference, result.actual, result.target, result.status)
    return None


def _beside(data: Dataset, indicator: Indicator, period: Period) -> Beside | None:
    """Return the figure of another period, or None where none can be expected."""
    judged = judged_period(indicator.frequency, period)
    if judged is None:
        return None
    reading = _read(data, indicator, judged)
    return Beside(period, reading.actual, reading.coverage) if reading.coverage.expected else None


def _change(actual: Actual | None, beside: Beside | None) -> Fraction | None:
    """Return the difference to the same period last year in the indicator's unit (points for shares)."""
    now = _number(actual)
    before = _number(beside.actual) if beside is not None else None
    return now - before if now is not None and before is not None else None


def _number(actual: Actual | None) -> Fraction | None:
    return actual.value if actual is not None and isinstance(actual.value, Fraction) else None


def _attainment(indicator: Indicator, result: Evaluation, to_date: Beside | None) -> Fraction | None:
    """Return actual ÷ target, for at_most target ÷ actual; None for other kinds, `between` and a division by 0."""
    if result.target is None or indicator.kind not in {Kind.RATIO, Kind.COUNT, Kind.NUMBER}:
        return None
    summed = indicator.aggregation is Aggregation.SUM and to_date is not None
    actual = _number(to_date.actual if summed and to_date is not None else result.actual)
    bound = bound_of(result.target)
    if actual is None or bound is None or result.actual is None:
        return None
    above, below = (bound, actual) if result.target.at_most is not None else (actual, bound)
    return above / below if below else None
