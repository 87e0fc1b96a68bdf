"""Texts in cells: none is a formula, each comes back as it was."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.cells import EVIDENCE_KEYS, guarded, joined, listed, parted, record, unguarded

STARTS = "=+-@\t\r\n＝＋－＠"
hostile = st.text(st.sampled_from(f"{STARTS}'a| {{") | st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize("start", STARTS)
def test_a_text_that_begins_like_a_formula_is_guarded(start: str) -> None:
    assert guarded(f"{start}1") == f"'{start}1"
    assert guarded(f"'{start}1") == f"''{start}1"


@pytest.mark.parametrize("text", ["", "Đã làm", "'tis", "''", "a=1", "1-2"])
def test_other_texts_stay(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(hostile)
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert guarded(text)[:1] not in set(STARTS)
    assert unguarded(guarded(text)) == text


pieces = st.lists(
    hostile.map(str.strip).filter(bool) | st.dictionaries(st.sampled_from(EVIDENCE_KEYS), hostile, min_size=1)
)


@given(pieces)
def test_evidence_comes_back(found: list[str | Mapping[str, str]]) -> None:
    back = parted(joined(found))
    assert [piece if not isinstance(piece, str) else {"path": piece} for piece in back] == [
        piece if not isinstance(piece, str) else {"path": piece} for piece in found
    ]


@pytest.mark.parametrize("found", [1, ["a"], {"title": 1}, {"colour": "x"}])
def test_what_is_no_record_is_refused(found: object) -> None:
    with pytest.raises(ValueError, match=r"texts|colour"):
        record(found)


def test_words_stand_between_bars() -> None:
    assert listed(["2023-01", "2023-03"]) == "2023-01|2023-03"
    assert listed([]) == ""


@pytest.mark.parametrize("path", ["a|b.pdf", "{a}.pdf", '{"title": "x"}'])
def test_a_path_that_looks_like_more_is_a_record(path: str) -> None:
    assert parted(joined(["b.pdf", path])) == ("b.pdf", {"path": path})
