"""What is read of a revision is the same wherever the workspace lies and however git is met."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.conftest import Cchc
from tests.repositories import FILES, PLAN, Repo, data

from cchc.cli.main import run
from cchc.workspace import kept

Ask = Callable[[Path, str], Mapping[str, tuple[int, str, str]]]
READERS: tuple[tuple[str, ...], ...] = (
    ("report", "2023-06"),
    ("status", "2023-06"),
    ("validate", "-f", "json"),
    ("list", "indicators"),
    ("show", "dung-han"),
    ("log", "dung-han"),
    ("audit", "-f", "json"),
)
ODD = ('dấu cách "và" [ngoặc].md', "hai\ndòng.md", "tab\tở giữa", "-gạch", "Tiếng Việt.yaml")


def june(figure: str) -> str:
    return data("2023-06", dung_han=figure)


def filled(repo: Repo) -> Repo:
    """Two commits tagged `truoc` and `sau`, then a figure on the disk."""
    for name in ODD:
        repo.put(name, "x")
    repo.put(f"data/{ODD[1]}", "x")
    repo.commit("một", _2023_06=june("97/100"))
    repo.git("tag", "truoc")
    repo.commit("hai", _2023_06=june("99/100"))
    repo.git("tag", "sau")
    repo.put("data/2023-06.yaml", june("50/100"))
    return repo


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """Return what every command that reads says of a revision, its commits numbered."""

    def answers(where: Path, revision: str) -> Mapping[str, tuple[int, str, str]]:
        listed = ["git", "-C", str(where), "rev-list", "--reverse", "sau"]
        names = subprocess.run(listed, capture_output=True, encoding="utf-8", check=True).stdout.split()

        def told(*words: str) -> tuple[int, str, str]:
            status = run([*words, "-C", str(where)])
            out, err = capsys.readouterr()
            for number, name in enumerate(names):
                out = out.replace(name[:10], f"({number})")
            return status, out.replace(revision, "sau"), err.replace(str(where), "…")

        found = {words[0]: told(*words, "--at", revision) for words in READERS}
        found["diff"] = told("diff", "truoc", revision)
        pages = tmp_path / "trang"
        status, _, err = told("site", "-o", str(pages), "--at", revision, "-q")
        text = "".join(path.read_text(encoding="utf-8") for path in sorted(pages.rglob("*.html")))
        shutil.rmtree(pages)
        found["site"] = status, text.replace(names[-1][:10], f"({len(names) - 1})"), err
        return found

    return answers


@pytest.fixture
def expected(tmp_path: Path, ask: Ask) -> Mapping[str, tuple[int, str, str]]:
    """What they say of a workspace that is a repository."""
    return ask(filled(Repo.begun(tmp_path / "mau")).root, "sau")


def test_every_reader_reads_the_revision_and_not_the_disk(expected: Mapping[str, tuple[int, str, str]]) -> None:
    assert {name: answer[0] for name, answer in expected.items()} == dict.fromkeys(expected, 0)
    for name in ("report", "show", "log", "site", "audit", "diff"):
        assert "99/100" in expected[name][1], name
    for name in ("report", "site", "log", "audit"):
        assert "(2)" in expected[name][1], name
    assert not any("50/100" in answer[1] for answer in expected.values())
    assert "97/100 (97%) → 99/100 (99%)" in expected["diff"][1]


def test_a_workspace_below_the_top(ask: Ask, expected: object, tmp_path: Path) -> None:
    assert ask(filled(Repo.begun(tmp_path / "kho", 'thư mục "một" [1]')).root, "sau") == expected


def test_another_folder_another_worktree_and_a_submodule(
    ask: Ask, expected: Mapping[str, tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = filled(Repo.begun(tmp_path / "kho"))
    assert ask(repo.root, "sau") == expected
    monkeypatch.chdir(tmp_path)
    assert ask(Path("kho"), "sau") == expected
    repo.git("worktree", "add", "-q", str(tmp_path / "cây"), "truoc")
    assert ask(tmp_path / "cây", "sau") == expected
    over = Repo(tmp_path / "trên")
    over.top.mkdir()
    over.git("init", "-q")
    over.git("submodule", "--quiet", "add", str(repo.top), "con")
    over.git("commit", "-q", "-m", "x")
    assert ask(over.top / "con", "sau") == expected
    monkeypatch.chdir(over.top / "con/data")
    assert run(["log", "dung-han"]) == 0


def test_a_bare_repository_is_enough(
    ask: Ask, expected: Mapping[str, tuple[int, str, str]], tmp_path: Path, cchc: Cchc
) -> None:
    repo = filled(Repo.begun(tmp_path / "kho"))
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "kho.git"))
    assert ask(tmp_path / "kho.git", "sau") == expected
    assert ask(repo.top / ".git", "sau") == expected
    status, _, err = cchc("validate", "-C", str(tmp_path / "kho.git"))
    assert (status, "không có" in err) == (3, True)


@pytest.fixture
def several(tmp_path: Path) -> Repo:
    """A repository with two workspaces, the first with history, bare beside it."""
    repo = filled(Repo.begun(tmp_path / "kho", "nhiệm kỳ/2021"))
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "mot.git"))
    repo.git("checkout", "-q", "-f", "sau")
    for name, text in FILES.items():
        path = repo.top / "nhiệm kỳ/2026" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("to: 2025", "to: 2030").replace("from: 2021", "from: 2026"), encoding="utf-8")
    repo.commit("nhiệm kỳ mới")
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "hai.git"))
    repo.git("-C", str(tmp_path / "hai.git"), "update-ref", "refs/tags/moi", repo.git("rev-parse", "HEAD"))
    repo.git("-C", str(tmp_path / "hai.git"), "fetch", "-q", str(repo.top), "HEAD")
    return repo


@pytest.mark.usefixtures("several")
def test_the_one_workspace_of_a_bare_repository_is_found_wherever_it_lies(
    ask: Ask, expected: object, tmp_path: Path
) -> None:
    assert ask(tmp_path / "mot.git", "sau") == expected


def test_of_several_workspaces_one_is_named(ask: Ask, expected: object, several: Repo, tmp_path: Path) -> None:
    repo = several
    where = tmp_path / "hai.git"
    name = repo.git("rev-parse", "HEAD")
    repo.git("push", "-q", "--force", str(where), "HEAD:refs/heads/chung")
    for revision in ("sau:nhiệm kỳ/2021", "sau:nhiệm kỳ/2021/"):
        assert ask(where, revision) == expected
    with pytest.raises(kept.NoWorkspaceThere) as refused:
        kept.at_revision(where, name)
    assert refused.value.arguments["known"] == (f"{name}:nhiệm kỳ/2021", f"{name}:nhiệm kỳ/2026")
    assert run(["list", "indicators", "--at", "chung", "-C", str(where)]) == 2
    assert run(["list", "indicators", "--at", "chung:nhiệm kỳ/2026", "-C", str(where)]) == 0


def test_a_revision_without_a_workspace_is_refused(cchc: Cchc, tmp_path: Path) -> None:
    other = Repo(tmp_path / "khác")
    other.top.mkdir()
    other.git("init", "-q")
    other.put("xplan/plan.yaml", PLAN)
    other.commit("x")
    status, _, err = cchc("list", "indicators", "--at", "HEAD", "-C", str(other.top))
    assert (status, "không có plan/plan.yaml" in err) == (2, True)


@pytest.mark.parametrize("words", [*READERS, ("diff",)], ids=lambda words: words[0])
def test_an_unknown_revision_is_refused(repo: Repo, cchc: Cchc, words: tuple[str, ...]) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    asked = (*words, "nope") if words[0] == "diff" else (*words, "--at", "nope")
    status, out, err = cchc(*asked)
    assert (status, out) == (2, "")
    assert "không có phiên bản “nope”" in err


@pytest.mark.parametrize("revision", ["--all", "HEAD^{tree}", "", "-", "HEAD:", "HEAD:.", "HEAD:./"])
def test_what_only_looks_like_a_revision_runs_nothing_else(repo: Repo, cchc: Cchc, revision: str) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    status = cchc("log", "dung-han", "--at", revision)[0]
    assert status == (0 if revision.startswith("HEAD:") else 2)


# hooks


def hook(repo: Repo, name: str, *words: str) -> Path:
    """Install a hook that writes what cchc says into a file."""
    said = repo.top.parent / "said"
    file = repo.top / ".git/hooks" / name
    source = os.pathsep.join(sys.path)
    command = " ".join(words)
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f'#!/bin/sh\nexport PYTHONPATH="{source}"\n"{sys.executable}" -m cchc {command} >"{said}" 2>&1\n',
        encoding="utf-8",
    )
    file.chmod(0o755)
    return said


@pytest.mark.parametrize("folder", ["", "xã"])
def test_hooks_whose_git_dir_is_set_read_the_same(tmp_path: Path, folder: str) -> None:
    repo = Repo.begun(tmp_path / "kho", folder)
    place = f'-C "{folder}"' if folder else ""
    said = hook(repo, "pre-commit", "diff", "HEAD", place)
    repo.commit("một", _2023_06=june("97/100"))
    assert "– → 97/100 (97%)" in said.read_text(encoding="utf-8")
    said = hook(repo, "post-commit", "log dung-han --at HEAD", place)
    repo.commit("hai", _2023_06=june("98/100"))
    assert "97/100 (97%) → 98/100 (98%)" in said.read_text(encoding="utf-8")
    repo.git("worktree", "add", "-q", str(tmp_path / "cây"))
    other = Repo(tmp_path / "cây", folder)
    other.minute = 100
    other.commit("ba", _2023_06=june("99/100"))
    assert "98/100 (98%) → 99/100 (99%)" in said.read_text(encoding="utf-8")


def test_a_server_reads_what_is_being_pushed_before_it_takes_it(tmp_path: Path) -> None:
    repo = filled(Repo.begun(tmp_path / "kho"))
    server = tmp_path / "server.git"
    repo.git("clone", "-q", "--bare", ".", str(server))
    said = hook(Repo(tmp_path / "kho"), "pre-commit", "x")
    (server / "hooks").mkdir(exist_ok=True)
    shutil.move(repo.top / ".git/hooks/pre-commit", server / "hooks/pre-receive")
    script = (server / "hooks/pre-receive").read_text(encoding="utf-8")
    script = script.replace('"' + sys.executable, 'read old new ref\n"' + sys.executable)
    script = script.replace("-m cchc x", '-m cchc diff "$old" "$new" --fail-on second-look')
    (server / "hooks/pre-receive").write_text(script, encoding="utf-8")
    repo.commit("ba", _2023_06=june("96/100"))
    repo.git("push", "-q", str(server), "HEAD:main")
    assert "99/100 (99%) → 96/100 (96%)" in said.read_text(encoding="utf-8")
    repo.change("plan/areas/1-thu.yaml", "at_least: 98", "at_least: 90")
    repo.commit("hạ mục tiêu")
    repo.git("push", "-q", str(server), "HEAD:main", fails=True)


def test_a_git_dir_of_another_repository_is_not_the_workspaces(
    repo: Repo, cchc: Cchc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    other = Repo.begun(tmp_path / "khác")
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.chdir(other.top)
    status, _, err = cchc("log", "dung-han")
    assert (status, "chưa được git quản lý" in err) == (3, True)
    assert cchc("report", "2023-06")[0] == 0


# without git


@pytest.fixture(params=["no git", "no repository"])
def without(request: pytest.FixtureRequest, repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The workspace on a machine without git, or outside a repository."""
    repo.commit("một", _2023_06=june("97/100"))
    if request.param == "no git":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        return "chưa cài git"
    shutil.rmtree(repo.top / ".git")
    return "chưa được git quản lý"


@pytest.mark.parametrize(
    "words",
    [
        ("diff",),
        ("log", "dung-han"),
        ("audit",),
        ("report", "2023-06", "--at", "HEAD"),
        ("status", "--at", "HEAD"),
        ("validate", "--at", "HEAD"),
        ("validate", "--staged"),
        ("list", "tasks", "--at", "HEAD"),
        ("show", "dung-han", "--at", "HEAD"),
        ("add-measure", "so-luong", "5", "-p", "2023-06", "--commit"),
    ],
)
def test_what_needs_the_history_says_that_there_is_none(
    repo: Repo, cchc: Cchc, without: str, words: tuple[str, ...]
) -> None:
    before = repo.read("data/2023-06.yaml")
    status, out, err = cchc(*words)
    assert (status, out) == (3, "")
    assert without in err
    assert repo.read("data/2023-06.yaml") == before


def test_what_needs_no_history_goes_on(cchc: Cchc, without: str) -> None:
    for words in (
        ("validate",),
        ("report", "2023-06"),
        ("status",),
        ("list", "indicators"),
        ("show", "dung-han"),
        ("add-measure", "so-luong", "5", "-p", "2023-06"),
        ("audit", "--digest", "0123456789"),
    ):
        status, _, err = cchc(*words)
        assert (status, without in err) == (1 if words[0] == "audit" else 0, False), (words, err)


def test_periods_are_closed_corrected_and_opened_again_outside_a_repository(repo: Repo, cchc: Cchc) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    shutil.rmtree(repo.top / ".git")
    why = ("--reason", "Đếm sót", "--document", "3/TB")
    assert cchc("close", "2023-06", "--by", "noi-vu", "--incomplete")[0] == 0
    assert "commit" not in repo.read("data/closed.yaml")
    assert cchc("correct", "dung-han", "98/100", "-p", "2023-06", *why)[0] == 0
    assert cchc("validate")[0] == 0
    repo.change("data/2023-06.yaml", "numerator: 97", "numerator: 96")
    status, out, _ = cchc("validate")
    assert (status, "E601" in out) == (1, True)
    assert cchc("reopen", "2023-06", "--by", "noi-vu", "--reason", "x")[0] == 0


def test_a_closing_in_a_repository_names_its_commit_and_so_needs_git(
    repo: Repo, cchc: Cchc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = repo.commit("một", _2023_06=june("97/100"))
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(tmp_path / "nothing"))
        status, _, err = cchc("close", "2023-06", "--by", "noi-vu", "--incomplete")
        assert (status, "chưa cài git" in err) == (3, True)
    repo.put("data/2023-06.yaml", june("98/100"))
    status, _, err = cchc("close", "2023-06", "--by", "noi-vu", "--incomplete")
    assert (status, "data/2023-06.yaml" in err) == (3, True)
    repo.put("data/2023-06.yaml", june("97/100"))
    assert cchc("close", "2023-06", "--by", "noi-vu", "--incomplete")[0] == 0
    assert f"commit: {name}\n" in repo.read("data/closed.yaml")


def test_a_closing_before_the_first_commit_is_refused(repo: Repo, cchc: Cchc) -> None:
    repo.put("data/2023-06.yaml", june("97/100"))
    repo.git("checkout", "-q", "--orphan", "moi")
    assert cchc("close", "2023-06", "--by", "noi-vu", "--incomplete")[0] == 3


# a copy whose history is cut off


def test_a_shallow_clone_says_what_it_cannot_see(repo: Repo, cchc: Cchc, tmp_path: Path) -> None:
    repo.commit("một", _2023_06=june("97/100"))
    repo.commit("hai")
    name = repo.commit("ba")
    repo.commit("bốn", _2023_05=data("2023-05", dung_han="98/100"))
    clone = tmp_path / "nông"
    subprocess.run(["git", "clone", "-q", "--depth", "2", repo.top.as_uri(), str(clone)], check=True)
    where = ("-C", str(clone))
    status, out, _ = cchc("log", "dung-han", *where)
    assert status == 0
    assert "bốn\n    tháng 5/2023: – → 98/100 (98%)" in out
    assert f"ở {name[:10]} hoặc trước đó" in out
    assert "ba\n" not in out
    assert "git fetch --unshallow" in out
    assert '"cut": true' in cchc("log", "dung-han", "-f", "json", *where)[1]
    status, out, _ = cchc("audit", *where)
    assert status == 0
    assert "không thấy được" in out
    row = next(line for line in out.splitlines() if line.startswith("| tháng 6/2023"))
    assert "Lê Thị Bình" not in row
    assert f"ở {name[:10]} hoặc trước đó" in row
    assert cchc("diff", "HEAD~1", *where)[0] == 0
    assert cchc("diff", "HEAD~2", *where)[0] == 2
    assert '"shallow": true' in cchc("show", "dung-han", "-f", "json", *where)[1]
    assert '"cut": true' not in cchc("log", "dung-han", "-f", "json")[1]
