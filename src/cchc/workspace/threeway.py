"""Three states of a data file to one, by meaning: what is an entry, what is a unit of it, and which side decides."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, TypeVar

from cchc.workspace.patch import Tree
from cchc.workspace.splice import SECTIONS

Key: TypeAlias = str | tuple[str, ...]
Path: TypeAlias = tuple[Key, ...]  # the key of the file's head; or a section and what names its entry
Entries: TypeAlias = dict[Path, Tree]
Fields: TypeAlias = Mapping[str, Tree]
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

FIGURE = (  # parts of one statement: a figure, and what vouches for just this one
    *("numerator", "denominator", "value", "of", "points", "text", "survey", "surveys"),
    *("quality", "checked", "corrections", "supplement"),
)
LISTS: Mapping[str, tuple[str, ...]] = {"closed": ("period", "on"), "reports": ("period", "number")}


class Unclear(Exception):
    """A section whose entries cannot be told apart; callers merge such a file by lines."""


class Side(Enum):
    """Where a unit is taken from; CLASH when both sides have changed it, and not to the same."""

    OURS = 1
    THEIRS = 2
    CLASH = 3


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit that both sides have changed, with what each says; None where it was taken out.

    `path` ends with the unit's name, unless that is the figure itself or the whole entry.
    """

    path: Path
    ours: Tree | None
    theirs: Tree | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged entries; those in conflict stand as ours have them in `ours`, as theirs have them in `theirs`."""

    ours: Entries
    theirs: Entries
    conflicts: tuple[Conflict, ...]

    @property
    def clashing(self) -> frozenset[Path]:
        """The paths of the entries in conflict."""
        return frozenset(conflict.path[:2] for conflict in self.conflicts)


def side_of(base: T, ours: T, theirs: T) -> Side:
    """Return which side decides about values that can be compared."""
    if theirs in (ours, base):
        return Side.OURS
    return Side.THEIRS if ours == base else Side.CLASH


def entries(root: Mapping[str, Tree]) -> Entries:
    """Return the entries of a file by their paths; an empty section has none. Unclear where they have no names."""
    found: Entries = {}
    for key, value in root.items():
        if key in SECTIONS:
            if not isinstance(value, dict):
                raise Unclear
            found |= {(key, name): entry for name, entry in value.items()}
        elif key in LISTS:
            found |= {(key, name): item for name, item in zip(names(key, value), value, strict=True)}
        else:
            found[key,] = value
    return found


def names(section: str, items: Tree) -> list[tuple[str, ...]]:
    """Return what names each item of a list; Unclear unless all have names of their own."""
    if not isinstance(items, list):
        raise Unclear
    found = [_name(item, LISTS[section]) for item in items]
    if len(set(found)) < len(found):
        raise Unclear
    return found


def _name(item: Tree, fields: Iterable[str]) -> tuple[str, ...]:
    values = [item.get(field) for field in fields] if isinstance(item, dict) else [None]
    if not all(isinstance(value, str) for value in values):
        raise Unclear
    return tuple(str(value) for value in values)


def merged(base: Entries, ours: Entries, theirs: Entries) -> Merged:
    """Return the three-way merge by entry, and by unit within entries that both sides have changed."""
    left: Entries = {}
    right: Entries = {}
    conflicts: list[Conflict] = []
    for path in ordered(list(base), list(ours), list(theirs)):
        one, other = ours.get(path), theirs.get(path)
        value, found = _entry(path, base.get(path), one, other)
        conflicts += found
        for into, kept in ((left, one), (right, other)):
            chosen = kept if found else value
            if chosen is not None:
                into[path] = chosen
    return Merged(left, right, tuple(conflicts))


def _entry(path: Path, base: Tree | None, ours: Tree | None, theirs: Tree | None) -> tuple[Tree | None, list[Conflict]]:
    """Return the merged entry, or the conflicts because of which there is none."""
    side = side_of(base, ours, theirs)
    if side is not Side.CLASH:
        return (ours if side is Side.OURS else theirs), []
    if len(path) == 1 or not isinstance(ours, dict) or not isinstance(theirs, dict):
        return None, [Conflict(path, ours, theirs)]
    return _fields(path, base if isinstance(base, dict) else {}, ours, theirs)


def _fields(path: Path, base: Fields, ours: Fields, theirs: Fields) -> tuple[Tree | None, list[Conflict]]:
    sides = unit_sides(base, ours, theirs)
    found: dict[str, Tree] = {}
    conflicts: dict[Path, Conflict] = {}
    for key in ordered(list(base), list(ours), list(theirs)):
        side = sides[key]
        if side is Side.CLASH:
            here = path if key in FIGURE else (*path, key)
            conflicts[here] = Conflict(here, _said(key, ours), _said(key, theirs))
        elif key in (chosen := ours if side is Side.OURS else theirs):
            found[key] = chosen[key]
    return found, list(conflicts.values())


def _said(key: str, fields: Fields) -> Tree | None:
    """Return what an entry says in the unit of a key: of the figure its fields; None for nothing."""
    if key not in FIGURE:
        return fields.get(key)
    return {name: fields[name] for name in FIGURE if name in fields} or None


def unit_sides(base: Mapping[K, T], ours: Mapping[K, T], theirs: Mapping[K, T]) -> dict[K, Side]:
    """Return for each key of an entry which side decides about it; about the keys of the figure it is the same one."""
    keys = {**base, **ours, **theirs}
    figure = [key for key in keys if key in FIGURE]
    return {key: _side(figure if key in FIGURE else [key], base, ours, theirs) for key in keys}


def _side(unit: Sequence[K], *sides: Mapping[K, T]) -> Side:
    base, ours, theirs = ([side.get(key) for key in unit] for side in sides)
    return side_of(base, ours, theirs)


def ordered(base: Sequence[K], ours: Sequence[K], theirs: Sequence[K]) -> list[K]:
    """Return the keys of both sides: theirs behind their predecessor in theirs that ours has, else first.

    What ours have added behind the same predecessor goes before.
    """
    standing, known = set(ours), {*base, *theirs}
    slots: dict[K | None, list[K]] = {}
    anchor: K | None = None
    for key in theirs:
        anchor = key if key in standing else anchor
        if key not in standing:
            slots.setdefault(anchor, []).append(key)
    found: list[K] = []
    waiting = slots.get(None, [])
    for key in ours:
        if key in known:
            found += waiting
            waiting = slots.get(key, [])
        found.append(key)
    return found + waiting
