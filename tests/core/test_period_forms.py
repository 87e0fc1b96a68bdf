"""Periods as people type them: every form that is read, and how others are refused (design.md, section 3)."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.period_forms import PeriodError, parse_canonical, parse_period
from cchc.core.periods import Period

FORMS = [
    ("2023-06", "2023-06"),
    ("06/2023", "2023-06"),
    ("6/2023", "2023-06"),
    ("12/2023", "2023-12"),
    ("T6/2023", "2023-06"),
    ("T06/2023", "2023-06"),
    ("tháng 6/2023", "2023-06"),
    ("tháng 12 / 2023", "2023-12"),
    ("tháng 6 năm 2023", "2023-06"),
    ("2023Q2", "2023Q2"),
    ("2023-Q2", "2023Q2"),
    ("Q2/2023", "2023Q2"),
    ("quý I/2023", "2023Q1"),
    ("quý II/2023", "2023Q2"),
    ("quý III/2023", "2023Q3"),
    ("quý IV/2023", "2023Q4"),
    ("quý 2/2023", "2023Q2"),
    ("quý 2 năm 2023", "2023Q2"),
    ("quý II năm 2023", "2023Q2"),
    ("2023H1", "2023H1"),
    ("2023H2", "2023H2"),
    ("2023-H2", "2023H2"),
    ("H2/2023", "2023H2"),
    ("2023-6T", "2023H1"),
    ("6T/2023", "2023H1"),
    ("6 tháng đầu năm 2023", "2023H1"),
    ("6 tháng cuối năm 2023", "2023H2"),
    ("2023-9T", "2023-9T"),
    ("9T/2023", "2023-9T"),
    ("9 tháng đầu năm 2023", "2023-9T"),
    ("9 tháng năm 2023", "2023-9T"),
    ("2023", "2023"),
    ("năm 2023", "2023"),
    ("giai đoạn 2021-2025", "2021..2025"),
    ("giai đoạn 2021 – 2025", "2021..2025"),
    ("giai đoạn 2021-2021", "2021"),
    ("2021..2025", "2021..2025"),
    ("2023-01..2023-05", "2023-01..2023-05"),
    ("2023-01 .. 2023-06", "2023H1"),
    ("tháng 1/2023..T5/2023", "2023-01..2023-05"),
    ("quý I/2023..quý III/2023", "2023-9T"),
    ("  quý  II /  2023\t", "2023Q2"),
]


def without_marks(text: str) -> str:
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@pytest.mark.parametrize(("typed", "label"), FORMS)
def test_every_form_is_read_in_any_case_with_or_without_marks_composed_or_not(typed: str, label: str) -> None:
    for text in (typed, without_marks(typed)):
        for cased in (text, text.upper(), text.lower(), text.title()):
            assert parse_period(cased).label == label
            assert parse_period(unicodedata.normalize("NFD", cased)).label == label


@pytest.mark.parametrize(
    ("word", "today", "starts_on", "label"),
    [
        ("this-month", date(2023, 6, 14), 15, "2023-06"),
        ("this-month", date(2023, 6, 15), 15, "2023-07"),
        ("this-month", date(2023, 6, 15), 1, "2023-06"),
        ("last-month", date(2023, 6, 15), 15, "2023-06"),
        ("last-month", date(2023, 1, 1), 1, "2022-12"),
        ("last-month", date(2022, 12, 31), 1, "2022-11"),
        ("this-quarter", date(2023, 3, 31), 1, "2023Q1"),
        ("this-quarter", date(2023, 3, 31), 15, "2023Q2"),
        ("last-quarter", date(2023, 1, 14), 15, "2022Q4"),
        ("this-half", date(2023, 6, 30), 1, "2023H1"),
        ("this-half", date(2023, 6, 30), 15, "2023H2"),
        ("last-half", date(2023, 6, 30), 1, "2022H2"),
        ("this-year", date(2022, 12, 15), 15, "2023"),
        ("this-year", date(2022, 12, 14), 15, "2022"),
        ("last-year", date(2023, 6, 20), 1, "2022"),
        (" LAST-Year ", date(2023, 6, 20), 1, "2022"),
        ("last-month..this-month", date(2023, 6, 20), 1, "2023-05..2023-06"),
    ],
)
def test_a_relative_word_follows_the_day_in_the_plans_calendar(
    word: str, today: date, starts_on: int, label: str
) -> None:
    assert parse_period(word, today=today, month_starts_on=starts_on).label == label


@pytest.mark.parametrize("word", ["this-month", "last-quarter", "last-year"])
def test_a_relative_word_without_a_day_is_refused(word: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(word)


@pytest.mark.parametrize("word", ["next-month", "this-week", "this", "last-"])
def test_an_unknown_word_is_refused_even_with_a_day(word: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(word, today=date(2023, 6, 20))


@pytest.mark.parametrize(
    ("text", "column", "closest"),
    [
        ("", 0, "2023-01"),
        (" \t", 2, "2023-01"),
        ("2022-00", 6, "2022-01"),
        ("2022-13", 6, "2022-12"),
        ("2022-6", 6, "2022-06"),
        ("2022-1", 6, "2022-01"),
        ("2022-7", 5, "2022-07"),
        ("2022Q5", 5, "2022Q4"),
        ("2022Q0", 5, "2022Q1"),
        ("2022H3", 5, "2022H2"),
        ("2022Q", 5, "2022Q1"),
        ("2022Q2 x", 6, "2022Q2"),
        ("  2022Q5", 7, "2022Q4"),
        ("0/2022", 1, "2022-01"),
        ("13/2022", 2, "2022-12"),
        ("quý V/2022", 4, "2022Q1"),
        ("quý III 2022", 8, "2022Q3"),
        ("quý 3 2022", 6, "2022Q3"),
        ("tháng 6/", 8, "2023-06"),
        ("năm 1899", 4, "2023-12"),
        ("năm 2200", 4, "2023-12"),
        ("năm", 3, "2023-01"),
        ("năm 2022 x", 8, "2022"),
        ("202", 3, "2023"),
        ("giai đoạn 2025-2021", 15, "2021..2025"),
        ("giai đoạn 2021", 14, "2021"),
        ("2025..2021", 6, "2021..2025"),
        ("2022Q3..2022Q1", 8, "2022-9T"),
        ("2022-01..2022Q2", 9, "2022H1"),
        ("2022-9T..2023-9T", 0, "2022-01..2023-09"),
        ("2021..2022..2023", 10, "2021..2022"),
        ("2021...2022", 6, "2021..2022"),
        ("giai đoạn 2021-2025..2026", 0, "2021"),
        ("abc..2022", 0, "2023-01"),
        ("٢٠٢٢", 0, "2023"),
    ],
)
def test_what_fits_no_form_is_refused_at_its_place_with_the_closest(text: str, column: int, closest: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text)
    assert (refused.value.text, refused.value.column, refused.value.closest) == (text, column, closest)


@pytest.mark.parametrize("text", ["quý V/2022", "tháng 13/2022", "giai đoạn 2025-2021"])
def test_the_caret_stands_under_the_same_letter_when_marks_are_letters_of_their_own(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    with pytest.raises(PeriodError) as composed_refusal:
        parse_period(text)
    with pytest.raises(PeriodError) as refusal:
        parse_period(decomposed)
    assert decomposed[refusal.value.column :] == text[composed_refusal.value.column :]


@pytest.mark.parametrize(("text", "closest"), [("quý 2", "2024Q2"), ("tháng 7", "2024-07"), ("x", "2024-01")])
def test_the_closest_is_of_this_year_when_none_is_typed(text: str, closest: str) -> None:
    with pytest.raises(PeriodError) as refused:
        parse_period(text, today=date(2024, 2, 1))
    assert refused.value.closest == closest


typed_texts = st.one_of(
    st.text(max_size=30),
    st.text("0129QHTtqhIVI/.- ", max_size=16),
    st.tuples(st.sampled_from([typed for typed, _ in FORMS]), st.text(max_size=2)).map("".join),
    st.builds("{}{}{}".format, st.sampled_from(["quý ", "tháng ", "năm ", "T", "Q"]), st.integers(0, 2300), st.text()),
)


@given(typed_texts, st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_any_text_is_a_period_or_refused_inside_it(text: str, today: date | None) -> None:
    try:
        period = parse_period(text, today=today)
    except PeriodError as error:
        assert 0 <= error.column <= len(text)  # noqa: PT017  # either outcome is good
    else:
        assert parse_period(period.label) == period


@given(typed_texts.filter(lambda text: ".." not in text), st.none() | st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_the_closest_form_is_a_canonical_label(text: str, today: date | None) -> None:
    try:
        closest = parse_period(text, today=today).label
    except PeriodError as error:
        closest = error.closest
    assert parse_canonical(closest) is not None


@pytest.mark.parametrize(
    "label", ["2023-06", "2023-12", "2023Q2", "2023H1", "2023-9T", "2023", "2023-01..2023-05", "2021..2025"]
)
def test_a_canonical_label_is_its_period(label: str) -> None:
    found = parse_canonical(label)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize(
    "text",
    [
        "", "x", " 2023", "2023\n", "2023q2", "2023-Q2", "2023-6", "06/2023", "2023-6T", "2023-9t", "2023-13", "1899",
        "2200", "2023..2023", "2023-01..2023-03", "2023..2022", "2023-01..2023Q2", "2021..2022..2023", "2023 .. 2024", "२०२३",
    ],
)  # fmt: skip
def test_nothing_else_is_canonical(text: str) -> None:
    assert parse_canonical(text) is None


def test_years_are_those_from_1900_to_2199() -> None:
    assert [parse_period("1900"), parse_period("2199")] == [Period.year(1900), Period.year(2199)]


def test_a_hundred_thousand_characters_are_refused_at_once() -> None:
    for text in ("9" * 100_000, "quý " + " " * 100_000, "2021" + "." * 100_000, "tháng " * 20_000):
        with pytest.raises(PeriodError):
            parse_period(text)
