"""The command line as a user meets it: what is printed where, and the exit status."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cchc.cli.main import run


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """A copy of the real plan and its data, in a folder of its own."""
    import shutil  # noqa: PLC0415

    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def cchc(capsys: pytest.CaptureFixture[str], workspace: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Run a command line in the workspace."""
    monkeypatch.chdir(workspace)

    def call(*words: str) -> Answer:
        status = run(words)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


def in_process(*words: str, cwd: Path, language: str = "en", stdin: str | None = None) -> Answer:
    """Run a command line in a process of its own, in English."""
    env = {**os.environ, "CCHC_LANG": language}
    done = subprocess.run(
        [sys.executable, "-m", "cchc", *words],
        cwd=cwd, env=env, input=stdin, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    return Answer(done.returncode, done.stdout, done.stderr)
