"""`form`: the figures that are due in a period, as a form to be filled in."""

from datetime import date
from pathlib import Path

from cchc.commands.measure import data_of, standing_closings
from cchc.commands.opening import FilesHaveErrors, inside_term, known_area, known_owner, plan_of
from cchc.commands.typed import typed_period
from cchc.core import entryform
from cchc.core.entryform import EntryForm
from cchc.core.errors import UsageError
from cchc.core.model import Plan
from cchc.core.periods import Period
from cchc.core.results import Selection
from cchc.texts import mark
from cchc.workspace.load import load


class NothingDue(UsageError):
    """No figure of the area or owner is due in the period."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            mark("no figures are due in {period}"),
            mark("Choose another period, or leave out --area and --owner; `cchc list indicators` shows all."),
            period=period,
        )


def form(root: Path, typed: str, selection: Selection, today: date) -> EntryForm:
    """Return the form of a period; refused while plan or data that it is made from have errors."""
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        periods.append(inside_term(plan, typed_period(typed, plan, today)))
        return entryform.needed(plan, periods[0])

    loaded = load(root, wanted)
    plan = plan_of(loaded)
    known_area(plan, selection.area)
    known_owner(plan, selection.owner)
    bad = loaded.errors_in("data/")
    if bad:
        raise FilesHaveErrors(bad)
    found = entryform.build_form(data_of(loaded), periods[0], selection, standing_closings(root))
    if not found.groups:
        raise NothingDue(periods[0])
    return found
