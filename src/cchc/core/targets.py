"""Which target decides, whether a figure reaches it, and the course to one that is not due (design.md, 4.3 and 4.4).

A `by` binds from the end of its year on, like a `from` that begins there; of several that bind the latest decides.
"""

from collections.abc import Sequence
from fractions import Fraction

from cchc.core.fields import Kind
from cchc.core.model import Indicator, Target
from cchc.core.periods import Period
from cchc.core.scalars import Number

MONTHS = 12
Value = Fraction | bool | str | None


def in_force(target: Target, period: Period) -> bool:
    """Whether a target binds at the end of a period: a `from` in its year, a `by` once its year is over."""
    if target.first is not None:
        return target.first <= period.last_year
    by = target.by or 0
    return by < period.last_year or (by == period.last_year and period.ends_with_year)


def _binding_from(target: Target) -> tuple[int, bool]:
    """Sort targets by when they begin to bind: a year's `from` at its beginning, its `by` at its end."""
    return (target.first, False) if target.first is not None else (target.by or 0, True)


def deciding(targets: Sequence[Target], period: Period) -> tuple[Target | None, Target | None]:
    """Return the target that decides at the end of a period and the next one to come.

    The latest in force decides; without one the next `by`, which can be met before it is due.
    """
    ordered = sorted(targets, key=_binding_from)
    binding = [target for target in ordered if in_force(target, period)]
    coming = [target for target in ordered if not in_force(target, period)]
    if binding:
        return binding[-1], next(iter(coming), None)
    by = next((target for target in coming if target.by is not None), None)
    return by, next((target for target in coming if target is not by), None)


def fulfilled(indicator: Indicator, target: Target, value: Value) -> bool:
    """Whether a value reaches a target; grades compare by the scale's order, everything else exactly."""
    if value is None:
        return False
    if indicator.kind is Kind.YES_NO:
        return value is target.equal_to
    place = _place(indicator, value)
    if target.between is not None:
        low, high = (_place(indicator, bound) for bound in target.between)
        return low <= place <= high
    if target.at_least is not None:
        return place >= _place(indicator, target.at_least)
    if target.at_most is not None:
        return place <= _place(indicator, target.at_most)
    return target.equal_to is not None and place == _place(indicator, target.equal_to)


def _place(indicator: Indicator, value: Fraction | Number | str) -> Fraction:
    """Return where a value stands: a grade's place on its scale, any other value itself."""
    return Fraction(indicator.scale.index(value)) if isinstance(value, str) else Fraction(value)


def bound_of(target: Target) -> Fraction | None:
    """Return the one number of a target, or None for `between`."""
    bound = next((b for b in (target.at_least, target.at_most, target.equal_to) if b is not None), None)
    return None if bound is None or isinstance(bound, bool | str) else Fraction(bound)


def course(indicator: Indicator, target: Target, period: Period) -> Fraction | None:
    """Return the point of the straight line to a target at a period's last month, or None without a line.

    The line runs from the end of the baseline's year to the end of the year in which the target is due.
    """
    baseline, due = indicator.baseline, bound_of(target)
    if indicator.interpolate is None or baseline is None or due is None or target.by is None:
        return None
    share = Fraction(period.last - Period.year(baseline.year).last, (target.by - baseline.year) * MONTHS)
    start = Fraction(baseline.value)
    return start + (due - start) * min(max(share, Fraction(0)), Fraction(1))


def on_course(target: Target, point: Fraction, value: Value) -> bool:
    """Whether a number keeps to its line: not below it for at_least, not above it for at_most."""
    if target.at_least is not None:
        return isinstance(value, Fraction) and value >= point
    return isinstance(value, Fraction) and value <= point
