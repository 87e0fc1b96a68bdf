"""The board: in which state each figure is, who can be late, what is due next. Figures are due on the 16th."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from cchc.core.agenda import coming_periods, tasks_due
from cchc.core.board import Board, CellState, Hit, Scope, board_periods, build_board
from cchc.core.model import Dataset, Plan
from cchc.core.period_forms import parse_period
from cchc.core.results import Selection, TaskResult

CHECKED = {"checked": {"by": "noi-vu", "on": "2023-03-16"}}
JUNE_20 = date(2023, 6, 20)


def due_on_the_16th(data: Dataset, **calendar: str) -> Dataset:
    """Return the data in a workspace with a due day for figures and one for reports."""
    days = {"month_starts_on": "15", "figures_due_on": "16", "report_due_on": "20"} | calendar
    fitting = type(data.plan.head.calendar).model_validate(days)
    head = data.plan.head.model_copy(update={"calendar": fitting})
    return Dataset(Plan(head, (), data.plan.areas, data.plan.solutions, (), data.plan.statistics, ()), data.files)


def board(data: Dataset, period: str, today: date, scope: Scope | None = None) -> Board:
    return build_board(due_on_the_16th(data), parse_period(period), today, scope=scope or Scope())


def states(found: Board) -> list[str]:
    """Return a letter for each month of the first row: the state, and `!` where it is late."""
    letters = {state: state.value for state in CellState}
    return [
        "not_measured" if figure is None else letters[figure.state] + ("!" if figure.late else "")
        for figure in found.rows[0].figures
    ]


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ({"numerator": "9", "denominator": "10", **CHECKED}, "provided"),
        ({"numerator": "9", "denominator": "10"}, "unconfirmed"),
        ({"numerator": "9", "denominator": "10", "quality": "provisional", **CHECKED}, "provisional"),
        ({"numerator": "9", "denominator": "10", "quality": "provisional"}, "provisional"),
        ({"numerator": "0", "denominator": "0", **CHECKED}, "nothing_arose"),
        ({"numerator": "0", "denominator": "0"}, "unconfirmed"),
        ({"numerator": "9", "denominator": "10", "provided": {"by": "a", "on": "2023-01-16"}, **CHECKED}, "provided"),
        ({"numerator": "9", "denominator": "10", "provided": {"by": "a", "on": "2023-01-17"}, **CHECKED}, "provided!"),
        ({"numerator": "9", "denominator": "10", "provided": {"by": "a"}, **CHECKED}, "provided"),
        ({"numerator": "9", "denominator": "10", "provided": {"by": "a", "on": "2023-01-17"}}, "unconfirmed!"),
    ],
)
def test_a_figure_that_is_there(entry: Mapping[str, Any], state: str, build: Any) -> None:
    data = build.dataset(build.indicator(), figures={"2023-01": {"chi-tieu": entry}})
    assert states(board(data, "2023-01", JUNE_20)) == [state]


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2023, 1, 14), "not_due"),  # the last day of the month that NĐ 09 counts
        (date(2023, 1, 15), "missing"),
        (date(2023, 1, 16), "missing"),
        (date(2023, 1, 17), "late!"),
    ],
)
def test_a_figure_that_is_not_there(today: date, state: str, build: Any) -> None:
    assert states(board(build.dataset(build.indicator()), "2023-01", today)) == [state]


def test_a_due_day_before_the_end_of_the_month_is_the_plans_word(build: Any) -> None:
    data = due_on_the_16th(build.dataset(build.indicator()), month_starts_on="1", figures_due_on="25")
    found = build_board(data, parse_period("2023-01"), date(2023, 1, 26))
    assert states(found) == ["late!"]


def test_without_a_due_day_nothing_is_late(build: Any) -> None:
    entry = {"numerator": "9", "denominator": "10", "provided": {"by": "a", "on": "2024-01-01"}, **CHECKED}
    data = build.dataset(build.indicator(), figures={"2023-01": {"chi-tieu": entry}})
    found = build_board(data, parse_period("2023-03"), date(2023, 3, 20), scope=Scope(onward=True))
    assert states(found) == ["provided", "missing", "not_due"]
    assert (found.late, found.hits(Hit.LATE), found.hits(Hit.MISSING)) == ((), False, True)
    assert [(one.period.label, one.due_on, one.late) for one in found.coming] == [("2023-04", None, False)]
    assert found.next_report is None


def test_what_others_announce_is_awaited_and_never_late(build: Any) -> None:
    data = build.dataset(build.indicator(announced={"by": "UBND huyện"}))
    found = board(data, "2023-02", date(2023, 2, 10), Scope(onward=True))
    assert states(found) == ["awaiting", "not_due"]
    assert not any(found.hits(hit) for hit in Hit)
    later = board(data, "2023-01", date(2023, 2, 20), Scope(onward=True))
    assert [(one.period.label, one.over, one.late) for one in later.coming] == [
        ("2023-02", False, False),
        ("2023-03", False, False),
    ]
    assert not any(later.hits(hit) for hit in Hit)


def test_a_figure_stands_in_the_last_month_of_what_it_is_about(build: Any) -> None:
    data = build.dataset(build.indicator(frequency="quarter"), figures=build.of({"2023Q1": "9/10"}))
    blank = ["not_measured"] * 2
    assert states(board(data, "2023Q2", JUNE_20)) == [*blank, "unconfirmed", *blank, "late!"]
    yearly = build.dataset(build.indicator(frequency="year"), figures=build.of({"2022": "9/10"}))
    assert states(board(yearly, "2022-11..2023-02", JUNE_20)) == blank
    valid = build.dataset(build.indicator(valid={"from": "2023-02"}))
    assert states(board(valid, "2023-02", JUNE_20)) == ["not_measured", "late!"]


# who can be late


def owned(build: Any, **more: Any) -> Dataset:
    """Return data in which an official owns an area and an indicator, and others what a test says."""
    found: Dataset = build.dataset(build.indicator(), **more)
    return found


def test_bodies_that_only_join_in_or_are_asked_are_never_late(build: Any) -> None:
    data = owned(
        build,
        statistics=(build.indicator(id="tin-bai", name="Tin bài", kind="count", unit=None, owner="dai"),),
        figures={"2023-01": {"tin-bai": {"value": "3", "provided": {"by": "dai", "on": "2023-02-20"}}}},
        tasks=(
            build.task(id="chuyen-muc", owner="dai", due="2022"),
            build.task(id="giam-sat", owner="mttq", due="2022", requested="true"),
            build.task(id="cua-van-phong", due="2022"),
        ),
    )
    found = board(data, "2023-02", date(2023, 2, 20))
    assert found.report.plan.answering == {"van-phong"}
    (row,) = found.statistics
    assert [(figure.state, figure.late) for figure in row.figures if figure] == [
        (CellState.UNCONFIRMED, False),
        (CellState.MISSING, False),
    ]
    assert [(one.result.task.id, one.late) for one in found.tasks] == [
        ("chuyen-muc", False),
        ("cua-van-phong", True),
    ]
    assert {figure.indicator.id for figure in found.late} == {"chi-tieu"}


def test_who_is_only_asked_is_not_late_for_an_indicator_of_its_own(build: Any) -> None:
    asked = build.indicator(owner="mttq")
    request = build.task(owner="mttq", requested="true")
    assert states(board(build.dataset(asked, tasks=(request,)), "2023-01", JUNE_20)) == ["missing"]
    bound = build.task(id="viec-2", owner="mttq")
    assert states(board(build.dataset(asked, tasks=(request, bound)), "2023-01", JUNE_20)) == ["late!"]


def test_a_figure_that_nobody_owns_is_late_all_the_same(build: Any) -> None:
    assert states(board(build.dataset(build.indicator(owner=None)), "2023-01", JUNE_20)) == ["late!"]


def test_the_board_of_an_owner_counts_only_what_the_owner_answers_for(build: Any) -> None:
    data = build.dataset(
        build.indicator(**{"with": ["dai"]}),
        tasks=(build.task(due="2022", **{"with": ["dai"]}),),
    )
    found = board(data, "2023-01", JUNE_20, Scope(Selection(owner="dai"), onward=True))
    assert [row.indicator.id for row in found.rows] == ["chi-tieu"]
    assert (found.figures, found.earlier, found.coming, found.tasks) == ((), (), (), ())
    assert not any(found.hits(hit) for hit in Hit)
    own = board(data, "2023-01", JUNE_20, Scope(Selection(owner="van-phong"), onward=True))
    assert (len(own.figures), len(own.tasks), own.hits(Hit.LATE)) == (1, 1, True)


# what was left over, and what comes


def test_figures_of_the_year_before_are_still_wanted(build: Any) -> None:
    data = build.dataset(
        build.indicator(), build.indicator(id="hang-nam", frequency="year"), figures=build.of({"2022-12": "9/10"})
    )
    found = board(data, "2023-03", date(2023, 3, 15))
    assert [(one.indicator.id, one.period.label, one.state) for one in found.earlier] == [
        *(("chi-tieu", f"2022-{month:02}", "late") for month in range(4, 12)),
        ("hang-nam", "2022", "late"),
    ]
    assert found.wanted[:9] == found.earlier
    assert [one.period.label for one in found.wanted[9:]] == ["2023-01", "2023-02", "2023-03"]
    assert "2022" in {part.label for part in board_periods(data.plan, parse_period("2023-03"), JUNE_20)}


def test_a_board_that_goes_on_tells_what_has_become_due_since(build: Any) -> None:
    data = build.dataset(build.indicator(), build.indicator(id="quy", frequency="quarter"))
    plan = due_on_the_16th(data).plan
    march = parse_period("2023-03")
    assert [part.label for part in coming_periods(plan, march, JUNE_20, onward=False)] == ["2023-04", "2023Q2", "2023"]
    onward = [part.label for part in coming_periods(plan, march, JUNE_20, onward=True)]
    assert onward == ["2023-04", "2023-05", "2023-06", "2023Q2", "2023-07", "2023Q3", "2023"]
    last = parse_period("2025-12")
    assert coming_periods(plan, last, JUNE_20, onward=True) == []


def test_what_has_come_since_hits_only_where_nobody_named_the_period(build: Any) -> None:
    figures = build.of({"2023-01": {"numerator": "9", "denominator": "10", **CHECKED}})
    data = build.dataset(build.indicator(valid={"from": "2023-01"}), figures=figures)
    named, default = (board(data, "2023-01", date(2023, 2, 17), Scope(onward=onward)) for onward in (False, True))
    assert [one.period.label for one in named.coming if one.late] == ["2023-02"]
    assert [(one.hits(Hit.MISSING), one.hits(Hit.LATE)) for one in (named, default)] == [(False, False), (True, True)]


def test_hits(build: Any) -> None:
    provisional = {"numerator": "9", "denominator": "10", "quality": "provisional", **CHECKED}
    data = build.dataset(build.indicator(valid={"from": "2023-01"}), figures=build.of({"2023-01": provisional}))
    assert [hit for hit in Hit if board(data, "2023-01", JUNE_20).hits(hit)] == [Hit.PROVISIONAL]
    unchecked = build.dataset(build.indicator(valid={"from": "2023-01"}), figures=build.of({"2023-01": "9/10"}))
    assert [hit for hit in Hit if board(unchecked, "2023-01", JUNE_20).hits(hit)] == [Hit.UNCONFIRMED]
    waiting = board(data, "2023-02", date(2023, 2, 16))
    assert [hit for hit in Hit if waiting.hits(hit)] == [Hit.MISSING, Hit.PROVISIONAL]


@pytest.mark.parametrize(
    ("today", "label", "day"),
    [
        (date(2023, 1, 1), "2023Q1", date(2023, 3, 20)),
        (date(2023, 6, 20), "2023H1", date(2023, 6, 20)),
        (date(2023, 6, 21), "2023Q3", date(2023, 9, 20)),
        (date(2023, 9, 21), "2023", date(2023, 12, 20)),
        (date(2023, 12, 21), "2024Q1", date(2024, 3, 20)),
    ],
)
def test_the_next_regular_report(today: date, label: str, day: date, build: Any) -> None:
    due = board(build.dataset(build.indicator()), "2023-01", today).next_report
    assert due is not None
    assert (due.period.label, due.due_on) == (label, day)
    assert board(build.dataset(build.indicator()), "2023-01", date(2026, 1, 1)).next_report is None


def test_tasks_due(build: Any) -> None:
    tasks = (
        build.task(id="lien-tuc", repeats="continuous"),
        build.task(id="nam", repeats="year"),
        build.task(id="quy", repeats="quarter"),
        build.task(id="quy-xong", repeats="quarter"),
        build.task(id="quy-truoc", repeats="quarter"),
        build.task(id="dung", repeats="quarter"),
        build.task(id="sap-den", due="2023"),
        build.task(id="da-xong", due="2023"),
        build.task(id="con-xa", due="2025"),
        build.task(id="qua-han", due="2022"),
        build.task(id="xong-nam-truoc", due="2022"),
        build.task(id="xong-som", due="2023"),
    )
    reports = {
        "2022": {"xong-nam-truoc": {"state": "done"}, "xong-som": {"state": "done"}},
        "2023Q2": {"quy-xong": {"state": "done"}, "dung": {"state": "stopped"}, "quy": {"state": "in_progress"}},
        "2023Q1": {"quy-truoc": {"state": "done"}, "da-xong": {"state": "done"}},
    }
    data = build.dataset(build.indicator(), tasks=tasks, task_reports=reports)
    june = board(data, "2023-06", JUNE_20)
    assert [(one.result.task.id, one.period.label, one.late) for one in june.tasks] == [
        ("quy", "2023Q2", False),
        ("quy-truoc", "2023Q2", False),
        ("qua-han", "2022", True),
    ]
    assert june.tasks[0].due_on == date(2023, 6, 14)
    september = {one.result.task.id for one in board(data, "2023-09", JUNE_20).tasks}
    assert {"nam", "sap-den"} <= september
    assert not {"da-xong", "con-xa", "lien-tuc", "dung", "xong-nam-truoc", "xong-som"} & september
    near, far = (board_periods(data.plan, parse_period(label), JUNE_20) for label in ("2023-09", "2023-08"))
    assert parse_period("2021Q1") in near
    assert parse_period("2021Q1") not in far


def test_a_task_without_an_end_is_never_due(build: Any) -> None:
    endless = build.task(repeats="continuous")
    data = build.dataset(build.indicator(), tasks=(endless,))
    assert tasks_due(data, [TaskResult(endless, None, None, late=False)], parse_period("2023")) == ()
