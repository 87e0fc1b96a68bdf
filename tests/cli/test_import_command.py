"""`cchc import` as a user meets it: what is printed where, and how far it has come on a real pseudo-terminal."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.repositories import Repo
from tests.tables import form_06a

from cchc.cli import session
from cchc.core.progress import silent, watched

Cchc = Callable[..., tuple[int, str, str]]
MANY = "indicator;period;value\n" + "".join(
    f"ho-so-tiep-nhan;{year}-{month:02};{month}\n" for year in range(2021, 2026) for month in range(1, 13)
)


@pytest.fixture
def begun(cchc: Cchc, tmp_path: Path) -> Path:
    """A workspace as `init` makes it, with the form of the one-stop system beside it."""
    assert cchc("init", "moi", "-q", "-C", str(tmp_path))[0] == 0
    (tmp_path / "bieu.xlsx").write_bytes(form_06a())
    return tmp_path / "moi"


def test_from_an_empty_workspace_the_form_of_the_one_stop_system_is_imported(cchc: Cchc, begun: Path) -> None:
    words = ("import", str(begun.parent / "bieu.xlsx"), "--mapping", "ii-06a", "-p", "2023-06", "-C", str(begun))
    status, out, err = cchc(*words, "--dry-run")
    assert (status, err.splitlines()[0]) == (0, "data/2023-06.yaml: sẽ thay đổi như sau (chưa ghi gì)")
    assert "+    numerator: 412\n+    denominator: 418\n" in out
    assert not (begun / "data/2023-06.yaml").exists()
    assert cchc(*words)[0] == 0
    assert "kept_at: bieu.xlsx" in (begun / "data/2023-06.yaml").read_text(encoding="utf-8")
    status, out, _ = cchc(*words, "-q")
    assert (status, out.splitlines()[0]) == (0, "data/2023-06.yaml: không thay đổi, số liệu đã có")
    assert cchc("validate", "-q", "-C", str(begun))[0] == 0


def test_another_workspace_takes_the_import_files_along(cchc: Cchc, begun: Path) -> None:
    (begun / "plan/imports/hong.yaml").write_bytes(b"\xff")
    assert cchc("init", "sau", "--from", str(begun), "-q", "-C", str(begun.parent))[0] == 0
    copied = begun.parent / "sau/plan/imports"
    assert [file.name for file in copied.iterdir()] == ["ii-06a.yaml"]
    assert (copied / "ii-06a.yaml").read_bytes() == (begun / "plan/imports/ii-06a.yaml").read_bytes()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("khong-co.csv",), 3, "lỗi: không có tệp khong-co.csv\n"),
        (("bieu.xlsx",), 2, "lỗi: hàng đầu không phải tên các cột đã biết"),
        (
            ("bieu.xlsx", "--mapping", "ii-06"),
            2,
            "lỗi: không có tệp nhập plan/imports/ii-06.yaml\n  Có phải là: ii-06a?",
        ),
        (("bieu.xlsx", "--mapping", "ii-06a"), 2, "lỗi: chưa ghi số liệu thuộc kỳ nào"),
        (("bieu.xlsx", "--mapping", "ii-06a", "-p", "2019-06"), 2, "II.06a!H10: lỗi: 2019-06 nằm ngoài thời gian"),
        (("bieu.xlsx", "--encoding", "khong"), 2, "lỗi: --encoding: không có bảng mã “khong”"),
        ((".",), 3, "lỗi: không đọc được .: "),
    ],
)
def test_what_cannot_be_meant_is_refused(
    cchc: Cchc, begun: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, said: str
) -> None:
    monkeypatch.chdir(begun.parent)
    found, out, err = cchc("import", *words, "-C", str(begun))
    assert (found, out) == (status, "")
    assert err.startswith(said), err


@pytest.mark.parametrize(
    ("table", "data", "status"),
    [
        ("indicator;value\nho-so-dung-han;x\n", "", 2),
        ("indicator;value\nho-so-dung-han;5/4\n", "", 2),
        ("a;b\n1;2\n", "", 2),
        ("\xff", "", 2),
        (
            "indicator;value\nho-so-dung-han;3/4\n",
            "measurements: {ho-so-dung-han: {numerator: 4, denominator: 4}}\n",
            3,
        ),
        (
            "indicator;value\nho-so-dung-han;3/4\n",
            "measurements: {ho-so-dung-han: {numerator: 5, denominator: 4}}\n",
            1,
        ),
    ],
)
def test_what_is_wrong_in_a_table_was_typed_and_only_the_workspaces_own_files_have_errors(
    cchc: Cchc, begun: Path, repository: Path, table: str, data: str, status: int
) -> None:
    """As the exit statuses in the README and in the documents about entering have it."""
    (begun.parent / "bang.csv").write_text(table, encoding="latin-1")
    if data:
        (begun / "data/2023-06.yaml").write_text(f"format: cchc/1\nperiod: 2023-06\n{data}", encoding="utf-8")
    found = cchc("import", str(begun.parent / "bang.csv"), "-p", "2023-06", "-C", str(begun))
    assert found[0] == status, found
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "1 tệp của thư mục làm việc" in readme
    assert "2 gõ sai, kể cả nội dung không nhận được trong tệp đưa vào" in readme
    assert "Mã kết thúc: 2 khi ô hoặc tệp" in (repository / "docs/nhap-so-lieu.md").read_text(encoding="utf-8")
    entering = (repository / "docs/entering.md").read_text(encoding="utf-8")
    assert "Nội dung sai trong tệp của `--from`, `import` cũng là mã 2" in entering


def test_standard_input_is_read_as_bytes(cchc: Cchc, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    given = SimpleNamespace(buffer=io.BytesIO(("\ufeffindicator;value\n" + "dung-han;412/418\n").encode("utf-16")))
    monkeypatch.setattr(sys, "stdin", given)
    assert cchc("import", "-", "-p", "2023-06", "--encoding", "utf-16")[0] == 0
    assert "numerator: 412" in (repo.root / "data/2023-06.yaml").read_text(encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", None)
    assert cchc("import", "-")[0] == 2


def test_an_import_can_be_committed(cchc: Cchc, repo: Repo) -> None:
    repo.known()
    (repo.root / "a.csv").write_text("indicator;value\ndung-han;412/418\n", encoding="utf-8")
    assert cchc("import", str(repo.root / "a.csv"), "-p", "2023-06", "--commit")[0] == 0
    assert repo.git("show", "--name-only", "--format=", "HEAD") == "data/2023-06.yaml"


def test_sums_that_do_not_agree_are_listed_on_standard_error(cchc: Cchc, repository: Path, tmp_path: Path) -> None:
    assert cchc("init", "ban-sao", "--from", str(repository), "-q", "-C", str(tmp_path))[0] == 0
    (tmp_path / "b.xlsx").write_bytes(form_06a((521, 312, 198, 10, 418, 120, 292, 6, 102, 99, 3)))
    status, out, err = cchc(
        "import", str(tmp_path / "b.xlsx"), "--mapping", "ii-06a", "-p", "2023-06", "-C", str(tmp_path / "ban-sao")
    )
    assert (status, "W501" in out) == (0, False)
    assert "cảnh báo[W501]: ho-so-tiep-nhan là 521" in err


def test_of_very_many_figures_only_their_number_is_told(cchc: Cchc, repository: Path, tmp_path: Path) -> None:
    assert cchc("init", "ban-sao", "--from", str(repository), "-q", "-C", str(tmp_path))[0] == 0
    more = MANY + MANY.partition("\n")[2].replace("tiep-nhan", "truc-tuyen")
    (tmp_path / "a.csv").write_text(more, encoding="utf-8")
    status, out, _ = cchc("import", str(tmp_path / "a.csv"), "-C", str(tmp_path / "ban-sao"))
    assert (status, len(out.splitlines())) == (0, 61)
    assert out.splitlines()[-1] == "số liệu: 120; xem đánh giá bằng: cchc status"


# how far it has come


ON_TERMINAL = """
import sys
from cchc.cli import session
from cchc.cli.main import main
session.PATIENCE = session.BETWEEN_LINES = 0.0
main(sys.argv[1:])
"""


def at_terminal(*words: str) -> str:
    """Return what a command writes to a pseudo-terminal that is its standard error."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ON_TERMINAL, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs
    ) as started:
        os.close(theirs)
        said = b""
        try:
            while more := os.read(ours, 1 << 16):
                said += more
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(ours)
    assert started.returncode == 0, said.decode()
    return said.decode()


def test_a_terminal_sees_how_far_an_import_has_come(cchc: Cchc, repository: Path, tmp_path: Path) -> None:
    assert cchc("init", "ban-sao", "--from", str(repository), "-q", "-C", str(tmp_path))[0] == 0
    (tmp_path / "a.csv").write_text(MANY, encoding="utf-8")
    said = at_terminal(
        "import", str(tmp_path / "a.csv"), "-q", "--today", "2026-01-15", "-C", str(tmp_path / "ban-sao")
    )
    counts = [int(count) for count in re.findall(r"\r\x1b\[Kđang nhập: (\d+)/60", said)]
    assert counts == [*range(1, 61), *range(61)]  # read, then written
    assert said.endswith("\r\x1b[K")


def test_a_terminal_sees_how_far_a_workbook_has_been_read(cchc: Cchc, repository: Path, tmp_path: Path) -> None:
    assert cchc("init", "ban-sao", "--from", str(repository), "-q", "-C", str(tmp_path))[0] == 0
    (tmp_path / "b.xlsx").write_bytes(form_06a())
    said = at_terminal(
        *("import", str(tmp_path / "b.xlsx"), "--mapping", "ii-06a", "-p", "2023-06", "-q"),
        *("-C", str(tmp_path / "ban-sao")),
    )
    counts = [(int(done), int(total)) for done, total in re.findall(r"\r\x1b\[Kđang nhập: (\d+)/(\d+)", said)]
    parts = counts[0][1]
    assert counts[:parts] == [(done, parts) for done in range(1, parts + 1)]  # unpacked
    assert counts[parts : parts + 11] == [(1, 1), *((row, 10) for row in range(1, 11))]  # looked through, then read
    assert said.endswith("\r\x1b[K")


def test_a_terminal_sees_how_far_pages_and_history_have_come(repo: Repo, cchc: Cchc) -> None:
    repo.known()
    (repo.root / "a.csv").write_text("indicator;value\ndung-han;412/418\n", encoding="utf-8")
    assert cchc("import", str(repo.root / "a.csv"), "-p", "2023-06", "--commit")[0] == 0
    assert "\r\x1b[Kđang đọc lịch sử: 1\r\x1b[K" in at_terminal("log", "dung-han", "-C", str(repo.root))
    assert "\r\x1b[Kđang đọc lịch sử: 1/1\r\x1b[K" in at_terminal("audit", "-C", str(repo.root))
    said = at_terminal("site", "-q", "-o", str(repo.root / "trang"), "-C", str(repo.root))
    assert re.search(r"\r\x1b\[Kđang lập trang: [0-9]+\r\x1b\[K\Z", said)


class Screen(io.StringIO):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_said_in_the_first_second_and_nobody_is_told_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with session.progress("x") as told:
        assert list(watched("ab", told)) == ["a", "b"]
    assert screen.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with session.progress("x") as told:
        assert told is silent
