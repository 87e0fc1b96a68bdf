"""A batch of figures as text: CSV with a head (`,`, `;` or tab between cells), or JSON lines, to rows with their lines.

Cells say what the options of `add-measure` say. `numerator` and `denominator` may stand in the place of `value`: a
spreadsheet takes `5/12` for a day. So may `text`, a survey's tally of answers, and surveys as JSON. A table of figures
that `export` has written is such a batch: what it holds beyond that is derived, and is not read.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cchc.commands.figure import Beside, NewFigure, survey_of
from cchc.commands.measure import Row, RowsRefused
from cchc.core import cells as cells_
from cchc.core import scalars
from cchc.core.cells import Piece
from cchc.core.diagnostics import Word
from cchc.core.errors import CommandError, UsageError
from cchc.core.scalars import Unfit
from cchc.core.surveys import LEVELS, Survey, counted
from cchc.texts import mark

COLUMNS = (
    *("indicator", "value", "numerator", "denominator", "text", "of", "points", "period"),
    *("source", "provided_by", "provided_on", "checked_by", "checked_on", "announced_document", "announced_date"),
    *("evidence", "provisional", "note", "document", *LEVELS, "surveys", "public", "illustrative"),
)
DERIVED = (  # what `export` tells of a figure and nobody enters
    *("schema", "indicator_name", "area", "owner", "kind", "unit", "period_from", "period_to"),
    *("result", "nothing_arose", "corrections", "supplemented"),
)
_BESIDE = (  # columns that are texts beside a figure, empty cells filled by options
    *("source", "note", "provided_by", "of", "points", "document"),
    *("provided_on", "checked_by", "checked_on", "announced_document", "announced_date"),
)
_DELIMITERS = (",", ";", "\t")
Cells = Mapping[str, Any]  # texts, or of JSON lists of pieces of evidence


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
    rows, refusals = rows_of(json_lines(text) if text.lstrip().startswith("{") else _csv(text), period, common)
    if refusals:
        raise RowsRefused(refusals)
    if not rows:
        raise EmptyBatch
    return rows


def rows_of(
    lines: Iterable[tuple[int, Cells | CommandError]], period: str, common: Beside
) -> tuple[list[Row], list[tuple[int, CommandError]]]:
    """Return the rows of a table, cells by column or what is wrong with their line, and all that is wrong by line."""
    rows: list[Row] = []
    refusals: list[tuple[int, CommandError]] = []
    for line, cells in lines:
        if isinstance(cells, CommandError):
            refusals.append((line, cells))
            continue
        try:
            rows.append(Row(line, _figure(cells, period, common)))
        except CommandError as error:
            refusals.append((line, error))
    return rows, refusals


def is_head(head: Sequence[str]) -> bool:
    """Whether cells are a head of columns that we know, none of them twice."""
    return bool(head) and set(head) <= {*COLUMNS, *DERIVED} and len(set(head)) == len(head)


def _csv(text: str) -> Iterator[tuple[int, Cells | CommandError]]:
    """Yield the cells of each line below the head by column; a field in quotes may go over several lines."""
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        if not is_head(head):
            raise NotABatch(head)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(head):
                remedy = mark("Put cells that hold “{sign}” into quotes.")
                yield line, BadRow(mark("more cells than columns"), remedy, sign=delimiter)
            elif any(cell.strip() for cell in cells):
                yield line, dict(zip(head, (cells_.unguarded(cell.strip()) for cell in cells), strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        yield reader.line_num, BadRow(mark("this is not CSV: {reason}"), reason=str(error))


def json_lines(text: str) -> Iterator[tuple[int, Cells | CommandError]]:
    """Yield the object of each line that is not empty, its numbers as texts, exactly as they stand."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_float=_spelled, parse_int=str, object_pairs_hook=_once)
        except BadRow as error:
            yield number, error
        except json.JSONDecodeError as error:
            message = mark("this is not JSON from column {column} on: {reason}")
            yield number, BadRow(message, reason=error.msg, column=error.colno)
        except (ValueError, RecursionError) as error:
            yield number, BadRow(mark("this is not a line of JSON: {reason}"), reason=str(error))


def _spelled(number: str) -> str:
    """Return a decimal so that nobody takes its point for one between thousands."""
    return f"{number}0" if scalars.is_thousands_trap(number) else number


def _once(pairs: Sequence[tuple[str, Any]]) -> Cells:
    """Return an object; a key twice is refused."""
    cells = dict(pairs)
    if len(cells) < len(pairs):
        raise _unknown_columns()
    return cells


def _unknown_columns() -> BadRow:
    return BadRow(mark("columns that are not known, or stand twice"), mark("Known here: {known}."), known=COLUMNS)


def _figure(cells: object, period: str, common: Beside) -> NewFigure:
    if not isinstance(cells, Mapping):
        raise BadRow(mark("a line holds one object"), mark("Known here: {known}."), known=COLUMNS)
    if not set(cells) <= {*COLUMNS, *DERIVED}:
        raise _unknown_columns()
    nested = {"evidence", "surveys"}
    texts = {column: text for column in COLUMNS if column not in nested and (text := _cell(column, cells.get(column)))}
    surveys = _surveys(cells.get("surveys"), [texts.pop(column, "") for column in LEVELS])
    evidence = _evidence(cells.get("evidence"))
    named = {column: texts.pop(column, "") for column in ("indicator", "period")}
    named["period"] = named["period"] or period
    named["value"] = _value(texts, surveys)
    for column, text in named.items():
        if not text and not (column == "value" and surveys):
            raise BadRow(mark("{column} is missing"), mark("Fill the cell."), column=column)
    flags = {
        column: _flag(texts.pop(column)) for column in ("provisional", "public", "illustrative") if column in texts
    }
    beside = Beside(
        **{column: texts.get(column, getattr(common, column)) for column in _BESIDE},
        evidence=evidence or common.evidence,
        provisional=flags.get("provisional", False) or common.provisional,
        surveys=surveys,
        public=flags.get("public", False),
        made_up=flags.get("illustrative"),
    )
    return NewFigure(**named, beside=beside)


def _value(texts: dict[str, str], surveys: tuple[Survey, ...]) -> str:
    """Take the one of the forms in which a value stands; two of them are refused, but for the counts of surveys."""
    numerator, denominator = texts.pop("numerator", ""), texts.pop("denominator", "")
    counts = f"{numerator}/{denominator}" if numerator or denominator else ""
    if surveys and counts == "/".join(map(str, counted(surveys))):
        counts = ""
    forms = {
        mark("value"): texts.pop("value", ""),
        mark("numerator and denominator"): counts,
        mark("text"): texts.pop("text", ""),
        mark("the answers"): "+" * bool(surveys),
    }
    given = [name for name, text in forms.items() if text]
    if len(given) > 1:
        one, other = given[-2:]
        raise BadRow(
            mark("{one} stands beside {other}"), mark("Keep one of the two."), one=Word(one), other=Word(other)
        )
    return forms[given[0]] if given and not surveys else ""


def _surveys(value: object, answers: Sequence[str]) -> tuple[Survey, ...]:
    """Return the surveys of a cell, or of JSON of a list; else the one whose answers have columns of their own."""
    found = tuple(map(survey_of, _listed(value)))
    if not any(answers):
        return found
    try:
        told = [scalars.parse_count(answer) for answer in answers]
    except Unfit:
        raise BadRow(
            mark("the answers of a survey are five whole numbers"), mark("Fill all of: {known}."), known=LEVELS
        ) from None
    if not found:
        return (survey_of(dict(zip(LEVELS, answers, strict=True))),)
    if told != [sum(levels) for levels in zip(*(survey.levels for survey in found), strict=True)]:
        raise BadRow(
            mark("the answers in the columns are not those of the surveys"),
            mark("Correct the columns, or leave them empty."),
        )
    return found


def _listed(value: object) -> list[object]:
    """Return the items of a list, or of its JSON."""
    try:
        text = "" if isinstance(value, list) else _cell("surveys", value)
        found = json.loads(text, parse_float=_spelled, parse_int=str, object_pairs_hook=_once) if text else value or []
    except (ValueError, RecursionError) as error:
        raise _no_surveys(str(error)) from None
    if not isinstance(found, list):
        raise _no_surveys(text)
    return found


def _no_surveys(found: str) -> BadRow:
    return BadRow(
        mark("this is no list of surveys: {found}"),
        mark("Write what `export` writes: [{{…}}, {{…}}], or fill the columns {known}."),
        found=found,
        known=LEVELS,
    )


def _evidence(value: object) -> tuple[Piece, ...]:
    """Return the pieces of evidence of a cell, or of JSON of a list."""
    try:
        if isinstance(value, list):
            return tuple(item if isinstance(item, str) else cells_.record(item) for item in value)
        return cells_.parted(_cell("evidence", value))
    except (ValueError, RecursionError):
        raise BadRow(
            mark("this is no record of evidence"), mark("Known here: {known}."), known=cells_.EVIDENCE_KEYS
        ) from None


def _cell(column: str, value: object) -> str:
    """Return a cell as text."""
    match value:
        case None:
            return ""
        case str():
            return value.replace("\r\n", "\n")
        case bool():
            return "yes" if value else "no"
        case _:
            raise BadRow(mark("{column} is no text"), "", column=column)


def _flag(text: str) -> bool:
    try:
        return scalars.parse_yes_no(text)
    except Unfit:
        raise BadRow(
            mark("{text} is neither yes nor no"), mark("Type yes or no, or leave the cell empty."), text=text
        ) from None
