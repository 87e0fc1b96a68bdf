"""JSON lines to figures, as `export -f jsonl` writes them: an object a line, everything in the way told by its line."""

from pathlib import Path
from typing import NamedTuple

from cchc.commands import batch
from cchc.commands.cells import How, Refusal, TwiceThere, record_cells
from cchc.commands.figure import Beside
from cchc.commands.measure import Outcome, TypedTwice
from cchc.core.errors import CommandError, UsageError
from cchc.core.progress import watched
from cchc.texts import mark


class Lines(NamedTuple):
    """JSON lines: the name of their file and their text."""

    name: str
    text: str

    def place(self, line: int) -> str:
        """Return the name by which people find a line: `so-lieu.jsonl:12`."""
        return f"{self.name}:{line}"


class MappingOfLines(UsageError):
    """An import file named for JSON lines, which need none."""

    def __init__(self) -> None:
        super().__init__(
            mark("JSON lines name themselves what each value is, so no import file is used"),
            mark("Leave out --mapping."),
        )


def record_lines(root: Path, lines: Lines, period: str, beside: Beside, how: How) -> Outcome:
    """Write the figures of JSON lines, all or none; CellsRefused names every line in the way.

    What a line does not say is filled from `period` and `beside`.
    """
    read = watched(batch.json_lines(lines.text), how.progress, lines.text.count("\n"))
    rows, refused = batch.rows_of(read, period, beside)
    if not rows and not refused:
        raise batch.EmptyBatch

    def refusal(line: int, error: CommandError) -> Refusal:
        return Refusal(line, 0, lines.place(line), error)

    def placed(at: int, error: CommandError) -> Refusal:
        if isinstance(error, TypedTwice):
            error = TwiceThere(error, lines.place(rows[error.line - 1].line))
        return refusal(rows[at].line, error)

    refusals = [refusal(line, error) for line, error in refused]
    return record_cells(root, [row.figure for row in rows], refusals, how, placed)
