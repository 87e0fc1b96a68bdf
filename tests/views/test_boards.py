"""What the signs of the board mean: one cell each, no two alike, and explained in the documents."""

import re
from pathlib import Path

from cchc.core.board import CellState
from cchc.texts import Language, translator
from cchc.views.boards import _CELLS
from cchc.views.standing import CAME_LATE, SIGNS, WORDS
from cchc.views.wrapping import width_of


def test_every_state_has_a_sign_of_its_own_one_cell_wide() -> None:
    assert set(SIGNS) == set(WORDS) == set(_CELLS) == set(CellState)
    assert len({*SIGNS.values(), CAME_LATE}) == len(CellState) + 1
    assert all(width_of(sign) == 1 for sign in SIGNS.values())


def test_every_sign_stands_in_the_documents_with_its_word(repository: Path) -> None:
    text = (repository / "docs/status.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(.)` \| ([^|]+) \|", text, re.MULTILINE))
    vietnamese = translator(Language.VIETNAMESE)
    words = {SIGNS[state]: vietnamese(word).partition(" (")[0] for state, word in WORDS.items()}
    assert rows == words
