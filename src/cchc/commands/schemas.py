"""`schema`: the schemas with which editors complete and check the files, in the workspace or one to look at."""

from dataclasses import dataclass
from pathlib import Path

from cchc.core.errors import WorldError
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import Plan
from cchc.texts import mark
from cchc.views.schema import schema_text
from cchc.workspace import files, writing
from cchc.workspace.load import load_plan
from cchc.workspace.schemafiles import schema_file
from cchc.workspace.writing import New


@dataclass(frozen=True, slots=True)
class WrittenSchemas:
    """The schemas that were written, and those that were already so."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


class SchemaUnreadable(WorldError):
    """What stands in the place of a schema cannot be read, so it is not replaced either."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            mark("{file} cannot be read: {reason}"),
            mark("Move it away; `cchc schema` writes it anew."),
            file=file,
            reason=reason,
        )


def schema_of(kind: str, root: Path | None) -> str:
    """Return the schema of a kind of file; in a workspace it names what the plan has, as far as that can be read."""
    return schema_text(kind, load_plan(root).plan if root is not None else None)


def write_schemas(root: Path) -> WrittenSchemas:
    """Write all schemas into a workspace, under its lock."""
    with writing.locked(root):
        return put_schemas(root, load_plan(root).plan)


def put_schemas(root: Path, plan: Plan | None) -> WrittenSchemas:
    """Write the schemas that are not there or say something else, all or none."""
    new, unchanged = [], []
    for kind in FILE_KINDS:
        file, text = schema_file(kind), schema_text(kind, plan)
        old = files.read(root, file)
        if old.text is None and files.exists(root, file):
            raise SchemaUnreadable(file, old.reason or old.code)
        if old.text == text:
            unchanged.append(file)
        else:
            new.append(New(file, old.text, text))
    if new:
        writing.replace(root, new)
    return WrittenSchemas(tuple(one.file for one in new), tuple(unchanged))
