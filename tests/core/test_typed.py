"""Values as officials type them at the terminal (design.md, section 5)."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.errors import Exit
from cchc.core.fields import Kind, Shape, TaskState
from cchc.core.model import Indicator
from cchc.core.scalars import Number, Unfit
from cchc.core.typed import (
    EXPECTED,
    STATES,
    NoState,
    TypedFigure,
    ValueAmbiguous,
    ValueUnfit,
    decimal,
    parse_state,
    parse_typed,
    typed_day,
    typed_number,
    typed_whole,
    whole,
)

SCALE = ("yếu", "trung bình", "khá", "tốt")


def an(kind: str, **fields: Any) -> Indicator:
    """Return an indicator of a kind."""
    raw = {"id": "chi-tieu", "name": "Chỉ tiêu", "kind": kind, "frequency": "month", **fields}
    if kind == "grade":
        raw["scale"] = SCALE
    return Indicator.model_validate(raw, context=Shape(Kind(kind), scale=SCALE if kind == "grade" else ()))


PERCENT = an("ratio", unit="%")
MONEY = an("ratio", amounts="decimal")


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("412/418", TypedFigure(numerator=412, denominator=418)),
        (" 412 / 418 ", TypedFigure(numerator=412, denominator=418)),
        ("0/0", TypedFigure(numerator=0, denominator=0)),
        ("1.234/2.345", TypedFigure(numerator=1234, denominator=2345)),
        ("93,5", TypedFigure(value=Decimal("93.5"))),
        ("93.5", TypedFigure(value=Decimal("93.5"))),
        ("93,5%", TypedFigure(value=Decimal("93.5"))),
        ("93,5 %", TypedFigure(value=Decimal("93.5"))),
        ("98", TypedFigure(value=98)),
    ],
)
def test_a_ratio_is_two_counts_or_the_result_alone(typed: str, figure: TypedFigure) -> None:
    assert parse_typed(PERCENT, typed) == figure


def test_a_ratio_in_another_unit_is_typed_with_that_unit() -> None:
    assert parse_typed(an("ratio", unit="phút"), "12,5 phút") == TypedFigure(value=Decimal("12.5"))


def test_decimal_amounts_are_taken_where_the_plan_says_so() -> None:
    assert parse_typed(MONEY, "12,5/100") == TypedFigure(numerator=Decimal("12.5"), denominator=100)
    with pytest.raises(ValueUnfit):
        parse_typed(PERCENT, "12,5/100")
    with pytest.raises(ValueAmbiguous):
        parse_typed(MONEY, "1.234/2")


@pytest.mark.parametrize(
    ("kind", "typed", "figure"),
    [
        ("count", "1234", TypedFigure(value=1234)),
        ("count", "1.234", TypedFigure(value=1234)),
        ("count", "1.234.567", TypedFigure(value=1234567)),
        ("number", "93,5", TypedFigure(value=Decimal("93.5"))),
        ("number", "-3,5", TypedFigure(value=Decimal("-3.5"))),
        ("yes_no", "đạt", TypedFigure(value=True)),
        ("yes_no", "ĐẠT", TypedFigure(value=True)),
        ("yes_no", "không đạt", TypedFigure(value=False)),
        ("yes_no", "no", TypedFigure(value=False)),
        ("rank", "4/17", TypedFigure(value=4, of=17)),
        ("rank", "4 / 17", TypedFigure(value=4, of=17)),
        ("rank", "4", TypedFigure(value=4)),
        ("grade", "tốt", TypedFigure(value="tốt")),
        ("grade", "Trung  BÌNH", TypedFigure(value="trung bình")),
        ("narrative", " Đã rà soát 12:30. ", TypedFigure(text="Đã rà soát 12:30.")),
    ],
)
def test_every_kind_has_its_way_of_typing_composed_or_not(kind: str, typed: str, figure: TypedFigure) -> None:
    assert parse_typed(an(kind), typed) == figure
    assert parse_typed(an(kind), unicodedata.normalize("NFD", typed)) == figure


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("ratio", ""), ("ratio", "/"), ("ratio", "412/"), ("ratio", "/418"), ("ratio", "1/2/3"), ("ratio", "-1/2"),
        ("ratio", "-5"), ("ratio", "%"), ("ratio", "412:418"),
        ("count", ""), ("count", "-1"), ("count", "1,5"), ("count", "1.5"), ("count", "1,234"), ("count", "0.123"),
        ("count", "1e3"), ("count", "٣"), ("number", ""), ("number", "x"), ("number", "+5"), ("number", "1e3"),
        ("number", "12:30"), ("number", "1_000"), ("number", ",5"), ("number", "5,"),
        ("yes_no", ""), ("yes_no", "y"), ("yes_no", "1"),
        ("rank", ""), ("rank", "0"), ("rank", "0/17"), ("rank", "4/0"), ("rank", "4/"), ("rank", "/17"),
        ("rank", "4,5"), ("grade", ""), ("grade", "giỏi"), ("narrative", ""), ("narrative", " \n"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused_with_what_would(kind: str, typed: str) -> None:
    with pytest.raises(ValueUnfit) as refused:
        parse_typed(an(kind), typed)
    assert refused.value.exit is Exit.USAGE
    arguments = refused.value.arguments
    assert (arguments["typed"], arguments["id"], arguments["expected"]) == (typed, "chi-tieu", EXPECTED[Kind(kind)])


def test_a_grade_is_refused_with_its_scale() -> None:
    with pytest.raises(ValueUnfit) as refused:
        parse_typed(an("grade"), "giỏi")
    assert refused.value.arguments["scale"] == "yếu, trung bình, khá, tốt"


@pytest.mark.parametrize(
    ("typed", "first", "second", "second_typed"),
    [
        ("1.234", "1234", "1,234", "1,2340"),
        ("1,234", "1234", "1,234", "1,2340"),
        ("93,500", "93500", "93,500", "93,5000"),
        ("123.456", "123456", "123,456", "123,4560"),
        ("-1.234", "-1234", "-1,234", "-1,2340"),
    ],
)
def test_a_number_with_two_readings_is_refused_with_both(
    typed: str, first: str, second: str, second_typed: str
) -> None:
    with pytest.raises(ValueAmbiguous) as refused:
        parse_typed(an("number"), typed)
    assert refused.value.exit is Exit.USAGE
    assert refused.value.arguments == {"typed": typed, "first": first, "second": second, "second_typed": second_typed}
    assert decimal(first) == Decimal(first)
    assert decimal(second_typed) == Decimal(second.replace(",", "."))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-5", -5),
        ("93,5", Decimal("93.5")),
        ("0,500", Decimal("0.5")),
        ("0.125", Decimal("0.125")),
        ("1.2345", Decimal("1.2345")),
        ("1234,567", Decimal("1234.567")),
        ("1.234,5", Decimal("1234.5")),
        ("1.234,567", Decimal("1234.567")),
        ("1.234.567", 1234567),
        ("-1.234.567,8", Decimal("-1234567.8")),
    ],
)
def test_a_decimal_has_a_comma_or_a_point_and_points_between_thousands(text: str, number: Number) -> None:
    assert (decimal(text), type(decimal(text))) == (number, type(number))


@pytest.mark.parametrize(
    "text", ["1.23.456", "1.234.5", "1,234.5", "1,234,567", "0.123.456", "0.500,5", "--5", "1.234.", "9" * 19]
)
def test_points_in_other_places_are_no_number(text: str) -> None:
    with pytest.raises(Unfit):
        decimal(text)


@pytest.mark.parametrize("text", ["9" * 100_000, "1" + ".234" * 25_000, "1," + "5" * 100_000])
def test_a_hundred_thousand_digits_are_refused_at_once(text: str) -> None:
    for parse in (whole, decimal):
        with pytest.raises(Unfit):
            parse(text)


def test_numbers_beside_a_value_are_refused_likewise() -> None:
    rank = an("rank")
    assert (typed_whole(rank, " 1.017 "), typed_number(rank, " 86,25 ")) == (1017, Decimal("86.25"))
    for text in ("-1", "x", ""):
        with pytest.raises(ValueUnfit):
            typed_whole(rank, text)
        with pytest.raises(ValueUnfit):
            typed_number(rank, text)
    with pytest.raises(ValueAmbiguous):
        typed_number(rank, "1.234")


# properties


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(0, 10**18 - 1))
def test_a_whole_number_is_read_plain_and_grouped(number: int) -> None:
    assert whole(str(number)) == whole(grouped(number)) == number


@given(st.integers(-(10**15), 10**15), st.integers(0, 99))
def test_a_decimal_is_read_with_comma_or_point_plain_and_grouped(number: int, hundredths: int) -> None:
    value = Decimal(f"{number}.{hundredths:02}")
    for text in (f"{number},{hundredths:02}", f"{number}.{hundredths:02}", f"{grouped(number)},{hundredths:02}"):
        assert decimal(text) == value


@given(
    st.sampled_from(list(Kind)),
    st.text(max_size=12) | st.text("0123456789.,/-% ", max_size=12) | st.sampled_from(["đạt", "Tốt", "4/17"]),
)
def test_any_text_is_a_figure_or_refused_as_mistyped(kind: Kind, typed: str) -> None:
    try:
        figure = parse_typed(an(kind.value), typed)
    except (ValueUnfit, ValueAmbiguous) as refused:
        assert refused.arguments["typed"] in {typed, typed.strip(), typed.strip().rstrip("% "), *typed.split("/")}  # noqa: PT017
    else:
        assert figure != TypedFigure()


@pytest.mark.parametrize("text", ["5/7/2023", "05/07/2023", "05-7-2023", "5.7.2023", " 2023-07-05 "])
def test_days_are_read_as_officials_type_them(text: str) -> None:
    assert typed_day(text) == date(2023, 7, 5)


@pytest.mark.parametrize("text", ["31/2/2023", "5/7/23", "5/7-2023", "7/2023", "2023/07/05", "mai", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unfit):
        typed_day(text)


# states of tasks


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("Chưa thực hiện", TaskState.NOT_STARTED),
        ("chua thuc hien", TaskState.NOT_STARTED),
        ("ĐANG THỰC HIỆN", TaskState.IN_PROGRESS),
        ("in-progress", TaskState.IN_PROGRESS),
        ("hoàn thành", TaskState.DONE),
        ("xong", TaskState.DONE),
        ("Đã  xong ", TaskState.DONE),
        ("da xong", TaskState.DONE),
        ("dừng", TaskState.STOPPED),
        ("Dung thuc hien", TaskState.STOPPED),
        (unicodedata.normalize("NFD", "đã dừng"), TaskState.STOPPED),
    ],
)
def test_a_state_is_read_in_the_words_of_files_and_of_offices(typed: str, state: TaskState) -> None:
    assert parse_state(typed) is state


def test_every_word_of_a_state_means_that_one_alone_and_a_refusal_names_all() -> None:
    assert all(parse_state(word) is state for state, words in STATES.items() for word in words)
    with pytest.raises(NoState) as refused:
        parse_state("xog")
    assert "done (hoàn thành, đã hoàn thành, xong, đã xong)" in str(refused.value.arguments["known"])
