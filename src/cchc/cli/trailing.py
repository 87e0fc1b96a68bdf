"""`log` and `show` at the terminal: from what the commands return to what the views know."""

from datetime import date
from pathlib import Path

from cchc.cli import session
from cchc.cli.options import _
from cchc.commands.tracing import Figure, Step, log, show
from cchc.commands.typed import typed_period
from cchc.core.errors import Exit
from cchc.texts import Language, mark, translator
from cchc.views import portraits, trails
from cchc.views.portraits import Portrait
from cchc.views.present import ILLUSTRATIVE
from cchc.views.screen import Screen
from cchc.views.trails import StepRow, Stood, Who
from cchc.workspace.git import SHORT
from cchc.workspace.history import Commit

VIETNAMESE = translator(Language.VIETNAMESE)


def put_trail(root: Path, indicator: str, when: tuple[str | None, date], at: str | None, into: tuple[str, str]) -> int:
    """Put out the trail of an indicator's figures, of one period where it is named."""
    with session.progress(_(mark("reading the history"))) as told:
        found = log(root, indicator, at, told)
    period = typed_period(when[0], found.plan, when[1]) if when[0] is not None else None
    steps = [_row(step) for step in found.steps if period is None or period.contains(step.period)]
    form, output = into
    if form == "json":
        session.put(trails.trail_json(found.indicator, steps, VIETNAMESE, shallow=found.shallow), output)
    else:
        session.put(trails.trail_text(found.indicator, steps, _, shallow=found.shallow), output)
    return Exit.FINE


def put_portrait(
    root: Path, indicator: str, at: str | None, into: tuple[str, str], *, colour: bool | None = None
) -> int:
    """Put out an indicator."""
    found = show(root, indicator, at)
    form, output = into
    translate = _ if form == "text" else VIETNAMESE
    portrait = Portrait(
        found.indicator,
        found.plan,
        found.points,
        found.entries,
        None if found.trail is None else [_row(step) for step in found.trail.steps],
        found.trail is not None and found.trail.shallow,
        translate(ILLUSTRATIVE) if found.illustrative else "",
    )
    match form:
        case "json":
            answer = portraits.portrait_json(portrait, translate)
        case "md":
            answer = portraits.portrait_markdown(portrait, translate)
        case _:
            answer = portraits.portrait_text(portrait, translate, Screen.of_output(output, colour=colour))
    session.put(answer, output)
    return Exit.FINE


def _row(step: Step) -> StepRow:
    return StepRow(step.period, _stood(step.before), _stood(step.after), who(step.commit), step.dropped)


def _stood(figure: Figure | None) -> Stood | None:
    return None if figure is None else Stood(figure.entry, figure.texts)


def who(commit: Commit | None) -> Who | None:
    """Return who committed something, as views know it."""
    if commit is None:
        return None
    author = commit.author
    return Who(commit.name[:SHORT], author.name, author.email, author.at, commit.subject, commit.signed, commit.cut)
