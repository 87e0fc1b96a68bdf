"""One entry put into a data file of a workspace: the change is planned as a value, looked at, then written.

Commands hold `files.locked(root)` around loading, planning and writing, and plan nothing for a file that has errors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc.core.errors import WorldError
from cchc.core.fields import FORMAT
from cchc.texts import mark
from cchc.workspace import files, splice, yamltree
from cchc.workspace.schemafiles import schema_file, with_schema_line
from cchc.workspace.splice import Fields, Intent

MISSING = "E008"  # the code of `files.read` for a file that is not there


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


@dataclass(frozen=True, slots=True)
class Change:
    """What a file says now and what it is to say; `before` is None for a file that is to be created."""

    file: str
    before: str | None
    after: str
    before_digest: str | None

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to write."""
        return (self.before or "") == self.after


def plan_edit(root: Path, edit: Edit) -> Change:
    """Return the change of the edit's file; WorldError where it cannot be read or must be changed by hand."""
    read = files.read(root, edit.file)
    if read.text is not None:
        after = splice.edited(yamltree.parse(edit.file, read.text), edit.intent, edit.order)
        return Change(edit.file, read.text, after, read.digest)
    if read.code != MISSING:
        raise WorldError(
            mark("{file} cannot be read: {reason}"),
            mark("Run `cchc validate`; it says what is wrong with the file."),
            file=edit.file,
            reason=read.reason or read.code,
        )
    created = _created(edit)
    named = with_schema_line(edit.file, created) if created and files.exists(root, schema_file("data")) else created
    return Change(edit.file, None, named, None)


def _created(edit: Edit) -> str:
    """Return the text of a new file with its head and this one entry; nothing when an entry is taken out of no file."""
    if edit.fields is None:
        return ""
    head = {"format": FORMAT, "period": edit.period, "illustrative": "true" if edit.illustrative else None}
    lines = [f"{name}: {text}" for name, text in head.items() if text]
    text = "\n".join([*lines, ""])
    return splice.edited(yamltree.parse(edit.file, text), edit.intent, edit.order)


def write_change(root: Path, change: Change) -> None:
    """Write the change; WorldError when the file is no longer what the change was planned for."""
    if not change.unchanged:
        files.replace(root, change.file, change.after, change.before_digest)
