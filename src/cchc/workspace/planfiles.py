"""The trees of plan/ to a draft of the plan: every record with its place, and every finding about its form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from cchc.core import imports, model, scalars
from cchc.core.diagnostics import KeyPath, Placed, Problem, in_file
from cchc.core.draft import Draft
from cchc.core.fields import Kind, Record, Shape
from cchc.core.filekinds import FILE_KINDS
from cchc.core.imports import ImportFile
from cchc.core.model import Plan
from cchc.core.scalars import Unfit
from cchc.workspace import decode
from cchc.workspace.yamltree import Document, Mapping, Node, Scalar, Sequence, is_absent

R = TypeVar("R", bound=Record)


@dataclass
class _Reader:
    """One file of the plan being read: what is found goes into `problems`."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)  # ids of records that could not be read

    def head(self, type_: type[R], sections: Iterable[str] = ()) -> Placed[R] | None:
        """Return the record of the root's keys but for the sections, which are known keys too."""
        root = self.document.root or Mapping(0, flow=False)
        self._unknown_keys(root, (*decode.keys(type_), *sections))
        own = Mapping(root.start, flow=root.flow)
        own.entries = {key: entry for key, entry in root.entries.items() if key in decode.keys(type_)}
        return self._placed(type_, own, (), None)

    def _unknown_keys(self, root: Mapping, known: tuple[str, ...]) -> None:
        for key in root.entries:
            if key not in known:
                self.problems.append(in_file(self.document.file, decode.unknown_key((key,), known)))

    def records(
        self, section: str, type_: type[R], context: Callable[[Mapping], object] = lambda _: None
    ) -> Iterator[Placed[R]]:
        """Yield the good records of a list in the root."""
        for index, node in enumerate(self._items(section)):
            path = (section, index)
            if not isinstance(node, Mapping):
                self.problems.append(in_file(self.document.file, decode.wrong_shape((), "mapping"), path))
                continue
            placed = self._placed(type_, node, path, context(node))
            if placed is not None:
                yield placed

    def text(self, key: str) -> str:
        """Return the text of a key in the root, empty without one."""
        return _text(self.document.root or Mapping(0, flow=False), key)

    def _items(self, section: str) -> list[Node]:
        entry = self.document.root.entries.get(section) if self.document.root else None
        if entry is None or is_absent(entry.value):
            return []
        if isinstance(entry.value, Sequence):
            return entry.value.items
        self.problems.append(in_file(self.document.file, decode.wrong_shape((section,), "list")))
        return []

    def _placed(self, type_: type[R], node: Mapping, path: KeyPath, context: object) -> Placed[R] | None:
        found, findings = decode.record(type_, node, context)
        self.problems.extend(in_file(self.document.file, finding, path) for finding in findings)
        if found is None:
            self.broken.add(_text(node, "id"))
            return None
        return Placed(found, self.document.file, path)


def read_plan(document: Document, draft: Draft) -> None:
    """Read plan/plan.yaml."""
    reader = _Reader(document)
    draft.head = reader.head(model.PlanFile)
    _finish(reader, draft)


def read_owners(document: Document, draft: Draft) -> None:
    """Read plan/owners.yaml."""
    reader = _Reader(document)
    reader.head(model.FileHead, FILE_KINDS["owners"].lists)
    draft.owners.extend(reader.records("owners", model.Owner))
    _finish(reader, draft)


def read_area(document: Document, draft: Draft) -> None:
    """Read a file of plan/areas/: entries take the area's id, and its owner where they name none."""
    reader = _Reader(document)
    head = reader.head(model.AreaHead, FILE_KINDS["area"].lists)
    indicators = list(reader.records("indicators", model.Indicator, _shape))
    tasks = list(reader.records("tasks", model.Task))
    if head is not None:
        draft.areas.append(head)
        draft.indicators.extend(_in_area(entry, head.record) for entry in indicators)
        draft.tasks.extend(_in_area(entry, head.record) for entry in tasks)
    else:
        reader.broken |= {entry.record.id for entry in indicators} | {entry.record.id for entry in tasks}
        reader.broken.add(reader.text("area"))
    _finish(reader, draft)


def read_solutions(document: Document, draft: Draft) -> None:
    """Read plan/solutions.yaml."""
    reader = _Reader(document)
    reader.head(model.FileHead, FILE_KINDS["solutions"].lists)
    draft.solutions.extend(reader.records("tasks", model.Task))
    draft.funding.extend(reader.records("funding", model.Funding))
    _finish(reader, draft)


def read_statistics(document: Document, draft: Draft) -> None:
    """Read plan/statistics.yaml."""
    reader = _Reader(document)
    reader.head(model.FileHead, FILE_KINDS["statistics"].lists)
    draft.statistics.extend(reader.records("statistics", model.Indicator, _shape))
    draft.identities.extend(reader.records("identities", model.Identity))
    _finish(reader, draft)


def read_import(document: Document, plan: Plan) -> tuple[ImportFile | None, list[Problem]]:
    """Return what a file of plan/imports/ says, or None, and everything that is wrong with it."""
    reader = _Reader(document)
    head = reader.head(imports.ImportHead, FILE_KINDS["import"].lists)
    figures = tuple(reader.records("figures", imports.ImportFigure))
    problems = reader.problems
    if head is not None and not problems:
        problems.extend(imports.check(plan, head, figures))
    if head is None or problems:
        return None, problems
    return ImportFile(head.record, tuple(figure.record for figure in figures)), []


def _finish(reader: _Reader, draft: Draft) -> None:
    draft.problems.extend(reader.problems)
    draft.broken |= reader.broken


E_ = TypeVar("E_", model.Indicator, model.Task)


def _in_area(entry: Placed[E_], head: model.AreaHead) -> Placed[E_]:
    owner = entry.record.owner or head.owner
    return Placed(entry.record.model_copy(update={"area": head.area, "owner": owner}), entry.file, entry.path)


def _text(node: Mapping, key: str) -> str:
    entry = node.entries.get(key)
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _shape(node: Mapping) -> Shape:
    """Return how the figures of an indicator's node are typed; a kind that is wrong is said elsewhere."""
    entry = node.entries.get("scale")
    items = entry.value.items if entry and isinstance(entry.value, Sequence) else []
    scale = tuple(scalars.nfc(item.text) for item in items if isinstance(item, Scalar))
    try:
        kind = Kind(scalars.parse_choice(_text(node, "kind"), list(Kind)))
    except Unfit:
        kind = Kind.NUMBER
    return Shape(kind, scale=scale)
