"""The commands that check and explain, and the schemas with which editors check."""

from pathlib import Path
from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _, format_option
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark

FINDINGS = ("text", "json", "github", "sarif")
VERDICTS = ("text", "md", "json")
SCHEMAS = ("plan", "owners", "area", "solutions", "statistics", "import", "data", "closed", "reports")


@app.command(
    "validate",
    cls=Command,
    short_help=_(mark("Check plan and data")),
    context_settings=HELP,
    help=_(mark("Check plan and data: everything that is wrong, all at once, with its place.")),
    epilog=examples("validate", "validate data/2023-06.yaml", "validate -f json --strict"),
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
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Check the workspace."""
    from cchc.commands.validate import State  # noqa: PLC0415
    from cchc.commands.validate import validate as check  # noqa: PLC0415
    from cchc.views import findings  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, FINDINGS)
    if staged and at is not None:
        raise session.Together("--staged", "--at")
    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    day = session.today_of(given)
    outcome = check(root, [Path(file) for file in files or ()], today=day, strict=strict, state=State(staged, at))
    session.put(findings.render(chosen, outcome.problems, outcome.files, _, day), output)
    if chosen == "text" and not quiet:
        session.say(findings.summary(outcome.problems, outcome.files, _))
    return outcome.exit


@app.command(
    "explain",
    cls=Command,
    short_help=_(mark("Explain a finding or a verdict")),
    context_settings=HELP,
    help=_(
        mark(
            "Explain a finding by its code: what it means, an example, how to mend it. Or explain the verdict of an "
            "indicator in a period: each figure with its place, the arithmetic, the target, what the year still needs."
        )
    ),
    epilog=examples("explain E203", "explain ho-so-dung-han 2023Q2", "explain ho-so-dung-han 2023-06 -f md"),
)
def explain(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="CODE|INDICATOR", help=_(mark("a finding's code, e.g. E203, or an indicator's id")))
    ],
    period: Annotated[
        str | None,
        typer.Argument(metavar="PERIOD", help=_(mark("of a verdict: 2023-06, 2023Q2, 2023")), show_default=False),
    ] = None,
    form: Annotated[str, format_option("text|md|json")] = "text",
    output: options.Output = "-",
    at: options.At = None,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Explain a code or a verdict."""
    given = globals_of(context, directory, today, color, debug)
    chosen = session.choice("-f", form, VERDICTS)
    if period is None:
        from cchc.commands.explaining import explained  # noqa: PLC0415

        session.put(explained(what, options.LANGUAGE, session.root_if_any(given)), output)
        return Exit.FINE
    from cchc.cli.explaining import put_reasons  # noqa: PLC0415

    root = session.root_of(given, at=at)
    announce(root, verbose=verbose)
    return put_reasons(root, (what, period), session.today_of(given), at, (chosen, output))


@app.command(
    "schema",
    cls=Command,
    short_help=_(mark("Schemas for editors")),
    context_settings=HELP,
    help=_(mark("JSON Schemas with which editors complete and check the files: all written to schema/, or one shown.")),
    epilog=examples("schema", "schema data", "schema area -o area.json"),
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
    given = globals_of(context, directory, today, color, debug)
    chosen = None if kind is None else session.choice("KIND", kind, SCHEMAS)
    if chosen is None:
        if output != "-":
            raise session.ValueMissing(_(mark("the kind of file")), "KIND")
        from cchc.commands.schemas import write_schemas  # noqa: PLC0415
        from cchc.views.changes import schemas_text  # noqa: PLC0415

        root = session.root_of(given)
        announce(root, verbose=verbose)
        outcome = write_schemas(root)
        if not quiet:
            session.put(schemas_text(outcome.written, outcome.unchanged, _))
        return Exit.FINE
    from cchc.commands.schemas import schema_of  # noqa: PLC0415

    session.put(schema_of(chosen, session.root_if_any(given)), output)
    if output != "-" and not quiet:
        session.say(_(mark("written: {file}")).format(file=output))
    return Exit.FINE
