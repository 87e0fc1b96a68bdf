"""Surveys at the terminal: tallies that pool, tables of answers that are tallied, and what `show` tells of them."""

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.repositories import Repo

from cchc.cli.main import run
from cchc.views.wrapping import width_of
from cchc.workspace.files import digest

Cchc = Callable[..., tuple[int, str, str]]
SURVEYED = """\
  - id: hai-long
    name: Hài lòng
    kind: ratio
    unit: "%"
    numerator: hài lòng
    denominator: trả lời
    survey: true
    frequency: quarter
    targets: [{from: 2021, at_least: 90}]
"""
ASKED = ("add-measure", "hai-long", "-p", "2023Q2")
Q2 = ("--survey", "hai-long", "-p", "2023Q2")
TABLE = """\
Thời gian chờ,Thái độ
Rất hài lòng,hài lòng
hài lòng,
,không hài lòng
bình thường,rất không hài lòng
"""


@pytest.fixture
def surveyed(small: Path) -> Path:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + SURVEYED, encoding="utf-8")
    return small


@pytest.fixture
def cchc(surveyed: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(surveyed), "--today", "2023-07-20"])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def read(root: Path, period: str = "2023Q2") -> str:
    return (root / f"data/{period}.yaml").read_text(encoding="utf-8")


# tallies


def test_what_is_known_of_a_survey_stands_with_its_tally(cchc: Cchc, surveyed: Path) -> None:
    known = ("--title", "Khảo sát", "--held", "2023-05-10..2023-05-31", "--run-by", "Văn phòng")
    forms = ("--handed-out", "1.060", "--returned", "55", "--valid", "52")
    assert cchc(*ASKED, "--survey", "120/60/15/4/1", *known, *forms)[0] == 0
    assert read(surveyed).endswith(
        "  hai-long:\n    survey:\n      title: Khảo sát\n      from: 2023-05-10\n      to: 2023-05-31\n"
        "      run_by: Văn phòng\n      handed_out: 1060\n      returned: 55\n      valid: 52\n"
        "      very_satisfied: 120\n      satisfied: 60\n      neutral: 15\n      dissatisfied: 4\n"
        "      very_dissatisfied: 1\n"
    )
    assert cchc("validate")[0] == 0


@pytest.mark.parametrize(
    ("held", "lines"),
    [
        ("2023-05-10", ["from: 2023-05-10", "to: 2023-05-10"]),
        ("2023-05-10..", ["from: 2023-05-10"]),
        ("..2023-05-31", ["to: 2023-05-31"]),
    ],
)
def test_days_may_be_one_or_open(cchc: Cchc, surveyed: Path, held: str, lines: list[str]) -> None:
    assert cchc(*ASKED, "--survey", "1/0/0/0/0", "--held", held)[0] == 0
    days = [line.strip(" {},") for line in read(surveyed).replace(", ", "\n").splitlines() if "2023-05" in line]
    assert [day.removeprefix("survey: {") for day in days] == lines


def test_surveys_pool_and_the_same_one_comes_once(cchc: Cchc, surveyed: Path) -> None:
    first = (*ASKED, "--survey", "120/60/15/4/1")
    second = (*ASKED, "--survey", "40/9/1/0/0", "--pool")
    assert cchc(*first)[0] == 0
    status, out, _ = cchc(*second)
    assert (status, "91,60% (229/250)" in out) == (0, True)
    both = read(surveyed)
    assert "survey: {very_satisfied: 120, " in both
    assert "    surveys:\n      - {very_satisfied: 40, " in both
    for again in (second, (*first, "--pool")):
        assert cchc(*again)[0] == 0
        assert read(surveyed) == both
    assert cchc(*ASKED, "--survey", "1/0/0/0/0", "--pool")[0] == 0
    assert read(surveyed).startswith(both)
    status, _, err = cchc(*first)
    assert (status, "--replace" in err) == (3, True)
    assert cchc(*first, "--replace")[0] == 0
    assert "surveys" not in read(surveyed)


def test_a_pooled_survey_joins_a_list_as_it_stands(cchc: Cchc, surveyed: Path) -> None:
    before = (
        "format: cchc/1\nperiod: 2023Q2\nmeasurements:\n  hai-long:\n    surveys:  # giấy\n"
        "      - {very_satisfied: 1, satisfied: 0, neutral: 0, dissatisfied: 0, very_dissatisfied: 0}  # đợt 1\n"
    )
    (surveyed / "data").mkdir()
    (surveyed / "data/2023Q2.yaml").write_text(before, encoding="utf-8")
    assert cchc(*ASKED, "--survey", "1/0/0/0/0")[0] == 0
    assert read(surveyed) == before
    assert cchc(*ASKED, "--survey", "0/2/0/0/0", "--pool")[0] == 0
    assert read(surveyed) == before + (
        "      - {very_satisfied: 0, satisfied: 2, neutral: 0, dissatisfied: 0, very_dissatisfied: 0}\n"
    )


def test_what_says_no_more_than_a_survey_that_is_there_changes_nothing(cchc: Cchc, surveyed: Path) -> None:
    first = (*ASKED, "--survey", "120/60/15/4/1", "--title", "Đợt 1")
    assert cchc(*first)[0] == 0
    before = read(surveyed)
    for value in ("180/200", "120/60/15/4/1"):
        for more in ((), ("--replace",)):
            assert cchc("add-measure", "hai-long", value, "-p", "2023Q2", *more)[0] == 0
            assert read(surveyed) == before
    assert cchc(*ASKED, "--survey", "120/60/15/4/1")[0] == 0
    assert read(surveyed) == before
    for value in ("181/200", "119/61/15/4/1"):
        assert cchc("add-measure", "hai-long", value, "-p", "2023Q2")[0] == 3
    assert cchc(*ASKED, "--survey", "1/0/0/0/0", "--pool")[0] == 0
    both = read(surveyed)
    assert cchc("add-measure", "hai-long", "181/201", "-p", "2023Q2")[0] == 0
    assert read(surveyed) == both
    assert cchc("add-measure", "hai-long", "120/60/15/4/1", "-p", "2023Q2")[0] == 3


def test_the_answers_are_a_value_of_a_survey_alone(cchc: Cchc, surveyed: Path) -> None:
    status, out, _ = cchc("add-measure", "hai-long", "1.120/60/15/4/1", "-p", "2023Q2")
    assert (status, "98,33% (1.180/1.200)" in out) == (0, True)
    assert "very_satisfied: 1120" in read(surveyed)
    assert cchc("add-measure", "hai-long", "1/2/3/4", "-p", "2023Q1")[0] == 2
    assert cchc("add-measure", "dung-han", "1/2/3/4/5", "-p", "2023-06")[0] == 2
    assert "120/60/15/4/1" in cchc("add-measure", "hai-long", "x", "-p", "2023Q1")[2]


def test_nothing_pools_with_a_figure_that_is_no_tally(cchc: Cchc, surveyed: Path) -> None:
    assert cchc("add-measure", "hai-long", "9/10", "-p", "2023Q2")[0] == 0
    before = read(surveyed)
    status, _, err = cchc(*ASKED, "--survey", "1/0/0/0/0", "--pool")
    assert (status, "9/10" in err, read(surveyed)) == (3, True, before)
    assert cchc(*ASKED, "--survey", "1/0/0/0/0", "--pool", "--replace")[0] == 0
    assert "numerator" not in read(surveyed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("9/10", "--title", "x"), "--title"),
        (("9/10", "--handed-out", "5"), "--handed-out"),
        (("9/10", "--pool"), "--pool"),
        (("--survey", "1/2/3/4/5", "--valid", "nhiều"), "--valid"),
        (("--survey", "1/2/3/4/5", "--returned", "-1"), "--returned"),
        (("--survey", "1/2/3/4/5", "--held", "hôm qua"), "hôm qua"),
        (("--survey", "1/2/3/4/5", "--held", "2023-05-31..2023-05-10"), "kết thúc ngày 2023-05-10"),
        (("--survey", "1/2/3/4/5", "--handed-out", "5", "--returned", "6"), "có 6 phiếu thu về"),
        (("--survey", "1/2/3/4/5", "--title", "a\u202eb"), "U+202E"),
    ],
)
def test_what_cannot_be_meant_of_a_survey_is_refused(
    cchc: Cchc, surveyed: Path, words: tuple[str, ...], said: str
) -> None:
    status, _, err = cchc("add-measure", "hai-long", *words, "-p", "2023Q2")
    assert (status, said in err) == (2, True), err
    assert not (surveyed / "data").exists()


# tables of answers


def test_a_table_is_tallied_question_by_question(cchc: Cchc, surveyed: Path, tmp_path: Path) -> None:
    file = tmp_path / "phieu.csv"
    file.write_text(TABLE, encoding="utf-8")
    words = ("import", str(file), *Q2, "--title", "Đợt 1", "--handed-out", "6", "--returned", "5")
    status, out, err = cchc(*words)
    assert (status, "50% (3/6)" in out, err) == (0, True, "")
    text = read(surveyed)
    assert text.endswith(
        "    survey:\n      title: Đợt 1\n      handed_out: 6\n      returned: 5\n      valid: 4\n"
        "      very_satisfied: 1\n      satisfied: 2\n      neutral: 1\n      dissatisfied: 1\n"
        "      very_dissatisfied: 1\n      questions:\n"
        "        - text: Thời gian chờ\n          very_satisfied: 1\n          satisfied: 1\n          neutral: 1\n"
        "          dissatisfied: 0\n          very_dissatisfied: 0\n"
        "        - text: Thái độ\n          very_satisfied: 0\n          satisfied: 1\n          neutral: 0\n"
        "          dissatisfied: 1\n          very_dissatisfied: 1\n"
    )
    assert f"sha256: {digest(file.read_bytes())}" in text
    assert cchc(*words)[0] == 0
    assert read(surveyed) == text
    assert cchc("validate")[0] == 0


def test_a_table_pools_with_what_is_there_and_so_does_its_evidence(cchc: Cchc, surveyed: Path, tmp_path: Path) -> None:
    assert cchc(*ASKED, "--survey", "1/0/0/0/0", "--evidence", "https://a.vn/b")[0] == 0
    file = tmp_path / "phieu.csv"
    file.write_text(TABLE, encoding="utf-8")
    words = ("import", str(file), *Q2, "--pool")
    status, out, _ = cchc(*words)
    assert (status, "57,14% (4/7)" in out) == (0, True)
    text = read(surveyed)
    assert "https://a.vn/b" in text
    assert "Bảng trả lời phiếu khảo sát" in text
    assert cchc(*words)[0] == 0
    assert read(surveyed) == text


def _book(path: Path, rows: Sequence[Any], merged: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Phiếu"
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_table_from_standard_input_has_no_place_but_its_hash(
    cchc: Cchc, surveyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    assert cchc("import", "-", *Q2)[0] == 0
    assert "kept_at" not in read(surveyed)
    assert f"sha256: {digest(TABLE.encode())}" in read(surveyed)


def test_numbers_need_to_know_which_is_best(cchc: Cchc, surveyed: Path, tmp_path: Path) -> None:
    file = _book(tmp_path / "so.xlsx", [["C1", "C2"], [5, 4], ["5", 1], [2, None]])
    status, _, err = cchc("import", str(file), *Q2)
    assert (status, err.count("--best"), "Phiếu!A2" in err, "Phiếu!B2" in err) == (2, 2, True, True)
    assert cchc("import", str(file), *Q2, "--best", "5")[0] == 0
    assert "3/5" in cchc("show", "hai-long")[1]
    assert cchc("import", str(file), *Q2, "--best", "1", "--replace")[0] == 0
    assert "2/5" in cchc("show", "hai-long")[1]
    assert cchc("import", str(file), *Q2, "--best", "3")[0] == 2
    assert read(surveyed).count("survey:") == 1


def test_other_columns_are_told_once_and_left_out_when_the_questions_are_named(
    cchc: Cchc, surveyed: Path, tmp_path: Path
) -> None:
    rows = [["Lúc", "C1", "Ý kiến", "C2"], ["8:00", "hài lòng", "tốt", "hài lòng"], ["9:00", None, "chậm", None]]
    file = _book(tmp_path / "phieu.xlsx", [*rows, ["Tổng 2"]])
    status, _, err = cchc("import", str(file), *Q2)
    assert status == 2
    assert [place in err for place in ("Phiếu!A1", "Phiếu!C1", "Phiếu!A2", "Phiếu!B")] == [True, True, False, False]
    assert not (surveyed / "data").exists()
    status, _, err = cchc("import", str(file), *Q2, "--questions", "b, D..D")
    assert (status, "Phiếu!A3" in err, "Phiếu!A4" in err) == (0, True, True)
    assert "valid: 1" in read(surveyed)


@pytest.mark.parametrize(
    ("rows", "merged", "places"),
    [
        ([["C1"], ["hài lòng"], ["hài"], ["tốt"]], "", ["Phiếu!A3", "Phiếu!A4"]),
        ([["C1"], ["hài lòng"], [True]], "", ["Phiếu!A3"]),
        ([["C1"], ["hài lòng"], [4.5]], "", ["Phiếu!A3"]),
        ([["C1", "C2"], ["hài lòng", None], ["hài lòng", "hài lòng"]], "A2:B2", ["Phiếu!A2", "Phiếu!B2"]),
        ([["C1", None], ["hài lòng", "hài lòng"]], "", ["Phiếu!B1"]),
        ([["C1"], ["hài lòng"], ["=1/0"]], "", ["Phiếu!A3"]),
    ],
)
def test_what_is_no_answer_is_told_by_its_cell(
    cchc: Cchc, surveyed: Path, tmp_path: Path, rows: list[list[Any]], merged: str, places: list[str]
) -> None:
    file = _book(tmp_path / "phieu.xlsx", rows, merged)
    status, _, err = cchc("import", str(file), *Q2)
    assert (status, [place for place in places if place not in err]) == (2, []), err
    assert not (surveyed / "data").exists()


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("C1\n", Q2, "câu trả lời"),
        ("", Q2, "câu trả lời"),
        (TABLE, (*Q2, "--questions", "C"), "A đến B"),
        (TABLE, (*Q2, "--questions", "B..A"), "--questions"),
        (TABLE, (*Q2, "--questions", "1"), "--questions"),
        (TABLE, ("--survey", "hai-long"), "-p"),
        (TABLE, ("--survey", "hai-lon", "-p", "2023Q2"), "hai-long"),
        (TABLE, ("--survey", "so-luong", "-p", "2023-06"), "survey"),
        (TABLE, (*Q2, "--mapping", "ii-06a"), "--mapping"),
        (TABLE, ("-p", "2023Q2", "--best", "5"), "--survey"),
        (TABLE, ("-p", "2023Q2", "--questions", "A"), "--survey"),
        (TABLE, ("-p", "2023Q2", "--title", "A"), "--survey"),
        (TABLE, ("-p", "2023Q2", "--pool"), "--survey"),
        (TABLE, (*Q2, "--returned", "3"), "có 4 phiếu hợp lệ"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(
    cchc: Cchc, surveyed: Path, tmp_path: Path, text: str, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "phieu.csv"
    file.write_text(text, encoding="utf-8")
    status, _, err = cchc("import", str(file), *words)
    assert (status, said in err) == (2, True), err
    assert not (surveyed / "data").exists()


# what is told of them


@pytest.fixture
def two(cchc: Cchc, tmp_path: Path) -> Cchc:
    file = tmp_path / "phieu.csv"
    file.write_text(TABLE, encoding="utf-8")
    known = ("--title", "Đợt | 1", "--held", "2023-05-10..2023-05-31", "--run-by", "Văn phòng", "--handed-out", "6")
    assert cchc("import", str(file), *Q2, *known)[0] == 0
    assert cchc(*ASKED, "--survey", "0/0/0/0/0", "--pool", "--held", "2023-06-01")[0] == 0
    return cchc


def test_show_tells_each_survey_and_its_questions(two: Cchc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    out = two("show", "hai-long")[1]
    head = "quý II năm 2023: Đợt | 1; từ 10/5/2023 đến 31/5/2023; Văn phòng thực hiện; phát ra 6 phiếu; hợp lệ 4"
    assert head in out
    assert "quý II năm 2023: khảo sát; 01/6/2023" in out
    rows = [line.split() for line in out.splitlines() if line.startswith(("mọi câu", "Thời gian", "Thái độ"))]
    assert [row[-7:] for row in rows] == [
        ["1", "2", "1", "1", "1", "3/6", "(50%)"],
        ["1", "1", "1", "0", "0", "2/3", "(66,67%)"],
        ["0", "1", "0", "1", "1", "1/3", "(33,33%)"],
        ["lời", "0", "0", "0", "0", "0", "0/0"],
    ]
    out = two("show", "hai-long", "-f", "md")[1]
    assert "| Thái độ | 0 | 1 | 0 | 1 | 1 | 1/3 (33,33%) |" in out
    assert "### quý II năm 2023: Đợt \\| 1; " in out
    figure = json.loads(two("show", "hai-long", "-f", "json")[1])["figures"][-1]["entry"]
    assert figure["survey"]["questions"][1]["text"] == "Thái độ"


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_show_fits_a_narrow_window(two: Cchc, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = two("show", "hai-long")[1]
    assert max(map(width_of, out.splitlines())) <= columns
    assert "(66,67%)" in out


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_surveys_come_back_from_an_export(two: Cchc, surveyed: Path, tmp_path: Path, form: str) -> None:
    before = read(surveyed)
    file = tmp_path / f"so-lieu.{form}"
    assert two("export", "figures", "-o", str(file))[0] == 0
    (surveyed / "data/2023Q2.yaml").unlink()
    words = ("add-measure", "--from", str(file)) if form == "jsonl" else ("import", str(file))
    status, _, err = two(*words)
    assert (status, read(surveyed)) == (0, before), err


@pytest.mark.parametrize(
    ("cell", "levels", "said"),
    [
        ("[{]", "", "danh sách"),
        ("{}", "", "danh sách"),
        ("5", "", "danh sách"),
        ('[{"very_satisfied": 1}]', "", "satisfied"),
        ('[{"very_satisfied": 1, "very_satisfied": 1}]', "", "cột"),
        ("[5]", "", "khảo sát"),
        ("[" * 100_000, "", "danh sách"),
        (
            '[{"very_satisfied": 1, "satisfied": 0, "neutral": 0, "dissatisfied": 0, "very_dissatisfied": 0}]',
            ',"2","0","0","0","0"',
            "không khớp",
        ),
        (
            '[{"very_satisfied": true, "satisfied": 0, "neutral": 0, "dissatisfied": 0, "very_dissatisfied": 0}]',
            "",
            "very_satisfied",
        ),
    ],
)
def test_surveys_in_a_cell_that_are_none_are_refused(
    cchc: Cchc, surveyed: Path, tmp_path: Path, cell: str, levels: str, said: str
) -> None:
    names = ",very_satisfied,satisfied,neutral,dissatisfied,very_dissatisfied" if levels else ""
    quoted = cell.replace('"', '""')
    file = tmp_path / "a.csv"
    file.write_text(f'indicator,period,surveys{names}\nhai-long,2023Q2,"{quoted}"{levels}\n', encoding="utf-8")
    status, _, err = cchc("add-measure", "--from", str(file))
    assert (status, said in err) == (2, True), err
    assert not (surveyed / "data").exists()


def test_explain_tells_what_pooled_surveys_add_up_from(cchc: Cchc) -> None:
    assert cchc(*ASKED, "--survey", "120/60/15/4/1")[0] == 0
    assert "khảo sát" not in cchc("explain", "hai-long", "2023Q2")[1]
    assert cchc(*ASKED, "--survey", "40/9/1/0/0", "--pool")[0] == 0
    out = cchc("explain", "hai-long", "2023Q2")[1]
    assert "229/250 (91,60%); gộp các cuộc khảo sát: (180 + 49)/(200 + 50)" in out


def test_what_changes_beside_the_result_of_a_survey_is_named(two: Cchc, surveyed: Path) -> None:
    repo = Repo(surveyed)
    repo.git("init", "-q", "-b", "main")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "một")
    text = read(surveyed)
    (surveyed / "data/2023Q2.yaml").write_text(text.replace("handed_out: 6", "handed_out: 7"), encoding="utf-8")
    out = two("diff")[1]
    assert ("1 sửa" in out, "→" in out, "khảo sát" in out.split("Số liệu:\n")[-1]) == (True, False, True), out
    assert "3/6 (50%) (thay đổi kèm theo: khảo sát)" in two("log", "hai-long")[1]


def test_a_closed_survey_is_corrected_and_the_old_one_stays(two: Cchc, surveyed: Path) -> None:
    assert two("close", "2023Q2", "--by", "van-phong", "--incomplete")[0] == 0
    assert two(*ASKED, "--survey", "1/0/0/0/0", "--pool")[0] == 3
    why = ("-p", "2023Q2", "--reason", "phiếu nộp muộn", "--document", "3/TB")
    status, out, _ = two("correct", "hai-long", "--survey", "1/0/0/0/0", "--pool", *why)
    assert (status, "57,14% (4/7)" in out) == (0, True)
    text = read(surveyed)
    assert text.count("questions:") == 2
    assert text.count("surveys:") == 2
    assert two("validate")[0] == 0
    assert two("correct", "hai-long", *why)[0] == 2
    assert two("correct", "hai-long", "1/2", "--survey", "1/0/0/0/0", *why)[0] == 2
    assert two("correct", "hai-long", "9/10", *why)[0] == 0
    assert "    numerator: 9\n    denominator: 10\n" in read(surveyed)
    assert two("validate")[0] == 0
