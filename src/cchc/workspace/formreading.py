"""A form that comes back: its hidden sheet is checked, and what each input holds now is set against what it held.

What the inputs mean for the plan is the commands' matter; here is only what the workbook says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cchc.core.entryform import COLUMNS, FAMILY, FORMAT, HEAD, HEAD_BY, HEAD_ON, KEY, MARK, Input, Shown, seal
from cchc.core.errors import CommandError, UsageError
from cchc.core.scalars import nfc
from cchc.texts import mark
from cchc.workspace.sheets import Sheet, Value

_ANEW = mark("Make the form anew, and copy what was filled in into it.")
_ABOVE = 2  # rows of the hidden sheet that are not under the seal: the format, the seal


class FormOfAnotherVersion(UsageError):
    """A form in a format that this program does not read."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("the form has the format {found}, this program reads {known}"),
            mark("Make the form anew with this program, or install the newest."),
            found=found,
            known=FORMAT,
        )


class FormDamaged(UsageError):
    """The hidden sheet is not as it was written."""

    def __init__(self) -> None:
        super().__init__(mark("the form is damaged: its hidden sheet is not what it was when the form was made"), _ANEW)


class FormSheetLost(UsageError):
    """The sheet that is filled in is not there, or its marks are not."""

    def __init__(self) -> None:
        super().__init__(
            mark("the form's sheet of figures is not there, or its hidden first row or last column is damaged"), _ANEW
        )


class FormSheetTwice(UsageError):
    """Several sheets bear the marks of the one that is filled in."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(
            mark("several sheets of the form hold figures: {sheets}"),
            mark("Delete the copies, and keep one sheet."),
            sheets=tuple(found),
        )


class RowMixedUp(UsageError):
    """A row whose texts are not those of the figure that its key names."""

    def __init__(self, name: str, period: str) -> None:
        super().__init__(
            mark("this row should be that of “{name}”, {period}: texts were changed, or parts of rows were sorted"),
            mark("Put the name and the period back, or make the form anew."),
            name=name,
            period=period,
        )


class RowTwice(UsageError):
    """A row that was copied."""

    def __init__(self, place: str) -> None:
        super().__init__(mark("this row has the key of {place} too"), mark("Delete the copy."), place=place)


class RowUnknown(UsageError):
    """A row with a key that the form did not have."""

    def __init__(self, key: str) -> None:
        super().__init__(mark("the form had no row “{key}”"), mark("Delete the row, or make the form anew."), key=key)


class CellsMerged(UsageError):
    """Cells of figures that were merged: all but the first have lost what they held."""

    def __init__(self) -> None:
        super().__init__(mark("cells are merged here"), mark("Unmerge them and fill in each cell."))


class Held(NamedTuple):
    """What a cell holds now, and the text that it held when the form was made; `cell` is its row and column from 0."""

    cell: tuple[int, int]
    place: str
    value: Value
    kept: str


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the form: the figure's indicator and period, its definition's fingerprint, its name, its inputs."""

    indicator: str
    period: str
    fingerprint: str
    name: Held
    inputs: Mapping[Input, Held]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it came back. `lost` are the figures whose row is gone; `faults` what is wrong with rows, by cell."""

    plan: str
    period: str
    by: Held
    on: Held
    people: Mapping[str, str]  # ids by the names of the drop-down
    rows: tuple[FilledRow, ...]
    lost: tuple[str, ...]
    faults: tuple[tuple[Held, CommandError], ...]


def is_form(sheets: Sequence[Sheet]) -> bool:
    """Whether a workbook is a form of ours, of whatever format."""
    return _hidden(sheets) is not None


def form_rows(sheets: Sequence[Sheet]) -> FilledForm:
    """Return what a form holds; raises UsageError where the whole cannot be read, faults of rows are in the answer."""
    hidden = _hidden(sheets)
    if hidden is None:
        raise FormDamaged
    kept = _kept(hidden)
    grid = _grid([sheet for sheet in sheets if sheet is not hidden], kept.columns)
    rows: dict[str, FilledRow] = {}
    faults: list[tuple[Held, CommandError]] = []
    for at, key in grid.keyed():
        fault = _misfit(kept, grid, rows, at, key)
        if fault is None:
            rows[key] = _row(kept.rows[key], grid, at)
        else:
            faults.append((grid.held(at, Shown.NAME), fault))
    faults += ((grid.at(*first), CellsMerged()) for first in grid.merged())
    found = {key for _, key in grid.keyed()}
    return FilledForm(
        plan=kept.plan,
        period=kept.period,
        by=grid.held(grid.head, HEAD_BY, kept.provider),
        on=grid.held(grid.head, HEAD_ON),
        people=kept.people,
        rows=tuple(rows.values()),
        lost=tuple(f"{row.name}, {row.period}" for key, row in kept.rows.items() if key not in found),
        faults=tuple(faults),
    )


def _misfit(kept: "_Kept", grid: "_Grid", rows: Mapping[str, FilledRow], at: int, key: str) -> CommandError | None:
    """Return what is wrong with a row, so that its cells cannot be taken for those of a figure."""
    own = kept.rows.get(key)
    if own is None:
        return RowUnknown(key)
    if key in rows:
        return RowTwice(rows[key].name.place)
    shown = _line(grid.value(at, Shown.NAME)), _line(grid.value(at, Shown.PERIOD))
    return None if shown == (own.name, own.period) else RowMixedUp(own.name, own.period)


def _row(kept: "_KeptRow", grid: "_Grid", at: int) -> FilledRow:
    inputs = {name: grid.held(at, name, kept.inputs[name]) for name in Input if name in grid.columns}
    indicator, _, period = kept.key.partition(" ")
    return FilledRow(indicator, period, kept.fingerprint, grid.held(at, Shown.NAME), inputs)


# the hidden sheet


class _KeptRow(NamedTuple):
    """A row as it was when the form was made."""

    key: str
    fingerprint: str
    name: str
    period: str
    inputs: Mapping[Input, str]


class _Kept(NamedTuple):
    """What the hidden sheet keeps."""

    plan: str
    period: str
    columns: frozenset[str]
    provider: str
    rows: Mapping[str, _KeptRow]
    people: Mapping[str, str]


def _hidden(sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the sheet that says that it is a form's, whatever it is called."""
    return next((sheet for sheet in sheets if _first(sheet).startswith(FAMILY)), None)


def _first(sheet: Sheet) -> str:
    return _exact(sheet.at(0, 0))


def _kept(sheet: Sheet) -> _Kept:
    """Return what the hidden sheet keeps, once its format and its seal are checked."""
    if _first(sheet) != FORMAT:
        raise FormOfAnotherVersion(_first(sheet))
    texts = [[_exact(value) for value in row] for row in sheet.rows]
    if len(texts) < _ABOVE or texts[1][:2] != ["seal", seal(texts[_ABOVE:])]:
        raise FormDamaged
    lines = [[*row, *[""] * (len(Input) + 5 - len(row))] for row in texts[_ABOVE:]]
    said = {row[0]: row[1] for row in lines}
    rows = [
        _KeptRow(key, fingerprint, name, period, dict(zip(Input, inputs, strict=False)))
        for kind, key, fingerprint, name, period, *inputs in lines
        if kind == "row"
    ]
    people = {row[2]: row[1] for row in lines if row[0] == "person"}
    columns = frozenset(said[COLUMNS].split())
    return _Kept(said["plan"], said["period"], columns, said[HEAD], {row.key: row for row in rows}, people)


# the sheet that is filled in


class _Grid(NamedTuple):
    """The sheet that is filled in: where its columns are, and the row of the head's inputs."""

    sheet: Sheet
    columns: Mapping[str, int]
    head: int

    def value(self, row: int, column: str) -> Value:
        """Return what stands in a cell."""
        return self.sheet.at(row, self.columns[column])

    def held(self, row: int, column: str, kept: str = "") -> Held:
        """Return what an input holds and held."""
        return self.at(row, self.columns[column], kept)

    def at(self, row: int, column: int, kept: str = "") -> Held:
        """Return a cell that is named by its number."""
        return Held((row, column), self.sheet.place(row, column), self.sheet.at(row, column), kept)

    def merged(self) -> Iterator[tuple[int, int]]:
        """Yield the first cells of merged areas that hold inputs, or their rows' keys."""
        rows = {self.head, *(at for at, _ in self.keyed())}
        columns = {at for name, at in self.columns.items() if name in set(Input)}
        for (top, left), (bottom, right) in self.sheet.merged:
            if rows & {*range(top, bottom + 1)} and columns & {*range(left, right + 1)}:
                yield top, left

    def keyed(self) -> Iterator[tuple[int, str]]:
        """Yield the rows of figures with their keys."""
        for at in range(1, len(self.sheet.rows)):
            key = _exact(self.value(at, KEY))
            if key and key != HEAD:
                yield at, key


def _grid(sheets: Sequence[Sheet], needed: frozenset[str]) -> _Grid:
    """Return the one sheet whose first row marks the columns that the form has."""
    found = [(sheet, marks) for sheet in sheets if KEY in (marks := _marks(sheet))]
    if len(found) > 1:
        raise FormSheetTwice([sheet.name for sheet, _ in found])
    for sheet, columns in found:
        heads = [at for at in range(len(sheet.rows)) if sheet.at(at, columns[KEY]) == HEAD]
        if len(heads) == 1 and needed <= columns.keys():
            return _Grid(sheet, columns, heads[0])
    raise FormSheetLost


def _marks(sheet: Sheet) -> dict[str, int]:
    """Return the columns that the first row marks."""
    first = sheet.rows[0] if sheet.rows else ()
    return {text.removeprefix(MARK): at for at, value in enumerate(first) if (text := _exact(value)).startswith(MARK)}


def _exact(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _line(value: Value) -> str:
    return " ".join(nfc(_exact(value)).split())
