"""Workbooks to values: what a cell shows, and what is refused before anybody makes room for it."""

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from cchc.core.errors import CommandError
from cchc.workspace import files, sheetparts, sheets
from cchc.workspace.sheets import Fault, Percent, Sheet

HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"


def made(fill: Callable[[Any, Any], object], name: str = "Số liệu") -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        fill(book, book.add_worksheet(name))
    return written.getvalue()


def with_part(name: str, content: str | bytes, data: bytes | None = None) -> bytes:
    """Return a workbook in which one part says something else."""
    found = sheetparts.parts(data or made(lambda _, sheet: sheet.write_number(0, 0, 1)))
    found[name] = content.encode() if isinstance(content, str) else content
    return sheetparts.packed(found)


def with_rows(rows: str) -> bytes:
    return with_part("xl/worksheets/sheet1.xml", HEAD + rows + FOOT)


def only(data: bytes) -> Sheet:
    return sheets.read(data)[0]


def refusal(data: bytes) -> str:
    with pytest.raises(CommandError) as refused:
        sheets.read(data)
    return refused.value.message


def test_a_cell_is_what_the_sheet_shows() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, [412, 0.1 + 0.2, -3.5, 1e20, "Tổng cộng", True])
        sheet.write_number(1, 0, 0.9856, book.add_format({"num_format": "0.00%"}))
        sheet.write_number(1, 1, 0.5, book.add_format({"num_format": '0.0 "%"'}))
        sheet.write_number(1, 2, 0.07, book.add_format({"num_format": '[Red]0.0 "điểm" %'}))
        sheet.write_datetime(1, 3, datetime(2023, 5, 12), book.add_format({"num_format": "d/m/yyyy"}))  # noqa: DTZ001
        sheet.write_string(1, 5, "=1+1")
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, "=1+1", None, "")
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.merge_range(4, 0, 5, 1, "gộp")

    sheet = only(made(fill))
    assert [list(row) for row in sheet.rows[:3]] == [
        [412, Decimal("0.3"), Decimal("-3.5"), 10**20, "Tổng cộng", True],
        [Percent(Decimal("98.56")), Decimal("0.5"), Percent(7), date(2023, 5, 12), None, "=1+1"],
        [Fault("#DIV/0!"), Fault(""), 2, None, None, None],
    ]
    assert sheet.at(4, 0) == "gộp"
    assert (sheet.area_of(4, 1), sheet.area_of(3, 1)) == ((4, 0), None)
    assert (sheet.place(11, 27), sheet.at(99, 0), sheet.at(0, 99)) == ("Số liệu!AB12", None, None)


def test_hidden_sheets_are_known_and_others_named() -> None:
    def fill(book: Any, _: Any) -> None:
        book.add_worksheet("Ẩn").hide()

    book = sheets.read_workbook(made(fill))
    assert book.names == ("Số liệu", "Ẩn")
    assert book.hidden == {"Ẩn"}
    with pytest.raises(sheets.NoSuchSheet, match="no sheet"):
        book.sheet("Khác")


def test_errors_and_formulas_beyond_the_last_value_are_seen() -> None:
    sheet = only(with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>'))
    assert sheet.at(2, 2) == Fault("#N/A")
    assert only(with_rows('<row><c/><c t="e"/><c><f>A1</f></c></row>')).rows == [[None, Fault("#?"), Fault("")]]


def test_numbers_that_are_none_are_errors() -> None:
    assert only(with_rows('<row r="1"><c r="A1"><v>1e999</v></c></row>')).rows == [[Fault("#NUM!")]]


def test_a_sheet_may_lie_at_an_absolute_place_or_nowhere() -> None:
    data = made(lambda _, sheet: sheet.write_number(0, 0, 5))
    relations = sheetparts.parts(data)["xl/_rels/workbook.xml.rels"].decode()
    moved = relations.replace('"worksheets/sheet1.xml"', '"/xl/worksheets/sheet1.xml"')
    assert only(with_part("xl/_rels/workbook.xml.rels", moved, data)).rows == [[5]]
    lost = relations.replace('"worksheets/sheet1.xml"', '"worksheets/../worksheets/sheet1.xml"')
    assert "damaged" in refusal(with_part("xl/_rels/workbook.xml.rels", lost, data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "this is no .xlsx workbook"),
        (b"indicator,value\n", "this is no .xlsx workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
    ],
)
def test_what_is_no_workbook_is_told_apart(data: bytes, message: str) -> None:
    assert message in refusal(data)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet"),
        ("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ("xl/worksheets/sheet1.xml", HEAD + '<row r="x"/>' + FOOT),
        ("xl/worksheets/sheet1.xml", HEAD + '<row><c r="1A"/></row>' + FOOT),
        ("xl/worksheets/sheet1.xml", HEAD + '<row><c r="A1" s="-1"/></row>' + FOOT),
        ("xl/worksheets/sheet1.xml", HEAD + '<row><c r="A1" t="s"><v>999</v></c></row>' + FOOT),
        ("xl/workbook.xml", "<workbook"),
        ("xl/styles.xml", '<x><numFmt formatCode="%"/></x>'),
    ],
)
def test_a_damaged_part_is_a_refusal(part: str, content: str) -> None:
    assert "damaged" in refusal(with_part(part, content))


def test_macros_are_refused() -> None:
    assert refusal(with_part("xl/vbaProject.bin", b"x")) == "the workbook holds macros"


def zipped(entries: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in entries.items():
            archive.writestr(name, held)
    return written.getvalue()


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetparts, "MAX_UNPACKED", 1 << 20)
    monkeypatch.setattr(sheetparts, "MAX_PARTS", 3)
    assert "unpacks to more" in refusal(zipped({"a": bytes((1 << 20) + 1)}))
    assert "unpacks to more" in refusal(zipped(dict.fromkeys("abcd", b"")))
    lying = zipped({"a": bytes(1 << 21)}).replace((1 << 21).to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert "damaged" in refusal(lying)
    assert sheetparts.parts(zipped({"folder/": b"", "a": b"x"})) == {"a": b"x"}


@pytest.mark.parametrize(
    "rows", ['<row r="200001"><c r="A200001"/></row>', '<row><c r="XFD1"/></row>', '<row><c r="AMJ200000"/></row>']
)
def test_cells_far_out_are_refused_before_room_is_made(rows: str) -> None:
    assert "larger than" in refusal(with_rows(rows))


def test_piles_of_merged_areas_are_refused() -> None:
    areas = "".join('<mergeCell ref="A1:B2"/>' for _ in range(sheets.MAX_MERGED + 1))
    content = HEAD + "</sheetData><mergeCells>" + areas + "</mergeCells></worksheet>"
    assert "larger than" in refusal(with_part("xl/worksheets/sheet1.xml", content))


def test_a_file_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(made(lambda _, sheet: sheet.write_number(0, 0, 7)))
    assert only(path.read_bytes()).rows == sheets.read(path)[0].rows == [[7]]
    monkeypatch.setattr(sheets, "MAX_FILE", 10)
    assert "larger than" in refusal(path.read_bytes())
    with pytest.raises(files.GivenTooLarge):
        sheets.read(path)


def test_a_file_that_is_named_and_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path, error in (
        (tmp_path / "none.xlsx", files.GivenMissing),
        (tmp_path / "a\0b", files.GivenMissing),
        (tmp_path, files.GivenUnreadable),
        (tmp_path / ("x" * 300), files.GivenUnreadable),
    ):
        with pytest.raises(error):
            files.given(path, 10)


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(sheets.ReaderMissing) as refused:
        sheets.read(made(lambda _, sheet: sheet.write_number(0, 0, 7)))
    assert (refused.value.exit, refused.value.arguments["extra"]) == (3, "xlsx")


def test_an_interruption_is_none_of_the_workbook() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sheets._guarded(interrupted)


def test_a_sheet_in_many_pieces_says_the_same_and_how_far_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    first = '<row r="1"><c r="A1"><v>0.5</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    data = with_rows(f'{first}<row r="2"><c><f>x</f></c></row>')
    whole = only(data).rows
    monkeypatch.setattr(sheetparts, "PIECE", 50)
    told: list[tuple[int, int]] = []
    book = sheets.read_workbook(data, lambda done, total: told.append((done, total)))
    parts = len(told)
    assert book.sheet(book.names[0]).rows == whole == [[Decimal("0.5"), Fault("#N/A")], [Fault("")]]
    assert told[:parts] == [(done, parts) for done in range(1, parts + 1)]
    pieces = told[parts][1]
    assert pieces > 3
    assert told[parts:] == [*((done, pieces) for done in range(1, pieces + 1)), (1, 1)]
