"""The only door through which files are written: one lock, whole files or none, all files of a change or none.

Every call that changes the disk is a method of `System`, so that tests can fail or die at each of them. A change of
several files is covered by a journal with what they held before; whoever opens the workspace next undoes one that was
not finished.
"""

import errno
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files
from cchc.workspace.files import JOURNAL, digest

LOCK_FILE = ".cchc.lock"
LOCK_SECONDS = 5.0
FOLDERS = (".", "data")  # where changes are written
_LEFT_OVER = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")  # no reader of data/ takes it for a file of figures


class New(NamedTuple):
    """A file that is to hold a text. `before` is what was read of it: its text, or None when there was no such file."""

    file: str
    before: str | None
    text: str


class System:
    """The calls that change the disk."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it; one that is there is fine."""
        path.mkdir(parents=True, exist_ok=True)

    def create(self, path: Path) -> BinaryIO:
        """Open a file that must not be there yet."""
        return path.open("xb")

    def write(self, stream: BinaryIO, data: bytes) -> None:
        """Write bytes."""
        stream.write(data)

    def flush(self, stream: BinaryIO) -> None:
        """Put what was written on the disk."""
        stream.flush()
        os.fsync(stream.fileno())

    def give(self, path: Path, user: int, group: int) -> None:
        """Give a file to its owner, where files have owners and we may."""
        with suppress(OSError, AttributeError):  # only the administrator may; Windows has no such call
            os.chown(path, user, group)

    def allow(self, path: Path, mode: int) -> None:
        """Set the permissions of a file."""
        path.chmod(mode)

    def move(self, path: Path, target: Path) -> None:
        """Put a file in the place of another, or where none is."""
        path.replace(target)

    def link(self, path: Path, target: Path) -> None:
        """Give a file a second name that must not be there yet."""
        os.link(path, target)

    def remove(self, path: Path) -> None:
        """Remove a file; one that is not there is fine."""
        path.unlink(missing_ok=True)

    def flush_folder(self, path: Path) -> None:
        """Put the names in a folder on the disk, where the system can: Windows opens no folders, some disks refuse."""
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except PermissionError:
            return
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise
        finally:
            os.close(descriptor)


system = System()


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's one lock, with what an interrupted change left undone; WorldError after five seconds.

    The file stays: taking it away would let a process that waits on it and one that creates it anew both go ahead.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # only writers pay for it

    lock = FileLock(root / LOCK_FILE, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise WorldError(
            mark("another cchc is writing in this workspace"), mark("Wait a moment and try again.")
        ) from None
    except OSError as error:
        raise _unwritable(LOCK_FILE, error) from None
    try:
        _undo(root)
        _remove_left_overs(root)
        yield
    finally:
        lock.release()


def settle(root: Path) -> None:
    """Undo a change of several files that a killed process left unfinished; one that is going on is waited for."""
    if files.exists(root, JOURNAL):
        with locked(root):
            pass


def replace(root: Path, new: Sequence[New]) -> None:
    """Write files of the workspace, all or none, each whole; WorldError when one is not what was read.

    The caller holds the lock. A new file gets its folder, too.
    """
    for one in new:
        _small_enough(one)
    with ExitStack() as stack:
        writes = [stack.enter_context(_prepared(root, one)) for one in new]
        for write in writes:
            write.compare()
        if len(writes) == 1:
            writes[0].move()
        else:
            _move_all(root, writes)


def remove(root: Path, file: str, before: str) -> None:
    """Remove a file of ours that is no record; WorldError when it is not what was read. The caller holds the lock."""
    target = _target(root, file)
    try:
        found = _digest_of(target)
        if found is None:
            return
        if found != digest(before.encode("utf-8")):
            raise _changed(file)
        system.remove(target)
        system.flush_folder(target.parent)
    except OSError as error:
        raise _unwritable(file, error) from None


def save(path: Path, content: str | bytes, *, executable: bool = False, folder: bool = False) -> None:
    """Write an answer to a file outside the workspace's records, whole or not at all; devices and pipes as they are.

    With `folder`, and for a program (`executable`), the folder is made where it is missing.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                system.write(stream, data)
            return
        target = path.resolve()
        if executable or folder:
            system.make_folder(target.parent)
        with _temporary(target, data, target.stat() if target.exists() else None) as temporary:
            if executable:
                system.allow(temporary, 0o755)
            system.move(temporary, target)
    except OSError as error:
        raise _unwritable(str(path), error) from None


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder of our own outside the workspace, which goes with all that is in it."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415  # hardly any command needs one

    with TemporaryDirectory(prefix="cchc-") as folder:
        yield Path(folder)


def refuse_unwritable(path: Path) -> None:
    """Raise WorldError where `save` could not write: a file is put beside the place and taken away again."""
    if path.exists() and not path.is_file():
        return
    try:
        with _temporary(path.resolve(), b"", None):
            pass
    except OSError as error:
        raise _unwritable(str(path), error) from None


# one file


class _Write(NamedTuple):
    """A file about to be replaced: its text lies on the disk beside it."""

    new: New
    target: Path
    temporary: Path

    @property
    def expected(self) -> str | None:
        """The digest of what was read."""
        return None if self.new.before is None else digest(self.new.before.encode("utf-8"))

    def compare(self) -> None:
        """Refuse when the file is not what was read."""
        if _digest_of(self.target) != self.expected:
            raise _changed(self.new.file)

    def move(self) -> None:
        """Put the text in place; a new file never over one that appeared meanwhile."""
        try:
            if self.new.before is not None:
                system.move(self.temporary, self.target)
            else:
                self._appear()
            system.flush_folder(self.target.parent)
        except OSError as error:
            raise _unwritable(self.new.file, error) from None

    def _appear(self) -> None:
        try:
            system.link(self.temporary, self.target)
        except FileExistsError:
            raise _changed(self.new.file) from None
        except OSError:  # no links on this file system; the lock keeps our own kind out
            system.move(self.temporary, self.target)


@contextmanager
def _prepared(root: Path, new: New) -> Iterator[_Write]:
    target = _target(root, new.file)
    try:
        old = _writable(target, new.file)
        system.make_folder(target.parent)
        with _temporary(target, new.text.encode("utf-8"), old) as temporary:
            yield _Write(new, target, temporary)
    except OSError as error:
        raise _unwritable(new.file, error) from None


def _small_enough(new: New) -> None:
    if len(new.text.encode("utf-8")) > files.MAX_BYTES:
        raise WorldError(
            mark("{file} would become larger than {limit} bytes"),
            mark("Split the file; a month's figures take a few kilobytes."),
            file=new.file,
            limit=files.MAX_BYTES,
        )


def _target(root: Path, file: str) -> Path:
    """Return the real path of a file; links are followed within the workspace only."""
    target = Path(os.path.realpath(root / file))
    if not target.is_relative_to(os.path.realpath(root)):
        raise WorldError(
            mark("{file} is a link to {target}, outside the workspace"),
            mark("Put the file itself into the workspace; nothing outside is written."),
            file=file,
            target=str(target),
        )
    return target


def _writable(target: Path, file: str) -> os.stat_result | None:
    """Return what the system knows of the file, None when there is none; a read-only file is not written."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    # a rename would get past both, and an administrator past the second
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise WorldError(mark("{file} is read-only"), mark("Allow writing to it, if it is meant to change."), file=file)
    return old


def _remove_left_overs(root: Path) -> None:
    """Remove what killed processes left of their writing; under the lock nobody else writes."""
    for folder in FOLDERS:
        try:
            for path in (root / folder).iterdir():
                if _LEFT_OVER.fullmatch(path.name):
                    system.remove(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unwritable(folder, error) from None


@contextmanager
def _temporary(target: Path, data: bytes, old: os.stat_result | None) -> Iterator[Path]:
    """Give a file beside the target that holds the data on the disk, and take it away afterwards."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with system.create(path) as stream:
            system.write(stream, data)
            system.flush(stream)
        if old is not None:
            system.give(path, old.st_uid, old.st_gid)
            system.allow(path, stat.S_IMODE(old.st_mode))
        yield path
    finally:
        with suppress(OSError):  # what stays is removed by the next writer
            system.remove(path)


def _digest_of(path: Path) -> str | None:
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return None


# several files


def _move_all(root: Path, writes: Sequence[_Write]) -> None:
    """Put all texts in place, or none: what stood there lies in the journal until the last of them is."""
    held = [{"file": w.new.file, "before": w.new.before, "after": digest(w.new.text.encode("utf-8"))} for w in writes]
    journal = root / JOURNAL
    try:
        with _temporary(journal, json.dumps(held, ensure_ascii=False).encode("utf-8"), None) as temporary:
            system.move(temporary, journal)
        system.flush_folder(root)
    except OSError as error:
        raise _unwritable(JOURNAL, error) from None
    try:
        for write in writes:
            write.move()
    except WorldError:
        _undo(root)
        raise
    _close(journal)


def _undo(root: Path) -> None:
    """Give the files of an unfinished change what they held before; what somebody has changed since stays as it is."""
    journal = root / JOURNAL
    try:
        held = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _unreadable_journal(error) from None
    for entry in held:
        target = _target(root, entry["file"])
        if _digest_of(target) == entry["after"]:
            _restore(target, entry["file"], entry["before"])
    _close(journal)


def _restore(target: Path, file: str, before: str | None) -> None:
    try:
        if before is None:
            system.remove(target)
        else:
            with _temporary(target, before.encode("utf-8"), target.stat()) as temporary:
                system.move(temporary, target)
        system.flush_folder(target.parent)
    except OSError as error:
        raise _unwritable(file, error) from None


def _close(journal: Path) -> None:
    try:
        system.remove(journal)
        system.flush_folder(journal.parent)
    except OSError as error:
        raise _unwritable(JOURNAL, error) from None


# what is said


def _changed(file: str) -> WorldError:
    return WorldError(
        mark("{file} was changed by somebody else meanwhile"), mark("Nothing was written. Try again."), file=file
    )


def _unwritable(file: str, error: OSError) -> WorldError:
    reason = error.strerror or str(error)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        message = mark("{file} cannot be written: the disk is full")
        return WorldError(message, mark("Make room and try again; nothing was changed."), file=file)
    return WorldError(
        mark("{file} cannot be written: {reason}"),
        mark("Check the permissions of the file and its folder, and that no other program holds it open."),
        file=file,
        reason=reason,
    )


def _unreadable_journal(error: Exception) -> WorldError:
    return WorldError(
        mark("{file}, with what an interrupted change left undone, cannot be read: {reason}"),
        mark("Compare the data files with their history (git diff), then delete {file}."),
        file=JOURNAL,
        reason=str(error),
    )
