"""What the package carries: templates of reports and the parts of a new workspace."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cchc.core.errors import WorldError
from cchc.texts import mark
from cchc.workspace import files

PACKAGE = Path(__file__).parents[1]
TEMPLATES = "templates"


class TemplateUnreadable(WorldError):
    """A template of the office cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            mark("{file} cannot be read: {reason}"),
            mark("Check the file, or delete it to use the default."),
            file=file,
            reason=reason,
        )


def packaged(file: str) -> str:
    """Return the text of a file of the package."""
    found = files.read(PACKAGE, file)
    if found.text is None:  # pragma: no cover  # the package was not installed whole
        raise FileNotFoundError(PACKAGE / file)
    return found.text


def templates(root: Path, names: Iterable[str]) -> Mapping[str, str]:
    """Return templates by name: the office's own where the workspace has one, else the package's."""
    return {name: _template(root, name) for name in names}


def _template(root: Path, name: str) -> str:
    file = f"{TEMPLATES}/{name}"
    if not files.exists(root, file):
        return packaged(file)
    found = files.read(root, file)
    if found.text is None:
        raise TemplateUnreadable(file, found.reason or found.code)
    return found.text
