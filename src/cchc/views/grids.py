"""The columns of Word tables whose number a template's `{%tc for %}` decides: their widths, made anew.

What fills templates keeps the widths of the statement's own narrow cells. Here the columns outside the loop keep the
template's widths and those that it made share the room of its three cells.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = "loop"  # an attribute of ours, only between `marked` and `fitted`


class Loop(NamedTuple):
    """A table with a loop over columns: the widths before and after it, and the room that it fills."""

    before: Sequence[int]
    after: Sequence[int]
    room: int


def marked(body: Any) -> list[Loop]:
    """Return the tables of a template with a loop over columns, each marked with its place in the list."""
    loops: list[Loop] = []
    for table in body.iter(f"{_W}tbl"):
        row = next(filter(_has_loop, table.findall(f"{_W}tr")), None)
        grid = [int(column.get(f"{_W}w", 0)) for column in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
        if row is not None and len(grid) == len(row.findall(f"{_W}tc")):
            at = [place for place, text in enumerate(_texts(row)) if text.startswith("{%tc")]
            first, last = at[0], at[-1] + 1
            table.find(f"{_W}tblPr").set(_MARK, str(len(loops)))
            loops.append(Loop(grid[:first], grid[last:], sum(grid[first:last])))
    return loops


def _has_loop(row: Any) -> bool:
    return any(text.startswith("{%tc") for text in _texts(row))


def _texts(row: Any) -> Iterator[str]:
    """Yield the text of each cell of a row, not that of tables in it."""
    for cell in row.findall(f"{_W}tc"):
        yield "".join(text.text or "" for own in cell.findall(f"{_W}p") for text in own.iter(f"{_W}t")).strip()


def fitted(body: Any, loops: Sequence[Loop]) -> None:
    """Give the columns of marked tables their widths, and take the marks away."""
    for table in body.iter(f"{_W}tbl"):
        place = table.find(f"{_W}tblPr").attrib.pop(_MARK, None)
        if place is not None:
            _fit(table, loops[int(place)])


def _fit(table: Any, loop: Loop) -> None:
    rows = [[(cell, _span(cell)) for cell in row.findall(f"{_W}tc")] for row in table.findall(f"{_W}tr")]
    count = max((sum(span for _, span in row) for row in rows), default=0) - len(loop.before) - len(loop.after)
    if count < 1:
        return
    widths = [*loop.before, *[loop.room // count] * count, *loop.after]
    grid = table.find(f"{_W}tblGrid")
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.append(grid.makeelement(f"{_W}gridCol", {f"{_W}w": str(width)}))
    for row in rows:
        at = 0
        for cell, span in row:
            _set_width(cell, sum(widths[at : at + span]))
            at += span


def _span(cell: Any) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if found is None else int(found.get(f"{_W}val", 1))


def _set_width(cell: Any, width: int) -> None:
    found = cell.find(f"{_W}tcPr/{_W}tcW")
    if found is not None:
        found.set(f"{_W}w", str(width))
        found.set(f"{_W}type", "dxa")
