"""The workbook: real numbers with as many places as the report prints, frozen head, print set-up."""

import io
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cchc.cli.main import run
from cchc.core.errors import Exit
from cchc.core.evaluate import evaluate
from cchc.core.period_forms import parse_period
from cchc.core.report import build as build_report
from cchc.texts import Language, translator
from cchc.views import excerpt, sheets
from cchc.views.extras import ExtraMissing
from cchc.views.present.page import present

VI = translator(Language.VIETNAMESE)


def book(root: Path, tmp_path: Path, period: str = "2023Q2") -> Any:
    file = tmp_path / "a.xlsx"
    assert run(["report", period, "-o", str(file), "-q", "-C", str(root)]) == 0
    return load_workbook(file)


def rows(sheet: Any) -> dict[str, list[Any]]:
    return {cells[1].value: list(cells) for cells in sheet.iter_rows(min_row=4) if cells[1].value}


def test_shares_are_numbers_with_a_percent_format(repository: Path, tmp_path: Path) -> None:
    found = rows(book(repository, tmp_path)["Chỉ tiêu"])["Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn"]
    actual, numerator, denominator = found[4:7]
    assert (actual.value, actual.number_format) == (pytest.approx(1236 / 1254), "0.00%")
    assert (numerator.value, numerator.number_format, denominator.value) == (1236, "#,##0", 1254)
    assert found[10].value == "Đạt"


def test_a_format_never_contradicts_the_verdict(build: Any) -> None:
    indicator = build.indicator(targets=[{"from": "2021", "at_least": "98"}])
    data = build.dataset(indicator, figures=build.of({"2023-06": "48999/50000"}))
    report = build_report(data, parse_period("2023-06"))
    assert evaluate(data, indicator, parse_period("2023-06")).status == "missed"
    sheet = load_workbook(io.BytesIO(sheets.workbook(report, present(report, VI))))["Chỉ tiêu"]
    assert (sheet["E5"].value, sheet["E5"].number_format) == (0.97998, "0.000%")


def test_heads_are_frozen_filtered_and_repeated_on_landscape_pages(repository: Path, tmp_path: Path) -> None:
    made = book(repository, tmp_path)
    assert made.sheetnames == ["Chỉ tiêu", "Thống kê"]
    sheet = made["Chỉ tiêu"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("C4", "$3:$3", "landscape")
    set_up = sheet.page_setup
    assert [int(value) for value in (set_up.paperSize, set_up.fitToHeight)] == [9, 0]
    assert sheet.auto_filter.ref == "A3:N42"
    assert "SỐ LIỆU GIẢ ĐỊNH" in sheet["A2"].value
    assert "SỐ LIỆU GIẢ ĐỊNH" in sheet.oddFooter.left.text


def test_differences_are_numbers_with_their_sign(repository: Path, tmp_path: Path) -> None:
    made = book(repository, tmp_path)
    share = rows(made["Chỉ tiêu"])["Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn"][9]
    assert (share.value, share.number_format) == (
        pytest.approx(0.66),
        '+#,##0.00" điểm %";-#,##0.00" điểm %";0" điểm %"',
    )
    count = rows(made["Thống kê"])["Hồ sơ đã giải quyết"][6]
    assert (count.value, count.number_format) == (63, "+#,##0;-#,##0;0")


def test_areas_head_their_rows_and_wrapped_texts_have_room(repository: Path, tmp_path: Path) -> None:
    sheet = book(repository, tmp_path)["Chỉ tiêu"]
    assert (sheet["A4"].value, sheet["B4"].value, sheet["B4"].font.bold) == (None, "Công tác chỉ đạo, điều hành", True)
    assert sheet["A5"].value == 1
    widths = {at: known.width for known in sheet.column_dimensions.values() for at in range(known.min, known.max + 1)}
    for cells in sheet.iter_rows(min_row=3):
        lines = max(
            len(str(cell.value)) / (widths[cell.column] * 1.4)
            for cell in cells if isinstance(cell.value, str)
        )  # fmt: skip
        height = sheet.row_dimensions[cells[0].row].height or 15
        assert height >= min(int(lines) * 15, 409), cells[0].row


def test_a_year_has_sheets_of_its_course_and_of_the_tasks(repository: Path, tmp_path: Path) -> None:
    assert book(repository, tmp_path, "2022").sheetnames == ["Chỉ tiêu", "Thống kê", "Qua các năm", "Nhiệm vụ"]


def test_texts_that_look_like_formulas_stay_texts(repository: Path, tmp_path: Path) -> None:
    root = tmp_path / "xa"
    for part in ("plan", "data"):
        shutil.copytree(repository / part, root / part)
    file = root / "data/2023-06.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("note: 6 hồ sơ", 'note: "=1+1 hồ sơ', 1).replace("chờ xác minh", 'chờ xác minh"', 1),
        encoding="utf-8",
    )
    cells = [cell for row in book(root, tmp_path)["Chỉ tiêu"].iter_rows() for cell in row if "=1+1" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


def test_amounts_keep_their_decimals(build: Any) -> None:
    indicator = build.indicator(unit=None, factor="1", share="false", amounts="decimal")
    entry = {"numerator": "1.5", "denominator": "2"}
    data = build.dataset(indicator, figures={"2023-06": {"chi-tieu": entry}})
    report = build_report(data, parse_period("2023-06"))
    sheet = load_workbook(io.BytesIO(sheets.workbook(report, present(report, VI))))["Chỉ tiêu"]
    assert (sheet["F5"].value, sheet["F5"].number_format, sheet["G5"].number_format) == (1.5, "#,##0.00", "#,##0")


def test_without_the_extra_the_error_says_what_to_install(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    data = build.dataset(build.indicator(), figures=build.of({"2023-06": "1/2"}))
    report = build_report(data, parse_period("2023-06"))
    with pytest.raises(ExtraMissing) as refused:
        sheets.workbook(report, present(report, VI))
    assert 'pip install "cchc[xlsx]"' in excerpt.error_text(refused.value, VI)
    assert refused.value.exit is Exit.WORLD
