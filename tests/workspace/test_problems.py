"""Every finding at its place: the file stands in the test, the expected code, line and columns beside it."""

import errno
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from cchc.core.diagnostics import Nearest, NearestOrAll
from cchc.workspace.load import load

Make = Callable[[Mapping[str, "str | bytes"]], Path]
Found = tuple[str, int, int, int]  # code, line, column, end column

HEAD = "format: cchc/1\nperiod: 2023-06\n"
PLAN_HEAD = """\
format: cchc/1
id: thu
title: Kế hoạch thử
document: {number: 1/KH, date: 2021-12-20}
term: {from: 2021, to: 2025}
unit: {name: Xã Thử, authority: Ủy ban nhân dân xã Thử}
"""


def found(root: Path, file: str) -> list[Found]:
    """Return what is found in one file; nothing may be found elsewhere."""
    problems = load(root).problems
    assert {problem.file for problem in problems} <= {file}
    return [(p.code, p.span.line, p.span.column, p.span.end_column) if p.span else (p.code, 0, 0, 0) for p in problems]


DATA: list[tuple[str, str, list[Found]]] = [
    # YAML
    ("null in a list", "measurements:\n  so-luong: {value: 1, evidence: [a, ~]}\n", [("E205", 4, 38, 39)]),
    (
        "null in a list of records",
        "measurements:\n  so-luong: {value: 1, corrections: [null]}\n",
        [("E205", 4, 38, 42)],
    ),
    ("a quoted ~ in a list", 'measurements:\n  so-luong: {value: 1, evidence: ["~"]}\n', []),
    ("a colon in a value", "measurements:\n  so-luong: {value: 1}\n  note: a: b\n", [("E101", 5, 10, 11)]),
    ("a quote that does not end", 'remarks:\n  general: {results: "abc}\n', [("E101", 5, 1, 2)]),
    ("a key twice", "measurements:\n  so-luong: {value: 1}\n  so-luong: {value: 2}\n", [("E102", 5, 3, 11)]),
    ("a key twice in an entry", "measurements:\n  so-luong: {value: 1, value: 2}\n", [("E102", 4, 24, 29)]),
    ("an anchor", "measurements:\n  so-luong: {value: &a 1}\n", [("E103", 4, 21, 23)]),
    ("an alias", "measurements:\n  so-luong: {value: 1, note: *a}\n", [("E103", 4, 30, 32)]),
    ("a tag", "measurements:\n  so-luong: {value: !!int 1}\n", [("E104", 4, 21, 22)]),
    ("a merge key", "measurements:\n  so-luong: {value: 1}\n  <<: {}\n", [("E105", 5, 3, 5)]),
    ("two documents", "measurements: {}\n---\na: b\n", [("E106", 4, 1, 4)]),
    ("a tab in the indentation", "measurements:\n\tso-luong: {value: 1}\n", [("E107", 4, 1, 2)]),
    (
        "a merge conflict",
        "measurements:\n<<<<<<< HEAD\n  so-luong: {value: 1}\n=======\n  so-luong: {value: 2}\n>>>>>>> b\n",
        [("E108", 4, 1, 13)],
    ),
    ("nested too deep", f"measurements: {'[' * 33}{']' * 33}\n", [("E109", 3, 46, 47)]),
    ("a key that is no text", "measurements:\n  ? [a]\n  : b\n", [("E110", 4, 5, 6)]),
    # the shape
    ("an unknown section", "measurments:\n  so-luong: {value: 1}\n", [("E201", 3, 1, 12)]),
    ("an unknown field", "measurements:\n  so-luong: {value: 1, nguon: sổ}\n", [("E201", 4, 24, 29)]),
    ("a comma number in braces", "measurements:\n  kinh-phi: {value: 95,5}\n", [("E201", 4, 24, 25)]),
    ("a missing state", "tasks:\n  viec: {text: a}\n", [("E202", 4, 3, 7)]),
    (
        "a numerator above its denominator",
        "measurements:\n  dung-han:\n    numerator: 421\n    denominator: 418\n",
        [("E203", 5, 16, 19)],
    ),
    ("a text for an entry", "measurements:\n  dung-han: 412/418\n", [("E204", 4, 13, 20)]),
    ("a list for the section", "measurements:\n  - so-luong\n", [("E204", 4, 5, 13)]),
    ("a mapping for a text", "measurements:\n  so-luong: {value: {a: b}}\n", [("E204", 4, 21, 27)]),
    ("a list of one text", "measurements:\n  so-luong: {value: 1, evidence: a.pdf}\n", [("E204", 4, 34, 39)]),
    ("null", "measurements:\n  so-luong: {value: null}\n", [("E205", 4, 21, 25)]),
    ("a tilde", "measurements:\n  so-luong: {value: 1, note: ~}\n", [("E205", 4, 30, 31)]),
    ("null in a list", "measurements:\n  so-luong: {value: 1, evidence: [a.pdf, null]}\n", [("E205", 4, 42, 46)]),
    (
        "a tilde in a list of ids",
        "measurements:\n  so-luong: {value: 1, evidence: [~, ../b]}\n",
        [("E205", 4, 35, 36), ("E223", 4, 38, 42)],
    ),
    ("nothing in a list", "measurements:\n  so-luong: {value: 1, evidence: [a.pdf, ]}\n", []),
    ("a text that nobody sees", "measurements:\n  so-luong: {value: 1, note: \u200b}\n", [("E219", 4, 30, 31)]),
    (
        "an address without a place",
        "measurements:\n  so-luong: {value: 1, evidence: ['https://']}\n",
        [("E223", 4, 35, 45)],
    ),
    ("a word that only looks like it", "tasks:\n  viec: {state: \ufb01nal}\n", [("E211", 4, 17, 21)]),
    # scalars
    ("a comma number", "measurements:\n  kinh-phi:\n    value: 95,5\n", [("E206", 5, 12, 16)]),
    ("minutes and seconds", "measurements:\n  kinh-phi: {value: 12:30}\n", [("E206", 4, 21, 26)]),
    ("an octal", "measurements:\n  so-luong: {value: 010}\n", [("E206", 4, 21, 24)]),
    ("an exponent", "measurements:\n  kinh-phi: {value: 1e3}\n", [("E206", 4, 21, 24)]),
    ("an underscore", "measurements:\n  so-luong: {value: 1_000}\n", [("E206", 4, 21, 26)]),
    ("thousands", "measurements:\n  kinh-phi: {value: 1.234}\n", [("E206", 4, 21, 26)]),
    ("thousands in quotes", 'measurements:\n  so-luong: {value: "1.234"}\n', [("E206", 4, 21, 28)]),
    ("a fraction of a whole", "measurements:\n  so-luong: {value: 1.5}\n", [("E207", 4, 21, 24)]),
    ("below zero", "measurements:\n  so-luong: {value: -1}\n", [("E208", 4, 21, 23)]),
    (
        "a day that no calendar has",
        "measurements:\n  so-luong: {value: 1, provided: {by: van-phong, on: 2023-02-30}}\n",
        [("E209", 4, 54, 64)],
    ),
    ("an unknown state", "tasks:\n  viec: {state: xong}\n", [("E211", 4, 17, 21)]),
    (
        "an id with capitals",
        "measurements:\n  so-luong: {value: 1, provided: {by: Van-Phong}}\n",
        [("E212", 4, 39, 48)],
    ),
    ("neither yes nor no", "measurements:\n  cong-khai: {value: maybe}\n", [("E213", 4, 22, 27)]),
    ("divided by zero", "measurements:\n  dung-han: {numerator: 1, denominator: 0}\n", [("E214", 4, 41, 42)]),
    (
        "a value beside the counts",
        "measurements:\n  dung-han: {numerator: 1, denominator: 2, value: 50}\n",
        [("E215", 4, 44, 49)],
    ),
    ("a field of another kind", "measurements:\n  so-luong: {value: 1, of: 17}\n", [("E216", 4, 24, 26)]),
    ("no figure", "measurements:\n  so-luong: {note: a}\n", [("E217", 4, 3, 11)]),
    ("no denominator", "measurements:\n  dung-han: {numerator: 1}\n", [("E217", 4, 3, 11)]),
    ("neither counts nor value", "measurements:\n  dung-han: {note: a}\n", [("E217", 4, 3, 11)]),
    ("an empty text", 'measurements:\n  so-luong: {value: 1, note: ""}\n', [("E219", 4, 30, 32)]),
    ("a share above 100", "measurements:\n  dung-han: {value: 100.5}\n", [("E220", 4, 21, 26)]),
    (
        "a path out of the workspace",
        "measurements:\n  so-luong: {value: 1, evidence: [../a.pdf]}\n",
        [("E223", 4, 35, 43)],
    ),
    (
        "a piece of evidence that names nothing",
        "measurements:\n  so-luong: {value: 1, evidence: [{kept_at: tủ}]}\n",
        [("E202", 4, 35, 48)],
    ),
    (
        "an unknown key of a piece of evidence",
        "measurements:\n  so-luong: {value: 1, evidence: [{title: a, so: 1}]}\n",
        [("E201", 4, 46, 48)],
    ),
    ("an empty key where a value belongs", "measurements:\n  so-luong: {value: {a: }}\n", [("E204", 4, 21, 26)]),
    (
        "nothing after the keys of a list's item",
        "measurements:\n  so-luong: {value: 1, evidence: [{title: , no: }]}\n",
        [("E201", 4, 45, 47)],
    ),
    (
        "a tally beside counts",
        "measurements:\n  dung-han: {numerator: 1, survey: {very_satisfied: 1, satisfied: 1, neutral: 0, dissatisfied: 0, very_dissatisfied: 0}}\n",
        [("E224", 4, 14, 23)],
    ),
    # between files
    ("an unknown indicator", "measurements:\n  dung-hanh: {numerator: 1, denominator: 2}\n", [("E301", 4, 3, 12)]),
    ("the frequency of another file", "measurements:\n  hang: {value: 1}\n", [("E302", 4, 3, 7)]),
    (
        "an unknown owner",
        "measurements:\n  so-luong: {value: 1, checked: {by: ai-do}}\n",
        [("E304", 4, 38, 43)],
    ),
    ("an unknown area", "remarks:\n  thue: {results: a}\n", [("E305", 4, 3, 7)]),
    ("an unknown task", "tasks:\n  viet: {state: done}\n", [("E306", 4, 3, 7)]),
    (
        "an identity that does not hold",
        "measurements:\n  tong: {value: 4}\n  phan-a: {value: 1}\n  phan-b: {value: 2}\n",
        [("W501", 4, 17, 18)],
    ),
    # several at once, and no cascade
    (
        "a record with one bad field has the others checked",
        "measurements:\n  dung-han:\n    numerator: 1,5\n    denominator: x\n    source: ~\n",
        [("E206", 5, 16, 19), ("E206", 6, 18, 19), ("E205", 7, 13, 14)],
    ),
    ("nothing after the key", "measurements:\n  dung-han:\n  so-luong:\n    value: 1\ntasks:\nremarks:\n", []),
    # columns
    ("Vietnamese before the place", "remarks:\n  general: {results: Kết quả tốt, kq: a}\n", [("E201", 4, 35, 37)]),
    ("combining characters", "remarks:\n  general: {results: te\u0302\u0301t, kq: a}\n", [("E201", 4, 29, 31)]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in DATA], ids=[case[0] for case in DATA])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_data_file_says_what_is_wrong_where(workspace: Make, text: str, expected: list[Found], ends: str) -> None:
    root = workspace({"data/2023-06.yaml": (HEAD + text).replace("\n", ends)})
    assert found(root, "data/2023-06.yaml") == expected


def test_a_byte_order_mark_is_cut_first(workspace: Make) -> None:
    root = workspace({"data/2023-06.yaml": f"\ufeff{HEAD}measurements:\n  so-luong: {{value: x}}\n"})
    assert found(root, "data/2023-06.yaml") == [("E206", 4, 21, 22)]


WHOLE: list[tuple[str, str, str | bytes, list[Found]]] = [
    ("not UTF-8", "data/2023-06.yaml", b"format: cchc/1\nperiod: \xff\xfe\n", [("E002", 0, 0, 0)]),
    ("a control character", "data/2023-06.yaml", f"{HEAD}# \x1b[31m\n", [("E003", 3, 3, 4)]),
    ("an override of the direction", "data/2023-06.yaml", f"{HEAD}# a\u202eb\n", [("E003", 3, 4, 5)]),
    ("a line separator", "data/2023-06.yaml", f"{HEAD}# a\u2028b\n", [("E003", 3, 4, 5)]),
    ("too many values", "data/2023-06.yaml", HEAD + "measurements:\n" + "  a: [a]\n" * 10_000, [("E010", 6668, 6, 7)]),
    ("too large", "data/2023-06.yaml", HEAD + "#" * (1 << 20), [("E004", 0, 0, 0)]),
    ("a name of no period", "data/2023-6.yaml", HEAD, [("E005", 0, 0, 0)]),
    ("a name with .yml", "data/2023-06.yml", HEAD, [("E005", 0, 0, 0)]),
    ("a range of months", "data/2023-01..2023-05.yaml", HEAD, [("E005", 0, 0, 0)]),
    ("another period", "data/2023-07.yaml", HEAD, [("E006", 2, 9, 16)]),
    ("a newer format", "data/2023-06.yaml", "format: cchc/2\nperiods: x\n", [("E007", 1, 9, 15)]),
    ("no period", "data/2023-06.yaml", "format: cchc/1\n", [("E202", 1, 1, 7)]),
    ("a period as it is read, not as it is written", "data/2023-06.yaml", "format: cchc/1\nperiod: 06/2023\n", [("E210", 2, 9, 16)]),
    ("a period that is none", "data/2023-06.yaml", "format: cchc/1\nperiod: hôm nay\n", [("E210", 2, 9, 16)]),
    ("nothing", "data/2023-06.yaml", "# trống\n", [("E111", 1, 1, 2)]),
    ("really nothing", "data/2023-06.yaml", "", [("E111", 1, 1, 2)]),
    ("a list", "data/2023-06.yaml", "- a\n", [("E204", 1, 1, 2)]),
    ("a directive", "data/2023-06.yaml", f"%YAML 1.1\n---\n{HEAD}", [("E112", 1, 1, 2)]),
    ("a value for words", "data/2023Q2.yaml", "format: cchc/1\nperiod: 2023Q2\nmeasurements:\n  loi: {value: a, text: b}\n", [("E216", 4, 9, 14)]),
    ("a rank above the ranked", "data/2023.yaml", "format: cchc/1\nperiod: 2023\nmeasurements:\n  hang: {value: 18, of: 17}\n", [("E218", 4, 17, 19)]),
    ("a recognition takes points", "data/2023-06.yaml", HEAD + "measurements:\n  cong-khai: {value: đạt, points: 86.25}\n", []),
    ("a grade of no scale", "data/2023.yaml", "format: cchc/1\nperiod: 2023\nmeasurements:\n  loai: {value: giỏi}\n", [("E307", 4, 17, 21)]),
    ("a period outside the term", "data/2026-01.yaml", "format: cchc/1\nperiod: 2026-01\n", [("E303", 2, 9, 16)]),
    ("figures of a half-year", "data/2023H1.yaml", "format: cchc/1\nperiod: 2023H1\nmeasurements:\n  loi: {text: a}\n", [("E309", 3, 1, 13)]),
    ("a figure before its indicator began", "data/2021-12.yaml", "format: cchc/1\nperiod: 2021-12\nmeasurements:\n  kinh-phi: {value: 1}\n", [("E311", 4, 3, 11)]),
    ("a person who corrected", "data/2023-06.yaml", HEAD + "measurements:\n  so-luong: {value: 1, corrections: [{old: {value: 2}, on: 2023-07-01, by: ai, reason: r}]}\n", [("E304", 4, 76, 78)]),
    ("a correction by an owner", "data/2023-06.yaml", HEAD + "measurements:\n  so-luong: {value: 1, corrections: [{old: {value: 2}, on: 2023-07-01, by: van-phong, reason: r}]}\n", []),
    ("an unknown key in a list", "data/closed.yaml", "format: cchc/1\nclosing: []\n", [("E201", 2, 1, 8)]),
    ("a list that is none", "data/closed.yaml", "format: cchc/1\nclosed: a\n", [("E204", 2, 9, 10)]),
    ("an issued report without its number", "data/reports.yaml", "format: cchc/1\nreports:\n  - {period: 2023Q2, date: 2023-06-20}\n", [("E202", 3, 5, 39)]),
    ("a list without a format", "data/closed.yaml", "closed: []\n", [("E202", 1, 1, 7)]),
    ("a list whose format is a list", "data/reports.yaml", "format: [a]\n", [("E204", 1, 9, 12)]),
    ("a good list, and an empty one", "data/closed.yaml", "format: cchc/1\nclosed:\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "expected"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_a_whole_file_says_what_is_wrong_where(
    workspace: Make, file: str, text: str | bytes, expected: list[Found]
) -> None:
    assert found(workspace({file: text}), file) == expected


AREA = "format: cchc/1\narea: thu\ntitle: Thử\nowner: van-phong\nindicators:\n"
RATIO = "id: a, name: A, kind: ratio, unit: phút/lượt, numerator: n, denominator: d, frequency: month"
COUNT = "id: a, name: A, kind: count, frequency: month"
TASK = "tasks:\n  - {id: viec, ref: II.1.b.1, title: Việc, repeats: year}\n"

PLAN: list[tuple[str, str, str, list[Found]]] = [
    ("a bad year", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{by: 25, at_least: 1}}]}}\n" + TASK, [("E221", 6, 68, 70)]),
    ("a month that starts too late", "plan.yaml", "calendar: {month_starts_on: 29}\n", [("E222", 7, 29, 31)]),
    ("a due day that no month has", "plan.yaml", "calendar: {figures_due_on: 32}\n", [("E222", 7, 28, 30)]),
    ("a validity that is no month", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, valid: {{from: 2022}}}}\n" + TASK, [("E210", 6, 67, 71)]),
    ("an unknown kind", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: rate, frequency: month}\n" + TASK, [("E211", 6, 28, 32)]),
    ("an owner whom nobody knows", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, owner: ai, with: [van-phong, ai]}}\n" + TASK, [("E304", 6, 60, 62), ("E304", 6, 82, 84)]),
    ("an area's owner", "areas/1-thu.yaml", (AREA + f"  - {{{COUNT}}}\n" + TASK).replace("van-phong", "ai"), [("E304", 4, 8, 10)]),
    ("nobody owns it", "areas/1-thu.yaml", (AREA + f"  - {{{COUNT}}}\n").replace("owner: van-phong\n", ""), [("E414", 5, 10, 11)]),
    ("beside something unknown", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, beside: [b]}}\n" + TASK, [("E310", 6, 62, 63)]),
    ("an id twice", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}}}\n  - {{{COUNT}}}\n" + TASK, [("E401", 7, 10, 11)]),
    ("a ref twice", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, ref: II}}\n  - {{{COUNT.replace('id: a', 'id: b')}, ref: II}}\n" + TASK, [("E402", 7, 58, 60)]),
    ("a task's second place", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}}}\ntasks:\n  - {{id: viec, ref: II, also: [II], title: V, repeats: year}}\n", [("E402", 8, 32, 34)]),
    ("two from one year", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, at_least: 1}}, {{from: 2021, at_least: 2}}]}}\n" + TASK, [("E403", 6, 97, 101)]),
    ("two by one year", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{by: 2025, at_least: 1}}, {{by: 2025, at_least: 2}}]}}\n" + TASK, [("E404", 6, 93, 97)]),
    ("bounds the wrong way round", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, between: [6, 5]}}]}}\n" + TASK, [("E405", 6, 85, 91)]),
    ("three bounds", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, between: [5, 6, 7]}}]}}\n" + TASK, [("E407", 6, 85, 94)]),
    ("years outside the term", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{by: 2026, at_least: 1}}]}}\ntasks:\n  - {{id: viec, ref: II, title: V, from: 2020, due: 2026}}\n", [("E406", 6, 68, 72), ("E406", 8, 41, 45), ("E406", 8, 52, 56)]),
    ("two bounds", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, at_least: 1, at_most: 2}}]}}\n" + TASK, [("E407", 6, 63, 100)]),
    ("from and by", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, by: 2025, at_least: 1}}]}}\n" + TASK, [("E408", 6, 63, 98)]),
    ("a bound that does not fit", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: rank, frequency: year, targets: [{from: 2021, at_least: 6}]}\n" + TASK, [("E409", 6, 74, 82)]),
    ("a narrative with a target", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: narrative, frequency: year, targets: [{from: 2021, equal_to: x}]}\n" + TASK, [("E409", 6, 79, 87)]),
    ("an aggregation that does not fit", "areas/1-thu.yaml", AREA + f"  - {{{RATIO}, aggregation: sum}}\n" + TASK, [("E410", 6, 113, 116)]),
    ("a ratio without its definitions", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: ratio, frequency: month}\n" + TASK, [("E411", 6, 5, 52), ("E411", 6, 5, 52)]),
    ("interpolation without a course", "areas/1-thu.yaml", AREA + f"  - {{{RATIO}, interpolate: linear, targets: [{{by: 2025, at_least: 1}}]}}\n" + TASK, [("E412", 6, 113, 119)]),
    ("a validity that ends before it begins", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, valid: {{from: 2022-01, to: 2021-01}}}}\n" + TASK, [("E413", 6, 80, 87)]),
    ("a task that ends before it begins", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}}}\ntasks:\n  - {{id: viec, ref: II, title: V, from: 2024, due: 2023}}\n", [("E413", 8, 52, 56)]),
    ("a task without a time", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}}}\ntasks:\n  - {{id: viec, ref: II, title: V}}\n", [("E415", 8, 10, 14)]),
    ("a key of another kind", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, scale: [a]}}\n" + TASK, [("E416", 6, 53, 58)]),
    ("a grade between", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: grade, frequency: year, scale: [yếu, tốt], targets: [{from: 2021, between: [tốt, yếu]}]}\n" + TASK, [("E405", 6, 103, 113)]),
    ("a bound of no scale", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: grade, frequency: year, scale: [yếu], targets: [{from: 2021, at_least: tốt}]}\n" + TASK, [("E307", 6, 99, 102)]),
    ("an entry that is a text", "areas/1-thu.yaml", AREA + "  - a\n" + TASK, [("E204", 6, 5, 6)]),
    ("a section that is a text", "areas/1-thu.yaml", AREA.replace("indicators:\n", "indicators: a\n") + TASK, [("E204", 5, 13, 14)]),
    ("an area without a title", "areas/1-thu.yaml", "format: cchc/1\narea: thu\nowner: van-phong\n" + TASK, [("E202", 1, 1, 7)]),
    ("an unknown key of the plan", "plan.yaml", "tiltle: a\n", [("E201", 7, 1, 7)]),
    ("a term that ends before it begins", "plan.yaml", "assessed_from: 2030\n", [("E406", 7, 16, 20)]),
    ("a good report head", "plan.yaml", "report: {symbol: BC, signatories: [{authority: a, position: b}]}\n", []),
    ("a part I of no area", "plan.yaml", "report: {symbol: BC, steering: x}\n", [("E305", 7, 32, 33)]),
    ("a heading that no area has", "areas/1-thu.yaml", (AREA + f"  - {{{COUNT}}}\n" + TASK).replace("title: Thử", "title: Thử\nwithin: x"), [("E305", 4, 9, 10)]),
    ("a heading that is itself under another", "areas/1-thu.yaml", (AREA + f"  - {{{COUNT}}}\n" + TASK).replace("title: Thử", "title: Thử\nwithin: thu"), [("E417", 4, 9, 12)]),
    ("an empty key of a key that is none", "plan.yaml", "reports: {a: , b: {c: }}\n", [("E201", 7, 1, 8)]),
    ("an interpolation with its course", "areas/1-thu.yaml", AREA + f"  - {{{RATIO}, interpolate: linear, baseline: {{year: 2021, value: 40}}, targets: [{{by: 2025, at_least: 1}}]}}\n" + TASK, []),
    ("bounds in order", "areas/1-thu.yaml", AREA + f"  - {{{COUNT}, targets: [{{from: 2021, between: [5, 6]}}]}}\n" + TASK, []),
    ("a yes that is a bound", "areas/1-thu.yaml", AREA + "  - {id: a, name: A, kind: yes_no, frequency: month, phrases: {yes: a, no: b}, targets: [{from: 2021, equal_to: yes}]}\n" + TASK, []),
    ("a signatory's months", "plan.yaml", "report: {symbol: BC, signatories: [{authority: a, position: b, from: 2022-02, to: 2022-01}]}\n", [("E413", 7, 83, 90)]),
    ("a statistic of no area", "statistics.yaml", f"format: cchc/1\nstatistics:\n  - {{{COUNT}, owner: van-phong, area: x}}\n", [("E305", 3, 77, 78)]),
    ("a statistic with a target", "statistics.yaml", f"format: cchc/1\nstatistics:\n  - {{{COUNT}, owner: van-phong, targets: [{{from: 2021, at_least: 1}}]}}\n", [("E416", 3, 71, 78)]),
    ("an identity of nothing", "statistics.yaml", "format: cchc/1\nidentities:\n  - {whole: x, parts: [y]}\n", [("E310", 3, 13, 14), ("E310", 3, 24, 25)]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "expected"), [case[1:] for case in PLAN], ids=[case[0] for case in PLAN])
def test_the_plan_says_what_is_wrong_where(workspace: Make, file: str, text: str, expected: list[Found]) -> None:

    whole = PLAN_HEAD + text if file == "plan.yaml" else text
    assert found(workspace({f"plan/{file}": whole}), f"plan/{file}") == expected


def test_a_plan_without_number_and_date_is_a_warning(workspace: Make) -> None:
    root = workspace({"plan/plan.yaml": PLAN_HEAD.replace("{number: 1/KH, date: 2021-12-20}", "{number: , date: }")})
    assert found(root, "plan/plan.yaml") == [("W502", 4, 1, 9)]


def test_a_term_that_ends_before_it_begins_is_an_error(workspace: Make) -> None:
    root = workspace({"plan/plan.yaml": PLAN_HEAD.replace("to: 2025", "to: 2020")})
    assert found(root, "plan/plan.yaml") == [("E413", 5, 24, 28)]


def test_a_missing_plan_is_a_finding_and_the_data_are_read_as_yaml(workspace: Make) -> None:
    root = workspace({"data/2023-06.yaml": "a: b: c\n"})
    (root / "plan/plan.yaml").unlink()
    assert [(p.code, p.file) for p in load(root).problems] == [
        ("E101", "data/2023-06.yaml"),
        ("E008", "plan/plan.yaml"),
    ]


def test_a_folder_where_a_file_is_expected_is_a_finding(workspace: Make) -> None:
    root = workspace({"data/2023-06.yaml": HEAD})
    (root / "data/2023-07.yaml").mkdir()
    assert [(p.code, p.file) for p in load(root).problems] == [("E001", "data/2023-07.yaml")]


def test_data_are_checked_beside_a_plan_with_errors(workspace: Make) -> None:
    plan = PLAN_HEAD.replace("to: 2025", "to: năm 2025")
    data = HEAD + "measurements:\n  dung-han: {numerator: 2, denominator: 1}\n  la: {value: 1}\n"
    root = workspace({"plan/plan.yaml": plan, "data/2023-06.yaml": data})
    assert [(p.code, p.file) for p in load(root).problems] == [
        ("E203", "data/2023-06.yaml"),
        ("E301", "data/2023-06.yaml"),
        ("E221", "plan/plan.yaml"),
    ]


@pytest.mark.parametrize(
    ("file", "text"), [("owners.yaml", "a: b: c"), ("areas/1-thu.yaml", "a: b: c"), ("statistics.yaml", "\tx: y")]
)
def test_what_an_unreadable_file_may_define_is_no_unknown_id(workspace: Make, file: str, text: str) -> None:
    data = (
        HEAD
        + "measurements:\n  dung-han: {numerator: 1, denominator: 2, checked: {by: van-phong}}\n  tong: {value: 1}\n"
    )
    root = workspace({f"plan/{file}": text, "data/2023-06.yaml": data})
    assert [p.file for p in load(root).problems] == [f"plan/{file}"]


def test_files_that_nobody_reads_are_a_warning(workspace: Make) -> None:
    root = workspace({"plan/ghi-chu.txt": "", "plan/areas/cu.txt": "", "plan/.an": ""})
    assert [(p.code, p.file) for p in load(root).problems] == [
        ("W503", "plan/areas/cu.txt"),
        ("W503", "plan/ghi-chu.txt"),
    ]


def test_each_file_of_the_smaller_kind_is_an_error(workspace: Make) -> None:
    files = {f"data/2023-0{n}.yaml": f"format: cchc/1\nperiod: 2023-0{n}\n" for n in range(1, 4)}
    files["data/2023-03.yaml"] += "illustrative: true\n"
    assert found(workspace(files), "data/2023-03.yaml") == [("E308", 3, 15, 19)]


def test_a_file_that_cannot_be_parsed_does_not_silence_the_others(workspace: Make) -> None:
    root = workspace({"data/2023-05.yaml": "a: b: c\n", "data/2023-06.yaml": HEAD + "tasks:\n  x: {state: done}\n"})
    assert [(p.code, p.file) for p in load(root).problems] == [
        ("E101", "data/2023-05.yaml"),
        ("E306", "data/2023-06.yaml"),
    ]


def test_an_indicator_that_could_not_be_read_is_one_finding(workspace: Make) -> None:
    area = AREA + "  - {id: a, name: A, kind: kount, frequency: month}\n" + TASK
    root = workspace({"plan/areas/1-thu.yaml": area, "data/2023-06.yaml": HEAD + "measurements:\n  a: {value: 1}\n"})
    assert found(root, "plan/areas/1-thu.yaml") == [("E211", 6, 28, 33)]


def test_a_text_that_nobody_mistyped_has_no_likeness() -> None:
    known = ("dung-han", "so-luong")
    assert Nearest("dung-hang", known).words == ("dung-han",)
    assert Nearest("dung-han" * 11, known).words == ()
    assert NearestOrAll("x", known).words == known


def test_warnings_are_never_counted_among_the_rest(workspace: Make) -> None:
    texts = "".join(
        f"  - {{id: viec-{number}, ref: II.{number}, title: Việc, repeats: year}}\n" for number in range(300)
    )
    area = f"format: cchc/1\narea: b\ntitle: B\nowner: van-phong\ntasks:\n{texts}"
    said = "".join(f"  viec-{number}: {{state: done, text: '...'}}\n" for number in range(300))
    root = workspace({"plan/areas/2-b.yaml": area, "data/2023-06.yaml": f"{HEAD}tasks:\n{said}"})
    problems = load(root, reviewed_on=date(2023, 6, 20)).problems
    assert [problem.code for problem in problems] == ["W517"] * 300


def test_a_term_upside_down_is_one_finding(workspace: Make) -> None:
    head = PLAN_HEAD.replace("{from: 2021, to: 2025}", "{from: 2025, to: 2021}")
    root = workspace({"plan/plan.yaml": head, "data/2023-06.yaml": HEAD})
    assert found(root, "plan/plan.yaml") == [("E413", 5, 24, 28)]


def test_of_more_findings_than_anybody_reads_the_rest_is_counted(workspace: Make) -> None:
    lines = "".join(f"  la-{number}: {{value: 1}}\n" for number in range(203))
    problems = found(workspace({"data/2023-06.yaml": f"{HEAD}measurements:\n{lines}"}), "data/2023-06.yaml")
    assert problems[:200] == [("E301", line, 3, 3 + len(f"la-{line - 4}")) for line in range(4, 204)]
    assert problems[200:] == [("E009", 203, 3, 9)]


def test_a_link_out_of_the_workspace_is_not_followed(workspace: Make, tmp_path: Path) -> None:
    root = workspace({})
    outside = tmp_path.parent / f"{tmp_path.name}.yaml"
    outside.write_text(HEAD, encoding="utf-8")
    (root / "data").mkdir(exist_ok=True)
    (root / "data/2023-06.yaml").symlink_to(outside)
    (root / "data/2023-07.yaml").symlink_to("2023-07.yaml")
    (root / "data/2023-08.yaml").symlink_to(root / "data/ghi-chu")
    (root / "data/ghi-chu").write_text(HEAD.replace("06", "08"), encoding="utf-8")
    problems = load(root).problems
    assert [(p.code, p.file, p.args["reason"]) for p in problems] == [
        ("E001", "data/2023-06.yaml", "a link out of the workspace"),
        ("E001", "data/2023-07.yaml", os.strerror(errno.ELOOP)),
    ]
