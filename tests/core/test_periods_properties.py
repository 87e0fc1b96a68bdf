"""What holds for every period and for every way of typing one (design.md 3, domain.md "Reporting periods")."""

import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.period_forms import PeriodError, parse_canonical, parse_period
from cchc.core.periods import Frequency, Period, Unit, due_date, reference_ending, reporting_month

years = st.integers(1901, 2198)
by_kind = (
    st.builds(Period.month, years, st.integers(1, 12)),
    st.builds(Period.quarter, years, st.integers(1, 4)),
    st.builds(Period.half, years, st.integers(1, 2)),
    st.builds(Period.year, years),
)
named = st.one_of(*by_kind, st.builds(Period.nine_months, years))
ends = st.one_of(*(st.tuples(kind, kind).map(sorted) for kind in by_kind))
periods = named | ends.map(lambda pair: Period.between(*pair))
frequencies = st.sampled_from(Frequency)
start_days = st.integers(1, 28)
days = st.dates(date(1950, 1, 1), date(2150, 1, 1))

ROMAN = ("I", "II", "III", "IV")
WRITTEN: dict[Unit, tuple[Callable[[int, int], str], ...]] = {
    Unit.MONTH: (
        "{0}-{1:02}".format,
        "{1:02}/{0}".format,
        "{1}/{0}".format,
        "{1:02} / {0}".format,
        "T{1}/{0}".format,
        "T {1}/{0}".format,
        "tháng {1}/{0}".format,
        "tháng {1} năm {0}".format,
    ),
    Unit.QUARTER: (
        "{0}Q{1}".format,
        "{0}-Q{1}".format,
        "Q{1}/{0}".format,
        "Q{1} / {0}".format,
        "quý {1}/{0}".format,
        "quý {1} năm {0}".format,
        lambda year, number: f"quý {ROMAN[number - 1]}/{year}",
        lambda year, number: f"quý {ROMAN[number - 1]} năm {year}",
    ),
    Unit.HALF: (
        "{0}H{1}".format,
        "{0}-H{1}".format,
        "H{1}/{0}".format,
        lambda year, number: f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year}",
    ),
    Unit.NINE_MONTHS: (
        "{0}-9T".format,
        "9T/{0}".format,
        "9T / {0}".format,
        "9 tháng năm {0}".format,
        "9 tháng đầu năm {0}".format,
    ),
    Unit.YEAR: ("{0}".format, "năm {0}".format),
}
CASES: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, str.title)


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@st.composite
def typed(draw: st.DrawFn, period: Period) -> str:
    """Write a named period, or one end of a range, as somebody may type it."""
    length = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6}.get(period.unit, 12)
    written = draw(st.sampled_from(WRITTEN[period.unit]))(period.first_year, (period.first_month - 1) // length + 1)
    for change in (draw(st.sampled_from((composed, decomposed, without_marks))), draw(st.sampled_from(CASES))):
        written = change(written)
    return draw(st.sampled_from(("", " "))) + written + draw(st.sampled_from(("", " ", "\t")))


# labels


@given(periods)
def test_a_label_is_canonical_and_only_so_as_it_stands(period: Period) -> None:
    assert parse_canonical(period.label) == period
    assert parse_period(period.label) == period
    assert parse_canonical(f" {period.label}") is None
    assert parse_canonical(f"{period.label}\n") is None


@given(named.flatmap(lambda period: st.tuples(st.just(period), typed(period))))
def test_a_named_period_is_read_however_it_is_typed(case: tuple[Period, str]) -> None:
    period, text = case
    assert parse_period(text) == period


@given(ends.flatmap(lambda pair: st.tuples(st.just(pair), typed(pair[0]), typed(pair[1]))))
def test_the_ends_of_a_range_are_read_however_they_are_typed(case: tuple[list[Period], str, str]) -> None:
    (start, end), first, last = case
    assert parse_period(f"{first}..{last}") == Period.between(start, end)


@given(ends)
def test_a_range_has_the_months_of_its_ends_and_one_name(pair: list[Period]) -> None:
    start, end = pair
    period = Period.between(start, end)
    assert (period.first, period.last) == (start.first, end.last)
    assert period.is_range == (".." in period.label)
    assert period.named() == period


@given(ends.filter(lambda pair: pair[0] != pair[1]))
def test_a_descending_range_is_refused_at_its_second_end_with_the_swapped_one(pair: list[Period]) -> None:
    start, end = pair
    with pytest.raises(PeriodError) as refused:
        parse_period(f"{end}..{start}")
    assert refused.value.column == len(f"{end}..")
    assert refused.value.closest == Period.between(start, end).label


# what is refused

pieces = st.lists(
    st.sampled_from(
        ["2023", "2021", "-", "/", "..", " ", "Q", "H", "T", "6T", "9T", "6", "13", "0", "II", "V", "quý", "tháng",
         "năm", "đầu", "cuối", "giai đoạn", "this-month", "last-year", "–", "\u0301", "٣"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(st.text(max_size=30) | pieces | pieces.map(decomposed), st.none() | days, start_days)
def test_any_text_is_read_or_refused_inside_it_with_a_label_that_is_read(
    text: str, today: date | None, month_starts_on: int
) -> None:
    try:
        label = parse_period(text, today=today, month_starts_on=month_starts_on).label
    except PeriodError as error:
        assert error.text == text  # noqa: PT017  # either outcome is good
        assert 0 <= error.column <= len(text)  # noqa: PT017  # the same
        label = error.closest
    assert parse_canonical(label) is not None


@pytest.mark.parametrize(
    ("text", "column", "closest"),
    [
        ("2023..", 6, "2023"),
        ("2023-12..", 9, "2023-12"),
        ("2023..2025Q5", 11, "2023-01..2025-12"),
        ("2023Q1..2023Q5", 13, "2023"),
        ("2023-01..2023-1x", 15, "2023-01"),
        ("2025..giai đoạn 2021-2022", 6, "2021..2025"),
        ("2023-9T..2023-06", 0, "2023-9T"),
        ("2023-06..2023-9T", 9, "2023-9T"),
        ("2023-9T..x2024", 9, "2023-01..2024-12"),
    ],
)
def test_the_closest_range_is_one_that_is_read(text: str, column: int, closest: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert (refused.value.column, refused.value.closest) == (column, closest)
    assert parse_canonical(closest) is not None


@pytest.mark.parametrize(
    ("text", "column", "closest"),
    [
        ("2023-13", 6, "2023-12"),
        ("2023Q5", 5, "2023Q4"),
        ("2023/06", 4, "2023-06"),
        ("Q2 2023", 3, "2023Q2"),
        ("6T 2023", 3, "2023H1"),
        ("2023-6Tx", 7, "2023H1"),
        ("6 tháng cuối 2023", 13, "2023H2"),
        ("9 tháng cuối năm 2023", 8, "2023-9T"),
        ("2026 tháng", 4, "2026"),
    ],
)
def test_what_is_almost_right_is_refused_with_what_was_meant(text: str, column: int, closest: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert (refused.value.column, refused.value.closest) == (column, closest)


# parts and neighbours


@given(periods, frequencies)
def test_every_reference_period_inside_is_a_part(period: Period, frequency: Frequency) -> None:
    year_parts = [part for year in period.years for part in Period.year(year).parts(frequency)]
    assert list(period.parts(frequency)) == [part for part in year_parts if period.contains(part)]


@given(periods)
def test_the_months_of_a_period_are_its_length(period: Period) -> None:
    assert len(period.parts(Frequency.MONTH)) == period.months
    assert period.years == tuple(sorted({month.first_year for month in period.parts(Frequency.MONTH)}))
    assert period.ends_with_year == (period.last_month == 12)


@given(periods)
def test_what_has_a_frequency_is_its_own_only_part(period: Period) -> None:
    own = [frequency for frequency in Frequency if period.parts(frequency) == (period,)]
    assert own == ([period.frequency] if period.frequency else [])


@given(periods, frequencies)
def test_the_reference_period_at_the_end_is_that_of_the_last_month(period: Period, frequency: Frequency) -> None:
    reference = reference_ending(period, frequency)
    assert reference.frequency is frequency
    assert reference.contains(Period(period.last, period.last, Unit.MONTH))
    assert reference_ending(reference, frequency) == reference


@given(periods)
def test_a_part_lies_in_its_year_and_has_the_best_name(period: Period) -> None:
    for year in period.years:
        part = period.part_in(year)
        assert Period.year(year).contains(part)
        assert period.contains(part)
        assert part.named() == part
    for year in (period.first_year - 1, period.last_year + 1):
        with pytest.raises(ValueError, match="no part"):
            period.part_in(year)


@given(periods)
def test_year_to_date_is_from_january_and_ends_with_the_period(period: Period) -> None:
    to_date = period.year_to_date()
    assert (to_date.first_month, to_date.years, to_date.last) == (1, (period.last_year,), period.last)
    assert to_date.year_to_date() == to_date
    assert to_date.contains(period.part_in(period.last_year))


@given(periods)
def test_what_has_a_previous_is_named_and_no_nine_months(period: Period) -> None:
    assert (period.previous() is None) == (period.is_range or period.unit is Unit.NINE_MONTHS)


@given(periods)
def test_the_same_period_last_year_has_the_same_months(period: Period) -> None:
    before = period.same_period_last_year()
    assert (before.months, before.unit, before.first_month) == (period.months, period.unit, period.first_month)
    assert before == parse_period(before.label)
    assert before.last_year == period.last_year - 1


# days


@given(named, start_days)
def test_windows_of_months_tile_that_of_the_period(period: Period, month_starts_on: int) -> None:
    first, last = period.window(month_starts_on)
    day = first
    for month in period.parts(Frequency.MONTH):
        begins, ends_on = month.window(month_starts_on)
        assert begins == day
        day = ends_on + timedelta(days=1)
    assert last + timedelta(days=1) == day


@given(periods, start_days)
def test_a_window_is_of_the_days_whose_reporting_month_lies_inside(period: Period, month_starts_on: int) -> None:
    first, last = period.window(month_starts_on)
    one = timedelta(days=1)
    inside = [period.contains(reporting_month(day, month_starts_on)) for day in (first - one, first, last, last + one)]
    assert inside == [False, True, True, False]


@given(periods, st.integers(1, 31))
def test_a_due_date_is_in_the_last_month(period: Period, day: int) -> None:
    due = due_date(period, day)
    assert (due.year, due.month) == (period.last_year, period.last_month)
    assert due.day == min(day, monthrange(due.year, due.month)[1])


@given(days, start_days, st.sampled_from(["month", "quarter", "half", "year"]))
def test_this_holds_the_day_and_last_comes_before_it(today: date, month_starts_on: int, unit: str) -> None:
    this = parse_period(f"this-{unit}", today=today, month_starts_on=month_starts_on)
    last = parse_period(f"last-{unit}", today=today, month_starts_on=month_starts_on)
    assert this.contains(reporting_month(today, month_starts_on))
    assert this.unit == unit
    assert last == this.previous()
