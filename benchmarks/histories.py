"""A workspace with a long history under git: every month is entered figure by figure, and figures are changed later."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks import workspaces

MONTHS = 60
AUTHOR = "Nguyễn Văn A <a@cchc.example>"
BEGINNING = 1_600_000_000  # the first commit, in seconds of the epoch; each is an hour later
CLEAN = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")


def write_history(root: Path, commits: int) -> Path:
    """Write a workspace of 60 months under git, in which so many commits touch data/, and return its folder."""
    workspaces.write_workspace(root, MONTHS)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "fast-import", "--quiet", given="".join(_stream(root, commits)).encode())
    _git(root, "reset", "--quiet", "--hard", "main")
    return root


def _stream(root: Path, commits: int) -> Iterator[str]:
    """Yield what git's fast-import reads: the plan, then a changed figure a commit, the months taken in turn."""
    plan = sorted((root / "plan").rglob("*.yaml"))
    yield from _commit(0, "kế hoạch", {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in plan})
    texts = {path.name: path.read_text("utf-8") for path in sorted((root / "data").glob("*.yaml"))}
    names = list(texts)
    for number in range(1, commits + 1):
        name = names[number % len(names)]
        if number > len(names):
            texts[name] = _changed(texts[name], number)
        yield from _commit(
            number, f"data({name.removesuffix('.yaml')}): số liệu {number}", {f"data/{name}": texts[name]}
        )


def _changed(text: str, number: int) -> str:
    """Return a month with one denominator raised by one, so that no share exceeds 100 %."""
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if line.startswith("    denominator: ")]
    place = places[(number // MONTHS) % len(places)]
    lines[place] = f"    denominator: {int(lines[place].split()[-1]) + 1}"
    return "\n".join(lines)


def _commit(number: int, message: str, files: dict[str, str]) -> Iterator[str]:
    yield f"commit refs/heads/main\ncommitter {AUTHOR} {BEGINNING + number * 3600} +0700\n{_data(message)}"
    for path, text in files.items():
        yield f"M 100644 inline {path}\n{_data(text)}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _git(root: Path, *words: str, given: bytes = b"") -> None:
    clean = {**os.environ, **dict.fromkeys(CLEAN, os.devnull)}
    subprocess.run(("git", *words), cwd=root, input=given, env=clean, check=True, capture_output=True)
