"""Tables and the dashboard for the terminal; the only door to rich."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cchc.core.board import Board, Gap
from cchc.core.model import Area, Indicator, Owner, Plan, Task
from cchc.core.results import Actual, Evaluation, Status
from cchc.texts import Translate, mark
from cchc.views import present
from cchc.views.excerpt import inert

PLAIN_WIDTH = 120  # of a table that is not read at a terminal
NARROW = 70  # columns below which the dashboard leaves out all but the verdicts
BARS = "▁▂▃▄▅▆▇█"

_STYLES: Mapping[Status, str] = {
    Status.MET: "green",
    Status.ON_TRACK: "green",
    Status.MISSED: "bold red",
    Status.BEHIND: "bold red",
    Status.NO_DATA: "yellow",
    Status.AWAITING: "yellow",
}
_SIGNS: Mapping[Status, str] = {  # colour never carries meaning alone
    Status.MET: "✓",
    Status.ON_TRACK: "✓",
    Status.MISSED: "✗",
    Status.BEHIND: "✗",
    Status.NO_DATA: "?",
    Status.AWAITING: "?",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """How wide the answer may be, and whether it is coloured."""

    width: int
    colour: bool

    @classmethod
    def of_output(cls, output: str, *, colour: bool | None) -> "Screen":
        """Return the screen that standard output is; a file or a pipe is wide, and plain unless colour is asked for."""
        at_terminal = output == "-" and sys.stdout.isatty()
        measured = shutil.get_terminal_size().columns if at_terminal or "COLUMNS" in os.environ else PLAIN_WIDTH
        return cls(max(measured, 20), at_terminal if colour is None else colour)


def board_text(board: Board, _: Translate, screen: Screen) -> str:
    """Return the dashboard: verdict counts, a row an indicator with its course, what is missing or late."""
    console = _console(screen)
    console.print(_heading(board, _))
    console.print(_counts(board, _))
    console.print(_indicators(board, _, screen))
    _gaps(console, _(mark("Missing figures")), board.missing, board.report.plan, _)
    _gaps(console, _(mark("Late figures")), board.late, board.report.plan, _)
    return _captured(console)


def list_text(what: str, entries: Iterable[object], plan: Plan, _: Translate, screen: Screen) -> str:
    """Return the plan's entries of a kind as a table."""
    console = _console(screen)
    table = _table(*(_(heading) for heading in _COLUMNS[what]))
    for entry in entries:
        table.add_row(*(inert(cell) for cell in _row(entry, plan, _)))
    console.print(table)
    return _captured(console)


def _console(screen: Screen) -> Console:
    return Console(
        file=io.StringIO(),
        width=screen.width,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _captured(console: Console) -> str:
    """Return what was printed, without blanks at the ends of lines."""
    stream = console.file
    assert isinstance(stream, io.StringIO)  # noqa: S101  # `_console` made it
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


# the dashboard


def _heading(board: Board, _: Translate) -> Text:
    report = board.report
    head = Text(f"{inert(report.plan.head.unit.name)} – {present.period_title(report.period, _)}", style="bold")
    first, last = (present.day(day) for day in report.window)
    head.append(f"  ({first} – {last})", style="not bold")
    if report.illustrative:
        head.append(f"\n{_(present.ILLUSTRATIVE)}", style="bold yellow")
    return head


def _counts(board: Board, _: Translate) -> Text:
    """Return the verdict counts in one line; what does not occur is left out."""
    counts = board.report.summary
    words = [f"{_sign(name)}{present.summary_word(name, _)}: {count}" for name, count in counts.items() if count]
    return Text(" · ".join(words))


def _sign(name: str) -> str:
    signs = {str(status): sign for status, sign in _SIGNS.items()}
    return f"{signs[name]} " if name in signs else ""


def _indicators(board: Board, _: Translate, screen: Screen) -> Table:
    wide = screen.width >= NARROW
    headings = [mark("Indicator"), mark("Actual"), mark("Target"), mark("12 months"), mark("Verdict")]
    shown = headings if wide else [headings[0], headings[1], headings[4]]
    table = _table(*(_(heading) for heading in shown))
    for result in board.report.indicators:
        table.add_row(*_indicator(board, result, _, wide=wide))
    return table


def _indicator(board: Board, result: Evaluation, _: Translate, *, wide: bool) -> Sequence[Text | str]:
    indicator = result.indicator
    actual = "" if result.actual is None or indicator.kind == "narrative" else present.actual_text(result, _)
    sign = _SIGNS.get(result.status, " ")
    verdict = Text(f"{sign} {present.status_text(result, _)}", style=_STYLES.get(result.status, ""))
    if not wide:
        return [inert(indicator.id), inert(actual), verdict]
    target = present.target_text(indicator, result.target, _) if result.target is not None else ""
    return [inert(indicator.id), inert(actual), inert(target), spark(board.courses[indicator.id]), verdict]


def spark(course: Sequence[Actual | None]) -> str:
    """Return a bar for each reference period, oldest first: a dot where there is none, equal values in the middle."""
    values = [actual.value if actual is not None and isinstance(actual.value, Fraction) else None for actual in course]
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    return "".join("·" if value is None else _bar(value, low, high) for value in values)


def _bar(value: Fraction, low: Fraction, high: Fraction) -> str:
    if low == high:
        return BARS[len(BARS) // 2]
    return BARS[int((value - low) / (high - low) * (len(BARS) - 1))]


def _gaps(console: Console, heading: str, gaps: Sequence[Gap], plan: Plan, _: Translate) -> None:
    if not gaps:
        return
    console.print()
    console.print(Text(f"{heading}: {len(gaps)}", style="bold"))
    table = _table(_(mark("Indicator")), _(mark("Period")), _(mark("Owner")), _(mark("Due")), _(mark("Provided")))
    for gap in gaps:
        owner = plan.owners_by_id.get(gap.indicator.owner or "")
        provided = present.day(gap.provided_on) if gap.provided_on else _(mark("not yet"))
        due = present.day(gap.due_on) if gap.due_on else ""
        table.add_row(gap.indicator.id, gap.period.label, inert(owner.name) if owner else "", due, provided)
    console.print(table)


# the plan


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "indicators": (mark("Id"), mark("Name"), mark("Frequency"), mark("Target"), mark("Owner")),
    "statistics": (mark("Id"), mark("Name"), mark("Frequency"), mark("Unit"), mark("Owner")),
    "tasks": (mark("Id"), mark("Ref"), mark("Task"), mark("Owner")),
    "owners": (mark("Id"), mark("Ref"), mark("Name")),
    "areas": (mark("Id"), mark("Ref"), mark("Title"), mark("Owner")),
}


def _row(entry: object, plan: Plan, _: Translate) -> Sequence[str]:
    match entry:
        case Indicator() if entry in plan.statistics:
            return [
                entry.id,
                entry.name,
                present.frequency_word(entry.frequency, _),
                entry.unit or "",
                entry.owner or "",
            ]
        case Indicator():
            targets = "; ".join(present.target_text(entry, target, _) for target in entry.targets)
            return [entry.id, entry.name, present.frequency_word(entry.frequency, _), targets, entry.owner or ""]
        case Task():
            return [entry.id, entry.ref, entry.title, entry.owner or ""]
        case Owner():
            return [entry.id, entry.ref or "", entry.name]
        case Area():
            return [entry.id, entry.ref or "", entry.title, entry.owner or ""]
        case _:  # pragma: no cover  # `list` knows no other
            raise TypeError(entry)
