"""What is asked of `report`, as it was typed."""

from datetime import date
from typing import NamedTuple


class Issue(NamedTuple):
    """Number and day as they were typed, and whether a deputy signs."""

    number: str
    date: str | None
    deputy: bool = False


class ReportRequest(NamedTuple):
    """What is to be reported: the period as it was typed, what it is limited to, and as of which revision.

    `amends`: the number of the issued report that this one replaces. `issue`: number, day and signatory of its own.
    """

    period: str
    area: str | None = None
    owner: str | None = None
    allow_problems: bool = False
    today: date | None = None
    at: str | None = None
    amends: str | None = None
    issue: Issue | None = None
