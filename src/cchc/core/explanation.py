"""How a verdict came about: the inputs, the target, the comparison (design.md, section 4), as values without words."""

from enum import StrEnum
from typing import NamedTuple

from cchc.core.evaluate import evaluate, expected_periods, judged_period
from cchc.core.fields import Aggregation
from cchc.core.model import Dataset, Indicator, Measurement
from cchc.core.outlook import Outlook, outlook
from cchc.core.periods import Period
from cchc.core.results import Evaluation


class Use(StrEnum):
    """What became of an expected figure."""

    USED = "used"
    MISSING = "missing"
    NOTHING_AROSE = "nothing_arose"  # 0/0 is left out of every aggregation
    OTHER = "other"  # another one decides: the last, the first


class Input(NamedTuple):
    """An expected reference period with its figure, None where it is missing, and what became of it."""

    period: Period
    entry: Measurement | None
    use: Use


class Explanation(NamedTuple):
    """A verdict with everything that it rests on.

    `judged` is the period whose figures count, None where the indicator's own is not over; `inputs` are its expected
    figures. Of a sum with a target the year to date is judged: `to_date` are its figures then, else empty.
    """

    result: Evaluation
    judged: Period | None
    inputs: tuple[Input, ...]
    to_date: tuple[Input, ...]
    outlook: Outlook | None


def explain(data: Dataset, indicator: Indicator, period: Period) -> Explanation:
    """Return how the verdict of an indicator in a period came about; of several years that of the last."""
    part = period.part_in(period.last_year)
    result = evaluate(data, indicator, period)
    judged = judged_period(indicator.frequency, part)
    summed = indicator.aggregation is Aggregation.SUM and bool(indicator.targets)
    to_date = part.year_to_date()
    return Explanation(
        result=result,
        judged=judged,
        inputs=_inputs(data, result, judged) if judged is not None else (),
        to_date=_inputs(data, result, to_date) if summed and judged is not None and to_date != judged else (),
        outlook=outlook(data, indicator, part),
    )


def _inputs(data: Dataset, result: Evaluation, period: Period) -> tuple[Input, ...]:
    indicator = result.indicator
    found = [(part, data.measurement(indicator.id, part)) for part in expected_periods(data, indicator, period)]
    there = [part for part, entry in found if entry is not None and not entry.nothing_arose]
    alone = {Aggregation.LAST: there[-1:], Aggregation.FIRST: there[:1]}.get(indicator.aggregation, there)
    return tuple(Input(part, entry, _use(part, entry, alone)) for part, entry in found)


def _use(part: Period, entry: Measurement | None, counted: list[Period]) -> Use:
    if entry is None:
        return Use.MISSING
    if entry.nothing_arose:
        return Use.NOTHING_AROSE
    return Use.USED if part in counted else Use.OTHER
