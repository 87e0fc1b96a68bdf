"""The commands: options in, one function of `commands` called, its outcome given to one view."""

from pathlib import Path
from typing import Annotated

import typer

import cchc
from cchc.cli import options, session
from cchc.cli.options import _, format_option
from cchc.cli.session import Globals
from cchc.cli.usage import Command, Group
from cchc.core.errors import Exit
from cchc.texts import Language, mark, translator

HELP = {"help_option_names": ["-h", "--help"]}
DOCUMENTS = ("md", "html", "json", "docx", "xlsx")
FINDINGS = ("text", "json", "github", "sarif")
TABLES = ("text", "json")
SCHEMAS = ("plan", "owners", "area", "solutions", "statistics", "data", "closed", "reports")
LISTED = ("indicators", "statistics", "tasks", "owners", "areas")

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


def _globals(
    context: typer.Context, directory: str | None, today: str | None, color: str | None, debug: bool
) -> Globals:
    before: Globals = context.find_root().obj
    return before.under(Globals(directory, today, color, debug))


def _examples(*lines: str) -> str:
    """Return the epilog with example command lines, each on a line of its own."""
    return "\b\n" + "\n".join((_(mark("Examples:")), *(f"  cchc {line}" for line in lines)))


@app.command(
    "init",
    cls=Command,
    short_help=_(mark("Make a new workspace")),
    context_settings=HELP,
    help=_(mark("Make a new workspace: the skeleton of a plan, or another workspace's plan without its data.")),
    epilog=_examples("init ke-hoach-xa", "init ban-that --from .", "init . --hook"),
)
def init(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_(mark("the folder, made if it is not there")))],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="DIR", help=_(mark("take the plan of this workspace")), show_default=False),
    ] = None,
    hook: Annotated[
        bool, typer.Option("--hook", help=_(mark("let git check what is committed, also in a workspace that is there")))
    ] = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> int:
    """Make a workspace."""
    from cchc.commands.hooking import install_hook  # noqa: PLC0415  # each command imports what it needs
    from cchc.commands.starting import is_workspace, start  # noqa: PLC0415
    from cchc.views.changes import hooked_text, started_text  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    base = Path(given.directory) if given.directory else Path()
    place = base / folder
    if not (hook and source is None and is_workspace(place)):
        made = start(place, Path(source) if source else None, session.today_of(given))
        if not quiet:
            session.put(started_text(made.folder.as_posix(), made.made, _))
    if hook:
        installed = install_hook(place)
        if not quiet:
            session.put(hooked_text(installed.as_posix(), _))
    return Exit.FINE


@app.command(
    "add-measure",
    cls=Command,
    short_help=_(mark("Write one figure")),
    context_settings=HELP,
    help=_(mark("Write one figure; shows the change and the verdict for month, quarter and year to date.")),
    epilog=_examples(
        'add-measure ho-so-dung-han 412/418 -p 2023-06 --source "Hệ thống một cửa, biểu II.06a"',
        "add-measure hai-long-tthc 0/0 -p 2023Q1",
        'add-measure xep-hang-cchc 5/17 -p 2022 --note "Quyết định số 415/QĐ-UBND"',
        "add-measure --from so-lieu-thang-6.csv -p 2023-06 --dry-run",
    ),
)
def add_measure(
    context: typer.Context,
    indicator: Annotated[
        str | None,
        typer.Argument(metavar="INDICATOR", help=_(mark("the indicator's or statistic's id")), show_default=False),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help=_(mark("412/418, 93,5, đạt, tốt, 5/17 or a text")), show_default=False),
    ] = None,
    period: options.PeriodOption = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="TEXT", help=_(mark("where the figure comes from")), show_default=False),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help=_(mark("what has to be said about it")), show_default=False),
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(
            "--evidence",
            metavar="PATH",
            help=_(mark("a file of the workspace or an https address; repeatable")),
            show_default=False,
        ),
    ] = None,
    provided_by: Annotated[
        str | None,
        typer.Option(
            "--provided-by", metavar="OWNER", help=_(mark("who provided it, by owner's id")), show_default=False
        ),
    ] = None,
    provisional: Annotated[bool, typer.Option("--provisional", help=_(mark("the figure may still change")))] = False,
    of: Annotated[
        str | None, typer.Option("--of", metavar="N", help=_(mark("a rank: among how many")), show_default=False)
    ] = None,
    points: Annotated[
        str | None,
        typer.Option("--points", metavar="N", help=_(mark("a rank or grade: the points")), show_default=False),
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=_(mark("write a batch, all or none: CSV with a head or JSON lines; - is standard input")),
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=_(mark("put it in the place of a figure that is there")))
    ] = False,
    illustrative: Annotated[
        bool, typer.Option("--illustrative", help=_(mark("begin a new file with made-up figures")))
    ] = False,
    dry_run: options.DryRun = False,
    no_input: options.NoInput = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Write one figure."""
    from cchc.cli import recording  # noqa: PLC0415
    from cchc.commands.figure import Beside, NewFigure  # noqa: PLC0415
    from cchc.commands.measure import Manner, record  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    _announce(root, verbose=verbose)
    manner = Manner(day, replace, illustrative, dry_run)
    typed = (indicator, value, period)
    beside = Beside(source, note, tuple(evidence or ()), provided_by, provisional, of, points)
    if batch is not None:
        outcome = recording.record_batch(root, batch, typed, beside, manner)
    else:
        words = recording.complete(root, typed, day, may_ask=session.may_ask(no_input=no_input))
        outcome = record(root, NewFigure(*words, beside), manner)
    recording.show(outcome, dry_run=dry_run, quiet=quiet)
    return Exit.FINE


@app.command(
    "validate",
    cls=Command,
    short_help=_(mark("Check plan and data")),
    context_settings=HELP,
    help=_(mark("Check plan and data: everything that is wrong, all at once, with its place.")),
    epilog=_examples("validate", "validate data/2023-06.yaml", "validate -f json --strict"),
)
def validate(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help=_(mark("show only what concerns these files")), show_default=False),
    ] = None,
    form: Annotated[str, format_option("text|json|github|sarif")] = "text",
    output: options.Output = "-",
    strict: Annotated[bool, typer.Option("--strict", help=_(mark("warnings count as errors")))] = False,
    staged: Annotated[
        bool, typer.Option("--staged", help=_(mark("check what git has staged, not what lies on the disk")))
    ] = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Check the workspace."""
    from cchc.commands.validate import validate as check  # noqa: PLC0415
    from cchc.views import findings  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    chosen = session.choice("-f", form, FINDINGS)
    root = session.root_of(given)
    _announce(root, verbose=verbose)
    day = session.today_of(given)
    outcome = check(root, [Path(file) for file in files or ()], today=day, strict=strict, staged=staged)
    session.put(findings.render(chosen, outcome.problems, outcome.files, _, day), output)
    if chosen == "text" and not quiet:
        session.say(findings.summary(outcome.problems, outcome.files, _))
    return outcome.exit


@app.command(
    "explain",
    cls=Command,
    short_help=_(mark("Explain a finding")),
    context_settings=HELP,
    help=_(mark("Explain a finding by its code: what it means, an example, how to mend it.")),
    epilog=_examples("explain E203"),
)
def explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_(mark("a finding's code, e.g. E203")))],
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    debug: options.Debug = False,
) -> int:
    """Explain a code."""
    from cchc.commands.explaining import explained  # noqa: PLC0415

    _globals(context, directory, today, color, debug)
    session.put(explained(code, options.LANGUAGE), output)
    return Exit.FINE


@app.command(
    "report",
    cls=Command,
    short_help=_(mark("Report a period")),
    context_settings=HELP,
    help=_(mark("Report a period: figures against targets, tasks, remarks, what is missing.")),
    epilog=_examples(
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
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help=_(mark("only this area, by id")), show_default=False)
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="OWNER", help=_(mark("only what this owner answers for or joins in")), show_default=False
        ),
    ] = None,
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

    given = _globals(context, directory, today, color, debug)
    asked = Asked(period, form, output, area, owner, allow_problems, at, template, issue, date, sign_for, amends)
    root = session.root_of(given)
    _announce(root, verbose=verbose)
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
    epilog=_examples("site -o cong-khai", "site -o cong-khai --at v2023Q2"),
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
    from cchc.commands.publishing import publication, write  # noqa: PLC0415
    from cchc.views.site import Content  # noqa: PLC0415
    from cchc.views.site import site as pages  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    if output is None or output == "-":
        raise session.ValueMissing(_(mark("the folder of the pages")), "-o DIR")
    root = session.root_of(given)
    _announce(root, verbose=verbose)
    found = publication(root, at=at, allow_problems=allow_problems)
    vietnamese = translator(Language.VIETNAMESE)
    content = Content(found.data, found.periods, found.courses, found.problems, found.revision)
    contents = dict(pages(content, found.templates, vietnamese))
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
    epilog=_examples("template list", "template export report.docx", "template check"),
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

    given = _globals(context, directory, today, color, debug)
    chosen = session.choice("list|export|check", action, ACTIONS)
    shape = session.choice("-f", form, TABLES)
    root = session.root_of(given)
    _announce(root, verbose=verbose)
    return act(root, chosen, names or (), output=output, form=shape, replace=replace, today=session.today_of(given))


@app.command(
    "status",
    cls=Command,
    short_help=_(mark("The dashboard")),
    context_settings=HELP,
    help=_(mark("The dashboard: verdicts, the course of every indicator, what is missing or late.")),
    epilog=_examples("status", "status 2023Q2", "status -f json"),
)
def status(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Argument(metavar="[PERIOD]", help=_(mark("default: the newest period with figures")), show_default=False),
    ] = None,
    form: Annotated[str, format_option("text|json")] = "text",
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Show the dashboard."""
    from cchc.commands.board import status as board  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    chosen = session.choice("-f", form, TABLES)
    colour = session.colour_of(given)
    root = session.root_of(given)
    _announce(root, verbose=verbose)
    outcome = board(root, period, session.today_of(given))
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
    epilog=_examples("list indicators", "list tasks -f json"),
)
def list_(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="|".join(LISTED), help=_(mark("what to list")), show_default=False)
    ] = "indicators",
    form: Annotated[str, format_option("text|json")] = "text",
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """List the plan."""
    from cchc.commands.listing import Listed, list_entries  # noqa: PLC0415

    given = _globals(context, directory, today, color, debug)
    chosen = session.choice("-f", form, TABLES)
    listed = Listed(session.choice("LIST", what, LISTED))
    colour = session.colour_of(given)
    root = session.root_of(given)
    _announce(root, verbose=verbose)
    listing = list_entries(root, listed)
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


@app.command(
    "schema",
    cls=Command,
    short_help=_(mark("Schemas for editors")),
    context_settings=HELP,
    help=_(mark("JSON Schemas with which editors complete and check the files: all written to schema/, or one shown.")),
    epilog=_examples("schema", "schema data", "schema area -o area.json"),
)
def schema(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND",
            help=_(mark("the kind of file: plan, owners, area, solutions, statistics, data, closed, reports")),
            show_default=False,
        ),
    ] = None,
    output: options.Output = "-",
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Write or show the schemas."""
    given = _globals(context, directory, today, color, debug)
    chosen = None if kind is None else session.choice("KIND", kind, SCHEMAS)
    if chosen is None:
        if output != "-":
            raise session.ValueMissing(_(mark("the kind of file")), "KIND")
        from cchc.commands.schemas import write_schemas  # noqa: PLC0415
        from cchc.views.changes import schemas_text  # noqa: PLC0415

        root = session.root_of(given)
        _announce(root, verbose=verbose)
        outcome = write_schemas(root)
        if not quiet:
            session.put(schemas_text(outcome.written, outcome.unchanged, _))
        return Exit.FINE
    from cchc.commands.schemas import schema_of  # noqa: PLC0415

    session.put(schema_of(chosen, session.root_if_any(given)), output)
    if output != "-" and not quiet:
        session.say(_(mark("written: {file}")).format(file=output))
    return Exit.FINE


def _announce(root: Path, *, verbose: bool) -> None:
    if verbose:
        session.say(_(mark("workspace: {folder}")).format(folder=root))
