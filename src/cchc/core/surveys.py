"""Satisfaction surveys: the tally of answers on the five-level scale, question by question, and of the forms."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from cchc.core.fields import Count, Day, Record, Text


class Tally(Record):
    """How many answers were given at each level of the scale."""

    very_satisfied: Count
    satisfied: Count
    neutral: Count
    dissatisfied: Count
    very_dissatisfied: Count

    @property
    def satisfied_answers(self) -> int:
        """Answers "hài lòng" and "rất hài lòng"; "bình thường" is not satisfied."""
        return self.very_satisfied + self.satisfied

    @property
    def answers(self) -> int:
        """All answers given; blank ones and unreturned forms are out."""
        return sum(self.levels)

    @property
    def levels(self) -> tuple[int, ...]:
        """The answers from very satisfied to very dissatisfied."""
        return tuple(getattr(self, level) for level in LEVELS)


LEVELS = tuple(Tally.model_fields)  # from best to worst


class Question(Tally):
    """The tally of one question's answers."""

    text: Text


class Survey(Tally):
    """One survey: its tally, and what is known of it.

    `first` and `last` are the days on which it was held; `handed_out`, `returned` and `valid` count forms.
    """

    title: Text | None = None
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    run_by: Text | None = None
    handed_out: Count | None = None
    returned: Count | None = None
    valid: Count | None = None
    questions: tuple[Question, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known but the tally."""
        return self.model_fields_set <= set(LEVELS)

    @property
    def forms(self) -> tuple[tuple[str, int], ...]:
        """The forms handed out, returned and valid, as far as they are known, by their keys."""
        counts = ((name, getattr(self, name)) for name in FORMS)
        return tuple((name, count) for name, count in counts if count is not None)


Plain: TypeAlias = str | int | list[dict[str, str | int]]


def plain(survey: Survey) -> dict[str, Plain]:
    """Return what is known of a survey by the keys of files, in the order in which we write them."""
    known: dict[str, str | int | date | None] = {
        "title": survey.title,
        "from": survey.first,
        "to": survey.last,
        "run_by": survey.run_by,
        **dict(survey.forms),
    }
    said = {key: str(value) if isinstance(value, date) else value for key, value in known.items() if value is not None}
    asked: list[dict[str, str | int]] = [{"text": one.text, **_levels(one)} for one in survey.questions]
    return {**said, **_levels(survey), **({"questions": asked} if asked else {})}


def counted(surveys: Iterable[Survey]) -> tuple[int, int]:
    """Return the satisfied answers and all answers of surveys, added up: their numerator and denominator."""
    satisfied, answers = zip(*((one.satisfied_answers, one.answers) for one in surveys), strict=True)
    return sum(satisfied), sum(answers)


def _levels(tally: Tally) -> dict[str, int]:
    return dict(zip(LEVELS, tally.levels, strict=True))


FORMS = ("handed_out", "returned", "valid")  # none of them exceeds the one before
