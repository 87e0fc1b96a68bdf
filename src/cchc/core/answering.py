"""What a cell of a table of answers says: a level of the five-level scale, in words or as a number."""

from collections.abc import Mapping
from enum import StrEnum

from cchc.core.surveys import LEVELS
from cchc.core.typed import bare

WORDS: Mapping[str, tuple[str, ...]] = {  # of forms, from best to worst
    "very_satisfied": ("rất hài lòng", "very satisfied"),
    "satisfied": ("hài lòng", "satisfied"),
    "neutral": ("bình thường", "neutral"),
    "dissatisfied": ("không hài lòng", "dissatisfied"),
    "very_dissatisfied": ("rất không hài lòng", "very dissatisfied"),
}
NUMBERS = ("1", "2", "3", "4", "5")
_BY_WORD = {bare(word): level for level, words in WORDS.items() for word in words}


class Best(StrEnum):
    """Which number means very satisfied: forms differ, so it is never guessed."""

    ONE = "1"
    FIVE = "5"


def level_of(text: str, best: Best | None) -> str | None:
    """Return the level that an answer names, None where it names none; a number does only where the best is known."""
    if text in NUMBERS:
        numbers = NUMBERS if best is Best.ONE else NUMBERS[::-1]
        return None if best is None else LEVELS[numbers.index(text)]
    return _BY_WORD.get(bare(text))
