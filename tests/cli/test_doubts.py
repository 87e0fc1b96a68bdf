"""What is worth another look at what was entered is told on the spot, on standard error, and changes nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.repositories import Repo, data

Cchc = Callable[..., tuple[int, str, str]]
TODAY = ("--today", "2023-07-20")
TASKS = "tasks: [{id: ra-soat, ref: II.1, title: Rà soát, repeats: continuous}]\n"


@pytest.fixture
def usual(repo: Repo) -> Path:
    """The workspace with a year of usual figures, and a doubtful one that nobody enters."""
    area = repo.root / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + TASKS, encoding="utf-8")
    for month in range(1, 13):
        repo.put(f"data/2022-{month:02}.yaml", data(f"2022-{month:02}", dung_han=f"{410 + month % 3}/418"))
    repo.put("data/2023-05.yaml", data("2023-05", dung_han="0/0"))
    return repo.root


def test_a_figure_far_from_its_history_is_told_at_its_place(cchc: Cchc, usual: Path) -> None:
    status, out, err = cchc("add-measure", "dung-han", "200/418", "-p", "2023-02", *TODAY)
    assert (status, "W505" in out) == (0, False)
    assert err.splitlines()[0].startswith(
        "data/2023-02.yaml:5:16: cảnh báo[W505]: dung-han khác xa mức thường thấy (khoảng 98,3"
    )
    assert "  5 |     numerator: 200\n" in err
    assert "2023-05" not in err
    assert "200" in (usual / "data/2023-02.yaml").read_text(encoding="utf-8")
    assert cchc("add-measure", "dung-han", "200/418", "-p", "2023-02", *TODAY)[2] == ""
    assert cchc("add-measure", "dung-han", "411/418", "-p", "2023-02", "--replace", *TODAY)[2] == ""


def test_they_are_told_of_a_dry_run_and_in_silence_too(cchc: Cchc, usual: Path) -> None:
    words = ("add-measure", "dung-han", "0/0", "-p", "2023-06", *TODAY)
    for more in (("-n", "-q"), ("-q",)):
        status, _, err = cchc(*words, *more)
        assert (status, err.count("cảnh báo["), "data/2023-06.yaml:5:5: cảnh báo[W507]: dung-han" in err) == (
            0,
            1,
            True,
        )
    del usual


def test_what_is_said_is_what_validate_says(cchc: Cchc, usual: Path) -> None:
    err = cchc("add-measure", "dung-han", "200/418", "-p", "2023-06", *TODAY)[2]
    assert err.strip() in cchc("validate", *TODAY)[1]
    del usual


def test_of_a_batch_all_doubts_are_told_sorted_by_place(cchc: Cchc, usual: Path) -> None:
    batch = usual / "so-lieu.csv"
    batch.write_text(
        "indicator;value;period;provided_by;provided_on\n"
        "dung-han;0/0;2023-06;van-phong;2023-06-16\nso-luong;5;2023-06;van-phong;2024-06-16\n"
        "dung-han;412/418;2023-07;;\nso-luong;3;2023-09;;\ndung-han;411/418;2023-09;;\n",
        encoding="utf-8",
    )
    status, _, err = cchc("add-measure", "--from", str(batch), *TODAY)
    heads = [line.partition(": cảnh báo[") for line in err.splitlines() if ": cảnh báo[" in line]
    assert status == 0
    assert [(place, said[:4]) for place, _, said in heads] == [
        ("data/2023-06.yaml:5:5", "W507"),
        ("data/2023-06.yaml:10:35", "W516"),
        ("data/2023-09.yaml:8:5", "W515"),  # once for the period
    ]


def test_an_import_tells_them_too(cchc: Cchc, usual: Path) -> None:
    table = usual / "bang.csv"
    table.write_text("indicator,period,value\ndung-han,2023-06,0/0\nso-luong,2023-06,4\n", encoding="utf-8")
    status, _, err = cchc("import", str(table), "-q", *TODAY)
    assert (status, err.count("cảnh báo["), "data/2023-06.yaml:5:5: cảnh báo[W507]" in err) == (0, 1, True)
    assert cchc("import", str(table), "-q", *TODAY)[2] == ""


@pytest.mark.parametrize(
    ("words", "code", "place"),
    [
        (("set-task", "ra-soat", "done", "--completed-on", "2023-08-01"), "W516", "data/2023-06.yaml:6:19"),
        (("set-task", "ra-soat", "in_progress", "--text", "đang cập nhật"), "W517", "data/2023-06.yaml:6:11"),
        (("add-remark", "thu", "--objective", "…"), "W517", "data/2023-06.yaml:5:25"),
    ],
)
def test_tasks_and_remarks_are_looked_at_too(
    cchc: Cchc, usual: Path, words: tuple[str, ...], code: str, place: str
) -> None:
    for more in (("-n",), ()):
        status, _, err = cchc(*words, "-p", "2023-06", *more, *TODAY)
        assert (status, err.count("cảnh báo["), f"{place}: cảnh báo[{code}]" in err) == (0, 1, True)
    assert cchc(*words, "-p", "2023-06", *TODAY)[2] == ""
    del usual


def test_what_stands_beside_what_was_typed_is_no_doubt_about_it(cchc: Cchc, usual: Path) -> None:
    assert cchc("add-remark", "thu", "--results", "...", "-p", "2023-06", *TODAY)[0] == 0
    assert cchc("add-remark", "thu", "--next", "Tiếp tục rà soát.", "-p", "2023-06", *TODAY)[2] == ""
    del usual
