"""Make templates/slip.docx: the sheet on which an owner signs for figures, A4 landscape, as offices lay it out.

    python tools/slip_template.py [FILE]

Offices change the file in Word; whoever changes the default changes it here. Equal input gives equal bytes.
"""

import sys
from pathlib import Path
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt

from word_parts import (
    CENTRE,
    LEFT,
    RIGHT,
    SMALL,
    Columns,
    add_head,
    add_paragraph,
    add_run,
    add_small,
    bare_table,
    control,
    control_row,
    fill_cell,
    finish,
    grid,
    made,
    set_page,
    unsplit,
)

DEFAULT = Path(__file__).parents[1] / "templates/slip.docx"
FIGURES = "Tử số", "Mẫu số", "Kết quả"
COLUMNS: Columns = (
    ("STT", "{{ row.number }}", 11), ("Chỉ tiêu", "{{ row.name }}", 62), ("Kỳ", "{{ row.period }}", 23),
    ("Đơn vị tính", "{{ row.unit }}", 17), (FIGURES[0], "{{ row.numerator }}", 17),
    (FIGURES[1], "{{ row.denominator }}", 17), (FIGURES[2], "{{ row.result }}", 21),
    ("Nguồn", "{{ row.source }}", 32), ("Minh chứng", "{{ row.evidence }}", 28), ("Ghi chú", "{{ row.note }}", 24),
)  # fmt: skip
ROOM_TO_WRITE = Mm(12)  # height of the row of an absent figure
NAME, FIRST, LAST = 1, 4, 6  # columns: the name, and those of the figure
SIGNING = "(Ký, ghi rõ họ tên)"


def main(target: Path) -> None:
    """Write the template."""
    target.write_bytes(template())


def template() -> bytes:
    """Return the template's bytes."""
    return made("Phiếu cung cấp số liệu", _write)


def _write(document: Any) -> None:
    set_page(document.sections[0], Mm(297), Mm(210))
    add_head(document, (110, 142))
    _title(document)
    control(document, "if page.rows")
    _figures(document)
    control(document, "else")
    add_paragraph(document, "Không có chỉ tiêu nào đến kỳ.", LEFT)
    control(document, "endif")
    _signatures(document)


def _title(document: Any) -> None:
    title = add_paragraph(document, "PHIẾU CUNG CẤP SỐ LIỆU", CENTRE, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(0)
    add_paragraph(document, "{{ page.subject }} ({{ page.window }})", CENTRE, bold=True)
    owner = add_paragraph(document, "Người cung cấp số liệu: ", LEFT)
    add_run(owner, "{{ page.owner }}", bold=True)
    add_run(owner, ". {{ page.summary }}")


def _figures(document: Any) -> None:
    """Write the table: a row without its figure has room to write, a narrative stands across the figure's columns."""
    table = grid(document, COLUMNS)
    control_row(table, "for row in page.rows")
    control_row(table, "if row.absent")
    absent = _row(table, empty="")
    absent.height, absent.height_rule = ROOM_TO_WRITE, WD_ROW_HEIGHT_RULE.AT_LEAST
    control_row(table, "elif row.text")
    told = _row(table, empty="–").cells
    for cell in told[FIRST : LAST + 1]:
        cell.paragraphs[0].clear()
    fill_cell(_merged(told), "{{ row.text }}")
    control_row(table, "else")
    _row(table, empty="–")
    control_row(table, "endif")
    control_row(table, "endfor")
    finish(table)


def _merged(cells: Any) -> Any:
    """Return the cells of the figure as one, with one paragraph."""
    merged = cells[FIRST].merge(cells[LAST])
    for paragraph in merged.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    return merged


def _row(table: Any, *, empty: str) -> Any:
    """Write a row of a figure; what it does not say is `empty`."""
    row = table.add_row()
    for cell, (head, text, _) in zip(row.cells, COLUMNS, strict=True):
        alignment = CENTRE if head == "STT" else RIGHT if head in FIGURES else LEFT
        fill_cell(cell, text.replace(" }}", f' or "{empty}" }}}}'), alignment=alignment)
    name = row.cells[NAME]
    add_small(name, "{%p if row.meaning %}")
    add_small(name, "{{ row.meaning }}", italic=True, size=Pt(9))
    add_small(name, "{%p endif %}")
    return row


def _signatures(document: Any) -> None:
    """Who compiles the figures on the left, who provides them on the right; the row never splits over two pages."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = bare_table(document, (126, 126))
    unsplit(table.rows[0])
    left, right = table.rows[0].cells
    for cell, day, signer in (
        (left, "", "NGƯỜI KIỂM TRA, TỔNG HỢP"),
        (right, "{{ page.date }}", "NGƯỜI CUNG CẤP SỐ LIỆU"),
    ):
        add_small(cell, day, CENTRE, first=True, italic=True)
        add_small(cell, signer, CENTRE, bold=True)
        add_small(cell, SIGNING, CENTRE, italic=True, size=SMALL).paragraph_format.space_after = Mm(25)
        add_small(cell, "")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
