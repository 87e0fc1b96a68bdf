"""Loading: what is read, what is left out, and how robust it is against what no editor should have written."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cchc.core.model import Plan
from cchc.core.period_forms import parse_period
from cchc.core.periods import Period
from cchc.workspace import load as loading
from cchc.workspace.load import Loaded, load, load_plan, natural, newest_period

Make = Callable[[Mapping[str, "str | bytes"]], Path]

HEAD = "format: cchc/1\nperiod: 2023-06\n"
ENTRIES = """\
measurements:
  dung-han: {numerator: 2, denominator: 1}
  so-luong: {value: 1}
tasks:
  viec: {state: done}
  giai-phap: {state: fertig}
remarks:
  thu: {results: tốt}
  general: {result: sai}
"""


def only(*labels: str) -> Callable[[Plan], list[Period]]:
    return lambda _: [parse_period(label) for label in labels]


def codes(loaded: Loaded) -> list[str]:
    return [problem.code for problem in loaded.problems]


def test_the_workspace_of_the_commune_has_one_warning(repository: Path) -> None:
    loaded = load(repository)
    assert [(problem.code, problem.file) for problem in loaded.problems] == [("W502", "plan/plan.yaml")]
    assert loaded.plan is not None
    assert (len(loaded.plan.indicators), len(loaded.plan.areas), len(loaded.plan.owners)) == (31, 8, 7)
    assert sum(len(area.tasks) for area in loaded.plan.areas) == 39


def test_areas_are_read_in_the_order_of_their_numbers(workspace: Make) -> None:
    area = "format: cchc/1\narea: a{0}\ntitle: A{0}\n"
    root = workspace({f"plan/areas/{n}-a.yaml": area.format(n) for n in (10, 9, 2)})
    loaded = load_plan(root)
    assert loaded.plan is not None
    assert [found.id for found in loaded.plan.areas] == ["thu", "a2", "a9", "a10"]


def test_digits_compare_as_numbers() -> None:
    assert sorted(["a10", "a9", "b", "10", "9x"], key=natural) == ["9x", "10", "a9", "a10", "b"]


def test_only_the_needed_files_are_read(workspace: Make) -> None:
    root = workspace({"data/2023-06.yaml": HEAD, "data/2023-05.yaml": b"\xff", "data/x.yaml": ""})
    loaded = load(root, only("2023-06", "2023-07"))
    assert codes(loaded) == ["E005"]
    assert loaded.data is not None
    assert [period.label for period in loaded.data.files] == ["2023-06"]
    assert "data/2023-05.yaml" not in loaded.documents


def test_entries_with_errors_are_left_out_and_the_others_stay(workspace: Make) -> None:
    loaded = load(workspace({"data/2023-06.yaml": HEAD + ENTRIES}))
    assert sorted(codes(loaded)) == ["E201", "E203", "E211"]
    assert loaded.data is not None
    (file,) = loaded.data.files.values()
    assert (list(file.measurements), list(file.tasks), list(file.remarks)) == (["so-luong"], ["viec"], ["thu"])


@pytest.mark.parametrize("head", ["format: cchc/1\nperiod: 2027-06\n", HEAD + "illustrative: true\n"])
def test_an_error_about_the_whole_file_leaves_none_of_its_entries(workspace: Make, head: str) -> None:
    period = head.splitlines()[1].removeprefix("period: ")
    others = {f"data/2023-0{n}.yaml": f"format: cchc/1\nperiod: 2023-0{n}\n" for n in (1, 2)}
    entry = "measurements:\n  so-luong: {value: 1}\n"
    loaded = load(workspace({**others, f"data/{period}.yaml": head + entry}))
    assert loaded.data is not None
    assert not loaded.data.files[parse_period(period)].measurements


def test_figures_of_a_half_year_are_left_out_and_its_remarks_stay(workspace: Make) -> None:
    text = "format: cchc/1\nperiod: 2023H1\nmeasurements:\n  loi: {text: a}\nremarks:\n  thu: {results: b}\n"
    loaded = load(workspace({"data/2023H1.yaml": text}))
    assert loaded.data is not None
    (file,) = loaded.data.files.values()
    assert (dict(file.measurements), list(file.remarks)) == ({}, ["thu"])


def test_a_line_is_found_by_its_key_path(workspace: Make) -> None:
    loaded = load(workspace({"data/2023-06.yaml": HEAD + ENTRIES}))
    assert loaded.line_of("data/2023-06.yaml", ("measurements", "so-luong")) == 5
    broken = load(workspace({"data/2023-06.yaml": "a: b: c"}))
    assert broken.line_of("data/2023-06.yaml", ("measurements",)) == 1


def test_a_plan_alone_opens_no_data(workspace: Make) -> None:
    loaded = load_plan(workspace({"data/2023-06.yaml": b"\xff"}))
    assert (codes(loaded), loaded.data, next(iter(loaded.documents))) == ([], None, "plan/plan.yaml")


def test_the_newest_period_is_the_shortest_of_those_that_end_last(workspace: Make) -> None:
    files = {f"data/{label}.yaml": "" for label in ("2023-06", "2023Q2", "2023H1", "2023-05", "2021..2025", "x")}
    root = workspace(files)
    found = newest_period(root)
    assert found is not None
    assert found.label == "2023-06"
    assert newest_period(root / "plan") is None


BYTES = (HEAD + ENTRIES + "# ế\n").encode()


def test_every_truncation_gives_findings_or_is_accepted(workspace: Make) -> None:
    for length in range(len(BYTES)):
        loaded = load(workspace({"data/2023-06.yaml": BYTES[:length]}))
        assert loaded.plan is not None


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80, 0xFF])
def test_every_flipped_byte_gives_findings_or_is_accepted(workspace: Make, flip: int) -> None:
    root = workspace({})
    (root / "data").mkdir()
    for place in range(len(BYTES)):
        flipped = BYTES[:place] + bytes([BYTES[place] ^ flip]) + BYTES[place + 1 :]
        (root / "data/2023-06.yaml").write_bytes(flipped)
        assert load(root, only("2023-06")).plan is not None


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "{a: " * 5_000,
        "- " * 10_000,
        "a: &a [x]\nb: [*a, *a]\n",
        "? [a, b]\n: c\n",
        "? {a: b}\n: c\n",
        ": a\n",
        "'': a\n",
        "--- !!set {a, b}\n",
        "%TAG ! tag:x,2000:\n---\na: b\n",
        "a: |\n\tb\n",
        'a: "x\ty"\n',
        "a:\tb\n",
        "a: 'b\n\tc'\n",
        "\ta: b\n",
        "{a: b,\n\tc: d}\n",
        "a: >\n  b\n\n\n",
        f"value: {'9' * 100_000}\n",
        "period: 1e999999999\n",
        "measurements: {so-luong: {value: 1e999999999}}\n",
        "measurements: {? : 1}\n",
        "measurements: {so-luong: [1]}\n",
        "measurements: {so-luong: {provided: a, evidence: [~, , {}], survey: [], corrections: a}}\n",
        "tasks: {viec: []}\nremarks: {thu: {causes: a}}\n",
        "measurements: {so-luong: {value: 1, provided: {by: [a], on: {a: b}}}}\n",
        "illustrative: maybe\nperiod: [2023]\nformat: {a: b}\n",
    ],
)
def test_strange_yaml_gives_findings_or_is_accepted(workspace: Make, text: str) -> None:
    for whole in (text, HEAD + text, "format: cchc/1\narea: b\ntitle: B\nindicators:\n- " + text.replace("\n", "\n  ")):
        root = workspace({"data/2023-06.yaml": whole, "plan/areas/2-b.yaml": whole, "plan/owners.yaml": whole})
        assert load(root).names


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258", "latin-1"])
def test_other_encodings_are_a_finding(workspace: Make, encoding: str) -> None:
    text = (HEAD + "# đúng hạn\n").encode(encoding, errors="replace")
    loaded = load(workspace({"data/2023-06.yaml": text}))
    assert set(codes(loaded)) <= {"E002", "E003"}


def test_the_two_lists_are_checked_with_everything_and_not_with_a_report(workspace: Make) -> None:
    root = workspace({"data/closed.yaml": "format: cchc/1\nclosed: [{period: 2023Q2}]\n"})
    assert codes(load(root)) == ["E202", "E202", "E202"]
    assert codes(load(root, only("2023-06"))) == []


def test_a_list_that_is_no_yaml_is_one_finding(workspace: Make) -> None:
    assert codes(load(workspace({"data/reports.yaml": "a: b: c"}))) == ["E101"]


def test_the_closest_name_is_named() -> None:
    assert loading.closest_name("2023-6") == "2023-06.yaml"
    assert loading.closest_name("quý II 2023") == "2023Q2.yaml"
    assert loading.closest_name("06-2023x") == "2023-06.yaml"
