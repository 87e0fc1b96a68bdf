"""`form` at the terminal: where the workbook goes, what is said, what is refused."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.formfilling import copied
from tests.repositories import Repo, data

from cchc.cli.main import run

Cchc = Callable[..., tuple[int, str, str]]


def test_a_form_is_written_and_counted(cchc: Cchc, repo: Repo) -> None:
    file = repo.root / "bieu.xlsx"
    assert cchc("form", "tháng 6/2023", "-o", str(file)) == (0, "", f"đã ghi: {file} (2 số liệu)\n")
    assert load_workbook(file).sheetnames == ["Số liệu", "cchc"]


def test_a_form_that_may_be_filled_in_is_not_written_over(cchc: Cchc, repo: Repo) -> None:
    file = repo.root / "bieu.xlsx"
    file.write_bytes(b"x")
    status, _, said = cchc("form", "2023-06", "-o", str(file))
    assert (status, file.read_bytes()) == (3, b"x")
    assert "có thể đã được điền" in said
    assert cchc("form", "2023-06", "-o", str(file), "--replace", "-q") == (0, "", "")
    assert file.read_bytes().startswith(b"PK")


def test_in_a_folder_the_name_says_what_it_is_for(cchc: Cchc, repo: Repo) -> None:
    repo.put("data/2023-05.yaml", data("2023-05", so_luong="1").replace("\nmeas", "\nillustrative: true\nmeas"))
    assert cchc("form", "2023-06", "-o", str(repo.root), "--owner", "van-phong", "--area", "thu", "-q")[0] == 0
    assert [path.name for path in repo.root.glob("*.xlsx")] == ["bieu-nhap-2023-06-thu-van-phong-gia-dinh.xlsx"]


def test_without_a_file_it_goes_to_standard_output(
    repo: Repo, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as out:
        monkeypatch.setattr("sys.stdout", out)
        assert run(["form", "2023-06", "-C", str(repo.root)]) == 0
        out.flush()
        written = out.buffer.getvalue()
    assert load_workbook(io.BytesIO(written)).sheetnames == ["Số liệu", "cchc"]
    assert capfdbinary.readouterr().err == b""


def test_a_terminal_gets_no_workbook(cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc.cli.session.is_terminal", lambda _: True)
    status, _, said = cchc("form", "2023-06")
    assert status == 2
    assert "-o bieu-nhap-2023-06.xlsx" in said


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("2023-06", "--owner", "noi-vu"), 2, "2023-06 không có số liệu nào đến hạn"),
        (("2023-06", "--owner", "ai-do"), 2, "ai-do"),
        (("2023-06", "--area", "khac"), 2, "khac"),
        (("2030-01",), 2, "2030-01"),
        (("6 thang",), 2, "6 thang"),
        (("2023-06", "-o", "a.pdf"), 2, ".pdf"),
        (("2023-06", "-o", "khong-co/"), 2, "khong-co/"),
    ],
)
def test_what_cannot_be_meant_is_refused(cchc: Cchc, words: tuple[str, ...], status: int, told: str) -> None:
    found, out, said = cchc("form", *words)
    assert (found, out) == (status, "")
    assert told in said


def test_a_form_rests_on_files_without_errors(cchc: Cchc, repo: Repo, tmp_path: Path) -> None:
    repo.put("data/2023-05.yaml", data("2023-05", so_luong="1,5"))
    status, _, said = cchc("form", "2023-06", "-o", str(tmp_path / "a.xlsx"))
    assert (status, "data/2023-05.yaml:4:" in said, (tmp_path / "a.xlsx").exists()) == (1, True, False)
    assert cchc("form", "2023-09", "-o", str(tmp_path / "a.xlsx"), "-q")[0] == 0  # that file is not read for it


def test_a_closed_period_is_told(cchc: Cchc, repo: Repo) -> None:
    repo.known()
    repo.commit("số liệu", _2023_06=data("2023-06", so_luong="1", dung_han="1/2"))
    assert cchc("close", "2023-06", "--by", "van-phong", "--incomplete", "--commit")[0] == 0
    file = repo.root / "bieu.xlsx"
    said = cchc("form", "2023-06", "-o", str(file))[2]
    assert "2023-06 đã chốt ngày 2023-06-20" in said
    told = [cell.value for (cell,) in load_workbook(file)["Số liệu"].iter_rows(max_row=6, max_col=1)]
    assert any("đã chốt ngày 20/6/2023" in str(text) for text in told)


def test_the_commands_of_the_page_run_as_they_stand(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copied(repository, tmp_path))
    page = (repository / "docs/bieu-mau.md").read_text(encoding="utf-8")
    lines = re.findall(r"^cchc (form|import) (.*?) +#", page, re.MULTILINE)
    assert len(lines) == 4
    for command, words in lines:
        assert run([command, *words.split()]) == 0, words
    assert "biểu không có ô nào được điền thêm hay sửa" in capsys.readouterr().err
    made = ["bieu-nhap-2023Q3-tthc-gia-dinh.xlsx", "bieu-thang-7.xlsx", "bieu-vp.xlsx"]
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == made
