"""The messages of commits, in one form: what was done in a line, then trailers that programs read too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cchc.core.fields import Kind, TaskState
from cchc.core.model import Closing, Indicator, Measurement, TaskReport
from cchc.core.periods import Period
from cchc.core.results import Evaluation
from cchc.texts import Translate, mark
from cchc.views.excerpt import inert
from cchc.views.present import actual_text, period_title, status_text
from cchc.views.present.words import TASK_STATES

LONGEST = 60  # characters of a text in the first line


class Committed(NamedTuple):
    """A figure that is committed: its entry, what stood there before, the verdicts that follow."""

    indicator: Indicator
    period: Period
    entry: Measurement
    old: str | None
    verdicts: Sequence[tuple[Period, Evaluation]]


class Correction(NamedTuple):
    """Why a closed figure was corrected."""

    reason: str
    document: str | None


def figures_message(figures: Sequence[Committed], _: Translate, correction: Correction | None = None) -> str:
    """Return the message about figures: data(2023-06): ho-so-dung-han = 412/418 (98,56%)."""
    periods = list(dict.fromkeys(figure.period.label for figure in figures))
    scope = f"data({periods[0]})" if len(periods) == 1 else "data"
    trailers = [("Period", label) for label in periods]
    trailers += [("Source", text) for text in dict.fromkeys(f.entry.source for f in figures) if text]
    if len(figures) > 1:
        body = [f"{one.period.label}: {_figure(one, _)}" for one in figures]
        counted = _(mark("{count} figures")).format(count=len(figures))
        return _message(f"{scope}: {counted}", body, trailers)
    figure = figures[0]
    what = _(mark("correction of {figure}")) if correction is not None else "{figure}"
    trailers += [("Was", figure.old)] if figure.old is not None else []
    trailers += [("Verdict", verdict) for verdict in _verdicts(figure, _)]
    if correction is not None:
        trailers += [("Reason", correction.reason), ("Document", correction.document or "")]
    return _message(f"{scope}: {what.format(figure=_figure(figure, _))}", (), trailers)


def closing_message(closing: Closing, _: Translate, reason: str | None = None) -> str:
    """Return the message about a closing, or with a reason about opening it again."""
    what = _(mark("figures closed")) if reason is None else _(mark("closed figures opened again"))
    trailers = [("Period", closing.period.label), ("Digest", closing.digest)]
    trailers += [("Closed-by", closing.by)] if reason is None else [("Reason", reason)]
    return _message(f"data({closing.period.label}): {what}", (), trailers)


STATES: Mapping[TaskState, str] = {**TASK_STATES, TaskState.DONE: mark("done")}  # in time or not, nobody knows yet


def task_message(task: str, period: Period, report: TaskReport, _: Translate) -> str:
    """Return the message about a task's state: data(2023-06): nhiệm vụ … = hoàn thành."""
    state = _(STATES[report.state])
    subject = _(mark("task {id} = {state}")).format(id=task, state=state)
    trailers = [("Period", period.label), ("State", str(report.state)), ("Text", report.text or "")]
    return _message(f"data({period.label}): {subject}", (), trailers)


def remark_message(subject: str, period: Period, _: Translate) -> str:
    """Return the message about a remark."""
    said = _(mark("remark on {id}")).format(id=subject)
    return _message(f"data({period.label}): {said}", (), [("Period", period.label)])


def withdrawal_message(target: tuple[str, Period], old: str, reason: str, _: Translate) -> str:
    """Return the message about a figure that was withdrawn; its first line says why, as far as that fits."""
    id_, period = target
    why = _line(reason)
    subject = _(mark("withdrawal of {id}: {reason}")).format(id=id_, reason=_clipped(why))
    trailers = [("Period", period.label), ("Was", old), ("Reason", why)]
    return _message(f"data({period.label}): {subject}", (), trailers)


def checked_message(period: Period, owner: str, by: str, figures: Sequence[tuple[str, Period]], _: Translate) -> str:
    """Return the message about an owner's figures that were checked."""
    subject = _(mark("figures of {owner} checked: {count}")).format(owner=owner, count=len(figures))
    body = [f"{about.label}: {id_}" for id_, about in figures]
    return _message(f"data({period.label}): {subject}", body, [("Period", period.label), ("Checked-by", by)])


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _message(subject: str, body: Iterable[str], trailers: Iterable[tuple[str, str]]) -> str:
    paragraphs = [subject, "\n".join(body), "\n".join(f"{name}: {_line(text)}" for name, text in trailers if text)]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _line(text: str) -> str:
    return inert(" ".join(text.split()))


def _figure(figure: Committed, _: Translate) -> str:
    """Return id and figure: of counts also what they give."""
    entry, indicator = figure.entry, figure.indicator
    if indicator.kind is Kind.NARRATIVE:
        text = _line(entry.text or "")
        return f"{indicator.id} = {_clipped(text)}"
    own = next((result for period, result in figure.verdicts if period == figure.period), None)
    value = actual_text(own, _) if own is not None else ""
    if entry.counts is None or not value:
        counts = entry.counts
        return f"{indicator.id} = {'/'.join(map(str, counts)) if counts is not None else value}"
    return f"{indicator.id} = {'/'.join(map(str, entry.counts))} ({value})"


def _verdicts(figure: Committed, _: Translate) -> Iterator[str]:
    for period, result in figure.verdicts:
        yield f"{period_title(period, _)}: {status_text(result, _)}"
