"""`add-measure`: write figures as minimal changes, all or none, and say what follows from them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.commands.figure import NewFigure, decoded, figure_of, typed_fields
from cchc.commands.opening import FilesHaveErrors, inside_term, measured, plan_of
from cchc.commands.sealed import refuse_change, supplement
from cchc.commands.standing import (
    AlreadyThere,
    ChangedMeanwhile,
    NothingToPool,
    changed_fields,
    conflicts,
    is_another,
    with_old,
)
from cchc.commands.typed import typed_period
from cchc.core import checks, closing
from cchc.core.checks import FREQUENCY_WORDS
from cchc.core.diagnostics import Problem, sort_key
from cchc.core.doubts import OF_HISTORY, doubts_of, looked_back
from cchc.core.entering import Due, with_entries
from cchc.core.errors import INDICATOR, CommandError, UsageError, WorldError
from cchc.core.evaluate import evaluate
from cchc.core.model import Closing, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Frequency, Period, reference_ending
from cchc.core.progress import Progress, silent
from cchc.core.report import needed
from cchc.core.results import Evaluation
from cchc.core.reviews import Reviewed
from cchc.texts import mark
from cchc.workspace import datafiles, edit, files, lists, writing, yamltree
from cchc.workspace.edit import Change, Edit, Redo
from cchc.workspace.files import Disk
from cchc.workspace.load import Loaded, load, newest_period
from cchc.workspace.styles import Fields

MOST_JUDGED = 100  # figures of which the verdicts are told; of more nobody reads them


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is to be written."""

    today: date
    replace: bool = False
    illustrative: bool = False
    dry_run: bool = False


class Row(NamedTuple):
    """A figure of a batch with the line that it stands on; 0 for the one that was typed at the terminal."""

    line: int
    figure: NewFigure


class Recorded(NamedTuple):
    """What became of one figure: what stood there before if it was another, the verdicts that follow, the entry."""

    indicator: Indicator
    period: Period
    new: str
    old: str | None
    verdicts: tuple[tuple[Period, Evaluation], ...]
    entry: Measurement


class Outcome(NamedTuple):
    """What was written, or would be: changes of files, the figures in the order in which they came, the commit.

    `doubts`: what is worth another look at the figures, with its place in the changed files.
    """

    changes: tuple[Change, ...]
    figures: tuple[Recorded, ...]
    written: bool
    illustrative: bool
    commit: str | None = None
    doubts: tuple[Problem, ...] = ()


Message = Callable[[Sequence[Recorded]], str]  # of a commit


class WrongPeriod(UsageError):
    """The indicator is measured by another kind of period."""

    naming = INDICATOR

    def __init__(self, indicator: Indicator, period: Period, closest: Period) -> None:
        super().__init__(
            mark("{id} is measured by {frequency}, not for {period}"),
            mark("Type -p {closest}."),
            id=indicator.id,
            frequency=FREQUENCY_WORDS[indicator.frequency],
            period=period,
            closest=closest,
        )


class NotValidThen(UsageError):
    """The indicator does not exist in the period."""

    naming = INDICATOR

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("{id} is not measured in {period}"),
            mark("`valid` in the plan says from {first} to {last}."),
            id=indicator.id,
            period=period,
            first=indicator.valid.first or "…",
            last=indicator.valid.last or "…",
        )


class WouldMix(WorldError):
    """A real figure beside made-up ones, or the other way round."""

    def __init__(self, *, made_up: bool) -> None:
        if made_up:
            message = mark(
                "the figures of this workspace are made up; a new file with real ones is not begun beside them"
            )
            remedy = mark(
                "For another made-up file: --illustrative. For real figures: cchc init FOLDER --from {folder}"
            )
        else:
            message = mark("the figures of this workspace are real; a made-up file is not begun beside them")
            remedy = mark("Leave out --illustrative, or try it in a copy: cchc init FOLDER --from {folder}")
        super().__init__(message, remedy, folder=".")


class OtherOrigin(WorldError):
    """A batch that says of a figure that it is made up, or real, and a file that is about the other kind."""

    def __init__(self, period: Period, *, made_up: bool) -> None:
        if made_up:
            message = mark("the figure for {period} is made up, and would stand in a file of real ones")
            remedy = mark("Begin a file of made-up figures with --illustrative, in a workspace of its own.")
        else:
            message = mark("the figure for {period} is real, and would stand in a file of made-up ones")
            remedy = mark("Leave out --illustrative, or write it in another workspace.")
        super().__init__(message, remedy, period=period)


class TypedTwice(UsageError):
    """A batch that holds two figures of one indicator about one period."""

    def __init__(self, indicator: Indicator, period: Period, line: int) -> None:
        super().__init__(
            mark("{id} for {period} stands on line {line} already"),
            mark("Keep one of the two lines."),
            id=indicator.id,
            period=period,
            line=line,
        )
        self.line = line


class RowsRefused(CommandError):
    """A batch of which some lines cannot be written; then none is. `refusals` are the lines with what is wrong."""

    def __init__(self, refusals: Sequence[tuple[int, CommandError]]) -> None:
        super().__init__(
            mark("lines refused: {count}; nothing was written"), mark("Correct them and type the command again."),
            count=len(refusals),
        )  # fmt: skip
        self.refusals = tuple(refusals)
        self.exit = max(error.exit for _, error in refusals)


def record(root: Path, figure: NewFigure, manner: Manner, message: Message | None = None) -> Outcome:
    """Write one figure under the workspace's lock and return what follows; a refusal leaves everything as it was."""
    return record_all(root, [Row(0, figure)], manner, message)


def record_all(
    root: Path, rows: Sequence[Row], manner: Manner, message: Message | None = None, progress: Progress = silent
) -> Outcome:
    """Write figures under the workspace's lock, all or none; RowsRefused says everything that is in the way.

    With a `message` they are committed, too.
    """
    with nullcontext() if manner.dry_run else writing.locked(root):
        data, planned = _planned(root, rows, manner)
        edits = [entry.edit for entry in planned]
        changes = edit.plan_edits(root, edits, progress)
        after = after_changes(data, changes) if len(rows) <= MOST_JUDGED else data
        figures = tuple(_recorded(after, entry, _judged(rows, entry.period)) for entry in planned)
        found = _doubts(root, data, planned, changes, manner.today)
        commit = None
        if not manner.dry_run:
            commit = write_and_commit(root, changes, edit.pieces(root, edits), message and (lambda: message(figures)))
    illustrative = any(entry.illustrative for entry in edits)
    written = not manner.dry_run and any(not change.unchanged for change in changes)
    return Outcome(changes, figures, written, illustrative, commit, found)


def write_and_commit(
    root: Path, changes: Sequence[Change], pieces: Iterable[tuple[str, Redo]], message: Callable[[], str] | None
) -> str | None:
    """Write changes; with a message commit just them and return the commit's name, None where it has them already."""
    if message is None:
        edit.write_changes(root, changes)
        return None
    from cchc.workspace import committing  # noqa: PLC0415  # starting processes is dear to import

    prepared = committing.ready(root, [committing.Piece(*piece) for piece in pieces])
    edit.write_changes(root, changes)
    return committing.commit(prepared, message())


class Planned(NamedTuple):
    """A figure that may be written: what was typed as an entry, what stands there, the edit."""

    indicator: Indicator
    period: Period
    entry: Measurement
    old: Measurement | None
    edit: Edit

    @property
    def as_written(self) -> Measurement:
        """The entry as the file will have it: what was typed over what stands there."""
        if self.old is None:
            return self.entry
        change = self.edit.fields or {}
        return self.old.model_copy(update={key: getattr(self.entry, key) for key in change})

    @property
    def is_unchanged(self) -> bool:
        """Whether what stands there says the same."""
        return self.old is not None and self.as_written == self.old


def _planned(root: Path, rows: Sequence[Row], manner: Manner) -> tuple[Dataset, list[Planned]]:
    refusals: dict[int, CommandError] = {}
    targets: dict[int, tuple[Indicator, Period]] = {}

    def wanted(plan: Plan) -> Iterable[Period]:
        for place, row in enumerate(rows):
            try:
                targets[place] = _target(plan, row.figure, manner.today)
            except CommandError as error:
                refusals[place] = error
        newest = newest_period(root)  # tells whether the workspace's figures are made up
        periods = {period for _, period in targets.values()}
        reporting = {wider for period in periods for wider in _judged(rows, period)}
        judged = periods.union(*(needed(plan, period) for period in reporting), {newest} if newest else ())
        return judged.union(*(looked_back(period, judged) for period in periods))

    loaded = load(root, wanted)
    plan_of(loaded)
    data = data_of(loaded)
    refuse_files_with_errors(loaded, {period for _, period in targets.values()})
    closings = standing_closings(root)
    planned: dict[tuple[str, Period], tuple[int, Planned]] = {}
    for place, (indicator, period) in targets.items():
        try:
            if (indicator.id, period) in planned:
                raise TypedTwice(indicator, period, planned[indicator.id, period][0])
            figure = plan_figure(data, closings, (indicator, period), rows[place].figure, manner)
            planned[indicator.id, period] = rows[place].line, figure
        except CommandError as error:
            refusals[place] = error
    if refusals:
        raise _refused(rows, refusals)
    return data, [figure for _, figure in planned.values()]


def _refused(rows: Sequence[Row], refusals: Mapping[int, CommandError]) -> CommandError:
    """Return what is in the way: of a batch all of it, each with its line."""
    if rows[0].line == 0:
        return refusals[0]
    return RowsRefused([(rows[place].line, refusals[place]) for place in sorted(refusals)])


def plan_figure(
    data: Dataset,
    closings: Sequence[Closing],
    target: tuple[Indicator, Period],
    figure: NewFigure,
    manner: Manner,
) -> Planned:
    """Return how a figure would be written; a CommandError says why it cannot be."""
    indicator, period = target
    over = closing.closings_over(data.plan, closings, indicator.id, period)
    old = data.measurement(indicator.id, period)
    if figure.beside.pool and old is not None and not old.held and not manner.replace:
        raise NothingToPool(indicator, period, old)
    wanted = old is not None and (manner.replace or figure.replaces == figure_of(old))
    fields = with_old(old, figure, typed_fields(data.plan, indicator, figure, manner.today), replaces=wanted)
    entry = decoded(indicator, fields)
    if figure.beside.repeats and (old is None or is_another(old, entry)):
        raise ChangedMeanwhile(indicator, period, old, entry)
    if old is None or not over:
        fields |= supplement((indicator, period), over, figure.beside, entry, manner.today)
        entry = decoded(indicator, fields)
    illustrative = is_illustrative(data, period, manner)
    if figure.beside.made_up is not None and figure.beside.made_up != illustrative:
        raise OtherOrigin(period, made_up=figure.beside.made_up)
    change = changed_fields(old, entry, fields)
    if old is not None:
        refuse_change(indicator, period, over, (old, entry), change)
        unlike = conflicts(old, entry, fields, pool=figure.beside.pool)
        if unlike and not wanted:
            raise AlreadyThere(indicator, period, old, entry, unlike)
    return Planned(indicator, period, entry, old, entry_edit(data, indicator, period, change, made_up=illustrative))


def _judged(rows: Sequence[Row], period: Period) -> Sequence[Period]:
    """Return the periods of a figure's verdicts: of one among several only its own, among very many none."""
    if len(rows) > MOST_JUDGED:
        return ()
    return [period] if len(rows) > 1 else reporting_periods(period)


def _recorded(after: Dataset, planned: Planned, periods: Iterable[Period]) -> Recorded:
    """Return a figure with its verdicts in some periods."""
    indicator, period = planned.indicator, planned.period
    new = figure_of(planned.entry)
    old = None if planned.old is None else figure_of(planned.old)
    verdicts = tuple((reporting, evaluate(after, indicator, reporting)) for reporting in periods)
    return Recorded(indicator, period, new, old if old != new else None, verdicts, planned.entry)


def _doubts(
    root: Path, data: Dataset, planned: Sequence[Planned], changes: Sequence[Change], today: date
) -> tuple[Problem, ...]:
    """Return what is worth another look at the figures that are new or change, as `validate` will say it.

    A few years tell whether anything is; only then the whole history is read.
    """
    new = [(Due(one.indicator, one.period), one.as_written) for one in planned if not one.is_unchanged]

    def found(among: Dataset) -> tuple[Problem, ...]:
        seen = Reviewed(with_entries(among, new), today, lambda path, hashed: files.stored(root, path, hashed=hashed))
        return doubts_of(seen, [due for due, _ in new])

    problems = found(data) if new else ()
    if any(problem.code in OF_HISTORY for problem in problems):
        problems = found(data_of(load(root)))
    return located(problems, changes)


def located(problems: Iterable[Problem], changes: Sequence[Change]) -> tuple[Problem, ...]:
    """Return problems with their places in the changed files, sorted."""
    texts = {change.file: change.after for change in changes}
    told = list(problems)
    documents = {file: yamltree.parse(file, texts[file]) for file in {problem.file for problem in told} & texts.keys()}
    return tuple(
        sorted((documents[one.file].locate(one) if one.file in documents else one for one in told), key=sort_key)
    )


# where the figure goes


def entry_edit(data: Dataset, indicator: Indicator, period: Period, fields: Fields, *, made_up: bool = False) -> Edit:
    """Return the edit that puts fields into the entry of a figure."""
    order = tuple(data.plan.measured)
    return Edit(file_of(period), period.label, "measurements", indicator.id, fields, order, made_up)


def file_of(period: Period) -> str:
    """Return the data file about a period."""
    return f"data/{period.label}.yaml"


def _target(plan: Plan, figure: NewFigure, today: date) -> tuple[Indicator, Period]:
    """Return the indicator and the period that are meant."""
    indicator = measured(plan, figure.indicator)
    return indicator, fitting_period(plan, indicator, typed_period(figure.period, plan, today))


def refuse_files_with_errors(loaded: Loaded, periods: Iterable[Period]) -> None:
    """Raise FilesHaveErrors when a file that would be changed has errors.

    So it does when it differs in case alone from one that has: on Windows both are one file.
    """
    wanted = {file_of(period).casefold() for period in periods}
    bad = [problem for problem in loaded.errors_in("data/") if problem.file.casefold() in wanted]
    if bad:
        raise FilesHaveErrors(bad)


def fitting_period(plan: Plan, indicator: Indicator, period: Period) -> Period:
    """Return the period when figures of the indicator can be about it."""
    if period.frequency is not indicator.frequency:
        raise WrongPeriod(indicator, period, reference_ending(period, indicator.frequency))
    inside_term(plan, period)
    if not checks.is_valid(indicator, period):
        raise NotValidThen(indicator, period)
    return period


def standing_closings(root: Path) -> tuple[Closing, ...]:
    """Return the closings of a workspace, in force or not; refused while data/closed.yaml has errors."""
    found, problems = lists.closed(Disk(root))
    if problems:
        raise FilesHaveErrors(problems)
    return found


def data_of(loaded: Loaded) -> Dataset:
    """Return the data of a plan without errors."""
    if loaded.data is None:  # pragma: no cover  # a plan without errors has a dataset
        raise FilesHaveErrors(loaded.problems)
    return loaded.data


def is_illustrative(data: Dataset, period: Period, manner: Manner) -> bool:
    """Return whether a period's file is made up; WouldMix where a new one would begin a mixture."""
    if period in data.files:
        return data.files[period].illustrative
    if data.files and data.illustrative != manner.illustrative:
        raise WouldMix(made_up=data.illustrative)
    return manner.illustrative


# what follows


def reporting_periods(period: Period) -> list[Period]:
    """Return the figure's own period, the quarter that it belongs to, and the year to date."""
    wider = (period, reference_ending(period, Frequency.QUARTER), period.year_to_date())
    return [reporting for reporting in dict.fromkeys(wider) if reporting.contains(period)]


def after_changes(data: Dataset, changes: Iterable[Change]) -> Dataset:
    """Return the data as they are once the changes are written."""
    known = datafiles.known_of(data.plan)
    read = (datafiles.read(yamltree.parse(change.file, change.after), known)[0] for change in changes)
    return replace(data, files={**data.files, **{file.period: file for file in read if file is not None}})
