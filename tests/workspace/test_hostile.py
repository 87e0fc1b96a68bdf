"""Hostile files at the size limit: 2 s and 200 MB are enough for any; and things that are no files where one is expected."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cchc.texts import Language, translator
from cchc.views import findings
from cchc.workspace import files
from cchc.workspace.load import load

Make = Callable[[Mapping[str, "str | bytes"]], Path]

SECONDS = 2.0
MEGABYTES = 200
LONG = bool(os.environ.get("CCHC_LONG"))
SOURCES = str(Path(files.__file__).parents[2])
HEAD = "format: cchc/1\nperiod: 2023-06\n"
FIGURES = f"{HEAD}measurements:\n"
VALUE = f"{HEAD}measurements: {{so-luong: {{value: "

MEASURED = """
import json, resource, sys
from datetime import date
from pathlib import Path
from cchc.texts import Language, translator
from cchc.views import findings
from cchc.workspace.load import load

loaded = load(Path(sys.argv[1]), reviewed_on=date(2023, 6, 20))
for form in ("text", "json", "github", "sarif"):
    findings.render(form, loaded.problems, 1, translator(Language.VIETNAMESE))
used = resource.getrusage(resource.RUSAGE_SELF)
scale = 1 if sys.platform == "darwin" else 1024
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 1e6]))
"""


# A process begins with the peak of the one that starts it, and pytest is large: a bare interpreter stands between.
BETWEEN = """
import os, sys
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def filled(head: str, piece: str, tail: str = "") -> str:
    """Return a text just below the size limit, made of one piece over and over; `{n}` in it is counted."""
    room = files.MAX_BYTES - 200 - len(head.encode()) - len(tail.encode())
    if "{n}" not in piece:
        return head + piece * (room // len(piece.encode())) + tail
    pieces, number = [], 0
    while room > 0:
        pieces.append(piece.replace("{n}", str(number)))
        room -= len(pieces[-1].encode())
        number += 1
    return head + "".join(pieces[:-1]) + tail


SAMPLE: dict[str, tuple[str, str, str]] = {  # the dearest of their kinds
    "NUL": (HEAD, "\0", ""),
    "a key over and over": (HEAD, "a:\n", ""),
    "unknown keys": (HEAD, "k{n}: 1\n", ""),
    "ids like a known one": (FIGURES, "  so-luon{n}: {value: 1}\n", ""),
    "a mistake in each entry": (FIGURES, "  so-luong-{n}: {value: x}\n", ""),
    "unknown keys in an entry": (f"{FIGURES}  so-luong:\n", "    k{n}:\n", ""),
    "a long list of evidence": (f"{VALUE}1, evidence: [", "../a,", "]}}\n"),
    "corrections": (f"{VALUE}1, corrections: [", "{on: x, by: Y, old: {value: z}},", "]}}\n"),
    "aliases": (f"{HEAD}a: &a x\n", "k{n}: *a\n", ""),
    "pairs in brackets": (f"{HEAD}a: [", "a: b,", "]\n"),
    "conflicts": (HEAD, "<<<<<<< a\n=======\n>>>>>>> b\n", ""),
    "combining characters": (f"{VALUE}1, note: 'a", "\u0323\u0301", "'}}\n"),
    "a million digits": (VALUE, "9", "}}\n"),
}
MORE: dict[str, tuple[str, str, str]] = {
    "control characters": (HEAD, "\x01", ""), "escape sequences": (f"{HEAD}# ", "\x1b[31m", ""), "tabs": (HEAD, "\t", ""),
    "lines with tabs": (HEAD, "\ta: 1\n", ""), "a figure twice": (HEAD, "a: 1\n", ""), "tasks": (f"{HEAD}tasks:\n", "  k{n}: {state: x}\n", ""),
    "remarks": (f"{HEAD}remarks:\n", "  k{n}: {results: x}\n", ""), "a list for a text": (f"{VALUE}[", "a,", "]}}\n"),
    "nulls in a list": (f"{VALUE}1, evidence: [", "~,", "]}}\n"), "mappings in a list": (f"{VALUE}1, evidence: [", "{x: 1},", "]}}\n"),
    "deep brackets": (f"{HEAD}a: ", "[", ""), "deep braces": (f"{HEAD}a: ", "{a: ", ""), "question marks": (HEAD, "? ", ""),
    "deep hyphens": (f"{HEAD}a:\n  ", "- ", ""), "anchors": (HEAD, "a{n}: &a{n} x\n", ""), "tags": (HEAD, "k{n}: !!str x\n", ""),
    "merge keys": (HEAD, "<<: {}\n", ""), "a long word": (f"{HEAD}a: ", "x", ""), "a long text in quotes": (f'{HEAD}a: "', "x", '"\n'),
    "a quote without an end": (f'{HEAD}a: "', "x", ""), "spelled signs": (f'{HEAD}a: "', "\\u001b", '"\n'), "folded": (f"{HEAD}a: >\n", "  x\n", ""),
    "literal": (f"{HEAD}a: |\n", "  x\n", ""), "a long period": ("format: cchc/1\nperiod: ", "9", "\n"), "minutes": (f"{VALUE}1", ":1", "}}\n"),
    "an exponent": (f"{VALUE}1e", "9", "}}\n"), "commas": (f"{VALUE}'", "1,", "'}}\n"), "dots": (VALUE, "1.", "}}\n"),
    "a long day": (f"{VALUE}1, provided: {{by: van-phong, on: ", "9", "}}}\n"), "a long id": (f"{VALUE}1, provided: {{by: ", "a-", "}}}\n"),
    "a long key": (HEAD, "a", ": 1\n"), "a long id like a known one": (f"{FIGURES}  ", "so-", "1: {value: 1}\n"),
    "a long line": (f"{HEAD}# ", "x", ""), "blank lines": (HEAD, "\n", ""), "CR alone": (HEAD.replace("\n", "\r"), "k{n}: 1\r", ""),
    "documents": (HEAD, "---\n", ""), "ends of documents": (HEAD, "...\n", ""), "directives": ("", "%YAML 1.1\n", ""),
    "empty brackets": (f"{HEAD}a: ", "[]", ""), "colons": (HEAD, ": ", ""), "keys on a line": (f"{HEAD}{{", "a:1,", ""),
    "simple keys": (f"{HEAD}a: [", "a b c d e ", ""), "items": (HEAD, "- a\n", ""), "stars": (HEAD, "*a ", ""), "ampersands": (f"{HEAD}a: ", "&a ", ""),
    "exclamation marks": (f"{HEAD}a: ", "! ", ""), "single quotes": (HEAD, "'", ""), "comments": (HEAD, "# a\n", ""), "blanks": (HEAD, " ", ""),
    "overrides": (f"{HEAD}# ", "\u202e", ""),
    "a key of combining characters": (f"{HEAD}a", "\u0323\u0301", ": 1\n"), "line separators": (f"{HEAD}# ", "\u2028", ""), "byte order marks": (HEAD, "\ufeff", ""),
    "a long choice": (f"{HEAD}tasks: {{viec: {{state: ", "do", "}}\n"), "a long yes": ("format: cchc/1\nperiod: 2023-06\nillustrative: ", "y", "\n"),
    "a long format": ("format: ", "x", "\n"), "causes": (f"{HEAD}remarks:\n  thu: {{causes: [", "a,", "]}\n"),
}  # fmt: skip
CASES = SAMPLE | MORE if LONG else SAMPLE


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say what a process has used")
@pytest.mark.parametrize("file", ["data/2023-06.yaml", "plan/areas/1-thu.yaml"])
@pytest.mark.parametrize("parts", CASES.values(), ids=CASES)
def test_no_file_costs_more_than_two_seconds_and_200_megabytes(
    workspace: Make, parts: tuple[str, str, str], file: str
) -> None:
    text = filled(*parts)
    assert files.MAX_BYTES - 3000 < len(text.encode()) <= files.MAX_BYTES
    root = workspace({file: text})
    done = subprocess.run(
        [sys.executable, "-c", BETWEEN, "-c", MEASURED, str(root)],
        env={**os.environ, "PYTHONPATH": SOURCES}, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    seconds, megabytes = json.loads(done.stdout)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


# what is no file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("file", ["data/2023-06.yaml", "plan/owners.yaml", "plan/areas/2-b.yaml", "data/closed.yaml"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "link to a device", "link in a circle", "link outside"])
def test_what_is_no_file_is_a_finding_and_is_not_waited_for(
    workspace: Make, file: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace({})
    path = root / file
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            monkeypatch.chdir(path.parent)  # names of sockets are short
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        case "link to a device":
            path.symlink_to("/dev/zero")
        case "link in a circle":
            path.symlink_to(path.name)
        case _:
            outside = root.parent / f"{root.name}.yaml"
            outside.write_text(HEAD, encoding="utf-8")
            path.symlink_to(outside)
    assert {(problem.code, problem.file) for problem in load(root).problems} == {("E001", file)}


NAMES = [
    "2023-06\n.yaml",
    "2023-06\x1b[31m.yaml",
    "::error::.yaml",
    "\u202e2023-06.yaml",
    "a b'\".yaml",
    "<script>.yaml",
]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such names")
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"\xff.yaml")], ids=ascii)
@pytest.mark.parametrize("language", Language)
def test_a_strange_name_is_said_and_reaches_nothing_raw(workspace: Make, name: str, language: Language) -> None:
    root = workspace({})
    (root / "data").mkdir(exist_ok=True)
    (root / "data" / name).write_text("x", encoding="utf-8")
    problems = load(root).problems
    assert [(problem.code, problem.file) for problem in problems] == [("E005", f"data/{name}")]
    for form in ("text", "json", "github", "sarif"):
        text = findings.render(form, problems, 1, translator(language))
        assert text.encode("utf-8").isascii() or text.replace("\n", "").isprintable()
        assert all(line.isprintable() for line in text.splitlines())
