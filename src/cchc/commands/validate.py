"""`validate`: everything that is wrong, all at once."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.core.codes import Severity
from cchc.core.diagnostics import Problem, sort_key
from cchc.core.errors import Exit, UsageError
from cchc.texts import mark
from cchc.workspace.files import Files
from cchc.workspace.load import Loaded, load


class Validation(NamedTuple):
    """The problems to show, sorted, and how many files were checked."""

    problems: tuple[Problem, ...]
    files: int
    exit: Exit


class State(NamedTuple):
    """What git keeps that is to be checked: what is staged, or a revision; neither: the files on the disk."""

    staged: bool = False
    at: str | None = None


ON_DISK = State()


class NotInWorkspace(UsageError):
    """A file that the workspace does not have."""

    def __init__(self, file: str) -> None:
        super().__init__(
            mark("{file} is no file of the plan or the data"),
            mark("Name files under plan/ or data/ that end in .yaml."),
            file=file,
        )


def validate(
    root: Path,
    named: list[Path],
    *,
    today: date,
    strict: bool,
    state: State = ON_DISK,
) -> Validation:
    """Check the whole workspace and show the problems of the named files, or of all; warnings count with `strict`.

    With a `state` what git keeps is checked, not what lies on the disk.
    """
    source = _kept(root, state)
    loaded = load(source or root, reviewed_on=today)
    wanted = [_relative(root, file) for file in named]
    known = {*loaded.names, *(problem.file for problem in loaded.problems)}
    for file, original in zip(wanted, named, strict=True):
        if file not in known:
            raise NotInWorkspace(str(original))
    more = _unsealed(root, source, loaded)
    everything = sorted((*loaded.problems, *more), key=sort_key) if more else loaded.problems
    problems = tuple(problem for problem in everything if not wanted or problem.file in wanted)
    serious = any(strict or problem.severity is Severity.ERROR for problem in problems)
    count = len(set(wanted)) if wanted else len(loaded.names)
    return Validation(problems, count, Exit.FINDINGS if serious else Exit.FINE)


def _kept(root: Path, state: State) -> Files | None:
    """Return what git keeps, where that is to be checked and not the disk."""
    if not state.staged and state.at is None:
        return None
    from cchc.workspace import kept  # noqa: PLC0415  # starting processes is dear to import

    return kept.staged(root) if state.at is None else kept.at_revision(root, state.at)


def _unsealed(root: Path, source: Files | None, loaded: Loaded) -> tuple[Problem, ...]:
    """Return what exactly broke the seal of a closed period."""
    if all(problem.code != "E601" for problem in loaded.problems):
        return ()
    from cchc.commands.unsealing import unsealed  # noqa: PLC0415  # hardly ever

    return unsealed(root, source, loaded)


def _relative(root: Path, file: Path) -> str:
    """Return a file named from anywhere relative to the workspace, with `/`."""
    absolute = file if file.is_absolute() else Path.cwd() / file
    resolved = absolute.parent.resolve() / absolute.name
    try:
        return resolved.relative_to(root).as_posix()
    except ValueError:
        raise NotInWorkspace(str(file)) from None
