"""One entry put into a text or taken out of it: which stretches change, and the proof that nothing else did.

Texts are rewritten by the marks of their tree, so that comments, order and quoting survive. Everything here is text to
text; offsets are those of `Document.text`, which has no byte order mark.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc.core import model
from cchc.core.diagnostics import Lines
from cchc.core.errors import WorldError
from cchc.core.filekinds import FILE_KINDS
from cchc.core.scalars import nfc
from cchc.texts import mark
from cchc.workspace import decode, styles, yamltree
from cchc.workspace.layout import Stuck
from cchc.workspace.patch import Splice, Tree, patched, plain_entries, tree, tree_of
from cchc.workspace.styles import Fields, Value, scalar
from cchc.workspace.yamltree import Document

SECTIONS = {section: decode.keys(record) for section, record in FILE_KINDS["data"].mappings.items()}
_ROOT = (*decode.keys(model.DataHead), *SECTIONS)

__all__ = [
    "SECTIONS",
    "Fields",
    "Intent",
    "NotMinimal",
    "Splice",
    "Value",
    "apply",
    "edited",
    "edited_together",
    "put_entry",
    "remove_entry",
    "scalar",
    "verified",
]


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to become of the entry `section › key`: the fields that it gets, or None when it is taken out."""

    section: str
    key: str
    fields: Fields | None

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of a section that holds this one entry."""
        return tuple(styles.mapping_lines({self.section: {self.key: self.fields or {}}}, 0, blocks=3))


class NotMinimal(WorldError):
    """An edit that would disturb what stands around it; `lines` are to be typed by hand."""

    def __init__(self, file: str, intent: Intent) -> None:
        message = mark("{file} cannot be changed at {section} › {key} without disturbing what stands around it")
        remedy = mark("Change the file by hand so that it says:\n{lines}")
        if intent.fields is None:
            remedy = mark("Delete the entry by hand.")
        self.lines = intent.lines
        arguments = {"section": intent.section, "key": intent.key, "lines": Lines("\n".join(intent.lines))}
        super().__init__(message, remedy, file=file, **arguments)


def apply(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with the splices done, those of one place in their order; ValueError when two overlap."""
    pieces, position = [], 0
    for splice in _in_order(splices):
        if splice.start < position:
            message = f"splices overlap at {splice.start}"
            raise ValueError(message)
        pieces += [text[position : splice.start], splice.text]
        position = splice.end
    return "".join([*pieces, text[position:]])


def _in_order(splices: Iterable[Splice]) -> list[Splice]:
    return sorted(splices, key=lambda splice: (splice.start, splice.end))


def put_entry(document: Document, section: str, key: str, fields: Fields, order: Sequence[str]) -> list[Splice]:
    """Return the splices after which the entry holds the fields; none when it does already.

    A field of None goes, one that is not mentioned stays, any other becomes what is given. `order` is the plan's order
    of the section's keys. NotMinimal where that cannot be done without disturbing what stands around it.
    """
    ranks = {name: rank for rank, name in enumerate(SECTIONS[section])}
    return _splices(document, Intent(section, nfc(key), _ranked(fields, ranks)), order)


def remove_entry(document: Document, section: str, key: str) -> list[Splice]:
    """Return the splices that take the entry out with its lines; the last one leaves `section: {}`."""
    entry = document.root.entries.get(section) if document.root else None
    if entry is None or yamltree.is_absent(entry.value):
        return []
    if isinstance(entry.value, yamltree.Mapping) and nfc(key) not in entry.value.entries:
        return []
    return _splices(document, Intent(section, nfc(key), None), ())


def _splices(document: Document, intent: Intent, order: Sequence[str]) -> list[Splice]:
    if document.root is None or document.problems:  # anchors, duplicate keys, several documents: not ours to touch
        raise NotMinimal(document.file, intent)
    fields = {intent.section: {intent.key: intent.fields}}
    try:
        return patched(document, document.root, fields, (_ROOT, order, SECTIONS[intent.section]))
    except Stuck:
        raise NotMinimal(document.file, intent) from None


def edited(document: Document, intent: Intent, order: Sequence[str] = ()) -> str:
    """Return the file's text, byte order mark included, with the entry put or taken out and all else as it was."""
    section, key, fields = intent.section, intent.key, intent.fields
    if fields is None:
        splices = remove_entry(document, section, key)
    else:
        splices = put_entry(document, section, key, fields, order)
    after = apply(document.text, splices)
    verified(document, after, splices, intent)
    return yamltree.BOM + after if document.bom else after


def edited_together(document: Document, intents: Sequence[Intent], order: Sequence[str] = ()) -> str:
    """Return what `edited` would make of the text with one intent after the other, parsing it but once.

    The intents are about different entries of one section, and each of them puts fields.
    """
    ranks = {name: rank for rank, name in enumerate(SECTIONS[intents[0].section])}
    given = [replace(intent, key=nfc(intent.key), fields=_ranked(intent.fields or {}, ranks)) for intent in intents]
    places = {key: place for place, key in enumerate(order)}
    given.sort(key=lambda intent: places.get(intent.key, len(places)))
    first = given[0]
    if document.root is None or document.problems:
        raise NotMinimal(document.file, first)
    fields = {first.section: {intent.key: intent.fields for intent in given}}
    try:
        splices = patched(document, document.root, fields, (_ROOT, order, SECTIONS[first.section]))
    except Stuck:
        raise NotMinimal(document.file, first) from None
    after = apply(document.text, splices)
    verified(document, after, splices, *given)
    return yamltree.BOM + after if document.bom else after


def _ranked(fields: Fields, ranks: Mapping[str, int]) -> Fields:
    """Return the fields in the order in which an entry of the section has them."""
    return dict(sorted(fields.items(), key=lambda item: ranks.get(item[0], len(ranks))))


def verified(before: Document, after: str, splices: Iterable[Splice], *intents: Intent) -> None:
    """Raise NotMinimal unless the new text reads as intended and is, beside the splices, what it was."""
    parsed = yamltree.parse(before.file, after)
    reads = before.root and parsed.root and not parsed.problems and tree(parsed.root) == intended(before.root, *intents)
    if not reads or not _same_outside(before.text, after, splices):
        raise NotMinimal(before.file, intents[0])


def intended(root: yamltree.Mapping, *intents: Intent) -> Tree:
    """Return the plain tree of a root once the intents are carried out, one after the other."""
    expected = plain_entries(root)
    for intent in intents:
        expected = _with_intent(expected, intent)
    return expected


def _with_intent(expected: dict[str, Tree], intent: Intent) -> dict[str, Tree]:
    section = expected.get(intent.section)
    entries = dict(section) if isinstance(section, dict) else {}
    key = nfc(intent.key)
    if intent.fields is None:
        entries.pop(key, None)
    else:
        standing = entries.get(key)
        entry = dict(standing) if isinstance(standing, dict) else {}
        given = {name: None if value is None else tree_of(value) for name, value in intent.fields.items()}
        entries[key] = {name: value for name, value in (entry | given).items() if value is not None}
    return expected | {intent.section: entries} if entries or section is not None else expected


def _same_outside(before: str, after: str, splices: Iterable[Splice]) -> bool:
    """Whether the texts are equal but for the splices."""
    position = moved = 0
    for splice in _in_order(splices):
        stretch = before[position : splice.start]
        if after[moved : moved + len(stretch)] != stretch:
            return False
        position, moved = splice.end, moved + len(stretch) + len(splice.text)
    return before[position:] == after[moved:]
