"""Scalars typed by the schema: the text of a YAML scalar to the value its field means; YAML never guesses.

Every function takes the scalar's text and returns the value, or raises `Unfit` with the code of the finding.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Context, Decimal
from typing import TypeVar

from cchc.core.period_forms import PeriodError, parse_canonical, parse_period
from cchc.core.periods import Period

Number = int | Decimal
N = TypeVar("N", int, Number)

_DIGITS = 18  # the longest figure: a commune's budget in dong has 12 digits
_EXACT = Context(prec=100)  # the default of 28 digits would round sums of numbers with 18 on either side of the point
_LONGEST_READING = 40  # of a longer text nobody wants to know what YAML makes of it
WHOLE = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"(?!-0(?:\.0+)?\Z)-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
# Signs that nobody can see, as a class of a pattern: control characters but tab and line ends, line ends that are none,
# overrides of the direction in which is read.
UNSEEN = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff\\ud800-\\udfff"
LONGEST_PILE = 300  # combining characters one after the other
_FIRST_MARK = "\u02ff"
_NEGATIVE_ZERO = re.compile(r"-0+(?:\.0*)?")
THOUSANDS_TRAP = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,5}")
_DIGITS_ONLY = re.compile(r"-?[0-9]+")
_EXPONENT = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]{1,9}")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HEXADECIMAL = re.compile(r"[0-9a-f]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")

YES = frozenset({"yes", "true", "có", "đạt"})
NO = frozenset({"no", "false", "không", "không đạt"})


class Unfit(ValueError):  # it is a refusal, not a program's error
    """A text that its field cannot take: the code of the finding and the arguments of its message."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_: Mapping[str, object] = args


def nfc(text: str) -> str:
    """Return the text in Normalization Form C; one that piles up marks as no language does stays as it is.

    Normalising takes the square of their number: minutes for a file of them.
    """
    if text.isascii() or (len(text) > LONGEST_PILE and _piles_up(text)):
        return text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _piles_up(text: str) -> bool:
    height = 0
    for sign in text:
        height = height + 1 if sign > _FIRST_MARK and unicodedata.combining(sign) else 0
        if height > LONGEST_PILE:
            return True
    return False


def folded(text: str) -> str:
    """Return the text as words are compared: NFC, small letters, blanks collapsed."""
    return " ".join(nfc(text).lower().split())


def exact_sum(numbers: Iterable[Number]) -> Number:
    """Return the sum without rounding: int when all of them are, else Decimal."""
    total: Number = 0
    for number in numbers:
        whole = isinstance(total, int) and isinstance(number, int)
        total = total + number if whole else _EXACT.add(Decimal(total), Decimal(number))
    return total


def is_thousands_trap(text: str) -> bool:
    """Whether an official would read thousands: one to three digits, a dot, exactly three digits."""
    return bool(THOUSANDS_TRAP.fullmatch(text))


def parse_text(text: str) -> str:
    """Return the text in NFC without blanks at its ends; E219 when nothing is left that can be seen."""
    text = nfc(text).strip()
    if not text or not (text.isprintable() or any(sign.isprintable() and not sign.isspace() for sign in text)):
        raise Unfit("E219")
    return text


def parse_whole(text: str) -> int:
    """Return the integer; E206 for a YAML trap, E207 for a number that is not whole."""
    if WHOLE.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text) and not THOUSANDS_TRAP.fullmatch(text):
        raise Unfit("E207", text=text)
    raise _trap(text, whole=True)


def parse_count(text: str) -> int:
    """Return the integer ≥ 0; E208 when it is negative."""
    value = parse_whole(text)
    return value if value >= 0 else _at_least_zero(value, text)


def parse_number(text: str) -> Number:
    """Return the exact number: int when it is written without a point, else Decimal; E206 for a YAML trap."""
    if DECIMAL.fullmatch(text) and not THOUSANDS_TRAP.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    raise _trap(text, whole=False)


def parse_amount(text: str) -> Number:
    """Return the exact number ≥ 0; E208 when it is negative."""
    return _at_least_zero(parse_number(text), text)


def parse_positive(text: str) -> int:
    """Return the integer ≥ 1; E208 below."""
    value = parse_whole(text)
    if value < 1:
        raise Unfit("E208", text=text, minimum=1)
    return value


def _at_least_zero(value: N, text: str) -> N:
    if value < 0:
        raise Unfit("E208", text=text, minimum=0)
    return value


def _trap(text: str, *, whole: bool) -> Unfit:
    return Unfit("E206", text=text, reading=yaml_reading(text), hint=_hint(text, whole=whole))


def yaml_reading(text: str) -> str:
    """Return what plain YAML 1.1 would have made of the scalar; a text is quoted."""
    if len(text) > _LONGEST_READING:
        return f"“{text[:_LONGEST_READING]}…”"
    for form, read in _READINGS:
        if form.fullmatch(text):
            return read(text.replace("_", ""))
    return f"“{text}”"


def _based(base: int) -> Callable[[str], str]:
    return lambda text: str(int(text, base))


def _sexagesimal(text: str) -> str:
    total = Decimal(0)
    for part in text.lstrip("+-").split(":"):
        total = total * 60 + Decimal(part)
    return str(-total if text.startswith("-") else total)


def _point(text: str) -> str:
    number = Decimal(text)
    return format(number, "f") if abs(number.adjusted()) < _LONGEST_READING else f"“{text}”"


_READINGS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (  # as PyYAML resolves plain scalars
    (re.compile(r"[-+]?0b_*[01][01_]*"), _based(2)),
    (re.compile(r"[-+]?0[0-7_]+"), _based(8)),
    (re.compile(r"[-+]?(?:0|[1-9][0-9_]*)"), _based(10)),
    (re.compile(r"[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*"), _based(16)),
    (re.compile(r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)"), _sexagesimal),
    (re.compile(r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]{1,9})?"), _point),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[0-9]{4}-[0-9]{2}-[0-9]{2}"), str.lower),
    (re.compile(r"yes|Yes|YES|true|True|TRUE|on|On|ON"), lambda _: "true"),
    (re.compile(r"no|No|NO|false|False|FALSE|off|Off|OFF"), lambda _: "false"),
)


def _hint(text: str, *, whole: bool) -> str:
    """Return what to type instead, as a text ready to quote; both readings where there are two."""
    candidates = [text.lstrip("+").replace("_", "").replace(" ", "")]
    if THOUSANDS_TRAP.fullmatch(text):
        grouped = text.replace(".", "").lstrip("0") or "0"
        candidates = [grouped] if whole else [grouped, f"{text}0"]
    elif _GROUPED.fullmatch(text):
        candidates = [text.replace(".", "")]
    elif "," in text:
        candidates = _comma_forms(candidates[0])
    elif _DIGITS_ONLY.fullmatch(candidates[0]):
        candidates = [str(int(candidates[0])) if len(candidates[0]) <= _DIGITS else ""]
    elif _EXPONENT.fullmatch(text):
        candidates = [_plain_exponent(text)]
    fitting = WHOLE if whole else DECIMAL
    good = [form for form in candidates if fitting.fullmatch(form)]
    if _NEGATIVE_ZERO.fullmatch(candidates[0]):
        good = ["0"]
    return " / ".join(good) if good else ("1234" if whole else "95.5")


def _comma_forms(text: str) -> list[str]:
    """Return the readings of a number with a comma: Vietnamese 1.234,5 or English 1,234.5; `93,500` has both."""
    if text.count(",") > 1:
        return [text.replace(",", "")]
    whole, fraction = text.split(",")
    if "." in fraction:
        return [whole + fraction]
    decimal = f"{whole.replace('.', '')}.{fraction}"
    if len(fraction) == 3 and "." not in whole:  # noqa: PLR2004  # three digits after the comma may be thousands
        return [whole + fraction, f"{decimal}0"]
    return [decimal]


def _plain_exponent(text: str) -> str:
    number = Decimal(text)
    return format(number, "f") if abs(number.adjusted()) < _DIGITS else ""


def parse_yes_no(text: str) -> bool:
    """Return True for yes, true, có, đạt and False for their opposites; E213 otherwise."""
    word = folded(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise Unfit("E213", text=text)


def parse_id(text: str) -> str:
    """Return the ASCII kebab-case id; E212 otherwise."""
    if ID.fullmatch(text):
        return text
    raise Unfit("E212", text=text)


def parse_digits(text: str, *lengths: int) -> str:
    """Return a name of so many hexadecimal digits in small letters; E225 otherwise."""
    name = text.strip().lower()
    if len(name) in lengths and HEXADECIMAL.fullmatch(name):
        return name
    raise Unfit("E225", text=text, digits=lengths)


def parse_date(text: str) -> date:
    """Return the day of YYYY-MM-DD; E209 otherwise, also for days that no calendar has."""
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:  # no calendar has that day
        pass
    raise Unfit("E209", text=text)


def parse_year(text: str) -> int:
    """Return the year 1900..2199; E221 otherwise."""
    if YEAR.fullmatch(text):
        return int(text)
    raise Unfit("E221", text=text)


def parse_file_period(text: str) -> Period:
    """Return the period of a canonical label; E210 with the closest canonical label otherwise."""
    period = parse_canonical(text)
    if period is not None:
        return period
    try:
        closest = parse_period(text).label
    except PeriodError as error:
        closest = error.closest
    raise Unfit("E210", text=text, closest=closest)


def parse_choice(text: str, choices: Iterable[str]) -> str:
    """Return the choice that equals the text but for case, blanks and Unicode form; E211 otherwise."""
    word = folded(text)
    known = tuple(choices)
    for choice in known:
        if folded(choice) == word:
            return choice
    raise Unfit("E211", text=text, known=", ".join(known))
