"""Where every indicator stands on a day: a report with the course of each figure and what is missing or late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cchc.core.diagnostics import Problem
from cchc.core.evaluate import evaluate, expected_periods
from cchc.core.model import Dataset, Indicator, Plan
from cchc.core.periods import Frequency, Period, Unit, due_date
from cchc.core.report import build
from cchc.core.results import Actual, Report

COURSE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure expected since January that is missing, or that came after its due date."""

    indicator: Indicator
    period: Period
    due_on: date | None  # None without a due day in the plan's calendar: then nothing is late
    provided_on: date | None  # None while it is missing
    late: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What the dashboard shows. `courses`: an actual for each reference period of the last twelve months."""

    report: Report
    today: date
    courses: Mapping[str, tuple[Actual | None, ...]]
    gaps: tuple[Gap, ...]

    @property
    def missing(self) -> tuple[Gap, ...]:
        """The figures that are not there, late or not yet due."""
        return tuple(gap for gap in self.gaps if gap.provided_on is None)

    @property
    def late(self) -> tuple[Gap, ...]:
        """The figures that came after their due date, or did not come though it is over."""
        return tuple(gap for gap in self.gaps if gap.late)


def build_board(data: Dataset, period: Period, today: date, problems: tuple[Problem, ...] = ()) -> Board:
    """Return the board of a period on a day."""
    indicators = data.plan.indicators
    return Board(
        report=build(data, period, problems=problems),
        today=today,
        courses={indicator.id: tuple(_course(data, indicator, period)) for indicator in indicators},
        gaps=tuple(gap for indicator in indicators for gap in _gaps(data, indicator, period, today)),
    )


def course_periods(period: Period) -> set[Period]:
    """Return the reference periods whose figures make the courses."""
    return {part for frequency in Frequency for part in _window(period).parts(frequency)}


def _window(period: Period) -> Period:
    """Return the twelve months that end with the period."""
    return Period(period.last - COURSE_MONTHS + 1, period.last, Unit.MONTH)


def _course(data: Dataset, indicator: Indicator, period: Period) -> Iterator[Actual | None]:
    for part in expected_periods(data, indicator, _window(period)):
        yield evaluate(data, indicator, part).actual


def _gaps(data: Dataset, indicator: Indicator, period: Period, today: date) -> Iterator[Gap]:
    for part in expected_periods(data, indicator, period.year_to_date()):
        entry = data.measurement(indicator.id, part)
        due = due_on(data.plan, part)
        provided = entry.provided.on if entry is not None and entry.provided is not None else None
        if entry is None:
            yield Gap(indicator, part, due, None, due is not None and today > due)
        elif due is not None and provided is not None and provided > due:
            yield Gap(indicator, part, due, provided, late=True)


def due_on(plan: Plan, period: Period) -> date | None:
    """Return the day by which a period's figures are due; None where the plan's calendar names none."""
    day = plan.head.calendar.figures_due_on
    return due_date(period, day) if day is not None else None
