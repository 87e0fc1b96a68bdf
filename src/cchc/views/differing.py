"""What changed between two states, as rows of ready strings; texts for the terminal, templates for the other faces."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc.core.changes import About, Change, Difference, Effect, FieldChange, What, figure_changed
from cchc.core.closing import FIGURE
from cchc.core.diagnostics import Problem
from cchc.core.fields import GENERAL, Kind
from cchc.core.looks import Look
from cchc.core.model import (
    Closing,
    Indicator,
    IssuedReport,
    Measurement,
    Plan,
    Target,
)
from cchc.core.results import Evaluation
from cchc.texts import Translate, mark
from cchc.views import excerpt
from cchc.views.excerpt import inert
from cchc.views.keys import Names, field_name, value_words
from cchc.views.present import day, period_title, status_text
from cchc.views.present.rows import capital
from cchc.views.present.traces import NONE, correction_text, figure_text, shortened, supplement_text
from cchc.views.present.words import actual_text, next_target_text

SIGNS: Mapping[What, str] = {
    What.ADDED: "+",
    What.CHANGED: "~",
    What.CORRECTED: "~",
    What.SUPPLEMENTED: "+",
    What.REMOVED: "-",
}
DONE: Mapping[What, str] = {
    What.ADDED: mark("added"),
    What.CHANGED: mark("changed"),
    What.CORRECTED: mark("corrected"),
    What.SUPPLEMENTED: mark("supplemented after closing"),
    What.REMOVED: mark("removed"),
}
LOOKS: Mapping[Look, str] = {
    Look.TARGET_LOWERED: mark("a target was lowered"),
    Look.BASELINE: mark("the baseline was moved"),
    Look.DEFINITION: mark("the definition was changed"),
    Look.READING: mark("the reading was changed"),
    Look.AGGREGATION: mark("the aggregation was changed"),
    Look.VALIDITY: mark("the validity was changed"),
    Look.SHARE: mark("whether it is a share was changed"),
    Look.OF: mark("the number of ranked units was changed"),
    Look.PROVISIONAL: mark("a final figure became provisional"),
    Look.EVIDENCE: mark("evidence was removed"),
    Look.REMOVED: mark("it was removed"),
    Look.TRACE: mark("the trace of a correction was removed"),
    Look.CLOSED: mark("a closed period was touched"),
    Look.AFTER_REPORT: mark("changed after a report that rests on it"),
    Look.REPORT: mark("the record of an issued report was changed"),
    Look.ASSESSMENT: mark("years are no longer assessed"),
    Look.CALENDAR: mark("the calendar was changed"),
    Look.ILLUSTRATIVE: mark("made-up and real were exchanged"),
}
SUBJECTS: Mapping[About, str] = {
    About.FIGURE: mark("Figures"),
    About.TASK_REPORT: mark("Tasks reported"),
    About.REMARK: mark("Remarks"),
    About.FILE: mark("Data files"),
    About.PLAN: mark("The plan"),
    About.INDICATOR: mark("Indicators and targets"),
    About.STATISTIC: mark("Statistics"),
    About.TASK: mark("Tasks of the plan"),
    About.AREA: mark("Areas"),
    About.OWNER: mark("Owners"),
    About.IDENTITY: mark("Identities"),
    About.FUNDING: mark("Funding"),
    About.CLOSING: mark("Closings"),
    About.REPORT: mark("Issued reports"),
}


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One change: its sign (+, ~, -), what it is about, how it was and is, what else has to be known."""

    sign: str
    what: str
    subject: str
    id: str
    period: str
    old: str
    new: str
    notes: tuple[str, ...]
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiffSection:
    """The changes of one kind."""

    title: str
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A verdict that is another."""

    subject: str
    id: str
    period: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DiffPage:
    """A comparison, ready to be laid out."""

    title: str
    summary: str
    second_look: tuple[DiffRow, ...]
    sections: tuple[DiffSection, ...]
    effects: tuple[EffectRow, ...]
    unread: tuple[str, ...]
    empty: bool


@dataclass(frozen=True, slots=True)
class SideName:
    """A state as people name it; without a commit the files on the disk."""

    name: str
    commit: str
    day: str


def present_difference(
    found: Difference, sides: tuple[SideName, SideName], unread: Sequence[tuple[SideName, Problem]], _: Translate
) -> DiffPage:
    """Return a comparison as rows."""
    before, after = (_side(side, _) for side in sides)
    names = Names.of(*found.plans)
    rows = [(change, _row(change, found.plans, names, _)) for change in found.changes]
    sections = [
        DiffSection(_(title), tuple(row for change, row in rows if change.about is about))
        for about, title in SUBJECTS.items()
    ]
    return DiffPage(
        title=_(mark("Changes from {before} to {after}")).format(before=before, after=after),
        summary=_summary(found, _),
        second_look=tuple(row for change, row in rows if change.looks),
        sections=tuple(section for section in sections if section.rows),
        effects=tuple(_effect(effect, _) for effect in found.effects),
        unread=tuple(
            f"{_side(side, _)}: {excerpt.place_of(problem)}: {excerpt.message_of(problem, _)}"
            for side, problem in unread
        ),
        empty=not found.changes and not unread,
    )


def _side(side: SideName, _: Translate) -> str:
    if not side.commit:
        return _(mark("the files on the disk"))
    on = day(date.fromisoformat(side.day))
    if side.commit.startswith(side.name):
        return f"{side.commit} ({on})"
    return f"{inert(side.name)} ({side.commit}, {on})"


def _summary(found: Difference, _: Translate) -> str:
    figures = [change for change in found.changes if change.about is About.FIGURE]
    counts = ((what, sum(change.what is what for change in figures)) for what in What)
    said = ", ".join(f"{count} {_(DONE[what])}" for what, count in counts if count)
    others = len(found.changes) - len(figures)
    return _(
        mark(
            "Figures: {figures}. Other changes: {others}. Verdicts changed: {effects}. To be looked at again: {looks}."
        )
    ).format(figures=said or "0", others=others, effects=len(found.effects), looks=len(found.second_look))


# rows


def _row(change: Change, plans: tuple[Plan, Plan], names: Names, _: Translate) -> DiffRow:
    old, new = _sides(change, names, _)
    return DiffRow(
        sign=SIGNS[change.what],
        what=_(DONE[change.what]),
        subject=capital(_subject(change, names, _)),
        id=change.key if change.about not in {About.CLOSING, About.REPORT, About.FILE} else "",
        period="" if change.period is None or change.about is About.CLOSING else period_title(change.period, _),
        old=old,
        new=new,
        notes=tuple(_notes(change, plans, names, _)),
        looks=tuple(_looks(change, _)),
    )


def _subject(change: Change, names: Names, _: Translate) -> str:
    record = change.new or change.old
    match record:
        case IssuedReport():
            return _(mark("Report No {number}")).format(number=inert(record.number))
        case Closing():
            return _(mark("closing of {period}")).format(period=period_title(record.period, _))
        case _:
            named = change.indicator or record
            text = getattr(named, "name", None) or getattr(named, "title", None) or _title(change, names, _)
            return shortened(str(text))


def _title(change: Change, names: Names, _: Translate) -> str:
    """Return what the key of a change stands for, where its record does not say it."""
    match change.about:
        case About.TASK_REPORT:
            return names.tasks.get(change.key, change.key)
        case About.REMARK if change.key == GENERAL:
            return _(mark("the whole"))
        case About.REMARK | About.AREA:
            return names.areas.get(change.key, change.key)
        case About.IDENTITY:
            return names.measured.get(change.key, change.key)
        case _:
            return change.key


def _sides(change: Change, names: Names, _: Translate) -> tuple[str, str]:
    """Return how it was and is in few words; empty where the fields say it."""
    if change.about is About.FIGURE and change.indicator is not None and change.period is not None:
        if not figure_changed(change):
            return "", ""
        old, new = (
            figure_text(change.indicator, change.period, entry if isinstance(entry, Measurement) else None, _)
            for entry in (change.old, change.new)
        )
        return (old, new) if old != new or change.old is None or change.new is None else ("", "")
    if len(change.fields) == 1:
        field = change.fields[0]
        return _value(change, field.name, field.old, names, _), _value(change, field.name, field.new, names, _)
    return "", ""


def _looks(change: Change, _: Translate) -> Iterator[str]:
    for look in change.looks:
        text = _(LOOKS[look])
        if look is Look.CLOSED and change.closed:
            text = f"{text} ({', '.join(period_title(period, _) for period in change.closed)})"
        yield text


def _notes(change: Change, plans: tuple[Plan, Plan], names: Names, _: Translate) -> Iterator[str]:
    hidden = {*FIGURE, "corrections", "supplement"} if change.about is About.FIGURE else set[str]()
    if change.about is About.FIGURE and figure_changed(change) and _sides(change, names, _) == ("", ""):
        yield from (
            field_name(one.name, _) for one in change.fields if one.name in FIGURE
        )  # of a survey, with one result
    if change.about is not About.FIGURE and len(change.fields) == 1:
        yield field_name(change.fields[0].name, _)
        return
    for field in change.fields:
        if field.name not in hidden or (field.name == "quality" and not figure_changed(change)):
            yield _field(change, field, names, _)
    if isinstance(change.new, Measurement):
        yield from _traces(change, change.new, plans[1], _)


def _traces(change: Change, entry: Measurement, plan: Plan, _: Translate) -> Iterator[str]:
    known = change.old.corrections if isinstance(change.old, Measurement) else ()
    for correction in entry.corrections:
        if correction not in known:
            yield correction_text(correction, _, plan)
    if entry.supplement is not None and not isinstance(change.old, Measurement):
        yield supplement_text(entry.supplement, _, plan)


def _field(change: Change, field: FieldChange, names: Names, _: Translate) -> str:
    name = field_name(field.name, _)
    old, new = (_value(change, field.name, value, names, _) for value in (field.old, field.new))
    return _(mark("{name}: {old} → {new}")).format(name=name, old=old, new=new)


def _value(change: Change, name: str, value: object, names: Names, _: Translate) -> str:
    if name == "targets" and change.indicator is not None and isinstance(value, tuple):
        owner = change.old if value is getattr(change.old, "targets", None) else change.new
        indicator = owner if isinstance(owner, Indicator) else change.indicator
        return "; ".join(_target(indicator, target, _) for target in value) or NONE
    return shortened(value_words(value, names, _, name)) or NONE


def _target(indicator: Indicator, target: Target, _: Translate) -> str:
    """Return a target with its year, composed from its figure: what is written beside it may say something else."""
    return next_target_text(indicator, target.model_copy(update={"as_written": None}), _)


def _effect(effect: Effect, _: Translate) -> EffectRow:
    return EffectRow(
        subject=effect.indicator.name,
        id=effect.indicator.id,
        period=period_title(effect.period, _),
        old=_verdict(effect.before, _),
        new=_verdict(effect.after, _),
    )


def _verdict(result: Evaluation | None, _: Translate) -> str:
    if result is None:
        return NONE
    figure = "" if result.indicator.kind is Kind.NARRATIVE else actual_text(result, _)
    return " – ".join(filter(None, (figure, status_text(result, _))))


# the terminal


def difference_text(page: DiffPage, _: Translate) -> str:
    """Return a comparison for the terminal."""
    lines = [page.title, page.summary if not page.empty else _(mark("Nothing has changed."))]
    if page.unread:
        lines += [
            "",
            _(mark("Could not be compared, because a file has errors:")),
            *(f"  {text}" for text in page.unread),
        ]
    if page.second_look:
        lines += ["", _(mark("To be looked at again:"))]
        lines += [line for row in page.second_look for line in _lines(row)]
    for section in page.sections:
        lines += ["", f"{section.title}:", *(line for row in section.rows for line in _lines(row))]
    if page.effects:
        lines += ["", _(mark("Verdicts that are others because of it:"))]
        lines += [f"  {inert(row.subject)}, {row.period}: {row.old} → {row.new}" for row in page.effects]
    return "\n".join(lines) + "\n"


def _lines(row: DiffRow) -> Iterable[str]:
    head = f"  {row.sign} {row.subject}"
    named = ", ".join(filter(None, (f"[{row.id}]" if row.id and row.id != row.subject else "", row.period)))
    change = f"{row.old} → {row.new}" if row.old or row.new else row.what
    yield f"{head} {named}: {change}" if named else f"{head}: {change}"
    yield from (f"      {note}" for note in row.notes)
    yield from (f"      ! {look}" for look in row.looks)
