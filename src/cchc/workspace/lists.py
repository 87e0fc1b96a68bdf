"""data/closed.yaml and data/reports.yaml: lists of records beside the figures."""

from collections import abc
from collections.abc import Callable

from cchc.core.diagnostics import Problem, in_file
from cchc.core.fields import Record
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import FileHead, IssuedReport
from cchc.workspace import decode, yamltree
from cchc.workspace.files import MAX_BYTES, Files
from cchc.workspace.yamltree import Document, Mapping, Sequence, is_absent

LISTS: abc.Mapping[str, tuple[str, type[Record]]] = {
    FILE_KINDS[kind].name: next(iter(FILE_KINDS[kind].lists.items())) for kind in ("closed", "reports")
}


def check(readable: Callable[[str], Document | None], source: Files, problems: list[Problem]) -> None:
    """Append every finding about the two lists that exist."""
    for name, (section, type_) in LISTS.items():
        file = f"data/{name}"
        if not source.exists(file):
            continue
        document = readable(file)
        if document is not None:
            problems.extend(_problems(document, section, type_))


def issued(source: Files) -> tuple[tuple[IssuedReport, ...], list[Problem]]:
    """Return the reports that data/reports.yaml lists, in its order, with what is wrong in it."""
    problems: list[Problem] = []
    file = "data/reports.yaml"
    if not source.exists(file):
        return (), problems
    read = source.read(file)
    if read.text is None:
        return (), [Problem(read.code, file, args={"reason": read.reason, "limit": MAX_BYTES, "file": file})]
    document = yamltree.parse(file, read.text)
    problems.extend(document.problems)
    if document.root is None:
        return (), problems
    section, type_ = LISTS["reports.yaml"]
    problems.extend(document.locate(problem) for problem in _problems(document, section, type_))
    entry = document.root.entries.get(section)
    nodes = entry.value.items if entry is not None and isinstance(entry.value, Sequence) else []
    records = (decode.record(IssuedReport, node)[0] for node in nodes)
    return tuple(record for record in records if record is not None), problems


def _problems(document: Document, section: str, type_: type[Record]) -> list[Problem]:
    assert document.root is not None  # noqa: S101  # `readable` gives documents with a tree
    file = document.file
    found = [
        in_file(file, decode.unknown_key((key,), ("format", section)))
        for key in document.root.entries
        if key not in {"format", section}
    ]
    head = Mapping(document.root.start, flow=document.root.flow)
    head.entries = {key: entry for key, entry in document.root.entries.items() if key == "format"}
    found += [in_file(file, finding) for finding in decode.record(FileHead, head)[1]]
    entry = document.root.entries.get(section)
    if entry is None or is_absent(entry.value):
        return found
    if not isinstance(entry.value, Sequence):
        return [*found, in_file(file, decode.wrong_shape((section,), "list"))]
    for index, node in enumerate(entry.value.items):
        _, findings = decode.record(type_, node)
        found += [in_file(file, finding, (section, index)) for finding in findings]
    return found
