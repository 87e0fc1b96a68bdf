"""Files that are imported, to tables: CSV in every guise, and the sheet that is meant."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from cchc.core.errors import CommandError
from cchc.workspace import tables
from cchc.workspace.tables import Given, csv_sheet, sheet_of, text_of


def book(*names: str, hidden: str = "") -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as made:
        for name in names:
            sheet = made.add_worksheet(name)
            sheet.write(0, 0, name)
            if name == hidden:
                sheet.hide()
    return written.getvalue()


def refusal(act: Callable[[], Any]) -> tuple[str, int]:
    with pytest.raises(CommandError) as refused:
        act()
    return type(refused.value).__name__, refused.value.exit


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Tỷ lệ;1".encode(), None),
        ("\ufeffTỷ lệ;1".encode(), None),
        ("\ufeffTỷ lệ;1".encode("utf-16-le"), "utf-16"),
        ("Tỷ lệ;1".encode("utf-16-be"), "UTF-16BE"),
        (b"T\xfd\xd2 l\xea\xf2;1", "windows-1258"),
    ],
)
def test_a_text_in_its_encoding(data: bytes, encoding: str | None) -> None:
    text = text_of(Given("a.csv", data, encoding))
    assert text.endswith(";1")
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("data", "encoding", "error"),
    [
        (b"a", "khong-co", "UnknownEncoding"),
        (b"a", "hex", "UnknownEncoding"),
        (b"a", "utf\x008", "UnknownEncoding"),
        ("Tỷ".encode("utf-16"), None, "NotInEncoding"),
        ("Tỷ".encode("utf-16-le"), None, "NotInEncoding"),
        (b"\xff\xfea", None, "NotInEncoding"),
        (b"a\0b", None, "NotInEncoding"),
        (b"\xd8", "utf-8", "NotInEncoding"),
    ],
)
def test_a_text_that_is_none_is_refused(data: bytes, encoding: str | None, error: str) -> None:
    assert refusal(lambda: text_of(Given("a.csv", data, encoding))) == (error, 2)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_the_lines_of_the_file(delimiter: str, end: str) -> None:
    lines = ("Biểu", "a{0} b {0}", '"một\nhai"{0}2{0}3', "cuối{0}{0}")
    sheet = csv_sheet("b.csv", end.join(line.format(delimiter) for line in lines) + end)
    assert [list(row) for row in sheet.rows] == [
        ["Biểu"],
        ["a", "b", None],
        ["một\nhai", "2", "3"],
        [],
        ["cuối", None, None],
    ]
    assert sheet.place(4, 0) == "b.csv:5:1"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("indicator;value\nloi;một, hai, ba, bốn\n", ";"),
        ("Báo cáo, tháng 6, xã\na;b\nc;1,5\nd;2,5\n", ";"),
        ("a,b\n1,x; y; z\n", ","),
        ("a\tb\nx, y\t1\n", "\t"),
        ("a,b,c;d\n", ","),
        ("a\n", ","),
        ("", ","),
    ],
)
def test_what_stands_between_cells_is_told_by_all_lines(text: str, delimiter: str) -> None:
    assert tables.delimiter_of(text) == delimiter


def test_what_is_no_csv_says_its_line() -> None:
    with pytest.raises(tables.NotCsv) as refused:
        csv_sheet("b.csv", 'a,b\n"c"d,e\n')
    assert refused.value.arguments["line"] == 2
    assert refusal(lambda: csv_sheet("b.csv", '"' + "x" * 200_000 + '",'))[0] == "NotCsv"


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINES", 3)
    assert len(csv_sheet("b.csv", "a\n" * 3).rows) == 3
    assert refusal(lambda: csv_sheet("b.csv", "a\n" * 4)) == ("TooManyLines", 2)


@pytest.mark.parametrize(
    ("names", "hidden", "wanted", "found"),
    [
        (("Một",), "", None, "Một"),
        (("Một", "Hai"), "Hai", None, "Một"),
        (("Một", "Hai"), "", "Hai", "Hai"),
        (("Một", "Hai"), "", "2", "Hai"),
        (("Một", "1"), "", "1", "1"),
        (("Một", "Hai"), "Hai", "Hai", "Hai"),
    ],
)
def test_the_sheet_that_is_meant(names: tuple[str, ...], hidden: str, wanted: str | None, found: str) -> None:
    sheet = sheet_of(Given("b.xlsx", book(*names, hidden=hidden)), wanted)
    assert (sheet.name, sheet.at(0, 0)) == (found, found)


@pytest.mark.parametrize(
    ("names", "wanted", "error"),
    [
        (("Một", "Hai"), None, "NoSheet"),
        (("Một", "Hai"), "3", "NoSuchSheet"),
        (("Một", "Hai"), "0", "NoSuchSheet"),
        (("Một", "Hai"), "²", "NoSuchSheet"),
    ],
)
def test_a_sheet_that_nobody_can_tell_is_refused(names: tuple[str, ...], wanted: str | None, error: str) -> None:
    assert refusal(lambda: sheet_of(Given("b.xlsx", book(*names)), wanted)) == (error, 2)


def test_a_workbook_is_told_by_what_stands_in_it() -> None:
    assert sheet_of(Given("b.csv", book("Một")), None).at(0, 0) == "Một"
    assert refusal(lambda: sheet_of(Given("b.xlsx", b"a,b\n"), None)) == ("NotAWorkbook", 2)
    assert sheet_of(Given("b.dat", b"a,b\n"), None).rows == [["a", "b"]]
