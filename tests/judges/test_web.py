"""Reports and public pages in Chromium: rules of access, narrow windows, and the printed sheet."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from tests.judges.conftest import Made, pdf_pages, pdf_sizes

from cchc.cli.main import run

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REPORTS = [
    ("le-hong", "2023Q2"),
    ("le-hong", "2022"),
    ("moi-loai", "2023Q2"),
    ("moi-loai", "2021..2025"),
    ("that", "2023-06"),
]
LONG = bool(os.environ.get("CCHC_LONG"))  # then every page in both windows; else every other page, windows in turn
WINDOWS = [(1280, "light"), (360, "dark")]
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
MARK = "SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ"


def _page(browser: Any, file: Path, width: int, scheme: str = "light", **more: Any) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    page.goto(file.as_uri())
    return page


def _files(made: Made, name: str) -> Iterator[Path]:
    if name == "site":
        site = made.site("le-hong")
        yield from (
            site / "index.html",
            site / "ky/2023Q2.html",
            site / "ky/2022.html",
            site / "chi-tieu/ho-so-dung-han.html",
        )
        yield made.site("moi-loai") / "index.html"
    else:
        yield from (made.report(workspace, period, "html") for workspace, period in REPORTS)


@pytest.mark.parametrize("what", ["reports", "site"])
def test_no_rule_of_access_is_broken_wide_and_narrow_light_and_dark(
    browser: Any, axe: str, made: Made, what: str
) -> None:
    found = []
    files = list(_files(made, what))
    for at, file in enumerate(files if LONG or what == "site" else files[::2]):
        for width, scheme in WINDOWS if LONG else WINDOWS[at % 2 :][:1]:
            page = _page(browser, file, width, scheme)
            page.evaluate(axe)
            answer = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            found += [(file.name, width, broken["id"], broken["nodes"][0]["html"]) for broken in answer["violations"]]
            page.close()
    assert found == []


@pytest.fixture(scope="module")
def comparison(made: Made) -> Path:
    """The page of what changed: a figure with a note without end, figures removed, another target."""
    root = made.folder / "khac"
    shutil.copytree(made.folder / "le-hong", root)
    who = ("-c", "user.name=A", "-c", "user.email=a@cchc.example")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run(["git", *who, *words], cwd=root, check=True)
    figure = root / "data/2023-06.yaml"
    figure.write_text(
        figure.read_text(encoding="utf-8").replace("note: 6", f"note: <b>{'w' * 300}</b> 6"), encoding="utf-8"
    )
    area = root / "plan/areas/4-thu-tuc-hanh-chinh.yaml"
    area.write_text(area.read_text(encoding="utf-8").replace("at_least: 98", "at_least: 99.5", 1), encoding="utf-8")
    (root / "data/2023-05.yaml").unlink()
    file = made.folder / "khac.html"
    assert run(["diff", "-o", str(file), "-C", str(root)]) == 0
    return file


def test_the_page_of_what_changed_breaks_no_rule_and_fits_a_phone(
    browser: Any, axe: str, checker: list[str], comparison: Path
) -> None:
    text = comparison.read_text(encoding="utf-8")
    assert text.count("<table") > 2
    assert "<script" not in text
    checked = subprocess.run([*checker, str(comparison)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    found = []
    for width, scheme in WINDOWS:
        page = _page(browser, comparison, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.evaluate(axe)
        answer = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        found += [(width, broken["id"], broken["nodes"][0]["html"]) for broken in answer["violations"]]
        page.close()
    assert found == []


@pytest.mark.parametrize("what", ["reports", "site"])
def test_nothing_is_wider_than_a_phone(browser: Any, made: Made, what: str) -> None:
    for file in _files(made, what):
        page = _page(browser, file, 360)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, file
        page.close()


@pytest.mark.parametrize("width", [360, 700, 1280])
def test_a_word_without_end_makes_no_page_wider(browser: Any, made: Made, width: int) -> None:
    root = made.folder / "dai"
    if not root.exists():
        shutil.copytree(made.folder / "le-hong", root)
        file = root / "data/2023-06.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("note: 6", f"note: {'w' * 300} 6"), encoding="utf-8")
    page = _page(browser, made.report("dai", "2023Q2", "html"), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


SMALLEST = 9  # CSS pixels that a letter of a drawing may have
LETTERS = """Array.from(document.querySelectorAll("main svg.chart:not(.sparkline)"), svg => [
    svg.getBoundingClientRect().right, svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 12])"""


@pytest.mark.parametrize(("workspace", "period"), REPORTS)
def test_drawings_fit_a_phone_and_stay_legible(browser: Any, made: Made, workspace: str, period: str) -> None:
    page = _page(browser, made.report(workspace, period, "html"), 360)
    drawn = page.evaluate(LETTERS)
    assert drawn
    assert all(right <= 360 and letters >= SMALLEST for right, letters in drawn)
    strip = "Array.from(document.querySelectorAll('.strip svg'), mark => mark.getBoundingClientRect().right)"
    assert max(page.evaluate(strip)) <= 360
    page.close()


def test_a_course_that_is_wider_than_a_phone_begins_at_its_newest_end(browser: Any, made: Made) -> None:
    page = _page(browser, made.site("le-hong") / "chi-tieu/ho-so-dung-han.html", 360)
    last = page.locator(".scroll svg > g").last.bounding_box()
    assert 0 <= last["x"] <= 360 - last["width"]
    assert page.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.scroll'))")
    page.close()


def test_a_long_word_opens_no_gaps_before_it(browser: Any, made: Made) -> None:
    root = made.folder / "dia-chi"
    if not root.exists():
        shutil.copytree(made.folder / "le-hong", root)
        file = root / "data/2023Q2.yaml"
        old, new = "01 công chức còn thiếu.", "01 công chức, xem https://lehong.thanhmien.gov.vn/cai-cach."
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    page = _page(browser, made.report("dia-chi", "2023Q2", "html"), 1280)
    page.emulate_media(media="print")
    aligned = "text => getComputedStyle(Array.from(document.querySelectorAll('p')).find(p => p.textContent.includes(text))).textAlign"
    assert [page.evaluate(aligned, text) for text in ("lehong.thanhmien", "Căn cứ văn bản")] == ["left", "justify"]
    page.close()


def test_the_columns_of_successive_tables_of_the_index_line_up(browser: Any, made: Made) -> None:
    page = _page(browser, made.site("le-hong") / "index.html", 1280)
    places = "Array.from(document.querySelectorAll('.index thead tr'), row => Array.from(row.cells, c => c.offsetLeft))"
    found = page.evaluate(places)
    assert len(found) > 2
    assert all(row == found[0] for row in found)
    edges = "['header p', 'main h1', 'main h2', '.index'].map(one => Math.round(document.querySelector(one).getBoundingClientRect().left))"
    assert len(set(page.evaluate(edges))) == 1
    page.close()


def test_a_report_needs_neither_a_script_nor_the_network(browser: Any, made: Made) -> None:
    file = made.report("le-hong", "2023Q2", "html")
    asked: list[str] = []
    page = browser.new_page(java_script_enabled=False)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert "<script" not in file.read_text(encoding="utf-8")
    page.close()


def test_the_keyboard_reaches_the_content_first(browser: Any, made: Made) -> None:
    page = _page(browser, made.report("le-hong", "2023Q2", "html"), 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung báo cáo"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#noi-dung"
    page.close()


@pytest.mark.parametrize("what", ["reports", "site"])
def test_the_checker_of_html_finds_no_error(checker: list[str], made: Made, what: str) -> None:
    files = list(_files(made, what))
    if what == "site":
        files = sorted(made.site("le-hong").rglob("*.html"))
    done = subprocess.run([*checker, *map(str, files)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


# on paper


@pytest.fixture(scope="module")
def printed(browser: Any, made: Made, poppler: None, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Print a report to PDF."""
    del poppler
    folder = tmp_path_factory.mktemp("printed")

    def to_pdf(workspace: str, period: str, *words: str) -> Path:
        file = made.report(workspace, period, "html", *words)
        page = _page(browser, file, 1280)
        pdf = folder / f"{file.stem}.pdf"
        page.pdf(path=str(pdf), prefer_css_page_size=True, print_background=True)
        page.close()
        return pdf

    return to_pdf


def test_the_sheet_is_portrait_and_its_appendix_landscape(printed: Any) -> None:
    sizes = pdf_sizes(printed("le-hong", "2023Q2"))
    first_wide = sizes.index(LANDSCAPE)
    assert set(sizes[:first_wide]) == {PORTRAIT}
    assert set(sizes[first_wide:]) == {LANDSCAPE}


def test_pages_are_numbered_but_for_the_first(printed: Any) -> None:
    pages = pdf_pages(printed("le-hong", "2023Q2"))
    assert "CỘNG HÒA" in pages[0].split("\n")[0] + pages[0].split("\n")[1]
    assert [page.split("\n")[0].strip() for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]


def test_made_up_figures_are_marked_on_every_page_and_nobody_signs_them(printed: Any) -> None:
    pages = pdf_pages(printed("le-hong", "2023Q2"))
    assert all(MARK in page for page in pages)
    text = "".join(pages)
    assert "Bùi Văn Tiến" not in text
    assert "Nơi nhận" not in text


def test_a_draft_says_so_on_every_page_and_leaves_number_and_day_blank(printed: Any) -> None:
    pages = pdf_pages(printed("that", "2023Q2"))
    assert all("DỰ THẢO" in page for page in pages)
    assert re.search(r"Số:\s+/BC-UBND", pages[0])
    assert re.search(r"Lê Hồng, ngày\s+tháng\s+năm\s*$", pages[0], re.MULTILINE)


def test_number_and_day_stand_on_one_line(printed: Any) -> None:
    assert re.search(r"Số:\s+/BC-UBND\s+Lê Hồng, ngày", pdf_pages(printed("le-hong", "2023Q2"))[0])


def test_columns_are_as_wide_as_what_stands_in_them(browser: Any, made: Made) -> None:
    page = _page(browser, made.report("le-hong", "2022", "html"), 1280)
    page.emulate_media(media="print")
    for name in ("statistics", "years", "tasks"):
        cells = f"Array.from(document.querySelectorAll('.{name} thead th'), cell => cell.offsetWidth)"
        first, second = page.evaluate(cells)[:2]
        assert first * 2 < second, name
    page.close()


def test_the_signature_is_not_split_and_screen_matters_stay_on_the_screen(printed: Any) -> None:
    pages = pdf_pages(printed("that", "2023Q2"))
    signed = [page for page in pages if "TM. ỦY BAN NHÂN DÂN" in page]
    assert len(signed) == 1
    assert all(text in signed[0] for text in ("CHỦ TỊCH", "Bùi Văn Tiến", "Nơi nhận:", "- Lưu: VT.", "Mã đối chiếu:"))
    text = "".join(pages)
    assert not any(word in text for word in ("Tóm tắt", "Định nghĩa, nguồn", "Diễn biến", "Lập từ phiên bản"))


def test_heads_of_tables_are_repeated_on_each_page(printed: Any) -> None:
    pages = pdf_pages(printed("le-hong", "2023Q2"))
    assert sum("STT" in page for page in pages) >= 5


# the public pages


class _Links(HTMLParser):
    """Collects what a page leads to and the ids that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in {"href", "src"} and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def _links(file: Path) -> _Links:
    found = _Links()
    found.feed(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("workspace", ["le-hong", "moi-loai", "that"])
def test_every_link_of_the_site_leads_somewhere_inside_it(made: Made, workspace: str) -> None:
    site = made.site(workspace)
    reached = set()
    for file in site.rglob("*.html"):
        for link in _links(file).links:
            assert not re.match(r"[a-z]+:|//", link), (file, link)
            path, anchor = urldefrag(link)
            target = (file.parent / unquote(path)).resolve() if path else file
            assert target.is_file(), (file, link)
            assert not anchor or anchor in _links(target).ids, (file, link)
            reached.add(target)
    listed = {site / name for name in json.loads((site / ".cchc-site.json").read_text(encoding="utf-8"))}
    assert {path.resolve() for path in listed} - reached - {site / "index.html"} == set()


def test_every_link_inside_a_report_leads_somewhere(made: Made) -> None:
    found = _links(made.report("le-hong", "2023Q2", "html"))
    assert {link.removeprefix("#") for link in found.links} <= found.ids
