"""Three texts of a data file to one, entry by entry, with the proof that it reads as the three say.

An entry that one side has changed is taken with its lines; one that both have changed is merged by field. Comments go
with what they stand at. Where lines cannot be taken over, fields are put into ours' text; where that cannot be done
either, there is no text, and callers merge by lines and let `Merge.accepts` and `Merge.keeps` judge.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from cchc.workspace import chunks, patch, splice, threeway, yamltree
from cchc.workspace.chunks import Chunk, Parts
from cchc.workspace.layout import Layout, Stuck
from cchc.workspace.patch import Tree
from cchc.workspace.splice import SECTIONS, Splice
from cchc.workspace.styles import Fields
from cchc.workspace.threeway import LISTS, Conflict, Entries, Key, Merged, Path, Side, Unclear
from cchc.workspace.yamltree import Document

OURS, THEIRS = "ours", "theirs"
_EMPTY = "E111"  # the code of a file that holds nothing
_LINE_END = re.compile(r"\r\n|\r|\n")
_ENTRY = 2  # steps of the path of an entry
_BEGIN, _BETWEEN, _END = "<<<<<<<", "=======", ">>>>>>>"


@dataclass(frozen=True, slots=True)
class Clash:
    """The lines of an entry in conflict, as each side has them."""

    ours: str
    theirs: str


Piece: TypeAlias = str | Clash
Chunks: TypeAlias = Mapping[Key, Chunk]
T = TypeVar("T")


def merge(file: str, base: str, ours: str, theirs: str) -> "Merge | None":
    """Return the merge of three texts; None where one is no YAML of ours or its entries cannot be told apart."""
    old, one, other = (yamltree.parse(file, _ended(text)) for text in (base, ours, theirs))
    before, left, right = _entries(old, empty=True), _entries(one), _entries(other)
    if before is None or left is None or right is None:
        return None
    end = _ended(ours).removeprefix(ours)
    return Merge(file, old, one, other, threeway.merged(before, left, right), left, right, end)


def _ended(text: str) -> str:
    """Return the text with a line end at its end, one like its others."""
    return text if not text or text.endswith(("\n", "\r")) else text + _line_end(text)


def _line_end(text: str) -> str:
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _entries(document: Document, *, empty: bool = False) -> Entries | None:
    if empty and [problem.code for problem in document.problems] == [_EMPTY]:
        return {}
    if document.root is None or document.problems:
        return None
    try:
        return threeway.entries(patch.plain_entries(document.root))
    except Unclear:
        return None


@dataclass(frozen=True)
class Merge:
    """Three states of a file and what follows from them; `added_end` is the line end that ours did not have."""

    file: str
    base: Document
    ours: Document
    theirs: Document
    merged: Merged
    entries_of_ours: Entries
    entries_of_theirs: Entries
    added_end: str

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The units that both sides have changed, each to something else."""
        return self.merged.conflicts

    @cached_property
    def text(self) -> str | None:
        """The merged text, entries in conflict between markers; None where it cannot be made, or not proved."""
        try:
            pieces: list[Piece] = list(_Weaver(self).pieces())
        except Stuck:
            return None
        left, right = (self._entries("".join(_resolved(pieces, side))) for side in (OURS, THEIRS))
        if left != self.merged.ours or right != self.merged.theirs:
            return None
        text = "".join(_marked(pieces, Layout(self.ours).line_break(0)))
        return (yamltree.BOM if self.ours.bom else "") + text.removesuffix(self.added_end)

    def accepts(self, text: str) -> bool:
        """Whether a text that was merged in another way says what the merge by entry says, without a conflict."""
        return not self.conflicts and self._entries(text) == self.merged.ours

    def keeps(self, text: str) -> bool:
        """Whether, however the conflicts of a text are resolved, no entry makes a statement that neither side makes."""
        return all(self._is_kept(self._entries(resolved(text, side))) for side in (OURS, THEIRS))

    def _is_kept(self, entries: Entries | None) -> bool:
        if entries is None:
            return False
        known = (self.entries_of_ours, self.entries_of_theirs)
        return all(
            figure(entry) in [figure(side[path]) for side in known if path in side] for path, entry in entries.items()
        )

    def _entries(self, text: str) -> Entries | None:
        return _entries(yamltree.parse(self.file, text))


def figure(entry: Tree) -> Tree:
    """Return the fields of an entry that are its figure; what has no fields is all of it."""
    if not isinstance(entry, dict):
        return entry
    return {key: value for key, value in entry.items() if key in threeway.FIGURE}


def resolved(text: str, side: str) -> str:
    """Return a text with markers as one side has it."""
    lines: list[str] = []
    standing = ""  # the side whose lines these are; none outside a conflict
    for line in text.splitlines(keepends=True):
        if line.startswith(f"{_BEGIN} "):
            standing = OURS
        elif standing and line.startswith(_BETWEEN):
            standing = THEIRS
        elif standing and line.startswith(f"{_END} "):
            standing = ""
        elif standing in ("", side):
            lines.append(line)
    return "".join(lines)


def both(ours: str, theirs: str) -> str:
    """Return two texts as one conflict, outside of which stand the lines with which both begin and end."""
    one, other = _ended(ours).splitlines(keepends=True), _ended(theirs).splitlines(keepends=True)
    front = _common(one, other)
    back = _common(one[front:][::-1], other[front:][::-1])
    middle = Clash("".join(one[front : len(one) - back]), "".join(other[front : len(other) - back]))
    pieces: list[Piece] = ["".join(one[:front]), middle, "".join(one[len(one) - back :])]
    return "".join(_marked(pieces, _line_end(ours)))


def _common(one: list[str], other: list[str]) -> int:
    """Return how many lines are equal from the beginning."""
    unequal = (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unequal, min(len(one), len(other)))


def _resolved(pieces: Iterable[Piece], side: str) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield piece.ours if side == OURS else piece.theirs


def _marked(pieces: Iterable[Piece], end: str) -> Iterator[str]:
    """Yield the texts, those of a clash between the markers that git writes and `validate` finds."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield f"{_BEGIN} {OURS}{end}{piece.ours}{_BETWEEN}{end}{piece.theirs}{_END} {THEIRS}{end}"


class _Weaver:
    """Takes the lines of three texts together; ours are the cloth."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.base, self.ours, self.theirs = (Layout(side) for side in (merge.base, merge.ours, merge.theirs))
        self.end = self.ours.line_break(0)

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces of the merged text; Stuck where some cannot be made."""
        roots = [side.root for side in (self.merge.base, self.merge.ours, self.merge.theirs)]
        three = zip((self.base, self.ours, self.theirs), roots, strict=True)
        base, ours, theirs = (None if root is None else chunks.whole(layout, root) for layout, root in three)
        return self._inside((), base, ours, theirs)

    def _inside(self, path: Path, base: Chunk | None, ours: Chunk | None, theirs: Chunk | None) -> Iterator[Piece]:
        """Yield what becomes of a collection that both sides have changed, or of a section that one took out."""
        section = path[0] if len(path) == 1 else None
        one = chunks.parts(self.ours, ours, section) if ours else None
        other = chunks.parts(self.theirs, theirs, section) if theirs else None
        if ours and theirs:
            one = one or (chunks.bare(self.ours, ours) if section else None)
        elif one:
            other = Parts(one.head, {}, one.tail, one.column)
        elif other:
            one = Parts(self._theirs(other.head), {}, "", other.column)
        if one and other and (one.column == other.column or not one.chunks):
            old = chunks.parts(self.base, base, section) if base else None
            yield from self._woven(path, old or chunks.said(base, section), one, other)
        elif ours and theirs:
            yield self._unwoven(path, base, ours, theirs)
        else:
            raise Stuck

    def _woven(self, path: Path, base: Parts, ours: Parts, theirs: Parts) -> Iterator[Piece]:
        head = threeway.side_of(*(_plain(side.head) for side in (base, ours, theirs)))
        yield self._theirs(theirs.head) if head is Side.THEIRS else ours.head
        three = (base.chunks, ours.chunks, theirs.chunks)
        sides = _sides(path, *three)
        for key in threeway.ordered(*(list(side) for side in three)):
            yield from self._chunk((*path, key), sides[key], *(side.get(key) for side in three))
        yield self._between(base.tail, ours.tail, theirs.tail)

    def _chunk(
        self, path: Path, side: Side, base: Chunk | None, ours: Chunk | None, theirs: Chunk | None
    ) -> Iterator[Piece]:
        """Yield what becomes of an entry or a field; nothing when it is taken out."""
        clashing = path in self.merge.merged.clashing
        if clashing or side is Side.CLASH or (ours if side is Side.OURS else theirs):
            yield self._lead(base, ours, theirs)
        if clashing:
            yield Clash(ours.body if ours else "", self._theirs(theirs.body) if theirs else "")
        elif side is Side.CLASH:
            yield from self._inside(path, base, ours, theirs)
        elif side is Side.THEIRS:
            yield self._theirs(theirs.body) if theirs else ""
        else:
            yield ours.body if ours else ""

    def _unwoven(self, path: Path, base: Chunk | None, ours: Chunk, theirs: Chunk) -> str:
        """Return what becomes of a collection that is not written in lines, or in others than theirs."""
        side = threeway.side_of(
            *(_meaning(chunk) or None for chunk in (base, ours, theirs))
        )  # an empty section is none
        if side is Side.CLASH:
            return self._patched(path, ours)
        return ours.body if side is Side.OURS else self._theirs(theirs.body)

    def _patched(self, path: Path, ours: Chunk) -> str:
        """Return our lines of a collection with the fields in them that theirs have changed."""
        root = self.merge.ours.root
        if root is None or any(clash[: len(path)] == path for clash in self.merge.merged.clashing):
            raise Stuck
        head, sections = self._changes(path)
        orders = self._orders()
        splices = patch.patched(self.merge.ours, root, head, orders[:1])
        splices += patch.patched(self.merge.ours, root, sections, orders)
        moved = [Splice(one.start - ours.start, one.end - ours.start, one.text) for one in splices]
        try:
            return splice.apply(ours.body, moved)
        except ValueError:  # keys of the head and sections that go stand side by side
            raise Stuck from None

    def _changes(self, path: Path) -> tuple[Fields, Fields]:
        """Return what has to become of ours below a path: of whole values, and of entries in sections."""
        old, new = self.merge.entries_of_ours, self.merge.merged.ours
        changes: dict[str, Any] = {}
        sections: dict[str, dict[str, Any]] = {}
        for here in {**old, **new}:
            if here[: len(path)] != path or new.get(here) == old.get(here):
                continue
            name, key = str(here[0]), here[-1]
            if len(here) == 1:
                changes[name] = new.get(here)
            elif isinstance(key, str):
                sections.setdefault(name, {})[key] = _changed(old.get(here), new.get(here))
            else:
                changes[name] = [item for there, item in new.items() if there[0] == name]
        return changes, sections

    def _orders(self) -> tuple[list[str], ...]:
        """Return the order of keys of each level that is merged."""
        merged = self.merge.merged.ours
        fields = [key for entry in merged.values() if isinstance(entry, dict) for key in entry]
        levels = ((str(path[0]) for path in merged), (str(path[-1]) for path in merged), fields)
        return tuple(list(dict.fromkeys(level)) for level in levels)

    def _theirs(self, text: str) -> str:
        """Return lines of theirs with the line ends of ours."""
        return _plain(text).replace("\n", self.end)

    def _lead(self, base: Chunk | None, ours: Chunk | None, theirs: Chunk | None) -> str:
        """Return what leads an entry that stays or comes."""
        one, other = ours.lead if ours else "", theirs.lead if theirs else ""
        return self._between(base.lead if base else "", one, other) if ours and theirs else one or self._theirs(other)

    def _between(self, base: str, ours: str, theirs: str) -> str:
        """Return comments and blank lines; those that both sides have changed one after the other."""
        side = threeway.side_of(_plain(base), _plain(ours), _plain(theirs))
        if side is not Side.CLASH:
            return ours if side is Side.OURS else self._theirs(theirs)
        known = _plain(ours).split("\n")
        return ours + "".join(f"{line}{self.end}" for line in _plain(theirs).split("\n") if line not in known)


def _plain(text: str) -> str:
    return _LINE_END.sub("\n", text)


def _meaning(chunk: Chunk | None) -> Tree | None:
    """Return what an entry says; nothing said and no entry are the same."""
    return None if chunk is None or yamltree.is_absent(chunk.node) else patch.tree(chunk.node)


def _changed(old: Tree | None, new: Tree | None) -> Any:
    """Return the fields that make the old entry the new one."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {key: new.get(key) for key in {**old, **new}}


def _sides(path: Path, base: Chunks, ours: Chunks, theirs: Chunks) -> dict[Key, Side]:
    """Return which side decides about each chunk, by its text or else by its meaning.

    Of a CLASH what stands in it is merged. Fields of an entry are decided by units.
    """
    three = (base, ours, theirs)
    texts = _decided(path, *({key: _plain(chunk.body) for key, chunk in side.items()} for side in three))
    meanings = _decided(path, *({key: _meaning(chunk) for key, chunk in side.items()} for side in three))
    return {
        key: meanings[key] if side is Side.CLASH and not _is_nested(path, key, ours, theirs) else side
        for key, side in texts.items()
    }


def _decided(path: Path, base: Mapping[Key, T], ours: Mapping[Key, T], theirs: Mapping[Key, T]) -> dict[Key, Side]:
    if len(path) == _ENTRY:
        return threeway.unit_sides(base, ours, theirs)
    return {key: threeway.side_of(base.get(key), ours.get(key), theirs.get(key)) for key in {**base, **ours, **theirs}}


def _is_nested(path: Path, key: Key, ours: Chunks, theirs: Chunks) -> bool:
    """Whether both sides have a section, or an entry with fields, at a place."""
    if key not in ours or key not in theirs or len(path) == _ENTRY:
        return False
    nodes = (ours[key].node, theirs[key].node)
    return all(isinstance(node, yamltree.Mapping) for node in nodes) if path else key in SECTIONS or key in LISTS
