"""Periods as values: constructors, labels, parts, neighbours, windows and days (design.md 3, domain.md)."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.period_forms import parse_period
from cchc.core.periods import Frequency, Period, Unit, due_date, reference_ending, reporting_month

years = st.integers(1901, 2198)
named = st.one_of(
    st.builds(Period.month, years, st.integers(1, 12)),
    st.builds(Period.quarter, years, st.integers(1, 4)),
    st.builds(Period.half, years, st.integers(1, 2)),
    st.builds(Period.nine_months, years),
    st.builds(Period.year, years),
)
ends = st.one_of(
    st.lists(st.builds(Period.month, years, st.integers(1, 12)), min_size=2, max_size=2),
    st.lists(st.builds(Period.quarter, years, st.integers(1, 4)), min_size=2, max_size=2),
    st.lists(st.builds(Period.half, years, st.integers(1, 2)), min_size=2, max_size=2),
    st.lists(st.builds(Period.year, years), min_size=2, max_size=2),
)
ranges = ends.map(lambda pair: Period.between(min(pair), max(pair)))
periods = named | ranges
start_days = st.integers(1, 28)


@pytest.mark.parametrize(
    ("period", "label", "first", "last"),
    [
        (Period.month(2023, 1), "2023-01", (2023, 1), (2023, 1)),
        (Period.month(2023, 12), "2023-12", (2023, 12), (2023, 12)),
        (Period.quarter(2023, 2), "2023Q2", (2023, 4), (2023, 6)),
        (Period.half(2023, 1), "2023H1", (2023, 1), (2023, 6)),
        (Period.half(2023, 2), "2023H2", (2023, 7), (2023, 12)),
        (Period.nine_months(2023), "2023-9T", (2023, 1), (2023, 9)),
        (Period.year(2023), "2023", (2023, 1), (2023, 12)),
    ],
)
def test_a_named_period_has_its_canonical_label_and_months(
    period: Period, label: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert (period.label, str(period)) == (label, label)
    assert (period.first_year, period.first_month) == first
    assert (period.last_year, period.last_month) == last
    assert not period.is_range


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period.month(2023, 0),
        lambda: Period.month(2023, 13),
        lambda: Period.quarter(2023, 5),
        lambda: Period.half(2023, 3),
    ],
)
def test_a_number_outside_the_year_makes_no_period(make: Callable[[], Period]) -> None:
    with pytest.raises(ValueError, match="of 2023"):
        make()


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("2023-01", "2023-05", "2023-01..2023-05"),
        ("2023-01", "2023-01", "2023-01"),
        ("2023-04", "2023-06", "2023Q2"),
        ("2023-02", "2023-04", "2023-02..2023-04"),
        ("2023Q1", "2023Q2", "2023H1"),
        ("2023Q2", "2023Q3", "2023Q2..2023Q3"),
        ("2023Q1", "2023Q3", "2023-9T"),
        ("2023H1", "2023H2", "2023"),
        ("2022H2", "2023H1", "2022H2..2023H1"),
        ("2021", "2025", "2021..2025"),
    ],
)
def test_a_range_equal_to_a_named_period_becomes_it(start: str, end: str, label: str) -> None:
    assert Period.between(parse_period(start), parse_period(end)).label == label


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2023-01", "2023Q2"),
        ("2023-05", "2023-01"),
        ("2025", "2021"),
        ("2022-9T", "2023-9T"),
        ("2021..2022", "2023"),
        ("2021", "2022..2023"),
    ],
)
def test_ends_of_two_kinds_or_descending_make_no_range(start: str, end: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"no range from {start} to {end}")):
        Period.between(parse_period(start), parse_period(end))


@given(periods)
def test_a_label_read_back_is_the_same_period(period: Period) -> None:
    assert parse_period(period.label) == period


@given(periods, periods)
def test_periods_stand_in_time_order(one: Period, other: Period) -> None:
    assert min(one, other).first == min(one.first, other.first)
    assert (one < other) + (other < one) + (one == other) == 1


@pytest.mark.parametrize(
    ("label", "frequency"),
    [
        ("2023-06", Frequency.MONTH),
        ("2023Q2", Frequency.QUARTER),
        ("2023", Frequency.YEAR),
        ("2023H1", None),
        ("2023-9T", None),
        ("2021..2025", None),
    ],
)
def test_months_quarters_and_years_are_reference_periods(label: str, frequency: Frequency | None) -> None:
    assert parse_period(label).frequency == frequency


@pytest.mark.parametrize(
    ("label", "frequency", "parts"),
    [
        ("2023Q2", Frequency.MONTH, "2023-04 2023-05 2023-06"),
        ("2023-9T", Frequency.QUARTER, "2023Q1 2023Q2 2023Q3"),
        ("2023-02..2023-08", Frequency.QUARTER, "2023Q2"),
        ("2023-02..2023-04", Frequency.QUARTER, ""),
        ("2023H2", Frequency.YEAR, ""),
        ("2022-12..2024-01", Frequency.YEAR, "2023"),
        ("2021..2023", Frequency.YEAR, "2021 2022 2023"),
        ("2023-06", Frequency.MONTH, "2023-06"),
    ],
)
def test_parts_lie_wholly_inside(label: str, frequency: Frequency, parts: str) -> None:
    assert " ".join(part.label for part in parse_period(label).parts(frequency)) == parts


@given(periods, st.sampled_from(Frequency))
def test_parts_ascend_inside_without_a_gap(period: Period, frequency: Frequency) -> None:
    parts = period.parts(frequency)
    assert all(period.contains(part) and part.frequency is frequency for part in parts)
    assert all(before.last + 1 == after.first for before, after in pairwise(parts))


def test_a_period_contains_what_lies_wholly_inside() -> None:
    quarter = Period.quarter(2023, 2)
    assert quarter.contains(quarter)
    assert quarter.contains(Period.month(2023, 4))
    assert not quarter.contains(Period.month(2023, 3))
    assert not quarter.contains(Period.half(2023, 1))


@pytest.mark.parametrize(
    ("label", "year", "part"),
    [
        ("2021..2025", 2025, "2025"),
        ("2022-11..2023-06", 2023, "2023H1"),
        ("2022-11..2023-06", 2022, "2022-11..2022-12"),
        ("2022Q4..2023Q1", 2022, "2022Q4"),
        ("2023-02..2023-05", 2023, "2023-02..2023-05"),
        ("2022-12..2023-09", 2023, "2023-9T"),
    ],
)
def test_its_part_in_a_year_is_named_where_it_can_be(label: str, year: int, part: str) -> None:
    assert parse_period(label).part_in(year).label == part


def test_a_year_that_it_does_not_touch_has_no_part() -> None:
    with pytest.raises(ValueError, match=r"2021\.\.2025 has no part in 2026"):
        parse_period("2021..2025").part_in(2026)


@given(periods)
def test_its_parts_in_its_years_are_the_whole(period: Period) -> None:
    parts = [period.part_in(year) for year in period.years]
    assert sum(part.months for part in parts) == period.months
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)


@pytest.mark.parametrize(
    ("label", "to_date"),
    [
        ("2023-01", "2023-01"),
        ("2023-02", "2023-01..2023-02"),
        ("2023-06", "2023H1"),
        ("2023Q3", "2023-9T"),
        ("2023H2", "2023"),
        ("2022-11..2023-03", "2023Q1"),
        ("2021..2025", "2025"),
    ],
)
def test_year_to_date_runs_from_january_to_its_end(label: str, to_date: str) -> None:
    assert parse_period(label).year_to_date().label == to_date


@pytest.mark.parametrize(
    ("label", "previous", "last_year"),
    [
        ("2023-01", "2022-12", "2022-01"),
        ("2023Q1", "2022Q4", "2022Q1"),
        ("2023H1", "2022H2", "2022H1"),
        ("2023", "2022", "2022"),
        ("2023-9T", None, "2022-9T"),
        ("2023-01..2023-05", None, "2022-01..2022-05"),
        ("2021..2025", None, "2020..2024"),
    ],
)
def test_nine_months_and_ranges_have_no_previous(label: str, previous: str | None, last_year: str) -> None:
    period = parse_period(label)
    before = period.previous()
    assert (before and before.label, period.same_period_last_year().label) == (previous, last_year)


@given(periods)
def test_previous_ends_where_the_period_begins(period: Period) -> None:
    before = period.previous()
    assert before is None or (before.last + 1, before.months, before.unit) == (period.first, period.months, period.unit)


@given(periods, st.integers(-20, 20))
def test_shifting_years_and_back_changes_nothing(period: Period, by: int) -> None:
    shifted = period.shifted_years(by)
    assert shifted.first_month == period.first_month
    assert shifted.shifted_years(-by) == period


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2023-12", True),
        ("2023Q4", True),
        ("2023H2", True),
        ("2021..2025", True),
        ("2023-9T", False),
        ("2023H1", False),
    ],
)
def test_some_periods_end_with_the_year(label: str, *, expected: bool) -> None:
    assert parse_period(label).ends_with_year is expected


@pytest.mark.parametrize(
    ("label", "frequency", "reference"),
    [
        ("2023-06", Frequency.QUARTER, "2023Q2"),
        ("2023-05", Frequency.QUARTER, "2023Q2"),
        ("2023-12", Frequency.YEAR, "2023"),
        ("2023H2", Frequency.QUARTER, "2023Q4"),
        ("2022-11..2023-02", Frequency.YEAR, "2023"),
        ("2023", Frequency.MONTH, "2023-12"),
    ],
)
def test_the_reference_period_at_its_end_holds_its_last_month(label: str, frequency: Frequency, reference: str) -> None:
    assert reference_ending(parse_period(label), frequency).label == reference


# days


@pytest.mark.parametrize(
    ("label", "month_starts_on", "first", "last"),
    [
        ("2023-06", 15, date(2023, 5, 15), date(2023, 6, 14)),
        ("2023Q2", 15, date(2023, 3, 15), date(2023, 6, 14)),
        ("2023H1", 15, date(2022, 12, 15), date(2023, 6, 14)),
        ("2023-9T", 15, date(2022, 12, 15), date(2023, 9, 14)),
        ("2023", 15, date(2022, 12, 15), date(2023, 12, 14)),
        ("2021..2025", 15, date(2020, 12, 15), date(2025, 12, 14)),
        ("2023-02", 1, date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", 1, date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", 1, date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-03", 28, date(2023, 2, 28), date(2023, 3, 27)),
    ],
)
def test_windows_are_those_of_the_calendar(label: str, month_starts_on: int, first: date, last: date) -> None:
    assert parse_period(label).window(month_starts_on) == (first, last)


@pytest.mark.parametrize("month_starts_on", range(1, 29))
def test_windows_of_months_tile_quarters_halves_nine_months_and_years(month_starts_on: int) -> None:
    for label in ("2023Q1", "2024Q1", "2023Q4", "2023H1", "2023H2", "2023-9T", "2023", "2024", "2021..2025"):
        period = parse_period(label)
        windows = [month.window(month_starts_on) for month in period.parts(Frequency.MONTH)]
        assert (windows[0][0], windows[-1][1]) == period.window(month_starts_on)
        assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(windows))


@given(periods, start_days)
def test_a_window_begins_the_day_after_the_one_before_ends(period: Period, month_starts_on: int) -> None:
    before = Period(period.first - 1, period.first - 1, Unit.MONTH)
    assert before.window(month_starts_on)[1] + timedelta(days=1) == period.window(month_starts_on)[0]


@pytest.mark.parametrize(
    ("day", "month_starts_on", "label"),
    [
        (date(2023, 6, 14), 15, "2023-06"),
        (date(2023, 6, 15), 15, "2023-07"),
        (date(2023, 6, 15), 1, "2023-06"),
        (date(2023, 6, 1), 1, "2023-06"),
        (date(2022, 12, 15), 15, "2023-01"),
        (date(2023, 12, 31), 1, "2023-12"),
    ],
)
def test_a_day_falls_in_the_reporting_month_of_its_calendar(day: date, month_starts_on: int, label: str) -> None:
    assert reporting_month(day, month_starts_on).label == label


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), start_days)
def test_a_day_lies_in_the_window_of_its_reporting_month(day: date, month_starts_on: int) -> None:
    first, last = reporting_month(day, month_starts_on).window(month_starts_on)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("label", "day", "due"),
    [
        ("2023-06", 16, date(2023, 6, 16)),
        ("2023Q2", 20, date(2023, 6, 20)),
        ("2023", 31, date(2023, 12, 31)),
        ("2023-02", 31, date(2023, 2, 28)),
        ("2024-02", 30, date(2024, 2, 29)),
        ("2023-04", 31, date(2023, 4, 30)),
    ],
)
def test_what_is_due_is_due_in_the_last_month_at_latest_on_its_last_day(label: str, day: int, due: date) -> None:
    assert due_date(parse_period(label), day) == due
