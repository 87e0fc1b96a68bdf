"""The trail of an indicator's figures, and the indicator itself, for the terminal and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from cchc.core.model import Indicator, Measurement
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views import jsonview
from cchc.views.excerpt import inert
from cchc.views.keys import field_name
from cchc.views.present import day, period_title
from cchc.views.present.traces import NONE, figure_text

SHOWN = 12  # figures and changes that `show` lists
COURSE = 36  # figures that its course draws
_FIGURE = ("numerator", "denominator", "value", "of", "points", "text", "survey", "surveys")


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
    lines += list(step_lines(indicator, steps, _)) or [_(mark("No figure was recorded."))]
    if shallow:
        lines.append(
            _(mark("The history of this copy is cut off: what came before cannot be seen (git fetch --unshallow)."))
        )
    return "\n".join(lines) + "\n"


def step_lines(indicator: Indicator, steps: Sequence[StepRow], _: Translate) -> Iterator[str]:
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
    names = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    text = _(mark("{figure} (changed beside it: {names})"))
    return text.format(figure=new, names=", ".join(inert(field_name(name, _)) for name in names))


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
            "steps": [step_json(indicator, step, _) for step in steps],
        }
    )


def step_json(indicator: Indicator, step: StepRow, _: Translate) -> jsonview.Json:
    """Return a change of a figure, with display texts."""
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
