"""The fields of records: how the text of a YAML scalar becomes the value that its field means.

A field takes the text of a scalar (see `scalars`), never a value that YAML has guessed. How a figure is typed depends
on its indicator, so figures are validated with a `Shape` as the context.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from cchc.core import forms, scalars
from cchc.core.forms import Form
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

    def __init__(self, schema: Callable[[], CoreSchema], form: Form) -> None:
        self._schema = schema
        self._form = form

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self._schema()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self._form)


class OrScalar:
    """What editors may find where a record may be written as one scalar."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [*self._form["anyOf"], handler(schema)]}


def scalar(parse: Callable[[str], Any], form: Form) -> _Typed:
    """Type a text; what was parsed is remembered, since sources, owners and days stand again and again."""
    remembered = lru_cache(maxsize=1024)(parse)

    def validate(value: object) -> Any:
        return remembered(value) if isinstance(value, str) else parse(_text_of(value))

    return _Typed(lambda: core_schema.no_info_plain_validator_function(validate), form)


def _shaped(parse: Callable[[object, ValidationInfo], Any], form: Form) -> _Typed:
    """Type a figure as the indicator's shape says."""
    return _Typed(lambda: core_schema.with_info_plain_validator_function(parse), form)


def choice(kind: type[StrEnum]) -> _Typed:
    """Type a text as one of the words of an enumeration; E211 for others."""
    members = {str(member): member for member in kind}

    def validate(value: object) -> StrEnum:
        return members[scalars.parse_choice(_text_of(value), members)]

    return _Typed(lambda: core_schema.no_info_plain_validator_function(validate), forms.choice(members))


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
    """Return the word of the scale as the record holds it; E307 otherwise."""
    try:
        return scalars.parse_text(scalars.parse_choice(text, scale))
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


FIGURES: Mapping[Kind, Form] = {  # the form of a `value` by the kind; of others than these any text, as grades are
    Kind.RATIO: forms.AMOUNT,
    Kind.COUNT: forms.COUNT,
    Kind.NUMBER: forms.NUMBER,
    Kind.YES_NO: forms.YES_NO,
    Kind.RANK: forms.POSITIVE,
}

Text = Annotated[str, scalar(scalars.parse_text, forms.TEXT)]
Format = Annotated[str, scalar(scalars.parse_text, forms.constant(FORMAT))]
Id = Annotated[str, scalar(scalars.parse_id, forms.ID)]
Year = Annotated[int, scalar(scalars.parse_year, forms.YEAR)]
Day = Annotated[date, scalar(scalars.parse_date, forms.DATE)]
Flag = Annotated[bool, scalar(scalars.parse_yes_no, forms.FLAG)]
Count = Annotated[int, scalar(scalars.parse_count, forms.COUNT)]
Positive = Annotated[int, scalar(scalars.parse_positive, forms.POSITIVE)]
Figure = Annotated[Number | bool | str, _shaped(_figure, forms.TEXT)]
Amount = Annotated[Number, _shaped(_amount, forms.AMOUNT)]
Points = Annotated[Number, scalar(scalars.parse_amount, forms.AMOUNT)]
Exact = Annotated[Number, scalar(scalars.parse_number, forms.NUMBER)]
Bound = Annotated[Number | bool | str, _shaped(_bound, forms.TEXT)]
FilePeriod = Annotated[Period, scalar(scalars.parse_file_period, forms.PERIOD)]

SHA256 = 64  # hexadecimal digits
COMMIT = (40, 64)  # of repositories of the older and the newer kind
Sha256 = Annotated[str, scalar(lambda text: scalars.parse_digits(text, SHA256), forms.digits(SHA256))]
SEAL = 16  # hexadecimal digits of the seal of one figure
Seal = Annotated[str, scalar(lambda text: scalars.parse_digits(text, SEAL), forms.digits(SEAL))]
CommitName = Annotated[str, scalar(lambda text: scalars.parse_digits(text, *COMMIT), forms.digits(*COMMIT))]


def day_of_month(text: str) -> int:
    """Return a day that every month has; E222 above 28."""
    value = scalars.parse_positive(text)
    if value > 28:  # noqa: PLR2004  # every month has a 28th
        raise Unfit("E222", text=text, maximum=28)
    return value


def due_day(text: str) -> int:
    """Return a day of a month, 1 to 31; a shorter month ends earlier. E222 above."""
    value = scalars.parse_positive(text)
    if value > 31:  # noqa: PLR2004  # the longest month; shorter ones end earlier
        raise Unfit("E222", text=text, maximum=31)
    return value


def _month(text: str) -> Period:
    period = scalars.parse_file_period(text)
    if period.frequency is not Frequency.MONTH:
        raise Unfit("E210", text=text, closest="2023-06")
    return period


MonthOfFile = Annotated[Period, scalar(_month, forms.MONTH)]


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
