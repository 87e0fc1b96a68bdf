"""A text cut along the entries of its tree: whole lines, with the comments that belong to each entry.

Put together again the pieces are the text. Only what stands on lines of its own can be cut so.
"""

from collections.abc import Mapping as Map
from collections.abc import Sequence as Items
from dataclasses import dataclass

from cchc.workspace import threeway
from cchc.workspace.layout import Layout, leaves
from cchc.workspace.patch import tree
from cchc.workspace.threeway import LISTS, Key
from cchc.workspace.yamltree import Mapping, Node, Sequence, is_absent


@dataclass(frozen=True, slots=True)
class Chunk:
    """An entry: its lines from `start` on (`body`), and the blank lines and comments above them (`lead`).

    `inner` is where the lines below its key begin; an item of a list has no key, and its first field stands there.
    """

    lead: str
    body: str
    start: int
    inner: int
    node: Node

    @property
    def dashed(self) -> bool:
        """Whether it is an item of a list."""
        return 0 < self.start == self.inner


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a collection: its own line, its entries by what names them, and what stands below the last."""

    head: str
    chunks: Map[Key, Chunk]
    tail: str
    column: int


def whole(layout: Layout, root: Mapping) -> Chunk:
    """Return a text as the one chunk that holds its tree."""
    return Chunk("", layout.text, 0, 0, root)


def parts(layout: Layout, chunk: Chunk, section: Key | None = None) -> Parts | None:
    """Return the parts of what stands in a chunk, None where it is not written in lines.

    `section` is the list that a sequence is. Unclear where its items have no names.
    """
    match chunk.node:
        case Mapping(flow=False) as node if node.entries:
            starts = [entry.key.start for entry in node.entries.values()]
            inners = [layout.next_line(entry.key.end) for entry in node.entries.values()]
            values = [entry.value for entry in node.entries.values()]
            cut = _Cut(list(node.entries), starts, inners, values, layout.column(starts[0]))
            return cut.parts(layout, chunk) if all(map(layout.leads_line, starts[chunk.dashed :])) else None
        case Sequence(flow=False) as node if node.items and section in LISTS:
            starts = [item.start for item in node.items]
            lines = [layout.line_start(start) for start in starts]
            dashes = {layout.text[line:start].find("-") for line, start in zip(lines, starts, strict=True)}
            cut = _Cut(threeway.names(str(section), tree(node)), starts, lines, node.items, max(dashes))
            return cut.parts(layout, chunk) if len(dashes) == 1 and min(dashes) >= 0 else None
        case _:
            return None


def bare(layout: Layout, chunk: Chunk) -> Parts | None:
    """Return the parts of a section in which nothing stands, as they are once entries stand below; else None."""
    head, node, rest = layout.text[chunk.start : chunk.inner], chunk.node, chunk.body[chunk.inner - chunk.start :]
    if is_absent(node):
        return Parts(head, {}, rest, 0)
    if any(leaves(node)) or node.end > chunk.inner:
        return None
    return Parts(layout.text[chunk.start : node.start].rstrip(" ") + layout.text[node.end : chunk.inner], {}, rest, 0)


def said(chunk: Chunk | None, section: Key | None = None) -> Parts:
    """Return the parts of what stands in no lines of its own: what each says, without its text."""
    found: Map[Key, Node] = {}
    match chunk.node if chunk else None:
        case Mapping() as node:
            found = {key: entry.value for key, entry in node.entries.items()}
        case Sequence() as node:
            found = dict(zip(threeway.names(str(section), tree(node)), node.items, strict=True))
    return Parts("", {key: Chunk("", "", 0, 0, value) for key, value in found.items()}, "", 0)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where the entries of a collection stand."""

    names: Items[Key]
    starts: Items[int]
    inners: Items[int]
    values: Items[Node]
    column: int

    def parts(self, layout: Layout, chunk: Chunk) -> Parts:
        """Return the parts; everything between two entries leads the second, but for its deeper comments."""
        above = chunk.inner
        found: dict[Key, Chunk] = {}
        for name, start, inner, value in zip(self.names, self.starts, self.inners, self.values, strict=True):
            line = layout.line_start(start)
            end = layout.block_end(value, self.column)
            found[name] = Chunk(layout.text[above:line], layout.text[line:end], line, inner, value)
            above = end
        end = chunk.start + len(chunk.body)
        return Parts(layout.text[chunk.start : chunk.inner], found, layout.text[above:end], self.column)
