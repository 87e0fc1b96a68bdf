"""`log` and `show`: who set which value of which period, when, in which commit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc.commands.opening import measured, plan_of
from cchc.core.course import Point, whole_course
from cchc.core.fields import Shape
from cchc.core.model import Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.core.progress import Progress, silent, watched
from cchc.workspace import decode, history, kept
from cchc.workspace.files import Disk, Files
from cchc.workspace.git import NoGit, NoRepository, NoSuchRevision
from cchc.workspace.history import Commit, Entries, Entry, Event
from cchc.workspace.load import load
from cchc.workspace.styles import Value


@dataclass(frozen=True, slots=True)
class Figure:
    """What stood in an entry: as it reads today, and its texts; `entry` is None where it does not fit the indicator."""

    entry: Measurement | None
    texts: Entry


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a figure. `commit` is None for what lies on the disk and is not committed.

    `dropped`: what it put there is no longer there, though no later commit changed it: a merge took the other side.
    """

    period: Period
    before: Figure | None
    after: Figure | None
    commit: Commit | None
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Trail:
    """The changes of an indicator's figures, the newest first; `shallow`: the history is cut off before them."""

    indicator: Indicator
    plan: Plan
    steps: tuple[Step, ...]
    shallow: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator with its figures in every period, and its trail; None outside git."""

    indicator: Indicator
    plan: Plan
    points: tuple[Point, ...]
    entries: Mapping[Period, Measurement]
    trail: Trail | None
    illustrative: bool


def names_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Return the ids that indicators have or had, with those of today."""
    return {old: one.id for one in indicators for old in (one.id, *one.formerly)}


def log(root: Path, indicator_id: str, at: str | None = None, progress: Progress = silent) -> Trail:
    """Return the trail of an indicator's figures, up to the disk or to a revision; WorldError outside git."""
    state = kept.listed(root, at or "HEAD")
    source: Files = kept.at_revision(root, at) if at is not None else Disk(root)
    plan = plan_of(load(source, lambda _: ()))
    return _trail(root, state, (plan, measured(plan, indicator_id)), on_disk=at is None, progress=progress)


def _trail(
    root: Path, state: kept.Kept, wanted: tuple[Plan, Indicator], *, on_disk: bool, progress: Progress = silent
) -> Trail:
    plan, indicator = wanted
    names = history.former_names(state.repository, state.commit, state.prefix, names_of(plan.measured.values()))
    own = {old: today for old, today in names.items() if today == indicator.id}
    entries = Entries(state.repository, own, only=True)
    touched = history.touches(state.repository, state.commit, state.prefix, ("data",))
    events = list(history.events(entries, watched(touched, progress)))
    standing = standing_entries(entries, state)
    commits = history.commits(state.repository, (event.commit for event in events))
    steps = [_step(event, commits[event.commit], indicator) for event in events]
    steps = list(_with_dropped(steps, events, standing))
    if on_disk:
        steps = [*_uncommitted(root, state, entries, indicator), *steps]
    return Trail(indicator, plan, tuple(steps), state.repository.shallow)


def standing_entries(entries: Entries, state: kept.Kept) -> dict[history.Key, Entry]:
    """Return the entries as a revision has them."""
    files = [(blob.name, path) for path, blob in state.blobs.items() if path.startswith("data/") and blob.ordinary]
    entries.read(name for name, _path in files)
    return entries.state(files)


def _step(event: Event, commit: Commit, indicator: Indicator) -> Step:
    return Step(event.period, figure(event.before, indicator.shape), figure(event.after, indicator.shape), commit)


def figure(texts: Entry | None, shape: Shape) -> Figure | None:
    """Return an entry as it reads today."""
    return None if texts is None else Figure(decode.validated(Measurement, _present(texts), [], shape), texts)


def _present(texts: Entry) -> dict[str, Value]:
    return {key: value for key, value in texts.items() if value not in ("", None)}


def _with_dropped(
    steps: Iterable[Step], events: Iterable[Event], standing: Mapping[history.Key, Entry]
) -> Iterator[Step]:
    """Yield the steps; of each figure the newest is marked where what stands there is something else."""
    seen: set[history.Key] = set()
    for step, event in zip(steps, events, strict=True):
        key = event.period, event.key
        lost = key not in seen and standing.get(key) != event.after
        seen.add(key)
        yield Step(step.period, step.before, step.after, step.commit, dropped=lost)


def _uncommitted(root: Path, state: kept.Kept, entries: Entries, indicator: Indicator) -> Iterator[Step]:
    """Yield what lies on the disk and is not committed, of all files together: one of them may have another name."""
    paths = sorted(kept.differing(root, state, None, lambda one: one.startswith("data/")))
    texts = {path: text for path in paths if (text := Disk(root).read(path).text) is not None}
    entries.known |= {path: entries.of_text(text) for path, text in texts.items()}
    blobs = [(blob.name, path) for path in paths if (blob := state.blobs.get(path)) is not None and blob.ordinary]
    before, after = entries.state(blobs), entries.state((path, path) for path in texts)
    for key in sorted({**before, **after}, key=lambda one: (one[0].last, one[0].first), reverse=True):
        if before.get(key) != after.get(key):
            old, new = (figure(state.get(key), indicator.shape) for state in (before, after))
            yield Step(key[0], old, new, None)


def show(root: Path, indicator_id: str, at: str | None = None) -> Shown:
    """Return an indicator with its figures and, under git, their trail."""
    source: Files = kept.at_revision(root, at) if at is not None else Disk(root)
    loaded = load(source)
    plan = plan_of(loaded)
    indicator = measured(plan, indicator_id)
    assert loaded.data is not None  # noqa: S101  # a plan without errors has a dataset
    files = loaded.data.files
    entries = {one: file.measurements[indicator.id] for one, file in files.items() if indicator.id in file.measurements}
    try:
        state = kept.listed(root, at or "HEAD")
        trail = _trail(root, state, (plan, indicator), on_disk=at is None)
    except (NoGit, NoRepository, NoSuchRevision):
        trail = None
    return Shown(indicator, plan, whole_course(loaded.data, indicator), entries, trail, loaded.data.illustrative)
