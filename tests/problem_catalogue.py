"""The folders of tests/problems: a workspace with a mistake, the same mended, what is said, and the page of the manual.

A folder CODE holds `input/` and `mended/`, laid over tests/problem-base/, `page.vi.md` and `page.en.md` (a title, what it
means, how to mend it), and `expected.vi.txt` and `expected.en.txt`. In an overlay `.gone` names files that are taken away,
and in a file NAME.repeat a line `@ 203 text {n}` stands for 203 lines, so that large files need not lie here.

A folder with `closed/` has a history: that overlay is committed, its June 2023 closed, and the others lie on top of it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from cchc.commands.closing import Wish, close
from cchc.commands.reporting import report
from cchc.commands.request import ReportRequest
from cchc.commands.validate import validate
from cchc.core.codes import CODES, Severity
from cchc.core.diagnostics import Problem
from cchc.texts import Language, Translate, translator
from cchc.views import excerpt, findings

HERE = Path(__file__).parent
FOLDERS = HERE / "problems"
BASE = HERE / "problem-base"
TODAY = date(2023, 6, 20)
REPORTED = {"W504": "2023Q2"}  # found when a report combines figures; `validate` combines none
BESIDE = {  # other codes that an input shows: those that are counted, and what a history tells more exactly
    "E009": {"E301"},
    "E603": {"E601"},
    "E604": {"E601"},
    "E607": {"E601"},
}
FAMILIES = (
    ("E0", "Tệp", "The file"),
    ("E1", "Cách viết YAML", "YAML"),
    ("E2", "Giá trị trong một mục", "The values of an entry"),
    ("E3", "Giữa các tệp", "Between files"),
    ("E4", "Kế hoạch", "The plan"),
    ("E6", "Kỳ đã chốt", "Closed periods"),
    ("W5", "Cần xem lại", "Worth another look"),
)
SHORT = 12  # lines of a file that is shown whole
_REPEATED = re.compile(r"^@ (\d+) (.*)$", re.MULTILINE)


def workspace(code: str, overlay: str, folder: Path) -> Path:
    """Make the workspace of an overlay in a folder."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    before = FOLDERS / code / "closed"
    if before.is_dir():
        _lay(before, folder)
        _close(folder)
    _lay(FOLDERS / code / overlay, folder)
    return folder


def _lay(source: Path, folder: Path) -> None:
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        target = folder / path.relative_to(source)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.name == ".gone":
            for name in path.read_text(encoding="utf-8").split():
                (folder / name).unlink()
        elif path.suffix == ".repeat":
            text = _REPEATED.sub(_repeated, path.read_text(encoding="utf-8"))
            target.with_suffix("").write_bytes(text.encode())
        else:
            target.write_bytes(path.read_bytes())


def _close(folder: Path) -> None:
    """Commit a workspace, by the same person at the same time always, and close its June 2023."""
    day = f"{TODAY}T09:00:00+07:00"
    person = {"NAME": "Xã Thử", "EMAIL": "xa-thu@cchc.example", "DATE": day}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in person.items()}
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Số liệu tháng 6/2023")):
        line = ["git", "-c", "core.autocrlf=false", "-c", "gc.auto=0", *words]
        subprocess.run(line, cwd=folder, check=True, capture_output=True, env={**os.environ, **who})
    close(folder, Wish("2023-06", "van-phong", TODAY, incomplete=True))


def _repeated(match: re.Match[str]) -> str:
    return "\n".join(match[2].replace("{n}", str(number)) for number in range(int(match[1])))


def problems(code: str, root: Path) -> tuple[tuple[Problem, ...], int]:
    """Return what is found in the workspace of a code, and in how many files."""
    if code in REPORTED:
        return report(root, ReportRequest(REPORTED[code], today=TODAY)).report.problems, 0
    found = validate(root, [], today=TODAY, strict=False)
    return found.problems, found.files


def said(code: str, root: Path, language: Language) -> str:
    """Return all that is printed about the workspace of a code."""
    _ = translator(language)
    found, files = problems(code, root)
    text = findings.render("text", found, files, _, TODAY)
    return text if code in REPORTED else f"{text}{findings.summary(found, files, _)}\n"


# the manual


@dataclass(frozen=True)
class Words:
    """What the manual says around its pages."""

    title: str
    intro: str
    error: str
    warning: str
    said: str
    mending: str
    mended: str


WORDS = {
    Language.VIETNAMESE: Words(
        "Các lỗi và cảnh báo",
        "Mỗi điều `cchc validate` nêu ra có một mã. Trang này giải thích từng mã: nghĩa là gì, ví dụ, cách sửa; xem riêng một mã bằng\n"
        "`cchc explain E203`. Lỗi (`E…`) phải sửa thì mới lập được báo cáo. Cảnh báo (`W…`) chỉ để xem lại, không chặn gì, trừ khi\n"
        "chạy `cchc validate --strict`. Dòng đầu của mỗi thông báo ghi tệp, dòng và cột, đếm từ 1.",
        "Lỗi: phải sửa thì mới lập được báo cáo.",
        "Cảnh báo: cần xem lại, không chặn việc lập báo cáo.",
        "Chương trình báo:",
        "Cách sửa:",
        "Sau khi sửa:",
    ),
    Language.ENGLISH: Words(
        "Errors and warnings",
        "Everything that `cchc validate` finds has a code. This page explains each: what it means, an example, how to mend it;\n"
        "`cchc explain E203` shows one of them. Errors (`E…`) are mended before a report can be made. Warnings (`W…`) ask for another\n"
        "look and stop nothing, unless with `cchc validate --strict`. A finding's first line names file, line and column, from 1.",
        "Error: mend it before a report can be made.",
        "Warning: worth another look; reports are made all the same.",
        "The program says:",
        "How to mend it:",
        "Afterwards:",
    ),
}


def manual(language: Language, folder: Path) -> str:
    """Return the manual of all codes; `folder` is free for their workspaces."""
    words = WORDS[language]
    parts = [f"# {words.title}", words.intro]
    for prefix, vietnamese, english in FAMILIES:
        codes = [code for code in sorted(CODES) if code.startswith(prefix)]
        name = vietnamese if language is Language.VIETNAMESE else english
        listed = "\n".join(f"- [{code}](#{code.lower()}) {_page(code, language)[0]}" for code in codes)
        parts.append(f"**{prefix}xx – {name}**\n\n{listed}")
    parts += [page(code, language, folder / code) for code in sorted(CODES)]
    return "\n\n".join(parts) + "\n"


def page(code: str, language: Language, folder: Path) -> str:
    """Return the page of a code."""
    words, (title, meaning, mending) = WORDS[language], _page(code, language)
    root = workspace(code, "input", folder / "input")
    found = next(problem for problem in problems(code, root)[0] if problem.code == code)
    severity = words.error if CODES[code].severity is Severity.ERROR else words.warning
    parts = [f'<a id="{code.lower()}"></a>\n\n## {code} – {title}', f"*{severity}*", meaning]
    parts.append(f"{words.said}\n\n```text\n{_shown(found, translator(language))}\n```")
    parts.append(f"{words.mending} {mending}")
    mended = _mended(code)
    if mended:
        parts.append(f"{words.mended}\n\n```yaml\n{mended}\n```")
    return "\n\n".join(parts)


def _page(code: str, language: Language) -> list[str]:
    """Return title, meaning and mending."""
    return (FOLDERS / code / f"page.{language}.md").read_text(encoding="utf-8").strip().removeprefix("# ").split("\n\n")


def _shown(found: Problem, _: Translate) -> str:
    return excerpt.problem_text(found, _)


def _mended(code: str) -> str:
    """Return the lines of the mended files that differ from the input, with the keys that they stand under."""
    return "\n".join(line for file in _pairs(code) for line in _differing(*file))


def _pairs(code: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the name of each mended file of ours with its lines before and after."""
    after = FOLDERS / code / "mended"
    for path in sorted(after.rglob("*.yaml")):
        before = FOLDERS / code / "input" / path.relative_to(after)
        old = before.read_bytes().decode("utf-8", "replace").rstrip("\n").split("\n") if before.is_file() else []
        yield path.relative_to(after).as_posix(), old, path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _differing(file: str, old: list[str], new: list[str]) -> Iterator[str]:
    if old == new:
        return
    if len(new) <= SHORT:
        yield from (f"# {file}", *new)
        return
    wanted: set[int] = set()
    for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            wanted |= set(range(max(0, start - (tag == "delete")), min(len(new), end + (tag == "delete"))))
    for number in sorted(wanted):  # and the keys above
        depth = _depth(new[number])
        for above in range(number - 1, -1, -1):
            if new[above].strip() and _depth(new[above]) < depth:
                wanted.add(above)
                depth = _depth(new[above])
    yield f"# {file}"
    yield from (new[number] for number in sorted(wanted))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))
