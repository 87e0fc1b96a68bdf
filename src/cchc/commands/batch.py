"""A batch of figures as text: CSV with a head (`,`, `;` or tab between cells), or JSON lines, to rows with their lines.

Cells say what the options of `add-measure` say. `numerator` and `denominator` may stand in the place of `value`: a
spreadsheet takes `5/12` for a day.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cchc.commands.figure import Beside, NewFigure
from cchc.commands.measure import Row, RowsRefused
from cchc.core import scalars
from cchc.core.errors import CommandError, UsageError
from cchc.core.scalars import Unfit
from cchc.texts import mark

COLUMNS = (
    *("indicator", "value", "numerator", "denominator", "of", "points", "period"),
    *("source", "provided_by", "evidence", "provisional", "note", "document"),
)
_DELIMITERS = (",", ";", "\t")
_BETWEEN = "|"  # pieces of evidence in a cell
Cells = Mapping[str, Any]  # texts, or of JSON lists of texts


class NotABatch(UsageError):
    """A text that is neither CSV with our columns nor JSON lines."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(
            mark("the batch has no head of known columns: {found}"),
            mark("The first line names the columns: {known}. indicator, value and period are needed."),
            found=tuple(found),
            known=COLUMNS,
        )


class EmptyBatch(UsageError):
    """A batch without a figure."""

    def __init__(self) -> None:
        super().__init__(
            mark("the batch holds no figures"),
            mark("The first line names the columns: {known}. indicator, value and period are needed."),
            known=COLUMNS,
        )


class BadRow(UsageError):
    """A line that cannot be read."""

    def __init__(self, message: str, remedy: str = "", /, **args: object) -> None:
        super().__init__(message, remedy, **args)


def parse_rows(text: str, period: str, common: Beside) -> list[Row]:
    """Return the rows of a batch, empty cells filled from `period` and `common`; RowsRefused names every bad line."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise EmptyBatch
    cells = _json_lines(text) if text.lstrip().startswith("{") else _csv(text)
    rows: list[Row] = []
    refusals: list[tuple[int, CommandError]] = []
    for line, found in cells:
        if isinstance(found, CommandError):
            refusals.append((line, found))
            continue
        try:
            rows.append(Row(line, _figure(found, period, common)))
        except CommandError as error:
            refusals.append((line, error))
    if refusals:
        raise RowsRefused(refusals)
    if not rows:
        raise EmptyBatch
    return rows


def _csv(text: str) -> Iterator[tuple[int, Cells | CommandError]]:
    """Yield the cells of each line below the head by column; a field in quotes may go over several lines."""
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if not head or not set(head) <= set(COLUMNS) or len(set(head)) < len(head):
            raise NotABatch(head)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(head):
                remedy = mark("Put cells that hold “{sign}” into quotes.")
                yield line, BadRow(mark("more cells than columns"), remedy, sign=delimiter)
            elif any(cell.strip() for cell in cells):
                yield line, dict(zip(head, (cell.strip() for cell in cells), strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        yield reader.line_num, BadRow(mark("this is not CSV: {reason}"), reason=str(error))


def _json_lines(text: str) -> Iterator[tuple[int, Cells | CommandError]]:
    """Yield the object of each line that is not empty, its numbers as texts, exactly as they stand."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_float=_spelled, parse_int=str, object_pairs_hook=_once)
        except BadRow as error:
            yield number, error
        except (ValueError, RecursionError) as error:
            yield number, BadRow(mark("this is not a line of JSON: {reason}"), reason=str(error))


def _spelled(number: str) -> str:
    """Return a decimal so that nobody takes its point for one between thousands."""
    return f"{number}0" if scalars.is_thousands_trap(number) else number


def _once(pairs: Sequence[tuple[str, Any]]) -> Cells:
    """Return the cells of an object; a column twice, or one that is not known, is refused."""
    cells = dict(pairs)
    known = tuple(column for column in cells if column in COLUMNS)
    if len(cells) < len(pairs) or len(known) < len(cells):
        raise BadRow(mark("columns that are not known, or stand twice"), mark("Known here: {known}."), known=COLUMNS)
    return cells


def _figure(cells: object, period: str, common: Beside) -> NewFigure:
    if not isinstance(cells, Mapping):
        raise BadRow(mark("a line holds one object"), mark("Known here: {known}."), known=COLUMNS)
    texts = {column: text for column in COLUMNS if (text := _cell(column, cells.get(column)))}
    numerator, denominator = texts.pop("numerator", ""), texts.pop("denominator", "")
    if numerator or denominator:
        if "value" in texts:
            raise BadRow(mark("value stands beside numerator and denominator"), mark("Keep one of the two."))
        texts["value"] = f"{numerator}/{denominator}"
    evidence = tuple(piece.strip() for piece in texts.pop("evidence", "").split(_BETWEEN) if piece.strip())
    provisional = _flag(texts.pop("provisional", "no"))
    named = {column: texts.pop(column, "") for column in ("indicator", "value", "period")}
    named["period"] = named["period"] or period
    for column, text in named.items():
        if not text:
            raise BadRow(mark("{column} is missing"), mark("Fill the cell."), column=column)
    beside = Beside(
        source=texts.get("source", common.source),
        note=texts.get("note", common.note),
        evidence=evidence or common.evidence,
        provided_by=texts.get("provided_by", common.provided_by),
        provisional=provisional or common.provisional,
        of=texts.get("of", common.of),
        points=texts.get("points", common.points),
        document=texts.get("document", common.document),
    )
    return NewFigure(**named, beside=beside)


def _cell(column: str, value: object) -> str:
    """Return a cell as text; only evidence may be a list."""
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n")
        case bool():
            return "yes" if value else "no"
        case list() if column == "evidence" and all(isinstance(item, str) for item in value):
            return _BETWEEN.join(value)
        case _:
            raise BadRow(mark("{column} is no text"), "", column=column)


def _flag(text: str) -> bool:
    try:
        return scalars.parse_yes_no(text)
    except Unfit:
        raise BadRow(
            mark("{text} is neither yes nor no"), mark("Type yes or no, or leave the cell empty."), text=text
        ) from None
