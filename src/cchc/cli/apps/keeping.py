"""The commands that enter what stands beside figures: checked marks, states of tasks, remarks, withdrawals."""

from typing import Annotated

import typer

from cchc.cli import options, session
from cchc.cli.app import HELP, announce, app, examples, globals_of, needed
from cchc.cli.options import _
from cchc.cli.usage import Command
from cchc.texts import mark

Replace = Annotated[bool, typer.Option("--replace", help=_(mark("put it in the place of what is there")))]
Public = Annotated[bool, typer.Option("--public", help=_(mark("the public pages may show it")))]
SHEETS = ("html", "md", "docx")


def _text(flag: str, help_: str) -> object:
    return typer.Option(flag, metavar="TEXT", help=_(help_), show_default=False)


@app.command(
    "confirm",
    cls=Command,
    short_help=_(mark("Mark an owner's figures as checked")),
    context_settings=HELP,
    help=_(
        mark(
            "Mark the figures of an owner about a period as checked; with --sheet put out the sheet that is signed on "
            "paper instead. Says which figures are absent or provisional."
        )
    ),
    epilog=examples(
        "confirm -p 2023-06 --owner vp-hdnd-ubnd",
        "confirm ho-so-dung-han -p 2023-06 --owner vp-hdnd-ubnd --by vp-dang-uy-noi-vu",
        "confirm -p 2023-06 --owner vp-hdnd-ubnd --sheet -o phieu.html",
        "confirm -p 2023-06 --owner vp-hdnd-ubnd --sheet -o phieu.docx",
    ),
)
def confirm(
    context: typer.Context,
    indicators: Annotated[
        list[str] | None,
        typer.Argument(metavar="INDICATOR", help=_(mark("only these; else all of the owner")), show_default=False),
    ] = None,
    period: options.PeriodOption = None,
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="OWNER", help=_(mark("who answers for the figures, by owner's id")), show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="OWNER", help=_(mark("who has checked them; else the owner")), show_default=False),
    ] = None,
    sheet: Annotated[
        bool, typer.Option("--sheet", help=_(mark("put out the sheet to be signed, mark nothing")))
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "-f", "--format", metavar="html|md|docx", help=_(mark("the form of the sheet")), show_default=False
        ),
    ] = None,
    output: options.Output = "-",
    commit: options.Commit = False,
    dry_run: options.DryRun = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Mark figures as checked."""
    from cchc.cli import keeping  # noqa: PLC0415
    from cchc.commands.confirming import Checking  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    about = needed(period, mark("the period"), "-p/--period")
    whose = needed(owner, mark("the owner"), "--owner OWNER")
    wish = Checking(about, whose, tuple(indicators or ()), by)
    if sheet:
        chosen = session.suffix_format(output, SHEETS, "html", form)
        return keeping.put_sheet(root, wish, day, (chosen, output))
    return keeping.put_confirmed(root, wish, day, keeping.How(commit, dry_run, quiet))


@app.command(
    "set-task",
    cls=Command,
    short_help=_(mark("Write the state of a task")),
    context_settings=HELP,
    help=_(mark("Write how far a task had come at the end of a period.")),
    epilog=examples(
        'set-task ra-soat-he-thong-tthc in_progress -p 2023-06 --text "Đã rà soát 12 thủ tục"',
        'set-task ke-hoach-nam xong -p 2023Q1 --completed-on 2023-01-15 --result "Kế hoạch số 05/KH-UBND"',
    ),
)
def set_task(
    context: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help=_(mark("the task's id")), show_default=False)],
    state: Annotated[
        str,
        typer.Argument(
            metavar="not_started|in_progress|done|stopped",
            help=_(mark("the state; also chưa thực hiện, đang thực hiện, hoàn thành or xong, dừng thực hiện")),
            show_default=False,
        ),
    ],
    period: options.PeriodOption = None,
    text: Annotated[str | None, _text("--text", mark("what was done; - reads standard input"))] = None,
    completed_on: Annotated[
        str | None,
        typer.Option(
            "--completed-on", metavar="DATE", help=_(mark("when it was done, YYYY-MM-DD")), show_default=False
        ),
    ] = None,
    result: Annotated[str | None, _text("--result", mark("what came of it: a document, a product"))] = None,
    evidence: options.Evidence = None,
    public: Public = False,
    replace: Replace = False,
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
    """Write the state of a task."""
    from cchc.cli import keeping  # noqa: PLC0415
    from cchc.commands.entries import NewReport  # noqa: PLC0415
    from cchc.commands.measure import Manner  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    about = needed(period, mark("the period"), "-p/--period")
    new = NewReport(task, state, about, keeping.typed(text), completed_on, result, tuple(evidence or ()), public)
    manner = Manner(day, replace, illustrative, dry_run)
    return keeping.put_task(root, new, manner, commit=commit, quiet=quiet)


@app.command(
    "add-remark",
    cls=Command,
    short_help=_(mark("Write what is said of an area")),
    context_settings=HELP,
    help=_(mark("Write what the report of a period says of an area, or of the whole (`general`).")),
    epilog=examples(
        'add-remark tthc -p 2023Q2 --results "Tỷ lệ đúng hạn được giữ vững." --next "Rà soát 12 thủ tục."',
        "add-remark general -p 2023H1 --shortcomings - < ton-tai.txt",
    ),
)
def add_remark(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="AREA", help=_(mark("the area's id, or general")), show_default=False)
    ],
    period: options.PeriodOption = None,
    results: Annotated[str | None, _text("--results", mark("what was reached; - reads standard input"))] = None,
    shortcomings: Annotated[str | None, _text("--shortcomings", mark("what is lacking; likewise"))] = None,
    objective: Annotated[str | None, _text("--objective", mark("objective causes; likewise"))] = None,
    subjective: Annotated[str | None, _text("--subjective", mark("subjective causes; likewise"))] = None,
    next_: Annotated[str | None, _text("--next", mark("what is to be done next; likewise"))] = None,
    proposals: Annotated[str | None, _text("--proposals", mark("what is proposed; likewise"))] = None,
    append: Annotated[bool, typer.Option("--append", help=_(mark("below the texts that are there")))] = False,
    public: Public = False,
    replace: Replace = False,
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
    """Write a remark."""
    from cchc.cli import keeping  # noqa: PLC0415
    from cchc.commands.entries import NewRemark  # noqa: PLC0415
    from cchc.commands.measure import Manner  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    about = needed(period, mark("the period"), "-p/--period")
    if append and replace:
        raise session.Together("--append", "--replace")
    named = (results, shortcomings, next_, proposals, objective, subjective)
    new = NewRemark(subject, about, keeping.typed_once(named), public, append)
    manner = Manner(day, replace, illustrative, dry_run)
    return keeping.put_remark(root, new, manner, commit=commit, quiet=quiet)


@app.command(
    "remove-measure",
    cls=Command,
    short_help=_(mark("Withdraw a figure")),
    context_settings=HELP,
    help=_(
        mark(
            "Take a figure out of the file of its period. The reason stands in the commit's message: with --commit it "
            "is made, else the message is shown."
        )
    ),
    epilog=examples('remove-measure ho-so-dung-han -p 2023-06 --reason "Nhập nhầm tháng" --commit'),
)
def remove_measure(
    context: typer.Context,
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help=_(mark("the indicator's or statistic's id")), show_default=False)
    ],
    period: options.PeriodOption = None,
    reason: options.Reason = None,
    commit: options.Commit = False,
    dry_run: options.DryRun = False,
    directory: options.Directory = None,
    today: options.Today = None,
    color: options.Color = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    debug: options.Debug = False,
) -> int:
    """Withdraw a figure."""
    from cchc.cli import keeping  # noqa: PLC0415

    given = globals_of(context, directory, today, color, debug)
    root, day = session.root_of(given), session.today_of(given)
    announce(root, verbose=verbose)
    about = needed(period, mark("the period"), "-p/--period")
    why = needed(reason, mark("the reason"), "--reason TEXT")
    return keeping.put_withdrawn(root, (indicator, about), why, day, keeping.How(commit, dry_run, quiet))
