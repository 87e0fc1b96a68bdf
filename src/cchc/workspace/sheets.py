"""Workbooks to values, the only door to python-calamine: numbers as the sheet shows them, each cell with its place.

What cannot be read is refused by an error with its remedy. A number is the shortest decimal of at most 15 significant
digits, as spreadsheets show it; a percentage is the number that stands before the percent sign.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from cchc.core.errors import UsageError, WorldError
from cchc.core.progress import Progress, silent, watched
from cchc.core.scalars import Number
from cchc.texts import mark
from cchc.workspace import files, sheetparts
from cchc.workspace.sheetparts import NotAWorkbook, Place, cell_name

__all__ = ["Fault", "NotAWorkbook", "Percent", "Sheet", "Value", "Workbook", "cell_name", "read", "read_workbook"]

MAX_FILE = 32 << 20
MAX_MERGED = 1_000
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_SAVE = mark("Open it in Excel and save it again as .xlsx.")
_HUNDRED = 100


class Percent(NamedTuple):
    """A number that its cell shows as a percentage: 98.56 for 98,56 %."""

    number: Number


class Fault(NamedTuple):
    """A cell without a value: an error as #N/A, or with `error` empty a formula that nobody has calculated."""

    error: str


Value: TypeAlias = str | int | Decimal | bool | date | datetime | time | timedelta | Percent | Fault | None


class ReaderMissing(WorldError):
    """The library that reads workbooks is not installed."""

    def __init__(self) -> None:
        super().__init__(
            mark("this needs {library}, which is not installed"),
            mark('Install it: python -m pip install "cchc[{extra}]"'),
            library="python-calamine",
            extra="xlsx",
        )


class NoSuchSheet(UsageError):
    """A sheet that the workbook does not have."""

    def __init__(self, sheet: str, known: Sequence[str]) -> None:
        super().__init__(
            mark("the workbook has no sheet “{sheet}”"), mark("It has: {known}."), sheet=sheet, known=tuple(known)
        )


class FileTooLarge(UsageError):
    """A file beyond the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            mark("the file is larger than {limit} MiB"),
            mark("Copy the table alone into a new workbook and import that."),
            limit=limit >> 20,
        )


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows from the first on, and the areas whose cells are merged; `lines`: it is a text, no workbook."""

    name: str
    hidden: bool
    rows: Sequence[Sequence[Value]]
    merged: tuple[tuple[Place, Place], ...] = ()
    lines: bool = False

    def at(self, row: int, column: int) -> Value:
        """Return the value of a cell; one beyond the sheet is empty."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else None

    def place(self, row: int, column: int) -> str:
        """Return the name by which people find a cell: `Sheet1!D12`, of a text `so-lieu.csv:12:4`."""
        if self.lines:
            return f"{self.name}:{row + 1}:{column + 1}"
        return f"{self.name}!{cell_name(row, column)}"

    @cached_property
    def _covered(self) -> dict[Place, Place]:
        """The cells of merged areas inside the sheet with the first cell of their area."""
        return {
            (row, column): (top, left)
            for (top, left), (bottom, right) in self.merged
            for row in range(top, min(bottom + 1, len(self.rows)))
            for column in range(left, min(right + 1, len(self.rows[row])))
        }

    def area_of(self, row: int, column: int) -> Place | None:
        """Return the first cell of the merged area that a cell lies in."""
        return self._covered.get((row, column))


@dataclass(frozen=True)
class Workbook:
    """A workbook that can be read: its sheets in their order, each read when it is asked for, which is told."""

    names: tuple[str, ...]
    hidden: frozenset[str]
    _book: Any
    _parts: dict[str, bytes]
    _progress: Progress = silent

    def sheet(self, name: str) -> Sheet:
        """Return a sheet; NoSuchSheet, or SheetTooLarge before room is made for it."""
        if name not in self.names:
            raise NoSuchSheet(name, self.names)
        file = dict(sheetparts.sheet_files(self._parts)).get(name)
        if not file:  # without its part nobody can tell percentages and errors from numbers and nothing
            raise sheetparts.damaged()
        marks = sheetparts.marks(name, self._parts[file], sheetparts.percent_styles(self._parts), self._progress)
        found = _guarded(lambda: self._book.get_sheet_by_name(name))
        lines = _guarded(lambda: found.to_python(skip_empty_area=False))
        rows = [
            [_value(value, (row, column), marks) for column, value in enumerate(cells)]
            for row, cells in enumerate(watched(lines, self._progress, len(lines)))
        ]
        merged = tuple(found.merged_cell_ranges or ())
        if len(merged) > MAX_MERGED:  # areas that lie on each other would make as many cells as anybody likes
            raise sheetparts.SheetTooLarge(name)
        return Sheet(name, name in self.hidden, _squared(rows, marks), merged)

    @property
    def sheets(self) -> Iterator[Sheet]:
        """All sheets."""
        return map(self.sheet, self.names)


def read_workbook(source: bytes | Path, progress: Progress = silent) -> Workbook:
    """Return the workbook that a file's bytes hold; NotAWorkbook or FileTooLarge says what it is instead.

    How far its parts are unpacked and, later, its sheets are read is told to `progress`.
    """
    data = _bytes_of(source)
    _refuse_others(data)
    found = sheetparts.parts(data, progress)
    try:
        import python_calamine  # noqa: PLC0415  # an extra
    except ImportError:
        raise ReaderMissing from None
    book = _guarded(lambda: python_calamine.load_workbook(io.BytesIO(sheetparts.packed(found))))
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
    visible = python_calamine.SheetVisibleEnum.Visible
    hidden = frozenset(sheet.name for sheet in sheets if sheet.visible is not visible)
    return Workbook(tuple(sheet.name for sheet in sheets), hidden, book, found, progress)


def read(source: bytes | Path) -> list[Sheet]:
    """Return all sheets of a workbook."""
    return list(read_workbook(source).sheets)


def _bytes_of(source: bytes | Path) -> bytes:
    if isinstance(source, Path):
        return files.given(source, MAX_FILE)
    if len(source) > MAX_FILE:
        raise FileTooLarge(MAX_FILE)
    return source


def _refuse_others(data: bytes) -> None:
    """Refuse what is no .xlsx, saying what it is."""
    if data.startswith(_OLD):
        raise NotAWorkbook(mark("this is a workbook of the old kind (.xls), or one with a password"), _SAVE)
    if not data.startswith(_ZIP):
        raise NotAWorkbook(mark("this is no .xlsx workbook, whatever its name says"), _SAVE)
    if _OPEN_DOCUMENT in data[:200]:
        raise NotAWorkbook(mark("this is an OpenDocument workbook (.ods)"), _SAVE)


def _guarded(read: Any) -> Any:
    """Return what the library reads; whatever it stumbles over is a damaged workbook."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001  # a panic of the library is no Exception
        raise sheetparts.damaged() from None


def _value(value: Any, place: Place, marks: sheetparts.Marks) -> Value:
    if place in marks.errors:
        return Fault(marks.errors[place])
    if place in marks.uncalculated:
        return Fault("")
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | date | time | timedelta):
        return value
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return Fault("#NUM!")
    if place in marks.percent:
        return Percent(_plain(number * _HUNDRED))
    return _plain(number)


def _plain(number: Decimal) -> Number:
    """Return a whole number as int, another without zeros at its end."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def _squared(rows: list[list[Value]], marks: sheetparts.Marks) -> list[list[Value]]:
    """Return the rows with cells that the library leaves out because they have no value."""
    for (row, column), fault in _faults(marks):
        while len(rows) <= row:
            rows.append([])
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = fault
    return rows


def _faults(marks: sheetparts.Marks) -> Iterator[tuple[Place, Fault]]:
    for place, error in marks.errors.items():
        yield place, Fault(error)
    for place in marks.uncalculated:
        yield place, Fault("")
