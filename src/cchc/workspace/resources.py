"""What the package carries: templates of reports and the parts of a new workspace."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cchc.core.diagnostics import Word
from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files
from cchc.workspace.files import Files

PACKAGE = Path(__file__).parents[1]
TEMPLATES = "templates"
WORD_REPORT, WORD_SLIP = WORD = ("report.docx", "slip.docx")


class TemplateUnreadable(WorldError):
    """A template of the office cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            mark("{file} cannot be read: {reason}"),
            mark("Check the file, or delete it to use the default."),
            file=file,
            reason=reason,
        )


class NoTemplate(WorldError):
    """A template that was named is not there, or cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            mark("the template {file} cannot be read: {reason}"),
            mark("`cchc template list` shows the templates; `cchc template export` writes a default to begin with."),
            file=file,
            reason=Word(reason),
        )


def named_template(file: str, *, binary: bool) -> str | bytes:
    """Return a template that was named on the command line: text, or a Word document."""
    path = Path(file)
    if binary:
        content = files.content(path.parent, path.name)
        if content is None:
            raise NoTemplate(file, mark("there is no such file"))
        return content
    found = files.read(path.parent, path.name)
    if found.text is None:
        reason = mark("there is no such file") if found.code == files.MISSING else found.reason
        raise NoTemplate(file, reason or mark("it is not a text in UTF-8"))
    return found.text


def packaged(file: str) -> str:
    """Return the text of a file of the package."""
    found = files.read(PACKAGE, file)
    if found.text is None:  # pragma: no cover  # the package was not installed whole
        raise FileNotFoundError(PACKAGE / file)
    return found.text


def templates(source: Files, names: Iterable[str]) -> Mapping[str, str]:
    """Return templates by name: the office's own where the workspace has one, else the package's."""
    return {name: _template(source, name) for name in names}


def _template(source: Files, name: str) -> str:
    file = f"{TEMPLATES}/{name}"
    if not source.exists(file):
        return packaged(file)
    found = source.read(file)
    if found.text is None:
        raise TemplateUnreadable(file, found.reason or found.code)
    return found.text


def word_template(source: Files, name: str) -> bytes:
    """Return the template of a Word document: the office's own where the workspace has one, else the package's."""
    file = f"{TEMPLATES}/{name}"
    if source.exists(file):
        found = source.content(file)
        if found is None:
            raise TemplateUnreadable(file, "")
        return found
    return files.content(PACKAGE, file) or b""
