"""The command that makes a form to be filled in."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark


@app.command(
    "form",
    cls=Command,
    short_help=_(mark("Make a form for the figures of a period")),
    context_settings=HELP,
    help=_(
        mark(
            "Make a workbook in which the figures that are due in a period are filled in; `cchc import` reads it back "
            "without a mapping."
        )
    ),
    epilog=examples("form 2023-07 -o bieu.xlsx", "form 2023Q3 --owner vp-hdnd-ubnd -o ."),
)
def form(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=_(mark("2023-07, 2023Q3, 2023")))],
    output: options.Output = "-",
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help=_(mark("only this area, by id")), show_default=False)
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option("--owner", metavar="OWNER", help=_(mark("only what this owner answers for")), show_default=False),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=_(mark("put it in the place of a form that is there")))
    ] = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Make a form."""
    from cchc.cli.forming import put_form  # noqa: PLC0415
    from cchc.core.results import Selection  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root = session.root_of(given)
    announce(root, verbose=verbose)
    said = put_form(root, period, Selection(area, owner), output, session.today_of(given), replace=replace)
    for line in said:
        if not quiet:
            session.say(line)
    return Exit.FINE
