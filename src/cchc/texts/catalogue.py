"""The catalogues of `locale/`, loaded once a language; the language is an argument, never guessed from the system."""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

Translate = Callable[[str], str]


class Language(StrEnum):
    """The languages that texts for users exist in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


def mark(message: str) -> str:
    """Mark an English message id for extraction and return it unchanged."""
    return message


def chosen_language(wish: str | None) -> Language:
    """Return English for `en` (and `en_US`, `EN`, …), else Vietnamese."""
    return Language.ENGLISH if (wish or "").strip().lower().startswith("en") else Language.VIETNAMESE


@cache
def translator(language: Language) -> Translate:
    """Return the function from message id to text; English ids are the English text.

    Raises FileNotFoundError when the compiled catalogue is missing: the package was not built.
    """
    if language is Language.ENGLISH:
        return mark
    compiled = Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "cchc.mo"
    with compiled.open("rb") as stream:
        return GNUTranslations(stream).gettext
