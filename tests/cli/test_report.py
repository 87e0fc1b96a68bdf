"""`report` at the terminal: formats, files, and all that can be in the way."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli import session
from cchc.cli.main import run

Report = Callable[..., tuple[int, str, str]]
FORMS = ("md", "html", "json", "docx", "xlsx")


@pytest.fixture
def report(repository: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    def call(*words: str) -> tuple[int, str, str]:
        status = run(["report", *words, "-C", str(repository)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.mark.parametrize("form", FORMS)
def test_equal_inputs_give_equal_bytes(report: Report, tmp_path: Path, form: str) -> None:
    files = [tmp_path / f"a.{form}", tmp_path / f"b.{form}"]
    for file in files:
        assert report("2022", "-o", str(file))[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_folder_gets_the_suggested_name_with_the_mark_of_made_up_figures(
    report: Report, tmp_path: Path, form: str
) -> None:
    status, _, err = report("quý II/2023", "-f", form, "-o", str(tmp_path))
    assert (status, err) == (0, f"đã ghi: {tmp_path / f'bao-cao-2023Q2-gia-dinh.{form}'}\n")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_document_is_not_for_the_terminal_but_for_a_pipe(
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    repository: Path,
    form: str,
) -> None:
    assert run(["report", "2023Q2", "-f", form, "-C", str(repository)]) == 0
    assert capfdbinary.readouterr().out[:2] == b"PK"
    monkeypatch.setattr(session, "is_terminal", lambda _stream: True)
    assert run(["report", "quý II/2023", "-f", form, "-C", str(repository)]) == 2
    assert f"-o bao-cao-2023Q2-gia-dinh.{form}" in capfdbinary.readouterr().err.decode()


def test_a_stream_without_a_terminal_is_none() -> None:
    assert session.is_terminal(None) is False
    assert session.is_terminal(sys.stdin) is False


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("2023Q2", "-f", "pdf"), 2, "Gõ một trong: md, html, json, docx, xlsx."),
        (("2023Q2", "-o", "a.pdf"), 2, "-o: không có lựa chọn “.pdf”"),
        (("2024Q2",), 3, "chưa có số liệu kỳ 2024Q2"),
        (("2024Q2",), 3, "Các kỳ mới nhất có số liệu: "),
        (("2023Q2", "-o", "/none/a.docx"), 3, "không ghi được"),
        (("2023Q2", "--at", "HEAD~100000"), 2, "không có phiên bản"),
    ],
)
def test_what_is_in_the_way_is_said(report: Report, words: tuple[str, ...], status: int, said: str) -> None:
    answer = report(*words)
    assert answer[0] == status
    assert said in answer[2]


def test_an_existing_file_is_replaced_whole_or_not_at_all(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"x")
    (tmp_path / "mau.docx").write_bytes(b"y")
    assert report("2023Q2", "-o", str(file), "--template", str(tmp_path / "mau.docx"))[0] == 1
    assert file.read_bytes() == b"x"
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    status, _, err = report("2023Q2", "-o", str(file))
    assert (status, 'python -m pip install "cchc[docx]"' in err) == (3, True)
    assert file.read_bytes() == b"x"


def test_the_page_of_a_quarter_is_small(report: Report) -> None:
    assert len(report("2023Q2", "-f", "html")[1].encode()) < 250_000


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023-06", "**Kết quả công tác cải cách hành chính tháng 6/2023**"),
        ("2023H1", "**Kết quả công tác cải cách hành chính 6 tháng đầu năm 2023**"),
        ("2023-9T", "**Kết quả công tác cải cách hành chính 9 tháng đầu năm 2023**"),
        ("2022", "**Kết quả công tác cải cách hành chính năm 2022 và phương hướng, nhiệm vụ năm 2023**"),
        ("2021..2025", "**Tổng kết thực hiện Kế hoạch cải cách hành chính nhà nước xã Lê Hồng giai đoạn 2021–2025**"),
        ("2022", "## IV. Phương hướng, nhiệm vụ năm 2023"),
        ("2022", "### Kết quả qua các năm"),
        ("2022", "### Tình hình thực hiện nhiệm vụ"),
        ("2021..2025", "Mục tiêu chung của Kế hoạch:"),
        ("2022", "không đạt"),
    ],
)
def test_each_kind_of_report_has_its_title_and_its_parts(report: Report, period: str, said: str) -> None:
    assert said in report(period)[1]


@pytest.mark.parametrize("period", ["2023-06", "2023Q2", "2023H1", "2023-9T", "2022", "2021..2025"])
def test_every_report_has_the_outline_in_its_order_and_the_end_sign(report: Report, period: str) -> None:
    out = report(period)[1]
    parts = ("## I. Công tác chỉ đạo", "## II. Kết quả thực hiện", "### 1. Cải cách thể chế", "### 2. Cải cách thủ tục",
             "## III. Đánh giá chung", "## IV. Phương hướng", "## V. Kiến nghị", "## Phụ lục")  # fmt: skip
    places = [out.index(part) for part in parts]
    assert places == sorted(places)
    assert out.count("./.") == 1
    assert "## VI." not in out


def test_what_is_for_the_screen_stays_out_of_the_document(report: Report) -> None:
    out = report("2023Q2")[1]
    assert "Quý trước" not in out
    assert "<svg" not in out


def test_part_of_a_report_says_so(report: Report) -> None:
    out = report("2023Q2", "--owner", "tai-chinh-ke-toan")[1]
    assert "Phạm vi báo cáo: Công chức Tài chính - Kế toán" in out
    assert "## I. Kết quả thực hiện" in out
