"""Random data files and random edits: nothing but the intended entry ever changes."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from cchc.core.scalars import nfc
from cchc.workspace import decode, styles, yamltree
from cchc.workspace.splice import SECTIONS, Intent, NotMinimal, edited, put_entry, scalar

ORDER = ("a-dau", "b-hai", "c-ba", "d-bon", "e-nam", "f-sau")
ROOT_ORDER = ("measurements", "tasks", "remarks")
TRAPS = (
    *("", " ", "~", "null", "Null", "yes", "No", "on", "y", "n", "true", "OFF", "=", "<<", "---", "...", "<<<<<<< x"),
    *("-", "- a", "?", "? a", ":", "a:", "a: b", "a #b", "#a", "[a]", "{a: 1}", "a, b", "&a", "*a", "!a", "|", ">"),
    *("'a'", '"a"', "%a", "@a", "`a`", "a\\b", "a\"b'c", "it's", "trailing ", " leading", "https://a.vn/x?y=1#z"),
    *("-5", "0", "412", "-0", "010", "0o7", "0x1f", "1e3", "1_000", "1.5", ".5", "5.", ".inf", "-.INF", ".nan", "95,5"),
    *("12:30", "1:2:3", "2023-06-15", "2023-06", "2023-6-1", "2023-06-15T10:00:00", "2023-06-15 10:00", "12/BC"),
    *("tab\there", "\ta", "a\nb", "a\n\n b\n", "\na", "a\r\nb", "Đề nghị: huyện", "Lê Hồng", "Le\u0302"),
    *("\x00", "\x85", "\u2028", "\ufeff", "\U0001f600", "\xa0", "a \xa0", "\x7f"),
)
TEXTS = st.one_of(
    st.sampled_from(TRAPS),
    st.text("aơễ :#-?[]{},&*!|>'\"%@`~=<\\/0159.eyn_\n\t", max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
WORDS = st.sampled_from(
    ["412", "0", "95.5", "-3", "2023-06-15", "có", "Sổ theo dõi", "biểu II.06a", "vp-hdnd", "yes", "a: b", "'q'", '"d"']
)
LINES = st.sampled_from(("một\nhai", "một\n\nhai: ba\n  bốn", "# một\nhai"))
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no finding


@dataclass
class File:
    """A generated file: its lines, what they mean, and how they are written."""

    lines: list[str]
    model: dict[str, Any]
    comments: list[str] = field(default_factory=list)
    flows: set[str] = field(default_factory=set)
    text: str = ""

    def comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}.")
        return self.comments[-1]


class Writer:
    """Draws the lines of a data file."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.file = File(["format: cchc/1", "period: 2023-06"], {"format": "cchc/1", "period": "2023-06"})
        self.step = draw(st.sampled_from((2, 4, 1)))

    def chance(self, parts: int = 3) -> bool:
        return bool(self.draw(st.integers(1, parts)) == parts)

    def trailing(self) -> str:
        return f"  {self.file.comment()}" if self.chance(4) else ""

    def filler(self, *indents: int) -> None:
        while self.chance(5):
            indent = self.draw(st.sampled_from(indents))
            self.file.lines.append("" if self.chance(2) else " " * indent + self.file.comment())

    def scalar(self, text: str, *, flow: bool = False) -> str:
        plain = [scalar(text, flow=flow)]
        single = [] if "\n" in text else [styles.single_quoted(text)]
        return str(self.draw(st.sampled_from([*plain, *single, styles.double_quoted(text)])))

    def braces(self, value: Any) -> str:
        if isinstance(value, str):
            return self.scalar(value, flow=True)
        if isinstance(value, list):
            return "[" + ", ".join(self.braces(item) for item in value) + "]"
        gap = " " if self.chance(2) else ""
        return "{" + gap + ", ".join(f"{key}: {self.braces(item)}" for key, item in value.items()) + gap + "}"

    def value(self, key: str, value: Any, indent: int) -> None:
        pad, lines = " " * indent, self.file.lines
        if isinstance(value, str):
            if "\n" in value and self.chance(2):
                lines.append(f"{pad}{key}: {self.draw(st.sampled_from(('|', '|-')))}{self.trailing()}")
                lines.extend(styles.block_lines(value, indent + self.step))
            elif value == "Sổ theo dõi" and self.chance(2):
                lines.extend([f"{pad}{key}: >-{self.trailing()}", f"{pad}   Sổ", f"{pad}   theo dõi"])
            else:
                lines.append(f"{pad}{key}: {self.scalar(value)}{self.trailing()}")
        elif not value or self.chance(2):
            lines.append(f"{pad}{key}: {self.braces(value)}{self.trailing()}")
        elif isinstance(value, dict):
            lines.append(f"{pad}{key}:{self.trailing()}")
            self.fields(value, indent + self.step)
        else:
            dash = " " * (indent + self.draw(st.sampled_from((0, self.step))))
            lines.append(f"{pad}{key}:{self.trailing()}")
            lines.extend(f"{dash}- {self.braces(item)}{self.trailing()}" for item in value)

    def fields(self, fields: dict[str, Any], indent: int) -> None:
        for key, value in fields.items():
            self.filler(indent)
            self.value(key, value, indent)

    def section(self, name: str) -> None:
        kind = self.draw(st.sampled_from(("absent", "bare", "braces", "flow", "lines", "block", "block", "block")))
        keys = self.draw(
            st.lists(st.sampled_from(ORDER), unique=True, min_size=self.draw(st.integers(0, 3)), max_size=4)
        )
        entries = {key: self.draw(entry_fields(name)) for key in keys}
        if kind == "absent":
            return
        self.file.model[name] = {} if kind in {"bare", "braces"} else entries
        if kind == "bare" or (kind == "block" and not entries):
            self.file.lines.append(f"{name}:{self.trailing()}")
            self.file.model[name] = {}
        elif kind == "block":
            self.file.lines.append(f"{name}:{self.trailing()}")
            self.block(entries)
        else:
            self.file.flows.add(name)
            self.flow(name, self.file.model[name], split=kind == "lines")

    def block(self, entries: dict[str, Any]) -> None:
        entry_pad = " " * self.step
        for key, fields in entries.items():
            self.filler(0, self.step)
            if fields and self.chance(3):
                self.file.lines.append(f"{entry_pad}{key}: {self.braces(fields)}{self.trailing()}")
            else:
                self.file.lines.append(f"{entry_pad}{key}:{self.trailing()}")
                self.fields(fields, 2 * self.step)
                self.filler(2 * self.step)

    def flow(self, name: str, entries: dict[str, Any], *, split: bool) -> None:
        if not split:
            self.file.lines.append(f"{name}: {self.braces(entries)}{self.trailing()}")
            return
        self.file.lines.append(f"{name}: {{{self.trailing()}")
        for index, (key, fields) in enumerate(entries.items()):
            comma = "," if index + 1 < len(entries) or self.chance(2) else ""
            self.filler(2)
            self.file.lines.append(f"  {key}: {self.braces(fields)}{comma}{self.trailing()}")
        self.file.lines.append(f"  }}{self.trailing()}")


FIELD_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "provided": st.fixed_dictionaries({"by": WORDS}, optional={"on": WORDS}),
    "causes": st.fixed_dictionaries({}, optional={"objective": WORDS, "subjective": WORDS | LINES}),
    "evidence": st.lists(WORDS | st.fixed_dictionaries({"title": WORDS}, optional={"document": WORDS}), max_size=4),
    "text": WORDS | LINES,
    "results": WORDS | LINES,
}
CHOSEN = {
    "measurements": ("numerator", "denominator", "value", "text", "source", "provided", "evidence", "note"),
    "tasks": ("state", "text", "evidence"),
    "remarks": ("results", "causes", "next"),
}


@st.composite
def entry_fields(draw: Any, section: str) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(CHOSEN[section]), unique=True, min_size=draw(st.integers(0, 2)), max_size=5))
    return {name: draw(FIELD_VALUES.get(name, WORDS)) for name in sorted(names, key=SECTIONS[section].index)}


@st.composite
def edits(draw: Any, section: str, standing: dict[str, Any]) -> dict[str, Any]:
    """Return fields to put into an entry: some that stand there changed or removed, some new."""
    fields = dict(draw(entry_fields(section)))
    for name, value in standing.items():
        match draw(st.sampled_from(("keep", "same", "other", "vary", "remove"))):
            case "same":
                fields[name] = value
            case "other":
                fields[name] = draw(FIELD_VALUES.get(name, WORDS))
            case "vary":
                fields[name] = draw(variations(name, value))
            case "remove":
                fields[name] = None
            case _:
                fields.pop(name, None)
    return {name: fields[name] for name in draw(st.permutations(sorted(fields)))}


@st.composite
def variations(draw: Any, name: str, value: Any) -> Any:
    """Return the value with a part added, changed or left out."""
    other = draw(FIELD_VALUES.get(name, WORDS))
    if isinstance(value, dict):
        merged = {**value, **other}
        return {key: item for key, item in merged.items() if draw(st.integers(0, 3))}
    if isinstance(value, list):
        at = draw(st.integers(0, len(value)))
        return value[:at] + other + value[at + draw(st.integers(0, 1)) :]
    return other


@st.composite
def files(draw: Any) -> File:
    writer = Writer(draw)
    for name in draw(st.permutations(ROOT_ORDER)) if writer.chance(4) else ROOT_ORDER:
        writer.filler(0)
        writer.section(name)
    writer.filler(0)
    line_break = draw(st.sampled_from(("\n", "\r\n", "\r")))
    end = draw(st.sampled_from((line_break, "")))
    writer.file.text = draw(st.sampled_from(("", "\ufeff"))) + line_break.join(writer.file.lines) + end
    return writer.file


def plain(text: str) -> Any:
    """What readers see, by way of the loader's own function."""
    document = yamltree.parse("data/2023-06.yaml", text)
    assert document.root is not None, document.problems
    assert not document.problems
    return normal(decode.plain(document.root, (), [], []))


def normal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return nfc(value).rstrip("\n")


def settled(model: dict[str, Any]) -> dict[str, Any]:
    """Leave out what an absent value cannot tell from an empty one."""
    root = {key: value for key, value in model.items() if key not in ROOT_ORDER}
    for name in ROOT_ORDER:
        entries = {key: fields for key, fields in (model.get(name) or {}).items() if fields}
        if entries:
            root[name] = entries
    return root


def lines_of(text: str) -> list[str]:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines


def is_part(old: list[str], new: list[str]) -> bool:
    rest = iter(new)
    return all(any(line == other for other in rest) for line in old)


def do(text: str, intent: Intent) -> str:
    return edited(yamltree.parse("data/2023-06.yaml", text), intent, ORDER)


@settings(MANY, max_examples=100)
@given(files())
def test_generated_files_mean_what_the_generator_says(file: File) -> None:
    assert settled(plain(file.text)) == settled(normal(file.model))


@settings(MANY, max_examples=150)
@given(files(), st.sampled_from(ROOT_ORDER), st.sampled_from(ORDER), st.data())
def test_an_added_entry_adds_lines_only(file: File, section: str, key: str, data: st.DataObject) -> None:
    assume(key not in file.model.get(section, {}))
    fields = data.draw(entry_fields(section))
    after = do(file.text, Intent(section, key, fields))
    expected = {**file.model, section: {**file.model.get(section, {}), key: fields}}
    assert settled(plain(after)) == settled(normal(expected))
    assert after.startswith("\ufeff") == file.text.startswith("\ufeff")
    assert all(comment in after for comment in file.comments)
    if section not in file.flows:
        assert is_part(lines_of(file.text), lines_of(after))
        assert after.endswith(("\n", "\r")) == file.text.endswith(("\n", "\r"))
    assert do(after, Intent(section, key, fields)) == after


@settings(MANY, max_examples=150)
@given(files(), st.sampled_from(ROOT_ORDER), st.data())
def test_a_changed_entry_changes_nothing_else(file: File, section: str, data: st.DataObject) -> None:
    assume(file.model.get(section))
    key = data.draw(st.sampled_from(sorted(file.model[section])))
    fields = data.draw(edits(section, file.model[section][key]))
    try:
        after = do(file.text, Intent(section, key, fields))
    except NotMinimal:
        event("refused")
        assert any(isinstance(value, dict | list) or value is None for value in fields.values())
        assert file.comments
        return
    merged = {**file.model[section][key], **fields}
    entry = {name: value for name, value in merged.items() if value is not None}
    expected = {**file.model, section: {**file.model[section], key: entry}}
    assert settled(plain(after)) == settled(normal(expected))
    standing = [name for name in file.model[section][key] if name in entry]
    now = plain(after)[section].get(key, {})
    assert [name for name in now if name in standing] == standing
    others = [name for name in plain(file.text)[section] if name != key]
    assert [name for name in plain(after)[section] if name != key] == others
    removed = [value for value in fields.values() if value is None or isinstance(value, list | dict)]
    if not removed:
        assert all(comment in after for comment in file.comments)
    assert do(after, Intent(section, key, fields)) == after


@settings(MANY, max_examples=100)
@given(files(), st.sampled_from(ROOT_ORDER), st.sampled_from(ORDER))
def test_what_is_added_can_be_taken_out_again(file: File, section: str, key: str) -> None:
    assume(key not in file.model.get(section, {}))
    added = do(file.text, Intent(section, key, {CHOSEN[section][0]: "1"}))
    try:
        after = do(added, Intent(section, key, None))
    except NotMinimal:
        assert section in file.flows
        return
    assert settled(plain(after)) == settled(normal(file.model))
    if file.model.get(section) and section not in file.flows:
        assert after.rstrip("\r\n") == file.text.rstrip("\r\n")


@settings(MANY, max_examples=250)
@given(TEXTS)
def test_a_scalar_reads_back_exactly(text: str) -> None:
    for source in (f"k: {scalar(text)}\nl: x\n", f"k: {{k: {scalar(text, flow=True)}, l: x}}\n"):
        document = yamltree.parse("x.yaml", source)
        assert not document.problems
        assert document.root
        node = document.root.entries["k"].value
        found = node.entries["k"].value if isinstance(node, yamltree.Mapping) else node
        assert isinstance(found, yamltree.Scalar)
        assert found.text == nfc(text)
        assert not yamltree.is_null(found)
        assert not yamltree.is_absent(found)


@settings(MANY, max_examples=250)
@given(TEXTS)
def test_what_stands_plain_is_the_same_text_to_other_readers(text: str) -> None:
    for source in (scalar(text), scalar(text, flow=True)):
        if source.startswith(('"', "'")):
            continue
        value = yaml.safe_load(f"[{source}]" if source == scalar(text, flow=True) else f"k: {source}")
        value = value[0] if isinstance(value, list) else value["k"]
        figure = re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?|\d{4}-\d\d-\d\d", source)
        assert value == nfc(text) or figure


@settings(MANY, max_examples=150)
@given(TEXTS, TEXTS, st.sampled_from(("plain", "single", "double", "literal")))
def test_any_text_replaces_any_text(old: str, new: str, style: str) -> None:
    assume(style != "single" or not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", old))
    assume(style != "literal" or styles.fits_block(old))
    source = {
        "plain": lambda: scalar(old),
        "single": lambda: styles.single_quoted(old),
        "double": lambda: styles.double_quoted(old),
        "literal": lambda: "\n".join(["|-", *styles.block_lines(nfc(old), 6)]),
    }[style]()
    text = f"format: cchc/1\nmeasurements:\n  a-dau:\n    text: {source}\n    note: x\n"
    after = do(text, Intent("measurements", "a-dau", {"text": new}))
    assert plain(after)["measurements"]["a-dau"] == normal({"text": new, "note": "x"})
    assert do(after, Intent("measurements", "a-dau", {"text": new})) == after


@settings(MANY, max_examples=100)
@given(files(), st.sampled_from(ROOT_ORDER), st.sampled_from(ORDER), st.data())
def test_splices_never_overlap(file: File, section: str, key: str, data: st.DataObject) -> None:
    fields = data.draw(edits(section, file.model.get(section, {}).get(key, {})))
    try:
        splices = put_entry(yamltree.parse("x.yaml", file.text), section, key, fields, ORDER)
    except NotMinimal:
        return
    ordered = sorted(splices, key=lambda splice: (splice.start, splice.end))
    assert all(one.end <= other.start for one, other in pairwise(ordered))


@pytest.mark.parametrize("text", TRAPS)
def test_every_trap_goes_through_a_whole_file(text: str) -> None:
    before = "format: cchc/1\nmeasurements: {}\n"
    intent = Intent("measurements", "a-dau", {"note": text, "evidence": [text, {"title": text, "document": "1 2"}]})
    after = do(before, intent)
    entry = plain(after)["measurements"]["a-dau"]
    assert entry == normal({"note": text, "evidence": [text, {"title": text, "document": "1 2"}]})
