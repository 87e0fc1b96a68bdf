"""The rows of a form that came back to figures: what was filled in or changed; everything else is told.

An input that still holds what it held when the form was made says nothing; one that was emptied takes nothing away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cchc.commands.cells import Refusal, is_empty
from cchc.commands.figure import Beside, NewFigure
from cchc.commands.formcells import (
    NUMBERS,
    EvidenceTakenOut,
    NotAsked,
    PartMissing,
    ProviderMissing,
    TwoFigures,
    evidence_item,
    is_changed,
    kept_text,
    refuse_misfit,
    text_of,
)
from cchc.core.cells import Piece
from cchc.core.entryform import BESIDE, EACH_OWNER, FIGURE, NO, YES, Input, fingerprint
from cchc.core.errors import CommandError, UsageError
from cchc.core.fields import Kind
from cchc.core.model import Indicator, Plan
from cchc.texts import mark
from cchc.workspace.formreading import FilledForm, FilledRow, Held

COUNTS = (Input.NUMERATOR, Input.DENOMINATOR)
MAIN = (*COUNTS, Input.VALUE)  # without one of these there is no figure


class FigureGone(UsageError):
    """A figure whose indicator the plan no longer has."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            mark("the plan no longer has the indicator or statistic {id}"),
            mark("Empty the cells of the row, or make the form anew."),
            id=id_,
        )


class DefinitionChanged(UsageError):
    """A figure whose definition is not the one that the form tells."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(
            mark("the definition of {id} has changed since the form was made"),
            mark("Make the form anew, so that what is asked is what the plan says."),
            id=indicator.id,
        )


class Notice(NamedTuple):
    """What was not taken, which does not stop the rest: the cell or the row that is gone, and why."""

    place: str
    message: str


class Filled(NamedTuple):
    """What a form says: figures with their rows, the cells that cannot be meant, what was not taken."""

    figures: tuple[tuple[FilledRow, NewFigure], ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]


def filled(plan: Plan, form: FilledForm, common: Beside) -> Filled:
    """Return what a form says about a plan; what is `common` to all figures fills the cells that are empty."""
    reader = _Reader(plan, form, common)
    reader.head()
    figures = tuple((row, figure) for row in form.rows if (figure := reader.figure(row)) is not None)
    lost = (Notice(name, mark("the row is gone; nothing was taken for it")) for name in form.lost)
    faults = (Refusal(*held.cell, held.place, error) for held, error in form.faults)
    return Filled(figures, (*faults, *reader.refusals), (*reader.notices, *lost))


class _Said(NamedTuple):
    """What the inputs of a row say, those that were emptied as they were before."""

    texts: Mapping[Input, str]
    changed: frozenset[Input]
    is_new: bool  # there was no figure when the form was made

    @property
    def new_figure(self) -> bool:
        """Whether the figure itself is a new one or another."""
        return self.is_new or not self.changed.isdisjoint(NUMBERS)

    def text(self, name: Input) -> str:
        """Return what an input says, empty where it says nothing."""
        return self.texts.get(name, "")

    def news(self, name: Input) -> str | None:
        """Return what an input says that is to be written: what was changed, and of a new figure everything."""
        return self.text(name) or None if name in self.changed or self.is_new else None


@dataclass
class _Reader:
    """The reading of a form; what cannot be meant and what is not taken gathers in it."""

    plan: Plan
    form: FilledForm
    common: Beside
    by: str = ""
    on: str = ""
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def head(self) -> None:
        """Read the inputs that count for every row."""
        self.by = self._text(self.form.by, Input.BY, None) or self.common.provided_by or ""
        self.on = self._text(self.form.on, Input.ON, None) or ""
        if self.on and not self.by:
            self._refuse(self.form.by, ProviderMissing())

    def figure(self, row: FilledRow) -> NewFigure | None:
        """Return the figure that a row says, None where it says nothing new or cannot be meant."""
        indicator = _indicator(self.plan, row.indicator)
        if indicator is None or fingerprint(indicator) != row.fingerprint:
            if any(self._is_touched(held, name) for name, held in row.inputs.items()):
                error = FigureGone(row.indicator) if indicator is None else DefinitionChanged(indicator)
                self._refuse(main_cell(row), error)
            return None
        before = len(self.refusals)
        said = self._said(indicator, row)
        if not said.changed or len(self.refusals) > before:
            return None
        if not any(said.text(name) for name in MAIN):
            self._figureless(row, said)
            return None
        value = self._ratio(row, said) if indicator.kind is Kind.RATIO else said.text(Input.VALUE)
        self._check(indicator, row, said)
        beside = self._beside(indicator, row, said)
        return NewFigure(indicator.id, value, row.period, beside) if len(self.refusals) == before else None

    def _is_touched(self, held: Held, name: Input) -> bool:
        """Whether a cell of a figure that nobody can tell any more holds something else than when the form was made."""
        try:
            text = text_of(held.value, name, None, self.form.people)
        except CommandError:
            return True
        return bool(text) and is_changed(held.kept, text, name, None)

    def _text(self, held: Held, name: Input, indicator: Indicator | None) -> str | None:
        """Return what an input says, None where that is refused."""
        try:
            return text_of(held.value, name, indicator, self.form.people)
        except CommandError as error:
            self._refuse(held, error)
            return None

    def _refuse(self, held: Held, error: CommandError) -> None:
        self.refusals.append(Refusal(*held.cell, held.place, error))

    def _said(self, indicator: Indicator, row: FilledRow) -> _Said:
        """Return what a row says."""
        kind = indicator.kind
        asked = {name: row.inputs[name] for name in (*FIGURE[kind], *BESIDE)}
        for name, held in row.inputs.items():
            if name not in asked and not is_empty(held.value):
                self._refuse(held, NotAsked(indicator))
        texts = {name: self._text(held, name, indicator) or "" for name, held in asked.items()}
        changed = {
            name for name, held in asked.items() if texts[name] and is_changed(held.kept, texts[name], name, kind)
        }
        is_new = not any(asked[name].kept for name in MAIN if name in asked)
        given_up = _given_up(texts, changed)
        for name, held in asked.items():
            if held.kept and is_empty(held.value) and not is_new and name not in given_up:
                texts[name] = kept_text(held.kept, name, kind)
                self.notices.append(Notice(held.place, mark("the cell was emptied; what is recorded stays")))
        return _Said(texts, frozenset(changed), is_new)

    def _figureless(self, row: FilledRow, said: _Said) -> None:
        """Tell what stands in a row without a figure: parts of one are refused, other things are not taken."""
        if not said.changed.isdisjoint(NUMBERS):
            self._refuse(row.inputs[Input.VALUE], PartMissing())
            return
        message = mark("there is no figure in this row; without one this is not taken")
        self.notices.extend(Notice(row.inputs[name].place, message) for name in row.inputs if name in said.changed)

    def _ratio(self, row: FilledRow, said: _Said) -> str:
        """Return a ratio as it is typed: of counts, as the result alone, or as both counts in one cell."""
        above, below, result = (said.text(name) for name in MAIN)
        if result:
            if above or below:
                self._refuse(row.inputs[Input.VALUE], TwoFigures())
            return result
        if "/" in above and not below:
            return above
        for name, text in zip(COUNTS, (above, below), strict=True):
            if not text:
                self._refuse(row.inputs[name], PartMissing())
        return f"{above}/{below}"

    def _check(self, indicator: Indicator, row: FilledRow, said: _Said) -> None:
        """Refuse the numbers that do not fit, each in its own cell."""
        both = all(said.text(name) for name in COUNTS)
        for name in (*(COUNTS if both else ()), Input.OF, Input.POINTS):
            if said.text(name):
                try:
                    refuse_misfit(indicator, name, said.text(name))
                except CommandError as error:
                    self._refuse(row.inputs[name], error)

    def _beside(self, indicator: Indicator, row: FilledRow, said: _Said) -> Beside:
        """Return what is to be written beside a figure: what was changed, and beside a new figure everything."""
        by, on = self._provided(indicator, row, said)
        answer = said.text(Input.QUALITY) or (YES if self.common.provisional and said.is_new else "")
        return Beside(
            source=said.news(Input.SOURCE) or (self.common.source if said.is_new else None),
            note=said.news(Input.NOTE),
            provided_by=by,
            provided_on=on,
            provisional=answer == YES and (said.new_figure or Input.QUALITY in said.changed),
            final=answer == NO,
            of=said.text(Input.OF) or None,
            points=said.text(Input.POINTS) or None,
            document=self.common.document,
            more_evidence=tuple(self._evidence(row, said)),
            repeats=not said.new_figure,
        )

    def _provided(self, indicator: Indicator, row: FilledRow, said: _Said) -> tuple[str | None, str | None]:
        """Return who provided a figure and when: as the row says, for a new or other figure else as the head does."""
        by, on = said.text(Input.BY), said.text(Input.ON)
        if not (said.is_new or said.changed & {Input.BY, Input.ON} or (said.new_figure and not by)):
            return None, None
        by = by or self.by
        if on and not by:
            self._refuse(row.inputs[Input.ON], ProviderMissing())
        if not by:
            return None, None
        return indicator.owner if by == EACH_OWNER else by, on or self.on or None

    def _evidence(self, row: FilledRow, said: _Said) -> Iterator[Piece]:
        """Yield the evidence that was added; what was recorded has to stand there still."""
        if Input.EVIDENCE not in said.changed:
            return
        held = row.inputs[Input.EVIDENCE]
        kept, now = (_lines(text) for text in (held.kept, said.text(Input.EVIDENCE)))
        for line in kept:
            if line not in now:
                self._refuse(held, EvidenceTakenOut(line))
        yield from (evidence_item(line) for line in now if line not in kept)


def main_cell(row: FilledRow) -> Held:
    """Return the first cell of a row's figure that is filled in, else the cell of its name."""
    cells = [row.inputs[name] for name in MAIN if name in row.inputs]
    return next((cell for cell in cells if not is_empty(cell.value)), row.name)


def _indicator(plan: Plan, id_: str) -> Indicator | None:
    """Return the indicator or statistic that has an id, or had it formerly."""
    return plan.measured.get(id_) or next((one for one in plan.measured.values() if id_ in one.formerly), None)


def _given_up(texts: Mapping[Input, str], changed: set[Input]) -> tuple[Input, ...]:
    """Return the inputs that were emptied because a ratio is now given in the other way."""
    if changed.issuperset(COUNTS):
        return (Input.VALUE,)
    return COUNTS if Input.VALUE in changed and not any(texts.get(name) for name in COUNTS) else ()


def _lines(text: str) -> list[str]:
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]
