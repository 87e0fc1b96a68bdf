"""A quick look at a workspace for those who only need names: nothing is checked, what cannot be read is left out.

It builds no records. Which text is an id is told by the parser of YAML all the same.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cchc.core.period_forms import parse_canonical
from cchc.core.periods import Period
from cchc.core.scalars import ID
from cchc.workspace import files, yamltree
from cchc.workspace.yamltree import Node

AREAS = "plan/areas"


class Named(NamedTuple):
    """An id of the plan with what it stands for."""

    id: str
    name: str


def indicators(root: Path) -> Iterator[Named]:
    """Yield indicators and statistics."""
    for file in _area_files(root):
        yield from _listed(_said(root, file), "indicators", "name")
    yield from _listed(_said(root, "plan/statistics.yaml"), "statistics", "name")


def tasks(root: Path) -> Iterator[Named]:
    """Yield the tasks of areas, solutions and duties."""
    for file in (*_area_files(root), "plan/solutions.yaml"):
        yield from _listed(_said(root, file), "tasks", "title")


def owners(root: Path) -> Iterator[Named]:
    """Yield the owners."""
    yield from _listed(_said(root, "plan/owners.yaml"), "owners", "name")


def areas(root: Path) -> Iterator[Named]:
    """Yield the areas."""
    for file in _area_files(root):
        said = _said(root, file)
        yield from _listed({"areas": [{**said, "id": said.get("area")}]}, "areas", "title")


def periods(root: Path) -> list[Period]:
    """Return the periods that have a file of figures, the newest first."""
    stems = (name.rpartition(".")[0] for name in files.names(root, "data"))
    found = (parse_canonical(stem) for stem in stems)
    return sorted((period for period in found if period is not None), key=lambda one: (-one.last, -one.first))


def month_starts_on(root: Path) -> int:
    """Return the day on which reporting months begin, 1 where the plan does not say."""
    calendar = _said(root, files.PLAN_FILE).get("calendar")
    day = calendar.get("month_starts_on") if isinstance(calendar, dict) else None
    return int(day) if isinstance(day, str) and day.isdecimal() else 1


def _area_files(root: Path) -> list[str]:
    return [f"{AREAS}/{name}" for name in files.names(root, AREAS)]


def _listed(said: Mapping[str, Any], section: str, called: str) -> Iterator[Named]:
    """Yield the entries of a section that have an id."""
    entries = said.get(section)
    for entry in entries if isinstance(entries, list) else ():
        id_, name = (entry.get("id"), entry.get(called)) if isinstance(entry, dict) else (None, None)
        if isinstance(id_, str) and ID.fullmatch(id_):
            yield Named(id_, " ".join(name.split()) if isinstance(name, str) else "")


def _said(root: Path, file: str) -> dict[str, Any]:
    """Return what a file says as dicts, lists and texts; nothing where it cannot be read."""
    text = files.read(root, file).text
    if text is None:
        return {}
    found = yamltree.values(text)
    if found is not None:
        return found
    tree = yamltree.parse(file, text).root
    return {} if tree is None else _plain(tree)


def _plain(node: Node) -> Any:
    match node:
        case yamltree.Mapping():
            return {key: _plain(entry.value) for key, entry in node.entries.items()}
        case yamltree.Sequence():
            return [_plain(item) for item in node.items]
        case _:
            return node.text
