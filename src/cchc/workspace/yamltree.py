"""YAML text to a tree of nodes with their places; the only door to PyYAML.

The tree is built from libyaml's events; scalars stay text. What we do not use of YAML (anchors, tags, merge keys,
several documents) is a problem with its place. Offsets count characters from the text's beginning, after the byte order
mark.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forget it

from cchc.core.diagnostics import At, KeyPath, Problem, Span, Word
from cchc.core.scalars import UNSEEN, nfc
from cchc.texts import mark

MAX_DEPTH = 32
MAX_NODES = 20_000  # ten times the largest file of a plan; what a file may cost in time and memory follows from it
MAX_QUICK = 1 << 18  # characters of a text that is read without counting its nodes
MAX_SCANNED = 1_000  # findings about signs that no parser needs to see
BOM = "\ufeff"

_LINE_END = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile(f"[{UNSEEN}]")
_CONFLICT = re.compile(r"(?:^|(?<=[\r\n]))(?:<{7}|>{7})(?: [^\r\n]*)?(?=[\r\n]|$)")
_TAB_INDENT = re.compile(r"(?:^|(?<=[\r\n]))[ ]*\t")
_NULLS = frozenset({"~", "null", "Null", "NULL"})


class Scalar:
    """A scalar's text and where it stands; `plain` means written without quotes or block style."""

    __slots__ = ("end", "plain", "start", "text")

    def __init__(self, text: str, start: int, end: int, plain: bool) -> None:  # noqa: FBT001  # made for every word
        self.text = text
        self.start = start
        self.end = end
        self.plain = plain


class Entry:
    """A key of a mapping with its value; few keys are ever asked where they stand, so `key` is made when asked."""

    __slots__ = ("_end", "_plain", "_start", "_text", "value")

    def __init__(self, text: str, start: int, end: int, plain: bool, value: "Node") -> None:  # noqa: FBT001  # as above
        self._text = text
        self._start = start
        self._end = end
        self._plain = plain
        self.value = value

    @property
    def key(self) -> Scalar:
        """The key's scalar."""
        return Scalar(self._text, self._start, self._end, self._plain)


class Mapping:
    """The entries of a mapping by key (NFC), in the order in which they stand; of a key that stands twice the first."""

    __slots__ = ("end", "entries", "flow", "start")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.start = start
        self.end = start
        self.flow = flow
        self.entries: dict[str, Entry] = {}


class Sequence:
    """The items of a sequence."""

    __slots__ = ("end", "flow", "items", "start")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.start = start
        self.end = start
        self.flow = flow
        self.items: list[Node] = []


Node = Scalar | Mapping | Sequence
Args = dict[str, object]


@dataclass(frozen=True)
class Document:
    """A file's text, parsed when its tree is first asked for.

    `root` is None when the text could not be parsed to the end; `problems` say why.
    """

    file: str
    text: str
    bom: bool = False
    refused: bool = False  # its format is not ours: there is no tree

    @property
    def root(self) -> Mapping | None:
        """The tree."""
        return self._parsed[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the text as YAML."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[Mapping | None, tuple[Problem, ...]]:
        scanned = () if self.refused else tuple(_scan(self))
        if scanned or self.refused:
            return None, scanned
        builder = _Builder(self)
        return builder.build(), tuple(builder.problems)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; lines end at LF, CRLF and CR only."""
        return line_starts(self.text)

    @property
    def original(self) -> str:
        """The text as it stands in the file, with its byte order mark."""
        return BOM + self.text if self.bom else self.text

    def span(self, start: int, end: int) -> Span:
        """Return lines and columns of two offsets, a span without width made one character wide."""
        line, column = self._position(start)
        end_line, end_column = self._position(max(end, start + 1) if end <= len(self.text) else end)
        return Span(line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (from 1) without its end; the same one each time, since a line may be long."""
        if number not in self._lines:
            starts = self.line_starts
            end = starts[number] if number < len(starts) else len(self.text)
            self._lines[number] = self.text[starts[number - 1] : end].rstrip("\r\n")
        return self._lines[number]

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its span and source line; a place already known stays."""
        if problem.span is not None or self.root is None:
            return problem
        start, end = place(self.root, problem.path, problem.at)
        span = self.span(start, end)
        return Problem(
            problem.code, problem.file, problem.path, problem.at, problem.args, span, (self.line(span.line),)
        )


def line_starts(text: str) -> list[int]:
    """Return the offsets at which lines begin."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def place(root: Node, path: KeyPath, at: At) -> tuple[int, int]:
    """Return start and end offset of what a key path names: its value, or its key.

    Where the path goes on past what is written (a missing key), the deepest that is written is meant: its key, or the
    item of a list.
    """
    node, key = root, None
    for step in path:
        following = _child(node, step)
        if following is None:
            return _extent(node) if key is None else (key.start, key.end)
        entry_key, node = following
        key = entry_key
    if key is not None and (at is At.KEY or is_absent(node)):
        return key.start, key.end
    return _extent(node)


def _child(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    match node, step:
        case Mapping(), str():
            entry = node.entries.get(step)
            return (entry.key, entry.value) if entry else None
        case Sequence(), int() if step < len(node.items):
            return None, node.items[step]
        case _:
            return None


def _extent(node: Node) -> tuple[int, int]:
    """Return the offsets of a node; of a block collection only its first key or item, which points well enough."""
    while True:
        match node:
            case Mapping(flow=False) if node.entries:
                first = next(iter(node.entries.values())).key
                return first.start, first.end
            case Sequence(flow=False) if node.items:
                node = node.items[0]
            case _:
                return node.start, node.end


def parse(file: str, text: str) -> Document:
    """Return the document of a file's text; neither this nor its tree raises for what the text holds."""
    bom = text.startswith(BOM)
    return Document(file, text.removeprefix(BOM), bom)


def _problem(document: Document, code: str, start: int, end: int, args: Args) -> Problem:
    span = document.span(start, end)
    return Problem(code, document.file, (), At.VALUE, args, span, (document.line(span.line),))


def _scan(document: Document) -> list[Problem]:
    """Return the problems of the text that no YAML parser needs to see."""
    found = [
        _problem(document, "E003", match.start(), match.end(), {"character": f"U+{ord(match[0]):04X}"})
        for match in islice(_FORBIDDEN.finditer(document.text), MAX_SCANNED)
    ]
    conflicts = islice(_conflict_starts(document.text), MAX_SCANNED)
    return found + [_problem(document, "E108", match.start(), match.end(), {}) for match in conflicts]


def _conflict_starts(text: str) -> Iterator[re.Match[str]]:
    """Yield the markers at which conflicts begin; one that lost its beginning, at its end."""
    sign = "<" if "<<<<<<<" in text else ">"
    if sign * 7 not in text:  # nearly every text: looking for lines costs more
        return iter(())
    return (match for match in _CONFLICT.finditer(text) if match[0].startswith(sign))


def values(text: str) -> dict[str, Any] | None:
    """Return what a text says as dicts, lists and texts, or None when anything in it needs a look at the tree.

    It takes half the time of the tree. Nothing is decided here: a sign that may be more than text, a key twice, a value
    that is missing or null, an error of syntax all send the reader to the tree and its problems.
    """
    if (
        len(text) > MAX_QUICK
        or text.startswith("%")
        or _FORBIDDEN.search(text)
        or any(sign in text for sign in _SECOND_LOOK)
    ):
        return None
    following: Callable[[], Any] = CParser(text).get_event
    try:
        following()  # the stream begins
        following()  # the document begins
        if type(following()) is not _MAPPING_START:
            return None
        found = _quick_mapping(following, 1)
        following()  # the document ends
        return found if type(following()) is yaml.StreamEndEvent else None
    except (yaml.YAMLError, _Stopped):
        return None


_SECOND_LOOK = ("&", "*", "!", "\n%", "\r%", "\t", "<<", ">>>>>>>")  # anchors, tags, directives, merge keys, conflicts


def _quick_mapping(following: Callable[[], Any], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while True:
        event = following()
        if type(event) is not _SCALAR:
            if type(event) is _MAPPING_END:
                return found
            raise _Stopped
        key = event.value
        if not key or key in found or not key.isascii():
            raise _Stopped
        event = following()
        if type(event) is not _SCALAR:
            found[key] = _quick_collection(following, event, depth)
            continue
        value = found[key] = event.value
        if value in _ABSENT and not event.style:
            raise _Stopped


def _quick_collection(following: Callable[[], Any], event: Any, depth: int) -> Any:
    if depth >= MAX_DEPTH:
        raise _Stopped
    if type(event) is _MAPPING_START:
        return _quick_mapping(following, depth + 1)
    items = []
    while True:
        event = following()
        if type(event) is _SCALAR:
            if event.value in _ABSENT and not event.style:
                raise _Stopped
            items.append(event.value)
        elif type(event) is _SEQUENCE_END:
            return items
        else:
            items.append(_quick_collection(following, event, depth + 1))


_ABSENT = frozenset({"", *_NULLS})
_NODE: Any = yaml.NodeEvent
_SCALAR: Any = yaml.ScalarEvent  # as values of type Any: the stubs give every mark as optional
_ALIAS: Any = yaml.AliasEvent
_MAPPING_START: Any = yaml.MappingStartEvent
_MAPPING_END: Any = yaml.MappingEndEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_NO_KEYS = frozenset({"", "<<"})


class _Stopped(Exception):  # it ends the walk, it is no error
    """The tree cannot be built further."""


class _Builder:
    """Builds one document's tree from events, collecting problems."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self._next: Callable[[], Any] = self._counted(CParser(document.text).get_event)

    def _counted(self, following: Callable[[], Any]) -> Callable[[], Any]:
        """Return the parser's events, of a long text only as many as a file may have: short ones cannot have more."""
        if len(self.document.text) <= MAX_NODES:
            return following
        left = iter(range(MAX_NODES))

        def counted() -> Any:
            marked = following()
            if isinstance(marked, _NODE) and next(left, None) is None:
                self.problems.clear()  # one finding says it all
                start = marked.start_mark.index
                self._add("E010", start, start + 1, limit=MAX_NODES)
                raise _Stopped
            return marked

        return counted

    def build(self) -> Mapping | None:
        """Return the root mapping, or None when the text stops being YAML somewhere."""
        try:
            root = self._document()
        except yaml.YAMLError as error:
            self._syntax(error)
            return None
        except _Stopped:
            return None
        self._tabs(root)
        if isinstance(root, Mapping):
            return root
        if root is None or is_absent(root):
            self._add("E111", 0, 0)
        else:
            self._add("E204", root.start, root.start + 1, expected=Word(mark("a mapping (key: value)")))
        return None

    def _add(self, code: str, start: int, end: int, **args: object) -> None:
        self.problems.append(_problem(self.document, code, start, end, args))

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        offset = min(mark.index, len(self.document.text)) if mark is not None else 0
        line, _ = self.document._position(offset)  # noqa: SLF001  # the builder is part of the document's module
        if _TAB_INDENT.match(self.document.line(line)):
            start = self.document.line_starts[line - 1] + self.document.line(line).index("\t")
            self._add("E107", start, start + 1)
            return
        self._add("E101", offset, offset + 1, reason=str(getattr(error, "problem", None) or error))

    def _document(self) -> Node | None:
        following = self._next
        following()  # the stream begins
        event = following()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        self._directives(event)
        root = self._node(following(), 1)
        following()  # the document ends
        event = following()
        if not isinstance(event, yaml.StreamEndEvent):
            start = event.start_mark.index
            self._add("E106", start, start + 3)
        return root

    def _directives(self, event: Any) -> None:
        if getattr(event, "version", None) or getattr(event, "tags", None):
            self._add("E112", 0, 1)

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is _SCALAR and event.anchor is None and event.tag is None:  # nearly every event: the shortest way
            return Scalar(event.value, event.start_mark.index, event.end_mark.index, not event.style)
        if kind is _ALIAS:
            self._add("E103", event.start_mark.index, event.end_mark.index)
            return Scalar(f"*{event.anchor}", event.start_mark.index, event.end_mark.index, False)  # noqa: FBT003
        if event.anchor is not None:
            self._add("E103", event.start_mark.index, event.start_mark.index + 1 + len(event.anchor))
        if event.tag is not None:
            self._add("E104", event.start_mark.index, event.start_mark.index + 1)
        if kind is _SCALAR:
            return Scalar(event.value, event.start_mark.index, event.end_mark.index, not event.style)
        if depth > MAX_DEPTH:
            self._add("E109", event.start_mark.index, event.start_mark.index + 1, limit=MAX_DEPTH)
            raise _Stopped
        return self._mapping(event, depth) if kind is _MAPPING_START else self._sequence(event, depth)

    def _mapping(self, event: Any, depth: int) -> Mapping:
        mapping = Mapping(event.start_mark.index, flow=bool(event.flow_style))
        entries = mapping.entries
        following = self._next
        while True:
            event = following()
            if type(event) is _MAPPING_END:
                mapping.end = event.end_mark.index
                return mapping
            if type(event) is not _SCALAR or event.anchor or event.tag or event.value in _NO_KEYS:
                event = self._strange_key(event, depth)
            value = self._node(following(), depth + 1)
            if event is None:
                continue
            entry = Entry(event.value, event.start_mark.index, event.end_mark.index, not event.style, value)
            name = nfc(event.value)
            if name in entries:
                self._twice(entries[name].key, entry.key)
            else:
                entries[name] = entry

    def _strange_key(self, event: Any, depth: int) -> Any:
        """Return the event of a key that may stand in spite of what is said of it, or None."""
        key = self._node(event, depth + 1)
        if isinstance(key, Scalar) and not (key.plain and key.text in _NO_KEYS) and type(event) is _SCALAR:
            return event
        merge = isinstance(key, Scalar) and key.text == "<<"
        self._add("E105" if merge else "E110", key.start, key.end if merge else key.start + 1)
        return None

    def _twice(self, first: Scalar, second: Scalar) -> None:
        line = self.document.span(first.start, first.end).line
        self._add("E102", second.start, second.end, key=second.text, line=line)

    def _sequence(self, event: Any, depth: int) -> Sequence:
        sequence = Sequence(event.start_mark.index, flow=bool(event.flow_style))
        following = self._next
        while True:
            event = following()
            if type(event) is _SEQUENCE_END:
                sequence.end = event.end_mark.index
                return sequence
            sequence.items.append(self._node(event, depth + 1))

    def _tabs(self, root: Node | None) -> None:
        """Report tabs in indentation that libyaml let pass; inside a scalar a tab is text."""
        if "\t" not in self.document.text or root is None:
            return
        spans = [(scalar.start, scalar.end) for scalar in _scalars(root)]
        for match in _TAB_INDENT.finditer(self.document.text):
            if not any(start < match.end() <= end for start, end in spans):
                self._add("E107", match.end() - 1, match.end())


def _scalars(node: Node) -> Iterator[Scalar]:
    """Yield the values of a tree, without its keys."""
    match node:
        case Mapping():
            for entry in node.entries.values():
                yield from _scalars(entry.value)
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case _:
            yield node


def is_null(node: Scalar) -> bool:
    """Whether a plain scalar spells null."""
    return node.plain and node.text in _NULLS


def is_absent(node: Node) -> bool:
    """Whether nothing stands after the key: an optional key is then absent."""
    return isinstance(node, Scalar) and node.plain and not node.text
