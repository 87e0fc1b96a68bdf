"""Tables for tests: form II.06a/VPCP/KSTT as a one-stop system may export it, and workbooks of rows."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

FIGURES = (520, 312, 198, 10, 418, 120, 292, 6, 102, 99, 3)  # minh hoạ
_LEAVES = (
    *("Tổng số", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước"),
    *("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"),
    *("Tổng số", "Trong hạn", "Quá hạn"),
)
_GROUPS = (
    ("Số lượng hồ sơ tiếp nhận", 2, 5),
    ("Số lượng hồ sơ đã giải quyết", 6, 9),
    ("Số lượng hồ sơ đang giải quyết", 10, 12),
)


def form_06a(figures: Sequence[Any] = FIGURES, sheet: str = "II.06a") -> bytes:
    """Return the form of a commune with one field of work and the sum."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.merge_range("A1:M1", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH (số liệu minh hoạ)")
        page.write("A2", "Biểu số II.06a/VPCP/KSTT")
        page.merge_range("A5:A7", "STT")
        page.merge_range("B5:B7", "Lĩnh vực giải quyết")
        for name, first, last in _GROUPS:
            page.merge_range(4, first, 4, last, name)
        for column, name in enumerate(_LEAVES, 2):
            page.merge_range(5, column, 6, column, name)
            page.write(7, column, f"({column + 1})")
        page.write_row(8, 0, [1, "Đất đai", *figures])
        page.write_row(9, 0, ["", "TỔNG CỘNG", *figures])
    return written.getvalue()
