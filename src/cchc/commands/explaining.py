"""`explain`: the manual's page of a finding's code."""

import re
from pathlib import Path

from cchc.core.codes import CODES
from cchc.core.diagnostics import nearest
from cchc.core.errors import UsageError
from cchc.texts import Language, mark
from cchc.workspace import glimpse, resources

_CODE = re.compile(r"[EW][0-9]{3}")
_PAGE = re.compile(r'(?:^|\n)<a id="[a-z0-9]+"></a>\n\n')


class NotACode(UsageError):
    """A word that no code looks like."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("“{typed}” is no code of a finding"),
            mark(
                "A code is E or W and three digits, e.g. E203; `cchc validate` prints them. "
                "For a verdict: cchc explain INDICATOR PERIOD."
            ),
            typed=typed,
        )


class PeriodMissing(UsageError):
    """An indicator without the period whose verdict is to be explained."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            mark("“{id}” is an indicator or statistic; the PERIOD of its verdict is missing"),
            mark("Give PERIOD, e.g.: cchc explain {id} last-month"),
            id=id_,
        )


class NearAnIndicator(UsageError):
    """A word that no code looks like, but an indicator does."""

    def __init__(self, typed: str, close: tuple[str, ...]) -> None:
        super().__init__(
            mark("“{typed}” is neither a code of a finding nor an indicator, and the PERIOD of a verdict is missing"),
            mark("Did you mean: {nearest}? A verdict: cchc explain {first} PERIOD"),
            typed=typed,
            nearest=close,
            first=close[0],
        )


class NoSuchCode(UsageError):
    """A code that the catalogue does not have."""

    def __init__(self, typed: str) -> None:
        close = nearest(typed, CODES)
        remedy = mark("Did you mean: {nearest}?") if close else mark("`cchc validate` prints codes with what it finds.")
        super().__init__(mark("there is no code {typed}"), remedy, typed=typed, nearest=close)


def explained(typed: str, language: Language, root: Path | None = None) -> str:
    """Return the page of a code as it stands in the manual, in Markdown; another word is looked up in the workspace."""
    code = typed.strip().upper()
    if not _CODE.fullmatch(code):
        raise _no_code(typed, root)
    if code not in CODES:
        raise NoSuchCode(code)
    pages = _PAGE.split(resources.packaged(f"manual/problems.{language}.md"))
    return next(page for page in pages if page.startswith(f"## {code} ")).strip() + "\n"


def _no_code(typed: str, root: Path | None) -> UsageError:
    """Return what is wrong with a word that is no code: an indicator without its period, as far as one is known."""
    known = [one.id for one in glimpse.indicators(root)] if root is not None else []
    if typed.strip() in known:
        return PeriodMissing(typed.strip())
    close = nearest(typed, known)
    return NearAnIndicator(typed, close) if close else NotACode(typed)
