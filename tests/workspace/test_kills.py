"""Killed at every call of the disk's door, and at random moments: what was acknowledged is there, nothing is torn."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc.workspace import writing
from cchc.workspace.load import load

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")

LONG = bool(os.environ.get("CCHC_LONG"))
SOURCES = str(Path(writing.__file__).parents[2])
PLAN = {
    "plan/plan.yaml": (
        "format: cchc/1\nid: thu\ntitle: Kế hoạch thử\ndocument: {number: 1/KH, date: 2021-12-20}\n"
        "term: {from: 2021, to: 2025}\nunit: {name: Xã Thử, authority: Ủy ban nhân dân xã Thử}\n"
    ),
    "plan/owners.yaml": "format: cchc/1\nowners:\n  - {id: van-phong, name: Văn phòng}\n",
    "plan/areas/1-thu.yaml": (
        "format: cchc/1\narea: thu\ntitle: Thử\nowner: van-phong\nindicators:\n"
        + "".join(f"  - {{id: so-{n}, name: Số {n}, kind: count, frequency: month}}\n" for n in range(16))
    ),
}

# One process forks a child for each order, so that starting costs nothing; a child writes and says what it has done.
NURSERY = """
import json, os, signal, sys
from datetime import date
from pathlib import Path
from cchc.commands.figure import NewFigure
from cchc.commands.measure import Manner, Row, record_all
from cchc.core.errors import CommandError
from cchc.workspace import writing

MANNER = Manner(date(2025, 12, 31), replace=True)

class Dying(writing.System):
    calls = 0
    die_at = 0

    def __getattribute__(self, name):
        method = super().__getattribute__(name)
        if name not in vars(writing.System):
            return method
        def call(*args):
            self.calls += 1
            if self.calls == self.die_at:
                if name == "write":  # half of it reaches the disk
                    args[0].write(args[1][: len(args[1]) // 2])
                    args[0].flush()
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*args)
        return call

def write(root, rows):
    record_all(Path(root), [Row(n, NewFigure(*row)) for n, row in enumerate(rows, 1)], MANNER)

def once(order):
    writing.system = Dying()
    writing.system.die_at = order["die_at"]
    write(order["root"], order["rows"])
    print("done", writing.system.calls, flush=True)

def on_and_on(order):
    value = order["first"]
    while value < order["end"]:
        try:
            write(order["root"], [[order["key"], str(value), "2023-06"]])
        except CommandError as refused:
            print("refused", refused.remedy, flush=True)
        else:
            print("done", value, flush=True)
            value += 1

print("ready", flush=True)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        (once if "rows" in order else on_and_on)(order)
        os._exit(0)
    print("child", child, flush=True)
    if order.get("wait", True):
        print("ended", os.waitpid(child, 0)[1], flush=True)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""


class Nursery:
    """The process that forks writers, and what they say."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            env={**os.environ, "PYTHONPATH": SOURCES}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def order(self, **order: object) -> int:
        """Start a writer and return its process."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        while not (said := self.line()).startswith("child"):
            self.heard(said)
        return int(said.split()[1])

    def heard(self, said: str) -> None:
        """Keep what another writer said meanwhile; none does unless a test lets several run."""
        raise AssertionError(said)

    def said_until_end(self) -> list[str]:
        """Return what the writer said before it ended."""
        said = []
        while not (line := self.line()).startswith("ended"):
            said.append(line)
        return said


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.process.kill()
    made.process.communicate()


def made(root: Path) -> Path:
    """Make a workspace with one file of figures."""
    for name, text in PLAN.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "data").mkdir()
    (root / "data/2023-06.yaml").write_text(
        "format: cchc/1\nperiod: 2023-06\nmeasurements:\n  so-1: {value: 1} # tay\n", encoding="utf-8"
    )
    return root


def state(root: Path) -> dict[str, str]:
    """Return the data files as readers find them once the workspace is opened, which must be without errors."""
    writing.settle(root)
    loaded = load(root)
    assert loaded.problems == ()
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "data").glob("*.yaml")}


BATCHES = {
    "a new entry": [["so-0", "5", "2023-06"]],
    "a new file": [["so-0", "5", "2023-07"]],
    "two files": [["so-0", "5", "2023-06"], ["so-1", "6", "2023-07"]],
    "three files": [
        ["so-0", "5", "2023-06"], ["so-1", "6", "2023-07"], ["so-1", "7", "2023-06"], ["so-2", "8", "2023-08"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", BATCHES.values(), ids=BATCHES)
def test_killed_at_every_call_of_the_disk_the_change_is_whole_or_not_there(
    tmp_path: Path, nursery: Nursery, rows: list[list[str]]
) -> None:
    done = made(tmp_path / "done")
    old = state(done)
    nursery.order(root=str(done), die_at=0, rows=rows)
    (said,) = nursery.said_until_end()
    new = state(done)
    calls = int(said.split()[1])
    assert calls > 5
    for die_at in range(1, calls + 1):
        root = made(tmp_path / f"{die_at}")
        nursery.order(root=str(root), die_at=die_at, rows=rows)
        assert nursery.said_until_end() == []  # it died before it could say that it is done
        assert state(root) in (old, new)
        nursery.order(root=str(root), die_at=0, rows=rows)  # the next writer has nothing in its way
        assert nursery.said_until_end()[0].startswith("done")
        assert state(root) == new
        assert [path for path in root.rglob("*") if path.name.endswith((".tmp", ".cchc.journal"))] == []


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path: Path, nursery: Nursery) -> None:
    root = made(tmp_path / "w")
    chance = random.Random(20230614)  # noqa: S311  # moments, no secrets
    acknowledged = 0
    kills = 200 if LONG else 15
    for _ in range(kills):
        process = nursery.order(root=str(root), key="so-0", first=acknowledged + 1, end=10**9)
        early = [nursery.line() for _ in range(chance.randrange(3))]
        time.sleep(chance.uniform(0.0, 0.03))
        os.kill(process, signal.SIGKILL)
        said = [line.split() for line in (*early, *nursery.said_until_end())]
        assert all(word == "done" for word, _ in said)
        acknowledged = max([acknowledged, *(int(value) for _, value in said)])
        text = state(root)["2023-06.yaml"]
        standing = int(text.partition("so-0:\n    value: ")[2].partition("\n")[0] or 0)
        assert acknowledged <= standing <= acknowledged + 1
        acknowledged = standing
        assert "so-1: {value: 1} # tay\n" in text
    assert acknowledged > kills // 3


@pytest.mark.parametrize("writers", [2, 16])
def test_writers_on_one_file_lose_nothing(tmp_path: Path, writers: int) -> None:
    root = made(tmp_path / "w")
    count = (1000 if LONG else 64) // writers
    nursery = Nursery()
    said_early: list[str] = []
    nursery.heard = said_early.append  # type: ignore[method-assign, assignment]
    for number in range(writers):
        nursery.order(root=str(root), key=f"so-{number}", first=100, end=100 + count, wait=False)
    rest, _ = nursery.process.communicate()
    said = [*said_early, *rest.split("\n")]
    assert sum(line.startswith("done") for line in said) == writers * count
    assert {line for line in said if line.startswith("refused")} <= {"refused Wait a moment and try again."}
    figures = load(root).data
    assert figures is not None
    (file,) = figures.files.values()
    assert {key: entry.value for key, entry in file.measurements.items()} == {"so-1": 1} | {
        f"so-{number}": 99 + count for number in range(writers)
    }
    assert load(root).problems == ()
