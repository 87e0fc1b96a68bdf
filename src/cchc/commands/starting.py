"""`init`: a new workspace, with a skeleton of a plan or with the plan of another workspace without its data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, NoWorkspace
from cchc.commands.schemas import put_schemas
from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files, resources, writing
from cchc.workspace.load import IMPORTS, load_plan
from cchc.workspace.schemafiles import SCHEMA_FILES, with_schema_line
from cchc.workspace.writing import New

PLAN_YEARS = 5  # plans of administrative reform cover 2021–2025, 2026–2030, …
STARTER = (
    "plan/plan.yaml",
    "plan/owners.yaml",
    "plan/areas/1-thu-tuc-hanh-chinh.yaml",
    "plan/imports/ii-06a.yaml",
)


@dataclass(frozen=True, slots=True)
class Started:
    """The folder of the new workspace and the files that were made, relative to it."""

    folder: Path
    made: tuple[str, ...]
    source: Path | None


class AlreadyAWorkspace(WorldError):
    """The folder holds a plan already; nothing is overwritten."""

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__(
            mark("{folder} already holds {file}; nothing was changed"),
            mark("Choose another folder."),
            folder=str(folder),
            file=file,
        )


def is_workspace(folder: Path) -> bool:
    """Whether the folder holds a plan."""
    return files.exists(folder, files.PLAN_FILE)


def start(folder: Path, source: Path | None, today: date) -> Started:
    """Make a workspace in a folder, which is created when it is not there."""
    texts = dict(_copied(source) if source is not None else _skeleton(today))
    contents = {file: with_schema_line(file, text) for file, text in texts.items()}
    taken = next((file for file in (*contents, *SCHEMA_FILES, "data") if files.exists(folder, file)), None)
    if taken is not None:
        raise AlreadyAWorkspace(folder, taken)
    contents["data/.gitkeep"] = ""
    if not files.exists(folder, ".gitignore"):
        contents[".gitignore"] = resources.packaged("starter/gitignore")
    writing.replace(folder, [New(file, None, text) for file, text in contents.items()])
    documents = dict(_documents(source)) if source is not None else {}
    for file, content in documents.items():
        writing.save(folder / file, content, folder=True)
    schemas = put_schemas(folder, load_plan(folder).plan)
    return Started(folder, (*contents, *documents, *schemas.written), source)


def _documents(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the office's own templates of Word documents."""
    for name in resources.WORD:
        file = f"{resources.TEMPLATES}/{name}"
        content = files.content(source, file)
        if content is not None:
            yield file, content


def _skeleton(today: date) -> Iterator[tuple[str, str]]:
    first = (today.year - 1) // PLAN_YEARS * PLAN_YEARS + 1
    for file in STARTER:
        text = resources.packaged(f"starter/{file}")
        yield file, text.replace("{first}", str(first)).replace("{last}", str(first + PLAN_YEARS - 1))


def _copied(source: Path) -> Iterator[tuple[str, str]]:
    """Yield the plan's files and the office's templates of another workspace; its data stay where they are."""
    if not files.exists(source, files.PLAN_FILE):
        raise NoWorkspace(source)
    loaded = load_plan(source)
    problems = loaded.errors_in("plan/")
    if problems:
        raise FilesHaveErrors(problems)
    for file in loaded.names:
        yield file, loaded.documents[file].original
    for name in files.names(source, IMPORTS):
        read = files.read(source, f"{IMPORTS}/{name}")
        if read.text is not None:
            yield f"{IMPORTS}/{name}", read.text
    for name in files.names(source, "templates", suffixes=(".j2", ".css")):
        read = files.read(source, f"templates/{name}")
        if read.text is not None:
            yield f"templates/{name}", read.text
