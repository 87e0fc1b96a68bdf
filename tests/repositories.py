"""Real repositories with a small workspace, made with fixed people and days."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PLAN = """\
format: cchc/1
id: thu
title: Kế hoạch thử
document: {number: 1/KH, date: 2021-12-20}
term: {from: 2021, to: 2025}
calendar: {month_starts_on: 15, figures_due_on: 16}
unit: {name: Xã Thử, authority: Ủy ban nhân dân xã Thử}
"""
OWNERS = """\
format: cchc/1
owners:
  - {id: van-phong, name: Văn phòng}
  - {id: noi-vu, name: Nội vụ}
"""
AREA = """\
format: cchc/1
area: thu
title: Lĩnh vực thử
owner: van-phong
indicators:
  - id: dung-han
    name: Đúng hạn
    kind: ratio
    unit: "%"
    numerator: đúng hạn
    denominator: đã trả
    frequency: month
    targets: [{from: 2021, at_least: 98}]
  - {id: so-luong, name: Số lượng, kind: count, frequency: month}
"""
FILES = {"plan/plan.yaml": PLAN, "plan/owners.yaml": OWNERS, "plan/areas/1-thu.yaml": AREA}
BINH = "Lê Thị Bình <binh@xa.example>"
AN = "Nguyễn Văn An <an@xa.example>"


def data(period: str, *entries: str, **figures: str) -> str:
    """Return a data file; figures as `dung_han="97/100"`, or entries as they are to stand."""
    lines = [*entries]
    for name, text in figures.items():
        one, _, other = text.partition("/")
        fields = f"numerator: {one}, denominator: {other}" if other else f"value: {one}"
        lines.append(f"{name.replace('_', '-')}: {{{fields}}}")
    text = f"format: cchc/1\nperiod: {period}\n"
    return text + "".join(["measurements:\n", *(f"  {line}\n" for line in lines)] if lines else [])


class Repo:
    """A repository whose commits are Bình's, one minute after the other, unless something else is said."""

    def __init__(self, top: Path, folder: str = "") -> None:
        self.top, self.root = top, top / folder
        self.minute = 0

    @classmethod
    def begun(cls, top: Path, folder: str = "", files: Mapping[str, str] = FILES) -> "Repo":
        """Return a new repository with a plan that is committed."""
        repo = cls(top, folder)
        top.mkdir(parents=True, exist_ok=True)
        repo.git("init", "-q", "-b", "main")
        for name, text in files.items():
            repo.put(name, text)
        repo.commit("kế hoạch")
        return repo

    def git(self, *words: str, who: str = BINH, fails: bool = False, **env: str) -> str:
        """Run git as somebody, a minute after the last time, and return what it prints."""
        self.minute += 1
        name, _, email = who.removesuffix(">").partition(" <")
        day = f"2023-07-01T{8 + self.minute // 60:02}:{self.minute % 60:02}:00+07:00"
        people = {
            f"GIT_{role}_{what}": text
            for role in ("AUTHOR", "COMMITTER")
            for what, text in (("NAME", name), ("EMAIL", email), ("DATE", day))
        }
        done = subprocess.run(
            ("git", "-c", "protocol.file.allow=always", *words),
            cwd=self.top, env={**os.environ, **people, **env}, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert bool(done.returncode) == fails, (words, done.stdout, done.stderr)
        return done.stdout.strip()

    def put(self, file: str, text: str | bytes) -> Path:
        """Write a file of the workspace."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def commit(self, message: str, *, who: str = BINH, **files: str | bytes) -> str:
        """Write data files (`_2023_06=…`), commit everything and return the commit's name."""
        for name, text in files.items():
            self.put(f"data/{name.strip('_').replace('_', '-')}.yaml", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, who=who)
        return self.git("rev-parse", "HEAD")

    def known(self) -> None:
        """Let git know who commits here."""
        self.git("config", "user.name", "Lê Thị Bình")
        self.git("config", "user.email", "binh@xa.example")

    def read(self, file: str) -> str:
        """Return what a file of the workspace says."""
        return (self.root / file).read_text(encoding="utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Put another text into a file of the workspace."""
        text = self.read(file)
        assert old in text
        self.put(file, text.replace(old, new))


def steps(out: str) -> list[tuple[str, str, str | None, bool]]:
    """Return what `log -f json` says, the oldest first: before → after, subject, whether it was dropped."""
    found: list[dict[str, Any]] = json.loads(out)["steps"]
    return [
        (
            step["period"],
            f"{step['display']['before']} → {step['display']['after']}",
            step["commit"] and step["commit"]["subject"],
            step["dropped"],
        )
        for step in reversed(found)
    ]
