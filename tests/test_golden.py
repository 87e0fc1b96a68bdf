"""Whole workspaces and what comes out of them; `pytest --update-golden` writes what comes out now."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.core.fields import AGGREGATIONS, Aggregation, Kind
from cchc.core.period_forms import parse_period
from cchc.core.periods import Unit
from cchc.core.results import Reason, Status

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = GOLDEN / "expected"
PERIODS = (
    "2021-06",
    "2023-06",
    "2023-05",
    "2023Q2",
    "2023H1",
    "2023-9T",
    "2023",
    "2023-01..2023-05",
    "2022-11..2023-02",
    "2021..2025",
)
WIDTHS = (80, 40)

COMMANDS: dict[str, tuple[str, list[str]]] = {
    "moi-loai-2023Q2.json": ("moi-loai", ["report", "2023Q2", "-f", "json"]),
    "moi-loai-2023Q2.md": ("moi-loai", ["report", "2023Q2"]),
    "moi-loai-2023Q2.html": ("moi-loai", ["report", "2023Q2", "-f", "html"]),
    "moi-loai-2023H1.md": ("moi-loai", ["report", "2023H1"]),
    "moi-loai-2022.md": ("moi-loai", ["report", "2022"]),
    "moi-loai-status.txt": ("moi-loai", ["status"]),
    "moi-loai-status.json": ("moi-loai", ["status", "-f", "json"]),
    "moi-loai-status.md": ("moi-loai", ["status", "--by", "owner", "-f", "md"]),
    "moi-loai-remind.txt": ("moi-loai", ["status", "--remind", "van-phong"]),
    "moi-loai-remind-all.json": ("moi-loai", ["status", "--remind", "all", "-f", "json"]),
    "moi-loai-indicators.txt": ("moi-loai", ["list", "indicators"]),
    "moi-loai-indicators.json": ("moi-loai", ["list", "indicators", "-f", "json"]),
    "hong-validate.txt": ("hong", ["validate"]),
    "hong-validate.json": ("hong", ["validate", "-f", "json"]),
    "hong-validate.sarif": ("hong", ["validate", "-f", "sarif"]),
    "le-hong-2023Q2.md": ("..", ["report", "2023Q2"]),
}

Check = Callable[[str, str], None]
Ask = Callable[[str, list[str]], str]


@pytest.fixture
def check(request: pytest.FixtureRequest) -> Check:
    """Compare a text with its golden file, or write it there."""

    def compare(name: str, text: str) -> None:
        path = EXPECTED / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """Run a command line in a copy of a golden workspace and return what it answers."""

    def answer(workspace: str, words: list[str]) -> str:
        for folder in ("plan", "data"):
            shutil.copytree(GOLDEN / workspace / folder, tmp_path / folder, dirs_exist_ok=True)
        run([*words, "-C", str(tmp_path)])
        return capsys.readouterr().out

    return answer


@pytest.mark.parametrize("name", COMMANDS)
def test_what_comes_out_is_what_came_out(name: str, ask: Ask, check: Check) -> None:
    workspace, words = COMMANDS[name]
    check(name, ask("../.." if workspace == ".." else workspace, words))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_at_the_width_of_a_terminal(
    width: int, ask: Ask, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = ask("moi-loai", ["status", "2023"])
    assert max(map(len, text.splitlines())) <= width
    check(f"moi-loai-status-{width}.txt", text)


@pytest.mark.parametrize("period", PERIODS)
def test_the_verdicts_of_a_period(period: str, ask: Ask, check: Check) -> None:
    report = json.loads(ask("moi-loai", ["report", period, "-f", "json"]))
    rows = [
        [entry["id"], entry["status"], entry["reason"], entry["complete"], (entry["actual"] or {}).get("display"),
         (entry["actual"] or {}).get("reference"), entry["change"], entry["attainment"]]
        for entry in report["indicators"]
    ]  # fmt: skip
    counts = " ".join(f"{name}={count}" for name, count in report["summary"].items() if count)
    check(f"moi-loai-{period}.verdicts", "\n".join([counts, *(" | ".join(map(str, row)) for row in rows)]) + "\n")


def test_every_status_reason_kind_aggregation_and_period_type_is_shown() -> None:
    verdicts = "".join(path.read_text(encoding="utf-8") for path in EXPECTED.glob("*.verdicts"))
    assert {status for status in Status if f"| {status} |" not in verdicts} == set()
    assert {reason for reason in Reason if f"| {reason} |" not in verdicts} == set()
    listed = json.loads((EXPECTED / "moi-loai-indicators.json").read_text(encoding="utf-8"))["indicators"]
    shown = {(Kind(entry["kind"]), Aggregation(entry["aggregation"])) for entry in listed}
    assert shown == {(kind, aggregation) for kind, known in AGGREGATIONS.items() for aggregation in known}
    periods = [parse_period(period) for period in PERIODS]
    assert {period.unit for period in periods} == set(Unit)
    assert {period.is_range for period in periods} == {True, False}


def test_no_golden_file_is_left_over() -> None:
    named = {*COMMANDS, *(f"moi-loai-{period}.verdicts" for period in PERIODS)}
    named |= {f"moi-loai-status-{width}.txt" for width in WIDTHS}
    assert {path.name for path in EXPECTED.iterdir()} == named
