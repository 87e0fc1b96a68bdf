"""Tables as text: CSV as RFC 4180 has it, and JSON lines. Numbers are exact; of a result as many places as JSON has."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc.core import cells
from cchc.core.scalars import Number, is_thousands_trap
from cchc.views.jsonview import escaped
from cchc.views.present.numbers import json_number
from cchc.views.tables import Cell, Nested, Table

BOM = "\ufeff"
SCHEMAS = {"figures": "cchc/figure/1", "verdicts": "cchc/verdict/1"}


def csv_text(table: Table, delimiter: str = ",") -> str:
    """Return a table as CSV: a head, lines that end with CRLF, no cell that a spreadsheet takes for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows())
    return written.getvalue()


def json_lines(table: Table) -> str:
    """Return a table as an object a line; every key is always there, null when empty."""
    return "".join(f"{line}\n" for line in _json_lines(table))


def spelled(number: Number | Fraction) -> str:
    """Return a number with a point, digits only: one that was entered exactly, a quotient rounded half up."""
    match number:
        case Fraction():
            return json_number(number)
        case Decimal():
            return format(number, "f")
        case _:
            return str(number)


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int() | Fraction() | Decimal():
            text = spelled(cell)
            return f"{text}0" if is_thousands_trap(text) else text
        case date():
            return cell.isoformat()
        case _:
            return cells.guarded(text_of(cell))


def text_of(cell: str | tuple[cells.Piece, ...] | Nested) -> str:
    """Return a text, of several pieces one text, of records JSON."""
    match cell:
        case str():
            return cell
        case Nested(records):
            return json.dumps(records, ensure_ascii=False)
        case _:
            return cells.joined(cell)


def _json_lines(table: Table) -> Iterable[str]:
    names = [json.dumps(column.name) for column in table.columns]
    head = f'{{"schema": {json.dumps(SCHEMAS[table.name])}'
    for row in table.rows():
        yield f"{head}, {', '.join(f'{name}: {_json_cell(cell)}' for name, cell in zip(names, row, strict=True))}}}"


def _json_cell(cell: Cell) -> str:
    match cell:
        case None | bool():
            return json.dumps(cell)
        case int() | Fraction() | Decimal():
            return spelled(cell)
        case date():
            return json.dumps(cell.isoformat())
        case Nested(records):
            return escaped(json.dumps(records, ensure_ascii=False))
        case _:
            return escaped(json.dumps(cell, ensure_ascii=False, default=dict))
