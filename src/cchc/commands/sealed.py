"""What `add-measure` may do where a closed period rests on the figure: add one that was absent, with a document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cchc.commands.figure import Beside
from cchc.core.digest import NOT_SAID, seal
from cchc.core.errors import INDICATOR, UsageError, WorldError
from cchc.core.model import Closing, Indicator, Measurement
from cchc.core.periods import Period
from cchc.texts import mark
from cchc.workspace.styles import Value

CLOCK = mark("Set the clock of this computer, or leave out --today.")


class PeriodClosed(WorldError):
    """The figure is closed and changes only by a correction."""

    naming = INDICATOR

    def __init__(self, indicator: Indicator, period: Period, closing: Closing) -> None:
        super().__init__(
            mark("{closed} was closed on {on}; {id} of {period} changes only by a correction"),
            mark("cchc correct {id} VALUE -p {period} --reason … --document …"),
            id=indicator.id,
            period=period,
            closed=closing.period,
            on=str(closing.on),
        )


class NeedsDocument(WorldError):
    """The figure was absent when the period was closed, and comes only with a document."""

    naming = INDICATOR

    def __init__(self, indicator: Indicator, period: Period, closing: Closing) -> None:
        super().__init__(
            mark("{closed} was closed on {on}; {id} of {period} was absent and is added only with a document"),
            mark("Add --document NUMBER, the document that supplements it."),
            id=indicator.id,
            period=period,
            closed=closing.period,
            on=str(closing.on),
        )


class NotClosedYet(UsageError):
    """A document of a supplement where nothing is closed."""

    naming = INDICATOR

    def __init__(self, indicator: Indicator, period: Period) -> None:
        super().__init__(
            mark("no closed period rests on {id} of {period}: --document is for figures that come after a closing"),
            mark("Leave out --document; name what proves the figure with --evidence."),
            id=indicator.id,
            period=period,
        )


class BeforeClosing(UsageError):
    """A change of something closed on a day before its closing: nobody could tell any more what was sealed."""

    def __init__(self, closing: Closing, today: date) -> None:
        super().__init__(
            mark("{closed} was closed on {on}, which is after {today}"),
            CLOCK,
            closed=closing.period,
            on=str(closing.on),
            today=str(today),
        )


def refuse_earlier(over: Iterable[Closing], today: date) -> None:
    """Raise BeforeClosing where a closing was made after the day that counts as today."""
    later = next((closing for closing in over if closing.on > today), None)
    if later is not None:
        raise BeforeClosing(later, today)


def supplement(
    target: tuple[Indicator, Period], over: Sequence[Closing], beside: Beside, entry: Measurement, today: date
) -> dict[str, Value]:
    """Return what a new figure says of coming after a closing; nothing where no closed period rests on it."""
    indicator, period = target
    if not over:
        if beside.document is not None:
            raise NotClosedYet(indicator, period)
        return {}
    if beside.document is None:
        raise NeedsDocument(indicator, period, over[0])
    by = beside.provided_by or indicator.owner
    assert by is not None  # noqa: S101  # every indicator of a plan without errors has an owner (E414)
    refuse_earlier(over, today)
    sealed = seal(period, indicator, entry)
    return {"supplement": {"on": today.isoformat(), "by": by, "document": beside.document, "seal": sealed}}


def refuse_change(
    indicator: Indicator,
    period: Period,
    over: Sequence[Closing],
    entries: tuple[Measurement, Measurement],
    fields: Mapping[str, object],
) -> None:
    """Raise PeriodClosed where the fields that are to be written would change what is sealed of an entry."""
    old, new = entries
    if over and any(getattr(old, key) != getattr(new, key) for key in fields if key not in NOT_SAID):
        raise PeriodClosed(indicator, period, over[0])
