"""Sums of many digits: nothing is rounded on the way to a verdict."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.evaluate import evaluate
from cchc.core.period_forms import parse_period
from cchc.core.results import Status
from cchc.core.scalars import exact_sum

LARGE = "100000000000000000"  # 18 digits before the point
SMALL = "0.000000000000000001"  # and 18 behind it


def test_a_sum_keeps_eighteen_digits_on_either_side_of_the_point() -> None:
    assert str(exact_sum([Decimal(LARGE), Decimal(SMALL)])) == "100000000000000000.000000000000000001"


def test_a_sum_of_whole_numbers_is_whole() -> None:
    assert type(exact_sum([1, 2])) is int


@given(st.lists(st.integers(-(10**17), 10**17) | st.decimals(-(10**6), 10**6, places=12), max_size=20))
def test_a_sum_is_that_of_the_fractions(numbers: list[Any]) -> None:
    assert Fraction(exact_sum(numbers)) == sum(map(Fraction, numbers), Fraction(0))


@pytest.mark.parametrize(("small", "status"), [(SMALL, Status.MET), ("0", Status.MISSED)])
def test_a_pooled_ratio_is_judged_on_its_last_digit(build: Any, small: str, status: Status) -> None:
    """The bound is reached by 10⁻¹⁸ of an amount; 28 digits, as decimals are by default, would lose it."""
    entry = build.indicator(
        id="thu", kind="ratio", unit="đồng", frequency="month", amounts="decimal",
        targets=[{"from": "2021", "at_least": f"{LARGE}.000000000000000001"}],
    )  # fmt: skip
    figures = {
        "2023-01": {"thu": {"numerator": LARGE, "denominator": "0.5"}},
        "2023-02": {"thu": {"numerator": small, "denominator": "0.5"}},
    }
    result = evaluate(build.dataset(entry, figures=figures), entry, parse_period("2023-01..2023-02"))
    assert result.status is status
