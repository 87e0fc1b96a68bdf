"""The form of a period as ready strings: what each row says, what stands in its inputs already, what is told on top."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from cchc.core.agenda import due_on
from cchc.core.entryform import BESIDE, EACH_OWNER, FIGURE, EntryForm, FormGroup, FormRow, Input, known_texts
from cchc.core.fields import Kind
from cchc.core.model import Indicator, Measurement, Owner
from cchc.core.results import Evaluation
from cchc.core.scalars import Number, nfc
from cchc.texts import Translate, mark
from cchc.views.excerpt import inert
from cchc.views.present import words
from cchc.views.present.numbers import day, period_title
from cchc.views.present.rows import capital, evidence_text

LONGEST = 32_000  # characters that a cell surely takes
SHOWN_BEFORE = 300  # characters of the text of the period before
EXACT = 15  # digits that a workbook keeps of a number

_UNITS: Mapping[Kind, str] = {
    Kind.YES_NO: mark("yes/no"),
    Kind.RANK: mark("rank"),
    Kind.GRADE: mark("grade"),
    Kind.NARRATIVE: mark("words"),
}


class InputCell(NamedTuple):
    """What stands in an input: what is shown, and what the hidden sheet keeps of it; `locked` where it is too long."""

    shown: str | Number | date = ""
    kept: str = ""
    locked: bool = False


class Person(NamedTuple):
    """Somebody who may have provided a figure, as the drop-down names them; `*`: of each figure its owner."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A row of the form."""

    row: FormRow
    number: str
    name: str
    period: str
    reading: str
    target: str
    unit: str
    before: str
    inputs: Mapping[Input, InputCell]


class EntryGroup(NamedTuple):
    """The rows under a title."""

    title: str
    lines: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The form; empty strings where there is nothing to say. `provider` stands in the head already."""

    title: str
    unit: str
    mark: str
    facts: str
    closed: str
    instructions: tuple[str, ...]
    provider: str
    people: tuple[Person, ...]
    groups: tuple[EntryGroup, ...]

    @property
    def lines(self) -> tuple[EntryLine, ...]:
        """All rows in their order."""
        return tuple(line for group in self.groups for line in group.lines)


def entry_page(form: EntryForm, _: Translate) -> EntryPage:
    """Return the form as ready strings."""
    people = tuple(_people(form, _))
    names = {person.id: person.name for person in people}
    counter = iter(range(1, len(form.rows) + 1))
    return EntryPage(
        title=capital(_(mark("form for the figures of {period}")).format(period=period_title(form.period, _))),
        unit=_line(form.plan.head.unit.name),
        mark=_(words.ILLUSTRATIVE) if form.illustrative else "",
        facts=_facts(form, _),
        closed=_closed(form, _),
        instructions=tuple(map(_, _INSTRUCTIONS)),
        provider=names.get(form.selection.owner or "", ""),
        people=people,
        groups=tuple(
            EntryGroup(_group_title(group, _), tuple(_entry_line(row, next(counter), names, _) for row in group.rows))
            for group in form.groups
        ),
    )


_INSTRUCTIONS = (
    mark("Fill in the white and yellow cells only; a yellow one still lacks its figure. The others are locked."),
    mark("Nothing arose: 0 as numerator and 0 as denominator. No figure yet: leave the cells empty, do not write 0."),
    mark("What stands there already is recorded: leave it, or write over what is wrong; emptying removes nothing."),
    mark("Do not insert, delete or merge rows and columns. When done, save the file and send it back."),
)  # fmt: skip


def _facts(form: EntryForm, _: Translate) -> str:
    """Return the days that figures are about, the day they are due, and what the form is limited to."""
    first, last = form.period.window(form.plan.head.calendar.month_starts_on)
    due = due_on(form.plan, form.period)
    titles = {area.id: area.title for area in form.plan.areas}
    owner = form.plan.owners_by_id.get(form.selection.owner or "")
    said = (
        _(mark("figures from {first} to {last}")).format(first=day(first), last=day(last)),
        _(mark("to be sent by {day}")).format(day=day(due)) if due is not None else "",
        titles.get(form.selection.area or "", ""),
        owner.name if owner is not None else "",
    )
    return " · ".join(capital(_line(text)) for text in said if text)


def _closed(form: EntryForm, _: Translate) -> str:
    if form.closed is None:
        return ""
    message = mark("The figures of {period} were closed on {day}: new ones are only taken with a document.")
    return _(message).format(period=period_title(form.closed.period, _), day=day(form.closed.on))


def _people(form: EntryForm, _: Translate) -> Iterator[Person]:
    """Yield the owners, each under a name that nobody else has."""
    yield Person(EACH_OWNER, _(mark("the owner of each indicator")))
    owners = form.plan.owners
    names = [nfc(_line(owner.name)) for owner in owners]
    for owner, name in zip(owners, names, strict=True):
        yield Person(owner.id, name if names.count(name) == 1 else _distinct(owner))


def _distinct(owner: Owner) -> str:
    return f"{_line(owner.name)} ({owner.id})"


def _group_title(group: FormGroup, _: Translate) -> str:
    area = group.area or _(mark("Other figures"))
    title = _(mark("{area} – in charge: {owner}")).format(area=area, owner=group.owner) if group.owner else area
    return _line(title)


# a row


def _entry_line(row: FormRow, number: int, names: Mapping[str, str], _: Translate) -> EntryLine:
    indicator = row.indicator
    reading, before = _reading(indicator, _), _before(row.before, _)
    if indicator.kind is Kind.NARRATIVE and before:  # a text needs more room than a number
        reading = "\n".join(filter(None, (reading, _(mark("Before: {text}")).format(text=before))))
        before = ""
    return EntryLine(
        row=row,
        number=str(number),
        name=_line(indicator.name),
        period=capital(period_title(row.period, _)),
        reading=reading,
        target=_line(words.target_text(indicator, row.target, _)) if row.target is not None else "",
        unit=_unit(indicator, _),
        before=before,
        inputs={
            **dict.fromkeys((*FIGURE[indicator.kind], *BESIDE), InputCell()),
            **_offered(row),
            **_standing(row.entry, names, _),
        },
    )


def _unit(indicator: Indicator, _: Translate) -> str:
    if indicator.unit:
        return _line(indicator.unit)
    return _(_UNITS[indicator.kind]) if indicator.kind in _UNITS else ""


def _reading(indicator: Indicator, _: Translate) -> str:
    """Return how the figure is counted: the definition of its parts, its words, its reading."""
    phrases = indicator.phrases
    parts = (
        (mark("Numerator: {text}"), indicator.numerator),
        (mark("Denominator: {text}"), indicator.denominator),
        (mark("Yes: {text}"), phrases.yes if phrases is not None else None),
        (mark("No: {text}"), phrases.no if phrases is not None else None),
        (mark("Grades: {text}"), ", ".join(indicator.scale)),
        ("{text}", indicator.reading),
    )
    return "\n".join(_(message).format(text=_line(text)) for message, text in parts if text)


def _before(result: Evaluation | None, _: Translate) -> str:
    """Return the figure of the reference period before, or why there is none."""
    if result is None or not result.coverage.expected:
        return ""
    if result.actual is None:
        return words.summary_word("no_data" if result.coverage.missing else "not_applicable", _)
    counts = words.fraction_text(result.indicator, result.actual)
    text = " ".join(filter(None, (words.actual_text(result, _), f"({counts})" if counts else "")))
    text = _line(text)
    return text if len(text) <= SHOWN_BEFORE else f"{text[:SHOWN_BEFORE]}…"


def _offered(row: FormRow) -> dict[Input, InputCell]:
    """Return what a row without a figure begins with: figures mostly come from where the one before came from."""
    if row.entry is not None or not row.source:
        return {}
    return {Input.SOURCE: _text_cell(row.source)}


def _standing(entry: Measurement | None, names: Mapping[str, str], _: Translate) -> dict[Input, InputCell]:
    """Return what an entry says; the tallies of surveys are not changed in a form, nor what stands beside them."""
    if entry is None:
        return {}
    cells = dict(_cells(entry, names, _))
    if not entry.held:
        return cells
    return {name: cells.get(name, InputCell())._replace(locked=True) for name in (*FIGURE[Kind.RATIO], *BESIDE)}


def _cells(entry: Measurement, names: Mapping[str, str], _: Translate) -> Iterator[tuple[Input, InputCell]]:
    for name, text in known_texts(entry).items():
        match name:
            case Input.BY:
                yield name, InputCell(names.get(text, text), text)
            case Input.ON:
                yield name, InputCell(date.fromisoformat(text), text)
            case _:
                yield name, _number_cell(_number_of(entry, name), text)
    if entry.evidence:
        yield Input.EVIDENCE, _text_cell("\n".join(_line(evidence_text(one, _)) for one in entry.evidence))


def _number_of(entry: Measurement, name: Input) -> Number | None:
    """Return the number that an input holds, None for words."""
    counts = entry.counts or (None, None)
    value: object
    match name:
        case Input.NUMERATOR:
            value = counts[0]
        case Input.DENOMINATOR:
            value = counts[1]
        case _:
            value = getattr(entry, name, None)
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _number_cell(number: Number | None, text: str) -> InputCell:
    """Return a number as one; one of more digits than workbooks keep as the text that it is typed as."""
    if number is None:
        return _text_cell(text)
    digits = text.lstrip("-").replace(".", "").strip("0")
    return InputCell(number if len(digits) <= EXACT else text.replace(".", ","), text)


def _text_cell(text: str) -> InputCell:
    """Return a text with its line ends; one that is longer than cells may be is cut and locked."""
    shown = "\n".join(inert(line) for line in nfc(text).split("\n"))
    if len(shown) <= LONGEST:
        return InputCell(shown, shown)
    cut = f"{shown[:LONGEST]}…"
    return InputCell(cut, cut, locked=True)


def _line(text: str) -> str:
    return inert(" ".join(nfc(text).split()))
