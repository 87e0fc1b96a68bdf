"""What is in the way of many rows at once, at the terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repositories import Repo, data

Cchc = Callable[..., tuple[int, str, str]]
TODAY = ("--today", "2023-07-20")


@pytest.fixture
def batch(repo: Repo) -> Path:
    """Two figures of the closed 2023-06, on eight lines of different months in all."""
    repo.put("data/2023-06.yaml", data("2023-06", dung_han="412/418", so_luong="3"))
    rows = ["dung-han;411/418;2023-06", "so-luong;4;2023-06", *(f"so-luong;4;2023Q{at}" for at in (2, 2, 3))]
    return repo.put("so-lieu.csv", "\n".join(["indicator;value;period", *rows]) + "\n")


def test_a_closed_month_and_a_wrong_period_are_told_once_each(cchc: Cchc, repo: Repo, batch: Path) -> None:
    repo.commit("số liệu")
    assert cchc("close", "2023-06", "--by", "van-phong", "--incomplete", *TODAY)[::2] == (0, "")
    status, out, err = cchc("add-measure", "--from", str(batch), *TODAY)
    assert (status, out) == (3, "")
    assert err.splitlines() == [
        "dòng 2: lỗi: 2023-06 đã chốt ngày 2023-07-20; dung-han, so-luong của 2023-06 chỉ sửa được bằng đính chính",
        "  cchc correct CHỈ_TIÊU GIÁ_TRỊ -p 2023-06 --reason … --document …",
        "  2 dòng: 2–3",
        "dòng 4: lỗi: so-luong được đo theo tháng, không đo cho 2023Q2",
        "  Gõ -p 2023-06.",
        "  2 dòng: 4–5",
        "dòng 6: lỗi: so-luong được đo theo tháng, không đo cho 2023Q3",
        "  Gõ -p 2023-09.",
        "lỗi: 5 dòng không ghi được; chưa ghi dòng nào",
        "  Sửa các dòng đó rồi chạy lại lệnh.",
    ]


def test_a_table_of_made_up_company_is_told_once(cchc: Cchc, repo: Repo, batch: Path) -> None:
    repo.put("data/2023-06.yaml", data("2023-06", so_luong="3") + "illustrative: true\n")
    lines = [line.replace("2023-06", "2023-07") for line in batch.read_text(encoding="utf-8").splitlines()[:3]]
    table = repo.put("bang.csv", "\n".join(lines) + "\n")
    status, _, err = cchc("import", str(table), *TODAY)
    assert (status, err.count("lỗi: "), err.count("--illustrative")) == (3, 2, 1)
    assert "  2 chỗ: bang.csv:2:1, bang.csv:3:1\n" in err
