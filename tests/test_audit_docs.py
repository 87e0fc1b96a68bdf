"""docs/audit.md: its example comes out as shown, and the digest can be recomputed without cchc."""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cchc.core import digest
from cchc.core.closing import reporting_periods
from cchc.core.period_forms import parse_period
from cchc.texts import Language, translator
from cchc.views.differing import LOOKS
from cchc.workspace.load import load

MORE = ("2021", "2022-9T", "2023-12", "2023Q4", "2023H2", "2024Q3", "2025")  # periods without figures of their own


@pytest.fixture(scope="module")
def script() -> ModuleType:
    file = Path(__file__).parents[1] / "docs/digest.py"
    spec = importlib.util.spec_from_file_location("digest_without_cchc", file)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def root(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped workspace under git, everything committed, and `cchc` on the PATH."""
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / "xa" / folder)
    shutil.copy(repository / ".gitignore", tmp_path / "xa")
    program = tmp_path / "bin/cchc"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cchc "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Nguyễn Văn A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@xa.example")
        monkeypatch.setenv(f"GIT_{who}_DATE", "2023-06-16T08:00:00+07:00")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "kế hoạch, số liệu"]):
        subprocess.run(["git", *words], cwd=tmp_path / "xa", check=True)
    return tmp_path / "xa"


def _ran(line: str, folder: Path) -> str:
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout + done.stderr


def _checked_by_script(script: ModuleType, root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = script.main([str(root), "--closed"])
    return status, capsys.readouterr().out


def test_the_example_comes_out_as_shown(
    repository: Path, root: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```console\n(.*?)```", (repository / "docs/audit.md").read_text("utf-8"), re.DOTALL)
    output = ""
    for line in example.splitlines():
        if line.startswith("$ "):
            output = _ran(line[2:], root)
            if line.startswith("$ cchc correct"):
                assert _checked_by_script(script, root, capsys) == (0, "2023Q2 2023-06-20 b15d69be8f910c72 khớp\n")
        else:
            assert line in output.splitlines(), line
    assert _checked_by_script(script, root, capsys) == (1, "2023Q2 2023-06-20 b15d69be8f910c72 KHÔNG KHỚP\n")


def test_everything_that_deserves_a_second_look_is_explained(repository: Path) -> None:
    text = (repository / "docs/audit.md").read_text("utf-8")
    vietnamese = translator(Language.VIETNAMESE)
    assert [look for look, message in LOOKS.items() if vietnamese(message) not in text] == []


def test_a_supplement_is_undone_by_both(root: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    _ran("cchc close 2023Q2 --by vp-dang-uy-noi-vu --incomplete --commit", root)
    _ran("cchc add-measure thoi-gian-cho 5600/450 -p 2023-05 --document 31/TB-UBND --today 2023-06-27", root)
    _ran("cchc correct thoi-gian-cho 5600/451 -p 2023-05 --document 32/TB-UBND --reason x --today 2023-06-28", root)
    assert "supplement:" in (root / "data/2023-05.yaml").read_text("utf-8")
    assert _checked_by_script(script, root, capsys)[0] == 0
    assert "E601" not in _ran("cchc validate", root)


@pytest.mark.parametrize("workspace", [".", "tests/golden/moi-loai"])
def test_the_lines_are_those_of_the_program(repository: Path, workspace: str, script: ModuleType) -> None:
    folder = repository / workspace
    data = load(folder).data
    assert data is not None
    periods = {wider for found in data.files for wider in reporting_periods(data.plan, found)}
    assert len(periods) > 20
    every = sorted({*periods, *(parse_period(label) for label in MORE)})
    for period in every if os.environ.get("CCHC_LONG") else every[::3]:
        assert script.lines_of(folder, period.label) == list(digest.canonical(data, period)), period


def test_the_script_runs_alone(repository: Path) -> None:
    def ran(*words: str) -> str:
        command = [sys.executable, "-S", "-c", _ALONE, str(repository / "docs/digest.py"), *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    data = load(repository).data
    assert data is not None
    assert ran(str(repository), "2023Q2").strip() == digest.digest(data, parse_period("2023Q2"))
    assert ran(str(repository), "2023Q2", "--lines").splitlines()[0] == "cchc-digest/1"
    with pytest.raises(subprocess.CalledProcessError):
        ran(str(repository), "quý II")


_ALONE = f"""
import runpy, sys
sys.path = [one for one in {sys.path!r} if not one.endswith("src")]
sys.modules["cchc"] = None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
