"""The words of a result: what was reached, the target, the verdict, the coverage."""

from collections.abc import Mapping
from fractions import Fraction

from cchc.core.fields import Aggregation, Kind, TaskState
from cchc.core.model import Indicator, Measurement, Target
from cchc.core.periods import Frequency, Period, Unit
from cchc.core.results import Actual, Beside, Coverage, Evaluation, Reason, Status, TaskResult
from cchc.core.scalars import Number
from cchc.core.targets import bound_of
from cchc.texts import Translate, mark
from cchc.views.present.numbers import PLACES, exactly, periods_title, rounded, short

ILLUSTRATIVE = mark("MADE-UP FIGURES, NOT REAL ONES")
MOST_PLACES = 12  # beyond, the fraction beside the figure must tell

_STATUSES: Mapping[Status, str] = {
    Status.MET: mark("met"),
    Status.MISSED: mark("missed so far"),
    Status.ON_TRACK: mark("on track"),
    Status.BEHIND: mark("behind"),
    Status.NOT_DUE: mark("not due yet"),
    Status.AWAITING: mark("awaiting announcement"),
    Status.NO_DATA: mark("no figures"),
    Status.NOT_APPLICABLE: mark("nothing arose"),
    Status.MONITORED: mark("monitored (no target set)"),
    Status.NARRATIVE: mark("assessed in words"),
    Status.NOT_ASSESSED: mark("not assessed"),
}
_REASONS: Mapping[Reason, str] = {
    Reason.BEFORE_ASSESSMENT: mark("the plan is not assessed yet in this period"),
    Reason.NOT_VALID: mark("the indicator does not exist in this period"),
}
_FREQUENCIES: Mapping[Frequency, str] = {
    Frequency.MONTH: mark("month"),
    Frequency.QUARTER: mark("quarter"),
    Frequency.YEAR: mark("year"),
}
_COVERED: Mapping[Frequency, str] = {
    Frequency.MONTH: mark("months: {present}/{expected}"),
    Frequency.QUARTER: mark("quarters: {present}/{expected}"),
    Frequency.YEAR: mark("years: {present}/{expected}"),
}
TASK_STATES: Mapping[TaskState, str] = {
    TaskState.NOT_STARTED: mark("not started"),
    TaskState.IN_PROGRESS: mark("in progress"),
    TaskState.DONE: mark("done in time"),
    TaskState.STOPPED: mark("stopped"),
}


def frequency_word(frequency: Frequency, _: Translate) -> str:
    """Return month, quarter or year."""
    return _(_FREQUENCIES[frequency])


def summary_word(name: str, _: Translate) -> str:
    """Return what a key of a report's summary is called."""
    return _(mark("preliminary")) if name == "incomplete" else _(_STATUSES[Status(name)])


def year_word(status: Status, _: Translate) -> str:
    """Return the verdict of a whole year: a target that is missed then is missed for good."""
    return _(mark("missed")) if status is Status.MISSED else _(_STATUSES[status])


def is_final(period: Period) -> bool:
    """Whether a miss is one for good: in reports of a year or of years."""
    return period.unit is Unit.YEAR


def judged_to_date(result: Evaluation) -> Actual | None:
    """Return the year to date of a sum, whose target is for a year, where that is not what is reported."""
    beside = result.year_to_date
    if result.indicator.aggregation is not Aggregation.SUM or beside is None or beside.period == result.period:
        return None
    return beside.actual if differs(result, beside) else None


def differs(result: Evaluation, beside: Beside) -> bool:
    """Whether the year to date says something else than the figure: a point in time does not."""
    return (
        result.actual is not None and beside.actual is not None and beside.actual.reference != result.actual.reference
    )


def final_word(name: str, period: Period, _: Translate) -> str:
    """Return what a key of the summary of a period's report is called: at the end of a year verdicts are final."""
    return year_word(Status.MISSED, _) if name == "missed" and is_final(period) else summary_word(name, _)


# what was reached


def with_unit(number: str, unit: str | None) -> str:
    """Return a number with its unit; the percent sign stands without a blank."""
    return f"{number}%" if unit == "%" else f"{number} {unit}" if unit else number


def printed(indicator: Indicator, actual: Actual, target: Target | None) -> Fraction | None:
    """Return the number as it is printed: two places, more where two would contradict the verdict; None for words."""
    if not isinstance(actual.value, Fraction) or indicator.kind is Kind.RANK:
        return None
    return rounded(actual.value, places_of(actual.value, target))


def places_of(value: Fraction, target: Target | None) -> int:
    """Return how many places keep the printed value on the same side of the target's bounds as the exact one."""
    bounds = _bounds(target)
    return next((n for n in range(PLACES, MOST_PLACES) if all(_same_side(value, n, b) for b in bounds)), MOST_PLACES)


def own_places(value: Fraction) -> int:
    """Return how many places the difference of two printed figures needs."""
    return next((n for n in range(PLACES, MOST_PLACES) if rounded(value, n) == value), MOST_PLACES)


def _bounds(target: Target | None) -> list[Fraction]:
    if target is None:
        return []
    if target.between is not None:
        return [Fraction(bound) for bound in target.between if not isinstance(bound, bool | str)]
    bound = bound_of(target)
    return [] if bound is None else [bound]


def _same_side(value: Fraction, places: int, bound: Fraction) -> bool:
    shown = rounded(value, places)
    return (shown > bound) == (value > bound) and (shown < bound) == (value < bound)


def value_text(indicator: Indicator, actual: Actual, target: Target | None, _: Translate) -> str:
    """Return the figure alone: 98,56%, 12,40 phút/lượt, 5/17, Tốt (86,25 điểm), có, or the text."""
    value = actual.value
    if indicator.kind is Kind.NARRATIVE:
        return actual.text or ""
    if isinstance(value, bool):
        return _(mark("yes")) if value else _(mark("no"))
    if isinstance(value, str):
        return _grade(value, actual, _)
    if not isinstance(value, Fraction):
        return ""
    if indicator.kind is Kind.RANK:
        return f"{value.numerator}/{actual.of}" if actual.of is not None else str(value.numerator)
    return with_unit(short(value, places_of(value, target)), indicator.unit)


def _grade(value: str, actual: Actual, _: Translate) -> str:
    word = value[:1].upper() + value[1:]
    if actual.points is None:
        return word
    return _(mark("{grade} ({points} points)")).format(grade=word, points=exactly(actual.points))


def actual_text(result: Evaluation, _: Translate) -> str:
    """Return the reported figure of an evaluation, empty without one."""
    if result.actual is None:
        return ""
    return value_text(result.indicator, result.actual, result.target, _)


def fraction_text(indicator: Indicator, actual: Actual) -> str:
    """Return what was counted: 1.236/1.254 hồ sơ, 31.000 phút/2.500 lượt; empty without numerator and denominator."""
    if actual.numerator is None or actual.denominator is None:
        return ""
    first, second = exactly(actual.numerator), exactly(actual.denominator)
    above, slash, below = (indicator.unit or "").partition("/")
    if slash:
        return f"{first} {above.strip()}/{second} {below.strip()}"
    return f"{first}/{second} {indicator.item}" if indicator.item else f"{first}/{second}"


# the target


def bound_text(indicator: Indicator, target: Target, _: Translate) -> str:
    """Return a target without its year: in the plan's words where they are known, else composed."""
    if target.as_written:
        return target.as_written
    if target.between is not None:
        low, high = (_bound(indicator, bound) for bound in target.between)
        return _(mark("from {low} to {high}")).format(low=low, high=high)
    if indicator.kind is Kind.RANK and target.at_most is not None:
        return _(mark("ranked {rank} or better")).format(rank=_bound(indicator, target.at_most))
    if target.at_least is not None:
        return _(mark("{bound} or more")).format(bound=_bound(indicator, target.at_least))
    if target.at_most is not None:
        return _(mark("at most {bound}")).format(bound=_bound(indicator, target.at_most))
    if isinstance(target.equal_to, bool):
        return _(mark("yes")) if target.equal_to else _(mark("no"))
    return _bound(indicator, target.equal_to)


def _bound(indicator: Indicator, bound: Number | bool | str | None) -> str:  # noqa: FBT001  # a yes is a bound
    if isinstance(bound, bool | str) or bound is None:
        return str(bound)
    return with_unit(short(bound), None if indicator.kind is Kind.RANK else indicator.unit)


def target_text(indicator: Indicator, target: Target, _: Translate) -> str:
    """Return a target with its year where it is due at the end of one."""
    text = bound_text(indicator, target, _)
    return _(mark("by {year}: {bound}")).format(year=target.by, bound=text) if target.by is not None else text


def next_target_text(indicator: Indicator, target: Target, _: Translate) -> str:
    """Return a target that is still to come, with its year."""
    if target.by is not None:
        return target_text(indicator, target, _)
    return _(mark("from {year} on: {bound}")).format(year=target.first, bound=bound_text(indicator, target, _))


# the verdict


def status_word(result: Evaluation, _: Translate) -> str:
    """Return the verdict's word: missed targets are final in the reports of a year and of the term."""
    if result.status is Status.MISSED and is_final(result.period):
        return year_word(result.status, _)
    if result.status is Status.NOT_DUE and result.reason is Reason.YEARLY_FIGURE:
        return _(mark("not assessed before its own period is over"))
    if result.status is Status.NOT_APPLICABLE and result.indicator.survey:
        return _(mark("no survey held yet"))
    return _(_STATUSES[result.status])


def status_text(result: Evaluation, _: Translate) -> str:
    """Return the verdict with what limits it: the reason, or that it is preliminary and on which coverage."""
    word = status_word(result, _)
    if result.reason in _REASONS:
        return f"{word} ({reason_text(result, _)})"
    if not result.judged or result.complete:
        return word
    if result.coverage.missing:
        return _(mark("{status} (preliminary, {coverage})")).format(status=word, coverage=coverage_text(result, _))
    return _(mark("{status} (preliminary)")).format(status=word)


def verdict_text(result: Evaluation, _: Translate) -> str:
    """Return figure, counts and verdict in one line: 98,56% (412/418 hồ sơ) – đạt."""
    figure = actual_text(result, _)
    counts = fraction_text(result.indicator, result.actual) if result.actual is not None else ""
    reached = f"{figure} ({counts})" if counts else figure
    return " – ".join(filter(None, (reached, status_text(result, _))))


def reason_text(result: Evaluation, _: Translate) -> str:
    """Return why an indicator is not assessed."""
    return _(_REASONS[result.reason or Reason.NOT_VALID])


def coverage_text(result: Evaluation, _: Translate) -> str:
    """Return how many of the expected figures are there: 2/3 tháng."""
    return coverage_count(result.indicator, result.coverage, _)


def coverage_count(indicator: Indicator, coverage: Coverage, _: Translate) -> str:
    """Return present and expected reference periods: 2/3 tháng."""
    return _(_COVERED[indicator.frequency]).format(present=coverage.present, expected=len(coverage.expected))


def missing_text(coverage: Coverage, _: Translate) -> str:
    """Return the names of the missing reference periods, neighbours joined."""
    return periods_title(coverage.missing, _)


def task_word(result: TaskResult, _: Translate) -> str:
    """Return a task's state: done late and late tasks are named, continuous ones that go on are so called."""
    task, report = result.task, result.report
    if result.late and (report is None or report.state is not TaskState.STOPPED):
        return _(mark("overdue, not done"))
    if report is None:
        return _(mark("not reported"))
    done_on = report.completed_on
    if report.state is TaskState.DONE and done_on is not None and task.due is not None and done_on.year > task.due:
        return _(mark("done late"))
    if report.state is TaskState.IN_PROGRESS and task.repeats == "continuous":
        return _(mark("carried on continuously"))
    return _(TASK_STATES[report.state])


def sources(measurements: tuple[Measurement, ...]) -> list[str]:
    """Return the different sources of figures, in time order."""
    return list(dict.fromkeys(entry.source for entry in measurements if entry.source))


def notes(measurements: tuple[Measurement, ...]) -> list[str]:
    """Return the different notes of figures, in time order."""
    return list(dict.fromkeys(entry.note for entry in measurements if entry.note))
