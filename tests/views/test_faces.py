"""Three faces of one content: what Markdown, HTML and Word say, and the numbers in their tables, are the same."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table
from lxml import html

from cchc.cli.main import run

REPORTS = [
    ("moi-loai", "2023Q2"), ("moi-loai", "2022"), ("moi-loai", "2021..2025"), ("moi-loai", "2023-05"),
    ("le-hong", "2023Q2"), ("le-hong", "2022"), ("that", "2023H1"), ("that", "2023-9T"), ("xau", "2023Q2"),
]  # fmt: skip


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository, folder = Path(__file__).parents[2], tmp_path_factory.mktemp("faces")
    sources = {
        "moi-loai": repository / "tests/golden/moi-loai",
        "le-hong": repository,
        "that": repository,
        "xau": repository,
    }
    for name, source in sources.items():
        for part in ("plan", "data"):
            shutil.copytree(source / part, folder / name / part)
    for path in (folder / "that/data").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("illustrative: true\n", ""), encoding="utf-8")
    _spoil(folder / "xau")
    return folder


EVIL = (
    "**đậm** <b>x</b> | ô | `c` [a](http://x) <script>1</script>\\n\\n# đề\\n- mục 👨 שלום "
    + "w" * 180
    + " &lt; & {{ 7*7 }} $x$"
)


def _spoil(root: Path) -> None:
    """Put hostile texts into a name, a note, a source, a narrative and remarks."""
    for file, texts in {
        "data/2023-06.yaml": ("note: 6 hồ sơ đất đai quá hạn do chờ xác minh", "source: Rà soát niêm yết tại Bộ phận Một cửa và trên trang thông tin điện tử"),
        "data/2023Q2.yaml": ("proposals: Đề nghị huyện bổ sung 01 công chức còn thiếu.", "shortcomings: Còn 02 văn bản chưa xử lý xong."),
        "plan/areas/4-thu-tuc-hanh-chinh.yaml": ("name: Tỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn",),
    }.items():  # fmt: skip
        text = (root / file).read_text(encoding="utf-8")
        for standing in texts:
            assert standing in text
            text = text.replace(standing, f'{standing.partition(":")[0]}: "{EVIL}"')
        (root / file).write_text(text, encoding="utf-8")


def _plain(text: str) -> str:
    text = re.sub(r"[\s…]+", " ", text).strip().removeprefix("- ").strip()
    return text.rstrip(";")  # the law's sign behind a recipient


def _said(texts: Iterator[str]) -> set[str]:
    return {text for text in map(_plain, texts) if text}


Face = tuple[set[str], list[list[str]]]


def _markdown(text: str) -> Face:
    """Return the paragraphs and the rows of tables of a Markdown text, without its markup and its working notes."""
    text = text.split("\n---\n", maxsplit=1)[0]
    rows = [line for line in text.split("\n") if line.startswith("|") and not re.fullmatch(r"[|:-]+", line)]
    lines = [re.sub(r"^(#+ |\s*- )", "", line) for line in text.split("\n") if not line.startswith("|")]
    return _said(map(_unmarked, lines)), [
        [_unmarked(cell) for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows
    ]


def _unmarked(text: str) -> str:
    text = re.sub(r"(?<!\\)[*]+", "", text)
    return _plain(re.sub(r"\\(.)", r"\1", text).replace("&amp;", "&"))


def _html(text: str) -> Face:
    """Return the paragraphs and the rows of a page, without what is for the screen alone."""
    tree = html.fromstring(text)
    for element in tree.xpath("//*[contains(concat(' ', @class, ' '), ' screen ')] | //style | //title"):
        element.drop_tree()
    rows = [[_plain(cell.text_content()) for cell in row.xpath("./th|./td")] for row in tree.xpath("//tr")]
    blocks = tree.xpath("//p | //h1 | //h2 | //h3 | //li | //caption")
    return _said(block.text_content() for block in blocks), rows


def _word(data: bytes) -> Face:
    """Return the paragraphs and the rows of a Word document; its head and foot are tables without a frame."""
    document = Document(io.BytesIO(data))
    tables = list(document.tables)
    bare = [table for table in tables if table.style is None or table.style.name != "Table Grid"]
    cells = [paragraph.text for table in bare for cell in _cells(table) for paragraph in cell.paragraphs]
    footer = document.sections[0].footer.paragraphs[0].text
    rows = [
        [_plain(cell.text) for cell in _distinct(row.cells)]
        for table in tables if table not in bare for row in table.rows
    ]  # fmt: skip
    return _said(iter([*(paragraph.text for paragraph in document.paragraphs), *cells, footer])), rows


def _cells(table: Table) -> Iterator[Any]:
    return (cell for row in table.rows for cell in row.cells)


def _distinct(cells: Any) -> list[Any]:
    found: list[Any] = []
    for cell in cells:
        if all(cell._tc is not other._tc for other in found):
            found.append(cell)
    return found


def _rows(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows without those that only name an area."""
    return [row for row in rows if sum(bool(cell) for cell in row) > 1]


@pytest.mark.parametrize(("workspace", "period"), REPORTS, ids=[f"{w}-{p}" for w, p in REPORTS])
def test_all_faces_say_the_same(workspaces: Path, tmp_path: Path, workspace: str, period: str) -> None:
    files = {form: tmp_path / f"r.{form}" for form in ("md", "html", "docx")}
    for file in files.values():
        assert run(["report", period, "-o", str(file), "-q", "-C", str(workspaces / workspace)]) == 0
    markdown = _markdown(files["md"].read_text(encoding="utf-8"))
    page = _html(files["html"].read_text(encoding="utf-8"))
    word = _word(files["docx"].read_bytes())
    assert page[0] == markdown[0]
    assert word[0] == markdown[0]
    assert _rows(page[1]) == _rows(markdown[1])
    assert _rows(word[1]) == _rows(markdown[1])
    assert len(markdown[0]) > 20
    assert len(markdown[1]) > 10
