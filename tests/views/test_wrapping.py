"""Lines are broken between words, at cells and not at characters."""

import unicodedata

import pytest

from cchc.views.wrapping import width_of, wrapped


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("Tỷ lệ", 5), (unicodedata.normalize("NFD", "Tỷ lệ"), 5), ("漢字", 4), ("đ·–", 3)],
)
def test_marks_take_no_cell_and_wide_signs_two(text: str, cells: int) -> None:
    assert width_of(text) == cells


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("một hai ba", 10, ["một hai ba"]),
        ("một hai ba bốn", 10, ["một hai ba", "  bốn"]),
        ("  Tử số: hồ sơ đã trả", 14, ["  Tử số: hồ sơ", "    đã trả"]),
        (unicodedata.normalize("NFD", "một hai ba"), 10, [unicodedata.normalize("NFD", "một hai ba")]),
        ("漢字漢字漢字漢", 10, ["漢字漢字", "  漢字漢"]),
        ("abcdefghijklmnop", 10, ["abcdefgh", "  ijklmnop"]),
        ("a bcdefghijklmnop", 3, ["a bcdefghi", "  jklmnop"]),
        ("      sáu ô trước chữ", 10, ["sáu ô", "trước chữ"]),
    ],
)
def test_a_line_is_broken_between_words_and_goes_on_indented(line: str, width: int, lines: list[str]) -> None:
    assert wrapped(line, width) == lines


def test_no_line_is_wider_and_no_word_is_lost() -> None:
    text = "  " + "Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn, tháng 6/2023 " * 5
    for width in range(10, 100):
        lines = wrapped(text, width)
        assert max(map(width_of, lines)) <= width
        assert "".join("".join(lines).split()) == "".join(text.split())
