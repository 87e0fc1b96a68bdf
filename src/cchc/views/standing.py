"""A board as rows of ready strings, which the terminal, Markdown and JSON lay out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from cchc.core.agenda import Coming, TaskDue
from cchc.core.board import Board, CellState, Figure, Row
from cchc.core.model import Plan
from cchc.core.periods import Frequency, day_after
from cchc.texts import Translate, mark
from cchc.views import present
from cchc.views.present.numbers import periods_title
from cchc.views.present.rows import capital, owner_name
from cchc.views.present.words import task_word

CAME_LATE = "!"
SIGNS: Mapping[CellState, str] = {  # one cell wide in every terminal, and none told from another by colour alone
    CellState.PROVIDED: "✓",
    CellState.PROVISIONAL: "~",
    CellState.UNCONFIRMED: "?",
    CellState.NOTHING_AROSE: "0",
    CellState.MISSING: "T",
    CellState.LATE: "Q",
    CellState.AWAITING: "C",
    CellState.NOT_DUE: "·",
    CellState.NOT_MEASURED: "–",
}
WORDS: Mapping[CellState, str] = {
    CellState.PROVIDED: mark("there"),
    CellState.PROVISIONAL: mark("provisional"),
    CellState.UNCONFIRMED: mark("not confirmed"),
    CellState.NOTHING_AROSE: mark("nothing arose"),
    CellState.MISSING: mark("missing"),
    CellState.LATE: mark("late: overdue, not there"),
    CellState.AWAITING: mark("awaiting announcement"),
    CellState.NOT_DUE: mark("not due yet"),
    CellState.NOT_MEASURED: mark("not measured in this period"),
}


class By(StrEnum):
    """What the rows of the matrix are grouped by."""

    AREA = "area"
    OWNER = "owner"


class Counts(NamedTuple):
    """How many figures there are of each sort; those that are not due yet are not `expected`."""

    expected: int
    there: int
    late: int
    missing: int
    awaiting: int
    provisional: int
    unconfirmed: int
    came_late: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A cell of the matrix: the sign, and what it stands for."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An indicator, and a sign for each month."""

    id: str
    name: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The rows of an area or owner; `about`: what is open there, empty when nothing is."""

    title: str
    about: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign of the matrix, and what it means."""

    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Figures of an indicator that are not there, or came late."""

    id: str
    name: str
    period: str
    owner: str
    due: str
    said: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board in ready strings; what is empty has nothing to say."""

    title: str
    window: str
    today: str
    illustrative: str
    counts: str
    year: str
    months: tuple[str, ...]
    groups: tuple[BoardGroup, ...]
    legend: tuple[LegendEntry, ...]
    missing: tuple[Absent, ...]
    missing_count: int
    came_late: tuple[Absent, ...]
    coming: tuple[str, ...]
    tasks: tuple[str, ...]


def counts_of(figures: Iterable[Figure]) -> Counts:
    """Return how many of the figures there are of each sort."""
    known = list(figures)
    states = Counter(figure.state for figure in known)
    there = [figure for figure in known if figure.there]
    return Counts(
        expected=len(known) - states[CellState.NOT_DUE],
        there=len(there),
        late=states[CellState.LATE],
        missing=states[CellState.MISSING],
        awaiting=states[CellState.AWAITING],
        provisional=sum(figure.provisional for figure in there),
        unconfirmed=sum(figure.unconfirmed for figure in there),
        came_late=sum(figure.late for figure in there),
    )


def page_of(board: Board, by: By, _: Translate) -> BoardPage:
    """Return the board in ready strings."""
    report = board.report
    first, last = (present.day(day) for day in report.window)
    absent = [figure for figure in (*board.earlier, *board.figures) if figure.state in _LISTED]
    late = [figure for figure in board.figures if figure.there and figure.late]
    return BoardPage(
        title=f"{report.plan.head.unit.name} – {present.period_title(report.period, _)}",
        window=f"{first} – {last}",
        today=present.day(board.today),
        illustrative=_(present.ILLUSTRATIVE) if report.illustrative else "",
        counts=counts_text(counts_of(board.figures), _),
        year=str(report.period.last_year),
        months=tuple(str(month.first_month) for month in board.months),
        groups=tuple(_groups(board, by, _)),
        legend=tuple(_legend(_)),
        missing=tuple(_absent(report.plan, absent, _)),
        missing_count=len(absent),
        came_late=tuple(_came_late(report.plan, late, _)),
        coming=tuple(coming_lines(board, _)),
        tasks=tuple(task_line(report.plan, one, _) for one in board.tasks),
    )


def _legend(_: Translate) -> Iterator[LegendEntry]:
    yield from (LegendEntry(sign, _(WORDS[state])) for state, sign in SIGNS.items())
    yield LegendEntry(CAME_LATE, _(mark("there, but it came late")))


_LISTED = frozenset({CellState.LATE, CellState.MISSING, CellState.AWAITING})


# counts


def counts_text(counts: Counts, _: Translate) -> str:
    """Return how many figures are there of those that are expected, and what is open of them."""
    there = _(mark("figures there: {there} of {expected}")).format(there=counts.there, expected=counts.expected)
    return " · ".join([there, *open_words(counts, _)])


def open_words(counts: Counts, _: Translate) -> list[str]:
    """Return each sort of open figure with its count; what does not occur is left out."""
    named = (
        (mark("overdue: {count}"), counts.late),
        (mark("missing: {count}"), counts.missing),
        (mark("awaiting announcement: {count}"), counts.awaiting),
        (mark("provisional: {count}"), counts.provisional),
        (mark("not confirmed: {count}"), counts.unconfirmed),
        (mark("came late: {count}"), counts.came_late),
    )
    return [_(message).format(count=count) for message, count in named if count]


# the matrix


def _groups(board: Board, by: By, _: Translate) -> Iterator[BoardGroup]:
    """Yield the groups in the plan's order; of the board of one owner what others answer for stands last, by them."""
    plan, chosen = board.report.plan, board.report.selection.owner
    names = {area.id: area.title for area in plan.areas}
    if by is By.OWNER:
        names = {owner.id: owner.name for owner in plan.owners}
    own = [row for row in board.rows if chosen in {None, row.indicator.owner}]
    others = [row for row in board.rows if chosen not in {None, row.indicator.owner}]
    for key, title in names.items():
        rows = [row for row in own if _key(row, by) == key]
        if rows:
            yield _group(title, rows, _)
    for owner in plan.owners:
        joined = [row for row in others if row.indicator.owner == owner.id]
        if joined:
            yield _group(_(mark("Joining in; {owner} answers")).format(owner=owner.name), joined, _)


def _key(row: Row, by: By) -> str | None:
    return row.indicator.owner if by is By.OWNER else row.indicator.area


def _group(title: str, rows: Sequence[Row], _: Translate) -> BoardGroup:
    counts = counts_of(figure for row in rows for figure in row.figures if figure is not None)
    about = ", ".join(open_words(counts._replace(provisional=0, unconfirmed=0, came_late=0), _))
    return BoardGroup(title, about, tuple(_matrix_row(row) for row in rows))


def _matrix_row(row: Row) -> MatrixRow:
    return MatrixRow(row.indicator.id, row.indicator.name, tuple(map(_sign, row.figures)))


def _sign(figure: Figure | None) -> Sign:
    state = figure.state if figure is not None else CellState.NOT_MEASURED
    came_late = figure is not None and figure.there and figure.late
    return Sign(SIGNS[state] + (CAME_LATE if came_late else ""), state)


# what is not there, or came late


def _absent(plan: Plan, figures: Iterable[Figure], _: Translate) -> Iterator[Absent]:
    """Yield a row for the figures of each indicator that are not there in the same way, with the first due day."""
    for (_id, state), group in groupby(figures, key=lambda one: (one.indicator.id, one.state)):
        own = list(group)
        indicator = own[0].indicator
        owner = owner_name(plan, indicator.owner)
        yield Absent(indicator.id, indicator.name, _periods(own, _), owner, _due(own[0]), _said(own[0], state, _))


def _said(figure: Figure, state: CellState, _: Translate) -> str:
    if state is CellState.LATE and figure.due_on is not None:
        return _(mark("overdue since {day}")).format(day=present.day(day_after(figure.due_on)))
    return _(WORDS[state])


def _came_late(plan: Plan, figures: Iterable[Figure], _: Translate) -> Iterator[Absent]:
    for figure in figures:
        indicator = figure.indicator
        given = present.day(figure.provided_on) if figure.provided_on is not None else ""
        owner = owner_name(plan, indicator.owner)
        yield Absent(indicator.id, indicator.name, _periods([figure], _), owner, _due(figure), given)


def _periods(figures: Sequence[Figure], _: Translate) -> str:
    return periods_title([figure.period for figure in figures], _)


def _due(figure: Figure) -> str:
    return present.day(figure.due_on) if figure.due_on is not None else ""


# what comes


def coming_lines(board: Board, _: Translate) -> Iterator[str]:
    """Yield what is due next, by frequency: figures that became overdue meanwhile together, then each period alone."""
    for frequency in Frequency:
        own = [one for one in board.coming if one.period.frequency is frequency]
        late = [one for one in own if one.late]
        if late:
            yield _late_line(late, _)
        yield from (coming_line(one, _) for one in own if not one.late)
    if board.next_report is not None:
        period, due = board.next_report
        text = _(mark("Report on {period}: due on {day}"))
        yield text.format(period=present.period_title(period, _), day=present.day(due))


def _late_line(late: Sequence[Coming], _: Translate) -> str:
    count = sum(len(one.open) for one in late)
    since = late[0].due_on
    text = _(mark("{periods}: overdue since {day} (figures: {count})"))
    return text.format(
        periods=capital(periods_title([one.period for one in late], _)),
        count=count,
        day=present.day(day_after(since)) if since is not None else "",
    )


def coming_line(one: Coming, _: Translate) -> str:
    """Return how many figures about a period are still to come, and by when."""
    title, count = capital(present.period_title(one.period, _)), len(one.open)
    if one.due_on is None:
        return _(mark("{period} (figures: {count})")).format(period=title, count=count)
    text = _(mark("{period}: due on {day} (figures: {count})"))
    return text.format(period=title, count=count, day=present.day(one.due_on))


def task_line(plan: Plan, one: TaskDue, _: Translate) -> str:
    """Return a task that is due, with its owner, its day and how far it has come."""
    task = one.result.task
    text = _(mark("{ref} {title} ({owner}): by {day}, {state}"))
    return text.format(
        ref=task.ref,
        title=task.title,
        owner=owner_name(plan, task.owner),
        day=present.day(one.due_on),
        state=task_word(one.result._replace(late=one.late), _),
    )
