"""Workbooks with real numbers: the appendix of a report, and plain tables; the only door to XlsxWriter."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any, NamedTuple, TypeAlias

from cchc.core.errors import WorldError
from cchc.core.fields import Kind
from cchc.core.model import Target
from cchc.core.results import Actual, Beside, Evaluation, Report
from cchc.texts import mark
from cchc.views.excerpt import inert
from cchc.views.extras import ExtraMissing
from cchc.views.present import words
from cchc.views.present.page import ReportPage
from cchc.views.present.rows import IndicatorRow, change_of

CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal input, equal bytes
HUNDRED = 100
TEXT: dict[str, Any] = {
    "font_name": "Times New Roman",
    "font_size": 11,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
}
PAPER_A4 = 9
_PLAIN_WIDTH = 14  # digits
FILL = "#E7EAED"
LINE, _HIGHEST = 15, 409  # points: a line of the table's text, and the highest row that there is
_TITLE = 19  # points: a line of the title


class Column(NamedTuple):
    """A column: its head and its width in digits."""

    head: str
    width: int

    @property
    def letters(self) -> int:
        """How many letters of text surely stand on a line: they are narrower than digits."""
        return self.width * 6 // 5


_INDICATORS = (
    Column("STT", 5), Column("Chỉ tiêu", 38), Column("Đơn vị tính", 11), Column("Mục tiêu Kế hoạch", 18),
    Column("Kết quả trong kỳ", 13), Column("Tử số", 10), Column("Mẫu số", 10), Column("Lũy kế từ đầu năm", 12),
    Column("Cùng kỳ năm trước", 12), Column("Tăng, giảm", 16), Column("Đánh giá", 18), Column("Công chức chủ trì", 22),
    Column("Minh chứng", 28), Column("Ghi chú", 28),
)  # fmt: skip
_STATISTICS = (
    Column("STT", 5), Column("Số liệu", 46), Column("Đơn vị tính", 11), Column("Trong kỳ", 13),
    Column("Lũy kế từ đầu năm", 13), Column("Cùng kỳ năm trước", 13), Column("Tăng, giảm", 16), Column("Ghi chú", 34),
)  # fmt: skip
_TASKS = (
    Column("Vị trí", 14), Column("Nhiệm vụ", 50), Column("Chủ trì, phối hợp", 30), Column("Thời gian", 14),
    Column("Tình hình", 22), Column("Nội dung", 50),
)  # fmt: skip
_CHANGED = (Column("Chỉ tiêu", 46), Column("Số đã báo cáo", 26), Column("Số mới", 26), Column("Lý do", 46))


def workbook(report: Report, page: ReportPage) -> bytes:
    """Return the tables of the appendix, a sheet each; shares are numbers with a percent format."""
    written = BytesIO()
    book = opened(written, page.subject, page.authority)
    results = iter(report.indicators)
    sheet = _Sheet(book, page, "Chỉ tiêu", _INDICATORS)
    for group in page.groups:
        sheet.add_group(group.title)
        for row in group.rows:
            sheet.add(_indicator_cells(next(results), row))
    sheet.finish()
    if page.statistics:
        sheet = _Sheet(book, page, "Thống kê", _STATISTICS)
        for result, row in zip(report.statistics, page.statistics, strict=True):
            sheet.add(_statistic_cells(result, row))
        sheet.finish()
    years = (Column("STT", 5), Column("Chỉ tiêu", 46), *(Column(year, 24) for year in page.years))
    courses = [[Cell(int(row.number), "0"), *map(Cell, (row.name, *row.cells))] for row in page.courses]
    _plain_sheet(book, page, "Qua các năm", years, courses)
    tasks = [(task.ref, task.title, task.owner, task.when, task.state, task.text) for task in page.tasks]
    _plain_sheet(book, page, "Nhiệm vụ", _TASKS, [list(map(Cell, texts)) for texts in tasks])
    changed = [(row.name, row.old, row.new, row.reason) for row in page.changed]
    _plain_sheet(book, page, "Thay đổi", _CHANGED, [list(map(Cell, texts)) for texts in changed])
    book.close()
    return written.getvalue()


Plain: TypeAlias = str | bool | Fraction | None


class PlainSheet(NamedTuple):
    """A sheet for machines and pivot tables: a head in the first row, below it texts, numbers, yes and no."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Plain]]


class TooLongForACell(WorldError):
    """A text that no cell of a workbook can hold, or more rows than a sheet has."""

    def __init__(self, sheet: str, row: int) -> None:
        super().__init__(
            mark("{sheet}, row {row}: a workbook cannot hold this"),
            mark("Take -f csv, or a shorter period: -p PERIOD"),
            sheet=sheet,
            row=row,
        )


def plain_workbook(title: str, marked: str, sheets: Iterable[PlainSheet]) -> bytes:
    """Return a workbook of plain tables; `marked` stands at the head of its pages and in its properties."""
    written = BytesIO()
    book = opened(written, title, "")
    book.set_properties({"title": title, "comments": marked, "created": CREATED})
    head = book.add_format({"bold": True, "bg_color": FILL})
    for plain in sheets:
        sheet = book.add_worksheet(plain.name)
        if marked:
            sheet.set_header(f"&C{marked.replace('&', '&&')}")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(plain.head) - 1, _PLAIN_WIDTH)
        for at, name in enumerate(plain.head):
            sheet.write_string(0, at, name, head)
        last = 0
        for last, row in enumerate(plain.rows, 1):
            for at, value in enumerate(row):
                if _put_plain(sheet, (last, at), value):
                    raise TooLongForACell(plain.name, last + 1)
        sheet.autofilter(0, 0, last, len(plain.head) - 1)
    book.close()
    return written.getvalue()


def _put_plain(sheet: Any, place: tuple[int, int], value: Plain) -> Any:
    """Write a value as what it is and return what the library says: 0 when it is written."""
    match value:
        case None:
            return 0
        case bool():
            return sheet.write_boolean(*place, value)
        case str():
            return sheet.write_string(*place, value)
        case _:
            return sheet.write_number(*place, binary(value))


def opened(written: BytesIO, title: str, author: str) -> Any:
    """Return a new workbook that is written there when it is closed: the same bytes whenever, and texts stay texts."""
    try:
        import xlsxwriter  # noqa: PLC0415  # an extra
    except ImportError:
        raise ExtraMissing("xlsx", "XlsxWriter") from None
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": author, "created": CREATED})
    return book


class Cell(NamedTuple):
    """What stands in a cell: a text, or a number with its format."""

    value: str | Fraction | int
    form: str = ""


def _plain_sheet(
    book: Any, page: ReportPage, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> None:
    if not rows:
        return
    sheet = _Sheet(book, page, name, columns)
    for row in rows:
        sheet.add(row)
    sheet.finish()


def row_height(texts: Iterable[str], columns: Sequence[Column]) -> int | None:
    """Return the height in points of a row whose texts wrap, None for one line; not every program finds it itself."""
    pairs = zip(texts, columns, strict=True)
    lines = max(
        sum(len(textwrap.wrap(line, column.letters)) or 1 for line in text.split("\n")) for text, column in pairs
    )
    return min(lines * LINE, _HIGHEST) if lines > 1 else None


class _Sheet:
    """A sheet that is being filled: title, marks, head, rows."""

    def __init__(self, book: Any, page: ReportPage, name: str, columns: Sequence[Column]) -> None:
        self.book, self.columns = book, columns
        self.sheet = book.add_worksheet(name)
        self.formats: dict[str, Any] = {}
        head = book.add_format({**TEXT, "bold": True, "align": "center", "valign": "vcenter", "bg_color": FILL})
        self.group = book.add_format({**TEXT, "bold": True, "bg_color": FILL})
        title = book.add_format({"font_name": "Times New Roman", "font_size": 13, "bold": True})
        self.sheet.write_string(0, 0, inert(f"{page.subject} – {page.unit}"), title)
        self.sheet.write_string(
            1, 0, " · ".join(filter(None, (page.mark, page.scope, page.outdated, page.window))), title
        )
        self.sheet.set_row(0, _TITLE)
        self.sheet.set_row(1, _TITLE)
        self.row = 3
        wide = [Column("", column.width - 2) for column in columns]  # bold, beside the button of the filter
        self.sheet.set_row(self.row - 1, row_height([column.head for column in columns], wide))
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(self.row - 1, at, column.head, head)
        self._print_set_up(page)

    def _print_set_up(self, page: ReportPage) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(PAPER_A4)
        self.sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.row - 1)
        self.sheet.freeze_panes(self.row, 2)
        said = " · ".join(filter(None, (page.mark, f"Mã đối chiếu: {page.code}" if page.code else "")))
        self.sheet.set_footer(f"&L{said.replace('&', '&&')}&R&P/&N")

    def add(self, cells: Sequence[Cell]) -> None:
        """Write a row."""
        texts = [cell.value if isinstance(cell.value, str) else "" for cell in cells]
        self.sheet.set_row(self.row, row_height(texts, self.columns))
        for at, cell in enumerate(cells):
            if isinstance(cell.value, str):
                self.sheet.write_string(self.row, at, inert(cell.value), self._format(""))
            else:
                self.sheet.write_number(self.row, at, binary(cell.value), self._format(cell.form))
        self.row += 1

    def add_group(self, title: str) -> None:
        """Write a row that names an area."""
        texts = ["", title, *[""] * (len(self.columns) - 2)]
        self.sheet.set_row(self.row, row_height(texts, self.columns))
        for at in range(len(self.columns)):
            self.sheet.write_blank(self.row, at, None, self.group)
        self.sheet.write_string(self.row, 1, inert(title), self.group)
        self.row += 1

    def finish(self) -> None:
        """Let the table be filtered."""
        self.sheet.autofilter(2, 0, max(self.row - 1, 2), len(self.columns) - 1)

    def _format(self, form: str) -> Any:
        if form not in self.formats:
            self.formats[form] = self.book.add_format({**TEXT, **({"num_format": form} if form else {})})
        return self.formats[form]


def binary(value: Fraction | int) -> Any:
    """Return a number as workbooks keep it, the nearest binary one; no verdict is taken from it."""
    return value.numerator / value.denominator


def _indicator_cells(result: Evaluation, row: IndicatorRow) -> list[Cell]:
    actual = result.actual
    return [
        Cell(int(row.number), "0"),
        Cell(row.name),
        Cell(row.unit),
        Cell(row.targets),
        _figure(result, actual, row.actual, result.target),
        _count(actual.numerator if actual else None),
        _count(actual.denominator if actual else None),
        _beside(result, result.year_to_date, row.year_to_date),
        _beside(result, result.same_period_last_year, row.last_year),
        _change(result, row.change),
        Cell(row.status),
        Cell(row.owner),
        Cell(row.proof),
        Cell(row.notes),
    ]


def _statistic_cells(result: Evaluation, row: IndicatorRow) -> list[Cell]:
    return [
        Cell(int(row.number), "0"),
        Cell(row.name),
        Cell(row.unit),
        _figure(result, result.actual, row.actual, None),
        _beside(result, result.year_to_date, row.year_to_date),
        _beside(result, result.same_period_last_year, row.last_year),
        _change(result, row.change),
        Cell(row.notes),
    ]


def _beside(result: Evaluation, beside: Beside | None, text: str) -> Cell:
    """Return a figure of another period as a number; one on incomplete figures says so in words."""
    if beside is None or beside.coverage.missing:
        return Cell(text)
    return _figure(result, beside.actual, text, result.target)


def _figure(result: Evaluation, actual: Actual | None, text: str, target: Target | None) -> Cell:
    """Return a figure as a number with as many places as the report prints, words as they are."""
    if actual is None or not isinstance(actual.value, Fraction) or result.indicator.kind is Kind.RANK:
        return Cell(text)
    value = actual.value
    places = 0 if value.denominator == 1 else words.places_of(value, target)
    decimals = f".{'0' * places}" if places else ""
    if result.indicator.unit == "%":
        return Cell(value / HUNDRED, f"0{decimals}%")
    return Cell(value, f"#,##0{decimals}")


def _change(result: Evaluation, text: str) -> Cell:
    """Return a difference as a number that shows its sign, of shares in points of percentage; others as they are."""
    change = change_of(result)
    if change is None:
        return Cell(text)
    places = 0 if change.denominator == 1 else words.own_places(change)
    number = f"#,##0{'.' if places else ''}{'0' * places}"
    unit = '" điểm %"' if result.indicator.unit == "%" else ""
    return Cell(change, ";".join(f"{sign}{digits}{unit}" for sign, digits in (("+", number), ("-", number), ("", "0"))))


def _count(value: object) -> Cell:
    if value is None:
        return Cell("")
    exact = Fraction(str(value))
    return Cell(exact, "#,##0" if exact.denominator == 1 else "#,##0.00")
