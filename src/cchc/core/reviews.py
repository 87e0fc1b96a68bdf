"""What real offices get wrong though every rule is kept: figures worth another look, each review a sentence.

Reviews only warn. They look at the whole history and at the day that counts as today, so `validate` alone makes them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from cchc.core.checks import surveys_of
from cchc.core.diagnostics import KeyPath, Problem, amount
from cchc.core.fields import Aggregation, Kind, Quality
from cchc.core.model import DataFile, Dataset, Indicator, Measurement
from cchc.core.periods import Frequency, Period
from cchc.core.scalars import Number, exact_sum, folded

HISTORY = 7  # figures that an indicator needs before one of them can stand out
FAR = 6  # times the usual deviation
TENTH = 10
SAME = 3  # months running with one figure
STALE = 3  # months after which a provisional figure should be final
HALF_A_YEAR = 6  # months with nothing to count
_MILLIONTHS = 10**6
_USUAL = frozenset({"numerator", "denominator", "value", "of", "points", "source", "provided", "note"})


class Stored(NamedTuple):
    """What lies at a path that an entry names as evidence; `sha256` is None where no entry states one."""

    exists: bool
    sha256: str | None = None


class Figure(NamedTuple):
    """A figure with the file that it stands in."""

    file: DataFile
    entry: Measurement


@dataclass(frozen=True)
class Reviewed:
    """What reviews look at: the data, the day that counts as today, and what lies at the paths of evidence.

    `stored` says that of a path inside the workspace, with the hash where it is asked for.
    """

    data: Dataset
    today: date
    stored: Callable[[str, bool], Stored]

    @cached_property
    def series(self) -> Mapping[str, Sequence[Figure]]:
        """The figures of each indicator and statistic in time order, those in files of other frequencies left out."""
        found: dict[str, list[Figure]] = defaultdict(list)
        measured = self.data.plan.measured
        for period in sorted(self.data.files, key=lambda period: period.first):
            file, frequency = self.data.files[period], period.frequency
            for key, entry in file.measurements.items():
                if measured[key].frequency is frequency:
                    found[key].append(Figure(file, entry))
        return found

    def of_kinds(self, *kinds: Kind) -> Iterator[tuple[Indicator, Sequence[Figure]]]:
        """Yield the indicators of some kinds with their figures."""
        measured = self.data.plan.measured
        for key, figures in self.series.items():
            if measured[key].kind in kinds:
                yield measured[key], figures

    @cached_property
    def unusual(self) -> Sequence[tuple[DataFile, str, Measurement]]:
        """The entries that hold more than figure, source, provider and note: few, and most reviews are about these."""
        return [
            (file, key, entry)
            for file in self.data.files.values()
            for key, entry in file.measurements.items()
            if not entry.model_fields_set <= _USUAL
        ]

    @cached_property
    def zeros(self) -> Sequence[tuple[Indicator, Figure]]:
        """The figures that say that nothing arose."""
        return [
            (indicator, figure)
            for indicator, figures in self.of_kinds(Kind.RATIO)
            for figure in figures
            if figure.entry.denominator == 0 or (figure.entry.held and figure.entry.nothing_arose)
        ]

    @cached_property
    def newest(self) -> Period:
        """The period of the newest figure."""
        return max((figures[-1].file.period for figures in self.series.values()), key=lambda period: period.last)


Review = Callable[[Reviewed], Iterator[Problem]]


def _problem(code: str, file: DataFile, at: KeyPath, /, **args: object) -> Problem:
    return Problem(code, file.file, ("measurements", *at), args=args)


def _amount(value: object) -> object:
    """Return what a message says of a value: a number as offices write it."""
    return amount(value) if isinstance(value, Number) else value


# against an indicator's own history


def figures_are_like_their_history(seen: Reviewed) -> Iterator[Problem]:
    """A figure, or the denominator of a pooled ratio, is not far from what the indicator usually has.

    Far is more than six times the median deviation from the median. That is taken to be at least one point of a share,
    of others a tenth of the median, one of a count. Seven figures are needed.
    """
    for indicator, figures in seen.of_kinds(Kind.RATIO, Kind.COUNT, Kind.NUMBER):
        if len(figures) < HISTORY:
            continue
        field = "numerator" if indicator.kind is Kind.RATIO else "value"
        counts = [figure.entry.counts for figure in figures]
        far = dict(_far(_levels(indicator, figures, counts), *_least(indicator)))
        for index, usual in far.items():
            yield _far_from(indicator, figures[index], field, usual)
        if indicator.aggregation is Aggregation.POOLED:
            sizes = [int(pair[1] * _MILLIONTHS) if pair and pair[1] else None for pair in counts]
            for index, usual in _far(sizes, _MILLIONTHS, TENTH):
                if index not in far:
                    yield _far_from(indicator, figures[index], "denominator", usual)


def _far_from(indicator: Indicator, figure: Figure, field: str, usual: int) -> Problem:
    """Return the problem about a field, or the field that holds the figure instead (a value alone, surveys)."""
    entry = figure.entry
    fields = (name for name in (field, "value", "survey", "surveys") if getattr(entry, name) not in {None, ()})
    held = next(fields, field)
    shown = Decimal(usual) / _MILLIONTHS
    rounded = shown.quantize(Decimal("0.01")) if shown % 1 else shown.quantize(Decimal(1))
    return _problem("W505", figure.file, (indicator.id, held), id=indicator.id, usual=amount(rounded))


def _levels(
    indicator: Indicator, figures: Sequence[Figure], counts: Sequence[tuple[Number, Number] | None]
) -> list[int | None]:
    """Return the figures in millionths of their unit, rounded down: enough to tell what stands out; None for 0/0."""
    scale = indicator.factor * _MILLIONTHS
    return [
        _millionths(figure.entry.value) if pair is None else int(pair[0] * scale // pair[1]) if pair[1] else None
        for figure, pair in zip(figures, counts, strict=True)
    ]


def _millionths(value: object) -> int | None:
    return int(value * _MILLIONTHS) if isinstance(value, Number) else None


def _least(indicator: Indicator) -> tuple[int, int]:
    """Return the least deviation that is taken to be usual: in millionths, and as a part of the median (0: none)."""
    if indicator.is_share:
        return _MILLIONTHS, 0
    return (_MILLIONTHS if indicator.kind is Kind.COUNT else 0), TENTH


def _far(levels: Sequence[int | None], floor: int, part: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the levels that stand out, each with the median."""
    known = sorted([level for level in levels if level is not None])
    if len(known) < HISTORY:
        return
    median = known[len(known) // 2]
    least = FAR * max(abs(median) // part if part else 0, floor)
    if known[-1] - median <= least >= median - known[0]:  # nearly every indicator
        return
    deviation = sorted(abs(level - median) for level in known)[len(known) // 2]
    limit = max(FAR * deviation, least)
    for index, level in enumerate(levels):
        if limit and level is not None and abs(level - median) > limit:
            yield index, median


def figures_change_from_month_to_month(seen: Reviewed) -> Iterator[Problem]:
    """The same figure does not stand in three months running; what is read at a point in time, 100 % and 0 may."""
    for indicator, figures in seen.of_kinds(Kind.RATIO, Kind.COUNT, Kind.NUMBER):
        if indicator.frequency is not Frequency.MONTH or indicator.aggregation in {Aggregation.LAST, Aggregation.FIRST}:
            continue
        for run in _runs(figures):
            if len(run) >= SAME and _may_not_repeat(indicator, run[0].entry):
                args = {"id": indicator.id, "count": len(run), "first": run[0].file.period}
                yield _problem("W506", run[-1].file, (indicator.id,), **args)


def _runs(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield the stretches of two months and more, one after the other, that have the same figure."""
    run: list[Figure] = []
    for earlier, later in pairwise(figures):
        if _same(earlier.entry, later.entry) and later.file.period.first == earlier.file.period.last + 1:
            run = [*run, later] if run else [earlier, later]
        elif run:
            yield run
            run = []
    if run:
        yield run


def _same(one: Measurement, other: Measurement) -> bool:
    if not one.held and not other.held:  # nearly always, and quicker
        return one.numerator == other.numerator and one.denominator == other.denominator and one.value == other.value
    return one.counts == other.counts


def _may_not_repeat(indicator: Indicator, entry: Measurement) -> bool:
    """Whether a figure is neither nothing nor all."""
    if entry.counts is not None:
        numerator, denominator = entry.counts
        return not (denominator == 0 or (indicator.is_share and numerator == denominator))
    return entry.value != 0 and not (indicator.is_share and entry.value == indicator.factor)


def what_is_carried_over_was_left_over(seen: Reviewed) -> Iterator[Problem]:
    """What a period begins with is what the one before ended with, where the plan says so (`carried`)."""
    for identity in seen.data.plan.identities:
        if not identity.carried:
            continue
        for earlier, later in pairwise(seen.series.get(identity.whole, ())):
            before = earlier.file.measurements
            parts = [before[part].value for part in identity.parts if part in before]
            numbers = [value for value in parts if isinstance(value, Number)]
            following = later.file.period.first == earlier.file.period.last + 1
            if not following or len(numbers) < len(identity.parts) or later.entry.value == exact_sum(numbers):
                continue
            args = {"whole": identity.whole, "total": _amount(later.entry.value), "parts": identity.parts}
            args |= {"previous": earlier.file.period, "sum": amount(exact_sum(numbers))}
            yield _problem("W518", later.file, (identity.whole, "value"), **args)


# nothing arose


def nothing_arose_has_a_source(seen: Reviewed) -> Iterator[Problem]:
    """0/0 says where it is known from."""
    for indicator, figure in seen.zeros:
        if figure.entry.source is None:
            yield _problem("W507", figure.file, (indicator.id,), id=indicator.id)


def nothing_arose_where_statistics_show_nothing(seen: Reviewed) -> Iterator[Problem]:
    """0/0 does not stand beside statistics of its area that count the same things in the period."""
    for indicator, figure in seen.zeros:
        item = folded(indicator.item or "")
        for statistic in seen.data.plan.statistics:
            if statistic.area != indicator.area or folded(statistic.unit or "") != item:
                continue
            total = sum(_counted(seen.series.get(statistic.id, ()), figure.file.period))
            if total:
                args = {"id": indicator.id, "statistic": statistic.id, "total": amount(total), "item": indicator.item}
                yield _problem("W508", figure.file, (indicator.id,), **args)
                break


def _counted(figures: Iterable[Figure], period: Period) -> Iterator[int]:
    return (f.entry.value for f in figures if period.contains(f.file.period) and type(f.entry.value) is int)


def something_arises_in_half_the_year(seen: Reviewed) -> Iterator[Problem]:
    """A monthly figure is not 0/0 in six months of a year."""
    by_year: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for indicator, figure in seen.zeros:
        if indicator.frequency is Frequency.MONTH:
            by_year[indicator.id, figure.file.period.first_year].append(figure)
    for (key, year), figures in by_year.items():
        if len(figures) >= HALF_A_YEAR:
            yield _problem("W509", figures[-1].file, (key,), id=key, count=len(figures), year=year)


# what a figure rests on


def results_name_their_document(seen: Reviewed) -> Iterator[Problem]:
    """A rank, a grade, a yes: somebody has said so in a document, or there is evidence."""
    for indicator, figures in seen.of_kinds(Kind.YES_NO, Kind.RANK, Kind.GRADE):
        for file, entry in figures:
            if entry.value is not False and entry.announced is None and not entry.evidence:
                yield _problem("W510", file, (indicator.id,), id=indicator.id)


def ratios_have_their_counts(seen: Reviewed) -> Iterator[Problem]:
    """A ratio has numerator and denominator; its result alone can be neither checked nor combined."""
    for indicator, figures in seen.of_kinds(Kind.RATIO):
        for file, entry in figures:
            if entry.value is not None:
                yield _problem("W511", file, (indicator.id, "value"), id=indicator.id, value=_amount(entry.value))


def surveys_add_up(seen: Reviewed) -> Iterator[Problem]:
    """A survey's tally is the sum of its questions' tallies, or the tally of one of them; published totals err."""
    for file, key, entry in seen.unusual:
        for path, survey in surveys_of(entry):
            tallies = [question.levels for question in survey.questions]
            added = tuple(map(sum, zip(*tallies, strict=True)))
            if tallies and survey.levels not in {added, *tallies}:
                args = {"answers": amount(survey.answers), "added": amount(sum(added))}
                yield _problem("W519", file, (key, *path, "questions"), id=key, **args)


def surveys_are_held_in_their_period(seen: Reviewed) -> Iterator[Problem]:
    """A survey is held, for one day at least, in the period that its figure is about."""
    starts_on = seen.data.plan.head.calendar.month_starts_on
    for file, key, entry in seen.unusual:
        first, last = file.period.window(starts_on)
        for path, survey in surveys_of(entry):
            begins, ends = survey.first or survey.last, survey.last or survey.first
            if begins is None or ends is None or (begins <= last and first <= ends):
                continue
            at = "from" if survey.first is not None else "to"
            args = {"begins": begins, "ends": ends, "first": first, "last": last}
            yield _problem("W520", file, (key, *path, at), id=key, period=file.period, **args)


def provisional_figures_become_final(seen: Reviewed) -> Iterator[Problem]:
    """A figure is not provisional when there are figures more than a quarter newer."""
    for file, key, entry in seen.unusual:
        if entry.quality is Quality.PROVISIONAL and file.period.last + STALE < seen.newest.last:
            yield _problem("W512", file, (key, "quality"), id=key, newest=seen.newest)


def evidence_lies_where_it_is_said(seen: Reviewed) -> Iterator[Problem]:
    """A file that is named as evidence is there, and is the one whose hash is stated."""
    for file, key, entry in seen.unusual:
        for index, evidence in enumerate(entry.evidence):
            if evidence.path is None or evidence.path.startswith("https://"):
                continue
            stored = seen.stored(evidence.path, evidence.sha256 is not None)
            path = (key, "evidence", index)
            if not stored.exists:
                yield _problem("W513", file, (*path, "path"), path=evidence.path)
            elif evidence.sha256 is not None and stored.sha256 != evidence.sha256.lower():
                yield _problem("W514", file, (*path, "sha256"), path=evidence.path, found=stored.sha256)


# the calendar


def figures_are_about_the_past(seen: Reviewed) -> Iterator[Problem]:
    """A final figure is about a period that is over, any figure about one that has begun."""
    starts_on = seen.data.plan.head.calendar.month_starts_on
    for file in seen.data.files.values():
        first, last = file.period.window(starts_on)
        if last <= seen.today:
            continue
        for key, entry in file.measurements.items():
            if first > seen.today or entry.quality is Quality.FINAL:
                yield _problem("W515", file, (key,), id=key, period=file.period, today=seen.today)


def days_are_not_in_the_future(seen: Reviewed) -> Iterator[Problem]:
    """Nothing was provided, checked, announced, surveyed or done on a day that has not come."""
    for file, path, day in _days(seen):
        yield Problem("W516", file.file, path, args={"day": day, "today": seen.today})


def _days(seen: Reviewed) -> Iterator[tuple[DataFile, KeyPath, date]]:
    """Yield the days after today."""
    today = seen.today
    for file in seen.data.files.values():
        for key, entry in file.measurements.items():
            if entry.provided is not None and entry.provided.on is not None and entry.provided.on > today:
                yield file, ("measurements", key, "provided", "on"), entry.provided.on
        for key, report in file.tasks.items():
            if report.completed_on is not None and report.completed_on > today:
                yield file, ("tasks", key, "completed_on"), report.completed_on
    for file, key, entry in seen.unusual:
        for path, day in _entry_days(entry):
            if day is not None and day > today:
                yield file, ("measurements", key, *path), day


def _entry_days(entry: Measurement) -> Iterator[tuple[KeyPath, date | None]]:
    if entry.checked is not None:
        yield ("checked", "on"), entry.checked.on
    if entry.announced is not None:
        yield ("announced", "date"), entry.announced.date
    for path, survey in surveys_of(entry):
        yield (*path, "from"), survey.first
        yield (*path, "to"), survey.last


# words

_NO_LETTERS = re.compile(r"[\W_]*")
_STAND_INS = frozenset(
    {
        *("đang cập nhật", "sẽ cập nhật", "cập nhật sau", "đang bổ sung", "bổ sung sau", "sẽ bổ sung", "đang tổng hợp"),
        *("chưa có nội dung", "nội dung", "ghi nội dung", "nhập nội dung", "như trên", "như kỳ trước", "như quý trước"),
        *("todo", "tbd", "n/a", "na", "test", "thử", "abc", "xxx", "x"),
    }
)


def words_say_something(seen: Reviewed) -> Iterator[Problem]:
    """A narrative, a remark, the text of a task is not a stand-in such as "...", "đang cập nhật" or "[nội dung]"."""
    for file, key, entry in seen.unusual:
        if entry.text is not None and _is_stand_in(entry.text):
            yield _problem("W517", file, (key, "text"), text=entry.text)
    for file in seen.data.files.values():
        for path, text in _texts(file):
            if text is not None and _is_stand_in(text):
                yield Problem("W517", file.file, path, args={"text": text})


def _texts(file: DataFile) -> Iterator[tuple[KeyPath, str | None]]:
    for key, report in file.tasks.items():
        yield ("tasks", key, "text"), report.text
    for key, remark in file.remarks.items():
        for field in ("results", "shortcomings", "next", "proposals"):
            yield ("remarks", key, field), getattr(remark, field)
        if remark.causes is not None:
            yield ("remarks", key, "causes", "objective"), remark.causes.objective
            yield ("remarks", key, "causes", "subjective"), remark.causes.subjective


def _is_stand_in(text: str) -> bool:
    bare = folded(text).strip("[](){}<>“”\"'.…:;-–_ ")
    return not bare or bare in _STAND_INS or bool(_NO_LETTERS.fullmatch(bare)) or len(set(bare)) == 1


REVIEWS: tuple[Review, ...] = (
    figures_are_like_their_history,
    figures_change_from_month_to_month,
    what_is_carried_over_was_left_over,
    nothing_arose_has_a_source,
    nothing_arose_where_statistics_show_nothing,
    something_arises_in_half_the_year,
    results_name_their_document,
    ratios_have_their_counts,
    surveys_add_up,
    surveys_are_held_in_their_period,
    provisional_figures_become_final,
    evidence_lies_where_it_is_said,
    figures_are_about_the_past,
    days_are_not_in_the_future,
    words_say_something,
)


def review(seen: Reviewed) -> Iterator[Problem]:
    """Yield everything worth another look."""
    for check in REVIEWS:
        yield from check(seen)
