"""docs/khao-sat.md says what is true: its commands run, its entry is good, every option and key is named."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.conftest import Cchc

from cchc.core.surveys import Question, Survey
from cchc.workspace import decode

TABLE = (
    ("Lúc", "Thời gian chờ", "Thái độ", "Kết quả"),
    ("8:00", "Rất hài lòng", "Hài lòng", "Hài lòng"),
    ("9:00", "Bình thường", None, "Hài lòng"),
)


@pytest.fixture(scope="module")
def text() -> str:
    return (Path(__file__).parents[1] / "docs/khao-sat.md").read_text(encoding="utf-8")


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """A copy of the plan of xã Lê Hồng, without data."""
    shutil.copytree(repository / "plan", tmp_path / "le-hong/plan")
    return tmp_path / "le-hong"


def test_the_commands_shown_run(text: str, workspace: Path, cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet = book.create_sheet("Phiếu", 0)
    for row in TABLE:
        sheet.append(row)
    del book["Sheet"]
    book.save(workspace / "phieu.xlsx")
    monkeypatch.chdir(workspace)
    commands = re.findall(r"```sh\ncchc (.*?)```", text, re.DOTALL)
    assert len(commands) == 2
    for line in commands:
        assert cchc(*shlex.split(line.replace("\\\n", " ")), "-C", str(workspace))[0] == 0, line
    status, out, _ = cchc("show", "hai-long-tthc", "-C", str(workspace))
    assert (status, "Thái độ" in out, "184/205" in out) == (0, True, True)


def test_the_entry_shown_is_good(text: str, workspace: Path, cchc: Cchc) -> None:
    (entry,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (workspace / "data").mkdir()
    (workspace / "data/2023Q2.yaml").write_text(f"format: cchc/1\nperiod: 2023Q2\n{entry}", encoding="utf-8")
    status, out, _ = cchc("validate", "-C", str(workspace))
    assert (status, re.findall(r"[EW]\d{3}", out)) == (0, ["W502"])
    assert all(f"{key}:" in entry for record in (Survey, Question) for key in decode.keys(record))
