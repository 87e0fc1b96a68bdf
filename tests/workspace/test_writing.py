"""The door through which is written: whole, to the right place, all files of a change or none, or not at all."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from cchc.core.errors import Exit, WorldError
from cchc.workspace import files, writing
from cchc.workspace.files import digest
from cchc.workspace.writing import New, System

FILE = "data/2023-06.yaml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a data file that says `old`."""
    found = tmp_path / FILE
    found.parent.mkdir()
    found.write_bytes(b"old")
    return found


def put(root: Path, text: str = "new", before: str | None = "old") -> None:
    writing.replace(root, [New(FILE, before, text)])


def refused(root: Path, before: str | None = "old", text: str = "new") -> WorldError:
    with pytest.raises(WorldError) as caught:
        put(root, text, before)
    assert caught.value.exit is Exit.WORLD
    assert caught.value.remedy
    return caught.value


def failing(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


# Replacing


def test_replace_writes_what_is_given(tmp_path: Path, path: Path) -> None:
    put(tmp_path, "\ufeffmới\r\n")
    assert path.read_bytes() == "\ufeffmới\r\n".encode()
    assert names(path.parent) == [path.name]


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    put(tmp_path, "new", None)
    assert (tmp_path / FILE).read_bytes() == b"new"
    assert names(tmp_path / "data") == ["2023-06.yaml"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_permissions_stay(tmp_path: Path, path: Path, mode: int) -> None:
    path.chmod(mode)
    put(tmp_path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path, path: Path) -> None:
    os.chown(path, 12345, 12346)
    put(tmp_path, "new")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


@pytest.mark.parametrize("before", ["other", None])
def test_a_file_that_is_not_what_was_read_is_left_alone(tmp_path: Path, path: Path, before: str | None) -> None:
    error = refused(tmp_path, before)
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
    monkeypatch.setattr(writing, "_digest_of", lambda _: None)  # it appears after the comparison
    assert refused(tmp_path, None).message == "{file} was changed by somebody else meanwhile"
    assert path.read_bytes() == b"old"
    assert names(path.parent) == [path.name]


def test_a_file_replaced_underneath_while_we_write_is_left_alone(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(System):
        def flush(self, stream: Any) -> None:
            super().flush(stream)
            path.write_bytes(b"theirs")

    monkeypatch.setattr(writing, "system", Slow())
    assert refused(tmp_path).message == "{file} was changed by somebody else meanwhile"
    assert path.read_bytes() == b"theirs"
    assert names(path.parent) == [path.name]


def test_a_new_file_is_made_where_the_file_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    put(tmp_path, "new", None)
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
    put(tmp_path, "new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_cannot_flush_folders_is_no_error(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    flush = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    put(tmp_path, "new")
    assert path.read_bytes() == b"new"


def test_what_killed_writers_left_is_removed_by_the_next(tmp_path: Path, path: Path) -> None:
    for left in (".2023-06.yaml.0badc0de.tmp", "../.cchc.journal.0badc0de.tmp"):
        (path.parent / left).touch()
    others = [".2023-06.yaml.0badc0de.tmp~", ".2023-06.yaml.swp", ".a.tmp"]
    for other in others:
        (path.parent / other).touch()
    with writing.locked(tmp_path):
        assert names(path.parent) == [*others, path.name]
    assert names(tmp_path) == [writing.LOCK_FILE, "data"]


# Links


def test_a_link_inside_the_workspace_is_followed(tmp_path: Path, path: Path) -> None:
    real = tmp_path / "real.yaml"
    path.rename(real)
    path.symlink_to("../real.yaml")
    put(tmp_path, "new")
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
    put(tmp_path / "way", "new")
    assert path.read_bytes() == b"new"


# Locking


def test_the_lock_is_held_by_one_and_its_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.05)
    with writing.locked(tmp_path), pytest.raises(WorldError) as caught, writing.locked(tmp_path):
        pytest.fail("held twice")
    assert caught.value.message == "another cchc is writing in this workspace"
    assert (tmp_path / writing.LOCK_FILE).exists()
    with writing.locked(tmp_path):
        pass


def test_the_lock_is_released_when_the_work_fails_and_the_failure_is_its_own(tmp_path: Path) -> None:
    with pytest.raises(PermissionError, match="of the work"), writing.locked(tmp_path):
        raise PermissionError(errno.EACCES, "of the work")
    with writing.locked(tmp_path):
        pass


def test_a_lock_that_cannot_be_made_is_the_world_s_fault(tmp_path: Path) -> None:
    (tmp_path / writing.LOCK_FILE).mkdir()
    with pytest.raises(WorldError) as caught, writing.locked(tmp_path):
        pytest.fail("held without a file")
    assert caught.value.arguments["file"] == writing.LOCK_FILE


# Answers


def test_an_answer_is_saved_whole_with_the_permissions_of_what_it_replaces(tmp_path: Path) -> None:
    answer = tmp_path / "a.md"
    writing.save(answer, "một\n")
    assert answer.read_bytes() == "một\n".encode()
    answer.chmod(0o640)
    writing.save(answer, "hai\n")
    assert answer.read_bytes() == b"hai\n"
    assert stat.S_IMODE(answer.stat().st_mode) == 0o640
    assert names(tmp_path) == ["a.md"]


def test_an_answer_to_a_device_goes_there() -> None:
    writing.save(Path(os.devnull), "một\n")
    assert not Path(os.devnull).is_file()


def test_an_answer_that_cannot_be_saved_names_the_reason(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        writing.save(tmp_path / "none" / "a.md", "một\n")
    assert caught.value.arguments == {"file": str(tmp_path / "none" / "a.md"), "reason": os.strerror(errno.ENOENT)}


# Several files

PAIR = [New("data/a.yaml", "a", "a2"), New("data/b.yaml", None, "b2")]


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """Return a workspace with the first of two files that are to be written."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yaml").write_bytes(b"a")
    return tmp_path


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace but the lock, by its name."""
    found = (path for path in root.rglob("*") if path.is_file() and path.name != writing.LOCK_FILE)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


OLD_PAIR = {"data/a.yaml": b"a"}
NEW_PAIR = {"data/a.yaml": b"a2", "data/b.yaml": b"b2"}


def test_several_files_are_written_and_nothing_is_left(pair: Path) -> None:
    writing.replace(pair, PAIR)
    assert contents(pair) == NEW_PAIR


@pytest.mark.parametrize(
    "wrong", [New("data/b.yaml", "b", "b2"), New("data/c.yaml", None, "c" * (files.MAX_BYTES + 1))]
)
def test_of_several_files_none_is_written_when_one_cannot_be(pair: Path, wrong: New) -> None:
    with pytest.raises(WorldError):
        writing.replace(pair, [PAIR[0], wrong])
    assert contents(pair) == OLD_PAIR


class Failing(System):
    """A disk on which the given call fails the given time that it is made."""

    def __init__(self, call: str, time: int, number: int = errno.EIO) -> None:
        self.call, self.left, self.number = call, time, number

    def __getattribute__(self, name: str) -> Any:
        method = super().__getattribute__(name)
        if name.startswith("_") or name in {"call", "left", "number"} or name != self.call:
            return method
        self.left -= 1
        return failing(self.number) if self.left == 0 else method


LAST_FLUSH = 4  # the journal's, one of each file, that of the journal's end
CALLS = [name for name in vars(System) if not name.startswith("_")]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("time", range(1, 7))
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_disk_that_fails_at_any_call_leaves_all_or_nothing_and_says_so(
    pair: Path, monkeypatch: pytest.MonkeyPatch, call: str, time: int, number: int
) -> None:
    monkeypatch.setattr(writing, "system", Failing(call, time, number))
    refused = None
    try:
        with writing.locked(pair):
            writing.replace(pair, PAIR)
    except WorldError as error:
        refused = error
    monkeypatch.setattr(writing, "system", System())
    with writing.locked(pair):
        left = contents(pair)
    made = refused is None or (call, time) == ("flush_folder", LAST_FLUSH)  # then the disk only gave no promise
    assert left == (NEW_PAIR if made else OLD_PAIR)
    assert refused is None or refused.remedy


def test_an_unfinished_change_is_undone_by_whoever_comes_next(pair: Path) -> None:
    class Killed(BaseException):
        pass

    class Dying(System):
        def link(self, path: Path, target: Path) -> None:
            raise Killed(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "system", Dying())
        with pytest.raises(Killed):
            writing.replace(pair, PAIR)
    assert contents(pair)["data/a.yaml"] == b"a2"
    writing.settle(pair)
    assert contents(pair) == OLD_PAIR


def test_what_somebody_changed_after_the_kill_stays(pair: Path) -> None:
    held = [{"file": "data/a.yaml", "before": "a", "after": digest(b"a2")}]
    (pair / files.JOURNAL).write_text(json.dumps(held), encoding="utf-8")
    (pair / "data/a.yaml").write_bytes(b"a2 and more")
    writing.settle(pair)
    assert contents(pair) == {"data/a.yaml": b"a2 and more"}


@pytest.mark.parametrize("text", [b"", b"{", b"\xff"])
def test_a_journal_that_cannot_be_read_is_said_and_stays(pair: Path, text: bytes) -> None:
    (pair / files.JOURNAL).write_bytes(text)
    with pytest.raises(WorldError, match="interrupted change"):
        writing.settle(pair)
    assert contents(pair) == {**OLD_PAIR, files.JOURNAL: text}
    with pytest.raises(WorldError), writing.locked(pair):
        pytest.fail("held over a broken journal")


def test_settling_costs_nothing_where_nothing_is_unfinished(pair: Path) -> None:
    writing.settle(pair)
    assert not (pair / writing.LOCK_FILE).exists()


def test_a_folder_that_cannot_be_listed_is_said(pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "iterdir", failing(errno.EACCES))
    with pytest.raises(WorldError), writing.locked(pair):
        pytest.fail("written beside what could not be seen")


def test_a_file_that_cannot_be_given_back_is_said_and_waits_in_the_journal(
    pair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [{"file": "data/a.yaml", "before": "a", "after": digest(b"a2")}]
    (pair / files.JOURNAL).write_text(json.dumps(held), encoding="utf-8")
    (pair / "data/a.yaml").write_bytes(b"a2")
    monkeypatch.setattr(writing, "system", Failing("move", 1))
    with pytest.raises(WorldError):
        writing.settle(pair)
    assert contents(pair)["data/a.yaml"] == b"a2"
    writing.settle(pair)
    assert contents(pair) == OLD_PAIR


def test_a_disk_that_fails_to_flush_a_folder_is_said(pair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        System().flush_folder(pair)


def test_where_nothing_can_be_saved_is_refused_beforehand_and_nothing_is_left(tmp_path: Path) -> None:
    writing.refuse_unwritable(tmp_path / "a.md")
    writing.refuse_unwritable(Path(os.devnull))
    with pytest.raises(WorldError):
        writing.refuse_unwritable(tmp_path / "nowhere/a.md")
    assert list(tmp_path.iterdir()) == []


def test_an_answer_may_make_its_folder(tmp_path: Path) -> None:
    writing.save(tmp_path / "a/b/c.html", b"x", folder=True)
    assert (tmp_path / "a/b/c.html").read_bytes() == b"x"
