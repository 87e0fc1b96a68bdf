"""Entries put into data files of a workspace: the changes are planned as values, looked at, then written.

Commands hold `writing.locked(root)` around loading, planning and writing, and plan nothing for a file that has errors.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cchc.core.errors import WorldError
from cchc.core.fields import FORMAT
from cchc.core.progress import Progress, silent
from cchc.texts import mark
from cchc.workspace import files, splice, writing, yamltree
from cchc.workspace.schemafiles import schema_file, with_schema_line
from cchc.workspace.splice import Fields, Intent
from cchc.workspace.writing import New


@dataclass(frozen=True, slots=True)
class Edit:
    """An entry `section › key` for the data file of a period; `fields` of None takes the entry out.

    `period` and `illustrative` are the head of the file when it has to be created. `order` is the plan's order of the
    section's keys.
    """

    file: str
    period: str
    section: str
    key: str
    fields: Fields | None
    order: Sequence[str] = ()
    illustrative: bool = False

    @property
    def intent(self) -> Intent:
        """What is to become of the entry."""
        return Intent(self.section, self.key, self.fields)


Redo = Callable[[str | None], str]  # the text of a file with a change made to it, from the text that stands there


class Change(NamedTuple):
    """What a file says now and what it is to say; `before` is None for a file that is to be created."""

    file: str
    before: str | None
    after: str

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to write."""
        return (self.before or "") == self.after


def plan_edit(root: Path, edit: Edit) -> Change:
    """Return the change of the edit's file; WorldError where it cannot be read or must be changed by hand."""
    return plan_edits(root, [edit])[0]


def plan_edits(root: Path, edits: Sequence[Edit], progress: Progress = silent) -> tuple[Change, ...]:
    """Return one change for each file that the edits are about, the edits of a file one after the other."""
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(edit)
    changes, done = [], 0
    for file, own in by_file.items():
        progress(done, len(edits))
        standing = _standing(root, file)
        if standing.after or any(edit.fields is not None for edit in own):  # nothing is taken out of no file
            standing = standing._replace(after=redone(root, own, standing.after))
        changes.append(standing)
        done += len(own)
    progress(done, len(edits))
    return tuple(changes)


def redone(root: Path, edits: Sequence[Edit], text: str | None) -> str:
    """Return a text of the edits' file with the edits made to it; None stands for no such file."""
    if len({edit.key for edit in edits}) == len(edits) > 1 and all(edit.fields is not None for edit in edits):
        together = _redone_together(root, edits, text)
        if together is not None:
            return together
    for edit in edits:
        if text or edit.fields is not None:
            text = splice.edited(yamltree.parse(edit.file, text or _head(root, edit)), edit.intent, edit.order)
    return text or ""


def _redone_together(root: Path, edits: Sequence[Edit], text: str | None) -> str | None:
    """Return the text with all entries put at once; None where only one after the other tells which is in the way."""
    first = edits[0]
    if any((edit.section, edit.order) != (first.section, first.order) for edit in edits):
        return None
    document = yamltree.parse(first.file, text or _head(root, first))
    try:
        return splice.edited_together(document, [edit.intent for edit in edits], first.order)
    except splice.NotMinimal:
        return None


def pieces(root: Path, edits: Sequence[Edit]) -> Iterator[tuple[str, Redo]]:
    """Yield each file that edits are about, with what makes them in any text of it."""
    for file in dict.fromkeys(one.file for one in edits):
        own = [one for one in edits if one.file == file]
        yield file, partial(redone, root, own)


def _standing(root: Path, file: str) -> Change:
    """Return the change that changes nothing yet."""
    read = files.read(root, file)
    if read.text is None and read.code != files.MISSING:
        raise WorldError(
            mark("{file} cannot be read: {reason}"),
            mark("Run `cchc validate`; it says what is wrong with the file."),
            file=file,
            reason=read.reason or read.code,
        )
    return Change(file, read.text, read.text or "")


def _head(root: Path, edit: Edit) -> str:
    """Return the text of a new file without entries; it names the schema for editors where the workspace has it."""
    head = {"format": FORMAT, "period": edit.period, "illustrative": "true" if edit.illustrative else None}
    text = "".join(f"{name}: {text}\n" for name, text in head.items() if text)
    return with_schema_line(edit.file, text) if files.exists(root, schema_file("data")) else text


def write_changes(root: Path, changes: Iterable[Change]) -> None:
    """Write the changes, all or none; WorldError when a file is no longer what its change was planned for."""
    new = [New(change.file, change.before, change.after) for change in changes if not change.unchanged]
    if new:
        writing.replace(root, new)
