"""Cells of a table that is imported: to the numbers or texts that figures need, and these into files, all or none."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cchc.commands.figure import NewFigure, figure_text
from cchc.commands.measure import Manner, Message, Outcome, Row, RowsRefused, TypedTwice, record_all
from cchc.core.diagnostics import amount
from cchc.core.errors import CommandError, UsageError
from cchc.core.imports import Written
from cchc.core.progress import Progress, silent
from cchc.core.scalars import Number, Unfit, nfc
from cchc.core.written import parse_written
from cchc.texts import mark
from cchc.workspace.sheets import Fault, Percent, Value

LONGEST = 60  # characters of a text that is shown in a refusal


class Refusal(NamedTuple):
    """What is wrong with a place of the table; row and column sort it as it is read."""

    row: int
    column: int
    place: str
    error: CommandError


class CellsRefused(CommandError):
    """A table of which some cells cannot be taken; then nothing is. `refusals` are the cells with what is wrong."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(
            mark("places refused: {count}; nothing was written"),
            mark("Correct them in the file and import it again."),
            count=len(refusals),
        )
        ordered = sorted(refusals, key=lambda refusal: refusal[:2])
        self.refusals = tuple((refusal.place, refusal.error) for refusal in ordered)
        self.exit = max(refusal.error.exit for refusal in refusals)


Placed: TypeAlias = Callable[[int, CommandError], Refusal]


class How(NamedTuple):
    """How the figures of a table are written: the manner, the message of a commit, who is told how far it has come."""

    manner: Manner
    message: Message | None = None
    progress: Progress = silent


def record_cells(
    root: Path, figures: Sequence[NewFigure], refusals: Sequence[Refusal], how: How, placed: Placed
) -> Outcome:
    """Write figures where nothing is in the way, all or none; without figures nothing.

    With refusals nothing is written, but everything else that would be in the way is found: `placed` says at which cell
    the error of a figure is told, by its place in the sequence. CellsRefused names all cells.
    """
    rows = [Row(number, figure) for number, figure in enumerate(figures, 1)]
    manner = replace(how.manner, dry_run=how.manner.dry_run or bool(refusals))
    found = list(refusals)
    outcome = Outcome((), (), written=False, illustrative=False)
    try:
        if rows:
            outcome = record_all(root, rows, manner, how.message, how.progress)
    except RowsRefused as error:
        found += [placed(number - 1, refusal) for number, refusal in error.refusals]
    if found:
        raise CellsRefused(found)
    return outcome


class TwiceThere(UsageError):
    """A table that holds two figures of one indicator about one period."""

    def __init__(self, twice: TypedTwice, place: str) -> None:
        super().__init__(
            mark("{id} for {period} stands in {place} already"),
            mark("Keep one of the two."),
            id=twice.arguments["id"],
            period=twice.arguments["period"],
            place=place,
        )


class EmptyCell(UsageError):
    """Nothing stands where a figure is read."""

    def __init__(self) -> None:
        super().__init__(
            mark("the cell is empty, but a figure is read from it"),
            mark("Fill it (0 where nothing arose), or correct the import file."),
        )


class MergedCell(UsageError):
    """A cell that is merged with others, so that nobody knows to which of them its figure belongs."""

    def __init__(self) -> None:
        super().__init__(
            mark("the cell is merged with others, so its figure may belong to any of them"),
            mark("Unmerge the cells and write the figure into its own."),
        )


class DateThere(UsageError):
    """A day or a time of day where a number or a period is read."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("the cell holds the day or time {found}; spreadsheets make days of 5/12 and 6/2023"),
            mark("Format the cell as text and type again what is meant."),
            found=found,
        )


class ErrorThere(UsageError):
    """A formula that has failed."""

    def __init__(self, error: str) -> None:
        super().__init__(
            mark("the cell holds the error {error}"), mark("Mend its formula, or type the figure."), error=error
        )


class NotCalculated(UsageError):
    """A formula of which the file does not hold the result."""

    def __init__(self) -> None:
        super().__init__(
            mark("the cell holds a formula whose result the file does not have"),
            mark("Open the workbook in Excel, save it, and import it again."),
        )


class WordThere(UsageError):
    """A text or truth value that is no number."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("“{found}” is no number"), mark("Type the number, or correct the import file."), found=_short(found)
        )


class NumberAsText(UsageError):
    """A text that may hold a number, and nobody said how such numbers are written."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("“{found}” is a text, and the import file does not say how texts hold numbers"),
            mark("Write `numbers: vi` (1.234,5) or `numbers: en` (1,234.5) into it."),
            found=_short(found),
        )


class PercentThere(UsageError):
    """A percentage where a plain number is read: it has two readings."""

    def __init__(self, percent: Percent) -> None:
        super().__init__(
            mark("the cell shows {shown} %, which can mean {shown} or {stored}"),
            mark("Format the cell as a number that says what is meant."),
            shown=amount(percent.number),
            stored=amount(Decimal(percent.number) / 100),
        )


class NoPeriodThere(UsageError):
    """A cell that says no period where none was typed either."""

    def __init__(self) -> None:
        super().__init__(mark("no period stands here"), mark("Fill the cell, or type the period with -p."))


def number_of(value: Value, form: Written | None, *, percent: bool) -> Number:
    """Return the number that a cell shows; with `percent` it may be a percentage, which is the number before the sign.

    Raises UsageError for everything that is none.
    """
    match value:
        case Percent():
            if not percent:
                raise PercentThere(value)
            return value.number
        case bool():
            raise WordThere(str(figure_text(value)))
        case int() | Decimal():
            return value
        case str():
            return _number_in(nfc(value).strip(), form, percent=percent)
        case _:
            raise _refusal(value)


def _number_in(text: str, form: Written | None, *, percent: bool) -> Number:
    if not text:
        raise EmptyCell
    digits = text.removesuffix("%").rstrip() if percent else text
    try:
        return parse_written(digits, form)
    except Unfit:
        if form is None and any(sign.isdecimal() for sign in text):
            raise NumberAsText(text) from None
        raise WordThere(text) from None


def text_in(value: Value) -> str:
    """Return what a cell says, numbers as our files spell them; UsageError for days, errors and nothing."""
    match value:
        case Percent():
            return f"{figure_text(value.number)}%"
        case bool() | int() | Decimal():
            return str(figure_text(value))
        case str() if value.strip():
            return nfc(value).strip()
        case _:
            raise _refusal(value)


def is_empty(value: Value) -> bool:
    """Whether nothing stands in a cell that anybody can see."""
    return value is None or (isinstance(value, str) and not value.strip())


def _refusal(value: Value) -> UsageError:
    match value:
        case Fault(""):
            return NotCalculated()
        case Fault(error):
            return ErrorThere(error)
        case date() | time() | timedelta():
            return DateThere(str(value))
        case _:
            return EmptyCell()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
