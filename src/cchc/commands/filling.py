"""A form that was filled in: its figures are written all or none, and whatever is in the way is told by its cell."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cchc.commands.figure import NewFigure, decoded, typed_fields
from cchc.commands.formfigures import Filled, Notice, filled, main_place
from cchc.commands.measure import Manner, Message, Outcome, Row, RowsRefused, record_all
from cchc.commands.opening import plan_of
from cchc.core.diagnostics import Finding
from cchc.core.entryform import Input
from cchc.core.errors import CommandError, UsageError
from cchc.core.model import Plan
from cchc.texts import mark
from cchc.workspace.formreading import FilledForm, FilledRow
from cchc.workspace.load import load_plan

Refusals = list[tuple[str, CommandError]]
_CELL = re.compile(r".*!([A-Z]+)([0-9]+)", re.DOTALL)
_FIELDS = {"text": Input.VALUE, **{str(name): name for name in Input}}  # the cell of each field of an entry


class FormOfAnotherPlan(UsageError):
    """A form that was made for another plan."""

    def __init__(self, found: str, plan: Plan) -> None:
        super().__init__(
            mark("the form is for the plan {found}, this workspace is {plan}"),
            mark("Go to the workspace of that plan, or name it with -C."),
            found=found,
            plan=plan.head.id,
        )


class CellsRefused(CommandError):
    """A form of which some cells cannot be taken; then nothing is. `refusals` are the cells with what is wrong."""

    def __init__(self, refusals: Sequence[tuple[str, CommandError]]) -> None:
        super().__init__(
            mark("cells refused: {count}; nothing was written"),
            mark("Correct them in the form and import it again."),
            count=len(refusals),
        )
        self.refusals = tuple(refusals)
        self.exit = max(error.exit for _, error in refusals)


def record_form(
    root: Path, form: FilledForm, manner: Manner, message: Message | None = None, document: str | None = None
) -> tuple[Outcome, tuple[Notice, ...]]:
    """Write the figures of a form, all or none; return what was written and what was not taken.

    CellsRefused names every cell that is in the way. `document` is what supplements figures of closed periods.
    """
    plan = plan_of(load_plan(root))
    if form.plan != plan.head.id:
        raise FormOfAnotherPlan(form.plan, plan)
    found = filled(plan, form, document)
    good, refusals = _fitting(plan, found, manner)
    rows = [Row(number, figure) for number, (_, figure) in enumerate(good, start=1)]
    outcome = Outcome((), (), written=False, illustrative=False)
    try:
        if rows:
            outcome = record_all(root, rows, replace(manner, dry_run=manner.dry_run or bool(refusals)), message)
    except RowsRefused as error:
        refusals += [(main_place(good[number - 1][0]), refusal) for number, refusal in error.refusals]
    if refusals:
        raise CellsRefused(sorted(refusals, key=lambda refusal: _reading_order(refusal[0])))
    return outcome, found.notices


def _fitting(plan: Plan, found: Filled, manner: Manner) -> tuple[list[tuple[FilledRow, NewFigure]], Refusals]:
    """Return the figures that keep the rules about one figure, and everything that cannot be meant."""
    good: list[tuple[FilledRow, NewFigure]] = []
    refusals: Refusals = list(found.refusals)
    for row, figure in found.figures:
        indicator = plan.measured[figure.indicator]
        try:
            decoded(indicator, typed_fields(plan, indicator, figure, manner.today))
        except CommandError as error:
            refusals.append((_place(row, error), error))
        else:
            good.append((row, figure))
    return good, refusals


def _place(row: FilledRow, error: CommandError) -> str:
    """Return the cell that an error is about, else the first of the figure that is filled in."""
    finding = error.arguments.get("finding")
    key = str(finding.path[0]) if isinstance(finding, Finding) and finding.path else str(error.arguments.get("field"))
    name = _FIELDS.get(key)
    return row.inputs[name].place if name is not None and name in row.inputs else main_place(row)


def _reading_order(place: str) -> tuple[int, int, str]:
    """Return what sorts cells as they are read: by row, then by column."""
    match = _CELL.fullmatch(place)
    assert match is not None  # noqa: S101  # every place is a cell
    return int(match[2]), len(match[1]), match[1]
