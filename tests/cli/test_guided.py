"""The guided entry through a real terminal: what is shown and asked, and what is in the files afterwards."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

if sys.platform == "win32":
    pytest.skip("needs a terminal of Unix", allow_module_level=True)

from tests.conftest import Cchc
from tests.repositories import PLAN, Repo, data
from tests.terminal import CTRL_C, CTRL_D, HANGED_UP, Terminal

from cchc.cli import session
from cchc.core.entering import due_figures
from cchc.core.fields import Kind
from cchc.core.period_forms import parse_period
from cchc.views.wrapping import width_of
from cchc.workspace.load import load

OWNERS = "format: cchc/1\nowners:\n  - {id: van-phong, name: Văn phòng}\n  - {id: khac, name: Người khác}\n"
AREA = """\
format: cchc/1
area: tthc
ref: II.2.4
title: Cải cách thủ tục hành chính
owner: van-phong
indicators:
  - id: dung-han
    ref: II.2.4.a.3
    name: Tỷ lệ hồ sơ đúng hạn
    kind: ratio
    unit: "%"
    item: hồ sơ
    numerator: Hồ sơ trả kết quả đúng hạn và trước hạn, kể cả hồ sơ nộp trực tuyến trên Cổng dịch vụ công
    denominator: Hồ sơ đã trả kết quả
    frequency: month
    reading: Tính trên số hồ sơ đã trả trong kỳ
    targets: [{from: 2021, at_least: 98, as_written: từ 98% trở lên}]
  - {id: kinh-phi, name: Kinh phí, kind: number, unit: triệu đồng, frequency: month}
  - {id: cong-khai, name: Công khai ngân sách, kind: yes_no, frequency: quarter, phrases: {yes: đã, no: chưa}}
  - {id: xep-loai, name: Xếp loại, kind: grade, frequency: month, scale: [yếu, khá, tốt]}
  - {id: xep-hang, name: Xếp hạng, kind: rank, frequency: month, owner: khac}
  - {id: bang-loi, name: Việc đã làm, kind: narrative, frequency: month}
"""
STATISTICS = """\
format: cchc/1
statistics:
  - {id: tiep-nhan, name: Hồ sơ tiếp nhận, kind: count, unit: hồ sơ, frequency: month, owner: khac}
"""
YEAR = {f"data/2022-{month:02}.yaml": data(f"2022-{month:02}", dung_han=f"{400 + month}/{410 + month}")
        for month in range(1, 13)}  # fmt: skip
MAY = data("2023-05", "tiep-nhan: {value: 7}", dung_han="410/418")
FILES = {
    "plan/plan.yaml": PLAN,
    "plan/owners.yaml": OWNERS,
    "plan/statistics.yaml": STATISTICS,
    "plan/areas/4-tthc.yaml": AREA,
    ".gitignore": ".cchc.lock\n.cchc.typed\n",
    "data/2023-05.yaml": MAY,
    **YEAR,
}
JUNE = "data/2023-06.yaml"
QUARTER = "data/2023Q2.yaml"
VALUE = "Giá trị"
KEEP = "Giữ giá trị này?"
REPLACE = "Thay bằng số mới?"
WRITE = "(có/không, <"
GO_ON = "Dùng tiếp?"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A workspace in git with an indicator of every kind and figures until 2023-05."""
    return Repo.begun(tmp_path / "xa", files=FILES)


def sat_down(repo: Repo, *words: str, columns: int = 80, **env: str) -> Terminal:
    """Sit down before the guided entry, on 20 June 2023."""
    return Terminal("add-measure", *words, cwd=repo.root, columns=columns, **env)


def measurements(repo: Repo, file: str) -> Mapping[str, Mapping[str, str]]:
    """Return the entries of a data file with their texts."""
    entries: Mapping[str, Mapping[str, str]] = yaml.load(repo.read(file), yaml.BaseLoader)["measurements"]  # noqa: S506  # texts alone
    return entries


def typed(repo: Repo) -> bool:
    """Whether something that was typed is kept for another time."""
    return (repo.root / ".cchc.typed").exists()


def test_everything_that_is_due_is_asked_for_and_written_at_once(repo: Repo) -> None:
    at = sat_down(repo, "--source", "Một cửa")
    at.wait("Nhập số liệu tháng 6/2023 (từ 15/5/2023 đến 14/6/2023)\r\nCần nhập 7 số liệu, đã có 0. Hạn: 16/6/2023.")
    at.wait("== II.2.4 Cải cách thủ tục hành chính ==")
    for line in (
        "[1/7] Tỷ lệ hồ sơ đúng hạn, tháng 6/2023",
        "  Tử số: Hồ sơ trả kết quả đúng hạn",
        "  Mẫu số: Hồ sơ đã trả kết quả",
        "  Đơn vị tính: %",
        "  Cách tính: Tính trên số hồ sơ đã trả trong kỳ",
        "  Kỳ trước (tháng 5/2023): 410/418 (98,09%)",
        "  Cùng kỳ năm trước (tháng 6/2022): 406/416 (97,60%)",
        "  Mục tiêu Kế hoạch: từ 98% trở lên",
        "  Không phát sinh: gõ 0/0",
    ):
        at.wait(line)
    answers = (
        "412/418 :ghi-chú 6 hồ sơ chờ xác minh",
        "93,5",
        "đạt",
        "TỐT",
        "4/17 :tạm-tính",
        "Đã rà soát: xong.",
        "1.234",
    )
    for answer in answers:
        at.type(answer, VALUE)
    at.wait("+++ b/data/2023-06.yaml")
    at.wait("tháng 6/2023: 98,56% (412/418 hồ sơ) – đạt")
    assert not (repo.root / JUNE).exists()
    at.type("có", WRITE)
    assert at.end() == 0
    assert "== Số liệu thống kê ==" in at.screen
    assert at.screen.endswith("data/2023-06.yaml: đã tạo\ndata/2023Q2.yaml: đã tạo\n")
    source = {"source": "Một cửa"}
    assert measurements(repo, JUNE) == {
        "dung-han": {"numerator": "412", "denominator": "418", "note": "6 hồ sơ chờ xác minh", **source},
        "kinh-phi": {"value": "93.5", **source},
        "xep-loai": {"value": "tốt", **source},
        "xep-hang": {"value": "4", "of": "17", "quality": "provisional", **source},
        "bang-loi": {"text": "Đã rà soát: xong.", **source},
        "tiep-nhan": {"value": "1234", **source},
    }
    assert measurements(repo, QUARTER) == {"cong-khai": {"value": "có", **source}}
    assert not typed(repo)
    assert repo.git("status", "--short").split() == ["??", JUNE, "??", QUARTER]


def test_it_goes_back_skips_explains_drops_and_asks_again_for_what_does_not_fit(repo: Repo) -> None:
    at = sat_down(repo)
    at.type("<", VALUE)
    at.wait("Đây là số liệu đầu tiên.")
    at.type("?", VALUE)
    at.wait("Mã: dung-han (II.2.4.a.3)")
    at.wait("tử số/mẫu số, ví dụ 412/418")
    at.type("-", VALUE)
    at.wait("Ở đây chưa gõ gì.")
    at.type("421/418", VALUE)
    at.wait("tử số 421 lớn hơn mẫu số 418")
    at.type(":nguồn không có số", VALUE)
    at.wait("thiếu giá trị")
    if sys.platform == "linux":
        at.type("9" * 4095, VALUE)
        at.wait("dòng dài quá mức màn hình nhận được")
    at.type("nhiều", VALUE)
    at.wait("“nhiều” không phải là giá trị")
    at.type("412/418", VALUE)
    at.type("1.234", VALUE)
    at.wait("“1.234” có thể là 1234 hoặc 1,234")
    at.type("", VALUE)
    at.type("<", "[3/7]")
    at.type("1.234,5 :nguon Kho bạc", "[2/7]")
    at.type("<", "[3/7]")
    at.wait("Vừa gõ: 1.234,50 triệu đồng; nguồn: Kho bạc")
    at.type(":ghi-chú gồm cả tháng 5", "Giá trị [1.234,50 triệu đồng]")
    at.type("<", "[3/7]")
    at.type("<", "[2/7]")
    at.type("-", "Giá trị [412/418 (98,56%)]")
    at.wait("đã bỏ")
    at.type(">", VALUE)
    at.type("<", WRITE)
    at.type(">", "[7/7]")
    at.type("không biết", WRITE)
    at.type("CÓ", WRITE)
    assert at.end() == 0
    assert measurements(repo, JUNE) == {"kinh-phi": {"value": "1234.5", "source": "Kho bạc", "note": "gồm cả tháng 5"}}


def test_an_outlier_has_to_be_confirmed_and_nothing_arose_is_told_from_it(repo: Repo) -> None:
    at = sat_down(repo)
    at.type("41/418", VALUE)
    at.wait("Cần xem lại[W505]: dung-han")
    at.type("", KEEP)
    at.type("41/418", VALUE)
    at.type("không", KEEP)
    at.type("0/0", VALUE)
    at.wait("Lưu ý[W507]")
    at.wait("= không phát sinh")
    at.type("<", "[2/7]")
    at.type("41/418", "Giá trị [0/0]")
    at.type("sao", KEEP)
    at.wait("Gõ có hoặc không.")
    at.type("có", KEEP)
    at.type(">", VALUE)
    at.type("có", WRITE)
    assert at.end() == 0
    assert measurements(repo, JUNE) == {"dung-han": {"numerator": "41", "denominator": "418"}}


def test_a_figure_that_is_there_stays_unless_it_is_to_be_replaced(repo: Repo) -> None:
    repo.commit("tháng 6", _2023_06=data("2023-06", "xep-loai: {value: tốt, source: A}", dung_han="412/418"))
    at = sat_down(repo)
    at.wait("đã có 2.")
    at.wait("Đã có: 412/418 (98,56%)")
    at.type("412/418", VALUE)
    at.wait("không thay đổi, số liệu đã có")
    at.type("<", VALUE)
    at.type("411/418", VALUE)
    at.wait("đang có: 412/418 (98,56%)")
    at.wait("vừa gõ: 411/418 (98,33%)")
    at.type("không", REPLACE)
    at.type("411/418", VALUE)
    at.type("có", REPLACE)
    for _ in range(2):
        at.type("", VALUE)
    at.type("khá :nguồn B", "Giá trị [Tốt]")
    at.wait("đang có: Tốt; nguồn: A")
    at.type("", REPLACE)
    at.type(">", VALUE)
    at.type("có", WRITE)
    assert at.end() == 0
    assert "số cũ: 412/418; số mới: 411/418" in at.screen
    assert repo.git("diff", "-U0").splitlines()[-2:] == [
        "-  dung-han: {numerator: 412, denominator: 418}",
        "+  dung-han: {numerator: 411, denominator: 418}",
    ]


def test_in_a_closed_period_correct_is_named_and_what_was_absent_needs_its_document(repo: Repo) -> None:
    repo.commit("tháng 6", _2023_06=data("2023-06", dung_han="412/418"))
    closed = Terminal("close", "2023-06", "--by", "van-phong", "--incomplete", cwd=repo.root)
    assert closed.end() == 0
    at = sat_down(repo)
    at.wait("đã chốt cùng 2023-06 ngày 20/6/2023: chỉ sửa được bằng `cchc correct`")
    at.type("411/418", VALUE)
    at.wait("cchc correct dung-han")
    at.type("", VALUE)
    at.wait("chỉ bổ sung được kèm --document")
    at.type("5", VALUE)
    at.wait("Thêm --document")
    at.press(CTRL_D, VALUE)
    assert at.end() == 130
    assert "Chưa ghi gì." in at.screen


def test_ctrl_c_leaves_the_files_and_what_was_typed_is_offered_again(repo: Repo) -> None:
    at = sat_down(repo, "--source", "Một cửa")
    at.type("412/418", VALUE)
    at.type("93,5 :ghi-chú tạm", VALUE)
    at.press("đ".encode() + CTRL_C, VALUE)
    assert at.end() == 130
    assert "Đã giữ lại 2 số liệu vừa gõ" in at.screen
    assert (repo.git("status", "--short"), typed(repo)) == ("", True)

    elsewhere = sat_down(repo, "-p", "2023-05")
    elsewhere.wait("không hỏi ở lần này: 2023-06 (-p;")
    elsewhere.type(">", VALUE)
    assert (elsewhere.end(), typed(repo)) == (0, True)

    again = sat_down(repo)
    again.wait("Lần trước đã gõ mà chưa ghi: 2 số liệu")
    again.wait("Tỷ lệ hồ sơ đúng hạn, tháng 6/2023: 412/418")
    again.type("có", GO_ON)
    again.type(">", "[3/7]")
    again.type("c", WRITE)
    assert again.end() == 0
    assert measurements(repo, JUNE) == {
        "dung-han": {"numerator": "412", "denominator": "418", "source": "Một cửa"},
        "kinh-phi": {"value": "93.5", "source": "Một cửa", "note": "tạm"},
    }
    assert not typed(repo)


def test_a_terminal_that_is_closed_leaves_the_files_and_keeps_what_was_typed(repo: Repo) -> None:
    at = sat_down(repo)
    at.type("412/418", VALUE)
    at.wait("[2/7]")
    assert at.hang_up() == HANGED_UP
    assert (repo.git("status", "--short"), typed(repo)) == ("", True)
    again = sat_down(repo)
    again.type("", GO_ON)
    again.wait("Gõ có hoặc không.")
    again.type("không", GO_ON)
    again.wait("[1/7]")
    again.type(">", VALUE)
    assert again.end() == 0
    assert "Không gõ số liệu nào, không ghi gì." in again.screen
    assert not typed(repo)


def test_what_is_declined_is_gone_and_a_dry_run_writes_nothing_at_all(repo: Repo) -> None:
    before = sorted(path.name for path in repo.root.iterdir())
    dry = sat_down(repo, "-n", "-p", "2023-07")
    dry.wait("Kỳ chưa kết thúc: số liệu là tạm tính (--provisional, hoặc gõ :tạm-tính sau")
    dry.type("412/418", VALUE)
    dry.type(">", VALUE)
    assert dry.end() == 0
    assert "+  dung-han:" in dry.screen
    assert WRITE not in dry.screen
    assert sorted(path.name for path in repo.root.iterdir()) == before
    at = sat_down(repo)
    at.type("412/418", VALUE)
    at.type(">", VALUE)
    at.type("không", WRITE)
    assert at.end() == 0
    assert (repo.git("status", "--short"), typed(repo)) == ("", False)


def test_commit_commits_the_figures_alone(repo: Repo) -> None:
    repo.known()
    repo.put("ghi-chu.txt", "của tôi")
    at = sat_down(repo, "--commit", "--owner", "khac", "--provided-by", "khac")
    at.wait("Cần nhập 2 số liệu")
    at.type("4/17", VALUE)
    at.type("8", VALUE)
    at.type("có", WRITE)
    assert at.end() == 0
    assert "đã ghi vào lịch sử" in at.screen
    assert repo.git("status", "--short") == "?? ghi-chu.txt"
    assert repo.git("show", "--name-only", "--format=").split() == [JUNE]
    assert measurements(repo, JUNE)["xep-hang"]["of"] == "17"


def test_lines_are_broken_at_the_width_and_no_sign_moves_the_cursor(repo: Repo) -> None:
    at = sat_down(repo, columns=40)
    at.type("?", VALUE)
    at.type("41/418", VALUE)
    at.type("có", KEEP)
    at.type(">", VALUE)
    at.type("không", WRITE)
    assert at.end() == 0
    assert "\x1b" not in at.screen
    shown = [line for line in at.screen.splitlines() if not line.startswith(("+", "-", "@", " +"))]
    typed_after = {"41/418", "không", "?", ">", "có"}
    assert [line for line in shown if width_of(line) >= 40 and line.rsplit(": ", 1)[-1] not in typed_after] == []


def test_colour_is_there_only_where_the_terminal_can(repo: Repo) -> None:
    for term, coloured in (("xterm", True), ("dumb", False)):
        at = sat_down(repo, TERM=term)
        at.type(">", VALUE)
        assert at.end() == 0
        assert ("\x1b[1m[1/7] Tỷ lệ hồ sơ đúng hạn, tháng 6/2023\x1b[0m" in at.screen) is coloured
        assert ("\x1b" in at.screen) is coloured


def test_what_cannot_be_kept_is_said_once_and_entry_goes_on(repo: Repo) -> None:
    (repo.root / ".cchc.typed").mkdir()
    at = sat_down(repo)
    at.wait("Không đọc được những gì lần trước đã gõ (.cchc.typed)")
    at.type("412/418", VALUE)
    at.wait("Không giữ lại được những gì đang gõ cho lần sau:")
    at.type("93,5", VALUE)
    at.type(">", VALUE)
    at.type("có", WRITE)
    assert at.end() == 0
    assert at.screen.count("Không giữ lại được") == 1
    assert set(measurements(repo, JUNE)) == {"dung-han", "kinh-phi"}


def test_twenty_figures_in_one_go_are_exactly_what_git_shows(repository: Path, tmp_path: Path) -> None:
    repo = Repo.begun(tmp_path / "xa", files={".gitignore": ".cchc.*\n"})
    shutil.copytree(repository / "plan", repo.root / "plan")
    repo.commit("kế hoạch")
    loaded = load(repo.root)
    assert loaded.data is not None
    dues = due_figures(loaded.data, parse_period("2023-06"), "vp-hdnd-ubnd")[:20]
    values = {Kind.RATIO: "98/100", Kind.COUNT: "0", Kind.NARRATIVE: "Đã rà soát 12 thủ tục.", Kind.YES_NO: "đạt"}
    at = sat_down(repo, "--owner", "vp-hdnd-ubnd")
    for due in dues:
        at.type(values[due.indicator.kind] if due.indicator.id != "thoi-gian-cho" else "5406/436", VALUE)
    at.type(">", "[21/")
    at.type("có", WRITE)
    assert at.end() == 0
    repo.git("add", "-A")
    assert repo.git("diff", "--cached", "--name-only").split() == [JUNE, QUARTER]
    added = {
        (file, key) for file in (JUNE, QUARTER) for key in measurements(repo, file)
    }  # fmt: skip
    assert added == {(f"data/{due.period}.yaml", due.indicator.id) for due in dues}
    assert len(added) == 20


def test_where_nothing_is_due_that_is_said(repo: Repo) -> None:
    at = sat_down(repo, "--today", "2020-05-01")
    assert at.end() == 0
    assert at.screen == "Chưa có số liệu phải nhập: kế hoạch áp dụng cho giai đoạn 2021–2025.\n"


def test_colour_and_width_are_what_was_asked_for_before_what_the_terminal_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (session.coloured(colour=True), session.coloured(colour=False)) == (True, False)
    for columns, width in (("60", 59), ("rộng", 79), ("", 79)):
        monkeypatch.setenv("COLUMNS", columns)
        assert session.screen_width() == width


def test_input_that_cannot_be_read_any_more_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def readline(self) -> str:
            raise OSError(5, "lỗi vào ra")

    monkeypatch.setattr(sys, "stdin", Gone())
    with pytest.raises(KeyboardInterrupt):
        session.ask("Giá trị")


def test_what_no_figure_could_take_is_refused_before_the_first(repo: Repo) -> None:
    at = sat_down(repo, "--evidence", "../ngoai.pdf")
    assert at.end() == 2
    assert "lỗi: --evidence: " in at.screen
    assert VALUE not in at.screen


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add-measure",), "Hãy nêu INDICATOR."),
        (("add-measure", "--owner", "khac"), "Hãy nêu INDICATOR."),
        (("add-measure", "dung-han", "1/2", "--owner", "khac"), "--owner và INDICATOR không dùng cùng nhau"),
        (("add-measure", "--from", "a.csv", "--owner", "khac"), "--owner và --from không dùng cùng nhau"),
    ],
)
def test_without_a_terminal_nothing_is_asked(cchc: Cchc, words: tuple[str, ...], said: str) -> None:
    status, out, err = cchc(*words)
    assert (status, out, said in err) == (2, "", True), err
