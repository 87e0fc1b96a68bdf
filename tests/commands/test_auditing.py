"""The inspector's page: what is honest and what is not is found and told apart."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Cchc
from tests.repositories import AN, PLAN, Repo, data

JUNE = "2023-06"
FILE = "data/2023-06.yaml"
WHY = ("--reason", "Đếm sót", "--document", "3/TB-UBND")
KEYS = {
    "schema", "period", "commit", "shallow", "figures", "corrections", "closings", "closings_gone",
    "changes_to_closed", "changes_to_definitions", "dropped", "problems", "reports", "commits",
}  # fmt: skip
COMMIT = {"name", "author", "email", "date", "subject", "signed", "cut"}


def june(figure: str, *more: str) -> str:
    return data(JUNE, *more, dung_han=figure)


def page(cchc: Cchc, *words: str) -> dict[str, Any]:
    status, out, err = cchc("audit", "-f", "json", *words)
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert set(found) == KEYS
    return found


@pytest.fixture
def closed(repo: Repo, cchc: Cchc) -> Repo:
    """A repository in which June is closed, with figures of two months."""
    repo.known()
    repo.commit("tháng 5", _2023_05=data("2023-05", dung_han="99/100"), who=AN)
    repo.commit("tháng 6", _2023_06=june("97/100"))
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete", "--commit")[0] == 0
    return repo


def touched(cchc: Cchc, *words: str) -> list[tuple[str, str, bool]]:
    return [
        (one["id"], one["commit"]["subject"].partition(":")[0], one["traced"])
        for one in page(cchc, *words)["changes_to_closed"]
    ]


def codes(cchc: Cchc) -> list[str]:
    return [problem["code"] for problem in json.loads(cchc("validate", "-f", "json")[1])["problems"]]


def test_every_figure_stands_with_who_put_it_there(closed: Repo, cchc: Cchc) -> None:
    closed.put("data/2023-04.yaml", data("2023-04", so_luong="5"))
    found = page(cchc)
    assert [(one["id"], one["period"], one["display"]) for one in found["figures"]] == [
        ("so-luong", "2023-04", "5"),
        ("dung-han", "2023-05", "99/100 (99%)"),
        ("dung-han", JUNE, "97/100 (97%)"),
    ]
    assert [one["commit"] and one["commit"]["author"] for one in found["figures"]] == [
        None, "Nguyễn Văn An", "Lê Thị Bình",
    ]  # fmt: skip
    for one in found["figures"]:
        assert set(one) == {"id", "period", "display", "provided", "checked", "due", "late", "commit"}
        assert one["commit"] is None or set(one["commit"]) == COMMIT
    assert set(found["closings"][0]) >= {"period", "on", "by", "digest", "commit", "holds", "ancestor"}
    out = cchc("audit")[1]
    assert "| tháng 5/2023 | Đúng hạn (dung-han) | 99/100 (99%) |" in out
    assert "chưa ghi vào lịch sử" in out
    assert [one["period"] for one in page(cchc, JUNE)["figures"]] == [JUNE]
    assert cchc("audit", "2026")[0] == 2


def test_a_figure_that_was_changed_and_changed_back_is_the_latest_ones(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    repo.commit("hai", _2023_06=june("98/100"))
    repo.commit("ba", _2023_06=june("97/100"), who=AN)
    repo.commit("khác", _2023_06=june("97/100", "so-luong: {value: 5}"))
    subjects = {one["id"]: one["commit"]["subject"] for one in page(cchc)["figures"]}
    assert subjects == {"dung-han": "ba", "so-luong": "khác"}


def test_figures_provided_after_their_day_are_late(repo: Repo, cchc: Cchc) -> None:
    entries = (
        "dung-han: {numerator: 97, denominator: 100, provided: {by: van-phong, on: 2023-06-17}}",
        "so-luong: {value: 5, provided: {by: van-phong, on: 2023-06-16}}",
    )
    repo.commit("một", _2023_06=data(JUNE, *entries))
    assert [(one["id"], one["due"], one["late"]) for one in page(cchc)["figures"]] == [
        ("dung-han", "2023-06-16", True),
        ("so-luong", "2023-06-16", False),
    ]
    late = cchc("audit")[1].split("## Số liệu cung cấp chậm")[1].split("##")[0]
    assert "Văn phòng 17/6/2023" in late
    assert "Số lượng" not in late
    repo.put("plan/plan.yaml", re.sub(r"calendar: .*\n", "", PLAN))
    assert {(one["due"], one["late"]) for one in page(cchc)["figures"]} == {(None, False)}


@pytest.mark.usefixtures("closed")
def test_corrections_and_supplements_are_listed_and_are_honest(cchc: Cchc) -> None:
    assert cchc("correct", "dung-han", "98/100", "-p", JUNE, *WHY, "--commit")[0] == 0
    assert cchc("add-measure", "so-luong", "5", "-p", JUNE, "--document", "4/TB", "--commit")[0] == 0
    found = page(cchc)
    assert [(one["id"], one["kind"], one["document"]) for one in found["corrections"]] == [
        ("dung-han", "correction", "3/TB-UBND"),
        ("so-luong", "supplement", "4/TB"),
    ]
    assert touched(cchc) == [("so-luong", "data(2023-06)", True), ("dung-han", "data(2023-06)", True)]
    assert [(one["holds"], one["ancestor"]) for one in found["closings"]] == [(True, True)]
    assert (found["problems"], found["closings_gone"]) == ([], [])
    out = cchc("audit")[1]
    assert "| 97/100 (97%) | 98/100 (98%) | " in out.split("## Đính chính")[1]
    assert out.count("| có dấu vết |") == 2
    assert codes(cchc) == [code for code in codes(cchc) if code.startswith("W")]


def test_a_closed_figure_that_was_changed_without_a_trace_is_found(closed: Repo, cchc: Cchc) -> None:
    name = closed.commit("cập nhật", _2023_06=june("99/100"), who=AN)
    found = page(cchc)
    assert [(one["holds"], one["ancestor"]) for one in found["closings"]] == [(False, True)]
    assert [problem["code"] for problem in found["problems"]] == ["E603"]
    assert touched(cchc) == [("dung-han", "cập nhật", False)]
    one = found["changes_to_closed"][0]
    assert (one["commit"]["author"], one["commit"]["name"]) == ("Nguyễn Văn An", name[:10])
    assert "**" in cchc("audit")[1].split("## Thay đổi số liệu đã chốt")[1].split("##")[0]
    assert {"E601", "E603"} <= set(codes(cchc))
    closed.git("revert", "--no-edit", "HEAD")
    assert [(one["holds"]) for one in page(cchc)["closings"]] == [True]
    assert [honest for _, _, honest in touched(cchc)] == [False, False]


def test_a_trace_that_was_taken_away_again_is_no_honest_change(closed: Repo, cchc: Cchc) -> None:
    assert cchc("correct", "dung-han", "98/100", "-p", JUNE, *WHY, "--commit")[0] == 0
    closed.commit("gỡ dấu vết", _2023_06=june("98/100"))
    assert touched(cchc)[0] == ("dung-han", "gỡ dấu vết", False)
    assert "E603" in codes(cchc)


def test_what_was_changed_while_a_period_was_open_again_is_no_touch(closed: Repo, cchc: Cchc) -> None:
    assert cchc("reopen", JUNE, "--by", "noi-vu", "--reason", "Huyện trả", "--commit")[0] == 0
    closed.commit("sửa", _2023_06=june("99/100"))
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete", "--commit")[0] == 0
    found = page(cchc)
    assert touched(cchc) == []
    assert [one["holds"] for one in found["closings"]] == [True, True]
    assert found["closings_gone"] == []
    assert "mở lại" in cchc("audit")[1]


def test_a_closing_that_was_removed_or_changed_is_found_with_who_did_it(closed: Repo, cchc: Cchc) -> None:
    text = closed.read("data/closed.yaml")
    closed.put("data/closed.yaml", text.replace("by: noi-vu", "by: van-phong"))
    closed.commit("đổi", who=AN)
    (closed.root / "data/closed.yaml").unlink()
    closed.commit("xóa", who=AN)
    found = page(cchc)
    assert [(one["by_commit"]["subject"], one["by"]) for one in found["closings_gone"]] == [
        ("đổi", "noi-vu"),
        ("xóa", "van-phong"),
    ]
    assert (found["closings"], found["changes_to_closed"]) == ([], [])
    assert "Nguyễn Văn An" in cchc("audit")[1].split("## Thay đổi")[0]


def test_a_closing_that_is_gone_from_the_disk_alone_is_told_too(closed: Repo, cchc: Cchc) -> None:
    (closed.root / "data/closed.yaml").unlink()
    assert [(one["period"], one["by_commit"]) for one in page(cchc)["closings_gone"]] == [(JUNE, None)]
    assert "việc này chưa ghi vào lịch sử" in cchc("audit")[1]
    assert [one["uncommitted"] for one in page(cchc)["closings_gone"]] == [True]
    assert page(cchc, "--at", "HEAD")["closings_gone"] == []


def test_a_closing_that_a_merge_dropped_is_told_without_a_commit(closed: Repo, cchc: Cchc) -> None:
    closed.git("checkout", "-q", "-b", "nhanh", "HEAD~1")
    closed.commit("khác", _2023_04=data("2023-04", so_luong="4"))
    closed.git("merge", "-q", "--no-edit", "-s", "ours", "main")
    assert [(one["by_commit"], one["uncommitted"]) for one in page(cchc)["closings_gone"]] == [(None, False)]


def test_a_closing_that_was_opened_again_and_closed_by_hand_is_found(closed: Repo, cchc: Cchc) -> None:
    text = closed.read("data/closed.yaml")
    assert cchc("reopen", JUNE, "--by", "noi-vu", "--reason", "Huyện trả", "--commit")[0] == 0
    assert page(cchc)["closings_gone"] == []
    closed.put("data/closed.yaml", text)
    closed.commit("gỡ việc mở lại")
    assert [one["by_commit"]["subject"] for one in page(cchc)["closings_gone"]] == ["gỡ việc mở lại"]


def test_a_digest_that_was_computed_anew_after_tampering_is_a_changed_closing(closed: Repo, cchc: Cchc) -> None:
    old = closed.read("data/closed.yaml")
    closed.put(FILE, june("99/100"))
    (closed.root / "data/closed.yaml").unlink()
    closed.commit("nháp")
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete")[0] == 0
    closed.git("reset", "-q", "--soft", "HEAD~1")
    closed.commit("chốt lại")
    assert closed.read("data/closed.yaml") != old
    found = page(cchc)
    assert [one["by_commit"]["subject"] for one in found["closings_gone"]] == ["chốt lại"]
    assert [one["ancestor"] for one in found["closings"]] == [False]


def test_a_closing_whose_commit_was_rewritten_is_told(closed: Repo, cchc: Cchc) -> None:
    assert [one["ancestor"] for one in page(cchc)["closings"]] == [True]
    closed.git("rebase", "-q", "--root", "--force-rebase")
    found = page(cchc)
    assert [(one["holds"], one["ancestor"]) for one in found["closings"]] == [(True, False)]
    assert "không còn trong lịch sử" in cchc("audit")[1]
    closed.git("reflog", "expire", "--expire=now", "--all")
    closed.git("update-ref", "-d", "ORIG_HEAD")
    closed.git("gc", "-q", "--prune=now")
    assert [one["ancestor"] for one in page(cchc)["closings"]] == [None]
    assert "commit không có trong bản sao này" in cchc("audit")[1]


def test_a_closing_outside_git_names_no_commit(closed: Repo, cchc: Cchc) -> None:
    text = closed.read("data/closed.yaml")
    closed.put("data/closed.yaml", re.sub(r" *commit: .*\n", "", text))
    closed.commit("x")
    assert [one["ancestor"] for one in page(cchc)["closings"]] == [None]


@pytest.mark.usefixtures("closed")
def test_commits_without_a_signature_are_listed(cchc: Cchc) -> None:
    found = page(cchc)
    assert {one["signed"] for one in found["commits"]} == {False}
    assert [one["subject"] for one in found["commits"]] == [
        "data(2023-06): chốt số liệu", "tháng 6", "tháng 5", "kế hoạch",
    ]  # fmt: skip
    assert "tháng 6" in cchc("audit")[1].split("## Commit không có chữ ký số")[1]


def test_lists_with_errors_and_a_history_that_is_not_there_stop_it(closed: Repo, cchc: Cchc) -> None:
    closed.put("data/closed.yaml", "format: cchc/1\nclosed: [{period: x}]\n")
    assert cchc("audit")[0] == 1
    closed.commit("hỏng")
    closed.put("data/closed.yaml", "format: cchc/1\n")
    assert [one["by_commit"]["subject"] for one in page(cchc)["closings_gone"]] == ["hỏng"]
    assert page(cchc, "--at", "HEAD~1")["commits"][0]["subject"] == "data(2023-06): chốt số liệu"


# a code from paper


def seal(repo: Repo) -> str:
    found = re.search(r"digest: (\w+)", repo.read("data/closed.yaml"))
    assert found is not None
    return found[1]


def test_a_code_from_paper_fits_with_blanks_and_capitals(closed: Repo, cchc: Cchc) -> None:
    code = seal(closed)
    for typed in (code, code[:8], f" {code[:4]} {code[4:8].upper()}\t{code[8:16]} "):
        status, out, err = cchc("audit", "--digest", typed)
        assert (status, err) == (0, "")
        assert "chốt số liệu tháng 6/2023 ngày 20/6/2023" in out
    found = json.loads(cchc("audit", "--digest", code, "-f", "json")[1])
    assert set(found) == {"schema", "code", "matches", "periods"}
    assert [(one["kind"], one["holds"], one["corrected"]) for one in found["matches"]] == [("closing", True, False)]
    assert found["periods"] == []


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("typed", ["", "1234567", "12345678x", "sha256:00112233", "１２３４５６７８"])
def test_a_code_that_is_none_is_refused(cchc: Cchc, typed: str) -> None:
    status, out, err = cchc("audit", "--digest", typed)
    assert (status, out) == (2, "")
    assert "không phải" in err


@pytest.mark.usefixtures("closed")
def test_a_code_that_nothing_has_is_a_finding(cchc: Cchc) -> None:
    status, out, _ = cchc("audit", "--digest", "0" * 12)
    assert status == 1
    assert "không có" in out
    assert json.loads(cchc("audit", "--digest", "0" * 12, "-f", "json")[1])["matches"] == []


def test_a_code_after_a_correction_holds_and_after_tampering_does_not(closed: Repo, cchc: Cchc) -> None:
    code = seal(closed)
    assert cchc("correct", "dung-han", "98/100", "-p", JUNE, *WHY)[0] == 0
    found = json.loads(cchc("audit", "--digest", code, "-f", "json")[1])
    assert [(one["holds"], one["corrected"]) for one in found["matches"]] == [(True, True)]
    assert cchc("audit", "--digest", code)[0] == 0
    closed.put(FILE, june("99/100"))
    status, out, _ = cchc("audit", "--digest", code, "-f", "json")
    assert (status, [one["holds"] for one in json.loads(out)["matches"]]) == (1, [False])
    assert cchc("audit", "--digest", code, "--at", "HEAD")[0] == 0


def test_a_code_of_figures_that_were_neither_closed_nor_issued_names_their_period(closed: Repo, cchc: Cchc) -> None:
    code = seal(closed)
    (closed.root / "data/closed.yaml").unlink()
    status, out, _ = cchc("audit", "--digest", code, "-f", "json")
    assert (status, json.loads(out)["periods"], json.loads(out)["matches"]) == (0, [JUNE], [])
    assert cchc("audit", "--digest", code)[0] == 0


def test_a_code_of_an_issued_report_fits_until_a_figure_changes(closed: Repo, cchc: Cchc) -> None:
    chair = "{authority: TM. UBND, position: CHỦ TỊCH, name: A, from: 2021-01}"
    head = f"report:\n  symbol: BC-UBND\n  signatories: [{chair}]\n"
    closed.put("plan/plan.yaml", PLAN + head)
    closed.commit("đầu báo cáo")
    status, out, err = cchc("report", "2023Q2", "--issue", "45", "--date", "2023-06-20")
    assert status == 0, err
    code = re.search(r"Mã đối chiếu: ([0-9a-f ]+)\n", out)
    assert code is not None
    status, out, _ = cchc("audit", "--digest", code[1], "-f", "json")
    assert (status, [(one["kind"], one["holds"]) for one in json.loads(out)["matches"]]) == (0, [("report", True)])
    assert "45/BC-UBND" in cchc("audit", "--digest", code[1])[1]
    assert [one["number"] for one in page(cchc)["reports"]] == ["45/BC-UBND"]
    assert "| 45/BC-UBND |" in cchc("audit")[1]
    closed.change("data/2023-05.yaml", "99", "98")
    assert cchc("audit", "--digest", code[1])[0] == 1


def test_a_code_is_not_checked_on_files_with_errors(closed: Repo, cchc: Cchc) -> None:
    closed.put(FILE, "hỏng")
    assert cchc("audit", "--digest", "0" * 12)[0] == 1


# the story


def test_a_correction_a_lowered_target_and_a_tampered_figure_are_found_and_told_apart(
    repo: Repo, cchc: Cchc, tmp_path: Path
) -> None:
    repo.known()
    may = data("2023-05", dung_han="99/100", so_luong="7")
    repo.commit("số liệu", _2023_05=may, _2023_06=june("97/100", "so-luong: {value: 5}"))
    assert cchc("close", "2023Q2", "--by", "noi-vu", "--incomplete", "--commit")[0] == 0
    begin = repo.git("rev-parse", "HEAD")
    assert cchc("correct", "dung-han", "96/100", "-p", JUNE, *WHY, "--commit")[0] == 0
    repo.change("plan/areas/1-thu.yaml", "at_least: 98", "at_least: 90")
    repo.commit("chỉnh kế hoạch", who=AN)
    repo.change("data/2023-05.yaml", "so-luong: {value: 7}", "so-luong: {value: 70}")
    repo.commit("chỉnh lỗi chính tả", who=AN)

    status, out, _ = cchc("diff", begin, "HEAD", "-f", "json", "--fail-on", "closed")
    assert status == 1
    found = {(one["about"], one["id"]): (one["what"], one["second_look"]) for one in json.loads(out)["changes"]}
    assert found == {
        ("figure", "dung-han"): ("corrected", []),
        ("figure", "so-luong"): ("changed", ["closed"]),
        ("indicator", "dung-han"): ("changed", ["target_lowered", "closed"]),
    }

    status, out, _ = cchc("validate", "-f", "json")
    assert status == 1
    problems = {(one["code"], one["file"]) for one in json.loads(out)["problems"] if one["code"].startswith("E")}
    assert problems == {
        ("E601", "data/closed.yaml"),
        ("E603", "data/2023-05.yaml"),
        ("E604", "plan/areas/1-thu.yaml"),
    }

    audit = page(cchc)
    assert [(one["id"], one["kind"]) for one in audit["corrections"]] == [("dung-han", "correction")]
    assert [(one["id"], one["period"], one["traced"]) for one in audit["changes_to_closed"]] == [
        ("so-luong", "2023-05", False),
        ("dung-han", JUNE, True),
    ]
    assert {problem["code"] for problem in audit["problems"]} == {"E603", "E604"}
    assert [one["holds"] for one in audit["closings"]] == [False]
    file = tmp_path / "kiểm tra.md"
    assert cchc("audit", "-o", str(file))[0] == 0
    text = file.read_text(encoding="utf-8")
    assert "chỉnh lỗi chính tả" in text
    assert text.count("Nguyễn Văn An") >= 2
