"""`set-task`, `add-remark`: what the file of a period says of a task or an area, as a minimal change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from cchc.commands.figure import refuse_unseen
from cchc.commands.measure import (
    Manner,
    data_of,
    file_of,
    is_illustrative,
    located,
    refuse_files_with_errors,
    write_and_commit,
)
from cchc.commands.opening import FilesHaveErrors, NotInPlan, inside_term, plan_of
from cchc.commands.typed import typed_period
from cchc.core.diagnostics import Finding, Problem, Word
from cchc.core.doubts import doubts_about
from cchc.core.errors import UsageError, WorldError
from cchc.core.fields import Record, TaskState
from cchc.core.model import Causes, DataFile, Dataset, IssuedReport, Plan, Remark, TaskReport
from cchc.core.paper import in_force
from cchc.core.periods import Period
from cchc.core.report import needed
from cchc.core.reviews import Reviewed
from cchc.core.typed import parse_state
from cchc.texts import mark
from cchc.workspace import datafiles, decode, edit, files, lists, writing, yamltree
from cchc.workspace.edit import Change, Edit
from cchc.workspace.files import Disk
from cchc.workspace.load import Loaded, load, newest_period
from cchc.workspace.styles import Fields, Value

R = TypeVar("R", bound=Record)

TEXTS = ("results", "shortcomings", "next", "proposals")
CAUSES = ("objective", "subjective")
PUBLIC = "có"  # a yes that no YAML guesses
STATES: Mapping[TaskState, Word] = {
    TaskState.NOT_STARTED: Word(mark("not started")),
    TaskState.IN_PROGRESS: Word(mark("in progress")),
    TaskState.DONE: Word(mark("done")),
    TaskState.STOPPED: Word(mark("stopped")),
}
SAID: Mapping[str, Word] = {  # what each key holds, and how it is typed
    "state": Word(mark("the state")),
    "text": Word(mark("the text (--text)")),
    "completed_on": Word(mark("the day of completion (--completed-on)")),
    "result": Word(mark("the product (--result)")),
    "evidence": Word(mark("the evidence (--evidence)")),
    "results": Word(mark("the results (--results)")),
    "shortcomings": Word(mark("the shortcomings (--shortcomings)")),
    "next": Word(mark("the coming tasks (--next)")),
    "proposals": Word(mark("the proposals (--proposals)")),
    "objective": Word(mark("the objective causes (--objective)")),
    "subjective": Word(mark("the subjective causes (--subjective)")),
}


class NoFileAbout(UsageError):
    """A range of periods that no file is about."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            mark("no data file is about {period}"),
            mark("Type a month, quarter, half-year, nine months, a year or the term."),
            period=period,
        )


class BadEntry(UsageError):
    """What was typed breaks a rule of files; the same code names it there."""

    def __init__(self, subject: str, finding: Finding) -> None:
        super().__init__(mark("{id}: {finding}"), "", id=subject, finding=finding)


class SaidAlready(WorldError):
    """Something else is said there; both are shown."""

    def __init__(self, subject: str, period: Period, key: str, old: object, new: object) -> None:
        super().__init__(
            mark("{id} of {period} already says under {key}: {old}; typed: {new}"),
            mark("To put the new text in its place: --replace"),
            id=subject,
            period=period,
            key=SAID[key],
            old=old,
            new=new,
        )


class NotDone(UsageError):
    """A day of completion of a task that is not done."""

    def __init__(self, state: TaskState) -> None:
        super().__init__(
            mark("a task that is “{state}” has no day of completion"),
            mark("Type the state “done”, or leave out --completed-on."),
            state=STATES[state],
        )


class NothingSaid(UsageError):
    """A remark without a text."""

    def __init__(self) -> None:
        super().__init__(
            mark("the remark has no text"),
            mark("Give one or more of: --results, --shortcomings, --objective, --subjective, --next, --proposals."),
        )


class NewReport(NamedTuple):
    """What was typed of a task."""

    task: str
    state: str
    period: str
    text: str | None = None
    completed_on: str | None = None
    result: str | None = None
    evidence: tuple[str, ...] = ()
    public: bool = False


class NewRemark(NamedTuple):
    """What was typed of an area, or of the whole (`general`): texts by the keys of TEXTS and CAUSES.

    `append`: they go below the texts that are there.
    """

    subject: str
    period: str
    texts: Mapping[str, str]
    public: bool = False
    append: bool = False


class Said(NamedTuple):
    """What was written, or would be: the change, of which task or area, about which period, the record, the commit.

    `reports`: the issued ones in force that said something else. `doubts`: what is worth another look, with its place.
    """

    change: Change
    subject: str
    period: Period
    record: TaskReport | Remark
    written: bool
    illustrative: bool
    commit: str | None = None
    reports: tuple[IssuedReport, ...] = ()
    doubts: tuple[Problem, ...] = ()


Message = Callable[[Said], str]  # of a commit


class _Entry(NamedTuple):
    """An entry: the section and key of a file, the plan's order of the section's keys, the fields that it gets."""

    section: str
    key: str
    order: Sequence[str]
    fields: Fields


def set_task(root: Path, new: NewReport, manner: Manner, message: Message | None = None) -> Said:
    """Write the state of a task at the end of a period, and return what was written."""
    with _locked(root, manner):
        data, period = _opened(root, new.period, manner.today)
        known = data.plan.tasks_by_id
        if new.task not in known:
            raise NotInPlan(mark("the plan has no task “{id}”"), new.task, known)
        state = parse_state(new.state)
        fields: dict[str, Value | None] = {
            "state": str(state),
            "text": new.text,
            "completed_on": new.completed_on,
            "result": new.result,
            "evidence": list(new.evidence) or None,
            "public": PUBLIC if new.public else None,
        }
        file = data.files.get(period)
        old = file.tasks.get(new.task) if file else None
        given = _checked(TaskReport, new.task, fields)
        if new.completed_on and state is not TaskState.DONE:
            raise NotDone(state)
        if not manner.replace:
            _refuse_others(new.task, period, old, given)
        if old is not None and old.completed_on is not None and state is not TaskState.DONE:
            given = {**given, "completed_on": None}  # the day of completion goes with the state
        return _written(root, (data, period), _Entry("tasks", new.task, tuple(known), given), manner, message)


def add_remark(root: Path, new: NewRemark, manner: Manner, message: Message | None = None) -> Said:
    """Write what is said of an area, or of the whole, in a period, and return what was written."""
    with _locked(root, manner):
        data, period = _opened(root, new.period, manner.today)
        known = data.plan.remark_keys
        if new.subject not in known:
            raise NotInPlan(mark("no area “{id}” in the plan, nor is it `general`"), new.subject, known)
        file = data.files.get(period)
        old = file.remarks.get(new.subject) if file else None
        given = _checked(Remark, new.subject, _remark_fields(new, old))
        if not (manner.replace or new.append):
            _refuse_others(new.subject, period, old, given)
        return _written(root, (data, period), _Entry("remarks", new.subject, known, given), manner, message)


def _remark_fields(new: NewRemark, old: Remark | None) -> dict[str, Value | None]:
    """Return what is to be written; of two causes the one that was not typed stays."""
    texts = {key: new.texts.get(key, "") for key in (*TEXTS, *CAUSES)}
    if not any(texts.values()):
        raise NothingSaid
    remark = old or Remark()
    causes = remark.causes or Causes()
    standing = {key: getattr(remark, key) for key in TEXTS} | {key: getattr(causes, key) for key in CAUSES}
    if new.append:
        texts = {key: _below(standing[key], text) for key, text in texts.items()}
    typed_causes = {key: texts[key] or standing[key] for key in CAUSES if texts[key] or standing[key]}
    fields: dict[str, Value | None] = {key: texts[key] or None for key in TEXTS}
    fields["causes"] = typed_causes if any(texts[key] for key in CAUSES) else None
    fields["public"] = PUBLIC if new.public else None
    return fields


def _below(standing: str | None, text: str) -> str:
    """Return the text below the one that stands there; once is enough."""
    if not standing or not text:
        return text
    return standing if f"\n{standing}".endswith(f"\n{text}") else f"{standing}\n{text}"


# what both do


def _locked(root: Path, manner: Manner) -> AbstractContextManager[None]:
    return nullcontext() if manner.dry_run else writing.locked(root)


def _opened(root: Path, typed: str, today: date) -> tuple[Dataset, Period]:
    """Return the data with the file of the period that was typed; refused where that file has errors."""
    periods: list[Period] = []

    def wanted(plan: Plan) -> Iterable[Period]:
        period = inside_term(plan, typed_period(typed, plan, today))
        if period.is_range and period != plan.term:
            raise NoFileAbout(period)
        periods.append(period)
        newest = newest_period(root)  # tells whether the workspace's figures are made up
        return {period, newest} if newest else {period}

    loaded: Loaded = load(root, wanted)
    plan_of(loaded)
    refuse_files_with_errors(loaded, periods)
    return data_of(loaded), periods[0]


def _checked(type_: type[Record], subject: str, fields: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Return the fields that were typed, when they are a good record."""
    given = {key: value for key, value in fields.items() if value is not None}
    refuse_unseen(given)
    findings: list[Finding] = []
    if decode.validated(type_, given, findings) is None:
        raise BadEntry(subject, findings[0])
    return dict(given)


def _refuse_others(subject: str, period: Period, old: Record | None, given: Fields) -> None:
    """Raise SaidAlready where a field would be overwritten with something else."""
    if old is None:
        return
    new = type(old).model_validate(given)
    for key in given:
        before, after = getattr(old, key), getattr(new, key)
        if isinstance(before, Record):
            _refuse_others(subject, period, before, {name: text for name, text in _texts(after).items() if text})
        elif before and before != after:
            raise SaidAlready(subject, period, key, _shown(before), _shown(after))


def _texts(record: Record) -> dict[str, Value]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _shown(value: object) -> str:
    if isinstance(value, TaskState):
        return STATES[value]
    if isinstance(value, tuple):
        return "; ".join(_shown(item) for item in value)
    if isinstance(value, Record):
        return ", ".join(str(text) for text in _texts(value).values() if text)
    return str(value)


def _written(root: Path, where: tuple[Dataset, Period], entry: _Entry, manner: Manner, message: Message | None) -> Said:
    data, period = where
    illustrative = is_illustrative(data, period, manner)
    planned = Edit(
        file_of(period), period.label, entry.section, entry.key, entry.fields, entry.order, illustrative=illustrative
    )
    change = edit.plan_edit(root, planned)
    file = _read(data.plan, change)
    seen = Reviewed(data, manner.today, lambda path, hashed: files.stored(root, path, hashed=hashed))
    record = getattr(file, entry.section)[entry.key]
    said = Said(
        change=change,
        subject=entry.key,
        period=period,
        record=record,
        written=not change.unchanged and not manner.dry_run,
        illustrative=illustrative,
        doubts=() if change.unchanged else _doubts(seen, file, entry, change),
    )
    if manner.dry_run:
        return said
    commit = write_and_commit(root, [change], edit.pieces(root, [planned]), message and (lambda: message(said)))
    return said._replace(commit=commit, reports=_outdated(root, data.plan, period) if said.written else ())


def _doubts(seen: Reviewed, file: DataFile, entry: _Entry, change: Change) -> tuple[Problem, ...]:
    """Return what is worth another look at what was typed, with its place in the changed file."""
    found = doubts_about(seen, file, entry.section, entry.key)
    return located((one for one in found if one.path[2] in (entry.fields or {})), [change])


def _outdated(root: Path, plan: Plan, period: Period) -> tuple[IssuedReport, ...]:
    """Return the reports in force that read the file of a period."""
    return in_force(lists.issued(Disk(root))[0], lambda at: period in needed(plan, at))


def _read(plan: Plan, change: Change) -> DataFile:
    """Return what a file is going to say."""
    file, problems = datafiles.read(yamltree.parse(change.file, change.after), datafiles.known_of(plan))
    if file is None or problems:  # pragma: no cover  # what was typed has been checked, and the file had no errors
        raise FilesHaveErrors(problems)
    return file
