"""Fixtures that make forgetting loud: no test reaches the real home, clock, git identity or settings by accident."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=1500)
settings.load_profile("default")

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _sealed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test an empty home, a fixed day and language, and no settings of git or of ours."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("CCHC_", "GIT_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("CCHC_TODAY", "2023-06-20")
    monkeypatch.setenv("PYTHONUTF8", "1")


@pytest.fixture
def repository() -> Path:
    """The checkout, which is the workspace of xã Lê Hồng; tests only read it."""
    return REPOSITORY
