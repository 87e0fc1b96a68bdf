"""`audit --digest`: which closings, reports and figures a code that was typed from paper fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, plan_of, source_of
from cchc.core import closing
from cchc.core.digest import digest
from cchc.core.errors import UsageError
from cchc.core.model import Closing, Dataset, IssuedReport
from cchc.core.periods import Period
from cchc.texts import mark
from cchc.workspace import lists
from cchc.workspace.load import load

LEAST_DIGITS = 8  # of a code from paper: fewer could fit by chance


class BadCode(UsageError):
    """A code that is none."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is no code of a sheet"),
            mark("Type its digits (0 to 9, a to f), at least {least}; blanks do not count."),
            typed=typed,
            least=LEAST_DIGITS,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """A closing or a report whose digest begins with a code, and whether the figures of today still have it."""

    record: Closing | IssuedReport
    holds: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """What a code from paper fits: records, and periods of which the figures of today have it."""

    code: str
    matches: tuple[Match, ...]
    periods: tuple[Period, ...]


def check_code(root: Path, typed: str, at: str | None = None) -> CodeCheck:
    """Return what a code fits, as it was typed from a sheet."""
    code = "".join(typed.split()).casefold()
    if len(code) < LEAST_DIGITS or not set(code) <= set("0123456789abcdef"):
        raise BadCode(typed)
    source = source_of(root, at)
    loaded = load(source)
    plan_of(loaded)
    bad = loaded.errors_in("data/")
    if loaded.data is None or [problem for problem in bad if not problem.code.startswith("E6")]:
        raise FilesHaveErrors(bad)
    data = loaded.data
    records: list[Closing | IssuedReport] = [*lists.closed(source)[0], *lists.issued(source)[0]]
    fitting = [record for record in records if (record.digest or "").startswith(code)]
    now = {period: digest(data, period) for period in dict.fromkeys(record.period for record in records)}
    matches = tuple(_match(data, record, now[record.period]) for record in fitting)
    known = {record.period for record in fitting}
    others = tuple(
        found for found in _reportable(data) if found not in known and _digest_of(data, found, now).startswith(code)
    )
    return CodeCheck(code, matches, others)


def _match(data: Dataset, record: Closing | IssuedReport, now: str) -> Match:
    same = record.digest == now
    if isinstance(record, Closing):
        return Match(record, closing.stands(data, record), corrected=not same)
    return Match(record, same, corrected=False)


def _digest_of(data: Dataset, period: Period, known: Mapping[Period, str]) -> str:
    return known.get(period) or digest(data, period)


def _reportable(data: Dataset) -> list[Period]:
    """Return the periods that reports may be about, of those with figures."""
    files = [file.period for file in data.files.values() if file.measurements]
    wider = {part for found in files for part in closing.reporting_periods(data.plan, found)}
    return sorted(wider, key=lambda one: (one.last, one.first))
