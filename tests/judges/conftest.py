"""The real programs that judge what comes out: Chromium with axe-core, an HTML checker, LibreOffice, poppler.

Where one is missing its tests are left out, and the end of the run says which and how to get it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cchc.cli.main import run

REPOSITORY = Path(__file__).parents[2]
NODE = Path(os.environ.get("CCHC_JUDGES", REPOSITORY / "build/judges")) / "node_modules"
GOLDEN = REPOSITORY / "tests/golden/moi-loai"
SECONDS = 120  # for one conversion on a busy machine


class Office(NamedTuple):
    """LibreOffice with a profile of its own."""

    program: str
    profile: Path

    def pdf(self, document: Path) -> Path:
        """Return the document as PDF, beside it."""
        return self._converted(document, "pdf", document.parent)

    def saved(self, workbook: Path) -> Path:
        """Return the workbook as somebody saves it who opens it here."""
        folder = workbook.parent / "saved"
        folder.mkdir(exist_ok=True)
        return self._converted(workbook, "xlsx:Calc MS Excel 2007 XML", folder)

    def _converted(self, document: Path, form: str, folder: Path) -> Path:
        words = [
            self.program, f"-env:UserInstallation=file://{self.profile}", "--headless", "--convert-to", form,
            "--outdir", str(folder), str(document),
        ]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
        made = folder / f"{document.stem}.{form.partition(':')[0]}"
        assert made.exists(), done.stderr
        return made


def _missing(program: str, how: str) -> None:
    pytest.skip(f"needs {program}: {how}")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        _missing("LibreOffice", "apt-get install libreoffice-writer libreoffice-calc fonts-liberation")
    return Office(str(program), tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only for these tests

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        _missing("Chromium", "apt-get install chromium fonts-liberation")
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    script = NODE / "axe-core/axe.min.js"
    if not script.exists():
        _missing("axe-core", "make judges")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The words that run the HTML checker; roles are given again where the look takes a table's away on phones."""
    program = NODE / ".bin/html-validate"
    if not program.exists() or shutil.which("node") is None:
        _missing("html-validate", "apt-get install nodejs npm; make judges")
    return [str(program), "--config", str(Path(__file__).with_name("html-validate.json")), "--formatter", "text"]


@pytest.fixture(scope="session")
def poppler() -> None:
    """The programs that read PDF."""
    if shutil.which("pdftotext") is None:
        _missing("poppler", "apt-get install poppler-utils")


def pdf_pages(pdf: Path) -> list[str]:
    """Return the text of each page."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def pdf_sizes(pdf: Path) -> list[tuple[int, int]]:
    """Return width and height of each page in points."""
    words = ["pdfinfo", "-f", "1", "-l", "999", str(pdf)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    sizes = [line.split() for line in done.stdout.splitlines() if line.startswith("Page ") and " size:" in line]
    return [(round(float(size[3])), round(float(size[5]))) for size in sizes]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> "Made":
    """Reports of several workspaces in all forms."""
    return Made(tmp_path_factory.mktemp("made"))


class Made:
    """Documents made once, from copies: the shipped figures, all kinds of them, the shipped ones as if real (twice)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspaces = {"le-hong": REPOSITORY, "moi-loai": GOLDEN}
        for name, source in (*self.workspaces.items(), ("that", REPOSITORY), ("ban-hanh", REPOSITORY)):
            for part in ("plan", "data"):
                shutil.copytree(source / part, folder / name / part)
        for path in (*(folder / "that/data").glob("*.yaml"), *(folder / "ban-hanh/data").glob("*.yaml")):
            path.write_text(path.read_text(encoding="utf-8").replace("illustrative: true\n", ""), encoding="utf-8")

    def report(self, workspace: str, period: str, form: str, *words: str) -> Path:
        """Return the file of a report."""
        file = self.folder / f"{workspace}-{period}{''.join(words)}.{form}".replace("/", "-")
        if not file.exists():
            asked = ["report", period, "-o", str(file), "-q", "-C", str(self.folder / workspace), *words]
            assert run(asked) == 0, asked
        return file

    def sheet(self, workspace: str, period: str, owner: str) -> Path:
        """Return the Word file of the sheet that an owner signs."""
        file = self.folder / f"phieu-{workspace}-{period}-{owner}.docx"
        words = [
            "confirm",
            "-p",
            period,
            "--owner",
            owner,
            "--sheet",
            "-o",
            str(file),
            "-C",
            str(self.folder / workspace),
        ]
        assert run(words) == 0
        return file

    def site(self, workspace: str) -> Path:
        """Return the folder of the public pages."""
        folder = self.folder / f"site-{workspace}"
        if not folder.exists():
            assert run(["site", "-o", str(folder), "-q", "-C", str(self.folder / workspace)]) == 0
        return folder
