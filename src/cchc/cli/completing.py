"""What shells complete: the words before the cursor to the words that may stand there, with what they mean.

The scripts of the package (`completion/`) call `cchc _complete SHELL :WORD… :CURRENT`. Each word has a colon before it,
since some shells drop empty ones. An answer is a line a word, a tab between it and its meaning; `:files` and `:folders`
leave the rest to the shell. Commands and options are those that Typer knows: no list of them can be out of date.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from typer.main import get_command

from cchc.cli import session
from cchc.cli.app import COMMANDS, program_of
from cchc.cli.options import _
from cchc.core.periods import reporting_month
from cchc.texts import mark
from cchc.workspace import files


class Candidate(NamedTuple):
    """A word that may stand at the cursor, with what it means."""

    id: str
    name: str


FILES, FOLDERS = Candidate(":files", ""), Candidate(":folders", "")
HELP = Candidate("--help", _(mark("show this help")))


class Line(NamedTuple):
    """A command line up to the cursor: the program or command that it is about, and what was typed for it."""

    command: Any
    typed: tuple[str, ...]
    before: tuple[str, ...]  # the words before the command, its name included
    current: str


def answer(arguments: Sequence[str]) -> int:
    """Put out what completes a command line. Whatever goes wrong is silence: somebody is typing."""
    try:
        shell, *words = arguments
        words = [word.removeprefix(":") for word in words]
        if shell == "bash":
            words = list(_rejoined(_unquoted(word) for word in words))
        found = candidates(words or [""])
        session.put("".join(f"{_line(shell, words, one)}\n" for one in found))
    except Exception:  # a traceback would spoil the line that is being typed
        if os.environ.get("CCHC_COMPLETE_DEBUG"):
            raise
    return 0


def candidates(words: Sequence[str]) -> list[Candidate]:
    """Return what may stand in the place of the last of the words, in the order in which it is offered."""
    line = _line_of(words)
    option, equals, part = line.current.partition("=")
    param = _awaiting(line)
    if param is not None:
        return _fitting(_values(param, line), line.current)
    if "--" not in line.typed and equals and option.startswith("--"):
        return _attached(line, option, part)
    if "--" not in line.typed and line.current.startswith("-"):
        return _fitting(_options(line), line.current)
    if getattr(line.command, "commands", None) is not None:
        return _fitting((Candidate(name, _meaning(one)) for name, one in line.command.commands.items()), line.current)
    place = _place(line)
    if place is None:
        return _fitting(_options(line), line.current)
    return _fitting(_values(place, line), line.current)


def _line(shell: str, words: Sequence[str], one: Candidate) -> str:
    """Return an answer's line; bash takes what follows an equals sign for a word of its own."""
    text = one.id
    if shell == "bash" and words and "=" in words[-1] and text.startswith("--"):
        text = text.partition("=")[2]
    return f"{text}\t{one.name}" if one.name else text


def _attached(line: Line, option: str, part: str) -> list[Candidate]:
    """Return the values of an option that stand in one word with it: --format=html."""
    param = _option(line.command, option)
    found = [] if param is None else _fitting(_values(param, line), part)
    return [one if one in {FILES, FOLDERS} else one._replace(id=f"{option}={one.id}") for one in found]


def _unquoted(word: str) -> str:
    """Return a word of a command line without its quotes; one whose quotes are open is taken as far as it goes."""
    if not any(sign in word for sign in "'\"\\"):
        return word
    import shlex  # noqa: PLC0415  # hardly ever

    try:
        return "".join(shlex.split(word))
    except ValueError:
        return word.lstrip("'\"")


def _rejoined(words: Iterable[str]) -> Iterator[str]:
    """Yield words with an option and its value in one, which bash hands over in three: --format, =, csv."""
    held: list[str] = []
    for word in words:
        if word == "=" and held and held[-1].startswith("--"):
            held[-1] += "="
        elif held and held[-1].startswith("--") and held[-1].endswith("="):
            held[-1] += word
        else:
            held.append(word)
    yield from held


# where on the line we are


def _line_of(words: Sequence[str]) -> Line:
    """Return the line with the command that is typed on; the program itself as long as there is none."""
    *before, current = words
    named = next((word for word in before if word in COMMANDS), None)
    program = get_command(program_of([named] if named is not None else []))
    at = _first_free(program, before)
    if at is None:
        return Line(program, tuple(before), (), current)
    command = getattr(program, "commands", {}).get(before[at])
    if command is None:
        raise LookupError(before[at])
    return Line(command, tuple(before[at + 1 :]), tuple(before[: at + 1]), current)


def _first_free(command: Any, words: Sequence[str]) -> int | None:
    """Return where the first word stands that is neither an option nor an option's value."""
    return next(_free(command, words), None)


def _free(command: Any, words: Sequence[str]) -> Iterator[int]:
    taken = ended = False
    for at, word in enumerate(words):
        if taken:
            taken = False
        elif word == "--" and not ended:
            ended = True
        elif word.startswith("-") and word != "-" and not ended:
            taken = _takes_next(command, word)
        else:
            yield at


def _takes_next(command: Any, word: str) -> bool:
    """Whether the word after an option is its value."""
    param = _option(command, word)
    if param is None and not word.startswith("--"):
        param = _option(command, f"-{word[-1]}")  # the last of flags that are joined
    return param is not None and not param.is_flag and "=" not in word


def _option(command: Any, word: str) -> Any:
    return next((one for one in _params(command, "option") if word in (*one.opts, *one.secondary_opts)), None)


def _params(command: Any, kind: str) -> list[Any]:
    return [one for one in command.params if one.param_type_name == kind and not getattr(one, "hidden", False)]


def _awaiting(line: Line) -> Any:
    """Return the option whose value the current word is."""
    last = line.typed[-1] if line.typed else ""
    free = set(_free(line.command, (*line.typed, "")))
    if len(line.typed) in free or not last.startswith("-"):
        return None
    return _option(line.command, last) or _option(line.command, f"-{last[-1]}")


def _place(line: Line) -> Any:
    """Return the argument whose value the current word is; None when there is none left."""
    count = sum(1 for _at in _free(line.command, line.typed))
    arguments = _params(line.command, "argument")
    if count < len(arguments):
        return arguments[count]
    return arguments[-1] if arguments and arguments[-1].nargs == -1 else None


def _options(line: Line) -> Iterator[Candidate]:
    """Yield the options that can still be typed, long ones first."""
    used = {word.partition("=")[0] for word in line.typed}
    open_ = [one for one in _params(line.command, "option") if one.multiple or used.isdisjoint(one.opts)]
    for long in (True, False):
        for one in open_:
            yield from (Candidate(name, one.help or "") for name in one.opts if name.startswith("--") is long)
    yield HELP


def _meaning(command: Any) -> str:
    return command.short_help or ""


def _fitting(found: Iterable[Candidate], current: str) -> list[Candidate]:
    return [one for one in found if one in {FILES, FOLDERS} or one.id.startswith(current)]


# what may be a value


def _values(param: Any, line: Line) -> Iterator[Candidate]:
    """Yield the values of an option or argument, also those that follow a comma where a list may be typed."""
    if LISTED.isdisjoint(param.opts):
        yield from _single(param, line)
        return
    before, comma, _last = line.current.rpartition("=")[2].rpartition(",")
    used = before.split(",")
    for one in _single(param, line):
        if one.id not in used:
            yield one._replace(id=f"{before}{comma}{one.id}")


def _single(param: Any, line: Line) -> Iterator[Candidate]:
    """Yield the values that the name in help tells: OWNER, text|json, [PERIOD]."""
    for word in (param.metavar or "").strip("[].").split("|"):
        source = SOURCES.get(word)
        if source is not None:
            yield from source(line)
        elif word and not word.isupper():
            yield Candidate(word, "")


def _of_plan(look: Callable[[Path], Iterable[tuple[str, str]]]) -> Callable[[Line], Iterator[Candidate]]:
    def values(line: Line) -> Iterator[Candidate]:
        root = _root(line)
        yield from (Candidate(*one) for one in look(root)) if root is not None else ()

    return values


def _indicators(root: Path) -> Iterable[tuple[str, str]]:
    from cchc.workspace import glimpse  # noqa: PLC0415  # commands and options need no parser of YAML

    return glimpse.indicators(root)


def _tasks(root: Path) -> Iterable[tuple[str, str]]:
    from cchc.workspace import glimpse  # noqa: PLC0415  # the same

    return glimpse.tasks(root)


def _owners(root: Path) -> Iterable[tuple[str, str]]:
    from cchc.workspace import glimpse  # noqa: PLC0415  # the same

    return glimpse.owners(root)


def _areas(root: Path) -> Iterable[tuple[str, str]]:
    from cchc.workspace import glimpse  # noqa: PLC0415  # the same

    return glimpse.areas(root)


def _root(line: Line) -> Path | None:
    """Return the workspace that -C, CCHC_DIRECTORY or the current folder names, as far as that is one."""
    words = (*line.before, *line.typed)
    named = [after for word, after in pairwise(words) if word in {"-C", "--directory"}]
    named += [word.partition("=")[2] for word in words if word.startswith("--directory=")]
    folder = named[-1] if named else os.environ.get("CCHC_DIRECTORY") or ""
    if not folder:
        return files.find_root(Path.cwd())
    root = Path(folder).expanduser()
    return root if files.exists(root, files.PLAN_FILE) else None


def _periods(root: Path) -> Iterator[tuple[str, str]]:
    """Yield this month and the last one, then the other periods with figures, the newest first."""
    from cchc.workspace import glimpse  # noqa: PLC0415  # the same

    this = reporting_month(session.today_of(session.Globals()), glimpse.month_starts_on(root))
    last = this.previous() or this
    yield this.label, _(mark("this month"))
    yield last.label, _(mark("last month"))
    yield from ((period.label, "") for period in glimpse.periods(root) if period not in {this, last})


def _codes(_line: Line) -> Iterator[Candidate]:
    from cchc.core.codes import CODES  # noqa: PLC0415  # the same

    return (Candidate(code, "") for code in CODES)


def _revisions(root: Path) -> Iterator[tuple[str, str]]:
    from cchc.workspace import git  # noqa: PLC0415  # the same

    return ((name, _(kind)) for name, kind in git.named_revisions(root))


LISTED = frozenset({"--fail-on"})  # options that take several words with commas between them
SOURCES: dict[str, Callable[[Line], Iterator[Candidate]]] = {
    "INDICATOR": _of_plan(_indicators),
    "TASK": _of_plan(_tasks),
    "OWNER": _of_plan(_owners),
    "AREA": _of_plan(_areas),
    "PERIOD": _of_plan(_periods),
    "REV": _of_plan(_revisions),
    "CODE": _codes,
    "FILE": lambda _line: iter((FILES,)),
    "PATH": lambda _line: iter((FILES,)),
    "DIR": lambda _line: iter((FOLDERS,)),
}
