"""Closing, opening again, correcting and supplementing at the terminal: what is written, said and refused."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.commands import closing, sealed
from cchc.commands.closing import NotClosed, Reason, Wish
from cchc.core.codes import Severity
from cchc.core.model import Closing
from cchc.core.period_forms import parse_period
from cchc.workspace import lists
from cchc.workspace.files import Disk
from cchc.workspace.load import load

Put = Callable[[str, str], Path]
Cchc = Callable[..., tuple[int, str, str]]
TODAY = date(2023, 6, 20)
ENTRY = "measurements:\n  dung-han: {numerator: 412, denominator: 418}\n"
CHECKED = "checked: {by: van-phong, on: 2023-06-16}"
BY = ("--by", "van-phong")
WHY = ("--reason", "Đếm trùng 01 hồ sơ", "--document", "30/TB-UBND")
MORE = """\
  - {id: hai-long, name: Hài lòng, kind: ratio, unit: "%", numerator: n, denominator: d, survey: true, frequency: quarter}
  - {id: giai-ngan, name: Giải ngân, kind: ratio, unit: "%", numerator: n, denominator: d, amounts: decimal, frequency: month}
"""
REPORTS = """\
format: cchc/1
reports:
  - {period: 2023-06, number: 44/BC-UBND, date: 2023-06-20}
  - {period: 2023Q2, number: 45/BC-UBND, date: 2023-06-20}
  - {period: 2023Q2, number: 51/BC-UBND, date: 2023-06-28, replaces: 45/BC-UBND}
  - {period: 2022Q2, number: 40/BC-UBND, date: 2022-06-20}
"""


@pytest.fixture
def cchc(small: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    """Run a command line in the small workspace."""

    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(small)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Nguyễn Thị A", "-c", "user.email=a@cchc.example", "-c", "core.autocrlf=false")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def keep(root: Path, message: str = "x") -> str:
    """Commit everything, in a repository that is begun where there is none, and return the commit."""
    if not (root / ".git").exists():
        git(root, "init", "-q")
        git(root, "config", "user.name", "Nguyễn Thị A")
        git(root, "config", "user.email", "a@cchc.example")
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)
    return git(root, "rev-parse", "HEAD").strip()


def message(root: Path) -> str:
    return git(root, "log", "-1", "--format=%B").strip()


def closings(root: Path) -> tuple[Closing, ...]:
    found, problems = lists.closed(Disk(root))
    assert problems == []
    return found


def close(root: Path, period: str = "2023-06", today: date = TODAY) -> Closing:
    return closing.close(root, Wish(period, "van-phong", today, incomplete=True)).closing


def wrong(root: Path) -> list[str]:
    """Return the codes of all errors."""
    return [problem.code for problem in load(root).problems if problem.severity is Severity.ERROR]


# closing


def test_closing_records_who_when_which_commit_what_was_missing_and_the_digest(
    cchc: Cchc, small: Path, put: Put
) -> None:
    put("2023-06", ENTRY)
    commit = keep(small)
    status, out, err = cchc("close", "2023-06", *BY, "--incomplete")
    (made,) = closings(small)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "tháng 6/2023: đã chốt số liệu ngày 20/6/2023, người chốt van-phong",
        f"  mã đối chiếu trên văn bản: {' '.join(made.digest[at : at + 4] for at in (0, 4, 8, 12))}",
        f"  tại commit: {commit[:10]}",
        "  chưa có: so-luong (2023-06)",
        "  chưa xác nhận: 1 số liệu",
        "đã ghi: data/closed.yaml",
    ]
    assert (small / "data/closed.yaml").read_text(encoding="utf-8") == (
        "format: cchc/1\nclosed:\n  - period: 2023-06\n    on: 2023-06-20\n    by: van-phong\n"
        f"    digest: {made.digest}\n    commit: {commit}\n    incomplete:\n"
        "      - {id: dung-han, unconfirmed: [2023-06]}\n      - {id: so-luong, absent: [2023-06]}\n"
    )
    assert wrong(small) == []


def test_closing_speaks_english_too(small: Path, put: Put) -> None:
    def cchc(*words: str) -> tuple[int, str, str]:
        """Run a command line in a process of its own: the language is chosen once."""
        line = [sys.executable, "-m", "cchc", *words, "-C", str(small)]
        environment = {**os.environ, "CCHC_LANG": "en"}
        done = subprocess.run(line, check=False, capture_output=True, encoding="utf-8", env=environment)
        return done.returncode, done.stdout, done.stderr

    put("2023-06", ENTRY + "  so-luong: {value: 5, quality: provisional}\n")
    status, _, err = cchc("close", "2023-06", *BY)
    assert (status, err.splitlines()[0]) == (
        3, "error: 2023-06 is not complete: 0 figures absent, 1 provisional, 2 unconfirmed",
    )  # fmt: skip
    status, out, _ = cchc("close", "2023-06", *BY, "--incomplete")
    assert status == 0
    assert "figures closed on 20/6/2023 by van-phong" in out
    assert "  provisional: so-luong (2023-06)\n  not confirmed: 2 figures\nwritten: data/closed.yaml\n" in out
    status, out, _ = cchc("reopen", "2023-06", "--reason", "x")
    assert (status, "opened again; it had been closed on 20/6/2023 by van-phong" in out) == (0, True)


def test_a_complete_period_is_closed_without_further_words(cchc: Cchc, small: Path, put: Put) -> None:
    put(
        "2023-06",
        f"measurements:\n  dung-han: {{numerator: 412, denominator: 418, {CHECKED}}}\n"
        f"  so-luong: {{value: 5, {CHECKED}}}\n",
    )
    assert cchc("close", "T6/2023", *BY, "-q") == (0, "", "")
    assert closings(small)[0].incomplete == ()
    assert "incomplete" not in (small / "data/closed.yaml").read_text(encoding="utf-8")


def test_outside_git_a_closing_names_no_commit(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    status, out, _ = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, "commit" in out, closings(small)[0].commit) == (0, False, None)


def test_a_closing_can_be_committed_and_nothing_else_with_it(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    (small / "khac.txt").write_text("x", encoding="utf-8")
    status, out, _ = cchc("close", "2023-06", *BY, "--incomplete", "--commit")
    (made,) = closings(small)
    head = git(small, "rev-parse", "HEAD").strip()
    assert (status, out.splitlines()[-1]) == (0, f"data/closed.yaml: đã ghi, vào lịch sử là {head[:10]}")
    assert git(small, "show", "--name-only", "--format=", "HEAD").split() == ["data/closed.yaml"]
    trailers = f"Period: 2023-06\nDigest: {made.digest}\n"
    assert message(small) == f"data(2023-06): chốt số liệu\n\n{trailers}Closed-by: van-phong"
    assert cchc("reopen", "2023-06", "--reason", "Huyện trả lại", "--commit")[0] == 0
    assert message(small) == f"data(2023-06): mở lại số liệu đã chốt\n\n{trailers}Reason: Huyện trả lại"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("2023-06",), 2, "thiếu người chốt"),
        (("2023-06", "--by", "ai-do"), 2, "không có công chức “ai-do”"),
        (("2023-06", *BY), 3, "2023-06 chưa đủ: 1 số liệu chưa có, 0 tạm tính, 1 chưa xác nhận"),
        (("2023-04..2023-05", *BY), 2, "2023-04..2023-05"),
        (("2023-02", *BY, "--incomplete"), 3, "2023-02"),
        (("2026-01", *BY, "--incomplete"), 2, "2026-01"),
        (("2023-13", *BY), 2, "2023-13"),
    ],
)  # fmt: skip
def test_what_cannot_be_closed_is_refused_and_nothing_is_written(
    cchc: Cchc, small: Path, put: Put, words: tuple[str, ...], status: int, said: str
) -> None:
    put("2023-06", ENTRY)
    answer = cchc("close", *words)
    assert (answer[0], answer[1]) == (status, "")
    assert said in answer[2]
    assert not (small / "data/closed.yaml").exists()


def test_the_term_and_every_period_with_a_report_of_its_own_can_be_closed(small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    periods = ["2023-06", "2023Q2", "2023H1", "2023-9T", "2023", "2021..2025"]
    assert [close(small, period).period.label for period in periods] == periods
    assert wrong(small) == []


def test_many_incomplete_indicators_are_named_those_without_figures_first(real: Path) -> None:
    with pytest.raises(closing.StillIncomplete) as caught:
        closing.close(real, Wish("2023Q2", "vp-dang-uy-noi-vu", TODAY))
    named = caught.value.arguments["ids"]
    assert isinstance(named, tuple)
    assert (len(named), named[-1]) == (closing.NAMED + 1, "…")


def test_a_closed_period_is_not_closed_again_until_it_was_opened(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small)
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, "2023-06 đã được chốt ngày 2023-06-20" in err or "2023-06 đã chốt ngày 2023-06-20" in err) == (
        3, True,
    )  # fmt: skip
    status, out, _ = cchc("reopen", "2023-06", "--reason", "Huyện trả lại", "--by", "van-phong")
    assert (status, out) == (
        0,
        "tháng 6/2023: đã mở lại; trước đó chốt ngày 20/6/2023, người chốt van-phong\nđã ghi: data/closed.yaml\n",
    )
    put("2023-06", ENTRY.replace("412", "411"))
    assert wrong(small) == []
    assert cchc("close", "2023-06", *BY, "--incomplete", "--today", "2023-06-25")[0] == 0
    first, second = closings(small)
    assert first.reopened is not None
    assert (str(first.reopened.on), first.reopened.by, first.reopened.reason) == (
        "2023-06-20", "van-phong", "Huyện trả lại",
    )  # fmt: skip
    assert (str(second.on), second.reopened, second.digest == first.digest) == ("2023-06-25", None, False)
    assert wrong(small) == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("2023-06",), 2, "thiếu lý do"),
        (("2023-06", "--reason", " "), 2, "thiếu lý do"),
        (("2023-05", "--reason", "x"), 3, "2023-05 chưa chốt"),
        (("2023-06", "--reason", "x", "--by", "ai-do"), 2, "không có công chức “ai-do”"),
        (("2023-06..2023-07", "--reason", "x"), 2, "2023-06..2023-07"),
    ],
)
def test_what_cannot_be_opened_again_is_refused(
    cchc: Cchc, small: Path, put: Put, words: tuple[str, ...], status: int, said: str
) -> None:
    put("2023-06", ENTRY)
    close(small)
    before = (small / "data/closed.yaml").read_bytes()
    answer = cchc("reopen", *words)
    assert (answer[0], said in answer[2]) == (status, True), answer
    assert (small / "data/closed.yaml").read_bytes() == before


def test_a_period_opened_twice_is_refused(small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small)
    closing.reopen(small, "2023-06", Reason(None, "x"), TODAY)
    with pytest.raises(NotClosed):
        closing.reopen(small, "2023-06", Reason(None, "x"), TODAY)


def test_files_with_errors_are_not_closed(cchc: Cchc, put: Put) -> None:
    put("2023-06", ENTRY + "  so-luong: {value: -1}\n")
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, "data/2023-06.yaml:5:" in err) == (1, True)


def test_a_list_of_closings_with_errors_stops_whatever_asks_it(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    (small / "data/closed.yaml").write_text("format: cchc/1\nclosed: [{period: 2023-06}]\n", encoding="utf-8")
    for words in (
        ("close", "2023-06", *BY, "--incomplete"),
        ("reopen", "2023-06", "--reason", "x"),
        ("correct", "dung-han", "411/418", "-p", "2023-06", *WHY),
        ("add-measure", "so-luong", "5", "-p", "2023-06"),
    ):
        status, _, err = cchc(*words)
        assert (status, "data/closed.yaml:2:" in err) == (1, True), words


# the commit of a closing


def test_what_is_not_committed_is_not_closed(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    put("2023-05", ENTRY)
    put("2023-06", ENTRY + "  so-luong: {value: 5}\n")
    put("2023-07", ENTRY)
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, err.splitlines()[0].partition(": ")[2].partition(": ")[2]) == (
        3, "data/2023-05.yaml, data/2023-06.yaml",
    )  # fmt: skip
    (small / "data/2023-05.yaml").unlink()
    git(small, "checkout", "-q", "data/2023-06.yaml")
    assert cchc("close", "2023-06", *BY, "--incomplete")[0] == 0  # 2023-07 is no matter of it


def test_a_changed_plan_is_committed_before_a_period_is_closed(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    owners = small / "plan/owners.yaml"
    owners.write_text(owners.read_text(encoding="utf-8") + "  - {id: tu-phap, name: Tư pháp}\n", encoding="utf-8")
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, "plan/owners.yaml" in err) == (3, True)


def test_without_a_first_commit_the_files_that_are_there_are_named(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    git(small, "init", "-q")
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, err.splitlines()[0].rpartition(": ")[2]) == (3, "data/2023-06.yaml, plan/plan.yaml")


def test_files_of_others_beside_the_plan_do_not_stop_a_closing(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    for name in ("plan/README.md", "plan/areas/.gitkeep", "plan/cu/1-cu.yaml"):
        (small / name).parent.mkdir(exist_ok=True)
        (small / name).write_text("x", encoding="utf-8")
    keep(small)
    status, _, err = cchc("close", "2023-06", *BY, "--incomplete")
    assert (status, err) == (0, "")


# corrections


CORRECTIONS = (  # period, entry before, what is typed, entry after
    (
        "2023-06", "dung-han", "numerator: 412, denominator: 418", ("411/418",),
        "numerator: 411, denominator: 418", "{numerator: 412, denominator: 418}",
    ),
    ("2023-06", "dung-han", "value: 98.5", ("411/418",), "numerator: 411, denominator: 418", "{value: 98.5}"),
    (
        "2023-06", "dung-han", "numerator: 412, denominator: 418", ("98,5",),
        "value: 98.5", "{numerator: 412, denominator: 418}",
    ),
    ("2023-06", "dung-han", "numerator: 0, denominator: 0", ("1/1",), "numerator: 1, denominator: 1", None),
    ("2023-06", "so-luong", "value: 5", ("1.234",), "value: 1234", "{value: 5}"),
    ("2023Q2", "kinh-phi", "value: 12.50", ("12,75",), "value: 12.75", "{value: 12.50}"),
    ("2023Q2", "kinh-phi", "value: 1.2340", ("1.234,5",), "value: 1234.5", "{value: 1.2340}"),
    ("2023Q2", "loi", "text: Đã làm", ("Chưa làm xong",), "text: Chưa làm xong", "\n          text: Đã làm"),
    ("2023", "cong-khai", "value: có", ("không đạt",), "value: không", "{value: có}"),
    ("2023", "cong-khai", "value: true", ("không",), "value: không", '{value: "true"}'),
    ("2023", "hang", "value: 5, of: 17, points: 82.5", ("4/17",), "value: 4, of: 17", None),
    (
        "2023", "hang", "value: 5, of: 17, points: 82.5", ("5", "--of", "18", "--points", "83,5"),
        "value: 5, of: 18, points: 83.5", "{value: 5, of: 17, points: 82.5}",
    ),
    ("2023", "loai", "value: TỐT", ("khá",), "value: khá", "{value: TỐT}"),
)  # fmt: skip


@pytest.mark.parametrize(("period", "id_", "before", "typed", "after", "old"), CORRECTIONS)
def test_a_correction_keeps_the_old_figure_of_every_kind_as_it_was_written(
    cchc: Cchc, small: Path, put: Put, period: str, id_: str, before: str, typed: tuple[str, ...], after: str,
    old: str | None,
) -> None:  # fmt: skip
    head = f"format: cchc/1\nperiod: {period}\nmeasurements:\n  {id_}:\n"
    path = put(period, f"measurements:\n  {id_}:\n    {before.replace(', ', chr(10) + '    ')}\n")
    close(small, period)
    status, _, err = cchc("correct", id_, *typed, "-p", period, *WHY)
    assert (status, err) == (0, "")
    trace = "".join(
        f"{line}\n"
        for line in (
            "    corrections:",
            f"      - old:{'' if (old or '').startswith(chr(10)) else ' '}{old or '{' + before + '}'}",
            "        on: 2023-06-20",
            "        by: van-phong",
            "        reason: Đếm trùng 01 hồ sơ",
            "        document: 30/TB-UBND",
        )
    )
    figure = "".join(f"    {field}\n" for field in after.split(", "))
    text, seals = re.subn(r"        seal: [0-9a-f]{16}\n", "", path.read_text(encoding="utf-8"))
    assert (text, seals) == (head + figure + trace, 1)
    assert wrong(small) == []


def test_what_was_corrected_is_shown_with_what_follows(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small)
    status, out, _ = cchc("correct", "dung-han", "409/418", "-p", "2023-06", *WHY)
    assert status == 0
    assert out.splitlines()[-5:] == [
        "Đúng hạn:",
        "  số cũ: 412/418; số mới: 409/418",
        "  tháng 6/2023: 97,85% (409/418) – chưa đạt",
        "  quý II năm 2023: 97,85% (409/418) – chưa đạt (tạm tính, 1/3 tháng)",
        "  6 tháng đầu năm 2023: 97,85% (409/418) – chưa đạt (tạm tính, 1/6 tháng)",
    ]


def test_the_tally_of_a_survey_stays_below_the_figure_that_replaces_it(cchc: Cchc, small: Path, put: Put) -> None:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    tally = "{very_satisfied: 40, satisfied: 50, neutral: 6, dissatisfied: 3, very_dissatisfied: 1}"
    path = put("2023Q2", f"measurements:\n  hai-long:\n    survey: {tally}\n    note: phiếu giấy\n")
    close(small, "2023Q2")
    assert cchc("correct", "hai-long", "89/100", "-p", "2023Q2", *WHY)[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "    numerator: 89\n    denominator: 100\n    note: phiếu giấy\n    corrections:\n" in text
    assert "very_satisfied: 40" in text.partition("corrections:")[2]
    assert wrong(small) == []


def test_decimal_amounts_are_corrected_exactly(cchc: Cchc, small: Path, put: Put) -> None:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    path = put("2023-06", "measurements:\n  giai-ngan: {numerator: 10.50, denominator: 20.25}\n")
    close(small)
    assert cchc("correct", "giai-ngan", "10,5/20,25", "-p", "2023-06", *WHY)[0] == 0
    assert "corrections" not in path.read_text(encoding="utf-8")  # the same figure
    assert cchc("correct", "giai-ngan", "10,75/20,25", "-p", "2023-06", *WHY)[0] == 0
    assert "old: {numerator: 10.50, denominator: 20.25}" in path.read_text(encoding="utf-8")
    assert wrong(small) == []


def test_a_provisional_figure_becomes_final_by_a_correction(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", "measurements:\n  so-luong:\n    value: 5\n    quality: provisional\n")
    close(small)
    assert cchc("correct", "so-luong", "5", "-p", "2023-06", *WHY, "--provisional")[0] == 0
    assert "corrections" not in path.read_text(encoding="utf-8")
    assert cchc("correct", "so-luong", "5", "-p", "2023-06", *WHY)[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "    value: 5\n    corrections:\n      - old: {value: 5, quality: provisional}\n" in text
    assert wrong(small) == []
    assert cchc("correct", "so-luong", "6", "-p", "2023-06", *WHY, "--provisional")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "    value: 6\n    quality: provisional\n    corrections:\n" in text
    assert "      - old: {value: 5, quality: final}\n" in text
    assert wrong(small) == []


def test_several_corrections_in_a_row_stand_in_time_order(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    for number, day in ((411, "2023-06-21"), (410, "2023-06-22"), (412, "2023-06-23")):
        assert cchc("correct", "dung-han", f"{number}/418", "-p", "2023-06", *WHY, "--today", day)[0] == 0
        assert wrong(small) == []
    (entry,) = load(small).data.files[parse_period("2023-06")].measurements.values()  # type: ignore[union-attr]
    assert [(str(one.on), one.old.numerator) for one in entry.corrections] == [
        ("2023-06-21", 412), ("2023-06-22", 411), ("2023-06-23", 410),
    ]  # fmt: skip
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("numerator: 411", "numerator: 400"), encoding="utf-8")
    assert wrong(small) == ["E606"]  # what stood in between has a seal of its own
    path.write_text(before.replace("numerator: 412, denominator: 418}", "numerator: 400, denominator: 418}"), "utf-8")
    assert wrong(small) == ["E601"]


def test_comments_line_ends_and_byte_order_mark_stay(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", "")
    text = (
        "\ufeff# đầu tệp\nformat: cchc/1\nperiod: 2023-06\nmeasurements:\n  dung-han:  # một cửa\n"
        "    numerator: 412  # sổ II.06a\n    denominator: 418\n    # cuối mục\n  so-luong: {value: 5}  # cuối dòng\n"
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())
    close(small)
    assert cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY)[0] == 0
    assert cchc("correct", "so-luong", "6", "-p", "2023-06", *WHY)[0] == 0
    after = path.read_bytes().decode()
    assert after.startswith("\ufeff# đầu tệp\r\n")
    assert after.count("\n") == after.count("\r\n")
    for line in (
        "  dung-han:  # một cửa\r\n",
        "    numerator: 411  # sổ II.06a\r\n",
        "# cuối mục\r\n",
        "# cuối dòng\r\n",
    ):
        assert line in after
    assert wrong(small) == []


def test_a_dry_run_prints_the_diff_and_writes_nothing(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    before = path.read_bytes()
    status, out, err = cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--dry-run")
    assert (status, path.read_bytes() == before) == (0, True)
    assert out.startswith("--- a/data/2023-06.yaml\n+++ b/data/2023-06.yaml\n@@")
    assert "số cũ: 412/418; số mới: 411/418" in err
    assert cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--dry-run", "-q")[2] == ""


def test_the_same_figure_is_no_change(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    (small / "data/reports.yaml").write_text(REPORTS, encoding="utf-8")
    close(small)
    before = path.read_bytes()
    status, out, _ = cchc("correct", "dung-han", "412/418", "-p", "2023-06", *WHY)
    assert (status, path.read_bytes() == before) == (0, True)
    assert "không thay đổi" in out or "số liệu đã có" in out
    assert "--amends" not in out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("dung-han", "411/418", *WHY), 2, "thiếu kỳ"),
        (("dung-han", "411/418", "-p", "2023-06", "--document", "30"), 2, "thiếu lý do"),
        (("dung-han", "411/418", "-p", "2023-06", "--reason", "x"), 2, "thiếu văn bản"),
        (("dung-han", "x", "-p", "2023-06", *WHY), 2, "“x”"),
        (("dung-han", "419/418", "-p", "2023-06", *WHY), 2, "dung-han"),
        (("dung-hann", "411/418", "-p", "2023-06", *WHY), 2, "dung-hann"),
        (("dung-han", "411/418", "-p", "2023Q2", *WHY), 2, "2023Q2"),
        (("dung-han", "411/418", "-p", "2023-06", *WHY, "--by", "ai-do"), 2, "không có công chức “ai-do”"),
        (("dung-han", "411/418", "-p", "2023-07", *WHY), 3, "add-measure dung-han"),
        (("so-luong", "5", "-p", "2023-06", *WHY), 3, "--document"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_is_written(
    cchc: Cchc, small: Path, put: Put, words: tuple[str, ...], status: int, said: str
) -> None:
    path = put("2023-06", ENTRY)
    put("2023-07", ENTRY)
    close(small)
    before = path.read_bytes()
    answer = cchc("correct", *words)
    assert (answer[0], answer[1]) == (status, "")
    assert said in answer[2]
    assert path.read_bytes() == before


def test_a_figure_of_a_file_with_errors_is_not_corrected(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small)
    put("2023-06", ENTRY + "  so-luong: {value: -1}\n")
    status, _, err = cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY)
    assert (status, "data/2023-06.yaml:5:" in err) == (1, True)


def test_who_corrects_can_be_said(cchc: Cchc, small: Path, put: Put) -> None:
    owners = small / "plan/owners.yaml"
    owners.write_text(owners.read_text(encoding="utf-8") + "  - {id: tu-phap, name: Tư pháp}\n", encoding="utf-8")
    path = put("2023-06", ENTRY)
    close(small)
    assert cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--by", "tu-phap")[0] == 0
    more = ("--document", "31/TB", "--provided-by", "tu-phap")
    assert cchc("add-measure", "so-luong", "5", "-p", "2023-06", *more)[0] == 0
    assert path.read_text(encoding="utf-8").count("by: tu-phap") == 3
    assert wrong(small) == []


def test_a_correction_can_be_committed_with_its_reason(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    close(small)
    keep(small)
    status, out, _ = cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--commit")
    head = git(small, "rev-parse", "HEAD").strip()
    assert (status, head[:10] in out) == (0, True)
    assert git(small, "show", "--name-only", "--format=", "HEAD").split() == ["data/2023-06.yaml"]
    assert message(small) == (
        "data(2023-06): đính chính dung-han = 411/418 (98,33%)\n\n"
        "Period: 2023-06\nWas: 412/418\n"
        "Verdict: tháng 6/2023: đạt\n"
        "Verdict: quý II năm 2023: đạt (tạm tính, 1/3 tháng)\n"
        "Verdict: 6 tháng đầu năm 2023: đạt (tạm tính, 1/6 tháng)\n"
        "Reason: Đếm trùng 01 hồ sơ\nDocument: 30/TB-UBND"
    )


def test_reports_in_force_that_rest_on_a_corrected_figure_are_named(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    (small / "data/reports.yaml").write_text(REPORTS, encoding="utf-8")
    close(small)
    status, out, _ = cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY)
    assert status == 0
    assert [line.partition(": ")[2] for line in out.splitlines() if "--amends" in line] == [
        "cchc report 2023-06 --amends 44/BC-UBND",
        "cchc report 2023Q2 --amends 51/BC-UBND",
    ]


# what add-measure may do


def test_a_closed_figure_is_replaced_by_a_correction_only(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    before = path.read_bytes()
    for words in (
        ("dung-han", "411/418", "--replace"),
        ("dung-han", "411/418"),
        ("dung-han", "412/418", "--note", "x"),
        ("dung-han", "412/418", "--source", "x"),
        ("dung-han", "412/418", "--evidence", "a.pdf"),
        ("dung-han", "412/418", "--provisional"),
    ):
        status, _, err = cchc("add-measure", *words, "-p", "2023-06")
        assert (status, "cchc correct dung-han" in err) == (3, True), words
        assert path.read_bytes() == before


def test_who_provided_and_checked_a_closed_figure_may_still_be_written(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    assert cchc("add-measure", "dung-han", "412/418", "-p", "2023-06", "--provided-by", "van-phong")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "provided: {by: van-phong, on: 2023-06-20}" in text
    path.write_text(text.replace("provided:", f"{CHECKED}, provided:"), encoding="utf-8")
    assert wrong(small) == []


def test_a_mark_of_having_been_checked_changes_nothing_that_is_sealed(build: type) -> None:
    indicator = build.indicator()  # type: ignore[attr-defined]
    data = build.dataset(  # type: ignore[attr-defined]
        indicator,
        figures={
            "2023-05": {"chi-tieu": {"numerator": "1", "denominator": "2"}},
            "2023-06": {"chi-tieu": {"numerator": "1", "denominator": "2", "checked": {"by": "van-phong"}}},
            "2023-07": {"chi-tieu": {"numerator": "1", "denominator": "2", "note": "x"}},
        },
    )
    plain, checked, noted = (
        data.measurement("chi-tieu", parse_period(label)) for label in ("2023-05", "2023-06", "2023-07")
    )
    over = [Closing.model_construct(period=parse_period("2023-05"), on=TODAY, by="van-phong", digest="0" * 64)]
    sealed.refuse_change(indicator, parse_period("2023-05"), over, (plain, checked), {"checked": {}})
    sealed.refuse_change(indicator, parse_period("2023-05"), [], (plain, noted), {"note": "x"})
    with pytest.raises(sealed.PeriodClosed):
        sealed.refuse_change(indicator, parse_period("2023-05"), over, (plain, noted), {"note": "x"})


def test_a_figure_that_was_absent_comes_with_its_document_as_a_supplement(cchc: Cchc, small: Path, put: Put) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    status, _, err = cchc("add-measure", "so-luong", "5", "-p", "2023-06")
    assert (status, "--document" in err) == (3, True)
    words = ("add-measure", "so-luong", "5", "-p", "2023-06", "--document", "31/TB-UBND", "--today", "2023-06-25")
    assert cchc(*words)[0] == 0
    assert path.read_text(encoding="utf-8").endswith(
        "  so-luong:\n    value: 5\n    supplement: {on: 2023-06-25, by: van-phong, document: 31/TB-UBND, "
        "seal: c5b35cabccad0ae1}\n"
    )
    assert cchc(*words)[0] == 0  # the same once more is no change
    assert wrong(small) == []
    assert cchc("correct", "so-luong", "6", "-p", "2023-06", *WHY, "--today", "2023-06-26")[0] == 0
    assert wrong(small) == []


def test_months_that_a_closed_report_rests_on_are_closed_too(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small, "2023Q2")
    status, _, err = cchc("add-measure", "dung-han", "1/2", "-p", "2023-05")
    assert (status, "2023Q2 đã chốt" in err) == (3, True)
    assert cchc("add-measure", "dung-han", "1/2", "-p", "2023-07")[0] == 0


@pytest.mark.parametrize("value", ["412/418", "5/418"])
def test_a_document_in_an_open_period_is_refused(cchc: Cchc, put: Put, value: str) -> None:
    path = put("2023-06", ENTRY)
    before = path.read_bytes()
    more = ("-p", "2023-06", "--document", "31/TB")
    for words in (("so-luong", "5"), ("dung-han", value, "--replace")):
        status, _, err = cchc("add-measure", *words, *more)
        assert (status, "--document" in err, path.read_bytes() == before) == (2, True, True), words


def test_a_batch_may_supplement_and_names_the_lines_that_may_not(
    cchc: Cchc, small: Path, put: Put, tmp_path: Path
) -> None:
    path = put("2023-06", ENTRY)
    put("2023-05", "measurements: {}\n")
    close(small)
    before = path.read_bytes()
    batch = tmp_path / "lo.csv"
    batch.write_text(
        "indicator,period,value,document\n"
        "so-luong,2023-06,5,31/TB\ndung-han,2023-06,411/418,\nso-luong,2023-05,5,\nso-luong,2023-07,5,31/TB\n",
        encoding="utf-8",
    )
    status, _, err = cchc("add-measure", "--from", str(batch))
    assert (status, path.read_bytes() == before) == (3, True)
    assert "cchc correct dung-han" in err
    batch.write_text(
        "indicator,period,value,document\nso-luong,2023-06,5,31/TB\nso-luong,2023-05,5,32/TB\nso-luong,2023-07,5,\n",
        encoding="utf-8",
    )
    assert cchc("add-measure", "--from", str(batch))[0] == 0
    assert "document: 31/TB" in path.read_text(encoding="utf-8")
    assert "supplement" not in (small / "data/2023-07.yaml").read_text(encoding="utf-8")
    assert wrong(small) == []


# a clock that is wrong


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "dung-han", "411/418", "-p", "2023-06", *WHY),
        ("add-measure", "so-luong", "5", "-p", "2023-06", "--document", "31/TB"),
        ("reopen", "2023-06", "--reason", "x"),
    ],
)
def test_nothing_that_is_closed_changes_on_a_day_before_its_closing(
    cchc: Cchc, small: Path, put: Put, words: tuple[str, ...]
) -> None:
    path = put("2023-06", ENTRY)
    close(small)
    before = path.read_bytes(), (small / "data/closed.yaml").read_bytes()
    status, _, err = cchc(*words, "--today", "2023-06-19")
    assert (status, "2023-06-19" in err, "2023-06-20" in err) == (2, True, True), err
    assert (path.read_bytes(), (small / "data/closed.yaml").read_bytes()) == before


def test_a_period_is_not_closed_on_a_day_before_its_last_correction(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    close(small)
    assert cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--today", "2023-06-25")[0] == 0
    status, _, err = cchc("close", "2023Q2", *BY, "--incomplete", "--today", "2023-06-24")
    assert (status, "2023-06-24" in err) == (2, True)
    assert cchc("close", "2023Q2", *BY, "--incomplete", "--today", "2023-06-25")[0] == 0
    assert wrong(small) == []


# what breaks a seal, told from the commit


def findings(cchc: Cchc, code: str) -> list[str]:
    _, out, _ = cchc("validate")
    return [line.partition(f"[{code}]: ")[2] for line in out.splitlines() if f"[{code}]" in line]


def test_the_history_tells_each_figure_and_definition_that_broke_a_seal(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY + "  so-luong: {value: 5}\n")
    put("2023-05", ENTRY)
    keep(small)
    close(small)
    close(small, "2023Q2")
    put("2023-06", "measurements: {}\n")
    put("2023-05", ENTRY.replace("412", "411") + "  so-luong: {value: 7}\n")
    area = small / "plan/areas/1-thu.yaml"
    text = area.read_text(encoding="utf-8").replace("at_least: 98", "at_least: 90")
    area.write_text(text.replace("  - {id: so-luong, name: Số lượng, kind: count, frequency: month}\n", ""), "utf-8")
    put("2023-05", ENTRY.replace("412", "411"))
    status, _, _ = cchc("validate")
    assert status == 1
    assert [line.partition("ngày")[0].split()[:4] for line in findings(cchc, "E601")] != []
    figures = findings(cchc, "E603")
    assert [(("dung-han" in line), "2023-05" in line) for line in figures] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert ["412/418" in line and "411/418" in line for line in figures] == [True, False, False]
    assert [("so-luong" in line, "targets" in line) for line in findings(cchc, "E604")] == [
        (False, True),
        (True, False),
    ]


def test_where_history_does_not_reach_only_the_seal_is_said_to_be_broken(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    close(small)
    file = small / "data/closed.yaml"
    text = file.read_text(encoding="utf-8")
    put("2023-06", ENTRY.replace("412", "411"))
    assert (len(findings(cchc, "E601")), len(findings(cchc, "E603"))) == (1, 1)
    commit = closings(small)[0].commit or ""
    file.write_text(text.replace(commit, "0" * 40), encoding="utf-8")
    assert (len(findings(cchc, "E601")), len(findings(cchc, "E603"))) == (1, 0)
    file.write_text(text.replace(f"    commit: {commit}\n", ""), encoding="utf-8")
    assert (len(findings(cchc, "E601")), len(findings(cchc, "E603"))) == (1, 0)


def test_a_kept_state_is_checked_like_the_disk(cchc: Cchc, small: Path, put: Put) -> None:
    put("2023-06", ENTRY)
    keep(small)
    close(small)
    keep(small)
    put("2023-06", ENTRY.replace("412", "411"))
    git(small, "add", "-A")
    assert cchc("validate", "--at", "HEAD")[0] == 0
    status, out, _ = cchc("validate", "--staged")
    assert (status, "[E603]" in out) == (1, True)


def test_a_correction_takes_the_mark_of_having_been_checked_with_it(cchc: Cchc, put: Put) -> None:
    file = put("2023-06", ENTRY.replace("418}", f"418, {CHECKED}}}"))
    assert cchc("close", "2023-06", *BY, "--incomplete", "--today", "2023-06-16")[0] == 0
    assert cchc("correct", "dung-han", "411/418", "-p", "2023-06", *WHY, "--today", "2023-06-20")[0] == 0
    assert "checked" not in file.read_text(encoding="utf-8")
    assert cchc("validate", "--today", "2023-06-20")[0] == 0
