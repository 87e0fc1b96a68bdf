"""A report as rows of ready strings, which every template lays out and none computes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cchc.core.codes import Severity
from cchc.core.fields import GENERAL, Kind
from cchc.core.model import Area, Indicator, Plan
from cchc.core.results import Beside, Evaluation, RemarkResult, Report, TaskResult
from cchc.texts import Translate, mark
from cchc.views import excerpt, sentences
from cchc.views.present import words
from cchc.views.present.numbers import day, period_title, rounded


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator or statistic; empty strings where there is nothing to say."""

    number: str
    ref: str
    id: str
    name: str
    unit: str
    target: str
    next_target: str
    actual: str
    counts: str
    reference: str
    year_to_date: str
    last_year: str
    change: str
    status: str
    sign: str  # a class name for the look: good, bad, open or plain
    coverage: str
    missing: str
    reading: str
    definition: str
    sentence: str
    sources: str
    notes: str
    owner: str
    joining: str
    beside: tuple[str, ...]
    years: tuple[str, ...]
    narrative: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task."""

    ref: str
    title: str
    owner: str
    when: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One kind of remark with the period it was made for, empty where that is the report's own."""

    heading: str
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class Section:
    """An area of the plan."""

    title: str
    owner: str
    indicators: tuple[IndicatorRow, ...]
    tasks: tuple[TaskRow, ...]
    remarks: tuple[RemarkRow, ...]
    statistics: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many indicators stand at a verdict."""

    word: str
    count: int
    sign: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report, ready to be laid out."""

    title: str
    subject: str
    period: str
    label: str
    window: str
    unit: str
    authority: str
    parent: str
    place: str
    symbol: str
    mark: str  # of made-up figures, or DỰ THẢO
    illustrative: bool
    opening: str
    summary: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    other_tasks: tuple[TaskRow, ...]
    general: tuple[RemarkRow, ...]
    other_statistics: tuple[IndicatorRow, ...]
    missing: tuple[str, ...]
    provisional: tuple[str, ...]
    excluded: tuple[str, ...]
    warnings: tuple[str, ...]


def present(report: Report, _: Translate) -> ReportPage:
    """Return the report's rows; the texts are those of the translator, the numbers always in Vietnamese form."""
    plan, head = report.plan, report.plan.head
    period = period_title(report.period, _)
    return ReportPage(
        title=_(mark("REPORT")),
        subject=_(mark("Results of administrative reform, {period}")).format(period=period),
        period=period,
        label=report.period.label,
        window=_window(report, _),
        unit=head.unit.name,
        authority=head.unit.authority,
        parent=head.unit.parent or "",
        place=head.unit.place or head.unit.name,
        symbol=head.report.symbol if head.report else "",
        mark=_(words.ILLUSTRATIVE) if report.illustrative else _(mark("DRAFT")),
        illustrative=report.illustrative,
        opening=_opening(report, _),
        summary=sentences.summary_sentence(report, _),
        counts=tuple(_counts(report, _)),
        sections=tuple(_section(report, area, _) for area in plan.areas if _is_shown(report, area)),
        other_tasks=tuple(_task(plan, task, _) for task in report.tasks if task.task.area is None),
        general=tuple(_remarks(report, GENERAL, _)),
        other_statistics=_statistics(report, None, _),
        missing=tuple(_missing(report, _)),
        provisional=tuple(_provisional(report, _)),
        excluded=tuple(_problems(report, Severity.ERROR, _)),
        warnings=tuple(_problems(report, Severity.WARNING, _)),
    )


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
    message = mark(
        "Carrying out the {plan}, {authority} reports the results of administrative reform, {period} ({window}):"
    )
    return _(message).format(
        plan=named, authority=head.unit.authority, period=period_title(report.period, _), window=_window(report, _)
    )


def _counts(report: Report, _: Translate) -> Iterator[Count]:
    for name, count in report.summary.items():
        if count:
            yield Count(_capital(words.summary_word(name, _)), count, SIGNS.get(name, "plain"))


SIGNS = {
    "met": "good",
    "on_track": "good",
    "missed": "bad",
    "behind": "bad",
    "no_data": "open",
    "awaiting": "open",
    "incomplete": "open",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# sections


def _is_shown(report: Report, area: Area) -> bool:
    entries = [result.indicator.area for result in report.indicators]
    return area.id in {*entries, *(task.task.area for task in report.tasks), *(r.subject for r in report.remarks)}


def _section(report: Report, area: Area, _: Translate) -> Section:
    plan = report.plan
    return Section(
        title=area.title,
        owner=_owner(plan, area.owner),
        indicators=tuple(
            indicator_row(report, result, number, _)
            for number, result in enumerate(report.indicators, start=1)
            if result.indicator.area == area.id
        ),
        tasks=tuple(_task(plan, task, _) for task in report.tasks if task.task.area == area.id),
        remarks=tuple(_remarks(report, area.id, _)),
        statistics=_statistics(report, area.id, _),
    )


def _statistics(report: Report, area: str | None, _: Translate) -> tuple[IndicatorRow, ...]:
    return tuple(
        replace(indicator_row(report, _without_unit(result), number, _), unit=result.indicator.unit or "")
        for number, result in enumerate(report.statistics, start=1)
        if result.indicator.area == area
    )


def _without_unit(result: Evaluation) -> Evaluation:
    """Return a statistic whose numbers stand alone: its unit has a column of its own."""
    if result.indicator.unit == "%":
        return result
    return replace(result, indicator=result.indicator.model_copy(update={"unit": None}))


def _owner(plan: Plan, owner: str | None) -> str:
    found = plan.owners_by_id.get(owner or "")
    return found.name if found else ""


# rows


def indicator_row(report: Report, result: Evaluation, number: int, _: Translate) -> IndicatorRow:
    """Return the row of an indicator or statistic."""
    indicator, plan = result.indicator, report.plan
    used = result.actual.measurements if result.actual else ()
    narrative = indicator.kind is Kind.NARRATIVE
    return IndicatorRow(
        number=str(number),
        ref=indicator.ref or "",
        id=indicator.id,
        name=indicator.name,
        unit=indicator.unit or "",
        target=words.target_text(indicator, result.target, _) if result.target else "",
        next_target=words.next_target_text(indicator, result.next_target, _) if result.next_target else "",
        actual="" if narrative else words.actual_text(result, _) or _latest(result, _),
        counts=words.fraction_text(indicator, result.actual) if result.actual else "",
        reference=_reference(result, _),
        year_to_date=_beside(indicator, result.year_to_date, _),
        last_year=_beside(indicator, result.same_period_last_year, _),
        change="" if narrative else _change(result, _),
        status=_capital(words.status_text(result, _)),
        sign="open" if result.judged and not result.complete else SIGNS.get(str(result.status), "plain"),
        coverage=words.coverage_text(result, _) if result.coverage.expected else "",
        missing=words.missing_text(result.coverage, _),
        reading=indicator.reading or "",
        definition=_definition(indicator, _),
        sentence=sentences.sentence(result, _),
        sources="; ".join(words.sources(used)),
        notes="; ".join(words.notes(used)),
        owner=_owner(plan, indicator.owner),
        joining=", ".join(_owner(plan, other) for other in indicator.joining),
        beside=tuple(_statistic(other, _) for other in _standing_beside(report, indicator)),
        years=tuple(_years(result, _)),
        narrative=narrative,
    )


def _latest(result: Evaluation, _: Translate) -> str:
    if result.latest is None:
        return ""
    value = words.value_text(result.indicator, result.latest.actual, result.latest.target, _)
    return _(mark("({period}: {value})")).format(period=period_title(result.latest.reference, _), value=value)


def _reference(result: Evaluation, _: Translate) -> str:
    """Return what the figure is about, where that is not the whole period."""
    if result.actual is None or result.actual.reference == result.period:
        return ""
    return period_title(result.actual.reference, _)


def _beside(indicator: Indicator, beside: Beside | None, _: Translate) -> str:
    if beside is None or beside.actual is None or indicator.kind is Kind.NARRATIVE:
        return ""
    value = words.value_text(indicator, beside.actual, None, _)
    if not beside.coverage.missing:
        return value
    return _(mark("{value} ({coverage})")).format(
        value=value, coverage=words.coverage_count(indicator, beside.coverage, _)
    )


def _change(result: Evaluation, _: Translate) -> str:
    """Return the difference to last year's printed figure, with its sign."""
    before = result.same_period_last_year
    if result.change is None or before is None or before.actual is None or result.actual is None:
        return ""
    now = words.printed(result.indicator, result.actual, result.target)
    then = words.printed(result.indicator, before.actual, None)
    difference = now - then if now is not None and then is not None else rounded(result.change, 2)
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    return f"{sign}{sentences.difference_text(result.indicator, abs(difference), _)}"


def _definition(indicator: Indicator, _: Translate) -> str:
    if not indicator.numerator or not indicator.denominator:
        return ""
    return f"{indicator.numerator} / {indicator.denominator}"


def _standing_beside(report: Report, indicator: Indicator) -> Iterator[Evaluation]:
    results = {result.indicator.id: result for result in (*report.statistics, *report.indicators)}
    return (results[other] for other in indicator.beside if other in results)


def _statistic(result: Evaluation, _: Translate) -> str:
    value = words.actual_text(result, _) or words.status_text(result, _)
    return f"{result.indicator.name}: {value}"


def _years(result: Evaluation, _: Translate) -> Iterator[str]:
    for year in result.years:
        value = words.value_text(result.indicator, year.actual, year.target, _) if year.actual else "–"
        yield f"{year.year}: {value} ({words.summary_word(str(year.status), _)})"


def _task(plan: Plan, result: TaskResult, _: Translate) -> TaskRow:
    report, task = result.report, result.task
    said = [report.text, report.result] if report else []
    names = [_owner(plan, owner) for owner in (task.owner, *task.joining)]
    return TaskRow(
        ref=", ".join((task.ref, *task.also)),
        title=task.title,
        owner=", ".join(filter(None, names)),
        when=_when(result, _),
        state=_capital(words.task_word(result, _)),
        text=" ".join(filter(None, said)),
    )


_REPEATS = {
    "continuous": mark("continuously"),
    "year": mark("every year"),
    "quarter": mark("every quarter"),
}


def _when(result: TaskResult, _: Translate) -> str:
    task = result.task
    if task.repeats is not None:
        return _(_REPEATS[task.repeats])
    return f"{task.first}–{task.due}" if task.first else str(task.due)


# remarks, and what is missing


_HEADINGS = (
    ("results", mark("Results")),
    ("shortcomings", mark("Shortcomings")),
    ("objective", mark("Objective causes")),
    ("subjective", mark("Subjective causes")),
    ("next", mark("Next tasks")),
    ("proposals", mark("Proposals")),
)


def _remarks(report: Report, subject: str, _: Translate) -> Iterator[RemarkRow]:
    for heading, message in _HEADINGS:
        for found in report.remarks:
            text = _said(found, heading) if found.subject == subject else None
            if text:
                own = found.period == report.period
                yield RemarkRow(_(message), text, "" if own else period_title(found.period, _))


def _said(found: RemarkResult, heading: str) -> str | None:
    if heading in {"objective", "subjective"}:
        return getattr(found.remark.causes, heading) if found.remark.causes else None
    said: str | None = getattr(found.remark, heading)
    return said


def _missing(report: Report, _: Translate) -> Iterator[str]:
    for result in _everything(report):
        if result.coverage.missing:
            owner = _owner(report.plan, result.indicator.owner)
            yield f"{result.indicator.name}: {words.missing_text(result.coverage, _)} ({owner})"


def _provisional(report: Report, _: Translate) -> Iterator[str]:
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
