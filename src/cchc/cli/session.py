"""What the outside world is for one command: the workspace, the clock, the terminal, the language."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

from cchc.core.diagnostics import Finding, Word
from cchc.core.errors import UsageError, WorldError
from cchc.core.progress import Progress, silent
from cchc.texts import mark

LONGEST_LINE = 4095  # bytes with the line's end, which Linux takes of a line; the rest is thrown away
USUAL_WIDTH = 80
PATIENCE = 1.0  # seconds after which somebody wants to know how far it has come
BETWEEN_LINES = 0.1  # seconds


class NoSuchChoice(UsageError):
    """A word that an option does not know."""

    def __init__(self, option: str, typed: str, known: Sequence[str]) -> None:
        super().__init__(
            mark("{option}: “{typed}” is not known"),
            mark("Type one of: {known}."),
            option=option,
            typed=typed,
            known=tuple(known),
        )


class NotADay(UsageError):
    """A date that is none."""

    def __init__(self, source: str, typed: str) -> None:
        super().__init__(
            mark("{source}: “{typed}” is not a date"),
            mark("Type year-month-day: 2023-06-15."),
            source=source,
            typed=typed,
        )


class ReaderGone(Exception):
    """Whoever read standard output has left; no OSError, which Typer would turn into an exit status of its own."""


class OutputLost(WorldError):
    """The answer cannot be written to standard output."""

    def __init__(self, reason: str) -> None:
        super().__init__(mark("the answer cannot be written: {reason}"), "", reason=Word(reason))


class InputLost(WorldError):
    """A file of input that cannot be read; `code` is that of the finding about such a file."""

    def __init__(self, file: str, code: str, reason: str = "") -> None:
        from cchc.workspace.files import MAX_BYTES, MISSING  # noqa: PLC0415  # only when it happens

        if code == MISSING:
            super().__init__(mark("there is no file {file}"), mark("Check its name and folder."), file=file)
            return
        finding = Finding(code, args={"reason": reason, "limit": MAX_BYTES, "file": file})
        super().__init__(mark("{file}: {finding}"), "", file=file, finding=finding)


class Together(UsageError):
    """Two options of which only one can be meant."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(mark("{one} and {other} do not go together"), mark("Leave out one."), one=one, other=other)


class ValueMissing(UsageError):
    """A value that nobody can be asked for."""

    def __init__(self, what: str, option: str) -> None:
        super().__init__(mark("{what} is missing"), mark("Give {option}."), what=what, option=option)


class LineCut(UsageError):
    """A line as long as a terminal takes them: what came behind it is lost."""

    def __init__(self) -> None:
        super().__init__(
            mark("the line is longer than the terminal takes; its end may be lost"),
            mark("Type a shorter one, or put the text into a file: cchc add-measure --from FILE"),
        )


class Globals(NamedTuple):
    """The options that may stand before the command."""

    directory: str | None = None
    today: str | None = None
    color: str | None = None
    debug: bool = False

    def under(self, nearer: "Globals") -> "Globals":
        """Return the options with those given after the command before these."""
        return Globals(
            nearer.directory or self.directory,
            nearer.today or self.today,
            nearer.color or self.color,
            nearer.debug or self.debug,
        )


def root_of(given: Globals, *, at: str | None = None) -> Path:
    """Return the workspace that -C, CCHC_DIRECTORY or the current folder names.

    To read a revision (`at`) a repository is enough, though no file of the workspace lies on the disk.
    """
    from cchc.commands.opening import kept_root, workspace_root  # noqa: PLC0415  # help needs no workspace

    named = given.directory or os.environ.get("CCHC_DIRECTORY") or None
    if at is not None:
        return kept_root(Path(named) if named else None, Path.cwd())
    return workspace_root(Path(named) if named else None, Path.cwd())


def root_if_any(given: Globals) -> Path | None:
    """Return the workspace as `root_of` does, or None where none is named and the current folder is in none."""
    from cchc.workspace import files  # noqa: PLC0415  # help needs no workspace

    named = given.directory or os.environ.get("CCHC_DIRECTORY")
    return root_of(given) if named or files.find_root(Path.cwd()) else None


def today_of(given: Globals) -> date:
    """Return the day that --today or CCHC_TODAY names, else the clock's; the only look at the clock."""
    for source, typed in (("--today", given.today), ("CCHC_TODAY", os.environ.get("CCHC_TODAY"))):
        if typed:
            try:
                return datetime.strptime(typed.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
            except ValueError:
                raise NotADay(source, typed) from None
    return datetime.now().astimezone().date()


def colour_of(given: Globals) -> bool | None:
    """Return whether to colour: always, never, or None where the terminal decides."""
    wish = given.color or "auto"
    if wish not in {"auto", "always", "never"}:
        raise NoSuchChoice("--color", wish, ("auto", "always", "never"))
    if wish == "auto":
        if os.environ.get("NO_COLOR"):
            return False
        return True if os.environ.get("FORCE_COLOR") else None
    return wish == "always"


def choice(option: str, typed: str, known: Sequence[str]) -> str:
    """Return the word when the option knows it."""
    word = typed.strip().lower()
    if word not in known:
        raise NoSuchChoice(option, typed, known)
    return word


def may_ask(*, no_input: bool) -> bool:
    """Whether there is somebody to ask: standard input and standard error are terminals."""
    return not no_input and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, default: str | None = None) -> str:
    """Ask on standard error and return what was typed, or the default; the end of input is an interruption."""
    sys.stderr.write(f"{question}{f' [{default}]' if default else ''}: ")
    sys.stderr.flush()
    line = _line()
    if not line:
        sys.stderr.write("\n")
        raise KeyboardInterrupt
    if sys.platform == "linux" and len(line.encode("utf-8", "surrogateescape")) > LONGEST_LINE:
        raise LineCut
    return line.strip() or default or ""


def _line() -> str:
    """Return a line of standard input; one that cannot be read any more has ended."""
    try:
        return sys.stdin.readline()
    except OSError:  # the terminal is gone, and the signal that says so is ignored
        return ""


def screen_width() -> int:
    """Return how many cells a line on standard error may have; the last column is left free, where some break."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size(sys.stderr.fileno()).columns or USUAL_WIDTH) - 1
    except (OSError, ValueError):
        return USUAL_WIDTH - 1


def coloured(*, colour: bool | None) -> bool:
    """Return whether what is said on standard error is coloured: as asked for, else where a terminal can."""
    return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb" if colour is None else colour


def given_text(source: str) -> str:
    """Return what a file holds, or with `-` what standard input holds, to its end."""
    if source == "-":
        text = "" if sys.stdin is None else sys.stdin.read()
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise InputLost(source, "E002")
        return text
    from cchc.workspace import files  # noqa: PLC0415  # most commands read nothing else

    found = files.read(Path(source).parent, Path(source).name)
    if found.text is None:
        raise InputLost(source, found.code, found.reason)
    return found.text


def say(text: str) -> None:
    """Write a line to standard error, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


class Telling:
    """One line on standard error that says how far something has come, from a second on, and goes when it is done."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self._what, self._stream = what, stream
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Say how far it has come, now and then."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BETWEEN_LINES
        self._shown = True
        far = f"{done}/{total}" if total else str(done)
        self._stream.write(f"\r\x1b[K{self._what}: {far}")
        self._stream.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Yield what tells how far something has come, on standard error while it is a terminal, else nobody."""
    if not is_terminal(sys.stderr):
        yield silent
        return
    telling = Telling(what, sys.stderr)
    try:
        yield telling
    finally:
        telling.clear()


def is_terminal(stream: object) -> bool:
    """Whether somebody watches what is written to a standard stream."""
    return bool(getattr(stream, "isatty", bool)())


def put(content: str | bytes, output: str = "-") -> None:
    """Write a result to standard output, or whole to a file."""
    if output == "-":
        _print(content)
        return
    from cchc.workspace import writing  # noqa: PLC0415  # most answers go to standard output

    writing.save(Path(output), content)


def refuse_unwritable(output: str) -> None:
    """Refuse a file to which nothing can be written, before anything else is done; `-` is standard output."""
    if output != "-":
        from cchc.workspace import writing  # noqa: PLC0415  # hardly ever

        writing.refuse_unwritable(Path(output))


def _print(content: str | bytes) -> None:
    if sys.stdout is None:  # closed by whoever started us
        raise OutputLost(mark("standard output is closed"))
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        sys.stdout = None  # what is left in its buffer cannot be written either
        raise OutputLost(error.strerror or str(error)) from None


def suffix_format(output: str, formats: Sequence[str], default: str, typed: str | None) -> str:
    """Return the format: -f, else the one that the output's suffix names, for texts and without one the default."""
    if typed is not None:
        return choice("-f", typed, formats)
    suffix = Path(output).suffix.lstrip(".").lower() if output != "-" else ""
    suffix = {"htm": "html", "markdown": "md"}.get(suffix, suffix)
    if suffix in formats:
        return suffix
    if suffix in {"", "txt"} or Path(output).is_dir():
        return default
    raise NoSuchChoice("-o", f".{suffix}", formats)


def utf8_streams() -> None:
    """Make the standard streams UTF-8 on every system; the Vietnamese code page of Windows cannot encode even "Tỷ"."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")
