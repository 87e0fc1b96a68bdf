"""The records of a workspace: frozen Pydantic models of every file, with the rules about one field.

Fields take the text of a YAML scalar (see `scalars`), never a value that YAML has guessed. How a figure is typed
depends on its indicator, so figures are validated with a `Shape` as the context. Rules about several fields are in
`checks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from cchc.core import scalars
from cchc.core.periods import Frequency, Period
from cchc.core.scalars import Number, Unfit

FORMAT = "cchc/1"
GENERAL = "general"  # the remarks about the whole


class Kind(StrEnum):
    """What a measurement of an indicator holds."""

    RATIO = "ratio"
    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    RANK = "rank"
    GRADE = "grade"
    NARRATIVE = "narrative"


class Aggregation(StrEnum):
    """How the figures of reference periods combine into a longer period."""

    POOLED = "pooled"
    LAST = "last"
    FIRST = "first"
    MIN = "min"
    MAX = "max"
    MEAN = "mean"
    SUM = "sum"
    ALL = "all"


AGGREGATIONS: Mapping[Kind, tuple[Aggregation, ...]] = {  # the first is the default
    Kind.RATIO: (Aggregation.POOLED, Aggregation.LAST),
    Kind.COUNT: (Aggregation.SUM, Aggregation.LAST, Aggregation.FIRST, Aggregation.MAX),
    Kind.NUMBER: (
        Aggregation.LAST,
        Aggregation.FIRST,
        Aggregation.MEAN,
        Aggregation.SUM,
        Aggregation.MIN,
        Aggregation.MAX,
    ),
    Kind.YES_NO: (Aggregation.LAST, Aggregation.ALL),
    Kind.RANK: (Aggregation.LAST,),
    Kind.GRADE: (Aggregation.LAST,),
    Kind.NARRATIVE: (Aggregation.LAST,),
}


class Quality(StrEnum):
    """Whether a figure may still move."""

    FINAL = "final"
    PROVISIONAL = "provisional"


class TaskState(StrEnum):
    """How far a task has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    STOPPED = "stopped"


class Repeats(StrEnum):
    """A task without an end: done all the time, every year or every quarter."""

    CONTINUOUS = "continuous"
    YEAR = "year"
    QUARTER = "quarter"


class Amounts(StrEnum):
    """Whether numerator and denominator are counted or measured."""

    WHOLE = "whole"
    DECIMAL = "decimal"


class MeasuredOver(StrEnum):
    """Which calendar the printed dates of an indicator follow."""

    PLAN = "plan"
    CIVIL = "civil"


class Interpolation(StrEnum):
    """The course from the baseline to a target that is due later."""

    LINEAR = "linear"


class Shape(NamedTuple):
    """What decides how a figure is typed: the kind, whole or decimal amounts, the grade's scale."""

    kind: Kind
    amounts: Amounts = Amounts.WHOLE
    scale: tuple[str, ...] = ()


def _text_of(value: object) -> str:
    """Return the scalar's text; a mapping or a list in its place is a wrong shape."""
    if isinstance(value, str):
        return value
    raise Unfit("E204", expected="text")


class _Typed:
    """How a field's text becomes its value; Pydantic's PlainValidator takes twice as long to build the models."""

    def __init__(self, schema: Callable[[], CoreSchema]) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self._schema()


def _scalar(parse: Callable[[str], Any]) -> _Typed:
    """Type a text; what was parsed is remembered, since sources, owners and days stand again and again."""
    remembered = lru_cache(maxsize=1024)(parse)

    def validate(value: object) -> Any:
        return remembered(value) if isinstance(value, str) else parse(_text_of(value))

    return _Typed(lambda: core_schema.no_info_plain_validator_function(validate))


def _shaped(parse: Callable[[object, ValidationInfo], Any]) -> _Typed:
    """Type a figure as the indicator's shape says."""
    return _Typed(lambda: core_schema.with_info_plain_validator_function(parse))


def _choice(kind: type[StrEnum]) -> _Typed:
    members = {str(member): member for member in kind}

    def validate(value: object) -> StrEnum:
        return members[scalars.parse_choice(_text_of(value), members)]

    return _Typed(lambda: core_schema.no_info_plain_validator_function(validate))


def _shape_of(info: ValidationInfo) -> Shape:
    """Return the shape that the caller gave as the context of validation."""
    shape = info.context
    if not isinstance(shape, Shape):
        message = "figures are validated with a Shape"
        raise TypeError(message)
    return shape


def _figure(value: object, info: ValidationInfo) -> Any:
    """Type a value as the indicator's shape says."""
    shape = _shape_of(info)
    text = _text_of(value)
    match shape.kind:
        case Kind.COUNT:
            return scalars.parse_count(text)
        case Kind.RATIO:
            return scalars.parse_amount(text)
        case Kind.NUMBER:
            return scalars.parse_number(text)
        case Kind.YES_NO:
            return scalars.parse_yes_no(text)
        case Kind.RANK:
            return scalars.parse_positive(text)
        case Kind.GRADE:
            return on_scale(text, shape.scale)
        case _:
            return scalars.parse_text(text)


def _amount(value: object, info: ValidationInfo) -> Number:
    """Type a numerator or denominator, whole or measured."""
    parse = scalars.parse_amount if _shape_of(info).amounts is Amounts.DECIMAL else scalars.parse_count
    return parse(_text_of(value))


def on_scale(text: str, scale: tuple[str, ...]) -> str:
    """Return the word of the scale; E307 otherwise."""
    try:
        return scalars.parse_choice(text, scale)
    except Unfit:
        raise Unfit("E307", text=text, known=", ".join(scale)) from None


def _bound(value: object, info: ValidationInfo) -> Any:
    """Type a target's bound as the indicator's kind says; narratives have none, which `checks` says."""
    shape = _shape_of(info)
    text = _text_of(value)
    match shape.kind:
        case Kind.YES_NO:
            return scalars.parse_yes_no(text)
        case Kind.GRADE:
            return on_scale(text, shape.scale)
        case Kind.RANK:
            return scalars.parse_positive(text)
        case Kind.NARRATIVE:
            return scalars.parse_text(text)
        case _:
            return scalars.parse_number(text)


Text = Annotated[str, _scalar(scalars.parse_text)]
Id = Annotated[str, _scalar(scalars.parse_id)]
Year = Annotated[int, _scalar(scalars.parse_year)]
Day = Annotated[date, _scalar(scalars.parse_date)]
Flag = Annotated[bool, _scalar(scalars.parse_yes_no)]
Count = Annotated[int, _scalar(scalars.parse_count)]
Positive = Annotated[int, _scalar(scalars.parse_positive)]
Figure = Annotated[Number | bool | str, _shaped(_figure)]
Amount = Annotated[Number, _shaped(_amount)]
Points = Annotated[Number, _scalar(scalars.parse_amount)]
Exact = Annotated[Number, _scalar(scalars.parse_number)]
Bound = Annotated[Number | bool | str, _shaped(_bound)]
FilePeriod = Annotated[Period, _scalar(scalars.parse_file_period)]


def _day_of_month(text: str) -> int:
    value = scalars.parse_positive(text)
    if value > 28:  # noqa: PLR2004  # every month has a 28th
        raise Unfit("E222", text=text, maximum=28)
    return value


def _due_day(text: str) -> int:
    value = scalars.parse_positive(text)
    if value > 31:  # noqa: PLR2004  # the longest month; shorter ones end earlier
        raise Unfit("E222", text=text, maximum=31)
    return value


def _month(text: str) -> Period:
    period = scalars.parse_file_period(text)
    if period.frequency is not Frequency.MONTH:
        raise Unfit("E210", text=text, closest="2023-06")
    return period


MonthOfFile = Annotated[Period, _scalar(_month)]


class Record(BaseModel):
    """A frozen record that refuses unknown keys; validators are built when first used."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        arbitrary_types_allowed=True,
        ignored_types=(cached_property,),
        validate_by_name=False,
        validate_by_alias=True,
    )


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

    month_starts_on: Annotated[int, _scalar(_day_of_month)] = 1
    figures_due_on: Annotated[int | None, _scalar(_due_day)] = None
    report_due_on: Annotated[int | None, _scalar(_due_day)] = None


class Unit(Record):
    """The unit that reports."""

    name: Text
    authority: Text
    parent: Text | None = None
    place: Text | None = None


class Signatory(Record):
    """Who signs reports, and from which month to which."""

    authority: Text
    position: Text
    name: Text | None = None
    first: Annotated[MonthOfFile | None, Field(alias="from")] = None
    last: Annotated[MonthOfFile | None, Field(alias="to")] = None


class ReportHead(Record):
    """What stands at the head and the foot of official reports."""

    symbol: Text
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[Text, ...] = ()


class LegalBasis(Record):
    """A document that the plan rests on."""

    number: Text
    date: Day | None = None
    issuer: Text | None = None
    title: Text


class PlanFile(Record):
    """plan/plan.yaml."""

    format: Text
    id: Id
    title: Text
    document: PlanDocument = PlanDocument.model_construct()
    term: Term
    assessed_from: Year | None = None
    calendar: Calendar = Calendar.model_construct()
    unit: Unit
    report: ReportHead | None = None
    legal_basis: tuple[LegalBasis, ...] = ()


# plan/owners.yaml


class Duty(Record):
    """A duty of an owner, as the plan says it."""

    ref: Text
    text: Text


class Owner(Record):
    """Who answers for figures and tasks."""

    id: Id
    ref: Text | None = None
    name: Text
    duties: tuple[Duty, ...] = ()


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
    kind: Annotated[Kind, _choice(Kind)]
    unit: Text | None = None
    item: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    frequency: Annotated[Frequency, _choice(Frequency)]
    aggregation: Annotated[Aggregation, _choice(Aggregation)] = Field(default_factory=_default_aggregation)
    targets: tuple[Target, ...] = ()
    reading: Text | None = None
    beside: tuple[Id, ...] = ()
    area: Id | None = None
    owner: Id | None = None
    joining: Annotated[tuple[Id, ...], Field(alias="with")] = ()
    amounts: Annotated[Amounts, _choice(Amounts)] = Amounts.WHOLE
    share: Flag = True
    factor: Exact = Field(default_factory=_default_factor)
    scale: tuple[Text, ...] = ()
    phrases: Phrases | None = None
    baseline: Baseline | None = None
    interpolate: Annotated[Interpolation | None, _choice(Interpolation)] = None
    valid: Validity = Validity.model_construct()
    measured_over: Annotated[MeasuredOver, _choice(MeasuredOver)] = MeasuredOver.PLAN
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
    repeats: Annotated[Repeats | None, _choice(Repeats)] = None
    first: Annotated[Year | None, Field(alias="from")] = None
    due: Year | None = None
    also: tuple[Text, ...] = ()
    requested: Flag = False
    note: Text | None = None


class FileHead(Record):
    """The head of a file that holds lists only."""

    format: Text


class AreaHead(Record):
    """The head of a file of plan/areas/."""

    format: Text
    area: Id
    ref: Text | None = None
    title: Text
    owner: Id | None = None


class Funding(Record):
    """Where the plan's money comes from."""

    ref: Text
    text: Text


class Identity(Record):
    """A whole that its parts add up to."""

    whole: Id
    parts: tuple[Id, ...]


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
    if inside or text.startswith("https://"):
        return text
    raise Unfit("E223", text=text)


class EvidenceRecord(Record):
    """A file of the workspace or an address (`path`), or a document kept elsewhere (`title`)."""

    path: Annotated[str | None, _scalar(_place)] = None
    title: Text | None = None
    document: Text | None = None
    date: Day | None = None
    kept_at: Text | None = None
    sha256: Text | None = None


def _evidence(value: object) -> object:
    """Read a bare text as the path of a record."""
    return {"path": value} if isinstance(value, str) else value


Evidence = Annotated[EvidenceRecord, BeforeValidator(_evidence)]


class AnnouncedResult(Record):
    """The decision that announced a result."""

    document: Text
    date: Day | None = None


class Survey(Record):
    """The tally of a satisfaction survey's answers on the five-level scale."""

    very_satisfied: Count
    satisfied: Count
    neutral: Count
    dissatisfied: Count
    very_dissatisfied: Count

    @property
    def satisfied_answers(self) -> int:
        """Answers "hài lòng" and "rất hài lòng"; "bình thường" is not satisfied."""
        return self.very_satisfied + self.satisfied

    @property
    def answers(self) -> int:
        """All answers given; blank ones and unreturned forms are out."""
        return self.satisfied_answers + self.neutral + self.dissatisfied + self.very_dissatisfied


class OldFigure(Record):
    """What stood in an entry before it was corrected."""

    numerator: Amount | None = None
    denominator: Amount | None = None
    value: Figure | None = None
    of: Positive | None = None
    text: Text | None = None


class Correction(Record):
    """A correction of a closed figure: what stood there, when, by whom, why."""

    old: OldFigure
    on: Day
    by: Id
    reason: Text
    document: Text | None = None


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
    quality: Annotated[Quality, _choice(Quality)] = Quality.FINAL
    note: Text | None = None
    survey: Survey | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def counts(self) -> tuple[Number, Number] | None:
        """Numerator and denominator; of a survey the satisfied answers and all answers."""
        if self.survey is not None:
            return self.survey.satisfied_answers, self.survey.answers
        if self.numerator is None or self.denominator is None:
            return None
        return self.numerator, self.denominator

    @property
    def nothing_arose(self) -> bool:
        """Whether this is 0/0, không phát sinh: neither 0 %, nor 100 %, nor missing."""
        return self.counts == (0, 0)


class TaskReport(Record):
    """What is said of a task at the end of a period."""

    state: Annotated[TaskState, _choice(TaskState)]
    text: Text | None = None
    completed_on: Day | None = None
    result: Text | None = None
    evidence: tuple[Evidence, ...] = ()


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


class DataHead(Record):
    """The head of a data file."""

    format: Text
    period: FilePeriod
    illustrative: Flag = False


# data/closed.yaml, data/reports.yaml


class Reopening(Record):
    """Who opened a closed period again, and why."""

    on: Day
    by: Id
    reason: Text


class Closing(Record):
    """A period whose figures are closed."""

    period: FilePeriod
    on: Day
    by: Id
    digest: Text
    commit: Text | None = None
    incomplete: tuple[Id, ...] = ()
    reopened: Reopening | None = None


class IssuedReport(Record):
    """A report that was issued."""

    period: FilePeriod
    number: Text
    date: Day
    signed_by: Text | None = None
    digest: Text | None = None
    replaces: Text | None = None


# the plan and the dataset as they are used


class Area(NamedTuple):
    """An area of the plan with its indicators and tasks, defaults of owner and area filled in."""

    id: str
    ref: str | None
    title: str
    owner: str | None
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]


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
    def tasks_by_id(self) -> dict[str, Task]:
        """Tasks by id, in the order in which entries stand in files."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def owners_by_id(self) -> dict[str, Owner]:
        """Owners by id."""
        return {owner.id: owner for owner in self.owners}

    @cached_property
    def remark_keys(self) -> tuple[str, ...]:
        """What remarks can be about, in the order in which they stand in files: the areas, then `general`."""
        return (*(area.id for area in self.areas), GENERAL)

    @cached_property
    def term(self) -> Period:
        """The term as a period."""
        return Period.between(Period.year(self.head.term.first), Period.year(self.head.term.last))

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
