"""What stands beside figures: tasks, remarks, marks of having been checked, withdrawals, the sheet to be signed."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from cchc.cli import session
from cchc.cli.main import run
from cchc.commands.confirming import Checking, figures_of
from cchc.texts import Language, translator
from cchc.views.slips import SlipRow, present_slip

Put = Callable[[str, str], Path]
Cchc = Callable[..., tuple[int, str, str]]
TASKS = """\
tasks:
  - {id: ra-soat, ref: II.1, title: Rà soát, repeats: continuous}
  - {id: ke-hoach, ref: II.2, title: Kế hoạch, repeats: year}
"""
CHECKED = "Period: 2023-06\nChecked-by: tu-phap"
TODAY = ("--today", "2023-06-20")


@pytest.fixture
def cchc(small: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    """Run a command line in the small workspace, which has two tasks and two owners."""
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + TASKS, encoding="utf-8")
    owners = small / "plan/owners.yaml"
    owners.write_text(owners.read_text(encoding="utf-8") + "  - {id: tu-phap, name: Tư pháp}\n", encoding="utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(small), *TODAY])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def read(root: Path, period: str) -> str:
    return (root / f"data/{period}.yaml").read_text(encoding="utf-8")


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Nguyễn Thị A", "-c", "user.email=a@cchc.example")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def kept(small: Path, cchc: Cchc, put: Put) -> Path:
    """The small workspace with a figure, under git."""
    del cchc  # it has completed the plan
    put("2023-06", "measurements:\n  dung-han: {numerator: 412, denominator: 418}\n")
    git(small, "init", "-q")
    git(small, "config", "user.name", "Nguyễn Thị A")
    git(small, "config", "user.email", "a@cchc.example")
    git(small, "add", "-A")
    git(small, "commit", "-qm", "x")
    return small


# tasks


def test_a_tasks_state_is_written_in_the_words_of_files_or_of_offices(cchc: Cchc, small: Path) -> None:
    status, out, _ = cchc("set-task", "ra-soat", "Đang thực hiện", "-p", "6/2023", "--text", "Đã rà soát 12 thủ tục")
    assert (status, "data/2023-06.yaml: đã tạo" in out) == (0, True)
    assert read(small, "2023-06") == (
        "format: cchc/1\nperiod: 2023-06\ntasks:\n  ra-soat:\n    state: in_progress\n    text: Đã rà soát 12 thủ tục\n"
    )
    more = ("--completed-on", "2023-06-10", "--result", "05/KH", "--evidence", "a.pdf", "--public")
    assert cchc("set-task", "ke-hoach", "xong", "-p", "2023-06", *more)[0] == 0
    assert read(small, "2023-06").endswith(
        "  ke-hoach:\n    state: done\n    completed_on: 2023-06-10\n    result: 05/KH\n    evidence:\n      - a.pdf\n"
        "    public: có\n"
    )
    assert cchc("validate")[0] == 0


def test_a_task_goes_into_the_file_of_any_named_period(cchc: Cchc, small: Path) -> None:
    for period in ("2023-06", "2023Q2", "2023H1", "2023-9T", "2023", "2021..2025"):
        assert cchc("set-task", "ra-soat", "in_progress", "-p", period)[0] == 0
        assert (small / f"data/{period}.yaml").exists()
    assert cchc("validate")[0] == 0


def test_the_same_again_is_no_change_and_another_state_is_not_overwritten(cchc: Cchc, small: Path, put: Put) -> None:
    file = put("2023-06", "# ghi chú\ntasks:\n  ra-soat: {state: in_progress, text: a}  # dòng\n")
    before = file.read_bytes()
    status, out, _ = cchc("set-task", "ra-soat", "in_progress", "-p", "2023-06")
    assert (status, file.read_bytes()) == (0, before)
    assert "không thay đổi" in out
    status, _, err = cchc("set-task", "ra-soat", "done", "-p", "2023-06")
    assert (status, file.read_bytes()) == (3, before)
    assert "đã có tình trạng: đang thực hiện; vừa gõ: hoàn thành" in err
    assert cchc("set-task", "ra-soat", "done", "-p", "2023-06", "--replace")[0] == 0
    assert read(small, "2023-06").endswith("# ghi chú\ntasks:\n  ra-soat: {state: done, text: a}  # dòng\n")


def test_other_evidence_of_a_task_is_shown_beside_the_old(cchc: Cchc, put: Put) -> None:
    put("2023-06", "tasks:\n  ra-soat: {state: done, evidence: [a.pdf, {title: Biên bản, document: 1/BB}]}\n")
    err = cchc("set-task", "ra-soat", "done", "-p", "2023-06", "--evidence", "b.pdf")[2]
    assert "đã có minh chứng (--evidence): a.pdf; Biên bản, 1/BB; vừa gõ: b.pdf" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ra-soa", "done", "-p", "2023-06"), "ra-soat?"),
        (("ra-soat", "xog", "-p", "2023-06"), "done (hoàn thành, đã hoàn thành, xong, đã xong)"),
        (("ra-soat", "done", "-p", "2023-01..2023-05"), "không có tệp số liệu nào về 2023-01..2023-05"),
        (("ra-soat", "done", "-p", "2031"), "nằm ngoài thời gian"),
        (("ra-soat", "done", "-p", "2023-06", "--completed-on", "2023-13-01"), "2023-13-01"),
        (("ra-soat", "done", "-p", "2023-06", "--text", "a\x00b"), "U+0000"),
        (("ra-soat", "done"), "-p/--period"),
    ],
)
def test_what_cannot_be_meant_of_a_task_is_refused(cchc: Cchc, small: Path, words: tuple[str, ...], said: str) -> None:
    status, _, err = cchc("set-task", *words)
    assert (status, (small / "data/2023-06.yaml").exists()) == (2, False)
    assert said in err


def test_a_file_with_errors_is_not_rewritten(cchc: Cchc, put: Put) -> None:
    file = put("2023-06", "measurements:\n  dung-han: {numerator: 5, denominator: 4}\n")
    before = file.read_bytes()
    for words in (("set-task", "ra-soat", "done"), ("remove-measure", "dung-han", "--reason", "sai")):
        assert (cchc(*words, "-p", "2023-06")[0], file.read_bytes()) == (1, before)
    assert cchc("confirm", "--owner", "van-phong", "-p", "2023-06")[0] == 1


def test_line_ends_of_a_file_stay(cchc: Cchc, small: Path, put: Put) -> None:
    file = put("2023-06", "tasks:\n  ke-hoach: {state: done}\n")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert cchc("set-task", "ra-soat", "done", "-p", "2023-06")[0] == 0
    assert (
        (small / "data/2023-06.yaml")
        .read_bytes()
        .endswith(b"tasks:\r\n  ra-soat:\r\n    state: done\r\n  ke-hoach: {state: done}\r\n")
    )


def test_made_up_files_get_only_made_up_company(cchc: Cchc, put: Put, small: Path) -> None:
    put("2023-05", "illustrative: true\nmeasurements: {}\n")
    assert cchc("set-task", "ra-soat", "done", "-p", "2023-06")[0] == 3
    assert cchc("set-task", "ra-soat", "done", "-p", "2023-06", "--illustrative")[0] == 0
    assert "illustrative: true" in read(small, "2023-06")


def test_a_task_that_is_not_done_has_no_day_of_completion(cchc: Cchc, small: Path, put: Put) -> None:
    status, _, err = cchc("set-task", "ra-soat", "stopped", "-p", "2023-06", "--completed-on", "2023-06-01")
    assert (status, "“dừng thực hiện” thì không có ngày hoàn thành" in err, (small / "data").exists()) == (
        2,
        True,
        False,
    )
    put("2023-06", "tasks:\n  ra-soat: {state: done, completed_on: 2023-06-01, text: a}\n")
    assert cchc("set-task", "ra-soat", "dang thuc hien", "-p", "2023-06", "--replace")[0] == 0
    assert read(small, "2023-06").endswith("  ra-soat: {state: in_progress, text: a}\n")


def test_an_issued_report_that_says_otherwise_is_named(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  so-luong: {value: 1}\n")
    (small / "data/reports.yaml").write_text(
        "format: cchc/1\nreports: [{period: 2023-06, number: 44/BC-UBND, date: 2023-06-20}]\n", encoding="utf-8"
    )
    said = "Báo cáo số 44/BC-UBND nói khác: cchc report 2023-06 --amends 44/BC-UBND"
    assert said in cchc("set-task", "ra-soat", "DANG_THUC_HIEN", "-p", "2023-06")[1]
    assert said not in cchc("set-task", "ra-soat", "in_progress", "-p", "2023-06")[1]
    assert said not in cchc("set-task", "ra-soat", "done", "-p", "2023-07")[1]


# remarks


def test_the_same_text_is_not_appended_twice(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023Q2", "remarks:\n  thu: {results: a}\n")
    for _ in range(2):
        assert cchc("add-remark", "thu", "-p", "2023Q2", "--results", "b", "--append")[0] == 0
    assert read(small, "2023Q2").endswith('  thu: {results: "a\\nb"}\n')


def test_a_remark_is_written_and_the_cause_that_was_not_typed_stays(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023Q2", "remarks:\n  thu:\n    causes: {objective: mưa}\n")
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--subjective", "ít người", "--next", "tiếp tục")[0] == 0
    assert read(small, "2023Q2").endswith(
        "remarks:\n  thu:\n    causes: {objective: mưa, subjective: ít người}\n    next: tiếp tục\n"
    )
    assert cchc("add-remark", "general", "-p", "2023Q2", "--proposals", "thêm kinh phí", "--public")[0] == 0
    assert read(small, "2023Q2").endswith("  general:\n    proposals: thêm kinh phí\n    public: có\n")
    assert cchc("validate")[0] == 0


def test_other_texts_are_not_overwritten_but_appended_or_replaced(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023Q2", "remarks:\n  thu: {results: a, causes: {objective: b}}\n")
    for option, said in (
        ("--results", "đã có kết quả (--results): a; vừa gõ: x"),
        ("--objective", "đã có nguyên nhân khách quan (--objective): b; vừa gõ: x"),
    ):
        status, _, err = cchc("add-remark", "thu", "-p", "2023Q2", option, "x")
        assert (status, said in err) == (3, True)
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--objective", "x", "--append", "--shortcomings", "thiếu")[0] == 0
    assert read(small, "2023Q2").endswith(
        'remarks:\n  thu: {results: a, shortcomings: thiếu, causes: {objective: "b\\nx"}}\n'
    )
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--objective", "c", "--replace")[0] == 0
    assert 'objective: "c"' in read(small, "2023Q2")
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--objective", "c", "--replace", "--append")[0] == 2


def test_a_text_comes_from_standard_input(cchc: Cchc, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("dòng một\r\ndòng hai\r\n"))
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--results", "-")[0] == 0
    assert read(small, "2023Q2").endswith("    results: |-\n      dòng một\n      dòng hai\n")
    status, _, err = cchc("add-remark", "thu", "-p", "2023Q2", "--results", "-", "--next", "-")
    assert (status, "đầu vào chuẩn chỉ chứa một nội dung" in err) == (2, True)


def test_a_remark_needs_a_text_and_an_area(cchc: Cchc, small: Path) -> None:
    assert "--shortcomings" in cchc("add-remark", "thu", "-p", "2023Q2")[2]
    assert cchc("add-remark", "thu", "-p", "2023Q2", "--next", "")[0] == 2
    assert cchc("add-remark", "khac", "-p", "2023Q2", "--next", "x")[0] == 2
    assert not (small / "data").exists()


def test_a_dry_run_writes_nothing(cchc: Cchc, small: Path, kept: Path) -> None:
    before = read(kept, "2023-06")
    for words in (
        ("add-remark", "thu", "--next", "rà soát tiếp"),
        ("set-task", "ra-soat", "done"),
        ("confirm", "--owner", "van-phong"),
        ("remove-measure", "dung-han", "--reason", "x"),
    ):
        status, out, err = cchc(*words, "-p", "2023-06", "-n", "--commit")
        assert (status, read(small, "2023-06"), out.startswith("--- a/data/2023-06.yaml")) == (0, before, True)
        assert "chưa ghi gì" in err
        assert cchc(*words, "-p", "2023-06", "-n", "-q")[2] == ""
    assert git(kept, "status", "--short", "--untracked-files=no") == ""


# the trail


def test_each_is_committed_alone_with_its_message(cchc: Cchc, kept: Path) -> None:
    (kept / "khac.txt").write_text("x", encoding="utf-8")
    git(kept, "add", "khac.txt")
    for words, message in (
        (
            ("set-task", "ra-soat", "in_progress", "--text", "Đã\nrà soát"),
            "data(2023-06): nhiệm vụ ra-soat = đang thực hiện\n\nPeriod: 2023-06\nState: in_progress\nText: Đã rà soát",
        ),
        (("add-remark", "thu", "--next", "x"), "data(2023-06): nhận xét về thu\n\nPeriod: 2023-06"),
        (
            ("confirm", "--owner", "van-phong", "--by", "tu-phap"),
            "data(2023-06): xác nhận số liệu của van-phong: 1\n\n2023-06: dung-han\n\n" + CHECKED,
        ),
        (
            ("remove-measure", "dung-han", "--reason", "Nhập\nnhầm"),
            "data(2023-06): rút số liệu dung-han: Nhập nhầm\n\nPeriod: 2023-06\nWas: 412/418\nReason: Nhập nhầm",
        ),
    ):
        status, out, _ = cchc(*words, "-p", "2023-06", "--commit")
        assert (status, "đã ghi vào lịch sử" in out or "commit" in out) == (0, True)
        assert git(kept, "log", "-1", "--format=%B").strip() == message
        assert git(kept, "show", "--name-only", "--format=").split() == ["data/2023-06.yaml"]
    assert git(kept, "status", "--short").split("\n")[0] == "A  khac.txt"


# marks of having been checked


def test_the_figures_of_an_owner_are_marked_and_what_is_missing_is_said(cchc: Cchc, small: Path, put: Put) -> None:
    put(
        "2023-06",
        "measurements:\n  dung-han: {numerator: 1, denominator: 2, quality: provisional}\n"
        "  so-luong: {value: 3, checked: {by: tu-phap, on: 2023-06-17}}\n",
    )
    status, out, _ = cchc("confirm", "-p", "2023Q2", "--owner", "van-phong")
    assert status == 0
    assert "quý II năm 2023, van-phong: 1 số liệu được xác nhận, người xác nhận van-phong" in out
    assert "đã xác nhận từ trước: 1" in out
    assert "còn tạm tính: dung-han (2023-06)" in out
    assert "chưa có: dung-han (2023-04); dung-han (2023-05); so-luong (2023-04)" in out
    assert read(small, "2023-06").endswith(
        "  dung-han: {numerator: 1, denominator: 2, checked: {by: van-phong, on: 2023-06-20}, quality: provisional}\n"
        "  so-luong: {value: 3, checked: {by: tu-phap, on: 2023-06-17}}\n"
    )
    before = read(small, "2023-06")
    status, out, _ = cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--commit")
    assert (status, read(small, "2023-06")) == (0, before)
    assert out.startswith("tháng 6/2023, van-phong: không còn số liệu nào cần xác nhận\n")
    status, out, _ = cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--by", "tu-phap")
    assert (status, "tu-phap" in out) == (0, False)


def test_the_quarter_that_ends_with_a_month_is_marked_with_it(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", "measurements:\n  dung-han: {numerator: 1, denominator: 2}\n")
    put("2023Q2", "measurements:\n  kinh-phi: {value: 7}\n")
    status, out, _ = cchc("confirm", "-p", "2023-05", "--owner", "van-phong", "--sheet", "-f", "md")
    assert (status, "Kinh phí" in out) == (0, False)
    status, out, _ = cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-f", "md")
    assert (status, "| Kinh phí | quý II năm 2023 | triệu đồng |" in out) == (0, True)
    status, out, _ = cchc("confirm", "-p", "2023-06", "--owner", "van-phong")
    assert status == 0
    assert "tháng 6/2023, van-phong: 2 số liệu được xác nhận" in out
    assert "chưa có: so-luong (2023-06); loi (2023Q2)" in out
    assert "checked: {by: van-phong, on: 2023-06-20}" in read(small, "2023Q2")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("so-luong", "-p", "2023-06"), 3, "so-luong chưa có số liệu kỳ 2023-06; chưa xác nhận số liệu nào"),
        (("dung-han", "so-luong", "-p", "2023-06"), 3, "so-luong chưa có số liệu kỳ 2023-06"),
        (("so-luong", "-p", "2023Q2"), 3, "so-luong chưa có số liệu kỳ 2023-04"),
        (("-p", "2023-07"), 3, "2 số liệu kỳ 2023-07 của van-phong đều chưa có; chưa xác nhận số liệu nào"),
        (("hang", "-p", "2023-06"), 2, "-p 2023."),
        (("kinh-phi", "-p", "2023-05"), 2, "-p 2023Q2."),
        (("loi", "-p", "2021-12"), 2, "2021Q4"),
    ],
)
def test_a_figure_that_is_not_there_is_not_confirmed(
    cchc: Cchc, kept: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    found, out, err = cchc("confirm", *words, "--owner", "van-phong", "--by", "tu-phap")
    assert (found, out, git(kept, "status", "--short", "--untracked-files=no")) == (status, "", "")
    assert said in err
    assert "tu-phap" not in err


def test_of_a_named_indicator_what_is_there_is_marked(cchc: Cchc, kept: Path) -> None:
    status, out, _ = cchc("confirm", "dung-han", "-p", "2023Q2", "--owner", "van-phong")
    assert (status, "checked:" in read(kept, "2023-06")) == (0, True)
    assert "chưa có: dung-han (2023-04); dung-han (2023-05)\n" in out


def test_a_mark_breaks_no_closing(cchc: Cchc, kept: Path) -> None:
    assert cchc("close", "2023-06", "--by", "van-phong", "--incomplete")[0] == 0
    assert cchc("confirm", "dung-han", "-p", "2023-06", "--owner", "van-phong")[0] == 0
    assert "checked:" in read(kept, "2023-06")
    assert cchc("validate")[0] == 0


def test_a_mark_is_no_change_to_a_closed_figure(cchc: Cchc, kept: Path) -> None:
    assert cchc("close", "2023-06", "--by", "van-phong", "--incomplete", "--commit")[0] == 0
    assert cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--commit")[0] == 0
    assert "0 thay đổi ở số liệu đã chốt" in cchc("audit", "2023-06")[1]
    (kept / "data/2023-06.yaml").write_text(read(kept, "2023-06").replace("412", "411"), encoding="utf-8")
    git(kept, "commit", "-qam", "sửa")
    assert "1 thay đổi ở số liệu đã chốt, trong đó 1 không có dấu vết" in cchc("audit", "2023-06")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--owner", "ai-do"), "ai-do"),
        (("dung-han", "--owner", "tu-phap"), "người chủ trì là van-phong"),
        (("dung-ha", "--owner", "van-phong"), "dung-han"),
        (("--owner", "van-phong", "--by", "ai-do"), "ai-do"),
        ((), "--owner OWNER"),
    ],
)
def test_whose_figures_cannot_be_meant_is_refused(cchc: Cchc, kept: Path, words: tuple[str, ...], said: str) -> None:
    before = read(kept, "2023-06")
    status, _, err = cchc("confirm", *words, "-p", "2023-06")
    assert (status, said in err, read(kept, "2023-06")) == (2, True, before)


# withdrawals


def test_a_withdrawn_figure_is_gone_and_its_reason_is_told(cchc: Cchc, kept: Path) -> None:
    status, out, _ = cchc("remove-measure", "dung-han", "-p", "2023-06", "--reason", "Nhập nhầm tháng")
    assert (status, read(kept, "2023-06")) == (0, "format: cchc/1\nperiod: 2023-06\nmeasurements: {}\n")
    assert "số cũ: 412/418" in out
    assert "tháng 6/2023: chưa có số liệu" in out
    assert "    data(2023-06): rút số liệu dung-han: Nhập nhầm tháng\n" in out
    assert "    Reason: Nhập nhầm tháng\n" in out
    assert cchc("remove-measure", "dung-han", "-p", "2023-06", "--reason", "x")[0] == 3


def test_a_figure_of_a_closed_period_is_not_withdrawn(cchc: Cchc, kept: Path) -> None:
    assert cchc("close", "2023Q2", "--by", "van-phong", "--incomplete")[0] == 0
    before = read(kept, "2023-06")
    status, _, err = cchc("remove-measure", "dung-han", "-p", "2023-06", "--reason", "x")
    assert (status, read(kept, "2023-06")) == (3, before)
    assert "cchc correct dung-han" in err
    assert "cchc reopen 2023Q2" in err


def test_a_withdrawal_needs_a_reason(cchc: Cchc, kept: Path) -> None:
    before = read(kept, "2023-06")
    for words in ((), ("--reason", " ")):
        status, _, err = cchc("remove-measure", "dung-han", "-p", "2023-06", *words)
        assert (status, "--reason TEXT" in err, read(kept, "2023-06")) == (2, True, before)


# a survey's answers


SURVEYED = """\
  - {id: hai-long, name: Hài lòng, kind: ratio, unit: "%", numerator: n, denominator: d, survey: true, frequency: quarter, targets: [{from: 2021, at_least: 90}]}
"""


@pytest.fixture
def surveyed(small: Path) -> Path:
    area = small / "plan/areas/1-thu.yaml"
    text = area.read_text(encoding="utf-8")
    area.write_text(text.replace("tasks:\n", f"{SURVEYED}tasks:\n"), encoding="utf-8")
    return small


def test_the_answers_of_a_survey_give_the_figure(cchc: Cchc, surveyed: Path) -> None:
    status, out, _ = cchc("add-measure", "hai-long", "--survey", "1.120/60/15/4/1", "-p", "2023Q2")
    assert (status, "98,33% (1.180/1.200)" in out) == (0, True)
    assert "very_satisfied: 1120" in read(surveyed, "2023Q2")
    assert "numerator" not in read(surveyed, "2023Q2")
    assert cchc("validate")[0] == 0
    assert cchc("add-measure", "hai-long", "--survey", "1/0/0/0/0", "-p", "2023Q2")[0] == 3
    assert cchc("add-measure", "hai-long", "--survey", "0/0/0/0/0", "-p", "2023Q1")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("hai-long", "--survey", "1/2/3/4"),
        ("hai-long", "--survey", "1/2/3/4/-5"),
        ("hai-long", "--survey", "1/2/3/4/x"),
        ("hai-long", "3/4", "--survey", "1/2/3/4/5"),
        ("--survey", "1/2/3/4/5"),
        ("--survey", "1/2/3/4/5", "--from", "a.csv"),
        ("so-luong", "--survey", "1/2/3/4/5"),
    ],
)
def test_what_is_no_survey_is_refused(cchc: Cchc, surveyed: Path, words: tuple[str, ...]) -> None:
    assert cchc("add-measure", *words, "-p", "2023Q2")[0] == 2
    assert not (surveyed / "data").exists()


# the sheet to be signed


def test_the_sheet_holds_what_is_there_and_room_for_what_is_absent(cchc: Cchc, put: Put, tmp_path: Path) -> None:
    put(
        "2023-06",
        "measurements:\n  dung-han:\n    numerator: 1236\n    denominator: 1254\n    source: Sổ | <b>một cửa</b>\n"
        "    provided: {by: van-phong}\n    checked: {by: tu-phap, on: 2023-06-05}\n"
        "    evidence: [a.pdf, {title: Biên bản, document: 1/BB, date: 2023-06-03, kept_at: tủ 1, path: b.pdf}]\n    quality: provisional\n    note: chú ý\n",
    )
    status, out, _ = cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-f", "md")
    assert status == 0
    assert "**tháng 6/2023** (số liệu từ ngày 15/5/2023 đến ngày 14/6/2023)" in out
    assert "4 số liệu, trong đó còn thiếu 3." in out
    assert "| 1.236 | 1.254 | 98,56%" in out
    assert "<b>" not in out
    assert "Sổ | " not in out
    assert "| 2 | Số lượng | tháng 6/2023 | – | – | – | – | – | – | – |" in out
    file = tmp_path / "phieu.html"
    assert cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-o", str(file))[0] == 0
    page = file.read_text(encoding="utf-8")
    assert "NGƯỜI CUNG CẤP SỐ LIỆU" in page
    assert "&lt;b&gt;một cửa" in page
    assert "tạm tính; chú ý" in page
    assert "a.pdf; Biên bản (1/BB, 03/6/2023, tủ 1), b.pdf" in page
    assert "SỐ LIỆU GIẢ ĐỊNH" not in page
    assert 'class="absent"' in page


def test_narratives_and_nothing_arose_stand_on_the_sheet(cchc: Cchc, put: Put) -> None:
    put("2023Q2", "illustrative: true\nmeasurements:\n  loi: {text: Đã làm xong việc.}\n")
    put("2023-06", "illustrative: true\nmeasurements:\n  dung-han: {numerator: 0, denominator: 0}\n")
    out = cchc("confirm", "-p", "2023Q2", "--owner", "van-phong", "--sheet", "-f", "md")[1]
    assert "Đã làm xong việc." in out
    assert "| 0 | 0 | không phát sinh |" in out
    assert "**SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ**" in out


def test_an_owner_without_figures_gets_a_sheet_that_says_so(cchc: Cchc) -> None:
    out = cchc("confirm", "-p", "2023-06", "--owner", "tu-phap", "--sheet", "-f", "md")[1]
    assert "Không có chỉ tiêu nào đến kỳ." in out
    assert "0 số liệu, không thiếu số liệu nào." in out


def test_the_office_has_a_sheet_of_its_own(cchc: Cchc, small: Path) -> None:
    (small / "templates").mkdir()
    (small / "templates/slip.md.j2").write_text("Riêng: {{ page.owner }}\n", encoding="utf-8")
    assert cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-f", "md")[1] == "Riêng: Văn phòng\n"
    assert cchc("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-f", "pdf")[0] == 2


def test_the_word_sheet_has_the_rows_and_texts_of_the_others(cchc: Cchc, put: Put, small: Path, tmp_path: Path) -> None:
    put("2023Q2", "measurements:\n  loi: {text: Đã làm xong việc.}\n")
    put("2023-06", "measurements:\n  dung-han: {numerator: 1236, denominator: 1254, source: Sổ <một cửa>}\n")
    file = tmp_path / "phieu.docx"
    assert cchc("confirm", "-p", "2023Q2", "--owner", "van-phong", "--sheet", "-o", str(file))[0] == 0
    owned = figures_of(small, Checking("2023Q2", "van-phong"), date(2023, 7, 20))
    figures = [(one.indicator, one.period, one.entry) for one in owned.figures]
    page = present_slip(owned.data, owned.owner, owned.period, figures, translator(Language.VIETNAMESE))
    document = Document(str(file))
    said = [text.text for text in document.paragraphs]
    assert f"{page.subject} ({page.window})" in said
    assert f"Người cung cấp số liệu: {page.owner}. {page.summary}" in said
    _head, table, signatures = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [_cells_of(row) for row in page.rows]
    assert {row.absent for row in page.rows} == {True, False}
    left, right = (cell.text for cell in signatures.rows[0].cells)
    assert "NGƯỜI KIỂM TRA, TỔNG HỢP" in left
    assert right.startswith(f"{page.date}\nNGƯỜI CUNG CẤP SỐ LIỆU")


def _cells_of(row: SlipRow) -> list[str]:
    """Return what the row of a figure says in Word: a dash for nothing, room to write in that of an absent one."""
    figure = [row.text] * 3 if row.text else [row.numerator, row.denominator, row.result]
    texts = [row.number, row.name, row.period, row.unit, *figure, row.source, row.evidence, row.note]
    cells = [text or ("" if row.absent else "–") for text in texts]
    return [cells[0], "\n".join(filter(None, (cells[1], row.meaning))), *cells[2:]]


def test_a_word_sheet_without_figures_says_so(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "phieu.docx"
    assert cchc("confirm", "-p", "2023-06", "--owner", "tu-phap", "--sheet", "-o", str(file))[0] == 0
    document = Document(str(file))
    assert "Không có chỉ tiêu nào đến kỳ." in [text.text for text in document.paragraphs]
    assert len(document.tables) == 2


def test_the_office_has_a_word_sheet_of_its_own(cchc: Cchc, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "phieu.docx"
    words = ("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-o", str(file))
    (small / "templates").mkdir()
    own = Document()
    own.add_paragraph("Riêng: {{ page.owner }}")
    own.save(str(small / "templates/slip.docx"))
    assert cchc(*words)[0] == 0
    assert [text.text for text in Document(str(file)).paragraphs] == ["Riêng: Văn phòng"]
    own.add_paragraph("{{ page.ownr }}")
    own.save(str(small / "templates/slip.docx"))
    status, _, err = cchc(*words)
    assert (status, err.partition("\n")[0]) == (1, "lỗi: templates/slip.docx: không có gì tên là “ownr”")
    assert "templates/slip.docx: không có gì tên là “ownr”" in cchc("template", "check")[1]


def test_a_word_sheet_needs_its_extra_and_a_file(cchc: Cchc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("confirm", "-p", "2023-06", "--owner", "van-phong", "--sheet", "-f", "docx")
    monkeypatch.setattr(session, "is_terminal", lambda _stream: True)
    status, _, err = cchc(*words)
    assert (status, "-o phieu.docx" in err) == (2, True)
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    status, _, err = cchc(*words, "-o", str(tmp_path / "phieu.docx"))
    assert (status, 'pip install "cchc[docx]"' in err) == (3, True)
    assert not (tmp_path / "phieu.docx").exists()
