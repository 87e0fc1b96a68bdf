"""Each case shows a file before and after one edit; what is not about the edit must not move."""

from textwrap import dedent
from typing import Any

import pytest

from cchc.core.errors import Exit
from cchc.workspace import yamltree
from cchc.workspace.splice import Intent, NotMinimal, Splice, apply, edited, put_entry, remove_entry, scalar, verified

HEAD = "format: cchc/1\nperiod: 2023-06\n"
ORDER = ("mot", "hai", "ba", "bon")
PAIR = {"numerator": "412", "denominator": "418"}
BA = "  ba:\n    numerator: 412\n    denominator: 418\n"


def body(text: str) -> str:
    """Return a file's text with the head that all have; the first line end and the indentation of the test go."""
    return HEAD + dedent(text.removeprefix("\n"))


def put(before: str, fields: dict[str, Any] | None = None, *, key: str = "ba", section: str = "measurements") -> str:
    document = yamltree.parse("data/2023-06.yaml", before)
    assert not document.problems
    return edited(document, Intent(section, key, PAIR if fields is None else fields), ORDER)


def take(before: str, key: str = "ba") -> str:
    return edited(yamltree.parse("data/2023-06.yaml", before), Intent("measurements", key, None))


# Adding, and where the entry goes


def test_entry_goes_before_the_first_that_comes_later_in_the_plan() -> None:
    before = body("""
        measurements:
          mot:
            value: 1
          bon:
            value: 4
        """)
    assert put(before) == before.replace("  bon:\n", BA + "  bon:\n")


def test_comments_stay_with_the_entry_that_they_lead_or_trail() -> None:
    before = body("""
        measurements:
          mot:
            value: 1  # đã đối chiếu
            # còn chờ văn bản
              # và chữ ký

          # quá hạn do đất đai
          bon:
            value: 4
        """)
    after = body("""
        measurements:
          mot:
            value: 1  # đã đối chiếu
            # còn chờ văn bản
              # và chữ ký
          ba:
            numerator: 412
            denominator: 418

          # quá hạn do đất đai
          bon:
            value: 4
        """)
    assert put(before) == after


def test_first_entry_goes_directly_below_the_section() -> None:
    before = body("""
        measurements:  # tháng 6
          # quá hạn do đất đai
          bon:
            value: 4
        """)
    assert put(before) == before.replace("tháng 6\n", "tháng 6\n" + BA)


def test_entries_out_of_order_are_not_put_in_order() -> None:
    before = body("""
        measurements:
          bon: {value: 4}
          mot: {value: 1}
        """)
    assert put(before) == before.replace("  bon:", BA + "  bon:")


def test_entry_that_the_plan_does_not_name_goes_last() -> None:
    before = body("""
        measurements:
          mot: {value: 1}
          la: {value: 4}
        """)
    assert put(before, {"value": "5"}, key="khac") == before + "  khac:\n    value: 5\n"
    assert put(before) == before + BA


def test_indentation_is_that_of_the_neighbours() -> None:
    before = body("""
        tasks:
            x:
                state: done
        measurements:
           bon:
                value: 4
        """)
    new = "   ba:\n        numerator: 412\n        announced:\n             document: b c\n"
    after = put(before, {"numerator": "412", "announced": {"document": "b c"}})
    assert after == before.replace("   bon:\n", new + "   bon:\n")


def test_indentation_of_a_new_section_is_that_of_the_others() -> None:
    before = body("""
        tasks:
            x: {state: done}
        """)
    new = "measurements:\n    ba:\n        numerator: 412\n        denominator: 418\n"
    assert put(before) == before.replace("tasks:", new + "tasks:")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(line_break: str, mark: str) -> None:
    before = mark + (HEAD + "measurements:\n  mot: {value: 1}\n").replace("\n", line_break)
    assert put(before) == before + BA.replace("\n", line_break)


def test_file_without_a_final_line_end_keeps_none() -> None:
    before = HEAD + "measurements:\n  mot: {value: 1}"
    assert put(before) == f"{before}\n{BA}".removesuffix("\n")


def test_file_of_one_line_without_line_end_gets_line_feeds() -> None:
    assert put("measurements:") == f"measurements:\n{BA}".removesuffix("\n")


def test_entry_after_a_block_text_leaves_its_blank_lines_below() -> None:
    before = body("""
        measurements:
          mot:
            text: |
              một

              hai

          bon: {value: 4}
        """)
    assert put(before) == before.replace("\n\n  bon", f"\n{BA}\n  bon")


def test_blank_lines_that_belong_to_a_text_stay_in_it() -> None:
    before = body("""
        measurements:
          mot:
            text: |+
              một

          bon: {value: 4}
        """)
    assert put(before) == before.replace("  bon", BA + "  bon")


# Adding the section


@pytest.mark.parametrize(
    "old", ["", "measurements:\n", "measurements: {}\n", "measurements:   {  }\n", "measurements: {\n  }\n"]
)
def test_section_absent_empty_or_in_bare_braces(old: str) -> None:
    assert put(HEAD + old) == HEAD + "measurements:\n" + BA


def test_comment_behind_an_empty_section_stays() -> None:
    assert put(HEAD + "measurements:  # chưa có\n") == HEAD + "measurements:  # chưa có\n" + BA
    assert put(HEAD + "measurements: {}  # chưa có\n") == HEAD + "measurements:  # chưa có\n" + BA
    assert put(HEAD + "measurements: {}# chưa có\n") == HEAD + "measurements: # chưa có\n" + BA
    assert (
        put(HEAD + "measurements: {#a\n  }\n")
        == HEAD + "measurements: {ba: {numerator: 412, denominator: 418} #a\n  }\n"
    )


def test_sections_stand_in_their_order() -> None:
    before = body("""
        measurements:
          mot: {value: 1}
        # nhận xét
        remarks:
          tthc: {next: a}
        # hết
        """)
    after = put(before, {"state": "done"}, section="tasks")
    assert after == before.replace("# nhận xét", "tasks:\n  ba:\n    state: done\n# nhận xét")
    after = put(HEAD + "# hết\n", {"next": "a"}, section="remarks")
    assert after == HEAD + "remarks:\n  ba:\n    next: a\n# hết\n"


def test_section_goes_before_the_first_key_of_a_file_that_begins_with_a_later_one() -> None:
    assert put("tasks:\n  x: {state: done}\n") == "measurements:\n" + BA + "tasks:\n  x: {state: done}\n"


# Adding to braces


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{mot: {value: 1}, bon: {value: 4}}", "{mot: {value: 1}, ba: {N}, bon: {value: 4}}"),
        ("{mot: {value: 1}}", "{mot: {value: 1}, ba: {N}}"),
        ("{mot: {value: 1},}", "{mot: {value: 1}, ba: {N},}"),
        ("{bon: {value: 4}}  # c", "{ba: {N}, bon: {value: 4}}  # c"),
        ("{mot: , bon: }", "{mot: , ba: {N}, bon: }"),
        ("{mot, bon}", "{mot, ba: {N}, bon}"),
        ("{\n  mot: ,  # a\n  # b\n  bon: {value: 4}\n}", "{\n  mot: ,  # a\n  ba: {N},\n  # b\n  bon: {value: 4}\n}"),
        ("{\n  mot: {value: 1}  # a\n}", "{\n  mot: {value: 1},  # a\n  ba: {N}\n}"),
        ("{\n  mot: {value: 1},  # a\n}", "{\n  mot: {value: 1},  # a\n  ba: {N},\n}"),
        ("{  # a\n  # b\n  bon: {value: 4}\n}", "{  # a\n  ba: {N},\n  # b\n  bon: {value: 4}\n}"),
        ("{\n  mot: {value: 1}}", "{\n  mot: {value: 1}, ba: {N}}"),
    ],
)  # fmt: skip
def test_section_in_braces(before: str, after: str) -> None:
    wanted = after.replace("{N}", "{numerator: 412, denominator: 418}")
    assert put(f"{HEAD}measurements: {before}\n") == f"{HEAD}measurements: {wanted}\n"


def test_root_in_braces() -> None:
    entry = "{ba: {numerator: 412, denominator: 418}}"
    assert put("{format: cchc/1, period: 2023-06}\n") == f"{{format: cchc/1, period: 2023-06, measurements: {entry}}}\n"
    assert put("{format: cchc/1, measurements: {}}") == f"{{format: cchc/1, measurements: {entry}}}"
    assert put("{format: cchc/1, measurements: }") == f"{{format: cchc/1, measurements: {entry}}}"
    assert put("{format: cchc/1, measurements}") == f"{{format: cchc/1, measurements: {entry}}}"


def test_text_of_lines_in_braces_is_written_with_escapes() -> None:
    after = put(HEAD + "measurements: {mot: }\n", {"text": "một\nhai"})
    assert after == HEAD + 'measurements: {mot: , ba: {text: "một\\nhai"}}\n'


# What an entry looks like


def test_fields_of_a_new_entry() -> None:
    fields = {
        "evidence": ["a.pdf", {"title": "Biểu II", "document": "12/BC"}, "một\nhai"],
        "note": "một: hai",
        "numerator": "412",
        "provided": {"by": "vp", "on": "2023-06-15"},
        "quality": None,
        "corrections": [{"old": {"numerator": "411"}, "reason": "gõ nhầm"}],
        "text": "một\n\nhai",
        "survey": {},
    }
    assert put(HEAD, fields) == body("""
        measurements:
          ba:
            numerator: 412
            text: |-
              một

              hai
            provided: {by: vp, on: 2023-06-15}
            evidence:
              - a.pdf
              - title: Biểu II
                document: 12/BC
              - |-
                một
                hai
            note: "một: hai"
            survey: {}
            corrections:
              - old: {numerator: 411}
                reason: gõ nhầm
        """)


def test_texts_are_written_in_nfc() -> None:
    assert put(HEAD, {"note": "Le\u0302 Ho\u0302\u0300ng"}).endswith("note: Lê Hồng\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *((text, text) for text in ("412", "-3", "95.5", "2023-06-15", "2023-06", "12/BC", "có", "a#b", "a:b", "it's")),
        *((text, f'"{text}"') for text in ("yes", "No", "null", "~", "", "010", "12:30", "1_000", "1e3", "=", "<<")),
        *((text, f'"{text}"') for text in ("%", "a: b", "a #b", "- a", " a ", "#", "a:")),
        *(('nói "có"', 'nói "có"'), ('"a"', "'\"a\"'"), ("'a\\'", "'''a\\'''")),
        *(("a\tb", '"a\\tb"'), ("\x85", '"\\u0085"')),
    ],
)  # fmt: skip
def test_scalar(text: str, written: str) -> None:
    assert scalar(text) == written


@pytest.mark.parametrize("text", ["a, b", "[a]", "a]", "https://a.vn", "a?"])
def test_scalar_in_braces_is_quoted_more_often(text: str) -> None:
    assert scalar(text, flow=True) == f'"{text}"'


# Changing


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("412 # đã đối chiếu", "413", "413 # đã đối chiếu"),
        ('"412"', "413", '"413"'),
        ("'412'", "413", "'413'"),
        ("'a'", "it's", "'it''s'"),
        ("'a'", "a\tb", '"a\\tb"'),
        ("a", "b: c", '"b: c"'),
        ("yes", "no", "no"),
        ("yes", "null", '"null"'),
        ("a\n      b", "c", "c"),
        ("[a]", "b", "b"),
        ("[a]# c", "b", "b # c"),
        ("  # c", "1", "1   # c"),
        ("", "1", "1"),
        ("|  # c\n      a\n      b", "c", "|  # c\n      c"),
        (">-\n      a\n      b", "c", ">-\n      c"),
        (">-\n      a\n      b", "c\nd", "|-\n      c\n      d"),
        ("|2+  # c\n      a\n\n", "c", "|-  # c\n      c"),
        ("|-  # c\n      a", " c", '" c"  # c'),
        ("|  # c", "a\nb", "|  # c\n      a\n      b"),
        ("a  # c", "b\nc", "|-  # c\n      b\n      c"),
        ('"a"  # c', "b\nc", "|-  # c\n      b\n      c"),
    ],
)  # fmt: skip
def test_a_changed_text_keeps_its_style_and_comment(old: str, new: str, line: str) -> None:
    before = f"{HEAD}measurements:\n  ba:\n    note: {old}\n    survey: {{}}\n"
    assert put(before, {"note": new}) == f"{HEAD}measurements:\n  ba:\n    note: {line}\n    survey: {{}}\n"


def test_the_splice_is_as_small_as_the_difference() -> None:
    before = HEAD + "measurements:\n  ba: {numerator: 412, denominator: 418}\n"
    splices = put_entry(yamltree.parse("x", before), "measurements", "ba", {"numerator": "413"}, ORDER)
    assert splices == [Splice(before.index("412") + 2, before.index("412") + 3, "3")]


def test_the_same_figure_again_is_no_change() -> None:
    before = body("""
        measurements:
          ba:
            numerator: "412"
            text: >
              một
              hai
            evidence: [a, b]
        """)
    document = yamltree.parse("x", before)
    fields = {"numerator": "412", "text": "một hai", "evidence": ("a", "b"), "note": None}
    assert put_entry(document, "measurements", "ba", fields, ORDER) == []


def test_fields_come_and_go_at_their_place() -> None:
    before = body("""
        measurements:
          ba:
            value: 98.5  # kết quả công bố
            source: Cổng dịch vụ công
            # chờ văn bản
            note: tạm
          bon: {value: 4}
        """)
    fields = {"note": None, "checked": {"by": "vp"}, "denominator": "418", "numerator": "412", "value": None}
    assert put(before, fields) == body("""
        measurements:
          ba:
            numerator: 412
            denominator: 418
            source: Cổng dịch vụ công
            checked: {by: vp}
            # chờ văn bản
          bon: {value: 4}
        """)


def test_last_field_goes_and_comes_at_the_end_of_a_file_without_line_end() -> None:
    before = HEAD + "measurements:\n  ba:\n    numerator: 1\n    note: a"
    assert put(before, {"note": None, "survey": {"neutral": "1"}}) == before.replace(
        "note: a", "survey: {neutral: 1}\n"
    )


def test_entry_with_nothing_after_its_key_gets_fields() -> None:
    before = HEAD + "measurements:\n  ba:  # chưa có\n  bon: {value: 4}\n"
    assert put(before) == before.replace("  bon", "    numerator: 412\n    denominator: 418\n  bon")


def test_entry_without_fields_is_written_in_braces() -> None:
    before = HEAD + "measurements:\n  ba:\n    value: 1\n    note: b\n"
    assert put(before, {"value": None, "note": None}) == HEAD + "measurements:\n  ba: {}\n"


@pytest.mark.parametrize(
    ("old", "fields", "new"),
    [
        ("{value: 1}", {"value": None, **PAIR}, "{numerator: 412, denominator: 418}"),
        ("{value: 1, note: a}", {"value": None, **PAIR}, "{numerator: 412, denominator: 418, note: a}"),
        ("{numerator: 1, note: a}", {"note": None, "denominator": "2"}, "{numerator: 1, denominator: 2}"),
        ("{numerator: 1, value: 2, note: a}", {"value": None}, "{numerator: 1, note: a}"),
        ("{note: 'a'}", {"note": "a\nb"}, '{note: "a\\nb"}'),
        ("{note: a}", {"note": {"x": "1"}}, "{note: {x: 1}}"),
        ("{note: , of: 1}", {"note": "b"}, "{note: b, of: 1}"),
        ("{evidence: [a]}", {"evidence": ["a", "b"]}, "{evidence: [a, b]}"),
        ("{evidence: [a, 'b', c]}", {"evidence": ["x", "b", "c"]}, "{evidence: [x, 'b', c]}"),
        ("{evidence: []}", {"evidence": ["a"]}, "{evidence: [a]}"),
        ("{evidence: [a]}", {"evidence": []}, "{evidence: []}"),
        ("{provided: {by: a, on: 2023-06-15}}", {"provided": {"by": "b"}}, "{provided: {by: b}}"),
    ],
)  # fmt: skip
def test_entry_in_braces(old: str, fields: dict[str, Any], new: str) -> None:
    before = f"{HEAD}measurements:\n  ba: {old}  # c\n"
    assert put(before, fields) == before.replace(old, new)


def test_items_that_stay_are_not_touched() -> None:
    before = body("""
        measurements:
          ba:
            evidence:
            # hai biểu
            - 'a.pdf'  # bản quét
            - {title: B c}
            - d.pdf
        """)
    new = ["a.pdf", {"title": "B e", "document": "1"}, "d.pdf", "e.pdf"]
    assert put(before, {"evidence": new}) == body("""
        measurements:
          ba:
            evidence:
            # hai biểu
            - 'a.pdf'  # bản quét
            - title: B e
              document: 1
            - d.pdf
            - e.pdf
        """)
    new = ["0.pdf", "a.pdf", {"title": "B c"}, "d.pdf"]
    assert put(before, {"evidence": new}) == before.replace("# hai biểu\n", "# hai biểu\n    - 0.pdf\n")


def test_list_is_replaced_by_nothing_or_something_else() -> None:
    before = HEAD + "measurements:\n  ba:\n    evidence:  # biểu\n      - a\n      - b\n    note: x\n"
    after = before.replace("      - a\n      - b\n", "")
    assert put(before, {"evidence": []}) == after.replace("evidence:", "evidence: []")
    assert put(before, {"evidence": "c"}) == after.replace("evidence:", "evidence: c")
    before = HEAD + "measurements:\n  ba:\n    note: [a]  # c\n"
    assert put(before, {"note": {"x": "a b"}}) == HEAD + "measurements:\n  ba:\n    note:  # c\n      x: a b\n"


def test_nested_mapping_is_changed_where_it_differs() -> None:
    before = body("""
        remarks:
          ba:
            causes:
              objective: "a"  # c
              subjective: b
        """)
    after = put(before, {"causes": {"objective": "a", "subjective": "c"}}, section="remarks")
    assert after == before.replace("subjective: b", "subjective: c")
    after = put(before, {"causes": {}}, section="remarks")
    assert after == HEAD + "remarks:\n  ba:\n    causes: {}\n"


# Taking out


def test_entry_goes_with_its_lines_and_comments() -> None:
    before = body("""
        measurements:
          mot: {value: 1}
          # đất đai
          ba:  # c
            value: 1  # d
            # e
          # bốn
          bon: {value: 4}
        """)
    assert take(before) == before.replace("  ba:  # c\n    value: 1  # d\n    # e\n", "")


def test_last_entry_leaves_an_empty_section() -> None:
    assert take(HEAD + "measurements:\n  ba:\n    value: 1") == HEAD + "measurements: {}\n"
    assert take(HEAD + "measurements: {ba: {value: 1}}\n") == HEAD + "measurements: {}\n"
    assert take(HEAD + "measurements: {mot: , ba: {value: 1},}\n") == HEAD + "measurements: {mot: ,}\n"


@pytest.mark.parametrize("old", ["", "measurements:\n", "measurements: {}\n", "measurements:\n  mot: {value: 1}\n"])
def test_entry_that_is_not_there_is_no_change(old: str) -> None:
    assert take(HEAD + old) == HEAD + old


# Refusing


@pytest.mark.parametrize(
    ("old", "fields"),
    [
        ("ba: một", {"value": "1"}),
        ("ba: [một]", {"value": "1"}),
        ("ba: &a {value: 1}", {"value": "2"}),
        ("ba:\n    ? value\n    : 1", {"note": "a"}),
        ("ba:\n    ? value\n    : 1", {"value": "2"}),
        ("ba:\n    evidence:\n      - a\n      # c\n      - b", {"evidence": ["c"]}),
        ("ba:\n    evidence:\n      - a\n      # c\n      - b", {"evidence": []}),
        ("ba:\n    evidence:\n      - |  # c\n        a\n      - b", {"evidence": ["b"]}),
        ("ba:\n    evidence: [a, # c\n      b]", {"evidence": ["c"]}),
        ("ba:\n    evidence: [a, # c\n      b]", {"evidence": []}),
        ("ba: {value: 1, # c\n    note: a}", {"value": None}),
        ("ba:\n    ? evidence\n    : - a", {"evidence": ["b"]}),
        ("ba:\n    value: 1\n    value: 2", {"note": "a"}),
        ("ba:\n    value: 1\n  bon: [", {"note": "a"}),
    ],
)  # fmt: skip
def test_where_an_edit_would_disturb_it_is_refused_with_the_lines_to_type(old: str, fields: dict[str, Any]) -> None:
    document = yamltree.parse("data/2023-06.yaml", f"{HEAD}measurements:\n  {old}\n")
    with pytest.raises(NotMinimal) as caught:
        edited(document, Intent("measurements", "ba", fields), ORDER)
    assert caught.value.exit is Exit.WORLD
    assert caught.value.lines[:2] in {("measurements:", "  ba:"), ("measurements:", "  ba: {}")}
    assert caught.value.arguments["lines"] == "\n".join(caught.value.lines)
    assert caught.value.arguments["file"] == "data/2023-06.yaml"


def test_taking_out_is_refused_where_comments_would_go_with_a_neighbour() -> None:
    with pytest.raises(NotMinimal) as caught:
        take(HEAD + "measurements: {ba: {value: 1}, # c\n  bon: {value: 4}}\n")
    assert caught.value.remedy == "Delete the entry by hand."


def test_overlapping_splices_are_a_bug() -> None:
    with pytest.raises(ValueError, match="overlap at 1"):
        apply("abc", [Splice(0, 2, "x"), Splice(1, 3, "y")])


def test_splices_at_one_place_keep_their_order() -> None:
    assert apply("abc", [Splice(1, 2, "z"), Splice(1, 1, "x"), Splice(1, 1, "y")]) == "axyzc"


@pytest.mark.parametrize(
    ("after", "splices"),
    [
        ("measurements:\n  ba: {value: 2}\n  bon: {value: 5}\n", [Splice(24, 25, "2")]),  # another entry changed, too
        ("measurements:\n  ba: {value: 2}\n  bon: {value: 4} \n", [Splice(27, 28, "2")]),  # a byte was added elsewhere
        ("measurements: \n  ba: {value: 2}\n  bon: {value: 4}\n", [Splice(27, 28, "2")]),
        ("measurements:\n  ba: {value: 2\n", []),  # no YAML any more
        ("measurements:\n  ba: {value: 1}\n  bon: {value: 4}\n", []),  # nothing done
    ],
)  # fmt: skip
def test_a_result_that_differs_elsewhere_is_refused(after: str, splices: list[Splice]) -> None:
    before = yamltree.parse("x", "measurements:\n  ba: {value: 1}\n  bon: {value: 4}\n")
    with pytest.raises(NotMinimal):
        verified(before, after, splices, Intent("measurements", "ba", {"value": "2"}))


def test_remove_entry_of_a_broken_file_is_refused() -> None:
    assert remove_entry(yamltree.parse("x", "["), "measurements", "ba") == []
    with pytest.raises(NotMinimal):
        remove_entry(yamltree.parse("x", "measurements: một\n"), "measurements", "ba")
