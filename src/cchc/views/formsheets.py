"""The form of a period as a workbook: the sheet to be filled in; `formkept` writes the hidden one."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import Any

from cchc.core.entryform import (
    BESIDE,
    FIGURE,
    HEAD,
    HEAD_BY,
    HEAD_ON,
    KEY,
    MARK,
    EntryForm,
    Input,
    Shown,
)
from cchc.core.fields import Amounts, Kind
from cchc.core.model import Indicator
from cchc.texts import Translate
from cchc.views import sheets
from cchc.views.formkept import Ranges, hide, kept_rows, ranges_of
from cchc.views.formrules import HEADS, Rule, head_rule, rule_of
from cchc.views.present.entrypage import EntryLine, EntryPage, InputCell, entry_page
from cchc.views.sheets import Column

SHEET = "Số liệu"
_COLUMNS: Mapping[str, Column] = {
    Shown.NUMBER: Column("STT", 4),
    Shown.NAME: Column("Chỉ tiêu, số liệu", 28),
    Shown.PERIOD: Column("Kỳ số liệu", 9),
    Shown.READING: Column("Cách tính", 34),
    Shown.TARGET: Column("Mục tiêu", 12),
    Shown.UNIT: Column("Đơn vị tính", 10),
    Shown.BEFORE: Column("Kỳ trước", 14),
    Input.NUMERATOR: Column(HEADS[Input.NUMERATOR], 9),
    Input.DENOMINATOR: Column(HEADS[Input.DENOMINATOR], 9),
    Input.VALUE: Column(HEADS[Input.VALUE], 10),
    Input.OF: Column(HEADS[Input.OF], 7),
    Input.POINTS: Column(HEADS[Input.POINTS], 7),
    Input.SOURCE: Column(HEADS[Input.SOURCE], 20),
    Input.EVIDENCE: Column(HEADS[Input.EVIDENCE], 20),
    Input.QUALITY: Column(HEADS[Input.QUALITY], 7),
    Input.BY: Column(HEADS[Input.BY], 17),
    Input.ON: Column(HEADS[Input.ON], 11),
    Input.NOTE: Column(HEADS[Input.NOTE], 18),
}
_WORDS = Column(HEADS[Input.VALUE], 30)  # where some results are told in words
_WORDS_LINES = 5  # that a row offers for them
_MISSING, _WRONG, _LOCKED = "#FFF2B3", "#F7C6C5", "#F2F2F2"
_CENTRED = frozenset({0, 2, 5})  # number, period, unit
_MARKS_ROW, _TITLE_ROW, _FACTS_ROW, _FIRST_LINE = 0, 1, 2, 3
_TITLE = 22  # points
_COUNT, _AMOUNT, _DAY, _TEXT = "#,##0", "General", "dd/mm/yyyy", "@"  # a text that begins with - or = stays one


def form_workbook(form: EntryForm, _: Translate) -> bytes:
    """Return the workbook of a form, the same bytes for the same form."""
    page = entry_page(form, _)
    written = BytesIO()
    book = sheets.opened(written, f"{page.title} – {page.unit}", form.plan.head.unit.authority)
    sheet = book.add_worksheet(SHEET)
    columns = _columns(page)
    kept = list(kept_rows(form, page, (*columns, KEY)))
    _Filling(book, sheet, page, columns, ranges_of(kept, page), _).write()
    hide(book, kept)
    book.close()
    return written.getvalue()


# the sheet to be filled in


def _columns(page: EntryPage) -> dict[str, Column]:
    """Return the columns that the form's rows need."""
    kinds = {line.row.indicator.kind for line in page.lines}
    needed = {*Shown, *BESIDE, *(name for kind in kinds for name in FIGURE[kind])}
    columns = {name: column for name, column in _COLUMNS.items() if name in needed}
    if Kind.NARRATIVE in kinds:
        columns[Input.VALUE] = _WORDS
    return columns


class _Filling:
    """The sheet that people fill in, while it is written."""

    def __init__(
        self, book: Any, sheet: Any, page: EntryPage, columns: Mapping[str, Column], ranges: Ranges, _: Translate
    ) -> None:
        self.book, self.sheet, self.page, self.ranges, self.translate = book, sheet, page, ranges, _
        self.columns = columns
        self.at = {name: at for at, name in enumerate(self.columns)}
        self.key = len(self.columns)
        self.row = _FIRST_LINE
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """Write everything."""
        for at, (name, column) in enumerate(self.columns.items()):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(_MARKS_ROW, at, f"{MARK}{name}")
        self.sheet.set_column(self.key, self.key, None, None, {"hidden": True})
        self.sheet.write_string(_MARKS_ROW, self.key, f"{MARK}{KEY}")
        self.sheet.set_row(_MARKS_ROW, None, None, {"hidden": True})
        self._told()
        self._asked()
        self._heads()
        for group in self.page.groups:
            self._group(group.title)
            for line in group.lines:
                self._line(line)
        self._finish()

    def _told(self) -> None:
        """Write the title, what the form is about, and what to do."""
        self.sheet.set_row(_TITLE_ROW, _TITLE)
        title = f"{self.page.title} – {self.page.unit}"
        self.sheet.write_string(_TITLE_ROW, 0, title, self._look(bold=True, font_size=14))
        self.sheet.write_string(_FACTS_ROW, 0, self.page.facts, self._look(italic=True))
        for text in filter(None, (self.page.mark, self.page.closed)):
            self.sheet.write_string(self.row, 0, text, self._look(bold=True, font_color="#9C1C12"))
            self.row += 1
        for number, text in enumerate(self.page.instructions, start=1):
            self.sheet.write_string(self.row, 0, f"{number}. {text}", self._look())
            self.row += 1

    def _asked(self) -> None:
        """Write the inputs that count for every row."""
        label = self._look(bold=True, align="right")
        for name, below, form in ((Input.BY, HEAD_BY, _TEXT), (Input.ON, HEAD_ON, _DAY)):
            at = self.at[below]
            self.sheet.write_string(self.row, at - 1, f"{HEADS[name]}:", label)
            text = self.page.provider if name is Input.BY else ""
            self._input(self.row, at, InputCell(text), form, head_rule(name, self.ranges.people, self.translate))
        self.sheet.write_string(self.row, self.key, HEAD)
        self.row += 1

    def _heads(self) -> None:
        narrower = [Column("", column.width - 1) for column in self.columns.values()]  # bold
        heads = [column.head for column in self.columns.values()]
        look = self._boxed(bold=True, align="center", valign="vcenter", bg_color=sheets.FILL)
        self.sheet.set_row(self.row, sheets.row_height(heads, narrower))
        for at, head in enumerate(heads):
            self.sheet.write_string(self.row, at, head, look)
        self.heads = self.row
        self.row += 1

    def _group(self, title: str) -> None:
        look = self._boxed(bold=True, bg_color=sheets.FILL, text_wrap=False, left=0, right=0)
        for at in range(self.key):
            self.sheet.write_blank(self.row, at, None, look)
        self.sheet.write_string(self.row, 0, title, look)
        self.row += 1

    def _line(self, line: EntryLine) -> None:
        """Write a row: what it is about, its inputs, its key."""
        shown = (line.number, line.name, line.period, line.reading, line.target, line.unit, line.before)
        for at, text in enumerate(shown):
            self.sheet.write_string(self.row, at, text, self._boxed(align="center" if at in _CENTRED else "left"))
        places = {name: f"${_letter(at)}${self.row + 1}" for name, at in self.at.items() if isinstance(name, Input)}
        scale = self.ranges.scales.get(line.row.indicator.scale, "")
        for name, at in self.at.items():
            if not isinstance(name, Input):
                continue
            cell = line.inputs.get(name)
            if cell is None:
                self.sheet.write_blank(self.row, at, None, self._boxed(bg_color=_LOCKED))
                continue
            source = scale if name is Input.VALUE else self.ranges.people
            rule = rule_of(line.row.indicator, name, places, source, self.translate)
            self._input(self.row, at, cell, _form_of(line.row.indicator, name), rule)
        self._colours(line.row.indicator, places)
        self.sheet.write_string(self.row, self.key, line.row.key)
        self.sheet.set_row(self.row, self._height(line))
        self.row += 1

    def _input(self, row: int, at: int, cell: InputCell, form: str, rule: Rule) -> None:
        """Write an input with what stands there, and what it takes."""
        look = self._boxed(locked=cell.locked, num_format=form, **({"bg_color": _LOCKED} if cell.locked else {}))
        match cell.shown:
            case "":
                self.sheet.write_blank(row, at, None, look)
            case str():
                self.sheet.write_string(row, at, cell.shown, look)
            case date():
                self.sheet.write_datetime(row, at, cell.shown, look)
            case number:
                self.sheet.write_number(row, at, sheets.binary(Fraction(number)), look)
        self.sheet.data_validation(row, at, row, at, rule)

    def _colours(self, indicator: Indicator, places: Mapping[Input, str]) -> None:
        """Let a figure that is missing, or a share above 100 %, be seen."""
        missing, wrong = self._fill(_MISSING), self._fill(_WRONG)
        value = places[Input.VALUE]
        if indicator.kind is not Kind.RATIO:
            self._where(Input.VALUE, f"=ISBLANK({value})", missing)
            return
        above, below = places[Input.NUMERATOR], places[Input.DENOMINATOR]
        for name in (Input.NUMERATOR, Input.DENOMINATOR):
            self._where(name, f"=AND(ISBLANK({places[name]}),ISBLANK({value}))", missing)
            if indicator.is_share:
                self._where(name, f"=AND(ISNUMBER({above}),ISNUMBER({below}),{above}>{below})", wrong)

    def _where(self, name: Input, formula: str, look: Any) -> None:
        at = self.at[name]
        self.sheet.conditional_format(
            self.row, at, self.row, at, {"type": "formula", "criteria": formula, "format": look}
        )

    def _height(self, line: EntryLine) -> int | None:
        texts = [line.number, line.name, line.period, line.reading, line.target, line.unit, line.before]
        texts += ["" if cell is None else _text_of(cell) for cell in map(line.inputs.get, self._inputs())]
        height = sheets.row_height(texts, tuple(self.columns.values()))
        least = _WORDS_LINES * sheets.LINE if line.row.indicator.kind is Kind.NARRATIVE else 0
        return max(height or 0, least) or None

    def _inputs(self) -> Iterator[Input]:
        return (name for name in self.columns if isinstance(name, Input))

    def _finish(self) -> None:
        """Lock what is not filled in; set up the screen and the paper."""
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        self.sheet.freeze_panes(self.heads + 1, self.at[Shown.NAME] + 1)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(sheets.PAPER_A4)
        self.sheet.set_margins(left=0.5, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.heads)
        self.sheet.print_area(0, 0, self.row - 1, self.key - 1)
        said = " · ".join(filter(None, (self.page.title, self.page.mark)))
        self.sheet.set_footer(f"&L{said.replace('&', '&&')}&R&P/&N")

    def _look(self, **options: Any) -> Any:
        """Return a look of the head: no borders, no wrapping."""
        return self._format({"font_name": "Times New Roman", "font_size": 11, **options})

    def _boxed(self, **options: Any) -> Any:
        """Return a look of the table."""
        return self._format({**sheets.TEXT, **options})

    def _fill(self, colour: str) -> Any:
        return self._format({"bg_color": colour})

    def _format(self, options: Mapping[str, Any]) -> Any:
        key = tuple(sorted(options.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(options))
        return self.formats[key]


def _form_of(indicator: Indicator, name: Input) -> str:
    """Return the number format of an input."""
    whole = indicator.amounts is Amounts.WHOLE
    match name:
        case Input.NUMERATOR | Input.DENOMINATOR:
            return _COUNT if whole else _AMOUNT
        case Input.VALUE if indicator.kind in {Kind.COUNT, Kind.RANK}:
            return _COUNT
        case Input.VALUE if indicator.kind in {Kind.RATIO, Kind.NUMBER}:
            return _AMOUNT
        case Input.OF:
            return _COUNT
        case Input.POINTS:
            return _AMOUNT
        case Input.ON:
            return _DAY
        case _:
            return _TEXT


def _text_of(cell: InputCell) -> str:
    return cell.shown if isinstance(cell.shown, str) else ""


def _letter(at: int) -> str:
    return chr(ord("A") + at)  # never more than twenty columns
