"""Forms through LibreOffice: printed, and filled in, saved by it and read back."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.formfilling import FilledIn, copied
from tests.judges.conftest import REPOSITORY, Office, pdf_pages, pdf_sizes

from cchc.commands.filling import Filling, record_form
from cchc.commands.formfigures import Notice
from cchc.commands.measure import Manner, Outcome
from cchc.commands.opening import plan_of
from cchc.workspace import sheets
from cchc.workspace.formreading import form_rows
from cchc.workspace.load import load_plan

MANNER = Manner(date(2023, 12, 20), illustrative=True)
FIGURES: dict[str, dict[str, Any]] = {  # of every kind, as officials leave them
    "ho-so-dung-han 2023-12": {"numerator": 412, "denominator": 418, "note": "6 hồ sơ\nchờ xác minh"},
    "thoi-gian-cho 2023-12": {"numerator": "5.406/436", "source": "=1+1"},
    "ho-so-tiep-nhan 2023-12": {"value": 451, "on": "14/12/2023", "quality": "có", "evidence": "a.pdf\nBáo cáo 12/BC"},
    "xep-hang-cchc 2023": {"value": "5/17"},
    "xep-loai-cchc 2023": {"value": "Tốt", "points": 86.25},
    "chuan-tiep-can-phap-luat 2023": {"value": "đạt", "by": "Công chức Tư pháp - Hộ tịch"},
    "hai-long-tthc 2023Q4": {"value": "93,5"},
    "chi-dao-dieu-hanh 2023Q4": {"value": "- Đã ban hành kế hoạch\n- Đã kiểm tra"},
    "von-dau-tu-giai-ngan 2023Q4": {"value": 1234.5},
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the shipped plan and figures under git."""
    root = copied(REPOSITORY, tmp_path)
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "x")):
        subprocess.run(("git", *words), cwd=root, check=True)
    return root


def filled_in(root: Path) -> FilledIn:
    form = FilledIn(root, "2023-12").head("Công chức chủ trì từng chỉ tiêu", date(2023, 12, 15))
    for key, cells in FIGURES.items():
        form.put(key, **cells)
    return form


def given(root: Path, file: Path, manner: Manner) -> tuple[Outcome, tuple[Notice, ...]]:
    return record_form(Filling(root, plan_of(load_plan(root))), form_rows(sheets.read(file)), manner)


def changes(root: Path, file: Path) -> dict[str, str]:
    outcome, notices = given(root, file, Manner(MANNER.today, illustrative=True, dry_run=True))
    assert notices == ()
    return {change.file: change.after for change in outcome.changes}


def test_what_libreoffice_saves_says_the_same_figures(office: Office, workspace: Path) -> None:
    file = filled_in(workspace).saved()
    expected = changes(workspace, file)
    assert sum(text.count("\n    provided:") for text in expected.values()) == len(FIGURES)
    assert changes(workspace, office.saved(file)) == expected


def test_a_form_that_libreoffice_only_saved_says_nothing(office: Office, workspace: Path) -> None:
    form = FilledIn(workspace, "2023-06")
    outcome, notices = given(workspace, office.saved(form.file), MANNER)
    assert (outcome.figures, notices) == ((), ())


def test_it_prints_on_a4_landscape_with_its_head_on_every_page(office: Office, workspace: Path, poppler: None) -> None:
    del poppler
    pdf = office.pdf(FilledIn(workspace, "2023-06").file)
    pages = pdf_pages(pdf)
    assert set(pdf_sizes(pdf)) == {(842, 595)}
    assert len(pages) > 1
    assert all("Chỉ tiêu, số liệu" in page and "SỐ LIỆU GIẢ ĐỊNH" in page for page in pages)
    assert not any("cchc:" in page or "ho-so-dung-han" in page for page in pages)
