"""The guided entry: what is due is asked for one after the other, tried as it is typed, and written all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cchc.commands.figure import Beside, NewFigure, figure_of, refuse_beside
from cchc.commands.measure import (
    Manner,
    Message,
    Outcome,
    Planned,
    Row,
    data_of,
    is_illustrative,
    plan_figure,
    record_all,
    refuse_files_with_errors,
    standing_closings,
)
from cchc.commands.opening import inside_term, known_owner, plan_of
from cchc.commands.typed import typed_period
from cchc.core import closing
from cchc.core.answers import Answer, Said
from cchc.core.diagnostics import Problem
from cchc.core.doubts import doubts
from cchc.core.entering import Due, due_figures, due_month, earlier_gaps, with_entry
from cchc.core.errors import CommandError, UsageError, WorldError
from cchc.core.evaluate import evaluate
from cchc.core.model import Closing, Dataset, Measurement, Plan
from cchc.core.periods import Period
from cchc.core.results import Evaluation
from cchc.core.reviews import Reviewed, Stored
from cchc.texts import mark
from cchc.workspace import files, unwritten
from cchc.workspace.load import load
from cchc.workspace.unwritten import Held, Unwritten


class Wish(NamedTuple):
    """What is to be gone through, as it was typed: the period, None for the one that is due, of which owner."""

    period: str | None = None
    owner: str | None = None
    beside: Beside = Beside()


class ValueFirst(UsageError):
    """Something is said of a figure whose value was not typed."""

    def __init__(self) -> None:
        super().__init__(mark("the value is missing"), mark("Type the value first, on the same line."))


class Tried(NamedTuple):
    """A typed figure that can be written: its entry as the file will have it, what follows, what makes one doubt it."""

    figure: NewFigure
    entry: Measurement
    verdict: Evaluation
    doubts: tuple[Problem, ...]
    unchanged: bool  # what stands there says the same


@dataclass
class Walk:
    """A way through the figures that are due, with what was typed so far by their place in `dues`.

    What was typed lies in a file of ours after each value (`unwritten`), but for dry runs, which write nothing.
    """

    root: Path
    manner: Manner
    beside: Beside
    data: Dataset
    closings: Sequence[Closing]
    period: Period | None
    dues: tuple[Due, ...]
    gaps: tuple[Due, ...]
    held: Held
    typed: dict[int, Tried] = field(default_factory=dict)

    # what was typed before and is not written

    def offered(self) -> tuple[tuple[int, NewFigure], ...]:
        """Return what was typed an earlier time and is not in the files yet, by place."""
        found = []
        for place, figure in sorted((self._places[key], one) for key, one in self._earlier.items()):
            try:
                if not self._planned(place, figure).is_unchanged:
                    found.append((place, figure))
            except CommandError:
                found.append((place, figure))  # that is said when it is taken up
        return tuple(found)

    def take_up(self, offered: Sequence[tuple[int, NewFigure]]) -> list[CommandError]:
        """Take what was offered as typed now; return why some of it no longer can be."""
        refused = []
        for place, figure in offered:
            try:
                self.typed[place] = self._tried(place, figure)
            except CommandError as error:
                refused.append(error)
        return refused

    @property
    def elsewhere(self) -> tuple[Unwritten, ...]:
        """What was typed an earlier time for figures that are not asked for now; it stays where it is."""
        return tuple(one for one in self.held.entries if (one.indicator, one.period) not in self._places)

    @property
    def _places(self) -> Mapping[tuple[str, str], int]:
        return {(due.indicator.id, due.period.label): place for place, due in enumerate(self.dues)}

    @property
    def _earlier(self) -> Mapping[tuple[str, str], NewFigure]:
        """What was typed an earlier time for figures that are asked for now."""
        places = self._places
        keys = {(one.indicator, one.period): one for one in self.held.entries}
        return {key: _figure(one) for key, one in keys.items() if key in places}

    # one figure

    def over(self, place: int) -> tuple[Closing, ...]:
        """Return the closings in force that rest on a figure."""
        due = self.dues[place]
        return closing.closings_over(self.data.plan, self.closings, due.indicator.id, due.period)

    def standing(self, place: int) -> Measurement | None:
        """Return what the files have."""
        due = self.dues[place]
        return self.data.measurement(due.indicator.id, due.period)

    def tried(self, place: int, answer: Answer, *, replacing: Measurement | None = None) -> Tried:
        """Return what an answer would come to; CommandError says why it cannot be written, AlreadyThere what is there.

        `replacing` is the entry that it may be put in the place of.
        """
        due, before = self.dues[place], self.typed.get(place)
        if answer.value:
            value, beside, replaces = answer.value, self.beside, None
        elif before is not None:
            value, beside, replaces = before.figure.value, before.figure.beside, before.figure.replaces
        else:
            raise ValueFirst
        if replacing is not None:
            replaces = figure_of(replacing)
        figure = NewFigure(due.indicator.id, value, due.period.label, _with(beside, answer.said), replaces)
        return self._tried(place, figure)

    def _planned(self, place: int, figure: NewFigure) -> Planned:
        return plan_figure(self.data, self.closings, self.dues[place], figure, self.manner)

    def _tried(self, place: int, figure: NewFigure) -> Tried:
        due, planned = self.dues[place], self._planned(place, figure)
        entry = planned.as_written
        others = self.data
        for other, one in self.typed.items():
            others = with_entry(others, self.dues[other], one.entry) if other != place else others
        stored = partial(_stored, self.root)
        found = doubts(Reviewed(others, self.manner.today, stored), due, entry)
        verdict = evaluate(with_entry(others, due, entry), *due)
        return Tried(figure, entry, verdict, found, planned.is_unchanged)

    def accept(self, place: int, tried: Tried) -> WorldError | None:
        """Take a figure as typed; return why it cannot be kept for another time, where it cannot."""
        if tried.unchanged:
            self.typed.pop(place, None)
        else:
            self.typed[place] = tried
        return self.keep()

    def drop(self, place: int) -> WorldError | None:
        """Forget what was typed of a figure; return why that cannot be kept for another time, where it cannot."""
        self.typed.pop(place, None)
        return self.keep()

    def keep(self) -> WorldError | None:
        """Put what was typed so far where another time finds it; return why it cannot be, where it cannot."""
        return self._hold([_unwritten(self.typed[place].figure) for place in sorted(self.typed)])

    def forget(self) -> WorldError | None:
        """Keep nothing of what was typed now: it is written or declined."""
        return self._hold([])

    def _hold(self, own: Sequence[Unwritten]) -> WorldError | None:
        if self.manner.dry_run:
            return None
        entries = (*self.elsewhere, *own)
        try:
            text = unwritten.hold(self.root, self.held.text, entries)
        except WorldError as error:
            return error
        self.held = Held(text, entries)
        return None

    # all of them

    def preview(self) -> Outcome:
        """Return what would be written, planned anew from the files as they are now."""
        manner = Manner(self.manner.today, self.manner.replace, self.manner.illustrative, dry_run=True)
        return record_all(self.root, self._rows(), manner)

    def write(self, message: Message | None) -> Outcome:
        """Write what was typed, all or none, and forget it."""
        outcome = record_all(self.root, self._rows(), self.manner, message)
        self.forget()  # what cannot be forgotten is not offered again: it says what the files say
        return outcome

    def _rows(self) -> list[Row]:
        return [Row(0, self.typed[place].figure) for place in sorted(self.typed)]


def open_walk(root: Path, wish: Wish, manner: Manner) -> Walk:
    """Return the way through what is due; refused is what would be refused at every figure."""
    loaded = load(root)
    plan = plan_of(loaded)
    data = data_of(loaded)
    owner = known_owner(plan, wish.owner)
    known_owner(plan, wish.beside.provided_by)
    refuse_beside(wish.beside)
    period = _period(plan, wish, manner)
    dues = due_figures(data, period, owner) if period is not None else ()
    gaps = earlier_gaps(data, period, owner) if period is not None else ()
    refuse_files_with_errors(loaded, {due.period for due in dues})
    for due in dues:
        is_illustrative(data, due.period, manner)
    return Walk(
        root=root,
        manner=manner,
        beside=wish.beside,
        data=data,
        closings=standing_closings(root),
        period=period,
        dues=dues,
        gaps=gaps,
        held=unwritten.held(root),
    )


def _period(plan: Plan, wish: Wish, manner: Manner) -> Period | None:
    if wish.period is None:
        return due_month(plan, manner.today)
    return inside_term(plan, typed_period(wish.period, plan, manner.today))


def _stored(root: Path, path: str, hashed: bool) -> Stored:  # noqa: FBT001  # `Reviewed` calls it so
    return files.stored(root, path, hashed=hashed)


def _with(beside: Beside, said: Sequence[tuple[Said, str]]) -> Beside:
    """Return what stands beside a figure, with what was said of it alone."""
    for what, text in said:
        match what:
            case Said.EVIDENCE:
                beside = beside._replace(evidence=(*beside.evidence, text))
            case Said.PROVISIONAL:
                beside = beside._replace(provisional=True)
            case Said.SOURCE:
                beside = beside._replace(source=text)
            case Said.NOTE:
                beside = beside._replace(note=text)
            case Said.POINTS:
                beside = beside._replace(points=text)
    return beside


def _unwritten(figure: NewFigure) -> Unwritten:
    beside = {name: value for name, value in figure.beside._asdict().items() if name in Unwritten._fields}
    return Unwritten(figure.indicator, figure.value, figure.period, **beside, replaces=figure.replaces)


def _figure(one: Unwritten) -> NewFigure:
    beside = Beside(
        one.source,
        one.note,
        one.evidence,
        one.provided_by,
        one.provisional,
        points=one.points,
        document=one.document,
    )
    return NewFigure(one.indicator, one.value, one.period, beside, one.replaces)
