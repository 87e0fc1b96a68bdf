"""One sentence for each indicator, composed from its figures as offices write it, and the summary sentence."""

import re
from collections.abc import Mapping
from fractions import Fraction

from cchc.core.evaluate import judged_period
from cchc.core.fields import Kind
from cchc.core.model import Indicator
from cchc.core.periods import Period, reference_ending
from cchc.core.results import Actual, Evaluation, Reason, Report, Status
from cchc.core.targets import bound_of
from cchc.texts import Translate, mark
from cchc.views.present.numbers import counted, end_title, period_title, short, within_title
from cchc.views.present.words import (
    actual_text,
    bound_text,
    differs,
    fraction_text,
    is_final,
    judged_to_date,
    notes,
    own_places,
    printed,
    reason_text,
    value_text,
    with_unit,
)

_DEADLINES: Mapping[Status, str] = {
    Status.MET: mark("already reached ahead of time"),
    Status.ON_TRACK: mark("on schedule"),
    Status.BEHIND: mark("behind schedule"),
    Status.NOT_DUE: mark("not due for assessment yet"),
}


_WITHOUT_FIGURE = frozenset({Status.NOT_APPLICABLE, Status.NO_DATA, Status.AWAITING})


def sentence(result: Evaluation, _: Translate) -> str:
    """Return the sentence of an indicator; of a narrative its text alone."""
    if not names_itself(result) or result.actual is None:
        return _without_figure(result, _)
    text = _with_figure(result, result.actual, _)
    if result.status is Status.NOT_ASSESSED:
        not_assessed = _(mark("Not assessed: {reason}.")).format(reason=reason_text(result, _))
        return f"{stopped(text)} {not_assessed}"
    if result.status is Status.MONITORED:
        no_figure = _(mark("The plan sets no figure."))
        return f"{stopped(text)} {no_figure}"
    return stopped(text)


def names_itself(result: Evaluation) -> bool:
    """Whether the sentence says which indicator it is about; those without a figure do not."""
    return result.actual is not None and result.status not in _WITHOUT_FIGURE


def stopped(text: str) -> str:
    """Return the text with a stop at its end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


# without a figure


def _without_figure(result: Evaluation, _: Translate) -> str:
    title = period_title(_judged(result), _)
    match result.status:
        case Status.NOT_APPLICABLE if result.indicator.survey:
            return _(mark("No survey was held in the period."))
        case Status.NOT_APPLICABLE:
            what = result.indicator.denominator or result.indicator.item or result.indicator.name
            return _(mark("In {period} nothing arose: {what}.")).format(
                period=within_title(_judged(result), _), what=_lower(what)
            )
        case Status.AWAITING:
            return _(mark("The result of {period} has not been announced yet.")).format(period=title)
        case Status.NOT_ASSESSED:
            return _(mark("Not assessed: {reason}.")).format(reason=reason_text(result, _))
        case Status.NOT_DUE if result.reason is Reason.YEARLY_FIGURE:
            return _not_over(result, _)
        case _:
            return _(mark("At the time of reporting there are no figures."))


def _judged(result: Evaluation) -> Period:
    """Return the period whose figures are judged: the longer reference period that ends with the report's."""
    return judged_period(result.indicator.frequency, result.period) or result.period


def _not_over(result: Evaluation, _: Translate) -> str:
    own = period_title(reference_ending(result.period, result.indicator.frequency), _)
    text = _(mark("The result of {period} is not due for assessment yet")).format(period=own)
    if result.latest is None:
        return f"{text}."
    latest, phrases = result.latest, result.indicator.phrases
    actual = value_text(result.indicator, latest.actual, latest.target, _)
    if phrases is not None:
        actual = _lower(phrases.yes if latest.actual.value else phrases.no)
    earlier = _(mark("{period}: {actual}")).format(period=period_title(latest.reference, _), actual=actual)
    return stopped(f"{text}; {earlier}")


def _lower(text: str) -> str:
    """Return the text as it goes on inside a sentence; an abbreviation (UBND, TTHC) keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# with a figure


def _with_figure(result: Evaluation, actual: Actual, _: Translate) -> str:
    match result.indicator.kind:
        case Kind.NARRATIVE:
            return actual.text or ""
        case Kind.YES_NO:
            return _yes_no(result, actual, _)
        case Kind.RANK:
            return _rank(result, actual, _)
        case Kind.GRADE:
            return _grade(result, _)
        case _:
            return _number(result, actual, _)


def _yes_no(result: Evaluation, actual: Actual, _: Translate) -> str:
    phrases = result.indicator.phrases
    if phrases is None:
        return f"{result.indicator.name}: {actual_text(result, _)}"
    phrase = phrases.yes if actual.value else phrases.no
    return f"{phrase} {period_title(actual.reference, _)}"


def _rank(result: Evaluation, actual: Actual, _: Translate) -> str:
    indicator = result.indicator
    item = f" {indicator.item}" if indicator.item and actual.of is not None else ""
    head = _(mark("{name} of {period} ranks {rank}")).format(
        name=indicator.name, period=period_title(actual.reference, _), rank=f"{actual_text(result, _)}{item}"
    )
    document = _document(actual)
    head = f"{head} ({document})" if document else head
    text = ", ".join([head, *_rank_verdict(result, actual, _), *_rank_change(result, actual, _)])
    return "; ".join([text, *_deadline(result, _)])


def _document(actual: Actual) -> str:
    announced = actual.measurements[-1].announced if actual.measurements else None
    return announced.document if announced else ""


def _rank_verdict(result: Evaluation, actual: Actual, _: Translate) -> list[str]:
    target = result.target
    if target is None or target.at_most is None or not isinstance(actual.value, Fraction) or not result.judged:
        return []
    if _has_deadline(result):
        return []
    highest = Fraction(target.at_most)
    if actual.value > highest:
        steps = counted(int(actual.value - highest))
        final = mark("missed, {steps} places below the target")
        return [
            _(final if is_final(result.period) else mark("not reached, {steps} places below the target")).format(
                steps=steps
            )
        ]
    best = min((int(number) for number in re.findall(r"[0-9]+", target.as_written or "")), default=0)
    if actual.value < best:
        return [_(mark("above the target"))]
    return [_(mark("the target is met ({target})")).format(target=_rank_target(result, _))]


def _rank_target(result: Evaluation, _: Translate) -> str:
    target = result.target
    written = bound_text(result.indicator, target, _) if target is not None else ""
    if target is None or not target.as_written:
        return written
    bare = written.removeprefix("từ ").removeprefix("xếp ").removeprefix("thứ ")
    return _(mark("ranked {text}")).format(text=bare)


def _rank_change(result: Evaluation, actual: Actual, _: Translate) -> list[str]:
    before = result.same_period_last_year
    if result.change is None or before is None or before.actual is None or not isinstance(actual.value, Fraction):
        return []
    year = period_title(before.actual.reference, _)
    if result.change == 0:
        return [_(mark("as in {period}")).format(period=year)]
    steps = counted(abs(int(result.change)))
    message = mark("up {steps} places on {period}") if result.change < 0 else mark("down {steps} places on {period}")
    return [_(message).format(steps=steps, period=year)]


def _grade(result: Evaluation, _: Translate) -> str:
    head = _(mark("{name} is graded {grade}")).format(name=result.indicator.name, grade=actual_text(result, _))
    if result.target is not None and _has_deadline(result):
        return "; ".join([head, *_deadline(result, _)])
    if result.target is None or not result.judged:
        return head
    met = mark("the target is met ({target})")
    missed = (
        mark("the target is missed ({target})") if is_final(result.period) else mark("the target is not met ({target})")
    )
    message = met if result.status is Status.MET else missed
    return f"{head}, {_(message).format(target=bound_text(result.indicator, result.target, _))}"


def _number(result: Evaluation, actual: Actual, _: Translate) -> str:
    """Return the sentence of a ratio, a count or a number: figure, verdict, last year, year to date."""
    head = _reached(result, actual, _)
    judged = judged_to_date(result)
    verdict = _verdict(result, judged or actual, _)
    text = ", ".join([head, *(() if judged else verdict), *_last_year(result, actual, _)])
    to_date = ", ".join([*_to_date(result, _), *(verdict if judged else ())])
    return "; ".join(filter(None, [text, *_deadline(result, _), to_date, *_causes(result, actual, _)]))


def _reached(result: Evaluation, actual: Actual, _: Translate) -> str:
    counts = fraction_text(result.indicator, actual)
    figure = f"{actual_text(result, _)} ({counts})" if counts else actual_text(result, _)
    if _has_deadline(result) and not _is_ceiling(result):
        message = mark("Up to the end of {period} {name} reaches {figure}")
        name = _lower(result.indicator.name)
        return _(message).format(period=end_title(result.period, _), name=name, figure=figure)
    message = mark("{name} {figure}") if _is_ceiling(result) else mark("{name} reaches {figure}")
    return _(message).format(name=result.indicator.name, figure=figure)


def _has_deadline(result: Evaluation) -> bool:
    """Whether the deciding target is due at the end of a year that is still to come."""
    target = result.target
    if target is None or target.by is None or result.status is Status.NOT_ASSESSED:
        return False
    if _is_ceiling(result) and result.status is Status.MET:  # how far below the ceiling says enough
        return False
    return (target.by, 1) > (result.period.last_year, int(result.period.ends_with_year))


def _is_ceiling(result: Evaluation) -> bool:
    return result.target is not None and result.target.at_most is not None


def _deadline(result: Evaluation, _: Translate) -> list[str]:
    target = result.target
    if not _has_deadline(result) or target is None:
        return []
    bound = bound_text(result.indicator, target, _)
    state = _(_DEADLINES[result.status])
    return [_(mark("the target by {year} is {bound}, {state}")).format(year=target.by, bound=bound, state=state)]


def _verdict(result: Evaluation, actual: Actual, _: Translate) -> list[str]:
    target = result.target
    if target is None or _has_deadline(result) or not result.judged:
        return []
    shown, bound = printed(result.indicator, actual, target), bound_of(target)
    written = bound_text(result.indicator, target, _)
    if shown is None or bound is None:
        message = _MET if result.status is Status.MET else _missed(result)
        return [_(message).format(target=written)]
    difference = difference_text(result.indicator, abs(shown - bound), _)
    if target.at_most is not None:
        return _ceiling(result, shown - bound, difference, _)
    if result.status is Status.MET:
        above = target.at_least is not None and shown > bound
        message = mark("{difference} above the plan's target ({target})") if above else _MET
        return [_(message).format(difference=difference, target=written)]
    below = mark("{difference} lower") if shown < bound else mark("{difference} higher")
    return [_(_missed(result)).format(target=written), _(below).format(difference=difference)]


_MET = mark("the plan's target is met ({target})")


def _missed(result: Evaluation) -> str:
    if is_final(result.period):
        return mark("the plan's target is missed ({target})")
    return mark("the plan's target is not met ({target})")


def _ceiling(result: Evaluation, over: Fraction, difference: str, _: Translate) -> list[str]:
    """Return how far a figure with a ceiling, such as a time, lies below or above it."""
    target = result.target
    bound = bound_of(target) if target is not None else None
    ceiling = with_unit(short(bound), result.indicator.unit) if bound is not None else ""
    if over == 0:
        return [_(mark("equal to the ceiling of {ceiling}")).format(ceiling=ceiling)]
    message = mark("{difference} below the ceiling of {ceiling}")
    if over > 0:
        message = mark("{difference} above the ceiling of {ceiling}, the plan's target is not met")
        if is_final(result.period):
            message = mark("{difference} above the ceiling of {ceiling}, the plan's target is missed")
    return [_(message).format(difference=difference, ceiling=ceiling)]


def difference_text(indicator: Indicator, difference: Fraction, _: Translate) -> str:
    """Return a difference of printed figures: in percentage points, or in what the unit counts."""
    number = short(difference, own_places(difference))
    if indicator.unit == "%":
        return _(mark("{number} percentage points")).format(number=number)
    return with_unit(number, (indicator.unit or "").partition("/")[0].strip() or None)


def _last_year(result: Evaluation, actual: Actual, _: Translate) -> list[str]:
    """Return the change on the same period last year, from the printed figures."""
    before = result.same_period_last_year
    if before is None or before.actual is None or not isinstance(before.actual.value, Fraction):
        return []
    now, then = (printed(result.indicator, one, result.target) for one in (actual, before.actual))
    if now is None or then is None:
        return []
    value = value_text(result.indicator, before.actual, result.target, _)
    year = before.actual.reference.last_year
    if now == then:
        return [_(mark("as in the same period of {year} ({value})")).format(year=year, value=value)]
    message = mark("up {difference} on the same period of {year} ({value})")
    if now < then:
        message = mark("down {difference} on the same period of {year} ({value})")
    difference = difference_text(result.indicator, abs(now - then), _)
    return [_(message).format(difference=difference, year=year, value=value)]


def _to_date(result: Evaluation, _: Translate) -> list[str]:
    beside = result.year_to_date
    if beside is None or beside.actual is None or beside.period == result.period or not differs(result, beside):
        return []
    value = value_text(result.indicator, beside.actual, result.target, _)
    return [_(mark("{value} since the beginning of the year")).format(value=value)]


def _causes(result: Evaluation, actual: Actual, _: Translate) -> list[str]:
    if result.status not in {Status.MISSED, Status.BEHIND}:
        return []
    said = [_lower(note).rstrip(".") for note in notes(actual.measurements)]
    return [_(mark("causes: {causes}")).format(causes="; ".join(said))] if said else []


# the summary


def summary_counts(report: Report) -> dict[str, int]:
    """Return how many targets with a criterion stand at each key of the summary, then those monitored and in words."""
    counts = dict(report.summary)
    without = [result for result in report.indicators if not result.indicator.targets]
    for result in without:
        counts[result.status.value] -= 1
    narrative = sum(result.indicator.kind is Kind.NARRATIVE for result in without)
    ordered = {name: counts[name] for name, _message in _PARTS}
    return {**ordered, "monitored": len(without) - narrative, "narrative": narrative}


def summary_sentence(report: Report, _: Translate) -> str:
    """Return the report's summary: how many targets stand where, and how many are not judged by figures."""
    counts = summary_counts(report)
    final = is_final(report.period)
    parts = [
        _(_FINALLY_MISSED if final and name == "missed" else message).format(count=counted(counts[name]))
        for name, message in _PARTS
        if counts[name] or name in _ALWAYS
    ]
    text = _(mark("Of {count} targets with a criterion: {parts}")).format(
        count=counted(sum(counts[name] for name, _message in _PARTS)), parts=", ".join(parts)
    )
    rest = [
        _(message).format(count=counted(counts[name]))
        for name, message in (
            ("monitored", mark("{count} targets monitored")),
            ("narrative", mark("{count} targets assessed in words")),
        )
        if counts[name]
    ]
    return "; ".join([text, *rest]) + "."


_ALWAYS = frozenset({"met", "missed"})
_FINALLY_MISSED = mark("{count} missed for good")
_PARTS = (
    ("met", mark("{count} met")),
    ("missed", mark("{count} missed")),
    ("incomplete", mark("{count} preliminary")),
    ("on_track", mark("{count} on track")),
    ("behind", mark("{count} behind")),
    ("not_due", mark("{count} not due yet")),
    ("awaiting", mark("{count} awaiting announcement")),
    ("no_data", mark("{count} without figures")),
    ("not_applicable", mark("{count} where nothing arose")),
    ("not_assessed", mark("{count} not assessed")),
)
