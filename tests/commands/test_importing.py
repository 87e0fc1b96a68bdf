"""Figures taken over from tables: what becomes what, and everything that is in the way, told by its cell."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.tables import form_06a

from cchc.commands.cells import CellsRefused
from cchc.commands.figure import Beside
from cchc.commands.importing import (
    Imported,
    ImportRequest,
    NeedsMapping,
    NoSuchImport,
    PeriodMissing,
    import_file,
    mapping_names,
)
from cchc.commands.jsonlines import MappingOfLines
from cchc.commands.measure import Manner
from cchc.commands.opening import FilesHaveErrors
from cchc.core.errors import CommandError, Exit
from cchc.texts import Language, translator
from cchc.views import excerpt
from cchc.views.refusals import refusals_text
from cchc.workspace import tables
from cchc.workspace.tables import Given

DAY = date(2023, 7, 20)
HEAD = "format: cchc/1\ntitle: Bảng minh hoạ\n"
TABLE = f"""\
{HEAD}numbers: vi
head: {{from: 1, to: 1}}
indicator: <Chỉ tiêu>
period: <Kỳ>
figures:
  - {{numerator: <Tử số>, denominator: <Mẫu số>, value: <Giá trị>}}
"""
WIDE = f"""\
{HEAD}head: {{from: 1, to: 1}}
period: A
figures:
  - {{indicator: dung-han, numerator: B + C, denominator: D, optional: true}}
  - {{indicator: so-luong, value: E}}
"""
_ENGLISH = translator(Language.ENGLISH)


def book(*rows: Sequence[Any], fill: Callable[[Any, Any], object] = lambda *_: None) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        sheet = made.add_worksheet("Bảng")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        fill(made, sheet)
    return written.getvalue()


def take(
    root: Path, data: bytes | str, mapping: str | None = None, *, name: str = "bang.xlsx", **wish: Any
) -> Imported:
    """Import a file; `mapping` is the text of the import file."""
    if mapping is not None:
        (root / "plan/imports").mkdir(exist_ok=True)
        (root / "plan/imports/bang.yaml").write_text(mapping, encoding="utf-8")
    content, name = (data.encode(), "bang.csv") if isinstance(data, str) else (data, name)
    manner = Manner(
        DAY, replace=wish.pop("replace", False), illustrative=wish.pop("illustrative", False),
        dry_run=wish.pop("dry_run", False),
    )  # fmt: skip
    request = ImportRequest(Given(name, content), mapping=mapping and "bang", **wish)
    return import_file(root, request, manner)


def refusals(root: Path, data: bytes | str, mapping: str | None = None, **wish: Any) -> list[str]:
    """Return what is refused, each place with its message; nothing may have been written."""
    with pytest.raises(CellsRefused) as refused:
        take(root, data, mapping, **wish)
    assert not list(root.glob("data/*.yaml"))
    return [
        f"{place}: {excerpt.error_text(error, _ENGLISH).splitlines()[0][7:].partition('. ')[0]}"
        for place, error in refused.value.refusals
    ]


def figures(found: Imported) -> dict[tuple[str, str], str]:
    return {(figure.indicator.id, figure.period.label): figure.new for figure in found.outcome.figures}


# form II.06a/VPCP/KSTT


def form(repository: Path) -> str:
    return (repository / "plan/imports/ii-06a.yaml").read_text(encoding="utf-8")


def test_the_form_of_the_one_stop_system_fills_its_statistics(real: Path) -> None:
    data = form_06a()
    request = ImportRequest(Given("bieu.xlsx", data), None, "ii-06a.yaml", "2023-07")
    found = import_file(real, request, Manner(DAY, illustrative=True))
    told = figures(found)
    assert told["ho-so-dung-han", "2023-07"] == "412/418"
    assert [
        told[key, "2023-07"] for key in ("ho-so-tiep-nhan", "ho-so-ky-truoc-chuyen", "ho-so-dang-giai-quyet-qua-han")
    ] == [
        *("520", "10", "3"),
    ]
    assert len(told) == 12
    assert {problem.code for problem in found.outcome.doubts} == {"W505", "W518"}  # against made-up months before
    written = (real / "data/2023-07.yaml").read_text(encoding="utf-8")
    digest = sha256(data).hexdigest()
    assert written.count(f"title: Biểu II.06a/VPCP/KSTT\n        kept_at: bieu.xlsx\n        sha256: {digest}\n") == 12
    again = import_file(real, request, Manner(DAY))
    assert not again.outcome.written
    assert all(change.unchanged for change in again.outcome.changes)
    assert (real / "data/2023-07.yaml").read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", ["bieu (1).xlsx", "bieu-thang-7.xlsx"])
def test_the_same_workbook_under_another_name_is_no_change(real: Path, name: str) -> None:
    data = form_06a()
    request = ImportRequest(Given("bieu.xlsx", data), None, "ii-06a", "2023-07")
    import_file(real, request, Manner(DAY, illustrative=True))
    written = (real / "data/2023-07.yaml").read_bytes()
    again = import_file(real, replace(request, given=Given(name, data)), Manner(DAY))
    assert not again.outcome.written
    assert (real / "data/2023-07.yaml").read_bytes() == written


def test_the_same_workbook_put_into_the_workspace_is_no_change_even_with_more_evidence_beside(real: Path) -> None:
    data = form_06a()
    request = ImportRequest(Given("bieu.xlsx", data), None, "ii-06a", "2023-07")
    import_file(real, request, Manner(DAY, illustrative=True))
    file = real / "data/2023-07.yaml"
    entry, evidence = "  ho-so-dung-han:\n", "    evidence:\n"
    before, after = file.read_text(encoding="utf-8").split(entry)
    file.write_text(before + entry + after.replace(evidence, f"{evidence}      - https://xa.example/a\n", 1), "utf-8")
    written = file.read_bytes()
    again = import_file(real, replace(request, path=real / "plan/bieu.xlsx"), Manner(DAY))
    assert not again.outcome.written
    assert file.read_bytes() == written


def test_another_workbook_with_the_same_figures_is_refused_by_its_evidence(real: Path) -> None:
    request = ImportRequest(Given("bieu.xlsx", form_06a()), None, "ii-06a", "2023-07")
    import_file(real, request, Manner(DAY, illustrative=True))
    other = replace(request, given=Given("bieu.xlsx", form_06a() + bytes(9)))
    with pytest.raises(CellsRefused) as refused:
        import_file(real, other, Manner(DAY))
    assert len(refused.value.refusals) == 12
    told = excerpt.error_text(refused.value.refusals[0][1], translator(Language.VIETNAMESE))
    assert "nhưng khác ở: minh chứng (evidence)" in told
    import_file(real, other, Manner(DAY, replace=True))
    assert "bieu.xlsx" in (real / "data/2023-07.yaml").read_text(encoding="utf-8")


def test_sums_that_do_not_agree_with_their_parts_are_listed(real: Path) -> None:
    data = form_06a((521, 312, 198, 10, 418, 120, 292, 6, 102, 99, 3))
    found = import_file(
        real, ImportRequest(Given("bieu.xlsx", data), None, "ii-06a", "2023-07"), Manner(DAY, illustrative=True)
    )
    (wrong,) = (problem for problem in found.outcome.doubts if problem.code == "W501")
    assert (wrong.args["whole"], wrong.args["sum"]) == ("ho-so-tiep-nhan", "520")
    assert wrong.span is not None


def test_a_file_of_the_workspace_is_evidence_by_its_path(real: Path) -> None:
    path = real / "bieu-mau/b.xlsx"
    path.parent.mkdir()
    path.write_bytes(form_06a())
    request = ImportRequest(Given("b.xlsx", path.read_bytes()), path, "ii-06a", "2023-07", Beside(source="Sổ"))
    import_file(real, request, Manner(DAY, illustrative=True))
    written = (real / "data/2023-07.yaml").read_text(encoding="utf-8")
    assert "      - path: bieu-mau/b.xlsx\n        title: Biểu II.06a" in written
    assert "source: Sổ\n" in written


# tables


def test_a_figure_a_row_with_its_columns_found_by_their_heads(small: Path) -> None:
    data = book(
        ["Kỳ", "Chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"],
        ["2023-06", "dung-han", 412, 418, ""],
        [],
        ["tháng 7/2023", "ĐÚNG HẠN", "1.234", "1.300", ""],
        ["2023-06", "Số lượng", "", "", "1.234"],
        ["2023Q2", "kinh-phi", "", "", "93,5"],
        [2022, "hang", "", "", "5/17"],
        ["2022", "loai", "", "", "Tốt"],
        ["2022", "cong-khai", "", "", True],
        ["2023Q2", "loi", "", "", "=1+1 | hai"],
    )
    assert figures(take(small, data, TABLE)) == {
        ("dung-han", "2023-06"): "412/418",
        ("dung-han", "2023-07"): "1234/1300",
        ("so-luong", "2023-06"): "1234",
        ("kinh-phi", "2023Q2"): "93.5",
        ("hang", "2022"): "5/17",
        ("loai", "2022"): "tốt",
        ("cong-khai", "2022"): "có",
        ("loi", "2023Q2"): "=1+1 | hai",
    }


def test_a_column_a_figure_and_a_row_a_month(small: Path) -> None:
    data = book(["Tháng", "Trước hạn", "Đúng hạn", "Đã trả", "Số lượng"], ["2023-05", 1, 2, 3, 9], ["", "", "", "", 8])
    assert figures(take(small, data, WIDE, period="2023-06")) == {
        ("dung-han", "2023-05"): "3/3",
        ("so-luong", "2023-05"): "9",
        ("so-luong", "2023-06"): "8",
    }


def test_single_cells_are_read_and_subtracted(small: Path) -> None:
    mapping = HEAD + "period: A1\nfigures:\n  - {indicator: dung-han, numerator: B2 - C2, denominator: B2}\n"
    assert figures(take(small, book(["2023-06"], ["x", 10, 3]), mapping)) == {("dung-han", "2023-06"): "7/10"}


def test_a_percentage_is_the_number_before_its_sign(small: Path) -> None:
    mapping = HEAD + "figures:\n  - {indicator: dung-han, value: A1}\n"
    shown = book(fill=lambda made, sheet: sheet.write(0, 0, 0.9856, made.add_format({"num_format": "0.00%"})))
    assert figures(take(small, shown, mapping, period="2023-06")) == {("dung-han", "2023-06"): "98.56"}
    assert figures(take(small, book(["98,56%"]), mapping + "numbers: vi\n", period="2023-07")) == {
        ("dung-han", "2023-07"): "98.56"
    }


def test_csv_is_read_with_an_import_file_too(small: Path) -> None:
    data = "Tháng;Trước;Đúng;Trả;Số\n2023-05;1;2;3;9\n2023-06;1;x;3;\n"
    assert refusals(small, data, WIDE) == [
        "bang.csv:3:3: “x” is no number",
        "bang.csv:3:5: the cell is empty, but a figure is read from it",
    ]


# everything in the way, by its cell


def odd(made: Any, sheet: Any) -> None:
    day, percent = made.add_format({"num_format": "d/m/yyyy"}), made.add_format({"num_format": "0%"})
    sheet.write_datetime("B2", datetime(2023, 12, 5), day)  # noqa: DTZ001
    sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D2", "=1+1", None, "")
    sheet.write("E2", "1.234")
    sheet.merge_range("B3:C3", 5)
    sheet.write("D3", 0.5, percent)
    sheet.write("E3", "không rõ")
    sheet.write_row("B4", [1, 2, True, ""])
    sheet.write_row("B5", [-1, 2, 3, -5])
    sheet.write_row("B6", [5, 2, 3, 4.5])
    sheet.write_datetime("A7", datetime(2023, 6, 1), day)  # noqa: DTZ001
    sheet.write_row("B7", [1, 2, 3, 4])
    sheet.write("A8", "tháng 13")
    sheet.write_row("B8", [1, 2, 3, 4])


def test_every_fault_is_told_by_its_cell_and_nothing_is_written(small: Path) -> None:
    rows = [["Tháng", "Trước", "Đúng", "Trả", "Số"], *([f"2023-0{month}"] for month in range(1, 6))]
    told = refusals(small, book(*rows, fill=odd), WIDE)
    assert told == [
        "Bảng!B2: the cell holds the day or time 2023-12-05; spreadsheets make days of 5/12 and 6/2023",
        "Bảng!C2: the cell holds the error #DIV/0!",
        "Bảng!D2: the cell holds a formula whose result the file does not have",
        "Bảng!E2: “1.234” is a text, and the import file does not say how texts hold numbers",
        "Bảng!B3: the cell is merged with others, so its figure may belong to any of them",
        "Bảng!C3: the cell is merged with others, so its figure may belong to any of them",
        "Bảng!D3: the cell shows 50 %, which can mean 50 or 0,5",
        "Bảng!E3: “không rõ” is no number",
        "Bảng!D4: “có” is no number",
        "Bảng!E4: the cell is empty, but a figure is read from it",
        "Bảng!E5: “-5” is no value of so-luong",
        "Bảng!B6: dung-han: numerator 7 is larger than denominator 3",
        "Bảng!E6: “4.5” is no value of so-luong",
        "Bảng!A7: the cell holds the day or time 2023-06-01; spreadsheets make days of 5/12 and 6/2023",
        "Bảng!A8: not a period:",
    ]


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("row: {column: B, equals: Cộng}\nfigures: [{indicator: so-luong, value: C}]\n", "Bảng!B1: no row says “Cộng”"),
        ("row: {column: B, equals: tổng}\nfigures: [{indicator: so-luong, value: C}]\n", "Bảng!B4: several rows say “tổng”: 3, 4"),
        ("head: {from: 1, to: 9}\nfigures: [{indicator: so-luong, value: C}]\n", "Bảng!A10: the table has no rows below its head"),
        ("head: {from: 1, to: 2}\nfigures: [{indicator: so-luong, value: <Số>}]\n", "Bảng!A2: several columns have the head <Số>: C, D"),
        ("head: {from: 1, to: 2}\nfigures: [{indicator: so-luong, value: <Nữ>}]\n", "Bảng!A2: no column has the head <Nữ>"),
        ("head: {from: 1, to: 3}\nperiod: <Kỳ>\nfigures: [{indicator: so-luong, value: C}]\n", "Bảng!A3: no column has the head <Kỳ>"),
        ("head: {from: 1, to: 3}\nindicator: A\nfigures: [{value: C}]\n", "Bảng!A4: the plan has no indicator or statistic “y”"),
        ("head: {from: 1, to: 3}\nfigures: [{indicator: loai, value: C + D}]\n", "Bảng!C4: the value of loai is no number, so there is nothing to add up"),
        ("head: {from: 1, to: 3}\nfigures: [{indicator: so-luong, value: C, optional: true}]\nperiod: A\n", "Bảng!A4: not a period:"),
        ("figures: [{indicator: so-luong, value: Z9, optional: true}]\n", "Bảng!A1: the file holds no figures"),
    ],
)  # fmt: skip
def test_a_table_that_the_import_file_does_not_fit(small: Path, mapping: str, told: str) -> None:
    data = book(["", "", "Số người", "Số hộ"], ["", "", "a", "b"], ["x", "Tổng", 1, 2], ["y", "TỔNG", 3, 4])
    assert refusals(small, data, HEAD + mapping, period="2022") == [told]


def test_heads_above_each_other_tell_columns_apart(small: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:B1", "Đã giải quyết")
        sheet.merge_range("C1:D1", "Đang giải quyết")
        sheet.write_row("A2", ["Quá\nhạn ", "Quá hạn lâu", "Quá hạn", 2023])
        sheet.write_row("A3", [1, 2, 3, 4])

    def value_of(head: str) -> Imported:
        mapping = f"{HEAD}head: {{from: 1, to: 2}}\nfigures: [{{indicator: so-luong, value: {head}}}]\n"
        return take(small, book(fill=fill), mapping, period="2023-06", dry_run=True)

    told = {
        head: figures(value_of(f"<{head}>")) for head in ("đã giải quyết | quá hạn", "đang | quá hạn", "lâu", "2023")
    }
    assert [next(iter(found.values())) for found in told.values()] == ["1", "3", "2", "4"]


def test_a_rank_has_its_number_and_points_beside(small: Path) -> None:
    mapping = HEAD + "figures: [{indicator: hang, value: A1, of: B1, points: C1}]\n"
    take(small, book([5, 17, 86.25]), mapping, period="2022")
    assert "value: 5\n    of: 17\n    points: 86.25\n" in (small / "data/2022.yaml").read_text(encoding="utf-8")
    assert refusals_without_files(small, book([5, "x", 86.25]), mapping) == ["Bảng!B1: “x” is no number"]


def refusals_without_files(root: Path, data: bytes, mapping: str) -> list[str]:
    for file in root.glob("data/*.yaml"):
        file.unlink()
    return refusals(root, data, mapping, period="2022")


def test_signs_that_nobody_sees_are_refused(small: Path) -> None:
    told = refusals(
        small, book(["Kỳ", "Chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"], ["2023Q2", "loi", "", "", "a\u202eb"]), TABLE
    )
    assert told == ["Bảng!E2: text: the sign U+202E cannot be seen"]


def test_a_figure_that_is_there_is_not_overwritten(small: Path) -> None:
    mapping = HEAD + "figures: [{indicator: so-luong, value: A1}]\n"
    take(small, book([5]), mapping, period="2023-06")
    with pytest.raises(CellsRefused) as refused:
        take(small, book([6]), mapping, period="2023-06")
    assert refused.value.exit is Exit.WORLD
    assert figures(take(small, book([6]), mapping, period="2023-06", replace=True)) == {("so-luong", "2023-06"): "6"}


def test_a_fault_of_very_many_cells_is_told_once_with_all_of_them(small: Path) -> None:
    data = "Tháng;Trước;Đúng;Trả;Số\n" + "2023-05;1;2;3;x\n" * 300
    with pytest.raises(CellsRefused) as refused:
        take(small, data, WIDE)
    told = refusals_text(refused.value.refusals, translator(Language.VIETNAMESE)).splitlines()
    assert len(refused.value.refusals) == 300 + 299  # no number, and the same figure again
    assert len(told) == 6
    assert (told[2].startswith("  300 chỗ: "), told[2].endswith("bang.csv:301:5")) == (True, True)
    assert (told[5].startswith("  299 chỗ: "), told[5].endswith("bang.csv:301:2")) == (True, True)
    assert refused.value.arguments["count"] == 599


def test_a_hundred_thousand_rows_end_with_a_finding(small: Path) -> None:
    data = "Tháng;Trước;Đúng;Trả;Số\n" + ";;;;\n" * 99_998 + "2023-05;1;1;2;4\n"
    assert len(figures(take(small, data, WIDE))) == 2


def test_an_import_file_with_errors_is_not_used(small: Path) -> None:
    with pytest.raises(FilesHaveErrors) as refused:
        take(small, book([5]), HEAD + "figures: [{indicator: so-luon, value: A1}]\n")
    assert [problem.code for problem in refused.value.problems] == ["E301"]


def test_an_import_file_that_is_not_there_names_those_that_are(real: Path) -> None:
    assert mapping_names(real) == ("ii-06a",)
    with pytest.raises(NoSuchImport) as refused:
        import_file(real, ImportRequest(Given("a.xlsx", b""), None, "06a"), Manner(DAY))
    assert (refused.value.exit, refused.value.arguments["nearest"]) == (2, ("ii-06a",))


# a head of our columns, without an import file


def test_a_workbook_with_our_columns_needs_no_import_file(small: Path) -> None:
    data = book(
        ["Indicator", "period", "numerator", "denominator", "value", "note", "unit"],
        ["dung-han", "2023-06", 412, 418, "", "'=1+1", "%"],
        ["so-luong", "", "", "", 1234, "", ""],
        ["kinh-phi", "2023Q2", "", "", 1.234, "", ""],
        [],
    )
    assert figures(take(small, data, period="2023-05")) == {
        ("dung-han", "2023-06"): "412/418",
        ("so-luong", "2023-05"): "1234",
        ("kinh-phi", "2023Q2"): "1.2340",
    }
    written = (small / "data/2023-06.yaml").read_text(encoding="utf-8")
    assert "note: =1+1\n" in written
    assert "evidence" not in written


def test_its_faults_are_told_by_their_cells(small: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_datetime("C2", datetime(2023, 12, 5), made.add_format({"num_format": "d/m"}))  # noqa: DTZ001
        sheet.write("E3", "thừa")

    data = book(
        ["indicator", "period", "value"], ["dung-han", "2023-06"], ["so-luong", "2023-06", 3], ["khong-co", "2023-06", 1],
        ["so-luong", "2023-06"], fill=fill,
    )  # fmt: skip
    assert refusals(small, data) == [
        "Bảng!C2: the cell holds the day or time 2023-12-05; spreadsheets make days of 5/12 and 6/2023",
        "Bảng!E3: more cells than columns",
        "Bảng!A4: the plan has no indicator or statistic “khong-co”",
        "Bảng!A5: value is missing",
    ]


def test_a_value_that_does_not_fit_is_told_by_its_cell(small: Path) -> None:
    data = "indicator;period;value;numerator;denominator\nso-luong;2023-06;-3\nkinh-phi;2023Q2;1.234\n"
    assert refusals(small, data + "dung-han;2023-06;;1,5;2\n") == [
        "bang.csv:2:3: “-3” is no value of so-luong",
        "bang.csv:3:3: “1.234” can mean 1234 or 1,234",
        "bang.csv:4:4: “1,5/2” is no value of dung-han",
    ]


def test_csv_with_our_columns_needs_no_import_file(small: Path) -> None:
    assert figures(take(small, "indicator;value\ndung-han;412/418\n", period="2023-06")) == {
        ("dung-han", "2023-06"): "412/418"
    }


@pytest.mark.parametrize("data", ["Tên,Số\na,1\n", "", "indicator,indicator\n"])
def test_other_heads_ask_for_an_import_file(small: Path, data: str) -> None:
    with pytest.raises(NeedsMapping):
        take(small, data)


def test_a_head_alone_is_no_table(small: Path) -> None:
    with pytest.raises(CommandError, match="no figures"):
        take(small, "indicator,value\n")


# JSON lines


LINES = """\
{"indicator": "dung-han", "period": "2023-06", "numerator": 412, "denominator": 418, "evidence": ["bieu.pdf"]}

{"indicator": "kinh-phi", "period": "2023Q2", "value": 1.234, "note": null}
{"indicator": "so-luong", "value": 7, "schema": "cchc/figures/1"}
"""
BAD_LINES = """\
{"indicator": "so-luong", "period": "2023-04", "value": "ba"}
{"indicator": "so-luong", "period": "2023-03" "value": 3}
{"indicator": "dung-hann", "period": "2023-03", "value": 3}
{"indicator": "so-luong", "period": "2023-03", "colour": 3}
{"indicator": "dung-han", "period": "2023-06", "value": "412/418"}
[]
"""
FIGURES = {("dung-han", "2023-06"): "412/418", ("kinh-phi", "2023Q2"): "1.2340", ("so-luong", "2023-05"): "7"}


@pytest.mark.parametrize(
    ("name", "before"), [("a.jsonl", ""), ("A.NDJSON", ""), ("stdin", ""), ("a.txt", " \n"), ("a.jsonl", "\ufeff")]
)
def test_json_lines_are_known_by_their_name_or_first_sign(small: Path, name: str, before: str) -> None:
    data = (before + LINES).replace("\n", "\r\n" if name == "stdin" else "\n").encode()
    assert figures(take(small, data, name=name, period="2023-05")) == FIGURES
    again = take(small, data, name=name, period="2023-05")
    assert not again.outcome.written


def test_every_fault_of_json_lines_is_told_by_its_line_and_nothing_is_written(small: Path) -> None:
    text = LINES + BAD_LINES
    assert refusals(small, text.encode(), name="a.jsonl") == [
        "a.jsonl:4: period is missing",
        "a.jsonl:5: “ba” is no value of so-luong",
        "a.jsonl:6: this is not JSON from column 47 on: Expecting ',' delimiter",
        "a.jsonl:7: the plan has no indicator or statistic “dung-hann”",
        "a.jsonl:8: columns that are not known, or stand twice",
        "a.jsonl:9: dung-han for 2023-06 stands in a.jsonl:1 already",
        "a.jsonl:10: a line holds one object",
    ]


def test_a_file_that_its_name_makes_json_lines_is_read_as_such(small: Path) -> None:
    assert refusals(small, b"indicator,value\n", name="a.jsonl") == [
        "a.jsonl:1: this is not JSON from column 1 on: Expecting value"
    ]
    with pytest.raises(CommandError, match="no figures"):
        take(small, b"\n", name="a.jsonl")


def test_json_lines_need_no_import_file_and_are_refused_with_one(small: Path) -> None:
    with pytest.raises(MappingOfLines):
        take(small, LINES.encode(), TABLE, name="a.jsonl")


def test_too_many_json_lines_are_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINES", 2)
    with pytest.raises(tables.TooManyLines):
        take(small, LINES.encode(), name="a.jsonl")


def test_a_dry_run_writes_nothing(small: Path) -> None:
    found = take(small, "indicator;value\nso-luong;5\n", period="2023-06", dry_run=True)
    assert not found.outcome.written
    assert not list(small.glob("data/*"))


def test_a_period_has_to_be_said_somewhere(small: Path) -> None:
    with pytest.raises(PeriodMissing):
        take(small, book([5]), HEAD + "figures: [{indicator: so-luong, value: A1}]\n")
    assert refusals(small, book(["h"] * 5, ["", 1, 2, 3, 4]), WIDE) == ["Bảng!A2: no period stands here"]


def test_a_figure_that_stands_twice_names_the_other_place(small: Path) -> None:
    data = book(["Kỳ", "Chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"], *([["2023-06", "dung-han", 1, 2]] * 2))
    assert refusals(small, data, TABLE) == ["Bảng!C3: dung-han for 2023-06 stands in Bảng!C2 already"]


def test_very_many_figures_are_written_without_verdicts(small: Path) -> None:
    months = [f"{year}-{month:02}" for year in (2021, 2022, 2023) for month in range(1, 13)]
    lines = [f"{name};{month};5/5" for month in months for name in ("dung-han",)]
    lines += [f"so-luong;{month};{count}" for count, month in enumerate(months)]
    lines += [f"kinh-phi;{year}Q{quarter};1,5" for year in (2021, 2022, 2023) for quarter in range(1, 5)]
    lines += [f"loi;{year}Q{quarter};lời" for year in (2022, 2023) for quarter in range(1, 5)]
    lines += [
        f"{name};{year};{value}"
        for year in (2021, 2022, 2023)
        for name, value in (("hang", "5/17"), ("loai", "tốt"), ("cong-khai", "có"))
    ]
    found = take(small, "\n".join(["indicator;period;value", *lines]))
    assert len(found.outcome.figures) == 101
    assert all(not figure.verdicts for figure in found.outcome.figures)
    again = take(small, "\n".join(["indicator;period;value", *lines]))
    assert not again.outcome.written
