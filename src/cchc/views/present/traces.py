"""A single figure as it was entered, and the traces that corrections and supplements leave."""

from collections.abc import Iterator

from cchc.core.aggregate import aggregate
from cchc.core.closing import states
from cchc.core.model import Correction, Indicator, Measurement, Plan, Supplement
from cchc.core.periods import Period
from cchc.core.results import Report
from cchc.texts import Translate, mark
from cchc.views.excerpt import inert
from cchc.views.present.numbers import day, exactly, period_title
from cchc.views.present.words import value_text

NONE = "–"
LONGEST = 200  # characters of a text in a row


def shortened(text: str) -> str:
    """Return a text in one line, cut where it is long."""
    line = inert(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def figure_text(indicator: Indicator, period: Period, entry: Measurement | None, _: Translate) -> str:
    """Return a figure with what it gives: 412/418 (98,56%), 0/0, 5/17, Tốt; a dash without one."""
    if entry is None:
        return NONE
    if entry.nothing_arose:
        return "0/0"
    actual = aggregate(indicator, [(period, entry)], period)
    value = value_text(indicator, actual, None, _) if actual is not None else ""
    if entry.counts is None:
        return shortened(value) or NONE
    return f"{'/'.join(map(exactly, entry.counts))} ({value})"


def correction_text(correction: Correction, _: Translate, plan: Plan | None = None) -> str:
    """Return why a closed figure was corrected, by which document, when and by whom; with a plan by name."""
    text = _(mark("corrected on {on} by {by}: {reason}")).format(
        on=day(correction.on), by=_person(plan, correction.by), reason=shortened(correction.reason)
    )
    return f"{text} ({shortened(correction.document)})" if correction.document else text


def supplement_text(supplement: Supplement, _: Translate, plan: Plan | None = None) -> str:
    """Return by which document a figure came after its period was closed, when and by whom; with a plan by name."""
    return _(mark("added after closing on {on} by {by}, {document}")).format(
        on=day(supplement.on), by=_person(plan, supplement.by), document=shortened(supplement.document)
    )


def _person(plan: Plan | None, owner: str) -> str:
    found = plan.owners_by_id.get(owner) if plan is not None else None
    return inert(found.name if found is not None else owner)


def restated_lines(report: Report, _: Translate) -> Iterator[str]:
    """Yield the figures that a report rests on and that were corrected or came after a closing, each with its trace."""
    for found in report.restated:
        for line in _lines(found.indicator, found.period, found.entry, report.plan, _):
            yield f"{found.indicator.name}, {line}"


def _lines(indicator: Indicator, period: Period, entry: Measurement, plan: Plan, _: Translate) -> Iterator[str]:
    title = period_title(period, _)
    if entry.supplement is not None:
        yield f"{title}: {figure_text(indicator, period, states(entry)[1].entry, _)}, " + supplement_text(
            entry.supplement, _, plan
        )
    stood = [state.entry for state in states(entry) if state.entry is not None]
    for correction, old, new in zip(entry.corrections, stood, stood[1:], strict=False):
        before, after = (figure_text(indicator, period, one, _) for one in (old, new))
        yield f"{title}: {before} → {after}, {correction_text(correction, _, plan)}"
