"""The commands that show: the dashboard, what the plan holds."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, TABLES, announce, app, examples, globals_of
from cchc.cli.options import _, format_option
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import Language, mark, translator

LISTED = ("indicators", "statistics", "tasks", "owners", "areas")


@app.command(
    "status",
    cls=Command,
    short_help=_(mark("The dashboard")),
    context_settings=HELP,
    help=_(mark("The dashboard: verdicts, the course of every indicator, what is missing or late.")),
    epilog=examples("status", "status 2023Q2", "status -f json"),
)
def status(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(metavar="[PERIOD]", help=_(mark("default: the newest period with figures")), show_default=False),
    ] = None,
    form: Annotated[str, format_option("text|json")] = "text",
    output: options.Output = "-",
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Show the dashboard."""
    from cchc.commands.board import status as board  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, TABLES)
    colour = session.colour_of(given)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    outcome = board(root, period, session.today_of(given), at)
    if chosen == "json":
        from cchc.views.jsonview import board_json  # noqa: PLC0415

        session.put(board_json(outcome, translator(Language.VIETNAMESE)), output)
    else:
        from cchc.views import terminal  # noqa: PLC0415

        session.put(terminal.board_text(outcome, _, terminal.Screen.of_output(output, colour=colour)), output)
    return Exit.FINE


@app.command(
    "list",
    cls=Command,
    short_help=_(mark("What the plan holds")),
    context_settings=HELP,
    help=_(mark("List what the plan holds: indicators, statistics, tasks, owners or areas.")),
    epilog=examples("list indicators", "list tasks -f json"),
)
def list_(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="|".join(LISTED), help=_(mark("what to list")), show_default=False)
    ] = "indicators",
    form: Annotated[str, format_option("text|json")] = "text",
    output: options.Output = "-",
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """List the plan."""
    from cchc.commands.listing import Listed, list_entries  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, TABLES)
    listed = Listed(session.choice("LIST", what, LISTED))
    colour = session.colour_of(given)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    listing = list_entries(root, listed, at)
    if chosen == "json":
        from cchc.views.jsonview import list_json  # noqa: PLC0415

        session.put(list_json(listed, listing.entries), output)
    else:
        from cchc.views import terminal  # noqa: PLC0415

        session.put(
            terminal.list_text(
                listed, listing.entries, listing.plan, _, terminal.Screen.of_output(output, colour=colour)
            ),
            output,
        )
    return Exit.FINE
