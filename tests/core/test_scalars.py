"""Scalars typed by the schema, never guessed by YAML (design.md, section 2)."""

import time
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cchc.core import scalars
from cchc.core.periods import Period
from cchc.core.scalars import Unfit


def refusal(parse: Callable[[str], object], text: str) -> Unfit:
    with pytest.raises(Unfit) as refused:
        parse(text)
    return refused.value


# numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("412", 412),
        ("-5", -5),
        ("123456789012345678", 123456789012345678),
        ("95.5", Decimal("95.5")),
        ("1.2340", Decimal("1.2340")),
        ("1234.567", Decimal("1234.567")),
        ("0.12", Decimal("0.12")),
        ("-0.5", Decimal("-0.5")),
        ("1.00", Decimal("1.00")),
    ],
)
def test_a_number_is_exact_and_keeps_its_decimals(text: str, value: int | Decimal) -> None:
    number = scalars.parse_number(text)
    assert (number, type(number), str(number)) == (value, type(value), text)


@pytest.mark.parametrize(
    ("text", "reading", "hint"),
    [
        ("95,5", "“95,5”", "95.5"),
        ("12:30", "750", "95.5"),
        ("1:30:00", "5400", "95.5"),
        ("-12:30", "-750", "95.5"),
        ("01:30", "“01:30”", "95.5"),
        ("010", "8", "10"),
        ("-010", "-8", "-10"),
        ("0_17", "15", "17"),
        ("08", "“08”", "8"),
        ("08.5", "8.5", "95.5"),
        ("1e3", "“1e3”", "1000"),
        ("1.5e3", "“1.5e3”", "1500"),
        ("25e-1", "“25e-1”", "2.5"),
        ("1e30", "“1e30”", "95.5"),
        ("1e99999999999999999999", "“1e99999999999999999999”", "95.5"),
        ("1_000", "1000", "1000"),
        ("1_000.5", "1000.5", "1000.5"),
        ("1.234", "1.234", "1234 / 1.2340"),
        ("-1.234", "-1.234", "-1234 / -1.2340"),
        ("93,500", "“93,500”", "93500 / 93.5000"),
        ("1.234,5", "“1.234,5”", "1234.5"),
        ("1,234.5", "“1,234.5”", "1234.5"),
        ("1,234,567", "“1,234,567”", "1234567"),
        ("1 234", "“1 234”", "1234"),
        ("+5", "5", "5"),
        ("5.", "5", "95.5"),
        ("-0", "0", "0"),
        ("-0.0", "-0.0", "0"),
        ("1.234.567", "“1.234.567”", "1234567"),
        ("--5", "“--5”", "95.5"),
        ("-", "“-”", "95.5"),
        ("", "“”", "95.5"),
        ("  ", "“  ”", "95.5"),
        (" 5", "“ 5”", "5"),
        ("5 %", "“5 %”", "95.5"),
        ("٣", "“٣”", "95.5"),
        ("½", "“½”", "95.5"),
        ("NaN", "“NaN”", "95.5"),
        ("412/418", "“412/418”", "95.5"),
    ],
)
def test_a_trap_quotes_what_plain_yaml_reads_and_what_to_type(text: str, reading: str, hint: str) -> None:
    refused = refusal(scalars.parse_number, text)
    assert refused.code == "E206"
    assert refused.args_ == {"text": text, "reading": reading, "hint": hint}


def test_a_point_with_nothing_before_it_is_refused() -> None:
    assert refusal(scalars.parse_number, ".5").code == "E206"


@pytest.mark.parametrize(
    ("text", "hint"),
    [("1.234", "1234"), ("93,500", "93500"), ("95,5", "1234"), ("010", "10"), ("1e3", "1000"), ("25e-1", "1234")],
)
def test_where_a_whole_number_belongs_only_whole_ones_are_proposed(text: str, hint: str) -> None:
    refused = refusal(scalars.parse_whole, text)
    assert (refused.code, refused.args_["hint"]) == ("E206", hint)


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (scalars.parse_whole, "95.5", "E207"),
        (scalars.parse_whole, "95.0", "E207"),
        (scalars.parse_count, "95.5", "E207"),
        (scalars.parse_count, "-1", "E208"),
        (scalars.parse_amount, "-0.5", "E208"),
        (scalars.parse_amount, "95,5", "E206"),
        (scalars.parse_positive, "0", "E208"),
        (scalars.parse_positive, "-1", "E208"),
    ],
)
def test_a_number_that_its_field_cannot_take_is_told_apart(
    parse: Callable[[str], object], text: str, code: str
) -> None:
    assert refusal(parse, text).code == code


def test_the_least_that_a_field_takes_is_taken() -> None:
    assert (scalars.parse_count("0"), scalars.parse_amount("0.0"), scalars.parse_positive("1")) == (0, 0, 1)
    assert refusal(scalars.parse_positive, "0").args_ == {"text": "0", "minimum": 1}
    assert refusal(scalars.parse_count, "-1").args_ == {"text": "-1", "minimum": 0}


@pytest.mark.parametrize(
    ("text", "trap"),
    [("1.234", True), ("12.345", True), ("-123.456", True), ("1234.567", False), ("1.2340", False), ("1.23", False)],
)
def test_one_to_three_digits_a_point_and_three_more_look_like_thousands(text: str, *, trap: bool) -> None:
    assert scalars.is_thousands_trap(text) is trap


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_plain_whole_number_is_read_as_itself(number: int) -> None:
    assert scalars.parse_whole(str(number)) == scalars.parse_number(str(number)) == number


numeric_texts = st.text("0123456789.,:_+-e", max_size=12) | st.text(max_size=12)


@given(numeric_texts)
def test_any_text_is_the_number_it_spells_or_refused(text: str) -> None:
    try:
        number = scalars.parse_number(text)
    except Unfit as refused:
        assert refused.code == "E206"  # noqa: PT017  # either outcome is good
    else:
        assert str(number) == text


@given(numeric_texts, st.sampled_from([scalars.parse_number, scalars.parse_whole]))
def test_every_proposed_number_is_one_that_the_field_takes(text: str, parse: Callable[[str], object]) -> None:
    try:
        parse(text)
    except Unfit as refused:
        for hint in str(refused.args_.get("hint", "1")).split(" / "):
            parse(hint)


@given(st.from_regex(r"[-+]?[0-9][0-9_]{0,8}(:[0-5]?[0-9]){0,2}", fullmatch=True))
def test_the_reading_of_digits_is_that_of_pyyaml(text: str) -> None:
    value = yaml.safe_load(text)
    reading = scalars.yaml_reading(text)
    assert reading == f"“{text}”" if isinstance(value, str) else Decimal(reading) == value


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "0" * 100_000, "1_" * 50_000, "1:" * 50_000 + "1", "1e" + "9" * 100_000, "1," * 50_000,
     "-" * 100_000, "1" + ".234" * 25_000, "٣" * 100_000],
)  # fmt: skip
def test_a_hundred_thousand_characters_are_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    assert refusal(scalars.parse_number, text).code == "E206"
    assert refusal(scalars.parse_whole, text).code == "E206"
    assert time.perf_counter() - start < 1


# words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True), ("true", True), ("có", True), ("đạt", True), ("Yes", True), ("TRUE", True), ("ĐẠT", True),
        (" Có ", True), ("no", False), ("false", False), ("không", False), ("không đạt", False), ("Không  Đạt", False),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_both_languages_any_case_and_form(text: str, *, value: bool) -> None:
    assert scalars.parse_yes_no(text) is value
    assert scalars.parse_yes_no(unicodedata.normalize("NFD", text)) is value


@pytest.mark.parametrize("text", ["", " ", "on", "off", "y", "n", "1", "0", "không có", "khong"])
def test_other_words_are_neither_yes_nor_no(text: str) -> None:
    refused = refusal(scalars.parse_yes_no, text)
    assert (refused.code, refused.args_) == ("E213", {"text": text})


@pytest.mark.parametrize("text", ["Tốt", "tốt", "TỐT", " tốt ", "To\u0302\u0301t"])
def test_a_choice_is_found_in_any_case_and_form_and_is_given_back_as_listed(text: str) -> None:
    assert scalars.parse_choice(text, ["Yếu", "Tốt"]) == "Tốt"
    assert scalars.parse_choice(text, [unicodedata.normalize("NFD", "Tốt")]) == unicodedata.normalize("NFD", "Tốt")


def test_what_is_no_choice_is_refused_with_those_that_are() -> None:
    refused = refusal(lambda text: scalars.parse_choice(text, iter(["yếu", "tốt"])), "khá")
    assert (refused.code, refused.args_) == ("E211", {"text": "khá", "known": "yếu, tốt"})


def test_a_text_is_composed_and_trimmed() -> None:
    assert scalars.parse_text(" tie\u0302\u0301ng Vie\u0323\u0302t\n") == "tiếng Việt"
    assert scalars.parse_text("12:30") == "12:30"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_a_text_of_blanks_is_refused(text: str) -> None:
    assert refusal(scalars.parse_text, text).code == "E219"


@given(st.text())
def test_a_text_read_again_is_the_same(text: str) -> None:
    try:
        read = scalars.parse_text(text)
    except Unfit:
        assert not any(sign.isprintable() and not sign.isspace() for sign in text)
    else:
        assert scalars.parse_text(read) == read == unicodedata.normalize("NFC", read)


@pytest.mark.parametrize("text", ["tthc", "ho-so-dung-han", "a", "1", "2-1"])
def test_an_id_is_ascii_kebab_case(text: str) -> None:
    assert scalars.parse_id(text) == text


@pytest.mark.parametrize("text", ["", "Tthc", "ho_so", "-a", "a-", "a--b", "hồ-sơ", "a b", "a\n", "٣"])
def test_anything_else_is_no_id(text: str) -> None:
    assert refusal(scalars.parse_id, text).code == "E212"


# time


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-06-15", date(2023, 6, 15)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-12-31", date(2023, 12, 31)),
    ],
)
def test_a_date_is_year_month_day(text: str, day: date) -> None:
    assert scalars.parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "2023-6-15", "15/06/2023", "20230615", "2023-W24-4", "2023-02-29", "2023-13-01", "0000-01-01", "2023-06-15 ",
     "2023-06-15T00:00", "٢٠٢٣-٠٦-١٥"],
)  # fmt: skip
def test_other_dates_and_days_that_no_calendar_has_are_refused(text: str) -> None:
    refused = refusal(scalars.parse_date, text)
    assert (refused.code, refused.args_) == ("E209", {"text": text})


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert scalars.parse_date(day.isoformat()) == day


def test_a_year_is_one_of_1900_to_2199() -> None:
    assert [scalars.parse_year(text) for text in ("1900", "2023", "2199")] == [1900, 2023, 2199]


@pytest.mark.parametrize("text", ["", "23", "1899", "2200", "02023", "2023.0", "2023 ", "2_023", "٢٠٢٣"])
def test_other_years_are_refused(text: str) -> None:
    assert refusal(scalars.parse_year, text).code == "E221"


def test_the_period_of_a_file_is_a_canonical_label() -> None:
    assert scalars.parse_file_period("2023Q2") == Period.quarter(2023, 2)


@pytest.mark.parametrize(
    ("text", "closest"),
    [
        ("06/2023", "2023-06"),
        ("2023-q2", "2023Q2"),
        ("2023-01..2023-03", "2023Q1"),
        ("2023Q5", "2023Q4"),
        ("", "2023-01"),
    ],
)
def test_another_form_of_a_period_is_refused_with_the_canonical_one(text: str, closest: str) -> None:
    refused = refusal(scalars.parse_file_period, text)
    assert (refused.code, refused.args_) == ("E210", {"text": text, "closest": closest})


def test_a_pile_of_marks_is_left_as_it_is_and_everything_else_is_composed() -> None:
    pile = "a" + "\u0323\u0301" * 200_000
    assert scalars.nfc(pile) == pile
    assert scalars.nfc("e\u0302\u0301" * 1_000) == "ế" * 1_000


# names that the program writes


@pytest.mark.parametrize(
    ("text", "lengths", "name"),
    [
        ("0123456789abcdef", (16,), "0123456789abcdef"),
        (" 0123456789ABCDEF ", (16,), "0123456789abcdef"),
        ("0" * 40, (40, 64), "0" * 40),
        ("f" * 64, (40, 64), "f" * 64),
    ],
)
def test_a_digest_is_so_many_hexadecimal_digits_in_any_case(text: str, lengths: tuple[int, ...], name: str) -> None:
    assert scalars.parse_digits(text, *lengths) == name


@pytest.mark.parametrize("text", ["", "0" * 41, "0" * 63, "g" * 40, "0" * 39 + "…", "0x" + "0" * 38, "٠" * 40])
def test_what_is_no_digest_is_refused_with_the_lengths_that_would_do(text: str) -> None:
    refused = refusal(lambda one: scalars.parse_digits(one, 40, 64), text)
    assert (refused.code, refused.args_["digits"]) == ("E225", (40, 64))
