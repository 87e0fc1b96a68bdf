"""The commands that enter: a new workspace, a figure."""

from pathlib import Path
from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.core.errors import Exit
from cchc.texts import mark


@app.command(
    "init",
    cls=Command,
    short_help=_(mark("Make a new workspace")),
    context_settings=HELP,
    help=_(mark("Make a new workspace: the skeleton of a plan, or another workspace's plan without its data.")),
    epilog=examples("init ke-hoach-xa", "init ban-that --from .", "init . --hook --merge-driver"),
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
    driver: Annotated[
        bool,
        typer.Option("--merge-driver", help=_(mark("let git merge by figure, also in a workspace that is there"))),
    ] = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    debug: options.Debug = False,
) -> int:
    """Make a workspace."""
    from cchc.commands.hooking import install_driver, install_hook  # noqa: PLC0415  # each command imports what it needs
    from cchc.commands.starting import is_workspace, start  # noqa: PLC0415
    from cchc.views.changes import driven_text, hooked_text, started_text  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    base = Path(given.directory) if given.directory else Path()
    place = base / folder
    if not ((hook or driver) and source is None and is_workspace(place)):
        made = start(place, Path(source) if source else None, session.today_of(given))
        if not quiet:
            session.put(started_text(made.folder.as_posix(), made.made, _))
    if hook:
        installed = install_hook(place)
        if not quiet:
            session.put(hooked_text(installed.as_posix(), _))
    if driver:
        attributes = install_driver(place)
        if not quiet:
            session.put(driven_text(attributes.as_posix(), _))
    return Exit.FINE


@app.command(
    "add-measure",
    cls=Command,
    short_help=_(mark("Write one figure")),
    context_settings=HELP,
    help=_(
        mark(
            "Write one figure; shows the change and the verdict for month, quarter and year to date."
            " Alone on a terminal it asks for everything that is due, one figure after the other."
        )
    ),
    epilog=examples(
        'add-measure ho-so-dung-han 412/418 -p 2023-06 --source "Hệ thống một cửa, biểu II.06a"',
        "add-measure hai-long-tthc 0/0 -p 2023Q1",
        "add-measure hai-long-tthc --survey 120/60/15/4/1 -p 2023Q2",
        "add-measure hai-long-tthc --survey 40/9/1/0/0 -p 2023Q2 --pool --held 2023-05-10..2023-05-31 --handed-out 60",
        'add-measure xep-hang-cchc 5/17 -p 2022 --note "Quyết định số 415/QĐ-UBND"',
        "add-measure --from so-lieu-thang-6.csv -p 2023-06 --dry-run",
        "add-measure --owner vp-hdnd-ubnd -p 2023-06",
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
    source: options.Source = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help=_(mark("what has to be said about it")), show_default=False),
    ] = None,
    evidence: options.Evidence = None,
    provided_by: options.ProvidedBy = None,
    provisional: options.Provisional = False,
    of: options.Of = None,
    points: options.Points = None,
    survey: options.Survey = None,
    title: options.Title = None,
    held: options.Held = None,
    run_by: options.RunBy = None,
    handed_out: options.HandedOut = None,
    returned: options.Returned = None,
    valid: options.ValidForms = None,
    pool: options.Pool = False,
    document: options.Supplement = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=_(mark("write a batch, all or none: CSV with a head or JSON lines; - is standard input")),
            show_default=False,
        ),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner",
            metavar="OWNER",
            help=_(mark("alone on a terminal: only what this owner answers for")),
            show_default=False,
        ),
    ] = None,
    replace: options.ReplaceFigure = False,
    illustrative: options.Illustrative = False,
    commit: options.Commit = False,
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
    from cchc.cli.surveying import SurveySaid, with_survey  # noqa: PLC0415
    from cchc.commands.figure import Beside, NewFigure  # noqa: PLC0415
    from cchc.commands.measure import Manner, record  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    manner = Manner(day, replace, illustrative, dry_run)
    typed = (indicator, value, period)
    message = recording.commit_message if commit else None
    beside = Beside(source, note, tuple(evidence or ()), provided_by, provisional, of, points, document)
    said = SurveySaid(title, held, run_by, handed_out, returned, valid)
    others = {"--from": batch is not None, "VALUE": value is not None}
    beside = with_survey(beside, survey, said, pool=pool, others=others)
    asks = session.may_ask(no_input=no_input)
    if owner is not None and (batch is not None or indicator is not None):
        raise session.Together("--owner", "--from" if batch is not None else "INDICATOR")
    if batch is None and indicator is None and survey is None and asks:
        from cchc.cli.guiding import Setting, guide  # noqa: PLC0415
        from cchc.commands.guiding import Wish  # noqa: PLC0415

        colour = session.coloured(colour=session.colour_of(given))
        return guide(root, Wish(period, owner, beside), Setting(manner, message, quiet, colour))
    if batch is not None:
        outcome = recording.record_batch(root, batch, typed, beside, manner, message)
    else:
        words = recording.complete(root, typed, day, may_ask=asks, survey=survey is not None)
        outcome = record(root, NewFigure(*words, beside), manner, message)
    recording.show(outcome, dry_run=dry_run, quiet=quiet)
    recording.tell(outcome.doubts)
    return Exit.FINE
