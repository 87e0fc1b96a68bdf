"""`schema`: the schemas with which editors complete and check the files, in the workspace or one to look at."""

from dataclasses import dataclass
from pathlib import Path

from cchc.core.errors import WorldError
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import Plan
from cchc.texts import mark
from cchc.views.schema import schema_text
from cchc.workspace import files
from cchc.workspace.load import load_plan
from cchc.workspace.schemafiles import schema_file


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
    with files.locked(root):
        return put_schemas(root, load_plan(root).plan)


def put_schemas(root: Path, plan: Plan | None) -> WrittenSchemas:
    """Write the schemas that are not there or say something else."""
    answer: dict[bool, list[str]] = {True: [], False: []}
    for kind in FILE_KINDS:
        file = schema_file(kind)
        answer[_put(root, file, schema_text(kind, plan))].append(file)
    return WrittenSchemas(tuple(answer[True]), tuple(answer[False]))


def _put(root: Path, file: str, text: str) -> bool:
    """Write a file when it says something else, and return whether it did."""
    old = files.read(root, file)
    if old.text == text:
        return False
    if old.text is None and files.exists(root, file):
        raise SchemaUnreadable(file, old.reason or old.code)
    files.replace(root, file, text, old.digest or None)
    return True
