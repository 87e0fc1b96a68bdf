"""`remove-measure`: a figure is withdrawn, and the verdicts that follow are told."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from cchc.commands.figure import figure_of
from cchc.commands.measure import (
    Manner,
    after_changes,
    data_of,
    file_of,
    refuse_files_with_errors,
    reporting_periods,
    standing_closings,
    write_and_commit,
)
from cchc.commands.opening import inside_term, measured, plan_of
from cchc.commands.typed import typed_period
from cchc.core import closing
from cchc.core.errors import WorldError
from cchc.core.evaluate import evaluate
from cchc.core.model import Closing, Indicator, Plan
from cchc.core.periods import Period
from cchc.core.report import needed
from cchc.core.results import Evaluation
from cchc.texts import mark
from cchc.workspace import edit, writing
from cchc.workspace.edit import Change, Edit
from cchc.workspace.load import Loaded, load


class NoSuchFigure(WorldError):
    """There is no figure to be withdrawn."""

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("{id} has no figure for {period}"),
            mark("`cchc show {id}` shows the figures that it has."),
            id=indicator.id,
            period=period,
        )


class SealedFigure(WorldError):
    """A closed period rests on the figure: it is not withdrawn."""

    def __init__(self, indicator: Indicator, period: Period, over: Closing) -> None:
        super().__init__(
            mark("{closed} was closed on {on}; {id} of {period} is not withdrawn"),
            mark(
                "For another figure: cchc correct {id} VALUE -p {period} --reason … --document …. "
                "To open the period again: cchc reopen {closed} --reason …"
            ),
            id=indicator.id,
            period=period,
            closed=over.period,
            on=str(over.on),
        )


class Withdrawn(NamedTuple):
    """What `remove-measure` did: the figure that stood there, why it went, the verdicts that follow."""

    change: Change
    indicator: Indicator
    period: Period
    old: str
    reason: str
    verdicts: tuple[tuple[Period, Evaluation], ...]
    written: bool
    illustrative: bool
    commit: str | None = None


WithdrawnMessage = Callable[[Withdrawn], str]


def withdraw(
    root: Path, target: tuple[str, str], reason: str, manner: Manner, message: WithdrawnMessage | None = None
) -> Withdrawn:
    """Take a figure out of the file of its period; refused where a closed period rests on it.

    The reason stands in the message of the commit; without one the caller says it.
    """
    with nullcontext() if manner.dry_run else writing.locked(root):
        loaded, indicator, period = _target(root, target, manner)
        data = data_of(loaded)
        old = data.measurement(indicator.id, period)
        if old is None:
            raise NoSuchFigure(indicator, period)
        over = closing.closings_over(data.plan, standing_closings(root), indicator.id, period)
        if over:
            raise SealedFigure(indicator, period, over[0])
        planned = Edit(file_of(period), period.label, "measurements", indicator.id, None)
        change = edit.plan_edit(root, planned)
        after = after_changes(data, [change])
        verdicts = tuple((one, evaluate(after, indicator, one)) for one in reporting_periods(period))
        done = Withdrawn(
            change,
            indicator,
            period,
            figure_of(old),
            reason,
            verdicts,
            written=not manner.dry_run,
            illustrative=data.files[period].illustrative,
        )
        if manner.dry_run:
            return done
        commit = write_and_commit(root, [change], edit.pieces(root, [planned]), message and (lambda: message(done)))
    return done._replace(commit=commit)


def _target(root: Path, target: tuple[str, str], manner: Manner) -> tuple[Loaded, Indicator, Period]:
    found: list[tuple[Indicator, Period]] = []

    def wanted(plan: Plan) -> Iterable[Period]:
        indicator, period = measured(plan, target[0]), typed_period(target[1], plan, manner.today)
        found.append((indicator, inside_term(plan, period)))
        return set().union(*(needed(plan, wider) for wider in reporting_periods(period)))

    loaded = load(root, wanted)
    plan_of(loaded)
    indicator, period = found[0]
    refuse_files_with_errors(loaded, [period])
    return loaded, indicator, period
