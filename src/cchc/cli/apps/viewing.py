"""The commands that show: the dashboard, what the plan holds."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, TABLES, announce, app, examples, globals_of
from cchc.cli.options import _, fail_on_option, format_option
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark

LISTED = ("indicators", "statistics", "tasks", "owners", "areas")


@app.command(
    "status",
    cls=Command,
    short_help=_(mark("The dashboard")),
    context_settings=HELP,
    help=_(
        mark(
            "The office's board: verdicts and the course of every indicator, which figures of which month are there, "
            "missing or late, what is due next. Without PERIOD also what has become due since. --remind writes a text "
            "to an owner, ready to be sent. --fail-on: missing, late, provisional, unconfirmed."
        )
    ),
    epilog=examples(
        "status",
        "status 2023Q2 --by owner",
        "status --owner vp-hdnd-ubnd -f md",
        "status --remind vp-hdnd-ubnd",
        "status --remind all",
        "status --fail-on missing,late",
    ),
)
def status(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(
            metavar="[PERIOD]",
            help=_(mark("default: the newest period with figures; without any the last month that is over")),
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="area|owner",
            help=_(mark("what the figures are grouped by; default area")),
            show_default=False,
        ),
    ] = None,
    area: options.Area = None,
    owner: options.Owner = None,
    remind: Annotated[
        str | None,
        typer.Option(
            "--remind",
            metavar="OWNER|all",
            help=_(mark("write a text that reminds an owner of what is open, or the list of all")),
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[list[str] | None, fail_on_option("missing|late|provisional|unconfirmed")] = None,
    form: Annotated[str | None, format_option("text|md|json")] = None,
    output: options.Output = "-",
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Show the dashboard."""
    from cchc.cli.boarding import Shown, put_status  # noqa: PLC0415
    from cchc.commands.board import Asked  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    shown = Shown(form, output, by, remind, fail_on or (), session.colour_of(given))
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    return put_status(root, Asked(period, area, owner, at), shown, session.today_of(given))


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
        from cchc.views.screen import Screen  # noqa: PLC0415
        from cchc.views.terminal import list_text  # noqa: PLC0415

        screen = Screen.of_output(output, colour=colour)
        session.put(list_text(listed, listing.entries, listing.plan, _, screen), output)
    return Exit.FINE
