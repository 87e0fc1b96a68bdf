"""`form` at the terminal: from the period that was asked for to the workbook that is put out."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cchc.cli import session
from cchc.cli.options import _
from cchc.cli.reporting import BinaryAtTerminal
from cchc.commands.forming import form
from cchc.core.entryform import EntryForm
from cchc.core.errors import WorldError
from cchc.core.results import Selection
from cchc.texts import Language, mark, translator
from cchc.views.formsheets import form_workbook

FORM = "xlsx"


class FormThere(WorldError):
    """A file is there already; somebody may have filled it in."""

    def __init__(self, file: str) -> None:
        super().__init__(
            mark("{file} is there already, and may have been filled in"),
            mark("Name another file, or make it anew: --replace"),
            file=file,
        )


def put_form(
    root: Path, period: str, selection: Selection, output: str, today: date, *, replace: bool
) -> Iterator[str]:
    """Write the form of a period to where it was asked for, and yield what is to be said."""
    in_folder = output != "-" and Path(output).is_dir()
    if output != "-" and not in_folder and not output.lower().endswith(f".{FORM}"):
        raise session.NoSuchChoice("-o", Path(output).suffix or output, (f".{FORM}",))
    made = form(root, period, selection, today)
    if output == "-" and session.is_terminal(sys.stdout):
        raise BinaryAtTerminal(FORM, suggested_name(made))
    file = str(Path(output) / suggested_name(made)) if in_folder else output
    if file != "-" and Path(file).exists() and not replace:
        raise FormThere(file)
    session.put(form_workbook(made, translator(Language.VIETNAMESE)), file)
    if made.closed is not None:
        message = mark("{period} was closed on {on}: new figures are only taken with a document")
        yield _(message).format(period=made.closed.period, on=made.closed.on)
    if file != "-":
        yield _(mark("written: {file} ({count} figures)")).format(file=file, count=len(made.rows))


def suggested_name(made: EntryForm) -> str:
    """Return the file name that a form gets in a folder."""
    parts = (made.period.label, made.selection.area, made.selection.owner, "gia-dinh" if made.illustrative else None)
    return f"bieu-nhap-{'-'.join(filter(None, parts))}.{FORM}"
