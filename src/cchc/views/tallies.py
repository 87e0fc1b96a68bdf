"""The surveys behind a figure: what is known of each, its tally, those of its questions, and the satisfied share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cchc.core.model import Indicator, Measurement
from cchc.core.periods import Period
from cchc.core.surveys import Survey, Tally
from cchc.texts import Translate, mark
from cchc.views.present import day, period_title
from cchc.views.present.numbers import grouped, short
from cchc.views.present.words import with_unit


@dataclass(frozen=True, slots=True)
class SurveyRows:
    """A survey: its head, and rows of the whole and of each question: name, the five counts, satisfied of all."""

    head: str
    rows: tuple[tuple[str, ...], ...]


def survey_rows(
    indicator: Indicator, entries: Sequence[tuple[Period, Measurement]], _: Translate
) -> Iterator[SurveyRows]:
    """Yield the surveys of entries, in their order."""
    for period, entry in entries:
        for survey in entry.held:
            rows = [_row(indicator, _(mark("all answers")), survey)]
            rows += [_row(indicator, one.text, one) for one in survey.questions]
            yield SurveyRows(f"{period_title(period, _)}: {_known(survey, _)}", tuple(rows))


def survey_heads(_: Translate) -> tuple[str, ...]:
    """Return the heads of the rows."""
    return (
        _(mark("Question")), _(mark("Very satisfied")), _(mark("Satisfied")), _(mark("Neutral")),
        _(mark("Dissatisfied")), _(mark("Very dissatisfied")), _(mark("Satisfied of all")),
    )  # fmt: skip


def survey_lines(survey: SurveyRows) -> Iterator[str]:
    """Yield a survey's rows as lines, for screens on which a table would break its numbers."""
    for name, *counts, share in survey.rows:
        yield f"{name}: {share} – {' · '.join(counts)}"


def _row(indicator: Indicator, name: str, tally: Tally) -> tuple[str, ...]:
    return (" ".join(name.split()), *map(grouped, tally.levels), _share(indicator, tally))


def _share(indicator: Indicator, tally: Tally) -> str:
    counts = f"{grouped(tally.satisfied_answers)}/{grouped(tally.answers)}"
    if not tally.answers:
        return counts
    value = Fraction(tally.satisfied_answers, tally.answers) * Fraction(indicator.factor)
    return f"{counts} ({with_unit(short(value), indicator.unit)})"


def _known(survey: Survey, _: Translate) -> str:
    """Return what is known of a survey: its title, when it was held and by whom, its forms."""
    parts = [survey.title or _(mark("a survey")), _days(survey, _)]
    if survey.run_by is not None:
        parts.append(_(mark("held by {name}")).format(name=survey.run_by))
    words = {
        "handed_out": mark("{count} forms handed out"),
        "returned": mark("{count} returned"),
        "valid": mark("{count} valid"),
    }
    parts += [_(words[name]).format(count=grouped(count)) for name, count in survey.forms]
    return "; ".join(filter(None, parts))


def _days(survey: Survey, _: Translate) -> str:
    first, last = (day(one) if one is not None else "" for one in (survey.first, survey.last))
    if first and last:
        return first if first == last else _(mark("from {first} to {last}")).format(first=first, last=last)
    if first:
        return _(mark("from {first} on")).format(first=first)
    return _(mark("up to {last}")).format(last=last) if last else ""
