"""A quick look tells the same ids as a whole reading, and makes nothing of what it cannot read."""

import subprocess
import sys
from pathlib import Path

import pytest

from cchc.workspace import glimpse
from cchc.workspace.glimpse import Named
from cchc.workspace.load import load


def test_it_sees_what_a_whole_reading_sees(repository: Path) -> None:
    loaded = load(repository)
    plan, data = loaded.plan, loaded.data
    assert plan is not None
    assert data is not None
    assert {(one.id, one.name) for one in plan.measured.values()} == set(glimpse.indicators(repository))
    assert {(one.id, one.title) for one in plan.tasks} == set(glimpse.tasks(repository))
    assert [(one.id, one.name) for one in plan.owners] == list(glimpse.owners(repository))
    assert {(one.id, one.title) for one in plan.areas} == set(glimpse.areas(repository))
    assert set(glimpse.periods(repository)) == set(data.files)
    assert glimpse.month_starts_on(repository) == plan.head.calendar.month_starts_on


def test_it_builds_no_records(repository: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from cchc.workspace import glimpse;"
        "list(glimpse.indicators(Path(sys.argv[1]))); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(repository)], check=False).returncode == 0


def _write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owners: [{id: a, name: A}, {id: b}]\n", [Named("a", "A"), Named("b", "")]),
        ("\ufeffowners:\r\n- id: &x a\r\n  name: 'Một\r\n\r\n    hai'\r\n", [Named("a", "Một hai")]),
        ("owners:\n  # id: c\n  - {id: 'a', name: \"B\\nC\"}\n", [Named("a", "B C")]),
        ("owners: [{id: A b}, {name: x}, a, [b], {id: [c]}, {id: d, name: [e]}]\n", [Named("d", "")]),
        ("owners: {id: a}\n", []),
        ("owners: ~\n", []),
        ("owners: [{id: a\n", []),
        ("- a\n", []),
        ("", []),
        ("\x00", []),
    ],
)
def test_what_is_no_entry_with_an_id_is_left_out(tmp_path: Path, text: str, expected: list[Named]) -> None:
    _write(tmp_path, "plan/owners.yaml", text)
    assert list(glimpse.owners(tmp_path)) == expected


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert [*glimpse.indicators(tmp_path), *glimpse.tasks(tmp_path), *glimpse.areas(tmp_path)] == []
    assert glimpse.periods(tmp_path) == []
    assert glimpse.month_starts_on(tmp_path) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("calendar: {month_starts_on: 15}\n", 15),
        ("calendar: {month_starts_on: x}\n", 1),
        ("calendar: {month_starts_on: [1]}\n", 1),
        ("calendar: 15\n", 1),
    ],
)
def test_the_day_on_which_months_begin(tmp_path: Path, text: str, day: int) -> None:
    _write(tmp_path, "plan/plan.yaml", text)
    assert glimpse.month_starts_on(tmp_path) == day


def test_periods_are_those_of_good_names_newest_first(tmp_path: Path) -> None:
    for name in ("2023-05.yaml", "2023Q2.yaml", "2022.yaml", "closed.yaml", "juni.yaml", "2023-06.yml"):
        _write(tmp_path, f"data/{name}", "")
    assert [period.label for period in glimpse.periods(tmp_path)] == ["2023-06", "2023Q2", "2023-05", "2022"]
