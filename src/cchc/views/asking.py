"""What the guided entry says beside its prompts: plain lines, broken at the terminal's width."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from cchc.core.answers import WORDS, Said
from cchc.core.diagnostics import Problem
from cchc.core.doubts import ASKED
from cchc.core.entering import Due
from cchc.core.errors import CommandError
from cchc.core.fields import Kind, Quality
from cchc.core.model import Area, Closing, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.core.results import Evaluation
from cchc.core.targets import deciding
from cchc.core.typed import expected
from cchc.texts import Translate, mark
from cchc.views import excerpt
from cchc.views.excerpt import inert
from cchc.views.present import ILLUSTRATIVE, day, frequency_word, period_title, target_text, verdict_text
from cchc.views.present.rows import owner_name
from cchc.views.present.traces import LONGEST, NONE, figure_text, shortened
from cchc.views.present.words import next_target_text
from cchc.views.wrapping import wrapped

SHOWN_GAPS = 6  # figures of earlier periods that are named
_IN_PROMPT = 30  # characters of a figure in the prompt
SIGNS = mark(
    "Enter: skip, keep what is there · <: back · >: to the end, look and write · ?: explain · -: drop what was typed ·"
    " Ctrl-C: stop, it is offered again next time"
)


class Tone(StrEnum):
    """How a line is to be taken; colour only says it again."""

    PLAIN = ""
    HEADING = "1"
    WARNING = "33"
    ERROR = "31"


class Line(NamedTuple):
    """A line before it is broken; what it says is inert."""

    text: str
    tone: Tone = Tone.PLAIN


def laid_out(lines: Iterable[Line], width: int, *, colour: bool) -> str:
    """Return lines as a terminal of that width shows them, without a final line end."""
    shown = ((part, line.tone) for line in lines for part in wrapped(line.text, width))
    return "\n".join(f"\x1b[{tone}m{part}\x1b[0m" if colour and tone else part for part, tone in shown)


class Head(NamedTuple):
    """What is to be said before the first figure."""

    data: Dataset
    period: Period
    dues: Sequence[Due]
    gaps: Sequence[Due]
    owner: str | None
    due_on: date | None
    too_early: bool  # for final figures: the period is not over, and they are not said to be provisional
    illustrative: bool
    elsewhere: Sequence[str]  # periods of what was typed another time and is not asked for now


def head_lines(head: Head, _: Translate) -> Iterator[Line]:
    """Yield which figures are asked for and what can be typed, and what stands in no prompt."""
    plan = head.data.plan
    first, last = head.period.window(plan.head.calendar.month_starts_on)
    span = _(mark("from {first} to {last}")).format(first=day(first), last=day(last))
    title = _(mark("Figures of {period} ({span})")).format(period=period_title(head.period, _), span=span)
    yield Line(title, Tone.HEADING)
    present = sum(head.data.measurement(due.indicator.id, due.period) is not None for due in head.dues)
    counts = _(mark("To enter: {count}; there already: {present}.")).format(count=len(head.dues), present=present)
    if head.owner is not None:
        owner = _(mark("Owner"))
        yield Line(f"{owner}: {inert(owner_name(plan, head.owner))}")
    due = "" if head.due_on is None else " " + _(mark("Due: {day}.")).format(day=day(head.due_on))
    yield Line(counts + due)
    if head.illustrative:
        yield Line(_(ILLUSTRATIVE), Tone.WARNING)
    yield from _warnings(head, _)
    yield Line(_(SIGNS))


def _warnings(head: Head, _: Translate) -> Iterator[Line]:
    if head.too_early:
        text = mark("The period is not over yet: a figure is provisional (--provisional, or {word} behind the value).")
        yield Line(_(text).format(word=f":{WORDS[Said.PROVISIONAL][0]}"), Tone.WARNING)
    if head.gaps:
        named = [f"{due.indicator.id} {due.period.label}" for due in head.gaps[:SHOWN_GAPS]]
        more = "…" if len(head.gaps) > SHOWN_GAPS else ""
        text = _(mark("Missing for earlier periods of the year: {count} ({named}{more})."))
        yield Line(text.format(count=len(head.gaps), named=", ".join(named), more=more), Tone.WARNING)
    if head.elsewhere:
        text = _(mark("Typed before and not written, not asked for now: {periods} (-p; they lie in .cchc.typed)."))
        yield Line(text.format(periods=", ".join(inert(one) for one in head.elsewhere)), Tone.WARNING)


def nothing_due_text(period: Period | None, plan: Plan, owner: str | None, _: Translate) -> str:
    """Return that nothing is to be entered."""
    if period is None:
        term = f"{plan.head.term.first}–{plan.head.term.last}"
        return _(mark("Nothing is due yet: the plan's term is {term}.")).format(term=term)
    title = period_title(period, _)
    if owner is not None:
        text = _(mark("Nothing is due for {period} of {owner}."))
        return text.format(period=title, owner=inert(owner_name(plan, owner)))
    return _(mark("Nothing is due for {period}: the plan has no indicator or statistic measured then.")).format(
        period=title
    )


# one figure


class Shown(NamedTuple):
    """A figure that is asked for: the how manieth of how many, what stands in the files, what was typed now."""

    place: int
    total: int
    due: Due
    data: Dataset
    standing: Measurement | None
    typed: Measurement | None
    closed: Closing | None


def group_title(plan: Plan, indicator: Indicator, _: Translate) -> str:
    """Return under which heading a figure is asked for: its area's, or that of statistics."""
    if indicator.id in {one.id for one in plan.statistics}:
        return _(mark("Statistics"))
    area = next((area for area in plan.areas if area.id == indicator.area), None)
    return "" if area is None else _area(area)


def _area(area: Area) -> str:
    return inert(f"{area.ref} {area.title}" if area.ref else area.title)


def figure_lines(shown: Shown, _: Translate) -> Iterator[Line]:
    """Yield what stands beside the prompt of a figure."""
    indicator, period = shown.due
    title = f"[{shown.place + 1}/{shown.total}] {inert(indicator.name)}, {period_title(period, _)}"
    yield Line(title, Tone.HEADING)
    yield from _definition(indicator, _)
    yield from _beside(shown, _)
    target = deciding(indicator.targets, period)[0]
    if target is not None:
        yield _field(mark("Target"), inert(target_text(indicator, target, _)), _)
    if shown.closed is not None:
        text = _(mark("  closed with {period} on {day}: changes only by `cchc correct`"))
        if shown.standing is None:
            text = _(mark("  closed with {period} on {day}: is added only with --document"))
        said = text.format(period=shown.closed.period.label, day=day(shown.closed.on))
        yield Line(said, Tone.WARNING)
    if shown.standing is not None:
        yield _field(mark("There already"), entry_text(indicator, period, shown.standing, _), _)
    if shown.typed is not None:
        yield _field(mark("Typed"), entry_text(indicator, period, shown.typed, _), _)
    if indicator.kind is Kind.RATIO:
        yield _field(mark("Nothing arose"), _(mark("type 0/0")), _)


def _definition(indicator: Indicator, _: Translate) -> Iterator[Line]:
    for label, text in (
        (mark("Numerator"), indicator.numerator),
        (mark("Denominator"), indicator.denominator),
        (mark("Unit"), indicator.unit),
        (mark("Reading"), indicator.reading),
    ):
        if text:
            yield _field(label, inert(text), _)


def _beside(shown: Shown, _: Translate) -> Iterator[Line]:
    """Yield the figure of the period before, and that of a year earlier where there is one."""
    (indicator, period), data = shown.due, shown.data
    previous, last_year = period.previous(), period.same_period_last_year()
    if previous is not None and data.plan.term.contains(previous):
        entry = data.measurement(indicator.id, previous)
        text = _(mark("no figures")) if entry is None else figure_text(indicator, previous, entry, _)
        yield _of_period(mark("Before ({period})"), previous, text, _)
    entry = data.measurement(indicator.id, last_year)
    if last_year != previous and entry is not None:
        text = figure_text(indicator, last_year, entry, _)
        yield _of_period(mark("A year earlier ({period})"), last_year, text, _)


def _of_period(label: str, period: Period, text: str, _: Translate) -> Line:
    return Line(f"  {_(label).format(period=period_title(period, _))}: {text}")


def _field(label: str, text: str, _: Translate) -> Line:
    return Line(f"  {_(label)}: {text}")


def entry_text(indicator: Indicator, period: Period, entry: Measurement, _: Translate) -> str:
    """Return a figure with what is said of it: 412/418 (98,56%); nguồn: …; ghi chú: …."""
    parts = [figure_text(indicator, period, entry, _)]
    if entry.quality is Quality.PROVISIONAL:
        parts.append(_(mark("preliminary")))
    named = ", ".join(one.path or one.title or NONE for one in entry.evidence)
    for label, text in ((mark("source"), entry.source), (mark("note"), entry.note), (mark("evidence"), named)):
        if text:
            parts.append(f"{_(label)}: {shortened(text)}")
    return "; ".join(parts)


def prompt(due: Due, kept: Measurement | None, _: Translate) -> str:
    """Return the prompt's own words, with what Enter leaves there."""
    label = _(mark("Value"))
    if kept is None:
        return f"  {label}"
    figure = figure_text(*due, kept, _)
    return f"  {label} [{figure if len(figure) <= _IN_PROMPT else f'{figure[:_IN_PROMPT]}…'}]"


def explanation_lines(shown: Shown, _: Translate) -> Iterator[Line]:
    """Yield all that there is to know before a value is typed, and what can be typed."""
    indicator, period = shown.due
    plan = shown.data.plan
    yield _field(mark("Id"), indicator.id + (f" ({inert(indicator.ref)})" if indicator.ref else ""), _)
    yield _field(mark("Owner"), inert(owner_name(plan, indicator.owner)), _)
    yield _field(mark("Frequency"), frequency_word(indicator.frequency, _), _)
    yield from _definition(indicator, _)
    if indicator.note:
        yield _field(mark("Note"), inert(indicator.note), _)
    if indicator.announced is not None:
        yield _field(mark("Announced by"), inert(indicator.announced.by), _)
    yield from _targets(indicator, period, _)
    yield from _beside(shown, _)
    previous = period.previous()
    entry = None if previous is None else shown.data.measurement(indicator.id, previous)
    if entry is not None and entry.text is not None:  # above it is shortened
        yield Line(f"    {inert(' '.join(entry.text.split()))}")
    yield _field(mark("Type"), expected_text(indicator, _), _)
    yield _field(mark("Behind the value, where needed"), ", ".join(_sayable(indicator)), _)
    yield Line(f"  {_(SIGNS)}")


def _sayable(indicator: Indicator) -> Iterator[str]:
    """Yield the words that can stand behind a value; only ranks and grades have points."""
    for said, words in WORDS.items():
        if said is not Said.POINTS or indicator.kind in {Kind.RANK, Kind.GRADE}:
            yield f":{words[0]}" if said is Said.PROVISIONAL else f":{words[0]} …"


def expected_text(indicator: Indicator, _: Translate) -> str:
    """Return what can be typed for an indicator."""
    return _(expected(indicator)).format(scale=", ".join(map(inert, indicator.scale)))


def _targets(indicator: Indicator, period: Period, _: Translate) -> Iterator[Line]:
    target, coming = deciding(indicator.targets, period)
    if target is None and coming is None:
        yield _field(mark("Target"), _(mark("none is set")), _)
    if target is not None:
        yield _field(mark("Target"), inert(target_text(indicator, target, _)), _)
    if coming is not None:
        yield _field(mark("Next target"), inert(next_target_text(indicator, coming, _)), _)


# what was typed


def offered_line(due: Due, value: str, _: Translate) -> Line:
    """Return a figure that was typed another time."""
    return Line(f"  {inert(due.indicator.name)}, {period_title(due.period, _)}: {shortened(value)}")


def replacing_lines(due: Due, old: Measurement, new: Measurement, _: Translate) -> Iterator[Line]:
    """Yield what stands there and what was typed instead."""
    yield Line("  " + _(mark("there already: {entry}")).format(entry=entry_text(*due, old, _)), Tone.WARNING)
    yield Line("  " + _(mark("typed: {entry}")).format(entry=entry_text(*due, new, _)), Tone.WARNING)


def accepted_line(verdict: Evaluation, _: Translate, *, unchanged: bool) -> Line:
    """Return what a typed figure comes to."""
    if unchanged:
        return Line("  " + _(mark("no change, the figure is already there")))
    return Line(f"  = {shortened(verdict_text(verdict, _))}")


def doubt_lines(problems: Iterable[Problem], _: Translate) -> Iterator[Line]:
    """Yield what is worth another look at a typed figure, what has to be answered before the rest."""
    for problem in sorted(problems, key=lambda one: one.code not in ASKED):
        label = _(mark("Look again")) if problem.code in ASKED else _(mark("Please note"))
        text = f"  {label}[{problem.code}]: {excerpt.message_of(problem, _)}. {excerpt.remedy_of(problem, _)}"
        yield Line(text, Tone.WARNING)


def error_lines(error: CommandError, _: Translate) -> Iterator[Line]:
    """Yield why something cannot be written, and what to do about it."""
    for text in excerpt.error_text(error, _).splitlines():
        yield Line(f"  {text}", Tone.ERROR)


def text_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a ready text, each cut where it is very long: a narrative says it all in the change itself."""
    for line in text.splitlines():
        yield Line(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")
