"""The cells of a form as officials leave them: numbers, words, days, to the texts that `add-measure` reads."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from cchc.commands.cells import ErrorThere, NotCalculated, is_empty
from cchc.commands.figure import figure_text
from cchc.core import scalars
from cchc.core.cells import Piece
from cchc.core.entryform import NO, YES, Input
from cchc.core.errors import UsageError
from cchc.core.fields import Amounts, Kind
from cchc.core.model import Indicator
from cchc.core.scalars import Unfit, nfc
from cchc.core.typed import typed_day, typed_number, typed_whole
from cchc.texts import mark
from cchc.workspace.sheets import Fault, Percent, Value

NUMBERS = frozenset({Input.NUMERATOR, Input.DENOMINATOR, Input.VALUE, Input.OF, Input.POINTS})
_DECIMAL = re.compile(r"-?[0-9]+[.,][0-9]+")
_FILE = re.compile(
    r".*\.(?:pdf|docx?|xlsx?|xlsm|csv|odt|ods|jpe?g|png|tiff?|zip|rar|7z|ya?ml|txt|html?)", re.IGNORECASE
)


class DayInFigure(UsageError):
    """A spreadsheet has made a day of what was typed as a figure."""

    def __init__(self) -> None:
        super().__init__(
            mark("this cell holds a day, not a figure; spreadsheets make days of 5/12"),
            mark("Type numerator and denominator into their own cells."),
        )


class NotAnAnswer(UsageError):
    """A word other than yes and no."""

    def __init__(self, typed: str) -> None:
        super().__init__(mark("“{typed}” is neither có nor không"), mark("Choose from the list."), typed=typed)


class NotADayThere(UsageError):
    """A cell for a day that holds something else."""

    def __init__(self, typed: str) -> None:
        super().__init__(mark("“{typed}” is not a day"), mark("Type day/month/year: 15/7/2023."), typed=typed)


class NobodyThere(UsageError):
    """A name that the drop-down does not have."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is none of those who provide figures"), mark("Choose from the list."), typed=typed
        )


class NoText(UsageError):
    """A cell for words that holds a day, a time or a truth value."""

    def __init__(self) -> None:
        super().__init__(
            mark("this cell holds a day, a time or a logical value instead of text"),
            mark("Type an apostrophe first, then the text: '15/7."),
        )


class PercentInFigure(UsageError):
    """A percentage where something else is asked."""

    def __init__(self, number: object) -> None:
        super().__init__(
            mark("this cell holds the percentage {number} %"),
            mark("Type the plain number that is asked; a result in percent goes into the column of results."),
            number=number,
        )


class PartMissing(UsageError):
    """A figure of which one part is filled in."""

    def __init__(self) -> None:
        super().__init__(
            mark("this cell is empty, but others of the same figure are filled in"),
            mark("Fill it in, or empty the others. Nothing arose: 0 and 0."),
        )


class TwoFigures(UsageError):
    """A result beside numerator and denominator."""

    def __init__(self) -> None:
        super().__init__(
            mark("a result stands beside numerator and denominator"), mark("Keep one of the two and empty the other.")
        )


class EvidenceTakenOut(UsageError):
    """Evidence that was recorded and that the cell no longer holds."""

    def __init__(self, line: str) -> None:
        super().__init__(
            mark("evidence that is recorded is not in the cell any more: {line}"),
            mark("Put it back, and add new evidence on lines of its own below."),
            line=line,
        )


class ProviderMissing(UsageError):
    """A day without the person who provided the figure on it."""

    def __init__(self) -> None:
        super().__init__(
            mark("a day is given, but not who provided the figure"),
            mark("Name somebody in the row or at the top of the sheet, or empty the day."),
        )


class NotAsked(UsageError):
    """Something in a cell that is locked, since figures of that kind do not have it."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(
            mark("nothing is asked in this cell: {id} has no such figure"), mark("Empty the cell."), id=indicator.id
        )


def text_of(value: Value, name: Input, indicator: Indicator | None, people: Mapping[str, str]) -> str:
    """Return what an input holds as text: numbers as they are typed, có or không, ids of owners, days as 2023-07-15.

    Empty for an empty cell; raises UsageError for what cannot be meant there. Inputs of the head have no indicator.
    """
    if is_empty(value):
        return ""
    if isinstance(value, Fault):
        raise ErrorThere(value.error) if value.error else NotCalculated
    if name is Input.QUALITY or (indicator is not None and name is Input.VALUE and indicator.kind is Kind.YES_NO):
        return _answer(value)
    if name is Input.BY:
        return _owner(value, people)
    if name is Input.ON:
        return _day(value)
    if name not in NUMBERS:
        return _words(value)
    return _figure(value, in_percent=indicator is not None and name is Input.VALUE and indicator.unit == "%")


def is_changed(kept: str, text: str, name: Input, kind: Kind | None) -> bool:
    """Whether an input says something else than when the form was made; numbers may be spelt otherwise."""
    if name in NUMBERS and kind is not Kind.NARRATIVE:
        return _plain(text) != _plain(kept)
    return text != _words(kept)


def kept_text(kept: str, name: Input, kind: Kind) -> str:
    """Return what an input held as text that reads the same: no point of a decimal looks like one between thousands."""
    number = name in NUMBERS and kind is not Kind.NARRATIVE
    return f"{kept}0" if number and scalars.is_thousands_trap(kept) else kept


def refuse_misfit(indicator: Indicator, name: Input, text: str) -> None:
    """Raise what is wrong with one number of a figure, so that its own cell is named."""
    if name is Input.POINTS or indicator.amounts is Amounts.DECIMAL:
        typed_number(indicator, text)
    else:
        typed_whole(indicator, text)


def evidence_item(text: str) -> Piece:
    """Return a line of evidence: an https address or a file as it is, anything else as the title of a document."""
    return text if text.startswith("https://") or _FILE.fullmatch(text) else {"title": text}


def _figure(value: Value, *, in_percent: bool) -> str:
    match value:
        case Percent() if in_percent:
            return figure_text(value.number) or ""
        case Percent():
            raise PercentInFigure(value.number)
        case Decimal():
            return figure_text(value) or ""
        case date():
            raise DayInFigure
        case _:
            return _words(value)


def _answer(value: Value) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    try:
        return YES if scalars.parse_yes_no(_words(value)) else NO
    except Unfit:
        raise NotAnAnswer(_words(value)) from None


def _owner(value: Value, people: Mapping[str, str]) -> str:
    text = _words(value)
    found = people.get(" ".join(text.split()))
    if found is None and text not in people.values():
        raise NobodyThere(text)
    return found or text


def _day(value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = _words(value)
    try:
        return typed_day(text).isoformat()
    except Unfit:
        raise NotADayThere(text) from None


def _words(value: Value) -> str:
    """Return a text with its line ends alike; a number as it is written plainly."""
    match value:
        case str():
            lines = nfc(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            return "\n".join(line.rstrip() for line in lines).strip()
        case Decimal():
            return format(value, "f")
        case int() if not isinstance(value, bool):
            return str(value)
        case _:
            raise NoText


def _plain(text: str) -> str:
    """Return a number with a point and without zeros that say nothing, other texts in small letters."""
    if _DECIMAL.fullmatch(text):
        return text.replace(",", ".").rstrip("0").rstrip(".")
    return scalars.folded(text)
