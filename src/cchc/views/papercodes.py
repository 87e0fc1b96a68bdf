"""What a code that was typed from paper fits, as text and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc.core.digest import shown
from cchc.core.model import Closing, IssuedReport
from cchc.core.periods import Period
from cchc.texts import Translate, mark
from cchc.views import excerpt, jsonview
from cchc.views.auditjson import record_object
from cchc.views.present import day, period_title


@dataclass(frozen=True, slots=True)
class Fitting:
    """A closing or report that a code fits, and how its figures stand today."""

    record: Closing | IssuedReport
    holds: bool
    corrected: bool


def code_text(code: str, fitting: Sequence[Fitting], periods: Sequence[Period], _: Translate) -> str:
    """Return what a code from paper fits."""
    lines = [f"{shown(code)}:"]
    lines += [f"  {_record(one, _)}: {_standing(one, _)}" for one in fitting]
    for period in periods:
        text = _(mark("  the figures of {period} as they are now; neither closed nor issued with this code"))
        lines.append(text.format(period=period_title(period, _)))
    if not fitting and not periods:
        lines.append(_(mark("  no closing, no issued report and no period has this code")))
    return "\n".join(lines) + "\n"


def _record(one: Fitting, _: Translate) -> str:
    record, period = one.record, period_title(one.record.period, _)
    if isinstance(record, IssuedReport):
        text = _(mark("Report No {number} of {date}, {period}"))
        return text.format(number=excerpt.inert(record.number), date=day(record.date), period=period)
    return _(mark("closing of {period} on {on}")).format(period=period, on=day(record.on))


def _standing(one: Fitting, _: Translate) -> str:
    if one.holds and not one.corrected:
        return _(mark("the figures are the same today"))
    if one.holds:
        return _(mark("the figures were corrected or supplemented since, each with its trace"))
    return _(mark("the figures are others today"))


def code_json(code: str, fitting: Sequence[Fitting], periods: Sequence[Period]) -> str:
    """Return what a code from paper fits."""
    return jsonview.dumps(
        {
            "schema": "cchc/code/1",
            "code": code,
            "matches": [
                {
                    "kind": "report" if isinstance(one.record, IssuedReport) else "closing",
                    **record_object(one.record),
                    "holds": one.holds,
                    "corrected": one.corrected,
                }
                for one in fitting
            ],
            "periods": list(periods),
        }
    )
