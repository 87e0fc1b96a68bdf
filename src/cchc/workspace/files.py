"""The only door to the disk: reading, listing, locking and replacing files of a workspace."""

import errno
import glob
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from cchc.core.errors import WorldError
from cchc.core.reviews import Stored
from cchc.texts import mark

PLAN_FILE = "plan/plan.yaml"
MISSING = "E008"  # the code of a file that is not there
LOCK_FILE = ".cchc.lock"
LOCK_SECONDS = 5.0
MAX_BYTES = 1 << 20
SUFFIXES = (".yaml", ".yml")
_SUFFIX = ".tmp"  # no reader of data/ takes it for a file of figures


class Read(NamedTuple):
    """What was read of a file: its text and the digest of its bytes, or the code of why not with its arguments."""

    file: str
    text: str | None
    digest: str = ""
    code: str = ""
    reason: str = ""


def find_root(start: Path) -> Path | None:
    """Return the first folder from `start` upwards that holds plan/plan.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / PLAN_FILE).is_file()), None)


def read(root: Path, file: str) -> Read:
    """Return the text of a file of the workspace; what is in the way is a code, never an exception."""
    path = root / file
    try:
        if not path.is_file():
            return Read(file, None, code="E008" if not path.exists() else "E001", reason="not a regular file")
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > MAX_BYTES:
                return Read(file, None, code="E004")
            data = stream.read()
    except OSError as error:
        return Read(file, None, code="E001", reason=error.strerror or str(error))
    return decoded(file, data)


def decoded(file: str, data: bytes) -> Read:
    """Return the text that a file's bytes hold, or the code of why they hold none."""
    if len(data) > MAX_BYTES:
        return Read(file, None, code="E004")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Read(file, None, code="E002")
    return Read(file, text, digest(data))


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def stored(root: Path, file: str, *, hashed: bool) -> Stored:
    """Return whether anything lies at a path of the workspace, and with `hashed` the SHA-256 of an ordinary file."""
    path = root / file
    try:
        if not hashed or not path.is_file():
            return Stored(path.exists())
        with path.open("rb") as stream:
            return Stored(exists=True, sha256=hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError:
        return Stored(exists=False)


def names(root: Path, folder: str, *, suffixes: tuple[str, ...] = SUFFIXES) -> list[str]:
    """Return the sorted names in a folder that end like YAML files; an absent folder has none."""
    try:
        with os.scandir(root / folder) as entries:
            return sorted(entry.name for entry in entries if entry.name.lower().endswith(suffixes))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise WorldError(
            mark("the folder {folder} cannot be read: {reason}"), folder=folder, reason=error.strerror
        ) from None


def exists(root: Path, file: str) -> bool:
    """Whether anything stands at that place of the workspace."""
    return os.path.lexists(root / file)


class Files(Protocol):
    """Where the files of a workspace are read from: the disk, or a state that git keeps."""

    def read(self, file: str) -> Read:
        """Return the text of a file; what is in the way is a code, never an exception."""

    def names(self, folder: str, *, suffixes: tuple[str, ...] = SUFFIXES) -> list[str]:
        """Return the sorted names in a folder that end like YAML files; an absent folder has none."""

    def exists(self, file: str) -> bool:
        """Whether anything stands at that place."""

    def stored(self, file: str, *, hashed: bool) -> Stored:
        """Return whether anything lies at a path, and with `hashed` the SHA-256 of an ordinary file."""


class Disk(NamedTuple):
    """The files of a workspace as they lie on the disk."""

    root: Path

    def read(self, file: str) -> Read:
        """Return the text of a file."""
        return read(self.root, file)

    def names(self, folder: str, *, suffixes: tuple[str, ...] = SUFFIXES) -> list[str]:
        """Return the names in a folder."""
        return names(self.root, folder, suffixes=suffixes)

    def exists(self, file: str) -> bool:
        """Whether anything stands there."""
        return exists(self.root, file)

    def stored(self, file: str, *, hashed: bool) -> Stored:
        """Return what lies at a path."""
        return stored(self.root, file, hashed=hashed)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's one lock; WorldError after five seconds of waiting.

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
        yield
    finally:
        lock.release()


def replace(root: Path, file: str, text: str, expected: str | None) -> None:
    """Write a file of the workspace whole or not at all; WorldError when it is not what was read.

    `expected` is the digest of what was read, None when there was no such file. A new file gets its folder, too.
    """
    target, data = _target(root, file), text.encode("utf-8")
    if len(data) > MAX_BYTES:
        raise WorldError(
            mark("{file} would become larger than {limit} bytes"),
            mark("Split the file; a month's figures take a few kilobytes."),
            file=file,
            limit=MAX_BYTES,
        )
    try:
        old = _writable(target, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(target)
        with _temporary(target, data, old) as temporary:
            if _digest_of(target) != expected:
                raise _changed(file)
            _move(temporary, target, file, new=expected is None)
        _flush_folder(target.parent)
    except OSError as error:
        raise _unwritable(file, error) from None


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


def _remove_left_over(target: Path) -> None:
    """Remove what a killed process left of its writing; under the lock nobody else writes."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}"):
        path.unlink(missing_ok=True)


@contextmanager
def _temporary(target: Path, data: bytes, old: os.stat_result | None) -> Iterator[Path]:
    """Give a file beside the target that holds the data on the disk, and take it away afterwards."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{_SUFFIX}")
    try:
        with path.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if old is not None:
            with suppress(OSError, AttributeError):  # only the administrator can, and only where files have owners
                os.chown(path, old.st_uid, old.st_gid)
            path.chmod(stat.S_IMODE(old.st_mode))
        yield path
    finally:
        path.unlink(missing_ok=True)


def _digest_of(path: Path) -> str | None:
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return None


def _move(temporary: Path, target: Path, file: str, *, new: bool) -> None:
    """Put the written file in place of the target; a new one never over a file that appeared meanwhile."""
    if not new:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise _changed(file) from None
    except OSError:  # no links on this file system; the lock keeps our own kind out
        temporary.replace(target)


def _flush_folder(folder: Path) -> None:
    """Put the folder's entry on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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


def save(path: Path, text: str, *, executable: bool = False) -> None:
    """Write an answer to a file outside the workspace's records, whole or not at all; devices and pipes as they are.

    A program (`executable`) may be the first of its folder.
    """
    data = text.encode("utf-8")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.write(data)
            return
        target = path.resolve()
        if executable:
            target.parent.mkdir(exist_ok=True)
        with _temporary(target, data, target.stat() if target.exists() else None) as temporary:
            if executable:
                temporary.chmod(0o755)
            temporary.replace(target)
    except OSError as error:
        raise _unwritable(str(path), error) from None
