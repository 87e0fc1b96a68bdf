"""`diff`: two states of a workspace, read no further than they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from cchc.commands.opening import FilesHaveErrors
from cchc.core.changes import Difference, State, difference
from cchc.core.diagnostics import Problem, errors
from cchc.core.model import DataFile, Dataset
from cchc.core.period_forms import parse_canonical
from cchc.core.periods import Period
from cchc.workspace import git, history, kept, lists
from cchc.workspace.files import Disk, Files
from cchc.workspace.kept import Kept
from cchc.workspace.load import Loaded, load, overlaid

LEDGERS = ("data/closed.yaml", "data/reports.yaml")
_SECTIONS = ("measurements", "tasks", "remarks")
T = TypeVar("T")


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
    broken = [side.errors_in("plan/") for side in (older, newer)]
    if older.data is None or newer.data is None or all(broken):
        raise FilesHaveErrors([*broken[0], *broken[1]])
    whole = (_whole(older, newer.data), _whole(newer, older.data))
    ledgers = [(lists.closed(one), lists.issued(one)) for one in (before, source)]
    states = tuple(State(data, closed[0], issued[0]) for data, (closed, issued) in zip(whole, ledgers, strict=True))
    sides = (_side(before, first or "HEAD"), _side(source, second or "") if isinstance(source, Kept) else Side(""))
    unread = [
        Unread(side, problem)
        for side, loaded, (closed, issued) in zip(sides, (older, newer), ledgers, strict=True)
        for problem in errors([*loaded.problems, *closed[1], *issued[1]])
    ]
    return Comparison(*sides, difference(states[0], states[1]), tuple(unread))


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


# what could not be read


def _whole(loaded: Loaded, other: Dataset) -> Dataset:
    """Return the data of a side; what could not be read of it is taken to be as on the other: an error is no change."""
    assert loaded.data is not None  # noqa: S101  # the caller has refused it
    data, files = loaded.data, dict(loaded.data.files)
    for problem in errors(loaded.problems):
        period = _period_of(problem)
        there = other.files.get(period) if period is not None else None
        if there is not None:
            files[there.period] = _with(files.get(there.period), there, problem)
    if not loaded.errors_in("plan/"):
        return replace(data, files=files)
    for period, own in files.items():
        standing = other.files.get(period, own).measurements
        lost = {key: entry for key, entry in standing.items() if key not in data.plan.measured}
        known = {key: entry for key, entry in own.measurements.items() if key in other.plan.measured}
        files[period] = own._replace(measurements={**known, **lost})
    return Dataset(other.plan, files)


def _period_of(problem: Problem) -> Period | None:
    """Return which period the file with an error is about, if only its name is wrong the one that it should have."""
    closest = problem.args.get("closest") if problem.code == "E005" else None
    name = str(closest or problem.file.removeprefix("data/"))
    return parse_canonical(name.rpartition(".")[0]) if problem.file.startswith("data/") else None


def _with(own: DataFile | None, there: DataFile, problem: Problem) -> DataFile:
    """Return a file with what an error in it has taken away, as it is on the other side."""
    if own is None or not problem.path or problem.path[0] not in _SECTIONS:
        return there

    def mended(section: str, standing: Mapping[str, T], others: Mapping[str, T]) -> Mapping[str, T]:
        if problem.path[0] != section:
            return standing
        wanted = problem.path[1:2] or tuple(others)
        return {**standing, **{key: entry for key, entry in others.items() if key in wanted}}

    return own._replace(
        measurements=mended("measurements", own.measurements, there.measurements),
        tasks=mended("tasks", own.tasks, there.tasks),
        remarks=mended("remarks", own.remarks, there.remarks),
    )
