"""Numbers and dates in Vietnamese form, exact to the last place."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.period_forms import parse_period
from cchc.texts import Language, translator
from cchc.views.documents import markdown
from cchc.views.present import decimal, grouped, period_title
from cchc.views.present.numbers import (
    BLANK,
    end_title,
    exactly,
    json_number,
    long_day,
    official,
    periods_title,
    rounded,
    short,
    within_title,
)

VI, EN = translator(Language.VIETNAMESE), translator(Language.ENGLISH)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(123456789, 100), "1.234.567,89"),
        (Fraction(1, 200), "0,01"),
        (Fraction(-1, 200), "-0,01"),
        (Fraction(-1, 300), "0,00"),
        (Fraction(9999, 100), "99,99"),
        (Fraction(99995, 1000), "100,00"),
        (0, "0,00"),
    ],
)
def test_two_decimals_half_up(value: Fraction | int, text: str) -> None:
    assert decimal(value) == text


def test_whole_numbers_stand_without_decimals() -> None:
    assert (short(Fraction(100)), short(Fraction(985, 10)), grouped(1234567)) == ("100", "98,50", "1.234.567")
    assert (exactly(Decimal("1234.50")), exactly(1234), exactly(Decimal(5))) == ("1.234,50", "1.234", "5")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(41200, 418), "98.564593"),
        (Fraction(1, 2), "0.5"),
        (Fraction(100), "100"),
        (Decimal("123456789012.345678"), "123456789012.345678"),
        (Fraction(-1, 3), "-0.333333"),
        (Fraction(1, 10**7), "0"),
        (Fraction(1000), "1000"),
    ],
)
def test_json_numbers_have_six_places_without_trailing_zeros(value: Fraction | Decimal, text: str) -> None:
    assert json_number(value) == text


@given(st.fractions(), st.integers(0, 8))
def test_rounding_is_off_by_half_a_unit_at_most(value: Fraction, places: int) -> None:
    assert abs(rounded(value, places) - value) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("2023-06", "tháng 6/2023"),
        ("2023Q2", "quý II năm 2023"),
        ("2023Q4", "quý IV năm 2023"),
        ("2023H1", "6 tháng đầu năm 2023"),
        ("2023H2", "6 tháng cuối năm 2023"),
        ("2023-9T", "9 tháng đầu năm 2023"),
        ("2023", "năm 2023"),
        ("2023-01..2023-05", "từ tháng 1/2023 đến tháng 5/2023"),
        ("2022Q3..2023Q1", "từ quý III năm 2022 đến quý I năm 2023"),
        ("2022H2..2023H1", "từ 6 tháng cuối năm 2022 đến 6 tháng đầu năm 2023"),
        ("2021..2025", "giai đoạn 2021 - 2025"),
    ],
)
def test_periods_are_named_as_offices_name_them(label: str, title: str) -> None:
    assert period_title(parse_period(label), VI) == title


@pytest.mark.parametrize(
    ("labels", "title"),
    [
        ("2022-05", "tháng 5/2022"),
        ("2022-04 2022-05", "tháng 4, 5/2022"),
        ("2022-01 2022-02 2022-03 2022-07 2022-09 2022-10 2022-11", "tháng 1–3, 7, 9–11/2022"),
        (" ".join(f"2025-{month:02}" for month in range(1, 13)), "cả năm 2025"),
        ("2022-12 2023-01", "tháng 12/2022, tháng 1/2023"),
        ("2023Q1 2023Q2 2023Q3", "quý I–III năm 2023"),
        ("2023Q2 2024Q1 2024Q2 2024Q3 2024Q4", "quý II năm 2023, cả năm 2024"),
        ("2025", "năm 2025"),
        ("2022 2023 2024", "các năm 2022–2024"),
        ("2022 2024 2025", "các năm 2022, 2024, 2025"),
        ("", ""),
    ],
)
def test_missing_periods_are_named_in_runs(labels: str, title: str) -> None:
    assert periods_title(map(parse_period, labels.split()), VI) == title


def test_room_to_fill_in_by_hand_is_seen_in_markdown() -> None:
    assert markdown(f"Số: {BLANK}/BC-UBND, {long_day(None, VI)}") == "Số: …/BC-UBND, ngày … tháng … năm …"


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("a *b* _c_ `d` [e](f) <b> | #", "a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\<b\\> \\| \\#"),
        ("- một\n1. hai", "\\- một 1. hai"),
        ("1. một", "1\\. một"),
        ("a &amp; b & c", "a &amp;amp; b & c"),
        ("x\x1b[31m\u202ey", "x␛\\[31m\ufffdy"),
        ("=====", "\\====="),
    ],
)
def test_markdown_from_files_is_inert(text: str, inert: str) -> None:
    assert markdown(text) == inert


@pytest.mark.parametrize(
    ("period", "within", "end"),
    [
        ("2023-06", "tháng 6/2023", "tháng 6/2023"),
        ("2023Q2", "quý II năm 2023", "quý II năm 2023"),
        ("2023-02..2023-05", "thời gian từ tháng 2/2023 đến tháng 5/2023", "tháng 5/2023"),
        ("2022Q3..2023Q1", "thời gian từ quý III năm 2022 đến quý I năm 2023", "quý I năm 2023"),
        ("2021..2025", "giai đoạn 2021 - 2025", "giai đoạn 2021 - 2025"),
    ],
)
def test_a_period_after_a_preposition(period: str, within: str, end: str) -> None:
    """As in "trong …" and "đến hết …"."""
    found = parse_period(period)
    assert (within_title(found, VI), end_title(found, VI)) == (within, end)


@pytest.mark.parametrize(
    ("periods", "english", "vietnamese"),
    [
        (("2023-07",), "month 7/2023", "tháng 7/2023"),
        (("2023-01", "2023-02"), "months 1, 2/2023", "tháng 1, 2/2023"),
        (("2023-07", "2023-08", "2023-09"), "months 7–9/2023", "tháng 7–9/2023"),
        (("2023Q3",), "quarter III of 2023", "quý III năm 2023"),
        (("2023Q1", "2023Q3"), "quarters I, III of 2023", "quý I, III năm 2023"),
    ],
)
def test_one_period_and_several_are_told_apart_in_english(
    periods: tuple[str, ...], english: str, vietnamese: str
) -> None:
    found = [parse_period(period) for period in periods]
    assert (periods_title(found, EN), periods_title(found, VI)) == (english, vietnamese)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("5406/436", "5.406/436"),
        ("1254", "1.254"),
        ("98.56", "98,56"),
        ("-1234.5", "-1.234,5"),
        ("-0.5", "-0,5"),
        ("0.1250", "0,125"),
        ("98.500", "98,500"),
        ("5/17", "5/17"),
    ],
)
def test_a_figure_of_a_file_is_told_as_offices_write_it(figure: str, said: str) -> None:
    assert official(figure) == said
