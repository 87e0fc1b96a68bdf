"""The commands about closed periods: close, open again, correct."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of, needed
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.texts import mark

Person = Annotated[
    str | None, typer.Option("--by", metavar="OWNER", help=_(mark("who does it, by owner's id")), show_default=False)
]


@app.command(
    "close",
    cls=Command,
    short_help=_(mark("Close a period's figures")),
    context_settings=HELP,
    help=_(
        mark(
            "Close a period: record who closed it, when, at which commit, what was missing, and the digest of "
            "everything that its report rests on. From then on figures change only by `correct`."
        )
    ),
    epilog=examples("close 2023Q2 --by vp-dang-uy-noi-vu", "close 2023Q2 --by vp-dang-uy-noi-vu --incomplete"),
)
def close(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=_(mark("2023-06, 2023Q2, 2023H1, 2023-9T, 2023")))],
    by: Person = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help=_(mark("although figures are absent, provisional or not confirmed")))
    ] = False,
    commit: options.Commit = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Close a period."""
    from cchc.cli.sealing import put_closed  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    who = needed(by, mark("who closes the period"), "--by OWNER")
    return put_closed(root, period, who, day, incomplete=incomplete, commit=commit, quiet=quiet)


@app.command(
    "reopen",
    cls=Command,
    short_help=_(mark("Open a closed period again")),
    context_settings=HELP,
    help=_(mark("Open a closed period again; its closing stays in data/closed.yaml with who opened it, when and why.")),
    epilog=examples('reopen 2023Q2 --by vp-dang-uy-noi-vu --reason "Huyện trả lại để bổ sung số liệu"'),
)
def reopen(
    context: typer.Context,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=_(mark("2023-06, 2023Q2, 2023H1, 2023-9T, 2023")))],
    by: Person = None,
    reason: options.Reason = None,
    commit: options.Commit = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Open a period again."""
    from cchc.cli.sealing import put_reopened  # noqa: PLC0415
    from cchc.commands.closing import Reason  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    why = Reason(by, needed(reason, mark("the reason"), "--reason TEXT"))
    return put_reopened(root, period, why, day, commit=commit, quiet=quiet)


@app.command(
    "correct",
    cls=Command,
    short_help=_(mark("Correct a closed figure")),
    context_settings=HELP,
    help=_(
        mark(
            "Correct a figure on which a closed period rests: the new value stands in the entry, the old one below it "
            "with reason, document, day and person."
        )
    ),
    epilog=examples(
        'correct ho-so-dung-han 411/418 -p 2023-06 --reason "Đếm trùng 01 hồ sơ" --document 30/TB-UBND',
    ),
)
def correct(
    context: typer.Context,
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help=_(mark("the indicator's or statistic's id")), show_default=False)
    ],
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help=_(mark("412/418, 93,5, đạt, tốt, 5/17 or a text")), show_default=False),
    ] = None,
    period: options.PeriodOption = None,
    reason: options.Reason = None,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="NUMBER", help=_(mark("the document that allows it")), show_default=False),
    ] = None,
    by: Person = None,
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
    provisional: options.Provisional = False,
    commit: options.Commit = False,
    dry_run: options.DryRun = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Correct a figure."""
    from cchc.cli.sealing import put_corrected  # noqa: PLC0415
    from cchc.cli.surveying import SurveySaid, with_survey  # noqa: PLC0415
    from cchc.commands.closing import Reason  # noqa: PLC0415
    from cchc.commands.figure import Beside, NewFigure  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    about = needed(period, mark("the period"), "-p/--period")
    why = Reason(
        by,
        needed(reason, mark("the reason"), "--reason TEXT"),
        needed(document, mark("the document"), "--document NUMBER"),
    )
    beside = Beside(of=of, points=points, provisional=provisional)
    said = SurveySaid(title, held, run_by, handed_out, returned, valid)
    beside = with_survey(beside, survey, said, pool=pool, others={"VALUE": value is not None})
    typed = "" if survey is not None else needed(value, mark("the value"), "VALUE")
    figure = NewFigure(indicator, typed, about, beside)
    return put_corrected(root, figure, why, day, commit=commit, dry_run=dry_run, quiet=quiet)
