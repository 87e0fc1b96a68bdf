"""`status`: where every indicator stands, what is missing or late, and what each owner is to be reminded of."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.commands.opening import inside_term, known_area, known_owner, plan_of, source_of
from cchc.commands.typed import typed_period
from cchc.core.board import Board, Scope, board_periods, build_board
from cchc.core.entering import due_month
from cchc.core.model import Dataset, Plan
from cchc.core.periods import Frequency, Period
from cchc.core.report import needed
from cchc.core.results import Selection
from cchc.workspace.load import load, newest_period

EVERYBODY = "all"  # of `--remind`


class Asked(NamedTuple):
    """What is asked of `status`, as it was typed: the period, what it is limited to, and as of which revision."""

    period: str | None = None
    area: str | None = None
    owner: str | None = None
    at: str | None = None


def status(root: Path, asked: Asked, today: date) -> Board:
    """Return the board of a period, by default of the newest one with figures; entries with errors count as missing.

    Where nothing has any figures yet, by default of the last reporting month of the term that is over. By default what
    has become due since that period belongs to it, too; not so of a revision, which looks back.
    """
    source = source_of(root, asked.at)
    newest = newest_period(source)
    onward = asked.period is None and asked.at is None
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        period = newest or _begun(plan, today) if asked.period is None else typed_period(asked.period, plan, today)
        periods.append(inside_term(plan, period))
        return needed(plan, period) | board_periods(plan, period, today, onward=onward)

    loaded = load(source, wanted)
    plan = plan_of(loaded)
    selection = Selection(known_area(plan, asked.area), known_owner(plan, asked.owner))
    data = loaded.data or Dataset(plan, {})
    problems = tuple(problem for problem in loaded.problems if problem.file.startswith("data/"))
    return build_board(data, periods[0], today, problems, Scope(selection, onward))


def _begun(plan: Plan, today: date) -> Period:
    """Return the last month of the term that is over on a day; before the term its first."""
    return due_month(plan, today) or plan.term.parts(Frequency.MONTH)[0]


def reminded(plan: Plan, owner: str) -> tuple[str, ...]:
    """Return the owners whom a reminder is about: the one that was named, or with `all` everybody."""
    if owner == EVERYBODY:
        return tuple(entry.id for entry in plan.owners)
    known_owner(plan, owner)
    return (owner,)
