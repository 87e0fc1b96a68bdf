"""`init --hook`, `init --merge-driver`: git checks what is staged before it commits, and merges by figure."""

from pathlib import Path

from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files, git, resources, writing
from cchc.workspace.git import Repository
from cchc.workspace.writing import New

NAME = "pre-commit"
ATTRIBUTES = ".gitattributes"
LINES = ("data/*.yaml merge=cchc", "data/*.yml merge=cchc")
FAILED = 129  # newer git takes statuses above 128 for a failure and not for a conflict
DRIVER = (
    ("merge.cchc.name", "cchc: merge by figure"),
    # git itself quotes %P; a program that is missing or fails has merged nothing, and that is no conflict
    ("merge.cchc.driver", f"cchc merge-driver -- %O %A %B %P; s=$?; test $s -le 1 || s={FAILED}; exit $s"),
)


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
    found = _repository(root)
    line = f"cchc -C {_quoted(found.prefix.rstrip('/') or '.')} validate --staged"
    text = resources.packaged("starter/pre-commit").replace("{line}", line)
    file = git.hooks_folder(root) / NAME
    there = files.read(file.parent, file.name)
    if there.text != text:
        if there.code != files.MISSING:
            raise HookThere(file, line)
        writing.save(file, text, executable=True)
    return file


def install_driver(workspace: Path) -> Path:
    """Let git merge the workspace's data files with `cchc merge-driver` and return the file that says so.

    What the file and the repository's settings say already stays. A workspace that is not under git gets a history.
    """
    root = workspace.resolve()
    _repository(root)
    there = files.read(root, ATTRIBUTES)
    if there.text is None and there.code != files.MISSING:
        raise WorldError(
            mark("{file} cannot be read: {reason}"), "", file=ATTRIBUTES, reason=there.reason or there.code
        )
    text = with_lines(there.text or "")
    if text != there.text:
        writing.replace(root, [New(ATTRIBUTES, there.text, text)])
    for key, value in DRIVER:
        git.configure(root, key, value)
    return root / ATTRIBUTES


def with_lines(text: str) -> str:
    """Return a file of attributes with the lines that it lacks at its end."""
    standing = [line.split() for line in text.splitlines()]
    missing = [line for line in LINES if line.split() not in standing]
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if missing and text and not text.endswith("\n") else ""
    return text + gap + "".join(f"{line}{end}" for line in missing)


def _repository(root: Path) -> Repository:
    """Return the repository that holds the workspace, which is a new one where there was none."""
    try:
        return git.repository(root)
    except git.NoRepository:
        git.begin(root)
        return git.repository(root)


def _quoted(path: str) -> str:
    """Return a path as one word of a shell."""
    return "'" + path.replace("'", "'\\''") + "'"
