"""How many files a command opens: a report rests on the figures around its period, however long the history is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OPENED = """
import json, os, sys
opened = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.append(os.fspath(arguments[0]))
sys.addaudithook(hook)
from cchc.cli.main import run
status = run(json.loads(sys.argv[1]))
sys.stderr.write("\\n" + json.dumps([status, opened]))
"""
AREA = """\
format: cchc/1
area: tthc
title: Cải cách thủ tục hành chính
owner: van-phong
indicators:
  - {id: theo-thang, name: Theo tháng, kind: count, frequency: month, targets: [{from: 2004, at_least: 1}]}
  - {id: theo-quy, name: Theo quý, kind: count, frequency: quarter, targets: [{from: 2004, at_least: 1}]}
  - {id: theo-nam, name: Theo năm, kind: count, frequency: year, targets: [{from: 2004, at_least: 1}]}
tasks:
  - {id: viec, ref: II.1, title: Việc, repeats: continuous}
"""
PLAN = {
    "plan/plan.yaml": """\
format: cchc/1
id: dai
title: Kế hoạch dài
document: {number: 1/KH, date: 2004-01-05}
term: {from: 2004, to: 2025}
unit: {name: Xã Dài, authority: Ủy ban nhân dân xã Dài}
""",
    "plan/owners.yaml": "format: cchc/1\nowners: [{id: van-phong, name: Văn phòng}]\n",
    "plan/areas/1-tthc.yaml": AREA,
}
IDS = {"month": "theo-thang", "quarter": "theo-quy", "year": "theo-nam"}
LIMIT = 26  # data files
BOARD_LIMIT = 30  # twelve months of courses, and what comes next


def _periods(year: int) -> dict[str, str]:
    """Return every kind of period that a file can be about, by its label, with the frequency of its figures."""
    named = {f"{year}-{month:02}": "month" for month in range(1, 13)}
    named |= {f"{year}Q{quarter}": "quarter" for quarter in range(1, 5)}
    return named | {f"{year}H1": "", f"{year}H2": "", f"{year}-9T": "", f"{year}": "year"}


def _workspace(root: Path, months: int) -> Path:
    """Write a workspace whose history ends with 2023, all kinds of files in every year."""
    for file, text in PLAN.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    (root / "data").mkdir()
    for year in range(2024 - months // 12, 2024):
        for label, frequency in _periods(year).items():
            figure = f"measurements: {{{IDS[frequency]}: {{value: 5}}}}\n" if frequency else ""
            text = f"format: cchc/1\nperiod: {label}\n{figure}tasks: {{viec: {{state: in_progress}}}}\n"
            (root / f"data/{label}.yaml").write_text(text, encoding="utf-8")
    return root


def _opened(root: Path, *words: str) -> list[str]:
    """Return the data files that a command opens in a workspace, once for each opening."""
    words = (*words, "-C", str(root))
    done = subprocess.run([sys.executable, "-c", OPENED, json.dumps(words)], capture_output=True, text=True, check=True)
    status, opened = json.loads(done.stderr.rpartition("\n")[2])
    assert status == 0, done.stderr
    return [Path(name).name for name in opened if Path(name).parent == root / "data" and name.endswith(".yaml")]


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _workspace(tmp_path_factory.mktemp("short"), 24)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _workspace(tmp_path_factory.mktemp("long"), 240)


@pytest.mark.parametrize("form", ["json", "md", "html"])
def test_a_report_opens_a_bounded_number_of_data_files(long: Path, form: str) -> None:
    opened = _opened(long, "report", "2023Q2", "-f", form)
    assert len(opened) <= LIMIT
    assert len(opened) == len(set(opened))


@pytest.mark.parametrize("words", [("2023-01",), ("2023Q2",), ("2023-06", "--remind", "all"), ()], ids=" ".join)
def test_a_board_opens_a_bounded_number_of_data_files(long: Path, words: tuple[str, ...]) -> None:
    opened = _opened(long, "status", *words, "-f", "json")
    assert len(opened) <= BOARD_LIMIT
    assert len(opened) == len(set(opened))


@pytest.mark.parametrize(
    "words",
    [("report", "2023-06"), ("report", "2023Q2"), ("report", "2023H1"), ("status", "2023Q2")],
    ids=" ".join,
)
def test_a_longer_history_opens_no_more_than_the_look_back(short: Path, long: Path, words: tuple[str, ...]) -> None:
    near, far = (set(_opened(root, *words, "-f", "json")) for root in (short, long))
    before_the_short_history = {name for name in far if name < "2022"}
    assert far - before_the_short_history == near
    assert before_the_short_history <= {"2018.yaml", "2019.yaml", "2020.yaml", "2021.yaml"}


def test_the_report_of_a_year_reads_the_years_of_the_term_for_its_course(long: Path) -> None:
    opened = _opened(long, "report", "2023", "-f", "json")
    measured = {label for year in range(2004, 2024) for label, frequency in _periods(year).items() if frequency}
    assert {f"{label}.yaml" for label in measured} <= set(opened)
    assert len(opened) == len(set(opened))


def test_validate_opens_every_data_file_once(short: Path) -> None:
    opened = _opened(short, "validate")
    assert sorted(opened) == sorted(f"{label}.yaml" for year in (2022, 2023) for label in _periods(year))


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("list", "indicators"), ("list", "tasks", "-f", "json")], ids=" ".join
)
def test_what_concerns_the_plan_opens_no_data_file(long: Path, words: tuple[str, ...]) -> None:
    if words[0].startswith("--"):
        words = ("-C", str(long), *words)
    assert _opened(long, *words) == []


def test_a_new_figure_opens_what_its_verdict_needs(long: Path) -> None:
    opened = _opened(long, "add-measure", "theo-thang", "7", "-p", "2023-05", "--replace", "--dry-run")
    assert len(set(opened)) <= LIMIT
    assert "2023-05.yaml" in opened
