"""What editors may find in a field, as JSON Schema (draft 7): the forms that the field types of `fields` carry.

Our reader takes the text of a scalar, an editor what YAML 1.2 makes of it: plain `412` arrives as an integer, `"412"`
as a string, an id `1e3` as a float, a text `true` as a boolean. A form accepts every reading of every text that its
field accepts. What no editor should offer stands behind `not`: it is accepted, yet neither completed nor named.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from cchc.core import scalars
from cchc.core.period_forms import FIRST_YEAR, LABEL, LAST_YEAR
from cchc.texts import mark

Form = Mapping[str, Any]

_TYPES = ("array", "boolean", "null", "number", "object", "string")


def _quiet(type_: str) -> Form:
    """Return the form of values of a type that no editor offers."""
    return {"not": {"type": [name for name in _TYPES if name != type_]}}


QUIET: Mapping[str, Form] = {name: _quiet(name) for name in ("null", "boolean")}


def exactly(*patterns: str) -> str:
    """Return the pattern of a whole string that is one of several; Python's end of text is JavaScript's `$`."""
    return f"^(?:{'|'.join(patterns)})$".replace(r"\Z", "$")


def _read_as_number(pattern: str, message: str, **limits: object) -> Form:
    return {"type": ["string", "number"], "pattern": pattern, **limits, "errorMessage": message}


def _whole(minimum: int, maximum: int | None, pattern: str, message: str) -> Form:
    limits = {"minimum": minimum} if maximum is None else {"minimum": minimum, "maximum": maximum}
    return {"type": ["string", "integer"], "pattern": pattern, **limits, "errorMessage": message}


def _between(maximum: int, message: str) -> Form:
    return _whole(1, maximum, exactly(*(str(number) for number in range(1, maximum + 1))), message)


_NUMBER = f"(?!{scalars.THOUSANDS_TRAP.pattern}$){scalars.DECIMAL.pattern}"
_NOT_NEGATIVE = "(?!-)"

TEXT: Form = {"anyOf": [_read_as_number(r"\S", mark("a text is expected here")), QUIET["boolean"]]}
ID: Form = {
    "anyOf": [
        _read_as_number(
            exactly(scalars.ID.pattern),
            mark("an id: small letters without marks, digits and hyphens, as ho-so-dung-han"),
            minimum=0,
        ),
        QUIET["boolean"],
    ]
}
YEAR = _whole(FIRST_YEAR, LAST_YEAR, exactly(scalars.YEAR.pattern), mark("a year of four digits, as 2023"))
DATE: Form = {
    "type": "string",
    "pattern": exactly(scalars.DATE.pattern),
    "errorMessage": mark("a date as year-month-day, as 2023-06-15"),
}
COUNT = _whole(
    0, None, exactly(_NOT_NEGATIVE + scalars.WHOLE.pattern), mark("a whole number from 0 on, digits only, as 1234")
)
POSITIVE = _whole(
    1, None, exactly("(?![-0])" + scalars.WHOLE.pattern), mark("a whole number from 1 on, digits only, as 5")
)
NUMBER = _read_as_number(exactly(_NUMBER), mark("a number with a point before its decimals, as 95.5"))
AMOUNT = _read_as_number(
    exactly(_NOT_NEGATIVE + _NUMBER), mark("a number from 0 on with a point before its decimals, as 95.5"), minimum=0
)
DAY_OF_MONTH = _between(28, mark("a day of the month, 1 to 28"))
DUE_DAY = _between(31, mark("a day of the month, 1 to 31"))
PERIOD: Form = {
    "type": ["string", "integer"],
    "pattern": exactly(rf"(?:{LABEL.pattern})(?:\.\.(?:{LABEL.pattern}))?"),
    "minimum": FIRST_YEAR,
    "maximum": LAST_YEAR,
    "errorMessage": mark("a period as in file names: 2023-06, 2023Q2, 2023H1, 2023-9T, 2023"),
}
MONTH: Form = {
    "type": "string",
    "pattern": exactly(f"(?:{scalars.YEAR.pattern})-(?:0[1-9]|1[0-2])"),
    "errorMessage": mark("a month as year-month, as 2023-06"),
}
PLACE: Form = {
    "anyOf": [
        {
            "type": ["string", "number"],
            "pattern": r"^\s*(?:https://|(?![/\s])(?![^/]*:)(?!(?:[^\\]*/)?\.\.(?:/|\s*$))[^\\]+$)",
            "errorMessage": mark("a file of the workspace (bieu-mau/2023-06.pdf) or an https address"),
        },
        QUIET["boolean"],
    ]
}


def digits(*lengths: int) -> Form:
    """Return the form of a name of so many hexadecimal digits."""
    pattern = "|".join(f"[0-9A-Fa-f]{{{length}}}" for length in lengths)
    return _read_as_number(rf"^\s*(?:{pattern})\s*$", mark("hexadecimal digits, written by the program"), minimum=0)


_TERM = "(?:[A-Z]{1,3}(?:[1-9][0-9]{0,6})?|<[^<>]+>)"
FORMULA: Form = {
    "type": "string",
    "pattern": rf"^\s*{_TERM}(?:\s*[+-]\s*{_TERM})*\s*$",
    "errorMessage": mark("cells as E12, columns as E or <head>, with + or - between them"),
}


def constant(text: str) -> Form:
    """Return the form of a field that says one thing only."""
    return {"const": text}


def choice(words: Iterable[str]) -> Form:
    """Return the form of one of the words: they are offered as they are, and read in any case, between blanks."""
    known = list(words)
    return {"anyOf": [{"enum": known}, {"type": "string", "pattern": _in_any_case(known)}]}


def _in_any_case(words: Iterable[str]) -> str:
    """Return the pattern of words whose letters are large or small, whole or with their marks apart."""
    blanks = r"\s+"
    known = "|".join(blanks.join("".join(map(_letter, part)) for part in word.split()) for word in words)
    return rf"^\s*(?:{known})\s*$"


def _letter(letter: str) -> str:
    if not letter.isalpha():
        return letter
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    either = f"[{base}{base.upper()}]"
    if not marks:
        return either
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in marks)
    return f"(?:{letter}|{letter.upper()}|{either}{escaped})"


YES_NO: Form = {
    "anyOf": [
        {"enum": ["có", "không", "đạt", "không đạt"]},
        {
            "type": "string",
            "pattern": _in_any_case(sorted(scalars.YES | scalars.NO)),
            "errorMessage": mark("yes or no: có, không, đạt, không đạt"),
        },
        QUIET["boolean"],
    ]
}
FLAG: Form = {
    "type": ["boolean", "string"],
    "pattern": _in_any_case(sorted(scalars.YES | scalars.NO)),
    "errorMessage": mark("true or false"),
}
