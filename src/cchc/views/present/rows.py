"""The rows of a report's tables, as ready strings which every template lays out and none computes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc.core.fields import Kind
from cchc.core.model import EvidenceRecord, Indicator, Measurement, Plan, Task
from cchc.core.periods import Period
from cchc.core.results import Beside, Evaluation, Report, TaskResult, YearVerdict
from cchc.texts import Translate, mark
from cchc.views import sentences
from cchc.views.present import words
from cchc.views.present.numbers import PLACES, counted, day, period_title, rounded


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
    evidence: str
    notes: str
    owner: str
    joining: str
    beside: tuple[str, ...]
    narrative: bool

    @property
    def result(self) -> str:
        """The figure with what was counted."""
        return f"{self.actual} ({self.counts})" if self.actual and self.counts else self.actual

    @property
    def proof(self) -> str:
        """The evidence; without any, the source."""
        return self.evidence or self.sources

    @property
    def targets(self) -> str:
        """The target that decides, and the one that comes after it."""
        return "; ".join(filter(None, (self.target, self.next_target)))


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task."""

    ref: str
    title: str
    owner: str
    when: str
    state: str
    text: str
    reported: bool
    late: bool


@dataclass(frozen=True, slots=True)
class YearsRow:
    """The course of an indicator over the years: one cell a year."""

    number: str
    name: str
    cells: tuple[str, ...]


SIGNS = {
    "met": "good",
    "on_track": "good",
    "missed": "bad",
    "behind": "bad",
    "no_data": "open",
    "awaiting": "open",
    "incomplete": "open",
}


def capital(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def owner_name(plan: Plan, owner: str | None) -> str:
    """Return an owner's name, empty without one."""
    found = plan.owners_by_id.get(owner or "")
    return found.name if found else ""


def indicator_rows(report: Report, _: Translate) -> Iterator[IndicatorRow]:
    """Yield the rows of the indicators, numbered from 1."""
    for number, result in enumerate(report.indicators, start=1):
        yield indicator_row(report, result, number, _)


def statistic_rows(report: Report, _: Translate) -> Iterator[IndicatorRow]:
    """Yield the rows of the statistics, numbered from 1; their numbers stand alone, the unit has a column."""
    for number, result in enumerate(report.statistics, start=1):
        row = indicator_row(report, without_unit(result), number, _)
        yield replace(row, unit=result.indicator.unit or "")


def without_unit(result: Evaluation) -> Evaluation:
    """Return a result whose texts leave out the unit, which has a column of its own; a percentage keeps its sign."""
    if result.indicator.unit == "%":
        return result
    return result._replace(indicator=result.indicator.model_copy(update={"unit": None}))


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
        year_to_date=_beside(result, result.year_to_date, _),
        last_year=_beside(result, result.same_period_last_year, _),
        change="" if narrative else _change(result, _),
        status=capital(words.status_text(result, _)),
        sign="open" if result.judged and not result.complete else SIGNS.get(str(result.status), "plain"),
        coverage=words.coverage_text(result, _) if result.coverage.expected else "",
        missing=words.missing_text(result.coverage, _),
        reading=indicator.reading or "",
        definition=_definition(indicator),
        sentence=sentences.sentence(result, _),
        sources="; ".join(words.sources(used)),
        evidence="; ".join(_evidence(used, _)),
        notes="; ".join(_notes(result, used, _)),
        owner=owner_name(plan, indicator.owner),
        joining=", ".join(owner_name(plan, other) for other in indicator.joining),
        beside=tuple(_statistic(other, _) for other in _standing_beside(report, indicator)),
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


def _beside(result: Evaluation, beside: Beside | None, _: Translate) -> str:
    """Return the figure of another period, with as many places as keep it on its side of the target."""
    indicator = result.indicator
    if beside is None or beside.actual is None or indicator.kind is Kind.NARRATIVE:
        return ""
    value = words.value_text(indicator, beside.actual, result.target, _)
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
    if result.indicator.kind is Kind.RANK:
        return _places(int(result.change), _)
    difference = change_of(result) or Fraction(0)
    sign = "+" if difference > 0 else "-" if difference < 0 else ""
    return f"{sign}{sentences.difference_text(result.indicator, abs(difference), _)}"


def change_of(result: Evaluation) -> Fraction | None:
    """Return the difference of the printed figures to last year's; None for ranks and words."""
    before = result.same_period_last_year
    if result.change is None or before is None or before.actual is None or result.actual is None:
        return None
    if result.indicator.kind is Kind.RANK:
        return None
    now = words.printed(result.indicator, result.actual, result.target)
    then = words.printed(result.indicator, before.actual, result.target)
    return now - then if now is not None and then is not None else rounded(result.change, PLACES)


def _places(change: int, _: Translate) -> str:
    """Return by how many places a rank has changed; a smaller number is a better rank."""
    if change == 0:
        return _(mark("no change"))
    message = mark("up {steps} places") if change < 0 else mark("down {steps} places")
    return _(message).format(steps=counted(abs(change)))


def _definition(indicator: Indicator) -> str:
    if not indicator.numerator or not indicator.denominator:
        return ""
    return f"{indicator.numerator} / {indicator.denominator}"


def _evidence(used: tuple[Measurement, ...], _: Translate) -> list[str]:
    """Return the different pieces of evidence, in time order."""
    return list(dict.fromkeys(evidence_text(entry, _) for figure in used for entry in figure.evidence))


def evidence_text(entry: EvidenceRecord, _: Translate) -> str:
    """Return a piece of evidence: its path or address, or its title with number, date and where it is kept."""
    return entry.path if entry.path is not None else record_text(entry)


def record_text(entry: EvidenceRecord) -> str:
    """Return what a record says of a piece of evidence: its title with number, date and where it is kept."""
    details = (entry.document, day(entry.date) if entry.date else None, entry.kept_at)
    known = ", ".join(filter(None, details))
    title = entry.title or ""
    return f"{title} ({known})" if title and known else title or known


def _notes(result: Evaluation, used: tuple[Measurement, ...], _: Translate) -> Iterator[str]:
    """Yield what has to be known about the figure: what it is about, what is missing, what is provisional, notes."""
    reference = _reference(result, _)
    if reference:
        yield _(mark("figure of {period}")).format(period=reference)
    if result.coverage.missing:
        missing = words.missing_text(result.coverage, _)
        yield _(mark("{coverage}, missing: {missing}")).format(coverage=words.coverage_text(result, _), missing=missing)
    if result.actual is not None and result.actual.quality == "provisional":
        yield _(mark("provisional figures"))
    yield from words.notes(used)


def _standing_beside(report: Report, indicator: Indicator) -> Iterator[Evaluation]:
    results = {result.indicator.id: result for result in (*report.statistics, *report.indicators)}
    return (results[other] for other in indicator.beside if other in results)


def _statistic(result: Evaluation, _: Translate) -> str:
    value = words.actual_text(result, _) or words.status_text(result, _)
    return f"{result.indicator.name}: {value}"


# over the years


def years_row(report: Report, result: Evaluation, number: int, _: Translate) -> YearsRow:
    """Return an indicator's figure and verdict in each year of the course."""
    course = report.courses.get(result.indicator.id, ())
    return YearsRow(str(number), result.indicator.name, tuple(_year_cell(result.indicator, year, _) for year in course))


def years_sentence(report: Report, result: Evaluation, _: Translate) -> str:
    """Return the course in running text, empty where no year has a figure or for narratives."""
    course = report.courses.get(result.indicator.id, ())
    if result.indicator.kind is Kind.NARRATIVE or not any(year.actual for year in course):
        return ""
    said = (
        _(mark("{period}: {actual}")).format(
            period=period_title(year.period, _), actual=_year_cell(result.indicator, year, _)
        )
        for year in course
    )
    return _(mark("Over the years: {course}.")).format(course="; ".join(said))


def _year_cell(indicator: Indicator, year: YearVerdict, _: Translate) -> str:
    word = words.year_word(year.status, _)
    if year.actual is None or indicator.kind is Kind.NARRATIVE:
        return word
    value = words.value_text(indicator, year.actual, year.target, _)
    return f"{value} ({word})" if year.complete else f"{value} ({word}, {words.summary_word('incomplete', _)})"


# tasks


def task_row(plan: Plan, result: TaskResult, _: Translate) -> TaskRow:
    """Return the row of a task."""
    report, task = result.report, result.task
    said = [report.text, report.result] if report else []
    names = [owner_name(plan, owner) for owner in (task.owner, *task.joining)]
    return TaskRow(
        ref=", ".join((task.ref, *task.also)),
        title=task.title,
        owner=", ".join(filter(None, names)),
        when=_when(task, _),
        state=capital(words.task_word(result, _)),
        text=" ".join(filter(None, said)),
        reported=report is not None,
        late=result.late,
    )


_REPEATS = {
    "continuous": mark("continuously"),
    "year": mark("every year"),
    "quarter": mark("every quarter"),
}


def _when(task: Task, _: Translate) -> str:
    if task.repeats is not None:
        return _(_REPEATS[task.repeats])
    return f"{task.first}–{task.due}" if task.first else str(task.due)


def period_note(own: Period, period: Period, _: Translate) -> str:
    """Return the period that something was said for, where it is not the report's own."""
    return "" if own == period else period_title(own, _)
