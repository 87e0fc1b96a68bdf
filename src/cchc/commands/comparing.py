"""`diff`: two states of a workspace, read no further than they differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors
from cchc.core.changes import About, Change, Difference, State, difference
from cchc.core.diagnostics import Problem, errors
from cchc.core.period_forms import parse_canonical
from cchc.core.periods import Period
from cchc.workspace import git, history, kept, lists
from cchc.workspace.files import Disk, Files
from cchc.workspace.kept import Kept
from cchc.workspace.load import HEAD, Loaded, load, overlaid

LEDGERS = ("data/closed.yaml", "data/reports.yaml")
_SECTIONS = {About.FIGURE: "measurements", About.TASK_REPORT: "tasks", About.REMARK: "remarks"}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states: its name, its commit and the commit's day; without a commit the files on the disk."""

    name: str
    commit: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be compared because a file has an error: on which side, and the error."""

    side: Side
    problem: Problem


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one side to the other, and what could not be read."""

    before: Side
    after: Side
    difference: Difference
    unread: tuple[Unread, ...]


def compare(root: Path, first: str | None, second: str | None) -> Comparison:
    """Return what changed from a revision, the last commit by default, to another, by default the files on the disk."""
    before = kept.listed(root, first or "HEAD")
    after = kept.listed(root, second) if second is not None else None
    changed = kept.differing(root, before, after, lambda path: path.startswith(("plan/", "data/")))
    periods = None if any(path.startswith("plan/") for path in changed) else _years_of(changed)
    before = _filled(before, periods)
    source: Files = Disk(root) if after is None else _filled(after, periods)
    older = _loaded(before, periods)
    newer = overlaid(older, source, changed) if periods is not None else _loaded(source, periods)
    if older.data is None or newer.data is None:
        raise FilesHaveErrors([*older.errors_in("plan/"), *newer.errors_in("plan/")])
    ledgers = [(lists.closed(one), lists.issued(one)) for one in (before, source)]
    states = tuple(
        State(data, closed[0], issued[0])
        for data, (closed, issued) in zip((older.data, newer.data), ledgers, strict=True)
    )
    sides = (_side(before, first or "HEAD"), _side(source, second or "") if isinstance(source, Kept) else Side(""))
    unread = [
        Unread(side, problem)
        for side, loaded, (closed, issued) in zip(sides, (older, newer), ledgers, strict=True)
        for problem in errors([*loaded.problems, *closed[1], *issued[1]])
    ]
    found = difference(states[0], states[1])
    legible = tuple(change for change in found.changes if not _is_unread(change, unread))
    return Comparison(*sides, Difference(legible, found.effects), tuple(unread))


def _years_of(changed: Iterable[str]) -> frozenset[int]:
    """Return the years that changed data files are about: verdicts of other years stay as they are."""
    stems = (path.removeprefix("data/").rpartition(".")[0] for path in changed)
    periods = (parse_canonical(stem) for stem in stems)
    return frozenset(year for period in periods if period is not None for year in period.years)


def _filled(state: Kept, years: frozenset[int] | None) -> Kept:
    """Return a revision with the contents that are to be read."""
    wanted = [blob.name for path, blob in state.blobs.items() if blob.ordinary and _is_wanted(path, years)]
    return kept.with_contents(state, [*wanted, state.commit])


def _is_wanted(path: str, years: frozenset[int] | None) -> bool:
    if path.startswith("plan/") or path in LEDGERS:
        return True
    return path.startswith("data/") and (years is None or not years.isdisjoint(_years_of([path])))


def _loaded(source: Files, years: frozenset[int] | None) -> Loaded:
    if years is None:
        return load(source, lambda _: _recorded(source))
    return load(source, lambda _: [one for one in _recorded(source) if not years.isdisjoint(one.years)])


def _recorded(source: Files) -> list[Period]:
    stems = (name.rpartition(".")[0] for name in source.names("data"))
    return [period for stem in stems if (period := parse_canonical(stem)) is not None]


def _side(state: Kept, name: str) -> Side:
    commit = history.parse_commit(state.commit, state.contents[state.commit])
    return Side(name, state.commit[: git.SHORT], str(commit.committer.at.date()))


def _is_unread(change: Change, unread: Iterable[Unread]) -> bool:
    """Whether a change stems from an entry that could not be read on one of the sides."""
    section = _SECTIONS.get(change.about)
    if section is None or change.period is None:
        return False
    file = f"data/{change.period.label}.yaml"
    return any(
        one.problem.file == file
        and (not one.problem.path or one.problem.path[0] in HEAD or one.problem.path[:2] == (section, change.key))
        for one in unread
    )
