"""docs/huong-dan.md: every command runs in its order and answers as shown, from installing to the report."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.formfilling import FilledIn
from tests.tables import form_06a
from tests.terminal import Terminal

LATER = {"cchc correct": "2023-06-26"}
TODAY = "2023-06-16"


@pytest.fixture
def folder(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plan to begin with, and git knowing who works here."""
    for part in ("plan", "templates"):
        shutil.copytree(repository / part, tmp_path / "kho" / part)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Nguyễn Văn A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@xa.example")
    monkeypatch.setenv("CCHC_TODAY", TODAY)
    return tmp_path


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command with the lines shown below it."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield command, shown


def ran(command: str, folder: Path) -> str:
    words = shlex.split(command)
    program = [sys.executable, "-m", "cchc"] if words[0] == "cchc" else [words[0]]
    day = next((day for beginning, day in LATER.items() if command.startswith(beginning)), TODAY)
    done = subprocess.run(
        [*program, *words[1:]], cwd=folder, env={**os.environ, "CCHC_TODAY": day},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stdout + done.stderr)
    return done.stdout + done.stderr


def guided(command: str, shown: list[str], folder: Path) -> str:
    """Type the values that the guide shows and nothing at the other prompts, then yes."""
    terminal = Terminal(*shlex.split(command)[1:], cwd=folder, columns=100)
    for line in shown:
        if line.startswith("Giá trị: "):
            terminal.type(line.removeprefix("Giá trị: "))
    terminal.type(">")
    terminal.type("có", after="có/")
    assert terminal.end() == 0, terminal.screen
    return terminal.screen


def fill_in(root: Path, words: list[str]) -> None:
    """Fill in the form as the one who got it does, before it is made: the same bytes come out again."""
    period, owner, name = words[2], words[4], words[6]
    (root / name).unlink()
    form = FilledIn(root, period, "--owner", owner)
    form.put(
        "cong-khai-ngan-sach 2023Q2", value="có", source="Trang thông tin điện tử", evidence="Quyết định số 12/QĐ-UBND"
    )
    shutil.copy(form.saved(), root / name)


def test_every_command_of_the_guide_runs_in_its_order_and_answers_as_shown(repository: Path, folder: Path) -> None:
    text = (repository / "docs/huong-dan.md").read_text(encoding="utf-8")
    commands = list(blocks(text))
    assert len(commands) > 30
    for command, shown in commands:
        words = shlex.split(command)
        if words[0] == "cd":
            folder /= words[1]
            continue
        if "--mapping" in words:
            (folder / words[2]).write_bytes(form_06a())
        said = guided(command, shown, folder) if words[1:3] == ["add-measure", "-p"] else ran(command, folder)
        for line in shown:
            assert line.strip() in " ".join(said.split("\n")), (command, line, said)
        if words[1] == "form":
            fill_in(folder, words)
    written = (folder / "data/2023-06.yaml").read_text(encoding="utf-8")
    assert "ho-so-dung-han:\n    numerator: 411\n    denominator: 418\n" in written
    assert ran("git status --short", folder).count("data/") == 0
    for name in ("phieu.html", "du-thao.docx", "bao-cao-45.docx", "so-lieu.csv", "dau-vet.md"):
        assert (folder / name).stat().st_size > 500
    assert (folder / "trang-cong-khai/index.html").exists()


def test_the_guide_installs_as_the_readme_says(repository: Path) -> None:
    guide = (repository / "docs/huong-dan.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```powershell\n(.*?)```", guide, re.DOTALL)
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for line in (*block.splitlines(), 'python3 -m pip install ".[docx,xlsx]"'):
        assert f"`{line}`" in readme
