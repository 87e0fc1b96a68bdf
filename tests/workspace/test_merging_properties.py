"""Random states of a file: their merge says what a plain reading of the rules says, and no figure is lost or new."""

from typing import Any

import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from cchc.workspace.merging import merge, resolved

MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine is no finding
IDS = ("mot", "hai", "ba", "bon")
SECTIONS = ("measurements", "tasks")
FIGURE = ("numerator", "denominator", "value", "text")
VALUES = st.sampled_from(("1", "2", "3"))
TEXTS = st.sampled_from(("a", "b", "dài hơn", "x: y", "# c"))
FIGURES: st.SearchStrategy[dict[str, str]] = st.one_of(
    st.fixed_dictionaries({"numerator": VALUES, "denominator": VALUES}),
    st.fixed_dictionaries({"value": VALUES}),
    st.fixed_dictionaries({"text": TEXTS}),
    st.just({}),
)
OTHERS = st.fixed_dictionaries(
    {}, optional={"source": TEXTS, "note": TEXTS, "evidence": st.lists(TEXTS, min_size=1, max_size=2)}
)
ENTRIES = st.builds(lambda figure, others: {**figure, **others}, FIGURES, OTHERS)
Entry = dict[str, Any]
State = dict[str, dict[str, Entry]]


@st.composite
def states(draw: st.DrawFn) -> tuple[State, State, State]:
    """Draw what stood there, and what each of two sides made of it."""
    base: State = {section: draw(st.dictionaries(st.sampled_from(IDS), ENTRIES, min_size=2)) for section in SECTIONS}
    return base, _changed(draw, base), _changed(draw, base)


def _changed(draw: st.DrawFn, base: State) -> State:
    state = {section: {key: dict(entry) for key, entry in entries.items()} for section, entries in base.items()}
    for _ in range(draw(st.integers(1, 5))):
        entries = state[draw(st.sampled_from(SECTIONS))]
        key = draw(st.sampled_from(IDS))
        match draw(st.sampled_from(("take out", "rewrite", "figure", "figure", "figure", "others", "others"))):
            case "take out":
                entries.pop(key, None)
            case "rewrite":
                entries[key] = draw(ENTRIES)
            case "figure":
                kept = {name: value for name, value in entries.get(key, {}).items() if name not in FIGURE}
                entries[key] = {**draw(FIGURES), **kept}
            case _:
                entries[key] = {**entries.get(key, {}), **draw(OTHERS)}
    return state


@st.composite
def texts(draw: st.DrawFn, state: State) -> str:
    """Draw a way of writing a state."""
    lines = ["format: cchc/1", "period: 2023-06"]
    for section in draw(st.permutations(SECTIONS)):
        _section(draw, section, state[section], lines)
    end = draw(st.sampled_from(("\n", "\n", "\n", "\r\n")))
    return draw(st.sampled_from(("", "", "", "\ufeff"))) + end.join(lines) + draw(st.sampled_from((end, end, "")))


def _section(draw: st.DrawFn, section: str, entries: dict[str, Entry], lines: list[str]) -> None:
    if not entries:
        lines += draw(st.sampled_from(([], [f"{section}:"], [f"{section}: {{}}"])))
        return
    keys = list(entries) if draw(st.integers(0, 3)) else draw(st.permutations(list(entries)))
    if not draw(st.integers(0, 5)):
        inside = ", ".join(f"{key}: {_braces(draw, entries[key])}" for key in keys)
        lines.append(f"{section}: {{{inside}}}")
        return
    lines.append(f"{section}:{_comment(draw)}")
    for key in keys:
        _entry(draw, key, entries[key], lines)


def _entry(draw: st.DrawFn, key: str, entry: Entry, lines: list[str]) -> None:
    if not draw(st.integers(0, 4)):
        lines += draw(st.sampled_from(([""], ["  # dẫn"], ["# lề"])))
    if not entry or not draw(st.integers(0, 2)):
        lines.append(f"  {key}: {_braces(draw, entry)}{_comment(draw)}")
        return
    lines.append(f"  {key}:{_comment(draw)}")
    for name, value in entry.items():
        if isinstance(value, list) and draw(st.booleans()):
            lines += [f"    {name}:", *(f"      - {_scalar(draw, item)}{_comment(draw)}" for item in value)]
        else:
            lines.append(f"    {name}: {_braces(draw, value)}{_comment(draw)}")
    if not draw(st.integers(0, 4)):
        lines.append("    # sau")


def _comment(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(("", "", "", "", "  # c", "  # đã xem")))


def _braces(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_braces(draw, item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(draw, item) for item in value) + "]"
    return _scalar(draw, value)


def _scalar(draw: st.DrawFn, text: str) -> str:
    quote = draw(st.sampled_from(("'", '"')))
    plain = not set(text) & set(":#") and draw(st.integers(0, 3))
    return text if plain else f"{quote}{text}{quote}"


# the oracle: the rules once more, as plainly as they can be said

Outcome = tuple[dict[tuple[str, str], Entry], set[tuple[str, str]]]


def expected(base: State, ours: State, theirs: State) -> Outcome:
    merged, conflicts = {}, set()
    for section in SECTIONS:
        for key in IDS:
            three = [side[section].get(key) for side in (base, ours, theirs)]
            entry = _one(*three)
            if entry == "conflict":
                conflicts.add((section, key))
            elif entry is not None:
                merged[section, key] = entry
    return merged, conflicts


def _one(base: Any, ours: Any, theirs: Any) -> Any:
    if theirs in (ours, base):
        return ours
    if base == ours:
        return theirs
    if ours is None or theirs is None:
        return "conflict"
    found: Entry = {}
    for unit in (FIGURE, ("source",), ("note",), ("evidence",)):
        was, one, other = ({key: side[key] for key in unit if key in side} for side in (base or {}, ours, theirs))
        if one != other and was not in (one, other):
            return "conflict"
        found |= other if was == one else one
    return found


def said(text: str) -> dict[tuple[str, str], Entry]:
    tree = yaml.load(text.removeprefix("\ufeff"), yaml.BaseLoader)  # noqa: S506  # it makes texts of everything
    return {(section, key): entry for section in SECTIONS for key, entry in (tree.get(section) or {}).items()}


def figure(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key in FIGURE}


@MANY
@given(st.data())
def test_the_merge_says_what_the_rules_say(data: st.DataObject) -> None:
    base, ours, theirs = data.draw(states())
    written = [data.draw(texts(state)) for state in (base, ours, theirs)]
    merged, conflicts = expected(base, ours, theirs)
    found = merge("data/2023-06.yaml", *written)
    assert found is not None
    assert {conflict.path[:2] for conflict in found.conflicts} == conflicts
    event(f"conflicts: {bool(conflicts)}, text: {found.text is not None}")
    if found.text is None:
        return
    for side, state in (("ours", ours), ("theirs", theirs)):
        standing = {path: entry for path in conflicts if (entry := state[path[0]].get(path[1])) is not None}
        assert said(resolved(found.text, side)) == {**merged, **standing}
    assert found.text.startswith("\ufeff") == written[1].startswith("\ufeff")
    if not conflicts:
        assert found.accepts(found.text)
    assert found.keeps(found.text)
    if "\r" not in written[1]:
        assert "\r" not in found.text
    else:
        assert found.text.count("\r\n") == found.text.count("\n")


@MANY
@given(st.data())
def test_no_figure_is_lost_and_none_invented(data: st.DataObject) -> None:
    base, ours, theirs = data.draw(states())
    found = merge("data/2023-06.yaml", *(data.draw(texts(state)) for state in (base, ours, theirs)))
    assert found is not None
    if found.text is None:
        return
    left, right = (said(resolved(found.text, side)) for side in ("ours", "theirs"))
    for section in SECTIONS:
        for key in IDS:
            was, one, other = (side[section].get(key) for side in (base, ours, theirs))
            standing = [side[section, key] for side in (left, right) if (section, key) in side]
            known = [figure(entry) for entry in (one, other) if entry is not None]
            assert all(figure(entry) in known for entry in standing)
            for entry in (one, other):  # what a side has made new stands there
                if entry and figure(entry) and figure(entry) != figure(was or {}):
                    assert figure(entry) in [figure(entry) for entry in standing]


@MANY
@given(st.data())
def test_what_only_one_side_has_changed_is_taken_as_it_stands(data: st.DataObject) -> None:
    base, ours, _ = data.draw(states())
    old, new = data.draw(texts(base)), data.draw(texts(ours))
    for three in ((old, new, old), (old, old, new)):
        found = merge("data/2023-06.yaml", *three)
        assert found is not None
        assert not found.conflicts
        if found.text is not None:
            assert said(found.text) == said(new)
