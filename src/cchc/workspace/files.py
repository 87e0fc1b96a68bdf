"""The only door through which files are read, and folders listed; `writing` is the one for writing."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cchc.core.diagnostics import Word
from cchc.core.errors import WorldError
from cchc.texts import mark

if TYPE_CHECKING:
    from cchc.core.reviews import Stored  # brings all records with it; completion reads files without

PLAN_FILE = "plan/plan.yaml"
MISSING = "E008"  # the code of a file that is not there
JOURNAL = ".cchc.journal"  # what the files of an unfinished change held before
MAX_BYTES = 1 << 20
SHA1_DIGITS = 40  # of the names in repositories of the older kind
MAX_BINARY = 8 << 20  # of a template with pictures
SUFFIXES = (".yaml", ".yml")


class Read(NamedTuple):
    """What was read of a file: its text, or the code of why not with its reason."""

    file: str
    text: str | None
    code: str = ""
    reason: str = ""


def find_root(start: Path) -> Path | None:
    """Return the first folder from `start` upwards that holds plan/plan.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / PLAN_FILE).is_file()), None)


def read(root: Path, file: str) -> Read:
    """Return the text of a file of the workspace; what is in the way is a code, never an exception."""
    path = os.path.join(root, file)  # noqa: PTH118  # pathlib takes longer over it than the system over the rest
    try:
        kind = os.lstat(path)
        if stat.S_ISLNK(kind.st_mode):
            kind = os.stat(path)  # noqa: PTH116  # the same
            if not Path(path).resolve().is_relative_to(root.resolve()):
                return Read(file, None, code="E001", reason="a link out of the workspace")
        if not stat.S_ISREG(kind.st_mode):
            return Read(file, None, code="E001", reason="not a regular file")
        if kind.st_size > MAX_BYTES:
            return Read(file, None, code="E004")
        with Path(path).open("rb") as stream:
            data = stream.read()
    except FileNotFoundError:
        return Read(file, None, code=MISSING if not os.path.lexists(path) else "E001", reason="not a regular file")
    except OSError as error:
        return Read(file, None, code="E001", reason=error.strerror or str(error))
    return decoded(file, data)


def content(root: Path, file: str) -> bytes | None:
    """Return the bytes of an ordinary file inside the workspace, None where none can be read or it is too large."""
    path = root / file
    try:
        kind = path.stat()
        inside = path.resolve().is_relative_to(root.resolve())
        if not stat.S_ISREG(kind.st_mode) or kind.st_size > MAX_BINARY or not inside:
            return None
        with path.open("rb") as stream:
            return stream.read()
    except (OSError, ValueError):  # a name that no file can have is a value
        return None


class GivenUnreadable(WorldError):
    """A file that was named on the command line and cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(mark("{file} cannot be read: {reason}"), "", file=path.as_posix(), reason=Word(reason))


class GivenMissing(WorldError):
    """A file that was named on the command line and is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(mark("there is no file {file}"), mark("Check its name and folder."), file=path.as_posix())


class GivenTooLarge(WorldError):
    """A file that was named on the command line and is larger than anything that is meant to be read."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(
            mark("{file} is larger than {limit} MiB"),
            mark("Copy the table alone into a new file and name that."),
            file=path.as_posix(),
            limit=limit >> 20,
        )


def given(path: Path, limit: int) -> bytes:
    """Return what a file holds that was named on the command line, wherever it lies; WorldError where it cannot."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise GivenUnreadable(path, "not a regular file")
        if kind.st_size > limit:
            raise GivenTooLarge(path, limit)
        with path.open("rb") as stream:
            return stream.read()
    except FileNotFoundError:
        raise GivenMissing(path) from None
    except OSError as error:
        raise GivenUnreadable(path, error.strerror or str(error)) from None
    except ValueError:  # a name that no file can have
        raise GivenMissing(path) from None


def decoded(file: str, data: bytes) -> Read:
    """Return the text that a file's bytes hold, or the code of why they hold none."""
    if len(data) > MAX_BYTES:
        return Read(file, None, code="E004")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Read(file, None, code="E002")
    return Read(file, text)


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    from hashlib import sha256  # noqa: PLC0415  # readers do without

    return sha256(data).hexdigest()


def blob_name(data: bytes, length: int) -> str:
    """Return the name by which git knows a content, in a repository whose names have that many digits."""
    from hashlib import sha1, sha256  # noqa: PLC0415  # readers do without

    made = sha1(usedforsecurity=False) if length == SHA1_DIGITS else sha256()
    made.update(b"blob %d\0" % len(data))
    made.update(data)
    return made.hexdigest()


def stored(root: Path, file: str, *, hashed: bool) -> "Stored":
    """Return whether anything lies at a path of the workspace, and with `hashed` the SHA-256 of an ordinary file."""
    from hashlib import file_digest  # noqa: PLC0415  # hardly any figure states a hash

    from cchc.core.reviews import Stored  # noqa: PLC0415  # see above

    path = root / file
    try:
        if not hashed or not path.is_file():
            return Stored(path.exists())
        with path.open("rb") as stream:
            return Stored(exists=True, sha256=file_digest(stream, "sha256").hexdigest())
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

    def content(self, file: str) -> bytes | None:
        """Return the bytes of an ordinary file that is no text; None where none can be read."""

    def stored(self, file: str, *, hashed: bool) -> "Stored":
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

    def content(self, file: str) -> bytes | None:
        """Return the bytes of an ordinary file."""
        return content(self.root, file)

    def stored(self, file: str, *, hashed: bool) -> "Stored":
        """Return what lies at a path."""
        return stored(self.root, file, hashed=hashed)
