"""What deserves a second look (cần xem lại) when plan or figures change: each a reason of its own."""

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from cchc.core.fields import Quality
from cchc.core.model import Indicator, Measurement, Plan, Target
from cchc.core.periods import Period
from cchc.core.scalars import Number
from cchc.core.targets import deciding, in_force


class Look(StrEnum):
    """Why a change deserves a second look."""

    TARGET_LOWERED = "target_lowered"
    BASELINE = "baseline"
    DEFINITION = "definition"
    READING = "reading"
    AGGREGATION = "aggregation"
    VALIDITY = "validity"
    SHARE = "share"
    OF = "of"
    PROVISIONAL = "provisional"  # a final figure became provisional
    EVIDENCE = "evidence"  # evidence was removed
    REMOVED = "removed"  # a figure or an indicator was taken away
    TRACE = "trace"  # the trace of a correction or supplement was taken away
    CLOSED = "closed"  # a closed period was touched
    AFTER_REPORT = "after_report"  # a figure was changed after a report that rests on it
    REPORT = "report"  # the record of an issued report was changed
    ASSESSMENT = "assessment"  # years are no longer assessed
    CALENDAR = "calendar"  # months begin, or figures are due, on another day
    ILLUSTRATIVE = "illustrative"  # made-up figures became real ones, or the other way round


_FIELDS = {
    Look.BASELINE: ("baseline", "interpolate"),
    Look.DEFINITION: (
        *("kind", "unit", "numerator", "denominator", "frequency", "amounts", "factor", "scale", "phrases", "survey"),
        *("name", "item", "measured_over", "announced"),
    ),
    Look.READING: ("reading",),
    Look.AGGREGATION: ("aggregation",),
    Look.VALIDITY: ("valid",),
    Look.SHARE: ("share",),
}


def of_head(before: Plan, after: Plan) -> tuple[Look, ...]:
    """Return the looks of the plan's head: years that are no longer assessed, months that begin on another day."""
    found = []
    if after.assessed_from > before.assessed_from or not after.term.contains(before.term):
        found.append(Look.ASSESSMENT)
    if before.head.calendar != after.head.calendar:
        found.append(Look.CALENDAR)
    return tuple(found)


def of_indicator(term: Period, old: Indicator | None, new: Indicator | None) -> Iterator[Look]:
    """Yield the looks of an indicator or statistic that came, changed or went."""
    if old is None:
        return
    if new is None:
        yield Look.REMOVED
        return
    if is_lowered(term, old, new):
        yield Look.TARGET_LOWERED
    for look, names in _FIELDS.items():
        if any(getattr(old, name) != getattr(new, name) for name in names):
            yield look


def of_figure(old: Measurement | None, new: Measurement | None) -> Iterator[Look]:
    """Yield the looks of a figure that changed or went, whatever rests on it."""
    if old is None:
        return
    if new is None:
        yield Look.REMOVED
        return
    if old.quality is Quality.FINAL and new.quality is Quality.PROVISIONAL:
        yield Look.PROVISIONAL
    if old.of != new.of:
        yield Look.OF
    if any(piece not in new.evidence for piece in old.evidence):
        yield Look.EVIDENCE
    if new.corrections[: len(old.corrections)] != old.corrections or old.supplement not in {None, new.supplement}:
        yield Look.TRACE


# targets


def is_lowered(term: Period, old: Indicator, new: Indicator) -> bool:
    """Whether in any year of the term something is good enough that was not before, or nothing is asked any more."""
    return any(_is_laxer(old, new, Period.year(year)) for year in term.years)


def _is_laxer(old: Indicator, new: Indicator, year: Period) -> bool:
    asked, now = _asked(old, year), _asked(new, year)
    if asked is None:
        return False
    if now is None:
        return True
    least = asked[0] is not None and (now[0] is None or now[0] < asked[0])
    most = asked[1] is not None and (now[1] is None or now[1] > asked[1])
    return least or most


Interval = tuple[Fraction | None, Fraction | None]  # the least and the most that is good; None: without end


def _asked(indicator: Indicator, year: Period) -> Interval | None:
    """Return what is good in a year; None where no target is in force."""
    target = deciding(indicator.targets, year)[0]
    if target is None or not in_force(target, year):
        return None
    return _interval(indicator, target)


def _interval(indicator: Indicator, target: Target) -> Interval:
    if target.at_least is not None:
        return _rank(indicator, target.at_least), None
    if target.at_most is not None:
        return None, _rank(indicator, target.at_most)
    if target.between is not None:
        low, high = (_rank(indicator, bound) for bound in target.between)
        return low, high
    exact = _rank(indicator, target.equal_to)
    return exact, exact


def _rank(indicator: Indicator, bound: Number | bool | str | None) -> Fraction:  # noqa: FBT001  # a yes is a bound
    """Return a bound as a number: a grade's place on the scale, 1 for yes."""
    return Fraction(indicator.scale.index(bound)) if isinstance(bound, str) else Fraction(bound or 0)
