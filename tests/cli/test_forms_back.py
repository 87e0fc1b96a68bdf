"""A month by form, as an office does it: the plan without its data, a form, filled in, imported."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.formfilling import FilledIn

from cchc.cli.main import run

MONTH = "2023-09"
WHOLE = {"ho-so-tiep-nhan": 451, "ho-so-truc-tuyen": 271, "ho-so-truc-tiep-bcci": 145, "ho-so-ky-truoc-chuyen": 35}
WHOLE |= {"ho-so-da-giai-quyet": 418, "ho-so-giai-quyet-truoc-han": 258, "ho-so-giai-quyet-dung-han": 154}
WHOLE |= {"ho-so-giai-quyet-qua-han": 6, "ho-so-dang-giai-quyet": 31, "ho-so-dang-giai-quyet-trong-han": 30}
WHOLE |= {"ho-so-dang-giai-quyet-qua-han": 1, "ho-so-tra-lai-rut": 2}
RATIOS = {"cong-khai-tthc": (152, 152), "ho-so-dung-han": (412, 418), "thoi-gian-cho": (5406, 436)}
RATIOS |= {"ho-so-cong-viec-mang": (121, 163), "van-ban-dien-tu": (142, 142)}
QUARTER = {"van-ban-chi-dao": 8, "tin-bai-tuyen-truyen": 21, "vbqppl-ra-soat": 2}
Said = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan without its data, under git."""
    root = tmp_path_factory.mktemp("begun") / "xa"
    assert run(["init", str(root), "--from", str(Path(__file__).parents[2]), "-q"]) == 0
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "kế hoạch")
    return root


@pytest.fixture
def office(begun: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(begun, tmp_path / "xa"))


def git(root: Path, *words: str) -> str:
    identity = ("-c", "user.name=Bình", "-c", "user.email=binh@xa.example")
    return subprocess.run(
        ("git", *identity, *words), cwd=root, capture_output=True, encoding="utf-8", check=True
    ).stdout


@pytest.fixture
def said(office: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command line there on the day on which the month's figures are entered."""

    def call(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([*words, "-C", str(office), "--today", "2023-09-16"])
        return status, *capsys.readouterr()

    return call


def filled_in(office: Path) -> FilledIn:
    form = FilledIn(office, MONTH).head("Công chức chủ trì từng chỉ tiêu", "15/9/2023")
    for key, value in WHOLE.items():
        form.put(f"{key} {MONTH}", value=value, source="Hệ thống một cửa điện tử, biểu II.06a")
    for key, (numerator, denominator) in RATIOS.items():
        form.put(f"{key} {MONTH}", numerator=numerator, denominator=denominator)
    for key, value in QUARTER.items():
        form.put(f"{key} 2023Q3", value=value)
    return form


def test_a_months_twenty_figures_by_form(office: Path, said: Said) -> None:
    file = filled_in(office).saved()
    status, out, err = said("import", str(file))
    assert (status, err) == (0, "")
    assert "data/2023-09.yaml" in out
    git(office, "add", "-A", "--", "data")
    added = git(office, "diff", "--cached", "-U0", "--", "data")
    keys = [*RATIOS, *WHOLE, *QUARTER]
    assert sorted(re.findall(r"^\+  ([a-z0-9-]+):$", added, re.MULTILINE)) == sorted(keys)
    assert len(keys) == 20
    assert len(re.findall(r"^\+    provided: \{by: [a-z-]+, on: 2023-09-15\}$", added, re.MULTILINE)) == 20
    assert not re.findall(r"^-(?!-)", added, re.MULTILINE)
    assert said("validate")[0] == 0
    again = said("import", str(file))
    assert (again[0], git(office, "diff", "--", "data")) == (0, "")
    figures = json.loads(said("report", MONTH, "-f", "json")[1])["indicators"]
    assert next(one["actual"]["display"] for one in figures if one["id"] == "ho-so-dung-han") == "98,56%"


def test_the_second_form_begins_with_the_sources_of_the_first(office: Path, said: Said) -> None:
    assert said("import", str(filled_in(office).saved()))[0] == 0
    form = FilledIn(office, "2023-10")
    assert form.cell("ho-so-tiep-nhan 2023-10", "source").value == "Hệ thống một cửa điện tử, biểu II.06a"
    assert form.cell("ho-so-tiep-nhan 2023-10", "before").value == "451 hồ sơ"


def test_faults_are_told_by_cell_and_nothing_is_written(office: Path, said: Said) -> None:
    form = filled_in(office)
    form.put(f"ho-so-dung-han {MONTH}", numerator=421).put(f"ho-so-tiep-nhan {MONTH}", value="bốn trăm")
    status, out, err = said("import", str(form.saved()))
    assert (status, out) == (2, "")
    places = [form.place(f"ho-so-dung-han {MONTH}", "numerator"), form.place(f"ho-so-tiep-nhan {MONTH}", "value")]
    assert re.findall(r"^(Số liệu![A-Z]+\d+): lỗi: ", err, re.MULTILINE) == places
    assert "tử số 421 lớn hơn mẫu số 418" in err
    assert git(office, "status", "--porcelain", "--", "data") == ""


def test_sums_that_do_not_agree_and_cells_that_were_not_taken_are_told(office: Path, said: Said) -> None:
    form = filled_in(office).put(f"ho-so-tiep-nhan {MONTH}", value=450).put("cuoc-kiem-tra 2023Q3", note="chờ")
    status, _, err = said("import", str(form.saved()))
    assert status == 0
    assert "cảnh báo[W501]" in err
    assert f"{form.place('cuoc-kiem-tra 2023Q3', 'note')}: cảnh báo: hàng này chưa có số liệu" in err


def test_a_form_that_nobody_filled_in_is_told(office: Path, said: Said) -> None:
    assert said("import", str(FilledIn(office, MONTH).file)) == (0, "", "biểu không có ô nào được điền thêm hay sửa\n")
    assert said("import", str(FilledIn(office, MONTH).file), "-q") == (0, "", "")


def test_a_dry_run_prints_the_diff_and_writes_nothing(office: Path, said: Said) -> None:
    status, out, _ = said("import", str(filled_in(office).saved()), "-n")
    assert status == 0
    assert "+++ b/data/2023-09.yaml" in out
    assert git(office, "status", "--porcelain", "--", "data") == ""


def test_a_form_says_its_periods_itself(office: Path, said: Said) -> None:
    status, _, err = said("import", str(filled_in(office).saved()), "-p", MONTH)
    assert (status, "Bỏ -p." in err) == (2, True)


def test_a_form_is_known_also_when_its_hidden_sheet_is_shown(office: Path, said: Said) -> None:
    form = filled_in(office)
    form.book["cchc"].sheet_state = "visible"
    assert said("import", str(form.saved()))[0] == 0


def test_figures_of_a_closed_period_need_their_document(office: Path, said: Said) -> None:
    first = FilledIn(office, MONTH).put(f"ho-so-tiep-nhan {MONTH}", value=451)
    assert said("import", str(first.saved()))[0] == 0
    git(office, "add", "-A", "--", "data")
    git(office, "commit", "-q", "-m", "số liệu")
    assert said("close", MONTH, "--by", "vp-dang-uy-noi-vu", "--incomplete")[0] == 0
    form = FilledIn(office, MONTH).put(f"ho-so-da-giai-quyet {MONTH}", value=418)
    status, _, err = said("import", str(form.saved()))
    assert status == 3
    assert re.search(r"^Số liệu![A-Z]+\d+: lỗi: .*2023-09 đã chốt", err, re.MULTILINE)
    assert said("import", str(form.file), "--document", "31/TB-UBND")[0] == 0
    assert "supplement:" in (office / "data/2023-09.yaml").read_text(encoding="utf-8")
