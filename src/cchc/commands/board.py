"""`status`: where every indicator stands, and what is missing or late."""

from datetime import date
from pathlib import Path

from cchc.commands.opening import inside_term, plan_of, source_of
from cchc.commands.typed import typed_period
from cchc.core.board import Board, build_board, course_periods
from cchc.core.errors import WorldError
from cchc.core.model import Plan
from cchc.core.periods import Period
from cchc.core.report import needed
from cchc.texts import mark
from cchc.workspace.load import load, newest_period


class NothingYet(WorldError):
    """The workspace has no figures at all."""

    def __init__(self) -> None:
        super().__init__(
            mark("no figures are recorded yet"),
            mark("Enter the first: cchc add-measure INDICATOR VALUE -p PERIOD"),
        )


def status(root: Path, typed: str | None, today: date, at: str | None = None) -> Board:
    """Return the board of a period, by default of the newest one with figures; entries with errors count as missing.

    With `at` it is that of a revision.
    """
    source = source_of(root, at)
    newest = newest_period(source)
    if typed is None and newest is None:
        raise NothingYet
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        period = newest if typed is None and newest else typed_period(typed or "", plan, today)
        periods.append(inside_term(plan, period))
        return needed(plan, period) | course_periods(period)

    loaded = load(source, wanted)
    plan_of(loaded)
    if loaded.data is None or not loaded.data.files:
        raise NothingYet
    problems = tuple(problem for problem in loaded.problems if problem.file.startswith("data/"))
    return build_board(loaded.data, periods[0], today, problems)
