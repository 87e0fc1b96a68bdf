"""Values as officials type them at the terminal: `412/418`, `93,5`, `1.234`, `đạt`, `tốt`, `4/17`.

Where a form has two readings it is refused with both; nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc.core import scalars
from cchc.core.errors import UsageError
from cchc.core.fields import Amounts, Kind, TaskState
from cchc.core.model import Indicator
from cchc.core.scalars import Number, Unfit
from cchc.core.surveys import LEVELS
from cchc.texts import mark

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,5}")
_PLAIN = re.compile(r"[0-9]{1,18}")
_DECIMAL = re.compile(r"(-?)([0-9]{1,18}|[0-9]{1,3}(?:\.[0-9]{3}){1,5})(?:([.,])([0-9]{1,18}))?")
_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_AMBIGUOUS = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")

EXPECTED = {
    Kind.RATIO: mark("numerator/denominator, e.g. 412/418 (0/0 where nothing arose), or the result alone, e.g. 93,5"),
    Kind.COUNT: mark("a whole number, e.g. 1234 or 1.234"),
    Kind.NUMBER: mark("a number, e.g. 93,5"),
    Kind.YES_NO: mark("đạt or không đạt (also có/không, yes/no)"),
    Kind.RANK: mark("the rank and the number of ranked units, e.g. 4/17"),
    Kind.GRADE: mark("a grade of the scale: {scale}"),
    Kind.NARRATIVE: mark("a text on one line"),
}


TALLY = mark(
    "numerator/denominator, e.g. 180/200 (0/0 where no survey was held), or the answers from very satisfied to very "
    "dissatisfied, e.g. 120/60/15/4/1"
)


def expected(indicator: Indicator) -> str:
    """Return what can be typed for an indicator, as a message with `scale`."""
    return TALLY if indicator.kind is Kind.RATIO and indicator.survey else EXPECTED[indicator.kind]


STATES = {  # as files say them, and as offices do (domain.md, Words)
    TaskState.NOT_STARTED: ("not_started", "chưa thực hiện", "chưa triển khai", "chưa làm"),
    TaskState.IN_PROGRESS: ("in_progress", "đang thực hiện", "đang triển khai", "đang làm", "thực hiện thường xuyên"),
    TaskState.DONE: ("done", "hoàn thành", "đã hoàn thành", "xong", "đã xong"),
    TaskState.STOPPED: ("stopped", "dừng thực hiện", "dừng", "đã dừng"),
}


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """What was typed, by the fields of an entry; what is None was not typed."""

    numerator: Number | None = None
    denominator: Number | None = None
    value: Number | bool | str | None = None
    of: int | None = None
    text: str | None = None
    levels: tuple[int, ...] = ()  # of a survey's answers, from very satisfied to very dissatisfied


class ValueUnfit(UsageError):
    """A typed value does not fit the indicator: says what would."""

    def __init__(self, indicator: Indicator, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is no value of {id}"),
            mark("Expected: {expected}."),
            typed=typed,
            id=indicator.id,
            expected=expected(indicator),
            scale=", ".join(indicator.scale),
        )


class NoState(UsageError):
    """A word that is no state of a task."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is no state of a task"),
            mark("Type one of: {known}."),
            typed=typed,
            known=tuple(f"{words[0]} ({', '.join(words[1:])})" for words in STATES.values()),
        )


class ValueAmbiguous(UsageError):
    """A typed number has two readings."""

    def __init__(self, typed: str, readings: tuple[str, str]) -> None:
        super().__init__(
            mark("“{typed}” can mean {first} or {second}"),
            mark("Type {first} or {second_typed}."),
            typed=typed,
            first=readings[0],
            second=readings[1].removesuffix("0"),
            second_typed=readings[1],
        )


def parse_typed(indicator: Indicator, typed: str) -> TypedFigure:
    """Return the figure that was typed for an indicator; raises ValueUnfit or ValueAmbiguous."""
    text = scalars.nfc(typed).strip()
    try:
        return _parse(indicator, text)
    except Unfit:
        raise ValueUnfit(indicator, typed) from None


def parse_state(typed: str) -> TaskState:
    """Return the state of a task that was typed, in the words of files or of offices, without tone marks too."""
    word = bare(typed)
    for state, words in STATES.items():
        if word in map(bare, words):
            return state
    raise NoState(typed)


def bare(text: str) -> str:
    """Return the text as typed words are compared: without marks, `đ` as `d`, blanks for `_` and `-`."""
    apart = unicodedata.normalize("NFD", scalars.folded(text.replace("_", " ").replace("-", " ")))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("đ", "d")


def typed_whole(indicator: Indicator, typed: str) -> int:
    """Return the whole number that was typed beside a value; raises ValueUnfit."""
    try:
        return whole(typed.strip())
    except Unfit:
        raise ValueUnfit(indicator, typed) from None


def typed_number(indicator: Indicator, typed: str) -> Number:
    """Return the number ≥ 0 that was typed beside a value; raises ValueUnfit or ValueAmbiguous."""
    try:
        return _amount(typed.strip())
    except Unfit:
        raise ValueUnfit(indicator, typed) from None


def typed_day(text: str) -> date:
    """Return the day of 15/7/2023, 15-07-2023, 15.7.2023 or 2023-07-15; raises Unfit, also for days of no calendar."""
    match = _DAY.fullmatch(text.strip())
    return scalars.parse_date(f"{match[4]}-{match[3]:0>2}-{match[1]:0>2}" if match else text.strip())


def _parse(indicator: Indicator, text: str) -> TypedFigure:
    match indicator.kind:
        case Kind.RATIO:
            return _ratio(indicator, text)
        case Kind.COUNT:
            return TypedFigure(value=whole(text))
        case Kind.NUMBER:
            return TypedFigure(value=decimal(text))
        case Kind.YES_NO:
            return TypedFigure(value=scalars.parse_yes_no(text))
        case Kind.RANK:
            return _rank(text)
        case Kind.GRADE:
            return TypedFigure(value=scalars.parse_choice(text, indicator.scale))
        case _:
            return TypedFigure(text=scalars.parse_text(text))


def _ratio(indicator: Indicator, text: str) -> TypedFigure:
    if indicator.survey and text.count("/") == len(LEVELS) - 1:
        return TypedFigure(levels=tuple(whole(part.strip()) for part in text.split("/")))
    if "/" not in text:
        value = decimal(text.removesuffix(indicator.unit or "%").rstrip())
        if value < 0:
            raise Unfit("E208")
        return TypedFigure(value=value)
    first, _, second = text.partition("/")
    read = _amount if indicator.amounts is Amounts.DECIMAL else whole
    return TypedFigure(numerator=read(first.strip()), denominator=read(second.strip()))


def _rank(text: str) -> TypedFigure:
    first, slash, second = text.partition("/")
    rank, of = whole(first.strip()), whole(second.strip()) if slash else None
    if rank < 1 or of == 0:
        raise Unfit("E208")
    return TypedFigure(value=rank, of=of)


def whole(text: str) -> int:
    """Return the whole number ≥ 0 of digits alone, or grouped by points as in 1.234.567; raises Unfit."""
    if _PLAIN.fullmatch(text):
        return int(text)
    if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
        return int(text.replace(".", ""))
    raise Unfit("E207")


def _amount(text: str) -> Number:
    value = decimal(text)
    if value < 0:
        raise Unfit("E208")
    return value


def decimal(text: str) -> Number:
    """Return the exact number of 93,5 or 93.5, also grouped as in 1.234,5; ValueAmbiguous for 1.234 and 1,234."""
    if _AMBIGUOUS.fullmatch(text):
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        before, after = re.split("[.,]", digits)
        if before.strip("0"):
            raise ValueAmbiguous(text, (f"{sign}{before}{after}", f"{sign}{before},{after}0"))
    match = _DECIMAL.fullmatch(text)
    if match is None or ("." in match[2] and (match[3] == "." or match[2].startswith("0"))):
        raise Unfit("E206")
    sign, before, _, after = match.groups()
    digits = before.replace(".", "")
    value = Decimal(f"{digits}.{after}") if after else int(digits)
    return -value if sign and value else value  # nobody means a negative zero
