"""Rules about more than one field of the data: each a sentence; the tuples are the tables of contents.

Measurement checks look at one figure and its indicator, file checks at one data file and the plan, data checks at all
data files together. Those of the plan are in `plan_checks`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise

from cchc.core.diagnostics import At, Finding, KeyPath, Nearest, Part, Problem, Word, amount
from cchc.core.fields import Kind
from cchc.core.model import DataFile, Dataset, Indicator, Measurement, Plan
from cchc.core.periods import Frequency, Period
from cchc.core.scalars import Number, exact_sum
from cchc.core.surveys import Survey
from cchc.texts import mark

MeasurementCheck = Callable[[Indicator, Measurement], Iterator[Finding]]
FileCheck = Callable[[Plan, DataFile], Iterator[Problem]]
DataCheck = Callable[[Dataset], Iterator[Problem]]

FREQUENCY_WORDS: Mapping[Frequency, Word] = {
    Frequency.MONTH: Word(mark("month")),
    Frequency.QUARTER: Word(mark("quarter")),
    Frequency.YEAR: Word(mark("year")),
}
YES_NO_WORDS: Mapping[bool, Word] = {True: Word(mark("yes")), False: Word(mark("no"))}

FORM_WORDS: Mapping[str, Word] = {
    "handed_out": Word(mark("forms handed out")),
    "returned": Word(mark("forms returned")),
    "valid": Word(mark("valid forms")),
}

FIELDS: Mapping[Kind, tuple[str, ...]] = {  # what the figure of an entry may consist of
    Kind.RATIO: ("numerator", "denominator", "value", "survey", "surveys"),
    Kind.COUNT: ("value",),
    Kind.NUMBER: ("value",),
    Kind.YES_NO: ("value", "points", "announced"),  # a recognition
    Kind.RANK: ("value", "of", "points", "announced"),
    Kind.GRADE: ("value", "points", "announced"),
    Kind.NARRATIVE: ("text",),
}
_FIGURE_FIELDS = ("numerator", "denominator", "value", "of", "points", "text", "survey", "surveys", "announced")
_FOREIGN: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(key for key in _FIGURE_FIELDS if key not in known) for kind, known in FIELDS.items()
}


# one measurement


def fields_belong_to_the_kind(indicator: Indicator, entry: Measurement) -> Iterator[Finding]:
    """An entry holds only what its kind knows."""
    for key in _FOREIGN[indicator.kind]:
        if getattr(entry, key) not in {None, ()}:
            known = FIELDS[indicator.kind]
            yield Finding("E216", (key,), At.KEY, {"key": key, "kind": indicator.kind, "known": known})


def figure_is_there(indicator: Indicator, entry: Measurement) -> Iterator[Finding]:
    """Every kind but a ratio has its one figure."""
    needed = "text" if indicator.kind is Kind.NARRATIVE else "value"
    if getattr(entry, needed) is None:
        yield Finding("E217", (), At.KEY, {"known": needed})


def ratio_is_whole(_: Indicator, entry: Measurement) -> Iterator[Finding]:
    """A ratio has both counts, or surveys, or the value alone."""
    if entry.held:
        for key in ("numerator", "denominator", "value"):
            if getattr(entry, key) is not None:
                yield Finding("E224", (key,), At.KEY, {"key": key})
        return
    if entry.value is not None:
        if entry.numerator is not None or entry.denominator is not None:
            yield Finding("E215", ("value",), At.KEY)
        return
    if entry.numerator is None and entry.denominator is None:
        yield Finding("E217", (), At.KEY, {"known": ("numerator", "denominator")})
        return
    for key in ("numerator", "denominator"):
        if getattr(entry, key) is None:
            yield Finding("E217", (), At.KEY, {"known": key})


def denominator_zero_means_nothing_arose(_: Indicator, entry: Measurement) -> Iterator[Finding]:
    """0/0 is không phát sinh; nothing else is divided by 0."""
    if entry.denominator == 0 and entry.numerator:
        yield Finding("E214", ("denominator",), args={"numerator": amount(entry.numerator)})


def share_stays_below_one(indicator: Indicator, entry: Measurement) -> Iterator[Finding]:
    """A share never exceeds 100 %: neither its counts nor its value."""
    if not indicator.is_share:
        return
    numerator, denominator = entry.numerator, entry.denominator
    if numerator is not None and denominator and numerator > denominator:
        yield Finding("E203", ("numerator",), args={"numerator": amount(numerator), "denominator": amount(denominator)})
    if isinstance(entry.value, Number) and entry.value > indicator.factor:
        yield Finding("E220", ("value",), args={"value": amount(entry.value)})


def rank_is_among_the_ranked(_: Indicator, entry: Measurement) -> Iterator[Finding]:
    """A rank is at most the number of ranked units."""
    if entry.of is not None and isinstance(entry.value, int) and entry.value > entry.of:
        yield Finding("E218", ("value",), args={"value": amount(entry.value), "of": amount(entry.of)})


def surveys_are_possible(_: Indicator, entry: Measurement) -> Iterator[Finding]:
    """Of the forms handed out some return, some of these are valid, and each answers a question once at most."""
    for path, survey in surveys_of(entry):
        for (wide, most), (narrow, count) in pairwise(survey.forms):
            if count > most:
                args = {"count": amount(count), "narrow": FORM_WORDS[narrow], "most": amount(most)}
                args["wide"] = FORM_WORDS[wide]
                yield Finding("E227", (*path, narrow), args=args)
        if survey.first is not None and survey.last is not None and survey.last < survey.first:
            yield Finding("E228", (*path, "to"), args={"first": survey.first, "last": survey.last})
        least = min((count for _, count in survey.forms), default=None)
        for index, question in enumerate(survey.questions):
            if least is not None and question.answers > least:
                at = (*path, "questions", index, "text")
                yield Finding("E229", at, args={"answers": amount(question.answers), "forms": amount(least)})


def surveys_of(entry: Measurement) -> Iterator[tuple[KeyPath, Survey]]:
    """Yield the surveys of an entry, each with its place in it."""
    if entry.survey is not None:
        yield ("survey",), entry.survey
    for index, survey in enumerate(entry.surveys):
        yield ("surveys", index), survey


def evidence_names_something(_: Indicator, entry: Measurement) -> Iterator[Finding]:
    """A piece of evidence is a path, an address, or a document with its title."""
    for index, evidence in enumerate(entry.evidence):
        if evidence.path is None and evidence.title is None:
            yield Finding("E202", ("evidence", index, "title"), At.KEY, {"key": "title"})


MEASUREMENT_CHECKS: tuple[tuple[MeasurementCheck, frozenset[Kind]], ...] = (  # and the kinds that they are about
    (fields_belong_to_the_kind, frozenset(Kind)),
    (ratio_is_whole, frozenset({Kind.RATIO})),
    (figure_is_there, frozenset(Kind) - {Kind.RATIO}),
    (denominator_zero_means_nothing_arose, frozenset({Kind.RATIO})),
    (share_stays_below_one, frozenset({Kind.RATIO})),
    (rank_is_among_the_ranked, frozenset({Kind.RANK})),
    (surveys_are_possible, frozenset({Kind.RATIO})),
    (evidence_names_something, frozenset(Kind)),
)
_CHECKS_OF: Mapping[Kind, tuple[MeasurementCheck, ...]] = {
    kind: tuple(check for check, kinds in MEASUREMENT_CHECKS if kind in kinds) for kind in Kind
}


_PLAIN_RATIO = frozenset({"numerator", "denominator", "source", "provided", "note", "quality"})


def is_plainly_good(indicator: Indicator, entry: Measurement) -> bool:
    """Whether an entry is like nearly all: a ratio of two counts, and no check can find anything; quicker than they."""
    if indicator.kind is not Kind.RATIO or not entry.model_fields_set <= _PLAIN_RATIO:
        return False
    numerator, denominator = entry.numerator, entry.denominator
    return numerator is not None and denominator is not None and numerator <= denominator


def measurement_findings(indicator: Indicator, entry: Measurement) -> Iterator[Finding]:
    """Yield every finding about one figure."""
    for check in _CHECKS_OF[indicator.kind]:
        yield from check(indicator, entry)


# one data file


def period_lies_in_the_term(plan: Plan, file: DataFile) -> Iterator[Problem]:
    """A data file's period lies in the plan's term."""
    if not plan.term.contains(file.period):
        term = f"{plan.head.term.first}–{plan.head.term.last}"
        yield Problem("E303", file.file, ("period",), args={"period": file.period, "term": term})


def figures_stand_in_their_own_file(plan: Plan, file: DataFile) -> Iterator[Problem]:
    """A figure stands in the file of its indicator's own kind of period; half-years and the like hold none."""
    frequency = file.period.frequency
    if frequency is None:
        if file.measurements:
            yield Problem("E309", file.file, ("measurements",), At.KEY, {"period": file.period})
        return
    for key in file.measurements:
        indicator = plan.measured[key]
        if indicator.frequency is not frequency:
            args = {"id": key, "frequency": FREQUENCY_WORDS[indicator.frequency], "period": file.period}
            yield Problem("E302", file.file, ("measurements", key), At.KEY, args)


def figures_lie_in_validity(plan: Plan, file: DataFile) -> Iterator[Problem]:
    """A figure is about a period in which its indicator exists."""
    for key, indicator in plan.limited.items():
        if key not in file.measurements:
            continue
        if indicator.frequency is file.period.frequency and not is_valid(indicator, file.period):
            valid = f"{indicator.valid.first or '…'}–{indicator.valid.last or '…'}"
            args = {"id": key, "valid": valid, "period": file.period}
            yield Problem("E311", file.file, ("measurements", key), At.KEY, args)


def is_valid(indicator: Indicator, period: Period) -> bool:
    """Whether the whole period lies in the months in which the indicator exists."""
    first, last = indicator.valid.first, indicator.valid.last
    return (first is None or period.first >= first.first) and (last is None or period.last <= last.last)


def people_exist(plan: Plan, file: DataFile) -> Iterator[Problem]:
    """Who provided, checked or corrected a figure stands in plan/owners.yaml."""
    known = plan.owners_by_id
    for key, entry in file.measurements.items():
        for field, attribution in (("provided", entry.provided), ("checked", entry.checked)):
            if attribution is not None and attribution.by not in known:
                yield _person(file, ("measurements", key, field, "by"), attribution.by, known)
        for index, correction in enumerate(entry.corrections):
            if correction.by not in known:
                yield _person(file, ("measurements", key, "corrections", index, "by"), correction.by, known)


def _person(file: DataFile, path: KeyPath, owner: str, known: Collection[str]) -> Problem:
    return Problem("E304", file.file, path, args={"id": owner, "nearest": Nearest(owner, known)})


def identities_hold(plan: Plan, file: DataFile) -> Iterator[Problem]:
    """A whole equals the sum of its parts, where all of them are there; published totals err, so this warns."""
    for identity in plan.identities:
        if identity.carried:  # about two periods: a review
            continue
        entries = [file.measurements.get(key) for key in (identity.whole, *identity.parts)]
        values = [entry.value for entry in entries if entry is not None]
        numbers = [value for value in values if isinstance(value, Number) and not isinstance(value, bool)]
        if len(numbers) != len(entries):
            continue
        total, *parts = numbers
        summed = exact_sum(parts)
        if total != summed:
            named = tuple(Part(key, amount(value)) for key, value in zip(identity.parts, parts, strict=True))
            args = {"whole": identity.whole, "total": amount(total), "sum": amount(summed), "parts": named}
            yield Problem("W501", file.file, ("measurements", identity.whole, "value"), args=args)


FILE_CHECKS: tuple[FileCheck, ...] = (
    period_lies_in_the_term,
    figures_stand_in_their_own_file,
    figures_lie_in_validity,
    people_exist,
    identities_hold,
)


# all data files


def files_agree_on_illustrative(data: Dataset) -> Iterator[Problem]:
    """All data files are made up, or none: each of the smaller kind is an error (of a tie: the made-up ones)."""
    counts = Counter(file.illustrative for file in data.files.values())
    minority = counts[True] <= counts[False]
    for file in data.files.values():
        if counts[not minority] and file.illustrative is minority:
            args = {"illustrative": YES_NO_WORDS[file.illustrative]}
            yield Problem("E308", file.file, ("illustrative",), args=args)


DATA_CHECKS: tuple[DataCheck, ...] = (files_agree_on_illustrative,)
