"""A batch of figures: what is read from CSV and JSON lines, and that all of it is written or nothing."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.commands.batch import COLUMNS, DERIVED, BadRow, EmptyBatch, NotABatch, parse_rows
from cchc.commands.figure import AloneSaid, Beside, NewFigure, TypedUnseen
from cchc.commands.measure import Manner, OtherOrigin, Row, RowsRefused, TypedTwice, record_all
from cchc.commands.opening import FilesHaveErrors, NotInPlan
from cchc.commands.standing import AlreadyThere
from cchc.core.cells import joined
from cchc.core.errors import CommandError, Exit
from cchc.core.surveys import counted
from cchc.core.typed import ValueUnfit
from cchc.views.changes import FileChange, unified

Put = Callable[[str, str], Path]
MANNER = Manner(date(2023, 7, 20))


def rows(text: str, period: str = "2023-06", **common: object) -> list[Row]:
    return parse_rows(text, period, Beside(**common))  # type: ignore[arg-type]


def figures(text: str, period: str = "2023-06", **common: object) -> list[NewFigure]:
    return [row.figure for row in rows(text, period, **common)]


# reading


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_csv_as_spreadsheets_write_it(delimiter: str, end: str, bom: str) -> None:
    lines = [
        ["Indicator", "period", " value ", "note"],
        ["dung-han", "2023-06", "412/418", '"6 hồ sơ, chờ; xác minh"'],
        ["", "", "", ""],
        ["so-luong", "", "1.234", ""],
    ]
    text = bom + end.join(delimiter.join(line) for line in lines) + end
    assert rows(text, "2023-05") == [
        Row(2, NewFigure("dung-han", "412/418", "2023-06", Beside(note="6 hồ sơ, chờ; xác minh"))),
        Row(4, NewFigure("so-luong", "1.234", "2023-05")),
    ]


def test_a_field_in_quotes_may_go_over_lines_and_lines_are_counted() -> None:
    text = 'indicator,value,note\ndung-han,1/2,"một\nhai"\nso-luong,3,\n'
    assert [row.line for row in rows(text)] == [2, 4]


def test_numerator_and_denominator_have_cells_of_their_own() -> None:
    assert figures("indicator,numerator,denominator\ndung-han,5,12\n")[0].value == "5/12"


def test_cells_say_what_options_say_and_go_before_them() -> None:
    text = "indicator,value,source,evidence,provided_by,provisional,of,points\nhang,5,sổ,a.pdf | https://b.example/c,van-phong,có,17,86.5\n"
    beside = figures(text, source="biểu", note="chung", provisional=False)[0].beside
    assert beside == Beside(
        "sổ", "chung", ("a.pdf", "https://b.example/c"), "van-phong", provisional=True, of="17", points="86.5"
    )
    assert figures("indicator,value\nhang,5\n", source="biểu", evidence=("x",), provisional=True)[0].beside == Beside(
        "biểu", evidence=("x",), provisional=True
    )


def test_json_lines_hold_texts_or_numbers() -> None:
    text = (
        '{"indicator": "dung-han", "value": "412/418", "evidence": ["a.pdf", "b.pdf"], "provisional": true}\n\n'
        '{"indicator": "so-luong", "value": 1234, "note": null}\n'
        '{"indicator": "kinh-phi", "value": 1.234, "period": "2023Q2"}\n'
        '{"indicator": "cong-khai", "value": false}\n'
    )
    found = rows(text)
    assert [(row.line, row.figure.value) for row in found] == [(1, "412/418"), (3, "1234"), (4, "1.2340"), (5, "no")]
    assert found[0].figure.beside == Beside(evidence=("a.pdf", "b.pdf"), provisional=True)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "dung-han,412/418\n", "indicator,value,value\na,1,2\n"])
def test_a_text_without_our_columns_is_no_batch(text: str) -> None:
    with pytest.raises(NotABatch):
        rows(text)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "indicator,value\n", "indicator,value\n,\n"])
def test_a_batch_without_figures_is_said(text: str) -> None:
    with pytest.raises(EmptyBatch):
        rows(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("indicator,value\ndung-han,1/2,thừa\n", 2),
        ("indicator,value\ndung-han,\n", 2),
        ("indicator,value\n,1/2\n", 2),
        ('indicator,value\ndung-han,"1/2\n', 2),
        ("indicator,value,numerator\ndung-han,1/2,1\n", 2),
        ("indicator,value,provisional\ndung-han,1/2,chưa rõ\n", 2),
        ('{"indicator": "a", "value": 1}\n{"indicator": "a"', 2),
        ('{"indicator": "a", "value": 1, "colour": "x"}\n', 1),
        ('{"indicator": "a", "value": 1, "value": 2}\n', 1),
        ('{"indicator": "a", "value": {"x": 1}}\n', 1),
        ('{"indicator": "a", "value": 1, "note": ["x"]}\n', 1),
        ('{"indicator": "a", "value": 1, "evidence": [null]}\n', 1),
        ('{"indicator": "a", "value": 1}\n[1]\n', 2),
        ('{"indicator": "a", "value": 1}\n' + "[" * 100_000, 2),
    ],
)
def test_a_bad_line_is_named(text: str, line: int) -> None:
    with pytest.raises(RowsRefused) as refused:
        rows(text)
    assert [(number, type(error)) for number, error in refused.value.refusals] == [(line, BadRow)]
    assert refused.value.exit is Exit.USAGE


def test_a_batch_without_a_period_names_every_line() -> None:
    with pytest.raises(RowsRefused) as refused:
        rows("indicator,value\na,1\nb,2\n", "")
    assert [number for number, _ in refused.value.refusals] == [2, 3]


@given(st.text(max_size=80) | st.text("indcatorvlue,;\n\"'{}[]:\t 0/9", max_size=80).map("indicator,value\n".__add__))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert rows(text)
    except CommandError as error:
        assert error.exit is Exit.USAGE  # noqa: PT017  # either outcome is good


# writing


def content(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").glob("*.yaml")}


BATCH = 'indicator,period,value\ndung-han,2023-06,412/418\nso-luong,2023-06,7\nkinh-phi,2023Q2,"12,5"\nhang,2022,5/17\n'


def test_a_batch_goes_into_all_its_files(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 7}  # đếm tay\n")
    outcome = record_all(small, rows(BATCH), MANNER)
    assert outcome.written
    assert [change.file for change in outcome.changes] == ["data/2023-06.yaml", "data/2023Q2.yaml", "data/2022.yaml"]
    assert [(figure.indicator.id, figure.new, len(figure.verdicts)) for figure in outcome.figures] == [
        ("dung-han", "412/418", 1), ("so-luong", "7", 1), ("kinh-phi", "12.5", 1), ("hang", "5/17", 1),
    ]  # fmt: skip
    assert b"  so-luong: {value: 7}  # \xc4\x91\xe1\xba\xbfm tay\n" in content(small)["2023-06.yaml"]
    again = record_all(small, rows(BATCH), MANNER)
    assert not again.written


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("so-luongg,2023-05,3", NotInPlan),
        ("so-luong,2023-05,ba", ValueUnfit),
        ("so-luong,2023-06,8", AlreadyThere),
        ("dung-han,2023-06,1/2", TypedTwice),
    ],
)
def test_one_bad_line_and_nothing_is_written(small: Path, put: Put, line: str, kind: type[CommandError]) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 7}\n")
    before = content(small)
    text = f"indicator,period,value\ndung-han,2023-06,412/418\n{line}\nkhong-co,2023-06,1\n"
    with pytest.raises(RowsRefused) as refused:
        record_all(small, rows(text), MANNER)
    assert [(number, type(error)) for number, error in refused.value.refusals] == [(3, kind), (4, NotInPlan)]
    assert refused.value.exit is max(kind.exit, Exit.USAGE)
    assert content(small) == before


def test_a_file_with_errors_stops_the_batch(small: Path, put: Put) -> None:
    put("2023Q2", "measurements:\n  kinh-phi: {value: 1,5}\n")
    before = content(small)
    with pytest.raises(FilesHaveErrors):
        record_all(small, rows(BATCH), MANNER)
    assert content(small) == before


def test_a_file_whose_name_differs_in_case_alone_stops_it_too(small: Path, put: Put) -> None:
    put("2023Q2", "").rename(small / "data/2023q2.yaml")
    with pytest.raises(FilesHaveErrors):
        record_all(small, rows(BATCH), MANNER)


def test_replacing_says_what_stood_there(small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 7}\n")
    outcome = record_all(small, rows("indicator,value\nso-luong,8\n"), replace(MANNER, replace=True))
    assert [(figure.old, figure.new) for figure in outcome.figures] == [("7", "8")]


# the unified diff


@pytest.mark.parametrize(
    "text",
    [
        "measurements:\n  so-luong: {value: 7}\n",
        "measurements:\n  so-luong: {value: 7}",
        "measurements:\r\n  so-luong: {value: 7}\r\nremarks: {}\r\n",
        "# \x85 và \u2029\n".replace("\x85", "a").replace("\u2029", "b"),
    ],
    ids=["LF", "no end", "CRLF", "comment"],
)
def test_git_applies_the_diff_of_a_dry_run(small: Path, put: Put, text: str) -> None:
    put("2023-06", "").write_bytes(f"format: cchc/1\nperiod: 2023-06\n{text}".encode())
    planned = record_all(small, rows(BATCH), replace(MANNER, dry_run=True))
    changes = [FileChange(change.file, change.before, change.after, False, False) for change in planned.changes]  # noqa: FBT003
    diff = unified(changes)
    git = ("git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-")
    subprocess.run(git, cwd=small, input=diff.encode(), check=True)
    by_hand = content(small)
    assert not record_all(small, rows(BATCH), MANNER).written
    assert content(small) == by_hand
    assert {change.file: change.after.encode() for change in changes} == {f"data/{n}": t for n, t in by_hand.items()}


# columns that exports have


def test_what_is_derived_is_not_read() -> None:
    head = ",".join(DERIVED)
    assert figures(f"indicator,value,{head}\ndung-han,1/2{',x' * len(DERIVED)}\n") == figures(
        "indicator,value\ndung-han,1/2\n"
    )
    assert figures('{"schema": "cchc/figure/1", "indicator": "a", "value": 1, "result": null, "corrections": 0}\n')
    assert set(COLUMNS).isdisjoint(DERIVED)


def test_what_was_guarded_is_the_text_again() -> None:
    text = "indicator,text,note\nloi,'- Đã làm,'=1+1\nloi,''=1,'tis so\n"
    assert [(figure.value, figure.beside.note) for figure in figures(text, "2023Q1")] == [
        ("- Đã làm", "=1+1"),
        ("'=1", "'tis so"),
    ]


def test_evidence_is_paths_and_records() -> None:
    record = {"title": "Biểu | II.06a", "date": "2023-06-15"}
    assert figures(f"indicator,value,evidence\na,1,{_quoted(joined(['b.pdf', record]))}\n")[0].beside.evidence == (
        "b.pdf",
        record,
    )
    line = json.dumps({"indicator": "a", "value": 1, "evidence": ["b.pdf", record]})
    assert figures(line)[0].beside.evidence == ("b.pdf", record)


@pytest.mark.parametrize("cell", ['{"title": 1}', "{", '{"colour": "x"}', '{"title": {"a": "b"}}'])
def test_evidence_that_is_no_record_is_refused(cell: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        rows(f"indicator,value,evidence\na,1,{_quoted(cell)}\n")
    assert "evidence" in refused.value.refusals[0][1].message


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


TALLY = "very_satisfied,satisfied,neutral,dissatisfied,very_dissatisfied"


@pytest.mark.parametrize(("counts", "answers"), [(",", "40,45,10,4,1"), ("85,100", "40,45,10,4,1")])
def test_a_tally_gives_the_value(counts: str, answers: str) -> None:
    (figure,) = figures(f"indicator,numerator,denominator,{TALLY}\ndung-han,{counts},{answers}\n")
    assert (figure.value, counted(figure.beside.surveys)) == ("", (85, 100))
    assert figure.beside.surveys[0].levels == (40, 45, 10, 4, 1)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (f"numerator,denominator,{TALLY}", "84,100,40,45,10,4,1"),
        (f"value,{TALLY}", "85,40,45,10,4,1"),
        (TALLY, "40,45,10,4,"),
        (TALLY, "40,45,10,4,-1"),
        ("value,text", "1,một"),
        ("numerator,denominator,text", "1,2,một"),
        ("value,public", "1,perhaps"),
    ],
)
def test_two_values_or_half_a_tally_are_refused(head: str, cells: str) -> None:
    with pytest.raises(RowsRefused):
        rows(f"indicator,{head}\ndung-han,{cells}\n")


def test_everything_beside_a_figure_is_written(small: Path) -> None:
    text = (
        "indicator,period,value,provided_by,provided_on,checked_by,checked_on,announced_document,announced_date,"
        "evidence,public,illustrative\n"
        "dung-han,2023-06,412/418,van-phong,2023-06-15,van-phong,2023-06-16,,,"
        '"a.pdf|{""title"": ""Sổ"", ""kept_at"": ""Tủ 1""}",true,false\n'
        "hang,2022,5/17,,,,,12/QĐ,2023-01-05,,,\n"
    )
    record_all(small, rows(text), MANNER)
    assert (
        (small / "data/2023-06.yaml")
        .read_text(encoding="utf-8")
        .endswith(
            """\
  dung-han:
    numerator: 412
    denominator: 418
    provided: {by: van-phong, on: 2023-06-15}
    checked: {by: van-phong, on: 2023-06-16}
    evidence:
      - a.pdf
      - title: Sổ
        kept_at: Tủ 1
    public: có
"""
        )
    )
    assert "announced: {document: 12/QĐ, date: 2023-01-05}" in (small / "data/2022.yaml").read_text(encoding="utf-8")
    assert not any(change.before != change.after for change in record_all(small, rows(text), MANNER).changes)


def test_a_tally_is_written_and_stands_in_the_way_of_another(small: Path) -> None:
    head = f"indicator,period,{TALLY}\ndung-han,2023-06,"
    record_all(small, rows(f"{head}40,45,10,4,1\n"), MANNER)
    written = (small / "data/2023-06.yaml").read_text(encoding="utf-8")
    assert "survey: {very_satisfied: 40, satisfied: 45, neutral: 10, dissatisfied: 4, very_dissatisfied: 1}" in written
    assert "numerator" not in written
    record_all(small, rows(f"{head}40,45,10,4,1\n"), MANNER)
    with pytest.raises(RowsRefused) as refused:
        record_all(small, rows(f"{head}45,40,10,4,1\n"), MANNER)
    assert isinstance(refused.value.refusals[0][1], AlreadyThere)
    record_all(small, rows(f"{head}45,40,10,4,1\n"), replace(MANNER, replace=True))
    assert "{very_satisfied: 45, satisfied: 40" in (small / "data/2023-06.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("cells", ["provided_on", "checked_on", "announced_date"])
def test_a_day_alone_says_nothing(small: Path, cells: str) -> None:
    with pytest.raises(RowsRefused) as refused:
        record_all(small, rows(f"indicator,value,{cells}\nso-luong,1,2023-06-15\n"), MANNER)
    assert isinstance(refused.value.refusals[0][1], AloneSaid)


@pytest.mark.parametrize(("said", "illustrative"), [("true", False), ("false", True)])
def test_made_up_figures_never_become_real_ones(small: Path, said: str, illustrative: bool) -> None:  # noqa: FBT001
    text = f"indicator,value,illustrative\nso-luong,1,{said}\n"
    with pytest.raises(RowsRefused) as refused:
        record_all(small, rows(text), replace(MANNER, illustrative=illustrative))
    assert isinstance(refused.value.refusals[0][1], OtherOrigin)
    record_all(small, rows(text), replace(MANNER, illustrative=not illustrative))
    assert ("illustrative: true" in (small / "data/2023-06.yaml").read_text(encoding="utf-8")) is not illustrative


def test_a_sign_that_cannot_be_seen_is_refused_inside_a_record(small: Path) -> None:
    line = json.dumps({"indicator": "so-luong", "value": 1, "evidence": [{"title": "a\x00b"}]})
    with pytest.raises(RowsRefused) as refused:
        record_all(small, rows(line), MANNER)
    assert isinstance(refused.value.refusals[0][1], TypedUnseen)
