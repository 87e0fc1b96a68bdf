"""`merge-driver`: git has three states of a file merged; data files by entry, others by line.

It runs wherever git runs it, amid a merge: no plan is read and no lock is held. Ours is written whole, at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc.core.errors import Exit, WorldError
from cchc.texts import mark
from cchc.views.merges import Unmerged
from cchc.workspace import files, git, merging, styles, writing
from cchc.workspace.files import SUFFIXES
from cchc.workspace.merging import Merge
from cchc.workspace.patch import Tree
from cchc.workspace.threeway import FIGURE, Conflict

FOLDER = "data"


@dataclass(frozen=True, slots=True)
class Driven:
    """What became of a file: whether it is merged; if not, which units are in conflict, where that is known."""

    file: str
    merged: bool
    clashing: tuple[Unmerged, ...] = ()

    @property
    def exit(self) -> Exit:
        """What git is told."""
        return Exit.FINE if self.merged else Exit.FINDINGS


def drive(base: Path, ours: Path, theirs: Path, path: str | None = None) -> Driven:
    """Merge three files into the second; `path` is where it belongs in the repository."""
    file = path or ours.as_posix()
    old, one, other = (_bytes(place) for place in (base, ours, theirs))
    if other in (one, old):
        return Driven(file, merged=True)
    if old == one:
        writing.save(ours, other)
        return Driven(file, merged=True)
    merge = _by_entry(file, old, one, other) if path is None or _is_data(path) else None
    if merge is not None and merge.text is not None:
        content: str | bytes = merge.text
        merged = not merge.conflicts
    else:
        content, merged = git.merge_lines(base, ours, theirs)
        if (path is None or _is_data(path)) and not _is_sound(merge, content, merged=merged):
            content, merged = _as_conflict(one, other), False
    writing.save(ours, content)
    return Driven(file, merged, () if merge is None else tuple(map(_clashing, merge.conflicts)))


def _bytes(path: Path) -> bytes:
    content = files.content(path.parent, path.name)
    if content is None:
        raise WorldError(mark("{file} cannot be read"), "", file=path.as_posix())
    return content


def _is_data(path: str) -> bool:
    """Whether a file lies in the data folder of a workspace, which may lie deeper in the repository."""
    *_, folder, name = ("", *path.split("/"))
    return folder == FOLDER and name.lower().endswith(SUFFIXES)


def _by_entry(file: str, *sides: bytes) -> Merge | None:
    texts = [files.decoded(file, side).text for side in sides]
    base, ours, theirs = texts
    return None if base is None or ours is None or theirs is None else merging.merge(file, base, ours, theirs)


def _is_sound(merge: Merge | None, content: bytes, *, merged: bool) -> bool:
    """Whether git's merge by line may stand for a data file: a clean one needs the proof that it mixes no figures."""
    if merge is None:
        return not merged
    text = content.decode("utf-8")
    return merge.accepts(text) if merged else merge.keeps(text)


def _as_conflict(ours: bytes, theirs: bytes) -> bytes:
    texts = (side.decode("utf-8", "surrogateescape") for side in (ours, theirs))
    return merging.both(*texts).encode("utf-8", "surrogateescape")


def _clashing(conflict: Conflict) -> Unmerged:
    steps = conflict.path if len(conflict.path) == 1 or isinstance(conflict.path[1], tuple) else conflict.path[1:]
    name = " › ".join(step if isinstance(step, str) else ", ".join(step) for step in steps)
    return Unmerged(name, _said(conflict.ours), _said(conflict.theirs))


def _said(tree: Tree | None) -> str | None:
    """Return what a unit says as people write it: `412/418`, `5/17`, a text; other fields as they stand in braces."""
    if tree is None or isinstance(tree, str):
        return tree
    figure = {key: value for key, value in tree.items() if key in FIGURE} if isinstance(tree, dict) else {}
    return ", ".join(_parts(figure)) if figure else _plain(tree)


def _parts(figure: Mapping[str, Tree]) -> list[str]:
    rest = dict(figure)
    found = []
    for above, below in (("numerator", "denominator"), ("value", "of")):
        if above in rest and below in rest:
            found.append(f"{_plain(rest.pop(above))}/{_plain(rest.pop(below))}")
    found += [_plain(rest.pop(key)) for key in ("value", "text") if key in rest]
    return found + [f"{key}: {_plain(value)}" for key, value in rest.items()]


def _plain(tree: Any) -> str:
    return tree if isinstance(tree, str) else styles.in_braces(tree)
