"""The charts of a report or of a public page: courses to drawings with their words."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from cchc.core.course import Point
from cchc.core.fields import Kind
from cchc.core.model import Indicator, Target
from cchc.core.periods import Frequency, Period, Unit
from cchc.core.results import VERDICTS, Actual, Evaluation, Report, Status
from cchc.core.targets import bound_of
from cchc.texts import Translate, mark
from cchc.views import charts
from cchc.views.charts import Charts, Heading
from cchc.views.present import words
from cchc.views.present.numbers import ROMAN, period_title, short
from cchc.views.present.rows import SIGNS

Courses = Mapping[str, tuple[Point, ...]]
_HUNDRED = Fraction(100)
DRAWN = frozenset({Kind.RATIO, Kind.COUNT, Kind.NUMBER, Kind.RANK})


def report_charts(report: Report, courses: Courses, _: Translate) -> Charts:
    """Return the drawings of a report: of each indicator the figure against its target, and its course."""
    drawn = {result.indicator.id: tuple(_of_indicator(result, courses, _)) for result in report.indicators}
    return Charts(status_strip(report, courses, _), {key: svgs for key, svgs in drawn.items() if svgs})


def _of_indicator(result: Evaluation, courses: Courses, _: Translate) -> Iterator[str]:
    indicator = result.indicator
    points = courses.get(indicator.id, ())
    if indicator.kind not in DRAWN:
        return
    if result.actual is not None and result.target is not None and indicator.kind is not Kind.RANK:
        yield figure_against_target(result, words.judged_to_date(result) or result.actual, result.target, _)
    if sum(point.actual is not None for point in points) > 1:
        yield course_line(indicator, points, _)


def figure_against_target(result: Evaluation, actual: Actual, target: Target, _: Translate) -> str:
    """Return the bullet of a figure."""
    indicator = result.indicator
    shown = words.value_text(indicator, actual, target, _)
    value = actual.value if isinstance(actual.value, Fraction) else None
    against = _(mark("target: {target}")).format(target=words.target_text(indicator, target, _))
    sign = "open" if result.judged and not result.complete else SIGNS.get(str(result.status), "plain")
    point = charts.Point("", value, shown, bound_of(target), sign)
    title = _(mark("Figure and target: {name}")).format(name=indicator.name)
    heading = Heading(f"b-{indicator.id}", title, f"{shown}; {against}")
    ceiling = target.at_most is not None
    return charts.bullet(point, heading, _best(indicator), against=against, ceiling=ceiling)


def _best(indicator: Indicator) -> Fraction | None:
    return _HUNDRED if indicator.is_share else None


def course_line(indicator: Indicator, points: Sequence[Point], _: Translate) -> str:
    """Return the line of a course."""
    drawn = _points(indicator, points, _)
    low, high = charts.bounds(drawn, _best(indicator))
    ends = _axis(low, indicator, _), _axis(high, indicator, _)
    said = "; ".join(f"{point.label}: {point.shown}" for point in drawn)
    heading = Heading(f"c-{indicator.id}", _(mark("Course: {name}")).format(name=indicator.name), said)
    return charts.line(drawn, heading, ends, _best(indicator))


def _axis(value: Fraction, indicator: Indicator, _: Translate) -> str:
    """Return a value as an axis has room for: thousands of millions as such."""
    for size, message in _SIZES:
        if abs(value) >= size:
            return _(message).format(number=short(value / size, 1))
    return words.with_unit(short(value, 1), "%" if indicator.unit == "%" else None)


_SIZES = (
    (10**15, mark("{number} million billion")),
    (10**9, mark("{number} billion")),
    (10**6, mark("{number} million")),
)


def course_spark(indicator: Indicator, points: Sequence[Point], _: Translate) -> str:
    """Return the course as small as a word."""
    drawn = _points(indicator, points, _)
    said = "; ".join(f"{point.label}: {point.shown}" for point in drawn[-1:])
    heading = Heading(f"s-{indicator.id}", _(mark("Course: {name}")).format(name=indicator.name), said)
    return charts.sparkline(drawn, heading)


def _points(indicator: Indicator, points: Sequence[Point], _: Translate) -> list[charts.Point]:
    return [_point(indicator, point, _) for point in points]


def _point(indicator: Indicator, point: Point, _: Translate) -> charts.Point:
    value = point.actual.value if point.actual is not None and isinstance(point.actual.value, Fraction) else None
    shown = words.value_text(indicator, point.actual, point.target, _) if point.actual is not None else ""
    bound = bound_of(point.target) if point.target is not None else None
    word = words.final_word(str(point.status), point.period, _)
    said = " – ".join(filter(None, (shown, word if point.status in VERDICTS or not shown else "")))
    return charts.Point(short_title(point.period), value, said, bound, sign_of(point))


def sign_of(point: Point) -> str:
    """Return the class of a verdict's look: one on incomplete figures is open."""
    if point.status in VERDICTS and not point.complete:
        return "open"
    return SIGNS.get(str(point.status), "plain")


def short_title(period: Period) -> str:
    """Return a period as short as an axis needs it: T6/2023, I/2023, 2023."""
    match period.unit:
        case Unit.MONTH:
            return f"T{period.first_month}/{period.last_year}"
        case Unit.QUARTER:
            return f"{ROMAN[period.first_month // 3]}/{period.last_year}"
        case _:
            return str(period.last_year)


def status_strip(report: Report, courses: Courses, _: Translate) -> str:
    """Return the verdicts of the year by month, of several years by year; empty where nothing was judged."""
    columns = _columns(report.period)
    rows = [
        charts.Row(
            result.indicator.name, tuple(_cell(courses.get(result.indicator.id, ()), column, _) for column in columns)
        )
        for result in report.indicators
    ]
    rows = [row for row in rows if any(sign for sign, _said in row.cells)]
    if not rows:
        return ""
    heads = [f"T{column.first_month}" if column.unit is Unit.MONTH else str(column.last_year) for column in columns]
    shown = report.period if len(report.period.years) > 1 else report.period.year_to_date()
    title = _(mark("Verdicts of {period}")).format(period=period_title(shown, _))
    return charts.strip(rows, (_(mark("Name of the indicator")), *heads), title)


def _columns(period: Period) -> list[Period]:
    if period.first_year != period.last_year:
        return [Period.year(year) for year in period.years]
    return list(period.year_to_date().parts(Frequency.MONTH))


def _cell(points: Sequence[Point], column: Period, _: Translate) -> tuple[str, str]:
    """Return the sign of the reference period that ends with the column, empty where none does."""
    for point in points:
        if point.period.last == column.last and point.status is not Status.NARRATIVE:
            return sign_of(point), words.final_word(str(point.status), point.period, _)
    return "", ""
