"""`import` at the terminal: reading what was named, showing what was taken over."""

import sys
from pathlib import Path
from typing import NamedTuple

from cchc.cli import recording, session
from cchc.cli.options import _
from cchc.cli.surveying import SurveySaid
from cchc.commands.importing import Imported, SurveyWish
from cchc.commands.surveying import AnswersWish
from cchc.texts import mark
from cchc.views import excerpt
from cchc.workspace import files
from cchc.workspace.sheets import MAX_FILE
from cchc.workspace.tables import STANDARD_INPUT, Given


def given_file(file: str, encoding: str | None) -> tuple[Path | None, Given]:
    """Return what a file, or with `-` standard input, holds, and where it lies."""
    if file == "-":
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_FILE + 1)
        return None, Given(STANDARD_INPUT, data, encoding)
    path = Path(file)
    return path, Given(path.name, files.given(path, MAX_FILE), encoding)


class AnswersOptions(NamedTuple):
    """The options that say how a table of answers is read, and `--mapping`, which says how others are."""

    questions: str | None
    best: str | None
    said: SurveySaid
    mapping: str | None
    pool: bool


def answers(survey: str | None, given: AnswersOptions) -> SurveyWish | None:
    """Return how a table of a survey's answers is read, None where the file is none."""
    alone = (
        "--questions" if given.questions is not None else None,
        "--best" if given.best is not None else None,
        given.said.option,
        "--pool" if given.pool else None,
    )
    if survey is None:
        option = next(filter(None, alone), None)
        if option is not None:
            raise session.ValueMissing(_(mark("the indicator that the survey is about")), "--survey INDICATOR")
        return None
    if given.mapping is not None:
        raise session.Together("--survey", "--mapping")
    return SurveyWish(survey, AnswersWish(given.said.fields(), given.questions, given.best), given.pool)


def show(found: Imported, *, dry_run: bool, quiet: bool) -> None:
    """Print the change and the verdicts as `add-measure` does; what is worth another look stands below.

    Of a form also what was not taken.
    """
    if found.outcome.figures:
        recording.show(found.outcome, dry_run=dry_run, quiet=quiet)
    elif not quiet:
        session.say(_(mark("nothing in the form was filled in or changed")))
    for notice in found.notices:
        session.say(excerpt.notice_text(notice.place, notice.message, _))
    recording.tell(found.outcome.doubts)
