"""The report before it is text: tasks, remarks, selection, the files that it rests on; and the board."""

from datetime import date
from typing import Any

import pytest

from cchc.core.board import board_periods, build_board
from cchc.core.fields import TaskState
from cchc.core.model import Task
from cchc.core.period_forms import parse_period
from cchc.core.periods import Frequency
from cchc.core.report import build, needed, task_result
from cchc.core.results import Selection


def task(**fields: Any) -> Task:
    return Task.model_validate({"id": "viec", "ref": "II", "title": "Việc", "owner": "van-phong", **fields})


def state_of(build_: Any, reports: dict[str, str], period: str, **fields: Any) -> tuple[str | None, str | None, bool]:
    """Return state, the period that says it, and lateness."""
    entry = task(**({"repeats": "year"} | fields if "due" not in fields else fields))
    written = {label: {"viec": {"state": state}} for label, state in reports.items()}
    result = task_result(build_.dataset(tasks=(entry,), task_reports=written), entry, parse_period(period))
    return result.report.state if result.report else None, str(result.as_of) if result.as_of else None, result.late


@pytest.mark.parametrize(
    ("reports", "period", "expected"),
    [
        ({"2023Q1": "not_started", "2023Q2": "in_progress"}, "2023Q2", (TaskState.IN_PROGRESS, "2023Q2", False)),
        ({"2023Q1": "not_started", "2023Q2": "in_progress"}, "2023Q1", (TaskState.NOT_STARTED, "2023Q1", False)),
        ({"2023Q1": "not_started"}, "2023-9T", (TaskState.NOT_STARTED, "2023Q1", False)),
        ({"2023-06": "in_progress", "2023Q2": "done"}, "2023Q2", (TaskState.DONE, "2023Q2", False)),
        ({"2022Q4": "in_progress"}, "2023Q1", (None, None, False)),
        ({}, "2023Q1", (None, None, False)),
        ({"2025Q4": "in_progress", "2021..2025": "done"}, "2021..2025", (TaskState.DONE, "2021..2025", False)),
    ],
)
def test_the_latest_state_of_the_year_known_by_the_end_counts(
    build: Any, reports: dict[str, str], period: str, expected: tuple[object, ...]
) -> None:
    assert state_of(build, reports, period) == expected


@pytest.mark.parametrize(
    ("reports", "period", "fields", "late"),
    [
        ({"2023Q4": "in_progress"}, "2023", {"due": "2023"}, True),
        ({"2023Q3": "in_progress"}, "2023Q3", {"due": "2023"}, False),
        ({"2023Q4": "done"}, "2023", {"due": "2023"}, False),
        ({"2022Q4": "done"}, "2023", {"due": "2022"}, False),
        ({}, "2023", {"due": "2022"}, True),
        ({}, "2023", {"due": "2022", "requested": "true"}, False),
        ({}, "2023", {"due": "2025", "from": "2022"}, False),
    ],
)
def test_due_over_and_not_done_is_late(
    build: Any,
    reports: dict[str, str],
    period: str,
    fields: dict[str, str],
    late: bool,  # noqa: FBT001
) -> None:
    assert state_of(build, reports, period, **fields)[2] is late


REMARKS = {
    "2023-04": {"thu": {"results": "tháng 4"}},
    "2023-05": {"general": {"results": "chung"}, "thu": {"results": "tháng 5"}},
    "2023H1": {"thu": {"results": "nửa năm"}},
}


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023H1", [("thu", "2023H1")]),
        ("2023Q2", [("thu", "2023-04"), ("thu", "2023-05"), ("general", "2023-05")]),
        ("2023-05", [("thu", "2023-05"), ("general", "2023-05")]),
        ("2023-06", []),
    ],
)
def test_remarks_are_those_of_the_own_file_else_those_inside_in_time_order(
    build: Any, period: str, said: list[tuple[str, str]]
) -> None:
    found = build_of(build, period, remarks=REMARKS).remarks
    assert [(remark.subject, remark.period.label) for remark in found] == said


def build_of(builders: Any, period: str, selection: Selection | None = None, **fields: Any) -> Any:
    return build(builders.dataset(**fields), parse_period(period), selection or Selection())


def test_a_selection_takes_what_the_owner_answers_for_or_joins_in(build: Any) -> None:
    own = build.indicator(id="cua-minh")
    joined = build.indicator(id="phoi-hop", owner="khac", **{"with": ["van-phong"]})
    other = build.indicator(id="cua-nguoi-khac", owner="khac")
    data = build.dataset(own, joined, other, remarks=REMARKS, tasks=(task(repeats="year", area="thu"),))
    report = build_with(data, Selection(owner="van-phong"))
    assert [result.indicator.id for result in report.indicators] == ["cua-minh", "phoi-hop"]
    assert [result.task.id for result in report.tasks] == ["viec"]
    assert {remark.subject for remark in report.remarks} == {"thu"}
    assert not build_with(data, Selection(owner="khac")).remarks
    assert not build_with(data, Selection(area="khac")).indicators
    assert {remark.subject for remark in build_with(data, Selection(area="thu")).remarks} == {"thu"}


def build_with(data: Any, selection: Selection) -> Any:
    return build(data, parse_period("2023Q2"), selection)


def test_figures_that_cannot_be_pooled_are_a_warning(build: Any) -> None:
    indicator = build.indicator()
    report = build_of_figures(build, indicator, {"2023-04": "99", "2023-05": "98"})
    (problem,) = report.problems
    assert (problem.code, problem.file, problem.args["count"]) == ("W504", "data/2023-05.yaml", 2)


def build_of_figures(builders: Any, indicator: Any, entries: dict[str, str]) -> Any:
    return build(builders.dataset(indicator, figures=builders.of(entries)), parse_period("2023Q2"))


def test_the_summary_counts_incomplete_verdicts_apart(build: Any) -> None:
    target = [{"from": "2021", "at_least": "90"}]
    whole, part = build.indicator(id="du", targets=target), build.indicator(id="thieu", targets=target)
    figures = {f"2023-0{n}": {"du": build.counts("1/1")} for n in (4, 5, 6)}
    figures["2023-04"]["thieu"] = build.counts("1/1")
    summary = build_report(build.dataset(whole, part, figures=figures)).summary
    assert {name: count for name, count in summary.items() if count} == {"met": 1, "incomplete": 1}


def build_report(data: Any) -> Any:
    return build(data, parse_period("2023Q2"))


@pytest.mark.parametrize("years", [(2021, 2025), (2004, 2025)])
def test_a_quarter_rests_on_few_files_however_long_the_history(build: Any, years: tuple[int, int]) -> None:
    plan = build.dataset(term=years).plan
    wanted = {period.label for period in needed(plan, parse_period("2023Q2"))}
    assert len(wanted) <= 26
    assert {"2023-01", "2023-06", "2022-04", "2022Q2", "2023Q1", "2022", "2023H1"} <= wanted


def test_a_task_that_is_over_was_done_if_any_earlier_file_says_so(build: Any) -> None:
    data = build.dataset(tasks=(task(due="2022"),), task_reports={"2022-03": {"viec": {"state": "done"}}})
    assert parse_period("2022-03") in needed(data.plan, parse_period("2023Q2"))
    assert not build_with(data, Selection()).tasks[0].late
    assert parse_period("2021-03") not in needed(data.plan, parse_period("2022Q3"))


@pytest.mark.parametrize("period", ["2023-05", "2023Q1", "2023H2", "2023-9T", "2023", "2022-11..2023-02", "2021..2025"])
def test_a_report_on_the_needed_files_equals_one_on_all(build: Any, period: str) -> None:
    target = [{"from": "2021", "at_least": "90"}]
    indicators = [build.indicator(id=f"i-{f}", frequency=f, targets=target) for f in Frequency]
    figures: dict[str, dict[str, Any]] = {}
    for part in (p for f in Frequency for p in parse_period("2021..2025").parts(f)):
        figures[part.label] = {f"i-{part.frequency}": build.counts(f"{part.last % 7}/{part.last % 7 + 1}")}
    whole = build.dataset(*indicators, figures=figures, task_reports={"2023H1": {}})
    reporting = parse_period(period)
    wanted = needed(whole.plan, reporting)
    some = type(whole)(whole.plan, {p: file for p, file in whole.files.items() if p in wanted})
    assert build_all(some, reporting) == build_all(whole, reporting)


def build_all(data: Any, period: Any) -> Any:
    return build(data, period).indicators


def test_the_board_shows_the_course_and_what_is_missing_or_late(build: Any) -> None:
    indicator = build.indicator()
    late = build.counts("1/1") | {"provided": {"by": "van-phong", "on": "2023-02-20"}}
    figures = {"2022-07": build.counts("1/2"), "2023-01": build.counts("1/1"), "2023-02": late}
    data = build.dataset(indicator, figures={period: {"chi-tieu": entry} for period, entry in figures.items()})
    board = build_board(with_due_day(data), parse_period("2023Q1"), date(2023, 3, 16))
    course = board.courses["chi-tieu"]
    assert [actual.value if actual else None for actual in course] == [None, None, None, 50] + [None] * 5 + [
        100,
        100,
        None,
    ]
    assert [(gap.period.label, gap.late) for gap in board.missing] == [("2023-03", False)]
    assert [gap.period.label for gap in board.late] == ["2023-02"]
    after = build_board(with_due_day(data), parse_period("2023Q1"), date(2023, 3, 17))
    assert [gap.period.label for gap in after.late] == ["2023-02", "2023-03"]


def with_due_day(data: Any) -> Any:
    """Return the data in a workspace whose figures are due on the 16th."""
    calendar = type(data.plan.head.calendar).model_validate({"month_starts_on": "15", "figures_due_on": "16"})
    head = data.plan.head.model_copy(update={"calendar": calendar})
    plan = type(data.plan)(head, (), data.plan.areas, (), (), (), ())
    return type(data)(plan, data.files)


def test_without_a_due_day_nothing_is_late(build: Any) -> None:
    board = build_board(build.dataset(build.indicator()), parse_period("2023-03"), date(2024, 1, 1))
    assert (len(board.missing), board.late) == (3, ())


def test_courses_are_of_twelve_months(build: Any) -> None:
    plan = build.dataset(build.indicator()).plan
    labels = {period.label for period in board_periods(plan, parse_period("2023Q2"), date(2023, 6, 20))}
    assert {"2022-07", "2023-06", "2022Q3", "2023Q2"} <= labels
    assert "2022-06" not in labels
