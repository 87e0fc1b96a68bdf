"""Make templates/report.docx: the official sheet of NĐ 30/2020/NĐ-CP, Phụ lục I, with the names that reports have.

    python tools/word_template.py [FILE]

Offices change the file in Word; whoever changes the default changes it here. Equal input gives equal bytes.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cchc.views.documents import repacked

DEFAULT = Path(__file__).parents[1] / "templates/report.docx"
FONT = "Times New Roman"
BODY, SMALL, TABLE = Pt(14), Pt(11), Pt(10)
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
TEXT_WIDTH, WIDE = 165, 257  # mm between the margins, portrait and landscape

INDICATORS = (
    ("STT", "{{ row.number }}", 11), ("Chỉ tiêu", "{{ row.name }}", 40), ("Đơn vị tính", "{{ row.unit }}", 16),
    ("Mục tiêu Kế hoạch", "{{ row.targets }}", 22), ("Kết quả trong kỳ", "{{ row.result }}", 23),
    ("Lũy kế từ đầu năm", "{{ row.year_to_date }}", 17), ("Cùng kỳ năm trước", "{{ row.last_year }}", 17),
    ("Tăng, giảm", "{{ row.change }}", 16), ("Đánh giá", "{{ row.status }}", 18),
    ("Công chức chủ trì", "{{ row.owner }}", 24), ("Minh chứng", "{{ row.proof }}", 32),
    ("Ghi chú", "{{ row.notes }}", 21),
)  # fmt: skip
STATISTICS = (
    ("STT", "{{ row.number }}", 11), ("Số liệu", "{{ row.name }}", 82), ("Đơn vị tính", "{{ row.unit }}", 22),
    ("Trong kỳ", "{{ row.result }}", 28), ("Lũy kế từ đầu năm", "{{ row.year_to_date }}", 28),
    ("Cùng kỳ năm trước", "{{ row.last_year }}", 28), ("Tăng, giảm", "{{ row.change }}", 22),
    ("Ghi chú", "{{ row.notes }}", 36),
)  # fmt: skip
TASKS = (
    ("Vị trí", "{{ task.ref }}", 24), ("Nhiệm vụ", "{{ task.title }}", 74),
    ("Chủ trì, phối hợp", "{{ task.owner }}", 46),
    ("Thời gian", "{{ task.when }}", 24), ("Tình hình", "{{ task.state }}", 32), ("Nội dung", "{{ task.text }}", 57),
)  # fmt: skip
CHANGED = (
    ("Chỉ tiêu", "{{ row.name }}", 77), ("Số đã báo cáo", "{{ row.old }}", 55), ("Số mới", "{{ row.new }}", 55),
    ("Lý do", "{{ row.reason }}", 70),
)  # fmt: skip
CENTRED, FIGURES = frozenset({"STT"}), frozenset({"Trong kỳ", "Lũy kế từ đầu năm", "Cùng kỳ năm trước", "Tăng, giảm"})
CELL_MARGIN = 57  # twentieths of a point: 1 mm, so that phút/lượt stands on one line


def main(target: Path) -> None:
    """Write the template."""
    target.write_bytes(template())


def template() -> bytes:
    """Return the template's bytes."""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    _head(document)
    _body(document)
    _foot(document)
    _appendix(document)
    _properties(document)
    _prune(document)
    written = BytesIO()
    document.save(written)
    return repacked(written.getvalue())


def _properties(document: Any) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title = "Báo cáo"
    core.language = "vi-VN"
    core.created = core.modified = datetime(1980, 1, 1, tzinfo=UTC)


KEPT = frozenset(
    {"Normal", "Heading1", "Heading2", "DefaultParagraphFont", "TableNormal", "TableGrid", "NoList", "Header", "Footer"}
)


def _prune(document: Any) -> None:
    """Take out what the library's own default brings along: its picture, its theme, and styles that nothing uses."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in KEPT:
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    for holder, kinds in (
        (document.part.package, ("thumbnail",)),
        (document.part, ("theme", "customXml", "numbering", "stylesWithEffects")),
    ):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rpartition("/")[2] in kinds:
                del holder.rels[key]


def _styles(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(6)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.widow_control = True
    for level in (1, 2):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.bold = FONT, BODY, True
        heading.font.color.rgb = RGBColor(0, 0, 0)
        fonts = heading.element.rPr.rFonts
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), FONT)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(6)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.first_line_indent = Mm(10)


def _page(section: Any) -> None:
    """A4 portrait; margins 20, 15, 20 and 30 mm; the page's number in the middle of the top, not on the first page."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(20),
        Mm(20),
        Mm(30),
        Mm(15),
    )
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        _mark(footer.paragraphs[0])


def _number(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text
        run._r.append(part)


def _mark(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    _run(paragraph, "{{ page.mark }}", bold=True, size=SMALL)


def _run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: Any = None) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = size
    return run


def _paragraph(holder: Any, text: str = "", alignment: Any = JUSTIFY, **look: Any) -> Any:
    paragraph = holder.add_paragraph()
    paragraph.alignment = alignment
    if alignment is JUSTIFY:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if text:
        _run(paragraph, text, **look)
    return paragraph


def _control(holder: Any, statement: str) -> None:
    """Write a paragraph that is a statement of the template and leaves nothing behind."""
    holder.add_paragraph().add_run("{%p " + statement + " %}")


# head and foot


def _head(document: Any) -> None:
    table = _bare_table(document, (74, 91))
    _margins(table, 0)  # the two heads stand side by side without room to spare
    left, right = table.rows[0].cells
    _lines(left, ("{{ page.parent|upper }}", False, False), ("{{ page.authority|upper }}", True, False))
    parent = left.paragraphs[0].paragraph_format
    parent.left_indent = parent.right_indent = Mm(12)  # long names break in their middle
    _rule(left.paragraphs[-1], Mm(22))
    _lines(right, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False))
    right.paragraphs[-1].runs[0].font.size = Pt(13)
    _rule(right.paragraphs[-1], Mm(19))
    second = table.add_row().cells
    _lines(second[0], ("Số: {{ page.number }}", False, False))
    _lines(second[1], ("{{ page.date }}", False, True))
    for cell in second:
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
        cell.paragraphs[0].runs[0].font.size = Pt(13)
    title = _paragraph(document, "BÁO CÁO", CENTRE, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(0)
    _paragraph(document, "{{ page.subject }}", CENTRE, bold=True)
    for name in ("scope", "outdated", "replaces"):
        _control(document, f"if page.{name}")
        _paragraph(document, "{{ page." + name + " }}")
        _control(document, "endif")


def _bare_table(document: Any, widths: tuple[int, ...]) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _margins(table: Any, width: int) -> None:
    """Set how far the cells' text stands from their edges on the left and right."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)


def _lines(cell: Any, *lines: tuple[str, bool, bool]) -> None:
    for at, (text, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        _run(paragraph, text, bold=bold, italic=italic, size=Pt(12))


def _rule(paragraph: Any, indent: Any) -> None:
    """Draw the rule below a line of the head, shorter than the text."""
    paragraph._p.addnext(OxmlElement("w:p"))
    rule = Paragraph(paragraph._p.getnext(), paragraph._parent)
    form = rule.paragraph_format
    form.left_indent = form.right_indent = indent
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    rule._p.get_or_add_pPr().append(borders)


def _foot(document: Any) -> None:
    """Recipients on the left, the signature on the right; the row never splits over two pages."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = _bare_table(document, (80, 85))
    _unsplit(table.rows[0])
    left, right = table.rows[0].cells
    _small(left, "{%p if page.recipients %}", first=True)
    _small(left, "Nơi nhận:", bold=True, italic=True, size=Pt(12))
    _small(left, "{%p for recipient in page.recipients %}")
    _small(left, "- {{ recipient }};", size=SMALL)
    _small(left, "{%p endfor %}")
    _small(left, "- Lưu: VT.", size=SMALL)
    _small(left, "{%p endif %}")
    _small(left, "{%p if page.code %}")
    _small(left, "Mã đối chiếu: {{ page.code }}{% if page.closed %}. {{ page.closed }}{% endif %}", size=Pt(9))
    _small(left, "{%p endif %}")
    _small(right, "{%p if page.signature %}", first=True)
    _small(right, "{%p for line in page.signature.lines %}")
    _small(right, "{{ line }}", bold=True, alignment=CENTRE)
    _small(right, "{%p endfor %}")
    name = _small(right, "{{ page.signature.name }}", bold=True, alignment=CENTRE)
    name.paragraph_format.space_before = Mm(25)
    _small(right, "{%p endif %}")
    for cell in (left, right):
        _small(cell, "")


def _small(cell: Any, text: str, alignment: Any = LEFT, *, first: bool = False, **look: Any) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    if text:
        _run(paragraph, text, **look)
    return paragraph


def _unsplit(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


# body


def _body(document: Any) -> None:
    _paragraph(document, "{{ page.opening }}")
    _control(document, "if page.goals")
    _paragraph(document, "Mục tiêu chung của Kế hoạch:")
    _control(document, "for goal in page.goals")
    _paragraph(document, "- {{ goal }}")
    _control(document, "endfor")
    _control(document, "endif")
    _control(document, "for part in page.parts")
    document.add_paragraph("{{ part.number }}. {{ part.title }}", style="Heading 1")
    _control(document, "for chapter in part.chapters")
    _control(document, "if chapter.title")
    document.add_paragraph("{{ chapter.number }}. {{ chapter.title }}", style="Heading 2")
    _control(document, "endif")
    _control(document, "for statement in chapter.statements")
    _said(document, "statement.line")
    _control(document, "if statement.reading")
    _paragraph(document, "Cách tính: {{ statement.reading }}", italic=True)
    _control(document, "endif")
    _control(document, "for other in statement.beside")
    _paragraph(document, "{{ other }}")
    _control(document, "endfor")
    _control(document, "if statement.years")
    _paragraph(document, "{{ statement.years }}")
    _control(document, "endif")
    _control(document, "endfor")
    _control(document, "for entry in chapter.lines")
    _said(document, "entry")
    _control(document, "endfor")
    _control(document, "endfor")
    _control(document, "endfor")


def _said(document: Any, name: str) -> None:
    paragraph = _paragraph(document)
    _run(paragraph, "{% if " + name + ".lead %}{{ " + name + ".lead }}: {% endif %}", bold=True)
    _run(paragraph, "{{ " + name + ".text }}")


# appendix


def _appendix(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _without_height(document.paragraphs[-1])
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(20),
        Mm(20),
        Mm(20),
        Mm(15),
    )
    section.different_first_page_header_footer = False
    _control(document, "if page.replaces")
    _title(document, "Số liệu thay đổi so với báo cáo được thay thế")
    _control(document, "endif")
    _control(document, "if page.unchanged")
    _paragraph(document, "{{ page.unchanged }}")
    _control(document, "endif")
    _control(document, "if page.changed")
    _table(document, "", CHANGED, "row in page.changed")
    _control(document, "endif")
    _title(document, "Phụ lục", CENTRE)
    _control(document, "if page.groups")
    _indicators(document)
    _control(document, "endif")
    _control(document, "if page.statistics")
    _table(document, "Số liệu thống kê", STATISTICS, "row in page.statistics")
    _control(document, "endif")
    _control(document, "if page.courses")
    _years(document)
    _control(document, "endif")
    _control(document, "if page.tasks")
    _table(document, "Tình hình thực hiện nhiệm vụ", TASKS, "task in page.tasks")
    _control(document, "endif")
    _control(document, "if not page.missing")
    _paragraph(document, "Đủ số liệu của kỳ báo cáo.")
    _control(document, "endif")
    for title, name in (
        ("Số liệu còn thiếu", "missing"),
        ("Số liệu tạm tính", "provisional"),
        ("Số liệu đính chính, bổ sung sau chốt", "restated"),
        ("Số liệu không tính vì tệp có lỗi", "excluded"),
    ):
        _control(document, f"if page.{name}")
        _title(document, title)
        _control(document, f"for entry in page.{name}")
        _paragraph(document, "- {{ entry }}", LEFT)
        _control(document, "endfor")
        _control(document, "endif")
    _control(document, "if page.revision and not page.issued")
    _paragraph(document, "{{ page.revision }}", LEFT, italic=True, size=Pt(9))
    _control(document, "endif")


def _without_height(paragraph: Any) -> None:
    """Let the paragraph that ends a section take no room: below a full page it would make an empty one."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(1)
    paragraph.paragraph_format.element.get_or_add_pPr().append(_mark_of_size("2"))


def _mark_of_size(halves: str) -> Any:
    """Return the look of a paragraph's own mark, its size in half points."""
    look, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), halves)
    look.append(size)
    return look


def _title(document: Any, text: str, alignment: Any = LEFT) -> None:
    """Write the heading of a part of the appendix, which stays with what follows."""
    form = _paragraph(document, text, alignment, bold=True).paragraph_format
    form.space_before, form.keep_with_next = Pt(12), True


def _indicators(document: Any) -> None:
    _title(document, "Kết quả thực hiện các chỉ tiêu")
    table = _grid(document, INDICATORS)
    _control_row(table, "for group in page.groups")
    title = table.add_row().cells
    merged = title[0].merge(title[-1])
    _cell(merged, "{{ group.title }}", bold=True, kept=True)
    _control_row(table, "for row in group.rows")
    _cells(table.add_row().cells, [text for _, text, _ in INDICATORS], _alignments(INDICATORS))
    _control_row(table, "endfor")
    _control_row(table, "endfor")
    _finish(table)


def _table(document: Any, title: str, columns: tuple[tuple[str, str, int], ...], loop: str) -> None:
    if title:
        _title(document, title)
    table = _grid(document, columns)
    _control_row(table, f"for {loop}")
    _cells(
        table.add_row().cells,
        [text for _, text, _ in columns],
        _alignments(columns, FIGURES if columns is STATISTICS else frozenset()),
    )
    _control_row(table, "endfor")
    _finish(table)


def _years(document: Any) -> None:
    """Write the table over the years, whose columns are as many as the years and share the room of the last three."""
    _title(document, "Kết quả qua các năm")
    columns = (("STT", "{{ row.number }}", 12), ("Chỉ tiêu", "{{ row.name }}", 74))
    each = (("{%tc for year in page.years %}", 5), ("{{ year }}", 161), ("{%tc endfor %}", 5))
    table = _grid(document, (*columns, *((text, "", width) for text, width in each)))
    _control_row(table, "for row in page.courses")
    cells = ["{{ row.number }}", "{{ row.name }}", "{%tc for entry in row.cells %}", "{{ entry }}", "{%tc endfor %}"]
    _cells(table.add_row().cells, cells, [CENTRE, *[LEFT] * 4])
    _control_row(table, "endfor")
    _finish(table)


def _grid(document: Any, columns: tuple[tuple[str, str, int], ...]) -> Any:
    table = _bare_table(document, tuple(width for _, _, width in columns))
    table.style = "Table Grid"
    _margins(table, CELL_MARGIN)
    for cell, (head, _, _) in zip(table.rows[0].cells, columns, strict=True):
        _cell(cell, head, bold=True, alignment=CENTRE, kept=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _control_row(table: Any, statement: str) -> None:
    _cell(table.add_row().cells[0], "{%tr " + statement + " %}")


def _alignments(columns: tuple[tuple[str, str, int], ...], figures: frozenset[str] = frozenset()) -> list[Any]:
    """Return how the cells of each column are aligned: numbers of rows in the middle, figures on the right."""
    return [CENTRE if head in CENTRED else RIGHT if head in figures else LEFT for head, _, _ in columns]


def _cells(cells: Any, texts: list[str], alignments: list[Any]) -> None:
    """Write the cells of a row; one without anything to say gets a dash."""
    for cell, text, alignment in zip(cells, texts, alignments, strict=True):
        _cell(cell, text.replace(" }}", ' or "–" }}'), alignment=alignment)


def _cell(cell: Any, text: str, *, bold: bool = False, alignment: Any = LEFT, kept: bool = False) -> None:
    """Write a cell; `kept`: its row stays on the page of the next."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = kept or None
    _run(paragraph, text, bold=bold, size=TABLE)


def _finish(table: Any) -> None:
    for row in table.rows:
        _unsplit(row)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
