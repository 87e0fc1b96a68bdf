"""Issuing a report at the terminal: the record, its reproduction, its replacement, and all that is refused."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.commands import issuing
from cchc.core.model import IssuedReport
from cchc.workspace import lists
from cchc.workspace.files import Disk

ISSUE = ("--issue", "45/BC-UBND", "--date", "2023-06-20")
Cchc = Callable[..., tuple[int, str, str]]


@pytest.fixture
def real(repository: Path, tmp_path: Path) -> Path:
    """The shipped workspace as if its figures were real."""
    root = tmp_path / "xa"
    for part in ("plan", "data"):
        shutil.copytree(repository / part, root / part)
    for path in (root / "data").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("illustrative: true\n", ""), encoding="utf-8")
    return root


@pytest.fixture
def cchc(real: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    """Run a command line in it."""

    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(real)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def records(root: Path) -> tuple[IssuedReport, ...]:
    found, problems = lists.issued(Disk(root))
    assert problems == []
    return found


def change(root: Path, old: str = "numerator: 412", new: str = "numerator: 411") -> None:
    file = root / "data/2023-06.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_issuing_fills_number_and_day_and_records_what_the_report_rests_on(cchc: Cchc, real: Path) -> None:
    status, out, err = cchc("report", "2023Q2", *ISSUE)
    assert (status, err) == (0, "đã ghi vào data/reports.yaml: số 45/BC-UBND\n")
    assert "Số: 45/BC-UBND" in out
    assert "*Lê Hồng, ngày 20 tháng 6 năm 2023*" in out
    assert "DỰ THẢO" not in out
    (entry,) = records(real)
    assert (entry.number, str(entry.date), str(entry.cut_off)) == ("45/BC-UBND", "2023-06-20", "2023-06-14")
    assert entry.signed_by == "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / Bùi Văn Tiến"
    assert {figure.id: figure.printed for figure in entry.figures}["ho-so-dung-han"] == "98,56% (1.236/1.254 hồ sơ)"
    code = re.search(r"Mã đối chiếu: ([0-9a-f ]+)\n", out)
    assert code is not None
    assert (entry.digest or "").startswith(code[1].replace(" ", ""))
    assert cchc("validate", "-f", "json")[0] == 0


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_the_same_line_and_the_plain_one_reproduce_the_issued_report(
    cchc: Cchc, real: Path, tmp_path: Path, form: str
) -> None:
    files = [tmp_path / f"{name}.{form}" for name in ("a", "b", "c")]
    assert cchc("report", "2023Q2", "-o", str(files[0]), *ISSUE)[0] == 0
    before = (real / "data/reports.yaml").read_bytes()
    assert cchc("report", "2023Q2", "-o", str(files[1]), *ISSUE)[2] == f"đã ghi: {files[1]}\n"
    assert cchc("report", "2023Q2", "-o", str(files[2]))[0] == 0
    assert (real / "data/reports.yaml").read_bytes() == before
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()


def test_figures_that_changed_make_it_a_draft_again_that_says_so(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    change(real)
    status, out, err = cchc("report", "2023Q2")
    assert status == 0
    assert "DỰ THẢO" in out
    assert "Số liệu đã thay đổi từ khi ban hành Báo cáo số 45/BC-UBND ngày 20/6/2023" in out
    assert "--amends 45/BC-UBND" in err


def test_an_amendment_opens_with_what_it_replaces_and_lists_what_changed(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    correction = "{old: {numerator: 412, denominator: 418}, on: 2023-06-25, by: vp-hdnd-ubnd, reason: Đếm sót 01 hồ sơ}"
    change(real, "    numerator: 412\n", f"    numerator: 411\n    corrections: [{correction}]\n")
    draft = cchc("report", "2023Q2", "--amends", "45")[1]
    assert "Báo cáo này thay thế Báo cáo số 45/BC-UBND ngày 20/6/2023." in draft
    assert "| 98,56% (1.236/1.254 hồ sơ) | 98,48% (1.235/1.254 hồ sơ) | Đếm sót 01 hồ sơ |" in draft
    assert "DỰ THẢO" in draft
    status, out, _ = cchc("report", "2023Q2", "--issue", "51", "--date", "2023-06-28", "--amends", "45/BC-UBND")
    assert (status, "Số: 51/BC-UBND" in out, "thay thế Báo cáo số 45/BC-UBND" in out) == (0, True, True)
    assert [(entry.number, entry.replaces) for entry in records(real)] == [
        ("45/BC-UBND", None),
        ("51/BC-UBND", "45/BC-UBND"),
    ]
    assert cchc("report", "2023Q2")[1] == out
    status, _, err = cchc("report", "2023Q2", "--amends", "45")
    assert (status, "Đang có hiệu lực: số 51/BC-UBND." in err) == (2, True)


def test_a_change_without_a_recorded_reason_says_so(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    change(real)
    assert "| 98,48% (1.235/1.254 hồ sơ) | chưa ghi lý do |" in cchc("report", "2023Q2", "--amends", "45")[1]


def test_a_deputy_signs_under_three_lines(cchc: Cchc, real: Path) -> None:
    _, out, err = cchc("report", "2023Q2", *ISSUE, "--sign-for", "deputy")
    assert "**TM. ỦY BAN NHÂN DÂN**\n\n**KT. CHỦ TỊCH**\n\n**PHÓ CHỦ TỊCH**" in out
    assert "chưa có tên người ký" in err
    assert cchc("report", "2023Q2")[1] == out
    assert records(real)[0].signed_by == "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / –"


def test_a_record_without_a_signatory_is_signed_by_the_plans(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    file = real / "data/reports.yaml"
    file.write_text(re.sub(r"    signed_by: .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert "Bùi Văn Tiến" in cchc("report", "2023Q2")[1]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--issue", "45"), 2, "--issue cần ngày ban hành"),
        (("--issue", "45", "--date", "20/6/2023"), 2, "“20/6/2023” không thể là ngày ban hành"),
        (("--issue", "45", "--date", "2023-03-14"), 2, "không sớm hơn 2023-03-15"),
        (("--issue", "x", "--date", "2023-06-20"), 2, "“x” không phải là số của báo cáo"),
        (("--issue", "0", "--date", "2023-06-20"), 2, "Gõ dạng 45/BC-UBND."),
        (("--issue", "45/TB-UBND", "--date", "2023-06-20"), 2, "“45/TB-UBND” không phải là số"),
        (("--date", "2023-06-20"), 2, "--date chỉ dùng cùng --issue"),
        (("--sign-for", "deputy"), 2, "--sign-for chỉ dùng cùng --issue"),
        ((*ISSUE, "--sign-for", "me"), 2, "Gõ một trong: deputy."),
        ((*ISSUE, "-f", "json"), 2, "--issue chỉ dùng cùng -f md|html|docx|xlsx"),
        (("--amends", "45", "-f", "json"), 2, "--amends chỉ dùng cùng"),
        ((*ISSUE, "--area", "tthc"), 2, "không ban hành một phần báo cáo"),
        ((*ISSUE, "--allow-problems"), 2, "không ban hành báo cáo trên tệp có lỗi"),
        (("--amends", "45"), 2, "Báo cáo của kỳ này chưa được ban hành."),
        ((*ISSUE, "--amends", "44"), 2, "Báo cáo của kỳ này chưa được ban hành."),
    ],
)  # fmt: skip
def test_what_cannot_be_issued_is_refused_and_nothing_is_recorded(
    cchc: Cchc, real: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    answer = cchc("report", "2023Q2", *words)
    assert (answer[0], answer[1]) == (status, "")
    assert said in answer[2]
    assert not (real / "data/reports.yaml").exists()


def test_a_period_is_issued_once_and_a_number_used_once(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    before = (real / "data/reports.yaml").read_bytes()
    for period, words, said in (
        ("2023Q2", ("--issue", "46", "--date", "2023-06-20"), "đã ban hành với số 45/BC-UBND ngày 2023-06-20"),
        ("2023Q2", ("--issue", "45", "--date", "2023-06-21"), "đã ban hành với số 45/BC-UBND"),
        ("2023H1", ISSUE, "số 45/BC-UBND ngày 2023-06-20 là báo cáo của kỳ 2023Q2"),
    ):
        status, _, err = cchc("report", period, *words)
        assert (status, said in err) == (3, True), err
    assert (real / "data/reports.yaml").read_bytes() == before


def test_made_up_figures_are_never_issued(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part in ("plan", "data"):
        shutil.copytree(repository / part, tmp_path / part)
    assert run(["report", "2023Q2", *ISSUE, "-C", str(tmp_path)]) == 3
    assert "số liệu là giả định" in capsys.readouterr().err


def test_nobody_in_office_issues_nothing(cchc: Cchc, real: Path) -> None:
    plan = real / "plan/plan.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("from: 2021-01}", "from: 2024-01}"), encoding="utf-8")
    status, _, err = cchc("report", "2023Q2", *ISSUE)
    assert (status, "chưa nêu người ký trong 2023-06" in err) == (3, True)


def test_a_list_of_reports_with_errors_stops_the_report(cchc: Cchc, real: Path) -> None:
    (real / "data/reports.yaml").write_text("format: cchc/1\nreports: [{number: 1}]\n", encoding="utf-8")
    status, _, err = cchc("report", "2023Q2")
    assert (status, "data/reports.yaml:2:" in err) == (1, True)


def test_what_was_issued_meanwhile_by_another_is_not_overwritten(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    (entry,) = records(real)
    with pytest.raises(issuing.AlreadyIssued):
        issuing.record(real, entry.model_copy(update={"number": "46/BC-UBND"}), {})
    assert len(records(real)) == 1


def test_an_issued_report_is_of_the_whole_so_a_part_of_it_stays_a_draft(cchc: Cchc) -> None:
    cchc("report", "2023Q2", *ISSUE)
    out = cchc("report", "2023Q2", "--area", "tthc")[1]
    assert "DỰ THẢO" in out
    assert "Phạm vi báo cáo: Cải cách thủ tục hành chính" in out


def test_as_of_a_revision_the_report_is_what_it_was_and_the_tree_stays(cchc: Cchc, real: Path) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@cchc.example")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run(["git", *who, *words], cwd=real, check=True)
    before = cchc("report", "2023Q2", "--at", "HEAD")[1]
    assert "các tệp đúng như đã ghi vào lịch sử" in before
    change(real)
    (real / "templates").mkdir()
    (real / "templates/report.md.j2").write_text("khác", encoding="utf-8")
    assert cchc("report", "2023Q2", "--at", "HEAD")[1] == before
    assert cchc("report", "2023Q2")[1] == "khác"
    status, _, err = cchc("report", "2023Q2", "--at", "HEAD", *ISSUE)
    assert (status, "không ban hành báo cáo theo phiên bản cũ" in err) == (2, True)
    status, _, err = cchc("report", "2023Q2", "--at", "nope")
    assert (status, "không có phiên bản “nope”" in err) == (2, True)


def test_an_amendment_without_changed_figures_says_so(cchc: Cchc) -> None:
    cchc("report", "2023Q2", *ISSUE)
    out = cchc("report", "2023Q2", "--amends", "45")[1]
    assert "Không có số liệu thay đổi." in out
    assert "| Số đã báo cáo |" not in out


def test_a_record_without_a_digest_proves_nothing(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    file = real / "data/reports.yaml"
    file.write_text(re.sub(r"    digest: .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    status, out, err = cchc("report", "2023Q2")
    assert (status, "DỰ THẢO" in out, "đã thay đổi" in out + err) == (0, True, False)


def test_a_plan_without_a_head_of_reports_issues_nothing(cchc: Cchc, real: Path) -> None:
    plan = real / "plan/plan.yaml"
    text = plan.read_text(encoding="utf-8")
    start, end = text.index("report:\n"), text.index("legal_basis:")
    plan.write_text(text[:start] + text[end:], encoding="utf-8")
    status, _, err = cchc("report", "2023Q2", *ISSUE)
    assert (status, "chưa nêu người ký" in err) == (3, True)
    assert "## I. Kết quả thực hiện" in cchc("report", "2023Q2")[1]


def test_a_report_is_not_replaced_under_its_own_number_nor_before_its_day(cchc: Cchc) -> None:
    cchc("report", "2023Q2", *ISSUE)
    status, _, err = cchc("report", "2023Q2", "--issue", "45", "--date", "2024-06-25", "--amends", "45")
    assert (status, "45/BC-UBND ngày 2023-06-20 là báo cáo" in err) == (3, True), err
    status, _, err = cchc("report", "2023Q2", "--issue", "46", "--date", "2023-06-19", "--amends", "45")
    assert (status, "không sớm hơn 2023-06-20" in err) == (2, True)


@pytest.mark.parametrize("day", ["20230620", "2023-6-20", "20/6/2023", "2023-06-31"])
def test_the_day_of_issue_has_one_form(cchc: Cchc, day: str) -> None:
    status, _, err = cchc("report", "2023Q2", "--issue", "45", "--date", day)
    assert (status, f"“{day}” không thể là ngày ban hành" in err) == (2, True)


@pytest.mark.parametrize("written", ["45/bc-ubnd", "045/BC-UBND", "45/BC-UB"])
def test_a_number_written_by_hand_can_be_replaced(cchc: Cchc, real: Path, written: str) -> None:
    cchc("report", "2023Q2", *ISSUE)
    change(real)
    file = real / "data/reports.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("45/BC-UBND", written), encoding="utf-8")
    status, out, _ = cchc("report", "2023Q2", "--amends", written)
    assert (status, f"thay thế Báo cáo số {written}" in out) == (0, True)
    assert cchc("report", "2023Q2", "--issue", "46", "--date", "2023-06-21", "--amends", written)[0] == 0
    status, out, _ = cchc("report", "2023Q2")
    assert "Số: 46/BC-UBND" in out


def test_where_nothing_can_be_written_nothing_is_recorded(cchc: Cchc, real: Path, tmp_path: Path) -> None:
    status, _, err = cchc("report", "2023Q2", *ISSUE, "-o", str(tmp_path / "nope/a.md"))
    assert (status, "không ghi được" in err) == (3, True)
    assert records(real) == ()
    (tmp_path / "cũ.md").write_text("cũ", encoding="utf-8")
    assert cchc("report", "2023Q2", *ISSUE, "-o", str(tmp_path / "cũ.md"))[0] == 0
    assert "45/BC-UBND" in (tmp_path / "cũ.md").read_text(encoding="utf-8")


def test_what_was_not_recorded_is_not_called_changed(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    file = real / "data/reports.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("    figures:")[0], encoding="utf-8")
    out = cchc("report", "2023Q2", "--amends", "45")[1]
    assert "không ghi lại số đã in" in out
    assert "| Số đã báo cáo |" not in out


def test_a_change_of_words_alone_makes_a_draft_again(cchc: Cchc, real: Path) -> None:
    cchc("report", "2023Q2", *ISSUE)
    file = real / "data/2023Q2.yaml"
    text = file.read_text(encoding="utf-8")
    assert "Đề nghị huyện bổ sung 01 công chức" in text
    file.write_text(
        text.replace("Đề nghị huyện bổ sung 01 công chức", "Đề nghị huyện bổ sung 02 công chức"), encoding="utf-8"
    )
    assert "DỰ THẢO" in cchc("report", "2023Q2")[1]


def test_the_sheet_says_when_its_figures_were_closed_and_what_was_restated(cchc: Cchc, real: Path) -> None:
    cchc("close", "2023Q2", "--by", "vp-dang-uy-noi-vu", "--incomplete", "--today", "2023-06-19")
    out = cchc("report", "2023Q2", *ISSUE)[1]
    assert "Số liệu chốt ngày 19/6/2023." in out
    words = ("--reason", "Đếm trùng", "--document", "30/TB-UBND", "--today", "2023-06-22")
    cchc("correct", "ho-so-dung-han", "411/418", "-p", "2023-06", *words)
    out = cchc("report", "2023Q2", "--amends", "45")[1]
    assert "Số liệu chốt ngày 19/6/2023." in out
    assert "tháng 6/2023: 412/418 (98,56%) → 411/418 (98,33%), đính chính ngày 22/6/2023" in out
    assert "Đếm trùng" in out.partition("Số liệu thay đổi so với báo cáo được thay thế")[2]
    change(real, "numerator: 411", "numerator: 410")
    assert "đã chốt ngày 19/6/2023 nhưng sau đó thay đổi mà không có dấu vết" in cchc("report", "2023Q2")[1]
