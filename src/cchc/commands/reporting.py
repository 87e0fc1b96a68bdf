"""`report`: a period's results on the files that they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc.commands import issuing
from cchc.commands.opening import FilesHaveErrors, inside_term, known_area, known_owner, plan_of, source_of
from cchc.commands.request import ReportRequest
from cchc.commands.typed import typed_period
from cchc.core.course import Point, reported_course
from cchc.core.diagnostics import Problem
from cchc.core.errors import WorldError
from cchc.core.model import IssuedReport, Plan
from cchc.core.paper import DRAFT, Paper
from cchc.core.period_forms import parse_canonical
from cchc.core.periods import Period
from cchc.core.report import build, needed
from cchc.core.results import Report, Selection
from cchc.texts import mark
from cchc.workspace import resources
from cchc.workspace.files import Files
from cchc.workspace.load import Loaded, load

NAMED = 12  # periods with figures that an error names


class NoFigures(WorldError):
    """Nothing is recorded in the period; the periods of files that have figures are named."""

    def __init__(self, period: Period, recorded: Sequence[Period]) -> None:
        super().__init__(
            mark("no figures for {period} are recorded"),
            mark("The newest periods with figures: {recorded}.")
            if recorded
            else mark("Enter them with: cchc add-measure INDICATOR VALUE -p {period}"),
            period=period,
            recorded=tuple(str(found) for found in recorded[-NAMED:]),
        )


class NothingYet(WorldError):
    """The workspace has no figures at all."""

    def __init__(self) -> None:
        super().__init__(
            mark("no figures are recorded yet"),
            mark("Enter the first: cchc add-measure INDICATOR VALUE -p PERIOD"),
        )


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """A report with what makes it a paper, the templates to lay it out, and the courses that charts draw.

    `entry` is what is to be recorded once it is laid out: the report is being issued.
    """

    report: Report
    paper: Paper
    templates: Mapping[str, str]
    word: bytes
    courses: Mapping[str, tuple[Point, ...]]
    entry: IssuedReport | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report needs besides its figures: names of templates, the one for Word, courses, and being a paper."""

    templates: tuple[str, ...] = ()
    word: bool = False
    courses: bool = False
    paper: bool = False


def report(root: Path, request: ReportRequest, wanted: Wanted = Wanted()) -> ReportOutcome:  # frozen
    """Return the report of a period; refused while the files that it rests on have errors, unless they are allowed.

    Then entries with errors count as missing and are named in the report. Errors of the plan are never allowed.
    """
    source = source_of(root, request.at)
    period, loaded = load_for(source, request.period, request.today)
    plan = plan_of(loaded)
    selection = Selection(known_area(plan, request.area), known_owner(plan, request.owner))
    bad = loaded.errors_in("data/")
    if bad and not request.allow_problems:
        remedy = mark("Correct them, or report without these entries: --allow-problems")
        raise FilesHaveErrors(bad, remedy)
    if loaded.data is None or not _anything_inside(loaded.data.files, period):
        raise NoFigures(period, recorded_periods(source))
    found = build(loaded.data, period, selection, _worth_saying(loaded.problems))
    paper, entry = DRAFT, None
    if wanted.paper:
        paper, entry = issuing.paper_of(root, source, loaded.data, found, request)
    courses = (
        {entry.id: reported_course(loaded.data, entry, period) for entry in plan.indicators} if wanted.courses else {}
    )
    return ReportOutcome(
        report=found,
        paper=paper,
        templates=resources.templates(source, wanted.templates),
        word=resources.word_template(source, resources.WORD_REPORT) if wanted.word else b"",
        courses=courses,
        entry=entry,
    )


def load_for(source: Files, typed: str, today: date | None) -> tuple[Period, Loaded]:
    """Return the period that was typed and what a report about it rests on; no other data file is opened."""
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        periods.append(inside_term(plan, typed_period(typed, plan, today)))
        return needed(plan, periods[0])

    loaded = load(source, wanted)
    plan_of(loaded)
    return periods[0], loaded


def recorded_periods(source: Files) -> list[Period]:
    """Return the periods that have a data file, in time order."""
    stems = (name.removesuffix(".yaml") for name in source.names("data") if name.endswith(".yaml"))
    periods = (parse_canonical(stem) for stem in stems)
    return sorted((period for period in periods if period is not None), key=lambda one: (one.last, one.first))


def _anything_inside(read: Mapping[Period, object], period: Period) -> bool:
    return any(period.contains(other) or other.last == period.last for other in read)


def _worth_saying(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return what a report says of its files: everything about data, of the plan's warnings none."""
    return tuple(problem for problem in problems if problem.file.startswith("data/"))
