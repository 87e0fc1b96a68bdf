"""Make templates/report.docx: the official sheet of NĐ 30/2020/NĐ-CP, Phụ lục I, with the names that reports have.

    python tools/word_template.py [FILE]

Offices change the file in Word; whoever changes the default changes it here. Equal input gives equal bytes.
"""

import sys
from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
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
    add_title,
    bare_table,
    control,
    control_row,
    fill_cell,
    fill_cells,
    finish,
    grid,
    made,
    set_page,
    unsplit,
    without_height,
    write_lines,
)

DEFAULT = Path(__file__).parents[1] / "templates/report.docx"

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


def main(target: Path) -> None:
    """Write the template."""
    target.write_bytes(template())


def template() -> bytes:
    """Return the template's bytes."""
    return made("Báo cáo", _write)


def _write(document: Any) -> None:
    set_page(document.sections[0], Mm(210), Mm(297))
    _head(document)
    _body(document)
    _foot(document)
    _appendix(document)


# head and foot


def _head(document: Any) -> None:
    table = add_head(document, (74, 91))
    second = table.add_row().cells
    write_lines(second[0], ("Số: {{ page.number }}", False, False))
    write_lines(second[1], ("{{ page.date }}", False, True))
    for cell in second:
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
        cell.paragraphs[0].runs[0].font.size = Pt(13)
    title = add_paragraph(document, "BÁO CÁO", CENTRE, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(0)
    add_paragraph(document, "{{ page.subject }}", CENTRE, bold=True)
    for name in ("scope", "outdated", "replaces"):
        control(document, f"if page.{name}")
        add_paragraph(document, "{{ page." + name + " }}")
        control(document, "endif")


def _foot(document: Any) -> None:
    """Recipients on the left, the signature on the right; the row never splits over two pages."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = bare_table(document, (80, 85))
    unsplit(table.rows[0])
    left, right = table.rows[0].cells
    add_small(left, "{%p if page.recipients %}", first=True)
    add_small(left, "Nơi nhận:", bold=True, italic=True, size=Pt(12))
    add_small(left, "{%p for recipient in page.recipients %}")
    add_small(left, "- {{ recipient }};", size=SMALL)
    add_small(left, "{%p endfor %}")
    add_small(left, "- Lưu: VT.", size=SMALL)
    add_small(left, "{%p endif %}")
    add_small(left, "{%p if page.code %}")
    add_small(left, "Mã đối chiếu: {{ page.code }}{% if page.closed %}. {{ page.closed }}{% endif %}", size=Pt(9))
    add_small(left, "{%p endif %}")
    add_small(right, "{%p if page.signature %}", first=True)
    add_small(right, "{%p for line in page.signature.lines %}")
    add_small(right, "{{ line }}", bold=True, alignment=CENTRE)
    add_small(right, "{%p endfor %}")
    name = add_small(right, "{{ page.signature.name }}", bold=True, alignment=CENTRE)
    name.paragraph_format.space_before = Mm(25)
    add_small(right, "{%p endif %}")
    for cell in (left, right):
        add_small(cell, "")


# body


def _body(document: Any) -> None:
    add_paragraph(document, "{{ page.opening }}")
    control(document, "if page.goals")
    add_paragraph(document, "Mục tiêu chung của Kế hoạch:")
    control(document, "for goal in page.goals")
    add_paragraph(document, "- {{ goal }}")
    control(document, "endfor")
    control(document, "endif")
    control(document, "for part in page.parts")
    document.add_paragraph("{{ part.number }}. {{ part.title }}", style="Heading 1")
    control(document, "for chapter in part.chapters")
    control(document, "if chapter.title")
    document.add_paragraph("{{ chapter.number }}. {{ chapter.title }}", style="Heading 2")
    control(document, "endif")
    control(document, "for statement in chapter.statements")
    _said(document, "statement.line")
    control(document, "if statement.reading")
    add_paragraph(document, "Cách tính: {{ statement.reading }}", italic=True)
    control(document, "endif")
    control(document, "for other in statement.beside")
    add_paragraph(document, "{{ other }}")
    control(document, "endfor")
    control(document, "if statement.years")
    add_paragraph(document, "{{ statement.years }}")
    control(document, "endif")
    control(document, "endfor")
    control(document, "for entry in chapter.lines")
    _said(document, "entry")
    control(document, "endfor")
    control(document, "endfor")
    control(document, "endfor")


def _said(document: Any, name: str) -> None:
    paragraph = add_paragraph(document)
    add_run(paragraph, "{% if " + name + ".lead %}{{ " + name + ".lead }}: {% endif %}", bold=True)
    add_run(paragraph, "{{ " + name + ".text }}")


# appendix


def _appendix(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    without_height(document.paragraphs[-1])
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(20),
        Mm(20),
        Mm(20),
        Mm(15),
    )
    section.different_first_page_header_footer = False
    control(document, "if page.replaces")
    add_title(document, "Số liệu thay đổi so với báo cáo được thay thế")
    control(document, "endif")
    control(document, "if page.unchanged")
    add_paragraph(document, "{{ page.unchanged }}")
    control(document, "endif")
    control(document, "if page.changed")
    _table(document, "", CHANGED, "row in page.changed")
    control(document, "endif")
    add_title(document, "Phụ lục", CENTRE)
    control(document, "if page.groups")
    _indicators(document)
    control(document, "endif")
    control(document, "if page.statistics")
    _table(document, "Số liệu thống kê", STATISTICS, "row in page.statistics")
    control(document, "endif")
    control(document, "if page.courses")
    _years(document)
    control(document, "endif")
    control(document, "if page.tasks")
    _table(document, "Tình hình thực hiện nhiệm vụ", TASKS, "task in page.tasks")
    control(document, "endif")
    control(document, "if not page.missing")
    add_paragraph(document, "Đủ số liệu của kỳ báo cáo.")
    control(document, "endif")
    for title, name in (
        ("Số liệu còn thiếu", "missing"),
        ("Số liệu tạm tính", "provisional"),
        ("Số liệu đính chính, bổ sung sau chốt", "restated"),
        ("Số liệu không tính vì tệp có lỗi", "excluded"),
    ):
        control(document, f"if page.{name}")
        add_title(document, title)
        control(document, f"for entry in page.{name}")
        add_paragraph(document, "- {{ entry }}", LEFT)
        control(document, "endfor")
        control(document, "endif")
    control(document, "if page.revision and not page.issued")
    add_paragraph(document, "{{ page.revision }}", LEFT, italic=True, size=Pt(9))
    control(document, "endif")


def _indicators(document: Any) -> None:
    add_title(document, "Kết quả thực hiện các chỉ tiêu")
    table = grid(document, INDICATORS)
    control_row(table, "for group in page.groups")
    title = table.add_row().cells
    merged = title[0].merge(title[-1])
    fill_cell(merged, "{{ group.title }}", bold=True, kept=True)
    control_row(table, "for row in group.rows")
    fill_cells(table.add_row().cells, [text for _, text, _ in INDICATORS], _alignments(INDICATORS))
    control_row(table, "endfor")
    control_row(table, "endfor")
    finish(table)


def _table(document: Any, title: str, columns: Columns, loop: str) -> None:
    if title:
        add_title(document, title)
    table = grid(document, columns)
    control_row(table, f"for {loop}")
    fill_cells(
        table.add_row().cells,
        [text for _, text, _ in columns],
        _alignments(columns, FIGURES if columns is STATISTICS else frozenset()),
    )
    control_row(table, "endfor")
    finish(table)


def _years(document: Any) -> None:
    """Write the table over the years, whose columns are as many as the years and share the room of the last three."""
    add_title(document, "Kết quả qua các năm")
    columns = (("STT", "{{ row.number }}", 12), ("Chỉ tiêu", "{{ row.name }}", 74))
    each = (("{%tc for year in page.years %}", 5), ("{{ year }}", 161), ("{%tc endfor %}", 5))
    table = grid(document, (*columns, *((text, "", width) for text, width in each)))
    control_row(table, "for row in page.courses")
    cells = ["{{ row.number }}", "{{ row.name }}", "{%tc for entry in row.cells %}", "{{ entry }}", "{%tc endfor %}"]
    fill_cells(table.add_row().cells, cells, [CENTRE, *[LEFT] * 4])
    control_row(table, "endfor")
    finish(table)


def _alignments(columns: Columns, figures: frozenset[str] = frozenset()) -> list[Any]:
    """Return how the cells of each column are aligned: numbers of rows in the middle, figures on the right."""
    return [CENTRE if head in CENTRED else RIGHT if head in figures else LEFT for head, _, _ in columns]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
