"""`--commit`: one commit of just that change, everything else as it was."""

import subprocess
from pathlib import Path

import pytest
from tests.conftest import Cchc
from tests.repositories import FILES, Repo, data

from cchc.workspace import committing, git

JUNE = "2023-06"
FILE = "data/2023-06.yaml"
ADD = ("add-measure", "dung-han", "97/100", "-p", JUNE, "--commit")
WHY = ("--reason", "Đếm sót\n01 hồ sơ", "--document", "3/TB-UBND")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository in which git knows who commits."""
    repo = Repo.begun(tmp_path / "xa")
    repo.known()
    return repo


def shown(repo: Repo) -> list[str]:
    """Return the lines that the last commit changed."""
    lines = repo.git("show", "--format=", "-U0", "HEAD").splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


def trailers(repo: Repo) -> list[str]:
    message = repo.git("log", "-1", "--format=%B")
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"],
        input=message + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def subject(repo: Repo) -> str:
    return repo.git("log", "-1", "--format=%s")


def count(repo: Repo) -> int:
    return int(repo.git("rev-list", "--count", "HEAD"))


def test_one_commit_of_just_the_figure_with_its_trailers(repo: Repo, cchc: Cchc) -> None:
    before = count(repo)
    status, out, err = cchc(*ADD, "--source", "Một cửa: biểu\nII.06a")
    assert (status, err) == (0, "")
    assert repo.git("rev-parse", "HEAD")[:10] in out
    assert count(repo) == before + 1
    assert subject(repo) == "data(2023-06): dung-han = 97/100 (97%)"
    assert trailers(repo) == [
        "Period: 2023-06",
        "Source: Một cửa: biểu II.06a",
        "Verdict: tháng 6/2023: chưa đạt",
        "Verdict: quý II năm 2023: chưa đạt (tạm tính, 1/3 tháng)",
        "Verdict: 6 tháng đầu năm 2023: chưa đạt (tạm tính, 1/6 tháng)",
    ]
    assert repo.git("log", "-1", "--format=%an <%ae>") == "Lê Thị Bình <binh@xa.example>"
    assert repo.git("status", "--porcelain", "-uno") == ""


def test_another_figure_in_its_place_names_the_old_one(repo: Repo, cchc: Cchc) -> None:
    cchc(*ADD)
    assert cchc("add-measure", "dung-han", "98/100", "-p", JUNE, "--replace", "--commit")[0] == 0
    assert "Was: 97/100" in trailers(repo)
    assert [line for line in shown(repo) if "numerator" in line] == ["-    numerator: 97", "+    numerator: 98"]


def test_a_batch_is_one_commit(repo: Repo, cchc: Cchc, tmp_path: Path) -> None:
    before = count(repo)
    batch = tmp_path / "lo.csv"
    batch.write_text("indicator,value,period\ndung-han,97/100,2023-06\nso-luong,5,2023-05\n", encoding="utf-8")
    assert cchc("add-measure", "--from", str(batch), "--commit")[0] == 0
    assert count(repo) == before + 1
    assert repo.git("log", "-1", "--format=%B").splitlines() == [
        "data: 2 số liệu",
        "",
        "2023-06: dung-han = 97/100 (97%)",
        "2023-05: so-luong = 5",
        "",
        "Period: 2023-06",
        "Period: 2023-05",
    ]
    assert trailers(repo) == ["Period: 2023-06", "Period: 2023-05"]
    assert repo.git("status", "--porcelain", "-uno") == ""


def test_closing_correcting_and_opening_again_are_commits(repo: Repo, cchc: Cchc) -> None:
    cchc(*ADD)
    before = repo.git("rev-parse", "HEAD")
    assert cchc("close", JUNE, "--by", "noi-vu", "--incomplete", "--commit")[0] == 0
    assert subject(repo) == "data(2023-06): chốt số liệu"
    found = dict(line.split(": ", 1) for line in trailers(repo))
    assert (found["Period"], found["Closed-by"], len(found["Digest"])) == (JUNE, "noi-vu", 64)
    assert f"commit: {before}" in repo.read("data/closed.yaml")
    assert cchc("correct", "dung-han", "98/100", "-p", JUNE, *WHY, "--commit")[0] == 0
    assert subject(repo) == "data(2023-06): đính chính dung-han = 98/100 (98%)"
    assert {"Was: 97/100", "Reason: Đếm sót 01 hồ sơ", "Document: 3/TB-UBND"} <= set(trailers(repo))
    assert cchc("reopen", JUNE, "--by", "noi-vu", "--reason", "Huyện trả", "--commit")[0] == 0
    assert subject(repo) == "data(2023-06): mở lại số liệu đã chốt"
    assert {"Reason: Huyện trả"} <= set(trailers(repo))
    assert count(repo) == 5
    assert repo.git("status", "--porcelain", "-uno") == ""
    assert cchc("validate")[0] == 0


# everything else as it was


def test_what_others_have_staged_changed_and_left_beside_stays_so(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, so_luong="5"), _2023_05=data("2023-05", so_luong="5"))
    repo.change("data/2023-05.yaml", "value: 5", "value: 6")
    repo.put("mới.txt", "x")
    repo.git("add", ".")
    repo.change("plan/plan.yaml", "Kế hoạch thử", "Kế hoạch khác")
    repo.put("ngoài.txt", "x")
    before = repo.git("diff", "--cached"), repo.git("diff"), repo.git("status", "--porcelain")
    assert cchc(*ADD)[0] == 0
    assert (repo.git("diff", "--cached"), repo.git("diff")) == before[:2]
    left = [line for line in repo.git("status", "--porcelain").splitlines() if ".cchc.lock" not in line]
    assert left == before[2].splitlines()
    assert all("so-luong" not in line for line in shown(repo))
    assert repo.git("show", "--format=", "--name-only", "HEAD") == FILE


@pytest.mark.parametrize("staged", [False, True])
def test_other_lines_of_the_same_file_are_not_committed_with_it(repo: Repo, cchc: Cchc, *, staged: bool) -> None:
    repo.commit("một", _2023_06=data(JUNE, so_luong="5"))
    repo.change(FILE, "so-luong: {value: 5}", "so-luong: {value: 6}")
    if staged:
        repo.git("add", ".")
    assert cchc(*ADD)[0] == 0
    assert all("value" not in line for line in shown(repo))
    changed = repo.git("diff", *(["--cached"] if staged else []), "-U0")
    assert [line for line in changed.splitlines() if line[:2] in {"+ ", "- "}] == [
        "-  so-luong: {value: 5}",
        "+  so-luong: {value: 6}",
    ]
    assert repo.git("diff", *([] if staged else ["--cached"])) == ""


def test_a_change_that_stands_on_what_is_not_committed_is_refused(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, so_luong="5"))
    repo.put(FILE, "hỏng [")
    repo.git("add", ".")
    repo.put(FILE, data(JUNE, so_luong="5"))
    before = repo.git("rev-parse", "HEAD")
    status, _, err = cchc(*ADD)
    assert (status, f"git diff -- {FILE}" in err) == (3, True)
    assert (repo.read(FILE), repo.git("rev-parse", "HEAD")) == (data(JUNE, so_luong="5"), before)


def test_a_conflict_that_is_left_in_the_index_is_not_resolved_by_the_way(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, so_luong="5"))
    repo.put(FILE, data(JUNE, so_luong="6"))
    repo.git("stash", "-q")
    repo.commit("hai", _2023_06=data(JUNE, so_luong="7"))
    repo.git("stash", "pop", "-q", fails=True)
    repo.put(FILE, data(JUNE, so_luong="7"))
    before = repo.git("ls-files", "-u")
    assert before.count("\n") == 2
    assert cchc(*ADD)[0] == 3
    assert (repo.read(FILE), repo.git("ls-files", "-u")) == (data(JUNE, so_luong="7"), before)


def test_the_mode_of_the_file_is_kept(repo: Repo, cchc: Cchc) -> None:
    repo.put(FILE, data(JUNE, so_luong="5")).chmod(0o755)
    repo.commit("một")
    assert cchc(*ADD)[0] == 0
    assert repo.git("ls-tree", "HEAD", FILE).startswith("100755 ")
    assert repo.git("status", "--porcelain", "-uno") == ""


def test_a_checkout_with_other_line_ends_commits_without_them(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=data(JUNE, so_luong="5"))
    repo.git("config", "core.autocrlf", "true")
    (repo.root / FILE).unlink()
    repo.git("checkout", "-q", "--", FILE)
    assert cchc(*ADD)[0] == 0
    assert "\r" not in repo.git("cat-file", "-p", f"HEAD:{FILE}")
    assert b"97\r\n" in (repo.root / FILE).read_bytes()
    assert repo.git("status", "--porcelain", "-uno") == ""


# where it begins, where it stands


def test_the_first_commit_of_a_repository_holds_just_the_figure(tmp_path: Path, cchc: Cchc) -> None:
    repo = Repo(tmp_path / "mới")
    repo.top.mkdir()
    repo.git("init", "-q", "-b", "main")
    repo.known()
    for name, text in FILES.items():
        repo.put(name, text)
    assert cchc(*ADD, "-C", str(repo.root))[0] == 0
    assert repo.git("ls-tree", "-r", "--name-only", "HEAD") == FILE
    assert repo.git("rev-list", "--count", "HEAD") == "1"
    assert "?? plan/" in repo.git("status", "--porcelain")


def test_a_detached_head_moves_and_no_branch_does(repo: Repo, cchc: Cchc) -> None:
    repo.git("checkout", "-q", "--detach")
    assert cchc(*ADD)[0] == 0
    assert repo.git("rev-parse", "HEAD~1") == repo.git("rev-parse", "main")


def test_a_workspace_below_the_top_and_in_a_worktree(tmp_path: Path, cchc: Cchc) -> None:
    repo = Repo.begun(tmp_path / "kho", "xã [1]")
    repo.known()
    repo.git("worktree", "add", "-q", str(tmp_path / "cây"))
    for top in (repo.top, tmp_path / "cây"):
        other = Repo(top, "xã [1]")
        assert cchc(*ADD, "-C", str(other.root))[0] == 0
        assert other.git("-c", "core.quotePath=false", "show", "--format=", "--name-only", "HEAD") == f"xã [1]/{FILE}"
        assert other.git("status", "--porcelain", "-uno") == ""


def test_nothing_changed_is_no_commit(repo: Repo, cchc: Cchc) -> None:
    cchc(*ADD)
    before = repo.git("rev-parse", "HEAD")
    assert cchc(*ADD)[0] == 0
    assert repo.git("rev-parse", "HEAD") == before


def test_what_is_on_the_disk_already_is_committed_alone(repo: Repo, cchc: Cchc) -> None:
    repo.put(FILE, data(JUNE, so_luong="5", dung_han="97/100"))
    assert cchc(*ADD)[0] == 0
    assert "so-luong" not in repo.git("show", f"HEAD:{FILE}")
    assert "so-luong" in repo.read(FILE)


def test_a_dry_run_commits_nothing(repo: Repo, cchc: Cchc) -> None:
    before = repo.git("rev-parse", "HEAD")
    assert cchc(*ADD, "--dry-run")[0] == 0
    assert (repo.git("rev-parse", "HEAD"), (repo.root / FILE).exists()) == (before, False)


# refused


def test_nobody_commits_nothing_and_nothing_is_written(repo: Repo, cchc: Cchc) -> None:
    repo.git("config", "--unset", "user.name")
    repo.git("config", "--unset", "user.email")
    repo.git("config", "user.useConfigOnly", "true")
    before = repo.git("rev-parse", "HEAD")
    status, out, err = cchc(*ADD)
    assert (status, out) == (3, "")
    assert "git config --global user.name" in err
    assert (repo.git("rev-parse", "HEAD"), (repo.root / FILE).exists()) == (before, False)


def unfinished(repo: Repo, what: str) -> None:
    """Leave something unfinished over another file."""
    repo.put("khác.txt", "gốc\n")
    repo.commit("gốc")
    repo.git("checkout", "-q", "-b", "nhanh")
    repo.put("khác.txt", "nhánh\n")
    repo.commit("nhánh")
    repo.git("checkout", "-q", "main")
    repo.put("khác.txt", "chính\n")
    repo.commit("chính")
    match what:
        case "merge":
            repo.git("merge", "-q", "nhanh", fails=True)
        case "rebase":
            repo.git("rebase", "-q", "nhanh", fails=True)
        case "cherry-pick":
            repo.git("cherry-pick", "nhanh", fails=True)
        case "revert":
            repo.git("revert", "--no-edit", "HEAD~1", fails=True)
        case "am":
            patch = repo.git("format-patch", "-1", "nhanh", "-o", str(repo.top.parent))
            repo.git("am", "-q", patch, fails=True)
        case _:
            repo.git("bisect", "start", "HEAD", "HEAD~1")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("merge", "việc hợp nhất"),
        ("rebase", "rebase"),
        ("am", "rebase"),
        ("cherry-pick", "cherry-pick"),
        ("revert", "revert"),
        ("bisect", "bisect"),
    ],
)
def test_nothing_is_committed_in_the_middle_of_something(repo: Repo, cchc: Cchc, what: str, said: str) -> None:
    unfinished(repo, what)
    before = repo.git("rev-parse", "HEAD"), repo.git("status", "--porcelain", "-uno")
    status, out, err = cchc(*ADD)
    assert (status, out) == (3, "")
    assert said in err
    assert (repo.git("rev-parse", "HEAD"), repo.git("status", "--porcelain", "-uno")) == before
    assert not (repo.root / FILE).exists()


def install(repo: Repo, name: str, script: str) -> None:
    file = repo.top / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def test_a_hook_that_refuses_leaves_the_file_written_and_says_so(repo: Repo, cchc: Cchc) -> None:
    install(repo, "pre-commit", "echo không cho >&2; exit 1")
    before = repo.git("rev-parse", "HEAD")
    status, _, err = cchc(*ADD)
    assert status == 3
    assert "không cho" in err
    assert "numerator: 97" in repo.read(FILE)
    assert (repo.git("rev-parse", "HEAD"), repo.git("diff", "--cached")) == (before, "")
    (repo.top / ".git/hooks/pre-commit").unlink()
    assert cchc(*ADD)[0] == 0
    assert repo.git("show", "--format=", "--name-only", "HEAD") == FILE


def test_hooks_see_just_what_is_committed(repo: Repo, cchc: Cchc) -> None:
    repo.put("khác.txt", "x")
    repo.git("add", ".")
    said = repo.top.parent / "said"
    install(repo, "pre-commit", f'git diff --cached --name-only >"{said}"')
    assert cchc(*ADD)[0] == 0
    assert said.read_text(encoding="utf-8") == f"{FILE}\n"


def test_nothing_is_written_while_another_program_changes_the_index(repo: Repo, cchc: Cchc) -> None:
    repo.put(".git/index.lock", "")
    before = repo.git("rev-parse", "HEAD")
    status, _, err = cchc(*ADD)
    assert (status, "một lệnh git khác" in err) == (3, True)
    assert (repo.git("rev-parse", "HEAD"), (repo.root / FILE).exists()) == (before, False)


def test_an_index_that_cannot_follow_is_said_and_the_commit_stands(repo: Repo, cchc: Cchc) -> None:
    install(repo, "post-commit", "touch .git/index.lock")
    status, _, err = cchc(*ADD)
    assert (status, f"git restore --staged -- {FILE}" in err) == (3, True)
    assert subject(repo).startswith("data(2023-06)")
    (repo.root / ".git/index.lock").unlink()
    repo.git("restore", "--staged", "--", FILE)
    assert repo.git("status", "--porcelain", "-uno") == ""


def test_commits_are_signed_where_git_is_set_to_and_the_trail_says_so(repo: Repo, cchc: Cchc, tmp_path: Path) -> None:
    program = tmp_path / "gpg"
    program.write_text(
        "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED D 1 8 00 1 F' >&2\n"
        "echo '-----BEGIN PGP SIGNATURE-----'; echo abc; echo '-----END PGP SIGNATURE-----'\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    repo.git("config", "commit.gpgsign", "true")
    repo.git("config", "gpg.program", str(program))
    assert cchc(*ADD)[0] == 0
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in repo.git("cat-file", "-p", "HEAD")
    assert "[có chữ ký số]" in cchc("log", "dung-han")[1]
    program.write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    before = repo.git("rev-parse", "HEAD")
    status, _, err = cchc("add-measure", "so-luong", "5", "-p", JUNE, "--commit")
    assert (status, "chưa vào lịch sử" in err, repo.git("rev-parse", "HEAD")) == (3, True, before)


def test_a_message_is_what_it_is_whatever_git_takes_for_a_comment(repo: Repo, cchc: Cchc) -> None:
    repo.git("config", "core.commentChar", "d")
    repo.git("config", "commit.cleanup", "scissors")
    repo.git("config", "commit.verbose", "true")
    repo.git("config", "commit.template", "/nowhere")
    assert cchc(*ADD)[0] == 0
    assert subject(repo) == "data(2023-06): dung-han = 97/100 (97%)"
    assert trailers(repo)[0] == "Period: 2023-06"


def test_what_is_prepared_for_an_empty_repository_has_no_head(tmp_path: Path) -> None:
    git.begin(tmp_path)
    Repo(tmp_path).known()
    prepared = committing.ready(tmp_path, [committing.Piece("data/x.yaml", lambda text: (text or "") + "x")])
    assert (prepared.head, prepared.same, [one.text for one in prepared.committed]) == (None, False, ["x"])
