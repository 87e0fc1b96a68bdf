"""The sentences of a report, as domain facts word them: figure, verdict, last year, year to date."""

from collections.abc import Mapping
from typing import Any

import pytest

from cchc.core.evaluate import evaluate
from cchc.core.period_forms import parse_period
from cchc.core.report import build as build_report
from cchc.texts import Language, translator
from cchc.views.present import status_text
from cchc.views.sentences import sentence, summary_counts, summary_sentence

VI = translator(Language.VIETNAMESE)
SHARE = {"name": "Tỷ lệ hồ sơ đúng hạn", "item": "hồ sơ", "denominator": "Hồ sơ được trả kết quả"}
FLOOR = [{"from": "2021", "at_least": "98", "as_written": "từ 98% trở lên"}]
WHOLE = [{"from": "2021", "equal_to": "100", "as_written": "100%"}]
BY = [{"by": "2025", "at_least": "80", "as_written": "80%"}]
TIME = {"name": "Thời gian chờ trung bình", "unit": "phút/lượt", "factor": "1", "share": "false"}
RANK = {
    "name": "Chỉ số CCHC", "kind": "rank", "unit": None, "item": "xã, thị trấn", "frequency": "year",
    "targets": [{"from": "2021", "at_most": "6", "as_written": "từ 5 đến 6"}],
}  # fmt: skip
GRADE = {
    "name": "Chỉ số CCHC của xã", "kind": "grade", "unit": None, "frequency": "year", "scale": ["khá", "tốt"],
    "targets": [{"from": "2021", "at_least": "tốt", "as_written": "từ loại Tốt trở lên"}],
}  # fmt: skip


def result(build: Any, entries: Mapping[str, Any], period: str, **fields: Any) -> Any:
    indicator = build.indicator(**fields)
    return evaluate(build.dataset(indicator, figures=build.of(entries)), indicator, parse_period(period))


@pytest.mark.parametrize(
    ("fields", "entries", "period", "said"),
    [
        (
            SHARE | {"targets": FLOOR},
            {"2022-06": "979/1000", "2023-05": "9824/10000", "2023-06": "1236/1254"},
            "2023-06",
            "Tỷ lệ hồ sơ đúng hạn đạt 98,56% (1.236/1.254 hồ sơ), vượt 0,56 điểm phần trăm so với mục tiêu Kế hoạch"
            " (từ 98% trở lên), tăng 0,66 điểm phần trăm so với cùng kỳ năm 2022 (97,90%); lũy kế từ đầu năm 98,28%.",
        ),
        (
            SHARE | {"targets": WHOLE},
            {"2023-01": "5/5"},
            "2023-01",
            "Tỷ lệ hồ sơ đúng hạn đạt 100% (5/5 hồ sơ), đạt mục tiêu Kế hoạch (100%).",
        ),
        (
            SHARE | {"targets": FLOOR},
            {"2023-01": {"numerator": "972", "denominator": "1000", "note": "Chờ xác minh."}},
            "2023-01",
            "Tỷ lệ hồ sơ đúng hạn đạt 97,20% (972/1.000 hồ sơ), chưa đạt mục tiêu Kế hoạch (từ 98% trở lên),"
            " thấp hơn 0,80 điểm phần trăm; nguyên nhân: chờ xác minh.",
        ),
        (
            SHARE | {"targets": FLOOR},
            {"2023-01": "48999/50000"},
            "2023-01",
            "Tỷ lệ hồ sơ đúng hạn đạt 97,998% (48.999/50.000 hồ sơ), chưa đạt mục tiêu Kế hoạch (từ 98% trở lên),"
            " thấp hơn 0,002 điểm phần trăm.",
        ),
        (
            SHARE | {"targets": BY, "frequency": "quarter"},
            {"2023Q1": "621/1000"},
            "2023Q1",
            "Đến hết quý I năm 2023 tỷ lệ hồ sơ đúng hạn đạt 62,10% (621/1.000 hồ sơ); mục tiêu đến năm 2025 là 80%,"
            " chưa đến hạn đánh giá.",
        ),
        (
            SHARE | {"targets": BY, "frequency": "quarter"},
            {"2023Q1": "81/100"},
            "2023Q1",
            "Đến hết quý I năm 2023 tỷ lệ hồ sơ đúng hạn đạt 81% (81/100 hồ sơ); mục tiêu đến năm 2025 là 80%,"
            " đã đạt trước hạn.",
        ),
        (
            TIME | {"targets": [{"from": "2021", "at_most": "15"}]},
            {"2023-01": "31000/2500"},
            "2023-01",
            "Thời gian chờ trung bình 12,40 phút/lượt (31.000 phút/2.500 lượt), thấp hơn 2,60 phút so với mức tối đa"
            " 15 phút/lượt.",
        ),
        (
            TIME | {"targets": [{"from": "2021", "at_most": "12"}]},
            {"2023-01": "31000/2500"},
            "2023-01",
            "Thời gian chờ trung bình 12,40 phút/lượt (31.000 phút/2.500 lượt), cao hơn 0,40 phút so với mức tối đa"
            " 12 phút/lượt, chưa đạt mục tiêu Kế hoạch.",
        ),
        (
            RANK,
            {"2021": {"value": "7", "of": "17"}, "2022": {"value": "5", "of": "17", "announced": {"document": "Quyết định số 415/QĐ-UBND"}}},
            "2022",
            "Chỉ số CCHC năm 2022 xếp thứ 5/17 xã, thị trấn (Quyết định số 415/QĐ-UBND), đạt mục tiêu (xếp thứ 5 đến 6),"
            " tăng 02 bậc so với năm 2021.",
        ),
        (RANK, {"2022": {"value": "4", "of": "17"}}, "2022", "Chỉ số CCHC năm 2022 xếp thứ 4/17 xã, thị trấn, cao hơn mục tiêu."),
        (
            RANK,
            {"2021": {"value": "7", "of": "17"}, "2022": {"value": "7", "of": "17"}},
            "2022",
            "Chỉ số CCHC năm 2022 xếp thứ 7/17 xã, thị trấn, không đạt, thấp hơn mục tiêu 01 bậc, bằng năm 2021.",
        ),
        (GRADE, {"2022": {"value": "tốt", "points": "86.25"}}, "2022", "Chỉ số CCHC của xã xếp loại Tốt (86,25 điểm), đạt mục tiêu (từ loại Tốt trở lên)."),
        (GRADE, {"2022": "khá"}, "2022", "Chỉ số CCHC của xã xếp loại Khá, không đạt mục tiêu (từ loại Tốt trở lên)."),
        (
            {"kind": "yes_no", "unit": None, "frequency": "year", "phrases": {"yes": "Xã được công nhận đạt chuẩn tiếp cận pháp luật", "no": "Xã chưa được công nhận"}},
            {"2022": "có"},
            "2022",
            "Xã được công nhận đạt chuẩn tiếp cận pháp luật năm 2022. Kế hoạch không giao chỉ tiêu cụ thể.",
        ),
        ({"kind": "narrative", "unit": None}, {"2023-01": {"text": "Đã ban hành 02 văn bản"}}, "2023-01", "Đã ban hành 02 văn bản."),
        (SHARE, {"2023-01": "0/0"}, "2023-01", "Trong tháng 1/2023 không phát sinh hồ sơ được trả kết quả."),
        (SHARE | {"survey": "true"}, {"2023-01": "0/0"}, "2023-01", "Trong kỳ chưa tổ chức khảo sát."),
        (SHARE, {}, "2023-01", "Đến thời điểm báo cáo chưa có số liệu."),
        (RANK, {"2022": {"value": "5", "of": "17"}}, "2023Q2", "Kết quả năm 2023 chưa đến kỳ đánh giá; năm 2022: 5/17."),
        (RANK, {}, "2023Q2", "Kết quả năm 2023 chưa đến kỳ đánh giá."),
        (RANK | {"announced": {"by": "UBND huyện"}}, {}, "2023", "Kết quả năm 2023 chưa được công bố."),
        (SHARE, {"2023-01": "1/2"}, "2023-01", "Tỷ lệ hồ sơ đúng hạn đạt 50% (1/2 hồ sơ). Kế hoạch không giao chỉ tiêu cụ thể."),
        (SHARE | {"valid": {"to": "2022-12"}}, {}, "2023-01", "Không đánh giá do mục tiêu không áp dụng trong kỳ này."),
    ],
)  # fmt: skip
def test_each_result_has_its_sentence(
    build: Any, fields: dict[str, Any], entries: dict[str, Any], period: str, said: str
) -> None:
    assert sentence(result(build, entries, period, **fields), VI) == said


@pytest.mark.parametrize(
    ("fields", "entries", "period", "word"),
    [
        ({"targets": FLOOR}, {"2023-04": "1/1", "2023-06": "1/1"}, "2023Q2", "đạt (tạm tính, 2/3 tháng)"),
        ({"targets": FLOOR}, {"2023-04": {"numerator": "1", "denominator": "1", "quality": "provisional"}}, "2023-04", "đạt (tạm tính)"),
        ({"targets": FLOOR}, {"2023-04": "1/2"}, "2023-04", "chưa đạt"),
        ({"targets": FLOOR, "frequency": "year"}, {"2023": "1/2"}, "2023", "không đạt"),
        ({"targets": BY}, {"2023-04": "1/2"}, "2023-04", "chưa đến hạn"),
        ({"frequency": "year"}, {}, "2023-04", "chưa đến kỳ đánh giá"),
        ({"survey": "true"}, {"2023-04": "0/0"}, "2023-04", "chưa tổ chức khảo sát"),
        ({}, {"2023-04": "0/0"}, "2023-04", "không phát sinh"),
        ({}, {"2023-04": "1/2"}, "2023-04", "theo dõi (không giao chỉ tiêu)"),
        ({"valid": {"to": "2022-12"}}, {}, "2023-04", "không đánh giá (mục tiêu không áp dụng trong kỳ này)"),
    ],
)  # fmt: skip
def test_each_status_has_its_word(
    build: Any, fields: dict[str, Any], entries: dict[str, Any], period: str, word: str
) -> None:
    assert status_text(result(build, entries, period, **fields), VI) == word


def test_the_summary_counts_what_can_be_judged(build: Any) -> None:
    indicators = (
        build.indicator(id="dat", targets=FLOOR),
        build.indicator(id="thieu", targets=FLOOR),
        build.indicator(id="theo-doi"),
        build.indicator(id="loi", kind="narrative", unit=None),
    )
    figures = {"2023-01": {"dat": build.counts("1/1"), "theo-doi": build.counts("1/2"), "loi": {"text": "a"}}}
    report = build_report(build.dataset(*indicators, figures=figures), parse_period("2023-01"))
    assert summary_sentence(report, VI) == (
        "Trong 02 mục tiêu có tiêu chí đánh giá: đạt 01, chưa đạt 00, chưa có số liệu 01; 01 mục tiêu theo dõi;"
        " 01 mục tiêu đánh giá bằng lời."
    )


SUM = {
    "name": "Số đơn thư", "kind": "count", "unit": "đơn", "frequency": "quarter",
    "targets": [{"from": "2021", "at_most": "100"}],
}  # fmt: skip
NEWS = SUM | {"name": "Số tin", "unit": "tin", "targets": [{"from": "2021", "at_least": "100"}]}
QUARTERS = [f"2023Q{number}" for number in (1, 2, 3, 4)]
LATE_TIME = TIME | {
    "targets": [{"by": "2025", "at_most": "15"}],
    "baseline": {"year": "2021", "value": "30"},
    "interpolate": "linear",
}


@pytest.mark.parametrize(
    ("fields", "entries", "period", "said"),
    [
        (  # a sum is judged on the year to date
            SUM, dict.fromkeys(QUARTERS, "30"), "2023Q4",
            "Số đơn thư 30 đơn; lũy kế từ đầu năm 120 đơn, cao hơn 20 đơn so với mức tối đa 100 đơn, chưa đạt mục tiêu Kế hoạch.",
        ),
        (
            NEWS, dict.fromkeys(QUARTERS, "20"), "2023Q4",
            "Số tin đạt 20 tin; lũy kế từ đầu năm 80 tin, chưa đạt mục tiêu Kế hoạch (từ 100 tin trở lên), thấp hơn 20 tin.",
        ),
        (
            NEWS, dict.fromkeys(QUARTERS, "20"), "2023",
            "Số tin đạt 80 tin, không đạt mục tiêu Kế hoạch (từ 100 tin trở lên), thấp hơn 20 tin.",
        ),
        (  # a ceiling that is due later
            LATE_TIME, {"2023-12": "20/1"}, "2023-12",
            "Thời gian chờ trung bình 20 phút/lượt (20 phút/1 lượt); mục tiêu đến năm 2025 là không quá 15 phút/lượt, đúng tiến độ; lũy kế từ đầu năm 20 phút/lượt.",
        ),
        (
            LATE_TIME, {"2023-12": "29/1"}, "2023-12",
            "Thời gian chờ trung bình 29 phút/lượt (29 phút/1 lượt); mục tiêu đến năm 2025 là không quá 15 phút/lượt, chậm tiến độ; lũy kế từ đầu năm 29 phút/lượt.",
        ),
        (
            TIME | {"targets": [{"by": "2025", "at_most": "15"}]}, {"2023-12": "29/1"}, "2023-12",
            "Thời gian chờ trung bình 29 phút/lượt (29 phút/1 lượt); mục tiêu đến năm 2025 là không quá 15 phút/lượt,"
            " chưa đến hạn đánh giá; lũy kế từ đầu năm 29 phút/lượt.",
        ),
        (
            LATE_TIME, {"2023-12": "12/1"}, "2023-12",
            "Thời gian chờ trung bình 12 phút/lượt (12 phút/1 lượt), thấp hơn 3 phút so với mức tối đa 15 phút/lượt; lũy kế từ đầu năm 12 phút/lượt.",
        ),
        (  # ranks and grades that are due later
            RANK | {"targets": [{"by": "2025", "at_most": "6"}]}, {"2023": {"value": "8", "of": "17"}}, "2023",
            "Chỉ số CCHC năm 2023 xếp thứ 8/17 xã, thị trấn; mục tiêu đến năm 2025 là xếp thứ 6 trở lên, chưa đến hạn đánh giá.",
        ),
        (
            GRADE | {"targets": [{"by": "2025", "at_least": "tốt"}]}, {"2023": {"value": "khá"}}, "2023",
            "Chỉ số CCHC của xã xếp loại Khá; mục tiêu đến năm 2025 là từ tốt trở lên, chưa đến hạn đánh giá.",
        ),
        (  # figures that stand beside keep their side of the target
            SHARE | {"targets": FLOOR}, {"2022-01": "48999/50000", "2023-01": "48999/50000"}, "2023-01",
            "Tỷ lệ hồ sơ đúng hạn đạt 97,998% (48.999/50.000 hồ sơ), chưa đạt mục tiêu Kế hoạch (từ 98% trở lên),"
            " thấp hơn 0,002 điểm phần trăm, bằng cùng kỳ năm 2022 (97,998%).",
        ),
        (  # abbreviations keep their capitals
            SHARE | {"name": "DVCTT toàn trình", "targets": BY, "frequency": "quarter"}, {"2023Q1": "1/2"}, "2023Q1",
            "Đến hết quý I năm 2023 DVCTT toàn trình đạt 50% (1/2 hồ sơ); mục tiêu đến năm 2025 là 80%, chưa đến hạn đánh giá.",
        ),
        (
            SHARE | {"denominator": "TTHC có phí", "targets": FLOOR}, {"2023-01": "0/0"}, "2023-01",
            "Trong tháng 1/2023 không phát sinh TTHC có phí.",
        ),
        (  # what is judged is named, not the shorter period of the report
            RANK | {"announced": {"by": "Huyện"}}, {}, "2023Q4", "Kết quả năm 2023 chưa được công bố.",
        ),
        (
            SHARE | {"frequency": "year", "targets": FLOOR}, {"2023": "0/0"}, "2023Q4",
            "Trong năm 2023 không phát sinh hồ sơ được trả kết quả.",
        ),
        (  # the plan's own words are not doubled
            RANK | {"targets": [{"from": "2021", "at_most": "6", "as_written": "xếp thứ 5 đến 6"}]},
            {"2023": {"value": "5", "of": "17"}}, "2023",
            "Chỉ số CCHC năm 2023 xếp thứ 5/17 xã, thị trấn, đạt mục tiêu (xếp thứ 5 đến 6).",
        ),
    ],
)  # fmt: skip
def test_a_sentence_never_says_something_else_than_the_verdict(
    build: Any, fields: Any, entries: Any, period: str, said: str
) -> None:
    assert sentence(result(build, entries, period, **fields), VI) == said


def test_the_counts_are_those_of_the_summary_sentence(build: Any) -> None:
    yearly = build.indicator(id="nam", frequency="year", targets=FLOOR)
    followed = build.indicator(id="theo", frequency="year")
    data = build.dataset(build.indicator(targets=FLOOR), yearly, followed, figures=build.of({"2023-06": "99/100"}))
    report = build_report(data, parse_period("2023-06"))
    assert {name: count for name, count in summary_counts(report).items() if count} == {
        "met": 1,
        "not_due": 1,
        "monitored": 1,
    }
    assert summary_sentence(report, VI).endswith("đạt 01, chưa đạt 00, chưa đến kỳ 01; 01 mục tiêu theo dõi.")
