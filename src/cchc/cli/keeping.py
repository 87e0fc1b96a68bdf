"""What stands beside figures, at the terminal: checked marks and the sheet for them, tasks, remarks, withdrawals."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cchc.cli import session
from cchc.cli.options import _
from cchc.cli.recording import put_changes, tell
from cchc.commands import confirming, entries, withdrawing
from cchc.commands.confirming import Checking, Confirmed, Figure
from cchc.commands.entries import NewRemark, NewReport, Said
from cchc.commands.measure import Manner
from cchc.commands.withdrawing import Withdrawn
from cchc.core.errors import Exit, UsageError
from cchc.core.model import TaskReport
from cchc.core.periods import Period
from cchc.texts import Language, mark, translator
from cchc.views import entered, messages
from cchc.views.changes import FileChange, WrittenFigure, recorded_text

if TYPE_CHECKING:
    from cchc.views.slips import SlipPage

_VIETNAMESE = translator(Language.VIETNAMESE)
SLIP = {"html": ("slip.html.j2", "look.css"), "md": ("slip.md.j2",)}
STDIN = "-"


class How(NamedTuple):
    """What of it is done, and how much is said."""

    commit: bool
    dry_run: bool
    quiet: bool


class OneInput(UsageError):
    """Standard input for two texts."""

    def __init__(self) -> None:
        super().__init__(mark("standard input holds one text only"), mark("Type - for one of the texts."))


def typed(text: str | None) -> str | None:
    """Return a text as it was typed, or what standard input holds; lines end at LF, none is empty at the end."""
    if text == STDIN:
        text = session.given_text(STDIN)
    return text.replace("\r\n", "\n").strip("\n") if text is not None else None


def typed_once(texts: Sequence[str | None]) -> dict[str, str]:
    """Return the texts of a remark as they were typed, by their keys; standard input holds one of them at most."""
    if sum(text == STDIN for text in texts) > 1:
        raise OneInput
    return {key: typed(text) or "" for key, text in zip((*entries.TEXTS, *entries.CAUSES), texts, strict=True)}


def put_task(root: Path, new: NewReport, manner: Manner, *, commit: bool, quiet: bool) -> int:
    """Write a task's state and show the change."""

    def message(said: Said) -> str:
        assert isinstance(said.record, TaskReport)  # noqa: S101  # of a task
        return messages.task_message(said.subject, said.period, said.record, _VIETNAMESE)

    said = entries.set_task(root, new, manner, message if commit else None)
    return _put(said, How(commit, manner.dry_run, quiet))


def put_remark(root: Path, new: NewRemark, manner: Manner, *, commit: bool, quiet: bool) -> int:
    """Write a remark and show the change."""

    def message(said: Said) -> str:
        return messages.remark_message(said.subject, said.period, _VIETNAMESE)

    said = entries.add_remark(root, new, manner, message if commit else None)
    return _put(said, How(commit, manner.dry_run, quiet))


def _put(said: Said, how: How) -> int:
    change = FileChange(said.change.file, said.change.before, said.change.after, said.written, said.illustrative)
    text = recorded_text([change], (), _, brief=how.quiet or how.dry_run)
    text += entered.otherwise_text([(one.period, one.number) for one in said.reports], _)
    put_changes([change], text, said.commit, dry_run=how.dry_run, quiet=how.quiet)
    tell(said.doubts)
    return Exit.FINE


def put_confirmed(root: Path, wish: Checking, today: date, how: How) -> int:
    """Mark figures as checked and say which, and what is missing."""

    def message(done: Confirmed) -> str:
        return messages.checked_message(done.period, done.owner, done.by, _ids(done.marked), _VIETNAMESE)

    manner = Manner(today, dry_run=how.dry_run)
    done = confirming.confirm(root, wish, manner, message if how.commit else None)
    changes = [FileChange(one.file, one.before, one.after, done.written, done.illustrative) for one in done.changes]
    found = entered.Marked(
        done.period, done.owner, done.by,
        _ids(done.marked), _ids(done.before), _ids(done.provisional), _ids(done.absent),
    )  # fmt: skip
    text = entered.marked_text(changes, found, _, brief=how.quiet or how.dry_run)
    put_changes(changes, text, done.commit, dry_run=how.dry_run, quiet=how.quiet)
    return Exit.FINE


def _ids(figures: Sequence[Figure]) -> list[tuple[str, Period]]:
    return [(one.indicator.id, one.period) for one in figures]


def put_withdrawn(root: Path, target: tuple[str, str], reason: str, today: date, how: How) -> int:
    """Withdraw a figure; without a commit the message that keeps the reason is shown."""

    def message(done: Withdrawn) -> str:
        return messages.withdrawal_message((done.indicator.id, done.period), done.old, done.reason, _VIETNAMESE)

    manner = Manner(today, dry_run=how.dry_run)
    done = withdrawing.withdraw(root, target, reason, manner, message if how.commit else None)
    change = FileChange(done.change.file, done.change.before, done.change.after, done.written, done.illustrative)
    figure = WrittenFigure(done.indicator, "–", done.old, done.verdicts)
    brief = how.quiet or how.dry_run
    text = entered.withdrawn_text(change, figure, message(done), _, brief=brief, committed=done.commit is not None)
    put_changes([change], text, done.commit, dry_run=how.dry_run, quiet=how.quiet)
    return Exit.FINE


def put_sheet(root: Path, wish: Checking, today: date, into: tuple[str, str]) -> int:
    """Put out the sheet on which an owner signs; it is always Vietnamese."""
    from cchc.cli.reporting import BinaryAtTerminal  # noqa: PLC0415  # the marks do without
    from cchc.views.slips import present_slip  # noqa: PLC0415  # the same

    form, output = into
    session.refuse_unwritable(output)
    owned = confirming.figures_of(root, wish, today)
    if form == "docx" and output == "-" and session.is_terminal(sys.stdout):
        raise BinaryAtTerminal(form, f"phieu.{form}")
    figures = [(one.indicator, one.period, one.entry) for one in owned.figures]
    session.put(_sheet(root, present_slip(owned.data, owned.owner, owned.period, figures, _VIETNAMESE), form), output)
    if output != "-":
        session.say(_(mark("written: {file}")).format(file=output))
    return Exit.FINE


def _sheet(root: Path, page: "SlipPage", form: str) -> str | bytes:
    """Return the sheet, laid out by the office's own template or the default."""
    from cchc.views import documents  # noqa: PLC0415  # the marks do without templates
    from cchc.workspace import resources  # noqa: PLC0415
    from cchc.workspace.files import Disk  # noqa: PLC0415

    if form == "docx":
        template = resources.word_template(Disk(root), resources.WORD_SLIP)
        return documents.word_document(page, template, f"{resources.TEMPLATES}/{resources.WORD_SLIP}")
    texts = resources.templates(Disk(root), SLIP[form])
    return documents.Templates(texts, html=form == "html").render(SLIP[form][0], {"page": page})
