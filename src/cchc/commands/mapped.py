"""A table to figures as an import file says: each formula's cells are added up, each figure knows its cells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeVar

from cchc.commands.cells import MergedCell, NoPeriodThere, Refusal, is_empty, number_of, text_in
from cchc.commands.figure import Beside, NewFigure, figure_text
from cchc.commands.opening import NotInPlan
from cchc.commands.typed import typed_period
from cchc.core.diagnostics import nearest
from cchc.core.errors import CommandError, UsageError
from cchc.core.fields import Kind
from cchc.core.imports import Formula, ImportFigure, ImportFile, Term
from cchc.core.model import Indicator, Plan
from cchc.core.progress import Progress, silent, watched
from cchc.core.scalars import Number, exact_sum, folded
from cchc.texts import mark
from cchc.workspace.sheetparts import column_name, column_of
from cchc.workspace.sheets import Sheet, Value

MOST_HEADS = 40  # rows in which heads are looked for where nobody said where they stand
_NUMERIC = frozenset({Kind.RATIO, Kind.COUNT, Kind.NUMBER})
T = TypeVar("T")


class Typed(NamedTuple):
    """What was typed beside the name of a file: the period, what stands beside each figure; and the day."""

    period: str | None
    beside: Beside
    today: date


class TableFigure(NamedTuple):
    """A figure of the table, and where each of its fields was read, by key."""

    figure: NewFigure
    cells: Mapping[str, tuple[int, int]]

    @property
    def first(self) -> tuple[int, int]:
        """The cell to name for what is about the whole figure."""
        return next(iter(self.cells.values()))


class NoSuchHead(UsageError):
    """A column that is named by heads that the table does not have, or has several times."""

    def __init__(self, term: Term, columns: Sequence[int]) -> None:
        if columns:
            message = mark("several columns have the head {head}: {columns}")
        else:
            message = mark("no column has the head {head}")
        super().__init__(
            message,
            mark("Correct it in the import file: write a head above it and | before it, or the column's letters."),
            head=str(term),
            columns=tuple(map(column_name, columns)),
        )


class NoSuchRow(UsageError):
    """The row that is looked for is not there, or there several times."""

    def __init__(self, text: str, rows: Sequence[int]) -> None:
        message = mark("several rows say “{text}”: {rows}") if rows else mark("no row says “{text}”")
        super().__init__(
            message,
            mark("Correct `row` in the import file."),
            text=text,
            rows=tuple(str(row + 1) for row in rows),
        )


class NoRows(UsageError):
    """A table without rows below its head."""

    def __init__(self) -> None:
        super().__init__(mark("the table has no rows below its head"), mark("Correct `head` in the import file."))


class NothingRead(UsageError):
    """A table in which no figure was found."""

    def __init__(self) -> None:
        super().__init__(mark("the file holds no figures"), mark("Look at the import file: is it for this table?"))


class SumOfWords(UsageError):
    """A formula that adds up what is no number."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(
            mark("the value of {id} is no number, so there is nothing to add up"),
            mark("Name one cell in the import file."),
            id=indicator.id,
        )


class _Stop(Exception):  # nothing is wrong but what was noted already
    """What is read cannot be finished; why stands among the refusals."""


class Table:
    """A table that is being read: figures go to `figures`, what is wrong to `refusals`."""

    def __init__(self, plan: Plan, mapping: ImportFile, sheet: Sheet, typed: Typed) -> None:
        self.plan, self.head, self.wanted = plan, mapping.head, mapping.figures
        self.sheet, self.typed = sheet, typed
        self.figures: list[TableFigure] = []
        self.refusals: list[Refusal] = []
        self._told: set[tuple[str, str]] = set()
        self._columns: dict[Term, int] = {}
        self._heads = range(min(len(sheet.rows), MOST_HEADS))
        if mapping.head.head is not None:
            self._heads = range(mapping.head.head.first - 1, min(mapping.head.head.last, len(sheet.rows)))
        self._names = {folded(entry.name): entry.id for entry in plan.measured.values()}

    def read(self, progress: Progress = silent) -> "Table":
        """Read the whole table and return it."""
        try:
            rows = list(self._rows())
            for row in watched(rows, progress, len(rows)):
                for wanted in self.wanted:
                    self._figure(wanted, row)
        except _Stop:
            pass
        if not self.figures and not self.refusals:
            self._refuse(0, 0, NothingRead())
        return self

    def _refuse(self, row: int, column: int, error: CommandError) -> None:
        refusal = Refusal(row, column, self.sheet.place(row, column), error)
        if (refusal.place, error.message) not in self._told:
            self._told.add((refusal.place, error.message))
            self.refusals.append(refusal)

    # where

    def _rows(self) -> Iterator[int]:
        """Yield the rows that give figures; a figure of single cells alone needs none, and gets the first."""
        choice, head = self.head.row, self.head.head
        if choice is not None:
            column = self._column_of(choice.column)
            wanted = folded(choice.equals)
            found = [row for row in range(len(self.sheet.rows)) if self._says(row, column) == wanted]
            if len(found) != 1:
                self._refuse(found[-1] if found else 0, column, NoSuchRow(choice.equals, found))
                raise _Stop
            if head is None:
                self._heads = range(found[0])
            yield found[0]
        elif head is not None:
            rows = [
                row for row in range(head.last, len(self.sheet.rows)) if not all(map(is_empty, self.sheet.rows[row]))
            ]
            if not rows:
                self._refuse(head.last, 0, NoRows())
                raise _Stop
            yield from rows
        else:
            yield 0

    def _says(self, row: int, column: int) -> str:
        value = self.sheet.at(row, column)
        return folded(text_in(value)) if isinstance(value, str | int | Decimal) and not is_empty(value) else ""

    def _column_of(self, term: Term) -> int:
        """Return the column that a term names; what is wrong with it is noted once."""
        if term.column:
            return column_of(term.column)
        if term not in self._columns:
            columns = self._headed(term)
            if len(columns) != 1:
                self._refuse(max(len(self._heads), 1) - 1 + self._heads.start, 0, NoSuchHead(term, columns))
                self._columns[term] = -1
            else:
                self._columns[term] = columns[0]
        if self._columns[term] < 0:
            raise _Stop
        return self._columns[term]

    def _headed(self, term: Term) -> list[int]:
        """Return the columns under such heads; the one whose head says just that goes before those that contain it."""
        wanted = [folded(text) for text in term.heads]
        stacks = [(column, self._stack(column)) for column in range(max(map(len, self.sheet.rows), default=0))]
        found = [(column, stack) for column, stack in stacks if _in_order(wanted, stack)]
        exact = [column for column, stack in found if wanted[-1] in stack]
        return exact if len(exact) == 1 else [column for column, _ in found]

    def _stack(self, column: int) -> list[str]:
        """Return what the heads of a column say, from above; a merged head belongs to all of its columns."""
        said = []
        for row in self._heads:
            top, left = self.sheet.area_of(row, column) or (row, column)
            said.append(self._says(top, left))
        return [text for text in said if text]

    def _cell(self, term: Term, row: int) -> tuple[int, int]:
        if term.row is not None:
            return term.row - 1, column_of(term.column)
        return row, self._column_of(term)

    # what

    def _figure(self, wanted: ImportFigure, row: int) -> None:
        """Read one figure; everything that is wrong with it is noted."""
        try:
            cells = {key: [self._cell(term, row) for term in formula] for key, formula in wanted.formulas.items()}
        except _Stop:
            return
        every = [cell for places in cells.values() for cell in places]
        if wanted.optional and all(is_empty(self.sheet.at(*cell)) for cell in every):
            return
        indicator = self._tried(lambda: self._indicator(wanted, row), row, self.head.indicator)
        period = self._tried(lambda: self._period(row), row, self.head.period)
        if indicator is None or period is None:
            return
        formulas = _given(wanted.formulas, cells, self.sheet)
        read = {key: self._value(indicator, key, formula, cells[key]) for key, formula in formulas.items()}
        if any(text is None for text in read.values()):
            return
        texts = {key: text for key, text in read.items() if text is not None}
        counts = f"{texts['numerator']}/{texts['denominator']}" if "numerator" in texts else ""
        beside = self.typed.beside._replace(
            of=texts.get("of", self.typed.beside.of), points=texts.get("points", self.typed.beside.points)
        )
        figure = NewFigure(indicator.id, counts or texts["value"], period, beside)
        self.figures.append(TableFigure(figure, {key: cells[key][0] for key in formulas}))

    def _tried(self, read: Callable[[], T], row: int, term: Term | None) -> T | None:
        """Return what is read, or None with the refusal noted at the cell of the term."""
        try:
            return read()
        except UsageError as error:
            place = self._cell(term, row) if term is not None else (row, 0)
            self._refuse(*place, error)
        except _Stop:
            pass
        return None

    def _indicator(self, wanted: ImportFigure, row: int) -> Indicator:
        """Return the indicator that is meant: the one of the import file, else what the column says, by id or name."""
        if wanted.indicator is not None:
            return self.plan.measured[wanted.indicator]
        assert self.head.indicator is not None  # noqa: S101  # E202 otherwise
        text = text_in(self.sheet.at(*self._cell(self.head.indicator, row)))
        id_ = text if text in self.plan.measured else self._names.get(folded(text))
        if id_ is None:
            close = nearest(text, self.plan.measured)
            raise NotInPlan(mark("the plan has no indicator or statistic “{id}”"), text, close or self.plan.measured)
        return self.plan.measured[id_]

    def _period(self, row: int) -> str:
        """Return the period that is meant: what the cell says, else what was typed."""
        if self.head.period is not None:
            value = self.sheet.at(*self._covering(self.head.period, row))
            if not is_empty(value):
                return self._canonical(text_in(value))
        if self.typed.period is None:
            raise NoPeriodThere
        return self._canonical(self.typed.period)

    @cache  # noqa: B019  # a table lives as long as its import
    def _canonical(self, text: str) -> str:
        return typed_period(text, self.plan, self.typed.today).label

    def _covering(self, term: Term, row: int) -> tuple[int, int]:
        """Return the cell that a term names, the first one of a merged area."""
        place = self._cell(term, row)
        return self.sheet.area_of(*place) or place

    def _value(self, indicator: Indicator, key: str, formula: Formula, cells: Sequence[tuple[int, int]]) -> str | None:
        """Return a field as the text that is typed for it, or None with everything wrong noted at its cell."""
        if key == "value" and indicator.kind not in _NUMERIC:
            return self._word(indicator, cells)
        percent = key == "value" and indicator.kind is Kind.RATIO and indicator.unit == "%"
        numbers: list[Number] = []
        for term, cell in zip(formula, cells, strict=True):
            try:
                number = number_of(self._own(cell), self.head.numbers, percent=percent)
                numbers.append(number if term.sign > 0 else -number)
            except UsageError as error:
                self._refuse(*cell, error)
        return figure_text(exact_sum(numbers)) if len(numbers) == len(cells) else None

    def _word(self, indicator: Indicator, cells: Sequence[tuple[int, int]]) -> str | None:
        try:
            if len(cells) > 1:
                raise SumOfWords(indicator)
            return text_in(self._own(cells[0]))
        except UsageError as error:
            self._refuse(*cells[0], error)
            return None

    def _own(self, cell: tuple[int, int]) -> Value:
        """Return what a cell says that is merged with no other."""
        if self.sheet.area_of(*cell) is not None:
            raise MergedCell
        return self.sheet.at(*cell)


def _given(
    formulas: Mapping[str, Formula], cells: Mapping[str, Sequence[tuple[int, int]]], sheet: Sheet
) -> dict[str, Formula]:
    """Return the formulas that count in a row: where counts and a value are both named, the one that is filled in."""
    if not {"numerator", "value"} <= set(formulas):
        return dict(formulas)
    filled = {key for key, places in cells.items() if not all(is_empty(sheet.at(*place)) for place in places)}
    dropped = {"value"} if filled & {"numerator", "denominator"} else {"numerator", "denominator"}
    return {key: formula for key, formula in formulas.items() if key not in dropped}


def _in_order(wanted: Iterable[str], stack: Sequence[str]) -> bool:
    """Whether each wanted text is part of a head, one below the other."""
    heads = iter(stack)
    return all(any(text in head for head in heads) for text in wanted)
