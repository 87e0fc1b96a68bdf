"""`report` at the terminal: from the format that was asked for to the bytes that are put out."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cchc.cli import session
from cchc.cli.options import _
from cchc.commands.reporting import ReportOutcome, Wanted, report
from cchc.commands.request import Issue, ReportRequest
from cchc.core.errors import UsageError
from cchc.texts import Language, Translate, mark, translator
from cchc.workspace import resources

if TYPE_CHECKING:
    from cchc.views.charts import Charts

FORMATS = ("md", "html", "json", "docx", "xlsx")
BINARY = frozenset({"docx", "xlsx"})
TEXT_TEMPLATES = {"md": ("report.md.j2",), "html": ("report.html.j2", "look.css")}


class Asked(NamedTuple):
    """The options of `report` as they were typed."""

    period: str
    form: str | None
    output: str
    area: str | None
    owner: str | None
    allow_problems: bool
    at: str | None
    template: str | None
    issue: str | None
    date: str | None
    sign_for: str | None
    amends: str | None


class BinaryAtTerminal(UsageError):
    """A document that no terminal can show."""

    def __init__(self, form: str, name: str) -> None:
        super().__init__(
            mark("{form} is not for the terminal"), mark("Write it to a file: -o {name}"), form=form, name=name
        )


class Misplaced(UsageError):
    """An option that says nothing without another, or with this format."""

    def __init__(self, option: str, other: str) -> None:
        super().__init__(mark("{option} goes with {other}"), "", option=option, other=other)


def put_report(root: Path, asked: Asked, today: date) -> Iterator[str]:
    """Write the report to where it was asked for, record it if it is issued, and yield what is to be said."""
    form = _form(asked)
    request = ReportRequest(
        asked.period, asked.area, asked.owner, asked.allow_problems, today, asked.at, asked.amends, _issue(asked)
    )
    own = resources.named_template(asked.template, binary=form in BINARY) if asked.template else None
    wanted = Wanted(
        templates=TEXT_TEMPLATES.get(form, ()), word=form == "docx", courses=form == "html", paper=form != "json"
    )
    outcome = report(root, request, wanted)
    if form in BINARY and asked.output == "-" and session.is_terminal(sys.stdout):
        raise BinaryAtTerminal(form, suggested_name(outcome, form))
    body, printed = _laid_out(form, outcome, own, asked.template)
    file = _file(asked.output, form, outcome)
    if outcome.entry is not None:
        from cchc.commands.issuing import record  # noqa: PLC0415  # most reports are not issued

        session.refuse_unwritable(file)
        record(root, outcome.entry, printed)
        yield _(mark("recorded in data/reports.yaml: No {number}")).format(number=outcome.entry.number)
        if outcome.paper.signing is not None and not outcome.paper.signing.name:
            yield _(mark("plan/plan.yaml does not name who signs: the name is left blank"))
    if outcome.paper.outdated is not None:
        yield _outdated(outcome)
    session.put(body, file)
    if file != "-":
        yield _(mark("written: {file}")).format(file=file)


def _form(asked: Asked) -> str:
    """Return the format; templates and issuing need one that they can be used with."""
    form = session.suffix_format(asked.output, FORMATS, "md", asked.form)
    if asked.template and form in {"json", "xlsx"}:
        raise Misplaced("--template", "-f md|html|docx")
    if asked.issue is None and (asked.date or asked.sign_for):
        raise Misplaced("--date" if asked.date else "--sign-for", "--issue")
    if form == "json" and (asked.issue or asked.amends):
        raise Misplaced("--issue" if asked.issue else "--amends", "-f md|html|docx|xlsx")
    return form


def _issue(asked: Asked) -> Issue | None:
    if asked.issue is None:
        return None
    deputy = asked.sign_for is not None and session.choice("--sign-for", asked.sign_for, ("deputy",)) == "deputy"
    return Issue(asked.issue, asked.date, deputy)


def _laid_out(
    form: str, outcome: ReportOutcome, own: str | bytes | None, file: str | None
) -> tuple[str | bytes, dict[str, str]]:
    """Return the document, and what it prints of each indicator and statistic."""
    vietnamese = translator(Language.VIETNAMESE)
    if form == "json":
        from cchc.views.jsonview import report_json  # noqa: PLC0415

        return report_json(outcome.report, vietnamese), {}
    from cchc.views.present.page import present, printed_figures  # noqa: PLC0415

    page = present(outcome.report, vietnamese, outcome.paper)
    printed = printed_figures(page)
    if form == "xlsx":
        from cchc.views.sheets import workbook  # noqa: PLC0415

        return workbook(outcome.report, page), printed
    from cchc.views import documents  # noqa: PLC0415

    if form == "docx":
        word = own if isinstance(own, bytes) else outcome.word
        return documents.word_document(page, word, file or "templates/report.docx"), printed
    templates = dict(outcome.templates)
    name = TEXT_TEMPLATES[form][0]
    if isinstance(own, str):
        templates[name] = own
    return documents.report_document(page, _charts(form, outcome, vietnamese), name, templates, file), printed


def _charts(form: str, outcome: ReportOutcome, vietnamese: Translate) -> "Charts":
    from cchc.views.charts import Charts  # noqa: PLC0415  # only for reports that are laid out

    if form != "html":
        return Charts()
    from cchc.views.drawings import report_charts  # noqa: PLC0415

    return report_charts(outcome.report, outcome.courses, vietnamese)


def _outdated(outcome: ReportOutcome) -> str:
    old = outcome.paper.outdated
    assert old is not None  # noqa: S101  # asked by the caller
    message = mark(
        "the figures have changed since No {number} of {date} was issued: this is a draft (--amends {number})"
    )
    return _(message).format(number=old.number, date=old.date)


def suggested_name(outcome: ReportOutcome, form: str) -> str:
    """Return the file name that a report gets in a folder: with the mark of made-up figures."""
    mark_ = "-gia-dinh" if outcome.report.illustrative else ""
    return f"bao-cao-{outcome.report.period.label}{mark_}.{form}"


def _file(output: str, form: str, outcome: ReportOutcome) -> str:
    """Return the file to write: of a folder the one in it with the suggested name."""
    return str(Path(output) / suggested_name(outcome, form)) if output != "-" and Path(output).is_dir() else output
