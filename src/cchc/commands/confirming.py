"""`confirm`: an owner's figures of a period are marked as checked; `remove-measure`: a figure is withdrawn."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from cchc.commands.figure import figure_of
from cchc.commands.measure import (
    Manner,
    after_changes,
    data_of,
    entry_edit,
    file_of,
    refuse_files_with_errors,
    reporting_periods,
    standing_closings,
    write_and_commit,
)
from cchc.commands.opening import inside_term, known_owner, measured, plan_of
from cchc.commands.typed import typed_period
from cchc.core import closing
from cchc.core.errors import UsageError, WorldError
from cchc.core.evaluate import evaluate, expected_periods
from cchc.core.fields import Quality
from cchc.core.model import Closing, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.core.report import needed
from cchc.core.results import Evaluation
from cchc.texts import mark
from cchc.workspace import edit, writing
from cchc.workspace.edit import Change, Edit
from cchc.workspace.load import Loaded, load


class NotAnswering(UsageError):
    """An owner who does not answer for the indicator that was named."""

    def __init__(self, owner: str, indicator: Indicator) -> None:
        super().__init__(
            mark("{owner} does not answer for {id}; {other} does"),
            mark("Type --owner {other}."),
            owner=owner,
            id=indicator.id,
            other=indicator.owner or "",
        )


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


class Checking(NamedTuple):
    """Whose figures of which period are marked as checked, by whom (else by the owner); all, or those named."""

    period: str
    owner: str
    indicators: tuple[str, ...] = ()
    by: str | None = None


class Figure(NamedTuple):
    """A figure, or with None the lack of one."""

    indicator: Indicator
    period: Period
    entry: Measurement | None


class Owned(NamedTuple):
    """An owner's figures of a period in the plan's order, those that are absent too, and the data they stand in."""

    data: Dataset
    owner: str
    period: Period
    figures: tuple[Figure, ...]


class Confirmed(NamedTuple):
    """What `confirm` did: the figures that it marked, those that were marked before, provisional and absent ones."""

    changes: tuple[Change, ...]
    period: Period
    by: str
    owner: str
    marked: tuple[Figure, ...]
    before: tuple[Figure, ...]
    absent: tuple[Figure, ...]
    written: bool
    illustrative: bool
    commit: str | None = None

    @property
    def provisional(self) -> tuple[Figure, ...]:
        """Those marked figures that may still change."""
        return tuple(one for one in self.marked if one.entry and one.entry.quality is Quality.PROVISIONAL)


ConfirmedMessage = Callable[[Confirmed], str]


def confirm(root: Path, wish: Checking, manner: Manner, message: ConfirmedMessage | None = None) -> Confirmed:
    """Mark an owner's figures about a period as checked, all of them or none; a mark that is there stays.

    Who has checked is not sealed by a closing, so it can be done in closed periods too.
    """
    with nullcontext() if manner.dry_run else writing.locked(root):
        owned = _owned(root, wish, manner)
        by = known_owner(owned.data.plan, wish.by) or owned.owner
        there = [one for one in owned.figures if one.entry is not None]
        marked = tuple(one for one in there if one.entry and one.entry.checked is None)
        mark_ = {"checked": {"by": by, "on": manner.today.isoformat()}}
        edits = [entry_edit(owned.data, one.indicator, one.period, mark_) for one in marked]
        changes = edit.plan_edits(root, edits)
        done = Confirmed(
            changes=changes,
            period=owned.period,
            by=by,
            owner=owned.owner,
            marked=marked,
            before=tuple(one for one in there if one not in marked),
            absent=tuple(one for one in owned.figures if one.entry is None),
            written=bool(marked) and not manner.dry_run,
            illustrative=owned.data.illustrative,
        )
        if not done.written:
            return done
        commit = write_and_commit(root, changes, edit.pieces(root, edits), message and (lambda: message(done)))
    return done._replace(commit=commit)


def figures_of(root: Path, wish: Checking, manner: Manner) -> Owned:
    """Return an owner's figures of a period, for the sheet that is signed on paper."""
    return _owned(root, wish, manner)


def _owned(root: Path, wish: Checking, manner: Manner) -> Owned:
    periods: list[Period] = []

    def wanted(plan: Plan) -> Iterable[Period]:
        period = inside_term(plan, typed_period(wish.period, plan, manner.today))
        periods.append(period)
        return needed(plan, period)

    loaded = load(root, wanted)
    plan = plan_of(loaded)
    owner = known_owner(plan, wish.owner) or wish.owner
    named = [measured(plan, id_) for id_ in wish.indicators]
    for indicator in named:
        if indicator.owner != owner:
            raise NotAnswering(owner, indicator)
    data = data_of(loaded)
    own = [one for one in plan.measured.values() if one.owner == owner and (not named or one in named)]
    figures = tuple(
        Figure(indicator, part, data.measurement(indicator.id, part))
        for indicator in own
        for part in expected_periods(data, indicator, periods[0])
    )
    refuse_files_with_errors(loaded, {one.period for one in figures})
    return Owned(data, owner, periods[0], figures)


# withdrawing a figure


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
        over = _sealing(data, standing_closings(root), indicator, period)
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


def _sealing(data: Dataset, closings: Sequence[Closing], indicator: Indicator, period: Period) -> Sequence[Closing]:
    return closing.closings_over(data.plan, closings, indicator.id, period)


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
