"""The options that mean the same everywhere, with their help."""

import os
from typing import Annotated

import typer

from cchc.texts import chosen_language, mark, translator

LANGUAGE = chosen_language(os.environ.get("CCHC_LANG"))
_ = translator(LANGUAGE)

Directory = Annotated[
    str | None,
    typer.Option(
        "-C", "--directory", metavar="DIR", help=_(mark("the workspace (else: from here upwards)")), show_default=False
    ),
]
Today = Annotated[
    str | None,
    typer.Option(
        "--today", metavar="DATE", help=_(mark("the day that counts as today, YYYY-MM-DD")), show_default=False
    ),
]
Color = Annotated[
    str | None,
    typer.Option("--color", metavar="auto|always|never", help=_(mark("colours at the terminal")), show_default=False),
]
Debug = Annotated[bool, typer.Option("--debug", help=_(mark("show the traceback of a bug")), show_default=False)]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=_(mark("say only what was asked for")), show_default=False)]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help=_(mark("say which workspace is used")), show_default=False)
]
NoInput = Annotated[bool, typer.Option("--no-input", help=_(mark("never ask")), show_default=False)]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help=_(mark("show what would be written, write nothing")), show_default=False)
]
Output = Annotated[
    str,
    typer.Option(
        "-o", "--output", metavar="FILE", help=_(mark("write to a file; - is standard output")), show_default=False
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="REV", help=_(mark("as a revision of git has it: a commit, branch or tag")), show_default=False
    ),
]
Area = Annotated[
    str | None, typer.Option("--area", metavar="AREA", help=_(mark("only this area, by id")), show_default=False)
]
Owner = Annotated[
    str | None,
    typer.Option(
        "--owner", metavar="OWNER", help=_(mark("only what this owner answers for or joins in")), show_default=False
    ),
]
Of = Annotated[
    str | None, typer.Option("--of", metavar="N", help=_(mark("a rank: among how many")), show_default=False)
]
Points = Annotated[
    str | None,
    typer.Option("--points", metavar="N", help=_(mark("a rank or grade: the points")), show_default=False),
]
Source = Annotated[
    str | None,
    typer.Option("--source", metavar="TEXT", help=_(mark("where the figure comes from")), show_default=False),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="PATH",
        help=_(mark("a file of the workspace or an https address; repeatable")),
        show_default=False,
    ),
]
ProvidedBy = Annotated[
    str | None,
    typer.Option("--provided-by", metavar="OWNER", help=_(mark("who provided it, by owner's id")), show_default=False),
]
Supplement = Annotated[
    str | None,
    typer.Option(
        "--document",
        metavar="NUMBER",
        help=_(mark("in a closed period: the document that supplements the figure")),
        show_default=False,
    ),
]
ReplaceFigure = Annotated[
    bool, typer.Option("--replace", help=_(mark("put it in the place of a figure that is there")))
]
Illustrative = Annotated[bool, typer.Option("--illustrative", help=_(mark("begin a new file with made-up figures")))]
Survey = Annotated[
    str | None,
    typer.Option(
        "--survey",
        metavar="A/B/C/D/E",
        help=_(mark("a survey's answers in the place of VALUE, from very satisfied to very dissatisfied")),
        show_default=False,
    ),
]
Pool = Annotated[
    bool, typer.Option("--pool", help=_(mark("one more survey of the period, beside those that are there")))
]
Title = Annotated[
    str | None,
    typer.Option("--title", metavar="TEXT", help=_(mark("a survey: what it is called")), show_default=False),
]
Held = Annotated[
    str | None,
    typer.Option(
        "--held",
        metavar="FROM..TO",
        help=_(mark("a survey: when it was held, 2023-05-10..2023-05-31")),
        show_default=False,
    ),
]
RunBy = Annotated[
    str | None, typer.Option("--run-by", metavar="TEXT", help=_(mark("a survey: who held it")), show_default=False)
]
HandedOut = Annotated[
    str | None,
    typer.Option("--handed-out", metavar="N", help=_(mark("a survey: forms handed out")), show_default=False),
]
Returned = Annotated[
    str | None, typer.Option("--returned", metavar="N", help=_(mark("a survey: forms returned")), show_default=False)
]
ValidForms = Annotated[
    str | None, typer.Option("--valid", metavar="N", help=_(mark("a survey: valid forms")), show_default=False)
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help=_(mark("why it is done")), show_default=False)
]
Provisional = Annotated[bool, typer.Option("--provisional", help=_(mark("the figure may still change")))]
Commit = Annotated[bool, typer.Option("--commit", help=_(mark("commit just this change")), show_default=False)]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "-p",
        "--period",
        metavar="PERIOD",
        help=_(mark("2023-06, 2023Q2, 2023, quý II/2023, last-month")),
        show_default=False,
    ),
]


def format_option(formats: str) -> object:
    """Return the option -f with the formats that a command knows."""
    return typer.Option("-f", "--format", metavar=formats, help=_(mark("the form of the answer")), show_default=False)


def fail_on_option(words: str) -> object:
    """Return the option --fail-on with the words that a command knows; commas may join them."""
    return typer.Option(
        "--fail-on", metavar=words, help=_(mark("exit with 1 where there is such; repeatable")), show_default=False
    )
