"""A form that came back, at the terminal: its figures are written and shown, what was not taken is told."""

from collections.abc import Sequence
from pathlib import Path

from cchc.cli import recording, session
from cchc.cli.options import _
from cchc.commands.filling import record_form
from cchc.commands.measure import Manner, Message
from cchc.texts import mark
from cchc.views.excerpt import notice_text
from cchc.workspace.formreading import form_rows
from cchc.workspace.sheets import Sheet


def import_form(
    root: Path, sheets: Sequence[Sheet], manner: Manner, message: Message | None, document: str | None, *, quiet: bool
) -> None:
    """Write the figures of a form, all or none, and show what follows; `document` supplements closed figures."""
    outcome, notices = record_form(root, form_rows(sheets), manner, message, document)
    if outcome.figures:
        recording.show(outcome, dry_run=manner.dry_run, quiet=quiet)
    for notice in notices:
        session.say(notice_text(notice.place, notice.message, _))
    if not outcome.figures and not quiet:
        session.say(_(mark("nothing in the form was filled in or changed")))
