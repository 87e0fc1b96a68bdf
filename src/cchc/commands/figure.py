"""One figure as it was typed: its fields as texts of YAML, checked like those of a file, beside what stands there."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cchc.commands.opening import known_owner
from cchc.core import checks
from cchc.core.cells import Piece
from cchc.core.diagnostics import Amount, Finding
from cchc.core.errors import UsageError
from cchc.core.fields import Quality
from cchc.core.model import EvidenceRecord, Indicator, Measurement, Plan
from cchc.core.scalars import UNSEEN, Number, is_thousands_trap
from cchc.core.surveys import LEVELS, Plain, Survey, plain
from cchc.core.typed import TypedFigure, parse_typed, typed_number, typed_whole
from cchc.texts import mark
from cchc.workspace import decode
from cchc.workspace.styles import Fields, Value

_UNSEEN = re.compile(rf"[\r{UNSEEN}]")
_PROVIDED, _CHECKED = ("provided_on", "provided_by"), ("checked_on", "checked_by")


class Beside(NamedTuple):
    """What was typed beside a figure.

    From the answers of `surveys` the value follows; with `pool` they come to those that stand there. `made_up` says
    what the file of the figure has to be: None where that was not said. `more_evidence` is added to what stands there;
    `final` says that a figure is no longer provisional. With `repeats` the value is only said again: another one is not
    put back.
    """

    source: str | None = None
    note: str | None = None
    evidence: tuple[Piece, ...] = ()
    provided_by: str | None = None
    provisional: bool = False
    of: str | None = None
    points: str | None = None
    document: str | None = None
    provided_on: str | None = None
    checked_by: str | None = None
    checked_on: str | None = None
    announced_document: str | None = None
    announced_date: str | None = None
    surveys: tuple[Survey, ...] = ()
    pool: bool = False
    public: bool = False
    made_up: bool | None = None
    final: bool = False
    more_evidence: tuple[Piece, ...] = ()
    repeats: bool = False


class NewFigure(NamedTuple):
    """What was typed: an indicator, its value, the period, and what stands beside it.

    `replaces` is the figure that stands there, where whoever typed has seen it and wants it replaced.
    """

    indicator: str
    value: str
    period: str
    beside: Beside = Beside()
    replaces: str | None = None


class TypedUnseen(UsageError):
    """A text with a sign that nobody sees: a control character, an override of direction, a byte that is no UTF-8."""

    def __init__(self, field: str, character: str) -> None:
        super().__init__(
            mark("{field}: the sign {character} cannot be seen"),
            mark("Type the text again without it."),
            field=field,
            character=f"U+{ord(character):04X}",
        )


class DoesNotFit(UsageError):
    """The figure breaks a rule about one figure; the same code names it in files."""

    def __init__(self, indicator: Indicator, finding: Finding) -> None:
        super().__init__(mark("{id}: {finding}"), "", id=indicator.id, finding=finding)


class BesideUnfit(UsageError):
    """A source, note or evidence that fits no figure; the same code names it in files."""

    def __init__(self, finding: Finding) -> None:
        field = str(finding.path[0])
        super().__init__(mark("--{option}: {finding}"), "", option=field, finding=finding)


class SurveyUnfit(UsageError):
    """What was typed of a survey breaks a rule; the same code names it in files."""

    def __init__(self, finding: Finding) -> None:
        place = " › ".join(map(str, finding.path))
        super().__init__(mark("the survey, {place}: {finding}"), "", place=place, finding=finding)


class AloneSaid(UsageError):
    """Something that says nothing without another: a day without the one who did it on that day."""

    def __init__(self, given: str, needed: str) -> None:
        super().__init__(mark("{given} stands without {needed}"), mark("Say both."), given=given, needed=needed)


def figure_of(entry: Measurement) -> str:
    """Return an entry's figure as officials type it; numbers are an Amount, which messages show grouped."""
    counts = entry.counts
    if counts is not None:
        return Amount("/".join(str(figure_text(count)) for count in counts))
    value = str(figure_text(entry.value) if entry.value is not None else entry.text)
    if isinstance(entry.value, bool) or not isinstance(entry.value, Number):
        return value
    return Amount(value if entry.of is None else f"{value}/{entry.of}")


def typed_fields(plan: Plan, indicator: Indicator, figure: NewFigure, today: date) -> dict[str, Value]:
    """Return the fields of the entry as texts of YAML, in the order in which they are written; raises UsageError."""
    beside = figure.beside
    typed = TypedFigure() if beside.surveys else parse_typed(indicator, figure.value)  # counts follow from answers
    of = typed.of if beside.of is None else typed_whole(indicator, beside.of)
    points = None if beside.points is None else typed_number(indicator, beside.points)
    fields: dict[str, Value | None] = {
        "numerator": figure_text(typed.numerator),
        "denominator": figure_text(typed.denominator),
        "value": figure_text(typed.value),
        "of": figure_text(of),
        "points": figure_text(points),
        "text": typed.text,
        "source": beside.source,
        "provided": _said_by(plan, _PROVIDED, (beside.provided_by, beside.provided_on), today),
        "checked": _said_by(plan, _CHECKED, (beside.checked_by, beside.checked_on)),
        "announced": _announced(beside),
        "evidence": [*beside.evidence, *beside.more_evidence] or None,
        "quality": _quality(beside),
        "note": beside.note,
        "survey": _first(typed, beside),
        "surveys": [*map(survey_fields, beside.surveys[1:])] or None,
        "public": figure_text(beside.public) if beside.public else None,
    }
    given = {key: value for key, value in fields.items() if value is not None}
    refuse_unseen(given)
    return given


def _first(typed: TypedFigure, beside: Beside) -> Value | None:
    """Return the survey whose answers were typed as the value, else the first of those beside it."""
    if typed.levels:
        return {level: str(answers) for level, answers in zip(LEVELS, typed.levels, strict=True)}
    return survey_fields(beside.surveys[0]) if beside.surveys else None


def survey_of(fields: object) -> Survey:
    """Return the survey that fields by the keys of files say, checked like that of a file; raises SurveyUnfit."""
    findings: list[Finding] = []
    found = decode.validated(Survey, fields, findings)
    if found is None:
        raise SurveyUnfit(findings[0])
    return found


def survey_fields(survey: Survey) -> Fields:
    """Return a survey as it is typed: its fields as texts of YAML."""
    return {key: _spelled(value) for key, value in plain(survey).items()}


def _spelled(value: Plain) -> Value:
    if isinstance(value, list):
        return [{key: str(one) for key, one in item.items()} for item in value]
    return str(value)


def refuse_beside(beside: Beside) -> None:
    """Raise UsageError for what stands beside figures where it can stand beside none of them."""
    fields: dict[str, Value | None] = {
        "source": beside.source,
        "evidence": list(beside.evidence) or None,
        "note": beside.note,
        "document": beside.document,
    }
    given = {key: value for key, value in fields.items() if value is not None}
    refuse_unseen(given)
    findings: list[Finding] = []
    decode.validated(Measurement, {key: value for key, value in given.items() if key != "document"}, findings)
    if findings:
        raise BesideUnfit(findings[0])


def refuse_unseen(fields: Mapping[str, Value]) -> None:
    """Raise TypedUnseen where a text that was typed has a sign that nobody sees."""
    for key, value in fields.items():
        unseen = _UNSEEN.search("\n".join(_texts(value)))
        if unseen is not None:
            raise TypedUnseen(key, unseen[0])


def _texts(value: Value | None) -> Iterator[str]:
    """Yield the texts of a field."""
    match value:
        case None:
            return
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case _:
            for inner in value:
                yield from _texts(inner)


def _said_by(
    plan: Plan, names: tuple[str, str], said: tuple[str | None, str | None], today: date | None = None
) -> Value | None:
    """Return who did something and on which day: `today` unless that was said."""
    by, on = said
    if by is None:
        if on is not None:
            raise AloneSaid(*names)
        return None
    known_owner(plan, by)
    on = on or (today.isoformat() if today is not None else None)
    return {"by": by} if on is None else {"by": by, "on": on}


def _announced(beside: Beside) -> Value | None:
    document, day = beside.announced_document, beside.announced_date
    if document is None:
        if day is not None:
            raise AloneSaid("announced_date", "announced_document")
        return None
    return {"document": document} if day is None else {"document": document, "date": day}


def _quality(beside: Beside) -> str | None:
    if beside.provisional:
        return str(Quality.PROVISIONAL)
    return str(Quality.FINAL) if beside.final else None


def evidence_value(entry: EvidenceRecord) -> Piece:
    """Return a piece of evidence as our files write it: a path or address alone, or its fields."""
    fields = entry.model_dump(mode="json", exclude_none=True)
    return str(fields["path"]) if fields.keys() == {"path"} else fields


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


def decoded(indicator: Indicator, fields: Mapping[str, Value]) -> Measurement:
    """Return the fields as an entry, checked like an entry of a file."""
    findings: list[Finding] = []
    entry = decode.validated(Measurement, dict(fields), findings, indicator.shape)
    if entry is not None:
        findings.extend(checks.measurement_findings(indicator, entry))
    if entry is None or findings:
        raise DoesNotFit(indicator, findings[0])
    return entry
