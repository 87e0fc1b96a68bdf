"""`validate`: everything that is wrong, all at once."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.core.codes import Severity
from cchc.core.diagnostics import Problem
from cchc.core.errors import Exit, UsageError
from cchc.texts import mark
from cchc.workspace.files import Files
from cchc.workspace.load import load


class Validation(NamedTuple):
    """The problems to show, sorted, and how many files were checked."""

    problems: tuple[Problem, ...]
    files: int
    exit: Exit


class NotInWorkspace(UsageError):
    """A file that the workspace does not have."""

    def __init__(self, file: str) -> None:
        super().__init__(
            mark("{file} is no file of the plan or the data"),
            mark("Name files under plan/ or data/ that end in .yaml."),
            file=file,
        )


def validate(root: Path, named: list[Path], *, today: date, strict: bool, staged: bool = False) -> Validation:
    """Check the whole workspace and show the problems of the named files, or of all; warnings count with `strict`.

    With `staged` what git has staged is checked, not what lies on the disk.
    """
    loaded = load(_staged(root) if staged else root, reviewed_on=today)
    wanted = [_relative(root, file) for file in named]
    known = {*loaded.names, *(problem.file for problem in loaded.problems)}
    for file, original in zip(wanted, named, strict=True):
        if file not in known:
            raise NotInWorkspace(str(original))
    problems = tuple(problem for problem in loaded.problems if not wanted or problem.file in wanted)
    serious = any(strict or problem.severity is Severity.ERROR for problem in problems)
    count = len(set(wanted)) if wanted else len(loaded.names)
    return Validation(problems, count, Exit.FINDINGS if serious else Exit.FINE)


def _staged(root: Path) -> Files:
    from cchc.workspace import git  # noqa: PLC0415  # starting processes is dear to import

    return git.staged(root)


def _relative(root: Path, file: Path) -> str:
    """Return a file named from anywhere relative to the workspace, with `/`."""
    absolute = file if file.is_absolute() else Path.cwd() / file
    resolved = absolute.parent.resolve() / absolute.name
    try:
        return resolved.relative_to(root).as_posix()
    except ValueError:
        raise NotInWorkspace(str(file)) from None
