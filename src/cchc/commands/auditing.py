"""`audit`: what an inspector looks at, over a period of time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, inside_term, plan_of, source_of
from cchc.commands.tracing import Figure, figure, names_of, standing_entries
from cchc.commands.typed import typed_period
from cchc.commands.unsealing import unsealed
from cchc.core import closing
from cchc.core.agenda import due_on
from cchc.core.diagnostics import Problem
from cchc.core.model import Closing, Correction, Dataset, Indicator, IssuedReport, Measurement, Plan, Supplement
from cchc.core.periods import Period
from cchc.core.progress import Progress, silent, watched
from cchc.core.report import rests_on
from cchc.workspace import git, history, kept, lists
from cchc.workspace.files import Files
from cchc.workspace.git import Repository
from cchc.workspace.history import Commit, Entries, Event, Key
from cchc.workspace.load import load, load_plan


@dataclass(frozen=True, slots=True)
class Audited:
    """A figure that stands: who put it there. `commit` is None for what is not committed."""

    indicator: Indicator
    period: Period
    entry: Measurement
    commit: Commit | None
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure with a correction or supplement."""

    indicator: Indicator
    period: Period
    entry: Measurement
    trace: Correction | Supplement


@dataclass(frozen=True, slots=True)
class Touched:
    """A change that came after a closing to what it closed; `honest`: with the trace of a correction or supplement."""

    closing: Closing
    indicator: Indicator
    period: Period
    before: Figure | None
    after: Figure | None
    commit: Commit
    honest: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A closing: whether it still holds, and whether its commit is an ancestor of the present one; None: not known."""

    closing: Closing
    holds: bool
    ancestor: bool | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A closing that was taken out of data/closed.yaml or changed.

    Without a commit a merge kept the other side, or, `uncommitted`, the files on the disk alone lack it.
    """

    closing: Closing
    commit: Commit | None
    uncommitted: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A figure that a commit put there and that is not there, though no later commit changed it: a merge dropped it."""

    indicator: Indicator
    period: Period
    lost: Figure | None
    standing: Figure | None
    commit: Commit


@dataclass(frozen=True, slots=True)
class Redefined:
    """A definition on which a closed period rests and that a commit changed; `fields` are those that differ."""

    closing: Closing
    id: str
    fields: tuple[str, ...]
    commit: Commit


@dataclass(frozen=True, slots=True)
class Audit:
    """The inspector's page, in time order; `commit` is what the history was read up to."""

    plan: Plan
    period: Period
    commit: Commit
    shallow: bool
    illustrative: bool
    figures: tuple[Audited, ...]
    traces: tuple[Traced, ...]
    closings: tuple[Sealed, ...]
    gone: tuple[Gone, ...]
    touched: tuple[Touched, ...]
    redefined: tuple[Redefined, ...]
    dropped: tuple[Dropped, ...]
    broken: tuple[Problem, ...]
    reports: tuple[IssuedReport, ...]
    commits: tuple[Commit, ...]

    @property
    def late(self) -> tuple[Audited, ...]:
        """The figures that were provided after their due date."""
        return tuple(one for one in self.figures if one.late)

    @property
    def unsigned(self) -> tuple[Commit, ...]:
        """The commits without a signature."""
        return tuple(one for one in self.commits if not one.signed)


def audit(root: Path, typed: str | None, today: date, at: str | None = None, progress: Progress = silent) -> Audit:
    """Return the page over the figures about a period, by default the term; WorldError outside git."""
    state = kept.listed(root, at or "HEAD")
    loaded = load(source_of(root, at))
    plan = plan_of(loaded)
    if loaded.data is None:  # pragma: no cover  # a plan without errors has a dataset
        raise FilesHaveErrors(loaded.problems)
    data = loaded.data
    period = plan.term if typed is None else inside_term(plan, typed_period(typed, plan, today))
    source: Files = source_of(root, at)
    closings, problems = lists.closed(source)
    if problems:
        raise FilesHaveErrors(problems)
    own = [one for one in closings if _overlaps(one.period, period)]
    trail = _Trail.of(state, plan, progress)
    windows = [(one, later) for one in own if (later := _later(state, one, trail)) is not None]
    named = {*(one.commit for one in trail.events), *trail.touching, state.commit}
    commits = history.commits(state.repository, named)
    return Audit(
        plan=plan,
        period=period,
        commit=commits[state.commit],
        shallow=state.repository.shallow,
        illustrative=data.illustrative,
        figures=tuple(_figures(data, period, trail, commits)),
        traces=tuple(_traces(data, period)),
        closings=tuple(_sealed(state.repository, data, one, state.commit) for one in own),
        gone=tuple(_gone(state, trail, closings, commits)),
        touched=tuple(_touched(plan, windows, trail, commits)),
        redefined=tuple(_redefined(root, windows, trail, commits)),
        dropped=tuple(_dropped(state, plan, trail, commits)),
        broken=unsealed(root, source if at is not None else None, loaded),
        reports=tuple(one for one in lists.issued(source)[0] if _overlaps(one.period, period)),
        commits=tuple(commits[name] for name in trail.touching),
    )


def _overlaps(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


# the trail


Version = tuple[str, tuple[Closing, ...], tuple[Closing, ...]]  # a commit, and the closings before and after it


@dataclass(frozen=True, slots=True)
class _Trail:
    """The history of all figures: what happened to entries, and which commits touched plan or data; newest first."""

    events: tuple[Event, ...]
    touching: tuple[str, ...]
    planning: tuple[str, ...]  # those that touched the plan
    entries: Entries
    versions: tuple[Version, ...]  # of data/closed.yaml

    @classmethod
    def of(cls, state: kept.Kept, plan: Plan, progress: Progress) -> "_Trail":
        """Return the history of a revision."""
        names = history.former_names(state.repository, state.commit, state.prefix, names_of(plan.measured.values()))
        entries = Entries(state.repository, names)
        touched = list(history.touches(state.repository, state.commit, state.prefix, ("data", "plan")))
        in_data = [(commit, [one for one in found if one.path.startswith("data/")]) for commit, found in touched]
        figures = [one for one in in_data if one[1]]
        events = tuple(history.events(entries, watched(figures, progress, len(figures))))
        ledger = [(commit, one) for commit, found in in_data for one in found if one.path == closing.FILE]
        planning = [commit for commit, found in touched if any(one.path.startswith("plan/") for one in found)]
        touching = tuple(dict.fromkeys(commit for commit, _found in touched))
        return cls(events, touching, tuple(planning), entries, tuple(_versions(state.repository, ledger)))


def _figures(data: Dataset, period: Period, trail: _Trail, commits: Mapping[str, Commit]) -> Iterator[Audited]:
    """Yield every figure about the period with the newest commit that put it there as it is."""
    put: dict[Key, list[Event]] = {}
    for event in trail.events:
        put.setdefault((event.period, event.key), []).append(event)
    for found in sorted(data.files, key=lambda one: (one.last, one.first)):
        if not period.contains(found):
            continue
        for key, entry in data.files[found].measurements.items():
            indicator = data.plan.measured[key]
            events = put.get((found, key), ())
            own = next((one for one in events if _is(one.after, entry, indicator)), None)
            due = due_on(data.plan, found)
            provided = entry.provided.on if entry.provided is not None else None
            late = due is not None and provided is not None and provided > due
            yield Audited(indicator, found, entry, commits[own.commit] if own is not None else None, due, late)


def _is(texts: history.Entry | None, entry: Measurement, indicator: Indicator) -> bool:
    found = figure(texts, indicator.shape)
    return found is not None and found.entry == entry


def _traces(data: Dataset, period: Period) -> Iterator[Traced]:
    for found in sorted(data.files, key=lambda one: (one.last, one.first)):
        for key, entry in data.files[found].measurements.items() if period.contains(found) else ():
            indicator = data.plan.measured[key]
            traces = (*((entry.supplement,) if entry.supplement is not None else ()), *entry.corrections)
            yield from (Traced(indicator, found, entry, trace) for trace in traces)


# closings


def _sealed(found: Repository, data: Dataset, one: Closing, commit: str) -> Sealed:
    holds = one.reopened is not None or closing.stands(data, one)
    return Sealed(one, holds, found.is_ancestor(one.commit, commit) if one.commit is not None else None)


def _versions(found: Repository, ledger: Sequence[tuple[str, history.Touch]]) -> Iterator[Version]:
    """Yield each commit that changed data/closed.yaml, the newest first, with the closings before and after it."""
    names = [blob for _commit, touch in ledger for blob in (*touch.before, touch.after)]
    texts = dict(found.contents(name for name in names if name is not None))
    for commit, touch in ledger:
        before = [one for blob in touch.before for one in _closings(texts, blob)]
        yield commit, tuple(dict.fromkeys(before)), _closings(texts, touch.after)


def _closings(texts: Mapping[str, bytes], blob: str | None) -> tuple[Closing, ...]:
    return () if blob is None else lists.closings_of(texts[blob])


def _has(closings: Iterable[Closing], one: Closing) -> bool:
    return any(closing.is_same(other, one) for other in closings)


def _gone(
    state: kept.Kept, trail: _Trail, standing: Sequence[Closing], commits: Mapping[str, Commit]
) -> Iterator[Gone]:
    """Yield the closings that once stood and that a commit, or a merge, took away or changed."""
    ever: list[Closing] = []
    for commit, before, after in reversed(trail.versions):
        ever += [one for one in after if not _has(ever, one)]
        for one in before:
            if not _has(after, one) or (one.reopened is not None and one not in after):
                yield Gone(one, commits[commit])
    removed = [one for _commit, before, after in trail.versions for one in before if not _has(after, one)]
    blob = state.blobs.get(closing.FILE)
    names = [blob.name] if blob is not None and blob.ordinary else []
    committed = [one for _name, text in state.repository.contents(names) for one in lists.closings_of(text)]
    for one in ever:
        if not _has(standing, one) and (_has(committed, one) or not _has(removed, one)):
            yield Gone(one, None, _has(committed, one))


def _later(state: kept.Kept, one: Closing, trail: _Trail) -> frozenset[str] | None:
    """Return the commits that a closing did not know, up to its being opened again; None where none made it."""
    oldest_first = tuple(reversed(trail.versions))
    began = next((commit for commit, _old, new in oldest_first if _has(new, one)), None)
    if began is None:
        return None
    opened = (commit for commit, old, new in oldest_first if one.reopened and one in new and one not in old)
    return state.repository.since(began, next(opened, state.commit)) - {began}


Windows = Sequence[tuple[Closing, frozenset[str]]]


def _touched(plan: Plan, windows: Windows, trail: _Trail, commits: Mapping[str, Commit]) -> Iterator[Touched]:
    """Yield the changes to closed figures by commits that the closing did not know."""
    for one, later in windows:
        rested = rests_on(plan, one.period)
        for event in trail.events:
            known = event.period in rested and event.key in plan.measured
            if event.commit in later and known and not _is_mark(event):
                yield _touch(plan, one, event, commits[event.commit])


def _is_mark(event: Event) -> bool:
    """Whether nothing but the mark of having been checked was set: a closing does not seal it."""
    if event.before is None or event.after is None:
        return False
    before, after = ({key: one[key] for key in one if key != "checked"} for one in (event.before, event.after))
    return before == after


def _redefined(root: Path, windows: Windows, trail: _Trail, commits: Mapping[str, Commit]) -> Iterator[Redefined]:
    """Yield the changes to definitions of closed periods by commits that the closing did not know."""
    plans: dict[str, Plan | None] = {}
    for one, later in windows:
        for name in trail.planning:
            if name not in later:
                continue
            after = _plan_at(root, name, plans)
            for parent in commits[name].parents:
                before = _plan_at(root, parent, plans)
                if before is None or after is None:
                    continue
                for key, fields in closing.changed_definitions(before, after, one.period).items():
                    yield Redefined(one, key, fields, commits[name])


def _plan_at(root: Path, commit: str, known: dict[str, Plan | None]) -> Plan | None:
    """Return the plan of a commit, None where it has none that can be read."""
    if commit not in known:
        try:
            known[commit] = load_plan(kept.at_revision(root, commit)).plan
        except (kept.NoWorkspaceThere, git.NoSuchRevision):  # before there was a plan, or beyond a shallow history
            known[commit] = None
    return known[commit]


def _dropped(state: kept.Kept, plan: Plan, trail: _Trail, commits: Mapping[str, Commit]) -> Iterator[Dropped]:
    """Yield the figures whose newest change is not what stands in the revision."""
    standing = standing_entries(trail.entries, state)
    seen: set[Key] = set()
    for event in trail.events:
        key = event.period, event.key
        if key in seen or event.key not in plan.measured:
            continue
        seen.add(key)
        if standing.get(key) != event.after:
            shape = plan.measured[event.key].shape
            lost, now = (figure(texts, shape) for texts in (event.after, standing.get(key)))
            yield Dropped(plan.measured[event.key], event.period, lost, now, commits[event.commit])


def _touch(plan: Plan, one: Closing, event: Event, commit: Commit) -> Touched:
    indicator = plan.measured[event.key]
    before, after = (figure(texts, indicator.shape) for texts in (event.before, event.after))
    honest = _is_honest(before, after)
    return Touched(one, indicator, event.period, before, after, commit, honest)


def _is_honest(before: Figure | None, after: Figure | None) -> bool:
    """Whether a change carries its trace, a supplement or corrections that give back the old figure."""
    old = before.entry if before is not None else None
    new = after.entry if after is not None else None
    return new is not None and closing.is_traced(old, new)


# a code from paper
