"""A form that was filled in: its figures are written all or none, and whatever is in the way is told by its cell."""

from pathlib import Path
from typing import NamedTuple

from cchc.commands.cells import How, Refusal, record_cells
from cchc.commands.figure import Beside, NewFigure, decoded, typed_fields
from cchc.commands.formfigures import Filled, Notice, filled, main_cell
from cchc.commands.measure import Manner, Message, Outcome
from cchc.core.diagnostics import Finding
from cchc.core.entryform import Input
from cchc.core.errors import CommandError, UsageError
from cchc.core.model import Plan
from cchc.core.progress import Progress, silent
from cchc.texts import mark
from cchc.workspace.formreading import FilledForm, FilledRow

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


class Filling(NamedTuple):
    """Where a form's figures go, and what stands beside those whose cells do not say it."""

    root: Path
    plan: Plan
    common: Beside = Beside()


def record_form(
    filling: Filling, form: FilledForm, manner: Manner, message: Message | None = None, progress: Progress = silent
) -> tuple[Outcome, tuple[Notice, ...]]:
    """Write the figures of a form, all or none; return what was written and what was not taken.

    CellsRefused names every cell that is in the way.
    """
    if form.plan != filling.plan.head.id:
        raise FormOfAnotherPlan(form.plan, filling.plan)
    found = filled(filling.plan, form, filling.common)
    good, refusals = _fitting(filling.plan, found, manner)
    figures = [figure for _, figure in good]
    how = How(manner, message, progress)
    outcome = record_cells(filling.root, figures, refusals, how, lambda at, error: _refusal(good[at][0], error))
    return outcome, found.notices


def _fitting(plan: Plan, found: Filled, manner: Manner) -> tuple[list[tuple[FilledRow, NewFigure]], list[Refusal]]:
    """Return the figures that keep the rules about one figure, and everything that cannot be meant."""
    good: list[tuple[FilledRow, NewFigure]] = []
    refusals = list(found.refusals)
    for row, figure in found.figures:
        indicator = plan.measured[figure.indicator]
        try:
            decoded(indicator, typed_fields(plan, indicator, figure, manner.today))
        except CommandError as error:
            refusals.append(_refusal(row, error))
        else:
            good.append((row, figure))
    return good, refusals


def _refusal(row: FilledRow, error: CommandError) -> Refusal:
    """Return an error at the cell that it is about, else at the first of the figure that is filled in."""
    finding = error.arguments.get("finding")
    key = str(finding.path[0]) if isinstance(finding, Finding) and finding.path else str(error.arguments.get("field"))
    name = _FIELDS.get(key)
    held = row.inputs[name] if name is not None and name in row.inputs else main_cell(row)
    return Refusal(*held.cell, held.place, error)
