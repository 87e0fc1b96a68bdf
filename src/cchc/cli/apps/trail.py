"""The commands that read the trail: what changed, who set a figure, one indicator, the inspector's page."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _, fail_on_option, format_option
from cchc.cli.usage import Command
from cchc.texts import mark

CHANGES = ("text", "md", "json", "html")
TABLES = ("text", "json")
PAGES = ("md", "json")


SHOWN = ("text", "md", "json")


@app.command(
    "diff",
    cls=Command,
    short_help=_(mark("What changed, and what that does")),
    context_settings=HELP,
    help=_(
        mark(
            "What changed between two revisions, by figure and by entry of the plan, and which verdicts are others "
            "because of it; what deserves a second look is marked. Default: the last commit against the files on the "
            "disk."
        )
    ),
    epilog=examples("diff", "diff HEAD~1 HEAD", "diff main -f md --fail-on second-look"),
)
def diff(
    context: typer.Context,
    first: Annotated[
        str | None, typer.Argument(metavar="[REV]", help=_(mark("the older state; default HEAD")), show_default=False)
    ] = None,
    second: Annotated[
        str | None,
        typer.Argument(metavar="[REV]", help=_(mark("the newer; default the files on the disk")), show_default=False),
    ] = None,
    form: Annotated[str | None, format_option("|".join(CHANGES))] = None,
    output: options.Output = "-",
    fail_on: Annotated[list[str] | None, fail_on_option("second-look|closed|unread")] = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Compare two states."""
    from cchc.cli.comparing import Compared, put_difference  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root = session.root_of(given, at=second)
    announce(root, verbose=verbose)
    return put_difference(root, Compared(first, second, form, output, tuple(fail_on or ())))


@app.command(
    "log",
    cls=Command,
    short_help=_(mark("Who set which figure when")),
    context_settings=HELP,
    help=_(
        mark(
            "The trail of an indicator's figures: who set which value of which period, when, in which commit; the "
            "newest first, through renames, merges and reverts."
        )
    ),
    epilog=examples("log ho-so-dung-han", "log ho-so-dung-han -p 2023-06", "log ho-so-dung-han -f json"),
)
def log(
    context: typer.Context,
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help=_(mark("the indicator's or statistic's id")), show_default=False)
    ],
    period: options.PeriodOption = None,
    at: options.At = None,
    form: Annotated[str, format_option("|".join(TABLES))] = "text",
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Show the trail of an indicator."""
    from cchc.cli.trailing import put_trail  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, TABLES)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    return put_trail(root, indicator, (period, session.today_of(given)), at, (chosen, output))


@app.command(
    "show",
    cls=Command,
    short_help=_(mark("One indicator")),
    context_settings=HELP,
    help=_(mark("One indicator: definition, targets, its figures with their course, and who changed what.")),
    epilog=examples("show ho-so-dung-han", "show ho-so-dung-han -f md"),
)
def show(
    context: typer.Context,
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help=_(mark("the indicator's or statistic's id")), show_default=False)
    ],
    at: options.At = None,
    form: Annotated[str, format_option("|".join(SHOWN))] = "text",
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Show an indicator."""
    from cchc.cli.trailing import put_portrait  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, SHOWN)
    colour = session.colour_of(given)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    return put_portrait(root, indicator, at, (chosen, output), colour=colour)


@app.command(
    "audit",
    cls=Command,
    short_help=_(mark("The inspector's page")),
    context_settings=HELP,
    help=_(
        mark(
            "One page for an inspector: every figure about a period with its author and commit, corrections, late "
            "figures, changes to closed periods, unsigned commits, and whether each closing still holds. --digest "
            "checks a code from paper."
        )
    ),
    epilog=examples("audit", "audit 2023 -o kiem-tra-2023.md", 'audit --digest "3f2a 91c0 77de 04b1"'),
)
def audit(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(
            metavar="[PERIOD]", help=_(mark("figures about this period; default the term")), show_default=False
        ),
    ] = None,
    digest: Annotated[
        str | None,
        typer.Option(
            "--digest", metavar="DIGEST", help=_(mark("check a code typed in from paper")), show_default=False
        ),
    ] = None,
    at: options.At = None,
    form: Annotated[str | None, format_option("|".join(PAGES))] = None,
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Make the inspector's page."""
    from cchc.cli.auditing import put_audit, put_digest  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.suffix_format(output, PAGES, "md", form)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    if digest is not None:
        return put_digest(root, digest, at, (chosen, output))
    return put_audit(root, period, session.today_of(given), at, (chosen, output))
