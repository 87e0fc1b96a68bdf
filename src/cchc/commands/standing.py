"""A figure that was typed beside the one that stands there: what stays, what goes, what is refused."""

from collections.abc import Mapping, Sequence

from cchc.commands.figure import NewFigure, evidence_value, figure_of, figure_text, survey_fields
from cchc.core.cells import Piece
from cchc.core.diagnostics import Word
from cchc.core.errors import WorldError
from cchc.core.fields import Quality
from cchc.core.model import Indicator, Measurement
from cchc.core.periods import Period
from cchc.core.surveys import LEVELS
from cchc.texts import mark
from cchc.workspace.styles import Value

_FIGURE = ("numerator", "denominator", "value", "of", "points", "text")
_SURVEYS = ("survey", "surveys")
_IS_FINAL = ("quality", str(Quality.FINAL))
_KEYS: Mapping[str, Word] = {
    "points": Word(mark("points (points)")),
    "source": Word(mark("source (source)")),
    "checked": Word(mark("checked by (checked)")),
    "announced": Word(mark("announced by (announced)")),
    "evidence": Word(mark("evidence (evidence)")),
    "note": Word(mark("note (note)")),
    "survey": Word(mark("survey (survey)")),
    "public": Word(mark("made public (public)")),
}


class AlreadyThere(WorldError):
    """Another figure stands there; both are shown. Of the same figure it is said under which `keys` it differs."""

    def __init__(
        self, indicator: Indicator, period: Period, old: Measurement, new: Measurement, keys: Sequence[str]
    ) -> None:
        super().__init__(
            mark("{id} already has the figure {old} for {period}; what stands beside it differs: {what}")
            if figure_of(old) == figure_of(new)
            else mark("{id} already has a figure for {period}: {old}; typed: {new}"),
            mark("To put the new one in its place: --replace; to count one more survey: --pool")
            if old.held and new.held
            else mark("To put the new one in its place: --replace"),
            id=indicator.id,
            period=period,
            old=figure_of(old),
            new=figure_of(new),
            what=tuple(_KEYS.get(key, key) for key in keys),
        )
        self.old = old
        self.new = new


class NothingToPool(WorldError):
    """Answers of a survey that are to come to a figure that rests on no survey."""

    def __init__(self, indicator: Indicator, period: Period, old: Measurement) -> None:
        super().__init__(
            mark("the figure of {id} for {period} is {old}, and no tally of a survey to which answers could come"),
            mark("To put the survey in its place: --replace, without --pool."),
            id=indicator.id,
            period=period,
            old=figure_of(old),
        )


class ChangedMeanwhile(WorldError):
    """The figure that was only said again is not the one that stands there."""

    def __init__(self, indicator: Indicator, period: Period, old: Measurement | None, new: Measurement) -> None:
        super().__init__(
            mark("the figure of {id} for {period} is {old} now, no longer {new}"),
            mark("Make the form anew, so that it holds what is recorded."),
            id=indicator.id,
            period=period,
            old=figure_of(old) if old is not None else "–",
            new=figure_of(new),
        )


def with_old(
    old: Measurement | None, figure: NewFigure, fields: dict[str, Value], *, replaces: bool = False
) -> dict[str, Value]:
    """Return the fields to be written where an entry may stand: more evidence and surveys come after what stands there.

    The same figure from the same person keeps the day on which he provided it, unless another was typed. A piece of
    evidence whose hash stands there is that piece, whatever its file is called now, unless it `replaces` it.
    """
    if old is None:
        return fields
    typed, more, found = figure.beside.evidence, figure.beside.more_evidence, with_surveys(old, figure, fields)
    if more or (typed and not replaces):
        found["evidence"] = _beside_standing(old, typed, more)
    day = old.provided.on if old.provided is not None and old.provided.by == figure.beside.provided_by else None
    same = all(figure_text(getattr(old, key)) == fields.get(key) for key in _FIGURE)
    same = same and old.held == figure.beside.surveys
    if day is not None and same and figure.beside.provided_on is None:
        found["provided"] = {"by": figure.beside.provided_by or "", "on": day.isoformat()}
    return found


def with_surveys(old: Measurement, figure: NewFigure, fields: dict[str, Value]) -> dict[str, Value]:
    """Return the fields with the surveys that stay: those that others are pooled with, and those that are said again.

    They are said again by their counts, and one alone by its answers: what else is known of them stays.
    """
    typed = figure.beside.surveys
    if not old.held or not (figure.beside.pool or _says_again(old, fields)):
        return fields
    new = [one for one in typed if one not in old.held] if figure.beside.pool else []
    stated: list[Value] = [*map(survey_fields, (*old.held, *new))]
    found = {key: value for key, value in fields.items() if key not in {*_SURVEYS, "numerator", "denominator"}}
    if old.survey is not None:
        found["survey"] = stated.pop(0)
    return found | {"surveys": stated} if stated else found


def _says_again(old: Measurement, fields: Mapping[str, Value]) -> bool:
    """Whether fields say no more than the counts of the surveys that stand there, or the answers of the only one."""
    if "surveys" in fields:
        return False
    if "survey" in fields:
        (survey, *further) = old.held
        levels = {level: str(answers) for level, answers in zip(LEVELS, survey.levels, strict=True)}
        return not further and fields["survey"] == levels
    return (fields.get("numerator"), fields.get("denominator")) == tuple(map(figure_text, old.counts or ()))


def _beside_standing(old: Measurement, typed: Sequence[Piece], more: Sequence[Piece]) -> list[Value]:
    """Return the evidence of an entry where some stands: what is typed in its place, then what is added to it."""
    standing = [evidence_value(entry) for entry in old.evidence]
    hashed = {entry.sha256.lower(): piece for entry, piece in zip(old.evidence, standing, strict=True) if entry.sha256}

    def known(piece: Piece) -> Piece:
        hash_ = "" if isinstance(piece, str) else piece.get("sha256", "")
        return hashed.get(hash_.lower(), piece)

    said = [known(piece) for piece in typed]
    only_again = all(piece in hashed.values() for piece in said)  # and of more it is nowhere said that it goes
    first = standing if more or only_again else said
    return [*first, *(piece for piece in map(known, (*said, *more)) if piece not in first)]


def is_another(old: Measurement, entry: Measurement) -> bool:
    """Whether an entry says another figure than the one that stands there."""
    return any(getattr(old, key) not in {None, getattr(entry, key)} for key in _FIGURE)


def conflicts(
    old: Measurement, entry: Measurement, fields: Mapping[str, Value], *, pool: bool = False
) -> tuple[str, ...]:
    """Return the keys under which something that stands there would be overwritten; with `pool` surveys may come."""
    figure = [key for key in _FIGURE if getattr(old, key) not in {None, getattr(entry, key)}]
    beside = [
        key
        for key in fields
        if key not in {*_FIGURE, *_SURVEYS, "provided", "quality", "evidence"}
        and getattr(old, key)
        and getattr(old, key) != getattr(entry, key)
    ]
    kept = entry.held[: len(old.held)] if pool else entry.held
    survey = ["survey"] if old.held and kept != old.held else []
    lost = "evidence" in fields and entry.evidence[: len(old.evidence)] != old.evidence
    return (*figure, *survey, *beside, *(["evidence"] if lost else []))


def changed_fields(old: Measurement | None, entry: Measurement, fields: dict[str, Value]) -> dict[str, Value | None]:
    """Return what is to be written: what was typed, and None for what goes with the old figure.

    Another figure takes the old one's mark of having been checked, its quality and its tally with it. What the file
    says already, in its own spelling, stays as it is.
    """
    wanted = {key: None if (key, value) == _IS_FINAL else value for key, value in fields.items()}
    if old is None:
        return wanted
    unlike = {key: value for key, value in wanted.items() if getattr(old, key) != getattr(entry, key)}
    if old.held == entry.held:
        unlike = {key: value for key, value in unlike.items() if key not in _SURVEYS}
    if all(getattr(old, key) == getattr(entry, key) for key in (*_FIGURE, "held")):
        return unlike
    keys = (*_FIGURE, *_SURVEYS, "checked")
    gone = [key for key in keys if key not in fields and getattr(old, key) not in {None, ()}]
    if old.quality is Quality.PROVISIONAL and entry.quality is Quality.FINAL:
        gone.append("quality")
    return {**dict.fromkeys(gone), **unlike}
