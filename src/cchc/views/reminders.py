"""What an owner is to be reminded of, in plain text that can be pasted into a chat or a letter."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from cchc.core.agenda import Coming, TaskDue
from cchc.core.board import Board, CellState, Figure
from cchc.core.model import Owner
from cchc.core.periods import Period, day_after
from cchc.texts import Translate, mark
from cchc.views import present
from cchc.views.excerpt import inert
from cchc.views.present.numbers import periods_title
from cchc.views.present.rows import capital
from cchc.views.standing import coming_line, task_line

COMMANDS = 3  # of the newest periods that a reminder spells out


class Reminder(NamedTuple):
    """What is open of one owner: figures that are overdue or missing, that may still change, that nobody has checked.

    `answers`: the owner answers for figures; bodies that only join in, or are only asked, are never late.
    """

    owner: Owner
    answers: bool
    overdue: tuple[Figure, ...]
    missing: tuple[Figure, ...]
    provisional: tuple[Figure, ...]
    unconfirmed: tuple[Figure, ...]
    coming: tuple[Coming, ...]
    tasks: tuple[TaskDue, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to remind of; what comes in its time is no reason yet."""
        return not (self.overdue or self.missing or self.provisional or self.tasks)


def reminder_of(board: Board, owner: Owner) -> Reminder:
    """Return what is open of an owner on the board of everybody."""
    own = [figure for figure in board.figures if figure.indicator.owner == owner.id]
    wanted = [figure for figure in board.wanted if figure.indicator.owner == owner.id]
    return Reminder(
        owner=owner,
        answers=owner.id in board.report.plan.answering,
        overdue=tuple(figure for figure in wanted if figure.state is CellState.LATE),
        missing=tuple(figure for figure in wanted if figure.state is CellState.MISSING),
        provisional=tuple(figure for figure in own if figure.provisional),
        unconfirmed=tuple(figure for figure in own if figure.unconfirmed and not figure.provisional),
        coming=tuple(_coming_of(board, owner.id)),
        tasks=tuple(one for one in board.tasks if one.result.task.owner == owner.id and not one.result.task.requested),
    )


def _coming_of(board: Board, owner: str) -> Iterator[Coming]:
    """Yield what is due next of an owner, without what is already missing or late."""
    wanted = {(figure.indicator.id, figure.period) for figure in board.since}
    for one in board.coming:
        own = tuple(entry for entry in one.open if entry.owner == owner and (entry.id, one.period) not in wanted)
        if own:
            yield one._replace(open=own)


# one owner


def reminder_text(board: Board, one: Reminder, _: Translate) -> str:
    """Return a polite text to one owner: what is open since when, what is due by when, how to provide it."""
    lines = [*_mark_lines(board, _), _(mark("To: {owner}")).format(owner=inert(one.owner.name)), ""]
    if one.is_empty:
        lines += [_nothing(board, _), *_coming_lines(one, _)]
    else:
        text = _(mark("As of {day}, we kindly ask you to provide or complete what the {plan} still needs of you:"))
        lines += [text.format(day=present.day(board.today), plan=inert(board.report.plan.head.title))]
        lines += [*_open(board, one, _), *_coming_lines(one, _), *_how(one, _)]
    lines += ["", _(mark("Thank you very much.")), inert(board.report.plan.head.unit.authority)]
    return "\n".join(lines) + "\n"


def _mark_lines(board: Board, _: Translate) -> list[str]:
    return [_(present.ILLUSTRATIVE), ""] if board.report.illustrative else []


def _nothing(board: Board, _: Translate) -> str:
    text = _(mark("As of {day}, no figure or task of yours is missing or late, and nothing is to be completed."))
    return text.format(day=present.day(board.today))


def _open(board: Board, one: Reminder, _: Translate) -> Iterator[str]:
    """Yield the sections of what is open, numbered."""
    sections = (
        (mark("Overdue figures: {count}"), _overdue_lines(one, _), len(one.overdue)),
        (mark("Figures still missing: {count}"), _figure_lines(one.missing, _), len(one.missing)),
        (
            mark("Provisional figures, to be made final: {count}"),
            _figure_lines(one.provisional, _),
            len(one.provisional),
        ),
        (
            mark("Figures that nobody has confirmed yet: {count}"),
            _periods_lines(one.unconfirmed, _),
            len(one.unconfirmed),
        ),
        (mark("Tasks due: {count}"), _task_lines(board, one, _), len(one.tasks)),
    )
    shown = [(title, lines, count) for title, lines, count in sections if count]
    for number, (title, lines, count) in enumerate(shown, start=1):
        yield ""
        yield f"{number}. {_(title).format(count=count)}"
        yield from lines


def _overdue_lines(one: Reminder, _: Translate) -> list[str]:
    return list(_open_lines(one.overdue, mark("{periods}; due on {day}, overdue since {since}"), _))


def _figure_lines(figures: Sequence[Figure], _: Translate) -> list[str]:
    return list(_open_lines(figures, mark("{periods}; due on {day}"), _))


def _open_lines(figures: Sequence[Figure], message: str, _: Translate) -> Iterator[str]:
    """Yield the indicators with what is open of them: a line for each due day, below all of which it is the same."""
    for group in _alike(figures):
        names = [f"{inert(own[0].indicator.name)} ({own[0].indicator.id})" for own in group]
        said = [_due_text(list(due), message, _) for _day, due in groupby(group[0], key=lambda one: one.due_on)]
        if len(said) == 1:
            yield from (f"- {name}: {said[0]}" for name in names)
            continue
        *others, last = names
        yield from (f"- {name};" for name in others)
        yield f"- {last}:"
        yield from (f"  + {text}" for text in said)


def _alike(figures: Sequence[Figure]) -> list[list[list[Figure]]]:
    """Return the figures of each indicator, the oldest first, those together of which the same periods are open."""
    rows: dict[str, list[Figure]] = {}
    for figure in figures:
        rows.setdefault(figure.indicator.id, []).append(figure)
    groups: dict[tuple[Period, ...], list[list[Figure]]] = {}
    for own in rows.values():
        own.sort(key=lambda figure: _order(figure.period))
        groups.setdefault(tuple(figure.period for figure in own), []).append(own)
    return list(groups.values())


def _due_text(figures: Sequence[Figure], message: str, _: Translate) -> str:
    """Return the periods that are due on one day, and that day."""
    periods, due = periods_title([figure.period for figure in figures], _), figures[0].due_on
    if due is None:
        return periods
    return _(message).format(periods=periods, day=present.day(due), since=present.day(day_after(due)))


def _periods_lines(figures: Sequence[Figure], _: Translate) -> list[str]:
    """Return a line for each period with the number of figures."""
    ordered = sorted((figure.period for figure in figures), key=_order)
    text = _(mark("{period} (figures: {count})"))
    return [
        f"- {text.format(period=capital(present.period_title(period, _)), count=len(list(group)))}"
        for period, group in groupby(ordered)
    ]


def _order(period: Period) -> tuple[int, int]:
    return (period.last, -period.first)


def _task_lines(board: Board, one: Reminder, _: Translate) -> list[str]:
    return [f"- {inert(task_line(board.report.plan, task, _))}" for task in one.tasks]


def _coming_lines(one: Reminder, _: Translate) -> Iterator[str]:
    """Yield what is due in its time."""
    if one.coming:
        yield ""
        yield _(mark("What is due next:"))
        yield from (f"- {coming_line(each, _)}" for each in one.coming)


def _how(one: Reminder, _: Translate) -> Iterator[str]:
    """Yield how figures are provided: at the terminal, or by a form to fill in."""
    figures = [*one.overdue, *one.missing, *one.provisional]
    periods = sorted({figure.period for figure in figures}, key=_order)
    if not periods:
        return
    yield ""
    yield _(mark("How to provide figures (as numerator/denominator or a value; 0/0 where nothing arose):"))
    for period in periods[-COMMANDS:]:
        yield f"- cchc add-measure --owner {one.owner.id} -p {period.label}"
    if len(periods) > COMMANDS:
        yield "- " + _(mark("and in the same way for each other period named above"))
    text = _(mark("or fill in the form and send it back: {command}"))
    newest = periods[-1].label
    yield f"- {text.format(command=f'cchc form {newest} --owner {one.owner.id} -o {newest}.xlsx')}"


# everybody


def overview_text(board: Board, reminders: Sequence[Reminder], _: Translate) -> str:
    """Return what is open of each owner, first as counts, for those who follow and chase all."""
    title = _(mark("What is open in the figures of the {plan}, as of {day}"))
    lines = [
        *_mark_lines(board, _),
        title.format(plan=inert(board.report.plan.head.title), day=present.day(board.today)),
        "",
        *(_overview_line(number, one, _) for number, one in enumerate(reminders, start=1)),
    ]
    for one in reminders:
        if not one.is_empty:
            lines += ["", f"{inert(one.owner.name).upper()}", *_open(board, one, _)]
    if all(one.is_empty for one in reminders):
        lines += ["", _(mark("Nobody is to be reminded of anything."))]
    return "\n".join(lines) + "\n"


def _overview_line(number: int, one: Reminder, _: Translate) -> str:
    line = _(mark("{number}. {owner} ({id}): {said}"))
    return line.format(number=number, owner=inert(one.owner.name), id=one.owner.id, said=_said(one, _))


def _said(one: Reminder, _: Translate) -> str:
    """Return the counts of what is open, or that nothing is."""
    named = (
        (mark("overdue: {count}"), len(one.overdue)),
        (mark("missing: {count}"), len(one.missing)),
        (mark("provisional: {count}"), len(one.provisional)),
        (mark("not confirmed: {count}"), len(one.unconfirmed)),
        (mark("tasks due: {count}"), len(one.tasks)),
    )
    words = [_(message).format(count=count) for message, count in named if count]
    if words:
        return ", ".join(words)
    return _(mark("nothing is open")) if one.answers else _(mark("only joins in, or is only asked: never late"))
