"""What the rest of a year must bring: with it the target is met, with a hair less it is missed."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, lcm
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.core.evaluate import evaluate
from cchc.core.explanation import Use, explain
from cchc.core.outlook import Need, Outlook, outlook
from cchc.core.period_forms import parse_period
from cchc.core.periods import Frequency, Period
from cchc.core.results import Status

YEAR = Period.year(2023)
MONTHS = [month.label for month in YEAR.parts(Frequency.MONTH)]
RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
SHARES = st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
AT_LEAST_98 = ({"from": "2021", "at_least": "98"},)


def rest(build: Any, entries: Mapping[str, Any], period: str, **fields: Any) -> Outlook | None:
    indicator = build.indicator(**fields)
    return outlook(build.dataset(indicator, figures=build.of(entries)), indicator, parse_period(period))


def found(build: Any, entries: Mapping[str, Any], period: str, **fields: Any) -> Outlook:
    answer = rest(build, entries, period, **fields)
    assert answer is not None
    return answer


def verdict(build: Any, entries: Mapping[str, Any], **fields: Any) -> Status:
    indicator = build.indicator(**fields)
    return evaluate(build.dataset(indicator, figures=build.of(entries)), indicator, YEAR).status


# ratios


def test_a_pooled_ratio_needs_the_difference_over_the_denominators_assumed(build: Any) -> None:
    """90/100 and 8 coming with 100 each: (90 + x)/900 ≥ 98 % asks for 792 of 800."""
    entries = {"2023-04": "90/100"}
    answer = found(build, entries, "2023-04", targets=AT_LEAST_98, valid={"from": "2023-04"})
    assert (answer.need, answer.low, answer.high) == (Need.WITHIN, Fraction(99), None)
    assert answer.denominator == 100
    assert [period.label for period in answer.remaining] == MONTHS[4:]


@pytest.mark.parametrize(
    ("entries", "target", "need"),
    [
        ({"2023-11": "10/1000"}, {"at_least": "98"}, Need.IMPOSSIBLE),
        ({"2023-11": "1000/1000"}, {"at_least": "40"}, Need.SECURED),
        ({"2023-11": "900/1000"}, {"at_most": "40"}, Need.IMPOSSIBLE),
        ({"2023-11": "0/1000"}, {"at_most": "60"}, Need.SECURED),
        ({"2023-11": "999/1000"}, {"equal_to": "100"}, Need.IMPOSSIBLE),
        ({"2023-11": "1000/1000"}, {"equal_to": "100"}, Need.WITHIN),
        ({"2023-11": "500/1000"}, {"between": ["40", "60"]}, Need.WITHIN),
    ],
)
def test_what_a_share_can_bring_lies_between_nothing_and_all(
    build: Any, entries: dict[str, str], target: dict[str, Any], need: Need
) -> None:
    fields = {"targets": [{"from": "2021", **target}], "valid": {"from": "2023-11"}}
    assert found(build, entries, "2023-11", **fields).need is need


@pytest.mark.parametrize(
    ("so_far", "target", "assumed"),
    [
        ("999/1000", {"equal_to": "100"}, False),  # lost for good
        ("1000/1000", {"equal_to": "100"}, False),  # each must be 100 %
        ("999/1000", {"at_least": "100"}, False),
        ("1/1000", {"at_most": "0"}, False),
        ("98/100", {"at_least": "98"}, False),  # what comes must be 98 %, too
        ("10/1000", {"at_least": "98"}, True),  # lost only if what comes is no larger
        ("1000/1000", {"at_least": "40"}, True),  # and likewise secured
        ("500/1000", {"between": ["40", "60"]}, True),
        ("500/1000", {"between": ["0", "50"]}, False),
    ],
)
def test_the_denominators_are_assumed_only_where_something_hangs_on_them(
    build: Any, so_far: str, target: dict[str, Any], *, assumed: bool
) -> None:
    fields = {"targets": [{"from": "2021", **target}], "valid": {"from": "2023-11"}}
    assert (found(build, {"2023-11": so_far}, "2023-11", **fields).denominator is not None) is assumed


def test_a_ratio_that_is_no_share_has_no_upper_end(build: Any) -> None:
    fields = {"unit": "phút/lượt", "targets": [{"from": "2021", "at_least": "15"}], "valid": {"from": "2023-11"}}
    answer = found(build, {"2023-11": "10/1"}, "2023-11", **fields)
    assert (answer.need, answer.low) == (Need.WITHIN, Fraction(20))


def test_without_a_figure_the_target_itself_is_needed_and_nothing_is_assumed(build: Any) -> None:
    answer = found(build, {"2023-01": "0/0"}, "2023-01", targets=AT_LEAST_98)
    assert (answer.low, answer.denominator, len(answer.remaining)) == (Fraction(98), None, 11)


@RELAXED
@given(st.dictionaries(st.sampled_from(MONTHS[:6]), SHARES, min_size=1), st.decimals(1, 100, places=1))
def test_what_is_needed_of_a_share_is_enough_and_a_hair_less_is_not(
    build: Any, entries: dict[str, tuple[int, int]], floor: object
) -> None:
    fields = {"targets": [{"from": "2021", "at_least": str(floor)}]}
    texts = {month: f"{one}/{all_}" for month, (one, all_) in entries.items()}
    answer = found(build, texts, "2023-06", **fields)
    denominator = answer.denominator or Fraction(100)  # where nothing hangs on it
    share = {Need.IMPOSSIBLE: Fraction(100), Need.SECURED: Fraction(0)}.get(answer.need) or answer.low or Fraction(0)
    numerator = share * denominator / 100
    scale = lcm(denominator.denominator, numerator.denominator)
    full = {month: f"{one * scale}/{all_ * scale}" for month, (one, all_) in entries.items()}
    coming = [period.label for period in answer.remaining]
    full |= dict.fromkeys(coming, f"{numerator * scale}/{denominator * scale}")
    status = verdict(build, full, **fields)
    assert status is (Status.MISSED if answer.need is Need.IMPOSSIBLE else Status.MET)
    if answer.need is Need.WITHIN:
        full[coming[0]] = f"{numerator * scale - 1}/{denominator * scale}"
        assert verdict(build, full, **fields) is Status.MISSED


def test_figures_without_counts_cannot_be_combined(build: Any) -> None:
    assert rest(build, {"2023-01": "98.5"}, "2023-01", targets=AT_LEAST_98) is None


# counts and numbers


@RELAXED
@given(st.dictionaries(st.sampled_from(MONTHS[:6]), st.integers(0, 50), min_size=1), st.integers(1, 400))
def test_what_is_needed_of_a_sum_is_what_is_left(build: Any, entries: dict[str, int], floor: int) -> None:
    fields = {"kind": "count", "unit": None, "targets": [{"from": "2021", "at_least": str(floor)}]}
    texts = {month: str(count) for month, count in entries.items()}
    answer = found(build, texts, "2023-06", **fields)
    low = ceil(answer.low) if answer.low is not None else 0
    coming = [period.label for period in answer.remaining]
    full = texts | dict.fromkeys(coming, "0") | {coming[0]: str(low)}
    assert (answer.total, verdict(build, full, **fields)) == (True, Status.MET)
    if answer.need is Need.WITHIN:
        assert verdict(build, full | {coming[0]: str(low - 1)}, **fields) is Status.MISSED
    else:
        assert answer.need is Need.SECURED


def test_a_sum_over_its_ceiling_cannot_be_mended(build: Any) -> None:
    fields = {"kind": "count", "unit": None, "targets": [{"from": "2021", "at_most": "10"}]}
    assert found(build, {"2023-01": "11"}, "2023-01", **fields).need is Need.IMPOSSIBLE
    answer = found(build, {"2023-01": "4"}, "2023-01", **fields)
    assert (answer.need, answer.low, answer.high) == (Need.WITHIN, None, Fraction(6))


def test_a_mean_needs_the_rest_of_the_sum(build: Any) -> None:
    fields = {"kind": "number", "unit": "điểm", "aggregation": "mean", "valid": {"from": "2023-09"}}
    target = [{"from": "2021", "at_least": "8"}]
    answer = found(build, {"2023-09": "5", "2023-10": "7"}, "2023-10", targets=target, **fields)
    assert (answer.need, answer.low) == (Need.WITHIN, Fraction(10))
    full = {"2023-09": "5", "2023-10": "7", "2023-11": "10", "2023-12": "10"}
    assert verdict(build, full, targets=target, **fields) is Status.MET
    assert verdict(build, full | {"2023-12": "9.99"}, targets=target, **fields) is Status.MISSED


@pytest.mark.parametrize(
    ("aggregation", "target", "so_far", "need"),
    [
        ("max", {"at_least": "8"}, "9", Need.SECURED),
        ("max", {"at_least": "8"}, "7", Need.ONE),
        ("max", {"at_most": "8"}, "9", Need.IMPOSSIBLE),
        ("max", {"at_most": "8"}, "7", Need.EACH),
        ("min", {"at_least": "8"}, "7", Need.IMPOSSIBLE),
        ("min", {"at_least": "8"}, "9", Need.EACH),
        ("min", {"at_most": "8"}, "7", Need.SECURED),
        ("min", {"at_most": "8"}, "9", Need.ONE),
        ("max", {"equal_to": "8"}, "7", None),
        ("max", {"at_least": "8"}, None, Need.ONE),
        ("min", {"at_least": "8"}, None, Need.EACH),
    ],
)
def test_the_greatest_and_the_least_need_one_figure_or_all(
    build: Any, aggregation: str, target: dict[str, str], so_far: str | None, need: Need | None
) -> None:
    fields = {"kind": "number", "unit": "điểm", "aggregation": aggregation, "targets": [{"from": "2021", **target}]}
    answer = rest(build, {"2023-01": so_far} if so_far else {}, "2023-01", **fields)
    assert (answer.need if answer is not None else None) is need


# the last, the first, all


def test_the_last_figure_decides_alone(build: Any) -> None:
    answer = found(build, {"2023-01": "1/2"}, "2023-01", aggregation="last", targets=AT_LEAST_98)
    assert (answer.need, [one.label for one in answer.remaining]) == (Need.TARGET, ["2023-12"])
    full = dict.fromkeys(MONTHS, "1/2")
    del full["2023-03"]
    assert rest(build, full, "2023", aggregation="last", targets=AT_LEAST_98) is None


def test_the_first_figure_decides_alone(build: Any) -> None:
    fields = {"kind": "count", "unit": None, "aggregation": "first", "targets": [{"from": "2021", "at_most": "3"}]}
    assert [one.label for one in found(build, {}, "2023-02", **fields).remaining] == ["2023-01"]
    assert rest(build, {"2023-01": "5"}, "2023-02", **fields) is None


def test_all_must_be_yes(build: Any) -> None:
    fields = {
        "kind": "yes_no", "unit": None, "aggregation": "all", "frequency": "quarter",
        "phrases": {"yes": "a", "no": "b"}, "targets": [{"from": "2021", "equal_to": "yes"}],
    }  # fmt: skip
    assert found(build, {"2023Q1": "có"}, "2023Q1", **fields).need is Need.YES
    assert found(build, {"2023Q1": "không"}, "2023Q1", **fields).need is Need.IMPOSSIBLE


# where nothing is to be said


def test_nothing_is_said_without_a_binding_target_or_a_period_to_come(build: Any) -> None:
    assert rest(build, {}, "2023-01") is None
    assert rest(build, {}, "2023-01", targets=[{"by": "2025", "at_least": "80"}]) is None
    assert rest(build, {}, "2025-01", targets=[{"by": "2025", "at_least": "80"}]) is not None
    assert rest(build, dict.fromkeys(MONTHS, "1/1"), "2023", targets=AT_LEAST_98) is None
    assert rest(build, {}, "2023-01", kind="narrative", unit=None, targets=AT_LEAST_98) is None


def test_nothing_is_asked_of_a_year_that_is_not_assessed(build: Any) -> None:
    indicator = build.indicator(targets=AT_LEAST_98)
    data = build.dataset(indicator, assessed_from=2022)
    assert outlook(data, indicator, Period.year(2021)) is None
    assert outlook(data, indicator, Period.year(2022)) is not None


def test_later_figures_are_not_known_yet(build: Any) -> None:
    answer = found(build, {"2023-01": "1/1", "2023-02": "1/1"}, "2023-01", targets=AT_LEAST_98)
    assert [period.label for period in answer.remaining] == MONTHS[1:]


# the explanation


def test_each_expected_figure_says_what_became_of_it(build: Any) -> None:
    indicator = build.indicator(aggregation="last", targets=AT_LEAST_98)
    data = build.dataset(indicator, figures=build.of({"2023-04": "1/2", "2023-05": "2/2", "2023-06": "0/0"}))
    found_ = explain(data, indicator, parse_period("2023Q2"))
    assert [one.use for one in found_.inputs] == [Use.OTHER, Use.USED, Use.NOTHING_AROSE]
    assert explain(data, indicator, parse_period("2023Q3")).inputs[0].use is Use.MISSING


def test_of_a_sum_with_a_target_the_year_to_date_is_shown(build: Any) -> None:
    indicator = build.indicator(kind="count", unit=None, targets=[{"from": "2021", "at_least": "5"}])
    data = build.dataset(indicator, figures=build.of({"2023-01": "4", "2023-04": "2"}))
    assert [one.period.label for one in explain(data, indicator, parse_period("2023Q2")).to_date] == MONTHS[:6]
    assert explain(data, indicator, parse_period("2023H1")).to_date == ()


def test_a_longer_own_period_has_no_inputs(build: Any) -> None:
    indicator = build.indicator(frequency="year", targets=AT_LEAST_98)
    found_ = explain(build.dataset(indicator), indicator, parse_period("2023Q2"))
    assert (found_.judged, found_.inputs, found_.to_date) == (None, (), ())
