"""The sheet on which an owner signs for the figures of a period, ready to be laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.core.evaluate import evaluate
from cchc.core.fields import Quality
from cchc.core.model import Attribution, Dataset, EvidenceRecord, Indicator, Measurement
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views.present import ILLUSTRATIVE, actual_text, day, period_title
from cchc.views.present.numbers import exactly, long_day
from cchc.views.present.rows import owner_name, record_text, without_unit


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A figure, or with empty texts the room for one that is absent."""

    number: str
    name: str
    period: str
    unit: str
    meaning: str  # what is counted in numerator and denominator
    numerator: str
    denominator: str
    result: str
    text: str  # of a narrative, in the place of the three before
    source: str
    evidence: str
    provided: str
    checked: str
    note: str
    absent: bool


@dataclass(frozen=True, slots=True)
class SlipPage:
    """An owner's figures of a period; empty strings where there is nothing to say."""

    subject: str
    window: str
    owner: str
    unit: str
    authority: str
    parent: str
    date: str  # place, and room for the day
    mark: str  # of made-up figures
    rows: tuple[SlipRow, ...]
    summary: str


Figures = Sequence[tuple[Indicator, Period, Measurement | None]]


def present_slip(data: Dataset, owner: str, period: Period, figures: Figures, _: Translate) -> SlipPage:
    """Return the sheet of an owner; numbers and dates in Vietnamese form."""
    head = data.plan.head
    first, last = period.window(head.calendar.month_starts_on)
    absent = sum(entry is None for _indicator, _part, entry in figures)
    place = head.unit.place or head.unit.name
    summary = _(
        mark("{count} figures, of which {absent} are absent.") if absent else mark("{count} figures, none absent.")
    )
    return SlipPage(
        subject=period_title(period, _),
        window=_(mark("figures from {first} to {last}")).format(first=day(first), last=day(last)),
        owner=owner_name(data.plan, owner),
        unit=head.unit.name,
        authority=head.unit.authority,
        parent=head.unit.parent or "",
        date=f"{place}, {long_day(None, _)}",
        mark=_(ILLUSTRATIVE) if data.illustrative else "",
        rows=tuple(_row(data, number, figure, _) for number, figure in enumerate(figures, 1)),
        summary=_(summary).format(count=len(figures), absent=absent),
    )


def _row(data: Dataset, number: int, figure: tuple[Indicator, Period, Measurement | None], _: Translate) -> SlipRow:
    indicator, period, entry = figure
    counts = entry.counts if entry is not None else None
    result = actual_text(without_unit(evaluate(data, indicator, period)), _) if entry is not None else ""
    provisional = _(mark("provisional")) if entry is not None and entry.quality is Quality.PROVISIONAL else ""
    return SlipRow(
        number=str(number),
        name=indicator.name,
        period=period_title(period, _),
        unit=indicator.unit or "",
        meaning=" / ".join(filter(None, (indicator.numerator, indicator.denominator))),
        numerator=exactly(counts[0]) if counts is not None else "",
        denominator=exactly(counts[1]) if counts is not None else "",
        result=_(mark("nothing arose")) if entry is not None and entry.nothing_arose else result,
        text=(entry.text if entry is not None else None) or "",
        source=(entry.source if entry is not None else None) or "",
        evidence="; ".join(map(_evidence, entry.evidence)) if entry is not None else "",
        provided=_person(data, entry.provided if entry is not None else None),
        checked=_person(data, entry.checked if entry is not None else None),
        note="; ".join(filter(None, (provisional, entry.note if entry is not None else ""))),
        absent=entry is None,
    )


def _evidence(evidence: EvidenceRecord) -> str:
    """Return a piece of evidence whole: on paper nobody follows a path to its title."""
    return ", ".join(filter(None, (record_text(evidence), evidence.path)))


def _person(data: Dataset, person: Attribution | None) -> str:
    if person is None:
        return ""
    name = owner_name(data.plan, person.by) or person.by
    return f"{name}, {day(person.on)}" if person.on is not None else name
