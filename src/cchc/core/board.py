"""Where every figure stands on a day: a matrix of indicators and months, what is missing or late, and for whom."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cchc.core.agenda import (
    Coming,
    ReportDue,
    TaskDue,
    answers,
    coming,
    coming_periods,
    due_on,
    is_over,
    next_report,
    tasks_due,
    tasks_soon,
)
from cchc.core.diagnostics import Problem
from cchc.core.evaluate import evaluate, expected_periods
from cchc.core.fields import Quality
from cchc.core.model import Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Frequency, Period, Unit, reference_ending
from cchc.core.report import build, needed
from cchc.core.results import EVERYTHING, Actual, Report, Selection

COURSE_MONTHS = 12


class CellState(StrEnum):
    """What is to be said of a figure; of one that is there, what is to be done about it comes first."""

    PROVISIONAL = "provisional"
    UNCONFIRMED = "unconfirmed"  # nobody has checked it
    NOTHING_AROSE = "nothing_arose"  # 0/0
    PROVIDED = "provided"
    LATE = "late"  # not there, its due day is over
    MISSING = "missing"  # not there, what it is about is over
    AWAITING = "awaiting"  # not there, others announce it: nobody is late
    NOT_DUE = "not_due"  # not there, nor has it to be
    NOT_MEASURED = "not_measured"  # no reference period ends in the month


class Hit(StrEnum):
    """What a board can be asked about: whether there is any such figure."""

    MISSING = "missing"
    LATE = "late"
    PROVISIONAL = "provisional"
    UNCONFIRMED = "unconfirmed"


class Figure(NamedTuple):
    """A figure that is expected: where it stands on the day of the board.

    `late`: it came after its due day, or its due day is over and it is not there. `due_on` is None without a due day in
    the plan's calendar: then nothing is late.
    """

    indicator: Indicator
    period: Period
    state: CellState
    due_on: date | None
    provided_on: date | None
    late: bool
    provisional: bool
    unconfirmed: bool

    @property
    def there(self) -> bool:
        """Whether there is an entry."""
        return self.state not in _ABSENT

    @property
    def wanted(self) -> bool:
        """Whether it is not there though what it is about is over."""
        return self.state in {CellState.MISSING, CellState.LATE}


class Row(NamedTuple):
    """An indicator or statistic with its figure that ends in each month of the board, None where none does."""

    indicator: Indicator
    figures: tuple[Figure | None, ...]


class Scope(NamedTuple):
    """What a board is limited to, and whether it goes on to its day: to what has become due since its period."""

    selection: Selection = EVERYTHING
    onward: bool = False


EVERYBODY = Scope()


class Board(NamedTuple):
    """What the dashboard shows. `courses`: an actual for each reference period of the last twelve months.

    `earlier`: figures of the year before, of those twelve months, that are still not there. `since`: those that have
    become missing or late after the period, of a board that goes on to its day.
    """

    report: Report
    today: date
    courses: Mapping[str, tuple[Actual | None, ...]]
    months: tuple[Period, ...]
    rows: tuple[Row, ...]
    statistics: tuple[Row, ...]
    earlier: tuple[Figure, ...]
    since: tuple[Figure, ...]
    coming: tuple[Coming, ...]
    tasks: tuple[TaskDue, ...]
    next_report: ReportDue | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that is expected since January, in the order of the plan: indicators, then statistics.

        Of the board of one owner only those that the owner answers for, not those that others answer for.
        """
        own = (row for row in (*self.rows, *self.statistics) if self._is_own(row.indicator.owner))
        return tuple(figure for row in own for figure in row.figures if figure is not None)

    @property
    def missing(self) -> tuple[Figure, ...]:
        """The figures that are not there: late, missing, awaited or not due yet."""
        return tuple(figure for figure in self.figures if not figure.there)

    @property
    def late(self) -> tuple[Figure, ...]:
        """The figures that came after their due day, or did not come though it is over."""
        return tuple(figure for figure in self.figures if figure.late)

    @property
    def wanted(self) -> tuple[Figure, ...]:
        """The figures that are not there though what they are about is over: of each indicator the oldest first."""
        return (*self.earlier, *(figure for figure in self.figures if figure.wanted), *self.since)

    def _is_own(self, owner: str | None) -> bool:
        return self.report.selection.owner in {None, owner}

    def hits(self, hit: Hit) -> bool:
        """Whether there is a figure of that sort; one that came late is there, so it is none."""
        match hit:
            case Hit.MISSING:
                return bool(self.wanted)
            case Hit.LATE:
                return any(figure.late for figure in self.wanted)
            case Hit.PROVISIONAL:
                return any(figure.provisional for figure in self.figures)
            case _:
                return any(figure.unconfirmed for figure in self.figures)


_ABSENT = frozenset({CellState.LATE, CellState.MISSING, CellState.AWAITING, CellState.NOT_DUE})


def build_board(
    data: Dataset,
    period: Period,
    today: date,
    problems: tuple[Problem, ...] = (),
    scope: Scope = EVERYBODY,
) -> Board:
    """Return the board of a period on a day."""
    selection = scope.selection
    report = build(data, period, selection, problems)
    indicators = [result.indicator for result in report.indicators]
    statistics = [result.indicator for result in report.statistics]
    own = [entry for entry in (*indicators, *statistics) if selection.owner in {None, entry.owner}]
    tasks = [result for result in report.tasks if selection.owner in {None, result.task.owner}]
    months = period.year_to_date().parts(Frequency.MONTH)
    following = coming(data, own, period, today, onward=scope.onward)
    return Board(
        report=report,
        today=today,
        courses={indicator.id: tuple(_course(data, indicator, period)) for indicator in indicators},
        months=months,
        rows=tuple(_row(data, indicator, months, today) for indicator in indicators),
        statistics=tuple(_row(data, entry, months, today) for entry in statistics),
        earlier=tuple(figure for entry in own for figure in _earlier(data, entry, period, today)),
        since=tuple(_since(data, following, today)) if scope.onward else (),
        coming=following,
        tasks=tasks_due(data, tasks, period),
        next_report=next_report(data.plan, period, today),
    )


def board_periods(plan: Plan, period: Period, today: date, *, onward: bool = False) -> set[Period]:
    """Return the reference periods whose figures a board shows besides those of its report."""
    window = {part for frequency in Frequency for part in _window(period).parts(frequency)}
    before = Period.year(period.last_year - 1)
    told = needed(plan, Period.year(period.last_year)) if tasks_soon(plan, period) else ()  # that a task is done
    return {*window, before, *told, *coming_periods(plan, period, today, onward=onward)}


def _window(period: Period) -> Period:
    """Return the twelve months that end with the period."""
    return Period(period.last - COURSE_MONTHS + 1, period.last, Unit.MONTH)


def _course(data: Dataset, indicator: Indicator, period: Period) -> Iterator[Actual | None]:
    for part in expected_periods(data, indicator, _window(period)):
        yield evaluate(data, indicator, part).actual


# figures


def _row(data: Dataset, indicator: Indicator, months: Iterable[Period], today: date) -> Row:
    return Row(indicator, tuple(_ending(data, indicator, month, today) for month in months))


def _ending(data: Dataset, indicator: Indicator, month: Period, today: date) -> Figure | None:
    """Return the figure about the reference period that ends with a month; None where none is expected."""
    part = reference_ending(month, indicator.frequency)
    if part.last != month.last or expected_periods(data, indicator, part) != (part,):
        return None
    return _figure(data, indicator, part, today)


def _earlier(data: Dataset, indicator: Indicator, period: Period, today: date) -> Iterator[Figure]:
    """Yield the figures of the year before that are still not there, as far as the twelve months reach back."""
    january = period.year_to_date().first
    window = _window(period)
    parts = {*window.parts(indicator.frequency), Period.year(period.last_year - 1)}
    for part in sorted(parts):
        is_before = window.first <= part.last < january
        if is_before and expected_periods(data, indicator, part) == (part,):
            figure = _figure(data, indicator, part, today)
            if figure.wanted:
                yield figure


def _since(data: Dataset, following: Iterable[Coming], today: date) -> Iterator[Figure]:
    """Yield the figures of later periods that are missing or late."""
    for one in following:
        figures = (_figure(data, indicator, one.period, today) for indicator in one.open)
        yield from (figure for figure in figures if figure.wanted)


def _figure(data: Dataset, indicator: Indicator, period: Period, today: date) -> Figure:
    entry = data.measurement(indicator.id, period)
    due = due_on(data.plan, period)
    owed = answers(data.plan, indicator.owner)
    if entry is None:
        state = _absent(data.plan, indicator, period, today, owed=owed)
        late = state is CellState.LATE
        return Figure(indicator, period, state, due, None, late, provisional=False, unconfirmed=False)
    provided = entry.provided.on if entry.provided is not None else None
    return Figure(
        indicator=indicator,
        period=period,
        state=_present(entry),
        due_on=due,
        provided_on=provided,
        late=owed and due is not None and provided is not None and provided > due,
        provisional=entry.quality is Quality.PROVISIONAL,
        unconfirmed=entry.checked is None,
    )


def _absent(plan: Plan, indicator: Indicator, period: Period, today: date, *, owed: bool) -> CellState:
    """Return how a figure is not there: late after its due day, missing once what it is about is over."""
    due = due_on(plan, period)
    overdue = due is not None and today > due
    if not overdue and not is_over(plan, period, today):
        return CellState.NOT_DUE
    if indicator.announced is not None:
        return CellState.AWAITING
    return CellState.LATE if overdue and owed else CellState.MISSING


def _present(entry: Measurement) -> CellState:
    if entry.quality is Quality.PROVISIONAL:
        return CellState.PROVISIONAL
    if entry.checked is None:
        return CellState.UNCONFIRMED
    return CellState.NOTHING_AROSE if entry.nothing_arose else CellState.PROVIDED
