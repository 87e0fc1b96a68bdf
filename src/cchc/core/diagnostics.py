"""Problems: wrong user data as values with a code, a place and arguments; views give them words."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from cchc.core.codes import CODES, Severity

KeyPath = tuple[str | int, ...]
LONGEST_WORD = 80  # characters of a text for which similar words are looked for
T_co = TypeVar("T_co", covariant=True)


class At(StrEnum):
    """Which end of a key path a problem is about."""

    KEY = "key"
    VALUE = "value"


class Span(NamedTuple):
    """A stretch of a file: lines and columns count from 1, columns in characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


NOTHING: Mapping[str, object] = MappingProxyType({})


class Finding(NamedTuple):
    """What is wrong with a record, before its file is known: a code, a path within the record, arguments."""

    code: str
    path: KeyPath = ()
    at: At = At.VALUE
    args: Mapping[str, object] = NOTHING


class Problem(NamedTuple):
    """A finding with its file (relative to the workspace, with `/`) and, once located, its span and source lines."""

    code: str
    file: str
    path: KeyPath = ()
    at: At = At.VALUE
    args: Mapping[str, object] = NOTHING
    span: Span | None = None
    lines: tuple[str, ...] = ()  # the source line of the span's start, for the excerpt; empty when there is none

    @property
    def severity(self) -> Severity:
        """Error or warning, as the catalogue of codes says."""
        return CODES[self.code].severity


def in_file(file: str, finding: Finding, base: KeyPath = ()) -> Problem:
    """Return the finding as a problem of `file`, its path put behind `base`."""
    return Problem(finding.code, file, base + finding.path, finding.at, finding.args)


def sort_key(problem: Problem) -> tuple[str, Span, str, str]:
    """Sort by file, place, code; problems without a place come first in their file."""
    return problem.file, problem.span or Span(0, 0, 0, 0), problem.code, repr(problem.path)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are errors."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


class Word(str):
    """An argument of a message that is itself a message id, to be translated with it."""

    __slots__ = ()


class Lines(str):
    """An argument of a message that goes over several lines."""

    __slots__ = ()


class Amount(str):
    """An argument of a message that is a figure as files spell it: 5406/436, 93.5; offices write 5.406/436 and 93,5."""

    __slots__ = ()


def amount(number: int | Decimal) -> Amount:
    """Return a number as an argument of a message that is shown as offices write it."""
    return Amount(format(number, "f") if isinstance(number, Decimal) else str(number))


class Part(NamedTuple):
    """An argument of a message: something that is counted, and how much of it there is."""

    name: str
    amount: Amount


class Placed(NamedTuple, Generic[T_co]):
    """A record with the file and the key path that it was read from."""

    record: T_co
    file: str
    path: KeyPath

    def problem(self, code: str, *path: str | int, at: At = At.VALUE, **args: object) -> Problem:
        """Return a problem about this record, or about what `path` names in it."""
        return Problem(code, self.file, self.path + path, at, args)


class Nearest(NamedTuple):
    """An argument of a message: the known words that look most like a text, looked for only when it is shown."""

    text: str
    known: Collection[str]

    @property
    def words(self) -> tuple[str, ...]:
        """The words, the likeliest first."""
        return nearest(self.text, self.known)


class NearestOrAll(Nearest):
    """The known words that look most like a text; all of them where none does."""

    __slots__ = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words, the likeliest first."""
        return nearest(self.text, self.known) or tuple(self.known)


class PlainReading(NamedTuple):
    """An argument of a message: what plain YAML would have made of a scalar, said where it is something else."""

    text: str


def nearest(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the up to three known words that look most like the text, the likeliest first."""
    if len(text) > LONGEST_WORD:  # nobody mistyped that, and comparing takes the square of the length
        return ()
    from difflib import get_close_matches  # noqa: PLC0415  # only on the failing path

    return tuple(get_close_matches(text, list(known), n=3, cutoff=0.6))
