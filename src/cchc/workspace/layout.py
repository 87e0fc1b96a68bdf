"""Where things stand in a text: lines, columns, and how far a node reaches with the comments that belong to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cchc.workspace.styles import STEP
from cchc.workspace.yamltree import Document, Entry, Mapping, Node, Scalar, Sequence, is_absent

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANKS = re.compile(r"[ \t]++(?!#)")
_COLON = re.compile(r"[ \t]*:")
_COMMA = re.compile(r"[ \t]*,")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


class Stuck(Exception):
    """The edit would disturb what stands around it; the splicer turns this into its refusal."""


@dataclass(frozen=True, slots=True)
class Place:
    """What holds a value: the stretch behind the key, and the whole lines below it."""

    head: int
    head_end: int
    body: int
    body_end: int


class Layout:
    """A document's text with the questions that edits ask of it."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.starts = document.line_starts
        self.default_step = _first_step(self, document.root) if document.root else STEP

    def line_start(self, offset: int) -> int:
        """Return where the line of the offset begins."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def next_line(self, offset: int) -> int:
        """Return where the line after that of the offset begins; the end of the text when there is none."""
        index = bisect_right(self.starts, offset)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def line_end(self, offset: int) -> int:
        """Return where the line of the offset ends, before its line end."""
        following = self.next_line(offset)
        return offset + len(self.text[offset:following].rstrip("\r\n"))

    def column(self, offset: int) -> int:
        """Return how many characters stand before the offset on its line."""
        return offset - self.line_start(offset)

    def line_break(self, offset: int) -> str:
        """Return the line end that is used around the offset."""
        before = self.text[:offset]
        found = _LINE_END.search(before, max(len(before) - 2, 0)) or _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def leads_line(self, offset: int) -> bool:
        """Whether only blanks stand before the offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def ends_line(self, offset: int) -> bool:
        """Whether only blanks or a comment stand after the offset on its line."""
        rest = self.text[offset : self.line_end(offset)].lstrip(" \t")
        return not rest or rest.startswith("#")

    def after_colon(self, entry: Entry) -> int | None:
        """Return the offset after the entry's colon; None for a key alone, which braces allow."""
        match = _COLON.match(self.text, entry.key.end)
        return match.end() if match else None

    def is_block_scalar(self, node: Node) -> bool:
        """Whether the node is a text in lines below `|` or `>`."""
        return isinstance(node, Scalar) and self.text[node.start : node.start + 1] in {"|", ">"} and not node.plain

    def block_header(self, node: Node) -> str:
        """Return the signs of a block scalar's header."""
        match = _BLOCK_HEADER.match(self.text, node.start)
        return match[0] if match else ""

    def node_end(self, node: Node) -> int:
        """Return where the node's last visible character ends; a block's own mark lies at what follows it."""
        match node:
            case Mapping(flow=False) if node.entries:
                return self.node_end(list(node.entries.values())[-1].value)
            case Sequence(flow=False) if node.items:
                return self.node_end(node.items[-1])
            case Scalar() if self.is_block_scalar(node):
                return self._block_scalar_end(node)
            case _:
                return node.end

    def _block_scalar_end(self, node: Scalar) -> int:
        source = self.text[node.start : node.end]
        if "+" in self.block_header(node):  # the blank lines below are part of the text
            return node.start + len(source.removesuffix("\n").removesuffix("\r"))
        return node.start + len(source.rstrip(" \t\r\n"))

    def entry_end(self, entry: Entry) -> int:
        """Return where an entry in braces ends, the blanks included that stand for a value."""
        if not is_absent(entry.value):
            return entry.value.end
        colon = self.after_colon(entry)
        return entry.key.end if colon is None else self._past_blanks(colon)

    def _past_blanks(self, offset: int) -> int:
        """Return where blanks end that lead to no comment; a comment keeps those before it."""
        match = _BLANKS.match(self.text, offset)
        return match.end() if match else offset

    def block_end(self, node: Node, column: int) -> int:
        """Return where the line after the node begins, behind the comments that are indented deeper than `column`."""
        end = offset = self.next_line(self.node_end(node))
        while offset < len(self.text):
            following = self.next_line(offset)
            comment = self.text[offset:following].find("#")
            if self.text[offset:following].lstrip(" \t").startswith("#") and comment > column:
                end = following
            elif self.text[offset:following].strip():
                break
            offset = following
        return end

    def comma(self, offset: int) -> int | None:
        """Return the offset after the comma that follows on the line, if one does."""
        match = _COMMA.match(self.text, offset)
        return match.end() if match else None

    def block_indent(self, entry: Entry) -> int:
        """Return by how much the lines of an entry's block scalar are indented."""
        node = entry.value
        lines = self.text[self.next_line(node.start) : node.end].splitlines()
        found = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), 0)
        return found or self.column(entry.key.start) + self.default_step

    def has_comment(self, node: Node, start: int, end: int) -> bool:
        """Whether a comment stands between two offsets around and inside the node."""
        gap = start
        for leaf in leaves(node):
            if start <= leaf.start < end:
                begin = self.line_end(leaf.start) if self.is_block_scalar(leaf) else leaf.start
                if "#" in self.text[gap:begin]:
                    return True
                gap = self.node_end(leaf)
        return "#" in self.text[gap:end]

    def step(self, mapping: Mapping) -> int:
        """Return by how much the entries of a mapping indent what stands below them, else what the file does."""
        return next(_steps(self, mapping), self.default_step)

    def place(self, entry: Entry, colon: int) -> Place:
        """Return what holds the value of an entry with its colon; Stuck where a comment would go with it."""
        node = entry.value
        if isinstance(node, Scalar):
            return self._scalar_place(node, colon)
        if node.flow:
            below = self.next_line(node.end)
            place = Place(node.start, node.end, below, below)
            region = (node.start, node.end)
        else:
            place = Place(colon, colon, self.next_line(colon), self.block_end(node, self.column(entry.key.start)))
            region = (place.body, place.body_end)
        if self.has_comment(node, *region):
            raise Stuck
        return place

    def _scalar_place(self, node: Scalar, colon: int) -> Place:
        if is_absent(node):
            return Place(colon, self._past_blanks(colon), self.next_line(colon), self.next_line(colon))
        if self.is_block_scalar(node):
            end = self.next_line(self.node_end(node))
            return Place(node.start, node.start + len(self.block_header(node)), self.next_line(node.start), end)
        return Place(node.start, node.end, self.next_line(node.end), self.next_line(node.end))


def leaves(node: Node) -> Iterator[Scalar]:
    """Yield the scalars of a node, keys too, in the order in which they stand."""
    match node:
        case Mapping():
            for entry in node.entries.values():
                yield entry.key
                yield from leaves(entry.value)
        case Sequence():
            for item in node.items:
                yield from leaves(item)
        case _:
            yield node


def _steps(layout: Layout, mapping: Mapping) -> Iterator[int]:
    """Yield the indentation below each entry of the mapping that holds a block mapping."""
    for entry in mapping.entries.values():
        match entry.value:
            case Mapping(flow=False) as below:
                yield layout.column(below.start) - layout.column(entry.key.start)


def _first_step(layout: Layout, root: Mapping) -> int:
    return next(_steps(layout, root), STEP)
