"""`init --hook`: git checks what is staged before it commits."""

from pathlib import Path

from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files, git, resources, writing

NAME = "pre-commit"


class HookThere(WorldError):
    """The repository has another hook of that name; it is somebody's and stays."""

    def __init__(self, file: Path, line: str) -> None:
        super().__init__(
            mark("{file} is there already and was not changed"),
            mark("Add this line to it by hand:\n  {line}"),
            file=file.as_posix(),
            line=line,
        )


def install_hook(workspace: Path) -> Path:
    """Write the hook of the repository that holds the workspace and return its file; the same hook again is fine.

    A workspace that is not under git gets a history of its own.
    """
    root = workspace.resolve()
    try:
        found = git.repository(root)
    except git.NoRepository:
        git.begin(root)
        found = git.repository(root)
    line = f"cchc -C {_quoted(found.prefix.rstrip('/') or '.')} validate --staged"
    text = resources.packaged("starter/pre-commit").replace("{line}", line)
    file = git.hooks_folder(root) / NAME
    there = files.read(file.parent, file.name)
    if there.text != text:
        if there.code != files.MISSING:
            raise HookThere(file, line)
        writing.save(file, text, executable=True)
    return file


def _quoted(path: str) -> str:
    """Return a path as one word of a shell."""
    return "'" + path.replace("'", "'\\''") + "'"
