"""Where the schemas for editors stand in a workspace, and the line by which a file names its own."""

import re

from cchc.core.filekinds import FILE_KINDS, kind_of
from cchc.workspace.yamltree import BOM

_LINE = re.compile(r"^[ \t]*#[ \t]*yaml-language-server[ \t]*:", re.MULTILINE)


def schema_file(kind: str) -> str:
    """Return where the schema of a kind of file stands."""
    return f"schema/{kind}.json"


SCHEMA_FILES = tuple(schema_file(kind) for kind in FILE_KINDS)


def with_schema_line(file: str, text: str) -> str:
    """Return the text of a file with the line that names its schema first; as it is when it names one, or has none."""
    kind = kind_of(file)
    if kind is None or _LINE.search(text):
        return text
    up = "../" * file.count("/")
    end = "\r\n" if "\r\n" in text else "\n"
    bom = BOM if text.startswith(BOM) else ""
    return f"{bom}# yaml-language-server: $schema={up}{schema_file(kind)}{end}{text.removeprefix(bom)}"
