"""Who set which figure: histories with everything that git can do to them, told by `log`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Cchc
from tests.repositories import AN, AREA, BINH, FILES, Repo, data, steps

from cchc.workspace import git, history, kept
from cchc.workspace.history import Entries


def told(cchc: Cchc, *words: str) -> list[tuple[str, str, str | None, bool]]:
    status, out, err = cchc("log", "dung-han", "-f", "json", *words)
    assert (status, err) == (0, "")
    return steps(out)


JUNE = "2023-06"
FIRST, SECOND, THIRD = "97/100 (97%)", "98/100 (98%)", "99/100 (99%)"


def june(figure: str, *more: str) -> str:
    return data(JUNE, *more, dung_han=figure)


def test_who_set_which_value_when_in_which_commit_with_which_message(repo: Repo, cchc: Cchc) -> None:
    first = repo.commit("tháng 6", _2023_06=june("97/100"))
    second = repo.commit("sửa tháng 6\n\nđếm sót", _2023_06=june("98/100"), who=AN)
    status, out, _ = cchc("log", "dung-han")
    assert status == 0
    assert out == (
        "Đúng hạn [dung-han]\n"
        f"01/7/2023 08:09 +0700 Nguyễn Văn An <an@xa.example> {second[:10]}: sửa tháng 6\n"
        f"    tháng 6/2023: {FIRST} → {SECOND}\n"
        f"01/7/2023 08:06 +0700 Lê Thị Bình <binh@xa.example> {first[:10]}: tháng 6\n"
        f"    tháng 6/2023: – → {FIRST}\n"
    )


def test_the_keys_of_the_json_are_always_there(repo: Repo, cchc: Cchc) -> None:
    repo.commit("tháng 6", _2023_06=june("97/100"))
    repo.put("data/2023-06.yaml", june("98/100"))
    found = json.loads(cchc("log", "dung-han", "-f", "json")[1])
    assert set(found) == {"schema", "indicator", "shallow", "steps"}
    for step in found["steps"]:
        assert set(step) == {"period", "before", "after", "display", "commit", "dropped"}
        assert set(step["display"]) == {"before", "after"}
    assert [step["commit"] is None for step in found["steps"]] == [True, False]
    assert set(found["steps"][1]["commit"]) == {"name", "author", "email", "date", "subject", "signed", "cut"}
    assert found["steps"][0]["before"] == {"numerator": "97", "denominator": "100"}


def test_a_figure_that_was_set_replaced_reverted_and_removed(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    repo.commit("hai", _2023_06=june("98/100"))
    repo.git("revert", "--no-edit", "HEAD", who=AN)
    repo.commit("gỡ", _2023_06=data(JUNE, so_luong="5"))
    assert told(cchc) == [
        (JUNE, f"– → {FIRST}", "một", False),
        (JUNE, f"{FIRST} → {SECOND}", "hai", False),
        (JUNE, f"{SECOND} → {FIRST}", 'Revert "hai"', False),
        (JUNE, f"{FIRST} → –", "gỡ", False),
    ]


def test_what_changed_beside_a_figure_is_named(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    checked = "checked: {by: van-phong, on: 2023-06-20}"
    repo.commit("hai", _2023_06=data(JUNE, f"dung-han: {{numerator: 97, denominator: 100, note: x, {checked}}}"))
    for command in ("log", "show"):
        said = cchc(command, "dung-han")[1]
        assert "    tháng 6/2023: 97/100 (97%) (thay đổi kèm theo: ghi chú, người kiểm tra)" in said


def test_a_key_that_no_file_of_ours_has_is_named_as_it_stood(repo: Repo, cchc: Cchc) -> None:
    for note in ("một", "hai"):
        repo.commit(note, _2023_06=data(JUNE, f"dung-han: {{numerator: 97, denominator: 100, ghi-chu: {note}}}"))
    assert "(thay đổi kèm theo: ghi-chu)" in cchc("log", "dung-han")[1]


def test_other_quoting_comments_and_order_are_no_step(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, dung_han="97/100", so_luong="5"))
    text = data(JUNE, "so-luong: {value: 5}", 'dung-han: {denominator: 100, numerator: "97"} # đã kiểm')
    repo.commit("hai", _2023_06=text.replace("\n", "\r\n"))
    assert [step[2] for step in told(cchc)] == ["một"]


def test_only_a_period_that_is_asked_for(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_03=data("2023-03", dung_han="97/100"), _2023_06=june("98/100"))
    assert [step[0] for step in told(cchc)] == ["2023-03", "2023-06"]
    assert [step[0] for step in told(cchc, "-p", "2023Q1")] == ["2023-03"]
    assert told(cchc, "-p", "2023-02") == []
    assert "Chưa có số liệu nào." in cchc("log", "dung-han", "-p", "2023-02")[1]
    assert cchc("log", "dung-han", "-p", "2023-13")[0] == 2


def test_an_unknown_indicator_is_refused_with_the_nearest(cchc: Cchc) -> None:
    for command in ("log", "show"):
        status, out, err = cchc(command, "dung-hna")
        assert (status, out) == (2, "")
        assert "dung-han" in err


# names that changed


def test_a_file_that_got_another_ending_is_the_same_file(repo: Repo, cchc: Cchc) -> None:
    repo.put("data/2023-06.yml", june("97/100"))
    repo.commit("một")
    repo.git("mv", "data/2023-06.yml", "data/2023-06.yaml")
    repo.commit("đổi tên")
    repo.commit("hai", _2023_06=june("98/100"))
    assert [step[2] for step in told(cchc)] == ["một", "hai"]


def test_a_file_whose_name_is_wrong_counts_by_the_period_that_it_states(repo: Repo, cchc: Cchc) -> None:
    repo.put("data/thang-sau.yaml", june("97/100"))
    repo.commit("một")
    repo.git("mv", "data/thang-sau.yaml", "data/2023-06.yaml")
    repo.commit("đổi tên")
    repo.put("data/ghi-chu.yaml", "measurements:\n  dung-han: {value: 1}\n")
    repo.put("data/2023-05.yaml", "measurements:\n  dung-han: {value: 1}\n")
    repo.commit("không nêu kỳ")
    assert [(step[0], step[2]) for step in told(cchc)] == [(JUNE, "một"), ("2023-05", "không nêu kỳ")]


def test_an_id_that_the_plan_renamed_keeps_its_history(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100").replace("dung-han", "cu-truoc"))
    repo.put("plan/areas/1-thu.yaml", AREA.replace("  - id: dung-han", "  - id: dung-han\n    formerly: [cu-truoc]"))
    repo.commit("đổi mã", _2023_06=june("97/100"))
    repo.commit("hai", _2023_06=june("98/100"))
    assert [step[1:3] for step in told(cchc)] == [(f"– → {FIRST}", "một"), (f"{FIRST} → {SECOND}", "hai")]


def test_ids_that_older_plans_tie_together_are_followed_though_the_plan_of_today_forgot_them(
    repo: Repo, cchc: Cchc
) -> None:
    for number, (old, new) in enumerate((("mot", "hai"), ("hai", "ba"), ("ba", "dung-han"))):
        tied = AREA.replace("- id: dung-han", f"- id: {new}\n    formerly: [{old}]")
        repo.put("plan/areas/1-thu.yaml", tied)
        repo.commit(new, _2023_06=june(f"{97 + number}/100").replace("dung-han", old))
    repo.put("plan/areas/1-thu.yaml", AREA)
    repo.commit("quên")
    assert [step[2] for step in told(cchc)] == ["hai", "ba", "dung-han"]


@pytest.mark.parametrize("edited", [False, True], ids=["as it was", "edited with it"])
def test_a_workspace_that_moved_inside_its_repository_keeps_its_history(
    repo: Repo, cchc: Cchc, *, edited: bool
) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    (repo.top / "cchc").mkdir()
    repo.git("mv", "plan", "data", "cchc")
    repo.root = repo.top / "cchc"
    if edited:
        repo.change("plan/plan.yaml", "Kế hoạch thử", "Kế hoạch thử nghiệm")
    repo.commit("chuyển")
    repo.commit("hai", _2023_06=june("98/100"))
    assert [step[2] for step in told(cchc, "-C", str(repo.root))] == ["một", "hai"]


def test_a_plan_that_came_where_another_one_went_is_another_workspace(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    (repo.top / "cu").mkdir()
    repo.git("mv", "plan", "data", "cu")
    repo.commit("cất")
    repo.root = repo.top / "moi"
    for name, text in FILES.items():
        repo.put(name, text)
    repo.commit("mới", _2023_06=june("98/100"))
    assert [step[1:3] for step in told(cchc, "-C", str(repo.root))] == [(f"– → {SECOND}", "mới")]


# branches that met


def fork(repo: Repo, ours: str, theirs: str) -> None:
    """Make two branches from one state; `main` is checked out."""
    repo.commit("gốc", _2023_06=june("97/100"))
    repo.git("checkout", "-q", "-b", "nhanh")
    repo.commit("nhánh", _2023_06=theirs, who=AN)
    repo.git("checkout", "-q", "main")
    if ours:
        repo.commit("chính", _2023_06=ours)


def test_a_fast_forward_is_no_merge(repo: Repo, cchc: Cchc) -> None:
    fork(repo, "", june("98/100"))
    repo.git("merge", "-q", "nhanh")
    assert [step[2] for step in told(cchc)] == ["gốc", "nhánh"]


def test_a_merge_of_two_branches_tells_nothing_twice(repo: Repo, cchc: Cchc) -> None:
    fork(repo, june("97/100") + "  # ghi chú\n", "# đầu\n" + june("98/100"))
    repo.commit("tháng 5", _2023_05=data("2023-05", dung_han="99/100"))
    repo.git("merge", "-q", "--no-edit", "-X", "theirs", "nhanh")
    assert repo.git("rev-list", "--merges", "--count", "HEAD") == "1"
    assert [(step[2], step[3]) for step in told(cchc)] == [("gốc", False), ("tháng 5", False), ("nhánh", False)]


def test_the_same_change_on_both_branches_is_told_of_each(repo: Repo, cchc: Cchc) -> None:
    fork(repo, june("98/100"), june("98/100"))
    repo.git("merge", "-q", "--no-edit", "nhanh")
    assert sorted((step[1], step[2]) for step in told(cchc)) == [
        (f"{FIRST} → {SECOND}", "chính"),
        (f"{FIRST} → {SECOND}", "nhánh"),
        (f"– → {FIRST}", "gốc"),
    ]


def test_a_merge_that_keeps_one_side_says_what_was_dropped(repo: Repo, cchc: Cchc) -> None:
    fork(repo, "", june("98/100"))
    repo.commit("khác")
    repo.git("merge", "-q", "--no-edit", "-s", "ours", "nhanh")
    assert told(cchc)[-1] == (JUNE, f"{FIRST} → {SECOND}", "nhánh", True)
    assert "không còn: khi hợp nhất đã giữ bên kia" in cchc("log", "dung-han")[1]


@pytest.mark.parametrize("words", [("-s", "recursive")], ids=["two parents"])
def test_a_conflict_resolved_to_a_third_value_is_the_merges(repo: Repo, cchc: Cchc, words: tuple[str, ...]) -> None:
    fork(repo, june("96/100"), june("98/100"))
    repo.git("merge", "-q", *words, "nhanh", fails=True)
    repo.commit("hợp nhất", _2023_06=june("99/100"), who=AN)
    found = told(cchc)
    assert found[-1] == (JUNE, f"96/100 (96%) → {THIRD}", "hợp nhất", False)
    assert {step[3] for step in found} == {False}
    assert len(found) == 4


def test_a_merge_of_many_branches_tells_each_change_once(repo: Repo, cchc: Cchc) -> None:
    repo.commit("gốc", _2023_06=june("97/100"))
    for month in ("01", "02", "03"):
        repo.git("checkout", "-q", "-b", f"t{month}", "main")
        repo.put(f"data/2023-{month}.yaml", data(f"2023-{month}", dung_han="98/100"))
        repo.commit(f"tháng {month}")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-edit", "t01", "t02", "t03")
    assert repo.git("log", "-1", "--format=%P").count(" ") == 2
    assert sorted(str(step[2]) for step in told(cchc)) == ["gốc", "tháng 01", "tháng 02", "tháng 03"]


def test_a_rebased_commit_is_told_once_with_its_author(repo: Repo, cchc: Cchc) -> None:
    fork(repo, "", june("98/100"))
    repo.commit("tháng 5", _2023_05=data("2023-05", so_luong="5"))
    repo.git("checkout", "-q", "nhanh")
    repo.git("rebase", "-q", "main", who=BINH)
    found = json.loads(cchc("log", "dung-han", "-f", "json")[1])["steps"]
    assert [(step["commit"]["subject"], step["commit"]["author"]) for step in found] == [
        ("nhánh", "Nguyễn Văn An"),
        ("gốc", "Lê Thị Bình"),
    ]


def test_a_cherry_picked_commit_is_told_where_it_was_put(repo: Repo, cchc: Cchc) -> None:
    fork(repo, "", june("98/100"))
    repo.commit("tháng 5", _2023_05=data("2023-05", so_luong="5"))
    repo.git("cherry-pick", "nhanh")
    assert [step[1:3] for step in told(cchc)] == [(f"– → {FIRST}", "gốc"), (f"{FIRST} → {SECOND}", "nhánh")]


# what is not committed, not readable, not there


def test_what_lies_on_the_disk_uncommitted_stands_on_top(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"), _2023_05=data("2023-05", dung_han="97/100"))
    repo.put("data/2023-06.yaml", june("98/100"))
    repo.git("add", ".")
    repo.put("data/2023-04.yaml", data("2023-04", dung_han="96/100"))
    (repo.root / "data/2023-05.yaml").unlink()
    assert [(step[0], step[1]) for step in reversed(told(cchc)) if step[2] is None] == [
        (JUNE, f"{FIRST} → {SECOND}"),
        ("2023-05", f"{FIRST} → –"),
        ("2023-04", "– → 96/100 (96%)"),
    ]
    assert "chưa ghi vào lịch sử" in cchc("log", "dung-han")[1]
    assert [step for step in told(cchc, "--at", "HEAD") if step[2] is None] == []


def test_a_file_renamed_on_the_disk_alone_is_no_change(repo: Repo, cchc: Cchc) -> None:
    repo.put("data/2023-06.yml", june("97/100"))
    repo.commit("một")
    (repo.root / "data/2023-06.yml").rename(repo.root / "data/2023-06.yaml")
    assert [step[2] for step in told(cchc)] == ["một"]


def test_old_versions_that_nobody_can_read_hold_no_figures_and_stop_nothing(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    for number, text in enumerate(
        (b"\xff dung-han", b"dung-han", b"a: [dung-han", b"measurements: dung-han", b"dung-han: {" + b" " * (1 << 20))
    ):
        repo.put("data/2023-06.yaml", text)
        repo.commit(f"hỏng {number}")
    repo.commit("chữa", _2023_06=june("97/100"))
    assert [step[1:3] for step in told(cchc)] == [
        (f"– → {FIRST}", "một"),
        (f"{FIRST} → –", "hỏng 0"),
        (f"– → {FIRST}", "chữa"),
    ]


def test_an_entry_that_does_not_fit_is_told_as_it_stood(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, "dung-han: {numerator: x, note: y}"))
    repo.commit("hai", _2023_06=data(JUNE, "dung-han: {note: y}"))
    repo.commit("ba", _2023_06=june("97/100"))
    assert [step[1] for step in told(cchc)] == ["– → numerator: x", "numerator: x → –", f"– → {FIRST}"]


def test_a_link_among_the_data_is_no_file(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    (repo.root / "data/2023-05.yaml").symlink_to("2023-06.yaml")
    repo.commit("hai")
    assert [step[2] for step in told(cchc, "--at", "HEAD")] == ["một"]


def test_a_merge_that_made_a_link_of_a_file_took_its_figures_away(repo: Repo, cchc: Cchc) -> None:
    fork(repo, june("96/100"), june("98/100"))
    repo.git("merge", "-q", "nhanh", fails=True)
    (repo.root / "data/2023-06.yaml").unlink()
    (repo.root / "data/2023-06.yaml").symlink_to("2023-05.yaml")
    repo.commit("hợp nhất")
    assert told(cchc, "--at", "HEAD")[-1][1:3] == ("96/100 (96%) → –", "hợp nhất")


def test_without_a_repository_the_log_stops_and_show_goes_on(repo: Repo, cchc: Cchc, tmp_path: Path) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    (repo.top / ".git").rename(tmp_path / "git")
    status, out, err = cchc("log", "dung-han")
    assert (status, out) == (3, "")
    assert "chưa được git quản lý" in err
    status, out, _ = cchc("show", "dung-han", "-f", "json")
    assert (status, json.loads(out)["steps"], json.loads(out)["shallow"]) == (0, None, False)


def test_before_the_first_commit_show_has_no_trail(repo: Repo, cchc: Cchc) -> None:
    repo.git("checkout", "-q", "--orphan", "moi")
    assert json.loads(cchc("show", "dung-han", "-f", "json")[1])["steps"] is None
    status, _, err = cchc("log", "dung-han")
    assert (status, "không có phiên bản “HEAD”" in err) == (2, True)


def test_show_tells_definition_figures_and_trail(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, "dung-han: {numerator: 97, denominator: 100, note: sót}"))
    status, out, _ = cchc("show", "dung-han")
    assert status == 0
    for text in ("Đúng hạn [dung-han]", "Chưa đạt", "ghi chú: sót", "một", f"– → {FIRST}"):
        assert text in out
    for number in range(14):
        repo.commit(f"lần {number}", _2023_06=june(f"{80 + number}/100"))
    assert "còn 3: cchc log dung-han" in cchc("show", "dung-han")[1]
    found = json.loads(cchc("show", "dung-han", "-f", "json")[1])
    assert set(found) == {"schema", "indicator", "figures", "shallow", "steps"}
    assert set(found["figures"][0]) == {"period", "status", "complete", "entry", "display"}
    assert len(found["steps"]) == 15


# what git keeps of a commit


def parsed(head: str, message: bytes = b"x\n") -> history.Commit:
    return history.parse_commit("0" * 40, f"tree {'1' * 40}\n{head}".encode() + b"\n\n" + message)


def test_a_commit_is_read_from_what_git_keeps(repo: Repo) -> None:
    name = repo.commit("dòng đầu\n\nthân", who=AN)
    found = history.commits(kept.listed(repo.root, "HEAD").repository, [name])[name]
    assert (found.subject, found.message, found.signed) == ("dòng đầu", "dòng đầu\n\nthân\n", False)
    assert (found.author.name, found.author.email) == ("Nguyễn Văn An", "an@xa.example")
    assert found.author.at.isoformat() == "2023-07-01T08:06:00+07:00"
    assert found.parents == (repo.git("rev-parse", "HEAD~1"),)


def test_a_signed_commit_says_so_whatever_the_kind_of_names() -> None:
    for header in ("gpgsig", "gpgsig-sha256"):
        found = parsed(f"author A <a@x> 0 +0000\n{header} -----BEGIN PGP SIGNATURE-----\n abc\n -----END")
        assert found.signed


def test_a_message_in_another_coding_is_read_and_one_in_none_survives() -> None:
    assert parsed("encoding latin1", "déjà".encode("latin1")).message == "déjà"
    assert parsed("encoding nobody-knows", "là".encode()).message == "là"


def test_people_and_days_that_no_calendar_has_survive() -> None:
    assert parsed("author A <a@x> -86400 -0130").author.at.isoformat() == "1969-12-30T22:30:00-01:30"
    assert parsed("author A <a@x> 99999999999999999999 +0000").author.at.year == 1970
    assert parsed("author  <> 5 +0000").author.name == ""
    assert parsed("author nothing").author.name == "nothing"
    assert parsed("author A <a@x> 5 +9900").author.at.year == 1970


def test_each_version_is_asked_for_once_however_long_the_history(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_AT_ONCE", 2)
    monkeypatch.setattr(git, "_AT_ONCE", 2)
    for figure in ("97", "98", "97", "96", "97"):
        repo.commit(figure, _2023_06=june(f"{figure}/100"))
    asked: list[str] = []
    contents = git.Repository.contents

    def counted(own: git.Repository, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(names)
        asked.extend(wanted)
        return contents(own, wanted)

    monkeypatch.setattr(git.Repository, "contents", counted)
    state = kept.listed(repo.root, "HEAD")
    entries = Entries(state.repository, {"dung-han": "dung-han"}, only=True)
    found = list(history.events(entries, history.touches(state.repository, state.commit, state.prefix, ("data",))))
    assert len(found) == 5
    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == 3
