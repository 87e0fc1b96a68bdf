"""What changed between two states, on real repositories: by figure, with its effect, on every face."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Cchc
from tests.repositories import AREA, PLAN, Repo, data

from cchc.workspace import git, kept

JUNE = "2023-06"
MAY = data("2023-05", dung_han="99/100")
NOTHING = "Không có gì thay đổi."
KEYS = {"schema", "before", "after", "summary", "changes", "effects", "unread"}


def june(figure: str, *more: str) -> str:
    return data(JUNE, *more, dung_han=figure)


@pytest.fixture
def two(repo: Repo) -> Repo:
    """Two commits: a figure, then another in its place."""
    repo.commit("một", _2023_06=june("99/100"), _2023_05=MAY)
    repo.commit("hai", _2023_06=june("97/100"))
    return repo


def found(cchc: Cchc, *words: str) -> dict[str, Any]:
    status, out, err = cchc("diff", "-f", "json", "--debug", *words)
    assert (status, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    assert set(answer) == KEYS
    return answer


def changes(cchc: Cchc, *words: str) -> list[tuple[str, str, str | None, str]]:
    return [(one["about"], one["id"], one["period"], one["what"]) for one in found(cchc, *words)["changes"]]


def looks(cchc: Cchc, *words: str) -> set[str]:
    return {look for one in found(cchc, *words)["changes"] for look in one["second_look"]}


def test_the_last_commit_is_compared_with_the_disk_unless_revisions_are_named(two: Repo, cchc: Cchc) -> None:
    assert NOTHING in cchc("diff")[1]
    assert changes(cchc) == []
    assert changes(cchc, "HEAD~1") == [("figure", "dung-han", JUNE, "changed")]
    assert changes(cchc, "HEAD~1", "HEAD") == [("figure", "dung-han", JUNE, "changed")]
    assert changes(cchc, "HEAD~2", "HEAD~1") == [
        ("figure", "dung-han", "2023-05", "added"),
        ("figure", "dung-han", JUNE, "added"),
    ]
    two.put("data/2023-06.yaml", june("99/100"))
    assert changes(cchc, "HEAD~1") == []
    answer = found(cchc)
    assert answer["before"] == {"name": "HEAD", "commit": two.git("rev-parse", "HEAD")[:10], "date": "2023-07-01"}
    assert answer["after"] is None
    assert [effect["period"] for effect in answer["effects"]] == ["2023-06"]
    assert [(e["before"]["status"], e["after"]["status"]) for e in answer["effects"]] == [("missed", "met")]


@pytest.mark.usefixtures("two")
def test_the_keys_of_the_json_are_always_there(cchc: Cchc) -> None:
    for answer in (found(cchc), found(cchc, "HEAD~2")):
        assert set(answer["summary"]) == {"changes", "second_look", "effects", "unread"}
    keys = {"about", "id", "period", "what", "fields", "old", "new", "second_look", "closed", "display"}
    assert all(set(one) == keys for one in answer["changes"])
    assert all(set(one) == {"id", "period", "before", "after", "display"} for one in answer["effects"])


def test_what_is_staged_and_not_committed_is_a_change(two: Repo, cchc: Cchc) -> None:
    two.put("data/2023-04.yaml", data("2023-04", so_luong="5"))
    two.git("add", ".")
    assert changes(cchc) == [("figure", "so-luong", "2023-04", "added")]


@pytest.mark.usefixtures("two")
def test_the_text_of_a_change_has_counts_and_shares_old_and_new_and_the_effect(cchc: Cchc) -> None:
    out = cchc("diff", "HEAD~1", "HEAD")[1]
    assert "  ~ Đúng hạn [dung-han], tháng 6/2023: 99/100 (99%) → 97/100 (97%)\n" in out
    assert re.search(r"Đúng hạn, tháng 6/2023: 99% – .* → 97% – ", out)


def test_a_checkout_with_other_line_ends_changes_nothing(two: Repo, cchc: Cchc) -> None:
    two.git("config", "core.autocrlf", "true")
    for path in two.root.rglob("*.yaml"):
        path.unlink()
    two.git("checkout", "-q", "--", ".")
    assert b"\r\n" in (two.root / "data/2023-06.yaml").read_bytes()
    assert NOTHING in cchc("diff")[1]
    state = kept.listed(two.root, "HEAD")
    assert kept.differing(two.root, state, None, lambda _: True) == set()
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete")[0] == 0


@pytest.mark.parametrize("file", ["plan/GHI-CHU.md", "plan/areas/cu/1.yaml", "data/.gitkeep"])
def test_files_that_no_reader_looks_at_are_neither_gone_nor_uncommitted(two: Repo, cchc: Cchc, file: str) -> None:
    two.put(file, "x")
    two.commit("ghi chú")
    state = kept.listed(two.root, "HEAD")
    assert kept.differing(two.root, state, None, lambda _: True) == set()
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete")[0] == 0


def test_what_is_no_file_on_the_disk_differs_from_one(two: Repo) -> None:
    (two.root / "data/2023-06.yaml").unlink()
    (two.root / "data/2023-06.yaml").mkdir()
    state = kept.listed(two.root, "HEAD")
    assert kept.differing(two.root, state, None, lambda _: True) == {"data/2023-06.yaml"}


# no more is read than differs


def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    contents = git.Repository.contents

    def counted(own: git.Repository, wanted: Iterable[str]) -> Any:
        wanted = list(wanted)
        names.extend(wanted)
        return contents(own, wanted)

    monkeypatch.setattr(git.Repository, "contents", counted)
    return names


def years(repo: Repo) -> None:
    for year in (2021, 2022, 2023):
        for month in (3, 6):
            label = f"{year}-{month:02}"
            repo.put(f"data/{label}.yaml", data(label, dung_han=f"{8 * year + month}/{9 * year}"))
    repo.commit("các năm")


def test_changed_figures_make_only_their_year_be_read(repo: Repo, cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    years(repo)
    repo.put("data/2023-06.yaml", june("97/100"))
    names = asked(monkeypatch)
    assert changes(cchc) == [("figure", "dung-han", JUNE, "changed")]
    assert len(names) == len(set(names)) == 1 + 3 + 2  # the commit, the plan, two files of 2023


def test_nothing_changed_makes_only_the_plan_be_read(repo: Repo, cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    years(repo)
    names = asked(monkeypatch)
    assert changes(cchc) == []
    assert len(names) == 1 + 3


def test_a_changed_plan_makes_everything_be_read(repo: Repo, cchc: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    years(repo)
    repo.change("plan/areas/1-thu.yaml", "at_least: 98", "at_least: 80")
    names = asked(monkeypatch)
    answer = found(cchc)
    assert [(one["about"], one["second_look"]) for one in answer["changes"]] == [("indicator", ["target_lowered"])]
    assert {effect["period"][:4] for effect in answer["effects"]} >= {"2021"}
    assert len(names) == 1 + 3 + 6


# what cannot be read


@pytest.mark.parametrize(
    "text",
    [
        "format: cchc/1\nperiod: 2023-06\nmeasurements:\n  dung-han: {numerator: x, denominator: 100}\n",
        "format: cchc/1\nperiod: 2023-06\nmeasurements: [1]\n",
        "format: cchc/1\nperiod: 2023-07\nmeasurements:\n  dung-han: {numerator: 97, denominator: 100}\n",
        "format: cchc/9\nperiod: 2023-06\n",
        "format: cchc/1\nperiod: 2023-06\n<<<<<<< ours\n",
        b"\xff",
        None,
    ],
    ids=["entry", "section", "period", "format", "conflict", "no text", "name"],
)
def test_an_error_is_named_with_its_side_and_is_no_removal(two: Repo, cchc: Cchc, text: str | bytes | None) -> None:
    if text is None:
        (two.root / "data/2023-06.yaml").rename(two.root / "data/2023-6.yaml")
    else:
        two.put("data/2023-06.yaml", text)
    two.put("data/2023-05.yaml", data("2023-05", dung_han="99/100", so_luong="5"))
    answer = found(cchc)
    assert [(one["id"], one["what"]) for one in answer["changes"]] == [("so-luong", "added")]
    assert {effect["id"] for effect in answer["effects"]} == {"so-luong"}
    assert {one["side"] for one in answer["unread"]} == {"after"}
    two.commit("hỏng")
    two.put("data/2023-06.yaml", june("97/100"))
    (two.root / "data/2023-6.yaml").unlink(missing_ok=True)
    answer = found(cchc)
    assert (answer["changes"], answer["effects"]) == ([], [])
    assert {one["side"] for one in answer["unread"]} == {"before"}
    assert "Không so được vì tệp có lỗi" in cchc("diff", "-f", "md")[1]
    out = cchc("diff")[1]
    assert NOTHING not in out
    assert "HEAD (" in out.split("lỗi", 1)[1]


def test_an_error_beside_a_change_hides_neither(two: Repo, cchc: Cchc) -> None:
    two.put("data/2023-06.yaml", data(JUNE, "so-luong: {value: x}", dung_han="99/100"))
    answer = found(cchc)
    assert [(one["id"], one["what"]) for one in answer["changes"]] == [("dung-han", "changed")]
    assert len(answer["unread"]) == 1
    two.put("data/2023-04.yaml", "hỏng")
    assert len(found(cchc)["unread"]) > 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: ratio", "kind: tỷ lệ"), ("  - id: dung-han", "  - id: Đúng hạn"), ("at_least: 98", "at_least: x")],
)
def test_an_error_of_the_plan_takes_neither_indicators_nor_their_figures_away(
    two: Repo, cchc: Cchc, old: str, new: str
) -> None:
    two.change("plan/areas/1-thu.yaml", old, new)
    answer = found(cchc)
    assert (answer["changes"], answer["effects"]) == ([], [])
    assert {(one["side"], one["file"]) for one in answer["unread"]} >= {("after", "plan/areas/1-thu.yaml")}
    two.commit("hỏng")
    two.change("plan/areas/1-thu.yaml", new, old)
    answer = found(cchc)
    assert (answer["changes"], answer["effects"]) == ([], [])
    assert {one["side"] for one in answer["unread"]} == {"before"}


def test_two_plans_with_errors_are_not_compared(two: Repo, cchc: Cchc) -> None:
    two.change("plan/areas/1-thu.yaml", "at_least: 98", "at_least: x")
    two.commit("hỏng")
    assert {one["side"] for one in found(cchc)["unread"]} == {"before"}
    two.change("plan/plan.yaml", "Kế hoạch thử", "Kế hoạch khác")
    status, out, err = cchc("diff")
    assert (status, out) == (1, "")
    assert "plan/areas/1-thu.yaml:" in err
    two.put("plan/plan.yaml", "hỏng")
    assert cchc("diff", "HEAD~1")[0] == 1
    two.commit("không có đầu")
    two.put("data/2023-06.yaml", june("98/100"))
    assert cchc("diff")[0] == 1


def test_a_renamed_indicator_is_neither_removed_nor_added(two: Repo, cchc: Cchc) -> None:
    two.put("plan/areas/1-thu.yaml", AREA.replace("- id: dung-han", "- id: dung-han-moi\n    formerly: [dung-han]"))
    for period in ("2023-05", JUNE):
        two.change(f"data/{period}.yaml", "dung-han:", "dung-han-moi:")
    answer = found(cchc)
    assert [(one["about"], one["id"], one["what"]) for one in answer["changes"]] == [
        ("indicator", "dung-han-moi", "changed")
    ]
    assert answer["effects"] == []


def test_a_renamed_file_is_no_change(two: Repo, cchc: Cchc) -> None:
    two.git("mv", "plan/areas/1-thu.yaml", "plan/areas/2-thu.yaml")
    assert changes(cchc) == []


# --fail-on


def test_failing_on_a_second_look(two: Repo, cchc: Cchc) -> None:
    two.change("plan/areas/1-thu.yaml", "at_least: 98", "at_least: 90")
    assert cchc("diff")[0] == 0
    assert cchc("diff", "--fail-on", "second-look")[0] == 1
    assert cchc("diff", "--fail-on", "closed,unread")[0] == 0
    assert cchc("diff", "--fail-on", "closed", "--fail-on", "second-look")[0] == 1
    assert cchc("diff", "--fail-on", "closed, Second-Look")[0] == 1
    assert cchc("diff", "HEAD~1", "HEAD", "--fail-on", "second-look")[0] == 0


def test_failing_on_what_could_not_be_read(two: Repo, cchc: Cchc) -> None:
    two.put("data/2023-06.yaml", "hỏng")
    assert [cchc("diff", "--fail-on", word)[0] for word in ("unread", "closed", "second-look")] == [1, 0, 0]


def test_failing_on_a_closed_period_that_was_touched(two: Repo, cchc: Cchc) -> None:
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete")[0] == 0
    two.commit("chốt")
    two.put("data/2023-06.yaml", june("99/100"))
    assert looks(cchc) == {"closed"}
    assert [cchc("diff", "--fail-on", word)[0] for word in ("closed", "second-look", "unread")] == [1, 1, 0]
    two.put("data/2023-06.yaml", june("97/100"))
    answer = cchc("correct", "dung-han", "99/100", "-p", JUNE, "--reason", "Đếm sót", "--document", "3/TB")
    assert answer[0] == 0, answer
    assert looks(cchc) == set()
    assert changes(cchc) == [("figure", "dung-han", JUNE, "corrected")]
    assert cchc("diff", "--fail-on", "closed,second-look,unread")[0] == 0
    (two.root / "data/closed.yaml").unlink()
    assert ("closing", "removed") in {(one["about"], one["what"]) for one in found(cchc)["changes"]}
    assert cchc("diff", "--fail-on", "closed")[0] == 1


@pytest.mark.usefixtures("two")
def test_a_word_that_fail_on_does_not_know_is_refused(cchc: Cchc) -> None:
    status, out, err = cchc("diff", "--fail-on", "closed,second")
    assert (status, out) == (2, "")
    assert "second-look" in err
    assert cchc("diff", "nope")[0] == 2
    assert cchc("diff", "HEAD", "nope")[0] == 2
    assert cchc("diff", "-f", "pdf")[0] == 2


# faces


@pytest.mark.usefixtures("two")
def test_the_ending_of_the_file_names_the_form(cchc: Cchc, tmp_path: Path) -> None:
    for name, first in (
        ("a.md", "## "),
        ("a.markdown", "## "),
        ("a.html", "<!DOCTYPE html>"),
        ("a.htm", "<!DOCTYPE html>"),
        ("a.json", "{"),
        ("a.txt", "Thay đổi"),
        ("a", "Thay đổi"),
    ):
        file = tmp_path / name
        assert cchc("diff", "HEAD~1", "-o", str(file))[:2] == (0, "")
        assert file.read_text(encoding="utf-8").startswith(first)
    assert cchc("diff", "-o", str(tmp_path / "a.docx"))[0] == 2
    assert cchc("diff", "HEAD~1", "-f", "json", "-o", str(tmp_path / "b.md"))[0] == 0
    assert (tmp_path / "b.md").read_text(encoding="utf-8").startswith("{")


HOSTILE = "<script>alert(1)</script> | ![x](http://x.example/y) **đậm** `m` [a](javascript:b) @ai #1 \\"


def test_hostile_names_and_notes_are_inert_and_tables_stay_tables(two: Repo, cchc: Cchc) -> None:
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    two.put("plan/areas/1-thu.yaml", AREA.replace("name: Đúng hạn", f'name: "{quoted}"'))
    entry = f'dung-han: {{numerator: 96, denominator: 100, note: "{quoted}\\n\\n# x\\n| y"}}'
    two.put("data/2023-06.yaml", data(JUNE, entry))
    out = cchc("diff", "HEAD~1", "-f", "md")[1]
    assert not re.search(r"(?<!\\)(<script|\*\*đậm|\[x|\[a|@ai)", out)
    assert re.findall(r"^# ", out, re.MULTILINE) == []
    for block in re.split(r"\n\s*\n", out):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        widths = {len(re.sub(r"\\.", "", row).split("|")) for row in rows}
        assert len(widths) <= 1, rows
        assert not rows or re.fullmatch(r"\|(---\|)+", rows[1])
    page = cchc("diff", "HEAD~1", "-f", "html")[1]
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(src|href)=\"?(http|javascript)", page)


def test_a_remark_of_the_control_kind_does_not_reach_the_terminal(two: Repo, cchc: Cchc) -> None:
    two.put("data/2023-06.yaml", data(JUNE, 'dung-han: {numerator: 96, denominator: 100, note: "a\\e[31mđỏ"}'))
    assert "\x1b" not in cchc("diff")[1]


def test_the_head_of_the_plan_and_its_parts_are_told(two: Repo, cchc: Cchc) -> None:
    two.put("plan/plan.yaml", PLAN.replace("Xã Thử", "Xã Thử Mới") + "assessed_from: 2023\n")
    two.change("plan/owners.yaml", "name: Nội vụ", "name: Nội vụ và Tuyên giáo")
    answer = found(cchc)
    assert {(one["about"], one["what"]) for one in answer["changes"]} == {("plan", "changed"), ("owner", "changed")}
    assert looks(cchc) == {"assessment"}
