"""What holds for every figure: exactness, order, months in which nothing arose."""

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc.core.evaluate import evaluate
from cchc.core.period_forms import parse_period
from cchc.core.periods import Frequency
from cchc.core.results import Status

QUARTER = parse_period("2023Q2")
MONTHS = [month.label for month in QUARTER.parts(Frequency.MONTH)]
RELAXED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

figures = st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
shares = st.dictionaries(st.sampled_from(MONTHS), figures | st.just((0, 0)), max_size=3)
floors = st.decimals(0, 100, places=2)


def judge(build: Any, entries: dict[str, tuple[int, int]], floor: object) -> Any:
    indicator = build.indicator(targets=[{"from": "2021", "at_least": str(floor)}])
    texts = {month: f"{numerator}/{denominator}" for month, (numerator, denominator) in entries.items()}
    return evaluate(build.dataset(indicator, figures=build.of(texts)), indicator, QUARTER)


@RELAXED
@given(shares, floors)
def test_a_quarter_is_its_numerators_by_its_denominators_compared_exactly(
    build: Any, entries: dict[str, tuple[int, int]], floor: object
) -> None:
    result = judge(build, entries, floor)
    numerator, denominator = (sum(pair[place] for pair in entries.values()) for place in (0, 1))
    if denominator == 0:
        assert result.status is (Status.NOT_APPLICABLE if len(entries) == len(MONTHS) else Status.NO_DATA)
        return
    exact = Fraction(numerator, denominator) * 100
    assert result.actual.value == exact
    assert result.status is (Status.MET if exact >= Fraction(str(floor)) else Status.MISSED)
    assert result.complete is (len(entries) == len(MONTHS))


@RELAXED
@given(shares, floors)
def test_a_month_in_which_nothing_arose_changes_no_figure(
    build: Any, entries: dict[str, tuple[int, int]], floor: object
) -> None:
    without = {month: pair for month, pair in entries.items() if pair != (0, 0)}
    assert judge(build, entries, floor).actual == judge(build, without, floor).actual


@RELAXED
@given(shares, floors)
def test_the_order_of_the_files_says_nothing(build: Any, entries: dict[str, tuple[int, int]], floor: object) -> None:
    assert judge(build, entries, floor) == judge(build, dict(reversed(entries.items())), floor)


@RELAXED
@given(figures, floors)
def test_one_more_in_time_never_makes_a_verdict_worse(build: Any, figure: tuple[int, int], floor: object) -> None:
    numerator, denominator = figure
    better = (min(numerator + 1, denominator), denominator)
    now, then = (judge(build, dict.fromkeys(MONTHS, pair), floor).status for pair in (figure, better))
    assert now is not Status.MET or then is Status.MET


@RELAXED
@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.sampled_from(["sum", "last", "first", "max"]))
def test_counts_combine_as_they_are_named(build: Any, counted: list[int], aggregation: str) -> None:
    indicator = build.indicator(kind="count", unit=None, aggregation=aggregation)
    texts = {month: str(count) for month, count in zip(MONTHS, counted, strict=True)}
    result = evaluate(build.dataset(indicator, figures=build.of(texts)), indicator, QUARTER)
    expected = {"sum": sum(counted), "last": counted[-1], "first": counted[0], "max": max(counted)}
    assert result.actual is not None
    assert result.actual.value == expected[aggregation]
