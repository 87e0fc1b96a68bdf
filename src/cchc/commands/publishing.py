"""`site`: the public pages of all periods with figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc.commands.opening import FilesHaveErrors, plan_of, revision_of, source_of
from cchc.core.course import Point, published_periods, whole_course
from cchc.core.diagnostics import Problem
from cchc.core.errors import WorldError
from cchc.core.model import Dataset
from cchc.core.paper import Revision
from cchc.core.periods import Period
from cchc.core.public import public
from cchc.texts import mark
from cchc.workspace import pages, resources
from cchc.workspace.load import load

TEMPLATES = ("site-frame.html.j2", "site-index.html.j2", "site-period.html.j2", "site-indicator.html.j2", "look.css")
LIST = ".cchc-site.json"


class NothingToPublish(WorldError):
    """There are no figures yet."""

    def __init__(self) -> None:
        super().__init__(mark("no figures are recorded yet"), mark("Enter the first with `cchc add-measure`."))


@dataclass(frozen=True, slots=True)
class Publication:
    """What the pages show: public data, the periods with figures in time order, the course of each indicator."""

    data: Dataset
    periods: tuple[Period, ...]
    courses: Mapping[str, tuple[Point, ...]]
    revision: Revision | None
    templates: Mapping[str, str]
    problems: tuple[Problem, ...]


def publication(root: Path, *, at: str | None = None, allow_problems: bool = False) -> Publication:
    """Return what is to be published of a workspace; refused while its files have errors, unless they are allowed."""
    source = source_of(root, at)
    loaded = load(source)
    plan = plan_of(loaded)
    bad = loaded.errors_in("data/")
    if bad and not allow_problems:
        raise FilesHaveErrors(bad, mark("Correct them, or publish without these entries: --allow-problems"))
    if loaded.data is None or not any(file.measurements for file in loaded.data.files.values()):
        raise NothingToPublish
    data = public(loaded.data)
    return Publication(
        data=data,
        periods=tuple(published_periods(data)),
        courses={key: whole_course(data, entry) for key, entry in plan.measured.items()},
        revision=revision_of(root, source, at),
        templates=resources.templates(source, TEMPLATES),
        problems=tuple(bad),
    )


def write(folder: Path, contents: Mapping[str, str]) -> None:
    """Write the pages into a folder; those of the last time that are no longer made go."""
    pages.save_all(folder, contents, LIST)
