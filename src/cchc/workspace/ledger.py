"""Records put at the end of the lists beside the figures (data/reports.yaml): nothing else in the file changes."""

from pathlib import Path
from typing import Any

from cchc.core.diagnostics import Lines
from cchc.core.errors import WorldError
from cchc.core.fields import FORMAT
from cchc.texts import mark
from cchc.workspace import files, patch, splice, styles, yamltree
from cchc.workspace.layout import Stuck
from cchc.workspace.schemafiles import schema_file, with_schema_line
from cchc.workspace.styles import Fields
from cchc.workspace.writing import New, replace
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
    """Write a record behind the others of a list, which is created where it is missing; the caller holds the lock."""
    read = files.read(root, file)
    if read.text is None and read.code != files.MISSING:
        raise WorldError(
            mark("{file} cannot be read: {reason}"),
            mark("Run `cchc validate`; it says what is wrong with the file."),
            file=file,
            reason=read.reason or read.code,
        )
    after = appended(yamltree.parse(file, read.text or _head(root, file, section)), section, record)
    replace(root, [New(file, read.text, after)])


def _head(root: Path, file: str, kind: str) -> str:
    head = f"format: {FORMAT}\n"
    return with_schema_line(file, head) if files.exists(root, schema_file(kind)) else head


def appended(document: Document, section: str, record: Fields) -> str:
    """Return the text with the record at the end of the list; NotAppendable where all else would not stay as it was."""
    refused = NotAppendable(document.file, section, record)
    if document.root is None or document.problems:
        raise refused
    before = patch.plain_entries(document.root)
    standing = before.get(section, [])
    if not isinstance(standing, list):
        raise refused
    kept: list[Any] = list(standing)
    try:
        splices = patch.patched(document, document.root, {section: [*kept, record]}, (("format", section),))
    except Stuck:
        raise refused from None
    after = splice.apply(document.text, splices)
    parsed = yamltree.parse(document.file, after)
    expected = {**before, section: [*standing, patch.tree_of(record)]}
    if parsed.root is None or parsed.problems or patch.tree(parsed.root) != expected:
        raise refused
    return yamltree.BOM + after if document.bom else after
