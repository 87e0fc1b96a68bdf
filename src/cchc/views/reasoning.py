"""How a verdict came about, step by step: for the terminal, as Markdown and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cchc.core.explanation import Explanation, Input, Use
from cchc.core.fields import Aggregation, Kind, Quality
from cchc.core.model import Indicator, Measurement, Target
from cchc.core.outlook import Need, Outlook
from cchc.core.periods import Period
from cchc.core.results import Actual, Evaluation, Reason
from cchc.core.targets import course, fulfilled, in_force
from cchc.texts import Translate, mark
from cchc.views import jsonview
from cchc.views.excerpt import inert
from cchc.views.fields import WORDS
from cchc.views.present import period_title
from cchc.views.present.numbers import end_title, enough, exactly, periods_title, short, within, within_title
from cchc.views.present.traces import figure_text
from cchc.views.present.words import (
    actual_text,
    bound_text,
    frequency_word,
    next_target_text,
    status_text,
    value_text,
    with_unit,
)


@dataclass(frozen=True, slots=True)
class Reasons:
    """A verdict explained, with the places, as `file:line`, of its figures, its indicator and its targets.

    `over`: the periods of its outlook that are over on the day of the explanation.
    """

    period: Period
    found: Explanation
    figures: Mapping[Period, str]
    defined: str
    targets: Sequence[tuple[Target, str]]
    mark: str
    over: frozenset[Period] = frozenset()

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods of its outlook that are over and have no figure."""
        return tuple(one for one in self.remaining if one in self.over and one not in self.figures)

    @property
    def coming(self) -> tuple[Period, ...]:
        """The periods of its outlook that are not over yet."""
        return tuple(one for one in self.remaining if one not in self.over)

    @property
    def remaining(self) -> tuple[Period, ...]:
        """The periods that decide what of the year is still open, as of the end of the period."""
        return self.found.outlook.remaining if self.found.outlook is not None else ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way to the verdict: what it is about, and its lines."""

    title: str
    lines: tuple[str, ...]


_SIGNS = (("at_least", "≥"), ("at_most", "≤"), ("equal_to", "="))
_USES: Mapping[Use, str] = {
    Use.USED: "",
    Use.MISSING: mark("no figures"),
    Use.NOTHING_AROSE: mark("nothing arose: left out"),
    Use.OTHER: mark("does not count here"),
}
_NEEDS: Mapping[Need, str] = {
    Need.SECURED: mark("The target of {year} is met, whatever comes in {periods}."),
    Need.IMPOSSIBLE: mark("Nothing that {periods} can bring is enough for the target of {year}."),
    Need.WITHIN: mark("To meet the target of {year}, {periods} must bring on average {bounds}."),
    Need.EACH: mark("To meet the target of {year}, each of {periods} must bring {bounds}."),
    Need.ONE: mark("To meet the target of {year}, one of {periods} at least must bring {bounds}."),
    Need.TARGET: mark("The target of {year} is decided by the figure of {periods}, which must be: {bounds}."),
    Need.YES: mark("To meet the target of {year}, each of {periods} must be a yes."),
}
_ALONE: Mapping[Need, str] = {  # where one figure is left
    **_NEEDS,
    **dict.fromkeys(
        (Need.WITHIN, Need.EACH, Need.ONE), mark("To meet the target of {year}, {periods} must bring {bounds}.")
    ),
    Need.YES: mark("To meet the target of {year}, {periods} must be a yes."),
}
_TOTAL = mark("To meet the target of {year}, {periods} must bring together {bounds}.")


def steps(reasons: Reasons, _: Translate) -> list[Step]:
    """Return the way to the verdict in the order of the rules."""
    found = reasons.found
    made = [
        Step(_(mark("What is judged")), tuple(_judged(reasons, _))),
        Step(_(mark("Figures")), tuple(_inputs(reasons, found.inputs, _))),
        Step(_(mark("Year to date, on which a sum is judged")), tuple(_inputs(reasons, found.to_date, _))),
        Step(_(mark("Combined")), tuple(_combined(found, _))),
        Step(_(mark("Target")), tuple(_targets(reasons, _))),
        Step(_(mark("Compared")), tuple(_compared(found, _))),
        Step(_(mark("Verdict")), tuple(_verdict(found.result, _))),
        Step(_outlook_title(reasons, _), tuple(_outlook(reasons, _))),
    ]
    return [step for step in made if step.lines]


def reasons_text(reasons: Reasons, _: Translate) -> str:
    """Return the steps for the terminal."""
    lines = [_title(reasons, _), *([reasons.mark] if reasons.mark else [])]
    for number, step in enumerate(steps(reasons, _), 1):
        lines += [f"{number}. {step.title}", *(f"   {inert(line)}" for line in step.lines)]
    return "\n".join(lines) + "\n"


def _title(reasons: Reasons, _: Translate) -> str:
    indicator = reasons.found.result.indicator
    return f"{inert(indicator.name)} [{indicator.id}], {period_title(reasons.period, _)}"


def reasons_markdown(reasons: Reasons, _: Translate) -> str:
    """Return the steps as Markdown, every text inert in it."""
    from cchc.views.documents import markdown  # noqa: PLC0415  # the terminal does without templates

    lines = [f"# {markdown(_title(reasons, _))}", *([f"**{markdown(reasons.mark)}**"] if reasons.mark else [])]
    for number, step in enumerate(steps(reasons, _), 1):
        lines.append(f"## {number}. {markdown(step.title)}")
        lines.append("\n".join(f"- {markdown(line)}" for line in step.lines))
    return "\n\n".join(lines) + "\n"


def reasons_json(reasons: Reasons, _: Translate) -> str:
    """Return the steps as values and as texts; display texts are those of the translator."""
    found = reasons.found
    return jsonview.dumps(
        {
            "schema": "cchc/explain/1",
            "period": reasons.period,
            "illustrative": bool(reasons.mark),
            "evaluation": jsonview.evaluation_json(found.result, _),
            "judged": found.judged,
            "inputs": [_input_json(reasons, one, _) for one in found.inputs],
            "year_to_date_inputs": [_input_json(reasons, one, _) for one in found.to_date],
            "defined": reasons.defined,
            "targets": [{"target": jsonview.target_json(target), "place": at} for target, at in reasons.targets],
            "outlook": _outlook_json(reasons),
            "steps": [{"title": step.title, "lines": step.lines} for step in steps(reasons, _)],
        }
    )


def _input_json(reasons: Reasons, one: Input, _: Translate) -> jsonview.Json:
    counts = one.entry.counts if one.entry is not None else None
    return {
        "period": one.period,
        "place": reasons.figures.get(one.period),
        "use": one.use,
        "numerator": counts[0] if counts is not None else None,
        "denominator": counts[1] if counts is not None else None,
        "value": one.entry.value if one.entry is not None else None,
        "text": one.entry.text if one.entry is not None else None,
        "quality": one.entry.quality if one.entry is not None else None,
        "display": figure_text(reasons.found.result.indicator, one.period, one.entry, _),
    }


def _outlook_json(reasons: Reasons) -> jsonview.Json | None:
    found = reasons.found.outlook
    if found is None:
        return None
    return {
        "target": jsonview.target_json(found.target),
        "year": found.year,
        "remaining": found.remaining,
        "missing": reasons.missing,
        "need": found.need,
        "low": found.low,
        "high": found.high,
        "total": found.total,
        "assumed_denominator": found.denominator,
    }


# the steps


def _judged(reasons: Reasons, _: Translate) -> Iterator[str]:
    found, result = reasons.found, reasons.found.result
    indicator = result.indicator
    yield f"{reasons.defined}: {indicator.id}"
    if reasons.period != result.period:
        yield _(mark("A period of several years is judged by its last year: {period}.")).format(
            period=period_title(result.period, _)
        )
    frequency = frequency_word(indicator.frequency, _)
    if found.judged is None:
        yield _(mark("Measured by {frequency}; its own period is not over at the end of {period}.")).format(
            frequency=frequency, period=end_title(result.period, _)
        )
        if result.latest is not None:
            text = value_text(indicator, result.latest.actual, result.latest.target, _)
            yield _(mark("The latest figure before: {period}: {value}.")).format(
                period=period_title(result.latest.reference, _), value=text
            )
        return
    expected = [one.period for one in found.inputs]
    if not expected:
        yield _(mark("No figure is expected: the indicator does not exist in this period."))
        return
    text = _(mark("Measured by {frequency}; expected in {period}: {expected}."))
    yield text.format(frequency=frequency, period=within_title(found.judged, _), expected=periods_title(expected, _))
    if indicator.reading:
        yield _(mark("Reading: {text}")).format(text=indicator.reading)


def _inputs(reasons: Reasons, inputs: Sequence[Input], _: Translate) -> Iterator[str]:
    indicator = reasons.found.result.indicator
    for one in inputs:
        place = reasons.figures.get(one.period)
        said = [figure_text(indicator, one.period, one.entry, _)] if one.entry is not None else []
        said += _surveys(one.entry, _) if one.entry is not None else ()
        if one.entry is not None and one.entry.quality is Quality.PROVISIONAL:
            said.append(_(mark("provisional")))
        said += [_(_USES[one.use])] if _USES[one.use] else []
        yield (f"{place}: " if place else "") + f"{period_title(one.period, _)}: {'; '.join(said)}"


def _surveys(entry: Measurement, _: Translate) -> Iterator[str]:
    """Yield what the surveys of a figure add up from, where there are several."""
    if len(entry.held) > 1:
        above, below = (
            _sum([exactly(count) for count in counts])
            for counts in zip(*((one.satisfied_answers, one.answers) for one in entry.held), strict=True)
        )
        yield _(mark("surveys pooled: {sum}")).format(sum=f"{above}/{below}")


def _combined(found: Explanation, _: Translate) -> Iterator[str]:
    result, actual = found.result, found.result.actual
    indicator = result.indicator
    if result.reason is Reason.UNCOMBINABLE:
        yield _(mark("Several figures without numerator and denominator: they cannot be combined."))
    if actual is None or indicator.kind is Kind.NARRATIVE:
        return
    used = [one for one in found.inputs if one.use is Use.USED]
    rule = _(WORDS[Aggregation][indicator.aggregation])
    yield f"{rule}: {_arithmetic(indicator, used, actual, result.target, _)}"
    if found.to_date and result.year_to_date is not None and result.year_to_date.actual is not None:
        to_date = [one for one in found.to_date if one.use is Use.USED]
        text = _arithmetic(indicator, to_date, result.year_to_date.actual, result.target, _)
        yield _(mark("year to date: {text}")).format(text=text)


def _arithmetic(
    indicator: Indicator, used: Sequence[Input], actual: Actual, target: Target | None, _: Translate
) -> str:
    """Return the arithmetic in numbers: (405 + 419)/(413 + 423) × 100 = 98,56%."""
    printed = value_text(indicator, actual, target, _)
    counts = [one.entry.counts for one in used if one.entry is not None and one.entry.counts is not None]
    if actual.numerator is not None and actual.denominator is not None:
        above, below = (_sum([exactly(one[place]) for one in counts]) for place in (0, 1))
        whole = f"{exactly(actual.numerator)}/{exactly(actual.denominator)}"
        parts = [f"{above}/{below}", whole] if len(counts) > 1 else [whole]
        times = f" × {exactly(indicator.factor)}" if indicator.factor != 1 else ""
        exact = f" ({actual.value})" if isinstance(actual.value, Fraction) and actual.value.denominator > 1 else ""
        return " = ".join([*(f"{part}{times}" for part in parts), f"{printed}{exact}"])
    values = [figure_text(indicator, one.period, one.entry, _) for one in used]
    if indicator.aggregation is Aggregation.SUM and len(values) > 1:
        return f"{' + '.join(values)} = {printed}"
    if indicator.aggregation is Aggregation.MEAN and len(values) > 1:
        return f"({' + '.join(values)})/{len(values)} = {printed}"
    return f"{'; '.join(values)} → {printed}" if len(values) > 1 else printed


def _sum(texts: Sequence[str]) -> str:
    return f"({' + '.join(texts)})" if len(texts) > 1 else "".join(texts)


def _targets(reasons: Reasons, _: Translate) -> Iterator[str]:
    result = reasons.found.result
    indicator = result.indicator
    if not indicator.targets:
        yield _(mark("The plan sets no target."))
        return
    places = {id(target): place for target, place in reasons.targets}
    if result.target is None:
        yield _(mark("No target is in force yet."))
    else:
        text = f"{places.get(id(result.target), '')}: {bound_text(indicator, result.target, _)}".removeprefix(": ")
        yield f"{text} ({_why(result, result.target, _)})"
    if result.next_target is not None:
        coming = next_target_text(indicator, result.next_target, _)
        place = places.get(id(result.next_target), "")
        yield f"{place}: ".removeprefix(": ") + _(mark("later: {target}")).format(target=coming)


def _why(result: Evaluation, target: Target, _: Translate) -> str:
    if target.first is not None:
        return _(mark("in force from {year}, the latest that has begun")).format(year=target.first)
    if in_force(target, result.period):
        return _(mark("due by {year}, which is over")).format(year=target.by)
    return _(mark("due by {year}, the next; it can be met before")).format(year=target.by)


def _compared(found: Explanation, _: Translate) -> Iterator[str]:
    result = found.result
    indicator, target = result.indicator, result.target
    if target is None or result.actual is None or indicator.kind is Kind.NARRATIVE:
        return
    actual = result.actual
    if found.to_date and result.year_to_date is not None and result.year_to_date.actual is not None:
        actual = result.year_to_date.actual
    value = value_text(indicator, actual, target, _)
    holds = fulfilled(indicator, target, actual.value)
    message = mark("{value} {sign} {bound}: true") if holds else mark("{value} {sign} {bound}: false")
    if target.between is not None:
        bare = target.model_copy(update={"as_written": None})
        yield _(message).format(value=value, sign="∈", bound=bound_text(indicator, bare, _))
    for name, sign in _SIGNS:
        if getattr(target, name) is not None:
            bare = Target.model_construct(equal_to=getattr(target, name), as_written=None)
            yield _(message).format(value=value, sign=sign, bound=bound_text(indicator, bare, _))
    point = course(indicator, target, result.period)
    if point is not None and not in_force(target, result.period):
        yield _(mark("The straight line from {year} to {due} stands at {point} now.")).format(
            year=indicator.baseline.year if indicator.baseline else "",
            due=target.by,
            point=with_unit(short(point), indicator.unit),
        )


def _verdict(result: Evaluation, _: Translate) -> Iterator[str]:
    text = actual_text(result, _)
    yield " – ".join(filter(None, (text, status_text(result, _))))
    if result.judged and result.coverage.missing:
        yield _(mark("Missing: {periods}; the verdict stands on what is there.")).format(
            periods=periods_title(result.coverage.missing, _)
        )


def _outlook_title(reasons: Reasons, _: Translate) -> str:
    """Return what the outlook is about: what is still to come, or of a year that is over what is missing."""
    if reasons.coming:
        return _(mark("What the rest of the year must bring"))
    if reasons.missing == reasons.remaining:
        return _(mark("What the missing figures must bring"))
    period = end_title(reasons.found.result.period, _)
    return _(mark("What the year still had to bring at the end of {period}")).format(period=period)


def _outlook(reasons: Reasons, _: Translate) -> Iterator[str]:
    outlook, indicator = reasons.found.outlook, reasons.found.result.indicator
    if outlook is None:
        return
    if reasons.missing:
        text = _(mark("Over, but without figures: {periods}."))
        yield text.format(periods=periods_title(reasons.missing, _))
    alone = len(outlook.remaining) == 1
    summed = outlook.total and outlook.need is Need.WITHIN and not alone
    message = _TOTAL if summed else (_ALONE if alone else _NEEDS)[outlook.need]
    bounds = bound_text(indicator, outlook.target, _) if outlook.need is Need.TARGET else _needed(indicator, outlook, _)
    yield _(message).format(year=outlook.year.first_year, periods=periods_title(outlook.remaining, _), bounds=bounds)
    if outlook.denominator is not None:
        yield _(mark("Assumed: a denominator of {denominator} a {frequency}, as on average so far.")).format(
            denominator=short(outlook.denominator), frequency=frequency_word(indicator.frequency, _)
        )


def _needed(indicator: Indicator, outlook: Outlook, _: Translate) -> str:
    """Return the bounds, rounded so that who reaches what is printed has reached what is needed."""
    average = outlook.need is Need.WITHIN and not outlook.total
    places = 0 if indicator.kind is Kind.COUNT and not average else 2
    low = with_unit(enough(outlook.low, places), indicator.unit) if outlook.low is not None else ""
    high = with_unit(within(outlook.high, places), indicator.unit) if outlook.high is not None else ""
    if low and high:
        return _(mark("from {low} to {high}")).format(low=low, high=high)
    return _(mark("at least {bound}") if low else mark("at most {bound}")).format(bound=low or high)
