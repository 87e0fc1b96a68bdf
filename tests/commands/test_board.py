"""`status` as the office's board: the matrix, what fails a cron job, Markdown for a chat, and the reminders."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc.cli.main import run

Put = Callable[[str, str], Path]
Ask = Callable[..., tuple[int, str, str]]
CHECKED = "checked: {by: van-phong, on: 2023-01-16}"
ON_TIME = "provided: {by: van-phong, on: 2023-01-16}"
LATE = "provided: {by: van-phong, on: 2023-01-17}"


@pytest.fixture
def ask(small: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run `status` in the small workspace: exit status, standard output, standard error."""

    def answer(*words: str) -> tuple[int, str, str]:
        status = run(["status", *words, "-C", str(small)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return answer


@pytest.fixture
def january(put: Put) -> Path:
    """January with a good figure and one that came late."""
    return put(
        "2023-01",
        "measurements:\n"
        f"  dung-han: {{numerator: 99, denominator: 100, {ON_TIME}, {CHECKED}}}\n"
        f"  so-luong: {{value: 5, {LATE}, {CHECKED}}}\n",
    )


def row(text: str, key: str) -> list[str]:
    """Return the signs of an indicator in the matrix."""
    matrix = text.partition("Tình hình số liệu")[2]
    return next(line for line in matrix.splitlines() if line.startswith(f"{key} ")).split()[1:]


@pytest.mark.usefixtures("january")
def test_a_figure_that_came_late_is_shown_apart(ask: Ask) -> None:
    status, text, _ = ask("2023-01", "--today", "2023-01-20")
    assert status == 0
    assert (row(text, "dung-han"), row(text, "so-luong")) == (["✓"], ["✓!"])
    assert "Số liệu nộp chậm: 1" in text
    assert "so-luong  tháng 1/2023  Văn phòng          16/01/2023  17/01/2023" in text


@pytest.mark.usefixtures("january")
@pytest.mark.parametrize(
    ("words", "today", "expected"),
    [
        (("2023-01",), "2023-01-20", 0),
        (("2023-01", "--fail-on", "missing,late"), "2023-01-20", 1),  # those of 2022 are not there
        (("2023-01", "--fail-on", "provisional"), "2023-01-20", 0),
        (("2023-01", "--fail-on", "unconfirmed"), "2023-01-20", 0),
        (("--fail-on", "late", "--owner", "noi-vu"), "2023-01-20", 2),
        (("--fail-on", "latee"), "2023-01-20", 2),
    ],
)
def test_the_exit_status(words: tuple[str, ...], today: str, expected: int, ask: Ask) -> None:
    assert ask(*words, "--today", today)[0] == expected


def test_overdue_figures_of_a_month_that_nobody_began_fail_a_cron_job(small: Path, put: Put, ask: Ask) -> None:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(
        area.read_text(encoding="utf-8").split("  - {id: so-luong")[0].replace(
            "frequency: month", "frequency: month\n    valid: {from: 2023-01}"
        ),
        encoding="utf-8",
    )  # fmt: skip
    put("2023-01", f"measurements:\n  dung-han: {{numerator: 99, denominator: 100, {ON_TIME}, {CHECKED}}}\n")
    assert ask("--fail-on", "missing", "--fail-on", "late,", "--today", "2023-02-14")[0] == 0
    assert ask("--fail-on", "missing", "--today", "2023-02-15")[0] == 1
    assert ask("--fail-on", "late", "--today", "2023-02-16")[0] == 0
    status, text, _ = ask("--fail-on", "late", "--today", "2023-02-17")
    assert (status, "- Tháng 2/2023: 1 số liệu, quá hạn từ 17/02/2023" in text) == (1, True)
    assert ask("2023-01", "--fail-on", "missing,late", "--today", "2023-02-17")[0] == 0


@pytest.mark.parametrize(
    ("today", "period", "late"),
    [
        ("2020-05-01", "2021-01", 0),  # before the term its first month
        ("2021-01-16", "2021-01", 0),  # over, and due today
        ("2021-01-17", "2021-01", 2),
        ("2023-02-20", "2023-02", 4),
        ("2026-12-01", "2025-12", 35),  # after the term its last
    ],
)
def test_without_any_figures_everything_is_missing_of_the_last_month_that_is_over(
    ask: Ask, today: str, period: str, late: int
) -> None:
    status, out, err = ask("-f", "json", "--today", today)
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert (answer["period"]["label"], answer["counts"]["late"], answer["counts"]["there"]) == (period, late, 0)
    assert answer["illustrative"] is False
    assert ask("--fail-on", "late", "--today", today)[0] == (1 if late else 0)
    assert ask("--fail-on", "missing,late", "--today", today)[0] == (0 if today < "2021" else 1)


def test_without_any_figures_every_form_of_the_board_is_there(ask: Ask) -> None:
    today = ("--today", "2023-02-20")
    assert row(ask(*today)[1], "dung-han") == ["Q", "Q"]
    assert "đã có 0/4 số liệu · quá hạn: 4" in ask("-f", "md", *today)[1]
    assert ask("2022-12", *today)[1].startswith("Xã Thử – tháng 12/2022")
    assert "  + tháng 2/2023; hạn 16/02/2023" in ask("--remind", "van-phong", *today)[1]
    assert "1. Văn phòng (van-phong): quá hạn:" in ask("--remind", "all", *today)[1]
    assert ask("--at", "HEAD")[0] == 3  # no repository


def test_unknown_names_are_refused_with_the_nearest(ask: Ask, january: Path) -> None:
    assert january.exists()
    assert ask("--by", "nguoi")[0] == 2
    assert "van-phong" in ask("--owner", "van-phon")[2]
    assert ask("--area", "thuu")[0] == 2
    assert "van-phong" in ask("--remind", "van-phon")[2]
    for words in (("--owner", "van-phong"), ("--area", "thu"), ("--by", "owner")):
        status, out, err = ask("--remind", "all", *words)
        assert (status, out, words[0] in err) == (2, "", True)
    assert ask("--remind", "all", "-f", "md")[0] == 2
    assert ask("-f", "html")[0] == 2


def test_the_suffix_picks_the_form(ask: Ask, january: Path, tmp_path: Path) -> None:
    assert january.exists()
    assert ask("-o", str(tmp_path / "bang.md"))[:2] == (0, "")
    assert (tmp_path / "bang.md").read_text("utf-8").startswith("## Xã Thử – tháng 1/2023 (15/12/2022 – 14/01/2023)\n")
    assert ask("-o", str(tmp_path / "bang.json"))[:2] == (0, "")
    assert json.loads((tmp_path / "bang.json").read_text("utf-8"))["schema"] == "cchc/status/1"


def test_markdown_keeps_hostile_names_in_their_cells(small: Path, put: Put, ask: Ask) -> None:
    area = small / "plan/areas/1-thu.yaml"
    text = area.read_text(encoding="utf-8").replace("name: Số lượng", 'name: "a|b <b>đ</b> `x` [c](http://d)"')
    area.write_text(text, encoding="utf-8")
    put("2023-01", "measurements: {}\n")
    _, out, _ = ask("-f", "md", "--today", "2023-01-20")
    (line,) = [line for line in out.splitlines() if "so-luong" in line and line.endswith("| Q |")]
    assert line.replace("\\|", "").count("|") == 3
    assert "<b>" not in line.replace("\\<", "")


def test_json_has_the_matrix_and_keeps_what_was_there(ask: Ask, january: Path) -> None:
    assert january.exists()
    answer: dict[str, Any] = json.loads(ask("2023-01", "-f", "json", "--today", "2023-01-20")[1])
    assert {"schema", "plan", "period", "today", "illustrative", "summary", "indicators", "missing", "late"} <= set(
        answer
    )
    assert answer["months"] == ["2023-01"]
    cells = {entry["id"]: entry["cells"][0] for entry in answer["matrix"]}
    assert cells["so-luong"] == {
        "month": "2023-01",
        "period": "2023-01",
        "state": "provided",
        "due_on": "2023-01-16",
        "provided_on": "2023-01-17",
        "late": True,
        "provisional": False,
        "unconfirmed": False,
    }
    assert (cells["hang"]["state"], cells["hang"]["period"]) == ("not_measured", None)
    assert answer["counts"] == {
        "expected": 2, "there": 2, "late": 0, "missing": 0, "awaiting": 0, "provisional": 0, "unconfirmed": 0,
        "came_late": 1,
    }  # fmt: skip
    assert [(one["id"], one["answers"]) for one in answer["owners"]] == [("van-phong", True)]
    assert {one["id"] for one in answer["earlier"]} >= {"kinh-phi", "hang"}
    assert answer["next_report"] is None


def test_every_command_of_the_guide_runs(
    real: Path, repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(real)
    guide = (repository / "docs/status.md").read_text(encoding="utf-8")
    lines = [shlex.split(line, comments=True) for line in guide.splitlines() if line.startswith("cchc status")]
    assert len(lines) == 7
    for _, *words in lines:
        assert run(words) == (1 if "--fail-on" in words else 0), words
        assert capsys.readouterr().out


def test_a_body_that_joins_in_is_asked_and_never_called_late(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("-C", str(real), "--today", "2023-12-31")
    assert run(["status", "--remind", "dai-truyen-thanh", *where]) == 0
    text = capsys.readouterr().out
    assert "Số liệu còn thiếu: 2" in text
    assert "quá hạn" not in text
    assert run(["status", "--owner", "dai-truyen-thanh", "--fail-on", "late", *where]) == 0
    assert run(["status", "--owner", "mttq", "--fail-on", "missing,late", *where]) == 0
    capsys.readouterr()
    assert run(["status", "-f", "json", *where]) == 0
    answer = json.loads(capsys.readouterr().out)
    late = {figure["owner"] for figure in (*answer["late"], *answer["earlier"], *answer["since"]) if figure["late"]}
    assert late
    assert not {"dai-truyen-thanh", "mttq"} & {*late, *(task["owner"] for task in answer["tasks"] if task["late"])}


# reminders


def test_a_reminder_says_since_when_and_by_when_and_how(ask: Ask, put: Put) -> None:
    put("2023-02", f"measurements:\n  so-luong: {{value: 5, quality: provisional, {ON_TIME}}}\n")
    status, text, _ = ask("--remind", "van-phong", "--today", "2023-02-17")
    assert status == 0
    lines = text.splitlines()
    assert lines[0] == "Kính gửi: Văn phòng"
    at = lines.index("- Đúng hạn (dung-han):")
    assert lines[at + 1 : at + 3] + lines[at + 11 : at + 14] == [
        "  + tháng 3/2022; hạn 16/3/2022, quá hạn từ 17/3/2022",
        "  + tháng 4/2022; hạn 16/4/2022, quá hạn từ 17/4/2022",
        "  + tháng 1/2023; hạn 16/01/2023, quá hạn từ 17/01/2023",
        "  + tháng 2/2023; hạn 16/02/2023, quá hạn từ 17/02/2023",
        "- Số lượng (so-luong):",
    ]
    assert "- Số lượng (so-luong): tháng 2/2023; hạn 16/02/2023" in lines
    assert "- Tháng 3/2023: 2 số liệu, hạn 16/3/2023" in lines
    assert "- cchc add-measure --owner van-phong -p 2023-02" in lines
    assert any(line.endswith("cchc form 2023-02 --owner van-phong -o 2023-02.xlsx") for line in lines)
    assert not any(sign in text for sign in ("**", "##", "|", "`"))


def test_figures_of_which_the_same_is_open_stand_above_their_due_days_once(ask: Ask, put: Put) -> None:
    put("2023-02", "measurements: {}\n")
    lines = ask("--remind", "van-phong", "--today", "2023-02-17")[1].splitlines()
    at = lines.index("- Đúng hạn (dung-han);")
    assert lines[at + 1 : at + 3] == [
        "- Số lượng (so-luong):",
        "  + tháng 3/2022; hạn 16/3/2022, quá hạn từ 17/3/2022",
    ]
    assert sum("tháng 4/2022" in line for line in lines) == 1


def test_without_a_due_day_the_months_stand_on_one_line(small: Path, ask: Ask, put: Put) -> None:
    file = small / "plan/plan.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("figures_due_on: 16", ""), encoding="utf-8")
    put("2023-02", "measurements: {}\n")
    text = ask("--remind", "van-phong", "--today", "2023-02-17")[1]
    assert "- Đúng hạn (dung-han): tháng 3–12/2022, tháng 1, 2/2023\n" in text


def test_before_the_due_day_a_figure_is_missing_and_not_overdue(ask: Ask, put: Put) -> None:
    put("2023-02", "measurements: {}\n")
    reminder = json.loads(ask("2023-02", "--remind", "all", "-f", "json", "--today", "2023-02-15")[1])
    assert reminder["schema"] == "cchc/remind/1"
    (owner,) = reminder["owners"]
    assert [(one["id"], one["due_on"], one["overdue_since"]) for one in owner["missing"]] == [
        ("dung-han", "2023-02-16", None),
        ("so-luong", "2023-02-16", None),
    ]
    assert "2023-01-17" in {one["overdue_since"] for one in owner["overdue"]}
    assert reminder["text"] == ask("2023-02", "--remind", "all", "--today", "2023-02-15")[1]


def test_without_anything_open_the_reminder_says_so(small: Path, ask: Ask, put: Put) -> None:
    area = small / "plan/areas/1-thu.yaml"
    lines = area.read_text(encoding="utf-8").replace("frequency: month", "frequency: month\n    valid: {from: 2023-01}")
    area.write_text(lines.split("  - {id: so-luong")[0], encoding="utf-8")
    owners = small / "plan/owners.yaml"
    owners.write_text(owners.read_text(encoding="utf-8") + "  - {id: mat-tran, name: Mặt trận}\n", encoding="utf-8")
    put("2023-01", f"measurements:\n  dung-han: {{numerator: 99, denominator: 100, {ON_TIME}, {CHECKED}}}\n")
    own = ask("--remind", "van-phong", "--today", "2023-01-20")[1]
    assert "không còn số liệu, nhiệm vụ nào" in own
    assert "cchc add-measure" not in own
    everybody = ask("--remind", "all", "--today", "2023-01-20")[1]
    assert "1. Văn phòng (van-phong): không có nội dung cần nhắc" in everybody
    assert "2. Mặt trận (mat-tran): chỉ phối hợp hoặc được đề nghị, không tính chậm" in everybody
    assert everybody.splitlines()[-1] == "Không có nội dung nào cần nhắc."
    late = ask("--remind", "van-phong", "--today", "2023-02-17")[1]
    assert "- Đúng hạn (dung-han): tháng 2/2023; hạn 16/02/2023, quá hạn từ 17/02/2023" in late
    assert "- cchc add-measure --owner van-phong -p 2023-02" in late
    assert "1. Văn phòng (van-phong): quá hạn: 1" in ask("--remind", "all", "--today", "2023-02-17")[1]


@pytest.mark.parametrize("columns", ["20", "40", "60", "80"])
@pytest.mark.parametrize("colour", ["always", "never"])
def test_the_board_keeps_to_the_width_and_says_the_same_without_colour(
    columns: str, colour: str, ask: Ask, january: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert january.exists()
    monkeypatch.setenv("COLUMNS", columns)
    plain = ask("2023", "--by", "owner", "--color", "never")[1]
    text = ask("2023", "--by", "owner", "--color", colour)[1]
    stripped = "".join(part.partition("m")[2] if number else part for number, part in enumerate(text.split("\x1b[")))
    assert stripped == plain
    assert max(map(len, stripped.splitlines())) <= int(columns)
