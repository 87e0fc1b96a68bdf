"""Texts as YAML: which scalar may stand plain and how others are quoted; a value as a head and lines below it."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from cchc.core.scalars import UNSEEN, nfc

Value: TypeAlias = str | Mapping[str, "Value | None"] | list["Value"] | tuple["Value", ...]
Fields: TypeAlias = Mapping[str, Value | None]

STEP = 2  # blanks a level where the file does not show its own
WIDTH = 100  # the longest line on which a small mapping is written in braces

_UNPRINTABLE = re.compile(rf"[\t\n\r{UNSEEN}]")
_ESCAPED = re.compile(rf'[\t\n\r"\\{UNSEEN}]')
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}

_LEADING = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`\s]|\.\.\.""")
_MINUS = re.compile(r"-[0-9A-Za-z.]")
_INSIDE = re.compile(r":(?:\s|$)|\s#|\s$")
_INSIDE_FLOW = re.compile(r"[,\[\]{}:?]")

_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TRUTH = re.compile(r"y|n|yes|no|on|off|true|false", re.IGNORECASE)
_GUESSED = re.compile(  # what a YAML 1.1 or 1.2 reader without our schema takes for something other than a text
    r"""~|null|=|<<
    |[-+]?0b[01_]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-f_]+
    |[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?
    |[-+]?\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |[-+]?\.inf|\.nan
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\s].*)?""",
    re.VERBOSE | re.IGNORECASE,
)


def scalar(text: str, *, flow: bool = False) -> str:
    """Return the text as one line of YAML: plain where every reader sees the same text, our figures and dates too."""
    text = nfc(text)
    if _stands_plain(text, flow=flow) and (_FIGURE.fullmatch(text) or not is_guessed(text)):
        return text
    return quoted(text)


def key(text: str, *, flow: bool = False) -> str:
    """Return the text as a key: plain also where YAML might guess, since our keys are never guessed (`on`)."""
    return text if _stands_plain(text, flow=flow) else quoted(text)


def restyled(text: str, old: str, *, flow: bool) -> str:
    """Return the text as one line of YAML in the style of the scalar that stands there, where that remains possible."""
    text = nfc(text)
    if old.startswith('"'):
        return double_quoted(text)
    if old.startswith("'") and not _UNPRINTABLE.search(text):
        return single_quoted(text)
    if is_truth(old) and is_truth(text):  # a file that says `yes` plainly says `no` plainly
        return text
    return scalar(text, flow=flow)


def quoted(text: str) -> str:
    """Return the text in double quotes; in single ones where that spares escapes."""
    if ('"' in text or "\\" in text) and not _UNPRINTABLE.search(text):
        return single_quoted(text)
    return double_quoted(text)


def single_quoted(text: str) -> str:
    """Return the text in single quotes; it has no line ends and no control characters."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return the text in double quotes, with what cannot be seen as escapes."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def is_guessed(text: str) -> bool:
    """Whether a reader without our schema may take the plain text for a number, a date, a truth value or null."""
    return not text or bool(_GUESSED.fullmatch(text)) or is_truth(text)


def is_truth(text: str) -> bool:
    """Whether YAML 1.1 reads the plain text as a truth value."""
    return bool(_TRUTH.fullmatch(text))


def _stands_plain(text: str, *, flow: bool) -> bool:
    """Whether the text parses as a plain scalar of the same text; in braces more signs forbid it."""
    if not text or _UNPRINTABLE.search(text) or _INSIDE.search(text):
        return False
    if flow and _INSIDE_FLOW.search(text):
        return False
    return not _LEADING.match(text) or bool(_MINUS.match(text))


def fits_block(text: str) -> bool:
    """Whether the text can stand as it is in the lines of a block scalar that strips its last line end."""
    seen = text.replace("\n", "").replace("\t", "")
    return bool(text) and text.strip(" \t\n") == text and not _UNPRINTABLE.search(seen)


def block_lines(text: str, indent: int) -> list[str]:
    """Return the lines of a block scalar; an empty line stays empty."""
    return [" " * indent + line if line else "" for line in text.split("\n")]


def in_braces(value: Value) -> str:
    """Return the value on one line, mappings in braces and lists in brackets."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(pair(name, item) for name, item in value.items() if item is not None) + "}"
    return "[" + ", ".join(in_braces(item) for item in value) + "]"


def pair(name: str, value: Value) -> str:
    """Return `key: value` as it stands in braces."""
    return f"{key(name, flow=True)}: {in_braces(value)}"


def written(value: Value, indent: int, step: int = STEP, blocks: int = 0) -> tuple[str, list[str]]:
    """Return what stands behind the key and the lines below it, whose first level is indented by `indent`.

    A small mapping of single words stands in braces, like `provided: {by: …, on: …}`, but for the outermost `blocks`
    levels.
    """
    if isinstance(value, str):
        text = nfc(value)
        return ("|-", block_lines(text, indent)) if "\n" in text and fits_block(text) else (scalar(text), [])
    if isinstance(value, Mapping):
        if not blocks and _is_small(value):
            return in_braces(value), []
        lines = mapping_lines(value, indent, step, blocks)
        return ("", lines) if lines else ("{}", [])
    lines = [line for item in value for line in item_lines(item, indent, step)]
    return ("", lines) if lines else ("[]", [])


def mapping_lines(fields: Fields, indent: int, step: int = STEP, blocks: int = 0) -> list[str]:
    """Return the lines of the fields that have a value, each key indented by `indent`."""
    lines = []
    for name, value in fields.items():
        if value is not None:
            head, below = written(value, indent + step, step, max(blocks - 1, 0))
            lines += [" " * indent + f"{key(name)}: {head}".rstrip(" "), *below]
    return lines


def item_lines(item: Value, indent: int, step: int = STEP) -> list[str]:
    """Return the lines of an item of a list whose dashes are indented by `indent`."""
    head, below = written(item, indent + 2, step)
    if head:
        return [" " * indent + f"- {head}", *below]
    return [" " * indent + f"- {below[0].lstrip(' ')}", *below[1:]]


def _is_small(fields: Fields) -> bool:
    values = [value for value in fields.values() if value is not None]
    words = all(all(map(_is_word, value)) if isinstance(value, list) else _is_word(value) for value in values)
    return words and len(in_braces(fields)) <= WIDTH


def _is_word(value: Value | None) -> bool:
    return isinstance(value, str) and bool(value) and not re.search(r"\s", value)
