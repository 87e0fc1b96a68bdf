"""The inspector's page, as rows of ready strings for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc.core.diagnostics import Problem
from cchc.core.digest import shown
from cchc.core.model import Closing, Correction, Indicator, IssuedReport, Measurement, Plan, Supplement
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views import excerpt
from cchc.views.keys import field_name
from cchc.views.present import day, period_title
from cchc.views.present.rows import owner_name
from cchc.views.present.traces import correction_text, figure_text, supplement_text
from cchc.views.trails import Who, before_text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands: what it is, who provided it, who put it there; `due` and `late` by the plan's calendar."""

    indicator: Indicator
    period: Period
    entry: Measurement
    who: Who | None
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure with a correction or supplement."""

    indicator: Indicator
    period: Period
    entry: Measurement
    trace: Correction | Supplement


@dataclass(frozen=True, slots=True)
class Seal:
    """A closing: whether it holds, and whether its commit is still in the history; None where that is not known."""

    closing: Closing
    holds: bool
    ancestor: bool | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A change to what was closed; `honest`: with the trace of a correction or supplement."""

    closing: Closing
    indicator: Indicator
    period: Period
    before: Measurement | None
    after: Measurement | None
    who: Who
    honest: bool


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A definition on which a closed period rests and that a commit changed."""

    closing: Closing
    id: str
    fields: tuple[str, ...]
    who: Who


@dataclass(frozen=True, slots=True)
class Loss:
    """A figure that a commit put there and a merge dropped: what it was, and what stands now."""

    indicator: Indicator
    period: Period
    lost: Measurement | None
    standing: Measurement | None
    who: Who


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that the page is made from."""

    plan: Plan
    period: Period
    commit: Who
    shallow: bool
    made_up: str
    figures: Sequence[Figure]
    traces: Sequence[Trace]
    seals: Sequence[Seal]
    gone: Sequence[tuple[Closing, Who | None, bool]]  # the last: it is the disk alone that lacks it
    touches: Sequence[Touch]
    redefined: Sequence[Redefinition]
    dropped: Sequence[Loss]
    broken: Sequence[Problem]
    reports: Sequence[IssuedReport]
    commits: Sequence[Who]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with who put it there."""

    name: str
    id: str
    period: str
    figure: str
    provided: str
    checked: str
    author: str
    date: str
    commit: str
    late: str


@dataclass(frozen=True, slots=True)
class TraceLine:
    """A correction or supplement."""

    name: str
    period: str
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class SealLine:
    """A closing and how it stands."""

    period: str
    on: str
    by: str
    code: str
    commit: str
    missing: str
    state: str
    ancestor: str
    good: bool


@dataclass(frozen=True, slots=True)
class TouchLine:
    """A change to what was closed."""

    closed: str
    name: str
    period: str
    old: str
    new: str
    author: str
    date: str
    commit: str
    kind: str
    good: bool


@dataclass(frozen=True, slots=True)
class CommitLine:
    """A commit."""

    commit: str
    date: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An issued report."""

    number: str
    date: str
    period: str
    code: str
    replaces: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The inspector's page, ready to be laid out."""

    title: str
    unit: str
    mark: str
    basis: str
    shallow: str
    summary: tuple[str, ...]
    closings: tuple[SealLine, ...]
    gone: tuple[str, ...]
    broken: tuple[str, ...]
    touches: tuple[TouchLine, ...]
    redefined: tuple[str, ...]
    dropped: tuple[str, ...]
    traces: tuple[TraceLine, ...]
    late: tuple[FigureLine, ...]
    reports: tuple[ReportLine, ...]
    unsigned: tuple[CommitLine, ...]
    figures: tuple[FigureLine, ...]


def present_audit(found: Findings, _: Translate) -> AuditPage:
    """Return the page's rows."""
    figures = [_figure(found.plan, one, _) for one in found.figures]
    return AuditPage(
        title=_(mark("Trail of the figures, {period}")).format(period=period_title(found.period, _)),
        unit=found.plan.head.unit.name,
        mark=found.made_up,
        basis=_(mark("History up to the commit {commit} of {date}.")).format(
            commit=found.commit.commit, date=found.commit.when
        ),
        shallow=_(mark("The history of this copy is cut off: who set older figures cannot be seen."))
        if found.shallow
        else "",
        summary=tuple(_summary(found, _)),
        closings=tuple(_seal(found.plan, one, _) for one in found.seals),
        gone=tuple(_gone(closing, who, _, uncommitted=alone) for closing, who, alone in found.gone),
        broken=tuple(f"{excerpt.place_of(one)}: {excerpt.message_of(one, _)}" for one in found.broken),
        touches=tuple(_touch(one, _) for one in found.touches),
        redefined=tuple(_redefinition(found.plan, one, _) for one in found.redefined),
        dropped=tuple(_loss(one, _) for one in found.dropped),
        traces=tuple(_trace(one, _) for one in found.traces),
        late=tuple(row for row, one in zip(figures, found.figures, strict=True) if one.late),
        reports=tuple(_report(one, _) for one in found.reports),
        unsigned=tuple(_commit(one) for one in found.commits if not one.signed),
        figures=tuple(figures),
    )


def _summary(found: Findings, _: Translate) -> list[str]:
    bad = sum(not one.honest for one in found.touches)
    broken = sum(not one.holds for one in found.seals)
    counts = (
        (mark("{count} figures, {uncommitted} of them not committed"), len(found.figures)),
        (mark("{count} provided late"), sum(one.late for one in found.figures)),
        (mark("{count} corrections and supplements"), len(found.traces)),
        (mark("{count} closings, {broken} of them no longer hold"), len(found.seals)),
        (mark("{count} changes to closed figures, {bad} of them without a trace"), len(found.touches)),
        (mark("{count} commits without a signature of {commits}"), sum(not one.signed for one in found.commits)),
    )
    more = {
        "uncommitted": sum(one.who is None for one in found.figures),
        "broken": broken,
        "bad": bad,
        "commits": len(found.commits),
    }
    return [_(message).format(count=count, **more) for message, count in counts]


def _figure(plan: Plan, one: Figure, _: Translate) -> FigureLine:
    provided, checked = one.entry.provided, one.entry.checked
    late = _(mark("due on {due}")).format(due=day(one.due)) if one.late and one.due is not None else ""
    return FigureLine(
        name=one.indicator.name,
        id=one.indicator.id,
        period=period_title(one.period, _),
        figure=figure_text(one.indicator, one.period, one.entry, _),
        provided=_person(plan, provided.by, provided.on) if provided is not None else "",
        checked=_person(plan, checked.by, checked.on) if checked is not None else "",
        author=_author(one.who, _),
        date=one.who.when if one.who is not None and not one.who.cut else "",
        commit=one.who.commit if one.who is not None and not one.who.cut else "",
        late=late,
    )


def _author(who: Who | None, _: Translate) -> str:
    if who is None:
        return _(mark("not committed yet"))
    return before_text(who, _) if who.cut else who.name


def _person(plan: Plan, owner: str, on: date | None) -> str:
    return " ".join(filter(None, (owner_name(plan, owner) or owner, day(on) if on is not None else "")))


def _seal(plan: Plan, one: Seal, _: Translate) -> SealLine:
    closing = one.closing
    missing = [entry.id for entry in closing.incomplete if entry.absent or entry.provisional]
    good = one.holds and one.ancestor is not False
    return SealLine(
        period=period_title(closing.period, _),
        on=day(closing.on),
        by=owner_name(plan, closing.by) or closing.by,
        code=shown(closing.digest),
        commit=(closing.commit or "")[:10],
        missing=", ".join(missing),
        state=_state(one, _),
        ancestor=_ancestor(one, _),
        good=good,
    )


def _state(one: Seal, _: Translate) -> str:
    if one.closing.reopened is not None:
        reopened = one.closing.reopened
        text = _(mark("opened again on {on}: {reason}"))
        return text.format(on=day(reopened.on), reason=reopened.reason)
    return _(mark("holds")) if one.holds else _(mark("does not hold: figures or definitions have changed"))


def _ancestor(one: Seal, _: Translate) -> str:
    if one.closing.commit is None:
        return _(mark("closed outside git"))
    if one.ancestor is None:
        return _(mark("the commit is not in this copy"))
    return _(mark("in the history")) if one.ancestor else _(mark("no longer in the history"))


def _redefinition(plan: Plan, one: Redefinition, _: Translate) -> str:
    """Return which definition was changed after a closing, in which fields and by whom."""
    text = _(mark("{name} ({closed}): {fields}; {author}, {date} ({commit})"))
    known = plan.measured.get(one.id)
    return text.format(
        name=known.name if known is not None else one.id,
        closed=period_title(one.closing.period, _),
        fields=", ".join(field_name(name, _) for name in one.fields) or _(mark("it is new, or gone")),
        author=one.who.name,
        date=one.who.when,
        commit=one.who.commit,
    )


def _loss(one: Loss, _: Translate) -> str:
    """Return which figure a merge dropped, and what stands in its place."""
    lost, now = (figure_text(one.indicator, one.period, entry, _) for entry in (one.lost, one.standing))
    text = _(mark("{name}, {period}: {lost} of {author}, {date} ({commit}) was dropped by a merge; there stands {now}"))
    return text.format(
        name=one.indicator.name,
        period=period_title(one.period, _),
        lost=lost,
        now=now,
        author=one.who.name,
        date=one.who.when,
        commit=one.who.commit,
    )


def _gone(closing: Closing, who: Who | None, _: Translate, *, uncommitted: bool) -> str:
    if who is None:
        text = _(mark("The closing of {period} on {on} was dropped by a merge"))
        if uncommitted:
            text = _(mark("The closing of {period} on {on} was removed or changed, which is not committed yet"))
        return text.format(period=period_title(closing.period, _), on=day(closing.on))
    text = _(mark("The closing of {period} on {on} was removed or changed by {author}, {date} ({commit})"))
    return text.format(
        period=period_title(closing.period, _), on=day(closing.on), author=who.name, date=who.when, commit=who.commit
    )


def _touch(one: Touch, _: Translate) -> TouchLine:
    old, new = (figure_text(one.indicator, one.period, entry, _) for entry in (one.before, one.after))
    return TouchLine(
        closed=period_title(one.closing.period, _),
        name=one.indicator.name,
        period=period_title(one.period, _),
        old=old,
        new=new,
        author=one.who.name,
        date=one.who.when,
        commit=one.who.commit,
        kind=_(mark("with its trace")) if one.honest else _(mark("without a trace")),
        good=one.honest,
    )


def _trace(one: Trace, _: Translate) -> TraceLine:
    new = figure_text(one.indicator, one.period, one.entry, _)
    if isinstance(one.trace, Supplement):
        return TraceLine(one.indicator.name, period_title(one.period, _), "–", new, supplement_text(one.trace, _))
    fields = {name: getattr(one.trace.old, name) for name in type(one.trace.old).model_fields if name != "quality"}
    old = figure_text(one.indicator, one.period, one.entry.model_copy(update=fields), _)
    return TraceLine(one.indicator.name, period_title(one.period, _), old, new, correction_text(one.trace, _))


def _report(one: IssuedReport, _: Translate) -> ReportLine:
    return ReportLine(
        one.number, day(one.date), period_title(one.period, _), shown(one.digest or ""), one.replaces or ""
    )


def _commit(one: Who) -> CommitLine:
    return CommitLine(one.commit, one.when, one.name, one.subject)


# JSON
