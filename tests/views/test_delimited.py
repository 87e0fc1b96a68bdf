"""Tables as text: whatever stands in a text or a number, the reader of batches gets it back."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import dataset, indicator

from cchc.commands.batch import parse_rows
from cchc.commands.figure import Beside, NewFigure
from cchc.core.cells import guarded
from cchc.core.records import figure_records
from cchc.core.results import EVERYTHING
from cchc.core.typed import parse_typed
from cchc.views.delimited import csv_text, json_lines, spelled
from cchc.views.tables import Table, figures_table

WORDS = indicator(id="loi", kind="narrative", unit=None)
NUMBER = indicator(id="so", kind="number", unit=None)

texts = (
    st.text(st.sampled_from("=+-@'\"|,;\t\n{} ") | st.characters(codec="utf-8", exclude_categories=("C", "Z")))
    .map(str.strip)
    .filter(lambda text: any(sign.isalnum() for sign in text))
)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=3) | st.integers(-(10**17), 10**17)
READERS: tuple[Callable[[Table], str], ...] = (
    csv_text,
    lambda table: csv_text(table, ";"),
    lambda table: csv_text(table, "\t"),
    json_lines,
)


def _table(key: str, entry: dict[str, str]) -> Table:
    data = dataset(WORDS, NUMBER, figures={"2023-06": {key: entry}})
    return figures_table(data.plan, figure_records(data, EVERYTHING, data.plan.term))


def _read(text: str) -> NewFigure:
    (row,) = parse_rows(text, "", Beside())
    return row.figure


@pytest.mark.parametrize("write", READERS, ids=["comma", "semicolon", "tab", "json"])
@given(said=texts, note=texts)
def test_texts_come_back(write: Callable[[Table], str], said: str, note: str) -> None:
    data = dataset(WORDS, figures={"2023-06": {"loi": {"text": said, "note": note}}})
    entry = data.files[next(iter(data.files))].measurements["loi"]
    figure = _read(write(_table("loi", {"text": said, "note": note})))
    assert (figure.value, figure.beside.note) == (entry.text, entry.note)


@pytest.mark.parametrize("write", READERS, ids=["comma", "semicolon", "tab", "json"])
@given(number=numbers)
def test_numbers_come_back_exactly(write: Callable[[Table], str], number: Decimal | int) -> None:
    text = str(number) if isinstance(number, int) else f"{number:f}0"  # three places would be thousands in a file
    text = text if number else "0"
    figure = _read(write(_table("so", {"value": text})))
    assert parse_typed(NUMBER, figure.value).value == number


def test_numbers_are_spelled_with_digits_only() -> None:
    assert [spelled(number) for number in (12, Decimal("1E+3"), Decimal("0.10"))] == ["12", "1000", "0.10"]
    assert guarded("-1") == "'-1"  # a text, which numbers are not
