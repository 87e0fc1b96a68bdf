"""What the Word templates of the default have in common: the official sheet of NĐ 30/2020/NĐ-CP, Phụ lục I.

Their fonts, pages, head, tables, and the statements that docxtpl fills them by.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeAlias

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from cchc.views.documents import repacked

FONT = "Times New Roman"
BODY, SMALL, TABLE = Pt(14), Pt(11), Pt(10)
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
RULES = 30, 53  # mm, below the two heads
CELL_MARGIN = 57  # twentieths of a point: 1 mm, so that phút/lượt stands on one line
Columns: TypeAlias = tuple[tuple[str, str, int], ...]  # of a table: head, text, width in mm


def made(title: str, write: Callable[[Any], None]) -> bytes:
    """Return the bytes of a template that `write` writes into an empty document."""
    document = Document()
    set_styles(document)
    write(document)
    set_properties(document, title)
    _prune(document)
    written = BytesIO()
    document.save(written)
    return repacked(written.getvalue())


def set_properties(document: Any, title: str) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title = title
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


def set_styles(document: Any) -> None:
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


def set_page(section: Any, width: Any, height: Any) -> None:
    """Margins 20, 15, 20 and 30 mm; the page's number in the middle of the top, not on the first page."""
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
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
    add_run(paragraph, "{{ page.mark }}", bold=True, size=SMALL)


def add_run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: Any = None) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = size
    return run


def add_paragraph(holder: Any, text: str = "", alignment: Any = JUSTIFY, **look: Any) -> Any:
    paragraph = holder.add_paragraph()
    paragraph.alignment = alignment
    if alignment is JUSTIFY:
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if text:
        add_run(paragraph, text, **look)
    return paragraph


def control(holder: Any, statement: str) -> None:
    """Write a paragraph that is a statement of the template and leaves nothing behind."""
    holder.add_paragraph().add_run("{%p " + statement + " %}")


def bare_table(document: Any, widths: tuple[int, ...]) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def set_margins(table: Any, width: int) -> None:
    """Set how far the cells' text stands from their edges on the left and right."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)


def add_head(document: Any, widths: tuple[int, int]) -> Any:
    """Write the two heads side by side, each above its rule, and return their table."""
    table = bare_table(document, widths)
    set_margins(table, 0)  # the two heads stand side by side without room to spare
    left, right = table.rows[0].cells
    write_lines(left, ("{{ page.parent|upper }}", False, False), ("{{ page.authority|upper }}", True, False))
    parent = left.paragraphs[0].paragraph_format
    parent.left_indent = parent.right_indent = Mm(12)  # long names break in their middle
    write_lines(
        right, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, False), ("Độc lập - Tự do - Hạnh phúc", True, False)
    )
    right.paragraphs[-1].runs[0].font.size = Pt(13)
    for cell, width, length in zip((left, right), widths, RULES, strict=True):
        draw_rule(cell.paragraphs[-1], Mm((width - length) / 2))
    return table


def write_lines(cell: Any, *lines: tuple[str, bool, bool]) -> None:
    for at, (text, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_after = Pt(0)
        add_run(paragraph, text, bold=bold, italic=italic, size=Pt(12))


def draw_rule(paragraph: Any, indent: Any) -> None:
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


def add_small(cell: Any, text: str, alignment: Any = LEFT, *, first: bool = False, **look: Any) -> Any:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    if text:
        add_run(paragraph, text, **look)
    return paragraph


def unsplit(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def without_height(paragraph: Any) -> None:
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


def add_title(document: Any, text: str, alignment: Any = LEFT) -> None:
    """Write the heading of a part of the appendix, which stays with what follows."""
    form = add_paragraph(document, text, alignment, bold=True).paragraph_format
    form.space_before, form.keep_with_next = Pt(12), True


def grid(document: Any, columns: Columns) -> Any:
    table = bare_table(document, tuple(width for _, _, width in columns))
    table.style = "Table Grid"
    set_margins(table, CELL_MARGIN)
    for cell, (head, _, _) in zip(table.rows[0].cells, columns, strict=True):
        fill_cell(cell, head, bold=True, alignment=CENTRE, kept=True)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def control_row(table: Any, statement: str) -> None:
    fill_cell(table.add_row().cells[0], "{%tr " + statement + " %}")


def fill_cells(cells: Any, texts: list[str], alignments: list[Any]) -> None:
    """Write the cells of a row; one without anything to say gets a dash."""
    for cell, text, alignment in zip(cells, texts, alignments, strict=True):
        fill_cell(cell, text.replace(" }}", ' or "–" }}'), alignment=alignment)


def fill_cell(cell: Any, text: str, *, bold: bool = False, alignment: Any = LEFT, kept: bool = False) -> None:
    """Write a cell; `kept`: its row stays on the page of the next."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = kept or None
    add_run(paragraph, text, bold=bold, size=TABLE)


def finish(table: Any) -> None:
    for row in table.rows:
        unsplit(row)
