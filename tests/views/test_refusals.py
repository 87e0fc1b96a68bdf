"""What several rows or cells have in common is told once, with every place that it is about."""

import pytest

from cchc.commands.batch import BadRow
from cchc.commands.measure import WouldMix, WrongPeriod
from cchc.commands.opening import NotInPlan
from cchc.commands.sealed import NeedsDocument, PeriodClosed
from cchc.commands.standing import AlreadyThere
from cchc.core.errors import CommandError
from cchc.core.fields import Kind
from cchc.core.model import Closing, Indicator, Measurement
from cchc.core.period_forms import parse_period
from cchc.texts import Language, translator
from cchc.views.refusals import refusals_text

_ = translator(Language.VIETNAMESE)
JUNE = parse_period("2023-06")
CLOSED = Closing.model_validate({"period": "2023-06", "on": "2023-06-20", "by": "van-phong", "digest": "a" * 64})


def _indicator(id_: str, frequency: str = "month") -> Indicator:
    return Indicator.model_validate(
        {"id": id_, "name": id_, "kind": "count", "frequency": frequency}, context={"kind": Kind.COUNT}
    )


def _closed(id_: str) -> CommandError:
    return PeriodClosed(_indicator(id_), JUNE, CLOSED)


def _told(*refusals: tuple[int | str, CommandError]) -> list[str]:
    return refusals_text(refusals, _).splitlines()


def test_one_refusal_stands_as_ever() -> None:
    assert _told((2, _closed("dung-han"))) == [
        "dòng 2: lỗi: 2023-06 đã chốt ngày 2023-06-20; dung-han của 2023-06 chỉ sửa được bằng đính chính",
        "  cchc correct dung-han GIÁ_TRỊ -p 2023-06 --reason … --document …",
    ]


def test_figures_of_a_closed_month_are_one_cause_with_all_its_lines() -> None:
    rows = [(line, _closed(f"chi-tieu-{line}")) for line in (2, 3, 4, 5, 8, 10)]
    named = "chi-tieu-2, chi-tieu-3, chi-tieu-4"
    assert _told(*rows) == [
        f"dòng 2: lỗi: 2023-06 đã chốt ngày 2023-06-20; {named}, … của 2023-06 chỉ sửa được bằng đính chính",
        "  cchc correct CHỈ_TIÊU GIÁ_TRỊ -p 2023-06 --reason … --document …",
        "  6 dòng: 2–5, 8, 10",
    ]


def test_cells_below_each_other_are_told_as_a_range_and_none_is_left_out() -> None:
    cells = [f"Biểu!C{row}" for row in range(2, 32)] + ["Biểu!E5", "so-lieu.csv:7:4"]
    told = _told(*((cell, WouldMix(made_up=True)) for cell in cells))
    assert len(told) == 3
    assert told[0].startswith("Biểu!C2: lỗi: ")
    assert told[2] == "  32 chỗ: so-lieu.csv:7:4, Biểu!C2:C31, Biểu!E5"


def test_causes_keep_apart_and_stand_in_the_order_of_their_first_places() -> None:
    told = _told(
        (2, _closed("a")),
        (3, WrongPeriod(_indicator("b", "quarter"), JUNE, parse_period("2023Q2"))),
        (4, NeedsDocument(_indicator("c"), JUNE, CLOSED)),
        (5, _closed("d")),
        (6, WrongPeriod(_indicator("e", "quarter"), JUNE, parse_period("2023Q2"))),
        (7, WrongPeriod(_indicator("f", "year"), JUNE, parse_period("2023"))),
    )
    assert [line for line in told if line.startswith("dòng")] == [line for line in told if " lỗi: " in line]
    assert [line.partition(":")[0] for line in told if " lỗi: " in line] == ["dòng 2", "dòng 3", "dòng 4", "dòng 7"]
    assert [line for line in told if line.startswith("  2 dòng")] == ["  2 dòng: 2, 5", "  2 dòng: 3, 6"]
    assert "b, e" in told[3]


def test_the_same_figure_twice_keeps_its_name_in_the_remedy() -> None:
    told = _told((2, _closed("a")), (9, _closed("a")))
    assert told[1:] == ["  cchc correct a GIÁ_TRỊ -p 2023-06 --reason … --document …", "  2 dòng: 2, 9"]


def test_what_differs_is_told_each_and_a_common_remedy_once() -> None:
    entries = [Measurement.model_validate({"value": str(value)}, context=_indicator("a").shape) for value in (1, 2, 3)]
    old, one, other = entries
    told = _told(
        (2, AlreadyThere(_indicator("a"), JUNE, old, one, ["value"])),
        (3, AlreadyThere(_indicator("b"), JUNE, old, other, ["value"])),
        (4, NotInPlan("no owner “{id}” in the plan", "x", ["y"])),
        (5, NotInPlan("no owner “{id}” in the plan", "z", ["y"])),
        (6, BadRow("more cells than columns")),
    )
    assert [line.partition(":")[0] for line in told] == [
        *("dòng 2", "dòng 3", "  Muốn thay bằng số liệu mới"),
        *("dòng 4", "dòng 5", "  `cchc list` liệt kê nội dung kế hoạch."),
        "dòng 6",
    ]


@pytest.mark.parametrize(("count", "last"), [(200, "dòng 201: lỗi: x201"), (300, "số nguyên nhân không nêu: 100")])
def test_of_very_many_causes_the_first_are_told(count: int, last: str) -> None:
    told = _told(*((line, BadRow(f"x{line}")) for line in range(2, count + 2)))
    assert (told[199], told[-1]) == ("dòng 201: lỗi: x201", last)
