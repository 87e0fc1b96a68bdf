"""Every code has its folder, and the folder says what the program says; the manual is made from them."""

import os
from pathlib import Path

import pytest
from tests import problem_catalogue as catalogue

from cchc.core.codes import CODES
from cchc.texts import Language
from cchc.workspace.load import load

MANUALS = {
    Language.VIETNAMESE: ("docs/problems.md", "src/cchc/manual/problems.vi.md"),
    Language.ENGLISH: ("docs/problems.en.md", "src/cchc/manual/problems.en.md"),
}


def test_every_code_has_its_folder_and_every_folder_its_code() -> None:
    folders = {path.name for path in catalogue.FOLDERS.iterdir()}
    assert set(CODES) - folders == set(), "codes without a folder under tests/problems"
    assert folders - set(CODES) == set(), "folders under tests/problems without a code"


def test_the_base_has_nothing_wrong() -> None:
    assert load(catalogue.BASE, reviewed_on=catalogue.TODAY).problems == ()


@pytest.mark.parametrize("code", CODES)
def test_an_input_shows_its_own_mistake_and_no_other(code: str, tmp_path: Path) -> None:
    found, _ = catalogue.problems(code, catalogue.workspace(code, "input", tmp_path))
    assert {problem.code for problem in found} == {code} | catalogue.BESIDE.get(code, set())
    if code not in catalogue.BESIDE:
        assert len(found) <= 2  # one mistake, one finding; of a pair that disagrees both may be shown


@pytest.mark.parametrize("code", CODES)
def test_mended_nothing_is_wrong(code: str, tmp_path: Path) -> None:
    assert catalogue.problems(code, catalogue.workspace(code, "mended", tmp_path))[0] == ()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", CODES)
def test_what_is_said_is_what_was_said(
    code: str, language: Language, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = catalogue.FOLDERS / code / f"expected.{language}.txt"
    text = catalogue.said(code, catalogue.workspace(code, "input", tmp_path), language)
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_it_means_and_how_to_mend_it(code: str) -> None:
    for language in Language:
        title, meaning, mending = catalogue._page(code, language)
        assert len(title) <= 60
        assert "\n" not in title
        assert len(meaning.split()) >= 12
        assert mending.endswith((".", "`."))


@pytest.mark.parametrize("language", Language)
def test_the_manual_is_made_from_the_folders(
    language: Language, repository: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    text = catalogue.manual(language, tmp_path)
    for name in MANUALS[language]:
        path = repository / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_bytes().decode("utf-8")


def test_a_folder_holds_nothing_else() -> None:
    known = {"input", "mended", "closed", "page.vi.md", "page.en.md", "expected.vi.txt", "expected.en.txt"}
    for folder in catalogue.FOLDERS.iterdir():
        assert {entry.name for entry in os.scandir(folder)} - known == set()
