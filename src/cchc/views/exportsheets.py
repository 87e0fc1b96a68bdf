"""Tables as sheets of a workbook: numbers that a workbook holds exactly are numbers, others texts."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc.core.scalars import Number
from cchc.texts import Translate, mark
from cchc.views.datapackage import codebook
from cchc.views.delimited import spelled, text_of
from cchc.views.present.numbers import rounded
from cchc.views.sheets import Plain, PlainSheet, plain_workbook
from cchc.views.tables import Cell, Table

EXACT = 15  # digits that a binary number of a workbook surely keeps
PLACES = 6  # of a result, as in JSON


def tables_workbook(title: str, marked: str, tables: Sequence[Table], _: Translate) -> bytes:
    """Return a workbook with a sheet a table, and one that says what the columns mean."""
    sheets = [PlainSheet(table.name, [column.name for column in table.columns], _rows(table)) for table in tables]
    head = [_(word) for word in (mark("table"), mark("column"), mark("meaning"))]
    meanings = PlainSheet(_(mark("Columns")), head, [("", "", marked)] * bool(marked) + codebook(tables, _))
    return plain_workbook(title, marked, [*sheets, meanings])


def _rows(table: Table) -> Iterator[list[Plain]]:
    for row in table.rows():
        yield [_plain(cell) for cell in row]


def _plain(cell: Cell) -> Plain:
    match cell:
        case None | bool() | date():
            return cell
        case Fraction():
            return _number(rounded(cell, PLACES), spelled(cell))
        case int() | Decimal():
            return _number(cell, spelled(cell))
        case _:
            return text_of(cell)


def _number(value: Number | Fraction, text: str) -> Fraction | str:
    """Return a number, as a text where a workbook would change its digits."""
    digits = text.replace(".", "").lstrip("-0")
    return Fraction(value) if len(digits) <= EXACT else text
