"""What makes a report a paper: its number once it is issued, who signs, what it replaces, what it was made from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cchc.core.model import Closing, IssuedReport, Plan, ReportHead, Signatory
from cchc.core.periods import Period

LEFT_BLANK = "–"  # stands in a record where the name is left to be written by hand


class Revision(NamedTuple):
    """The last commit that touched plan/, data/ or templates/: its short name and day; whether they are as in it."""

    commit: str
    day: str
    clean: bool


class Signing(NamedTuple):
    """The block of a signature: the lines above the name, and the name, empty where it is not known."""

    lines: tuple[str, ...]
    name: str

    @property
    def record(self) -> str:
        """The block in one line, as data/reports.yaml keeps it."""
        return " / ".join((*self.lines, self.name or LEFT_BLANK))

    @classmethod
    def of_record(cls, text: str) -> "Signing":
        """Return the block that a record keeps; a text of another form is a name."""
        *lines, name = text.split(" / ")
        return cls(tuple(lines), "" if name == LEFT_BLANK else name)


class Closed(NamedTuple):
    """The closing in force of the period, and whether it still holds."""

    closing: Closing
    holds: bool


class Paper(NamedTuple):
    """A report as a paper; without `issued` a draft.

    `outdated`: it was issued, but what it rests on has changed since. `digest`: of the figures that it rests on,
    `texts`: of what it says of tasks and in remarks, both in hexadecimal.
    """

    issued: IssuedReport | None = None
    replaces: IssuedReport | None = None
    outdated: IssuedReport | None = None
    signing: Signing | None = None
    digest: str = ""
    texts: str = ""
    revision: Revision | None = None
    closed: Closed | None = None


DRAFT = Paper()


def in_force(reports: Sequence[IssuedReport], reads: Callable[[Period], bool]) -> tuple[IssuedReport, ...]:
    """Return the reports that are in force of the periods for which `reads` holds, in the order of the record."""
    periods = dict.fromkeys(one.period for one in reports if reads(one.period))
    return tuple(found for found in (current(reports, at) for at in periods) if found is not None)


def current(reports: Iterable[IssuedReport], period: Period) -> IssuedReport | None:
    """Return the report of a period that is in force: the last that no other replaces."""
    known = [report for report in reports if report.period == period]
    replaced = {same_number(report.replaces) for report in known if report.replaces}
    return next((report for report in reversed(known) if same_number(report.number) not in replaced), None)


def numbered(reports: Iterable[IssuedReport], number: str, year: int) -> IssuedReport | None:
    """Return the report that bears a number in a year; numbers begin anew each year."""
    wanted = same_number(number)
    return next((one for one in reports if same_number(one.number) == wanted and one.date.year == year), None)


def same_number(number: str) -> str:
    """Return a number in the one form in which two are compared: 5/bc-ubnd and 05/BC-UBND are the same."""
    digits, slash, symbol = number.strip().casefold().partition("/")
    return f"{digits.strip().lstrip('0')}{slash}{symbol.strip()}"


def signing(plan: Plan, month: Period, *, deputy: bool = False) -> Signing | None:
    """Return who signs in a month: the first in office, with `deputy` the first deputy in office.

    Where the plan names no deputy, the lines are the law's (NĐ 30/2020/NĐ-CP, Phụ lục I) and the name is left blank.
    """
    head = plan.head.report
    chief = next(_in_office(head, month, deputies=False), None)
    if not deputy:
        return _block(chief) if chief is not None else None
    second = next(_in_office(head, month, deputies=True), None)
    if second is not None:
        return _block(second)
    return Signing((chief.authority, f"KT. {chief.position}", f"PHÓ {chief.position}"), "") if chief else None


def _in_office(head: ReportHead | None, month: Period, *, deputies: bool) -> Iterator[Signatory]:
    for who in head.signatories if head is not None else ():
        begun = who.first is None or who.first <= month
        if begun and (who.last is None or month <= who.last) and (who.substitutes is not None) == deputies:
            yield who


def _block(who: Signatory) -> Signing:
    lines = (who.authority, *((f"KT. {who.substitutes}",) if who.substitutes else ()), who.position)
    return Signing(lines, who.name or "")


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    return Period.month(day.year, day.month)
