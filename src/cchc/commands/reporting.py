"""`report` and `status`: a period's results on the files that they rest on."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, inside_term, known_area, known_owner, plan_of
from cchc.core.diagnostics import Problem
from cchc.core.errors import UsageError, WorldError
from cchc.core.model import Plan
from cchc.core.period_forms import PeriodError, parse_period
from cchc.core.periods import Period
from cchc.core.report import Selection, build, needed
from cchc.core.results import Report
from cchc.texts import mark
from cchc.workspace import resources
from cchc.workspace.load import Loaded, load


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is to be reported: the period as it was typed, and what it is limited to."""

    period: str
    area: str | None = None
    owner: str | None = None
    allow_problems: bool = False
    today: date | None = None


class BadPeriod(UsageError):
    """A period that cannot be read: a caret under the first character that does not fit, and the closest form."""

    def __init__(self, error: PeriodError) -> None:
        before = sum(not unicodedata.combining(character) for character in error.text[: error.column])
        super().__init__(
            mark("not a period:\n    {typed}\n    {caret}"),
            mark("The closest that fits: {closest}"),
            typed=error.text,
            caret=f"{' ' * before}^",
            closest=error.closest,
        )


class NoFigures(WorldError):
    """Nothing is recorded in the period."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            mark("no figures for {period} are recorded"),
            mark(
                "Enter them with: cchc add-measure INDICATOR VALUE -p {period}; `cchc status` shows the newest period."
            ),
            period=period,
        )


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """A report with the templates to lay it out."""

    report: Report
    templates: Mapping[str, str]


def report(root: Path, request: ReportRequest, *, templates: tuple[str, ...] = ()) -> ReportOutcome:
    """Return the report of a period; refused while the files that it rests on have errors, unless they are allowed.

    Then entries with errors count as missing and are named in the report. Errors of the plan are never allowed.
    """
    period, loaded = load_for(root, request.period, request.today)
    plan = plan_of(loaded)
    selection = Selection(known_area(plan, request.area), known_owner(plan, request.owner))
    bad = loaded.errors_in("data/")
    if bad and not request.allow_problems:
        remedy = mark("Correct them, or report without these entries: --allow-problems")
        raise FilesHaveErrors(bad, remedy)
    if loaded.data is None or not _anything_inside(loaded.data.files, period):
        raise NoFigures(period)
    problems = _worth_saying(loaded.problems)
    found = build(loaded.data, period, selection, problems)
    return ReportOutcome(found, resources.templates(root, templates))


def load_for(root: Path, typed: str, today: date | None) -> tuple[Period, Loaded]:
    """Return the period that was typed and what a report about it rests on; no other data file is opened."""
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        periods.append(inside_term(plan, typed_period(typed, plan, today)))
        return needed(plan, periods[0])

    loaded = load(root, wanted)
    plan_of(loaded)
    return periods[0], loaded


def typed_period(text: str, plan: Plan, today: date | None) -> Period:
    """Return the period that was typed; words like `last-month` follow the plan's calendar."""
    try:
        return parse_period(text, today=today, month_starts_on=plan.head.calendar.month_starts_on)
    except PeriodError as error:
        raise BadPeriod(error) from None


def _anything_inside(read: Mapping[Period, object], period: Period) -> bool:
    return any(period.contains(other) or other.last == period.last for other in read)


def _worth_saying(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return what a report says of its files: everything about data, of the plan's warnings none."""
    return tuple(problem for problem in problems if problem.file.startswith("data/"))
