"""`diff` at the terminal: the choice of the view, and the exit status."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cchc.cli import session
from cchc.cli.apps.trail import CHANGES
from cchc.cli.options import _
from cchc.commands.comparing import Comparison, Side, compare
from cchc.core.errors import Exit
from cchc.core.looks import Look
from cchc.texts import Language, translator
from cchc.views import differing
from cchc.views.differing import SideName
from cchc.workspace import resources
from cchc.workspace.files import Disk

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
