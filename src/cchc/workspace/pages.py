"""A folder of pages that can be made again: each file whole, files of others left alone."""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace.writing import system


class InTheWay(WorldError):
    """A file of somebody else stands where a page is to go."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            mark("{file} is in the way; cchc has not written it"),
            mark("Name an empty folder, or move the file."),
            file=str(file),
        )


class Unwritten(WorldError):
    """A page that cannot be written."""

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(
            mark("{file} cannot be written: {reason}"),
            mark("Check the permissions and the room in the folder; the same command writes all pages again."),
            file=str(error.filename or folder),
            reason=error.strerror or str(error),
        )


def save_all(folder: Path, contents: Mapping[str, str], listed: str) -> None:
    """Write files into a folder, each whole; the file `listed` keeps which of them are ours.

    Those of the last time that are no longer among them go. Files of others stay; where one is in the way nothing is
    written.
    """
    ours = set(_listed(folder / listed))
    taken = next((name for name in contents if name not in ours and os.path.lexists(folder / name)), None)
    if taken is not None:
        raise InTheWay(folder / taken)
    try:
        _put(folder / listed, json.dumps(sorted(ours | set(contents)), indent=0) + "\n")  # first: a kill loses no name
        for name, content in contents.items():
            _put(folder / name, content)
        for name in sorted(ours - set(contents)):
            system.remove(folder / name)
        _put(folder / listed, json.dumps(sorted(contents), indent=0) + "\n")
    except OSError as error:
        raise Unwritten(error, folder) from None


def _listed(path: Path) -> list[str]:
    """Return the names inside the folder that a list of ours holds; without one none."""
    try:
        names = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return []
    known = names if isinstance(names, list) else []
    return [
        name for name in known if isinstance(name, str) and not name.startswith("/") and ".." not in name.split("/")
    ]


def _put(path: Path, content: str) -> None:
    """Put a page in place; what can be made again is not flushed to the disk."""
    system.make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with system.create(temporary) as stream:
            system.write(stream, content.encode("utf-8"))
        system.move(temporary, path)
    finally:
        with suppress(OSError):
            system.remove(temporary)
