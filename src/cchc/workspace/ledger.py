"""Records put at the end of the lists beside the figures (data/reports.yaml): nothing else in the file changes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cchc.core.diagnostics import Lines
from cchc.core.errors import WorldError
from cchc.core.fields import FORMAT
from cchc.texts import mark
from cchc.workspace import files, patch, splice, styles, yamltree
from cchc.workspace.edit import Change, write_changes
from cchc.workspace.layout import Stuck
from cchc.workspace.schemafiles import schema_file, with_schema_line
from cchc.workspace.styles import Fields
from cchc.workspace.yamltree import Document


class NotAppendable(WorldError):
    """A list that cannot take one more record without disturbing what stands around it."""

    def __init__(self, file: str, section: str, record: Fields) -> None:
        lines = "\n".join(styles.mapping_lines({section: [record]}, 0))
        super().__init__(
            mark("{file} cannot take one more record without disturbing what stands around it"),
            mark("Change the file by hand so that it says:\n{lines}"),
            file=file,
            lines=Lines(lines),
        )


def append(root: Path, file: str, section: str, record: Fields) -> None:
    """Write a record behind the others of a list; the caller holds the lock."""
    write_changes(root, [addition(root, file, section, record)])


def addition(root: Path, file: str, section: str, record: Fields) -> Change:
    """Return the change that puts a record behind the others of a list, which is created where it is missing."""
    before = _standing(root, file)
    return Change(file, before, added(root, file, section, record, before))


def amendment(root: Path, file: str, section: str, which: Fields, more: Fields) -> Change:
    """Return the change that gives the record that says `which` some more keys."""
    before = _standing(root, file)
    return Change(file, before, extended(root, file, section, (which, more), before))


def added(root: Path, file: str, section: str, record: Fields, text: str | None) -> str:
    """Return a text of a list's file, None for none, with the record behind the others."""
    return appended(yamltree.parse(file, text or _head(root, file, section)), section, record)


def extended(root: Path, file: str, section: str, what: tuple[Fields, Fields], text: str | None) -> str:
    """Return a text of a list's file with more keys in the last record that says `which`; else NotAppendable."""
    which, more = what
    document = yamltree.parse(file, text or _head(root, file, section))

    def with_more(standing: Sequence[Any]) -> list[Any]:
        fitting = [at for at, record in enumerate(standing) if _says(record, which)]
        if not fitting:
            raise NotAppendable(file, section, more)
        index = fitting[-1]
        return [*standing[:index], {**standing[index], **more}, *standing[index + 1 :]]

    return _rewritten(document, section, more, with_more)


def appended(document: Document, section: str, record: Fields) -> str:
    """Return the text with the record at the end of the list; NotAppendable where all else would not stay as it was."""
    return _rewritten(document, section, record, lambda standing: [*standing, record])


def _says(record: Any, which: Fields) -> bool:
    return isinstance(record, dict) and all(record.get(key) == value for key, value in which.items())


def _standing(root: Path, file: str) -> str | None:
    read = files.read(root, file)
    if read.text is None and read.code != files.MISSING:
        raise WorldError(
            mark("{file} cannot be read: {reason}"),
            mark("Run `cchc validate`; it says what is wrong with the file."),
            file=file,
            reason=read.reason or read.code,
        )
    return read.text


def _head(root: Path, file: str, kind: str) -> str:
    head = f"format: {FORMAT}\n"
    return with_schema_line(file, head) if files.exists(root, schema_file(kind)) else head


def _rewritten(document: Document, section: str, record: Fields, new: Callable[[Sequence[Any]], list[Any]]) -> str:
    refused = NotAppendable(document.file, section, record)
    if document.root is None or document.problems:
        raise refused
    before = patch.plain_entries(document.root)
    standing = before.get(section, [])
    if not isinstance(standing, list):
        raise refused
    wanted = new(standing)
    try:
        splices = patch.patched(document, document.root, {section: wanted}, (("format", section),))
    except Stuck:
        raise refused from None
    after = splice.apply(document.text, splices)
    parsed = yamltree.parse(document.file, after)
    expected = {**before, section: [patch.tree_of(item) for item in wanted]}
    if parsed.root is None or parsed.problems or patch.tree(parsed.root) != expected:
        raise refused
    return yamltree.BOM + after if document.bom else after
