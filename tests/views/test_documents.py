"""Templates: sandboxed, strict, limited; and the Word document they fill."""

import importlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt, Twips

from cchc.core.errors import Exit
from cchc.texts import Language, translator
from cchc.views import excerpt
from cchc.views.documents import TemplateBroken, Templates, markdown, repacked, word_document
from cchc.views.extras import ExtraMissing
from cchc.views.present.page import ReportPage
from cchc.views.proofs import sample

VI = translator(Language.VIETNAMESE)


def made(text: str, *, html: bool = False, **context: Any) -> str:
    name = "a.html.j2" if html else "a.md.j2"
    return Templates({name: text}, html=html).render(name, context)


def refusal(text: str, **context: Any) -> str:
    with pytest.raises(TemplateBroken) as refused:
        made(text, **context)
    assert refused.value.exit is Exit.FINDINGS
    return excerpt.error_text(refused.value, VI).split("\n")[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{{ page.nothing }}", "lỗi: templates/a.md.j2:2: không có gì tên là “nothing”"),
        ("a\n\n{{ nothing }}", "lỗi: templates/a.md.j2:3: không có gì tên là “nothing”"),
        ("{{ page.__class__ }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “__class__”"),
        ("{{ page.title.__len__() }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “__len__”"),
        ("{{ 'a'.join(['b']) }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “join”"),
        ("{{ '{0.x}'.format(page) }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “format”"),
        ("{% for i in range(200000) %}{% endfor %}", "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: các vòng lặp quá dài"),
        ("{% for i in range(400) %}{% for j in range(400) %}{% endfor %}{% endfor %}", "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: các vòng lặp quá dài"),
        ("{{ 'x' * 1000000000 }}", "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: chỉ được nhân số nguyên"),
        ("{{ 9 ** 9 ** 9 }}", "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: chỉ được nhân số nguyên"),
        ("{{ '%1000000000d' % 1 }}", "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: chỉ được nhân số nguyên"),
        (
            "{% set n = namespace(t='x') %}{% for i in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
            "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: một đoạn văn bản quá dài",
        ),
        (
            "{% set n = namespace(t='x') %}{% for i in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
            "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: một đoạn văn bản quá dài",
        ),
        (
            "{% for i in range(99000) %}{{ long }}{% endfor %}",
            "lỗi: templates/a.md.j2: mẫu đòi hỏi quá nhiều: văn bản quá dài",
        ),
        ("{{ '{:>1000000000}'.format('x') }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “format”"),
        ("{{ 1|round(3000000000) }}", "lỗi: templates/a.md.j2:1: lỗi trong mẫu: No filter named 'round'."),
        ("{{ [1]|batch(300000000, 'x')|list }}", "lỗi: templates/a.md.j2:1: lỗi trong mẫu: No filter named 'batch'."),
        ("{{ (1).to_bytes(3000000000, 'big') }}", "lỗi: templates/a.md.j2:1: mẫu không được dùng “to_bytes”"),
        (
            "{% set n = namespace(i=2) %}{% for i in range(40) %}{% set n.i = n.i * n.i %}{% endfor %}",
            "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: một số quá lớn",
        ),
        (
            "{{ range(90000)|join(long) }}",
            "lỗi: templates/a.md.j2:1: mẫu đòi hỏi quá nhiều: một đoạn văn bản quá dài",
        ),
        ("{{ [page]|map(attribute='__class__')|list }}", "lỗi: templates/a.md.j2:1: danh sách không phải là chữ; hãy in từng mục"),
        ("{{ [page]|map(attribute='nope')|list }}", "lỗi: templates/a.md.j2:1: danh sách không phải là chữ; hãy in từng mục"),
        ("{{ [page]|map(attribute='nope')|join }}", "lỗi: templates/a.md.j2:1: không có gì tên là “nope”"),
        ("{{ 1 / 0 }}", "lỗi: templates/a.md.j2:1: lỗi trong mẫu: division by zero"),
    ],
)  # fmt: skip
def test_a_template_gets_no_further_than_its_page(text: str, said: str) -> None:
    page = sample(ReportPage, full=True)
    assert refusal(text, page=page, long="x" * 1000) == said


@pytest.mark.parametrize(
    "text", ["{% include '/etc/passwd' %}", "{% include '../plan/plan.yaml' %}", "{% import 'os' as o %}"]
)
def test_a_template_reads_no_file(text: str) -> None:
    assert "lỗi trong mẫu" in refusal(text)


@pytest.mark.parametrize("text", ["{% if %}", "{{ a | nofilter }}", "{% for x in y %}"])
def test_a_template_that_is_none_is_named_with_its_line(text: str) -> None:
    assert refusal(f"a\n{text}").startswith("lỗi: templates/a.md.j2:2: lỗi trong mẫu")


def test_an_error_in_what_a_template_includes_names_that_file() -> None:
    texts = {"a.html.j2": "{% include 'look.css' %}", "look.css": "a\n{{ nothing }}"}
    with pytest.raises(TemplateBroken) as refused:
        Templates(texts, html=True).render("a.html.j2", {})
    assert refused.value.arguments["place"] == "templates/look.css:2"


def test_a_template_does_what_reports_need() -> None:
    page = sample(ReportPage, full=True)
    text = "{{ page.title|upper }}{{ 2 * 3 }}{{ 'a' ~ 'b' ~ 1 }}{{ ([1] + [2])|join('-') }}{{ 7 % 4 }}{% for i in range(2) %}{{ i }}{% endfor %}"
    assert made(text, page=page) == "X6ab11-2301"
    assert made("{{ '<b>' ~ t }}", html=True, t="<i>") == "&lt;b&gt;&lt;i&gt;"


def test_ranges_are_counted_anew_for_each_page() -> None:
    press = Templates({"a.md.j2": "{% for i in range(90000) %}{% endfor %}x"}, html=False)
    assert [press.render("a.md.j2", {}), press.render("a.md.j2", {})] == ["x", "x"]


# Word


def template(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_the_offices_word_template_is_filled_and_all_text_is_inert() -> None:
    page = sample(ReportPage, full=True)
    filled = word_document(page, template("Kính gửi {{ page.title }}", "{% if page.issued %}<có>{% endif %}"), "a.docx")
    assert [paragraph.text for paragraph in Document(io.BytesIO(filled)).paragraphs] == ["Kính gửi x", "<có>"]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [("{{ page.nothing }}", "không có gì tên là “nothing”"), ("{{ page.__class__ }}", "mẫu không được dùng “__class__”"), ("{% if %}", "lỗi trong mẫu")],
)  # fmt: skip
def test_a_fault_in_a_word_template_is_a_finding_with_its_file(paragraph: str, said: str) -> None:
    with pytest.raises(TemplateBroken) as refused:
        word_document(sample(ReportPage, full=True), template("a", paragraph), "mau/bao-cao.docx")
    text = excerpt.error_text(refused.value, VI)
    assert text.startswith("lỗi: mau/bao-cao.docx")
    assert said in text


def test_a_file_that_is_no_word_document_is_a_finding() -> None:
    with pytest.raises(TemplateBroken):
        word_document(sample(ReportPage, full=True), b"no zip", "a.docx")
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(TemplateBroken):
        word_document(sample(ReportPage, full=True), broken.getvalue(), "a.docx")


def _table(document: Any, widths: list[int], *rows: list[str]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(widths))
    for at, width in enumerate(widths):
        table.columns[at].width = Twips(width)
        for cell, row in zip(table.columns[at].cells, rows, strict=True):
            cell.width, cell.text = Twips(width), row[at]
    return table


def _widths(table: Any) -> tuple[list[int], list[list[int]]]:
    cells = [[int(cell.width.twips) for cell in row.cells] for row in table.rows]
    return [int(column.width.twips) for column in table.columns], cells


def test_columns_that_a_loop_makes_share_the_room_of_its_cells() -> None:
    document = Document()
    loop = ["{%tc for year in page.years %}", "{{ year }}", "{%tc endfor %}"]
    _table(document, [600, 4000, 300, 900, 300, 700], ["STT", "Tên", *loop, "Cuối"], ["1", "a", *loop, "z"])
    _table(document, [600, 5000], ["STT", "Tên"], ["1", "a"])
    written = io.BytesIO()
    document.save(written)
    page = replace(sample(ReportPage, full=True), years=("2021", "2022", "2023"))
    filled = word_document(page, written.getvalue(), "a.docx")
    made, other = Document(io.BytesIO(filled)).tables
    expected = [600, 4000, 500, 500, 500, 700]
    assert _widths(made) == (expected, [expected, expected])
    assert _widths(other) == ([600, 5000], [[600, 5000]] * 2)
    assert b'loop="' not in zipfile.ZipFile(io.BytesIO(filled)).read("word/document.xml")


def test_a_loop_over_nothing_leaves_the_columns_outside_it() -> None:
    document = Document()
    _table(document, [600, 300, 900, 300], ["STT", "{%tc for year in page.years %}", "{{ year }}", "{%tc endfor %}"])
    written = io.BytesIO()
    document.save(written)
    filled = word_document(sample(ReportPage, full=False), written.getvalue(), "a.docx")
    assert [[cell.text for cell in row.cells] for row in Document(io.BytesIO(filled)).tables[0].rows] == [["STT"]]


def test_headings_and_areas_of_the_default_stay_with_what_follows(repository: Path) -> None:
    document = Document(io.BytesIO((repository / "templates/report.docx").read_bytes()))
    heads = {"Phụ lục", "Số liệu thống kê", "Kết quả qua các năm", "Số liệu còn thiếu", "Số liệu tạm tính"}
    found = {text.text: text.paragraph_format for text in document.paragraphs if text.text in heads}
    assert found.keys() == heads
    assert all(form.keep_with_next and form.space_before == Pt(12) for form in found.values())
    indicators = next(table for table in document.tables if table.rows[0].cells[1].text == "Chỉ tiêu")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in indicators.rows]
    assert kept == [True, None, True, None, None, None, None]
    (ending,) = [text for text in document.paragraphs if text._p.xpath("w:pPr/w:sectPr")]
    form = ending.paragraph_format
    assert (form.space_after, form.line_spacing, ending._p.xpath("string(w:pPr/w:rPr/w:sz/@w:val)")) == (0, Pt(1), "2")


def test_archives_have_no_dates_and_equal_bytes() -> None:
    one = repacked(template("a"))
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(one)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert one == repacked(repacked(template("a")))


@pytest.mark.parametrize(("script", "default"), [("word_template", "report.docx"), ("slip_template", "slip.docx")])
def test_the_default_is_what_its_script_makes(
    repository: Path, monkeypatch: pytest.MonkeyPatch, script: str, default: str
) -> None:
    monkeypatch.syspath_prepend(repository / "tools")
    made = importlib.import_module(script).template()

    def texts(content: bytes) -> list[str]:
        document = Document(io.BytesIO(content))
        return [text.text or "" for text in document.element.body.iter() if text.tag.endswith("}t")]

    assert texts(made) == texts((repository / "templates" / default).read_bytes())


def test_the_sheet_to_be_signed_is_a4_landscape_in_black_times_and_never_splits_its_signatures(
    repository: Path,
) -> None:
    document: Any = Document(io.BytesIO((repository / "templates/slip.docx").read_bytes()))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [297, 210]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in sides] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert set(document.element.body.xpath(".//w:color/@w:val")) <= {"000000"}
    figures, signatures = document.tables[1:]
    assert figures.style.name == "Table Grid"
    assert figures.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in (*figures.rows, *signatures.rows))
    kept = [text.paragraph_format.keep_with_next for cell in signatures.rows[0].cells for text in cell.paragraphs]
    assert set(kept) == {True}


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415  # only here

    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(ExtraMissing) as refused:
        word_document(sample(ReportPage, full=True), b"", "a.docx")
    assert 'pip install "cchc[docx]"' in excerpt.error_text(refused.value, VI)
    assert refused.value.exit is Exit.WORLD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://e.vn", r"http\://e.vn"),
        ("https://e.vn/a_b", r"https\://e.vn/a\_b"),
        ("WWW.e.vn", r"WWW\.e.vn"),
        ("a@e.vn, @ai", r"a\@e.vn, \@ai"),
        ("12:30", "12:30"),
    ],
)
def test_markdown_makes_no_links_of_texts(text: str, said: str) -> None:
    assert markdown(text) == said
