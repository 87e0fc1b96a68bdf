"""`close`, `reopen`, `correct`: a period's figures are sealed, and change afterwards only with a trace."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cchc.commands.figure import NewFigure, decoded, figure_of, typed_fields
from cchc.commands.measure import (
    Manner,
    Message,
    Outcome,
    Recorded,
    after_changes,
    data_of,
    entry_edit,
    fitting_period,
    reporting_periods,
    standing_closings,
    write_and_commit,
)
from cchc.commands.opening import FilesHaveErrors, inside_term, known_owner, measured, plan_of
from cchc.commands.reporting import NoFigures, recorded_periods
from cchc.commands.sealed import CLOCK, refuse_earlier
from cchc.commands.standing import with_surveys
from cchc.commands.typed import typed_period
from cchc.core import closing as closed
from cchc.core import digest as digests
from cchc.core.errors import UsageError, WorldError
from cchc.core.evaluate import evaluate
from cchc.core.model import Closing, Dataset, Incomplete, Indicator, IssuedReport, Measurement, Plan
from cchc.core.paper import in_force
from cchc.core.periods import Period
from cchc.core.report import needed, rests_on
from cchc.texts import mark
from cchc.workspace import edit, files, ledger, lists, patch, writing
from cchc.workspace.edit import Change
from cchc.workspace.files import PLAN_FILE, Disk
from cchc.workspace.load import Loaded, load
from cchc.workspace.styles import Fields, Value

NAMED = 12  # figures or files that an error names


class NotClosable(UsageError):
    """A range of periods that no file is about."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            mark("{period} has no report of its own to be closed"),
            mark("Close a month, quarter, half-year, nine months, a year or the term."),
            period=period,
        )


class AlreadyClosed(WorldError):
    """The period is closed."""

    def __init__(self, closing: Closing) -> None:
        super().__init__(
            mark("{period} was closed on {on} by {by}"),
            mark("To change a figure: cchc correct. To open it again: cchc reopen {period} --reason …"),
            period=closing.period,
            on=str(closing.on),
            by=closing.by,
        )


class NotClosed(WorldError):
    """The period is open."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            mark("{period} is not closed"), mark("Closed periods stand in data/closed.yaml."), period=period
        )


class FigureOpen(WorldError):
    """No closing rests on the figure: it is changed without ado."""

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("no closed period rests on {id} of {period}"),
            mark("Change it with: cchc add-measure {id} VALUE -p {period} --replace"),
            id=indicator.id,
            period=period,
        )


class NothingToCorrect(WorldError):
    """There is no figure to be corrected."""

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("{id} has no figure for {period}"),
            mark("Add it with its document: cchc add-measure {id} VALUE -p {period} --document …"),
            id=indicator.id,
            period=period,
        )


class StillIncomplete(WorldError):
    """Figures of the period are absent, provisional or not confirmed."""

    def __init__(self, period: Period, found: Sequence[Incomplete]) -> None:
        counts = {
            name: sum(len(getattr(entry, name)) for entry in found) for name in ("absent", "provisional", "unconfirmed")
        }
        named = [entry.id for entry in sorted(found, key=lambda entry: not entry.absent)]
        super().__init__(
            mark(
                "{period} is not complete: {absent} figures absent, {provisional} provisional, "
                "{unconfirmed} unconfirmed"
            ),
            mark("Indicators: {ids}. To close it all the same, and record what is missing: --incomplete"),
            period=period,
            ids=(*named[:NAMED], *(("…",) if len(named) > NAMED else ())),
            **counts,
        )


class BeforeCorrection(UsageError):
    """A closing on a day before that of a correction or supplement which it would seal."""

    def __init__(self, period: Period, last: date, today: date) -> None:
        super().__init__(
            mark("figures of {period} were corrected or supplemented on {last}, which is after {today}"),
            CLOCK,
            period=period,
            last=str(last),
            today=str(today),
        )


class Uncommitted(WorldError):
    """What is to be closed is not what git's last commit has."""

    def __init__(self, changed: Sequence[str]) -> None:
        super().__init__(
            mark("a closing names the commit at which it was made, but these files are not committed: {files}"),
            mark("Commit them first: git add plan data && git commit"),
            files=tuple(changed[:NAMED]),
        )


@dataclass(frozen=True, slots=True)
class Closed:
    """What `close` or `reopen` did: the closing, and the change of data/closed.yaml."""

    closing: Closing
    change: Change
    commit: str | None = None


class Wish(NamedTuple):
    """Which period is to be closed, by whom, on which day; `incomplete`: although figures are missing."""

    period: str
    by: str
    today: date
    incomplete: bool = False


class Reason(NamedTuple):
    """Who changes something that is closed, why, and by which document."""

    by: str | None
    reason: str
    document: str | None = None


ClosingMessage = Callable[[Closing], str]  # of a commit


def close(root: Path, wish: Wish, message: ClosingMessage | None = None) -> Closed:
    """Close a period and return the closing; refused while figures are missing, unless that is allowed."""
    with writing.locked(root):
        period, data = _whole(root, wish.period, wish.today)
        owner = known_owner(data.plan, wish.by) or wish.by
        standing = standing_closings(root)
        known = closed.closing_of(standing, period)
        if known is not None:
            raise AlreadyClosed(known)
        missing = closed.incomplete(data, period)
        if missing and not wish.incomplete:
            raise StillIncomplete(period, missing)
        last = closed.last_change(data, period)
        if last is not None and last > wish.today:
            raise BeforeCorrection(period, last, wish.today)
        made = Closing.model_construct(
            period=period,
            on=wish.today,
            by=owner,
            digest=digests.digest(data, period),
            commit=_commit(root, data.plan, period),
            incomplete=missing,
            reopened=None,
        )
        record = _record(made)
        change = ledger.addition(root, closed.FILE, "closed", record)
        piece = (closed.FILE, lambda text: ledger.added(root, closed.FILE, "closed", record, text))
        commit = write_and_commit(root, [change], [piece], message and (lambda: message(made)))
    return Closed(made, change, commit)


def _whole(root: Path, typed: str, today: date) -> tuple[Period, Dataset]:
    """Return the period and the data that its report rests on, when they have no errors."""
    periods: list[Period] = []

    def wanted(plan: Plan) -> set[Period]:
        periods.append(_closable(plan, typed, today))
        return needed(plan, periods[0])

    loaded = load(root, wanted)
    plan_of(loaded)
    bad = loaded.errors_in("data/")
    if bad or loaded.data is None:
        raise FilesHaveErrors(bad)
    if not any(periods[0].contains(file.period) and file.measurements for file in loaded.data.files.values()):
        raise NoFigures(periods[0], recorded_periods(Disk(root)))
    return periods[0], loaded.data


def _closable(plan: Plan, typed: str, today: date) -> Period:
    period = inside_term(plan, typed_period(typed, plan, today))
    if period.is_range and period != plan.term:
        raise NotClosable(period)
    return period


def _commit(root: Path, plan: Plan, period: Period) -> str | None:
    """Return the last commit when it has all that the period rests on as it is; None outside git."""
    from cchc.workspace import git, kept  # noqa: PLC0415  # starting processes is dear to import

    if not git.is_under_git(root):
        return None
    rested = {f"data/{found.label}.yaml" for found in rests_on(plan, period)}
    try:
        last = kept.listed(root, "HEAD")
    except (git.NoSuchRevision, kept.NoWorkspaceThere):
        there = (path for path in {PLAN_FILE, *rested} if files.exists(root, path))
        raise Uncommitted(sorted(there)) from None
    changed = kept.differing(root, last, None, lambda path: path.startswith("plan/") or path in rested)
    changed = {path for path in changed if path.startswith("plan/") or path in rested}
    if changed:
        raise Uncommitted(sorted(changed))
    return last.commit


def _record(made: Closing) -> Fields:
    missing: list[Value] = [
        {"id": entry.id}
        | {
            name: [period.label for period in getattr(entry, name)]
            for name in ("absent", "provisional", "unconfirmed")
            if getattr(entry, name)
        }
        for entry in made.incomplete
    ]
    return {
        "period": made.period.label,
        "on": made.on.isoformat(),
        "by": made.by,
        "digest": made.digest,
        "commit": made.commit,
        "incomplete": missing or None,
    }


def reopen(root: Path, typed: str, reason: Reason, today: date, message: ClosingMessage | None = None) -> Closed:
    """Open a closed period again; its closing stays, with who opened it, when and why."""
    with writing.locked(root):
        loaded = load(root, lambda _: ())
        plan = plan_of(loaded)
        period = _closable(plan, typed, today)
        standing = standing_closings(root)
        known = closed.closing_of(standing, period)
        if known is None:
            raise NotClosed(period)
        refuse_earlier([known], today)
        by = known_owner(plan, reason.by) or known.by
        which: Fields = {"period": known.period.label, "on": known.on.isoformat(), "digest": known.digest}
        more: Fields = {"reopened": {"on": today.isoformat(), "by": by, "reason": reason.reason}}
        change = ledger.amendment(root, closed.FILE, "closed", which, more)
        piece = (closed.FILE, lambda text: ledger.extended(root, closed.FILE, "closed", (which, more), text))
        commit = write_and_commit(root, [change], [piece], message and (lambda: message(known)))
    return Closed(known, change, commit)


# corrections


class Corrected(NamedTuple):
    """What `correct` did, and the reports in force that it puts out of date."""

    outcome: Outcome
    reports: tuple[IssuedReport, ...]


def correct(root: Path, figure: NewFigure, reason: Reason, manner: Manner, message: Message | None = None) -> Corrected:
    """Put another figure in the place of a closed one, which stays below it with reason, document, day and person."""
    with writing.locked(root):
        loaded, indicator, period = _figure(root, figure, manner.today)
        data = data_of(loaded)
        old = data.measurement(indicator.id, period)
        over = closed.closings_over(data.plan, standing_closings(root), indicator.id, period)
        if not over:
            raise FigureOpen(indicator, period)
        refuse_earlier(over, manner.today)
        if old is None:
            raise NothingToCorrect(indicator, period)
        fields = _correction(loaded, (indicator, period), figure, reason, manner.today)
        planned = entry_edit(data, indicator, period, fields)
        change = edit.plan_edit(root, planned)
        after = after_changes(data, [change])
        new = after.measurement(indicator.id, period) or old
        verdicts = tuple((one, evaluate(after, indicator, one)) for one in reporting_periods(period))
        recorded = Recorded(indicator, period, figure_of(new), figure_of(old), verdicts, new)
        commit = None
        if not manner.dry_run:
            pieces = edit.pieces(root, [planned])
            commit = write_and_commit(root, [change], pieces, message and (lambda: message([recorded])))
    written = not change.unchanged and not manner.dry_run
    outcome = Outcome((change,), (recorded,), written, illustrative=False, commit=commit)
    return Corrected(outcome, () if change.unchanged else _outdated(root, data.plan, period))


def _outdated(root: Path, plan: Plan, period: Period) -> tuple[IssuedReport, ...]:
    """Return the reports in force that rest on figures about a period."""
    return in_force(lists.issued(Disk(root))[0], lambda at: period in rests_on(plan, at))


def _correction(
    loaded: Loaded, target: tuple[Indicator, Period], figure: NewFigure, reason: Reason, today: date
) -> Fields:
    """Return what is to be written into the entry; nothing where the figure is the same."""
    indicator, period = target
    data = data_of(loaded)
    old = data.measurement(indicator.id, period)
    typed = typed_fields(data.plan, indicator, figure, today)
    typed = typed if old is None else with_surveys(old, figure, typed)
    entry = decoded(indicator, typed)
    if old is None or all(getattr(old, key) == getattr(entry, key) for key in closed.FIGURE):
        return {}
    by = known_owner(data.plan, reason.by) or indicator.owner
    assert by is not None  # noqa: S101  # every indicator of a plan without errors has an owner (E414)
    raw = _raw(loaded, indicator, period)
    changes = ["quality"] if old.quality is not entry.quality else []
    before = {key: raw[key] for key in closed.FIGURE if key in raw and (key != "quality" or changes)}
    if changes and "quality" not in before:
        before["quality"] = str(old.quality)
    correction: dict[str, Value | None] = {
        "old": before,
        "on": today.isoformat(),
        "by": by,
        "reason": reason.reason,
        "document": reason.document,
        "seal": digests.seal(period, indicator, old.model_copy(update=_figure_of(entry))),
    }
    standing = raw.get("corrections", [])
    kept = standing if isinstance(standing, list) else []
    figures = {key: typed.get(key) for key in closed.FIGURE if key in raw or key in typed}
    checked = {"checked": None} if "checked" in raw else {}  # nobody has checked the new figure
    return {**figures, **checked, "corrections": [*kept, correction]}


def _figure_of(entry: Measurement) -> dict[str, object]:
    return {key: getattr(entry, key) for key in closed.FIGURE}


def _raw(loaded: Loaded, indicator: Indicator, period: Period) -> Mapping[str, Any]:
    """Return the entry as its texts stand in the file."""
    root = loaded.documents[f"data/{period.label}.yaml"].root
    entries = patch.plain_entries(root)["measurements"] if root is not None else {}
    entry = entries[indicator.id] if isinstance(entries, dict) else {}
    return entry if isinstance(entry, dict) else {}


def _figure(root: Path, figure: NewFigure, today: date) -> tuple[Loaded, Indicator, Period]:
    found: list[tuple[Indicator, Period]] = []

    def wanted(plan: Plan) -> set[Period]:
        indicator = measured(plan, figure.indicator)
        period = fitting_period(plan, indicator, typed_period(figure.period, plan, today))
        found.append((indicator, period))
        return set().union(*(needed(plan, wider) for wider in reporting_periods(period)))

    loaded = load(root, wanted)
    plan_of(loaded)
    indicator, period = found[0]
    file = f"data/{period.label}.yaml"
    bad = [problem for problem in loaded.errors_in("data/") if problem.file == file]
    if bad:
        raise FilesHaveErrors(bad)
    return loaded, indicator, period
