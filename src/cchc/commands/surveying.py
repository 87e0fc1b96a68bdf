"""A table of answers to a survey's tally: a row a form, a column a question; what is no answer is told by its cell."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cchc.commands.cells import CellsRefused, MergedCell, Refusal, is_empty, text_in
from cchc.commands.figure import survey_of
from cchc.commands.formfigures import Notice
from cchc.core.answering import NUMBERS, WORDS, Best, level_of
from cchc.core.errors import CommandError, UsageError
from cchc.core.progress import Progress, silent, watched
from cchc.core.surveys import LEVELS, Survey
from cchc.texts import mark
from cchc.workspace.sheetparts import column_name, column_of
from cchc.workspace.sheets import Sheet

HEAD = 0  # the row that holds the questions
_COLUMNS = re.compile(r"([A-Z]{1,3})(?:\s*(?:\.\.|:|-)\s*([A-Z]{1,3}))?")


class NoSuchColumns(UsageError):
    """What was typed names no columns of the table."""

    def __init__(self, typed: str, last: int) -> None:
        super().__init__(
            mark("--questions: “{typed}” names no columns of the table, which has A to {last}"),
            mark("Type letters, with .. between the first and the last and a comma between stretches: C..H,K."),
            typed=typed,
            last=column_name(max(last, 0)),
        )


class NoBest(UsageError):
    """Another number than one of the two ends of the scale."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("--best: “{typed}” is no end of the scale"),
            mark("Type 5 where 5 means very satisfied, 1 where 1 does."),
            typed=typed,
        )


class NoAnswer(UsageError):
    """A cell that holds no level of the scale."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("“{found}” is no answer"),
            mark("Type one of: {known}; leave the cell empty where nothing was answered."),
            found=found,
            known=tuple(words[0] for words in WORDS.values()),
        )
        self.found = found


class BestUnknown(UsageError):
    """A number where nobody said which one is best."""

    def __init__(self, found: str) -> None:
        super().__init__(
            mark("“{found}” is a number, and nobody said which number means very satisfied"),
            mark("Add --best 5 where 5 does, --best 1 where 1 does."),
            found=found,
        )


class NoQuestion(UsageError):
    """A column of answers without a question above them."""

    def __init__(self) -> None:
        super().__init__(
            mark("the column has answers, and no question above them"), mark("Write the question into the first row.")
        )


class NotAnswers(UsageError):
    """A column in which nothing is an answer: of names, days, remarks."""

    def __init__(self, head: str, found: str) -> None:
        super().__init__(
            mark("the column “{head}” holds no answers, but such as “{found}”"),
            mark("Name the columns of the questions: --questions C..H."),
            head=head,
            found=found,
        )


class NoForms(UsageError):
    """A table without a single answer."""

    def __init__(self) -> None:
        super().__init__(
            mark("the table holds no answers"),
            mark("The first row holds the questions, each row below it the answers of one form."),
        )


class AnswersWish(NamedTuple):
    """How a table of answers is read: which columns, which number is best; and what else is known of the survey."""

    said: Mapping[str, str]
    questions: str | None = None
    best: str | None = None


class Tallied(NamedTuple):
    """The survey that a table holds, and what was not taken from it."""

    survey: Survey
    notices: tuple[Notice, ...]


@dataclass
class _Asked:
    """A column of answers that is being read."""

    column: int
    question: str
    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)


def tallied(sheet: Sheet, wish: AnswersWish, progress: Progress = silent) -> Tallied:
    """Return the tally of a table of answers, question by question; CellsRefused names every cell in the way.

    A form counts where it answers a question at least once. The tally of the survey is that of all its answers.
    """
    best = _best(wish.best)
    asked = [_Asked(column, _text(sheet, HEAD, column)) for column in _columns(sheet, wish.questions)]
    valid, notices = 0, []
    for row in watched(range(HEAD + 1, len(sheet.rows)), progress, len(sheet.rows) - 1):
        given = [_answer(sheet, row, one, best) for one in asked]
        if any(given):
            valid += 1
        elif not all(map(is_empty, sheet.rows[row])):
            notices.append(Notice(sheet.place(row, 0), mark("the row answers no question; it is not counted")))
    refusals = [refusal for one in asked for refusal in _refused(sheet, one)]
    if refusals:
        raise CellsRefused(refusals)
    if not valid:
        raise NoForms
    return Tallied(_survey(asked, valid, wish.said), tuple(notices))


def _best(typed: str | None) -> Best | None:
    if typed is None:
        return None
    if typed.strip() not in {Best.ONE, Best.FIVE}:
        raise NoBest(typed)
    return Best(typed.strip())


def _columns(sheet: Sheet, typed: str | None) -> Sequence[int]:
    """Return the columns of questions: those that were typed, else all in which anything stands."""
    width = max(map(len, sheet.rows), default=0)
    if typed is None:
        return [column for column in range(width) if any(not is_empty(sheet.at(row, column)) for row in _rows(sheet))]
    found: list[int] = []
    for part in typed.upper().split(","):
        match = _COLUMNS.fullmatch(part.strip())
        if match is None:
            raise NoSuchColumns(typed, width - 1)
        first, last = column_of(match[1]), column_of(match[2] or match[1])
        if not first <= last < width:
            raise NoSuchColumns(typed, width - 1)
        found += [column for column in range(first, last + 1) if column not in found]
    return found


def _rows(sheet: Sheet) -> range:
    return range(len(sheet.rows))


def _text(sheet: Sheet, row: int, column: int) -> str:
    """Return what a head says, on one line."""
    value = sheet.at(row, column)
    return "" if is_empty(value) else " ".join(text_in(value).split())


def _answer(sheet: Sheet, row: int, asked: _Asked, best: Best | None) -> bool:
    """Count a cell's answer and return whether there is any; what is none goes to the column's refusals."""
    value = sheet.at(row, asked.column)
    if sheet.area_of(row, asked.column) is not None:
        return _refuse(sheet, (row, asked.column), asked, MergedCell())
    if is_empty(value):
        return False
    try:
        text = text_in(value)
    except UsageError as error:
        return _refuse(sheet, (row, asked.column), asked, error)
    level = level_of(text, best)
    if level is None:
        unknown = BestUnknown(text) if text in NUMBERS else NoAnswer(text)
        return _refuse(sheet, (row, asked.column), asked, unknown)
    asked.counts[level] += 1
    return True


def _refuse(sheet: Sheet, place: tuple[int, int], asked: _Asked, error: CommandError) -> bool:
    asked.refusals.append(Refusal(*place, sheet.place(*place), error))
    return True


def _refused(sheet: Sheet, asked: _Asked) -> Iterator[Refusal]:
    """Yield what is wrong with a column: what is wrong with all of it once, at its head; else each cell."""
    head = (HEAD, asked.column)
    if not asked.question and (asked.counts or asked.refusals):
        yield Refusal(*head, sheet.place(*head), NoQuestion())
    unknown = [one for one in asked.refusals if isinstance(one.error, BestUnknown)]
    yield from unknown[:1]
    others = [one for one in asked.refusals if one not in unknown]
    if others and not asked.counts and not unknown and isinstance(others[0].error, NoAnswer):
        yield Refusal(*head, sheet.place(*head), NotAnswers(asked.question, others[0].error.found))
        return
    yield from others


def _survey(asked: Sequence[_Asked], valid: int, said: Mapping[str, str]) -> Survey:
    questions = [
        {"text": one.question, **{level: str(one.counts[level]) for level in LEVELS}} for one in asked if one.counts
    ]
    total = {level: str(sum(one.counts[level] for one in asked)) for level in LEVELS}
    return survey_of({**said, "valid": str(valid), **total, "questions": questions})
