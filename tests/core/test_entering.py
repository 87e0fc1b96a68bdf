"""What is to be entered: the month that is due on a day, its figures in the plan's order, what is missing before."""

from datetime import date
from typing import Any

import pytest

from cchc.core.entering import due_figures, due_month, earlier_gaps, with_entry
from cchc.core.model import Dataset, Measurement, Plan
from cchc.core.period_forms import parse_period


def _with_calendar(plan: Plan, starts_on: int, due_on: int | None) -> Plan:
    calendar = plan.head.calendar.model_copy(update={"month_starts_on": starts_on, "figures_due_on": due_on})
    return Plan(
        plan.head.model_copy(update={"calendar": calendar}),
        plan.owners, plan.areas, plan.solutions, plan.funding, plan.statistics, plan.identities,
    )  # fmt: skip


def _mixed(build: Any) -> Dataset:
    return build.dataset(  # type: ignore[no-any-return]  # the builders are untyped
        build.indicator(id="nam", kind="count", frequency="year"),
        build.indicator(id="quy", kind="count", frequency="quarter", owner="khac"),
        build.indicator(id="thang", kind="count"),
        build.indicator(id="moi", kind="count", valid={"from": "2023-06"}),
        statistics=(build.indicator(id="thong-ke", kind="count"),),
        figures={"2023-01": {"thang": {"value": "1"}}, "2023Q1": {"quy": {"value": "1"}}},
    )


@pytest.mark.parametrize(
    ("starts_on", "due_on", "day", "month"),
    [
        (15, 16, "2023-06-14", "2023-05"),  # June's figures are not over yet
        (15, 16, "2023-06-15", "2023-06"),
        (15, 16, "2023-07-14", "2023-06"),
        (15, None, "2023-06-20", "2023-06"),
        (1, 25, "2023-06-24", "2023-05"),
        (1, 25, "2023-06-25", "2023-06"),  # status calls them late from the next day on
        (1, None, "2023-06-30", "2023-05"),
        (15, 16, "2026-11-25", "2025-12"),  # after the term its last month
        (15, 16, "2021-01-15", "2021-01"),
        (15, 16, "2021-01-14", None),
        (15, 16, "2020-05-01", None),
    ],
)
def test_the_month_that_is_over_or_whose_due_day_has_come_is_due(
    build: Any, starts_on: int, due_on: int | None, day: str, month: str | None
) -> None:
    plan = _with_calendar(build.dataset().plan, starts_on, due_on)
    found = due_month(plan, date.fromisoformat(day))
    assert (found and found.label) == month


@pytest.mark.parametrize(
    ("period", "owner", "expected"),
    [
        ("2023-05", None, ["thang 2023-05", "thong-ke 2023-05"]),
        ("2023-06", None, ["quy 2023Q2", "thang 2023-06", "moi 2023-06", "thong-ke 2023-06"]),
        ("2023-06", "khac", ["quy 2023Q2"]),
        ("2023-12", "khac", ["quy 2023Q4"]),
        ("2022-12", None, ["nam 2022", "quy 2022Q4", "thang 2022-12", "thong-ke 2022-12"]),
        ("2023H1", "khac", ["quy 2023Q1", "quy 2023Q2"]),
    ],
)
def test_figures_are_due_whose_reference_period_lies_in_the_period_or_ends_with_it(
    build: Any, period: str, owner: str | None, expected: list[str]
) -> None:
    found = due_figures(_mixed(build), parse_period(period), owner)
    assert [f"{due.indicator.id} {due.period}" for due in found] == expected


def test_what_is_missing_before_is_of_the_year_and_not_asked_for(build: Any) -> None:
    data = _mixed(build)
    found = earlier_gaps(data, parse_period("2023-03"), "van-phong")
    assert [f"{due.indicator.id} {due.period}" for due in found] == [
        "thang 2023-02", "thong-ke 2023-01", "thong-ke 2023-02",
    ]  # fmt: skip
    assert earlier_gaps(data, parse_period("2023-04"), "khac") == ()


def test_an_entry_is_put_in_and_taken_out_of_files_that_are_there_or_not(build: Any) -> None:
    data = _mixed(build)
    (old,) = due_figures(data, parse_period("2023-01"), "van-phong")[:1]
    entry = Measurement.model_validate({"value": "9"}, context=old.indicator.shape)
    assert with_entry(data, old, entry).measurement("thang", old.period) == entry
    assert with_entry(data, old, None).measurement("thang", old.period) is None
    (new,) = due_figures(data, parse_period("2023-02"), "van-phong")[:1]
    after = with_entry(data, new, entry)
    assert (after.measurement("thang", new.period), after.files[new.period].file) == (entry, "data/2023-02.yaml")
    assert data.measurement("thang", new.period) is None
