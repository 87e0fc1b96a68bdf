"""Nobody's settings of git, and nothing that was put in the place of a commit, change what is said."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Cchc
from tests.repositories import AREA, Repo, data

JUNE = "2023-06"
LONG = bool(os.environ.get("CCHC_LONG"))  # then each variable alone, too
CONFIG = """\
[color]
    ui = always
    diff = always
[core]
    quotePath = true
    pager = false
    fsmonitor = true
    precomposeUnicode = true
    attributesFile = {home}/attributes
    excludesFile = {home}/ignore
    abbrev = 4
    logAllRefUpdates = false
[log]
    showSignature = true
    decorate = full
    date = relative
    follow = true
    showRoot = false
    mailmap = true
[mailmap]
    file = {home}/mailmap
[diff]
    noprefix = true
    renames = copies
    renameLimit = 1
    external = false
    orderFile = {home}/order
    ignoreSubmodules = all
    relative = true
    algorithm = histogram
    mnemonicPrefix = true
    wordRegex = .
    context = 0
    indentHeuristic = false
[diff "x"]
    textconv = rev
    command = false
[format]
    pretty = raw
[i18n]
    logOutputEncoding = ISO-8859-1
    commitEncoding = ISO-8859-1
[status]
    short = true
    branch = true
    showUntrackedFiles = no
    relativePaths = true
    renames = copies
[alias]
    rev-list = !false
    cat-file = !false
    ls-tree = !false
    diff-tree = !false
    rev-parse = !false
    commit = !false
[pager]
    diff-tree = false
    rev-list = false
[grep]
    lineNumber = true
[feature]
    manyFiles = true
[merge]
    conflictStyle = diff3
[commit]
    cleanup = strip
    status = false
[rev-parse]
    x = y
"""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("log", "dung-han"),
    ("log", "dung-han", "-f", "json"),
    ("show", "dung-han"),
    ("diff",),
    ("diff", "HEAD~2", "HEAD", "-f", "md"),
    ("audit", "-f", "json"),
    ("report", "2023-06", "--at", "HEAD"),
    ("report", "2023-06"),
    ("status", "--at", "HEAD~1"),
    ("validate", "--at", "HEAD", "-f", "json"),
    ("validate", "--staged", "-f", "json"),
)


@pytest.fixture
def story(repo: Repo) -> Repo:
    """A history with a rename, a merge, a move, odd names and something on the disk."""
    repo.put("plan/areas/2-khác.yaml", AREA.replace("area: thu", "area: khac").replace("id: ", "id: k-"))
    repo.commit("một: số liệu tháng sáu", _2023_06=data(JUNE, dung_han="97/100"))
    repo.git("checkout", "-q", "-b", "nhanh")
    repo.commit("nhánh", _2023_05=data("2023-05", dung_han="99/100"))
    repo.git("checkout", "-q", "main")
    repo.commit("chính", _2023_06=data(JUNE, dung_han="98/100"))
    repo.git("merge", "-q", "--no-edit", "nhanh")
    (repo.top / "xã Lê").mkdir()
    repo.git("mv", "plan", "data", "xã Lê")
    repo.root = repo.top / "xã Lê"
    repo.change("plan/plan.yaml", "Kế hoạch thử", "Kế hoạch thử nghiệm")
    for number in range(3):
        repo.put(f"plan/x{number}.txt", "format: cchc/1\nid: thu\n" * (number + 1))
    repo.commit("chuyển")
    repo.put("data/2023-06.yaml", data(JUNE, dung_han="96/100"))
    repo.put("data/2023-04.yaml", data("2023-04", so_luong="4"))
    return repo


@pytest.fixture
def said(story: Repo, cchc: Cchc) -> Callable[[], list[tuple[int, str, str]]]:
    return lambda: [cchc(*words, "-C", str(story.root)) for words in COMMANDS]


Said = Callable[[], list[tuple[int, str, str]]]


def hostile(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "attributes").write_text("*.yaml diff=x -text binary\n", encoding="utf-8")
    (home / "ignore").write_text("*.txt\n", encoding="utf-8")
    (home / "mailmap").write_text("Ai Đó <ai@x> <binh@xa.example>\n", encoding="utf-8")
    (home / "order").write_text("*.txt\n", encoding="utf-8")
    (home / ".gitconfig").write_text(CONFIG.format(home=home), encoding="utf-8")


def test_a_hostile_home_changes_no_byte(
    said: Said, story: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = said()
    assert {status for status, _, _ in before} <= {0, 1}
    home = tmp_path / "nhà"
    hostile(home)
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    monkeypatch.setenv("HOME", str(home))
    assert said() == before
    shutil.copy(home / ".gitconfig", story.top / "settings")
    story.git("config", "include.path", str(home / ".gitconfig"))
    assert said() == before


VARIABLES = (
    ("GIT_EXTERNAL_DIFF", "false"),
    ("GIT_TRACE", "1"),
    ("GIT_TRACE2", "1"),
    ("GIT_PAGER", "false"),
    ("GIT_DIFF_OPTS", "-u0"),
    ("GIT_LITERAL_PATHSPECS", "0"),
    ("GIT_ICASE_PATHSPECS", "1"),
    ("GIT_NOGLOB_PATHSPECS", "1"),
    ("GIT_GRAFT_FILE", "/nowhere"),
    ("GIT_NO_REPLACE_OBJECTS", "0"),
    ("GIT_REPLACE_REF_BASE", "refs/heads/"),
    ("GIT_NAMESPACE", "x"),
    ("GIT_SHALLOW_FILE", "/nowhere"),
    ("GIT_DEFAULT_HASH", "sha256"),
    ("GIT_REDIRECT_STDERR", "/nowhere"),
    ("GIT_FLUSH", "0"),
    ("LC_ALL", "vi_VN.UTF-8"),
    ("LANGUAGE", "vi"),
    ("PAGER", "false"),
    ("LESS", "-X"),
)
GROUPS = [VARIABLES, *((one,) for one in VARIABLES if LONG)]


@pytest.mark.parametrize("variables", GROUPS, ids=lambda group: "+".join(name for name, _ in group)[:40])
def test_no_variable_changes_a_byte(
    said: Said, monkeypatch: pytest.MonkeyPatch, variables: tuple[tuple[str, str], ...]
) -> None:
    before = said()
    for name, value in variables:
        monkeypatch.setenv(name, value)
    assert said() == before


def test_settings_on_the_command_line_of_git_change_no_byte(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    before = said()
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    for number, (key, value) in enumerate((("color.ui", "always"), ("diff.renames", "copies"))):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    assert said() == before


def test_what_was_put_in_the_place_of_a_commit_is_not_that_commit(said: Said, story: Repo) -> None:
    before = said()
    false = story.git("commit-tree", "HEAD~3^{tree}", "-m", "giả")
    story.git("replace", "HEAD", false)
    story.git("replace", "HEAD~1", false)
    assert story.git("log", "-1", "--format=%s") == "giả"
    assert said() == before
    story.git("replace", "-d", *story.git("replace", "-l").split())
    grafts = f"{story.git('rev-parse', 'HEAD')} {story.git('rev-list', '--max-parents=0', 'HEAD')}\n"
    (story.top / ".git/info").mkdir(exist_ok=True)
    (story.top / ".git/info/grafts").write_text(grafts, encoding="utf-8")
    assert story.git("rev-list", "--count", "HEAD") == "2"
    assert said() == before


def test_a_commit_with_hostile_settings_is_the_same_commit(
    story: Repo, cchc: Cchc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "nhà"
    hostile(home)
    with (home / ".gitconfig").open("a", encoding="utf-8") as stream:
        stream.write("[user]\n    name = Lê Thị Bình\n    email = binh@xa.example\n")
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    monkeypatch.setenv("HOME", str(home))
    words = ("add-measure", "so-luong", "5", "-p", JUNE, "--commit", "-C", str(story.root))
    assert cchc(*words)[0] == 0
    raw = story.git("cat-file", "-p", "HEAD", HOME=os.devnull)
    assert "author Lê Thị Bình <binh@xa.example>" in raw
    assert "data(2023-06): so-luong = 5" in raw
    assert "Verdict: tháng 6/2023: theo dõi" in raw
    assert "encoding" not in raw
