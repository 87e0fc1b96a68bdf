"""`close`, `reopen` and `correct` at the terminal: what was done is shown, and committed where that was asked for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cchc.cli import recording
from cchc.cli.options import _
from cchc.cli.session import put
from cchc.commands import closing
from cchc.commands.closing import Reason
from cchc.commands.figure import NewFigure
from cchc.commands.measure import Manner, Recorded
from cchc.core.errors import Exit
from cchc.core.model import Closing
from cchc.texts import Language, translator
from cchc.views import closings, messages

_VIETNAMESE = translator(Language.VIETNAMESE)


def put_closed(root: Path, period: str, by: str, today: date, *, incomplete: bool, commit: bool, quiet: bool) -> int:
    """Close a period and say so."""

    def message(made: Closing) -> str:
        return messages.closing_message(made, _VIETNAMESE)

    wish = closing.Wish(period, by, today, incomplete)
    done = closing.close(root, wish, message if commit else None)
    if not quiet:
        put(closings.closed_text(done.closing, _) + closings.written_text(done.change.file, done.commit, _))
    return Exit.FINE


def put_reopened(root: Path, period: str, reason: Reason, today: date, *, commit: bool, quiet: bool) -> int:
    """Open a period again and say so."""

    def message(made: Closing) -> str:
        return messages.closing_message(made, _VIETNAMESE, reason.reason)

    done = closing.reopen(root, period, reason, today, message if commit else None)
    if not quiet:
        put(closings.reopened_text(done.closing, _) + closings.written_text(done.change.file, done.commit, _))
    return Exit.FINE


def put_corrected(
    root: Path, figure: NewFigure, reason: Reason, today: date, *, commit: bool, dry_run: bool, quiet: bool
) -> int:
    """Correct a closed figure, and show the change with what follows from it."""

    def message(figures: Sequence[Recorded]) -> str:
        return recording.commit_message(figures, messages.Correction(reason.reason, reason.document))

    done = closing.correct(root, figure, reason, Manner(today, dry_run=dry_run), message if commit else None)
    recording.show(done.outcome, dry_run=dry_run, quiet=quiet)
    if not quiet and not dry_run:
        put(closings.outdated_text([(report.period, report.number) for report in done.reports], _))
    return Exit.FINE
