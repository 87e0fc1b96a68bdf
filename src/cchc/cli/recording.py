"""`add-measure` at the terminal: asking for what was left out, reading a batch, showing what was written."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cchc.cli.options import _
from cchc.cli.session import ValueMissing, ask, given_text, put, say
from cchc.commands.figure import Beside
from cchc.commands.measure import MOST_JUDGED, Manner, Message, Outcome, Recorded, fitting_period, record_all
from cchc.commands.opening import measured, plan_of
from cchc.commands.typed import typed_period
from cchc.core.diagnostics import Problem
from cchc.core.errors import CommandError, UsageError
from cchc.core.model import Indicator, Plan
from cchc.core.periods import Frequency, Period, reference_ending, reporting_month
from cchc.core.typed import expected, parse_typed
from cchc.texts import Language, mark, translator
from cchc.views import excerpt
from cchc.views.changes import FileChange, WrittenFigure, committed_text, counted_text, recorded_text, unified
from cchc.workspace.load import load_plan

if TYPE_CHECKING:
    from cchc.views.messages import Correction

T = TypeVar("T")
Words = tuple[str | None, str | None, str | None]  # indicator, value, period


class BatchAndFigure(UsageError):
    """A figure typed beside a batch."""

    def __init__(self) -> None:
        super().__init__(mark("INDICATOR and VALUE stand in the batch"), mark("Leave them out, or leave out --from."))


def complete(root: Path, words: Words, today: date, *, may_ask: bool, survey: bool = False) -> tuple[str, str, str]:
    """Return indicator, value and period, asking for what is missing; without a terminal that is refused.

    With a survey there is no value: it follows from the answers.
    """
    indicator, value, period = words
    if survey:
        value = ""
    if indicator is not None and value is not None and period is not None:
        return indicator, value, period
    if not may_ask or indicator is None:
        raise _missing((indicator, value, period))
    plan = plan_of(load_plan(root))
    entry = measured(plan, indicator)
    if period is None:
        period = _period(plan, entry, today)
    if value is None:
        value = _value(entry)
    return entry.id, value, period


def record_batch(
    root: Path, batch: str, words: Words, beside: Beside, manner: Manner, message: Message | None = None
) -> Outcome:
    """Write the batch that a file or standard input (`-`) holds; what the options say fills empty cells."""
    from cchc.commands.batch import parse_rows  # noqa: PLC0415  # single figures do without

    indicator, value, period = words
    if indicator is not None or value is not None:
        raise BatchAndFigure
    return record_all(root, parse_rows(given_text(batch), period or "", beside), manner, message)


def commit_message(figures: Sequence[Recorded], correction: "Correction | None" = None) -> str:
    """Return the message of a commit of figures; it is Vietnamese whoever commits, so that the trail reads alike."""
    from cchc.views import messages  # noqa: PLC0415  # most figures are written without a commit

    written = [messages.Committed(one.indicator, one.period, one.entry, one.old, one.verdicts) for one in figures]
    return messages.figures_message(written, translator(Language.VIETNAMESE), correction)


def shown(outcome: Outcome) -> tuple[list[FileChange], list[WrittenFigure]]:
    """Return the changes of the files and the figures as views show them."""
    changes = [
        FileChange(change.file, change.before, change.after, outcome.written, outcome.illustrative)
        for change in outcome.changes
    ]
    figures = [WrittenFigure(found.indicator, found.new, found.old, found.verdicts) for found in outcome.figures]
    return changes, figures


def show_written(outcome: Outcome) -> None:
    """Print which files were written, where the figures were shown before."""
    text = recorded_text(shown(outcome)[0], (), _, brief=True)
    put(text if outcome.commit is None else text + committed_text(outcome.commit, _))


def show(outcome: Outcome, *, dry_run: bool, quiet: bool) -> None:
    """Print the change and the verdicts; of a dry run the unified diff, and the rest beside it."""
    changes, figures = shown(outcome)
    many = len(figures) > MOST_JUDGED
    text = recorded_text(changes, () if many else figures, _, brief=quiet or dry_run or many)
    if many:
        text += counted_text(len(figures), _)
    put_changes(changes, text, outcome.commit, dry_run=dry_run, quiet=quiet)


def tell(doubts: Sequence[Problem]) -> None:
    """Say what is worth another look at what was written; it is said with -q too, like every warning."""
    if doubts:
        say(excerpt.problems_text(doubts, _).removesuffix("\n"))


def put_changes(changes: Sequence[FileChange], text: str, commit: str | None, *, dry_run: bool, quiet: bool) -> None:
    """Print what is said of changes; of a dry run the unified diff, and the rest beside it."""
    if dry_run:
        put(unified(changes))
        if not quiet:
            say(text.removesuffix("\n"))
        return
    put(text if commit is None else text + committed_text(commit, _))


def _missing(words: Words) -> ValueMissing:
    names = (
        (mark("the indicator"), "INDICATOR"),
        (mark("the value"), "VALUE"),
        (mark("the period"), "-p/--period"),
    )
    what, option = next(name for name, word in zip(names, words, strict=True) if word is None)
    return ValueMissing(_(what), option)


def _period(plan: Plan, indicator: Indicator, today: date) -> str:
    """Ask for the period; the one that is due last is offered."""

    def check(answer: str) -> str:
        fitting_period(plan, indicator, typed_period(answer, plan, today))
        return answer

    return _until_good(_(mark("Period")), _offered(plan, indicator, today), check)


def _offered(plan: Plan, indicator: Indicator, today: date) -> str:
    """Return the last reference period that is over today, within the term."""
    now = reporting_month(today, plan.head.calendar.month_starts_on)
    current = reference_ending(now, indicator.frequency)
    over = current.previous() or current
    last = reference_ending(plan.term, Frequency(indicator.frequency))
    return min(over, last, key=_end).label


def _end(period: Period) -> int:
    return period.last


def _value(indicator: Indicator) -> str:
    for label, text in ((mark("numerator"), indicator.numerator), (mark("denominator"), indicator.denominator)):
        if text:
            say(f"  {_(label)}: {text}")
    form = _(expected(indicator)).format(scale=", ".join(indicator.scale))

    def check(answer: str) -> str:
        parse_typed(indicator, answer)
        return answer

    return _until_good(f"{indicator.name} ({form})", None, check)


def _until_good(question: str, default: str | None, check: Callable[[str], T]) -> T:
    """Ask until the answer can be meant; each refusal is said."""
    while True:
        try:
            return check(ask(question, default))
        except CommandError as error:
            say(excerpt.error_text(error, _))
