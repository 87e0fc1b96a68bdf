"""What is staged is what is checked: real repositories, real commits, the hook at work."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cchc.commands.hooking import HookThere, install_hook
from cchc.commands.validate import State, validate
from cchc.core.errors import WorldError
from cchc.core.reviews import Stored
from cchc.workspace import git, kept
from cchc.workspace.load import load

WRONG = "format: cchc/1\nperiod: 2023-07\nillustrative: true\nmeasurements:\n  so-luong: {value: x}\n"


def run(folder: Path, *words: str) -> str:
    """Run git as somebody and return what it prints."""
    who = ("-c", "user.name=Nguyễn Văn A", "-c", "user.email=a@cchc.example")
    done = subprocess.run(("git", *who, *words), cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture
def root(repository: Path, tmp_path: Path) -> Path:
    """A workspace under git, everything committed."""
    root = tmp_path / "xã Lê Hồng's [2021]"
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, root / folder)
    run(root, "init", "-q")
    run(root, "add", ".")
    run(root, "commit", "-qm", "kế hoạch")
    return root.resolve()


def codes(root: Path, *, staged: bool) -> list[tuple[str, str]]:
    found = validate(root, [], today=date(2023, 6, 20), strict=False, state=State(staged))
    return [(problem.code, problem.file) for problem in found.problems if problem.file.startswith("data/")]


def test_the_index_is_checked_and_not_the_disk(root: Path) -> None:
    file = root / "data/2023-06.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("numerator: ", "numerator: x", 1), encoding="utf-8")
    assert codes(root, staged=True) == []
    run(root, "add", ".")
    file.write_text(good, encoding="utf-8")
    assert codes(root, staged=True) == [("E206", "data/2023-06.yaml")]
    assert codes(root, staged=False) == []


def test_a_new_file_is_checked_once_it_is_staged_and_a_removed_one_no_longer(root: Path) -> None:
    (root / "data/2023-7.yaml").write_text("x", encoding="utf-8")
    assert codes(root, staged=True) == []
    run(root, "add", ".")
    assert codes(root, staged=True) == [("E005", "data/2023-7.yaml")]
    run(root, "rm", "-q", "--cached", "data/2023-7.yaml")
    assert codes(root, staged=True) == []


def test_staged_and_disk_find_the_same_in_equal_files(root: Path) -> None:
    (root / "data/2023-07.yaml").write_bytes(b"\xef\xbb\xbfformat: cchc/1\r\nperiod: 2023-08\r\n")
    (root / "data/2023-08.yaml").write_bytes(b"\xff")
    (root / "data/2023-09.yaml").write_bytes(b"#" * (2 << 20))
    (root / "plan/ghi-chu.txt").write_text("x", encoding="utf-8")
    (root / "plan/areas/cu").mkdir()
    (root / "plan/areas/cu/a.yaml").write_text("x", encoding="utf-8")
    run(root, "-c", "core.autocrlf=false", "add", ".")
    assert load(kept.staged(root)).problems == load(root).problems
    assert load(kept.staged(root)).names == load(root).names


def test_a_workspace_below_the_top_of_its_repository(root: Path) -> None:
    top = root.parent
    shutil.rmtree(root / ".git")
    run(top, "init", "-q")
    run(top, "add", ".")
    assert load(kept.staged(root)).names == load(root).names


def test_a_link_and_a_conflict_are_no_files(root: Path) -> None:
    (root / "data/2023-07.yaml").symlink_to("2023-06.yaml")
    run(root, "add", ".")
    assert codes(root, staged=True) == [("E001", "data/2023-07.yaml")]
    run(root, "commit", "-qm", "một")
    run(root, "checkout", "-qb", "khac", "HEAD~1")
    (root / "data/2023-07.yaml").write_text(WRONG, encoding="utf-8")
    run(root, "add", ".")
    run(root, "commit", "-qm", "hai")
    with pytest.raises(subprocess.CalledProcessError):
        run(root, "merge", "-q", "master" if "master" in run(root, "branch") else "main")
    staged = kept.staged(root)
    assert (staged.read("data/2023-07.yaml").code, staged.read("data/2023-07.yaml").reason) == (
        "E001",
        "not merged yet",
    )


def test_evidence_is_looked_for_in_the_index(root: Path) -> None:
    (root / "minh-chung").mkdir()
    (root / "minh-chung/a.pdf").write_bytes(b"a")
    assert kept.staged(root).stored("minh-chung/a.pdf", hashed=True) == Stored(exists=False)
    run(root, "add", ".")
    staged = kept.staged(root)
    digest = hashlib.sha256(b"a").hexdigest()
    assert staged.stored("minh-chung/a.pdf", hashed=True) == Stored(exists=True, sha256=digest)
    assert staged.stored("minh-chung/a.pdf", hashed=False) == Stored(exists=True)
    assert staged.stored("minh-chung", hashed=True) == Stored(exists=True)


def test_nothing_staged_is_a_plan_that_is_missing(root: Path) -> None:
    run(root, "rm", "-rq", "--cached", ".")
    assert [(problem.code, problem.file) for problem in load(kept.staged(root)).problems] == [
        ("E008", "plan/plan.yaml")
    ]


def test_a_folder_that_is_not_under_git_is_said(tmp_path: Path) -> None:
    with pytest.raises(git.NoRepository):
        kept.staged(tmp_path)


def test_a_machine_without_git_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(git.NoGit):
        kept.staged(tmp_path)


def test_what_git_answers_is_said(root: Path) -> None:
    (root / ".git/index").write_bytes(b"x" * 100)
    with pytest.raises(WorldError, match="failed") as refused:
        kept.staged(root)
    assert "index" in str(refused.value.arguments["reason"])


# the hook


def commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Commit with a `cchc` on the PATH that is this one."""
    program = folder.parent / "bin/cchc"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cchc "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    who = ("-c", "user.name=A", "-c", "user.email=a@cchc.example")
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ("git", *who, "commit", "-qm", "số liệu", *words),
        cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", [(), ("-a",), ("--", "data/2023-06.yaml")], ids=["staged", "all", "one file"])
def test_the_hook_keeps_a_wrong_figure_out_of_the_history(root: Path, words: tuple[str, ...]) -> None:
    install_hook(root)
    file = root / "data/2023-06.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("numerator: ", "numerator: x", 1), encoding="utf-8")
    if not words:
        run(root, "add", ".")
    refused = commit(root, *words)
    assert refused.returncode == 1
    assert "data/2023-06.yaml:6:16: lỗi[E206]" in refused.stdout + refused.stderr
    file.write_text(good + "# đã kiểm tra\n", encoding="utf-8")
    if not words:
        run(root, "add", ".")
    assert commit(root, *words).returncode == 0


def test_the_hook_works_below_the_top_and_in_a_second_worktree(root: Path) -> None:
    top = root.parent
    shutil.rmtree(root / ".git")
    run(top, "init", "-q")
    run(top, "add", ".")
    run(top, "commit", "-qm", "kế hoạch")
    install_hook(root)
    run(top, "worktree", "add", "-q", str(top / "khac"))
    other = top / "khac" / root.name
    (other / "data/2023-07.yaml").write_text(WRONG, encoding="utf-8")
    run(other, "add", ".")
    refused = commit(other / "data")
    assert refused.returncode == 1
    assert "data/2023-07.yaml:5:3: lỗi[E301]" in refused.stdout + refused.stderr


def test_the_same_hook_again_is_fine_and_another_one_stays(root: Path) -> None:
    file = install_hook(root)
    assert install_hook(root) == file
    assert os.access(file, os.X_OK)
    file.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    with pytest.raises(HookThere) as refused:
        install_hook(root)
    assert refused.value.arguments["line"] == "cchc -C '.' validate --staged"
    assert file.read_text(encoding="utf-8") == "#!/bin/sh\nexit 0\n"


def test_a_workspace_without_a_history_gets_one(root: Path) -> None:
    shutil.rmtree(root / ".git")
    assert install_hook(root) == root / ".git/hooks/pre-commit"
    assert git.repository(root).top == root


def test_the_hook_goes_where_the_repository_has_its_hooks(root: Path) -> None:
    run(root, "config", "core.hooksPath", "moc")
    assert install_hook(root) == root / "moc/pre-commit"


# revisions


def test_a_revision_is_read_as_it_was(root: Path) -> None:
    (root / "data/2023-06.yaml").write_text("hỏng", encoding="utf-8")
    then = kept.at_revision(root, "HEAD")
    assert load(then).problems == load(kept.staged(root)).problems
    assert then.content("data/2023-06.yaml") == then.contents[then.blobs["data/2023-06.yaml"].name]
    assert then.content("nope") is None


@pytest.mark.parametrize("revision", ["nope", "--all", "HEAD^{tree}:plan", "HEAD~99"])
def test_a_revision_that_is_none_is_refused(root: Path, revision: str) -> None:
    with pytest.raises(git.NoSuchRevision):
        kept.at_revision(root, revision)


def test_the_last_commit_that_touched_the_files_is_named_and_whether_they_are_clean(root: Path) -> None:
    found = git.revision_of(root)
    assert found is not None
    assert (len(found.commit), found.clean) == (git.SHORT, True)
    assert found.day == run(root, "log", "-1", "--format=%cs").strip()
    (root / "README").write_text("x", encoding="utf-8")
    assert git.revision_of(root) == found
    (root / "data/moi.txt").write_text("x", encoding="utf-8")
    changed = git.revision_of(root)
    assert changed is not None
    assert (changed.commit, changed.clean) == (found.commit, False)
    assert git.revision_of(root, "HEAD") == found


def test_outside_git_and_before_the_first_commit_there_is_no_revision(tmp_path: Path) -> None:
    assert git.revision_of(tmp_path) is None
    git.begin(tmp_path)
    assert git.revision_of(tmp_path) is None
    run(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")
    assert git.revision_of(tmp_path) is None
