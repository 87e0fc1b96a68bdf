"""The commands that hand over: tables of figures and verdicts, what shells complete."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _, format_option
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark

SCRIPTS = {"bash": "cchc.bash", "zsh": "cchc.zsh", "fish": "cchc.fish", "powershell": "cchc.ps1"}


@app.command(
    "export",
    cls=Command,
    short_help=_(mark("Tables of figures and verdicts")),
    context_settings=HELP,
    help=_(
        mark(
            "Write figures (a row each) or verdicts (a row an indicator and period) as a table: CSV, JSON lines, a "
            "workbook with both, or a Frictionless Data Package. It is the office's own: notes, evidence and names are "
            "in it unless --public is given."
        )
    ),
    epilog=examples(
        "export -o so-lieu.csv --bom",
        "export verdicts -p 2023 -f jsonl",
        "export -p 2023-01..2023-06 -o so-lieu.xlsx",
        "export -f datapackage -o goi-du-lieu --public",
    ),
)
def export(
    context: typer.Context,
    table: Annotated[
        str | None,
        typer.Argument(
            metavar="figures|verdicts",
            help=_(mark("default: figures; of a workbook and a package both")),
            show_default=False,
        ),
    ] = None,
    period: options.PeriodOption = None,
    form: Annotated[str | None, format_option("csv|jsonl|xlsx|datapackage")] = None,
    output: options.Output = "-",
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help=_(mark("only this area, by id")), show_default=False)
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="OWNER", help=_(mark("only what this owner answers for or joins in")), show_default=False
        ),
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help=_(mark("CSV that Excel takes for UTF-8")))] = False,
    delimiter: Annotated[
        str | None,
        typer.Option(
            "--delimiter",
            metavar="comma|semicolon|tab",
            help=_(mark("what stands between the cells of CSV")),
            show_default=False,
        ),
    ] = None,
    public: Annotated[bool, typer.Option("--public", help=_(mark("only what the public pages show")))] = False,
    license_: Annotated[
        str | None,
        typer.Option(
            "--license",
            metavar="NAME",
            help=_(mark("the licence of a package, as CC-BY-4.0 or an https address")),
            show_default=False,
        ),
    ] = None,
    allow_problems: Annotated[
        bool, typer.Option("--allow-problems", help=_(mark("leave out entries with errors")))
    ] = False,
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Write tables."""
    from cchc.cli.exporting import Asked, put_export  # noqa: PLC0415
    from cchc.commands.exporting import ExportRequest  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    asked = Asked(table, form, output, bom, delimiter, license_)
    request = ExportRequest(period, area, owner, at, public, allow_problems)
    for line in put_export(root, asked, request, session.today_of(given)):
        if not quiet:
            session.say(line)
    return Exit.FINE


@app.command(
    "completion",
    cls=Command,
    short_help=_(mark("Let the shell complete what is typed")),
    context_settings=HELP,
    help=_(
        mark(
            "Print the script by which a shell completes commands, options, ids of the plan, periods and owners at "
            "Tab. bash: in ~/.bashrc; zsh: in ~/.zshrc, after compinit; fish: into its folder of completions; "
            "PowerShell: in the file that $PROFILE names."
        )
    ),
    epilog=examples(
        'completion bash            # eval "$(cchc completion bash)"',
        'completion zsh             # eval "$(cchc completion zsh)"',
        "completion fish > ~/.config/fish/completions/cchc.fish",
        "completion powershell | Out-String | Invoke-Expression",
    ),
)
def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="|".join(SCRIPTS), help=_(mark("the shell")), show_default=False)],
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    debug: options.Debug = False,
) -> int:
    """Print a script."""
    from cchc.workspace.resources import packaged  # noqa: PLC0415

    globals_of(context, directory, today, color, debug)
    session.put(packaged(f"completion/{SCRIPTS[session.choice('|'.join(SCRIPTS), shell, tuple(SCRIPTS))]}"))
    return Exit.FINE
