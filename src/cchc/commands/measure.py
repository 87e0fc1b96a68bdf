"""`add-measure`: write one figure as a minimal change, and say what follows from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, inside_term, known_owner, measured, plan_of
from cchc.commands.reporting import typed_period
from cchc.core import checks
from cchc.core.checks import FREQUENCY_WORDS
from cchc.core.diagnostics import Finding
from cchc.core.errors import UsageError, WorldError
from cchc.core.evaluate import evaluate
from cchc.core.fields import Quality
from cchc.core.model import Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Frequency, Period, reference_ending
from cchc.core.report import needed
from cchc.core.results import Evaluation
from cchc.core.scalars import Number, is_thousands_trap
from cchc.core.typed import parse_typed, typed_number, typed_whole
from cchc.texts import mark
from cchc.workspace import datafiles, decode, edit, files, yamltree
from cchc.workspace.edit import Change, Edit
from cchc.workspace.load import Loaded, load, newest_period
from cchc.workspace.styles import Value

_FIGURE = ("numerator", "denominator", "value", "of", "points", "text")


@dataclass(frozen=True, slots=True)
class NewFigure:
    """What was typed: an indicator, its value, the period, and what stands beside it."""

    indicator: str
    value: str
    period: str
    source: str | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()
    provided_by: str | None = None
    provisional: bool = False
    of: str | None = None
    points: str | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is to be written."""

    today: date
    replace: bool = False
    illustrative: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written, or would be: the change of the file, and the verdicts that follow."""

    indicator: Indicator
    period: Period
    change: Change
    verdicts: tuple[tuple[Period, Evaluation], ...]
    written: bool
    illustrative: bool


class WrongPeriod(UsageError):
    """The indicator is measured by another kind of period."""

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

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("{id} is not measured in {period}"),
            mark("`valid` in the plan says from {first} to {last}."),
            id=indicator.id,
            period=period,
            first=indicator.valid.first or "…",
            last=indicator.valid.last or "…",
        )


class DoesNotFit(UsageError):
    """The figure breaks a rule about one figure; the same code names it in files."""

    def __init__(self, indicator: Indicator, finding: Finding) -> None:
        super().__init__(mark("{id}: {finding}"), "", id=indicator.id, finding=finding)


class AlreadyThere(WorldError):
    """Another figure stands there; both are shown."""

    def __init__(self, indicator: Indicator, period: Period, old: Measurement, new: Measurement) -> None:
        super().__init__(
            mark("{id} already has a figure for {period}: {old}; typed: {new}"),
            mark("To put the new one in its place: --replace"),
            id=indicator.id,
            period=period,
            old=figure_of(old),
            new=figure_of(new),
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


def record(root: Path, figure: NewFigure, manner: Manner) -> Recorded:
    """Write one figure under the workspace's lock and return what follows; a refusal leaves everything as it was."""
    if manner.dry_run:
        return _record(root, figure, manner)
    with files.locked(root):
        return _record(root, figure, manner)


def _record(root: Path, figure: NewFigure, manner: Manner) -> Recorded:
    indicator, period, loaded = _target(root, figure, manner.today)
    data = _data_of(loaded)
    file = f"data/{period.label}.yaml"
    bad = [problem for problem in loaded.errors_in(file) if problem.file == file]
    if bad:
        raise FilesHaveErrors(bad)
    fields = _typed_fields(data.plan, indicator, figure, manner.today)
    entry = _decoded(indicator, fields)
    illustrative = _illustrative(data, period, manner)
    old = data.measurement(indicator.id, period)
    if old is not None and not manner.replace and _conflicts(old, entry, fields):
        raise AlreadyThere(indicator, period, old, entry)
    planned = Edit(
        file,
        period.label,
        "measurements",
        indicator.id,
        _changed_fields(old, entry, fields),
        tuple(data.plan.measured),
        illustrative,
    )
    change = edit.plan_edit(root, planned)
    if not manner.dry_run and not change.unchanged:
        edit.write_change(root, change)
    verdicts = tuple(_verdicts(_after(data, change), indicator, period))
    written = not manner.dry_run and not change.unchanged
    return Recorded(indicator, period, change, verdicts, written, illustrative)


def figure_of(entry: Measurement) -> str:
    """Return an entry's figure as officials type it."""
    counts = entry.counts
    if counts is not None:
        return "/".join(str(figure_text(count)) for count in counts)
    value = str(figure_text(entry.value) if entry.value is not None else entry.text)
    return value if entry.of is None else f"{value}/{entry.of}"


# where the figure goes


def _target(root: Path, figure: NewFigure, today: date) -> tuple[Indicator, Period, Loaded]:
    """Return the indicator and the period that are meant, and what was read around them."""
    found: list[tuple[Indicator, Period]] = []

    def wanted(plan: Plan) -> Iterable[Period]:
        indicator = measured(plan, figure.indicator)
        period = fitting_period(plan, indicator, typed_period(figure.period, plan, today))
        found.append((indicator, period))
        newest = newest_period(root)  # tells whether the workspace's figures are made up
        reports = (needed(plan, reporting) for reporting in _reporting_periods(period))
        return set().union(*reports, {newest} if newest else ())

    loaded = load(root, wanted)
    plan_of(loaded)
    return *found[0], loaded


def fitting_period(plan: Plan, indicator: Indicator, period: Period) -> Period:
    """Return the period when figures of the indicator can be about it."""
    if period.frequency is not indicator.frequency:
        raise WrongPeriod(indicator, period, reference_ending(period, indicator.frequency))
    inside_term(plan, period)
    if not checks.is_valid(indicator, period):
        raise NotValidThen(indicator, period)
    return period


def _data_of(loaded: Loaded) -> Dataset:
    if loaded.data is None:  # pragma: no cover  # a plan without errors has a dataset
        raise FilesHaveErrors(loaded.problems)
    return loaded.data


def _illustrative(data: Dataset, period: Period, manner: Manner) -> bool:
    """Return whether the file is made up; a new file must not begin a mixture."""
    if period in data.files:
        return data.files[period].illustrative
    if data.files and data.illustrative != manner.illustrative:
        raise WouldMix(made_up=data.illustrative)
    return manner.illustrative


# the entry


def _typed_fields(plan: Plan, indicator: Indicator, figure: NewFigure, today: date) -> dict[str, Value]:
    """Return the fields of the entry as texts of YAML, in the order in which they are written; raises UsageError."""
    typed = parse_typed(indicator, figure.value)
    of = typed.of if figure.of is None else typed_whole(indicator, figure.of)
    points = None if figure.points is None else typed_number(indicator, figure.points)
    fields: dict[str, Value | None] = {
        "numerator": figure_text(typed.numerator),
        "denominator": figure_text(typed.denominator),
        "value": figure_text(typed.value),
        "of": figure_text(of),
        "points": figure_text(points),
        "text": typed.text,
        "source": figure.source,
        "provided": _provided(plan, figure.provided_by, today),
        "evidence": list(figure.evidence) or None,
        "quality": str(Quality.PROVISIONAL) if figure.provisional else None,
        "note": figure.note,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _provided(plan: Plan, owner: str | None, today: date) -> Value | None:
    owner = known_owner(plan, owner)
    return None if owner is None else {"by": owner, "on": today.isoformat()}


def figure_text(value: Number | bool | str | None) -> str | None:  # noqa: FBT001  # a yes/no figure is a bool
    """Return a value as our files spell it: có/không, which no YAML guesses; decimals never like thousands."""
    match value:
        case None | str():
            return value
        case bool():
            return "có" if value else "không"
        case Decimal():
            text = format(value, "f")
            return f"{text}0" if is_thousands_trap(text) else text
        case _:
            return str(value)


def _decoded(indicator: Indicator, fields: Mapping[str, Value]) -> Measurement:
    """Return the fields as an entry, checked like an entry of a file."""
    findings: list[Finding] = []
    entry = decode.validated(Measurement, dict(fields), findings, indicator.shape)
    if entry is not None:
        findings.extend(checks.measurement_findings(indicator, entry))
    if entry is None or findings:
        raise DoesNotFit(indicator, findings[0])
    return entry


def _conflicts(old: Measurement, entry: Measurement, fields: Mapping[str, Value]) -> bool:
    """Whether something that stands in the entry would be overwritten."""
    figure = any(getattr(old, key) not in {None, getattr(entry, key)} for key in _FIGURE)
    beside = any(
        getattr(old, key) and getattr(old, key) != getattr(entry, key)
        for key in fields
        if key not in {*_FIGURE, "provided", "quality"}
    )
    return figure or old.survey is not None or beside


def _changed_fields(old: Measurement | None, entry: Measurement, fields: dict[str, Value]) -> dict[str, Value | None]:
    """Return what is to be written: what was typed, and None for what goes with the old figure.

    Another figure takes the old one's mark of having been checked, its quality and its tally with it.
    """
    if old is None or all(getattr(old, key) == getattr(entry, key) for key in _FIGURE):
        return dict(fields)
    gone = [key for key in (*_FIGURE, "survey", "checked") if key not in fields and getattr(old, key) is not None]
    if old.quality is Quality.PROVISIONAL and entry.quality is Quality.FINAL:
        gone.append("quality")
    return {**dict.fromkeys(gone), **fields}


# what follows


def _reporting_periods(period: Period) -> list[Period]:
    """Return the figure's own period, the quarter that it belongs to, and the year to date."""
    wider = (period, reference_ending(period, Frequency.QUARTER), period.year_to_date())
    return [reporting for reporting in dict.fromkeys(wider) if reporting.contains(period)]


def _verdicts(data: Dataset, indicator: Indicator, period: Period) -> Iterator[tuple[Period, Evaluation]]:
    for reporting in _reporting_periods(period):
        yield reporting, evaluate(data, indicator, reporting)


def _after(data: Dataset, change: Change) -> Dataset:
    """Return the data as they are once the change is written."""
    document = yamltree.parse(change.file, change.after)
    file, _ = datafiles.read(document, datafiles.known_of(data.plan))
    return data if file is None else replace(data, files={**data.files, file.period: file})
