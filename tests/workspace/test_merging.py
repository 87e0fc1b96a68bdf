"""Each case shows what both sides did to a file, and the text that comes of it; what is not about it must not move."""

from textwrap import dedent

import pytest

from cchc.workspace import merging
from cchc.workspace.merging import Merge, both, merge, resolved
from cchc.workspace.threeway import Conflict, ordered

HEAD = "format: cchc/1\nperiod: 2023-06\n"
MOT = "  mot:\n    numerator: 412\n    denominator: 418\n    source: sổ\n"
BA = "  ba:  # mới\n    value: '5'\n"
BON = "  # lời dẫn\n  bon: {value: 4}\n"
BASE = f"{HEAD}measurements:\n{MOT}"


def body(text: str) -> str:
    """Return a file's text with the head that all have; the first line end and the indentation of the test go."""
    return HEAD + dedent(text.removeprefix("\n"))


def of(base: str, ours: str, theirs: str) -> Merge:
    found = merge("data/2023-06.yaml", base, ours, theirs)
    assert found is not None
    return found


def merged(base: str, ours: str, theirs: str) -> str:
    found = of(base, ours, theirs)
    assert not found.conflicts
    assert found.text is not None
    return found.text


# Entries


def test_an_entry_that_one_side_has_added_is_taken_with_its_lines() -> None:
    after = BASE + BON
    assert merged(BASE, BASE, after) == after
    assert merged(BASE, after, BASE) == after
    assert merged(BASE, BASE.replace("418", "419"), after) == after.replace("418", "419")


def test_both_sides_add_behind_the_same_predecessor_ours_first() -> None:
    assert merged(BASE, BASE + BA, BASE + BON) == BASE + BA + BON


def test_a_new_entry_goes_behind_its_predecessor_in_theirs_else_first() -> None:
    base = f"{HEAD}measurements:\n{MOT}  hai: {{value: 2}}\n"
    theirs = base.replace("  hai", BA + BON + "  hai").replace(MOT, "  dau: {value: 0}\n" + MOT)
    ours = base + "  nam: {value: 5}\n"
    assert merged(base, ours, theirs) == theirs + "  nam: {value: 5}\n"


def test_a_predecessor_that_ours_has_taken_out_is_none() -> None:
    base = f"{HEAD}measurements:\n{MOT}  hai: {{value: 2}}\n"
    assert merged(base, base.replace("  hai: {value: 2}\n", ""), base + BA) == BASE + BA


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "after"),
    [
        ("ab", "ab", "ab", "ab"),
        ("", "ab", "xy", "abxy"),
        ("ab", "aob", "atb", "aotb"),
        ("ab", "b", "axb", "axb"),
        ("ab", "oab", "tab", "otab"),
        ("abc", "abco", "acx", "abcox"),
    ],
)
def test_the_order_of_both_sides(base: str, ours: str, theirs: str, after: str) -> None:
    assert "".join(ordered(base, ours, theirs)) == after


def test_an_entry_that_both_sides_have_added_alike_is_taken_once() -> None:
    assert merged(BASE, BASE + BA, BASE + BA) == BASE + BA
    assert merged(BASE, BASE + BA, BASE + '  ba: {value: "5"}\n') == BASE + BA


def test_an_entry_that_one_side_has_taken_out_goes_with_its_comments() -> None:
    base = BASE + BON
    assert merged(base, base.replace("412", "413"), BASE) == BASE.replace("412", "413")
    assert merged(base, BASE, base.replace("412", "413")) == BASE.replace("412", "413")
    assert merged(base, BASE, base.replace("bon:", "bon :")) == BASE
    assert merged(base, base.replace("bon:", "bon :"), BASE) == BASE


def test_the_last_entry_goes_and_another_comes() -> None:
    for empty in (" {}", "", "  # hết", " {}  # hết"):
        after = f"{HEAD}measurements:{empty.replace(' {}', '')}\n{BON}"
        assert merged(BASE, f"{HEAD}measurements:{empty}\n", BASE + BON) == after
    assert merged(BASE, f"{HEAD}measurements: {{ \n }}\n", BASE + BA) == f"{HEAD}measurements:\n  ba:\n    value: 5\n"
    assert merged(CLOSED, "format: cchc/1\nclosed: []\n", CLOSED + "  - {period: a, on: b}\n").endswith(
        "closed:\n  - {period: a, on: b}\n"
    )
    assert merged(BASE, BASE + BON, f"{HEAD}measurements: {{}}\n") == f"{HEAD}measurements:\n{BON}"


@pytest.mark.parametrize("section", ["tasks", "remarks"])
def test_every_section_is_merged(section: str) -> None:
    base = f"{HEAD}{section}:\n  mot: {{text: a}}\n"
    assert merged(base, base + "  hai: {text: b}\n", base + "  ba: {text: c}\n").endswith(
        "  mot: {text: a}\n  hai: {text: b}\n  ba: {text: c}\n"
    )


def test_sections_come_at_their_place() -> None:
    base = BASE + "remarks:\n  general: {results: a}\n"
    theirs = base.replace("remarks:", "# việc\ntasks:\n  viec: {state: done}\nremarks:")
    assert merged(base, base.replace("412", "413"), theirs) == theirs.replace("412", "413")


def test_a_section_that_both_sides_begin() -> None:
    assert merged(HEAD, BASE, f"{HEAD}measurements:\n{BA}") == BASE + BA
    assert merged("", BASE, f"{HEAD}measurements:\n{BA}") == BASE + BA
    assert merged("# trống\n", BASE, f"{HEAD}measurements:\n{BA}") == BASE + BA
    for empty in ("measurements:\n", "measurements: {}\n"):
        assert merged(HEAD + empty, BASE, f"{HEAD}measurements:\n{BA}") == BASE + BA
        assert merged(HEAD, HEAD + empty, BASE) == BASE if "{" in empty else True


# Fields


def test_an_entry_that_both_sides_have_changed_is_merged_by_field() -> None:
    ours = BASE.replace("412", "413  # đếm lại").replace("    source", "    # ở đây\n    source")
    theirs = BASE.replace("source: sổ", 'source: "sổ mới"') + "    note: 'xem lại'  # hỏi\n"
    after = ours.replace("source: sổ\n", "source: \"sổ mới\"\n    note: 'xem lại'  # hỏi\n")
    assert merged(BASE, ours, theirs) == after


def test_fields_that_one_side_has_taken_out_go() -> None:
    ours = BASE.replace("    source: sổ\n", "")
    theirs = BASE.replace("    numerator: 412\n    denominator: 418\n", "    value: 98.5\n")
    assert merged(BASE, ours, theirs) == f"{HEAD}measurements:\n  mot:\n    value: 98.5\n"
    assert merged(BASE, theirs, ours) == f"{HEAD}measurements:\n  mot:\n    value: 98.5\n"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("412", "413"), ("412", "414")),
        (("412", "413"), ("418", "419")),
        (("    numerator: 412\n    denominator: 418\n", "    value: 98.5\n"), ("412", "413")),
        (("    source", "    survey: {neutral: 1}\n    source"), ("418", "419")),
        (("    source", "    points: 1\n    source"), ("    source", "    of: 1\n    source")),
    ],
)  # fmt: skip
def test_the_figure_never_mixes_two_sides(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    found = of(BASE, BASE.replace(*ours), BASE.replace(*theirs))
    assert [conflict.path for conflict in found.conflicts] == [("measurements", "mot")]


def test_an_entry_in_braces_is_merged_by_field() -> None:
    base = f"{HEAD}measurements:\n  mot: {{value: 1, source: a}}  # c\n  hai: {{value: 2}}\n"
    ours = base.replace("1", "3").replace("value: 2", "value: 4")
    theirs = base.replace("source: a", "source: b, note: c")
    assert merged(base, ours, theirs) == ours.replace("source: a", "source: b, note: c")


def test_an_entry_that_one_side_has_rewritten() -> None:
    theirs = f"{HEAD}measurements:\n  mot: {{numerator: 412, denominator: 418, source: khác}}\n"
    assert merged(BASE, BASE.replace("412", "413"), theirs) == BASE.replace("412", "413").replace("sổ", "khác")
    assert merged(BASE, BASE.replace("412", '"412"'), theirs) == theirs
    same = theirs.replace("khác", "sổ")
    assert merged(BASE, BASE.replace("412", "413"), same) == BASE.replace("412", "413")
    wide = BASE.replace("    ", "      ").replace("sổ", "khác")
    assert merged(BASE, BASE.replace("412", "413"), wide) == BASE.replace("412", "413").replace("sổ", "khác")


def test_a_text_that_stands_where_fields_belong_is_a_unit() -> None:
    base = f"{HEAD}measurements:\n  mot: a\n"
    found = of(base, base.replace("a\n", "b\n"), base.replace("a\n", "{value: 1}\n"))
    assert found.conflicts == (Conflict(("measurements", "mot"), "b", {"value": "1"}),)
    found = of(base, base.replace("a\n", "{value: 1, note: a}\n"), base.replace("a\n", "{value: 1, source: b}\n"))
    assert found.text == base.replace("a\n", "{value: 1, note: a, source: b}\n")


def test_what_says_nothing_is_no_change() -> None:
    base = f"{HEAD}measurements:\n  mot:\n  hai: {{value: 1}}\n"
    theirs = base.replace("mot:\n", "mot:\n    value: 1\n")
    ours = base.replace("mot:", "mot:  # chờ").replace("value: 1", "value: 2")
    assert merged(base, ours, theirs) == theirs.replace("{value: 1}", "{value: 2}")


# The head


def test_the_head_is_merged_by_key() -> None:
    ours = BASE.replace("period", "illustrative: true\nperiod")
    theirs = BASE.replace("2023-06", '"2023-06"').replace("418", "419")
    assert merged(BASE, ours, theirs) == ours.replace("2023-06", '"2023-06"').replace("418", "419")
    found = of(BASE, BASE.replace("2023-06", "2023-07"), BASE.replace("2023-06", "2023-08"))
    assert found.conflicts == (Conflict(("period",), "2023-07", "2023-08"),)
    marked = "<<<<<<< ours\nperiod: 2023-07\n=======\nperiod: 2023-08\n>>>>>>> theirs"
    assert found.text == BASE.replace("period: 2023-06", marked)


# Comments, line ends, marks


def test_comments_around_entries_are_merged_too() -> None:
    base = "# tệp\n" + BASE + "  # hết mục\nremarks:\n  general: {results: a}\n# hết\n"
    ours = base.replace("# tệp", "# của ta").replace("# hết mục", "# hết").replace("results: a", "results: b")
    theirs = base.replace("ts:\n  mot", "ts:  # tháng 6\n  mot").replace("418", "419").replace("# hết\n", "# xong\n")
    after = theirs.replace("# tệp", "# của ta").replace("# hết mục", "# hết").replace("results: a", "results: b")
    assert merged(base, ours, theirs) == after


def test_comments_that_both_sides_have_added_at_one_place_stand_one_after_the_other() -> None:
    base = f"{HEAD}measurements:\n  mot: {{value: 1}}\n"
    ours = base.replace("  mot", "  # chung\n  # một\n  mot").replace("value: 1", "value: 2")
    theirs = base.replace("  mot", "  # chung\n  # hai\n  mot") + "  hai: {value: 1}\n"
    after = "  # chung\n  # một\n  # hai\n  mot: {value: 2}\n  hai: {value: 1}\n"
    assert merged(base, ours, theirs) == f"{HEAD}measurements:\n{after}"


def test_a_comment_goes_with_the_side_that_has_changed_what_it_stands_at() -> None:
    ours, theirs = BASE.replace("412", "412  # đã đối chiếu"), BASE.replace("412", "413")
    assert merged(BASE, ours, theirs) == theirs
    assert merged(BASE, theirs, ours) == theirs
    assert merged(BASE, ours, BASE.replace("412", '"412"')) == ours


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark_are_those_of_ours(line_break: str, mark: str) -> None:
    ours = mark + (BASE + BA).replace("\n", line_break)
    assert merged(BASE, ours, BASE + BON) == mark + (BASE + BA + BON).replace("\n", line_break)
    assert merged(BASE, ours, "\ufeff" + (BASE + BON).replace("\n", "\r\n")) == mark + (BASE + BA + BON).replace(
        "\n", line_break
    )
    conflict = of(BASE, ours.replace("412", "413"), BASE.replace("412", "414")).text
    assert conflict is not None
    assert f"{line_break}<<<<<<< ours{line_break}" in conflict


def test_a_file_without_a_final_line_end_keeps_none() -> None:
    for end in ("\n", "\r\n"):
        ours, theirs = (BASE + BA).replace("\n", end).removesuffix(end), (BASE + BON).removesuffix("\n")
        assert merged(BASE, ours, theirs) == (BASE + BA + BON).replace("\n", end).removesuffix(end)
    ours = (BASE + BA).removesuffix("\n")
    assert merged(BASE.removesuffix("\n"), ours, theirs) == (BASE + BA + BON).removesuffix("\n")
    assert merged(BASE, BASE + BA, theirs) == BASE + BA + BON


def test_a_document_between_marks() -> None:
    base = f"---\n{BASE}...\n"
    assert (
        merged(base, base.replace("...", BA + "..."), base.replace("...", BON + "...")) == f"---\n{BASE}{BA}{BON}...\n"
    )


# Conflicts


def test_a_conflict_leaves_both_versions_between_markers_and_merges_all_else() -> None:
    ours = BASE.replace("412", "413") + BA
    theirs = BASE.replace("412", "414").replace("sổ", "sổ mới") + BON
    found = of(BASE, ours, theirs)
    left, right = {"numerator": "413", "denominator": "418"}, {"numerator": "414", "denominator": "418"}
    assert found.conflicts == (Conflict(("measurements", "mot"), {**left}, {**right}),)
    one, other = MOT.replace("412", "413"), MOT.replace("412", "414").replace("sổ", "sổ mới")
    marked = f"<<<<<<< ours\n{one}=======\n{other}>>>>>>> theirs\n"
    assert found.text == f"{HEAD}measurements:\n{marked}{BA}{BON}"
    assert not found.accepts(found.text)
    assert found.keeps(found.text)


def test_taken_out_here_and_changed_there_is_a_conflict() -> None:
    base, changed = BASE + BON, BASE + BON.replace("4", "5")
    gone = "<<<<<<< ours\n=======\n  bon: {value: 5}\n>>>>>>> theirs\n"
    found = of(base, BASE, changed)
    assert (found.conflicts, found.text) == (
        (Conflict(("measurements", "bon"), None, {"value": "5"}),),
        BASE + "  # lời dẫn\n" + gone,
    )
    stays = "<<<<<<< ours\n  bon: {value: 5}\n=======\n>>>>>>> theirs\n"
    found = of(base, changed, BASE)
    assert (found.conflicts, found.text) == (
        (Conflict(("measurements", "bon"), {"value": "5"}, None),),
        BASE + "  # lời dẫn\n" + stays,
    )


def test_a_section_goes_here_and_its_entries_change_there() -> None:
    changed = BASE.replace("412", "413") + BON
    conflict = f"<<<<<<< ours\n=======\n{MOT.replace('412', '413')}>>>>>>> theirs\n"
    assert of(BASE, HEAD, changed).text == f"{HEAD}measurements:\n{conflict}{BON}"
    conflict = f"<<<<<<< ours\n{MOT.replace('412', '413')}=======\n>>>>>>> theirs\n"
    assert of(BASE, changed, HEAD).text == f"{HEAD}measurements:\n{conflict}{BON}"
    assert merged(BASE, HEAD, BASE + BON) == f"{HEAD}measurements:\n{BON}"
    assert merged(BASE, BASE + BON, HEAD) == f"{HEAD}measurements:\n{BON}"


def test_units_of_one_entry_are_named_each() -> None:
    ours = BASE.replace("412", "413").replace("sổ", "a")
    theirs = BASE.replace("412", "414").replace("    source: sổ\n", "")
    found = of(BASE, ours, theirs)
    assert [conflict.path for conflict in found.conflicts] == [
        ("measurements", "mot"),
        ("measurements", "mot", "source"),
    ]
    assert (found.conflicts[1].ours, found.conflicts[1].theirs) == ("a", None)


# Lists


CLOSED = "format: cchc/1\nclosed:\n  - period: 2023Q1\n    on: 2023-04-01\n    by: vp\n"


def test_closings_are_merged_by_period_and_day() -> None:
    ours = CLOSED + "    # mở lại\n    reopened: {on: 2023-05-01}\n  - {period: 2023Q3, on: 2023-10-01}\n"
    theirs = CLOSED.replace("vp", "ubnd") + "  - period: 2023Q2\n    on: 2023-07-01\n"
    after = ours.replace("vp", "ubnd") + "  - period: 2023Q2\n    on: 2023-07-01\n"
    assert merged(CLOSED, ours, theirs) == after


def test_reports_are_merged_by_period_and_number() -> None:
    base = "format: cchc/1\nreports:\n- {period: 2023Q1, number: 1/BC}\n"
    ours, theirs = "- {period: 2023Q1, number: 2/BC}\n", "- {period: 2023Q2, number: 1/BC}\n"
    assert merged(base, base + ours, base + theirs) == base + ours + theirs
    found = of(base + ours, base + ours.replace("}", ", a: 1}"), base + ours.replace("}", ", a: 2}"))
    assert found.conflicts == (Conflict(("reports", ("2023Q1", "2/BC"), "a"), "1", "2"),)


def test_a_list_in_brackets_gets_its_items() -> None:
    base = "format: cchc/1\nclosed: [{period: 2023Q1, on: 2023-04-01}]\n"
    ours = base.replace("}]", "}, {period: 2023Q2, on: 2023-07-01}]")
    theirs = base.replace("}]", ", by: vp}]")
    assert merged(base, ours, theirs) == ours.replace("04-01}", "04-01, by: vp}")


def test_what_stood_in_braces_and_stands_in_lines_on_both_sides() -> None:
    base = f"{HEAD}measurements: {{mot: {{numerator: 412, denominator: 418, source: sổ}}, hai: {{value: 1}}}}\n"
    assert merged(base, BASE.replace("412", "413") + BA, BASE.replace("sổ", "a")) == (
        BASE.replace("412", "413").replace("sổ", "a") + BA
    )
    base = "format: cchc/1\nclosed: [{period: 2023Q1, on: 2023-04-01, by: vp}, {period: 2022Q4, on: 2023-01-02}]\n"
    assert merged(base, CLOSED.replace("vp", "ubnd"), CLOSED) == CLOSED.replace("vp", "ubnd")


@pytest.mark.parametrize(
    "item",
    ["- a", "- {period: 2023Q1}", "- {period: [a], on: a}", "- {period: 2023Q1, on: 2023-04-01}", "-"],
)
def test_a_list_whose_items_have_no_names_of_their_own_is_not_merged_by_entry(item: str) -> None:
    assert merge("data/closed.yaml", CLOSED, f"{CLOSED}  {item}\n", CLOSED) is None


def test_items_below_their_dash_are_merged_where_the_lines_allow() -> None:
    theirs = CLOSED.replace("- period", "-\n    period").replace("vp", "ubnd")
    ours = CLOSED + "  - {period: 2023Q3, on: 2023-10-01}\n"
    after = "  - {period: 2023Q1, on: 2023-04-01, by: ubnd}\n  - {period: 2023Q3, on: 2023-10-01}\n"
    assert merged(CLOSED, ours, theirs) == f"format: cchc/1\nclosed:\n{after}"


# Other ways of writing


def test_braces_get_what_theirs_have_added() -> None:
    base = "{format: cchc/1, measurements: {mot: {value: 1}}}\n"
    ours, theirs = base.replace("1}", "2}"), base.replace("}}}", "}, hai: {value: 3}}, tasks: {x: {state: done}}}")
    after = "{format: cchc/1, measurements: {mot: {value: 2}, hai: {value: 3}}, tasks: {x: {state: done}}}\n"
    assert merged(base, ours, theirs) == after
    assert merged(base, ours, base.replace("cchc/1", '"cchc/1"')) == ours
    after = f"{HEAD}measurements: {{mot: {{value: 1}}}}\n"
    assert merged(after, after.replace("mot", "ba: {value: 0}, mot"), after.replace("1}}", "2}}")) == after.replace(
        "mot: {value: 1}", "ba: {value: 0}, mot: {value: 2}"
    )
    gone = after.replace("mot: {value: 1}", "")
    assert merged(after, after.replace("mot", "ba: {value: 0}, mot"), gone) == after.replace(
        "mot: {value: 1}", "ba: {value: 0}"
    )


def test_a_head_in_braces() -> None:
    base = "{format: cchc/1, period: 2023-06, illustrative: true}\n"
    ours, theirs = base.replace("true", "false"), base.replace("2023-06", "2023-07").replace("format", "format ")
    assert merged(base, ours, theirs) == "{format: cchc/1, period: 2023-07, illustrative: false}\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        *(  # a section in braces goes here, an entry changes there
            (f"{HEAD}measurements: {{mot: {{value: 1}}}}\n", *sides)
            for sides in (
                (HEAD, f"{HEAD}measurements: {{mot: {{value: 2}}}}\n"),
                (f"{HEAD}measurements: {{mot: {{value: 2}}}}\n", HEAD),
            )
        ),
        *(
            (text, text.replace("1}", "2}"), text.replace("1}", "3}"))  # a conflict within braces
            for text in (f"{HEAD}measurements: {{mot: {{value: 1}}}}\n", "{measurements: {mot: {value: 1}}}\n")
        ),
        (
            f"{HEAD}measurements: {{mot: {{value: 1}}, hai: {{value: 1}}}}\n",  # a comment would be lost
            f"{HEAD}measurements: {{mot: {{value: 1}}, # a\n  hai: {{value: 2}}}}\n",
            f"{HEAD}measurements: {{hai: {{value: 1}}}}\n",
        ),
        ("{a: 1, b: 2}\n", "{a: 1 }\n", "{tasks: {x: {state: done}}}\n"),  # one goes where another comes
        (
            CLOSED,  # the first field of an item leads its dash
            CLOSED.replace("vp", "a"),
            CLOSED.replace("period: 2023Q1\n    on: 2023-04-01", "on: 2023-04-01\n    period: 2023Q1\n    a: b"),
        ),
    ],
)
def test_what_cannot_be_done_in_lines_has_no_text(base: str, ours: str, theirs: str) -> None:
    assert of(base, ours, theirs).text is None


# What is not merged by entry


@pytest.mark.parametrize(
    "text",
    ["", "a", "a: &b 1\n", "a: 1\na: 2\n", "<<<<<<< x\n", "measurements: a\n", "closed: a\n", "- a\n", "a: {\n"],
)
def test_a_file_that_is_none_of_ours_is_not_merged_by_entry(text: str) -> None:
    assert merge("x", BASE, text, BASE) is None
    assert merge("x", BASE, BASE, text) is None
    assert (merge("x", text, BASE, BASE) is None) is bool(text)


# Merges of lines


def test_a_merge_of_lines_is_accepted_when_it_says_the_same() -> None:
    found = of(BASE, BASE + BA, BASE + BON)
    assert found.accepts(BASE + BON + BA)
    assert not found.accepts(BASE + BA)
    assert not found.accepts(BASE + BON + BA.replace("5", "6"))
    assert not found.accepts("a: {")
    mixed = of(BASE, BASE.replace("412", "413"), BASE.replace("418", "419"))
    assert not mixed.accepts(BASE.replace("412", "413").replace("418", "419"))


def test_a_merge_of_lines_with_markers_may_not_mix_figures() -> None:
    ours, theirs = BASE.replace("412", "413").replace("sổ", "a"), BASE.replace("418", "419").replace("sổ", "b")
    found = of(BASE, ours, theirs)
    conflict = "<<<<<<< ours\n    source: a\n=======\n    source: b\n>>>>>>> theirs\n"
    mixed = BASE.replace("412", "413").replace("418", "419").replace("    source: sổ\n", conflict)
    assert not found.keeps(mixed)
    assert found.keeps(mixed.replace("419", "418"))
    assert not found.keeps(mixed + "  nam: {value: 1}\n")
    assert not found.keeps("<<<<<<< ours\n=======\n>>>>>>> theirs\n")


def test_the_figure_of_an_entry() -> None:
    assert merging.figure("a") == "a"
    assert merging.figure({"state": "done"}) == {}
    assert merging.figure({"value": "1", "note": "a"}) == {"value": "1"}


def test_a_text_with_markers_is_resolved() -> None:
    text = "a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\nd\n=======\n>>>>>>> e\n"
    assert resolved(text, "ours") == "a\nb\nd\n=======\n>>>>>>> e\n"
    assert resolved(text, "theirs") == "a\nc\nd\n=======\n>>>>>>> e\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "after"),
    [
        ("a\nb\nc\n", "a\nx\nc\n", "a\n<<<<<<< ours\nb\n=======\nx\n>>>>>>> theirs\nc\n"),
        ("a\r\nb", "a\r\n", "a\r\n<<<<<<< ours\r\nb\r\n=======\r\n>>>>>>> theirs\r\n"),
        ("a", "b", "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"),
        ("a\na\n", "a\n", "a\n<<<<<<< ours\na\n=======\n>>>>>>> theirs\n"),
    ],
)
def test_two_texts_as_one_conflict(ours: str, theirs: str, after: str) -> None:
    assert both(ours, theirs) == after
