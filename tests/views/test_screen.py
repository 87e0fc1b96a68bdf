"""Columns for the terminal: they wrap between words and after hyphens, and never grow wider than the screen."""

import unicodedata

import pytest

from cchc.views.screen import Cell, Screen, Style, shortened, table, wrapped
from cchc.views.wrapping import width_of

PLAIN = Screen(30, colour=False)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("một hai ba", 7, ["một hai", "ba"]),
        ("  thụt đầu dòng", 8, ["  thụt", "đầu dòng"]),
        ("ho-so-dung-han", 8, ["ho-so-", "dung-han"]),
        ("khonggachnoi", 5, ["khong", "gachn", "oi"]),
        ("xem khong-cung-cap", 8, ["xem", "khong-", "cung-cap"]),
        ("字字字", 4, ["字字", "字"]),
        (unicodedata.normalize("NFD", "kiểm tra"), 4, [unicodedata.normalize("NFD", word) for word in ("kiểm", "tra")]),
    ],
)
def test_a_text_is_broken_between_words_and_after_hyphens(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "short"), [("vừa đủ", 6, "vừa đủ"), ("dài quá", 4, "dài…"), ("字字字", 4, "字…"), ("ab", 1, "…")]
)
def test_what_does_not_fit_is_cut_with_a_sign(text: str, width: int, short: str) -> None:
    assert shortened(text, width) == short


def test_the_widest_column_gives_way() -> None:
    rows = [[Cell("ma"), Cell("một lời văn rất dài không vừa một dòng")], [Cell("b"), Cell("ngắn")]]
    lines = list(table(PLAIN, ["Mã", "Lời"], rows))
    assert lines == ["Mã  Lời", "ma  một lời văn rất dài không", "    vừa một dòng", "b   ngắn"]
    assert max(map(width_of, lines)) <= PLAIN.width


def test_hostile_texts_are_inert_and_stay_in_their_cell() -> None:
    lines = list(table(PLAIN, ["A", "B"], [[Cell("x\x1b[31m\ny"), Cell("\u202eđảo|=1+1\0")]]))
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


def test_colour_wraps_words_and_never_blanks() -> None:
    screen = Screen(20, colour=True)
    assert screen.painted("đạt", Style.GOOD) == "\x1b[32mđạt\x1b[0m"
    assert screen.painted("  ", Style.GOOD) == "  "
    assert screen.painted("đạt", Style.PLAIN) == "đạt"
    assert list(screen.lines("một dòng rất là dài hơn", Style.BOLD, indent="  ")) == [
        "\x1b[1mmột dòng rất là\x1b[0m",
        "  \x1b[1mdài hơn\x1b[0m",
    ]
