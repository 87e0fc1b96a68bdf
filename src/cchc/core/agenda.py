"""What is due when: figures, tasks and reports, and who answers for them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cchc.core.evaluate import expected_periods
from cchc.core.fields import Repeats, TaskState
from cchc.core.model import Dataset, Indicator, Plan, Task
from cchc.core.periods import Frequency, Period, Unit, due_date, reference_ending
from cchc.core.results import TaskResult

SOON = 3  # months after a board's period in which a task has to be due to stand on it


class Coming(NamedTuple):
    """A reference period after that of the board, with the figures about it that are not there yet.

    `over`: what they are about is over; `late`: their due day is. Neither where others announce all that is awaited.
    """

    period: Period
    due_on: date | None
    over: bool
    late: bool
    open: tuple[Indicator, ...]


class TaskDue(NamedTuple):
    """A task that is not done: the year or quarter by whose end it is due, and that end."""

    result: TaskResult
    period: Period
    due_on: date
    late: bool


class ReportDue(NamedTuple):
    """A regular report and the day by which it is due."""

    period: Period
    due_on: date


# who answers


def answers(plan: Plan, owner: str | None) -> bool:
    """Whether figures and tasks of an owner can be late; nobody at all is no excuse."""
    return owner is None or owner in plan.answering


# figures


def due_on(plan: Plan, period: Period) -> date | None:
    """Return the day by which a period's figures are due; None where the plan's calendar names none."""
    day = plan.head.calendar.figures_due_on
    return due_date(period, day) if day is not None else None


def is_over(plan: Plan, period: Period, today: date) -> bool:
    """Whether the last day of a period is past on a day."""
    return period.window(plan.head.calendar.month_starts_on)[1] < today


def coming(
    data: Dataset, measured: Sequence[Indicator], period: Period, today: date, *, onward: bool
) -> tuple[Coming, ...]:
    """Return the reference periods after a period about which figures are still to come, in the order of their ends."""
    found = (_coming(data, measured, part, today) for part in coming_periods(data.plan, period, today, onward=onward))
    return tuple(one for one in found if one.open)


def coming_periods(plan: Plan, period: Period, today: date, *, onward: bool) -> list[Period]:
    """Return the next reference period of each frequency that ends after a period, inside the term.

    With `onward` also those after it, up to the first whose figures are not due on the day.
    """
    found = {part for frequency in Frequency for part in _following(plan, period, frequency, today, onward=onward)}
    return sorted(found, key=lambda part: (part.last, -part.first))


def _following(plan: Plan, period: Period, frequency: Frequency, today: date, *, onward: bool) -> Iterator[Period]:
    at = period.last + 1
    while at <= plan.term.last:
        part = reference_ending(Period(at, at, Unit.MONTH), frequency)
        yield part
        if not onward or not _has_to_be(plan, part, today):
            return
        at = part.last + 1


def _has_to_be(plan: Plan, period: Period, today: date) -> bool:
    due = due_on(plan, period)
    return today > due if due is not None else is_over(plan, period, today)


def _coming(data: Dataset, measured: Iterable[Indicator], period: Period, today: date) -> Coming:
    plan = data.plan
    missing = tuple(
        entry
        for entry in measured
        if expected_periods(data, entry, period) == (period,) and data.measurement(entry.id, period) is None
    )
    due = due_on(plan, period)
    given = [entry for entry in missing if entry.announced is None]
    over = bool(given) and is_over(plan, period, today)
    late = due is not None and today > due and any(answers(plan, entry.owner) for entry in given)
    return Coming(period, due, over, late, missing)


# tasks


def tasks_due(data: Dataset, results: Iterable[TaskResult], period: Period) -> tuple[TaskDue, ...]:
    """Return the tasks that are late, or due at most three months after a period, and neither done nor stopped."""
    found = (_task_due(data, result, period) for result in results)
    return tuple(one for one in found if one is not None and (one.late or one.period.last <= period.last + SOON))


def tasks_soon(plan: Plan, period: Period) -> bool:
    """Whether a year in which tasks are due ends at most three months after a period."""
    end = Period.year(period.last_year).last
    return period.last < end <= period.last + SOON and any(task.due == period.last_year for task in plan.tasks)


def _task_due(data: Dataset, result: TaskResult, period: Period) -> TaskDue | None:
    due = _due_period(result.task, period)
    if due is None or _is_settled(data, result, due, period):
        return None
    plan = data.plan
    end = due.window(plan.head.calendar.month_starts_on)[1]
    return TaskDue(result, due, end, result.late and answers(plan, result.task.owner))


def _due_period(task: Task, period: Period) -> Period | None:
    """Return the year or quarter by whose end a task is due; None for what goes on without an end."""
    if task.due is not None:
        return Period.year(task.due)
    if task.repeats is Repeats.CONTINUOUS or task.repeats is None:
        return None
    return reference_ending(period, Frequency.YEAR if task.repeats is Repeats.YEAR else Frequency.QUARTER)


def _is_settled(data: Dataset, result: TaskResult, due: Period, period: Period) -> bool:
    """Whether nobody waits for a task any more; what repeats has to be done in its own year or quarter."""
    if result.task.due is not None and due.last <= period.last:
        return not result.late
    if result.report is not None and result.report.state is TaskState.STOPPED:
        return True
    since = due.first if result.task.due is None else data.plan.term.first
    return any(
        file.tasks[result.task.id].state is TaskState.DONE
        for file in data.files.values()
        if result.task.id in file.tasks and since <= file.period.last <= period.last
    )


# reports


def next_report(plan: Plan, period: Period, today: date) -> ReportDue | None:
    """Return the next regular report (quý I, 6 tháng, quý III, năm: CV 581/BNV-CCHC) that is due on a day or later.

    None without a due day in the plan's calendar, and where the term has no more of them.
    """
    day = plan.head.calendar.report_due_on
    if day is None:
        return None
    dues = (ReportDue(one, due_date(one, day)) for one in _regular(period.last_year, plan.term.last_year))
    return next((one for one in dues if one.due_on >= today), None)


def _regular(first: int, last: int) -> Iterator[Period]:
    for year in range(first, last + 1):
        yield from (Period.quarter(year, 1), Period.half(year, 1), Period.quarter(year, 3), Period.year(year))
