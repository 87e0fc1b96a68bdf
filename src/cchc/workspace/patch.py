"""What has to change in a text so that its tree holds given fields: the smallest stretches, never a rewritten file.

The outer levels (root, section, entry) are merged: a key with None goes, a key that is not mentioned stays. Below them
a given value is the whole value. Where comments would be lost, `Stuck` is raised.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypeAlias

from cchc.core.scalars import nfc
from cchc.workspace import styles, yamltree
from cchc.workspace.layout import Layout, Stuck
from cchc.workspace.styles import Fields, Value
from cchc.workspace.yamltree import Document, Entry, Node, Scalar, is_absent

Orders: TypeAlias = tuple[Sequence[str], ...]  # the canonical order of keys of each merged level, the outermost first
Tree: TypeAlias = str | dict[str, "Tree"] | list["Tree"]


@dataclass(frozen=True, slots=True)
class Splice:
    """`text` in place of the stretch from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Target:
    """A mapping and what it is to hold. `owner` is its entry, None for the root; `flow` when it stands in braces."""

    owner: Entry | None
    node: yamltree.Mapping
    new: Fields
    orders: Orders

    @cached_property
    def kept(self) -> list[str]:
        """The keys that stay, as they stand."""
        stays = bool(self.orders)
        return [key for key in self.node.entries if (self.new.get(key) is not None if key in self.new else stays)]

    @cached_property
    def gone(self) -> list[str]:
        """The keys that go, as they stand."""
        return [key for key in self.node.entries if key not in self.kept]

    @cached_property
    def added(self) -> list[tuple[int, list[str]]]:
        """The keys that come, by the number of kept keys before them."""
        order = {key: rank for rank, key in enumerate(self.orders[0] if self.orders else self.new)}
        keys = [key for key, value in self.new.items() if value is not None and key not in self.node.entries]
        slots: dict[int, list[str]] = {}
        for key in sorted(keys, key=lambda key: order.get(key, len(order))):
            rank = order.get(key, len(order))
            later = (index for index, other in enumerate(self.kept) if order.get(other, -1) > rank)
            slots.setdefault(next(later, len(self.kept)), []).append(key)
        return sorted(slots.items())

    def fields(self, keys: Sequence[str]) -> Fields:
        """Return the given fields of those names."""
        return {key: self.new[key] for key in keys}


def patched(document: Document, root: yamltree.Mapping, fields: Fields, orders: Orders) -> list[Splice]:
    """Return the changes after which the root holds the fields; Stuck where that cannot be done without damage."""
    patch = _Patch(document)
    patch.mapping(_Target(None, root, fields, orders), flow=root.flow)
    return patch.splices


def plain_entries(mapping: yamltree.Mapping) -> dict[str, Tree]:
    """Return the plain texts of a mapping's entries."""
    return {key: tree(entry.value) for key, entry in mapping.entries.items() if not is_absent(entry.value)}


def tree(node: Node) -> Tree:
    """Return the plain texts of a node as readers see them: NFC, absent keys left out, a block's last line end too."""
    match node:
        case yamltree.Mapping():
            return plain_entries(node)
        case yamltree.Sequence():
            return [tree(item) for item in node.items]
        case _:
            return _text(node.text)


def tree_of(value: Value) -> Tree:
    """Return the plain texts of a value that is to be written."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {nfc(key): tree_of(item) for key, item in value.items() if item is not None}
    return [tree_of(item) for item in value]


def _text(text: str) -> str:
    return nfc(text).rstrip("\n")


class _Patch:
    """The changes to one document, collected."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.layout = Layout(document)
        self.splices: list[Splice] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace a stretch; what is equal at its ends is left alone."""
        old = self.text[start:end]
        front = _common(old, text)
        back = _common(old[front:][::-1], text[front:][::-1])
        if old != text:
            self.splices.append(Splice(start + front, end - back, text[front : len(text) - back]))

    def replace_lines(self, start: int, end: int, lines: Sequence[str]) -> None:
        """Replace whole lines; a text without a line end at its end keeps that."""
        line_break = self.layout.line_break(start)
        body = "".join(line + line_break for line in lines)
        if end == len(self.text) and not self.text.endswith(("\n", "\r")):
            body = body.removesuffix(line_break)
            if start == end and body:
                body = line_break + body
        self.replace(start, end, body)

    def mapping(self, target: _Target, *, flow: bool) -> None:
        """Make a mapping hold its fields."""
        for key in target.kept:
            value = target.new.get(key)
            if value is not None:
                self.value(target.node.entries[key], value, target.orders[1:], flow=flow)
        if target.node.flow:
            self.braces(target)
        else:
            self.block(target)

    def value(self, entry: Entry, new: Value, orders: Orders, *, flow: bool) -> None:
        """Make an entry hold the value."""
        old = entry.value
        if not is_absent(old) and tree(old) == tree_of(new):
            return
        match old:
            case yamltree.Mapping() if isinstance(new, Mapping) and (flow or not self.is_bare(old)):
                self.mapping(_Target(entry, old, new, orders), flow=flow or old.flow)
            case yamltree.Sequence() if old.items and new and isinstance(new, list | tuple):
                self.sequence(old, new)
            case _ if orders and not is_absent(old) and not isinstance(old, yamltree.Mapping):
                raise Stuck  # a text or a list where an entry belongs: somebody meant something else
            case _:
                self.whole(entry, new, orders, flow=flow)

    def is_bare(self, node: yamltree.Mapping) -> bool:
        """Whether nothing but blanks stands between the mapping's braces."""
        return node.flow and not self.text[node.start + 1 : node.end - 1].strip()

    # a whole value

    def whole(self, entry: Entry, new: Value, orders: Orders, *, flow: bool) -> None:
        """Replace the value of an entry."""
        colon = self.layout.after_colon(entry)
        if colon is None:  # a key alone, in braces
            self.replace(entry.key.end, entry.key.end, f": {styles.in_braces(new)}")
            return
        place = self.layout.place(entry, colon)
        head, lines = self._written(entry, new, orders, flow=flow)
        empty = not self.text[place.head : place.head_end].strip()
        after = " " if self.text[place.head_end : place.head_end + 1] == "#" and not empty else ""
        if head:
            self.replace(place.head, place.head_end, f" {head}" if empty else head + after)
        elif not empty:  # braces go with the blanks before them
            self.replace(len(self.text[: place.head].rstrip(" \t")), place.head_end, after)
        self.replace_lines(place.body, place.body_end, lines)

    def _written(self, entry: Entry, new: Value, orders: Orders, *, flow: bool) -> tuple[str, list[str]]:
        """Return the new value as its head and lines, a text in the style of the old one."""
        old = entry.value
        if isinstance(new, str) and isinstance(old, Scalar) and not is_absent(old):
            if self.layout.is_block_scalar(old) and styles.fits_block(nfc(new)):
                return self._block_scalar(entry, nfc(new))
            if flow or "\n" not in new:
                return styles.restyled(new, self.text[old.start : old.end], flow=flow), []
        if flow:
            return styles.in_braces(new), []
        step = self.layout.default_step
        return styles.written(new, self.layout.column(entry.key.start) + step, step, len(orders))

    def _block_scalar(self, entry: Entry, text: str) -> tuple[str, list[str]]:
        """Return the text as a block like the one that stands there, its header kept where it fits."""
        header = self.layout.block_header(entry.value)
        if header not in {"|", "|-"} and ("\n" in text or header not in {">", ">-"}):
            header = "|-"
        return header, styles.block_lines(text, self.layout.block_indent(entry))

    # lists

    def sequence(self, old: yamltree.Sequence, new: Sequence[Value]) -> None:
        """Make a list hold the items: those at its ends that stay are not touched."""
        before, after = [tree(item) for item in old.items], [tree_of(item) for item in new]
        front = _common(before, after)
        back = _common(before[front:][::-1], after[front:][::-1])
        if old.flow:
            self._brackets(old, new, front, back)
            return
        start, end = self._items(old, front, len(old.items) - back)
        if self.layout.has_comment(old, start, end):
            raise Stuck
        column = self.layout.column(old.start)
        lines = [line for item in new[front : len(new) - back] for line in styles.item_lines(item, column)]
        self.replace_lines(start, end, lines)

    def _items(self, sequence: yamltree.Sequence, first: int, last: int) -> tuple[int, int]:
        """Return the stretch of lines that holds the items from `first` up to `last`."""
        column = self.layout.column(sequence.start)
        if first:
            start = self.layout.block_end(sequence.items[first - 1], column)
        elif self.layout.leads_line(sequence.start):
            start = self.layout.line_start(sequence.start)
        else:
            raise Stuck
        return start, self.layout.block_end(sequence.items[last - 1], column) if last > first else start

    def _brackets(self, old: yamltree.Sequence, new: Sequence[Value], front: int, back: int) -> None:
        if front == len(old.items):
            added = "".join(f", {styles.in_braces(item)}" for item in new[front:])
            self.replace(old.items[-1].end, old.items[-1].end, added)
            return
        if self.layout.has_comment(old, old.start, old.end):
            raise Stuck
        kept = [self.text[item.start : item.end] for item in old.items]
        middle = [styles.in_braces(item) for item in new[front : len(new) - back]]
        self.replace(old.start, old.end, "[" + ", ".join([*kept[:front], *middle, *kept[len(kept) - back :]]) + "]")

    # mappings in lines

    def block(self, target: _Target) -> None:
        """Take out and put in entries that stand on lines of their own."""
        entries, layout = target.node.entries, self.layout
        if (target.gone or target.added) and not all(layout.leads_line(entry.key.start) for entry in entries.values()):
            raise Stuck
        column = layout.column(target.node.start)
        for key in target.gone:
            end = layout.block_end(entries[key].value, column)
            self.replace_lines(layout.line_start(entries[key].key.start), end, [])
        step = layout.step(target.node)
        for slot, keys in target.added:
            start = layout.block_end(entries[target.kept[slot - 1]].value, column) if slot else self._first(target)
            lines = styles.mapping_lines(target.fields(keys), column, step, len(target.orders))
            self.replace_lines(start, start, lines)
        if target.owner and not target.kept and not target.added:
            colon = layout.after_colon(target.owner) or target.owner.key.end
            self.replace(colon, colon, " {}")

    def _first(self, target: _Target) -> int:
        """Return where the first entry goes: directly below the owner's line, so that comments stay with theirs."""
        if target.owner is None:
            return self.layout.line_start(target.node.start)
        return self.layout.next_line(target.owner.key.end)

    # mappings in braces

    def braces(self, target: _Target) -> None:
        """Take out and put in entries that stand between braces."""
        for slot, keys in target.added:
            pairs = [styles.pair(key, value) for key, value in target.fields(keys).items() if value is not None]
            if slot:
                self._after(target, slot, pairs)
            else:
                self._at_front(target, pairs)
        for start, end in self._runs(target):
            if self.layout.has_comment(target.node, start, end):
                raise Stuck
            self.replace(start, end, "")

    def _after(self, target: _Target, slot: int, pairs: list[str]) -> None:
        """Put pairs behind an entry; on lines of their own where entries have such."""
        layout, entry = self.layout, target.node.entries[target.kept[slot - 1]]
        end = layout.entry_end(entry)
        comma = layout.comma(end)
        alone = not target.gone and layout.leads_line(entry.key.start)
        pad = " " * layout.column(entry.key.start)
        if alone and comma is not None and layout.ends_line(comma):
            self.replace_lines(layout.next_line(comma), layout.next_line(comma), [f"{pad}{pair}," for pair in pairs])
        elif alone and slot == len(target.kept) and comma is None and layout.ends_line(end):
            self.replace(end, end, ",")
            lines = f",{layout.line_break(end)}".join(pad + pair for pair in pairs)
            below = layout.next_line(end)
            self.replace(below, below, lines + layout.line_break(end))
        else:
            blank = " " if self.text[end - 1] == ":" else ""  # `a:,` is another key
            self.replace(end, end, blank + "".join(f", {pair}" for pair in pairs))

    def _at_front(self, target: _Target, pairs: list[str]) -> None:
        layout, start = self.layout, target.node.start + 1
        first = target.node.entries[target.kept[0]].key.start if target.kept else start
        if not target.gone and layout.ends_line(start) and layout.leads_line(first):
            pad = " " * layout.column(first)
            self.replace_lines(layout.next_line(start), layout.next_line(start), [f"{pad}{pair}," for pair in pairs])
            return
        separator = ", " if target.kept else ""
        if not separator and self.text[start] == "#":
            separator = " "
        self.replace(start, start, ", ".join(pairs) + separator)

    def _runs(self, target: _Target) -> Iterator[tuple[int, int]]:
        """Yield the stretches that hold the entries that go, each with one comma."""
        node, entries = target.node, list(target.node.entries.items())
        if target.gone and not target.kept:
            yield node.start + 1, node.end - 1
            return
        for stays, run in groupby(range(len(entries)), key=lambda index: entries[index][0] in target.kept):
            first, *_, last = [*run] * 2
            if not stays and last + 1 < len(entries):
                yield entries[first][1].key.start, entries[last + 1][1].key.start
            elif not stays:
                yield self.layout.entry_end(entries[first - 1][1]), self.layout.entry_end(entries[last][1])


def _common(one: Sequence[Tree], other: Sequence[Tree]) -> int:
    """Return how many items are equal from the beginning."""
    unequal = (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unequal, min(len(one), len(other)))
