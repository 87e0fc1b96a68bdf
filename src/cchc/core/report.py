"""A report before it is text: evaluations, task states, remarks and what they need to be read."""

from collections.abc import Iterable, Iterator

from cchc.core.diagnostics import Problem
from cchc.core.evaluate import evaluate, judged_period, look_back, over_years
from cchc.core.fields import TaskState
from cchc.core.model import DataFile, Dataset, Indicator, Plan, Task
from cchc.core.periods import Frequency, Period, Unit
from cchc.core.results import EVERYTHING, Evaluation, Reason, RemarkResult, Report, Restated, Selection, TaskResult


def build(
    data: Dataset, period: Period, selection: Selection = EVERYTHING, problems: tuple[Problem, ...] = ()
) -> Report:
    """Return the report of a period on the data that was read; `problems` are handed on."""
    plan = data.plan
    indicators = [evaluate(data, entry, period) for entry in plan.indicators if selection.takes(entry)]
    statistics = [evaluate(data, entry, period) for entry in plan.statistics if selection.takes(entry)]
    return Report(
        plan=plan,
        period=period,
        window=period.window(plan.head.calendar.month_starts_on),
        illustrative=data.illustrative,
        indicators=tuple(indicators),
        statistics=tuple(statistics),
        tasks=tuple(task_result(data, task, period) for task in plan.tasks if selection.takes(task)),
        remarks=tuple(remark for remark in remarks(data, period) if _is_about(plan, remark, selection)),
        problems=(*problems, *_uncombinable(data, [*indicators, *statistics])),
        selection=selection,
        restated=tuple(_restated(data, [result.indicator for result in (*indicators, *statistics)], period)),
        courses={result.indicator.id: over_years(data, result.indicator, span) for result in indicators}
        if (span := _course_of(plan, period)) is not None
        else {},
    )


def _course_of(plan: Plan, period: Period) -> Period | None:
    """Return the years from the term's first to the period's last, of a report of a whole year or of years."""
    if period.unit is not Unit.YEAR:
        return None
    return Period.between(Period.year(plan.term.first_year), Period.year(period.last_year))


def _is_about(plan: Plan, remark: RemarkResult, selection: Selection) -> bool:
    if selection.area is not None and remark.subject != selection.area:
        return False
    if selection.owner is None:
        return True
    area = next((area for area in plan.areas if area.id == remark.subject), None)
    return area is not None and area.owner == selection.owner


def _restated(data: Dataset, shown: Iterable[Indicator], period: Period) -> Iterator[Restated]:
    """Yield the figures that the report rests on and that were corrected or supplemented, in time order."""
    known = {indicator.id: indicator for indicator in shown}
    for part in sorted(rests_on(data.plan, period), key=lambda one: (one.last, one.first)):
        entries = data.files[part].measurements if part in data.files else {}
        for key, entry in entries.items():
            if key in known and (entry.corrections or entry.supplement is not None):
                yield Restated(known[key], part, entry)


def _uncombinable(data: Dataset, results: list[Evaluation]) -> Iterator[Problem]:
    """Warn of several figures that cannot be pooled because one has no numerator and denominator."""
    for result in results:
        if result.reason is not Reason.UNCOMBINABLE:
            continue
        key = result.indicator.id
        entries = [(part, data.measurement(key, part)) for part in result.coverage.expected]
        bare = [part for part, entry in entries if entry is not None and entry.counts is None]
        file = data.files[bare[-1]].file
        yield Problem("W504", file, ("measurements", key), args={"id": key, "count": len(bare)})


# rule 7


def task_result(data: Dataset, task: Task, period: Period) -> TaskResult:
    """Return the latest state in the period's year that is known by its end; of files that end together the longest's.

    A task that is due is late when its last year is over and no file that was read says it is done; those that are only
    asked are never late.
    """
    spoken = [
        (file.period.last, file.period.last - file.period.first, file)
        for file in data.files.values()
        if task.id in file.tasks and file.period.last <= period.last
    ]
    spoken.sort(key=lambda item: item[:2])
    year = period.last_year
    current = [file for _, _, file in spoken if file.period.first_year == year or file.period == period]
    late = _is_over(task, period) and not any(file.tasks[task.id].state is TaskState.DONE for _, _, file in spoken)
    if not current:
        return TaskResult(task, None, None, late)
    return TaskResult(task, current[-1].tasks[task.id], current[-1].period, late)


def _is_over(task: Task, period: Period) -> bool:
    """Whether the year in which a task is due is over; those that are only requested never are."""
    return task.due is not None and not task.requested and Period.year(task.due).last <= period.last


def remarks(data: Dataset, period: Period) -> list[RemarkResult]:
    """Return the remarks of the period's own file; without any, those inside the period in time order."""
    own = data.files.get(period)
    files = [own] if own is not None and own.remarks else _inside(data, period)
    subjects = data.plan.remark_keys
    return [
        RemarkResult(subject, file.period, file.remarks[subject])
        for subject in subjects
        for file in files
        if subject in file.remarks
    ]


def _inside(data: Dataset, period: Period) -> list[DataFile]:
    files = [file for file in data.files.values() if period.contains(file.period)]
    return sorted(files, key=lambda file: (file.period.last, file.period.last - file.period.first))


# rule 9


def needed(plan: Plan, period: Period) -> set[Period]:
    """Return the periods whose data files a report is made from; whether they exist is the disk's matter."""
    wanted = rests_on(plan, period)
    if any(_is_over(task, period) for task in plan.tasks):  # any earlier file may say that it is done
        wanted.update(*(_named_parts(Period.year(year)) for year in range(plan.term.first_year, period.last_year)))
        wanted.update({plan.term} if plan.term.last <= period.last else ())
    return {wish for wish in wanted if plan.term.contains(wish)}


def rests_on(plan: Plan, period: Period) -> set[Period]:
    """Return the periods whose figures a report rests on, inside the term."""
    wanted = {period}
    for year in period.years:
        wanted.update(_needed_in_year(period.part_in(year)))
    course = _course_of(plan, period)
    for year in course.years if course is not None else ():
        wanted.update(part for frequency in Frequency for part in Period.year(year).parts(frequency))
    return {wish for wish in wanted if plan.term.contains(wish)}


def _needed_in_year(part: Period) -> Iterator[Period]:
    yield from _named_parts(part.year_to_date())
    for frequency in Frequency:
        for span in (part, part.same_period_last_year(), part.previous()):
            judged = judged_period(frequency, span) if span is not None else None
            yield from judged.parts(frequency) if judged is not None else ()
        if judged_period(frequency, part) is None:  # then the latest stands beside, a sum judged on its year to date
            for reference in look_back(frequency, part):
                yield from reference.year_to_date().parts(frequency)


def _named_parts(span: Period) -> Iterator[Period]:
    """Yield every period with a file of its own inside a span of one year that begins in January."""
    for frequency in Frequency:
        yield from span.parts(frequency)
    year = span.last_year
    for named in (Period.half(year, 1), Period.half(year, 2), Period.nine_months(year)):
        if span.contains(named):
            yield named
