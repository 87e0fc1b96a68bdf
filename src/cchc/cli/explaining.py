"""`explain INDICATOR PERIOD` at the terminal: from what the command returns to what the view knows."""

from datetime import date
from pathlib import Path

from cchc.cli import session
from cchc.cli.options import _
from cchc.commands.reasoning import reason
from cchc.core.errors import Exit
from cchc.texts import Language, translator
from cchc.views import reasoning
from cchc.views.present import ILLUSTRATIVE

_VIETNAMESE = translator(Language.VIETNAMESE)
RENDER = {"text": reasoning.reasons_text, "md": reasoning.reasons_markdown, "json": reasoning.reasons_json}


def put_reasons(root: Path, typed: tuple[str, str], today: date, at: str | None, into: tuple[str, str]) -> int:
    """Put out how a verdict came about."""
    form, output = into
    found = reason(root, typed, today, at)
    translate = _ if form == "text" else _VIETNAMESE
    shown = reasoning.Reasons(
        found.period,
        found.found,
        {period: str(place) for period, place in found.figures.items()},
        str(found.defined),
        [(target, str(place)) for target, place in found.targets],
        translate(ILLUSTRATIVE) if found.illustrative else "",
        found.over,
    )
    session.put(RENDER[form](shown, translate), output)
    return Exit.FINE
