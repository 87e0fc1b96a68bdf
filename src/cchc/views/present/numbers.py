"""Numbers, dates and periods as Vietnamese offices write them: 1.234.567,89 and 15/3/2023 and quý II năm 2023."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from cchc.core.periods import YEAR, Period, Unit
from cchc.core.scalars import Number, is_thousands_trap
from cchc.texts import Translate, mark

PLACES = 2
ROMAN = ("I", "II", "III", "IV")
FIRST_BARE_MONTH = 3  # NĐ 30/2020/NĐ-CP: months 1 and 2 take a zero, 3 to 9 none
BLANK = "\u2003\u2003"  # room to write a number or a day by hand
RUN = 3  # neighbours, from which on only the first and the last are named
SMALL = 10  # counts below it take a leading zero in official texts


def rounded(value: Fraction, places: int) -> Fraction:
    """Return the value rounded half up (away from zero) to decimal places."""
    scale = 10**places
    units = (abs(value) * scale * 2 + 1) // 2
    return Fraction(units if value >= 0 else -units, scale)


def decimal(value: Fraction | Number, places: int = PLACES) -> str:
    """Return the value with exactly so many places, rounded half up: 1.234,50."""
    exact = rounded(Fraction(value), places)
    units = abs(exact.numerator) * 10**places // exact.denominator
    whole, fraction = divmod(units, 10**places)
    sign = "-" if exact < 0 else ""
    return f"{sign}{grouped(whole)},{fraction:0{places}}" if places else f"{sign}{grouped(whole)}"


def enough(value: Fraction, places: int = PLACES) -> str:
    """Return a number that is at least the value, with at most so many places: who reaches it has reached the value."""
    scale = 10**places
    return short(Fraction(math.ceil(value * scale), scale), places)


def within(value: Fraction, places: int = PLACES) -> str:
    """Return a number that is at most the value, with at most so many places: who keeps to it keeps to the value."""
    scale = 10**places
    return short(Fraction(math.floor(value * scale), scale), places)


def short(value: Fraction | Number, places: int = PLACES) -> str:
    """Return the value with its places, a whole one without: 98,56 but 100."""
    exact = Fraction(value)
    return decimal(exact, 0 if exact.denominator == 1 else places)


def exactly(value: Number) -> str:
    """Return a number as it was entered, in Vietnamese form: 1.234,5."""
    if isinstance(value, int):
        return grouped(value)
    whole, _, fraction = format(value, "f").partition(".")
    return f"{grouped(int(whole))},{fraction}" if fraction else grouped(int(whole))


def official(figure: str) -> str:
    """Return a figure of one or two numbers as files spell it in Vietnamese form: 5.406/436, 93,5."""
    return "/".join(map(_official, figure.split("/")))


def _official(number: str) -> str:
    whole, dot, fraction = number.partition(".")
    unpadded = number.removesuffix("0")  # a zero that files need, lest anybody reads thousands
    if dot and is_thousands_trap(unpadded):
        fraction = fraction.removesuffix("0")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{grouped(abs(int(whole)))},{fraction}" if dot else grouped(int(whole))


def grouped(value: int) -> str:
    """Return a whole number with its thousands grouped: 1.234.567."""
    return f"{value:,}".replace(",", ".")


def counted(value: int) -> str:
    """Return a count as official texts write it: 02, 11."""
    return f"{value:02}" if 0 <= value < SMALL else grouped(value)


def json_number(value: Fraction | Number) -> str:
    """Return the value as JSON spells it: rounded half up to six places, trailing zeros dropped."""
    exact = rounded(Fraction(value), 6)
    units = abs(exact.numerator) * 10**6 // exact.denominator
    whole, fraction = divmod(units, 10**6)
    sign = "-" if exact < 0 else ""
    return f"{sign}{whole}.{fraction:06}".rstrip("0").rstrip(".")


def day(value: date) -> str:
    """Return a date in running text: 15/3/2023, 05/02/2023.

    Days below 10 and the months 1 and 2 take a zero, the months 3 to 9 do not (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    return f"{value.day:02}/{_month(value.month)}/{value.year}"


def long_day(value: date | None, _: Translate) -> str:
    """Return a date as it stands below the head of a document; without one with blanks to be filled in by hand."""
    if value is None:
        return _(mark("the {day} of {month} {year}")).format(day=BLANK, month=BLANK, year=BLANK)
    return _(mark("the {day} of {month} {year}")).format(
        day=f"{value.day:02}", month=_month(value.month), year=value.year
    )


def _month(month: int) -> str:
    return f"{month:02}" if month < FIRST_BARE_MONTH else str(month)


def period_title(period: Period, _: Translate) -> str:
    """Return a period as offices name it: tháng 6/2023, quý II năm 2023, 6 tháng đầu năm 2023, năm 2023."""
    if period.is_range:
        return _range_title(period, _)
    year = period.last_year
    match period.unit:
        case Unit.MONTH:
            return _(mark("month {month}/{year}")).format(month=period.first_month, year=year)
        case Unit.QUARTER:
            return _(mark("quarter {quarter} of {year}")).format(quarter=_roman(period.first), year=year)
        case Unit.HALF:
            first = _(mark("the first 6 months of {year}"))
            return (first if period.first_month == 1 else _(mark("the last 6 months of {year}"))).format(year=year)
        case Unit.NINE_MONTHS:
            return _(mark("the first 9 months of {year}")).format(year=year)
        case Unit.YEAR:
            return _(mark("the year {year}")).format(year=year)


def within_title(period: Period, _: Translate) -> str:
    """Return a period as it stands after "trong": thời gian từ tháng 2/2023 đến tháng 5/2023."""
    title = period_title(period, _)
    return _(mark("the time {period}")).format(period=title) if _is_stretch(period) else title


def end_title(period: Period, _: Translate) -> str:
    """Return a period as it stands after "đến hết": of several months or quarters the last."""
    return period_title(_ends(period)[1] if _is_stretch(period) else period, _)


def _is_stretch(period: Period) -> bool:
    return period.is_range and period.unit is not Unit.YEAR


def periods_title(periods: Iterable[Period], _: Translate) -> str:
    """Return reference periods of one frequency in time order, neighbours joined: tháng 1–3, 7–12/2022, cả năm 2023."""
    years: dict[int, list[Period]] = {}
    for period in periods:
        years.setdefault(period.last_year, []).append(period)
    return ", ".join(_year_titles(years, _))


def _year_titles(years: dict[int, list[Period]], _: Translate) -> Iterator[str]:
    """Yield what each year has; the years that are there as a whole are named together, where the first of them is."""
    whole = [year for year, own in years.items() if sum(period.months for period in own) == YEAR]
    for year, own in years.items():
        if year not in whole:
            yield _within_year(own, year, _)
        elif year == whole[0]:
            yield _whole_years(whole, own[0], _)


def _whole_years(years: Sequence[int], first: Period, _: Translate) -> str:
    if len(years) > 1:
        return _(mark("the years {years}")).format(years=_joined(years, str))
    return period_title(first, _) if first.unit is Unit.YEAR else _(mark("all of {year}")).format(year=years[0])


def _within_year(own: Sequence[Period], year: int, _: Translate) -> str:
    if len(own) == 1:
        return period_title(own[0], _)
    if own[0].unit is Unit.QUARTER:
        quarters = _joined([period.first_month // 3 for period in own], lambda at: ROMAN[at])
        return _(mark("quarters {quarters} of {year}")).format(quarters=quarters, year=year)
    months = _joined([period.first_month for period in own], str)
    return _(mark("months {months}/{year}")).format(months=months, year=year)


def _joined(numbers: Sequence[int], name: Callable[[int], str]) -> str:
    """Return ascending numbers by name, three and more neighbours as their first and last: 1–3, 5, 6."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{name(run[0])}–{name(run[-1])}" if len(run) >= RUN else ", ".join(map(name, run)) for run in runs
    )


def _roman(month: int) -> str:
    return ROMAN[month % 12 // 3]


def _range_title(period: Period, _: Translate) -> str:
    if period.unit is Unit.YEAR:
        return _(mark("the period {first} - {last}")).format(first=period.first_year, last=period.last_year)
    first, last = _ends(period)
    return _(mark("from {first} to {last}")).format(first=period_title(first, _), last=period_title(last, _))


def _ends(period: Period) -> tuple[Period, Period]:
    """Return the first and the last month, quarter or half-year of several."""
    length = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6}[period.unit]
    first = Period(period.first, period.first + length - 1, period.unit)
    return first, Period(period.last - length + 1, period.last, period.unit)
