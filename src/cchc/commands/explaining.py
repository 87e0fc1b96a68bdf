"""`explain`: the manual's page of a finding's code."""

import re

from cchc.core.codes import CODES
from cchc.core.diagnostics import nearest
from cchc.core.errors import UsageError
from cchc.texts import Language, mark
from cchc.workspace import resources

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


class NoSuchCode(UsageError):
    """A code that the catalogue does not have."""

    def __init__(self, typed: str) -> None:
        close = nearest(typed, CODES)
        remedy = mark("Did you mean: {nearest}?") if close else mark("`cchc validate` prints codes with what it finds.")
        super().__init__(mark("there is no code {typed}"), remedy, typed=typed, nearest=close)


def explained(typed: str, language: Language) -> str:
    """Return the page of a code as it stands in the manual, in Markdown."""
    code = typed.strip().upper()
    if not _CODE.fullmatch(code):
        raise NotACode(typed)
    if code not in CODES:
        raise NoSuchCode(code)
    pages = _PAGE.split(resources.packaged(f"manual/problems.{language}.md"))
    return next(page for page in pages if page.startswith(f"## {code} ")).strip() + "\n"
