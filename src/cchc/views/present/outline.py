"""The official outline I to V: what is said in running text, each thing where it belongs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cchc.core.fields import GENERAL
from cchc.core.model import Area
from cchc.core.periods import Unit
from cchc.core.results import RemarkResult, Report
from cchc.texts import Translate, mark
from cchc.views import sentences
from cchc.views.present.numbers import period_title
from cchc.views.present.rows import IndicatorRow, TaskRow, capital, owner_name, period_note, task_row, years_sentence

_ROMAN = ("I", "II", "III", "IV", "V")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what it is about, empty where the text says so itself, and the text."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one indicator: its sentence, its definition, what stands beside, its course over the years."""

    line: Line
    reading: str
    beside: tuple[str, ...]
    years: str
    row: IndicatorRow


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered chapter of a part; without a title its content stands directly under the part's."""

    number: str
    title: str
    owner: str
    statements: tuple[Statement, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report, I to V."""

    number: str
    title: str
    chapters: tuple[Chapter, ...]


def outline(report: Report, rows: Sequence[IndicatorRow], _: Translate) -> tuple[Part, ...]:
    """Return the parts; each says what is missing in it, and the last line of all ends with the mark of the end."""
    statements = {row.id: _statement(report, row, _) for row in rows}
    areas = [area for area in report.plan.areas if _is_shown(report, area)]
    head = report.plan.head.report
    steering = [area for area in areas if head is not None and area.id == head.steering]
    others = [area for area in areas if area not in steering]
    parts = [
        (mark("Direction and administration"), [_area(report, area, statements, "", "", _) for area in steering]),
        (mark("Results of the areas"), list(_areas(report, others, statements, _))),
        (mark("General assessment"), list(_assessment(report, _))),
        (mark("Direction and tasks of the coming period"), [_next(report, _)]),
        (mark("Proposals"), [_plain(_said(report, "proposals", _), _(mark("No proposals were recorded.")))]),
    ]
    shown = [(_title(report, message, _), chapters) for message, chapters in parts if chapters]
    return _ended(Part(_ROMAN[at], title, tuple(chapters)) for at, (title, chapters) in enumerate(shown))


def _title(report: Report, message: str, _: Translate) -> str:
    """Return a part's title; the report of a year names the next one."""
    if message == _COMING and report.period.unit is Unit.YEAR and not report.period.is_range:
        return _(mark("Direction and tasks of {year}")).format(year=report.period.last_year + 1)
    return _(message)


_COMING = "Direction and tasks of the coming period"


def _is_shown(report: Report, area: Area) -> bool:
    entries = [result.indicator.area for result in (*report.indicators, *report.statistics)]
    return area.id in {*entries, *(task.task.area for task in report.tasks), *(r.subject for r in report.remarks)}


# parts I and II


def _areas(report: Report, areas: Sequence[Area], statements: dict[str, Statement], _: Translate) -> Iterator[Chapter]:
    """Yield a chapter for each area with those that are put under its heading, then the solutions and duties."""
    shown = {area.id for area in areas}
    number = 0
    for area in areas:
        if area.within is not None and area.within in shown:
            continue
        number += 1
        chapter = _area(report, area, statements, str(number), area.title, _)
        for other in areas:
            if other.within == area.id:
                chapter = _joined(chapter, _area(report, other, statements, "", "", _))
        yield chapter
    rest = tuple(_tasks([task_row(report.plan, task, _) for task in report.tasks if task.task.area is None], _))
    if rest:
        yield Chapter(str(number + 1), _(mark("Solutions and organisation")), "", (), rest)


def _joined(chapter: Chapter, other: Chapter) -> Chapter:
    return replace(chapter, statements=(*chapter.statements, *other.statements), lines=(*chapter.lines, *other.lines))


def _area(
    report: Report, area: Area, statements: dict[str, Statement], number: str, title: str, _: Translate
) -> Chapter:
    own = [statements[entry.id] for entry in area.indicators if entry.id in statements]
    tasks = [task_row(report.plan, task, _) for task in report.tasks if task.task.area == area.id]
    results = [Line("", text) for text in _remarks(report, area.id, "results", _)]
    owner = owner_name(report.plan, area.owner)
    return Chapter(number, title, owner, tuple(own), (*results, *_tasks(tasks, _)))


def _statement(report: Report, row: IndicatorRow, _: Translate) -> Statement:
    at = int(row.number) - 1
    lead = "" if sentences.names_itself(report.indicators[at]) else row.name
    years = years_sentence(report, report.indicators[at], _)
    return Statement(Line(lead, row.sentence), row.reading, row.beside, years, row)


def _tasks(tasks: Iterable[TaskRow], _: Translate) -> Iterator[Line]:
    """Yield what was reported of tasks and which are late; those without a report are named together."""
    silent = []
    for task in tasks:
        if task.reported or task.late:
            yield Line(task.title, sentences.stopped(" ".join(filter(None, (f"{task.state}.", task.text)))))
        else:
            silent.append(task.ref)
    if silent:
        yield Line("", _(mark("Tasks without a report: {refs}.")).format(refs=", ".join(silent)))


# parts III to V


def _assessment(report: Report, _: Translate) -> Iterator[Chapter]:
    summary = Line("", sentences.summary_sentence(report, _))
    general = [Line("", text) for text in _remarks(report, GENERAL, "results", _)]
    yield Chapter("1", _(mark("Results")), "", (), (summary, *general))
    shortcomings = _said(report, "shortcomings", _)
    yield _plain(shortcomings, _(mark("No shortcomings were recorded.")), "2", _(mark("Shortcomings")))
    causes = [
        Line(_(message) if not line.lead else f"{_(message)} – {line.lead}", line.text)
        for kind, message in (("objective", mark("Objective causes")), ("subjective", mark("Subjective causes")))
        for line in _said(report, kind, _)
    ]
    yield _plain(causes, _(mark("No causes were recorded.")), "3", _(mark("Causes")))


def _next(report: Report, _: Translate) -> Chapter:
    return _plain(_said(report, "next", _), _(mark("No tasks of the coming period were recorded.")))


def _plain(lines: Sequence[Line], absent: str, number: str = "", title: str = "") -> Chapter:
    return Chapter(number, title, "", (), tuple(lines) or (Line("", absent),))


def _said(report: Report, kind: str, _: Translate) -> list[Line]:
    """Return what was said of the whole, then of each area under its title."""
    lines = [Line("", text) for text in _remarks(report, GENERAL, kind, _)]
    for area in report.plan.areas:
        lines.extend(Line(area.title, text) for text in _remarks(report, area.id, kind, _))
    return lines


def _remarks(report: Report, subject: str, kind: str, _: Translate) -> Iterator[str]:
    """Yield the texts of a kind of remark; one that was made for another period names it."""
    for found in report.remarks:
        text = _text(found, kind) if found.subject == subject else None
        if text:
            note = period_note(found.period, report.period, _)
            yield f"{capital(note)}: {text}" if note else text


def _text(found: RemarkResult, kind: str) -> str | None:
    if kind in {"objective", "subjective"}:
        return getattr(found.remark.causes, kind) if found.remark.causes else None
    said: str | None = getattr(found.remark, kind)
    return said


# the end


def _ended(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts, the last line with the mark of the end: ./. (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    *before, last = parts
    *chapters, closing = last.chapters
    *lines, line = closing.lines
    ended = Line(line.lead, f"{line.text.rstrip().rstrip('.')}./.")
    return (*before, replace(last, chapters=(*chapters, replace(closing, lines=(*lines, ended)))))


def goals(report: Report, _: Translate) -> tuple[str, ...]:
    """Return the plan's general goals, which the report of the term quotes."""
    if report.period != report.plan.term:
        return ()
    return tuple(f"{goal.text} ({goal.ref})" for goal in report.plan.head.goals)


def subject(report: Report, _: Translate) -> str:
    """Return what the report is about, as it stands below its title."""
    period, head = report.period, report.plan.head
    if period == report.plan.term:
        years = f"{period.first_year} - {period.last_year}"
        named = any(f"{period.first_year}{dash}{period.last_year}" in head.title for dash in ("–", "-", " - ", " – "))
        title = head.title if named else _(mark("{title} of {years}")).format(title=head.title, years=years)
        return _(mark("Summary of carrying out the {plan}")).format(plan=title)
    text = _(mark("Results of administrative reform, {period}")).format(period=period_title(period, _))
    if period.unit is Unit.YEAR and not period.is_range:
        return _(mark("{subject} and direction and tasks of {year}")).format(subject=text, year=period.last_year + 1)
    return text
