"""`diff`, `log`, `show` and `audit` at the terminal: the choice of the view, and the exit status."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cchc.cli import session
from cchc.cli.apps.trail import CHANGES
from cchc.cli.options import _
from cchc.commands.comparing import Comparison, Side, compare
from cchc.commands.reporting import typed_period
from cchc.commands.tracing import Figure, Step, log, show
from cchc.core.errors import Exit
from cchc.core.looks import Look
from cchc.texts import Language, translator
from cchc.views import differing, trails
from cchc.views.differing import SideName
from cchc.views.present import ILLUSTRATIVE
from cchc.views.trails import Portrait, StepRow, Stood, Who
from cchc.workspace import resources
from cchc.workspace.files import Disk
from cchc.workspace.git import SHORT
from cchc.workspace.history import Commit

VIETNAMESE = translator(Language.VIETNAMESE)
FAILURES = ("second-look", "closed", "unread")


class Compared(NamedTuple):
    """The options of `diff` as they were typed."""

    first: str | None
    second: str | None
    form: str | None
    output: str
    fail_on: Sequence[str]


def fail_words(typed: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    """Return the words of --fail-on, which may be repeated and joined with commas."""
    words = [word for text in typed for word in text.split(",") if word.strip()]
    return frozenset(session.choice("--fail-on", word, known) for word in words)


def put_difference(root: Path, asked: Compared) -> int:
    """Put out what changed and return the exit status."""
    form = session.suffix_format(asked.output, CHANGES, "text", asked.form)
    failing = fail_words(asked.fail_on, FAILURES)
    found = compare(root, asked.first, asked.second)
    session.put(_laid_out(root, form, found), asked.output)
    changes = found.difference.changes
    hit = {
        "second-look": bool(found.difference.second_look),
        "closed": any(not {Look.CLOSED, Look.REPORT}.isdisjoint(change.looks) for change in changes),
        "unread": bool(found.unread),
    }
    return Exit.FINDINGS if any(hit[word] for word in failing) else Exit.FINE


def _laid_out(root: Path, form: str, found: Comparison) -> str:
    sides = (_name(found.before), _name(found.after))
    unread = [(sides[0] if one.side is found.before else sides[1], one.problem) for one in found.unread]
    if form == "json":
        from cchc.views.trailjson import difference_json  # noqa: PLC0415

        return difference_json(found.difference, sides, unread, VIETNAMESE)
    if form == "text":
        return differing.difference_text(differing.present_difference(found.difference, sides, unread, _), _)
    from cchc.views.documents import Templates  # noqa: PLC0415

    page = differing.present_difference(found.difference, sides, unread, VIETNAMESE)
    name = f"diff.{form}.j2"
    texts = resources.templates(Disk(root), [name, *(["look.css"] if form == "html" else [])])
    return Templates(texts, html=form == "html").render(name, {"page": page})


def _name(side: Side) -> SideName:
    return SideName(side.name, side.commit, side.day)


# the trail of an indicator


def put_trail(root: Path, indicator: str, when: tuple[str | None, date], at: str | None, into: tuple[str, str]) -> int:
    """Put out the trail of an indicator's figures, of one period where it is named."""
    found = log(root, indicator, at)
    period = typed_period(when[0], found.plan, when[1]) if when[0] is not None else None
    steps = [_row(step) for step in found.steps if period is None or period.contains(step.period)]
    form, output = into
    if form == "json":
        session.put(trails.trail_json(found.indicator, steps, VIETNAMESE, shallow=found.shallow), output)
    else:
        session.put(trails.trail_text(found.indicator, steps, _, shallow=found.shallow), output)
    return Exit.FINE


def put_portrait(root: Path, indicator: str, at: str | None, into: tuple[str, str]) -> int:
    """Put out an indicator."""
    found = show(root, indicator, at)
    form, output = into
    translate = VIETNAMESE if form == "json" else _
    portrait = Portrait(
        found.indicator,
        found.plan,
        found.points,
        found.entries,
        None if found.trail is None else [_row(step) for step in found.trail.steps],
        found.trail is not None and found.trail.shallow,
        translate(ILLUSTRATIVE) if found.illustrative else "",
    )
    render = trails.portrait_json if form == "json" else trails.portrait_text
    session.put(render(portrait, translate), output)
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
