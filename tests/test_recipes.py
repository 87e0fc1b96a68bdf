"""The recipes of docs/review.md at work: real repositories, real pushes, the shell steps of the pipelines."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

BASE = "kế hoạch, số liệu"
HONEST = 'cchc correct ho-so-dung-han 411/418 -p 2023-06 --reason "Đếm trùng" --document 30/TB-UBND --commit'
TAMPERED = "sed -i 's/numerator: 116/numerator: 150/' data/2023-05.yaml"
LOWERED = "sed -i '/id: hai-long-tthc/,/targets/s/at_least: 90/at_least: 85/' plan/areas/4-thu-tuc-hanh-chinh.yaml"
UNSEALED = "rm data/closed.yaml"
WRONG = "sed -i 's/numerator: 411/numerator: 999/; s/numerator: 412/numerator: 999/' data/2023-06.yaml"
REOPENED = 'cchc reopen 2023Q2 --reason "Huyện trả lại" --commit'
LATER = "cchc add-measure ho-so-dung-han 400/405 -p 2023-07 --illustrative --commit"


@pytest.fixture(autouse=True)
def _programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put `cchc`, and a `gh` that writes down what it is asked, on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    scripts = {"cchc": f'exec {shlex.quote(sys.executable)} -m cchc "$@"', "gh": f'echo "$@" >> {tmp_path}/asked'}
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Nguyễn Văn A")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@xa.example")
        monkeypatch.setenv(f"GIT_{who}_DATE", "2023-06-16T08:00:00+07:00")


def sh(line: str, folder: Path, more: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a line of a shell as a pipeline does and return its status and everything that it says."""
    env = {**os.environ, **(more or {})}
    done = subprocess.run(["sh", "-ec", line], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def good(line: str, folder: Path) -> str:
    status, said = sh(line, folder)
    assert status == 0, said
    return said.strip()


def commit(root: Path, *lines: str, message: str = "dọn tệp") -> str:
    """Do something, commit what is left, and return the commit's name."""
    for line in lines:
        good(line, root)
    good(f"git add -A; git diff --cached --quiet || git commit -qm '{message}'", root)
    return good("git rev-parse HEAD", root)


@pytest.fixture
def root(repository: Path, tmp_path: Path) -> Path:
    """A clone of the office: everything committed, the second quarter closed; `goc` is the commit before."""
    root = tmp_path / "xa"
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, root / folder)
    (root / ".gitignore").write_text(".cchc.lock\n/build/\n/review/\n", encoding="utf-8")
    good("git init -q -b main", root)
    commit(root, message=BASE)
    good("git branch goc; cchc close 2023Q2 --by vp-dang-uy-noi-vu --incomplete --commit", root)
    return root


# the server's hook


@pytest.fixture
def server(repository: Path, tmp_path: Path, root: Path) -> Path:
    """The bare repository on the server, which has the closing and the hook."""
    server = tmp_path / "máy chủ.git"
    good(f"git clone -q --bare {shlex.quote(str(root))} {shlex.quote(str(server))}", tmp_path)
    good(f"git remote add origin {shlex.quote(str(server))}; git -C {shlex.quote(str(server))} branch -D goc", root)
    shutil.copy(repository / "docs/recipes/pre-receive", server / "hooks/pre-receive")
    return server


def push(root: Path, what: str = "main") -> tuple[bool, str]:
    status, said = sh(f"git push origin {what}", root)
    return status == 0, said


@pytest.mark.usefixtures("server")
def test_honest_work_is_received(root: Path) -> None:
    commit(root, HONEST, LATER)
    assert push(root)[0]
    commit(root, "cchc add-measure thoi-gian-cho 5600/450 -p 2023-05 --document 31/TB-UBND --commit")
    assert push(root)[0]


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (WRONG, "lỗi[E203]"),
        (TAMPERED, "lỗi[E603]"),
        (LOWERED, "lỗi[E604]"),
        (UNSEALED, "đụng vào kỳ đã chốt"),
        (f"{UNSEALED}; {TAMPERED}", "đụng vào kỳ đã chốt"),
        (f"{TAMPERED}; git commit -qam x; {REOPENED}", "đụng vào kỳ đã chốt"),
        ("rm -r plan", "plan/plan.yaml"),
    ],
)
def test_what_is_wrong_or_without_a_trace_is_refused(root: Path, line: str, said: str) -> None:
    for branch in ("main", "HEAD:refs/heads/khac"):
        commit(root, line)
        done, output = push(root, branch)
        assert (done, said in output) == (False, True), output
        good("git fetch -q origin; git reset -q --hard FETCH_HEAD", root)


def test_who_holds_the_server_may_let_one_commit_pass(root: Path, server: Path) -> None:
    name = commit(root, REOPENED)
    done, output = push(root)
    assert (done, "từ chối refs/heads/main" in output) == (False, True)
    good(f"git config --add cchc.allow {name}", server)
    assert push(root)[0]
    commit(root, TAMPERED)
    assert push(root)[0]  # the period is open again


@pytest.mark.usefixtures("server")
def test_branches_tags_and_deletions(root: Path) -> None:
    commit(root, LATER)
    assert push(root, "HEAD:refs/heads/thang-7")[0]
    assert push(root, ":refs/heads/thang-7")[0]
    assert not push(root, ":refs/heads/main")[0]
    good("git tag chot-2023Q2 HEAD~1", root)
    assert push(root, "chot-2023Q2")[0]
    assert not push(root, "+HEAD:refs/tags/chot-2023Q2")[0]
    assert not push(root, ":refs/tags/chot-2023Q2")[0]
    good("git commit -q --allow-empty -m thêm", root)
    assert push(root)[0]
    good("git commit -q --amend --allow-empty -m 'viết lại'", root)
    done, output = push(root, "+main")
    assert (done, "không viết lại lịch sử" in output) == (False, True)


def test_the_first_push_and_a_workspace_in_a_folder(repository: Path, root: Path, tmp_path: Path) -> None:
    top, server = tmp_path / "tinh", tmp_path / "b.git"
    good(
        f"git init -q --bare -b main {server}; git init -q -b main {top}; git -C {top} remote add origin {server}", root
    )
    shutil.copy(repository / "docs/recipes/pre-receive", server / "hooks/pre-receive")
    commit(top, "echo chào > README.md")
    assert not push(top)[0]  # no plan yet
    for name in ("một", "hai"):
        shutil.copytree(root, top / name, ignore=shutil.ignore_patterns(".git", "closed.yaml"))
    commit(top)
    assert not push(top)[0]  # which of the two?
    good("git config cchc.folder hai", server)
    assert push(top)[0]
    commit(top, f"cd hai; {WRONG}")
    assert not push(top)[0]


@pytest.mark.usefixtures("server")
def test_without_the_program_nothing_is_received(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bin/cchc").unlink()
    commit(root, "git commit -q --allow-empty -m x")
    status, said = sh("git push origin main", root, {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})
    assert (status != 0, "không tìm thấy lệnh cchc" in said) == (True, True)


# the pipelines


CASES = [  # what was done, and whether validate, and the protection of closed periods, let it pass
    (HONEST, True, True),
    (WRONG, False, False),
    (LATER, True, True),
    (TAMPERED, False, False),
    (LOWERED, False, False),
    (UNSEALED, True, False),
    (REOPENED, True, False),
]
LONG = bool(os.environ.get("CCHC_LONG"))
BASES = ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_COMMIT_BEFORE_SHA")
FEW = CASES if LONG else [CASES[1], CASES[2], CASES[5]]  # each recipe calls the same commands


@pytest.mark.parametrize(("line", "valid", "kept"), CASES if LONG else CASES[:4])
def test_review_sh(repository: Path, root: Path, line: str, valid: bool, kept: bool) -> None:  # noqa: FBT001
    commit(root, line)
    status, said = sh(f"{shlex.quote(str(repository / 'docs/recipes/review.sh'))} HEAD~1", root)
    assert (status, "KHÔNG ĐƯỢC" not in said) == (int(not (valid and kept)), kept), said
    assert (root / "build/review/diff.md").read_text("utf-8").startswith("## Thay đổi từ")
    assert (root / "build/review/bao-cao.html").exists() == (line != WRONG)
    assert (root / "build/review/kiem-tra.md").exists()


def test_review_sh_says_what_deserves_a_second_look(repository: Path, root: Path) -> None:
    script = shlex.quote(str(repository / "docs/recipes/review.sh"))
    commit(root, "sed -i 's/at_least: 80/at_least: 70/' plan/areas/4-thu-tuc-hanh-chinh.yaml; rm data/closed.yaml")
    commit(root, "sed -i 's/at_least: 70/at_least: 60/' plan/areas/4-thu-tuc-hanh-chinh.yaml")
    status, said = sh(f"PERIOD=2023Q2 {script} HEAD~1 HEAD kq", root)
    assert (status, "CẦN XEM LẠI" in said) == (0, True), said
    assert "quý II năm 2023" in (root / "kq/bao-cao.html").read_text("utf-8")
    assert sh(script, root)[0] == 2


def _recipe(repository: Path, name: str) -> Any:
    return yaml.safe_load((repository / "docs/recipes" / name).read_text("utf-8"))


def _github(repository: Path, root: Path, event: Mapping[str, str]) -> dict[str, int]:
    """Run the shell steps as the pipeline does, those after a failure too, and return their statuses."""
    env = {"GITHUB_ENV": str(root.parent / "env"), "GITHUB_STEP_SUMMARY": str(root.parent / "summary"), **event}
    statuses = {}
    for step in _recipe(repository, "github-actions.yml")["jobs"]["review"]["steps"]:
        if "run" not in step or step["name"] == "install":
            continue
        assert step["name"] == "validate" or step["if"].startswith("${{ !cancelled()")
        written = root.parent / "env"
        lines = written.read_text("utf-8").splitlines() if written.exists() else []
        statuses[step["name"]], _said = sh(step["run"], root, {**env, **dict(line.split("=", 1) for line in lines)})
    return statuses


@pytest.mark.parametrize(("line", "valid", "kept"), FEW)
def test_github_actions(repository: Path, root: Path, tmp_path: Path, line: str, valid: bool, kept: bool) -> None:  # noqa: FBT001
    good("git checkout -qb viec", root)
    commit(root, line)
    good("git checkout -q main; git commit -q --allow-empty -m 'việc khác'; git merge -q --no-ff -m gộp viec", root)
    statuses = _github(repository, root, {"NUMBER": "7", "BEFORE": ""})
    failed = {name for name, status in statuses.items() if status}
    expected = {"validate": not valid, "closed": not kept, "report": line == WRONG}
    assert failed == {name for name, fails in expected.items() if fails}
    assert list(statuses) == ["validate", "base", "diff", "comment", "closed", "report"]
    assert (tmp_path / "summary").read_text("utf-8").startswith("## Thay đổi từ")
    assert (tmp_path / "asked").read_text("utf-8") == "pr comment 7 --edit-last --body-file build/review/diff.md\n"
    assert {path.name for path in (root / "build/review").iterdir()} >= {"diff.md", "diff.html", "kiem-tra.md"}


@pytest.mark.parametrize("before", ["0" * 40, "goc"])
def test_github_actions_on_a_push(repository: Path, root: Path, before: str) -> None:
    statuses = _github(repository, root, {"NUMBER": "", "BEFORE": before})
    assert set(statuses.values()) == {0}
    assert "chốt số liệu" in (root / "build/review/diff.md").read_text("utf-8").lower()


def test_github_actions_uses_nobody_elses_actions(repository: Path) -> None:
    steps = _recipe(repository, "github-actions.yml")["jobs"]["review"]["steps"]
    used = [step["uses"] for step in steps if "uses" in step]
    assert [name.split("@")[0] for name in used] == [
        "actions/checkout", "actions/setup-python", "actions/upload-artifact"
    ]  # fmt: skip
    assert not any("${{" in step.get("run", "") for step in steps)  # what others write is never pasted into a shell


@pytest.mark.parametrize(("line", "valid", "kept"), FEW)
def test_gitlab_ci(repository: Path, root: Path, line: str, valid: bool, kept: bool) -> None:  # noqa: FBT001
    commit(root, line)
    recipe = _recipe(repository, "gitlab-ci.yml")
    for base in BASES if LONG or line == FEW[0][0] else BASES[:1]:
        env = {base: good("git rev-parse HEAD~1", root)}
        statuses = {job: sh("\n".join(recipe[job]["script"]), root, env)[0] for job in ("validate", "diff", "report")}
        assert statuses == {"validate": int(not valid), "diff": int(not kept), "report": int(line == WRONG)}
    assert {path.name for path in (root / "review").iterdir()} >= {"diff.md", "diff.html", "kiem-tra.md"}
    assert recipe["diff"]["artifacts"]["when"] == "always"


# merges on a hosting site's page: git's own, by line


def _merged_by_line(root: Path, one: str, other: str) -> tuple[bool, str]:
    """Return whether git merges what two people did without asking, and what validate says of the result."""
    good("git checkout -qb viec", root)
    commit(root, one)
    good("git checkout -q main", root)
    commit(root, other)
    merged = sh("git merge -q viec", root)[0] == 0
    return merged, sh("cchc validate", root)[1]


def test_neighbouring_lines_are_a_conflict_that_validate_finds(root: Path) -> None:
    change = "sed -i 's/numerator: 116/numerator: 117/' data/2023-05.yaml"
    merged, said = _merged_by_line(root, change, "sed -i 's/denominator: 158/denominator: 159/' data/2023-05.yaml")
    assert (merged, "lỗi[E108]" in said) == (False, True)


JULY = """format: cchc/1
period: 2023-07
illustrative: true
measurements:
  ho-so-dung-han:
    numerator: 412
    # một
    # hai
    denominator: 418
    source: x
"""


@pytest.mark.parametrize(("below", "code"), [("430", ""), ("100", "lỗi[E203]")])
def test_lines_apart_are_mixed_and_only_what_is_impossible_is_found(root: Path, below: str, code: str) -> None:
    (root / "data/2023-07.yaml").write_text(JULY, encoding="utf-8")
    commit(root)
    one, other = (f"sed -i 's/{old}/{new}/' data/2023-07.yaml" for old, new in (("412", "400"), ("418", below)))
    merged, said = _merged_by_line(root, one, other)
    assert (merged, "lỗi[E" in said, code in said) == (True, bool(code), True), said


def test_a_figure_added_at_two_places_is_found(root: Path) -> None:
    (root / "data/2023-07.yaml").write_text(JULY, encoding="utf-8")
    commit(root)
    entry = "  ho-so-tiep-nhan: {value: 5, source: x}"
    below = f"echo '{entry}' >> data/2023-07.yaml"
    merged, said = _merged_by_line(root, f"sed -i '5i\\{entry}' data/2023-07.yaml", below)
    assert (merged, "lỗi[E102]" in said) == (True, True), said
