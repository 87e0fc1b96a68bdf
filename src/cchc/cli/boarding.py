"""`status` at the terminal: the choice of the view, and the exit status."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.cli import session
from cchc.cli.options import _
from cchc.commands import board as command
from cchc.commands.board import Asked
from cchc.core.board import Board, Hit
from cchc.core.errors import Exit
from cchc.texts import Language, translator
from cchc.views.standing import By, page_of

VIETNAMESE = translator(Language.VIETNAMESE)
FORMS = ("text", "md", "json")
REMINDERS = ("text", "json")  # to be pasted where nothing reads Markdown
TEMPLATE = "status.md.j2"


class Shown(NamedTuple):
    """The options of `status` about what comes out, as they were typed."""

    form: str | None
    output: str
    by: str | None
    remind: str | None
    fail_on: Sequence[str]
    colour: bool | None


def put_status(root: Path, asked: Asked, shown: Shown, today: date) -> int:
    """Put out the board, or reminders, and return the exit status."""
    known = FORMS if shown.remind is None else REMINDERS
    form = session.suffix_format(shown.output, known, "text", shown.form)
    by = By(session.choice("--by", shown.by or By.AREA, tuple(By)))
    failing = _hits(shown.fail_on)
    _refuse_mixtures(asked, shown)
    found = command.status(root, asked, today)
    text = _laid_out(root, form, found, by, shown) if shown.remind is None else _reminders(form, found, shown.remind)
    session.put(text, shown.output)
    return Exit.FINDINGS if any(found.hits(hit) for hit in failing) else Exit.FINE


def _hits(typed: Sequence[str]) -> list[Hit]:
    """Return the words of --fail-on, which may be repeated and joined with commas."""
    words = [word for text in typed for word in text.split(",") if word.strip()]
    return [Hit(session.choice("--fail-on", word, tuple(Hit))) for word in words]


def _refuse_mixtures(asked: Asked, shown: Shown) -> None:
    """Refuse what limits or groups a board where reminders are asked for, which are about whole owners."""
    limits = (("--owner", asked.owner), ("--area", asked.area), ("--by", shown.by))
    for option, value in limits:
        if shown.remind is not None and value is not None:
            raise session.Together("--remind", option)


def _laid_out(root: Path, form: str, found: Board, by: By, shown: Shown) -> str:
    if form == "json":
        from cchc.views.boardjson import board_json  # noqa: PLC0415

        return board_json(found, VIETNAMESE)
    if form == "text":
        from cchc.views.boards import board_text  # noqa: PLC0415
        from cchc.views.screen import Screen  # noqa: PLC0415

        return board_text(found, by, _, Screen.of_output(shown.output, colour=shown.colour))
    from cchc.views.documents import Templates  # noqa: PLC0415
    from cchc.workspace import resources  # noqa: PLC0415
    from cchc.workspace.files import Disk  # noqa: PLC0415

    texts = resources.templates(Disk(root), [TEMPLATE])
    return Templates(texts, html=False).render(TEMPLATE, {"page": page_of(found, by, VIETNAMESE)})


def _reminders(form: str, found: Board, typed: str) -> str:
    """Return what one owner or all are reminded of, always in Vietnamese: it is for those who are reminded."""
    from cchc.views.reminders import overview_text, reminder_of, reminder_text  # noqa: PLC0415

    plan = found.report.plan
    reminders = [reminder_of(found, plan.owners_by_id[owner]) for owner in command.reminded(plan, typed)]
    if typed == command.EVERYBODY:
        text = overview_text(found, reminders, VIETNAMESE)
    else:
        text = reminder_text(found, reminders[0], VIETNAMESE)
    if form == "text":
        return text
    from cchc.views.boardjson import reminders_json  # noqa: PLC0415

    return reminders_json(found, reminders, text, VIETNAMESE)
