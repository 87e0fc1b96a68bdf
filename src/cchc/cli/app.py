"""The program: what stands before a command, and where each command is defined."""

from collections.abc import Mapping, Sequence
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

import cchc
from cchc.cli import options, session
from cchc.cli.options import _
from cchc.cli.session import Globals
from cchc.cli.usage import Group
from cchc.core.errors import Exit
from cchc.texts import mark

HELP = {"help_option_names": ["-h", "--help"]}
TABLES = ("text", "json")

COMMANDS: Mapping[str, str] = {  # in the order of help; the module of `apps` that defines each
    "init": "entering",
    "add-measure": "entering",
    "remove-measure": "keeping",
    "set-task": "keeping",
    "add-remark": "keeping",
    "confirm": "keeping",
    "import": "importing",
    "form": "forming",
    "validate": "checking",
    "explain": "checking",
    "report": "publishing",
    "site": "publishing",
    "template": "publishing",
    "export": "exporting",
    "close": "sealing",
    "reopen": "sealing",
    "correct": "sealing",
    "diff": "trail",
    "log": "trail",
    "show": "trail",
    "audit": "trail",
    "status": "viewing",
    "list": "viewing",
    "schema": "checking",
    "completion": "exporting",
    "merge-driver": "merging",
}

app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    context_settings=HELP,
    help=_(mark("Track a plan of administrative reform over plain YAML files; git is the audit trail.")),
)


def _version(wanted: bool) -> None:
    if wanted:
        session.put(f"cchc {cchc.__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def program(
    context: typer.Context,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    debug: options.Debug = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_(mark("show the version")))
    ] = False,
) -> int:
    """Keep what stands before the command for the command."""
    del version  # its callback has answered
    context.obj = Globals(directory, today, color, debug)
    if context.invoked_subcommand is None:
        session.put(f"{context.get_help()}\n")
    return Exit.FINE


def globals_of(
    context: typer.Context, directory: str | None, today: str | None, color: str | None, debug: bool
) -> Globals:
    """Return the options that may stand before a command, those after it first."""
    before: Globals = context.find_root().obj
    return before.under(Globals(directory, today, color, debug))


def examples(*lines: str) -> str:
    """Return the epilog with example command lines, each on a line of its own."""
    return "\b\n" + "\n".join((_(mark("Examples:")), *(f"  cchc {line}" for line in lines)))


def needed(value: str | None, what: str, option: str) -> str:
    """Return what was given to an option that a command cannot do without."""
    if value is None or not value.strip():
        raise session.ValueMissing(_(what), option)
    return value.strip()


def announce(root: Path, *, verbose: bool) -> None:
    """Say which workspace is used, where that was asked for."""
    if verbose:
        session.say(_(mark("workspace: {folder}")).format(folder=root))


def program_of(words: Sequence[str]) -> typer.Typer:
    """Return the program with the one command that the first word names, or with all: others need not be defined."""
    if list(words) == ["--version"]:
        return app
    named = [word for word in words[:1] if word in COMMANDS] or list(COMMANDS)
    for module in dict.fromkeys(COMMANDS[name] for name in named):
        import_module(f"cchc.cli.apps.{module}")
    defined = {info.name: info for info in app.registered_commands}
    chosen = copy(app)
    chosen.registered_commands = [defined[name] for name in named]
    return chosen
