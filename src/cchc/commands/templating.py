"""`template`: which templates there are, the defaults to begin with, and whether the office's own are good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc.core.diagnostics import nearest
from cchc.core.errors import UsageError, WorldError
from cchc.texts import mark
from cchc.workspace import files, resources, writing
from cchc.workspace.files import Disk

TEMPLATES: Mapping[str, str] = {
    "report.md.j2": mark("the report as Markdown"),
    "report.html.j2": mark("the report as a web page, and on paper"),
    "report.docx": mark("the report as a Word document"),
    "look.css": mark("the look of web pages: report and public pages"),
    "diff.md.j2": mark("what changed, as a comment for reviewers"),
    "diff.html.j2": mark("what changed, as a web page"),
    "audit.md.j2": mark("the inspector's page"),
    "status.md.j2": mark("the dashboard, to be pasted into a chat"),
    "slip.md.j2": mark("the sheet that an owner signs, as Markdown"),
    "slip.html.j2": mark("the sheet that an owner signs, to be printed"),
    "slip.docx": mark("the sheet that an owner signs, as a Word document"),
    "site-frame.html.j2": mark("what all public pages have in common"),
    "site-index.html.j2": mark("the first public page"),
    "site-period.html.j2": mark("the public page of a period"),
    "site-indicator.html.j2": mark("the public page of an indicator"),
}


class NoSuchTemplate(UsageError):
    """A name that no template has."""

    def __init__(self, name: str) -> None:
        close = nearest(name, TEMPLATES)
        remedy = mark("Did you mean: {nearest}?") if close else mark("`cchc template list` shows the templates.")
        super().__init__(mark("there is no template “{name}”"), remedy, name=name, nearest=close)


class OwnTemplate(WorldError):
    """The office has changed a template; it is not overwritten unasked."""

    def __init__(self, file: str) -> None:
        super().__init__(
            mark("{file} is there already and differs from the default"),
            mark("To begin anew with the default: --replace. To look at it: -o FILE."),
            file=file,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A template: its name, what it is for, and whether the workspace has its own, equal to the default or not."""

    name: str
    about: str
    own: bool
    changed: bool


def listed(root: Path) -> tuple[Listed, ...]:
    """Return the templates."""
    return tuple(_listed(root, name, about) for name, about in TEMPLATES.items())


def _listed(root: Path, name: str, about: str) -> Listed:
    standing = files.content(root, _file(name))
    return Listed(name, about, own=standing is not None, changed=standing not in {None, default(name)})


def _file(name: str) -> str:
    return f"{resources.TEMPLATES}/{name}"


def default(name: str) -> bytes:
    """Return the package's template of that name."""
    if name not in TEMPLATES:
        raise NoSuchTemplate(name)
    return files.content(resources.PACKAGE, _file(name)) or b""


def export(root: Path, names: Sequence[str], *, replace: bool) -> tuple[str, ...]:
    """Write default templates into the workspace, all without names, and return the files that were written."""
    contents = {name: default(name) for name in names or TEMPLATES}
    known = {entry.name: entry for entry in listed(root)}
    for name in contents:
        if known[name].changed and not replace:
            raise OwnTemplate(_file(name))
    missing = [name for name in contents if known[name].changed or not known[name].own]
    with writing.locked(root):
        for name in missing:
            writing.save(root / _file(name), contents[name], folder=True)
    return tuple(_file(name) for name in missing)


def to_check(root: Path, named: Sequence[str]) -> Iterator[tuple[str, str, str | bytes]]:
    """Yield name, file and content of the templates to check: those of the workspace, or files that are named.

    A named file counts as the template whose name it has, or whose ending.
    """
    for file in named:
        name = _meant(file)
        yield name, file, resources.named_template(file, binary=name.endswith(".docx"))
    if not named:
        for entry in listed(root):
            if entry.own:
                path = str(root / _file(entry.name))
                yield entry.name, _file(entry.name), resources.named_template(path, binary=entry.name.endswith(".docx"))


def _meant(file: str) -> str:
    """Return the template that a file stands for, by its whole name, else by its ending."""
    name = Path(file).name
    if name in TEMPLATES:
        return name
    for ending, meant in ((".docx", "report.docx"), (".md.j2", "report.md.j2"), (".html.j2", "report.html.j2")):
        if name.endswith(ending):
            return meant
    raise NoSuchTemplate(name)


def all_texts(root: Path) -> Mapping[str, str]:
    """Return every text template by name, the workspace's own before the package's."""
    return resources.templates(Disk(root), [name for name in TEMPLATES if not name.endswith(".docx")])
