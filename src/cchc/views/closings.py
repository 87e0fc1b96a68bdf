"""What closing and opening a period have done, for the terminal."""

from collections.abc import Sequence

from cchc.core.digest import shown
from cchc.core.model import Closing
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views.excerpt import inert
from cchc.views.present import day, period_title

NAMED = 6  # periods that a line names


def closed_text(closing: Closing, _: Translate) -> str:
    """Return what was closed, the beginning of its digest, and what was missing."""
    lines = [
        _(mark("{period}: figures closed on {on} by {by}")).format(
            period=period_title(closing.period, _), on=day(closing.on), by=inert(closing.by)
        ),
        _(mark("  code on the sheet: {code}")).format(code=shown(closing.digest)),
    ]
    if closing.commit:
        lines.append(_(mark("  at the commit: {commit}")).format(commit=closing.commit[:10]))
    for name, message in (
        ("absent", mark("  absent: {figures}")),
        ("provisional", mark("  provisional: {figures}")),
        ("unconfirmed", mark("  not confirmed: {count} figures")),
    ):
        found = [(entry.id, getattr(entry, name)) for entry in closing.incomplete if getattr(entry, name)]
        if found:
            count = sum(len(periods) for _id, periods in found)
            figures = "; ".join(f"{id_} ({_periods(periods)})" for id_, periods in found)
            lines.append(_(message).format(figures=figures, count=count))
    return "\n".join(lines) + "\n"


def _periods(periods: Sequence[Period]) -> str:
    named = [period.label for period in periods[:NAMED]]
    return ", ".join([*named, *(["…"] if len(periods) > NAMED else [])])


def reopened_text(closing: Closing, _: Translate) -> str:
    """Return what was opened again."""
    text = _(mark("{period}: opened again; it had been closed on {on} by {by}"))
    return text.format(period=period_title(closing.period, _), on=day(closing.on), by=inert(closing.by)) + "\n"


def written_text(file: str, commit: str | None, _: Translate) -> str:
    """Return which file was written, and as what it was committed or that it still has to be."""
    if commit is not None:
        return _(mark("{file}: written, committed as {commit}")).format(file=file, commit=commit[:10]) + "\n"
    return _(mark("written: {file}")).format(file=file) + "\n"


def outdated_text(reports: Sequence[tuple[Period, str]], _: Translate) -> str:
    """Return which issued reports rest on a figure that was corrected, and how they are replaced."""
    text = _(mark("Report {number} rests on this figure: cchc report {period} --amends {number}"))
    return "".join(text.format(number=inert(number), period=period.label) + "\n" for period, number in reports)
