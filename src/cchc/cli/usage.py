"""Typer's own words in the user's language: usage errors and the headings of help; the only place that knows them.

Typer words its errors in English sentences. Each is recognised here and said again; one that is not recognised is shown
as Typer says it, behind our own heading.
"""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from cchc.cli.options import _
from cchc.core.diagnostics import nearest
from cchc.core.errors import UsageError
from cchc.texts import mark

PROGRAM = "cchc"

_HEADINGS = (  # patterns are compiled when help or an error asks for them
    (r"^Usage:", mark("Usage:")),
    (r"^Options:$", mark("Options:")),
    (r"^Commands:$", mark("Commands:")),
    (r"^Arguments:$", mark("Arguments:")),
    (r"Show this message and exit\.", mark("show this help")),
    (r"\[required\]", mark("[required]")),
    (r"\[default: ", mark("[default: ")),
)
_ERRORS: tuple[tuple[str, str, str], ...] = (
    (r"No such command '(?P<name>.*)'\.", mark("there is no command “{name}”"), "command"),
    (r"No such option: (?P<name>\S+)", mark("there is no option {name}"), "option"),
    (r"Option '(?P<name>.*)' requires an argument\.", mark("the option {name} needs a value"), ""),
    (
        r"Option '(?P<name>.*)' requires (?P<count>\d+) arguments\.",
        mark("the option {name} needs {count} values"),
        "",
    ),
    (r"Option '(?P<name>.*)' does not take a value\.", mark("the option {name} takes no value"), ""),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", mark("too many words: {name}"), ""),
    (r"Missing argument '(?P<name>.*)'\.", mark("{name} is missing"), ""),
    (r"Missing option '(?P<name>.*)'\.", mark("the option {name} is missing"), ""),
    (r"Missing command\.", mark("the command is missing"), ""),
)


class Command(TyperCommand):
    """A command whose help has its headings in the user's language."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return translated_help(super().get_help(ctx))


class Group(TyperGroup):
    """The program, likewise, with its commands in the order of their definition."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return translated_help(super().get_help(ctx))


def translated_help(text: str) -> str:
    """Return Typer's help with its own words in the user's language."""
    text = text.replace(" <str>", "")  # the type of every argument is text; its name says more
    text = re.sub(r"\{([^{}\n]+)\}", r"\1", text)
    for pattern, message in _HEADINGS:
        text = re.sub(pattern, _(message), text, flags=re.MULTILINE)
    return text


class WronglyCalled(UsageError):
    """Words that the command line cannot take, with the command whose help says more."""

    def __init__(self, sentence: str, help_of: str, near: tuple[str, ...]) -> None:
        remedy = mark("Did you mean {nearest}? More: {help} --help") if near else mark("More: {help} --help")
        super().__init__(mark("{sentence}"), remedy, sentence=sentence, help=help_of, nearest=near)


def dispatch(app: typer.Typer, arguments: list[str]) -> int:
    """Run a command line and return the exit status; usage errors come out as ours."""
    command = get_command(app)
    try:
        result = command.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # Typer's own family of errors
            raise wrongly_called(error, command) from None
        raise
    return result if isinstance(result, int) else 0


def wrongly_called(error: Any, command: Any) -> WronglyCalled:
    """Return Typer's usage error in the user's language, with what was probably meant."""
    context = getattr(error, "ctx", None)
    place = context.command_path if context is not None else PROGRAM
    sentence = str(error.format_message())
    for pattern, message, kind in _ERRORS:
        match = re.match(pattern, sentence)
        if match:
            found = match.groupdict()
            return WronglyCalled(_(message).format(**found), place, _near(kind, found, context, command))
    return WronglyCalled(sentence, place, ())


def _near(kind: str, found: dict[str, str], context: Any, command: Any) -> tuple[str, ...]:
    """Return the commands or options that look most like what was typed."""
    known: dict[str, Callable[[], list[str]]] = {
        "command": lambda: list(getattr(command, "commands", {})),
        "option": lambda: [name for param in getattr(context, "command", command).params for name in param.opts],
    }
    return nearest(found["name"], known[kind]()) if kind else ()
