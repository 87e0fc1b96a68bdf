"""Finding the workspace and the entries that were named; what cannot be meant is refused with the nearest."""

from collections.abc import Iterable
from pathlib import Path

from cchc.core.diagnostics import Problem, nearest
from cchc.core.errors import CommandError, Exit, UsageError, WorldError
from cchc.core.model import Indicator, Plan
from cchc.core.paper import Revision
from cchc.core.periods import Period
from cchc.texts import mark
from cchc.workspace import files
from cchc.workspace.files import Disk, Files
from cchc.workspace.load import Loaded


class NoWorkspace(WorldError):
    """No plan/plan.yaml in the folder or above it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            mark("no workspace (plan/plan.yaml) in {folder} or above it"),
            mark("Go to the folder of your plan, name it with -C, or make one: cchc init FOLDER"),
            folder=str(folder),
        )


class FilesHaveErrors(CommandError):
    """Files that a command rests on have errors; they are shown in full."""

    exit = Exit.FINDINGS

    def __init__(self, problems: Iterable[Problem], remedy: str = "") -> None:
        super().__init__(mark("the files have errors, nothing was done"), remedy)
        self.problems = tuple(problems)


class NotInPlan(UsageError):
    """An id that the plan does not have, with the nearest that it has."""

    def __init__(self, message: str, id_: str, known: Iterable[str]) -> None:
        close = nearest(id_, known)
        remedy = mark("Did you mean: {nearest}?") if close else mark("`cchc list` shows what the plan has.")
        super().__init__(message, remedy, id=id_, nearest=close)


class OutsideTerm(UsageError):
    """A period that the plan does not cover."""

    def __init__(self, plan: Plan, period: Period) -> None:
        super().__init__(
            mark("{period} lies outside the plan's term {term}"),
            mark("A new plan is a new workspace beside this one."),
            period=period,
            term=f"{plan.head.term.first}–{plan.head.term.last}",
        )


def workspace_root(named: Path | None, current: Path) -> Path:
    """Return the folder of the workspace: the one that is named, else the first with a plan from here upwards."""
    if named is not None:
        root = files.find_root(named) if named.is_dir() else None
        if root is None or root != named.resolve():
            raise NoWorkspace(named)
        return _settled(root)
    root = files.find_root(current)
    if root is None:
        raise NoWorkspace(current)
    return _settled(root)


def kept_root(named: Path | None, current: Path) -> Path:
    """Return the workspace as `workspace_root` does, else the folder of a repository, which may be a bare one."""
    try:
        return workspace_root(named, current)
    except NoWorkspace:
        from cchc.workspace import git  # noqa: PLC0415  # hardly ever

        folder = (named or current).resolve()
        if not folder.is_dir():
            raise
        try:
            git.repository(folder)
        except git.NoRepository:
            raise NoWorkspace(named or current) from None
        return folder


def _settled(root: Path) -> Path:
    """Return the workspace once a change that a killed process left unfinished is undone."""
    if files.exists(root, files.JOURNAL):
        from cchc.workspace import writing  # noqa: PLC0415  # hardly ever

        writing.settle(root)
    return root


def source_of(root: Path, revision: str | None) -> Files:
    """Return where the files are read: the disk, or a revision that git keeps."""
    if revision is None:
        return Disk(root)
    from cchc.workspace import kept  # noqa: PLC0415  # starting processes is dear to import

    return kept.at_revision(root, revision)


def revision_of(root: Path, source: Files, revision: str | None) -> Revision | None:
    """Return the commit that the files of a source stem from; None where git knows none."""
    from cchc.workspace import git, kept  # noqa: PLC0415  # starting processes is dear to import

    return git.revision_of(root, revision, source.prefix if isinstance(source, kept.Kept) else None)


def plan_of(loaded: Loaded) -> Plan:
    """Return the plan when it has no errors; else they are what the command says."""
    problems = loaded.errors_in("plan/")
    if loaded.plan is None or problems:
        raise FilesHaveErrors(problems)
    return loaded.plan


def measured(plan: Plan, id_: str) -> Indicator:
    """Return the indicator or statistic with that id."""
    found = plan.measured.get(id_)
    if found is None:
        raise NotInPlan(mark("the plan has no indicator or statistic “{id}”"), id_, plan.measured)
    return found


def inside_term(plan: Plan, period: Period) -> Period:
    """Return the period when the plan's term holds it."""
    if not plan.term.contains(period):
        raise OutsideTerm(plan, period)
    return period


def known_area(plan: Plan, area: str | None) -> str | None:
    """Return the area's id when the plan has it."""
    known = [entry.id for entry in plan.areas]
    if area is not None and area not in known:
        raise NotInPlan(mark("the plan has no area “{id}”"), area, known)
    return area


def known_owner(plan: Plan, owner: str | None) -> str | None:
    """Return the owner's id when the plan has it."""
    if owner is not None and owner not in plan.owners_by_id:
        raise NotInPlan(mark("no owner “{id}” in the plan"), owner, plan.owners_by_id)
    return owner
