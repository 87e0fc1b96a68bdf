"""`confirm`: an owner's figures of a period are marked as checked, or put on the sheet that is signed on paper."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.commands.measure import (
    Manner,
    NotValidThen,
    WrongPeriod,
    data_of,
    entry_edit,
    refuse_files_with_errors,
    write_and_commit,
)
from cchc.commands.opening import inside_term, known_owner, measured, plan_of
from cchc.commands.typed import typed_period
from cchc.core.errors import UsageError, WorldError
from cchc.core.evaluate import due_periods, judged_period
from cchc.core.fields import Quality
from cchc.core.model import Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Period, reference_ending
from cchc.core.report import needed
from cchc.texts import mark
from cchc.workspace import edit, writing
from cchc.workspace.edit import Change
from cchc.workspace.load import load


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


class NamedAbsent(WorldError):
    """An indicator was named that has no figure about the period."""

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("{id} has no figure for {period}; nothing was marked"),
            mark("Enter it first: cchc add-measure {id} VALUE -p {period}"),
            id=indicator.id,
            period=period,
        )


class NothingThere(WorldError):
    """None of an owner's figures about the period is there."""

    def __init__(self, owner: str, period: Period, absent: int) -> None:
        super().__init__(
            mark("none of the {count} figures of {owner} for {period} is there; nothing was marked"),
            mark(
                "Enter them first, or correct the period: `cchc status {period} --owner {owner}` shows what is there."
            ),
            owner=owner,
            period=period,
            count=absent,
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
        owned = figures_of(root, wish, manner.today)
        by = known_owner(owned.data.plan, wish.by) or owned.owner
        there = [one for one in owned.figures if one.entry is not None]
        _refuse_absent(owned, wish, there)
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


def _refuse_absent(owned: Owned, wish: Checking, there: Sequence[Figure]) -> None:
    """Raise WorldError where an indicator that was named has no figure, or of an owner's figures none is there."""
    held = {one.indicator.id for one in there}
    for one in owned.figures if wish.indicators else ():
        if one.indicator.id not in held:
            raise NamedAbsent(one.indicator, one.period)
    if owned.figures and not there:
        raise NothingThere(owned.owner, owned.period, len(owned.figures))


def figures_of(root: Path, wish: Checking, today: date) -> Owned:
    """Return an owner's figures that a period's verdicts expect; refused where their files have errors.

    They are those inside the period and those about the longer one that ends with it, as in forms and guided entry.
    """
    periods: list[Period] = []

    def wanted(plan: Plan) -> Iterable[Period]:
        period = inside_term(plan, typed_period(wish.period, plan, today))
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
    for indicator in named:
        _refuse_never_due(data, indicator, periods[0])
    own = [one for one in plan.measured.values() if one.owner == owner and (not named or one in named)]
    figures = tuple(
        Figure(indicator, part, data.measurement(indicator.id, part))
        for indicator in own
        for part in due_periods(data, indicator, periods[0])
    )
    refuse_files_with_errors(loaded, {one.period for one in figures})
    return Owned(data, owner, periods[0], figures)


def _refuse_never_due(data: Dataset, indicator: Indicator, period: Period) -> None:
    """Raise UsageError for an indicator of which no figure can be expected in the period."""
    if due_periods(data, indicator, period):
        return
    closest = judged_period(indicator.frequency, period)
    if closest is None:
        raise WrongPeriod(indicator, period, reference_ending(period, indicator.frequency))
    raise NotValidThen(indicator, closest)
