"""`show`: one indicator with its definition, its figures as a table, what stands beside them, and its trail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.views.wrapping import width_of

Put = Callable[[str, str], Path]
Cchc = Callable[..., tuple[int, str, str]]
FULL = """\
measurements:
  dung-han:
    numerator: 1236
    denominator: 1254
    source: Sổ | <b>một cửa</b>
    provided: {by: van-phong, on: 2023-06-15}
    checked: {by: van-phong, on: 2023-06-16}
    evidence: [a.pdf]
    note: chú ý
"""


@pytest.fixture
def cchc(small: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(small)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_the_figures_stand_beside_those_of_the_year_before(cchc: Cchc, put: Put) -> None:
    put("2022-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2}\n")
    put("2023-06", FULL)
    status, out, _ = cchc("show", "dung-han")
    assert status == 0
    rows = [line.split() for line in out.splitlines() if line.startswith("tháng ")]
    assert [row[-1] for row in rows] == ["Đạt", "đạt"]
    assert "1.236/1.254 (98,56%)" in out
    assert " 50%  " in next(line for line in out.splitlines() if line.startswith("tháng 6/2023"))
    assert "  tháng 6/2023: nguồn: Sổ | <b>một cửa</b>" in out
    assert "  tháng 6/2023: xác nhận: van-phong 16/6/2023" in out
    assert "  tháng 6/2023: ghi chú: chú ý" in out
    assert "Chưa được git quản lý" in out


def test_it_fits_a_narrow_window(cchc: Cchc, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("2023-06", FULL)
    for columns in (40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = cchc("show", "dung-han")[1].splitlines()
        assert max(map(width_of, lines)) <= columns
        assert any("1.236/1.254 (98,56%)" in line for line in lines)
        assert any(line.endswith("████████████") or "████████████  " in line for line in lines)


def test_bars_grow_from_the_least_to_the_greatest(cchc: Cchc, put: Put) -> None:
    for month, numerator in (("2023-04", 97), ("2023-05", 98), ("2023-06", 99)):
        put(month, f"measurements:\n  dung-han: {{numerator: {numerator}, denominator: 100}}\n")
    out = cchc("show", "dung-han")[1]
    assert [line.count("█") for line in out.splitlines() if line.startswith("tháng ")] == [12, 7, 1]


def test_as_markdown_every_text_is_inert(cchc: Cchc, put: Put) -> None:
    put("2023-06", FULL)
    status, out, _ = cchc("show", "dung-han", "-f", "md")
    assert status == 0
    assert out.startswith("# Đúng hạn")
    assert "| tháng 6/2023 | 1.236/1.254 (98,56%) | – | ████████████ | Đạt |" in out
    assert "<b>" not in out
    assert "## Chưa được git quản lý" in out


def test_without_a_figure_it_says_so(cchc: Cchc) -> None:
    for form in ("text", "md"):
        status, out, _ = cchc("show", "so-luong", "-f", form)
        assert (status, "Chưa có số liệu nào." in out) == (0, True)
        assert "Kèm theo số liệu" not in out


def test_words_and_ranks_have_no_bar(cchc: Cchc, put: Put) -> None:
    put("2023Q2", "measurements:\n  loi: {text: Đã làm xong.}\n")
    out = cchc("show", "loi")[1]
    assert "Đã làm xong." in out
    assert "█" not in out
