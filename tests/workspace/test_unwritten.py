"""What was typed and is not written yet: kept whole, read as it was, never taken for something else."""

from pathlib import Path

import pytest

from cchc.core.errors import WorldError
from cchc.workspace import unwritten, writing
from cchc.workspace.unwritten import FILE, Held, Unwritten

PLAIN = Unwritten("dung-han", "412/418", "2023-06")
FULL = Unwritten(
    "hang", "4/17", "2023", "nguồn\tmột", "ghi\nchú", ("a.pdf", "b.pdf"), "van-phong",
    provisional=True, points="86,25", document="1/TB", replaces="5/17",
)  # fmt: skip


def test_what_is_held_is_found_again(tmp_path: Path) -> None:
    assert unwritten.held(tmp_path) == Held()
    first = unwritten.hold(tmp_path, None, [PLAIN])
    assert unwritten.held(tmp_path) == Held(first, (PLAIN,))
    both = unwritten.hold(tmp_path, first, [PLAIN, FULL])
    assert unwritten.held(tmp_path) == Held(both, (PLAIN, FULL))
    assert unwritten.hold(tmp_path, both, [PLAIN, FULL]) == both
    assert unwritten.hold(tmp_path, both, []) is None
    assert unwritten.held(tmp_path) == Held()
    assert unwritten.hold(tmp_path, None, []) is None
    assert [path.name for path in tmp_path.iterdir()] == [writing.LOCK_FILE]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[" * 100_000, "[]", "{}", '{"format": "cchc-typed/2", "typed": []}', '{"format": "cchc-typed/1"}',
        '{"format": "cchc-typed/1", "typed": {}}',
    ],
)  # fmt: skip
def test_what_is_not_ours_has_no_entries(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert unwritten.held(tmp_path) == Held(text, (), readable=False)


@pytest.mark.parametrize(
    "row",
    [
        "1", '{"value": "1", "period": "2023"}', '{"indicator": 1, "value": "1", "period": "2023"}',
        '{"indicator": "a", "value": "1", "period": "2023", "khac": "x"}',
        '{"indicator": "a", "value": "1", "period": "2023", "evidence": "x"}',
        '{"indicator": "a", "value": "1", "period": "2023", "evidence": [1]}',
        '{"indicator": "a", "value": "1", "period": "2023", "provisional": "x"}',
        '{"indicator": "a", "value": "1", "period": "2023", "source": null}',
    ],
)  # fmt: skip
def test_an_entry_that_is_not_ours_is_left_out(tmp_path: Path, row: str) -> None:
    good = '{"indicator": "dung-han", "value": "412/418", "period": "2023-06"}'
    text = f'{{"format": "cchc-typed/1", "typed": [{good}, {row}]}}'
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert unwritten.held(tmp_path) == Held(text, (PLAIN,), readable=False)


def test_bytes_that_are_no_text_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff")
    assert unwritten.held(tmp_path) == Held(None, (), readable=False)


def test_what_somebody_else_holds_is_neither_overwritten_nor_removed(tmp_path: Path) -> None:
    first = unwritten.hold(tmp_path, None, [PLAIN])
    other = unwritten.hold(tmp_path, first, [FULL])
    for entries in ([PLAIN, FULL], []):
        with pytest.raises(WorldError):
            unwritten.hold(tmp_path, first, entries)
    assert unwritten.held(tmp_path) == Held(other, (FULL,))


def test_what_is_gone_already_need_not_be_removed(tmp_path: Path) -> None:
    first = unwritten.hold(tmp_path, None, [PLAIN])
    (tmp_path / FILE).unlink()
    assert unwritten.hold(tmp_path, first, []) is None


def test_a_file_that_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(writing.System):
        def remove(self, path: Path) -> None:
            raise OSError(5, "lỗi đĩa", str(path))

    first = unwritten.hold(tmp_path, None, [PLAIN])
    monkeypatch.setattr(writing, "system", Broken())
    with pytest.raises(WorldError):
        unwritten.hold(tmp_path, first, [])
