"""Tables of the plan for the terminal; the only door to rich."""

import io
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table

from cchc.core.model import Area, Indicator, Owner, Plan, Task
from cchc.texts import Translate, mark
from cchc.views import present
from cchc.views.excerpt import inert
from cchc.views.screen import Screen


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
