"""Tables as sheets of a workbook: numbers that a workbook holds exactly are numbers, others texts.

Days are texts as in files: a workbook keeps a day as a number, which each program shows in a way of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc.core.cells import marked
from cchc.core.scalars import Number
from cchc.texts import Translate, mark
from cchc.views.datapackage import codebook
from cchc.views.delimited import spelled, text_of
from cchc.views.present.numbers import rounded
from cchc.views.sheets import Plain, PlainSheet, plain_workbook
from cchc.views.tables import Cell, Table

EXACT = 15  # digits that a binary number of a workbook surely keeps
PLACES = 6  # of a result, as in JSON


def tables_workbook(title: str, made_up: str, tables: Sequence[Table], _: Translate) -> bytes:
    """Return a workbook with a sheet a table; of several tables also one that says what the columns mean.

    A single table stands alone, so that whoever reads the workbook need not be told which sheet is meant.
    """
    sheets = [PlainSheet(table.name, [column.name for column in table.columns], _rows(table)) for table in tables]
    if len(sheets) == 1:
        return plain_workbook(title, made_up, sheets)
    head = [_(word) for word in (mark("table"), mark("column"), mark("meaning"))]
    meanings = PlainSheet(_(mark("Columns")), head, [("", "", made_up)] * bool(made_up) + codebook(tables, _))
    return plain_workbook(title, made_up, [*sheets, meanings])


def _rows(table: Table) -> Iterator[list[Plain]]:
    for row in table.rows():
        yield [_plain(cell) for cell in row]


def _plain(cell: Cell) -> Plain:
    match cell:
        case None | bool():
            return cell
        case date():
            return cell.isoformat()
        case Fraction():
            return _number(rounded(cell, PLACES), spelled(cell))
        case int() | Decimal():
            return _number(cell, spelled(cell))
        case _:
            return marked(text_of(cell))


def _number(value: Number | Fraction, text: str) -> Fraction | str:
    """Return a number, as a text where a workbook would change its digits."""
    digits = text.replace(".", "").lstrip("-0")
    return Fraction(value) if len(digits) <= EXACT else text
