"""docs/nhap-so-lieu.md says what is true: its import files are good, its table imports, keys and limits are named."""

import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import Cchc
from tests.tables import form_06a

from cchc.core import imports
from cchc.workspace import decode, sheetparts, sheets, tables


@pytest.fixture(scope="module")
def text() -> str:
    return (Path(__file__).parents[1] / "docs/nhap-so-lieu.md").read_text(encoding="utf-8")


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """A copy of the plan of xã Lê Hồng, without data."""
    shutil.copytree(repository / "plan", tmp_path / "le-hong/plan")
    return tmp_path / "le-hong"


def test_the_import_files_shown_are_good(text: str, workspace: Path, cchc: Cchc) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(shown) == 3
    for number, example in enumerate(shown):
        (workspace / f"plan/imports/{number}.yaml").write_text(example, encoding="utf-8")
    status, out, _ = cchc("validate", "-C", str(workspace))
    assert (status, re.findall(r"[EW]\d{3}", out)) == (0, ["W502"])


def test_the_commands_shown_run(text: str, workspace: Path, cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    (table,) = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    (workspace / "so-lieu.csv").write_text(table, encoding="utf-8")
    (lines,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    (workspace / "so-lieu.jsonl").write_text(lines, encoding="utf-8")
    (workspace / "bieu-06a.xlsx").write_bytes(form_06a())
    monkeypatch.chdir(workspace)
    commands = re.findall(r"^cchc (import [^#\n]*)", text, re.MULTILINE)
    assert len(commands) == 5
    for line in commands:
        shutil.rmtree(workspace / "data", ignore_errors=True)
        assert cchc(*line.split(), "-C", str(workspace))[0] == 0, line


def test_every_key_of_import_files_is_named(text: str) -> None:
    records = (imports.ImportHead, imports.ImportFigure, imports.RowChoice, imports.HeadRows)
    keys = {key for record in records for key in decode.keys(record)}
    assert {key for key in keys if not re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", text)} == set()


def test_every_limit_is_named(text: str) -> None:
    limits = (
        f"{sheets.MAX_FILE >> 20} MiB",
        f"{sheetparts.MAX_UNPACKED >> 20} MiB",
        *(
            f"{limit:,}".replace(",", ".")
            for limit in (sheetparts.MAX_ROWS, sheetparts.MAX_COLUMNS, sheetparts.MAX_CELLS)
        ),
    )
    assert [limit for limit in limits if limit not in text] == []
    assert tables.MAX_LINES == sheetparts.MAX_ROWS
