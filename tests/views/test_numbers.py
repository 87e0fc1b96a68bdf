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
from cchc.views.present.numbers import exactly, json_number, rounded, short

VI = translator(Language.VIETNAMESE)


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
