"""The rules of evaluation (design.md, section 4), each reached by its own example."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from cchc.core.evaluate import evaluate
from cchc.core.model import Dataset, Indicator, Measurement
from cchc.core.period_forms import parse_period
from cchc.core.results import Actual, Evaluation, Reason, Status
from cchc.core.targets import fulfilled

AT_LEAST_98 = ({"from": "2021", "at_least": "98"},)
BY_2025 = ({"by": "2025", "at_least": "80"},)


def judge(build: Any, entries: Mapping[str, Any], period: str, **fields: Any) -> Evaluation:
    """Evaluate one indicator on figures by period."""
    indicator = build.indicator(**fields)
    data = build.dataset(indicator, figures=build.of(entries))
    return evaluate(data, indicator, parse_period(period))


def value(actual: Actual | None) -> object:
    assert actual is not None
    return actual.value


# rule 1: expected


@pytest.mark.parametrize(
    ("frequency", "period", "expected"),
    [
        ("month", "2023-06", ["2023-06"]),
        ("month", "2023Q2", ["2023-04", "2023-05", "2023-06"]),
        ("month", "2023-02..2023-03", ["2023-02", "2023-03"]),
        ("quarter", "2023H1", ["2023Q1", "2023Q2"]),
        ("quarter", "2023-9T", ["2023Q1", "2023Q2", "2023Q3"]),
        ("quarter", "2023-06", ["2023Q2"]),
        ("quarter", "2023-05..2023-06", ["2023Q2"]),
        ("quarter", "2023-03..2023-06", ["2023Q2"]),
        ("year", "2023", ["2023"]),
        ("year", "2023-12", ["2023"]),
        ("year", "2023Q4", ["2023"]),
        ("year", "2023H2", ["2023"]),
        ("quarter", "2023-05", []),
        ("year", "2023-9T", []),
        ("quarter", "2023-02..2023-05", []),
    ],
)
def test_expected_are_the_reference_periods_inside_or_the_longer_one_that_ends_with_it(
    build: Any, frequency: str, period: str, expected: list[str]
) -> None:
    result = judge(build, {}, period, frequency=frequency)
    assert [part.label for part in result.coverage.expected] == expected
    assert (result.status is Status.NOT_DUE) == (not expected)


def test_a_yearly_figure_is_not_due_within_the_year_and_the_latest_stands_beside(build: Any) -> None:
    result = judge(build, {"2021": "97", "2022": "99"}, "2023Q2", frequency="year", targets=AT_LEAST_98)
    assert (result.status, result.reason, result.actual) == (Status.NOT_DUE, Reason.YEARLY_FIGURE, None)
    assert result.latest is not None
    assert (result.latest.reference.label, result.latest.status) == ("2022", Status.MET)
    assert result.latest.actual.value == 99
    assert result.year_to_date is None


def test_latest_skips_what_is_missing_or_did_not_arise(build: Any) -> None:
    result = judge(build, {"2022Q4": "1/2", "2023Q1": "0/0"}, "2023-05", frequency="quarter", targets=AT_LEAST_98)
    assert result.latest is not None
    assert result.latest.reference.label == "2022Q4"


def test_latest_looks_back_four_quarters_and_no_further(build: Any) -> None:
    result = judge(build, {"2022Q1": "1/2"}, "2023-05", frequency="quarter")
    assert result.latest is None


def test_expected_keeps_to_validity(build: Any) -> None:
    valid = {"from": "2022-02", "to": "2023-05"}
    result = judge(build, {}, "2023Q2", valid=valid)
    assert [part.label for part in result.coverage.expected] == ["2023-04", "2023-05"]


# rule 2: the actual


@pytest.mark.parametrize(
    ("fields", "entries", "expected", "reference"),
    [
        ({}, {"2023-04": "412/418", "2023-05": "0/0", "2023-06": "824/836"}, Fraction(1236, 1254) * 100, "2023Q2"),
        ({"share": "false", "unit": "phút/lượt"}, {"2023-04": "31000/2500"}, Fraction(124, 10), "2023Q2"),
        ({"aggregation": "last"}, {"2023-04": "1/2", "2023-05": "1/4", "2023-06": "0/0"}, Fraction(25), "2023-05"),
        ({}, {"2023-05": "93.5"}, Fraction(187, 2), "2023Q2"),
        ({"kind": "count", "unit": None}, {"2023-04": "2", "2023-06": "3"}, Fraction(5), "2023Q2"),
        ({"kind": "count", "unit": None, "aggregation": "last"}, {"2023-04": "2", "2023-05": "3"}, Fraction(3), "2023-05"),
        ({"kind": "count", "unit": None, "aggregation": "first"}, {"2023-04": "2", "2023-05": "3"}, Fraction(2), "2023-04"),
        ({"kind": "count", "unit": None, "aggregation": "max"}, {"2023-04": "2", "2023-05": "3"}, Fraction(3), "2023Q2"),
        ({"kind": "number", "unit": None}, {"2023-04": "2.5", "2023-05": "1.5"}, Fraction(3, 2), "2023-05"),
        ({"kind": "number", "unit": None, "aggregation": "first"}, {"2023-04": "2.5", "2023-05": "1"}, Fraction(5, 2), "2023-04"),
        ({"kind": "number", "unit": None, "aggregation": "mean"}, {"2023-04": "1", "2023-05": "1", "2023-06": "2"}, Fraction(4, 3), "2023Q2"),
        ({"kind": "number", "unit": None, "aggregation": "sum"}, {"2023-04": "0.1", "2023-05": "0.2"}, Fraction(3, 10), "2023Q2"),
        ({"kind": "number", "unit": None, "aggregation": "min"}, {"2023-04": "-1", "2023-05": "2"}, Fraction(-1), "2023Q2"),
        ({"kind": "number", "unit": None, "aggregation": "max"}, {"2023-04": "-1", "2023-05": "2"}, Fraction(2), "2023Q2"),
        ({"kind": "yes_no", "unit": None}, {"2023-04": "yes", "2023-06": "không đạt"}, False, "2023-06"),
        ({"kind": "yes_no", "unit": None, "aggregation": "all"}, {"2023-04": "yes", "2023-06": "no"}, False, "2023Q2"),
        ({"kind": "yes_no", "unit": None, "aggregation": "all"}, {"2023-04": "yes", "2023-06": "có"}, True, "2023Q2"),
        ({"kind": "rank", "unit": None}, {"2023-04": {"value": "5", "of": "17"}}, Fraction(5), "2023-04"),
        ({"kind": "grade", "unit": None, "scale": ["yếu", "tốt"]}, {"2023-04": "TỐT"}, "tốt", "2023-04"),
        ({"kind": "narrative", "unit": None}, {"2023-04": {"text": "Đã làm"}}, None, "2023-04"),
    ],
)  # fmt: skip
def test_every_kind_and_aggregation_combines_exactly(
    build: Any, fields: dict[str, Any], entries: dict[str, Any], expected: object, reference: str
) -> None:
    result = judge(build, entries, "2023Q2", **fields)
    assert result.actual is not None
    assert (result.actual.value, result.actual.reference.label) == (expected, reference)


def test_percentages_are_never_averaged(build: Any) -> None:
    result = judge(build, {"2023-04": "4157/4169", "2023-05": "19255/19944"}, "2023Q2", targets=AT_LEAST_98)
    assert value(result.actual) == Fraction(23412, 24113) * 100
    assert result.status is Status.MISSED


def test_several_figures_without_counts_are_unusable(build: Any) -> None:
    result = judge(build, {"2023-04": "99", "2023-05": "1/1"}, "2023Q2", targets=AT_LEAST_98)
    assert (result.status, result.reason, result.actual) == (Status.NO_DATA, Reason.UNCOMBINABLE, None)


def test_one_figure_without_counts_stands_alone_beside_months_in_which_nothing_arose(build: Any) -> None:
    result = judge(build, {"2023-04": "99", "2023-05": "0/0", "2023-06": "0/0"}, "2023Q2", targets=AT_LEAST_98)
    assert (result.status, result.complete) == (Status.MET, True)


def test_a_survey_gives_numerator_and_denominator(build: Any) -> None:
    tally = {"very_satisfied": "50", "satisfied": "42", "neutral": "5", "dissatisfied": "2", "very_dissatisfied": "1"}
    result = judge(build, {"2023-04": {"survey": tally}}, "2023-04", survey="true", targets=AT_LEAST_98)
    assert result.actual is not None
    assert (result.actual.numerator, result.actual.denominator) == (92, 100)
    assert result.status is Status.MISSED


# rule 3: the target


@pytest.mark.parametrize(
    ("targets", "period", "deciding", "coming"),
    [
        ([{"from": "2021", "at_least": "90"}, {"from": "2025", "at_least": "95"}], "2023", 90, 95),
        ([{"from": "2021", "at_least": "90"}, {"from": "2025", "at_least": "95"}], "2025", 95, None),
        ([{"from": "2025", "at_least": "95"}, {"from": "2021", "at_least": "90"}], "2024", 90, 95),
        ([{"by": "2023", "at_least": "60"}, {"by": "2025", "at_least": "80"}], "2022", 60, 80),
        ([{"by": "2023", "at_least": "60"}, {"by": "2025", "at_least": "80"}], "2023Q2", 60, 80),
        ([{"by": "2023", "at_least": "60"}, {"by": "2025", "at_least": "80"}], "2024", 60, 80),
        ([{"by": "2023", "at_least": "60"}, {"by": "2025", "at_least": "80"}], "2025", 80, None),
        ([{"from": "2021", "at_least": "50"}, {"by": "2025", "at_least": "80"}], "2025Q3", 50, 80),
        ([{"from": "2021", "at_least": "50"}, {"by": "2025", "at_least": "80"}], "2025Q4", 80, None),
        ([{"by": "2023", "at_least": "60"}, {"from": "2024", "at_least": "70"}], "2024", 70, None),
        ([{"from": "2024", "at_least": "70"}], "2023", None, 70),
        ([{"from": "2024", "at_least": "70"}, {"by": "2025", "at_least": "80"}], "2023", 80, 70),
    ],
)
def test_the_latest_in_force_decides_without_one_the_next_by(
    build: Any, targets: list[dict[str, str]], period: str, deciding: int | None, coming: int | None
) -> None:
    result = judge(build, {}, period, targets=targets)
    bounds = [target.at_least if target else None for target in (result.target, result.next_target)]
    assert bounds == [deciding, coming]


# rule 4: the status

DONE = {"2023-04": "98/100", "2023-05": "98/100", "2023-06": "98/100"}


@pytest.mark.parametrize(
    ("status", "reason", "period", "entries", "fields"),
    [
        (Status.MET, None, "2023Q2", DONE, {"targets": AT_LEAST_98}),
        (Status.MISSED, None, "2023Q2", DONE | {"2023-06": "97/100"}, {"targets": AT_LEAST_98}),
        (Status.NOT_ASSESSED, Reason.NOT_VALID, "2023Q2", DONE, {"valid": {"to": "2022-12"}, "targets": AT_LEAST_98}),
        (Status.NOT_ASSESSED, Reason.NOT_VALID, "2023Q2", {}, {"valid": {"to": "2022-12"}, "frequency": "year"}),
        (Status.NOT_DUE, Reason.YEARLY_FIGURE, "2023Q2", {}, {"frequency": "year"}),
        (Status.AWAITING, None, "2023", {}, {"frequency": "year", "announced": {"by": "UBND huyện"}}),
        (Status.NO_DATA, None, "2023Q2", {}, {"targets": AT_LEAST_98}),
        (Status.NO_DATA, None, "2023Q2", {"2023-04": "0/0", "2023-05": "0/0"}, {"targets": AT_LEAST_98}),
        (Status.NO_DATA, None, "2023Q2", {"2023-04": "0/0"}, {"announced": {"by": "huyện"}}),
        (Status.NOT_APPLICABLE, None, "2023-04", {"2023-04": "0/0"}, {"targets": AT_LEAST_98}),
        (Status.NARRATIVE, None, "2023-04", {"2023-04": {"text": "Đã làm"}}, {"kind": "narrative", "unit": None}),
        (Status.NO_DATA, None, "2023-04", {}, {"kind": "narrative", "unit": None}),
        (Status.MONITORED, None, "2023Q2", DONE, {}),
        (Status.NOT_DUE, Reason.DEADLINE, "2023Q2", {"2023-04": "1/2"}, {"targets": BY_2025}),
        (Status.MET, None, "2023Q2", {"2023-04": "4/5"}, {"targets": BY_2025}),
        (Status.MET, None, "2025", {"2025-12": "4/5"}, {"targets": BY_2025}),
        (Status.MISSED, None, "2025-12", {"2025-12": "3/5"}, {"targets": BY_2025}),
        (Status.NOT_DUE, Reason.DEADLINE, "2025-11", {"2025-11": "3/5"}, {"targets": BY_2025}),
        (Status.NOT_DUE, Reason.DEADLINE, "2023-04", {"2023-04": "5/5"}, {"targets": ({"from": "2024", "at_least": "1"},)}),
    ],
)  # fmt: skip
def test_every_status_has_its_case(
    build: Any,
    status: Status,
    reason: Reason | None,
    period: str,
    entries: dict[str, Any],
    fields: dict[str, Any],
) -> None:
    result = judge(build, entries, period, **fields)
    assert (result.status, result.reason) == (status, reason)


@pytest.mark.parametrize(
    ("period", "figure", "status"),
    [
        ("2023-06", "50/100", Status.ON_TRACK),  # 40 at the end of 2021, 80 at the end of 2025: 55 in mid-2023 … below
        ("2023-12", "60/100", Status.ON_TRACK),
        ("2023-12", "59/100", Status.BEHIND),
        ("2021-06", "40/100", Status.ON_TRACK),
        ("2024-01", "80/100", Status.MET),
        ("2025-12", "79/100", Status.MISSED),
    ],
)
def test_the_course_is_the_straight_line_read_at_the_last_month(
    build: Any, period: str, figure: str, status: Status
) -> None:
    fields = {"targets": BY_2025, "baseline": {"year": "2021", "value": "40"}, "interpolate": "linear"}
    result = judge(build, {period: figure}, period, **fields)
    expected = Status.BEHIND if period == "2023-06" else status  # 40 + 40 × 18/48 = 55
    assert result.status is expected


def test_the_course_of_a_ceiling_runs_downwards(build: Any) -> None:
    fields = {
        "kind": "number", "unit": "phút", "interpolate": "linear", "baseline": {"year": "2021", "value": "23"},
        "targets": ({"by": "2025", "at_most": "15"},),
    }  # fmt: skip
    assert judge(build, {"2023-12": "19"}, "2023-12", **fields).status is Status.ON_TRACK
    assert judge(build, {"2023-12": "19.01"}, "2023-12", **fields).status is Status.BEHIND
    assert judge(build, {"2023-12": "15"}, "2023-12", **fields).status is Status.MET


def test_the_exact_fraction_decides_not_the_printed_text(build: Any) -> None:
    assert judge(build, {"2023-06": "48999/50000"}, "2023-06", targets=AT_LEAST_98).status is Status.MISSED
    assert judge(build, {"2023-06": "49000/50000"}, "2023-06", targets=AT_LEAST_98).status is Status.MET


@pytest.mark.parametrize(
    ("fields", "good", "bad"),
    [
        ({"targets": ({"from": "2021", "at_most": "15"},), "kind": "number", "unit": None}, "15", "15.1"),
        ({"targets": ({"from": "2021", "equal_to": "100"},)}, "5/5", "4/5"),
        ({"targets": ({"from": "2021", "between": ["5", "6"]},), "kind": "count", "unit": None, "aggregation": "last"}, "6", "7"),
        ({"targets": ({"from": "2021", "between": ["5", "6"]},), "kind": "count", "unit": None, "aggregation": "last"}, "5", "4"),
        ({"targets": ({"from": "2021", "equal_to": "yes"},), "kind": "yes_no", "unit": None}, "đạt", "không"),
        ({"targets": ({"from": "2021", "equal_to": "no"},), "kind": "yes_no", "unit": None}, "no", "yes"),
        ({"targets": ({"from": "2021", "at_most": "6"},), "kind": "rank", "unit": None}, "4", "7"),
        ({"targets": ({"from": "2021", "at_least": "khá"},), "kind": "grade", "unit": None, "scale": ["yếu", "khá", "tốt"]}, "tốt", "yếu"),
        ({"targets": ({"from": "2021", "equal_to": "khá"},), "kind": "grade", "unit": None, "scale": ["yếu", "khá", "tốt"]}, "khá", "tốt"),
    ],
)  # fmt: skip
def test_every_operator_is_judged(build: Any, fields: dict[str, Any], good: str, bad: str) -> None:
    assert judge(build, {"2023-06": good}, "2023-06", **fields).status is Status.MET
    assert judge(build, {"2023-06": bad}, "2023-06", **fields).status is Status.MISSED


COUNT = {"kind": "count", "unit": None}


@pytest.mark.parametrize(
    ("bound", "period", "status"),
    [
        ({"at_least": "6"}, "2023Q2", Status.MET),
        ({"at_least": "7"}, "2023Q2", Status.NOT_DUE),
        ({"at_least": "7"}, "2023", Status.MISSED),
        ({"at_least": "6"}, "2023-12", Status.MET),
        ({"at_most": "5"}, "2023-06", Status.MISSED),
        ({"at_most": "6"}, "2023-06", Status.NOT_DUE),
        ({"at_most": "6"}, "2023", Status.MET),
        ({"equal_to": "6"}, "2023-06", Status.NOT_DUE),
        ({"equal_to": "6"}, "2023", Status.MET),
    ],
)
def test_a_sum_is_judged_on_the_year_to_date(build: Any, bound: dict[str, str], period: str, status: Status) -> None:
    entries = {f"2023-{month:02}": "1" for month in range(1, 7)} | {f"2023-{month:02}": "0" for month in range(7, 13)}
    result = judge(build, entries, period, targets=({"from": "2021", **bound},), **COUNT)
    assert result.status is status


def test_a_sum_with_a_deadline_is_met_early_and_missed_only_when_it_is_due(build: Any) -> None:
    ceiling = ({"by": "2024", "at_most": "0"},)
    assert judge(build, {"2023-06": "9"}, "2023-06", targets=ceiling, **COUNT).status is Status.NOT_DUE
    assert judge(build, {"2023-12": "9"}, "2023", targets=ceiling, **COUNT).status is Status.NOT_DUE
    assert judge(build, {"2024-12": "9"}, "2024", targets=ceiling, **COUNT).status is Status.MISSED


def test_before_assessment_begins_there_are_figures_but_no_verdicts(build: Any) -> None:
    share = build.indicator(targets=AT_LEAST_98)
    yearly = build.indicator(id="hang-nam", frequency="year")
    data = build.dataset(share, yearly, figures=build.of({"2021-06": "1/2"}), assessed_from=2022)
    result = evaluate(data, share, parse_period("2021-06"))
    assert (result.status, result.reason) == (Status.NOT_ASSESSED, Reason.BEFORE_ASSESSMENT)
    assert value(result.actual) == 50
    assert evaluate(data, yearly, parse_period("2021-06")).status is Status.NOT_ASSESSED


# rule 5: completeness


def test_missing_month_leaves_quarter_incomplete_and_the_verdict_stands(build: Any) -> None:
    result = judge(build, {"2023-04": "99/100", "2023-06": "99/100"}, "2023Q2", targets=AT_LEAST_98)
    assert (result.status, result.complete) == (Status.MET, False)
    assert [part.label for part in result.coverage.missing] == ["2023-05"]


def test_a_provisional_figure_makes_what_uses_it_incomplete(build: Any) -> None:
    entries = dict.fromkeys(("2023-04", "2023-05"), "99/100")
    provisional = {"numerator": "99", "denominator": "100", "quality": "provisional"}
    pooled = judge(build, entries | {"2023-06": provisional}, "2023Q2", targets=AT_LEAST_98)
    last = judge(build, {"2023-04": provisional, "2023-05": "1/1", "2023-06": "1/1"}, "2023Q2", aggregation="last")
    assert (pooled.complete, last.complete) == (False, True)


def test_a_sum_judged_on_the_year_is_complete_with_the_year(build: Any) -> None:
    target = ({"from": "2021", "at_least": "1"},)
    result = judge(build, {"2023-06": "1"}, "2023-06", targets=target, **COUNT)
    assert (result.status, result.complete) == (Status.MET, False)
    assert judge(build, {"2023-06": "1"}, "2023-06", **COUNT).complete


# rule 6: beside


def test_year_to_date_previous_and_last_year_stand_beside(build: Any) -> None:
    entries = {"2022-04": "90/100", "2023-01": "96/100", "2023-03": "97/100", "2023-04": "99/100"}
    result = judge(build, entries, "2023Q2", targets=AT_LEAST_98)
    assert result.year_to_date is not None
    assert result.previous is not None
    assert result.same_period_last_year is not None
    assert value(result.year_to_date.actual) == Fraction(292, 300) * 100
    assert result.previous.period.label == "2023Q1"
    assert [part.label for part in result.previous.coverage.missing] == ["2023-02"]
    assert result.same_period_last_year.period.label == "2022Q2"
    assert result.change == 9


@pytest.mark.parametrize("period", ["2023-9T", "2023-01..2023-05", "2022..2023"])
def test_nine_months_and_ranges_have_no_previous_period(build: Any, period: str) -> None:
    assert judge(build, {"2023-01": "1/1"}, period).previous is None


def test_nothing_stands_beside_from_before_the_term(build: Any) -> None:
    result = judge(build, {"2021-02": "1/1"}, "2021Q1")
    assert (result.same_period_last_year, result.previous, result.change) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "figure", "attainment"),
    [
        ({"targets": AT_LEAST_98}, "412/418", Fraction(41200, 418) / 98),
        ({"targets": ({"from": "2021", "at_most": "15"},), "kind": "number", "unit": None}, "12.4", Fraction(150, 124)),
        ({"targets": ({"from": "2021", "at_most": "15"},), "kind": "number", "unit": None}, "0", None),
        ({"targets": ({"from": "2021", "equal_to": "0"},), "kind": "number", "unit": None}, "1", None),
        ({"targets": ({"from": "2021", "between": ["1", "2"]},), "kind": "number", "unit": None}, "1", None),
        ({"targets": ({"from": "2021", "at_most": "6"},), "kind": "rank", "unit": None}, "4", None),
        ({}, "1/2", None),
        ({"targets": AT_LEAST_98}, "0/0", None),
    ],
)
def test_attainment_is_actual_by_target_or_the_reverse_for_a_ceiling(
    build: Any, fields: dict[str, Any], figure: str, attainment: Fraction | None
) -> None:
    assert judge(build, {"2023-06": figure}, "2023-06", **fields).attainment == attainment


def test_attainment_of_a_sum_is_that_of_the_year_to_date(build: Any) -> None:
    target = ({"from": "2021", "at_least": "10"},)
    result = judge(build, {"2023-01": "3", "2023-06": "1"}, "2023-06", targets=target, **COUNT)
    assert result.attainment == Fraction(4, 10)


# rule 0: several years


def test_several_years_are_judged_by_the_last_and_list_each(build: Any) -> None:
    entries = {"2021-12": "1/2", "2022-06": "99/100", "2023-05": "97/100"}
    result = judge(build, entries, "2021-12..2023-06", targets=AT_LEAST_98)
    assert (result.period.label, result.status) == ("2023H1", Status.MISSED)
    assert value(result.actual) == 97
    assert [(year.year, year.period.label, year.status) for year in result.years] == [
        (2021, "2021-12", Status.MISSED),
        (2022, "2022", Status.MET),
        (2023, "2023H1", Status.MISSED),
    ]


def test_one_year_lists_none(build: Any) -> None:
    assert judge(build, {}, "2023").years == ()


def test_the_term_is_judged_by_its_last_year(build: Any) -> None:
    result = judge(build, {"2025": "96"}, "2021..2025", frequency="year", targets=({"from": "2025", "at_least": "95"},))
    assert (result.status, result.period.label) == (Status.MET, "2025")
    assert [year.status for year in result.years[:-1]] == [Status.NO_DATA] * 4


# figures that real offices published


def test_published_figures_come_out_as_published(build: Any, published: list[dict[str, str]]) -> None:
    for row in published:
        indicator: Indicator = build.indicator(frequency={4: "year", 6: "quarter", 7: "month"}[len(row["period"])])
        data: Dataset = build.dataset(
            indicator, figures=build.of({row["period"]: f"{row['numerator']}/{row['denominator']}"})
        )
        exact = value(evaluate(data, indicator, parse_period(row["period"])).actual)
        assert isinstance(exact, Fraction)
        places = int(row["decimals"])
        units = (exact * 10**places * 2 + 1) // 2
        assert Fraction(units, 10**places) == Fraction(row["published"].replace(",", ".")), row["id"]


def test_nothing_fulfils_no_target(build: Any) -> None:
    indicator = build.indicator(targets=AT_LEAST_98)
    assert not fulfilled(indicator, indicator.targets[0], None)


def test_figures_need_to_know_their_indicator() -> None:
    with pytest.raises(TypeError, match="Shape"):
        Measurement.model_validate({"value": "1"})
