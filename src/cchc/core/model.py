"""The records of a workspace: frozen Pydantic models of every file, and the plan and the data as they are used.

Rules about one field are in `fields`, rules about several in the checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from cchc.core import forms, scalars
from cchc.core.fields import (
    AGGREGATIONS,
    GENERAL,
    Aggregation,
    Amount,
    Amounts,
    Bound,
    CommitName,
    Day,
    Exact,
    Figure,
    FilePeriod,
    Flag,
    Format,
    Id,
    Interpolation,
    Kind,
    MeasuredOver,
    MonthOfFile,
    OrScalar,
    Points,
    Positive,
    Quality,
    Record,
    Repeats,
    Seal,
    Sha256,
    Shape,
    TaskState,
    Text,
    Year,
    choice,
    day_of_month,
    due_day,
    scalar,
)
from cchc.core.periods import Frequency, Period
from cchc.core.scalars import Number, Unfit
from cchc.core.surveys import Survey, counted

# plan/plan.yaml


class PlanDocument(Record):
    """Number and date of the signed plan; absent until known."""

    number: Text | None = None
    date: Day | None = None


class Term(Record):
    """The years that the plan covers, both included."""

    first: Annotated[Year, Field(alias="from")]
    last: Annotated[Year, Field(alias="to")]


class Calendar(Record):
    """Days of a month (NĐ 09/2019/NĐ-CP, Điều 12): where months start, when figures and reports are due."""

    month_starts_on: Annotated[int, scalar(day_of_month, forms.DAY_OF_MONTH)] = 1
    figures_due_on: Annotated[int | None, scalar(due_day, forms.DUE_DAY)] = None
    report_due_on: Annotated[int | None, scalar(due_day, forms.DUE_DAY)] = None


class Unit(Record):
    """The unit that reports."""

    name: Text
    authority: Text
    parent: Text | None = None
    place: Text | None = None


class Signatory(Record):
    """Who signs reports, and from which month to which; `for`: the position in whose place a deputy signs."""

    authority: Text
    substitutes: Annotated[Text | None, Field(alias="for")] = None
    position: Text
    name: Text | None = None
    first: Annotated[MonthOfFile | None, Field(alias="from")] = None
    last: Annotated[MonthOfFile | None, Field(alias="to")] = None


class ReportHead(Record):
    """What stands at the head and the foot of official reports; `steering`: the area that is reported in part I."""

    symbol: Text
    steering: Id | None = None
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[Text, ...] = ()


class LegalBasis(Record):
    """A document that the plan rests on."""

    number: Text
    date: Day | None = None
    issuer: Text | None = None
    title: Text


class Duty(Record):
    """A duty of an owner, or a goal, as the plan says it."""

    ref: Text
    text: Text


class PlanFile(Record):
    """plan/plan.yaml."""

    format: Format
    id: Id
    title: Text
    document: PlanDocument = PlanDocument.model_construct()
    term: Term
    assessed_from: Year | None = None
    calendar: Calendar = Calendar.model_construct()
    unit: Unit
    report: ReportHead | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    goals: tuple[Duty, ...] = ()


# plan/owners.yaml


class Owner(Record):
    """Who answers for figures and tasks."""

    id: Id
    ref: Text | None = None
    name: Text
    duties: tuple[Duty, ...] = ()
    public: Flag = False


# indicators, statistics, tasks


class Target(Record):
    """What is to be reached: in force `from` a year, or due `by` the end of one."""

    first: Annotated[Year | None, Field(alias="from")] = None
    by: Year | None = None
    at_least: Bound | None = None
    at_most: Bound | None = None
    equal_to: Bound | None = None
    between: tuple[Bound, ...] | None = None
    as_written: Text | None = None
    document: Text | None = None

    @property
    def bounds(self) -> dict[str, Any]:
        """The bounds that are given, by their key; a good target has one."""
        names = ("at_least", "at_most", "equal_to", "between")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


class Baseline(Record):
    """The value at the end of a year from which a course is drawn."""

    year: Year
    value: Exact


class Validity(Record):
    """The months in which an indicator exists."""

    first: Annotated[MonthOfFile | None, Field(alias="from")] = None
    last: Annotated[MonthOfFile | None, Field(alias="to")] = None


class Announcement(Record):
    """Who announces a result."""

    by: Text


class Phrases(Record):
    """The two sentences of a yes/no indicator."""

    yes: Text
    no: Text


def _default_aggregation(data: dict[str, Any]) -> Aggregation:
    return AGGREGATIONS[data["kind"]][0]


def _default_factor(data: dict[str, Any]) -> int:
    return 100 if data["kind"] is Kind.RATIO and data.get("unit") == "%" else 1


class Indicator(Record):
    """An indicator, or a statistic: the same without targets."""

    id: Id
    ref: Text | None = None
    name: Text
    kind: Annotated[Kind, choice(Kind)]
    unit: Text | None = None
    item: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    frequency: Annotated[Frequency, choice(Frequency)]
    aggregation: Annotated[Aggregation, choice(Aggregation)] = Field(default_factory=_default_aggregation)
    targets: tuple[Target, ...] = ()
    reading: Text | None = None
    beside: tuple[Id, ...] = ()
    area: Id | None = None
    owner: Id | None = None
    joining: Annotated[tuple[Id, ...], Field(alias="with")] = ()
    amounts: Annotated[Amounts, choice(Amounts)] = Amounts.WHOLE
    share: Flag = True
    factor: Exact = Field(default_factory=_default_factor)
    scale: tuple[Text, ...] = ()
    phrases: Phrases | None = None
    baseline: Baseline | None = None
    interpolate: Annotated[Interpolation | None, choice(Interpolation)] = None
    valid: Validity = Validity.model_construct()
    measured_over: Annotated[MeasuredOver, choice(MeasuredOver)] = MeasuredOver.PLAN
    announced: Announcement | None = None
    survey: Flag = False
    formerly: tuple[Id, ...] = ()
    note: Text | None = None

    @cached_property
    def shape(self) -> Shape:
        """How figures of this indicator are typed."""
        return Shape(self.kind, self.amounts, self.scale)

    @cached_property
    def is_share(self) -> bool:
        """Whether a figure can never exceed 100 %."""
        return self.kind is Kind.RATIO and self.unit == "%" and self.share


class Task(Record):
    """A task or duty of the plan."""

    id: Id
    ref: Text
    title: Text
    area: Id | None = None
    owner: Id | None = None
    joining: Annotated[tuple[Id, ...], Field(alias="with")] = ()
    repeats: Annotated[Repeats | None, choice(Repeats)] = None
    first: Annotated[Year | None, Field(alias="from")] = None
    due: Year | None = None
    also: tuple[Text, ...] = ()
    requested: Flag = False
    note: Text | None = None


class FileHead(Record):
    """The head of a file that holds lists only."""

    format: Format


class AreaHead(Record):
    """The head of a file of plan/areas/; `within`: the area under whose heading reports put this one."""

    format: Format
    area: Id
    ref: Text | None = None
    title: Text
    within: Id | None = None
    owner: Id | None = None


class Funding(Record):
    """Where the plan's money comes from."""

    ref: Text
    text: Text


class Identity(Record):
    """A whole that its parts add up to; `carried`: the parts of the period before, of what was left over then."""

    whole: Id
    parts: tuple[Id, ...]
    carried: Flag = False


# data/*.yaml


class Attribution(Record):
    """Who did something and when."""

    by: Id
    on: Day | None = None


def _place(text: str) -> str:
    """Take a path inside the workspace or an https address; E223 otherwise."""
    text = scalars.parse_text(text)
    parts = text.split("/")
    inside = not text.startswith("/") and ":" not in parts[0] and ".." not in parts and "\\" not in text
    if inside or (text.startswith("https://") and text != "https://"):
        return text
    raise Unfit("E223", text=text)


class EvidenceRecord(Record):
    """A file of the workspace or an address (`path`), or a document kept elsewhere (`title`)."""

    path: Annotated[str | None, scalar(_place, forms.PLACE)] = None
    title: Text | None = None
    document: Text | None = None
    date: Day | None = None
    kept_at: Text | None = None
    sha256: Text | None = None


def _evidence(value: object) -> object:
    """Read a bare text as the path of a record."""
    return {"path": value} if isinstance(value, str) else value


Evidence = Annotated[EvidenceRecord, BeforeValidator(_evidence), OrScalar(forms.PLACE)]


class AnnouncedResult(Record):
    """The decision that announced a result."""

    document: Text
    date: Day | None = None


class OldFigure(Record):
    """What stood in an entry before it was corrected; `quality` where that changed too."""

    numerator: Amount | None = None
    denominator: Amount | None = None
    value: Figure | None = None
    of: Positive | None = None
    points: Points | None = None
    text: Text | None = None
    survey: Survey | None = None
    surveys: tuple[Survey, ...] = ()
    quality: Annotated[Quality | None, choice(Quality)] = None


class Correction(Record):
    """A correction of a closed figure: what stood there, when, by whom, why; `seal` is over the new figure."""

    old: OldFigure
    on: Day
    by: Id
    reason: Text
    document: Text | None = None
    seal: Seal | None = None


class Supplement(Record):
    """That a figure was absent when its period was closed: when it came, by whom, with which document; its `seal`."""

    on: Day
    by: Id
    document: Text
    seal: Seal | None = None


class Measurement(Record):
    """One figure about one reference period."""

    numerator: Amount | None = None
    denominator: Amount | None = None
    value: Figure | None = None
    of: Positive | None = None
    points: Points | None = None
    text: Text | None = None
    source: Text | None = None
    provided: Attribution | None = None
    checked: Attribution | None = None
    announced: AnnouncedResult | None = None
    evidence: tuple[Evidence, ...] = ()
    quality: Annotated[Quality, choice(Quality)] = Quality.FINAL
    note: Text | None = None
    survey: Survey | None = None
    surveys: tuple[Survey, ...] = ()
    corrections: tuple[Correction, ...] = ()
    supplement: Supplement | None = None
    public: Flag = False

    @property
    def counts(self) -> tuple[Number, Number] | None:
        """Numerator and denominator; of surveys their satisfied answers and all answers, added up."""
        if self.survey is not None or self.surveys:
            return counted(self.held)
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator

    @property
    def held(self) -> tuple[Survey, ...]:
        """The surveys of the period: the one of `survey`, then those of `surveys`."""
        return self.surveys if self.survey is None else (self.survey, *self.surveys)

    @property
    def nothing_arose(self) -> bool:
        """Whether this is 0/0, không phát sinh: neither 0 %, nor 100 %, nor missing."""
        return self.counts == (0, 0)


class TaskReport(Record):
    """What is said of a task at the end of a period."""

    state: Annotated[TaskState, choice(TaskState)]
    text: Text | None = None
    completed_on: Day | None = None
    result: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    public: Flag = False


class Causes(Record):
    """Objective and subjective causes of shortcomings."""

    objective: Text | None = None
    subjective: Text | None = None


class Remark(Record):
    """What is said of an area, or of the whole, in a period."""

    results: Text | None = None
    shortcomings: Text | None = None
    causes: Causes | None = None
    next: Text | None = None
    proposals: Text | None = None
    public: Flag = False


class DataHead(Record):
    """The head of a data file."""

    format: Format
    period: FilePeriod
    illustrative: Flag = False


# data/closed.yaml, data/reports.yaml


class Reopening(Record):
    """Who opened a closed period again, and why."""

    on: Day
    by: Id
    reason: Text


class Incomplete(Record):
    """What was not as it should be of an indicator or statistic when a period was closed."""

    id: Id
    absent: tuple[FilePeriod, ...] = ()
    provisional: tuple[FilePeriod, ...] = ()
    unconfirmed: tuple[FilePeriod, ...] = ()


class Closing(Record):
    """A closed period. `commit`: the one at which it was closed; `digest`: of what its report rests on."""

    period: FilePeriod
    on: Day
    by: Id
    digest: Sha256
    commit: CommitName | None = None
    incomplete: tuple[Incomplete, ...] = ()
    reopened: Reopening | None = None


class PrintedFigure(Record):
    """What an issued report printed of an indicator or statistic."""

    id: Id
    printed: Text


class IssuedReport(Record):
    """A report that was issued.

    `digest` is over the figures that it rests on, `texts` over what it says of tasks and in remarks; `figures` are what
    it printed of each indicator and statistic.
    """

    period: FilePeriod
    number: Text
    date: Day
    signed_by: Text | None = None
    cut_off: Day | None = None
    digest: Text | None = None
    texts: Text | None = None
    replaces: Text | None = None
    figures: tuple[PrintedFigure, ...] = ()


# the plan and the dataset as they are used


class Area(NamedTuple):
    """An area of the plan with its indicators and tasks, defaults of owner and area filled in."""

    id: str
    ref: str | None
    title: str
    owner: str | None
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    within: str | None = None


@dataclass(frozen=True)
class Plan:
    """The whole plan; every sequence is in the plan's order."""

    head: PlanFile
    owners: tuple[Owner, ...]
    areas: tuple[Area, ...]
    solutions: tuple[Task, ...]
    funding: tuple[Funding, ...]
    statistics: tuple[Indicator, ...]
    identities: tuple[Identity, ...]

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators with targets or without, by area."""
        return tuple(indicator for area in self.areas for indicator in area.indicators)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks: by area, then solutions and duties."""
        return tuple(task for area in self.areas for task in area.tasks) + self.solutions

    @cached_property
    def measured(self) -> dict[str, Indicator]:
        """Indicators and statistics by id, in the order in which entries stand in files."""
        return {entry.id: entry for entry in (*self.indicators, *self.statistics)}

    @cached_property
    def limited(self) -> dict[str, Indicator]:
        """Indicators and statistics that do not exist all the time, by id."""
        return {key: entry for key, entry in self.measured.items() if entry.valid.first or entry.valid.last}

    @cached_property
    def tasks_by_id(self) -> dict[str, Task]:
        """Tasks by id, in the order in which entries stand in files."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def owners_by_id(self) -> dict[str, Owner]:
        """Owners by id."""
        return {owner.id: owner for owner in self.owners}

    @cached_property
    def answering(self) -> frozenset[str]:
        """The owners who can be late: those of an area or an indicator, unless all their tasks are requests.

        The others only join in (`with`, tasks and statistics of their own), or are only asked.
        """
        named = [*(area.owner for area in self.areas), *(entry.owner for entry in self.indicators)]
        owners = {owner for owner in named if owner is not None}
        asked = {task.owner for task in self.tasks if task.requested}
        bound = {task.owner for task in self.tasks if not task.requested}
        return frozenset(owners - (asked - bound))

    @cached_property
    def remark_keys(self) -> tuple[str, ...]:
        """What remarks can be about, in the order in which they stand in files: the areas, then `general`."""
        return (*(area.id for area in self.areas), GENERAL)

    @cached_property
    def term(self) -> Period:
        """The term as a period; one that ends before it begins (E413) is taken for the one that was meant."""
        first, last = sorted((self.head.term.first, self.head.term.last))
        return Period.between(Period.year(first), Period.year(last))

    @property
    def assessed_from(self) -> int:
        """The first year in which verdicts are given."""
        return self.head.assessed_from or self.head.term.first


class DataFile(NamedTuple):
    """The facts about one reference period."""

    file: str
    period: Period
    illustrative: bool
    measurements: Mapping[str, Measurement]
    tasks: Mapping[str, TaskReport]
    remarks: Mapping[str, Remark]


@dataclass(frozen=True)
class Dataset:
    """The plan and the data files that were read, by period; a period without a file has no figures."""

    plan: Plan
    files: Mapping[Period, DataFile]

    def measurement(self, indicator_id: str, period: Period) -> Measurement | None:
        """Return the figure about that reference period, or None when it is missing."""
        file = self.files.get(period)
        return file.measurements.get(indicator_id) if file else None

    @property
    def illustrative(self) -> bool:
        """Whether any figure is made up."""
        return any(file.illustrative for file in self.files.values())
