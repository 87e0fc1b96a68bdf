"""Real repositories: two officials on two branches, and what git makes of it with the driver."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run
from cchc.commands.hooking import ATTRIBUTES, LINES, install_driver, install_hook, with_lines
from cchc.commands.merging import drive
from cchc.core.errors import WorldError
from cchc.workspace import git

HEAD = "format: cchc/1\nperiod: 2023-06\nillustrative: true\nmeasurements:\n"
MOT = "  cong-khai-tthc:\n    numerator: 151\n    denominator: 152\n    source: sổ\n"
BASE = HEAD + MOT
HAI = "  ho-so-dung-han:\n    numerator: 412\n    denominator: 418\n"
BA = "  thoi-gian-cho:\n    numerator: 5406\n    denominator: 436\n"
FILE = "data/2023-06.yaml"


class Repository:
    """A repository with a workspace, and somebody who works in it."""

    def __init__(self, top: Path, root: Path, path: str) -> None:
        self.top = top
        self.root = root
        self.path = path
        self.days = 0

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.days += 1
        day = f"2023-06-{self.days % 28 + 1:02}T08:00:00+07:00"
        who = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in (
            ("NAME", "Nguyễn Văn A"), ("EMAIL", "a@cchc.example"), ("DATE", day),
        )}  # fmt: skip
        return subprocess.run(
            ("git", *words), cwd=self.root, env={**os.environ, **who, "PATH": self.path},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def ok(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, text: str, file: str = FILE) -> None:
        (self.root / file).parent.mkdir(exist_ok=True)
        (self.root / file).write_bytes(text.encode("utf-8"))
        self.ok("add", "-A")
        self.ok("commit", "-qm", f"số liệu: {file}")

    def branches(self, base: str, ours: str, theirs: str, file: str = FILE) -> None:
        self.commit(base, file)
        self.ok("checkout", "-qb", "kia")
        self.commit(theirs, file)
        self.ok("checkout", "-q", "chinh")
        self.commit(ours, file)

    def text(self, file: str = FILE) -> str:
        return (self.root / file).read_bytes().decode("utf-8")


Make = Callable[..., Repository]


@pytest.fixture
def made(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make a repository with the real plan, the driver installed, and a `cchc` on the PATH that is this one."""
    monkeypatch.delenv("CCHC_TODAY")

    def make(folder: str = "", *, driver: bool = True, program: bool = True) -> Repository:
        top = tmp_path / "kho của xã"
        root = top / folder
        shutil.copytree(repository / "plan", root / "plan")
        command = tmp_path / "bin/cchc"
        command.parent.mkdir()
        if program:
            command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cchc "$@"\n', encoding="utf-8")
            command.chmod(0o755)
        found = Repository(top, root, f"{command.parent}{os.pathsep}{os.environ['PATH']}")
        subprocess.run(("git", "init", "-q", "-b", "chinh", str(top)), check=True)
        if driver:
            install_driver(root)
        return found

    return make


# merging


def test_figures_of_one_month_from_two_branches_merge_without_a_conflict(made: Make) -> None:
    kho = made()
    kho.branches(BASE, BASE + HAI, BASE + BA)
    kho.ok("merge", "-q", "kia")
    assert kho.text() == BASE + HAI + BA


def test_the_same_without_the_driver_is_a_conflict(made: Make) -> None:
    kho = made(driver=False)
    kho.branches(BASE, BASE + HAI, BASE + BA)
    assert kho.run("merge", "-q", "kia").returncode == 1


def test_figures_in_different_places_merge(made: Make) -> None:
    kho = made()
    kho.branches(BASE + BA, HEAD + MOT + HAI + BA, HEAD + MOT.replace("151", "152") + BA)
    kho.ok("merge", "-q", "kia")
    assert kho.text() == HEAD + MOT.replace("151", "152") + HAI + BA


def test_a_new_file_on_both_sides_is_merged(made: Make) -> None:
    kho = made()
    kho.commit("a\n", "ghi-chu.txt")
    kho.ok("checkout", "-qb", "kia")
    kho.commit(HEAD + HAI)
    kho.ok("checkout", "-q", "chinh")
    kho.commit(HEAD + MOT)
    kho.ok("merge", "-q", "kia")
    assert kho.text() == HEAD + MOT + HAI


def test_the_same_figure_on_both_sides_is_taken_once(made: Make) -> None:
    kho = made()
    kho.branches(BASE, BASE + HAI, BASE + HAI.replace("412", '"412"') + BA)
    kho.ok("merge", "-q", "kia")
    assert kho.text() == BASE + HAI + BA


def test_numerator_here_and_denominator_there_is_a_conflict_though_the_lines_would_merge(made: Make) -> None:
    base = BASE.replace("    denominator", "    # tử số ở trên\n    # mẫu số ở dưới\n    denominator")
    kho = made(driver=False)
    kho.branches(base, base.replace("151", "150"), base.replace("denominator: 152", "denominator: 153"))
    kho.ok("merge", "-q", "kia")
    kho.ok("reset", "-q", "--hard", "HEAD~1")
    install_driver(kho.root)
    assert kho.run("merge", "-q", "kia").returncode == 1


def test_a_conflict_leaves_both_figures_and_is_said(made: Make) -> None:
    kho = made()
    kho.branches(BASE, BASE.replace("151", "149") + HAI, BASE.replace("151", "150") + BA)
    done = kho.run("merge", "-q", "kia")
    assert done.returncode == 1
    assert (
        "data/2023-06.yaml: xung đột: cong-khai-tthc: 149/152 (nhánh hiện tại) và 150/152 (nhánh kia)\n" in done.stderr
    )
    one, other = MOT.replace("151", "149"), MOT.replace("151", "150")
    assert kho.text() == f"{HEAD}<<<<<<< ours\n{one}=======\n{other}>>>>>>> theirs\n{HAI}{BA}"
    assert kho.ok("diff", "--name-only", "--diff-filter=U") == f"{FILE}\n"


def test_validate_finds_the_marker(made: Make, capsys: pytest.CaptureFixture[str]) -> None:
    kho = made()
    kho.branches(BASE, BASE.replace("151", "149"), BASE.replace("151", "150"))
    kho.run("merge", "-q", "kia")
    assert run(["validate", "-C", str(kho.root)]) == 1
    assert "data/2023-06.yaml:5:1: lỗi[E108]" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["xã Lê Hồng's [2021]", "-a/b"])
def test_a_workspace_below_the_top_with_any_name(made: Make, folder: str) -> None:
    kho = made(folder)
    kho.branches(BASE, BASE + HAI, BASE + BA)
    kho.ok("merge", "-q", "kia")
    assert kho.text() == BASE + HAI + BA


def test_the_plan_may_be_half_merged_itself(made: Make) -> None:
    kho = made()
    plan = kho.text("plan/plan.yaml")
    kho.branches(BASE, BASE + HAI, BASE + BA)
    kho.commit(plan.replace("title:", "title: một #"), "plan/plan.yaml")
    kho.ok("checkout", "-q", "kia")
    kho.commit(plan.replace("title:", "title: hai #"), "plan/plan.yaml")
    kho.ok("checkout", "-q", "chinh")
    assert kho.run("merge", "-q", "kia").returncode == 1
    assert kho.text() == BASE + HAI + BA
    assert "<<<<<<<" in kho.text("plan/plan.yaml")


def test_rebase_and_cherry_pick_and_a_second_worktree_use_it(made: Make) -> None:
    kho = made()
    kho.branches(BASE, BASE + HAI, BASE + BA)
    kho.ok("checkout", "-qb", "thu")
    kho.ok("cherry-pick", "kia")
    assert kho.text() == BASE + HAI + BA
    kho.ok("checkout", "-q", "kia")
    kho.ok("rebase", "-q", "chinh")
    assert kho.text() == BASE + HAI + BA
    kho.ok("worktree", "add", "-q", "-b", "khac", str(kho.top.parent / "cây"), "chinh")
    kho.root = kho.top.parent / "cây"
    kho.commit(BASE + HAI + "  ho-so-tiep-nhan: {value: 5}\n")
    kho.ok("merge", "-q", "thu")
    assert kho.text() == BASE + HAI + "  ho-so-tiep-nhan: {value: 5}\n" + BA


def test_without_the_program_git_says_so_and_our_file_stays(made: Make) -> None:
    kho = made(program=False)
    kho.path = os.pathsep.join(part for part in kho.path.split(os.pathsep) if not shutil.which("cchc", path=part))
    kho.branches(BASE, BASE + HAI, BASE + BA)
    done = kho.run("merge", "kia")
    assert done.returncode != 0
    assert "cchc" in done.stderr
    assert kho.text() == BASE + HAI
    assert kho.run("commit", "-qm", "x").returncode != 0


# the command itself


def three(folder: Path, *texts: str | bytes) -> tuple[Path, Path, Path]:
    base, ours, theirs = (folder / name for name in ("O", "A", "B"))
    for path, text in zip((base, ours, theirs), texts, strict=True):
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return base, ours, theirs


@pytest.mark.parametrize(
    ("texts", "after"),
    [((BASE, BASE, BASE + BA), BASE + BA), ((BASE, BASE + BA, BASE), BASE + BA), ((BASE, HAI, HAI), HAI)],
)
def test_what_one_side_alone_has_changed_needs_no_reading(
    tmp_path: Path, texts: tuple[str, str, str], after: str
) -> None:
    files = three(tmp_path, *texts)
    assert drive(*files).merged
    assert files[1].read_text(encoding="utf-8") == after


def test_other_files_are_merged_by_line(tmp_path: Path) -> None:
    base = "a\nb\nc\nd\ne\n"
    files = three(tmp_path, base, base.replace("a", "x"), base.replace("e", "y"))
    assert drive(*files, "plan/plan.yaml").merged
    assert files[1].read_text(encoding="utf-8") == "x\nb\nc\nd\ny\n"
    files = three(tmp_path, base, base.replace("a", "x"), base.replace("a", "y"))
    assert not drive(*files, "data.txt").merged
    assert files[1].read_text(encoding="utf-8") == "<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\nb\nc\nd\ne\n"


def test_the_style_of_conflicts_that_somebody_likes_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings"
    settings.write_text("[merge]\nconflictStyle = diff3\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    files = three(tmp_path, "a\n", "b\n", "c\n")
    assert not drive(*files, "plan/plan.yaml").merged
    assert files[1].read_text(encoding="utf-8") == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"


def test_a_data_file_that_cannot_be_read_is_never_merged_silently(tmp_path: Path) -> None:
    base = HEAD.replace("format", "format: x\nformat") + MOT + HAI + BA
    files = three(tmp_path, base, base.replace("152", "153"), base.replace("436", "437"))
    assert drive(*files, FILE).exit == 1
    text = files[1].read_text(encoding="utf-8")
    assert text.startswith(base[: base.index("    denominator: 152")] + "<<<<<<< ours\n")
    files = three(tmp_path, base, base.replace("152", "153"), base.replace("152", "154"))
    assert drive(*files, FILE).exit == 1
    assert files[1].read_text(encoding="utf-8").count("<<<<<<< ours\n    denominator: 153\n=======") == 1
    files = three(tmp_path, b"\xff\na\nb\nc\n", b"\xff\nx\nb\nc\n", b"\xff\na\nb\ny\n")
    assert drive(*files, FILE).exit == 1
    assert files[1].read_bytes() == b"\xff\n<<<<<<< ours\nx\nb\nc\n=======\na\nb\ny\n>>>>>>> theirs\n"


def test_lines_that_would_mix_two_figures_are_one_conflict(tmp_path: Path) -> None:
    base = HEAD.removesuffix("\n") + " {\n  mot: {numerator: 1,\n\n\n\n    denominator: 9}\n}\n"
    files = three(tmp_path, base, base.replace("1,", "2,"), base.replace("9}", "8}"))
    assert drive(*files, FILE).exit == 1
    text = files[1].read_text(encoding="utf-8")
    assert "  mot: {numerator: 2,\n\n\n\n    denominator: 9}\n=======\n  mot: {numerator: 1,\n" in text


def test_lines_may_merge_what_entries_cannot_where_it_says_the_same(tmp_path: Path) -> None:
    section = "measurements: {\n  mot: {value: 1},\n  # a\n\n\n  ba: {value: 1},\n  # b\n\n  hai: {value: 1}\n}\n"
    base = HEAD.removesuffix("measurements:\n") + section
    ours, theirs = base.replace("mot: {value: 1}", "mot: {value: 2}"), base.replace("  ba: {value: 1},\n  # b\n", "")
    files = three(tmp_path, base, ours, theirs)
    assert drive(*files, FILE).exit == 0
    assert files[1].read_text(encoding="utf-8") == theirs.replace("mot: {value: 1}", "mot: {value: 2}")


def test_a_failure_leaves_our_file_as_it_was(tmp_path: Path) -> None:
    base, ours, theirs = three(tmp_path, "a\0\n", "b\0\n", "c\0\n")
    with pytest.raises(git.GitFailed):
        drive(base, ours, theirs, FILE)
    assert ours.read_bytes() == b"b\0\n"
    with pytest.raises(WorldError):
        drive(tmp_path / "nope", ours, theirs, FILE)
    assert ours.read_bytes() == b"b\0\n"


def test_what_is_in_conflict_is_said_as_people_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def entries(*texts: str) -> str:
        return HEAD + "".join(f"  m{number}: {{{text}}}\n" for number, text in enumerate(texts))

    files = three(
        tmp_path,
        entries("value: 1, of: 17", "text: a", "value: 1", "note: a", "survey: {neutral: 1}", "x: [a]"),
        entries("value: 2, of: 17", "text: b", "value: 2, points: 87", "note: b", "survey: {neutral: 2}", "x: [b]"),
        entries("value: 3, of: 17", "text: c", "value: 3, survey: {neutral: 2}", "", "value: 1", "x: [c]"),
    )
    assert run(["merge-driver", *map(str, files), FILE]) == 1
    here, there = "(nhánh hiện tại)", "(nhánh kia)"
    assert capsys.readouterr().err.splitlines() == [
        f"{FILE}: xung đột: m0: 2/17 {here} và 3/17 {there}",
        f"{FILE}: xung đột: m1: b {here} và c {there}",
        f"{FILE}: xung đột: m2: 2, points: 87 {here} và 3, survey: {{neutral: 2}} {there}",
        f"{FILE}: xung đột: m3 › note: b {here} và đã xóa {there}",
        f"{FILE}: xung đột: m4: survey: {{neutral: 2}} {here} và 1 {there}",
        f"{FILE}: xung đột: m5 › x: [b] {here} và [c] {there}",
        "  Giữ số liệu đúng và xóa các dòng bắt đầu bằng <<<<<<<, ======= và >>>>>>>.",
    ]
    closed = "format: cchc/1\nclosed:\n  - {period: 2023Q1, on: 2023-04-01, by: a}\n"
    files = three(tmp_path, closed, closed.replace("by: a", "by: b"), "format: cchc/1\nclosed: []\n")
    assert run(["merge-driver", *map(str, files)]) == 1
    said = "closed › 2023Q1, 2023-04-01: {period: 2023Q1, on: 2023-04-01, by: b} (nhánh hiện tại) và đã xóa"
    assert said in capsys.readouterr().err
    files = three(tmp_path, "a: [\n", "b: [\n", "c: [\n")
    assert run(["merge-driver", *map(str, files), FILE]) == 1
    assert "không gộp được tệp theo từng số liệu" in capsys.readouterr().err
    files = three(tmp_path, BASE, BASE + HAI, BASE + BA)
    assert run(["merge-driver", *map(str, files), FILE]) == 0
    assert capsys.readouterr() == ("", "")


# installing


def test_the_driver_is_installed_once(made: Make, capsys: pytest.CaptureFixture[str]) -> None:
    kho = made("xã", driver=False)
    for _ in range(2):
        assert run(["init", str(kho.root), "--merge-driver", "--hook"]) == 0
    assert kho.text(ATTRIBUTES) == "".join(f"{line}\n" for line in LINES)
    assert kho.ok("config", "--get-all", "merge.cchc.driver").startswith("cchc merge-driver -- %O %A %B %P")
    assert kho.ok("check-attr", "merge", FILE) == f"{FILE}: merge: cchc\n"
    assert install_hook(kho.root).exists()
    said = capsys.readouterr().out
    assert f"{ATTRIBUTES}: từ nay git gộp các tệp trong data/ bằng `cchc merge-driver`\n" in said
    assert run(["init", str(kho.root), "--merge-driver", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_new_workspace_may_begin_with_the_driver(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "moi"), "--merge-driver", "-q"]) == 0
    assert git.repository(tmp_path / "moi").top == (tmp_path / "moi").resolve()
    assert (tmp_path / "moi/.gitattributes").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "{lines}"),
        ("* text=auto\n", "* text=auto\n{lines}"),
        ("* text=auto", "* text=auto\n{lines}"),
        ("* text=auto\r\n", "* text=auto\r\n{crlf}"),
        ("data/*.yaml   merge=cchc\n# hết\n", "data/*.yaml   merge=cchc\n# hết\ndata/*.yml merge=cchc\n"),
        ("{lines}# hết", "{lines}# hết"),
    ],
)
def test_what_stands_in_the_attributes_stays(before: str, after: str) -> None:
    lines = "".join(f"{line}\n" for line in LINES)
    names = {"lines": lines, "crlf": lines.replace("\n", "\r\n")}
    assert with_lines(before.format(**names)) == after.format(**names)


def test_attributes_that_cannot_be_read_are_not_written(made: Make) -> None:
    kho = made(driver=False)
    (kho.root / ATTRIBUTES).write_bytes(b"\xff")
    with pytest.raises(WorldError):
        install_driver(kho.root)
    assert (kho.root / ATTRIBUTES).read_bytes() == b"\xff"
