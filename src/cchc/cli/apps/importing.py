"""The command that takes figures over from tables."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark


@app.command(
    "import",
    cls=Command,
    short_help=_(mark("Take figures over from a table")),
    context_settings=HELP,
    help=_(
        mark(
            "Write the figures of a CSV or Excel table, all or none: one with a head of known columns, or any other by "
            "an import file of plan/imports/ that says which cells become which figure. JSON lines, as `export -f "
            "jsonl` writes them, are read too, known by the suffix .jsonl or .ndjson, else by the first sign {. With "
            "--survey the file is a table of answers, which is tallied."
        )
    ),
    epilog=examples(
        "import bieu-06a.xlsx --mapping ii-06a -p 2023-06 --dry-run",
        "import so-lieu.csv -p 2023-06 --provided-by vp-hdnd-ubnd",
        "import bieu-thang-7.xlsx",
        "import phieu-quy-2.xlsx --survey hai-long-tthc -p 2023Q2 --questions C..H --best 5 --handed-out 60",
        "import so-lieu.jsonl",
        "import cu.csv --encoding utf-16 --mapping bang-thang",
    ),
)
def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_(mark("a CSV, .xlsx or .jsonl file; - is standard input")))
    ],
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="NAME", help=_(mark("the import file plan/imports/NAME.yaml")), show_default=False
        ),
    ] = None,
    period: options.PeriodOption = None,
    source: options.Source = None,
    provided_by: options.ProvidedBy = None,
    document: options.Supplement = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help=_(mark("of a text file: utf-16, windows-1258, …; else UTF-8")),
            show_default=False,
        ),
    ] = None,
    survey: Annotated[
        str | None,
        typer.Option(
            "--survey",
            metavar="INDICATOR",
            help=_(mark("the file is a table of a survey's answers about this indicator, one row a form")),
            show_default=False,
        ),
    ] = None,
    questions: Annotated[
        str | None,
        typer.Option(
            "--questions",
            metavar="COLUMNS",
            help=_(mark("a survey: the columns of its questions, C..H; else all")),
            show_default=False,
        ),
    ] = None,
    best: Annotated[
        str | None,
        typer.Option(
            "--best", metavar="1|5", help=_(mark("a survey: which number means very satisfied")), show_default=False
        ),
    ] = None,
    title: options.Title = None,
    held: options.Held = None,
    run_by: options.RunBy = None,
    handed_out: options.HandedOut = None,
    returned: options.Returned = None,
    pool: options.Pool = False,
    provisional: options.Provisional = False,
    replace: options.ReplaceFigure = False,
    illustrative: options.Illustrative = False,
    commit: options.Commit = False,
    dry_run: options.DryRun = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Take figures over."""
    from cchc.cli import importing, recording  # noqa: PLC0415
    from cchc.cli.importing import AnswersOptions  # noqa: PLC0415
    from cchc.cli.surveying import SurveySaid  # noqa: PLC0415
    from cchc.commands.figure import Beside  # noqa: PLC0415
    from cchc.commands.importing import ImportRequest, import_file  # noqa: PLC0415
    from cchc.commands.measure import Manner  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    path, content = importing.given_file(file, encoding)
    beside = Beside(source=source, provided_by=provided_by, provisional=provisional, document=document)
    said = SurveySaid(title, held, run_by, handed_out, returned)
    wish = importing.answers(survey, AnswersOptions(questions, best, said, mapping, pool=pool))
    request = ImportRequest(content, path, mapping, period, beside, wish)
    message = recording.commit_message if commit else None
    with session.progress(_(mark("importing"))) as told:
        found = import_file(root, request, Manner(day, replace, illustrative, dry_run), message, told)
    importing.show(found, dry_run=dry_run, quiet=quiet)
    return Exit.FINE
