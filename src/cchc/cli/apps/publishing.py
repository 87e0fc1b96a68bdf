"""The commands that make documents: the report, the public pages, the templates of both."""

from pathlib import Path
from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, TABLES, announce, app, examples, globals_of
from cchc.cli.options import _, format_option
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import Language, mark, translator

DOCUMENTS = ("md", "html", "json", "docx", "xlsx")


@app.command(
    "report",
    cls=Command,
    short_help=_(mark("Report a period")),
    context_settings=HELP,
    help=_(mark("Report a period: figures against targets, tasks, remarks, what is missing.")),
    epilog=examples(
        "report 2023Q2",
        "report 2023H1 -o bao-cao.html",
        'report "quý II/2023" --area tthc -f json',
        "report 2023Q2 -o bao-cao.docx --issue 45/BC-UBND --date 2023-06-20",
    ),
)
def report(
    context: typer.Context,
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help=_(mark("2023-06, 2023Q2, 2023H1, 2023-9T, 2023, 2021..2025")))
    ],
    form: Annotated[str | None, format_option("|".join(DOCUMENTS))] = None,
    output: options.Output = "-",
    area: options.Area = None,
    owner: options.Owner = None,
    allow_problems: Annotated[
        bool, typer.Option("--allow-problems", help=_(mark("leave out entries with errors; the report names them")))
    ] = False,
    at: options.At = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="FILE", help=_(mark("lay the report out by this file")), show_default=False),
    ] = None,
    issue: Annotated[
        str | None,
        typer.Option(
            "--issue",
            metavar="NUMBER",
            help=_(mark("issue the report under this number, and record it")),
            show_default=False,
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help=_(mark("the day of issue, YYYY-MM-DD")), show_default=False),
    ] = None,
    sign_for: Annotated[
        str | None,
        typer.Option(
            "--sign-for", metavar="deputy", help=_(mark("a deputy signs in the place of the head")), show_default=False
        ),
    ] = None,
    amends: Annotated[
        str | None,
        typer.Option(
            "--amends", metavar="NUMBER", help=_(mark("the issued report that this one replaces")), show_default=False
        ),
    ] = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Report a period."""
    from cchc.cli.reporting import Asked, put_report  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    asked = Asked(period, form, output, area, owner, allow_problems, at, template, issue, date, sign_for, amends)
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    for line in put_report(root, asked, session.today_of(given)):
        if not quiet:
            session.say(line)
    return Exit.FINE


@app.command(
    "site",
    cls=Command,
    short_help=_(mark("Public web pages")),
    context_settings=HELP,
    help=_(
        mark(
            "Write the public web pages of all periods with figures into a folder: they need no server and no network. "
            "Notes, evidence and names of people are left out unless the files say `public: true`."
        )
    ),
    epilog=examples("site -o cong-khai", "site -o cong-khai --at v2023Q2"),
)
def site(
    context: typer.Context,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DIR", help=_(mark("the folder of the pages")), show_default=False),
    ] = None,
    allow_problems: Annotated[
        bool, typer.Option("--allow-problems", help=_(mark("leave out entries with errors; the report names them")))
    ] = False,
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Write the public pages."""
    import gc  # noqa: PLC0415  # only here

    from cchc.commands.publishing import publication, write  # noqa: PLC0415
    from cchc.core.progress import watched  # noqa: PLC0415
    from cchc.views.site import Content  # noqa: PLC0415
    from cchc.views.site import site as pages  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    if output is None or output == "-":
        raise session.ValueMissing(_(mark("the folder of the pages")), "-o DIR")
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    gc.enable()  # of hundreds of pages each leaves cycles behind
    found = publication(root, at=at, allow_problems=allow_problems)
    vietnamese = translator(Language.VIETNAMESE)
    content = Content(found.data, found.periods, found.courses, found.problems, found.revision)
    with session.progress(_(mark("laying out pages"))) as told:
        contents = dict(watched(pages(content, found.templates, vietnamese), told))
    write(Path(output), contents)
    if not quiet:
        session.say(_(mark("written: {count} files in {folder}")).format(count=len(contents), folder=output))
    return Exit.FINE


@app.command(
    "template",
    cls=Command,
    short_help=_(mark("The office's own templates")),
    context_settings=HELP,
    help=_(
        mark(
            "The templates of reports and public pages: list them, export the defaults into templates/ to change them, "
            "check those of the office."
        )
    ),
    epilog=examples("template list", "template export report.docx", "template check"),
)
def template(
    context: typer.Context,
    action: Annotated[str, typer.Argument(metavar="list|export|check", help=_(mark("what to do")), show_default=False)],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help=_(mark("names of templates; for check files")), show_default=False),
    ] = None,
    form: Annotated[str, format_option("text|json")] = "text",
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=_(mark("write to a file; - is standard output")), show_default=False
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=_(mark("put the default in the place of the office's own")))
    ] = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Work on templates."""
    from cchc.cli.templating import ACTIONS, act  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("list|export|check", action, ACTIONS)
    shape = session.choice("-f", form, TABLES)
    root = session.root_of(given)
    announce(root, verbose=verbose)
    return act(root, chosen, names or (), output=output, form=shape, replace=replace, today=session.today_of(given))
