"""The board at the terminal: verdicts, the matrix of figures, what is missing or late, what comes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cchc.core.board import Board, CellState
from cchc.core.results import Evaluation, Status
from cchc.texts import Translate, mark
from cchc.views import present
from cchc.views.excerpt import inert
from cchc.views.screen import Cell, Screen, Style, shortened, spark, table
from cchc.views.standing import Absent, BoardGroup, BoardPage, By, MatrixRow, Sign, page_of
from cchc.views.wrapping import width_of

NARROW = 70  # columns below which the verdicts stand without targets and courses
MONTH = 3  # cells of a month in the matrix: the sign, a mark, a blank
STICKY = "\u00a0"  # keeps a sign on the line of its word
LEAST_NAME = 18  # cells of an indicator's id before the months go into blocks

_STYLES: Mapping[Status, Style] = {
    Status.MET: Style.GOOD,
    Status.ON_TRACK: Style.GOOD,
    Status.MISSED: Style.BAD,
    Status.BEHIND: Style.BAD,
    Status.NO_DATA: Style.OPEN,
    Status.AWAITING: Style.OPEN,
}
_SIGNS: Mapping[Status, str] = {  # colour never carries meaning alone
    Status.MET: "✓",
    Status.ON_TRACK: "✓",
    Status.MISSED: "✗",
    Status.BEHIND: "✗",
    Status.NO_DATA: "?",
    Status.AWAITING: "?",
}
_CELLS: Mapping[CellState, Style] = {
    CellState.PROVIDED: Style.GOOD,
    CellState.NOTHING_AROSE: Style.GOOD,
    CellState.PROVISIONAL: Style.OPEN,
    CellState.UNCONFIRMED: Style.OPEN,
    CellState.MISSING: Style.WARNING,
    CellState.LATE: Style.BAD,
    CellState.AWAITING: Style.OPEN,
    CellState.NOT_DUE: Style.DIM,
    CellState.NOT_MEASURED: Style.DIM,
}


class _Shape(NamedTuple):
    """How the matrix fits the screen: the cells of the first column, and how many months stand in a block."""

    name: int
    months: int


def board_text(board: Board, by: By, _: Translate, screen: Screen) -> str:
    """Return the dashboard in lines that are no longer than the screen is wide."""
    page = page_of(board, by, _)
    lines = [
        *_heading(page, screen),
        *_verdicts(board, _, screen),
        "",
        *_matrix(page, _, screen),
        *_absent(page.missing, page.missing_count, (mark("Missing figures"), mark("State")), _, screen),
        *_absent(page.came_late, len(page.came_late), (mark("Figures that came late"), mark("Provided")), _, screen),
        *_listed(mark("What is due next"), page.coming, _, screen),
        *_listed(mark("Tasks due"), page.tasks, _, screen),
    ]
    return "\n".join(lines) + "\n"


def _heading(page: BoardPage, screen: Screen) -> Iterator[str]:
    title, window = inert(page.title), f"  ({page.window})"
    if width_of(title + window) <= screen.width:
        yield f"{screen.painted(title, Style.BOLD)}{window}"
    else:
        yield from screen.lines(title, Style.BOLD)
        yield from screen.lines(window.strip())
    if page.illustrative:
        yield from screen.lines(page.illustrative, Style.WARNING)


# verdicts


def _verdicts(board: Board, _: Translate, screen: Screen) -> Iterator[str]:
    counts = board.report.summary
    words = [f"{_sign(name)}{present.summary_word(name, _)}: {count}" for name, count in counts.items() if count]
    if not words:
        yield from screen.lines(_(mark("No indicator belongs here.")))
        return
    yield from screen.lines(" · ".join(words))
    wide = screen.width >= NARROW
    headings = [mark("Indicator"), mark("Actual"), mark("Target"), mark("12 months"), mark("Verdict")]
    shown = headings if wide else [headings[0], headings[1], headings[4]]
    rows = [_verdict(board, result, _, wide=wide) for result in board.report.indicators]
    yield from table(screen, [_(heading) for heading in shown], rows)


def _sign(name: str) -> str:
    signs = {str(status): sign for status, sign in _SIGNS.items()}
    return f"{signs[name]} " if name in signs else ""


def _verdict(board: Board, result: Evaluation, _: Translate, *, wide: bool) -> Sequence[Cell]:
    indicator = result.indicator
    actual = "" if result.actual is None or indicator.kind == "narrative" else present.actual_text(result, _)
    sign = _SIGNS.get(result.status, " ")
    verdict = Cell(f"{sign} {present.status_text(result, _)}", _STYLES.get(result.status, Style.PLAIN))
    if not wide:
        return [Cell(indicator.id), Cell(actual), verdict]
    target = present.target_text(indicator, result.target, _) if result.target is not None else ""
    return [Cell(indicator.id), Cell(actual), Cell(target), Cell(spark(board.courses[indicator.id])), verdict]


# the matrix


def _matrix(page: BoardPage, _: Translate, screen: Screen) -> Iterator[str]:
    title = _(mark("Figures by month of {year}, as of {day}")).format(year=page.year, day=page.today)
    yield from screen.lines(title, Style.BOLD)
    yield from screen.lines(page.counts)
    if not page.groups:
        return
    shape = _shape(page, screen.width)
    for start in range(0, len(page.months), shape.months):
        block = slice(start, start + shape.months)
        yield _matrix_head(page, block, shape, _, screen)
        for group in page.groups:
            yield from _matrix_group(group, block, shape, screen)
    yield from screen.lines(", ".join(f"{one.sign}{STICKY}{one.word}" for one in page.legend))


def _shape(page: BoardPage, width: int) -> _Shape:
    longest = max(width_of(row.id) for group in page.groups for row in group.rows)
    least = min(longest, LEAST_NAME, width // 2)
    months = min(len(page.months), (width - least - 1) // MONTH)
    return _Shape(min(longest, width - 1 - MONTH * months), months)


def _matrix_head(page: BoardPage, block: slice, shape: _Shape, _: Translate, screen: Screen) -> str:
    name = _padded(shortened(_(mark("Month")), shape.name), shape.name)
    months = "".join(f"{month:<{MONTH}}" for month in page.months[block])
    return screen.painted(f"{name} {months}".rstrip(), Style.BOLD)


def _matrix_group(group: BoardGroup, block: slice, shape: _Shape, screen: Screen) -> Iterator[str]:
    title = f"{group.title} ({group.about})" if group.about else group.title
    yield from screen.lines(inert(title), Style.BOLD)
    for row in group.rows:
        yield _matrix_row(row, block, shape, screen)


def _matrix_row(row: MatrixRow, block: slice, shape: _Shape, screen: Screen) -> str:
    signs = "".join(_cell(sign, screen) for sign in row.signs[block])
    return f"{_padded(shortened(inert(row.id), shape.name), shape.name)} {signs}".rstrip()


def _cell(sign: Sign, screen: Screen) -> str:
    return screen.painted(sign.text, _CELLS[CellState(sign.state)]) + " " * (MONTH - len(sign.text))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


# lists


def _absent(rows: Sequence[Absent], count: int, words: tuple[str, str], _: Translate, screen: Screen) -> Iterator[str]:
    if not rows:
        return
    title, last = words
    yield ""
    yield from screen.lines(f"{_(title)}: {count}", Style.BOLD)
    if screen.width < NARROW:
        for row in rows:
            parts = [row.id, row.period, row.owner, row.said or row.due]
            yield from screen.lines(f"- {inert(' – '.join(filter(None, parts)))}", indent="  ")
        return
    headings = [_(mark("Indicator")), _(mark("Period")), _(mark("Owner")), _(mark("Due")), _(last)]
    cells = [[Cell(text) for text in (row.id, row.period, row.owner, row.due, row.said)] for row in rows]
    yield from table(screen, headings, cells)


def _listed(title: str, lines: Sequence[str], _: Translate, screen: Screen) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield from screen.lines(f"{_(title)}:", Style.BOLD)
    for line in lines:
        yield from screen.lines(f"- {inert(line)}", indent="  ")
