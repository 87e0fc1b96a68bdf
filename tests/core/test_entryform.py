"""The form of a period before it is a workbook: which figures are due, what stands there, what its seal notices."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cchc.core import entryform
from cchc.core.checks import FIELDS
from cchc.core.entryform import FIGURE, EntryForm, Input, build_form, fingerprint, known_texts, seal
from cchc.core.evaluate import due_periods
from cchc.core.fields import Kind
from cchc.core.model import Closing, Dataset, Indicator, Measurement
from cchc.core.period_forms import parse_period
from cchc.core.results import EVERYTHING, Selection


def entry(indicator: Indicator, **fields: Any) -> Measurement:
    return Measurement.model_validate(fields, context=indicator.shape)


@pytest.fixture
def data(build: Any) -> Dataset:
    """A plan with a monthly, a quarterly and a yearly indicator, and a statistic of another owner."""
    data: Dataset = build.dataset(
        build.indicator(id="thang", targets=[{"from": "2021", "at_least": "98"}]),
        build.indicator(id="quy", frequency="quarter", owner="noi-vu"),
        build.indicator(id="nam", kind="count", unit=None, frequency="year", valid={"to": "2023-06"}),
        statistics=(build.indicator(id="dem", kind="count", unit="hồ sơ", area=None, owner="noi-vu"),),
        figures={
            "2023-05": {"thang": build.counts("9/10", source="Sổ"), "dem": {"value": "3"}},
            "2023-06": {"thang": build.counts("10/10")},
        },
    )
    return data


def form(data: Dataset, period: str, selection: Selection = EVERYTHING, *closings: Closing) -> EntryForm:
    return build_form(data, parse_period(period), selection, closings)


def keys(form: EntryForm) -> list[str]:
    return [row.key for row in form.rows]


# which figures are due


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2023-05", ["thang 2023-05", "dem 2023-05"]),
        ("2023-06", ["thang 2023-06", "quy 2023Q2", "dem 2023-06"]),
        ("2022-12", ["thang 2022-12", "nam 2022", "quy 2022Q4", "dem 2022-12"]),
        ("2023-12", ["thang 2023-12", "quy 2023Q4", "dem 2023-12"]),  # nam ends in the middle of 2023
        ("2023Q1", [
            *(f"thang 2023-0{m}" for m in (1, 2, 3)), "quy 2023Q1", *(f"dem 2023-0{m}" for m in (1, 2, 3)),
        ]),
        ("2021", [
            *(f"thang 2021-{m:02}" for m in range(1, 13)), "nam 2021", *(f"quy 2021Q{q}" for q in (1, 2, 3, 4)),
            *(f"dem 2021-{m:02}" for m in range(1, 13)),
        ]),
    ],
)  # fmt: skip
def test_due_are_the_figures_whose_reference_period_ends_with_the_period(
    data: Dataset, period: str, due: list[str]
) -> None:
    assert keys(form(data, period)) == due


def test_an_indicator_that_does_not_exist_then_is_not_due(build: Any) -> None:
    late = build.indicator(valid={"from": "2023-06"})
    data = build.dataset(late)
    assert due_periods(data, late, parse_period("2023-05")) == ()
    assert due_periods(data, late, parse_period("2023Q2")) == (parse_period("2023-06"),)


def test_rows_are_grouped_by_area_then_by_owner_and_those_without_an_area_come_last(data: Dataset) -> None:
    groups = form(data, "2023-06").groups
    assert [(group.area, [row.indicator.id for row in group.rows]) for group in groups] == [
        ("Lĩnh vực thử", ["thang"]), ("Lĩnh vực thử", ["quy"]), ("", ["dem"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("selection", "due"),
    [
        (Selection(owner="noi-vu"), ["quy 2023Q2", "dem 2023-06"]),
        (Selection(area="thu"), ["thang 2023-06", "quy 2023Q2"]),
        (Selection(area="thu", owner="noi-vu"), ["quy 2023Q2"]),
        (Selection(owner="ai-do"), []),
    ],
)
def test_an_owner_gets_only_what_he_answers_for(data: Dataset, selection: Selection, due: list[str]) -> None:
    assert keys(form(data, "2023-06", selection)) == due


def test_who_only_joins_in_does_not_fill_it_in(build: Any) -> None:
    data = build.dataset(build.indicator(**{"with": ["noi-vu"]}))
    assert keys(form(data, "2023-06", Selection(owner="noi-vu"))) == []


# what a row knows


def test_a_row_has_the_target_in_force_the_figure_and_the_one_before_with_its_source(data: Dataset) -> None:
    row = form(data, "2023-06").rows[0]
    assert row.target is not None
    assert (row.target.first, row.entry and row.entry.counts) == (2021, (10, 10))
    assert row.before is not None
    assert row.before.actual is not None
    assert (row.before.actual.numerator, row.source) == (9, "Sổ")


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ("Hệ thống một cửa, biểu II.06a", True),
        ("Sổ năm người", True),
        ("Quyết định công bố năm 2022", False),
        ("Báo cáo THÁNG 5", False),
        ("Báo cáo quý II", False),
        ("Phiếu ngày 15/6", False),
    ],
)
def test_a_source_that_names_a_time_is_not_that_of_the_next_figure(build: Any, source: str, *, offered: bool) -> None:
    data = build.dataset(build.indicator(), figures=build.of({"2023-05": build.counts("1/2", source=source)}))
    assert form(data, "2023-06").rows[0].source == (source if offered else None)


def test_before_the_term_there_is_no_period_before(data: Dataset) -> None:
    row = form(data, "2021-01").rows[0]
    assert (row.before, row.source, row.entry) == (None, None, None)


def test_a_form_is_made_from_the_periods_that_are_due_and_those_before_them(data: Dataset) -> None:
    needed = {period.label for period in entryform.needed(data.plan, parse_period("2022-12"))}
    assert needed == {"2022-12", "2022-11", "2022Q4", "2022Q3", "2022", "2021"}
    first = {period.label for period in entryform.needed(data.plan, parse_period("2021-01"))}
    assert first == {"2021-01"}


def test_a_closing_that_rests_on_a_figure_is_told(data: Dataset) -> None:
    closing = Closing.model_validate({"period": "2023Q2", "on": "2023-07-02", "by": "van-phong", "digest": "0" * 64})
    assert form(data, "2023-06", EVERYTHING, closing).closed == closing
    assert form(data, "2023-07", EVERYTHING, closing).closed is None


# what stands in the cells


def test_what_an_entry_says_is_kept_as_plain_text(build: Any) -> None:
    rank = build.indicator(kind="rank", unit=None)
    known = known_texts(
        entry(
            rank, value="5", of="17", points="86.50", source="Sổ", note="một\nhai", quality="provisional",
            provided={"by": "noi-vu", "on": "2023-06-15"},
        )
    )  # fmt: skip
    assert known == {
        Input.VALUE: "5", Input.OF: "17", Input.POINTS: "86.50", Input.SOURCE: "Sổ", Input.NOTE: "một\nhai",
        Input.QUALITY: "có", Input.BY: "noi-vu", Input.ON: "2023-06-15",
    }  # fmt: skip
    assert known_texts(None) == {}
    assert known_texts(entry(rank, value="5", provided={"by": "noi-vu"})) == {Input.VALUE: "5", Input.BY: "noi-vu"}


def test_zero_no_and_a_survey_are_kept_too(build: Any) -> None:
    assert known_texts(entry(build.indicator(), numerator="0", denominator="0")) == {
        Input.NUMERATOR: "0", Input.DENOMINATOR: "0",
    }  # fmt: skip
    assert known_texts(entry(build.indicator(kind="yes_no", unit=None), value="no")) == {Input.VALUE: "không"}
    assert known_texts(entry(build.indicator(kind="number"), value="0")) == {Input.VALUE: "0"}
    assert known_texts(entry(build.indicator(kind="narrative"), text="đã làm")) == {Input.VALUE: "đã làm"}
    levels = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
    tally = entry(build.indicator(survey="yes"), survey=dict.fromkeys(levels, "2"))
    assert known_texts(tally) == {Input.NUMERATOR: "4", Input.DENOMINATOR: "10"}


@pytest.mark.parametrize("kind", Kind)
def test_the_cells_of_a_figure_are_fields_of_its_kind(kind: Kind) -> None:
    fields = {"value" if field == "text" else field for field in FIELDS[kind]} - {"survey", "surveys", "announced"}
    assert {str(name) for name in FIGURE[kind]} == fields


# the hidden sheet


def test_the_seal_notices_every_change_but_not_how_programs_save(build: Any) -> None:
    del build
    rows = [["plan", "thu"], ["row", "a", "", "một\nhai"]]
    assert seal(rows) == seal([["plan", "thu", ""], ["row", "a", "", "một\r\nhai", "", ""], [], ["", ""]])
    assert seal(rows) != seal([["row", "a", "", "một\nhai"], ["plan", "thu"]])
    assert seal(rows) != seal([["plan", "thu"], ["row", "a", "một\nhai"]])
    assert seal(rows) != seal([["plan", "thu"], ["row", "a", "", "một hai"]])
    assert seal([["plan"], ["thu"]]) != seal([["plan", "thu"]])


def test_a_fingerprint_tells_whether_figures_still_mean_the_same(build: Any) -> None:
    own = fingerprint(build.indicator(numerator="đúng hạn"))
    assert own == fingerprint(build.indicator(numerator="đúng hạn", name="Tên khác", note="x", owner="noi-vu"))
    assert own != fingerprint(build.indicator(numerator="trước hạn"))
    grades = build.indicator(kind="grade", unit=None, scale=["yếu", "tốt"])
    assert fingerprint(grades) != fingerprint(build.indicator(kind="grade", unit=None, scale=["yếu", "khá", "tốt"]))


def test_days_and_decimals_of_an_entry_are_those_of_files(build: Any) -> None:
    number = entry(build.indicator(kind="number"), value="12.50", provided={"by": "noi-vu", "on": "2023-01-02"})
    assert (number.value, number.provided and number.provided.on) == (Decimal("12.50"), date(2023, 1, 2))
    assert known_texts(number)[Input.VALUE] == "12.50"
