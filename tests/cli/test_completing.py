"""What shells complete: by the protocol, and in real bash, zsh and fish."""

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.repositories import Repo, data
from typer.main import get_command

from cchc.cli import completing
from cchc.cli.app import COMMANDS, program_of
from cchc.cli.apps.exporting import SCRIPTS
from cchc.cli.comparing import FAILURES
from cchc.cli.completing import SOURCES, answer, candidates
from cchc.cli.main import run
from cchc.core.board import Hit
from cchc.core.codes import CODES

WITHOUT_VALUES = {  # names in help that say what to type; nobody knows the values
    *("DATE", "VALUE", "TEXT", "N", "NUMBER", "DIGEST", "NAME", "KIND", "BASE", "OURS", "THEIRS"),
    *("A/B/C/D/E", "FROM..TO", "COLUMNS"),
}


@pytest.fixture
def here(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a copy of the real workspace."""
    for folder in ("plan", "data"):
        shutil.copytree(repository / folder, tmp_path / "xa" / folder)
    monkeypatch.chdir(tmp_path / "xa")
    monkeypatch.setenv("CCHC_COMPLETE_DEBUG", "1")
    return tmp_path / "xa"


def texts(*words: str) -> list[str]:
    return [one.id for one in candidates(words)]


def test_every_command_is_known() -> None:
    assert texts("") == list(COMMANDS)
    assert texts("re") == ["remove-measure", "report", "reopen"]
    assert all(one.name for one in candidates([""]))


def _commands() -> dict[str, Any]:
    return get_command(program_of([])).commands  # type: ignore[attr-defined,no-any-return]  # it is a group


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_known(command: str) -> None:
    names = {name for param in _commands()[command].params if param.param_type_name == "option" for name in param.opts}
    assert set(texts(command, "-")) == names | {"--help"}


def test_every_value_has_a_source_or_is_known_to_have_none() -> None:
    program = get_command(program_of([]))
    params = [param for command in (program, *_commands().values()) for param in command.params if param.metavar]
    words = {word for param in params for word in param.metavar.strip("[].").split("|") if word.isupper()}
    assert words <= {*SOURCES, *WITHOUT_VALUES}
    assert words >= WITHOUT_VALUES


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("add-measure", "ho-so-du"), ["ho-so-dung-han"]),
        (("add-measure", "--replace", "xep-h"), ["xep-hang-cchc"]),
        (("add-measure", "-p", "2023-06", "xep-h"), ["xep-hang-cchc"]),
        (("add-measure", "--provided-by", "mt"), ["mttq"]),
        (("report", "2023Q2", "--area", "tt"), ["tthc"]),
        (("report", "2023Q2", "-f", ""), ["md", "html", "json", "docx", "xlsx"]),
        (("report", "2023Q2", "--format=h"), ["--format=html"]),
        (("report", "2023Q2", "--sign-for", ""), ["deputy"]),
        (("report", "2023Q2", "--are"), ["--area"]),
        (("export", ""), ["figures", "verdicts"]),
        (("export", "v"), ["verdicts"]),
        (("completion", ""), ["bash", "zsh", "fish", "powershell"]),
        (("--color", ""), ["auto", "always", "never"]),
        (("--color", "never", "li"), ["list"]),
        (("-C", "elsewhere", "li"), ["list"]),
        (("validate", "a.yaml", ""), [":files"]),
        (("report", "2023Q2", "-o", ""), [":files"]),
        (("report", "2023Q2", "--output="), [":files"]),
        (("init", ""), [":folders"]),
        (("-C", ""), [":folders"]),
        (("report", "2023Q2", "--date", ""), []),
        (("report", "2023Q2", "--bogus=x"), []),
        (("add-measure", "--note", "-p", "ho-so-dung"), ["ho-so-dung-han"]),
        (("list", "--", "-"), []),
        (("status", "--fail-on", ""), ["missing", "late", "provisional", "unconfirmed"]),
        (("status", "--fail-on", "la"), ["late"]),
        (("status", "--fail-on", "missing,"), ["missing,late", "missing,provisional", "missing,unconfirmed"]),
        (("status", "--fail-on", "missing,late,p"), ["missing,late,provisional"]),
        (("status", "--fail-on=missing,l"), ["--fail-on=missing,late"]),
        (("diff", "--fail-on", ""), ["second-look", "closed", "unread"]),
        (("explain", "E20"), ["E201", "E202", "E203", "E204", "E205", "E206", "E207", "E208", "E209"]),
        (("explain", "ho-so-dung"), ["ho-so-dung-han"]),
        (("audit", "--digest", ""), []),
        (("diff", ""), []),  # not under git
        (("add-measure", "-qp", "2022-1"), ["2022-12", "2022-11", "2022-10"]),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_word_is_completed_by_what_may_stand_there(words: tuple[str, ...], expected: list[str]) -> None:
    assert [text for text in texts(*words) if text in expected] == expected
    assert len(texts(*words)) <= len(expected) + 1


def test_the_words_of_fail_on_are_those_that_the_commands_know() -> None:
    assert texts("status", "--fail-on", "") == [str(hit) for hit in Hit]
    assert texts("diff", "--fail-on", "") == list(FAILURES)


@pytest.mark.usefixtures("here")
def test_every_code_of_a_finding_is_offered() -> None:
    found = texts("explain", "")
    assert found[: len(CODES)] == list(CODES)
    assert "ho-so-dung-han" in found


def test_revisions_are_the_branches_and_tags_of_the_repository(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("một", _2023_06=data("2023-06", dung_han="97/100"))
    repo.git("tag", "chot-2023Q2")
    repo.git("branch", "nhanh/phu")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    monkeypatch.chdir(repo.root)
    known = ["HEAD", "main", "nhanh/phu", "chot-2023Q2", "origin/main"]
    assert sorted(texts("diff", "")) == sorted(texts("status", "--at", "")) == sorted(known)
    assert texts("diff", "HEAD", "m") == ["main"]
    assert candidates(["report", "2023-06", "--at", "chot"]) == [("chot-2023Q2", "thẻ")]
    monkeypatch.setenv("PATH", str(tmp_path / "no-git"))
    assert texts("diff", "") == []


@pytest.mark.usefixtures("here")
def test_after_the_last_argument_come_options_that_were_not_typed() -> None:
    found = texts("report", "2023Q2", "--area", "tthc", "")
    assert "--owner" in found
    assert "--area" not in found
    assert "--evidence" in texts("add-measure", "a", "1", "--evidence", "b", "--")  # repeatable


@pytest.mark.usefixtures("here")
def test_periods_are_those_with_files_and_this_and_last_month() -> None:
    found = candidates(["report", ""])
    assert [(one.id, one.name) for one in found[:2]] == [("2023-07", "tháng này"), ("2023-06", "tháng trước")]
    assert [one.id for one in found[2:5]] == [
        "2023Q2",
        "2023H1",
        "2023-05",
    ]  # CCHC_TODAY is 2023-06-20, months begin on the 15th
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("words", [("-C", "{}", "report", "--area", ""), ("report", "--directory={}", "--area", "")])
def test_another_workspace_can_be_named(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert texts("report", "--area", "") == []
    assert "tthc" in texts(*(word.format(here) for word in words))
    monkeypatch.setenv("CCHC_DIRECTORY", str(here))
    assert "tthc" in texts("report", "--area", "")


def test_outside_a_workspace_commands_and_options_are_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert texts("add-measure", "") == []
    assert texts("report", "") == []
    assert "--area" in texts("report", "--a")
    assert texts("sta") == ["status"]


# nothing but silence


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bash"],
        ["bash", ":bogus", ":"],
        ["bash", ":report", ":\"'", ":"],
        ["", ":"],
        ["zsh", ":-C", ":\0", ":report", ":"],
    ],
)
def test_whatever_is_typed_is_no_error(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["_complete", *words]) == 0
    assert capsys.readouterr().err == ""


def test_files_that_cannot_be_read_are_no_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan/owners.yaml").write_bytes(b"\xff\x00")
    (here / "plan/statistics.yaml").write_text("statistics: [{id: a\n", encoding="utf-8")
    (here / "plan/plan.yaml").write_text("<<<<<<< a\n", encoding="utf-8")
    assert texts("report", "--owner", "") == []
    assert "ho-so-dung-han" in texts("add-measure", "ho")
    assert texts("report", "2023-06") == ["2023-06"]
    assert answer(["bash", ":report", ":--owner", ":"]) == 0
    assert capsys.readouterr() == ("", "")


def test_bugs_are_silent_but_can_be_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CCHC_TODAY", "no day")
    monkeypatch.setenv("CCHC_DIRECTORY", str(Path(completing.__file__).parents[3]))
    assert answer(["bash", ":report", ":"]) == 0
    assert capsys.readouterr() == ("", "")
    monkeypatch.setenv("CCHC_COMPLETE_DEBUG", "1")
    with pytest.raises(Exception, match="is not a date"):
        answer(["bash", ":report", ":"])


# the shells' own ways


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", ["report", "2023Q2", "--format", "=", "h"], ["html"]),
        ("bash", ["report", "2023Q2", "--format", "="], ["md", "html", "json", "docx", "xlsx"]),
        ("bash", ["report", "2023Q2", "--format", "=", "md", "--sign-for", ""], ["deputy"]),
        ("bash", ["report", '"quý II/2023"', "--sign-for", ""], ["deputy"]),
        ("bash", ["-C", "xa\\ ta", "report", "--sign-for", ""], ["deputy"]),
        ("zsh", ["report", "2023Q2", "--format=h"], ["--format=html"]),
        ("powershell", ["report", "2023Q2", "--format=h"], ["--format=html"]),
        ("powershell", ["sta"], ["status\tBảng theo dõi"]),
    ],
)
@pytest.mark.usefixtures("here")
def test_each_shell_is_answered_in_its_way(
    shell: str, words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer([shell, *(f":{word}" for word in words)])
    assert capsys.readouterr().out.splitlines() == expected


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_plain_text_that_asks_us(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert script.isascii()
    assert f"_complete {shell} " in script
    assert ":files" in script or ":*" in script


def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "cmd"]) == 2
    assert "powershell" in capsys.readouterr().err


# real shells


@pytest.fixture
def program(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program `cchc` on the PATH, with files of names that need quotes beside the workspace."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "cchc"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cchc "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("CCHC_COMPLETE_DEBUG")
    (here / "so lieu.csv").write_text("", encoding="utf-8")
    return folder


def shell_says(name: str, *words: str, text: str = "") -> list[str]:
    if shutil.which(name) is None:
        pytest.skip(f"needs {name} (apt-get install {name})")
    done = subprocess.run([name, *words], input=text, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


BASH = """\
eval "$(cchc completion bash)"
ask() {
  COMP_WORDS=(cchc "$@"); COMP_CWORD=$#
  _cchc cchc "${COMP_WORDS[COMP_CWORD]}" ""
  echo "$1:" "${COMPREPLY[@]}"
}
ask sta
ask report 2023Q2 -f ''
ask add-measure ho-so-dung
ask report 2023Q2 --format = h
ask bogus ''
complete -p cchc
"""


@pytest.mark.usefixtures("program")
def test_bash_completes() -> None:
    assert shell_says("bash", "--norc", text=BASH) == [
        "sta: status",
        "report: md html json docx xlsx",
        "add-measure: ho-so-dung-han",
        "report: html",
        "bogus:",
        "complete -o nosort -F _cchc cchc",
    ]


FISH = """\
cchc completion fish | source
complete -C'cchc sta'
complete -C'cchc report 2023Q2 -f m'
complete -C'cchc add-measure ho-so-dung'
complete -C'cchc report 2023Q2 --format=h'
complete -C'cchc validate so'
complete -C'cchc -C pla'
complete -C'cchc bogus '
"""


@pytest.mark.usefixtures("program")
def test_fish_completes() -> None:
    assert shell_says("fish", "--no-config", text=FISH) == [
        "status\tBảng theo dõi",
        "md",
        "ho-so-dung-han\tTỷ lệ hồ sơ trả kết quả đúng hạn và trước hạn",
        "--format=html",
        "so lieu.csv",
        "plan/\tDirectory",
    ]


def typed_into(name: str, *words: str, keys: str, until: str) -> str:
    """Type keys into a shell at a terminal and return what stands there once `until` does, or after a while."""
    if shutil.which(name) is None:
        pytest.skip(f"needs {name} (apt-get install {name})")
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    said, end = "", time.monotonic() + 20
    environment = {**os.environ, "TERM": "dumb", "PS1": "", "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    shell = subprocess.Popen([name, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    try:
        os.write(ours, keys.encode())
        while until not in said and time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                said += os.read(ours, 4096).decode(errors="replace")
    finally:
        shell.kill()
        shell.wait()
        os.close(ours)
        os.close(theirs)
    return said


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("cchc sta\t", "cchc status"),
        ("cchc validate so\t", "validate so\\ lieu.csv"),
        ("cchc -C pla\t", "-C plan/"),
    ],
)
@pytest.mark.usefixtures("program")
def test_bash_completes_at_a_terminal(typed: str, until: str) -> None:
    start = 'bind "set enable-bracketed-paste off"; eval "$(cchc completion bash)"\n'
    assert until in typed_into("bash", "--norc", "--noprofile", "-i", keys=start + typed, until=until)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("cchc sta\t", "cchc status"),
        ("cchc report 2023Q2 --format=h\t", "--format=html"),
        ("cchc validate so\t", "validate so\\ lieu.csv"),
        ("cchc -C pla\t", "-C plan/"),
        ("cchc re\t\t", "Lập báo cáo của một kỳ"),
    ],
)
@pytest.mark.usefixtures("program")
def test_zsh_completes_at_a_terminal(typed: str, until: str) -> None:
    start = 'autoload -U compinit; compinit -D -u; eval "$(cchc completion zsh)"\n'
    assert until in typed_into("zsh", "-f", "-i", keys=start + typed, until=until)
