"""Word documents and workbooks as LibreOffice shows them."""

import re
from typing import Any

import pytest
from tests.judges.conftest import Made, Office, pdf_pages, pdf_sizes

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
MARK = "SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ"


@pytest.fixture(scope="module")
def shown(office: Office, made: Made, poppler: None) -> Any:
    """Return the PDF of a document."""
    del poppler
    return lambda workspace, period, form, *words: office.pdf(made.report(workspace, period, form, *words))


def test_a_draft_on_made_up_figures_as_word_shows_it(shown: Any) -> None:
    pdf = shown("le-hong", "2023Q2", "docx")
    pages, sizes = pdf_pages(pdf), pdf_sizes(pdf)
    wide = sizes.index(LANDSCAPE)
    assert (set(sizes[:wide]), set(sizes[wide:])) == ({PORTRAIT}, {LANDSCAPE})
    assert all(MARK in page for page in pages)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0].lstrip().split("\n")[0]
    assert [page.strip().split("\n")[0].strip() for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    assert "Bùi Văn Tiến" not in "".join(pages)
    assert sum("Mục tiêu" in page and "STT" in page for page in pages[wide:]) >= 2


def test_an_issued_report_has_number_day_and_signature_on_one_page(shown: Any) -> None:
    pages = pdf_pages(shown("ban-hanh", "2023Q2", "docx", "--issue", "5", "--date", "2023-06-20"))
    assert re.search(r"Số: 05/BC-UBND", pages[0])
    assert "Lê Hồng, ngày 20 tháng 6 năm 2023" in pages[0]
    assert "DỰ THẢO" not in "".join(pages)
    signed = [page for page in pages if "TM. ỦY BAN NHÂN DÂN" in page]
    assert len(signed) == 1
    assert all(
        text in signed[0] for text in ("CHỦ TỊCH", "Bùi Văn Tiến", "Nơi nhận:", "- Phòng Nội vụ huyện;", "Mã đối chiếu")
    )
    assert "./." in "".join(pages)


@pytest.mark.parametrize(
    ("workspace", "period"), [("le-hong", "2023Q2"), ("le-hong", "2022"), ("moi-loai", "2021..2025")]
)
def test_no_page_is_empty_and_no_area_is_parted_from_its_rows(shown: Any, workspace: str, period: str) -> None:
    areas = {"Cải cách thể chế", "Cải cách thủ tục hành chính", "Cải cách tài chính công", "Cải cách chế độ công vụ"}
    for number, page in enumerate(pdf_pages(shown(workspace, period, "docx")), start=1):
        lines = [line.strip() for line in page.split("\n") if line.strip() not in {"", MARK, str(number)}]
        assert lines, number
        assert lines[-1] not in areas, number


def test_the_years_share_the_width_of_their_table(shown: Any) -> None:
    text = "".join(pdf_pages(shown("moi-loai", "2021..2025", "docx")))
    assert re.search(r"STT\s+Chỉ tiêu\s+Năm 2021\s+Năm 2022\s+Năm 2023\s+Năm 2024\s+Năm 2025\n", text)


def test_a_workbook_opens_and_prints_landscape(shown: Any) -> None:
    pdf = shown("le-hong", "2023Q2", "xlsx")
    assert set(pdf_sizes(pdf)) == {LANDSCAPE}
    assert "98,56%" in "".join(pdf_pages(pdf)) or "98.56%" in "".join(pdf_pages(pdf))


def test_a_sheet_to_be_signed_prints_landscape_with_its_head_on_every_page(
    office: Office, made: Made, poppler: None
) -> None:
    del poppler
    pdf = office.pdf(made.sheet("le-hong", "2023Q2", "vp-hdnd-ubnd"))
    pages = pdf_pages(pdf)
    assert set(pdf_sizes(pdf)) == {LANDSCAPE}
    assert all(MARK in page for page in pages)
    assert all("Chỉ tiêu" in page and "Minh chứng" in page for page in pages)
    signing = [page for page in pages if "NGƯỜI CUNG CẤP SỐ LIỆU" in page]
    assert signing == [pages[-1]]
    assert pages[-1].count("(Ký, ghi rõ họ tên)") == 2
