"""What comes out of an evaluation: values without text; views phrase and round them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from cchc.core.diagnostics import Problem
from cchc.core.fields import Quality
from cchc.core.model import Indicator, Measurement, Plan, Remark, Target, Task, TaskReport
from cchc.core.periods import Period
from cchc.core.scalars import Number


class Status(StrEnum):
    """The verdict about an indicator in a period (design.md, section 4, rule 4)."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_DUE = "not_due"
    AWAITING = "awaiting"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    MONITORED = "monitored"
    NARRATIVE = "narrative"
    NOT_ASSESSED = "not_assessed"


VERDICTS = frozenset({Status.MET, Status.MISSED, Status.ON_TRACK, Status.BEHIND})


class Reason(StrEnum):
    """Why an indicator is not judged."""

    BEFORE_ASSESSMENT = "before_assessment"  # the period lies before `assessed_from`
    NOT_VALID = "not_valid"  # the indicator does not exist in the period
    YEARLY_FIGURE = "yearly_figure"  # its own reference period is not over yet
    DEADLINE = "deadline"  # its target is still to come
    YEAR_NOT_OVER = "year_not_over"  # a sum is judged at the year's end
    UNCOMBINABLE = "uncombinable"  # several figures without numerator and denominator


class Actual(NamedTuple):
    """An aggregated figure. `value`: exact fraction in the indicator's unit, bool, or the grade's word; None for texts.

    `reference` is the period that the figure is about: the last one with `last`, else the whole that was combined.
    """

    value: Fraction | bool | str | None
    reference: Period
    quality: Quality
    numerator: Number | None = None
    denominator: Number | None = None
    of: int | None = None
    points: Number | None = None
    text: str | None = None
    measurements: tuple[Measurement, ...] = ()  # those it rests on, in time order


class Coverage(NamedTuple):
    """Which reference periods were expected, which are missing, and in which nothing arose (0/0)."""

    expected: tuple[Period, ...] = ()
    missing: tuple[Period, ...] = ()
    not_applicable: tuple[Period, ...] = ()

    @property
    def present(self) -> int:
        """How many expected periods have an entry."""
        return len(self.expected) - len(self.missing)


class Beside(NamedTuple):
    """A figure of another period that stands beside the one reported."""

    period: Period
    actual: Actual | None
    coverage: Coverage


class Latest(NamedTuple):
    """The latest earlier figure of an indicator whose own period is not over."""

    reference: Period
    actual: Actual
    target: Target | None
    status: Status


class YearVerdict(NamedTuple):
    """The verdict of a year's part of a period of several years."""

    year: int
    period: Period
    status: Status
    complete: bool
    actual: Actual | None
    target: Target | None


class Evaluation(NamedTuple):
    """Everything that is said of one indicator in one period."""

    indicator: Indicator
    period: Period  # the part of the reporting period that is judged
    status: Status
    reason: Reason | None
    complete: bool
    actual: Actual | None
    target: Target | None
    next_target: Target | None
    coverage: Coverage
    latest: Latest | None = None
    year_to_date: Beside | None = None
    previous: Beside | None = None
    same_period_last_year: Beside | None = None
    change: Fraction | None = None
    attainment: Fraction | None = None
    years: tuple[YearVerdict, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether there is a verdict: met, missed, on track or behind."""
        return self.status in VERDICTS


class TaskResult(NamedTuple):
    """The state of a task at the end of a period; without a report in the year `report` and `as_of` are None."""

    task: Task
    report: TaskReport | None
    as_of: Period | None
    late: bool


class RemarkResult(NamedTuple):
    """A remark with the period of the file it stands in; `subject` is an area's id or `general`."""

    subject: str
    period: Period
    remark: Remark


class Selection(NamedTuple):
    """What a report is limited to; None stands for everything."""

    area: str | None = None
    owner: str | None = None

    def takes(self, entry: Indicator | Task) -> bool:
        """Whether an entry belongs to the area, and to the owner as the one who answers or who joins in."""
        if self.area is not None and entry.area != self.area:
            return False
        return self.owner is None or self.owner == entry.owner or self.owner in entry.joining


EVERYTHING = Selection()


class Restated(NamedTuple):
    """A figure that was corrected, or came after its period was closed."""

    indicator: Indicator
    period: Period
    entry: Measurement


class Report(NamedTuple):
    """A report before it is text."""

    plan: Plan
    period: Period
    window: tuple[date, date]
    illustrative: bool
    indicators: tuple[Evaluation, ...]
    statistics: tuple[Evaluation, ...]
    tasks: tuple[TaskResult, ...]
    remarks: tuple[RemarkResult, ...]
    problems: tuple[Problem, ...]
    selection: Selection = EVERYTHING
    restated: tuple[Restated, ...] = ()
    courses: Mapping[str, tuple[YearVerdict, ...]] = MappingProxyType({})  # of reports of a year or of years

    @property
    def summary(self) -> Mapping[str, int]:
        """Indicators by status; verdicts on incomplete or provisional figures are counted apart as `incomplete`."""
        counts = dict.fromkeys((*(str(status) for status in Status), "incomplete"), 0)
        for result in self.indicators:
            counts["incomplete" if result.judged and not result.complete else str(result.status)] += 1
        return counts
