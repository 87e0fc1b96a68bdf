"""Scalars typed by the schema, and values as officials type them."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core import scalars
from cchc.core.errors import UsageError
from cchc.core.model import Indicator, Shape
from cchc.core.model import Kind as IndicatorKind
from cchc.core.scalars import Unfit
from cchc.core.typed import (
    TypedFigure,
    ValueAmbiguous,
    ValueUnfit,
    decimal,
    parse_typed,
    typed_number,
    typed_whole,
    whole,
)


@pytest.mark.parametrize(
    ("text", "reading", "hint"),
    [
        ("95,5", "“95,5”", "95.5"),
        ("1.234,5", "“1.234,5”", "1234.5"),
        ("1,234.5", "“1,234.5”", "1234.5"),
        ("93,500", "“93,500”", "93500 / 93.5000"),
        ("1,234,567", "“1,234,567”", "1234567"),
        ("12:30", "750", "95.5"),
        ("-1:30", "-90", "95.5"),
        ("010", "8", "10"),
        ("1e3", "“1e3”", "1000"),
        ("1e999999999", "“1e999999999”", "95.5"),
        ("1_000", "1000", "1000"),
        ("1.234", "1.234", "1234 / 1.2340"),
        ("0.125", "0.125", "125 / 0.1250"),
        ("+5", "5", "5"),
        ("5.", "5", "95.5"),
        (".5", "“.5”", "95.5"),
        ("-0", "-0", "0"),
        ("", "“”", "95.5"),
        ("٣", "“٣”", "95.5"),
        ("_", "“_”", "95.5"),
        ("x", "“x”", "95.5"),
    ],
)
def test_a_trap_is_quoted_with_what_yaml_reads_and_what_to_type(text: str, reading: str, hint: str) -> None:
    with pytest.raises(Unfit) as refused:
        scalars.parse_number(text)
    assert refused.value.code == "E206"
    assert (refused.value.args_["reading"], refused.value.args_["hint"]) == (reading, hint)


@pytest.mark.parametrize(("text", "hint"), [("1.234", "1234"), ("93,500", "93500"), ("95,5", "1234"), ("007", "7")])
def test_for_a_whole_number_only_whole_ones_are_offered(text: str, hint: str) -> None:
    with pytest.raises(Unfit) as refused:
        scalars.parse_whole(text)
    assert (refused.value.code, refused.value.args_["hint"]) == ("E206", hint)


def test_numbers_are_exact() -> None:
    assert scalars.parse_number("95.50") == Decimal("95.50")
    assert scalars.parse_number("1.2340") == Decimal("1.2340")
    assert isinstance(scalars.parse_number("12"), int)
    assert scalars.parse_number("123456789012345678") == 123456789012345678
    assert scalars.parse_number("-0.5") == Decimal("-0.5")


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (scalars.parse_whole, "1.5", "E207"),
        (scalars.parse_count, "-1", "E208"),
        (scalars.parse_amount, "-0.5", "E208"),
        (scalars.parse_positive, "0", "E208"),
        (scalars.parse_date, "2023-02-30", "E209"),
        (scalars.parse_date, "15/06/2023", "E209"),
        (scalars.parse_file_period, "06/2023", "E210"),
        (scalars.parse_file_period, "x", "E210"),
        (scalars.parse_id, "Ho-so", "E212"),
        (scalars.parse_id, "hồ-sơ", "E212"),
        (scalars.parse_id, "a--b", "E212"),
        (scalars.parse_yes_no, "ja", "E213"),
        (scalars.parse_text, " ", "E219"),
        (scalars.parse_year, "23", "E221"),
        (scalars.parse_year, "1899", "E221"),
    ],
)
def test_every_field_refuses_with_its_code(parse: object, text: str, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        parse(text)  # type: ignore[operator]
    assert refused.value.code == code


def test_good_values_are_read() -> None:
    assert scalars.parse_date("2024-02-29") == date(2024, 2, 29)
    assert scalars.parse_text("  te\u0302\u0301t ") == "tết"
    assert [scalars.parse_yes_no(word) for word in ("Có", "ĐẠT", "không  đạt", "false")] == [True, True, False, False]
    assert scalars.parse_choice("TO\u0302\u0301T", ["khá", "tốt"]) == "tốt"
    assert scalars.parse_positive("17") == 17


@given(st.text(max_size=40) | st.from_regex(r"[-+0-9_.,:eE ]{0,25}", fullmatch=True))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for parse in (scalars.parse_number, scalars.parse_whole, scalars.parse_count):
        try:
            value = parse(text)
        except Unfit as error:
            assert error.code in {"E206", "E207", "E208"}  # noqa: PT017
        else:
            assert not text or Decimal(text) == value


def test_a_hundred_thousand_digits_are_refused_at_once() -> None:
    start = time.perf_counter()
    for text in ("9" * 100_000, "1" + "_1" * 50_000, "0" * 100_000, "1:" * 50_000 + "1", "1e" + "9" * 100_000):
        with pytest.raises(Unfit):
            scalars.parse_number(text)
    assert time.perf_counter() - start < 2


# as officials type


def entry(kind: str, **fields: object) -> Indicator:
    raw = {"id": "a", "name": "A", "kind": kind, "frequency": "month", "owner": "o", **fields}
    return Indicator.model_validate(raw, context=Shape(IndicatorKind(kind), scale=("khá", "tốt")))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("93,5", Decimal("93.5")),
        ("93.5", Decimal("93.5")),
        ("1.234.567", 1234567),
        ("1.234,5", Decimal("1234.5")),
        ("-1.234.567,25", Decimal("-1234567.25")),
        ("-12.345.678", -12345678),
        ("0,125", Decimal("0.125")),
        ("5", 5),
    ],
)
def test_decimals_in_either_form_are_read(text: str, value: object) -> None:
    assert decimal(text) == value


@pytest.mark.parametrize("text", ["1.234", "1,234", "93,500", "-1.234", "12,345"])
def test_a_form_with_two_readings_is_refused_with_both(text: str) -> None:
    with pytest.raises(ValueAmbiguous) as refused:
        decimal(text)
    digits = text.replace(".", "").replace(",", "")
    assert refused.value.arguments["first"] == digits
    assert refused.value.arguments["second"] == text.replace(".", ",")


@pytest.mark.parametrize("text", ["", "1.23.4", "1,2,3", "1,234.5", "a", "0.123.456", "1 234", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        decimal(text)


@pytest.mark.parametrize(("text", "value"), [("1234", 1234), ("1.234", 1234), ("1.234.567", 1234567), ("0", 0)])
def test_points_group_thousands_in_a_whole_number(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize("text", ["1,234", "1.5", "-1", "0.123", "1.2345", ""])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        whole(text)


@pytest.mark.parametrize(
    ("kind", "fields", "text", "figure"),
    [
        ("ratio", {"unit": "%"}, " 412 / 418 ", TypedFigure(numerator=412, denominator=418)),
        ("ratio", {"unit": "%"}, "93,5 %", TypedFigure(value=Decimal("93.5"))),
        ("ratio", {"amounts": "decimal"}, "12,5/100", TypedFigure(numerator=Decimal("12.5"), denominator=100)),
        ("count", {}, "1.234", TypedFigure(value=1234)),
        ("number", {}, "-3,5", TypedFigure(value=Decimal("-3.5"))),
        ("yes_no", {}, "không đạt", TypedFigure(value=False)),
        ("rank", {}, "4/17", TypedFigure(value=4, of=17)),
        ("rank", {}, "4", TypedFigure(value=4)),
        ("grade", {"scale": ["khá", "tốt"]}, "Tốt", TypedFigure(value="tốt")),
        ("narrative", {}, " Đã làm ", TypedFigure(text="Đã làm")),
    ],
)
def test_a_value_is_read_as_its_kind_is_typed(
    kind: str, fields: dict[str, object], text: str, figure: TypedFigure
) -> None:
    assert parse_typed(entry(kind, **fields), text) == figure


@pytest.mark.parametrize(
    ("kind", "fields", "text"),
    [
        ("ratio", {}, "-5"),
        ("ratio", {"amounts": "decimal"}, "-1,5/2"),
        ("ratio", {}, "1/2/3"),
        ("ratio", {}, "/"),
        ("rank", {}, "0/17"),
        ("rank", {}, "4/0"),
        ("grade", {"scale": ["khá"]}, "tồi"),
        ("yes_no", {}, "?"),
        ("narrative", {}, " "),
    ],
)
def test_a_value_that_does_not_fit_says_what_would(kind: str, fields: dict[str, object], text: str) -> None:
    with pytest.raises(ValueUnfit) as refused:
        parse_typed(entry(kind, **fields), text)
    assert refused.value.arguments["expected"]


def test_numbers_beside_a_value_are_typed_likewise() -> None:
    rank = entry("rank")
    assert (typed_whole(rank, "17"), typed_number(rank, "86,25")) == (17, Decimal("86.25"))
    for parse in (typed_whole, typed_number):
        with pytest.raises(UsageError):
            parse(rank, "-1")
