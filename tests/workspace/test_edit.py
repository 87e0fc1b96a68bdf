"""An edit of a workspace's data file: planned as a value, then written; two writers and a killed one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc.core.errors import WorldError
from cchc.workspace import edit, files, writing, yamltree
from cchc.workspace.edit import Edit, plan_edit, write_changes
from cchc.workspace.splice import NotMinimal

FILE = "data/2023-06.yaml"
HEAD = "format: cchc/1\nperiod: 2023-06\n"
SOURCES = str(Path(edit.__file__).parents[2])

WRITER = """
import sys
from pathlib import Path
from cchc.workspace import writing
from cchc.workspace.edit import Edit, plan_edit, write_changes

root, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
order = [f"{one}-{index}" for index in range(count) for one in ("a", "b")]
print("ready", flush=True)
sys.stdin.readline()
for index in range(count):
    with writing.locked(root):
        key = f"{name}-{index}"
        wanted = Edit("data/2023-06.yaml", "2023-06", "measurements", key, {"value": str(index)}, order)
        write_changes(root, [plan_edit(root, wanted)])
"""


def record(key: str = "ho-so", value: str = "1", *, illustrative: bool = False) -> Edit:
    return Edit(FILE, "2023-06", "measurements", key, {"value": value}, ("ho-so", "van-ban"), illustrative)


def data_file(root: Path, text: str) -> Path:
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_new_file_gets_its_head(tmp_path: Path) -> None:
    change = plan_edit(tmp_path, record())
    assert change == edit.Change(FILE, None, HEAD + "measurements:\n  ho-so:\n    value: 1\n")
    assert not change.unchanged
    assert not (tmp_path / FILE).exists()
    write_changes(tmp_path, [change])
    assert (tmp_path / FILE).read_bytes().decode() == change.after


def test_a_new_file_beside_made_up_figures_says_so(tmp_path: Path) -> None:
    change = plan_edit(tmp_path, record(illustrative=True))
    assert change.after == HEAD + "illustrative: true\nmeasurements:\n  ho-so:\n    value: 1\n"


def test_an_entry_is_put_into_the_file_that_is_there(tmp_path: Path) -> None:
    path = data_file(tmp_path, "\ufeff" + HEAD + "measurements:\r\n  van-ban: {value: 2} # c\r\n")
    change = plan_edit(tmp_path, record())
    assert change.before == path.read_bytes().decode()
    assert change.before == path.read_bytes().decode()
    write_changes(tmp_path, [change])
    new = "\ufeff" + HEAD + "measurements:\r\n  ho-so:\r\n    value: 1\r\n  van-ban: {value: 2} # c\r\n"
    assert path.read_bytes().decode() == new


def test_the_same_edit_again_writes_nothing(tmp_path: Path) -> None:
    write_changes(tmp_path, [plan_edit(tmp_path, record())])
    (tmp_path / FILE).chmod(0o444)  # writing would be refused
    again = plan_edit(tmp_path, record())
    assert again.unchanged
    write_changes(tmp_path, [again])


def test_an_entry_is_taken_out(tmp_path: Path) -> None:
    path = data_file(tmp_path, HEAD + "measurements:\n  ho-so: {value: 1}\n")
    without = Edit(FILE, "2023-06", "measurements", "ho-so", None)
    write_changes(tmp_path, [plan_edit(tmp_path, without)])
    assert path.read_text(encoding="utf-8") == HEAD + "measurements: {}\n"
    assert plan_edit(tmp_path, without).unchanged


def test_taking_an_entry_out_of_no_file_is_no_change(tmp_path: Path) -> None:
    change = plan_edit(tmp_path, Edit(FILE, "2023-06", "measurements", "ho-so", None))
    assert change.unchanged
    write_changes(tmp_path, [change])
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("content", [b"\xff", b" " * (files.MAX_BYTES + 1)])
def test_a_file_that_cannot_be_read_is_not_changed(tmp_path: Path, content: bytes) -> None:
    data_file(tmp_path, "").write_bytes(content)
    with pytest.raises(WorldError) as caught:
        plan_edit(tmp_path, record())
    assert caught.value.message == "{file} cannot be read: {reason}"
    assert (tmp_path / FILE).read_bytes() == content


def test_a_file_that_cannot_be_edited_minimally_names_the_lines_to_type(tmp_path: Path) -> None:
    data_file(tmp_path, HEAD + "measurements:\n  ho-so: &a {value: 3}\n")
    with pytest.raises(NotMinimal) as caught:
        plan_edit(tmp_path, record())
    assert caught.value.lines == ("measurements:", "  ho-so:", "    value: 1")


def test_a_file_changed_after_planning_is_not_overwritten(tmp_path: Path) -> None:
    path = data_file(tmp_path, HEAD)
    change = plan_edit(tmp_path, record())
    path.write_text(HEAD + "measurements: {}\n", encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        write_changes(tmp_path, [change])
    assert caught.value.message == "{file} was changed by somebody else meanwhile"
    assert path.read_text(encoding="utf-8") == HEAD + "measurements: {}\n"


def start(root: Path, name: str, count: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), name, str(count)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def entries(root: Path) -> list[str]:
    document = yamltree.parse(FILE, (root / FILE).read_bytes().decode())
    assert document.root
    assert not document.problems
    section = document.root.entries["measurements"].value
    assert isinstance(section, yamltree.Mapping)
    return list(section.entries)


def test_two_writers_at_once_both_get_their_figures_in(tmp_path: Path) -> None:
    count = 40
    writers = [start(tmp_path, name, count) for name in ("a", "b")]
    for writer in writers:
        go(writer)
    outcomes = [writer.communicate(timeout=60) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], outcomes
    assert entries(tmp_path) == [f"{name}-{index}" for index in range(count) for name in ("a", "b")]
    assert [found.name for found in (tmp_path / "data").iterdir()] == ["2023-06.yaml"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(0)  # noqa: S311  # moments, not secrets
    for _ in range(20):
        (tmp_path / FILE).unlink(missing_ok=True)
        writer = start(tmp_path, "a", 10_000)
        go(writer)
        time.sleep(chance.uniform(0.0, 0.15))
        writer.kill()
        writer.communicate(timeout=60)
        if (tmp_path / FILE).exists():
            assert entries(tmp_path) == [f"a-{index}" for index in range(len(entries(tmp_path)))]
    with writing.locked(tmp_path):  # the system released the lock of the dead
        write_changes(tmp_path, [plan_edit(tmp_path, record("z"))])
    assert [found.name for found in (tmp_path / "data").iterdir()] == [
        "2023-06.yaml"
    ]  # and what they left beside it is gone


# several entries at once

SEVERAL = (record("van-ban", "3"), record("ho-so", "1"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        HEAD + "measurements: {}\n",
        HEAD + "measurements: {van-ban: {value: 2, note: x}}\n",
        "\ufeff" + HEAD + "measurements:\r\n  van-ban: {value: 2} # c\r\n",
        HEAD + "measurements:\n  khac:\n    value: 9\n  # cuối\n",
    ],
)
def test_several_entries_at_once_are_what_one_after_the_other_makes(tmp_path: Path, text: str) -> None:
    if text:
        data_file(tmp_path, text)
    one_by_one = files.read(tmp_path, FILE).text
    for one in SEVERAL:
        one_by_one = edit.redone(tmp_path, [one], one_by_one)
    (change,) = edit.plan_edits(tmp_path, SEVERAL)
    assert change.after == one_by_one
    assert edit._redone_together(tmp_path, SEVERAL, change.before) == change.after


def test_of_several_the_one_that_cannot_be_put_is_named(tmp_path: Path) -> None:
    data_file(tmp_path, HEAD + "measurements:\n  van-ban: {value: 2}\n  ho-so: {value: 1, # c\n    note: a}\n")
    stuck = Edit(FILE, "2023-06", "measurements", "ho-so", {"value": None}, ("ho-so", "van-ban"))
    with pytest.raises(NotMinimal) as refused:
        edit.plan_edits(tmp_path, [record("van-ban", "3"), stuck])
    assert refused.value.arguments["key"] == "ho-so"


def test_of_a_file_with_anchors_nothing_is_changed_at_once(tmp_path: Path) -> None:
    data_file(tmp_path, HEAD + "measurements:\n  khac: &a {value: 1}\n")
    with pytest.raises(NotMinimal):
        edit.plan_edits(tmp_path, SEVERAL)


def test_entries_of_other_sections_and_those_that_go_come_one_after_the_other(tmp_path: Path) -> None:
    data_file(tmp_path, HEAD + "measurements:\n  ho-so: {value: 1}\n")
    task = Edit(FILE, "2023-06", "tasks", "viec", {"state": "done"})
    gone = Edit(FILE, "2023-06", "measurements", "ho-so", None)
    (change,) = edit.plan_edits(tmp_path, [record("van-ban"), task, gone])
    assert change.after == HEAD + "measurements:\n  van-ban:\n    value: 1\ntasks:\n  viec:\n    state: done\n"
    (change,) = edit.plan_edits(tmp_path, [record("van-ban"), task])
    assert "viec" in change.after
    assert "van-ban" in change.after


def test_nothing_is_taken_out_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    gone = Edit(FILE, "2023-06", "measurements", "ho-so", None)
    (change,) = edit.plan_edits(tmp_path, [gone])
    assert change.unchanged
    (change,) = edit.plan_edits(tmp_path, [gone, record("van-ban")])
    assert change.after == HEAD + "measurements:\n  van-ban:\n    value: 1\n"


def test_progress_counts_edits_file_by_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    other = Edit("data/2023-07.yaml", "2023-07", "measurements", "ho-so", {"value": "1"})
    edit.plan_edits(tmp_path, [*SEVERAL, other], lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (2, 3), (3, 3)]
