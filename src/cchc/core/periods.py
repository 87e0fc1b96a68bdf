"""Periods as values: ordered, printable, with parts and neighbours; every date arithmetic of the program stands here.

Months are numbered through, `year * 12 + month - 1`. Figures are filed under their reporting month, so that months of
NĐ 09/2019/NĐ-CP, Điều 12, tile quarters, halves and years as civil months do; only the printed dates differ.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

YEAR = 12  # months
NINE = 9


class Frequency(StrEnum):
    """How often an indicator is measured."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Unit(StrEnum):
    """What a label is written in; of a range, what its ends are."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


_LENGTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.NINE_MONTHS: NINE, Unit.YEAR: YEAR}
_UNITS = {Frequency.MONTH: Unit.MONTH, Frequency.QUARTER: Unit.QUARTER, Frequency.YEAR: Unit.YEAR}
_FREQUENCIES = {unit: frequency for frequency, unit in _UNITS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole months from `first` to `last`, both included, and the unit of its label."""

    first: int
    last: int
    unit: Unit

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a month, 1 to 12."""
        return cls._of(year, month, Unit.MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Return a quarter, 1 to 4."""
        return cls._of(year, quarter, Unit.QUARTER)

    @classmethod
    def half(cls, year: int, half: int) -> "Period":
        """Return a half-year, 1 or 2."""
        return cls._of(year, half, Unit.HALF)

    @classmethod
    def nine_months(cls, year: int) -> "Period":
        """Return January to September."""
        return cls._of(year, 1, Unit.NINE_MONTHS)

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return a year."""
        return cls._of(year, 1, Unit.YEAR)

    @classmethod
    def _of(cls, year: int, number: int, unit: Unit) -> "Period":
        length = _LENGTHS[unit]
        if not 1 <= number <= YEAR // length:
            raise ValueError(f"{unit} {number} of {year}")  # noqa: EM102  # a bug of the caller
        first = year * YEAR + (number - 1) * length
        return cls(first, first + length - 1, unit)

    @classmethod
    def between(cls, start: "Period", end: "Period") -> "Period":
        """Return the range from one period to another of its kind; one that equals a named period becomes it.

        ValueError when the ends are of two kinds, are ranges or nine months themselves, or descend.
        """
        named = start.is_range or end.is_range or Unit.NINE_MONTHS in {start.unit, end.unit}
        if start.unit is not end.unit or named or start.first > end.first:
            raise ValueError(f"no range from {start} to {end}")  # noqa: EM102  # the parser says it to users
        return cls(start.first, end.last, start.unit).named()

    def named(self) -> "Period":
        """Return the quarter, half, nine months or year of the same months, or the period itself."""
        for unit, length in _LENGTHS.items():
            if self.months == length and self.first % YEAR % length == 0 and self.first_year == self.last_year:
                return Period(self.first, self.last, unit)
        return self

    @property
    def months(self) -> int:
        """How many months it is long."""
        return self.last - self.first + 1

    @property
    def is_range(self) -> bool:
        """Whether its label names two ends."""
        return self.months != _LENGTHS[self.unit]

    @property
    def first_year(self) -> int:
        """The year of the first month."""
        return self.first // YEAR

    @property
    def last_year(self) -> int:
        """The year of the last month."""
        return self.last // YEAR

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it touches, ascending."""
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def first_month(self) -> int:
        """The first month's number in its year, 1 to 12."""
        return self.first % YEAR + 1

    @property
    def last_month(self) -> int:
        """The last month's number in its year, 1 to 12."""
        return self.last % YEAR + 1

    @property
    def ends_with_year(self) -> bool:
        """Whether the last month is a December."""
        return self.last_month == YEAR

    @property
    def frequency(self) -> Frequency | None:
        """The frequency whose reference period this is, or None."""
        return None if self.is_range else _FREQUENCIES.get(self.unit)

    @property
    def label(self) -> str:
        """The canonical label: 2023-06, 2023Q2, 2023H1, 2023-9T, 2023, 2023-01..2023-05, 2021..2025."""
        start = _label(self.first, self.unit)
        return f"{start}..{_label(self.last, self.unit)}" if self.is_range else start

    def __str__(self) -> str:
        return self.label

    def contains(self, other: "Period") -> bool:
        """Whether the other lies wholly inside."""
        return self.first <= other.first and other.last <= self.last

    def parts(self, frequency: Frequency) -> tuple["Period", ...]:
        """Return the reference periods wholly inside, ascending."""
        unit = _UNITS[frequency]
        length = _LENGTHS[unit]
        start = -(-self.first // length) * length
        return tuple(Period(at, at + length - 1, unit) for at in range(start, self.last - length + 2, length))

    def part_in(self, year: int) -> "Period":
        """Return its part in a year, as a named period where there is one, else as months; ValueError without one."""
        first, last = max(self.first, year * YEAR), min(self.last, year * YEAR + YEAR - 1)
        if first > last:
            raise ValueError(f"{self} has no part in {year}")  # noqa: EM102  # a bug of the caller
        if (first, last) == (self.first, self.last):
            return self
        return Period(first, last, Unit.MONTH).named()

    def year_to_date(self) -> "Period":
        """Return the months from January of its last year to its end."""
        return Period(self.last_year * YEAR, self.last, Unit.MONTH).named()

    def shifted_years(self, years: int) -> "Period":
        """Return the same months of another year."""
        return Period(self.first + years * YEAR, self.last + years * YEAR, self.unit)

    def previous(self) -> "Period | None":
        """Return the period shifted back by its own length; None for nine months and ranges."""
        if self.is_range or self.unit is Unit.NINE_MONTHS:
            return None
        return Period(self.first - self.months, self.last - self.months, self.unit)

    def same_period_last_year(self) -> "Period":
        """Return the same months one year earlier."""
        return self.shifted_years(-1)

    def window(self, month_starts_on: int) -> tuple[date, date]:
        """Return first and last day, both included (NĐ 09/2019/NĐ-CP, Điều 12).

        With 15 a month runs from day 15 of the month before to day 14; with 1 it is the civil month. Days 1 to 28.
        """
        before = 1 if month_starts_on > 1 else 0
        start = _day(self.first - before, month_starts_on)
        return start, _day(self.last + 1 - before, month_starts_on) - timedelta(days=1)


def _day(month: int, day: int) -> date:
    return date(month // YEAR, month % YEAR + 1, day)


def _label(month: int, unit: Unit) -> str:
    year, number = month // YEAR, month % YEAR // _LENGTHS[unit] + 1
    match unit:
        case Unit.MONTH:
            return f"{year}-{number:02}"
        case Unit.QUARTER:
            return f"{year}Q{number}"
        case Unit.HALF:
            return f"{year}H{number}"
        case Unit.NINE_MONTHS:
            return f"{year}-9T"
        case _:
            return str(year)


def reference_ending(period: Period, frequency: Frequency) -> Period:
    """Return the month, quarter or year that the period's last month lies in."""
    unit = _UNITS[frequency]
    length = _LENGTHS[unit]
    first = period.last // length * length
    return Period(first, first + length - 1, unit)


def reporting_month(day: date, month_starts_on: int) -> Period:
    """Return the reporting month that a day falls in: 2023-06-15 with 15 in 2023-07, with 1 in 2023-06."""
    month = day.year * YEAR + day.month - 1
    if month_starts_on > 1 and day.day >= month_starts_on:
        month += 1
    return Period(month, month, Unit.MONTH)


def due_date(period: Period, day: int) -> date:
    """Return that day of the period's last month; of a shorter month the last day."""
    last = _day(period.last + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day, last.day))


def day_after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)
