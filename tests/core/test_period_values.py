"""Periods as values, and every form in which offices write them (design.md, section 3)."""

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.period_forms import PeriodError, parse_canonical, parse_period
from cchc.core.periods import Frequency, Period, due_date, reference_ending, reporting_month

TODAY = date(2023, 6, 20)

FORMS = {
    "2023-06": ["2023-06", "06/2023", "6/2023", "T6/2023", "t6/2023", "tháng 6/2023", "THÁNG 06/2023", "tháng 6 năm 2023", " 2023-06 "],
    "2023Q2": ["2023Q2", "2023q2", "2023-Q2", "Q2/2023", "quý II/2023", "quý 2 năm 2023", "quy ii nam 2023", "QUÝ II NĂM 2023", "2023-04..2023-06"],
    "2023Q4": ["quý IV/2023", "quý IV năm 2023", "QIV/2023"],
    "2023H1": ["2023H1", "2023-H1", "2023-6T", "6T/2023", "6 tháng đầu năm 2023", "6 thang dau nam 2023", "H1/2023", "2023Q1..2023Q2"],
    "2023H2": ["2023H2", "6 tháng cuối năm 2023"],
    "2023-9T": ["2023-9T", "9T/2023", "9 tháng đầu năm 2023", "9 tháng năm 2023", "2023Q1..2023Q3", "2023-01..2023-09"],
    "2023": ["2023", "năm 2023", "Nam 2023", "2023H1..2023H2", "2023..2023"],
    "2023-01..2023-05": ["2023-01..2023-05", "tháng 1/2023..tháng 5/2023", "2023-01 .. 2023-05"],
    "2021..2025": ["2021..2025", "giai đoạn 2021-2025", "giai đoạn 2021 – 2025", "GIAI DOAN 2021-2025", "năm 2021..năm 2025"],
    "2022Q3..2023Q1": ["2022Q3..2023Q1", "quý III/2022..quý I/2023"],
}  # fmt: skip


@pytest.mark.parametrize(("label", "typed"), [(label, form) for label, forms in FORMS.items() for form in forms])
def test_every_form_is_read(label: str, typed: str) -> None:
    assert parse_period(typed).label == label
    assert parse_period(unicodedata.normalize("NFD", typed)).label == label


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("this-month", "2023-07"),  # with months from day 15 on, 20/6 lies in July's
        ("last-month", "2023-06"),
        ("this-quarter", "2023Q3"),
        ("last-quarter", "2023Q2"),
        ("this-half", "2023H2"),
        ("last-half", "2023H1"),
        ("this-year", "2023"),
        ("Last-Year", "2022"),
    ],
)
def test_words_follow_the_day_and_the_plans_calendar(word: str, label: str) -> None:
    assert parse_period(word, today=TODAY, month_starts_on=15).label == label


def test_words_without_a_day_are_refused() -> None:
    with pytest.raises(PeriodError):
        parse_period("last-month")


@pytest.mark.parametrize(
    ("typed", "column", "closest"),
    [
        ("2023-13", 6, "2023-12"),
        ("2023Q5", 5, "2023Q4"),
        ("2023H3", 5, "2023H2"),
        ("2023/06", 4, "2023-06"),
        ("13/2023", 2, "2023-12"),
        ("2023-05..2023-01", 9, "2023-01..2023-05"),
        ("2023-01..2023Q2", 9, "2023H1"),
        ("2023-01..", 9, "2023-01..2023-01"),
        ("2023-01..2023-1x", 15, "2023-01..2023-01"),
        ("..2023", 0, "2023-01"),
        ("2023-9T..2023-9T", 0, "2023-9T"),
        ("2023-01..2023-02..2023-03", 16, "2023-01..2023-02"),
        ("2021..2025..2026", 10, "2021..2025"),
        ("2023..giai đoạn 2021-2025", 6, "2023..2021"),
        ("giai đoạn 2025-2021", 15, "2021..2025"),
        ("quý V/2023", 4, "2023Q1"),
        ("quý II 2023", 7, "2023Q2"),
        ("2023-06x", 7, "2023-06"),
        ("1899", 1, "2023"),
        ("20", 2, "2023"),
        ("", 0, "2023-01"),
        ("   ", 3, "2023-01"),
        ("tháng 0/2023", 7, "2023-01"),
    ],
)
def test_a_bad_one_is_refused_where_it_stops_fitting_with_the_closest(typed: str, column: int, closest: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(typed)
    assert (refused.value.column, refused.value.closest) == (column, closest)


def test_the_closest_follows_the_day_where_no_year_is_typed() -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period("quý 2", today=date(2024, 1, 1))
    assert refused.value.closest == "2024Q2"


def test_the_column_counts_the_characters_that_were_typed() -> None:
    decomposed = unicodedata.normalize("NFD", "quý V/2023")
    with pytest.raises(PeriodError) as refused:
        parse_period(decomposed)
    assert decomposed[refused.value.column] == "V"


@given(st.text(max_size=30) | st.from_regex(r"[0-9QqHTt./ -]{0,20}"))
def test_any_text_is_read_or_refused_within_it(text: str) -> None:
    try:
        period = parse_period(text, today=TODAY)
    except PeriodError as error:
        column, closest = error.column, error.closest
        period = parse_period(closest)
    else:
        column, closest = 0, period.label
    assert 0 <= column <= len(text)
    assert parse_period(closest) == period


@pytest.mark.parametrize("text", ["2023-6", "2023q2", "2023-Q2", "06/2023", "2023-01..2023-03", "2023..2022", "a", ""])
def test_only_the_canonical_label_names_a_file(text: str) -> None:
    assert parse_canonical(text) is None


periods = st.one_of(
    st.builds(Period.month, st.integers(1950, 2150), st.integers(1, 12)),
    st.builds(Period.quarter, st.integers(1950, 2150), st.integers(1, 4)),
    st.builds(Period.half, st.integers(1950, 2150), st.integers(1, 2)),
    st.builds(Period.nine_months, st.integers(1950, 2150)),
    st.builds(Period.year, st.integers(1950, 2150)),
)


@given(periods)
def test_a_label_is_read_back_as_the_same_period(period: Period) -> None:
    assert parse_canonical(period.label) == period
    assert str(period) == period.label


@given(st.integers(2000, 2030), st.integers(0, 40), st.integers(0, 40))
def test_a_range_of_months_is_read_back(year: int, start: int, length: int) -> None:
    first = Period.month(year + start // 12, start % 12 + 1)
    end = start + length
    period = Period.between(first, Period.month(year + end // 12, end % 12 + 1))
    assert parse_canonical(period.label) == period
    assert period.months == length + 1


@given(periods, st.integers(1, 28))
def test_the_windows_of_its_months_tile_that_of_a_period(period: Period, starts_on: int) -> None:
    windows = [month.window(starts_on) for month in period.parts(Frequency.MONTH)]
    assert (windows[0][0], windows[-1][1]) == period.window(starts_on)
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(windows))


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2023-06", date(2023, 5, 15), date(2023, 6, 14)),
        ("2023Q2", date(2023, 3, 15), date(2023, 6, 14)),
        ("2023H1", date(2022, 12, 15), date(2023, 6, 14)),
        ("2023-9T", date(2022, 12, 15), date(2023, 9, 14)),
        ("2023", date(2022, 12, 15), date(2023, 12, 14)),
    ],
)
def test_windows_are_those_of_the_decree(label: str, first: date, last: date) -> None:
    assert parse_period(label).window(15) == (first, last)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 28))
def test_a_day_falls_in_the_month_whose_window_holds_it(day: date, starts_on: int) -> None:
    first, last = reporting_month(day, starts_on).window(starts_on)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("label", "previous", "last_year"),
    [
        ("2023-01", "2022-12", "2022-01"),
        ("2023Q1", "2022Q4", "2022Q1"),
        ("2023H1", "2022H2", "2022H1"),
        ("2023", "2022", "2022"),
        ("2023-9T", None, "2022-9T"),
        ("2023-01..2023-05", None, "2022-01..2022-05"),
    ],
)
def test_neighbours(label: str, previous: str | None, last_year: str) -> None:
    period = parse_period(label)
    before = period.previous()
    assert (before.label if before else None, period.same_period_last_year().label) == (previous, last_year)


@pytest.mark.parametrize(
    ("label", "year", "part"),
    [
        ("2022-11..2023-06", 2023, "2023H1"),
        ("2022-11..2023-06", 2022, "2022-11..2022-12"),
        ("2021..2025", 2023, "2023"),
        ("2023-02..2023-05", 2023, "2023-02..2023-05"),
        ("2023Q2", 2023, "2023Q2"),
    ],
)
def test_the_part_in_a_year_is_named_where_it_can_be(label: str, year: int, part: str) -> None:
    assert parse_period(label).part_in(year).label == part


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no part in 2021"):
        parse_period("2023Q2").part_in(2021)
    with pytest.raises(ValueError, match="quarter 5"):
        Period.quarter(2023, 5)
    with pytest.raises(ValueError, match="no range"):
        Period.between(Period.nine_months(2023), Period.nine_months(2023))


def test_year_to_date_runs_from_january() -> None:
    assert parse_period("2023-05").year_to_date().label == "2023-01..2023-05"
    assert parse_period("2023Q2").year_to_date().label == "2023H1"
    assert parse_period("2022-11..2023-03").year_to_date().label == "2023Q1"


def test_the_shape_of_a_period() -> None:
    period = parse_period("2022-11..2023-06")
    assert (period.first_month, period.last_month, period.years, period.frequency) == (11, 6, (2022, 2023), None)
    assert parse_period("2023H1").frequency is None
    assert parse_period("2023Q2").frequency is Frequency.QUARTER
    assert reference_ending(period, Frequency.YEAR).label == "2023"
    assert [part.label for part in period.parts(Frequency.QUARTER)] == ["2023Q1", "2023Q2"]


@pytest.mark.parametrize(
    ("label", "day", "due"),
    [("2023-06", 16, date(2023, 6, 16)), ("2023-02", 31, date(2023, 2, 28)), ("2023Q4", 20, date(2023, 12, 20))],
)
def test_what_is_due_is_due_on_a_day_of_the_last_month(label: str, day: int, due: date) -> None:
    assert due_date(parse_period(label), day) == due
