"""The door to the disk: what is read, and that what is written is written whole, to the right place, or not at all."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from cchc.core.errors import WorldError
from cchc.core.reviews import Stored
from cchc.workspace import files
from cchc.workspace.files import digest

FILE = "data/2023-06.yaml"
OLD = digest(b"old")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a data file that says `old`."""
    found = tmp_path / FILE
    found.parent.mkdir()
    found.write_bytes(b"old")
    return found


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


# Reading


def test_root_is_the_first_folder_upwards_with_a_plan(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "data").mkdir()
    assert files.find_root(tmp_path / "data") is None
    (tmp_path / "plan/plan.yaml").touch()
    assert files.find_root(tmp_path / "data") == tmp_path.resolve()


def test_read_gives_text_and_digest(tmp_path: Path, path: Path) -> None:
    assert files.read(tmp_path, FILE) == files.Read(FILE, "old")
    path.write_bytes(b"\xef\xbb\xbfa\r\n")
    assert files.read(tmp_path, FILE).text == "\ufeffa\r\n"


def test_what_cannot_be_read_is_a_code(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.read(tmp_path, "data/none.yaml").code == "E008"
    assert files.read(tmp_path, "data").code == "E001"
    path.write_bytes(b"\xff")
    assert files.read(tmp_path, FILE).code == "E002"
    path.write_bytes(b" " * (files.MAX_BYTES + 1))
    assert files.read(tmp_path, FILE).code == "E004"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    assert files.read(tmp_path, FILE) == files.Read(FILE, None, code="E001", reason=os.strerror(errno.EACCES))


def test_names_are_sorted_and_end_like_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.yaml", "a.YML", "c.txt", ".2023-06.yaml.0.tmp"):
        (tmp_path / name).touch()
    assert files.names(tmp_path, ".") == ["a.YML", "b.yaml"]
    assert files.names(tmp_path, "none") == []
    monkeypatch.setattr(os, "scandir", failing(errno.EACCES))
    with pytest.raises(WorldError):
        files.names(tmp_path, ".")


def test_exists_sees_broken_links_too(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("none")
    assert files.exists(tmp_path, "a")
    assert not files.exists(tmp_path, "b")


def test_what_lies_at_a_path_is_said_with_its_hash_where_it_is_asked_for(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert path.is_file()
    assert files.stored(tmp_path, FILE, hashed=False) == Stored(exists=True)
    assert files.stored(tmp_path, FILE, hashed=True) == Stored(exists=True, sha256=OLD)
    assert files.stored(tmp_path, "data", hashed=True) == Stored(exists=True)
    assert files.Disk(tmp_path).stored("data/none.pdf", hashed=True) == Stored(exists=False)
    assert files.Disk(tmp_path).exists(FILE)
    assert files.stored(tmp_path, "a" * 300 + "/b", hashed=False) == Stored(exists=False)  # too long for the system
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    assert files.stored(tmp_path, FILE, hashed=True) == Stored(exists=False)
