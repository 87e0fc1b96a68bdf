"""The command that git runs."""

from pathlib import Path
from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, app, examples, globals_of
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.texts import mark


@app.command(
    "merge-driver",
    cls=Command,
    short_help=_(mark("Merge a data file for git")),
    context_settings=HELP,
    help=_(
        mark(
            "Merge three states of a data file by figure, into OURS. Git runs it once `cchc init . --merge-driver` has "
            "told it to; exit status 0: merged, 1: conflicts are left, other: nothing was done."
        )
    ),
    epilog=examples("merge-driver %O %A %B %P", "init . --merge-driver"),
)
def merge_driver(
    context: typer.Context,
    base: Annotated[str, typer.Argument(metavar="BASE", help=_(mark("the file as both sides found it")))],
    ours: Annotated[str, typer.Argument(metavar="OURS", help=_(mark("the file of this branch; becomes the result")))],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help=_(mark("the file of the other branch")))],
    path: Annotated[
        str | None,
        typer.Argument(metavar="PATH", help=_(mark("its place in the repository")), show_default=False),
    ] = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    debug: options.Debug = False,
) -> int:
    """Merge a file."""
    from cchc.commands.merging import drive  # noqa: PLC0415
    from cchc.views.merges import conflict_text  # noqa: PLC0415

    globals_of(context, directory, today, color, debug)
    outcome = drive(Path(base), Path(ours), Path(theirs), path)
    if not outcome.merged:
        session.say(conflict_text(outcome.file, outcome.clashing, _))
    return outcome.exit
