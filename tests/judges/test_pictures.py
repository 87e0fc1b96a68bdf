"""The pictures of docs/reports.md: `pytest tests/judges --update-pictures` takes them anew."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.judges.conftest import Made, Office

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures"
SCREENS = {  # name: workspace or site, width, scheme, from which height on, how high
    "report-wide": ("report", 1100, "light", 0, 1150),
    "report-phone": ("report", 360, "dark", 0, 1000),
    "site-indicator": ("site", 1000, "light", 0, 1000),
}
PAGES = ("report-print", "report-appendix", "report-word")
LARGEST = 300_000  # bytes


SMALLEST = 20_000  # bytes; less is an empty page


@pytest.fixture
def album(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder to which pictures go: that of docs/ only when they are to be taken anew."""
    return PICTURES if request.config.getoption("--update-pictures") else tmp_path


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_taken(browser: Any, made: Made, album: Path, name: str) -> None:
    what, width, scheme, top, height = SCREENS[name]
    file = made.report("le-hong", "2023Q2", "html")
    if what == "site":
        file = made.site("le-hong") / "chi-tieu/ho-so-dung-han.html"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(file.as_uri())
    clip = {"x": 0, "y": top, "width": width, "height": height}
    page.screenshot(path=str(album / f"{name}.png"), clip=clip, full_page=True)
    page.close()
    assert (album / f"{name}.png").stat().st_size > SMALLEST


@pytest.mark.usefixtures("poppler")
def test_the_sheets_are_taken(browser: Any, made: Made, office: Office, album: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(made.report("le-hong", "2023Q2", "html").as_uri())
    printed = tmp_path / "in.pdf"
    page.pdf(path=str(printed), prefer_css_page_size=True, print_background=True)
    page.close()
    word = office.pdf(made.report("le-hong", "2023Q2", "docx"))
    for name, pdf, number in (("report-print", printed, 1), ("report-appendix", printed, 8), ("report-word", word, 1)):
        target = str(album / name)
        words = ["pdftoppm", "-png", "-r", "80", "-singlefile", "-f", str(number), "-l", str(number), str(pdf), target]
        subprocess.run(words, check=True)
        assert (album / f"{name}.png").stat().st_size > SMALLEST


def test_every_picture_is_shown_and_none_is_left_over() -> None:
    shown = set(re.findall(r"\(pictures/([\w-]+)\.png\)", (DOCS / "reports.md").read_text(encoding="utf-8")))
    assert shown == {*SCREENS, *PAGES} == {path.stem for path in PICTURES.iterdir()}
    assert all(path.stat().st_size < LARGEST for path in PICTURES.iterdir())
