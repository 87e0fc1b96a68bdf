"""The public pages: an index by period and by indicator, a page for each, and their figures as CSV and JSON."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc.core.course import Point, course
from cchc.core.diagnostics import Problem
from cchc.core.fields import Aggregation, Kind
from cchc.core.model import Dataset, Indicator, Measurement
from cchc.core.paper import Revision
from cchc.core.periods import Frequency, Period
from cchc.core.report import build, needed
from cchc.core.results import VERDICTS
from cchc.core.scalars import Number
from cchc.texts import Translate, mark
from cchc.views import drawings, jsonview
from cchc.views.documents import Templates, drawn
from cchc.views.excerpt import inert
from cchc.views.fields import WORDS
from cchc.views.present import words
from cchc.views.present.numbers import period_title
from cchc.views.present.page import present, revision_text
from cchc.views.present.rows import evidence_text, owner_name

COLUMNS = ("indicator", "period", "numerator", "denominator", "value", "of", "unit", "quality", "source")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute a text that begins so


Courses = Mapping[str, tuple[Point, ...]]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the address from the site's top, and what it says."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: unit, plan, mark of made-up figures, and what it was made from."""

    unit: str
    plan: str
    mark: str
    revision: str


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in the index: its latest figure, verdict and course."""

    link: Link
    actual: str
    period: str
    status: str
    sign: str
    spark: str


@dataclass(frozen=True, slots=True)
class AreaLines:
    """An area of the index."""

    title: str
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class YearLinks:
    """The periods of a year, or of several."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """The first page."""

    newest: Link
    summary: str
    years: tuple[YearLinks, ...]
    areas: tuple[AreaLines, ...]
    statistics: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the course of an indicator."""

    period: str
    actual: str
    counts: str
    target: str
    status: str
    sign: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """The page of an indicator or statistic."""

    id: str
    name: str
    ref: str
    area: str
    owner: str
    unit: str
    frequency: str
    numerator: str
    denominator: str
    aggregation: str
    reading: str
    announced: str
    targets: tuple[str, ...]
    chart: str
    figures: tuple[FigureRow, ...]
    years: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The periods of the same length before and after."""

    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class Content:
    """What the site is made from: public data, its periods in time order, courses by id, and errors in the files."""

    data: Dataset
    periods: Sequence[Period]
    courses: Courses
    problems: Sequence[Problem]
    revision: Revision | None


def site(content: Content, templates: Mapping[str, str], _: Translate) -> Iterator[tuple[str, str]]:
    """Yield the name of each file of the site with its text."""
    data, courses = content.data, content.courses
    frame = _frame(content, _)
    press = Templates(templates, html=True)
    shown = {key: indicator for key, indicator in data.plan.measured.items() if _has_page(indicator, courses)}
    index = _index(content, shown, _)
    yield "look.css", templates["look.css"]
    yield "index.html", press.render("site-index.html.j2", _context(frame, "", page=index))
    for period in content.periods:
        context = _context(frame, "../", **_period(content, period, shown, _))
        yield _period_file(period), press.render("site-period.html.j2", context)
    for key, indicator in shown.items():
        page = _indicator(data, indicator, courses[key], _)
        yield f"chi-tieu/{key}.html", press.render("site-indicator.html.j2", _context(frame, "../", page=page))
        yield f"du-lieu/{key}.csv", _csv(list(_rows(data, indicator)))
        yield f"du-lieu/{key}.json", jsonview.series_json(indicator, courses[key], _)
    yield "du-lieu/so-lieu.csv", _csv([row for indicator in shown.values() for row in _rows(data, indicator)])


def _frame(content: Content, _: Translate) -> Frame:
    head = content.data.plan.head
    mark_ = _(words.ILLUSTRATIVE) if content.data.illustrative else ""
    return Frame(head.unit.name, head.title, mark_, revision_text(content.revision, _))


def _context(frame: Frame, top: str, **more: object) -> dict[str, object]:
    """Return what a template may name: `top` leads from the page to the site's first folder."""
    return {"frame": frame, "top": top, **more}


def _has_page(indicator: Indicator, courses: Courses) -> bool:
    return indicator.id in courses and indicator.kind is not Kind.NARRATIVE


def _period_file(period: Period) -> str:
    return f"ky/{period.label.replace('..', '-')}.html"


def _period_link(period: Period, _: Translate) -> Link:
    title = period_title(period, _)
    return Link(_period_file(period), title[:1].upper() + title[1:])


# the index


def _index(content: Content, shown: Mapping[str, Indicator], _: Translate) -> IndexPage:
    plan, newest = content.data.plan, _most_telling(content.periods)
    lines = {key: _line(indicator, content.courses[key], _) for key, indicator in shown.items()}
    areas = [
        AreaLines(area.title, tuple(lines[entry.id] for entry in area.indicators if entry.id in lines))
        for area in plan.areas
    ]
    return IndexPage(
        newest=_period_link(newest, _),
        summary=present(build(content.data, newest), _).summary,
        years=tuple(_years(content.periods, _)),
        areas=tuple(area for area in areas if area.lines),
        statistics=tuple(lines[entry.id] for entry in plan.statistics if entry.id in lines),
    )


def _most_telling(periods: Sequence[Period]) -> Period:
    """Return the longest period inside one year among those that end last but for the term."""
    last = max(period.last for period in periods)
    ending = [one for one in periods if one.last == last and one.first_year == one.last_year]
    return max(ending or periods, key=lambda one: one.months)


def _years(periods: Sequence[Period], _: Translate) -> Iterator[YearLinks]:
    several = [period for period in periods if period.first_year != period.last_year]
    if several:
        yield YearLinks(_(mark("Term")), tuple(_period_link(period, _) for period in several))
    for year in sorted({period.last_year for period in periods}, reverse=True):
        own = [one for one in periods if one.first_year == one.last_year == year]
        ordered = sorted(own, key=lambda one: (-one.months, one.first))
        if ordered:
            yield YearLinks(_(mark("Year {year}")).format(year=year), tuple(_period_link(one, _) for one in ordered))


def _line(indicator: Indicator, points: Sequence[Point], _: Translate) -> IndicatorLine:
    known = [point for point in points if point.actual is not None]
    spark = drawn(drawings.course_spark(indicator, points, _)) if known and indicator.kind in drawings.DRAWN else ""
    link = Link(f"chi-tieu/{indicator.id}.html", indicator.name)
    if not known or known[-1].actual is None:
        return IndicatorLine(link, "", "", "", "plain", spark)
    last = known[-1]
    actual = words.value_text(indicator, known[-1].actual, last.target, _)
    status = _word(last, _) if indicator.targets else ""
    return IndicatorLine(link, actual, period_title(last.period, _), status, drawings.sign_of(last), spark)


def _word(point: Point, _: Translate) -> str:
    word = words.final_word(str(point.status), point.period, _)
    word = word[:1].upper() + word[1:]
    if point.status in VERDICTS and not point.complete:
        return _(mark("{status} (preliminary)")).format(status=word)
    return word


# a period


def _period(content: Content, period: Period, shown: Mapping[str, Indicator], _: Translate) -> dict[str, object]:
    report = build(content.data, period, problems=_excluded(content, period))
    alike = [one for one in content.periods if (one.unit, one.months) == (period.unit, period.months)]
    at = alike.index(period)
    before = _period_link(alike[at - 1], _) if at else None
    after = _period_link(alike[at + 1], _) if at + 1 < len(alike) else None
    return {
        "page": present(report, _),
        "neighbours": Neighbours(before, after),
        "pages": frozenset(shown),
        "said": bool(report.remarks),
    }


def _excluded(content: Content, period: Period) -> tuple[Problem, ...]:
    """Return the errors of the files that a period's page rests on; their entries are not counted."""
    if not content.problems:
        return ()
    files = {f"data/{found.label}.yaml" for found in needed(content.data.plan, period)}
    return tuple(problem for problem in content.problems if problem.file in files)


# an indicator


def _indicator(data: Dataset, indicator: Indicator, points: Sequence[Point], _: Translate) -> IndicatorPage:
    plan = data.plan
    titles = {area.id: area.title for area in plan.areas}
    targets = [words.next_target_text(indicator, target, _) for target in indicator.targets]
    any_figure = any(point.actual for point in points)
    chart = drawings.course_line(indicator, points, _) if any_figure and indicator.kind in drawings.DRAWN else ""
    announced = indicator.announced.by if indicator.announced else ""
    return IndicatorPage(
        id=indicator.id,
        name=indicator.name,
        ref=indicator.ref or "",
        area=titles.get(indicator.area or "", ""),
        owner=owner_name(plan, indicator.owner),
        unit=indicator.unit or "",
        frequency=words.frequency_word(indicator.frequency, _),
        numerator=indicator.numerator or "",
        denominator=indicator.denominator or "",
        aggregation=_(WORDS[Aggregation][indicator.aggregation]),
        reading=indicator.reading or "",
        announced=announced,
        targets=tuple(targets),
        chart=drawn(chart) if chart else "",
        figures=tuple(_figure(data, indicator, point, _) for point in reversed(points)),
        years=tuple(_figure(data, indicator, point, _) for point in _yearly(data, indicator, points)),
    )


def _yearly(data: Dataset, indicator: Indicator, points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the course by year of what is measured more often, over the years that are over."""
    if indicator.frequency is Frequency.YEAR or not points:
        return ()
    years = [Period.year(year) for year in data.plan.term.years]
    return course(
        data, indicator, [one for one in years if points[0].period.first <= one.last <= points[-1].period.last]
    )


def _figure(data: Dataset, indicator: Indicator, point: Point, _: Translate) -> FigureRow:
    entry = data.measurement(indicator.id, point.period)
    target = words.target_text(indicator, point.target, _) if point.target is not None else ""
    return FigureRow(
        period=period_title(point.period, _),
        actual=words.value_text(indicator, point.actual, point.target, _) if point.actual is not None else "",
        counts=words.fraction_text(indicator, point.actual) if point.actual is not None else "",
        target=target,
        status=_word(point, _),
        sign=drawings.sign_of(point),
        source=(entry.source or "") if entry is not None else "",
        note=_said(entry, _) if entry is not None else "",
    )


def _said(entry: Measurement, _: Translate) -> str:
    """Return note and evidence, which are there only where they are public."""
    announced = entry.announced.document if entry.announced else None
    return "; ".join(filter(None, (entry.note, announced, *(evidence_text(one, _) for one in entry.evidence))))


# data


def _rows(data: Dataset, indicator: Indicator) -> Iterator[tuple[str, ...]]:
    for period in sorted(data.files, key=lambda one: (one.last, one.first)):
        entry = data.measurement(indicator.id, period)
        if entry is not None:
            numerator, denominator = entry.counts or (None, None)
            figures = (numerator, denominator, entry.value, entry.of)
            texts = ("" if figure is None else _exact(figure) for figure in figures)
            yield (
                indicator.id,
                period.label,
                *texts,
                indicator.unit or "",
                str(entry.quality),
                _cell(entry.source or ""),
            )


def _exact(figure: Number | bool | str) -> str:  # noqa: FBT001  # a yes is a figure
    """Return a figure as it was recorded, with a point and without grouping."""
    if isinstance(figure, bool):
        return "true" if figure else "false"
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)


def _cell(text: str) -> str:
    """Return a text that no spreadsheet computes."""
    plain = inert(text)
    return f"'{plain}" if text.startswith(_FORMULA) else plain


def _csv(rows: Sequence[tuple[str, ...]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return written.getvalue()
