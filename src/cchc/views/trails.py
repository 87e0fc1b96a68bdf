"""The trail of an indicator's figures, and the indicator itself, for the terminal and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from cchc.core.course import Point
from cchc.core.fields import Aggregation
from cchc.core.model import Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views import jsonview
from cchc.views.excerpt import inert
from cchc.views.fields import WORDS
from cchc.views.present import day, period_title
from cchc.views.present.rows import capital, evidence_text, owner_name
from cchc.views.present.traces import NONE, correction_text, figure_text, supplement_text
from cchc.views.present.words import final_word, frequency_word, next_target_text, value_text
from cchc.views.trailjson import plain

SHOWN = 12  # figures and changes that `show` lists
COURSE = 36  # figures that its course draws
_FIGURE = ("numerator", "denominator", "value", "of", "points", "text", "survey")


@dataclass(frozen=True, slots=True)
class Who:
    """Who committed something, when, as what and with which message.

    `cut`: the history is cut off before the commit, so that it may have been another, earlier.
    """

    commit: str
    name: str
    email: str
    at: datetime
    subject: str
    signed: bool
    cut: bool = False

    @property
    def when(self) -> str:
        """The day and hour, as offices write them: 25/11/2026 14:10 +0700."""
        return f"{day(self.at.date())} {self.at:%H:%M %z}"


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood in an entry: as it reads today, None where it does not fit, and its texts."""

    entry: Measurement | None
    texts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A change of a figure; `who` is None for what is not committed."""

    period: Period
    before: Stood | None
    after: Stood | None
    who: Who | None
    dropped: bool


def trail_text(indicator: Indicator, steps: Sequence[StepRow], _: Translate, *, shallow: bool) -> str:
    """Return the trail, the newest change first."""
    lines = [f"{inert(indicator.name)} [{indicator.id}]"]
    lines += list(_steps(indicator, steps, _)) or [_(mark("No figure was recorded."))]
    if shallow:
        lines.append(
            _(mark("The history of this copy is cut off: what came before cannot be seen (git fetch --unshallow)."))
        )
    return "\n".join(lines) + "\n"


def _steps(indicator: Indicator, steps: Sequence[StepRow], _: Translate) -> Iterator[str]:
    """Yield the lines of changes, those of one commit below one head."""
    for who, own in groupby(steps, key=lambda step: step.who):
        yield _head(who, _)
        for step in own:
            yield from _step_lines(indicator, step, _)


def _head(who: Who | None, _: Translate) -> str:
    if who is None:
        return _(mark("not committed yet"))
    if who.cut:
        return before_text(who, _)
    mark_ = _(mark("[signed]"))
    signed = f" {mark_}" if who.signed else ""
    return f"{who.when} {inert(who.name)} <{inert(who.email)}> {who.commit}{signed}: {inert(who.subject)}"


def _step_lines(indicator: Indicator, step: StepRow, _: Translate) -> Iterator[str]:
    yield f"    {period_title(step.period, _)}: {_change(indicator, step, _)}"
    if step.dropped:
        yield "    " + _(mark("no longer there: a merge kept the other side"))


def before_text(who: Who, _: Translate) -> str:
    """Return what can be said of who put something that stood there when the history was cut off."""
    text = _(mark("in {commit} or before it, where the history of this copy is cut off: who, cannot be seen"))
    return text.format(commit=who.commit)


def _change(indicator: Indicator, step: StepRow, _: Translate) -> str:
    old, new = (_stood(indicator, step.period, one, _) for one in (step.before, step.after))
    if old != new:
        return f"{old} → {new}"
    before, after = (one.texts if one is not None else {} for one in (step.before, step.after))
    names = [key for key in {**before, **after} if before.get(key) != after.get(key) and key not in _FIGURE]
    text = _(mark("{figure} (changed beside it: {names})"))
    return text.format(figure=new, names=", ".join(names))


def _stood(indicator: Indicator, period: Period, stood: Stood | None, _: Translate) -> str:
    if stood is None:
        return NONE
    if stood.entry is not None:
        return figure_text(indicator, period, stood.entry, _)
    return inert(", ".join(f"{key}: {stood.texts[key]}" for key in _FIGURE if key in stood.texts)) or NONE


def trail_json(indicator: Indicator, steps: Sequence[StepRow], _: Translate, *, shallow: bool) -> str:
    """Return the trail; display texts are those of the translator."""
    return jsonview.dumps(
        {
            "schema": "cchc/log/1",
            "indicator": indicator.id,
            "shallow": shallow,
            "steps": [_step_json(indicator, step, _) for step in steps],
        }
    )


def _step_json(indicator: Indicator, step: StepRow, _: Translate) -> jsonview.Json:
    return {
        "period": step.period,
        "before": dict(step.before.texts) if step.before is not None else None,
        "after": dict(step.after.texts) if step.after is not None else None,
        "display": {
            "before": _stood(indicator, step.period, step.before, _),
            "after": _stood(indicator, step.period, step.after, _),
        },
        "commit": who_json(step.who),
        "dropped": step.dropped,
    }


def who_json(who: Who | None) -> jsonview.Json | None:
    """Return who committed something; None for what is not committed."""
    if who is None:
        return None
    return {
        "name": who.commit,
        "author": who.name,
        "email": who.email,
        "date": who.at,
        "subject": who.subject,
        "signed": who.signed,
        "cut": who.cut,
    }


# one indicator


@dataclass(frozen=True, slots=True)
class Portrait:
    """One indicator: its place in the plan, its course, its entries, and the steps of its trail, None outside git."""

    indicator: Indicator
    plan: Plan
    points: Sequence[Point]
    entries: Mapping[Period, Measurement]
    steps: Sequence[StepRow] | None
    shallow: bool
    mark: str


def portrait_text(shown: Portrait, _: Translate) -> str:
    """Return definition, targets, figures with their course, and who changed what."""
    lines = [f"{inert(shown.indicator.name)} [{shown.indicator.id}]", *([shown.mark] if shown.mark else [])]
    lines += [f"  {name}: {inert(text)}" for name, text in _definition(shown, _) if text]
    from cchc.views.screen import spark  # noqa: PLC0415  # rich is dear to import, and the trail does without

    known = [point for point in shown.points if point.actual is not None]
    course = spark([point.actual for point in shown.points[-COURSE:]])
    lines += ["", _(mark("Figures: {course}")).format(course=course).rstrip()]
    lines += [line for point in reversed(known[-SHOWN:]) for line in _figure_lines(shown, point, _)]
    if not known:
        lines.append("  " + _(mark("No figure was recorded.")))
    if shown.steps is not None:
        lines += ["", _(mark("Who changed what:"))]
        lines += [f"  {line}" for line in _steps(shown.indicator, shown.steps[:SHOWN], _)]
        if len(shown.steps) > SHOWN:
            more = _(mark("{count} more: cchc log {id}"))
            lines.append("  " + more.format(count=len(shown.steps) - SHOWN, id=shown.indicator.id))
    return "\n".join(lines) + "\n"


def _definition(shown: Portrait, _: Translate) -> Iterator[tuple[str, str]]:
    indicator, plan = shown.indicator, shown.plan
    areas = {area.id: area.title for area in plan.areas}
    yield _(mark("Place in the plan")), indicator.ref or ""
    yield _(mark("Area")), areas.get(indicator.area or "", "")
    yield _(mark("Owner")), owner_name(plan, indicator.owner)
    yield _(mark("Joins in")), ", ".join(owner_name(plan, one) for one in indicator.joining)
    yield _(mark("Unit of measure")), indicator.unit or ""
    yield _(mark("Measured by")), frequency_word(indicator.frequency, _)
    yield _(mark("Numerator")), indicator.numerator or ""
    yield _(mark("Denominator")), indicator.denominator or ""
    yield _(mark("Combined over time")), _(WORDS[Aggregation][indicator.aggregation])
    yield _(mark("Reading")), indicator.reading or ""
    for target in indicator.targets:
        yield _(mark("Target")), next_target_text(indicator, target, _)
    yield _(mark("Note")), indicator.note or ""


def _figure_lines(shown: Portrait, point: Point, _: Translate) -> Iterator[str]:
    indicator, entry = shown.indicator, shown.entries.get(point.period)
    text = figure_text(indicator, point.period, entry, _) if entry is not None else ""
    if point.actual is not None and entry is None:
        text = value_text(indicator, point.actual, point.target, _)
    word = capital(final_word(str(point.status), point.period, _)) if indicator.targets else ""
    yield f"  {period_title(point.period, _)}: " + " – ".join(filter(None, (text, word)))
    for line in _beside(entry, _) if entry is not None else ():
        yield f"      {inert(line)}"


def _beside(entry: Measurement, _: Translate) -> Iterator[str]:
    if entry.source:
        yield _(mark("source: {text}")).format(text=entry.source)
    if entry.provided is not None:
        on = f" {day(entry.provided.on)}" if entry.provided.on else ""
        yield _(mark("provided by {by}{on}")).format(by=entry.provided.by, on=on)
    if entry.note:
        yield _(mark("note: {text}")).format(text=entry.note)
    for piece in entry.evidence:
        yield _(mark("evidence: {text}")).format(text=evidence_text(piece, _))
    for correction in entry.corrections:
        yield correction_text(correction, _)
    if entry.supplement is not None:
        yield supplement_text(entry.supplement, _)


def portrait_json(shown: Portrait, _: Translate) -> str:
    """Return the indicator with its figures and its trail; display texts are those of the translator."""
    indicator = shown.indicator
    return jsonview.dumps(
        {
            "schema": "cchc/show/1",
            "indicator": plain(indicator),
            "figures": [
                {
                    "period": point.period,
                    "status": point.status,
                    "complete": point.complete,
                    "entry": plain(shown.entries.get(point.period)),
                    "display": value_text(indicator, point.actual, point.target, _) if point.actual else None,
                }
                for point in shown.points
            ],
            "shallow": shown.shallow,
            "steps": None if shown.steps is None else [_step_json(indicator, step, _) for step in shown.steps],
        }
    )
