"""`explain INDICATOR PERIOD`: each input with its place, the arithmetic, the target, what the year still needs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc.cli.main import run

Put = Callable[[str, str], Path]
Cchc = Callable[..., tuple[int, str, str]]
MORE = """\
  - {id: tong, name: Tổng, kind: count, unit: việc, frequency: month, targets: [{from: 2021, at_least: 100}]}
  - {id: trung-binh, name: Trung bình, kind: number, unit: điểm, frequency: month, aggregation: mean, targets: [{from: 2021, between: [7, 8]}]}
  - {id: den-2025, name: Đến 2025, kind: ratio, unit: "%", numerator: a, denominator: b, frequency: quarter, baseline: {year: 2021, value: 40}, interpolate: linear, targets: [{by: 2025, at_least: 80}]}
  - {id: cao-nhat, name: Cao nhất, kind: count, unit: việc, frequency: month, aggregation: max, targets: [{from: 2024, at_most: 3}]}
"""

WHY = """\
Đúng hạn [dung-han], quý II năm 2023
1. Đánh giá trên số liệu nào
   plan/areas/1-thu.yaml:6: dung-han
   Đo theo tháng; số liệu cần có trong quý II năm 2023: tháng 4–6/2023.
2. Số liệu
   data/2023-04.yaml:4: tháng 4/2023: 405/413 (98,06%)
   data/2023-05.yaml:5: tháng 5/2023: 0/0; không phát sinh, không tính vào tổng hợp
   data/2023-06.yaml:5: tháng 6/2023: 412/418 (98,56%); tạm tính
3. Tổng hợp
   cộng tử số, cộng mẫu số rồi chia một lần: (405 + 412)/(413 + 418) × 100 = 817/831 × 100 = 98,32% (81700/831)
4. Mục tiêu Kế hoạch
   plan/areas/1-thu.yaml:13: từ 98% trở lên (áp dụng từ năm 2021, mục tiêu mới nhất đã có hiệu lực)
5. So sánh
   98,32% ≥ 98%: đúng
6. Đánh giá
   98,32% – đạt (tạm tính)
7. Phần còn lại của năm phải đạt
   Đã hết kỳ mà chưa có số liệu: tháng 1–3/2023.
   Để đạt mục tiêu năm 2023, bình quân tháng 1–3, 7–12/2023 phải đạt ít nhất 97,93%.
   Giả định: mẫu số 415,50 mỗi tháng, bằng mức bình quân đến nay.
"""


@pytest.fixture
def cchc(small: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8") + MORE, encoding="utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        status = run([*words, "-C", str(small)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_a_verdict_is_explained_from_its_figures_to_what_the_year_needs(cchc: Cchc, put: Put) -> None:
    put("2023-04", "measurements:\n  dung-han: {numerator: 405, denominator: 413}\n")
    put("2023-05", "\nmeasurements:\n  dung-han: {numerator: 0, denominator: 0}\n")
    put("2023-06", "# a\nmeasurements:\n  dung-han: {numerator: 412, denominator: 418, quality: provisional}\n")
    status, out, err = cchc("explain", "dung-han", "quý II/2023")
    assert (status, err) == (0, "")
    assert out == WHY


def test_a_sum_is_explained_on_the_year_to_date(cchc: Cchc, put: Put) -> None:
    put("2023-01", "measurements:\n  tong: {value: 30}\n")
    put("2023-04", "measurements:\n  tong: {value: 20}\n")
    put("2023-05", "measurements:\n  tong: {value: 15}\n")
    out = cchc("explain", "tong", "2023Q2")[1]
    assert "tổng các kỳ: 20 việc + 15 việc = 35 việc" in out
    assert "lũy kế từ đầu năm: 30 việc + 20 việc + 15 việc = 65 việc" in out
    assert "65 việc ≥ 100 việc: không đúng" in out
    assert "Để đạt mục tiêu năm 2023, tổng tháng 2, 3, 6–12/2023 phải đạt ít nhất 35 việc." in out


def test_a_mean_is_compared_with_both_ends(cchc: Cchc, put: Put) -> None:
    put("2023-05", "measurements:\n  trung-binh: {value: 7}\n")
    put("2023-06", "measurements:\n  trung-binh: {value: 8.5}\n")
    out = cchc("explain", "trung-binh", "2023Q2")[1]
    assert "(7 điểm + 8,50 điểm)/2 = 7,75 điểm" in out
    assert "7,75 điểm ∈ từ 7 điểm đến 8 điểm: đúng" in out
    assert "phải đạt từ 6,85 điểm đến 8,05 điểm" in out


def test_a_target_to_come_is_told_with_its_line(cchc: Cchc, put: Put) -> None:
    put("2023Q2", "measurements:\n  den-2025: {numerator: 60, denominator: 100}\n")
    out = cchc("explain", "den-2025", "2023Q2")[1]
    assert "đến hết năm 2025, mục tiêu kế tiếp; có thể đạt trước hạn" in out
    assert "60% ≥ 80%: không đúng" in out
    assert "Tiến độ đường thẳng từ năm 2021 đến năm 2025 lúc này là 55%." in out
    assert "60% – đúng tiến độ" in out
    put("2025Q4", "measurements:\n  den-2025: {numerator: 90, denominator: 100}\n")
    assert "đến hết năm 2025, đã đến hạn" in cchc("explain", "den-2025", "2025")[1]


@pytest.mark.parametrize(
    ("indicator", "period", "said"),
    [
        ("hang", "2023Q2", "đến hết quý II năm 2023 chưa hết kỳ đo"),
        ("hang", "2023Q2", "Số liệu gần nhất trước đó: năm 2022: 5/17."),
        ("hang", "2023", "do số liệu năm 2023 quyết định, phải đạt: xếp thứ 6 trở lên"),
        ("hang", "2021..2023", "Kỳ gồm nhiều năm được đánh giá theo năm cuối: năm 2023."),
        ("so-luong", "2023Q2", "Kế hoạch không giao chỉ tiêu cụ thể."),
        ("cao-nhat", "2023Q2", "Chưa có mục tiêu nào áp dụng."),
        ("loi", "2021", "Không cần số liệu: chỉ tiêu không áp dụng trong kỳ này."),
        ("loi", "2023Q2", "data/2023Q2.yaml:4: quý II năm 2023: Đã làm xong."),
        ("loai", "2022", "data/2022.yaml:5: năm 2022: Tốt"),
        ("dung-han", "2022Q1", "Nhiều số liệu không có tử số, mẫu số: không tổng hợp được."),
    ],
)
def test_every_kind_has_its_words(cchc: Cchc, put: Put, indicator: str, period: str, said: str) -> None:
    put("2022", "measurements:\n  hang: {value: 5, of: 17}\n  loai: {value: tốt}\n")
    put("2023Q2", "measurements:\n  loi: {text: Đã làm xong.}\n")
    put("2022-01", "measurements:\n  dung-han: {value: 98.5}\n")
    put("2022-02", "measurements:\n  dung-han: {value: 99}\n")
    status, out, _ = cchc("explain", indicator, period)
    assert (status, said in out) == (0, True), out


def test_the_answer_as_json_holds_places_and_exact_numbers(cchc: Cchc, put: Put) -> None:
    put("2023-01", "measurements:\n  dung-han: {numerator: 99, denominator: 100}\n")
    answer = json.loads(cchc("explain", "dung-han", "2023-01", "-f", "json")[1])
    assert answer["schema"] == "cchc/explain/1"
    assert answer["evaluation"]["status"] == "met"
    assert answer["inputs"][0] | {"display": ""} == {
        "period": "2023-01", "place": "data/2023-01.yaml:4", "use": "used", "numerator": 99, "denominator": 100,
        "value": None, "text": None, "quality": "final", "display": "",
    }  # fmt: skip
    assert answer["targets"][0]["place"] == "plan/areas/1-thu.yaml:13"
    assert (answer["outlook"]["need"], answer["outlook"]["low"]) == ("within", 97.909091)
    put("2023-12", "measurements:\n  so-luong: {value: 1}\n")
    assert json.loads(cchc("explain", "so-luong", "2023-12", "-f", "json")[1])["outlook"] is None


def test_markdown_is_inert(cchc: Cchc, put: Put, small: Path) -> None:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8").replace("name: Số lượng", 'name: "<b>*Số*</b>"'), encoding="utf-8")
    put("2023-01", "illustrative: true\nmeasurements:\n  so-luong: {value: 1}\n")
    out = cchc("explain", "so-luong", "2023-01", "-f", "md")[1]
    assert out.startswith("# ")
    assert "<b>" not in out
    assert "**SỐ LIỆU GIẢ ĐỊNH, KHÔNG PHẢI SỐ LIỆU THỰC TẾ**" in out


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("dung-han", "“dung-han” là mã chỉ tiêu hoặc số liệu thống kê, còn thiếu kỳ (PERIOD)"),
        ("dung-han", "cchc explain dung-han last-month"),
        ("dung-ha", "dung-han, cong-khai? Kết quả đánh giá: cchc explain dung-han PERIOD"),
        ("E20", "cchc explain CHỈ_TIÊU KỲ"),
        ("E20", "Mã gồm E hoặc W"),
    ],
)
def test_a_word_without_a_period_that_is_no_code_is_looked_up(cchc: Cchc, word: str, said: str) -> None:
    status, out, err = cchc("explain", word)
    assert (status, out, said in err) == (2, "", True), err


def test_a_code_needs_no_workspace_and_another_word_is_refused_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "khac").mkdir()
    monkeypatch.chdir(tmp_path / "khac")
    assert run(["explain", "E203"]) == 0
    assert run(["explain", "dung-han"]) == 2
    assert "cchc explain CHỈ_TIÊU KỲ" in capsys.readouterr().err


LATE = ("--today", "2024-01-20")


def test_of_a_year_that_is_over_nothing_is_still_to_come(cchc: Cchc, put: Put) -> None:
    for month in (*range(1, 7), *range(8, 13)):
        put(f"2023-{month:02}", "measurements:\n  dung-han: {numerator: 97, denominator: 100}\n")
    for period in ("2023", "2023-12"):
        out = cchc("explain", "dung-han", period, *LATE)[1]
        assert "7. Số liệu còn thiếu phải đạt\n   Đã hết kỳ mà chưa có số liệu: tháng 7/2023.\n" in out
        assert "Phần còn lại" not in out
    early = cchc("explain", "dung-han", "2023-11", *LATE)[1]
    assert "7. Tính đến hết tháng 11/2023, phần còn lại của năm phải đạt\n" in early
    json_ = json.loads(cchc("explain", "dung-han", "2023-11", "-f", "json", *LATE)[1])
    assert (json_["outlook"]["missing"], json_["outlook"]["remaining"]) == (["2023-07"], ["2023-07", "2023-12"])


def test_of_one_figure_that_is_left_it_is_said_what_that_one_must_bring(cchc: Cchc, put: Put) -> None:
    for month in range(1, 12):
        put(f"2023-{month:02}", "measurements:\n  tong: {value: 1}\n  trung-binh: {value: 7}\n")
    assert "số liệu tháng 12/2023 phải đạt ít nhất 89 việc" in cchc("explain", "tong", "2023-11", *LATE)[1]
    assert "số liệu tháng 12/2023 phải đạt" in cchc("explain", "trung-binh", "2023-11", *LATE)[1]


def test_of_a_year_that_goes_on_what_is_missing_is_told_beside_what_is_to_come(cchc: Cchc, put: Put) -> None:
    put("2023-01", "measurements:\n  dung-han: {numerator: 99, denominator: 100}\n")
    for period in ("2023", "2023-01"):
        out = cchc("explain", "dung-han", period, "--today", "2023-03-20")[1]
        assert "Phần còn lại của năm phải đạt\n   Đã hết kỳ mà chưa có số liệu: tháng 2, 3/2023.\n" in out


def test_a_target_that_is_lost_whatever_comes_names_no_assumption(cchc: Cchc, put: Put, small: Path) -> None:
    area = small / "plan/areas/1-thu.yaml"
    area.write_text(area.read_text(encoding="utf-8").replace("at_least: 98", "equal_to: 100"), encoding="utf-8")
    put("2023-01", "measurements:\n  dung-han: {numerator: 99, denominator: 100}\n")
    out = cchc("explain", "dung-han", "2023-01", "--today", "2023-01-20")[1]
    assert "Dù tháng 2–12/2023 đạt bao nhiêu cũng không đạt được mục tiêu năm 2023 nữa." in out
    assert "Giả định" not in out


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("dung-han", "số liệu cần có trong thời gian từ tháng 2/2023 đến tháng 5/2023: tháng 2–5/2023."),
        ("hang", "đến hết tháng 5/2023 chưa hết kỳ đo của chỉ tiêu."),
    ],
)
def test_several_months_are_named_as_people_do(cchc: Cchc, indicator: str, said: str) -> None:
    out = cchc("explain", indicator, "2023-02..2023-05")[1]
    assert said in out
    assert "trong từ" not in out


def test_what_cannot_be_explained_is_refused(cchc: Cchc, put: Put) -> None:
    assert cchc("explain", "dung-ha", "2023-01")[0] == 2
    assert cchc("explain", "dung-han", "2023-13")[0] == 2
    assert cchc("explain", "dung-han", "2031")[0] == 2
    put("2023-01", "measurements:\n  dung-han: {numerator: 5, denominator: 4}\n")
    assert cchc("explain", "dung-han", "2023-01")[0] == 1
