"""Import files (plan/imports/*.yaml): which cells of a table become which figure.

A formula names what is added up: a cell (`E12`), a column by its letters (`E`) or by its heads (`<đã giải quyết | quá
hạn>`: a head that contains the first text, below it one that contains the second), with + and - between them.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field

from cchc.core import forms, scalars
from cchc.core.diagnostics import Nearest, Placed, Problem
from cchc.core.fields import Flag as YesNo
from cchc.core.fields import Format, Id, Kind, Positive, Record, Text, choice, scalar
from cchc.core.model import Plan
from cchc.core.scalars import Unfit

_LETTERS = "[A-Z]{1,3}"
_TERM = re.compile(rf"(?P<column>{_LETTERS})(?P<row>[1-9][0-9]{{0,6}})?|<(?P<heads>[^<>]+)>")
_SIGN = re.compile(r"\s*([+-])\s*")
BETWEEN = "|"  # a head and one below it
NUMBERS = ("numerator", "denominator", "value", "of", "points")


class Written(StrEnum):
    """How texts that hold numbers are written: 1.234,5 or 1,234.5."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


class Term(NamedTuple):
    """A cell, or a column by letters or by heads; `sign` is 1 or -1, `row` counts from 1."""

    sign: int
    column: str = ""
    row: int | None = None
    heads: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.heads:
            return f"<{f' {BETWEEN} '.join(self.heads)}>"
        return f"{self.column}{self.row or ''}"


Formula = tuple[Term, ...]


def parse_formula(text: str) -> Formula:
    """Return what a formula adds up, at least one term; E226 for anything else."""
    text = scalars.nfc(text).strip()
    terms: list[Term] = []
    sign, at = 1, 0
    while match := _TERM.match(text, at):
        heads = tuple(map(str.strip, (match["heads"] or "").split(BETWEEN))) if match["heads"] else ()
        if match["heads"] and not all(heads):
            break
        terms.append(Term(sign, match["column"] or "", int(match["row"]) if match["row"] else None, heads))
        if match.end() == len(text):
            return tuple(terms)
        following = _SIGN.match(text, match.end())
        if following is None:
            break
        sign, at = (1 if following[1] == "+" else -1), following.end()
    raise Unfit("E226", text=text)


def parse_place(text: str) -> Term:
    """Return the one cell or column that is named; E226 for a sum and anything else."""
    terms = parse_formula(text)
    if len(terms) > 1:
        raise Unfit("E226", text=text)
    return terms[0]


_FORMULA = scalar(parse_formula, forms.FORMULA)
_PLACE = scalar(parse_place, forms.FORMULA)


class HeadRows(Record):
    """The rows of a table's head, as the sheet numbers them."""

    first: Annotated[Positive, Field(alias="from")]
    last: Annotated[Positive, Field(alias="to")]


class RowChoice(Record):
    """The one row in which a column says something."""

    column: Annotated[Term, _PLACE]
    equals: Text


class ImportHead(Record):
    """The head of an import file."""

    format: Format
    title: Text
    sheet: Text | None = None
    numbers: Annotated[Written | None, choice(Written)] = None
    head: HeadRows | None = None
    row: RowChoice | None = None
    period: Annotated[Term | None, _PLACE] = None
    indicator: Annotated[Term | None, _PLACE] = None
    source: Text | None = None


class ImportFigure(Record):
    """What becomes one figure, or in a table one figure a row."""

    indicator: Id | None = None
    numerator: Annotated[Formula | None, _FORMULA] = None
    denominator: Annotated[Formula | None, _FORMULA] = None
    value: Annotated[Formula | None, _FORMULA] = None
    of: Annotated[Formula | None, _FORMULA] = None
    points: Annotated[Formula | None, _FORMULA] = None
    optional: YesNo = False

    @property
    def formulas(self) -> Mapping[str, Formula]:
        """The formulas that are given, by their key."""
        given = ((key, getattr(self, key)) for key in NUMBERS)
        return {key: formula for key, formula in given if formula is not None}


class ImportFile(NamedTuple):
    """An import file that can be used."""

    head: ImportHead
    figures: tuple[ImportFigure, ...]


def check(plan: Plan, head: Placed[ImportHead], figures: tuple[Placed[ImportFigure], ...]) -> Iterator[Problem]:
    """Yield what is wrong between the parts of an import file, and between it and the plan."""
    by_row = head.record.head is not None or head.record.row is not None
    if not figures:
        yield head.problem("E202", key="figures")
    if head.record.head is not None and head.record.head.first > head.record.head.last:
        yield head.problem("E413", "head", "to", low=head.record.head.first, high=head.record.head.last)
    columns = [place for place in (head.record.period, head.record.indicator) if place is not None]
    terms = [term for figure in figures for formula in figure.record.formulas.values() for term in formula]
    if not by_row and any(term.row is None for term in (*columns, *terms)):
        yield head.problem("E202", key="row")
    for figure in figures:
        yield from _of_figure(plan, head.record, figure)


def _of_figure(plan: Plan, head: ImportHead, figure: Placed[ImportFigure]) -> Iterator[Problem]:
    given = figure.record.formulas
    indicator = plan.measured.get(figure.record.indicator or "")
    if figure.record.indicator is None and head.indicator is None:
        yield figure.problem("E202", key="indicator")
    elif figure.record.indicator is not None and indicator is None:
        close = Nearest(figure.record.indicator, tuple(plan.measured))
        yield figure.problem("E301", "indicator", id=figure.record.indicator, nearest=close)
    for one, other in (("numerator", "denominator"), ("denominator", "numerator")):
        if one in given and other not in given:
            yield figure.problem("E202", key=other)
    if not {"numerator", "denominator", "value"} & set(given):
        yield figure.problem("E217", known=("numerator", "denominator", "value"))
    elif "value" in given and "numerator" in given and indicator is not None:  # in a table each row has one of them
        yield figure.problem("E215", "value")
    if indicator is not None and indicator.kind is not Kind.RATIO and "numerator" in given:
        yield figure.problem("E216", "numerator", key="numerator", kind=indicator.kind, known=("value",))
