"""One indicator as a whole: definition, targets, figures as a table with bars, what stands beside them, the trail."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cchc.core.course import Point
from cchc.core.fields import Aggregation
from cchc.core.model import Indicator, Measurement, Plan
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views import jsonview
from cchc.views.excerpt import inert
from cchc.views.fields import WORDS
from cchc.views.present import day, period_title
from cchc.views.present.rows import capital, evidence_text, owner_name
from cchc.views.present.traces import correction_text, figure_text, supplement_text
from cchc.views.present.words import final_word, frequency_word, next_target_text, value_text
from cchc.views.screen import Cell, Screen, Style, spark, table
from cchc.views.tallies import SurveyRows, survey_heads, survey_lines, survey_rows
from cchc.views.trailjson import plain
from cchc.views.trails import StepRow, step_json, step_lines

SHOWN = 12  # figures and changes that are listed
COURSE = 36  # figures that the course draws
BAR = 12  # characters of the longest bar
NARROW = 72  # columns below which a table would break its numbers


@dataclass(frozen=True, slots=True)
class Portrait:
    """One indicator: its place in the plan, its course, its entries, and the steps of its trail, None outside git."""

    indicator: Indicator
    plan: Plan
    points: Sequence[Point]
    entries: Mapping[Period, Measurement]
    steps: Sequence[StepRow] | None
    shallow: bool
    mark: str


def portrait_text(shown: Portrait, _: Translate, screen: Screen) -> str:
    """Return definition, targets, figures with their course, and who changed what."""
    lines = list(screen.lines(_title(shown), Style.BOLD))
    lines += screen.lines(shown.mark, Style.WARNING) if shown.mark else ()
    for name, text in _definition(shown, _):
        lines += screen.lines(f"  {name}: {inert(text)}", indent="    ") if text else ()
    lines += ["", *screen.lines(_(mark("Figures: {course}")).format(course=_course(shown)).rstrip(), Style.BOLD)]
    known = _known(shown)
    if known:
        rows = list(_rows(shown, known, _))
        if screen.width < NARROW:
            lines += [line for row in rows for line in _block(row, screen, _)]
        else:
            lines += table(screen, _heads(_), [[Cell(text) for text in row] for row in rows])
    else:
        lines.append("  " + _(mark("No figure was recorded.")))
    lines += _surveys_text(shown, known, _, screen)
    for title, own in _lists(shown, known, _):
        lines += ["", *screen.lines(title, Style.BOLD)]
        lines += [line for text in own for line in screen.lines(f"  {inert(text)}", indent="    ")]
    return "\n".join(lines) + "\n"


def portrait_markdown(shown: Portrait, _: Translate) -> str:
    """Return the same as Markdown, every text inert in it."""
    from cchc.views.documents import cell, markdown  # noqa: PLC0415  # the terminal does without templates

    known = _known(shown)
    parts = [f"# {markdown(_title(shown))}", f"**{markdown(shown.mark)}**" if shown.mark else ""]
    parts.append("\n".join(f"- {markdown(f'{name}: {text}')}" for name, text in _definition(shown, _) if text))
    parts.append(f"## {markdown(_(mark('Figures: {course}')).format(course=_course(shown)).rstrip())}")
    table_ = _grid(_heads(_), _rows(shown, known, _), cell)
    parts.append(table_ if known else markdown(_(mark("No figure was recorded."))))
    for survey in _surveys(shown, known, _):
        parts += [f"### {markdown(survey.head)}", _grid(survey_heads(_), survey.rows, cell)]
    for title, own in _lists(shown, known, _):
        parts.append(f"## {markdown(title.removesuffix(':'))}")
        parts.append("\n".join(f"- {markdown(text.strip())}" for text in own))
    return "\n\n".join(part for part in parts if part) + "\n"


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]], cell: Callable[[str], str]) -> str:
    """Return a table of Markdown."""
    lines = [f"| {' | '.join(map(cell, heads))} |", "|---" * len(heads) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(map(cell, row))} |" for row in rows)])


def _surveys(shown: Portrait, known: Sequence[Point], _: Translate) -> Iterator[SurveyRows]:
    entries = [(point.period, shown.entries[point.period]) for point in known if point.period in shown.entries]
    return survey_rows(shown.indicator, entries, _)


def _surveys_text(shown: Portrait, known: Sequence[Point], _: Translate, screen: Screen) -> Iterator[str]:
    """Yield the surveys behind the figures, each as a table with its questions."""
    for survey in _surveys(shown, known, _):
        yield ""
        yield from screen.lines(inert(survey.head), Style.BOLD)
        if screen.width < NARROW:
            for line in survey_lines(survey):
                yield from screen.lines(f"  {inert(line)}", indent="    ")
        else:
            yield from table(screen, survey_heads(_), [[Cell(text) for text in row] for row in survey.rows])


def _lists(shown: Portrait, known: Sequence[Point], _: Translate) -> Iterator[tuple[str, list[str]]]:
    """Yield the lists below the table with their heads: what stands beside the figures, and the trail."""
    beside = list(_beside(shown, known, _))
    if beside:
        yield _(mark("Beside the figures:")), beside
    trail = list(_trail(shown, _))
    if trail or shown.steps is None:
        yield _trail_head(shown, _), trail


def _title(shown: Portrait) -> str:
    return f"{inert(shown.indicator.name)} [{shown.indicator.id}]"


def _known(shown: Portrait) -> list[Point]:
    """Return the newest points with a figure, the newest first."""
    return [point for point in shown.points if point.actual is not None][-SHOWN:][::-1]


def _course(shown: Portrait) -> str:
    return spark([point.actual for point in shown.points[-COURSE:]])


def _definition(shown: Portrait, _: Translate) -> Iterator[tuple[str, str]]:
    indicator, plan = shown.indicator, shown.plan
    areas = {area.id: area.title for area in plan.areas}
    document = plan.head.document
    number = ", ".join(filter(None, (document.number, day(document.date) if document.date else None)))
    yield _(mark("Place in the plan")), " – ".join(filter(None, (indicator.ref, number)))
    yield _(mark("Area")), areas.get(indicator.area or "", "")
    yield _(mark("Owner")), owner_name(plan, indicator.owner)
    yield _(mark("Joins in")), ", ".join(owner_name(plan, one) for one in indicator.joining)
    yield _(mark("Unit of measure")), indicator.unit or ""
    yield _(mark("Measured by")), frequency_word(indicator.frequency, _)
    yield _(mark("Numerator")), indicator.numerator or ""
    yield _(mark("Denominator")), indicator.denominator or ""
    yield _(mark("Combined over time")), _(WORDS[Aggregation][indicator.aggregation])
    yield _(mark("Reading")), indicator.reading or ""
    for target in indicator.targets:
        yield _(mark("Target")), next_target_text(indicator, target, _)
    yield _(mark("Note")), indicator.note or ""


def _block(row: Sequence[str], screen: Screen, _: Translate) -> Iterator[str]:
    """Yield a row as lines: the period with its figure and verdict, the year before, the bar."""
    period, figure, before, bar, word = row
    yield from screen.lines("  " + " – ".join(filter(None, (f"{period}: {inert(figure)}", word))), indent="    ")
    yield from screen.lines(f"    {_(mark('Same period last year'))}: {before}", indent="      ")
    if bar:
        yield f"    {bar}"


def _heads(_: Translate) -> tuple[str, ...]:
    return (
        _(mark("Period")), _(mark("Figure")), _(mark("Same period last year")), _(mark("Course")), _(mark("Verdict")),
    )  # fmt: skip


def _rows(shown: Portrait, known: Sequence[Point], _: Translate) -> Iterator[tuple[str, ...]]:
    values = [point.actual.value for point in known if point.actual is not None]
    numbers = [value for value in values if isinstance(value, Fraction)]
    ends = (min(numbers), max(numbers)) if numbers else (Fraction(0), Fraction(0))
    by_period = {point.period: point for point in shown.points}
    for point in known:
        before = by_period.get(point.period.same_period_last_year())
        word = capital(final_word(str(point.status), point.period, _)) if shown.indicator.targets else ""
        yield (
            period_title(point.period, _),
            _figure(shown, point, _),
            value_text(shown.indicator, before.actual, before.target, _) if before and before.actual else "–",
            _bar(point, *ends),
            word,
        )


def _figure(shown: Portrait, point: Point, _: Translate) -> str:
    entry = shown.entries.get(point.period)
    if entry is not None:
        return figure_text(shown.indicator, point.period, entry, _)
    return value_text(shown.indicator, point.actual, point.target, _) if point.actual is not None else ""


def _bar(point: Point, low: Fraction, high: Fraction) -> str:
    """Return a bar that grows from the least value shown to the greatest, as the course above does."""
    value = point.actual.value if point.actual is not None else None
    if not isinstance(value, Fraction):
        return ""
    return "█" * (1 + round((value - low) / (high - low) * (BAR - 1)) if high > low else BAR)


def _beside(shown: Portrait, known: Sequence[Point], _: Translate) -> Iterator[str]:
    for point in known:
        entry = shown.entries.get(point.period)
        for line in _said(entry, _) if entry is not None else ():
            yield f"{period_title(point.period, _)}: {line}"


def _said(entry: Measurement, _: Translate) -> Iterator[str]:
    if entry.source:
        yield _(mark("source: {text}")).format(text=entry.source)
    for attribution, message in (
        (entry.provided, mark("provided by {by}{on}")),
        (entry.checked, mark("checked by {by}{on}")),
    ):
        if attribution is not None:
            yield _(message).format(by=attribution.by, on=f" {day(attribution.on)}" if attribution.on else "")
    if entry.note:
        yield _(mark("note: {text}")).format(text=entry.note)
    for piece in entry.evidence:
        yield _(mark("evidence: {text}")).format(text=evidence_text(piece, _))
    for correction in entry.corrections:
        yield correction_text(correction, _)
    if entry.supplement is not None:
        yield supplement_text(entry.supplement, _)


def _trail_head(shown: Portrait, _: Translate) -> str:
    if shown.steps is None:
        return _(mark("Not under git: who entered what is not recorded."))
    return _(mark("Who changed what:"))


def _trail(shown: Portrait, _: Translate) -> Iterator[str]:
    steps = shown.steps or ()
    yield from step_lines(shown.indicator, steps[:SHOWN], _)
    if len(steps) > SHOWN:
        more = _(mark("{count} more: cchc log {id}"))
        yield more.format(count=len(steps) - SHOWN, id=shown.indicator.id)


def portrait_json(shown: Portrait, _: Translate) -> str:
    """Return the indicator with its figures and its trail; display texts are those of the translator."""
    indicator = shown.indicator
    return jsonview.dumps(
        {
            "schema": "cchc/show/1",
            "indicator": plain(indicator),
            "figures": [
                {
                    "period": point.period,
                    "status": point.status,
                    "complete": point.complete,
                    "entry": plain(shown.entries.get(point.period)),
                    "display": value_text(indicator, point.actual, point.target, _) if point.actual else None,
                }
                for point in shown.points
            ],
            "shallow": shown.shallow,
            "steps": None if shown.steps is None else [step_json(indicator, step, _) for step in shown.steps],
        }
    )
