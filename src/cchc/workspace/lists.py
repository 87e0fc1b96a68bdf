"""data/closed.yaml and data/reports.yaml: lists of records beside the figures."""

from collections import abc
from collections.abc import Callable, Iterator
from typing import TypeVar

from cchc.core.diagnostics import Problem, in_file
from cchc.core.fields import Record
from cchc.core.filekinds import FILE_KINDS
from cchc.core.model import Closing, FileHead, IssuedReport
from cchc.workspace import decode, files, yamltree
from cchc.workspace.files import MAX_BYTES, Files
from cchc.workspace.yamltree import Document, Mapping, Sequence, is_absent

R = TypeVar("R", bound=Record)

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
    return _records(source, "reports.yaml", IssuedReport)


def closed(source: Files) -> tuple[tuple[Closing, ...], list[Problem]]:
    """Return the closings that data/closed.yaml lists, in its order, with what is wrong in it."""
    return _records(source, "closed.yaml", Closing)


def closings_of(content: bytes) -> tuple[Closing, ...]:
    """Return the closings that a version of data/closed.yaml lists, those that can be read."""
    read = files.decoded("data/closed.yaml", content)
    document = yamltree.parse("data/closed.yaml", read.text or "")
    return tuple(_good(document, "closed", Closing))


def _good(document: Document, section: str, type_: type[R]) -> Iterator[R]:
    """Yield the good records of a list."""
    entry = document.root.entries.get(section) if document.root is not None else None
    for node in entry.value.items if entry is not None and isinstance(entry.value, Sequence) else []:
        found = decode.record(type_, node)[0]
        if found is not None:
            yield found


def _records(source: Files, name: str, type_: type[R]) -> tuple[tuple[R, ...], list[Problem]]:
    file = f"data/{name}"
    if not source.exists(file):
        return (), []
    read = source.read(file)
    if read.text is None:
        return (), [Problem(read.code, file, args={"reason": read.reason, "limit": MAX_BYTES, "file": file})]
    document = yamltree.parse(file, read.text)
    problems = list(document.problems)
    if document.root is None:
        return (), problems
    section, _ = LISTS[name]
    problems.extend(document.locate(problem) for problem in _problems(document, section, type_))
    return tuple(_good(document, section, type_)), problems


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
