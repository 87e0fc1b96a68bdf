"""Import files: what a formula names, and what is wrong between the parts of a file."""

import pytest

from cchc.core.imports import Term, Written, parse_formula, parse_place
from cchc.core.scalars import Unfit
from cchc.core.written import parse_written


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("E12", (Term(1, "E", 12),)),
        (" AB ", (Term(1, "AB"),)),
        ("E12 + F12-G12", (Term(1, "E", 12), Term(1, "F", 12), Term(-1, "G", 12))),
        ("<Đúng hạn>", (Term(1, heads=("Đúng hạn",)),)),
        ("<đã giải quyết | quá hạn> - <x+y>", (Term(1, heads=("đã giải quyết", "quá hạn")), Term(-1, heads=("x+y",)))),
    ],
)
def test_a_formula_adds_cells_and_columns_up(text: str, terms: tuple[Term, ...]) -> None:
    assert parse_formula(text) == terms


@pytest.mark.parametrize(
    "text", ["", "e12", "E0", "E12 +", "+E12", "E12 F12", "E12 * 2", "<>", "<a | >", "<a", "12", "ABCD"]
)
def test_anything_else_is_no_formula(text: str) -> None:
    with pytest.raises(Unfit, match="E226"):
        parse_formula(text)


def test_a_place_is_one_cell_or_column() -> None:
    assert str(parse_place("B3")) == "B3"
    assert str(parse_place("< Kỳ | tháng >")) == "<Kỳ | tháng>"
    with pytest.raises(Unfit, match="E226"):
        parse_place("B3 + B4")


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("412", None, "412"),
        ("-7", None, "-7"),
        ("1.234", Written.VIETNAMESE, "1234"),
        ("1,234", Written.VIETNAMESE, "1.234"),
        ("1.234.567,89", Written.VIETNAMESE, "1234567.89"),
        ("1,234", Written.ENGLISH, "1234"),
        ("1.234", Written.ENGLISH, "1.234"),
        ("1,234,567.89", Written.ENGLISH, "1234567.89"),
        ("98,56", Written.VIETNAMESE, "98.56"),
    ],
)
def test_a_number_in_a_text_is_read_as_was_said(text: str, form: Written | None, number: str) -> None:
    assert str(parse_written(text, form)) == number


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1.234", None),
        ("98,5", None),
        ("98.5", Written.VIETNAMESE),
        ("98,5", Written.ENGLISH),
        ("1.23.456", Written.VIETNAMESE),
        ("0.123", Written.VIETNAMESE),
        ("1 234", Written.VIETNAMESE),
        ("4/5", Written.VIETNAMESE),
        ("1e3", Written.ENGLISH),
        ("", None),
    ],
)
def test_what_is_written_otherwise_is_no_number(text: str, form: Written | None) -> None:
    with pytest.raises(Unfit, match="E206"):
        parse_written(text, form)
