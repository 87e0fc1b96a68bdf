"""`add-measure` alone on a terminal: asks for what is due, one figure after the other, and writes all or none.

Plain lines on standard error, and nothing that a simple terminal would not understand.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cchc.cli import recording
from cchc.cli.options import _
from cchc.cli.session import ask, say, screen_width
from cchc.commands.guiding import Tried, Walk, Wish, open_walk
from cchc.commands.measure import Manner, Message, Outcome
from cchc.commands.standing import AlreadyThere
from cchc.core.agenda import due_on
from cchc.core.answers import Answer, Sign, parse_answer
from cchc.core.doubts import ASKED
from cchc.core.errors import CommandError, Exit, UsageError, WorldError
from cchc.core.scalars import NO, YES, folded
from cchc.texts import mark
from cchc.views import asking
from cchc.views.asking import Head, Line, Shown, Tone
from cchc.views.changes import recorded_text, unified

_YES = YES | {"c", "y", "co"}
_NO = NO | {"k", "n", "khong", "ko"}


class NotForMany(UsageError):
    """An option that only one figure can have."""

    def __init__(self, option: str) -> None:
        super().__init__(
            mark("{option} belongs to one figure"), mark("Name it: cchc add-measure INDICATOR VALUE"), option=option
        )


class Setting(NamedTuple):
    """How it is written and shown."""

    manner: Manner
    message: Message | None = None
    quiet: bool = False
    colour: bool = False


def guide(root: Path, wish: Wish, setting: Setting) -> int:
    """Ask for what is due and write it; a refusal and an interruption leave the files as they were."""
    for option, value in (("--of", wish.beside.of), ("--points", wish.beside.points)):
        if value is not None:
            raise NotForMany(option)
    walk = open_walk(root, wish, setting.manner)
    if walk.period is None or not walk.dues:
        lines = [Line(asking.nothing_due_text(walk.period, walk.data.plan, wish.owner, _))]
        say(asking.laid_out(lines, screen_width(), colour=False))
        return Exit.FINE
    talk = _Talk(walk, wish, setting)
    try:
        wanted = talk.through()
    except KeyboardInterrupt:
        say("")
        talk.say_kept()
        raise
    if wanted:
        try:
            outcome = walk.write(setting.message)
        except CommandError:
            talk.say_kept()
            raise
        recording.show_written(outcome)
    return Exit.FINE


class _Talk:
    """The conversation about a walk."""

    def __init__(self, walk: Walk, wish: Wish, setting: Setting) -> None:
        self._walk = walk
        self._wish = wish
        self._setting = setting
        self._keeps = True  # what was typed is found again another time
        self._group = ""

    def through(self) -> bool:
        """Ask for everything that is due and return whether what was typed is to be written."""
        self._say(asking.head_lines(self._head(), _))
        place = self._resumed()
        while True:
            self._ask_from(place)
            if not self._walk.typed:
                self._tell(_(mark("Nothing was typed, nothing is written.")))
                return False
            outcome = self._preview()
            if self._setting.manner.dry_run:
                recording.show(outcome, dry_run=True, quiet=self._setting.quiet)
                return False
            wanted = self._write_wanted(outcome)
            if wanted is True:
                return True
            if wanted is False:
                self._note(self._walk.forget())
                self._tell(_(mark("Nothing was written; what was typed is gone.")))
                return False
            place = len(self._walk.dues) - 1

    def say_kept(self) -> None:
        """Say that nothing is written, and whether what was typed is offered again."""
        count = len(self._walk.typed)
        if count and self._keeps and not self._setting.manner.dry_run:
            text = _(mark("Nothing was written. Figures kept: {count}; the same command offers them again."))
            self._tell(text.format(count=count))
        else:
            self._tell(_(mark("Nothing was written.")))

    # before the first figure

    def _head(self) -> Head:
        walk, today = self._walk, self._setting.manner.today
        period = walk.period
        assert period is not None  # noqa: S101  # `guide` has seen to it
        plan = walk.data.plan
        return Head(
            data=walk.data,
            period=period,
            dues=walk.dues,
            gaps=walk.gaps,
            owner=self._wish.owner,
            due_on=due_on(plan, period),
            too_early=not self._wish.beside.provisional
            and period.window(plan.head.calendar.month_starts_on)[1] > today,
            illustrative=walk.data.illustrative or self._setting.manner.illustrative,
            elsewhere=tuple(dict.fromkeys(one.period for one in walk.elsewhere)),
        )

    def _resumed(self) -> int:
        """Offer what was typed another time; return the place to go on from."""
        walk = self._walk
        if not walk.held.readable:
            self._tell(_(mark("What was typed another time cannot be read and is not offered (.cchc.typed).")))
        offered = walk.offered()
        if not offered:
            return 0
        self._tell(_(mark("Typed another time and not written: {count}")).format(count=len(offered)))
        for place, figure in offered:
            due = walk.dues[place]
            self._say([asking.offered_line(due, figure.value, _)])
        if not self._confirmed(_(mark("Go on with them? (yes/no)")), enter_is_no=False):
            self._note(walk.forget())
            return 0
        for error in walk.take_up(offered):
            self._say(asking.error_lines(error, _))
        self._note(walk.keep())
        return max(walk.typed, default=-1) + 1

    # one figure after the other

    def _ask_from(self, place: int) -> None:
        while place < len(self._walk.dues):
            place = self._ask_one(place)

    def _ask_one(self, place: int) -> int:
        """Ask for a figure until there is an answer; return the place to go on from."""
        self._introduce(place)
        while True:
            try:
                answer = parse_answer(ask(self._prompt(place)))
            except CommandError as error:
                self._say(asking.error_lines(error, _))
                continue
            if isinstance(answer, Answer):
                if self._accepted(place, answer):
                    return place + 1
                continue
            further = self._moved(place, answer)
            if further is not None:
                return further

    def _moved(self, place: int, sign: Sign) -> int | None:
        """Do what a sign says; return the place to go to, None where the figure is asked for again."""
        match sign:
            case Sign.KEEP:
                return place + 1
            case Sign.END:
                return len(self._walk.dues)
            case Sign.BACK if place:
                return place - 1
            case Sign.BACK:
                self._tell("  " + _(mark("This is the first figure.")))
            case Sign.EXPLAIN:
                self._say(asking.explanation_lines(self._shown(place), _))
            case Sign.DROP if place in self._walk.typed:
                self._note(self._walk.drop(place))
                self._tell("  " + _(mark("dropped")))
            case Sign.DROP:
                self._tell("  " + _(mark("Nothing was typed here.")))
        return None

    def _accepted(self, place: int, answer: Answer) -> bool:
        """Try an answer, ask about what is doubtful, and take it; what is refused is said."""
        walk = self._walk
        try:
            tried = self._tried(place, answer)
        except CommandError as error:
            self._say(asking.error_lines(error, _))
            return False
        if tried is None:
            return False
        doubts = [] if tried.unchanged else tried.doubts
        self._say(asking.doubt_lines(doubts, _))
        asked = any(problem.code in ASKED for problem in doubts)
        if asked and not self._confirmed("  " + _(mark("Keep it as it is? (yes/no)"))):
            return False
        self._note(walk.accept(place, tried))
        self._say([asking.accepted_line(tried.verdict, _, unchanged=tried.unchanged)])
        return True

    def _tried(self, place: int, answer: Answer) -> Tried | None:
        """Return what an answer comes to; None where it would replace what is there and is not to."""
        walk = self._walk
        try:
            return walk.tried(place, answer)
        except AlreadyThere as there:
            due = walk.dues[place]
            self._say(asking.replacing_lines(due, there.old, there.new, _))
            if not self._confirmed("  " + _(mark("Replace it? (yes/no)"))):
                return None
            return walk.tried(place, answer, replacing=there.old)

    def _introduce(self, place: int) -> None:
        """Show a figure, and the heading that it stands under where that is another than before."""
        walk = self._walk
        say("")
        group = asking.group_title(walk.data.plan, walk.dues[place].indicator, _)
        if group != self._group:
            self._group = group
            self._say([Line(f"== {group} ==", Tone.HEADING)])
        self._say(asking.figure_lines(self._shown(place), _))

    def _shown(self, place: int) -> Shown:
        walk, typed = self._walk, self._walk.typed.get(place)
        return Shown(
            place=place,
            total=len(walk.dues),
            due=walk.dues[place],
            data=walk.data,
            standing=walk.standing(place),
            typed=None if typed is None else typed.entry,
            closed=next(iter(walk.over(place)), None),
        )

    def _prompt(self, place: int) -> str:
        typed = self._walk.typed.get(place)
        return asking.prompt(self._walk.dues[place], self._walk.standing(place) if typed is None else typed.entry, _)

    # the end

    def _preview(self) -> Outcome:
        try:
            return self._walk.preview()
        except CommandError:
            self.say_kept()
            raise

    def _write_wanted(self, outcome: Outcome) -> bool | None:
        """Show the whole change and ask whether to write it; None stands for going back."""
        changes, figures = recording.shown(outcome)
        say("")
        say(unified(changes).removesuffix("\n"))
        say("")
        self._say(asking.text_lines(recorded_text(changes, figures, _, brief=True)))
        files = ", ".join(change.file for change in outcome.changes)
        question = _(mark("Write {count} figures to {files}? (yes/no, < to go back)"))
        while True:
            answer = self._answer(question.format(count=len(figures), files=files))
            if answer == Sign.BACK:
                return None
            if answer in _YES | _NO:
                return answer in _YES
            self._tell(_(mark("Type yes or no, or < to go back.")))

    def _confirmed(self, question: str, *, enter_is_no: bool = True) -> bool:
        """Ask until it is yes or no; Enter alone is no, where that loses nothing but a line."""
        while True:
            answer = self._answer(question)
            if answer in _YES:
                return True
            if answer in _NO or (enter_is_no and not answer):
                return False
            self._tell("  " + _(mark("Type yes or no.")))

    def _answer(self, question: str) -> str:
        """Return what is answered to a question, as words are compared."""
        while True:
            try:
                return folded(ask(asking.laid_out([Line(question)], screen_width() - len(": "), colour=False)))
            except CommandError as error:
                self._say(asking.error_lines(error, _))

    def _note(self, error: WorldError | None) -> None:
        """Say once that what is typed cannot be kept for another time."""
        if error is not None and self._keeps:
            self._keeps = False
            self._tell(_(mark("What is typed cannot be kept for another time:")))
            self._say(asking.error_lines(error, _))

    def _tell(self, text: str) -> None:
        self._say([Line(text)])

    def _say(self, lines: Iterable[Line]) -> None:
        text = asking.laid_out(lines, screen_width(), colour=self._setting.colour)
        if text:
            say(text)
