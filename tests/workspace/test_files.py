"""The door to the disk: what is read, and that what is written is written whole, to the right place, or not at all."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from cchc.core.errors import Exit, WorldError
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


def refused(root: Path, expected: str | None = OLD, text: str = "new") -> WorldError:
    with pytest.raises(WorldError) as caught:
        files.replace(root, FILE, text, expected)
    assert caught.value.exit is Exit.WORLD
    assert caught.value.remedy
    return caught.value


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
    assert files.read(tmp_path, FILE) == files.Read(FILE, "old", OLD)
    path.write_bytes(b"\xef\xbb\xbfa\r\n")
    assert files.read(tmp_path, FILE).text == "\ufeffa\r\n"


def test_what_cannot_be_read_is_a_code(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.read(tmp_path, "data/none.yaml").code == "E008"
    assert files.read(tmp_path, "data").code == "E001"
    path.write_bytes(b"\xff")
    assert files.read(tmp_path, FILE).code == "E002"
    path.write_bytes(b" " * (files.MAX_BYTES + 1))
    assert files.read(tmp_path, FILE).code == "E004"
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


# Replacing


def test_replace_writes_what_is_given(tmp_path: Path, path: Path) -> None:
    files.replace(tmp_path, FILE, "\ufeffmới\r\n", OLD)
    assert path.read_bytes() == "\ufeffmới\r\n".encode()
    assert names(path.parent) == [path.name]


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    files.replace(tmp_path, FILE, "new", None)
    assert (tmp_path / FILE).read_bytes() == b"new"
    assert names(tmp_path / "data") == ["2023-06.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_permissions_stay(tmp_path: Path, path: Path, mode: int) -> None:
    path.chmod(mode)
    files.replace(tmp_path, FILE, "new", OLD)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path, path: Path) -> None:
    os.chown(path, 12345, 12346)
    files.replace(tmp_path, FILE, "new", OLD)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


@pytest.mark.parametrize("expected", [digest(b"other"), None])
def test_a_file_that_is_not_what_was_read_is_left_alone(tmp_path: Path, path: Path, expected: str | None) -> None:
    error = refused(tmp_path, expected)
    assert error.message == "{file} was changed by somebody else meanwhile"
    assert "Try again" in error.remedy
    assert path.read_bytes() == b"old"
    assert names(path.parent) == [path.name]


def test_a_file_that_was_deleted_meanwhile_is_not_brought_back(tmp_path: Path, path: Path) -> None:
    path.unlink()
    assert refused(tmp_path).message == "{file} was changed by somebody else meanwhile"
    assert names(path.parent) == []


def test_a_new_file_never_replaces_one_that_appeared(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_digest_of", lambda _: None)  # it appears after the comparison
    assert refused(tmp_path, None).message == "{file} was changed by somebody else meanwhile"
    assert path.read_bytes() == b"old"
    assert names(path.parent) == [path.name]


def test_a_new_file_is_made_where_the_file_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    files.replace(tmp_path, FILE, "new", None)
    assert (tmp_path / FILE).read_bytes() == b"new"


def test_a_read_only_file_is_refused_even_to_root(tmp_path: Path, path: Path) -> None:
    path.chmod(0o444)
    assert refused(tmp_path).message == "{file} is read-only"
    assert path.read_bytes() == b"old"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    assert refused(tmp_path).message == "{file} cannot be written: the disk is full"
    assert names(path.parent) == [path.name]
    assert path.read_bytes() == b"old"


def test_a_disk_error_names_its_reason(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", failing(errno.EROFS))
    error = refused(tmp_path)
    assert error.arguments == {"file": FILE, "reason": os.strerror(errno.EROFS)}
    assert names(path.parent) == [path.name]


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir(parents=True)
    assert refused(tmp_path, None).message == "{file} cannot be written: {reason}"


def test_a_file_that_readers_would_refuse_is_not_written(tmp_path: Path, path: Path) -> None:
    error = refused(tmp_path, text="ă" * (files.MAX_BYTES // 2 + 1))
    assert error.message == "{file} would become larger than {limit} bytes"
    assert path.read_bytes() == b"old"


def test_a_folder_that_cannot_be_flushed_is_no_error(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", failing(errno.EACCES))  # as on Windows
    files.replace(tmp_path, FILE, "new", OLD)
    assert path.read_bytes() == b"new"


def test_what_a_killed_writer_left_is_removed(tmp_path: Path, path: Path) -> None:
    (path.parent / ".2023-06.yaml.0badc0de.tmp").touch()
    (path.parent / ".2023-07.yaml.0badc0de.tmp").touch()  # not ours
    files.replace(tmp_path, FILE, "new", OLD)
    assert names(path.parent) == [".2023-07.yaml.0badc0de.tmp", path.name]


# Links


def test_a_link_inside_the_workspace_is_followed(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "real.yaml"
    path.rename(real)
    path.symlink_to("../real.yaml")
    files.replace(tmp_path, FILE, "new", OLD)
    assert path.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.yaml"
    (root / "data").mkdir(parents=True)
    outside.write_bytes(b"old")
    (root / FILE).symlink_to(outside)
    assert refused(root).message == "{file} is a link to {target}, outside the workspace"
    assert outside.read_bytes() == b"old"


def test_a_workspace_reached_by_a_link_is_inside_itself(tmp_path: Path, path: Path) -> None:
    (tmp_path / "way").symlink_to(".")
    files.replace(tmp_path / "way", FILE, "new", OLD)
    assert path.read_bytes() == b"new"


# Locking


def test_the_lock_is_held_by_one_and_its_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    with files.locked(tmp_path), pytest.raises(WorldError) as caught, files.locked(tmp_path):
        pytest.fail("held twice")
    assert caught.value.message == "another cchc is writing in this workspace"
    assert (tmp_path / files.LOCK_FILE).exists()
    with files.locked(tmp_path):
        pass


def test_the_lock_is_released_when_the_work_fails_and_the_failure_is_its_own(tmp_path: Path) -> None:
    with pytest.raises(PermissionError, match="of the work"), files.locked(tmp_path):
        raise PermissionError(errno.EACCES, "of the work")
    with files.locked(tmp_path):
        pass


def test_a_lock_that_cannot_be_made_is_the_world_s_fault(tmp_path: Path) -> None:
    (tmp_path / files.LOCK_FILE).mkdir()
    with pytest.raises(WorldError) as caught, files.locked(tmp_path):
        pytest.fail("held without a file")
    assert caught.value.arguments["file"] == files.LOCK_FILE


# Answers


def test_an_answer_is_saved_whole_with_the_permissions_of_what_it_replaces(tmp_path: Path) -> None:
    answer = tmp_path / "a.md"
    files.save(answer, "một\n")
    assert answer.read_bytes() == "một\n".encode()
    answer.chmod(0o640)
    files.save(answer, "hai\n")
    assert answer.read_bytes() == b"hai\n"
    assert stat.S_IMODE(answer.stat().st_mode) == 0o640
    assert names(tmp_path) == ["a.md"]


def test_an_answer_to_a_device_goes_there() -> None:
    files.save(Path(os.devnull), "một\n")
    assert not Path(os.devnull).is_file()


def test_an_answer_that_cannot_be_saved_names_the_reason(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        files.save(tmp_path / "none" / "a.md", "một\n")
    assert caught.value.arguments == {"file": str(tmp_path / "none" / "a.md"), "reason": os.strerror(errno.ENOENT)}
