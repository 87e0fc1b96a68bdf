"""The public pages: which periods, what is kept back, and the figures to download."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run

Site = Callable[..., Path]


@pytest.fixture
def root(repository: Path, tmp_path: Path) -> Path:
    for part in ("plan", "data"):
        shutil.copytree(repository / part, tmp_path / "xa" / part)
    return tmp_path / "xa"


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Site:
    """Write the pages and return their folder."""

    def make(*words: str) -> Path:
        folder = tmp_path / "site"
        assert run(["site", "-o", str(folder), "-q", "-C", str(root), *words]) == 0
        return folder

    return make


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())


def test_each_period_with_figures_that_is_over_has_a_page(site: Site) -> None:
    names = {path.stem for path in (site() / "ky").iterdir()}
    assert {"2022", "2022H1", "2022H2", "2022-9T", "2022Q4", "2023Q2", "2023H1", "2023-06"} <= names
    assert not {"2021", "2023", "2023-07", "2023Q3", "2021-2025"} & names


def test_notes_evidence_texts_and_names_are_not_published(site: Site, root: Path) -> None:
    said = everything(site())
    assert "6 hồ sơ đất đai quá hạn do chờ xác minh" not in said
    assert "06/BC-BPMC" not in said
    assert "Bùi Văn Tiến" not in said
    assert "Việc xác minh nguồn gốc đất cần nhiều cơ quan phối hợp" not in said
    assert "Đối thoại với 38 người dân" not in said
    assert "Hệ thống một cửa điện tử, biểu II.06a" in said
    assert "nguyên nhân:" not in said
    edit(root, "data/2023-06.yaml", "    note: 6 hồ sơ đất", "    public: true\n    note: 6 hồ sơ đất")
    edit(root, "plan/owners.yaml", "    public: true\n", "")
    said = everything(site())
    assert "6 hồ sơ đất đai quá hạn do chờ xác minh" in said
    assert "06/BC-BPMC" in said
    assert "Chủ trì</dt><dd>Công chức Văn phòng Đảng ủy - Nội vụ" not in said
    assert "<dd>V.1</dd>" in said


def test_notes_of_the_plan_are_not_published_and_no_sign_hides_in_the_figures(site: Site, root: Path) -> None:
    edit(root, "plan/areas/4-thu-tuc-hanh-chinh.yaml", "    kind: ratio", "    note: GHI CHÚ NỘI BỘ\n    kind: ratio")
    edit(
        root,
        "data/2023-06.yaml",
        "source: Hệ thống một cửa",
        'source: "\\u202Ẹ =Hệ thống một cửa'.replace("Ẹ", "E") + '"  # ',
    )
    said = everything(site())
    assert "GHI CHÚ NỘI BỘ" not in said
    assert "\u202e" not in said


def test_remarks_marked_public_are_published(site: Site, root: Path) -> None:
    edit(root, "data/2023Q2.yaml", "  tthc:\n    results:", "  tthc:\n    public: true\n    results:")
    said = (site() / "ky/2023Q2.html").read_text(encoding="utf-8")
    assert "Công chức chưa xin gia hạn kịp thời" in said
    assert "Một số công chức còn lúng túng" not in said


def test_every_page_carries_the_mark_of_made_up_figures(site: Site, root: Path) -> None:
    pages = list(site().rglob("*.html"))
    assert all(page.read_text(encoding="utf-8").count("SỐ LIỆU GIẢ ĐỊNH") == 2 for page in pages)
    for path in (root / "data").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("illustrative: true\n", ""), encoding="utf-8")
    assert not any("SỐ LIỆU GIẢ ĐỊNH" in page.read_text(encoding="utf-8") for page in site().rglob("*.html"))


def test_the_figures_of_an_indicator_come_as_csv_and_json(site: Site, root: Path) -> None:
    edit(root, "data/2023-06.yaml", "source: Hệ thống một cửa điện tử, biểu II.06a", "source: '=HYPERLINK(\"x\")'")
    folder = site()
    rows = list(csv.DictReader(io.StringIO((folder / "du-lieu/ho-so-dung-han.csv").read_text(encoding="utf-8"))))
    last = rows[-1]
    assert (last["period"], last["numerator"], last["denominator"], last["value"]) == ("2023-06", "412", "418", "")
    assert last["source"].startswith("'=")
    series = json.loads((folder / "du-lieu/ho-so-dung-han.json").read_text(encoding="utf-8"))
    assert series["schema"] == "cchc/series/1"
    assert (series["figures"][-1]["period"], series["figures"][-1]["actual"]["numerator"]) == ("2023-06", 412)
    everything_ = list(csv.DictReader(io.StringIO((folder / "du-lieu/so-lieu.csv").read_text(encoding="utf-8"))))
    assert {row["value"] for row in everything_ if row["indicator"] == "cong-khai-ngan-sach"} == {"true"}


def test_equal_files_give_equal_pages(site: Site) -> None:
    first = everything(site())
    assert everything(site()) == first


def test_an_indicators_page_has_definition_targets_course_and_sources(site: Site) -> None:
    page = (site() / "chi-tieu/hai-long-phuc-vu.html").read_text(encoding="utf-8")
    for said in (
        "Ý kiến trả lời hài lòng",
        "từ năm 2021: từ 90% trở lên",
        "từ năm 2025: từ 95% trở lên",
        "92,37%",
        "cộng tử số",
    ):
        assert said in page


def test_the_term_has_a_page_once_it_is_over(site: Site, root: Path) -> None:
    entry = "format: cchc/1\nperiod: 2025-12\nillustrative: true\n"
    entry += "measurements:\n  ho-so-dung-han: {numerator: 1, denominator: 1}\n"
    (root / "data/2025-12.yaml").write_text(entry, encoding="utf-8")
    folder = site()
    assert (folder / "ky/2021-2025.html").exists()
    assert "Cả giai đoạn" in (folder / "index.html").read_text(encoding="utf-8")


def test_as_of_a_revision_and_with_errors(
    site: Site, root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    edit(root, "data/2023-06.yaml", "numerator: 412", "numerator: 999")
    assert run(["site", "-o", str(tmp_path / "x"), "-C", str(root)]) == 1
    assert "E203" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
    page = (site("--allow-problems") / "ky/2023-06.html").read_text(encoding="utf-8")
    assert "Số liệu không tính vì tệp có lỗi" in page
    assert run(["site", "-o", str(tmp_path / "x"), "-C", str(root), "--at", "HEAD"]) == 3


@pytest.mark.parametrize("words", [(), ("-o", "-")])
def test_the_folder_has_to_be_named(root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert run(["site", "-C", str(root), *words]) == 2
    assert "-o DIR" in capsys.readouterr().err


def test_without_figures_there_is_nothing_to_publish(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.rmtree(root / "data")
    assert run(["site", "-o", str(tmp_path / "x"), "-C", str(root)]) == 3
    assert "chưa có số liệu" in capsys.readouterr().err


def test_hostile_texts_are_inert_on_every_page(site: Site, root: Path) -> None:
    edit(
        root,
        "plan/areas/4-thu-tuc-hanh-chinh.yaml",
        "name: Tỷ lệ hồ sơ trả",
        "name: <script>alert(1)</script>Tỷ lệ hồ sơ trả",
    )
    folder = site()
    for page in folder.rglob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8")
