"""Words of a command line that name a period of the plan."""

import unicodedata
from datetime import date

from cchc.core.errors import UsageError
from cchc.core.model import Plan
from cchc.core.period_forms import PeriodError, parse_period
from cchc.core.periods import Period
from cchc.texts import mark


class BadPeriod(UsageError):
    """A period that cannot be read: a caret under the first character that does not fit, and the closest form."""

    def __init__(self, error: PeriodError) -> None:
        before = sum(not unicodedata.combining(character) for character in error.text[: error.column])
        super().__init__(
            mark("not a period:\n    {typed}\n    {caret}"),
            mark("The closest that fits: {closest}"),
            typed=error.text,
            caret=f"{' ' * before}^",
            closest=error.closest,
        )


def typed_period(text: str, plan: Plan, today: date | None) -> Period:
    """Return the period that was typed; words like `last-month` follow the plan's calendar."""
    try:
        return parse_period(text, today=today, month_starts_on=plan.head.calendar.month_starts_on)
    except PeriodError as error:
        raise BadPeriod(error) from None
