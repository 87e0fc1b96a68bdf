"""plan/imports/*.yaml: what `validate` says of them, with the place."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cchc.workspace.files import Disk
from cchc.workspace.load import load, load_import

Make = Callable[[Mapping[str, str]], Path]
GOOD = """\
format: cchc/1
title: Biểu
head: {from: 1, to: 2}
indicator: A
figures:
  - {numerator: B, denominator: C, value: D}
  - {indicator: so-luong, value: E, optional: true}
"""


def found(workspace: Make, text: str) -> list[tuple[str, int, int]]:
    root = workspace({"plan/imports/bieu.yaml": text})
    problems = load(root).problems
    plan = load(root).plan
    assert plan is not None
    mapping, own = load_import(Disk(root), plan, "bieu.yaml")
    assert own == problems
    assert (mapping is None) == bool(problems)
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems if problem.span]


def test_a_good_file_has_nothing_wrong(workspace: Make) -> None:
    assert found(workspace, GOOD) == []


HEAD = "format: cchc/1\ntitle: Biểu\n"
ROW = HEAD + "row: {column: B, equals: Tổng}\nfigures:\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("format: cchc/2\n", [("E007", 1, 9)]),
        ("a: [\n", [("E101", 2, 1)]),
        (HEAD, [("E202", 1, 1)]),
        (HEAD + "numbers: fr\nfigures: [{indicator: so-luong, value: B3}]\n", [("E211", 3, 10)]),
        (HEAD + "sum: 3\nfigures: [{indicator: so-luong, value: B3}]\n", [("E201", 3, 1)]),
        (HEAD + "head: {from: 3, to: 2}\nfigures: [{indicator: so-luong, value: B}]\n", [("E413", 3, 21)]),
        (HEAD + "figures: [{indicator: so-luong, value: B}]\n", [("E202", 1, 1)]),
        (HEAD + "period: A\nfigures: [{indicator: so-luong, value: B3}]\n", [("E202", 1, 1)]),
        (ROW + "  - {value: C}\n", [("E202", 5, 5)]),
        (ROW + "  - {indicator: so-luon, value: C}\n", [("E301", 5, 17)]),
        (ROW + "  - {indicator: dung-han, numerator: C}\n", [("E202", 5, 5)]),
        (ROW + "  - {indicator: dung-han, denominator: C}\n", [("E202", 5, 5)]),
        (ROW + "  - {indicator: so-luong}\n", [("E217", 5, 5)]),
        (ROW + "  - {indicator: so-luong, numerator: C, denominator: D}\n", [("E216", 5, 38)]),
        (ROW + "  - {indicator: dung-han, numerator: C, denominator: D, value: E}\n", [("E215", 5, 64)]),
        (ROW + "  - {indicator: so-luong, value: [C]}\n", [("E204", 5, 34)]),
    ],
)
def test_what_is_wrong_has_its_place(workspace: Make, text: str, places: list[tuple[str, int, int]]) -> None:
    assert found(workspace, text) == places


def test_other_files_of_the_folder_are_not_read(workspace: Make) -> None:
    root = workspace({"plan/imports/bieu.yml": GOOD, "plan/imports/ghi-chu.txt": "x", "plan/imports/.an": "x"})
    assert [(problem.code, problem.file) for problem in load(root).problems] == [("W503", "plan/imports/ghi-chu.txt")]
    assert "plan/imports/bieu.yml" in load(root).names


def test_a_file_that_is_not_there_is_said(workspace: Make) -> None:
    root = workspace({})
    plan = load(root).plan
    assert plan is not None
    mapping, problems = load_import(Disk(root), plan, "khong.yaml")
    assert (mapping, [problem.code for problem in problems]) == (None, ["E008"])
