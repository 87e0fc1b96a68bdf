"""What was written beside figures: states of tasks, remarks, marks of having been checked, withdrawals."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views.changes import FileChange, WrittenFigure, recorded_text
from cchc.views.excerpt import inert
from cchc.views.present import period_title

NAMED = 12  # figures that a line names


class Marked(NamedTuple):
    """What `confirm` found: the figures of each kind by id and reference period."""

    period: Period
    owner: str
    by: str
    marked: Sequence[tuple[str, Period]]
    before: Sequence[tuple[str, Period]]
    provisional: Sequence[tuple[str, Period]]
    absent: Sequence[tuple[str, Period]]


def otherwise_text(reports: Iterable[tuple[Period, str]], _: Translate) -> str:
    """Return which issued reports say something else than the files do now, and how they are replaced."""
    text = _(mark("Report {number} says otherwise: cchc report {period} --amends {number}"))
    return "".join(text.format(number=inert(number), period=period.label) + "\n" for period, number in reports)


def marked_text(changes: Sequence[FileChange], found: Marked, _: Translate, *, brief: bool = False) -> str:
    """Return which figures were marked as checked, and what stands in the way of a whole period."""
    lines = [recorded_text(changes, (), _, brief=brief)] if changes else []
    head = (
        mark("{period}, {owner}: {count} figures marked as checked by {by}")
        if found.marked
        else mark("{period}, {owner}: no figure is left to be marked")
    )
    title = period_title(found.period, _)
    counted = {"period": title, "owner": inert(found.owner), "by": inert(found.by), "count": len(found.marked)}
    lines.append(_(head).format(**counted) + "\n")
    if found.before:
        lines.append(_(mark("  checked before: {count}")).format(count=len(found.before)) + "\n")
    for figures, message in (
        (found.provisional, mark("  still provisional: {figures}")),
        (found.absent, mark("  absent: {figures}")),
    ):
        if figures:
            lines.append(_(message).format(figures=_named(figures)) + "\n")
    return "".join(lines)


def _named(figures: Iterable[tuple[str, Period]]) -> str:
    """Return figures by id with their reference periods; not more than a line can hold."""
    found = [f"{inert(id_)} ({period.label})" for id_, period in figures]
    return "; ".join([*found[:NAMED], *(["…"] if len(found) > NAMED else [])])


def withdrawn_text(
    change: FileChange, figure: WrittenFigure, message: str, _: Translate, *, brief: bool, committed: bool
) -> str:
    """Return the change and the verdicts that follow; uncommitted, the message that keeps the reason as well."""
    text = recorded_text([change], [figure], _, brief=brief)
    if committed or not change.written:
        return text
    head = _(mark("The reason is in no file; commit the change with it (or with --commit next time):"))
    return f"{text}{head}\n\n" + "".join(f"    {line}".rstrip() + "\n" for line in message.splitlines())
