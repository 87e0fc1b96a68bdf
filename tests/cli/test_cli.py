"""The command line as a user meets it: what is printed where, and the exit status."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cchc.cli import session
from cchc.cli.main import run

Call = Callable[..., "Answer"]


@dataclass(frozen=True)
class Answer:
    """What a command line left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Path:
    """A copy of the real plan and its data, in a folder of its own."""
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def cchc(capsys: pytest.CaptureFixture[str], workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command line in the workspace, in Vietnamese."""
    monkeypatch.chdir(workspace)

    def call(*words: str) -> Answer:
        status = run(words)
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


def process(*words: str, cwd: Path, **env: str) -> Answer:
    """Run a command line in a process of its own, by default in English."""
    done = subprocess.run(
        [sys.executable, "-m", "cchc", *words],
        cwd=cwd,
        env={**os.environ, "CCHC_LANG": "en", **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


# help and usage


def test_version_and_help(cchc: Call) -> None:
    assert cchc("--version") == Answer(0, "cchc 0.1.0\n", "")
    assert cchc().out == cchc("--help").out == cchc("-h").out
    assert cchc("report", "-h").out.startswith("Cách dùng: cchc report")
    assert "Ví dụ:\n    cchc report 2023Q2" in cchc("report", "--help").out


def test_help_is_english_on_demand(tmp_path: Path) -> None:
    answer = process("report", "--help", cwd=tmp_path)
    assert "Usage: cchc report [OPTIONS] PERIOD" in answer.out
    assert "[OPTIONS]" in answer.out
    assert "<str>" not in answer.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reprot"], "không có lệnh “reprot”\n  Có phải là report, export?"),
        (["validate", "--stric"], "không có tùy chọn --stric\n  Có phải là --strict"),
        (["report"], "thiếu PERIOD"),
        (["report", "2023Q2", "--area"], "tùy chọn --area cần một giá trị"),
        (["report", "2023Q2", "2023Q3"], "thừa tham số: 2023Q3"),
        (["validate", "--strict=yes"], "tùy chọn --strict không nhận giá trị"),
        (["report", "2023-6"], "không phải là một kỳ:\n    2023-6\n          ^"),
        (["report", "2027"], "2027 nằm ngoài thời gian của kế hoạch (2021–2025)"),
        (["report", "2023Q2", "-f", "pdf"], "-f: không có lựa chọn “pdf”\n  Gõ một trong: md, html, json, docx, xlsx."),
        (["report", "2023Q2", "--area", "thue"], "kế hoạch không có lĩnh vực “thue”"),
        (["report", "2023Q2", "--owner", "vp-hdnd"], "Có phải là: vp-hdnd-ubnd"),
        (["status", "--color", "rot"], "--color: không có lựa chọn “rot”"),
        (["--today", "hôm nay", "status"], "--today: “hôm nay” không phải là ngày"),
        (["list", "thing"], "không có lựa chọn “thing”"),
        (
            ["schema", "xa"],
            "KIND: không có lựa chọn “xa”\n  Gõ một trong: plan, owners, area, solutions, statistics, import, data,",
        ),
        (["schema", "-o", "a.json"], "thiếu loại tệp\n  Hãy nêu KIND."),
        (["validate", "khong-co.yaml"], "khong-co.yaml không phải là tệp kế hoạch hay tệp số liệu"),
        (["validate", "/etc/hosts"], "/etc/hosts không phải là tệp"),
        (["add-measure", "ho-so-dung-hang", "1/2", "-p", "2023-05"], "Có phải là: ho-so-dung-han"),
        (["add-measure", "ho-so-dung-han", "một", "-p", "2023-05"], "Cần: tử số/mẫu số, ví dụ 412/418"),
        (["add-measure", "ho-so-dung-han", "1/2", "-p", "2023Q2"], "được đo theo tháng, không đo cho 2023Q2"),
        (["add-measure"], "thiếu mã mục tiêu\n  Hãy nêu INDICATOR."),
        (["add-measure", "ho-so-dung-han"], "thiếu giá trị\n  Hãy nêu VALUE."),
        (["add-measure", "ho-so-dung-han", "1/2"], "thiếu kỳ số liệu\n  Hãy nêu -p/--period."),
    ],
)
def test_what_cannot_be_meant_is_said_in_vietnamese_with_exit_2(cchc: Call, words: list[str], said: str) -> None:
    answer = cchc(*words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


def test_usage_errors_are_english_on_demand(tmp_path: Path) -> None:
    answer = process("report", "--are", "x", cwd=tmp_path)
    assert answer.err.startswith("error: there is no option --are\n  Did you mean --area")


# the world


def test_without_a_workspace_it_says_how_to_make_one(cchc: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = str(tmp_path_factory.mktemp("empty"))
    answer = cchc("-C", elsewhere, "validate")
    assert answer.status == 3
    assert "cchc init" in answer.err
    assert cchc("validate", "-C", f"{elsewhere}/none").status == 3


def test_the_folder_is_named_before_or_after_the_command_or_found_upwards(
    cchc: Call, workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(workspace / "plan/areas")
    assert cchc("list", "areas").status == 0
    monkeypatch.chdir(tmp_path_factory.mktemp("away"))
    assert cchc("list", "areas", "-C", str(workspace)).status == 0
    assert cchc("-C", str(workspace), "list", "areas").status == 0
    monkeypatch.setenv("CCHC_DIRECTORY", str(workspace))
    assert cchc("list", "areas").status == 0
    assert cchc("list", "areas", "-v").err.startswith("thư mục làm việc: ")


def test_a_period_without_figures_is_the_worlds_matter(cchc: Call) -> None:
    answer = cchc("report", "2024-03")
    assert answer.status == 3
    assert "chưa có số liệu kỳ 2024-03" in answer.err


def test_a_bug_is_one_line_and_a_traceback_on_demand(cchc: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object, **__: object) -> object:
        raise RuntimeError("hỏng")  # a bug has no message of its own

    monkeypatch.setattr(session, "root_of", broken)
    answer = cchc("validate")
    assert answer.status == 4
    assert "RuntimeError: hỏng" in answer.err
    with pytest.raises(RuntimeError):
        run(["validate", "--debug"])


def test_interruption_is_130(cchc: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(session, "root_of", interrupted)
    assert cchc("validate").status == 130


def test_a_reader_that_leaves_is_no_error(workspace: Path) -> None:
    command = f"{sys.executable} -m cchc report 2023Q2 | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=workspace, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize(("redirection", "said"), [(">/dev/full", "hết chỗ trên đĩa"), (">&-", "đầu ra chuẩn đã đóng")])
def test_an_answer_that_cannot_be_written_is_the_worlds_matter(workspace: Path, redirection: str, said: str) -> None:
    command = f"{sys.executable} -m cchc report 2023Q2 {redirection}"
    done = subprocess.run(["bash", "-c", command], cwd=workspace, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (3, f"lỗi: không ghi được kết quả: {said}\n")


# validate


def test_validate_says_everything_with_its_place(cchc: Call, workspace: Path) -> None:
    path = workspace / "data/2023-06.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("numerator: 412", "numerator: 421"), encoding="utf-8")
    answer = cchc("validate", "data/2023-06.yaml")
    line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "421" in text)
    gap = " " * len(str(line))
    assert answer.status == 1
    assert answer.out == (
        f"data/2023-06.yaml:{line}:16: lỗi[E203]: tử số 421 lớn hơn mẫu số 418\n"
        f"  {line} |     numerator: 421\n"
        f"  {gap} |                ^^^\n"
        "  ho-so-dung-han › numerator. Kiểm tra lại số liệu; tỷ lệ không thể vượt 100%.\n"
    )
    assert answer.err == "đã kiểm tra 1 tệp: 1 lỗi, 0 cảnh báo\n"


def test_what_is_expected_is_said_in_vietnamese(cchc: Call, workspace: Path) -> None:
    path = workspace / "data/2023-07.yaml"
    for text in ("x\n", "format: cchc/1\nperiod: 2023-07\nillustrative: true\nmeasurements: x\n"):
        path.write_text(text, encoding="utf-8")
        assert "ở đây cần các cặp khóa: giá trị" in cchc("validate").out


def test_warnings_count_with_strict(cchc: Call) -> None:
    assert cchc("validate").status == 0
    assert cchc("validate", "--strict").status == 1
    assert cchc("validate", "data/2023-06.yaml", "--strict").status == 0


def test_what_is_staged_can_be_checked(cchc: Call, workspace: Path) -> None:
    assert (cchc("validate", "--staged").status, cchc("init", ".", "--hook", "-q")) == (3, Answer(0, "", ""))
    assert "chưa được git quản lý" not in cchc("validate", "--staged").err
    answer = cchc("init", ".", "--hook")
    said = "từ nay trước mỗi lần ghi vào lịch sử, git chạy `cchc validate --staged`"
    assert answer.out == f"{workspace.as_posix()}/.git/hooks/pre-commit: {said}\n"
    subprocess.run(["git", "add", "."], cwd=workspace, check=True)
    assert cchc("validate", "--staged", "-q") == Answer(0, cchc("validate", "-q").out, "")


def test_a_new_workspace_may_begin_with_the_hook(cchc: Call, workspace: Path) -> None:
    answer = cchc("init", "moi", "--hook")
    assert answer.status == 0
    assert (workspace / "moi/.git/hooks/pre-commit").stat().st_mode & 0o111
    assert answer.out.endswith("git chạy `cchc validate --staged`\n")


def test_a_code_is_explained_in_the_language_of_the_user(cchc: Call, tmp_path: Path) -> None:
    page = cchc("explain", "e203")
    assert (page.status, page.err) == (0, "")
    assert page.out.startswith("## E203 – Tử số lớn hơn mẫu số\n")
    assert "lỗi[E203]: tử số 421 lớn hơn mẫu số 418" in page.out
    assert "E204" not in page.out
    assert "## E203 – The numerator is larger" in process("explain", "E203", cwd=tmp_path).out
    assert "không có mã E299\n  Có phải là: E2" in cchc("explain", "E299").err
    assert "không phải là mã lỗi" in cchc("explain", "khong-phai").err
    assert cchc("explain", "E299").status == 2


def test_validate_answers_pipelines(cchc: Call, workspace: Path) -> None:
    (workspace / "data/2023-07.yaml").write_text("format: cchc/1\nperiod: 2023-08, 100%\n", encoding="utf-8")
    found = json.loads(cchc("validate", "-f", "json").out)
    assert (found["schema"], found["summary"]["errors"]) == ("cchc/problems/1", 1)
    assert [(p["file"], p["line"], p["column"], p["end_column"], p["code"], p["path"]) for p in found["problems"]] == [
        ("data/2023-07.yaml", 2, 9, 22, "E210", ["period"]),
        ("plan/plan.yaml", 5, 1, 9, "W502", ["document"]),
    ]
    github = cchc("validate", "-f", "github").out.splitlines()
    assert github[0].startswith(
        "::error file=data/2023-07.yaml,title=E210,line=2,endLine=2,col=9,endColumn=22::2023-08, 100%25"
    )
    sarif = json.loads(cchc("validate", "-f", "sarif").out)
    (first, _) = sarif["runs"][0]["results"]
    assert (first["ruleId"], first["level"]) == ("E210", "error")
    assert first["locations"][0]["physicalLocation"]["region"]["startColumn"] == 9


# report, status, list


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_equal_inputs_give_equal_bytes(cchc: Call, workspace: Path, form: str) -> None:
    first = cchc("report", "2023H1", "-f", form)
    assert first.status == 0
    assert cchc("report", "2023H1", "-f", form) == first
    cchc("report", "2023H1", "-o", f"a.{form}")
    assert (workspace / f"a.{form}").read_text(encoding="utf-8") == first.out


def test_the_report_of_the_second_quarter_says_what_the_figures_say(cchc: Call) -> None:
    report = json.loads(cchc("report", "2023Q2", "-f", "json").out)
    assert (report["schema"], report["illustrative"]) == ("cchc/report/1", True)
    assert report["period"] == {"label": "2023Q2", "title": "quý II năm 2023", "from": "2023-03-15", "to": "2023-06-14"}
    by_id = {entry["id"]: entry for entry in report["indicators"]}
    assert len(by_id) == 31
    assert sum(report["summary"].values()) == 31
    on_time = by_id["ho-so-dung-han"]
    assert on_time["actual"] | {"measurements": None} == {
        "value": 98.564593, "numerator": 1236, "denominator": 1254, "of": None, "points": None, "text": None,
        "display": "98,56%", "reference": "2023Q2", "quality": "final", "measurements": None,
    }  # fmt: skip
    assert (on_time["status"], on_time["complete"], on_time["attainment"]) == ("met", True, 1.005761)
    assert on_time["target"] == {"from": 2021, "at_least": 98, "as_written": "từ 98% trở lên"}
    assert on_time["sentence"] == (
        "Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn đạt 98,56% (1.236/1.254 hồ sơ), vượt 0,56 điểm phần trăm so với"
        " mục tiêu Kế hoạch (từ 98% trở lên), tăng 0,66 điểm phần trăm so với cùng kỳ năm 2022 (97,90%);"
        " lũy kế từ đầu năm 98,40%."
    )
    assert (by_id["thoi-gian-cho"]["complete"], by_id["thoi-gian-cho"]["coverage"]["missing"]) == (False, ["2023-05"])
    assert by_id["xep-hang-cchc"]["latest"]["reference"] == "2022"
    assert all(set(entry) == set(on_time) for entry in [*report["indicators"], *report["statistics"]])


def test_a_data_file_with_errors_stops_the_report_or_is_left_out_by_name(cchc: Call, workspace: Path) -> None:
    path = workspace / "data/2023-06.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("numerator: 412", "numerator: 421"), encoding="utf-8")
    refused = cchc("report", "2023Q2")
    assert (refused.status, refused.out) == (1, "")
    assert "E203" in refused.err
    assert "--allow-problems" in refused.err
    allowed = cchc("report", "2023Q2", "--allow-problems")
    assert allowed.status == 0
    assert "Số liệu không tính vì tệp có lỗi" in allowed.out
    assert "2/3 tháng" in allowed.out
    report = json.loads(cchc("report", "2023Q2", "--allow-problems", "-f", "json").out)
    entry = next(entry for entry in report["indicators"] if entry["id"] == "ho-so-dung-han")
    assert entry["coverage"]["missing"] == ["2023-06"]
    assert [problem["code"] for problem in report["problems"]] == ["E203"]


def test_an_area_or_an_owner_limits_the_report(cchc: Call) -> None:
    area = json.loads(cchc("report", "2023Q2", "-f", "json", "--area", "tthc").out)
    assert {entry["area"] for entry in area["indicators"]} == {"tthc"}
    owner = json.loads(cchc("report", "2023Q2", "-f", "json", "--owner", "dai-truyen-thanh").out)
    assert [entry["id"] for entry in owner["indicators"]] == ["tuyen-truyen-cchc"]


def test_text_from_files_is_inert(cchc: Call, workspace: Path) -> None:
    path = workspace / "data/2023-06.yaml"
    text = path.read_text(encoding="utf-8")
    evil = '    source: "<script>x</script> [a](javascript:b) | `c` \\u202e *d*"\n'
    source = "    source: Rà soát niêm yết tại Bộ phận Một cửa và trên trang thông tin điện tử\n"
    assert source in text
    path.write_text(text.replace(source, evil, 1), encoding="utf-8")
    html = cchc("report", "2023Q2", "-f", "html").out
    markdown = cchc("report", "2023Q2").out
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\\<script\\>x\\</script\\> \\[a\\](javascript:b) \\| \\`c\\`" in markdown
    assert "\u202e" not in html + markdown


def test_a_report_cannot_be_written_where_a_folder_stands(cchc: Call, workspace: Path) -> None:
    answer = cchc("report", "2023Q2", "-o", str(workspace / "none/a.md"))
    assert answer.status == 3
    assert "không ghi được" in answer.err


def test_a_broken_template_is_a_finding_with_its_line(cchc: Call, workspace: Path) -> None:
    (workspace / "templates").mkdir()
    template = workspace / "templates/report.md.j2"
    template.write_text("a\n{{ page.nothing }}\n", encoding="utf-8")
    assert cchc("report", "2023Q2").err.startswith("lỗi: templates/report.md.j2:2: không có gì tên là “nothing”")
    template.write_text("a\n{% if %}\n", encoding="utf-8")
    answer = cchc("report", "2023Q2")
    assert (answer.status, "report.md.j2:2" in answer.err) == (1, True)
    template.write_text("{{ page.__class__ }}", encoding="utf-8")
    assert cchc("report", "2023Q2").status == 1


def test_status_shows_the_newest_period(cchc: Call) -> None:
    answer = cchc("status")
    assert answer.status == 0
    assert answer.out.startswith("xã Lê Hồng – tháng 6/2023  (15/5/2023 – 14/6/2023)\nSỐ LIỆU GIẢ ĐỊNH")
    row = next(line for line in answer.out.splitlines() if line.startswith("ho-so-dung-han"))
    assert "98,56%" in row
    assert row.rstrip().endswith("✓ đạt")
    assert "Số liệu còn thiếu: 2" in answer.out  # one of last year, too
    board = json.loads(cchc("status", "-f", "json").out)
    assert (board["schema"], board["today"]) == ("cchc/status/1", "2023-06-20")
    assert [(gap["id"], gap["period"], gap["late"]) for gap in board["missing"]] == [("thoi-gian-cho", "2023-05", True)]


def test_english_sentences_count_without_a_plural_and_keep_the_form_of_numbers(workspace: Path) -> None:
    said = process("status", "2023-06", "--today", "2023-07-20", cwd=workspace).out
    assert "figures there: 197 of 198 · overdue: 1" in said
    assert "- Month 7/2023: overdue since 17/7/2023 (figures: 17)" in said
    assert "- The year 2023: due on 16/12/2023 (figures: 8)" in said
    why = process("explain", "ho-so-dung-han", "2023", "--today", "2024-02-20", cwd=workspace).out
    assert "98,40% – met (preliminary, months: 6/12)" in why
    assert "To meet the target of 2023, months 7–12/2023 must bring on average at least 97,60%." in why


@pytest.mark.parametrize("columns", ["20", "40", "69", "80", "200"])
def test_the_dashboard_keeps_to_the_width(cchc: Call, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    answer = cchc("status", "2023Q2")
    assert answer.status == 0
    assert max(len(line) for line in answer.out.splitlines()) <= int(columns)


def test_colour_is_asked_for_or_left_out(cchc: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in cchc("status").out
    assert "\x1b[" in cchc("status", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in cchc("status").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in cchc("status").out


@pytest.mark.parametrize(
    ("what", "count"), [("indicators", 31), ("tasks", 71), ("owners", 7), ("areas", 8), ("statistics", 42)]
)
def test_list_shows_the_plan(cchc: Call, what: str, count: int) -> None:
    listed: dict[str, Any] = json.loads(cchc("list", what, "-f", "json").out)
    assert (listed["schema"], len(listed[what])) == ("cchc/list/1", count)
    assert all(entry["id"] in cchc("list", what).out for entry in listed[what][:3])


def test_defaults_are_filled_in_where_indicators_are_listed(cchc: Call) -> None:
    entries = json.loads(cchc("list", "indicators", "-f", "json").out)["indicators"]
    entry = next(entry for entry in entries if entry["id"] == "ho-so-dung-han")
    assert {key: entry[key] for key in ("factor", "aggregation", "owner", "area", "share")} == {
        "factor": 100, "aggregation": "pooled", "owner": "vp-hdnd-ubnd", "area": "tthc", "share": True,
    }  # fmt: skip
    assert entry["targets"] == [{"from": 2021, "at_least": 98, "as_written": "từ 98% trở lên"}]


# init and add-measure


def test_init_makes_a_workspace_that_is_good(cchc: Call, workspace: Path) -> None:
    made = cchc("init", "xa/moi", "--today", "2026-03-01")
    assert made.status == 0
    assert "term: {from: 2026, to: 2030}" in (workspace / "xa/moi/plan/plan.yaml").read_text(encoding="utf-8")
    checked = cchc("validate", "-C", "xa/moi", "-f", "json")
    assert json.loads(checked.out)["summary"]["errors"] == 0
    again = cchc("init", "xa/moi")
    assert again.status == 3
    assert "không thay đổi gì" in again.err


def test_init_from_takes_the_plan_and_leaves_the_data(cchc: Call, workspace: Path) -> None:
    assert cchc("init", "that", "--from", ".").status == 0
    assert (workspace / "that/plan/plan.yaml").read_bytes() == (workspace / "plan/plan.yaml").read_bytes()
    assert sorted(path.name for path in (workspace / "that/data").iterdir()) == [".gitkeep"]
    assert cchc("add-measure", "ho-so-dung-han", "1/2", "-p", "2023-06", "-C", "that").status == 0
    assert cchc("init", "khac", "--from", "khong-co").status == 3


def test_schema_writes_into_the_workspace_and_says_what(cchc: Call, workspace: Path) -> None:
    first = cchc("schema")
    assert (first.status, first.out.splitlines()[0], len(first.out.splitlines())) == (0, "đã ghi: schema/plan.json", 9)
    assert cchc("schema").out.splitlines()[0] == "không đổi: schema/plan.json"
    assert cchc("schema", "-q") == Answer(0, "", "")
    shown = cchc("schema", "data")
    assert shown == Answer(0, (workspace / "schema/data.json").read_text(encoding="utf-8"), "")
    assert cchc("schema", "data", "-o", "a.json").err == "đã ghi: a.json\n"
    assert (workspace / "a.json").read_text(encoding="utf-8") == shown.out


def test_schema_shows_one_without_a_workspace_but_writes_none(
    cchc: Call, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("empty")
    monkeypatch.chdir(elsewhere)
    shown = cchc("schema", "data")
    assert (shown.status, '"ho-so-dung-han": {' in shown.out) == (0, False)
    assert cchc("schema").status == 3
    assert cchc("schema", "data", "-C", str(elsewhere)).status == 3
    assert list(elsewhere.iterdir()) == []


def test_add_measure_shows_the_change_and_the_verdicts(cchc: Call) -> None:
    answer = cchc("add-measure", "thoi-gian-cho", "31.000/2.500", "-p", "2023-05", "--source", "sổ")
    assert answer.status == 0
    assert answer.out.splitlines()[0] == "data/2023-05.yaml: đã ghi"
    added = [line[10:] for line in answer.out.splitlines() if line.startswith("  +")]
    assert added == ["  thoi-gian-cho:", "    numerator: 31000", "    denominator: 2500", "    source: sổ"]
    assert "  tháng 5/2023: 12,40 phút/lượt (31.000 phút/2.500 lượt) – đạt" in answer.out
    assert "\nSỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ\n" in answer.out
    assert "  quý II năm 2023: " in answer.out
    assert "  6 tháng" not in answer.out
    assert "  từ tháng 1/2023 đến tháng 5/2023: " in answer.out


def test_add_measure_refuses_what_is_there_and_says_the_way_out(cchc: Call) -> None:
    there = cchc("add-measure", "ho-so-dung-han", "411/418", "-p", "2023-06")
    assert (there.status, "--replace" in there.err) == (3, True)
    mixed = cchc("add-measure", "ho-so-dung-han", "411/418", "-p", "2023-07")
    assert (mixed.status, "cchc init" in mixed.err) == (3, True)
    same = cchc("add-measure", "ho-so-dung-han", "412/418", "-p", "2023-06")
    assert (same.status, "không thay đổi" in same.out) == (0, True)


def test_a_dry_run_prints_the_unified_diff_and_the_rest_beside_it(cchc: Call, workspace: Path) -> None:
    words = ("add-measure", "ho-so-dung-han", "411/418", "-p", "2023-06", "--replace")
    shown = cchc(*words, "-n")
    assert "sẽ thay đổi như sau (chưa ghi gì)" in shown.err
    assert "số cũ: 412/418; số mới: 411/418" in shown.err
    assert shown.out.startswith("--- a/data/2023-06.yaml\n+++ b/data/2023-06.yaml\n@@ ")
    assert "\n-    numerator: 412\n+    numerator: 411\n" in shown.out
    assert cchc(*words, "-n", "-q") == Answer(0, shown.out, "")
    subprocess.run(["git", "apply", "-"], cwd=workspace, input=shown.out.encode(), check=True)
    assert "không thay đổi" in cchc(*words).out


def test_what_stood_there_is_told_as_offices_write_it(cchc: Call, workspace: Path) -> None:
    words = ("-p", "2023-06", "--replace", "-n")
    assert cchc("add-measure", "thoi-gian-cho", "31000/2500", *words).status == 0
    (workspace / "data/2023-06.yaml").write_text(
        "format: cchc/1\nperiod: 2023-06\nillustrative: true\nmeasurements:\n"
        "  ho-so-dung-han: {numerator: 1236, denominator: 1254}\n",
        encoding="utf-8",
    )
    assert "số cũ: 1.236/1.254; số mới: 1.237/1.254" in cchc("add-measure", "ho-so-dung-han", "1237/1254", *words).err


def test_a_batch_comes_from_a_file_or_from_standard_input(cchc: Call, workspace: Path) -> None:
    lines = "indicator;value\nho-so-dung-han;411/418\nthoi-gian-cho;31.000/2.500\n"
    (workspace / "so-lieu.csv").write_text(lines, encoding="utf-8")
    refused = cchc("add-measure", "--from", "so-lieu.csv", "-p", "2023-06")
    assert refused.status == 3
    assert "dòng 2: lỗi: ho-so-dung-han đã có số liệu kỳ 2023-06: 412/418; vừa nhập: 411/418" in refused.err
    assert "chưa ghi dòng nào" in refused.err
    words = ("add-measure", "--from", "-", "-p", "2023-05", "--replace")
    piped = subprocess.run(
        [sys.executable, "-m", "cchc", *words], cwd=workspace, input=lines.encode(), capture_output=True, check=True
    )
    assert "(411/418 hồ sơ) – đạt".encode() in piped.stdout
    assert cchc("add-measure", "--from", "khong-co.csv", "-p", "2023-05").status == 3
    assert cchc("add-measure", "a", "--from", "so-lieu.csv").status == 2
    wrong = subprocess.run(
        [sys.executable, "-m", "cchc", *words], cwd=workspace, input=b"indicator,value\na,\xff\n", capture_output=True,
        check=False,
    )  # fmt: skip
    assert (wrong.returncode, "UTF-8" in wrong.stderr.decode()) == (3, True)


def test_on_a_terminal_it_asks_for_what_is_missing(workspace: Path) -> None:
    pty = pytest.importorskip("pty")
    answers = "2023Q2\n2023-07\nmột\n380/382\n"
    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "cchc", "add-measure", "ho-so-dung-han", "--illustrative"]
    with subprocess.Popen(words, cwd=workspace, stdin=follower, stdout=subprocess.PIPE, stderr=follower) as running:
        os.close(follower)
        os.write(leader, answers.encode())
        out, _ = running.communicate(timeout=30)
    os.close(leader)
    assert running.returncode == 0
    assert "99,48% (380/382 hồ sơ)".encode() in out


def test_a_kill_while_it_asks_leaves_the_files(workspace: Path) -> None:
    pty = pytest.importorskip("pty")
    before = {path: path.read_bytes() for path in (workspace / "data").iterdir()}
    leader, follower = pty.openpty()
    words = [sys.executable, "-m", "cchc", "add-measure"]
    with subprocess.Popen(words, cwd=workspace, stdin=follower, stdout=follower, stderr=follower) as running:
        os.close(follower)
        try:
            said = b""
            while "Giá trị".encode() not in said:
                assert select.select([leader], [], [], 30)[0], said.decode()
                said += os.read(leader, 1000)
            for _ in range(30):  # one that comes between the prompt and the waiting for a key is seen at the next
                running.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(timeout=1)
                    break
        finally:
            running.kill()  # a test that fails does not wait for ever
    os.close(leader)
    assert running.returncode == 130
    assert {path: path.read_bytes() for path in (workspace / "data").iterdir()} == before
