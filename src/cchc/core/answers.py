"""What is typed at a prompt of the guided entry: a sign, or a value with what is said of it.

`412/418 :nguồn Hệ thống một cửa :ghi-chú 6 hồ sơ chờ xác minh` is a value with its source and its note.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from cchc.core.errors import UsageError
from cchc.core.scalars import folded
from cchc.texts import mark


class Sign(StrEnum):
    """What moves through the entry and is no value."""

    KEEP = ""
    BACK = "<"
    END = ">"
    EXPLAIN = "?"
    DROP = "-"


class Said(StrEnum):
    """What can be said of a figure behind its value."""

    SOURCE = "source"
    NOTE = "note"
    EVIDENCE = "evidence"
    POINTS = "points"
    PROVISIONAL = "provisional"


WORDS: Mapping[Said, tuple[str, ...]] = {  # the Vietnamese word, the same without marks, the option's name
    Said.SOURCE: ("nguồn", "nguon", "source"),
    Said.NOTE: ("ghi-chú", "ghi-chu", "note"),
    Said.EVIDENCE: ("minh-chứng", "minh-chung", "evidence"),
    Said.POINTS: ("điểm", "diem", "points"),
    Said.PROVISIONAL: ("tạm-tính", "tam-tinh", "provisional"),
}
_SAID = {word: said for said, words in WORDS.items() for word in words}
_WORD = re.compile(r"(?:(?<=\s)|\A):([^\s:]+)(?=\s|\Z)")


class Answer(NamedTuple):
    """A value as it was typed, empty where only something was said of it, and what was said, in order."""

    value: str
    said: tuple[tuple[Said, str], ...] = ()


class NoSuchWord(UsageError):
    """A word after a colon that says nothing of a figure."""

    def __init__(self, word: str) -> None:
        super().__init__(
            mark("“:{word}” is not known"),
            mark("Behind the value: {known}."),
            word=word,
            known=tuple(f":{words[0]}" for words in WORDS.values()),
        )


class NothingSaid(UsageError):
    """A word after a colon without what it announces, or `:tạm-tính`, which stands alone, with a text."""

    def __init__(self, said: Said) -> None:
        alone = said is Said.PROVISIONAL
        super().__init__(
            mark("“:{word}” stands alone") if alone else mark("nothing stands behind “:{word}”"),
            mark("Type it at the end of the line.") if alone else mark("Type the text behind it, or leave it out."),
            word=WORDS[said][0],
        )


def parse_answer(text: str) -> Sign | Answer:
    """Return the sign or the value that was typed; raises NoSuchWord and NothingSaid."""
    text = text.strip()
    if text in set(Sign):
        return Sign(text)
    marks = [match for match in _WORD.finditer(text) if folded(match[1]) in _SAID]
    value = text[: marks[0].start()].strip() if marks else text
    unknown = _WORD.match(value)
    if unknown is not None:
        raise NoSuchWord(unknown[1])
    ends = [*(match.start() for match in marks), len(text)][1:]
    return Answer(value, tuple(_said(match, text[match.end() : end]) for match, end in zip(marks, ends, strict=True)))


def _said(word: re.Match[str], text: str) -> tuple[Said, str]:
    said, text = _SAID[folded(word[1])], text.strip()
    if bool(text) is (said is Said.PROVISIONAL):
        raise NothingSaid(said)
    return said, text
