"""A survey as it is typed at the terminal: its answers, and what is known of it."""

from typing import NamedTuple

from cchc.cli.session import Together
from cchc.commands.figure import Beside, survey_of
from cchc.core.errors import UsageError
from cchc.core.scalars import Unfit
from cchc.core.surveys import LEVELS, Survey
from cchc.core.typed import whole
from cchc.texts import mark

BETWEEN = ".."


class SurveySaid(NamedTuple):
    """What the options say of a survey, as typed."""

    title: str | None = None
    held: str | None = None
    run_by: str | None = None
    handed_out: str | None = None
    returned: str | None = None
    valid: str | None = None

    @property
    def option(self) -> str | None:
        """One of the options that were typed."""
        return next((f"--{name.replace('_', '-')}" for name, text in self._asdict().items() if text is not None), None)

    def fields(self) -> dict[str, str]:
        """Return what was typed by the keys of files; NoNumber for forms that are no whole number."""
        first, between, last = (self.held or "").partition(BETWEEN)
        texts = {
            "title": self.title,
            "from": first.strip() or None,
            "to": (last if between else first).strip() or None,
            "run_by": self.run_by,
            **{name: _whole(name, getattr(self, name)) for name in ("handed_out", "returned", "valid")},
        }
        return {key: text for key, text in texts.items() if text is not None}


class NoTally(UsageError):
    """What was typed is no tally of five levels."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            mark("--survey: “{typed}” is no tally"),
            mark(
                "Type five whole numbers: very satisfied, satisfied, neutral, dissatisfied, very dissatisfied: "
                "120/60/15/4/1."
            ),
            typed=typed,
        )


class NoNumber(UsageError):
    """Forms that are no whole number."""

    def __init__(self, option: str, typed: str) -> None:
        super().__init__(
            mark("--{option}: “{typed}” is no whole number"), mark("Type how many forms: 60."),
            option=option, typed=typed,
        )  # fmt: skip


class WithoutSurvey(UsageError):
    """Something of a survey where none was typed."""

    def __init__(self, option: str) -> None:
        super().__init__(
            mark("{option} says something of a survey, and none was typed"),
            mark("Type its answers too: --survey 120/60/15/4/1"),
            option=option,
        )


def typed_survey(tally: str, said: SurveySaid) -> Survey:
    """Return the survey that was typed; a UsageError says what cannot be meant."""
    try:
        answers = [str(whole(part.strip())) for part in tally.split("/")]
        levels = dict(zip(LEVELS, answers, strict=True))
    except (Unfit, ValueError):
        raise NoTally(tally) from None
    return survey_of({**levels, **said.fields()})


def with_survey(beside: Beside, tally: str | None, said: SurveySaid, *, pool: bool, others: dict[str, bool]) -> Beside:
    """Return what stands beside a figure with the survey; `others` are options that say the value otherwise."""
    if tally is None:
        alone = said.option or ("--pool" if pool else None)
        if alone is not None:
            raise WithoutSurvey(alone)
        return beside
    other = next((option for option, given in others.items() if given), None)
    if other is not None:
        raise Together("--survey", other)
    return beside._replace(surveys=(typed_survey(tally, said),), pool=pool)


def _whole(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return str(whole(text.strip()))
    except Unfit:
        raise NoNumber(name.replace("_", "-"), text) from None
