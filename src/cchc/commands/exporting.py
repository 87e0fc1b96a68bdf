"""`export`: the figures and verdicts of a workspace as rows of tables."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, inside_term, known_area, known_owner, plan_of, source_of
from cchc.commands.reporting import NoFigures, NothingYet, recorded_periods
from cchc.commands.typed import typed_period
from cchc.core.diagnostics import Problem
from cchc.core.model import Dataset, Plan
from cchc.core.periods import Period
from cchc.core.public import public
from cchc.core.records import FigureRecord, figure_records, verdict_records
from cchc.core.results import Evaluation, Selection
from cchc.texts import mark
from cchc.workspace.load import load


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be exported: inside a period, of an area or an owner, at a revision; `public`: what `site` shows."""

    period: str | None = None
    area: str | None = None
    owner: str | None = None
    at: str | None = None
    public: bool = False
    allow_problems: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows of an export; `span` is the period that was asked for, `problems` the errors that were left out."""

    plan: Plan
    selection: Selection
    span: Period | None
    illustrative: bool
    figures: tuple[FigureRecord, ...]
    verdicts: tuple[Evaluation, ...]
    problems: tuple[Problem, ...]


def export(root: Path, request: ExportRequest, today: date, *, verdicts: bool) -> Exported:
    """Return figures and, where they are wanted, verdicts; refused while files have errors, unless they are allowed."""
    source = source_of(root, request.at)
    loaded = load(source)
    plan = plan_of(loaded)
    span = None if request.period is None else inside_term(plan, typed_period(request.period, plan, today))
    selection = Selection(known_area(plan, request.area), known_owner(plan, request.owner))
    bad = loaded.errors_in("data/")
    if bad and not request.allow_problems:
        raise FilesHaveErrors(bad, mark("Correct them, or export without these entries: --allow-problems"))
    data = loaded.data or Dataset(plan, {})
    if request.public:
        data = public(data)
    figures = tuple(figure_records(data, selection, span or plan.term))
    if not figures:
        recorded = recorded_periods(source)
        raise NoFigures(span or plan.term, recorded) if recorded or span else NothingYet
    return Exported(
        plan=data.plan,
        selection=selection,
        span=span,
        illustrative=data.illustrative,
        figures=figures,
        verdicts=tuple(verdict_records(data, selection, span or plan.term)) if verdicts else (),
        problems=tuple(bad),
    )
