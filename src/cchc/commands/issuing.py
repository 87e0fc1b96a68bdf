"""Issuing a report: number and day, who signs, what it replaces, and the record of it in data/reports.yaml."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, revision_of
from cchc.commands.request import Issue, ReportRequest
from cchc.core.closing import closing_of, stands
from cchc.core.digest import digest, texts_digest
from cchc.core.errors import UsageError, WorldError
from cchc.core.model import Dataset, IssuedReport
from cchc.core.paper import Closed, Paper, Signing, current, month_of, numbered, same_number, signing
from cchc.core.periods import Frequency, Period, reference_ending
from cchc.core.report import needed
from cchc.core.results import EVERYTHING, Report
from cchc.core.scalars import Unfit, parse_date
from cchc.texts import mark
from cchc.workspace import lists
from cchc.workspace.files import Disk, Files
from cchc.workspace.styles import Value

FILE = "data/reports.yaml"
_NUMBER = re.compile(r"\s*([0-9]{1,5})\s*(?:/\s*(\S+))?\s*")
LEAST_DIGITS = 2  # numbers below 10 take a zero (NĐ 30/2020/NĐ-CP, Phụ lục I)


class BadNumber(UsageError):
    """A number that is none, or has another symbol than the plan's."""

    def __init__(self, typed: str, symbol: str) -> None:
        super().__init__(
            mark("“{typed}” is not the number of a report"), mark("Type it as 45/{symbol}."), typed=typed, symbol=symbol
        )


class BadDay(UsageError):
    """A day of issue that is missing, none, or lies before the period."""

    def __init__(self, typed: str | None, first: date) -> None:
        super().__init__(
            mark("--issue needs the day of issue") if typed is None else mark("“{typed}” cannot be the day of issue"),
            mark("Type it behind --date as year-month-day, not before {first}."),
            typed=typed or "",
            first=str(first),
        )


class NotIssuable(UsageError):
    """What was asked for is not a whole report of real figures as they stand."""

    def __init__(self, message: str) -> None:
        super().__init__(message, mark("Issue the whole report of the period without it."))


class MadeUp(WorldError):
    """Made-up figures are never issued."""

    def __init__(self) -> None:
        super().__init__(
            mark("the figures are made up: such a report is not issued"),
            mark("Begin with the plan alone and real figures: cchc init FOLDER --from ."),
        )


class NobodySigns(WorldError):
    """The plan does not say who signs."""

    def __init__(self, month: object) -> None:
        super().__init__(
            mark("plan/plan.yaml names nobody who signs in {month}"),
            mark("Add them to `report: signatories`, with authority, position and name."),
            month=month,
        )


class AlreadyIssued(WorldError):
    """The period's report is out, under another number or with other figures."""

    def __init__(self, standing: IssuedReport) -> None:
        super().__init__(
            mark("the report of this period was issued as No {number} of {date}"),
            mark("A new one replaces it: add --amends {number}. As it was then: --at REVISION."),
            number=standing.number,
            date=str(standing.date),
        )


class NumberTaken(WorldError):
    """The number belongs to another report of that year."""

    def __init__(self, other: IssuedReport) -> None:
        super().__init__(
            mark("No {number} of {date} is the report of {period}"),
            mark("Check the number in the register of documents."),
            number=other.number,
            date=str(other.date),
            period=other.period,
        )


class NothingToAmend(UsageError):
    """The period has no issued report of that number in force."""

    def __init__(self, number: str, standing: IssuedReport | None) -> None:
        super().__init__(
            mark("no report No {number} of this period is in force"),
            mark("In force: No {standing}.") if standing else mark("The period's report has not been issued yet."),
            number=number,
            standing=standing.number if standing else "",
        )


def paper_of(
    root: Path, source: Files, data: Dataset, report: Report, request: ReportRequest
) -> tuple[Paper, IssuedReport | None]:
    """Return the report as a paper: issued, being issued, or a draft; and the record to be made of it, if any."""
    reports, problems = lists.issued(source)
    if problems:
        raise FilesHaveErrors(problems)
    seal, said = digest(data, report.period), texts_digest(data, needed(data.plan, report.period))
    standing = current(reports, report.period)
    draft = Paper(
        signing=signing(data.plan, reference_ending(report.period, Frequency.MONTH)),
        digest=seal,
        texts=said,
        revision=revision_of(root, source, request.at),
        closed=_closed(source, data, report.period),
    )
    if request.issue is not None:
        return _issued(reports, report, request, request.issue, draft)
    if request.amends is not None:
        return draft._replace(replaces=_amended(request.amends, standing, report)), None
    if standing is None or standing.digest is None or report.selection != EVERYTHING or report.illustrative:
        return draft, None  # nothing was issued, or not this, or nobody can tell
    if not _rests_on_the_same(standing, draft):
        return draft._replace(outdated=standing), None
    return _reproduced(reports, standing, draft), None


def _closed(source: Files, data: Dataset, period: Period) -> Closed | None:
    """Return the period's closing; one in a file with errors counts as none, `validate` says what is wrong."""
    closings, problems = lists.closed(source)
    found = closing_of(closings, period) if not problems else None
    return Closed(found, stands(data, found)) if found is not None else None


def _rests_on_the_same(report: IssuedReport, draft: Paper) -> bool:
    """Whether figures and texts are those that a report was issued with; what was not recorded is not compared."""
    return report.digest == draft.digest and report.texts in {None, draft.texts}


def _reproduced(reports: tuple[IssuedReport, ...], standing: IssuedReport, draft: Paper) -> Paper:
    """Return the paper as it was issued."""
    block = Signing.of_record(standing.signed_by) if standing.signed_by else draft.signing
    wanted = same_number(standing.replaces or "")
    earlier = (one for one in reports if one.period == standing.period and same_number(one.number) == wanted)
    old = next(earlier, None)
    return draft._replace(issued=standing, signing=block, replaces=old)


def _issued(
    reports: tuple[IssuedReport, ...], report: Report, request: ReportRequest, issue: Issue, draft: Paper
) -> tuple[Paper, IssuedReport | None]:
    """Return the paper that is being issued and its record; the same again is reproduced and not recorded anew."""
    _must_be_whole(report, request)
    number, day = _number(issue.number, report), _day(issue.date, report)
    standing = current(reports, report.period)
    again = standing is not None and (same_number(standing.number), standing.date) == (same_number(number), day)
    if standing is not None and again and _rests_on_the_same(standing, draft):
        return _reproduced(reports, standing, draft), None
    other = numbered(reports, number, day.year)
    if other is not None and other.period != report.period:
        raise NumberTaken(other)
    if other is not None:
        raise AlreadyIssued(other)
    if standing is not None and request.amends is None:
        raise AlreadyIssued(standing)
    old = _amended(request.amends, standing, report) if request.amends is not None else None
    if old is not None and same_number(old.number) == same_number(number):  # a chain of numbers must not bite its tail
        raise NumberTaken(old)
    if old is not None and day < old.date:
        raise BadDay(issue.date, old.date)
    block = signing(report.plan, month_of(day), deputy=issue.deputy)
    if block is None:
        raise NobodySigns(month_of(day))
    entry = IssuedReport.model_construct(
        period=report.period,
        number=number,
        date=day,
        signed_by=block.record,
        cut_off=_cut_off(report),
        digest=draft.digest,
        texts=draft.texts,
        replaces=old.number if old else None,
        figures=(),
    )
    return draft._replace(issued=entry, signing=block, replaces=old), entry


def _must_be_whole(report: Report, request: ReportRequest) -> None:
    if report.illustrative:
        raise MadeUp
    if report.plan.head.report is None:
        raise NobodySigns(reference_ending(report.period, Frequency.MONTH))
    if report.selection != EVERYTHING:
        raise NotIssuable(mark("a part of a report (--area, --owner) is not issued"))
    if request.at is not None:
        raise NotIssuable(mark("what a past revision says (--at) is not issued now"))
    if request.allow_problems:
        raise NotIssuable(mark("a report on files with errors (--allow-problems) is not issued"))


def _number(typed: str, report: Report) -> str:
    """Return a number with the plan's symbol: 45 and 45/BC-UBND are 45/BC-UBND, 5 is 05/BC-UBND."""
    symbol = report.plan.head.report.symbol if report.plan.head.report else ""
    found = _NUMBER.fullmatch(typed)
    if found is None or int(found[1]) == 0 or (found[2] or symbol).upper() != symbol.upper():
        raise BadNumber(typed, symbol)
    return f"{int(found[1]):0{LEAST_DIGITS}}/{symbol}"


def _day(typed: str | None, report: Report) -> date:
    try:
        day = parse_date((typed or "").strip())
    except Unfit:
        raise BadDay(typed, report.window[0]) from None
    if day < report.window[0]:
        raise BadDay(typed, report.window[0])
    return day


def _amended(number: str, standing: IssuedReport | None, report: Report) -> IssuedReport:
    """Return the report in force that is to be replaced, by its number as it was recorded or as it is typed today."""
    if standing is not None and same_number(standing.number) == same_number(number):
        return standing
    wanted = _number(number, report)
    if standing is None or same_number(standing.number) != same_number(wanted):
        raise NothingToAmend(wanted, standing)
    return standing


def _cut_off(report: Report) -> date:
    """Return the last day of the newest reference period with a figure; that is as far as the figures go."""
    starts = report.plan.head.calendar.month_starts_on
    present = (
        part
        for result in (*report.indicators, *report.statistics)
        for part in result.coverage.expected
        if part not in result.coverage.missing
    )
    newest = max(present, key=lambda part: part.last, default=report.period)
    return newest.window(starts)[1]


# the record


def record(root: Path, entry: IssuedReport, printed: Mapping[str, str]) -> None:
    """Write the report that was issued, with what it printed of each indicator and statistic, into data/reports.yaml.

    Refused when another report of the period, or of the number, was recorded meanwhile.
    """
    from cchc.workspace import ledger, writing  # noqa: PLC0415  # most reports are read, not issued

    fields: dict[str, Value | None] = {
        "period": entry.period.label,
        "number": entry.number,
        "date": str(entry.date),
        "signed_by": entry.signed_by,
        "cut_off": str(entry.cut_off),
        "digest": entry.digest,
        "texts": entry.texts,
        "replaces": entry.replaces,
        "figures": [{"id": key, "printed": text} for key, text in printed.items() if text],
    }
    with writing.locked(root):
        reports, _ = lists.issued(Disk(root))
        other = numbered(reports, entry.number, entry.date.year) or current(reports, entry.period)
        if other is not None and same_number(other.number) != same_number(entry.replaces or ""):
            raise AlreadyIssued(other)
        ledger.append(root, FILE, "reports", {key: value for key, value in fields.items() if value})
