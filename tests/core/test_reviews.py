"""What is worth another look, and what is not: each review with the figures that it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.core.model import Dataset, Identity, Indicator
from cchc.core.reviews import HISTORY, Reviewed, Stored, review

TODAY = date(2023, 12, 31)
Found = tuple[str, str, tuple[str | int, ...]]  # code, file without folder and suffix, path after the section


def found(
    data: Dataset, today: date = TODAY, stored: Mapping[str, Stored] | None = None, codes: str = "W"
) -> list[Found]:
    """Return what is found, in the order of the reviews; `codes` narrows it to those that begin so."""
    lying = stored or {}
    seen = Reviewed(data, today, lambda path, _: lying.get(path, Stored(exists=False)))
    return [
        (problem.code, problem.file.removeprefix("data/").removesuffix(".yaml"), problem.path[1:])
        for problem in review(seen)
        if problem.code.startswith(codes)
    ]


def months(*figures: str, year: int = 2023, first: int = 1) -> dict[str, str]:
    """Return figures of one month after the other by period."""
    return {f"{year}-{month:02}": figure for month, figure in enumerate(figures, first)}


USUAL = ("412/418", "399/404", "420/431", "377/380", "405/409", "391/398")


# W505


@pytest.mark.parametrize(
    ("fields", "figures", "expected"),
    [
        ({}, (*USUAL, "300/410"), [("W505", "2023-07", ("chi-tieu", "numerator"))]),
        ({}, (*USUAL, "400/410"), []),
        ({}, (*USUAL, "4000/4100"), [("W505", "2023-07", ("chi-tieu", "denominator"))]),
        ({}, (*USUAL, "40/41"), [("W505", "2023-07", ("chi-tieu", "denominator"))]),
        ({"aggregation": "last"}, (*USUAL, "4000/4100"), []),
        ({}, (*USUAL, "0/0"), []),
        ({}, (*USUAL[:5], "300/410"), []),  # too short a history
        ({}, (*USUAL, "73"), [("W505", "2023-07", ("chi-tieu", "value"))]),
        ({"kind": "count", "unit": "tin"}, ("5", "4", "6", "5", "7", "5", "61"), [("W505", "2023-07", ("chi-tieu", "value"))]),
        ({"kind": "count", "unit": "tin"}, ("0", "1", "0", "0", "2", "0", "6"), []),
        ({"kind": "number", "unit": "điểm"}, ("85.5", "86", "84", "85", "87", "86.5", "8.6"), [("W505", "2023-07", ("chi-tieu", "value"))]),
        ({"kind": "number", "unit": "điểm"}, ("0", "0", "0", "0", "0", "0", "3"), []),  # nothing to measure by
        ({"kind": "number", "unit": "điểm"}, ("-5", "-5", "-5", "-5", "-5", "-5", "5"), [("W505", "2023-07", ("chi-tieu", "value"))]),
    ],
)  # fmt: skip
def test_a_figure_far_from_its_own_history(
    build: Any, fields: dict[str, Any], figures: tuple[str, ...], expected: list[Found]
) -> None:
    data = build.dataset(build.indicator(**fields), figures=build.of(months(*figures)))
    assert found(data, codes="W505") == expected


def test_a_tally_far_from_its_history_is_meant_as_a_whole(build: Any) -> None:
    tallies = [(60 + n % 3, 30) for n in range(6)] + [(5, 10)]
    figures = {
        period: {"survey": {"very_satisfied": str(good), "satisfied": "5", "neutral": str(rest // 10),
                            "dissatisfied": str(rest - rest // 10), "very_dissatisfied": "0"}}
        for period, (good, rest) in zip(months(*"1234567"), tallies, strict=True)
    }  # fmt: skip
    data = build.dataset(build.indicator(survey="true"), figures=build.of(figures))
    assert found(data, codes="W505") == [("W505", "2023-07", ("chi-tieu", "survey"))]


def test_what_is_usual_is_said(build: Any) -> None:
    data = build.dataset(build.indicator(), figures=build.of(months(*USUAL, "300/410")))
    problem = next(review(Reviewed(data, TODAY, lambda *_: Stored(exists=True))))
    assert str(problem.args["usual"]) == "98.56"


@given(st.lists(st.integers(380, 420), min_size=HISTORY, max_size=24))
def test_figures_within_a_twentieth_of_each_other_never_stand_out(sizes: list[int]) -> None:
    from tests.conftest import Build  # noqa: PLC0415  # a property has no fixtures

    labels = [f"{2021 + n // 12}-{n % 12 + 1:02}" for n in range(len(sizes))]
    figures = {label: f"{size}/{size + 4}" for label, size in zip(labels, sizes, strict=True)}
    data = Build.dataset(Build.indicator(), figures=Build.of(figures))
    assert found(data, codes="W505") == []


# W506


@pytest.mark.parametrize(
    ("fields", "figures", "expected"),
    [
        ({}, ("97/100", "97/100", "97/100"), [("W506", "2023-03", ("chi-tieu",))]),
        ({}, ("97/100", "97/100"), []),
        ({}, ("97/100", "97/100", "96/100", "97/100"), []),
        ({}, ("97/100", "96/100", "96/100", "96/100", "96/100", "97/100"), [("W506", "2023-05", ("chi-tieu",))]),
        ({}, ("97/100", "194/200", "97/100"), []),  # one percentage, other counts
        ({}, ("100/100", "100/100", "100/100"), []),
        ({}, ("0/0", "0/0", "0/0"), []),
        ({}, ("97.5", "97.5", "97.5"), [("W506", "2023-03", ("chi-tieu",))]),
        ({}, ("100", "100", "100"), []),
        ({"aggregation": "last"}, ("97/100", "97/100", "97/100"), []),
        ({"frequency": "quarter"}, (), []),
        ({"kind": "count", "unit": "tin"}, ("5", "5", "5"), [("W506", "2023-03", ("chi-tieu",))]),
        ({"kind": "count", "unit": "tin"}, ("0", "0", "0"), []),
        ({"kind": "count", "unit": "người", "aggregation": "last"}, ("5", "5", "5"), []),
        ({"unit": "phút/lượt", "share": "false"}, ("100/100", "100/100", "100/100"), [("W506", "2023-03", ("chi-tieu",))]),
    ],
)  # fmt: skip
def test_the_same_figure_three_months_running(
    build: Any, fields: dict[str, Any], figures: tuple[str, ...], expected: list[Found]
) -> None:
    data = build.dataset(build.indicator(**fields), figures=build.of(months(*figures)))
    assert found(data, codes="W506") == expected


def test_a_missing_month_ends_the_run(build: Any) -> None:
    figures = {"2023-01": "97/100", "2023-02": "97/100", "2023-04": "97/100"}
    assert found(build.dataset(build.indicator(), figures=build.of(figures)), codes="W506") == []


def test_a_run_goes_on_over_the_end_of_the_year(build: Any) -> None:
    figures = {"2022-12": "97/100", "2023-01": "97/100", "2023-02": "97/100"}
    data = build.dataset(build.indicator(), figures=build.of(figures))
    assert found(data, codes="W506") == [("W506", "2023-02", ("chi-tieu",))]


def test_the_same_tally_three_months_running(build: Any) -> None:
    tally = {
        "survey": dict.fromkeys(("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"), "3")
    }
    figures = dict.fromkeys(months("", "", ""), tally)
    data = build.dataset(build.indicator(survey="true"), figures=build.of(figures))
    assert found(data, codes="W506") == [("W506", "2023-03", ("chi-tieu",))]


# W518


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ({"con-lai": "35"}, {"chuyen-sang": "35"}, 0),
        ({"con-lai": "35"}, {"chuyen-sang": "53"}, 1),
        ({"con-lai": "35", "con-lai-2": "18"}, {"chuyen-sang": "53"}, 0),
        ({}, {"chuyen-sang": "53"}, 0),
    ],
)
@pytest.mark.parametrize("month", ["2023-06", "2023-07"])
def test_what_is_carried_over_was_left_over(
    build: Any, earlier: dict[str, str], later: dict[str, str], expected: int, month: str
) -> None:
    parts = ["con-lai", "con-lai-2"] if "con-lai-2" in earlier else ["con-lai"]
    statistics = tuple(
        build.indicator(id=key, kind="count", unit="hồ sơ", aggregation="last") for key in ("chuyen-sang", *parts)
    )
    figures = {
        "2023-05": {key: {"value": value} for key, value in {"chuyen-sang": "1", **earlier}.items()},
        month: {key: {"value": value} for key, value in later.items()},
    }
    data = build.dataset(statistics=statistics, figures=figures)
    identity = Identity.model_validate({"whole": "chuyen-sang", "parts": parts, "carried": "true"})
    data = replace(data, plan=replace(data.plan, identities=(identity,)))
    wanted = [("W518", "2023-06", ("chuyen-sang", "value"))] * expected if month == "2023-06" else []
    assert found(data, codes="W518") == wanted


# W507, W508, W509


def test_nothing_arose_without_a_source(build: Any) -> None:
    figures = {"2023-01": build.counts("0/0"), "2023-02": build.counts("0/0", source="Sổ một cửa"), "2023-03": "1/2"}
    data = build.dataset(build.indicator(), figures=build.of(figures))
    assert found(data) == [("W507", "2023-01", ("chi-tieu",))]


def statistic(build: Any, **fields: str) -> Indicator:
    return build.indicator(**({"id": "tiep-nhan", "kind": "count", "unit": "Hồ sơ"} | fields))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("fields", "period", "value", "expected"),
    [
        ({}, "2023-02", "12", [("W508", "2023Q1", ("chi-tieu",))]),
        ({}, "2023-02", "0", []),
        ({}, "2023-04", "12", []),
        ({"unit": "phiếu"}, "2023-02", "12", []),
        ({"area": "khac"}, "2023-02", "12", []),
        ({"frequency": "quarter"}, "2023Q1", "12", [("W508", "2023Q1", ("chi-tieu",))]),
    ],
)
def test_nothing_arose_beside_statistics_that_count_something(
    build: Any, fields: dict[str, str], period: str, value: str, expected: list[Found]
) -> None:
    entry = build.indicator(item="hồ sơ", frequency="quarter")
    figures: dict[str, dict[str, Any]] = {"2023Q1": {"chi-tieu": build.counts("0/0", source="Sổ")}}
    figures.setdefault(period, {})["tiep-nhan"] = {"value": value}
    data = build.dataset(entry, figures=figures, statistics=(statistic(build, **fields),))
    assert found(data) == expected


def test_nothing_arose_in_half_the_year(build: Any) -> None:
    zero = build.counts("0/0", source="Sổ")
    figures = {f"2023-{month:02}": zero if month % 2 else build.counts("7/8") for month in range(1, 13)}
    data = build.dataset(build.indicator(), figures=build.of(figures))
    assert found(data) == [("W509", "2023-11", ("chi-tieu",))]
    del figures["2023-03"]
    assert found(build.dataset(build.indicator(), figures=build.of(figures))) == []


def test_quarters_with_nothing_are_no_half_year(build: Any) -> None:
    figures = {f"202{year}Q{quarter}": build.counts("0/0", source="Sổ") for year in (1, 2) for quarter in (1, 2, 3, 4)}
    assert found(build.dataset(build.indicator(frequency="quarter"), figures=build.of(figures))) == []


# W510, W511


@pytest.mark.parametrize(
    ("kind", "entry", "expected"),
    [
        ("yes_no", {"value": "có"}, 1),
        ("yes_no", {"value": "không"}, 0),
        ("yes_no", {"value": "có", "announced": {"document": "415/QĐ-UBND"}}, 0),
        ("yes_no", {"value": "có", "evidence": [{"title": "Quyết định công nhận"}]}, 0),
        ("yes_no", {"value": "có", "evidence": ["minh-chung/qd.pdf"]}, 0),
        ("yes_no", {"value": "có", "note": "theo Quyết định 415"}, 1),
        ("rank", {"value": "5", "of": "17"}, 1),
        ("grade", {"value": "tốt"}, 1),
        ("grade", {"value": "tốt", "announced": {"document": "415/QĐ-UBND"}}, 0),
    ],
)
def test_a_result_without_a_document(build: Any, kind: str, entry: dict[str, Any], expected: int) -> None:
    fields = {"scale": ["khá", "tốt"]} if kind == "grade" else {}
    indicator = build.indicator(kind=kind, unit=None, frequency="year", **fields)
    data = build.dataset(indicator, figures=build.of({"2022": entry}))
    assert found(data, codes="W510") == [("W510", "2022", ("chi-tieu",))] * expected


def test_a_percentage_alone(build: Any) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": "97.5", "2023-02": "39/40"}))
    assert found(data) == [("W511", "2023-01", ("chi-tieu", "value"))]


# W512


@pytest.mark.parametrize(("newest", "expected"), [("2023-04", 0), ("2023-05", 1), ("2023Q1", 0), ("2023", 1)])
def test_a_provisional_figure_more_than_a_quarter_older_than_the_newest(build: Any, newest: str, expected: int) -> None:
    frequency = {4: "year", 6: "quarter", 7: "month"}[len(newest)]
    other = build.indicator(id="khac", frequency=frequency)
    figures = {
        "2023-01": {"chi-tieu": build.counts("7/8", quality="provisional")},
        newest: {"khac": build.counts("7/8")},
    }
    data = build.dataset(build.indicator(), other, figures=figures)
    assert found(data, date(2024, 1, 31)) == [("W512", "2023-01", ("chi-tieu", "quality"))] * expected


# W513, W514

HASH = "ab" * 32


@pytest.mark.parametrize(
    ("evidence", "stored", "expected"),
    [
        ("a.pdf", None, [("W513", "2023-01", ("chi-tieu", "evidence", 0, "path"))]),
        ("a.pdf", Stored(exists=True), []),
        ("https://cchc.example/a.pdf", None, []),
        ({"title": "Biểu II.06a"}, None, []),
        ({"path": "a.pdf", "sha256": HASH.upper()}, Stored(exists=True, sha256=HASH), []),
        ({"path": "a.pdf", "sha256": HASH}, Stored(exists=True, sha256="cd" * 32), [("W514", "2023-01", ("chi-tieu", "evidence", 0, "sha256"))]),
        ({"path": "a.pdf", "sha256": HASH}, Stored(exists=True), [("W514", "2023-01", ("chi-tieu", "evidence", 0, "sha256"))]),
        ({"path": "a.pdf", "sha256": HASH}, None, [("W513", "2023-01", ("chi-tieu", "evidence", 0, "path"))]),
    ],
)  # fmt: skip
def test_evidence_that_is_not_there_or_another_file(
    build: Any, evidence: Any, stored: Stored | None, expected: list[Found]
) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": build.counts("7/8", evidence=[evidence])}))
    assert found(data, stored={"a.pdf": stored} if stored else {}) == expected


def test_a_hash_is_asked_for_only_where_one_is_stated(build: Any) -> None:
    asked = []

    def stored(path: str, hashed: bool) -> Stored:  # noqa: FBT001  # as reviews call it
        asked.append((path, hashed))
        return Stored(exists=True, sha256=HASH if hashed else None)

    evidence = ["a.pdf", {"path": "b.pdf", "sha256": HASH}]
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": build.counts("7/8", evidence=evidence)}))
    assert list(review(Reviewed(data, TODAY, stored))) == []
    assert asked == [("a.pdf", False), ("b.pdf", True)]


# W515, W516


@pytest.mark.parametrize(
    ("today", "quality", "expected"),
    [
        (date(2023, 6, 30), "final", 0),
        (date(2023, 6, 29), "final", 1),
        (date(2023, 6, 1), "provisional", 0),
        (date(2023, 5, 31), "provisional", 1),
    ],
)
def test_a_figure_about_a_period_that_is_not_over(build: Any, today: date, quality: str, expected: int) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-06": build.counts("7/8", quality=quality)}))
    assert found(data, today) == [("W515", "2023-06", ("chi-tieu",))] * expected


@pytest.mark.parametrize("field", ["provided", "checked"])
@pytest.mark.parametrize(("day", "expected"), [("2023-12-31", 0), ("2024-01-01", 1)])
def test_a_day_that_has_not_come(build: Any, field: str, day: str, expected: int) -> None:
    entry = build.counts("7/8", **{field: {"by": "van-phong", "on": day}})
    data = build.dataset(build.indicator(), figures=build.of({"2023-01": entry}))
    assert found(data) == [("W516", "2023-01", ("chi-tieu", field, "on"))] * expected


def test_a_document_and_a_task_of_tomorrow(build: Any) -> None:
    announced = {"document": "415/QĐ-UBND", "date": "2024-02-01"}
    data = build.dataset(
        build.indicator(kind="yes_no", unit=None),
        figures=build.of({"2023-01": {"value": "có", "announced": announced}}),
        tasks=(build.task(),),
        task_reports={"2023-01": {"viec": {"state": "done", "completed_on": "2024-01-02"}}},
    )
    paths = [("viec", "completed_on"), ("chi-tieu", "announced", "date")]
    assert found(data) == [("W516", "2023-01", path) for path in paths]


# W517


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("...", 1), ("…", 1), ("-", 1), ("___", 1), ("Đang cập nhật", 1), ("đang  CẬP NHẬT...", 1), ("[nội dung]", 1),
        ("xxx", 1), ("aaaa", 1), ("TODO", 1), ("N/A", 1), ("Như trên.", 1), ("(bổ sung sau)", 1), ("…/…", 1),
        ("Đang cập nhật cơ sở dữ liệu thủ tục hành chính", 0), ("Không có", 0), ("Không phát sinh", 0), ("Đạt", 0),
        ("100%", 0), ("Ban hành 05 văn bản", 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["figure", "task", "remark", "cause"])
def test_words_that_stand_in_for_a_text(build: Any, where: str, text: str, expected: int) -> None:
    made: dict[str, dict[str, Any]] = {
        "figure": {"figures": {"2023Q1": {"chi-tieu": {"text": text}}}},
        "task": {"tasks": (build.task(),), "task_reports": {"2023Q1": {"viec": {"state": "done", "text": text}}}},
        "remark": {"remarks": {"2023Q1": {"thu": {"proposals": text}}}},
        "cause": {"remarks": {"2023Q1": {"thu": {"causes": {"subjective": text}}}}},
    }
    data = build.dataset(build.indicator(kind="narrative", unit=None, frequency="quarter"), **made[where])
    path = {"figure": ("chi-tieu", "text"), "task": ("viec", "text"), "remark": ("thu", "proposals")}
    assert found(data) == [("W517", "2023Q1", path.get(where, ("thu", "causes", "subjective")))] * expected


# what is left alone


def test_a_figure_in_the_file_of_another_frequency_is_no_history(build: Any) -> None:
    """It has a finding of its own (E302)."""
    data = build.dataset(build.indicator(), figures=build.of({"2023Q1": "97.5"}))
    assert found(data) == []


def test_nothing_is_said_of_a_workspace_without_figures(build: Any) -> None:
    assert found(build.dataset(build.indicator())) == []
