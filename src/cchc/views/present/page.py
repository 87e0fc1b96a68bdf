"""A report as a page: the official sheet with head, outline, foot and appendix, and the working notes behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc.core.codes import Severity
from cchc.core.digest import shown
from cchc.core.model import LegalBasis
from cchc.core.paper import DRAFT, Paper, Revision
from cchc.core.results import Evaluation, Report
from cchc.texts import Translate, mark
from cchc.views import excerpt, sentences
from cchc.views.present import outline as outlined
from cchc.views.present import words
from cchc.views.present.numbers import BLANK, day, long_day, period_title
from cchc.views.present.outline import Part
from cchc.views.present.rows import (
    SIGNS,
    IndicatorRow,
    TaskRow,
    YearsRow,
    capital,
    indicator_rows,
    owner_name,
    statistic_rows,
    task_row,
    years_row,
)
from cchc.views.present.traces import restated_lines


@dataclass(frozen=True, slots=True)
class Count:
    """How many indicators stand at a verdict."""

    word: str
    count: int
    sign: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The block of a signature: the lines above the name, and the name."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of an area in the table of the appendix."""

    title: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A figure that differs from the one in the report that is replaced."""

    name: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report, ready to be laid out; empty strings and tuples where there is nothing to say."""

    title: str
    subject: str
    scope: str  # the area or owner that a partial report is limited to
    period: str
    label: str
    window: str
    unit: str
    authority: str
    parent: str
    place: str
    number: str  # of the document with its symbol; in a draft with room for the number
    date: str  # place and day, in a draft with room for the day
    mark: str  # of made-up figures, or DỰ THẢO; empty once issued
    illustrative: bool
    issued: bool
    replaces: str
    opening: str
    goals: tuple[str, ...]
    summary: str
    counts: tuple[Count, ...]
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    signature: Signature | None
    code: str  # of what it rests on
    changed: tuple[ChangedRow, ...]
    unchanged: str  # why an amendment has no table of figures that changed
    restated: tuple[str, ...]  # figures that were corrected, or came after a closing
    closed: str  # when the figures were closed
    groups: tuple[Group, ...]
    statistics: tuple[IndicatorRow, ...]
    years: tuple[str, ...]  # heads of the columns of `courses`
    courses: tuple[YearsRow, ...]
    tasks: tuple[TaskRow, ...]
    missing: tuple[str, ...]
    provisional: tuple[str, ...]
    excluded: tuple[str, ...]
    warnings: tuple[str, ...]  # for those who work on it, not for the signed sheet
    outdated: str
    revision: str


def present(report: Report, _: Translate, paper: Paper = DRAFT) -> ReportPage:
    """Return the report's rows; the texts are those of the translator, the numbers always in Vietnamese form."""
    plan, head = report.plan, report.plan.head
    rows = tuple(indicator_rows(report, _))
    statistics = tuple(statistic_rows(report, _))
    years = bool(report.courses)
    changed = tuple(_changed(report, paper, (*rows, *statistics), _))
    return ReportPage(
        title=_(mark("REPORT")),
        subject=outlined.subject(report, _),
        scope=_scope(report, _),
        period=period_title(report.period, _),
        label=report.period.label,
        window=_window(report, _),
        unit=head.unit.name,
        authority=head.unit.authority,
        parent=head.unit.parent or "",
        place=head.unit.place or head.unit.name,
        number=paper.issued.number if paper.issued else _blank_number(report),
        date=f"{head.unit.place or head.unit.name}, {long_day(paper.issued.date if paper.issued else None, _)}",
        mark=_mark(report, paper, _),
        illustrative=report.illustrative,
        issued=paper.issued is not None,
        replaces=_replaces(paper, _),
        opening=_opening(report, _),
        goals=outlined.goals(report, _),
        summary=sentences.summary_sentence(report, _),
        counts=tuple(_counts(report, _)),
        parts=outlined.outline(report, rows, _),
        recipients=head.report.recipients if head.report and not report.illustrative else (),
        signature=_signature(report, paper),
        code=shown(paper.digest),
        changed=changed,
        unchanged=_unchanged(paper, changed, _),
        restated=tuple(restated_lines(report, _)),
        closed=_closed(paper, _),
        groups=tuple(_groups(report, rows)),
        statistics=statistics,
        years=tuple(_(mark("Year {year}")).format(year=year) for year in _years(report)),
        courses=tuple(_courses(report, _)) if years else (),
        tasks=tuple(task_row(plan, task, _) for task in report.tasks) if years else (),
        missing=tuple(_missing(report, _)),
        provisional=tuple(_provisional(report)),
        excluded=tuple(_problems(report, Severity.ERROR, _)),
        warnings=tuple(_problems(report, Severity.WARNING, _)),
        outdated=_outdated(paper, _),
        revision=revision_text(paper.revision, _),
    )


def printed_figures(page: ReportPage) -> dict[str, str]:
    """Return what a report prints of each indicator and statistic with a figure, by id."""
    indicators = (row for group in page.groups for row in group.rows)
    return {row.id: row.result for row in (*indicators, *page.statistics) if row.result}


# head and foot


def _blank_number(report: Report) -> str:
    symbol = report.plan.head.report.symbol if report.plan.head.report else ""
    return f"{BLANK}/{symbol}" if symbol else BLANK


def _mark(report: Report, paper: Paper, _: Translate) -> str:
    if report.illustrative:
        return _(words.ILLUSTRATIVE)
    return "" if paper.issued else _(mark("DRAFT"))


def _scope(report: Report, _: Translate) -> str:
    plan = report.plan
    titles = {area.id: area.title for area in plan.areas}
    limits = (titles.get(report.selection.area or "", ""), owner_name(plan, report.selection.owner))
    return _(mark("Part of the report: {scope}")).format(scope=", ".join(filter(None, limits))) if any(limits) else ""


def _window(report: Report, _: Translate) -> str:
    first, last = report.window
    return _(mark("figures from {first} to {last}")).format(first=day(first), last=day(last))


def _opening(report: Report, _: Translate) -> str:
    head = report.plan.head
    number, date = head.document.number, head.document.date
    named = (
        _(mark("{title} (No {number} of {date})")).format(title=head.title, number=number, date=day(date))
        if (number and date)
        else head.title
    )
    bases = "; ".join(_basis(basis, _) for basis in head.legal_basis)
    message = mark(
        "Carrying out the {plan}, {authority} reports the results of administrative reform, {period} ({window}):"
    )
    text = _(message).format(
        plan=named, authority=head.unit.authority, period=period_title(report.period, _), window=_window(report, _)
    )
    if not bases:
        return text
    return _(mark("Pursuant to {bases}; {text}")).format(bases=bases, text=f"{text[:1].lower()}{text[1:]}")


def _basis(basis: LegalBasis, _: Translate) -> str:
    text = _(mark("document No {number}")).format(number=basis.number)
    text = _(mark("{text} of {date}")).format(text=text, date=day(basis.date)) if basis.date else text
    return _(mark("{text} by {issuer}")).format(text=text, issuer=basis.issuer) if basis.issuer else text


def _replaces(paper: Paper, _: Translate) -> str:
    old = paper.replaces
    if old is None:
        return ""
    message = mark("This report replaces Report No {number} of {date}.")
    return _(message).format(number=old.number, date=day(old.date))


def _signature(report: Report, paper: Paper) -> Signature | None:
    if report.illustrative or paper.signing is None:
        return None
    return Signature(paper.signing.lines, paper.signing.name)


def _outdated(paper: Paper, _: Translate) -> str:
    if paper.outdated is None:
        return ""
    message = mark("The figures have changed since Report No {number} of {date} was issued; this is not that report.")
    return _(message).format(number=paper.outdated.number, date=day(paper.outdated.date))


def revision_text(revision: Revision | None, _: Translate) -> str:
    """Return from which commit something was made, and whether the files were as in it; empty outside git."""
    if revision is None:
        return ""
    clean = mark("Made from revision {commit} of {day}; the files are as recorded in it.")
    changed = mark("Made from revision {commit} of {day}, with changes that are not recorded yet.")
    return _(clean if revision.clean else changed).format(commit=revision.commit, day=revision.day)


# the appendix


def _counts(report: Report, _: Translate) -> Iterator[Count]:
    """Yield what the summary sentence counts, so that the two never say different things."""
    for name, count in sentences.summary_counts(report).items():
        if count:
            word = _(mark("not due")) if name == "not_due" else words.final_word(name, report.period, _)
            yield Count(capital(word), count, SIGNS.get(name, "plain"))


def _groups(report: Report, rows: Iterable[IndicatorRow]) -> Iterator[Group]:
    areas = {result.indicator.id: result.indicator.area for result in report.indicators}
    known = list(rows)
    for area in report.plan.areas:
        own = tuple(row for row in known if areas[row.id] == area.id)
        if own:
            yield Group(area.title, own)


def _years(report: Report) -> list[int]:
    return [year.year for year in next(iter(report.courses.values()), ())]


def _courses(report: Report, _: Translate) -> Iterator[YearsRow]:
    for number, result in enumerate(report.indicators, start=1):
        yield years_row(report, result, number, _)


def _changed(report: Report, paper: Paper, rows: Iterable[IndicatorRow], _: Translate) -> Iterator[ChangedRow]:
    """Yield the figures that the report that is replaced printed otherwise, with the reason that was recorded."""
    if paper.replaces is None or not paper.replaces.figures:
        return
    printed = {figure.id: figure.printed for figure in paper.replaces.figures}
    reasons = dict(_reasons(report, _))
    for row in rows:
        old, new = printed.get(row.id, ""), row.result
        if old != new:
            yield ChangedRow(row.name, old or "–", new or "–", reasons.get(row.id, ""))


def _unchanged(paper: Paper, changed: tuple[ChangedRow, ...], _: Translate) -> str:
    if paper.replaces is None or changed:
        return ""
    if not paper.replaces.figures:
        return _(
            mark("What the replaced report printed was not recorded: old and new figures cannot be set side by side.")
        )
    return _(mark("No figures changed."))


def _closed(paper: Paper, _: Translate) -> str:
    """Return when the figures were closed; for a draft also that they have changed since."""
    if paper.closed is None:
        return ""
    on = day(paper.closed.closing.on)
    if paper.closed.holds:
        return _(mark("Figures closed on {on}.")).format(on=on)
    return _(mark("The figures were closed on {on}, but have changed since without a trace.")).format(on=on)


def _reasons(report: Report, _: Translate) -> Iterator[tuple[str, str]]:
    """Yield the reasons of corrections by id; a note about a figure is none."""
    for result in _everything(report):
        used = result.actual.measurements if result.actual else ()
        said = [correction.reason for figure in used for correction in figure.corrections]
        yield result.indicator.id, "; ".join(dict.fromkeys(said)) or _(mark("no reason recorded"))


def _missing(report: Report, _: Translate) -> Iterator[str]:
    for result in _everything(report):
        if result.coverage.missing:
            owner = owner_name(report.plan, result.indicator.owner)
            yield f"{result.indicator.name}: {words.missing_text(result.coverage, _)} ({owner})"


def _provisional(report: Report) -> Iterator[str]:
    for result in _everything(report):
        if result.actual is not None and result.actual.quality == "provisional":
            yield result.indicator.name


def _everything(report: Report) -> Iterable[Evaluation]:
    return (*report.indicators, *report.statistics)


def _problems(report: Report, severity: Severity, _: Translate) -> Iterator[str]:
    for problem in report.problems:
        if problem.severity is severity:
            parts = (excerpt.place_of(problem), excerpt.path_text(problem.path), excerpt.message_of(problem, _))
            yield ": ".join(filter(None, parts))
