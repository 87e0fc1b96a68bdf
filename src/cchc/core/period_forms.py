"""Periods as people type them: a table of forms, each a row of small matchers that say how far they got.

A text is compared folded: lower case, without tone marks, `đ` as `d`. What fits no form is refused with the place of
the first character that does not fit and the closest form that would.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from cchc.core.periods import Period, Unit, reporting_month

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
EXAMPLE_YEAR: Final = 2023  # in a closest form when neither the text nor the day names a year

Match = tuple[int, int | None]  # where the matcher stopped, and the number that it read
Matcher = Callable[[str, int], Match | int]  # a match, or the place of the first character that does not fit
Form = tuple[tuple[Matcher, ...], Callable[..., Period]]


class PeriodError(ValueError):
    """A text that is no period.

    `column` is the place in `text` of the first character that does not fit (0 is the first; its length when something
    is missing at the end), `closest` the canonical label of the closest period that would.
    """

    def __init__(self, text: str, column: int, closest: str) -> None:
        super().__init__(text)
        self.text = text
        self.column = column
        self.closest = closest


# matchers


def _word(word: str) -> Matcher:
    """Match a word; in it a blank stands for any number of blanks, also none before and after signs."""

    def match(text: str, at: int) -> Match | int:
        for sign in word:
            if sign == " ":
                at = _blanks(text, at)
            elif at < len(text) and text[at] == sign:
                at += 1
            else:
                return at
        return at, None

    return match


def _blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _digits(text: str, at: int, most: int) -> str:
    end = at
    while end < len(text) and end - at < most and text[end] in "0123456789":
        end += 1
    return text[at:end]


def _year(text: str, at: int) -> Match | int:
    digits = _digits(text, at, 4)
    if len(digits) < 4:  # noqa: PLR2004  # a year has four digits
        return at + len(digits)
    return (at + 4, int(digits)) if FIRST_YEAR <= int(digits) <= LAST_YEAR else at


def _two_digit_month(text: str, at: int) -> Match | int:
    if text[at : at + 1] not in {"0", "1"}:
        return at
    return _month(text, at) if len(_digits(text, at, 2)) == 2 else at + 1  # noqa: PLR2004  # 06, never 6


def _month(text: str, at: int) -> Match | int:
    digits = _digits(text, at, 2)
    if digits in {"", "0"}:
        return at + len(digits)
    return (at + len(digits), int(digits)) if 1 <= int(digits) <= 12 else at + 1  # noqa: PLR2004  # months of a year


def _single(highest: int) -> Matcher:
    def match(text: str, at: int) -> Match | int:
        digit = _digits(text, at, 1)
        return (at + 1, int(digit)) if digit and 1 <= int(digit) <= highest else at

    return match


_ROMAN = (("iv", 4), ("iii", 3), ("ii", 2), ("i", 1))


def _quarter(text: str, at: int) -> Match | int:
    for numeral, value in _ROMAN:
        if text.startswith(numeral, at):
            return at + len(numeral), value
    return _single(4)(text, at)


# forms


def _first_half(year: int) -> Period:
    return Period.half(year, 1)


def _second_half(year: int) -> Period:
    return Period.half(year, 2)


def _years(first: int, last: int) -> Period:
    return Period.between(Period.year(first), Period.year(last))


def _turned(make: Callable[[int, int], Period]) -> Callable[[int, int], Period]:
    """Return the constructor for forms that name the year last."""
    return lambda number, year: make(year, number)


_CANONICAL: tuple[Form, ...] = (
    ((_year, _word("-"), _two_digit_month), Period.month),
    ((_year, _word("q"), _single(4)), Period.quarter),
    ((_year, _word("h"), _single(2)), Period.half),
    ((_year, _word("-9t")), Period.nine_months),
    ((_year,), Period.year),
)
_READ: tuple[Form, ...] = (
    ((_year, _word("-q"), _single(4)), Period.quarter),
    ((_year, _word("-h"), _single(2)), Period.half),
    ((_year, _word("-6t")), _first_half),
    ((_word("q"), _quarter, _word(" / "), _year), _turned(Period.quarter)),
    ((_word("h"), _single(2), _word(" / "), _year), _turned(Period.half)),
    ((_word("quy "), _quarter, _word(" / "), _year), _turned(Period.quarter)),
    ((_word("quy "), _quarter, _word(" nam "), _year), _turned(Period.quarter)),
    ((_month, _word(" / "), _year), _turned(Period.month)),
    ((_word("t "), _month, _word(" / "), _year), _turned(Period.month)),
    ((_word("thang "), _month, _word(" / "), _year), _turned(Period.month)),
    ((_word("thang "), _month, _word(" nam "), _year), _turned(Period.month)),
    ((_word("6t / "), _year), _first_half),
    ((_word("9t / "), _year), Period.nine_months),
    ((_word("6 thang dau nam "), _year), _first_half),
    ((_word("6 thang cuoi nam "), _year), _second_half),
    ((_word("9 thang dau nam "), _year), Period.nine_months),
    ((_word("9 thang nam "), _year), Period.nine_months),
    ((_word("nam "), _year), Period.year),
    ((_word("giai doan "), _year, _word(" - "), _year), _years),
)
_RELATIVE: Final = {"month": Unit.MONTH, "quarter": Unit.QUARTER, "half": Unit.HALF, "year": Unit.YEAR}


def _fit(forms: Sequence[Form], text: str) -> Period | int:
    """Return the period of the first form that takes the whole text, or the furthest place that one got to."""
    furthest = 0
    for matchers, make in forms:
        reached = _fit_one(matchers, text)
        if isinstance(reached, list):
            try:
                return make(*reached)
            except ValueError:  # a range that descends
                furthest = max(furthest, text.rfind(str(reached[-1])))
        else:
            furthest = max(furthest, reached)
    return furthest


def _fit_one(matchers: Sequence[Matcher], text: str) -> list[int] | int:
    """Return the numbers that the matchers read, or the first place that does not fit."""
    at, numbers = 0, []
    for matcher in matchers:
        match = matcher(text, at)
        if isinstance(match, int):
            return match
        at = match[0]
        if match[1] is not None:
            numbers.append(match[1])
    return numbers if at == len(text) else at


# texts


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as it is compared, and for each of its characters the place in the original."""
    signs: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for sign in unicodedata.normalize("NFD", character.casefold()):
            if not unicodedata.combining(sign):
                signs.append({"đ": "d", "–": "-"}.get(sign, sign))
                places.append(place)
    return "".join(signs), places


LABEL = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]|9T)|Q[1-4]|H[12])?")


@lru_cache(maxsize=4096)
def parse_canonical(text: str) -> Period | None:
    """Return the period whose canonical label is exactly the text, or None; file names and `period:` are labels."""
    ends = text.split("..")
    if len(ends) > 2 or not all(LABEL.fullmatch(end) for end in ends):  # noqa: PLR2004  # a range has two ends
        return None
    try:
        found = parse_period(text)
    except PeriodError:
        return None
    return found if found.label == text else None


def parse_period(text: str, *, today: date | None = None, month_starts_on: int = 1) -> Period:
    """Return the period that a text means, in any of the forms that offices write; raises PeriodError.

    Words like `last-month` are about `today` and the reporting month that it falls in; without a day they are refused.
    """
    folded, places = _folded(text)
    start = _blanks(folded, 0)
    body = folded.rstrip()
    places.append(len(text))
    now = reporting_month(today, month_starts_on) if today is not None else None
    found = _parse(body[start:], now)
    if isinstance(found, Period):
        return found
    column, closest = found
    return _refuse(text, places[min(column + start, len(places) - 1)] if body else len(text), closest.label)


def _refuse(text: str, column: int, closest: str) -> Period:
    raise PeriodError(text, column, closest)


def _parse(text: str, now: Period | None) -> Period | tuple[int, Period]:
    """Return the period of a folded text, or the place that does not fit with the closest period."""
    start, dots, end = text.partition("..")
    if dots:
        return _range(start.rstrip(), end.lstrip(), len(text) - len(end.lstrip()), now)
    relative = _relative(text, now)
    if relative is not None:
        return relative
    fitted = _fit((*_CANONICAL, *_READ), text)
    return fitted if isinstance(fitted, Period) else (fitted, _closest(text, now))


def _relative(text: str, now: Period | None) -> Period | None:
    """Return the period of a word like `last-month`, or None when it is no such word or there is no day."""
    which, _, unit = text.partition("-")
    if now is None or unit not in _RELATIVE or which not in {"this", "last"}:
        return None
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    first = now.last // length * length - (length if which == "last" else 0)
    return Period(first, first + length - 1, _RELATIVE[unit])


def _range(start: str, end: str, offset: int, now: Period | None) -> Period | tuple[int, Period]:
    """Return the range between two texts, the second of which begins at `offset`."""
    first, last = _parse_end(start, now), _parse_end(end, now)
    if not isinstance(first, Period):
        return first
    if not isinstance(last, Period):
        return offset + last[0], _closest_range(first, last[1] if end else first)
    try:
        return Period.between(first, last)
    except ValueError:
        return offset if first.unit is not Unit.NINE_MONTHS else 0, _closest_range(first, last)


def _closest_range(one: Period, other: Period) -> Period:
    """Return the range over both, in their own kind where it can be, else in months."""
    start, end = min(one, other), max(one, other)
    if one.unit is other.unit and one.unit is not Unit.NINE_MONTHS:
        return Period.between(start, end)
    last = max(one.last, other.last)
    return Period.between(Period(start.first, start.first, Unit.MONTH), Period(last, last, Unit.MONTH))


def _parse_end(text: str, now: Period | None) -> Period | tuple[int, Period]:
    """Return one end of a range; a range is none."""
    before, dots, _ = text.partition("..")
    found = (len(before), _closest(before, now)) if dots else _parse(text, now)
    if isinstance(found, Period) and found.is_range:
        return 0, Period.year(found.first_year)
    return found


# the closest form

_NUMBER = re.compile(r"[0-9]+")
_FIRST_MONTHS = re.compile(r"(?<![0-9])([69]) *t")
_ROMAN_QUARTER = re.compile(r"q(?:uy)? *(iv|i{1,3})")


def _closest(text: str, now: Period | None) -> Period:
    """Return the period that was probably meant: its year, and the quarter, half or month that it names."""
    numbers = [int(number[:9]) for number in _NUMBER.findall(text)]
    year = next((number for number in numbers if FIRST_YEAR <= number <= LAST_YEAR), None)
    others = [number for number in numbers if number != year]
    years = sorted({number for number in others if FIRST_YEAR <= number <= LAST_YEAR} | ({year} if year else set()))
    if len(years) > 1:
        return _years(years[0], years[-1])
    year = year if year is not None else (now.last_year if now is not None else EXAMPLE_YEAR)
    first_months = _FIRST_MONTHS.search(text)
    if first_months:
        return Period.nine_months(year) if first_months[1] == "9" else Period.half(year, 2 if "cuoi" in text else 1)
    if "q" in text:
        roman = _ROMAN_QUARTER.search(text)
        return Period.quarter(year, dict(_ROMAN)[roman[1]] if roman else _clamped(others, 4))
    if "h" in text and "th" not in text:
        return Period.half(year, _clamped(others, 2))
    if text.isdecimal() or (numbers and not others):
        return Period.year(year)
    return Period.month(year, _clamped(others, 12))


def _clamped(numbers: list[int], highest: int) -> int:
    return min(max(numbers[0], 1), highest) if numbers else 1
